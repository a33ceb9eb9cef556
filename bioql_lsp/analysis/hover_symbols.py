"""What a hover says about a name of BioQL's: what it really does first, then what it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.api.load import BUNDLED, Index, Status, Symbol
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.result_notes import attribute_note

_LINE_CHARS_MAX = 88
_NAMESAKES_MAX = 6
_HEADS = {"function": "def ", "method": "def ", "class": "class ", "module": "module "}
_WITH_SIGNATURE = frozenset({"function", "method", "class", "property", "attribute"})


def symbol_markdown(index: Index, options: Options, dotted: str, symbol: Symbol) -> str:
    """Everything but the documentation about a name that is written as ``dotted``."""
    blocks = [
        f"```python\n{_head(symbol)}\n```",
        _status(symbol, options),
        attribute_note(symbol.dotted.rpartition(".")[0], symbol.name),
        *_places(index, dotted, symbol),
        *_versions(index, dotted, symbol),
    ]
    return "\n\n".join(block for block in blocks if block)


def missing_markdown(index: Index, dotted: str) -> str | None:
    """What is known of a name that this version lacks; None where no version has it."""
    versions = index.versions(dotted)
    if not versions or index.data_version in versions:
        return None
    listed = ", ".join(versions)
    return f"`{dotted}`\n\n**Not in BioQL {index.version}.** Versions that have it: {listed}."


def _head(symbol: Symbol) -> str:
    if symbol.kind == "module":
        return f"module {symbol.dotted}"
    if symbol.kind == "constant" and symbol.note:
        return f"{symbol.name} = {symbol.note}"
    if symbol.kind not in _WITH_SIGNATURE:
        return symbol.name
    kind = ("async " if symbol.is_async else "") + _HEADS.get(symbol.kind, "")
    line = kind + symbol.signature
    if len(line) <= _LINE_CHARS_MAX or not symbol.parameters:
        return line
    start = f"{kind}{symbol.name}("
    inner = symbol.signature[len(symbol.name) + 1 :]
    end = f") -> {symbol.returns}" if symbol.returns else ")"
    stars = ["*"] if inner.startswith("*, ") or ", *, " in inner else []
    rows: list[str] = []
    for parameter in symbol.parameters:
        if parameter.kind == "k" and stars:
            rows.append(stars.pop())
        rows.append(str(parameter))
    return "\n".join([start, *(f"    {row}," for row in rows), end])


def _status(symbol: Symbol, options: Options) -> str:
    note = symbol.status_note
    match symbol.status:
        case Status.PLACEHOLDER:
            return f"**Placeholder:** {note}"
        case Status.BROKEN:
            return f"**Broken in {options.version}:** {note}"
        case Status.NONE:
            reason = symbol.note or note
            return f"**Always None:** BioQL's own import of it fails ({reason})."
        case Status.UNKNOWN:
            installed = options.distributions or frozenset()
            is_there = bool(symbol.needs) and set(symbol.needs) <= installed
            return "" if is_there else note
        case _:
            return note


def _places(index: Index, dotted: str, symbol: Symbol) -> Iterator[str]:
    if symbol.kind != "module" and symbol.dotted != dotted:
        yield f"Defined as `{symbol.dotted}`."
    others = [other for other in index.same_name(symbol.name) if other != symbol.dotted]
    if others:
        listed = ", ".join(f"`{other}`" for other in others[:_NAMESAKES_MAX])
        more = f" and {len(others) - _NAMESAKES_MAX} more" if len(others) > _NAMESAKES_MAX else ""
        yield f"Not the same as {listed}{more}."


def _versions(index: Index, dotted: str, symbol: Symbol) -> Iterator[str]:
    versions = index.versions(dotted) or index.versions(symbol.dotted)
    if versions and versions[0] != BUNDLED[0]:
        yield f"In BioQL since {versions[0]}."
    removed = index.removed_in(dotted) if versions else None
    if removed is not None:
        yield f"Removed in BioQL {removed}."
    if not index.is_exact:
        yield f"Told from BioQL {index.data_version}, the nearest version that is known here."
