"""What the client declared at initialize, in the words that the features ask in."""

from __future__ import annotations

from dataclasses import dataclass

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

    resolvable = get_capability(
        capabilities, "text_document.code_action.resolve_support.properties", ()
    )
    return Client(
        position_encoding=str(getattr(position_encoding, "value", position_encoding)),
        has_document_changes=has("workspace.workspace_edit.document_changes"),
        has_pull_diagnostics=capabilities.text_document is not None
        and capabilities.text_document.diagnostic is not None,
        has_diagnostic_refresh=has("workspace.diagnostics.refresh_support"),
        has_inline_completion=capabilities.text_document is not None
        and capabilities.text_document.inline_completion is not None,
        has_code_action_literals=get_capability(
            capabilities, "text_document.code_action.code_action_literal_support", None
        )
        is not None,
        has_code_action_resolve="edit" in (resolvable or ())
        and has("text_document.code_action.data_support"),
        has_insert_text_mode=types.InsertTextMode.AsIs
        in (
            get_capability(
                capabilities,
                "text_document.completion.completion_item.insert_text_mode_support.value_set",
                (),
            )
            or ()
        ),
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
