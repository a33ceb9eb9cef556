"""What the client declared at initialize, in the words that the features ask in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class Client:
    """The client's capabilities; everything it does not declare is absent."""

    position_encoding: str = types.PositionEncodingKind.Utf16
    has_document_changes: bool = False
    has_pull_diagnostics: bool = False
    has_diagnostic_refresh: bool = False
    has_inline_completion: bool = False
    has_code_action_literals: bool = False
    has_code_action_resolve: bool = False
    has_insert_text_mode: bool = False
    has_configuration: bool = False
    has_configuration_registration: bool = False
    has_watched_files_registration: bool = False
    has_work_done_progress: bool = False
    has_apply_edit: bool = False


def read_client(capabilities: types.ClientCapabilities, position_encoding: str) -> Client:
    """The capabilities that matter here, from all that the client sent."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path))

    def listed(path: str) -> Sequence[Any]:
        return get_capability(capabilities, path, ()) or ()

    action = "text_document.code_action"
    document = capabilities.text_document or types.TextDocumentClientCapabilities()
    return Client(
        position_encoding=str(getattr(position_encoding, "value", position_encoding)),
        has_document_changes=has("workspace.workspace_edit.document_changes"),
        has_pull_diagnostics=document.diagnostic is not None,
        has_diagnostic_refresh=has("workspace.diagnostics.refresh_support"),
        has_inline_completion=document.inline_completion is not None,
        has_code_action_literals=document.code_action is not None
        and document.code_action.code_action_literal_support is not None,
        has_code_action_resolve="edit" in listed(f"{action}.resolve_support.properties")
        and has(f"{action}.data_support"),
        has_insert_text_mode=types.InsertTextMode.AsIs
        in listed("text_document.completion.completion_item.insert_text_mode_support.value_set"),
        has_configuration=has("workspace.configuration"),
        has_configuration_registration=has(
            "workspace.did_change_configuration.dynamic_registration"
        ),
        has_watched_files_registration=has(
            "workspace.did_change_watched_files.dynamic_registration"
        ),
        has_work_done_progress=has("window.work_done_progress"),
        has_apply_edit=has("workspace.apply_edit"),
    )
