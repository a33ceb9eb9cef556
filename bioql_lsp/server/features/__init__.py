"""Every LSP method and command that this server handles, one file each, in two explicit lists.

To add a method: write ``features/NAME.py`` with a function ``NAME(session, params)`` and add its
`Feature` line to `FEATURES`. ``params`` is the method's lsprotocol type (plain JSON for a method
of our own), the return value its result; `async def` runs beside other requests and is cancelled
by the client, `def` runs in order and must be quick. Raise `guard.RequestError` to tell the user
something; any other exception becomes a generic error.

To add a command: write ``async def NAME(session, arguments)`` (or ``NAME(session)`` for one without
an argument) and add its line to `COMMANDS`. ``arguments`` is annotated with an attrs class; the
command's one argument, an object, is structured into it before the function runs (fields are named
as in JSON; lsprotocol's types work, such as ``position: types.Position``).

Functions are named by "module:function" and loaded when first called, or in the background after
``initialized``, so that their imports (tree-sitter, httpx, pydantic) don't delay ``initialize``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from lsprotocol import types

from bioql_lsp.server.token_legend import TOKEN_LEGEND


@dataclass(frozen=True, slots=True)
class Feature:
    """A method, the function that handles it, and what is advertised about it."""

    method: str
    target: str
    options: Any = None


FIX_ALL_KIND = "source.fixAll.bioql"
HOUSE_STYLE_KIND = "source.houseStyle.bioql"

FEATURES: tuple[Feature, ...] = (
    Feature(types.INITIALIZED, "initialized:initialized"),
    Feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, "configuration:did_change_configuration"),
    Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "configuration:did_change_watched_files"),
    Feature(types.TEXT_DOCUMENT_DID_OPEN, "synchronization:did_open"),
    Feature(types.TEXT_DOCUMENT_DID_CHANGE, "synchronization:did_change"),
    Feature(types.TEXT_DOCUMENT_DID_CLOSE, "synchronization:did_close"),
    Feature(types.NOTEBOOK_DOCUMENT_DID_OPEN, "notebook:did_open"),
    Feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE, "notebook:did_change"),
    Feature(types.NOTEBOOK_DOCUMENT_DID_SAVE, "notebook:did_save"),
    Feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE, "notebook:did_close"),
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        "diagnostic:diagnostic",
        types.DiagnosticOptions(
            identifier="bioql", inter_file_dependencies=False, workspace_diagnostics=True
        ),
    ),
    Feature(types.WORKSPACE_DIAGNOSTIC, "workspace_diagnostic:workspace_diagnostic"),
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_action:code_action",
        types.CodeActionOptions(
            code_action_kinds=[
                types.CodeActionKind.QuickFix,
                types.CodeActionKind.RefactorRewrite,
                FIX_ALL_KIND,
                HOUSE_STYLE_KIND,
            ],
            resolve_provider=True,
        ),
    ),
    Feature(types.CODE_ACTION_RESOLVE, "code_action_resolve:code_action_resolve"),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        "completion:completion",
        types.CompletionOptions(
            trigger_characters=["(", ",", "=", '"', "'", ".", "[", " "], resolve_provider=True
        ),
    ),
    Feature(types.COMPLETION_ITEM_RESOLVE, "completion_resolve:completion_resolve"),
    Feature(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        "signature_help:signature_help",
        types.SignatureHelpOptions(trigger_characters=["(", ",", "="]),
    ),
    Feature(
        types.TEXT_DOCUMENT_INLINE_COMPLETION,
        "inline_completion:inline_completion",
        types.InlineCompletionOptions(),
    ),
    Feature(types.TEXT_DOCUMENT_HOVER, "hover:hover"),
    Feature(types.TEXT_DOCUMENT_CODE_LENS, "code_lens:code_lens"),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hint:inlay_hint"),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, "document_link:document_link"),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "semantic_tokens:full", TOKEN_LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "semantic_tokens:in_range", TOKEN_LEGEND),
    Feature("bioql/previewCircuit", "preview_circuit:preview_circuit"),
)

COMMANDS: dict[str, str] = {
    "bioql.generate": "generate:generate",
    "bioql.fix": "fix_resolve:fix",
    "bioql.balance": "balance:balance",
    "bioql.restartWorker": "restart_worker:restart_worker",
    "bioql.explain": "explain:explain",
    "bioql.estimate": "estimate:estimate",
    "bioql.simulate": "simulate:simulate_locally",
}

_NEEDED_FIRST = ("completion:completion", "hover:hover", "code_action:code_action")
# These bring the HTTP client and the wire's models, which nothing else needs.
MODEL_TARGETS = (
    "inline_completion:inline_completion",
    "completion_ai:ai_items",
    "generate:generate",
    "fix_resolve:fix",
    "fix_resolve:resolve",
    "balance:balance",
    "restart_worker:restart_worker",
)


@cache
def load(target: str) -> Callable[..., Any]:
    """The function named by "module:function" in this package."""
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return function


def static_targets() -> tuple[str, ...]:
    """Every function that needs no model, what a user needs first coming first."""
    named = (*_NEEDED_FIRST, *(feature.target for feature in FEATURES), *COMMANDS.values())
    return tuple(dict.fromkeys(target for target in named if target not in MODEL_TARGETS))
