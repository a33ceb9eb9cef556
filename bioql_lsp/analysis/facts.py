"""The API facts that matter at a place, as comment lines for a prompt."""

from __future__ import annotations

from bioql_lsp.analysis.api.load import NEWEST, Symbol
from bioql_lsp.analysis.module import PACKAGE, Module, load_module

_LINES_MAX = 12
_LINE_CHARS_MAX = 400
_ALWAYS = ("bioql.quantum",)


def facts_for(text: str, offset: int, version: str = NEWEST) -> str:
    """The signatures of what the text uses of BioQL, nearest to the offset first. Never raises.

    ``quantum`` is always among them. Every line is a comment; the last one ends the string
    without a line end.
    """
    module = load_module(text, version)
    seen: dict[str, Symbol] = {}
    for dotted in [*_used(module, offset), *_ALWAYS]:
        symbol = module.index.lookup(dotted)
        if symbol is not None and symbol.kind in {"function", "class"}:
            seen.setdefault(symbol.dotted, symbol)
    lines = [_line(symbol.signature) for symbol in seen.values()]
    return "\n".join(lines[:_LINES_MAX])


def _line(signature: str) -> str:
    is_long = len(signature) > _LINE_CHARS_MAX
    return f"# {signature[:_LINE_CHARS_MAX]}..." if is_long else f"# {signature}"


def _used(module: Module, offset: int) -> list[str]:
    """The dotted names that are called, nearest first, then those that are imported."""
    if PACKAGE not in module.text:
        return []
    calls = sorted(module.calls, key=lambda call: abs(call.span.start - offset))
    return [call.symbol.dotted for call in calls] + [name.target for name in module.imported]
