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
    has_snippets: bool = False
    has_completion_tags: bool = False
    has_item_edit_range: bool = False
    has_lazy_import_edits: bool = False
    has_markdown_completion: bool = False
    has_label_offsets: bool = False
    has_no_active_parameter: bool = False
    has_configuration: bool = False
    has_configuration_registration: bool = False
    has_watched_files_registration: bool = False
    has_work_done_progress: bool = False
    has_apply_edit: bool = False
    has_markdown_hover: bool = False
    has_code_lens_refresh: bool = False
    has_inlay_hint_refresh: bool = False
    has_link_tooltips: bool = False


def read_client(capabilities: types.ClientCapabilities, position_encoding: str) -> Client:
    """The capabilities that matter here, from all that the client sent."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path))

    def listed(path: str) -> Sequence[Any]:
        return get_capability(capabilities, path, ()) or ()

    action = "text_document.code_action"
    item = "text_document.completion.completion_item"
    signature = "text_document.signature_help.signature_information"
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
        in listed(f"{item}.insert_text_mode_support.value_set"),
        has_snippets=has(f"{item}.snippet_support"),
        has_completion_tags=types.CompletionItemTag.Deprecated
        in listed(f"{item}.tag_support.value_set"),
        has_item_edit_range="editRange"
        in listed("text_document.completion.completion_list.item_defaults"),
        has_lazy_import_edits="additionalTextEdits" in listed(f"{item}.resolve_support.properties"),
        has_markdown_completion=[*listed(f"{item}.documentation_format")][:1]
        == [types.MarkupKind.Markdown],
        has_label_offsets=has(f"{signature}.parameter_information.label_offset_support"),
        has_no_active_parameter=has(f"{signature}.no_active_parameter_support"),
        has_configuration=has("workspace.configuration"),
        has_configuration_registration=has(
            "workspace.did_change_configuration.dynamic_registration"
        ),
        has_watched_files_registration=has(
            "workspace.did_change_watched_files.dynamic_registration"
        ),
        has_work_done_progress=has("window.work_done_progress"),
        has_apply_edit=has("workspace.apply_edit"),
        has_markdown_hover=[*listed("text_document.hover.content_format")][:1]
        == [types.MarkupKind.Markdown],
        has_code_lens_refresh=has("workspace.code_lens.refresh_support"),
        has_inlay_hint_refresh=has("workspace.inlay_hint.refresh_support"),
        has_link_tooltips=has("text_document.document_link.tooltip_support"),
    )


def client_commands(params: types.InitializeParams | None) -> frozenset[str]:
    """The commands that the client itself runs: ``initializationOptions.bioqlClient.commands``."""
    options = params.initialization_options if params is not None else None
    own = options.get("bioqlClient") if isinstance(options, dict) else None
    named = own.get("commands") if isinstance(own, dict) else None
    return (
        frozenset(each for each in named if isinstance(each, str))
        if isinstance(named, list)
        else frozenset()
    )
