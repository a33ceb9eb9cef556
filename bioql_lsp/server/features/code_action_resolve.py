"""``codeAction/resolve``: the edits of lazy actions; every other action comes back as it is.

Lazy are the model's ``Fix BioQL code`` and, in a menu, what mends the whole file. Neovim resolves
also actions that have their edit.
"""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.edits import workspace_edit
from bioql_lsp.server.features import load
from bioql_lsp.server.file_edits import FileEdits, read_file_target
from bioql_lsp.server.fix_target import read_target
from bioql_lsp.server.session import Session


async def code_action_resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Make the edit of a lazy action."""
    if action.edit is not None:
        return action
    target = read_file_target(action.data)
    if target is not None:
        snapshot = target.locate(session)
        edits = await session.service(FileEdits).of(target.kind, snapshot)
        action.edit = workspace_edit(session, snapshot, edits)
    elif read_target(action.data) is not None:
        action = await load("fix_resolve:resolve")(session, action)
    return action
