"""Edits of ours as workspace edits: for one version of one document, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Edit


def workspace_edit(
    session: Session, snapshot: Snapshot, edits: Iterable[Edit]
) -> types.WorkspaceEdit:
    """The edits as the client takes them.

    A client that declares ``documentChanges`` checks the version itself. For another one the
    document must still be the snapshot's: raises ContentModifiedError where it is not.
    """
    text_edits = [snapshot.positions.text_edit(edit) for edit in edits]
    if not session.client.has_document_changes:
        if not session.is_current(snapshot):
            raise ContentModifiedError("The document changed while the edit was being made.")
        return types.WorkspaceEdit(changes={snapshot.uri: text_edits})
    document = types.OptionalVersionedTextDocumentIdentifier(
        uri=snapshot.uri, version=snapshot.version
    )
    change = types.TextDocumentEdit(text_document=document, edits=text_edits)
    return types.WorkspaceEdit(document_changes=[change])


async def apply_edits(
    session: Session, snapshot: Snapshot, edits: Iterable[Edit], label: str
) -> None:
    """Have the client apply edits. Raises ContentModifiedError where it did not."""
    if not session.is_current(snapshot):
        raise ContentModifiedError("The document changed while the edit was being made.")
    edit = workspace_edit(session, snapshot, edits)
    result = await session.server.workspace_apply_edit_async(
        types.ApplyWorkspaceEditParams(edit=edit, label=label)
    )
    if not result.applied:
        reason = f": {result.failure_reason}" if result.failure_reason else ""
        raise ContentModifiedError(f"The editor did not apply the edit{reason}.")
