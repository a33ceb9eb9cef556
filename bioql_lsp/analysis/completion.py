"""What can be typed at a place: BioQL's names, arguments and backends, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.api.load import NEWEST, Parameter, Symbol
from bioql_lsp.analysis.backends import USABLE
from bioql_lsp.analysis.brackets import OpenBracket, Openness, openness, segments_after
from bioql_lsp.analysis.module import PACKAGE, RUNNERS, Module, load_module
from bioql_lsp.analysis.parameters import NOTES
from bioql_lsp.text import Document, Span

_SCAN_WHOLE_CHARS_MAX = 20_000
_AFTER_CHARS_MAX = 4_000
_WORD = re.compile(r"[A-Za-z_]\w*\Z|\Z")
_CALLEE = re.compile(r"([A-Za-z_][\w.]*)\s*\Z")
_KEYWORD = re.compile(r"\s*([A-Za-z_]\w*)\s*=(?!=)")
_STATEMENT_START = re.compile(r"^[A-Za-z@]", re.MULTILINE)
_IMPORTED = re.compile(
    r"(?:^|[\r\n;])[ \t]*from[ \t]+(bioql[\w.]*)[ \t]+import[ \t]*(?:[\w \t,]*|\([^()]*)\Z"
)
_MODULE = re.compile(
    r"(?:^|[\r\n;])[ \t]*(?:from|import)[ \t]+(?:[\w. \t,]*[ \t,])?(bioql[\w.]*)\Z"
)
_CHAIN = re.compile(r"([A-Za-z_][\w.]*)\.\w*\Z")
_IMPORT_CHARS_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to offer: ``new_text`` replaces ``span``; ``kind`` says what it is.

    Kinds: argument, value, function, class, constant, module.
    """

    label: str
    kind: str
    detail: str
    documentation: str
    span: Span
    new_text: str


def complete(text: str, offset: int, version: str = NEWEST) -> tuple[Proposal, ...]:
    """What to offer at an offset, best first; empty where BioQL isn't involved. Never raises."""
    offset = min(max(offset, 0), len(text))
    if PACKAGE not in text:
        return ()
    module = load_module(text, version)
    state = openness(text, _safe_start(text, offset), offset)
    if state.in_comment:
        return ()
    if state.string_start is not None:
        return tuple(_in_string(module, offset, state))
    for proposals in (_names(module, offset), _in_call(module, offset, state)):
        found = tuple(proposals)
        if found:
            return found
    return ()


def _safe_start(text: str, offset: int) -> int:
    """A place before the offset where nothing is open: the text's start, or a near statement."""
    if offset <= _SCAN_WHOLE_CHARS_MAX:
        return 0
    near = offset - _SCAN_WHOLE_CHARS_MAX // 2
    match = _STATEMENT_START.search(text, near, offset)
    return match.start() if match else near


def _word_span(text: str, offset: int) -> Span:
    start = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return Span(start, offset)


def _names(module: Module, offset: int) -> Iterator[Proposal]:
    """Names after ``from bioql import``, ``import bioql.`` and ``bioql.``."""
    before = module.text[max(0, offset - _IMPORT_CHARS_MAX) : offset]
    span = _word_span(module.text, offset)
    if match := _IMPORTED.search(before):
        yield from _members(module, match[1], span, are_modules_wanted=True)
    elif match := _MODULE.search(before):
        owner, dot, _ = match[1].rpartition(".")
        names = module.index.submodules(owner) if dot else (PACKAGE,)
        for name in names:
            if not module.index.broken_reason(f"{owner}.{name}"):
                yield Proposal(name, "module", owner, "", span, name)
    elif match := _CHAIN.search(_line_before(module.document, offset)):
        dotted = _resolve(module, match[1], offset)
        if dotted is not None:
            yield from _members(module, dotted, span, are_modules_wanted=False)


def _line_before(document: Document, offset: int) -> str:
    line = document.line_span(document.position(offset).line)
    return document.text[line.start : offset]


def _resolve(module: Module, written: str, offset: int) -> str | None:
    head, dot, rest = written.partition(".")
    base = module.resolve(head, module.byte_at(offset))
    return f"{base}{dot}{rest}" if base is not None else None


def _members(
    module: Module, owner: str, span: Span, *, are_modules_wanted: bool
) -> Iterator[Proposal]:
    symbol = module.index.lookup(owner)
    if symbol is None or symbol.kind != "module":
        return
    exported = set(module.index.exported(symbol.dotted))
    names = module.index.names(symbol.dotted)
    for name in sorted(names, key=lambda n: (n not in exported, n != "quantum", n)):
        member = module.index.lookup(f"{symbol.dotted}.{name}")
        if member is not None and member.kind in {"function", "class", "constant"}:
            yield _member(name, member, span)
    if are_modules_wanted:
        for name in module.index.submodules(symbol.dotted):
            if name not in names and not module.index.broken_reason(f"{symbol.dotted}.{name}"):
                yield Proposal(name, "module", symbol.dotted, "", span, name)


def _member(name: str, member: Symbol, span: Span) -> Proposal:
    origin = member.dotted.rpartition(".")[0]
    return Proposal(name, member.kind, member.signature, f"from {origin}", span, name)


def _callee(module: Module, bracket: OpenBracket) -> Symbol | None:
    if bracket.character != "(":
        return None
    before = module.text[max(0, bracket.offset - 200) : bracket.offset]
    match = _CALLEE.search(before)
    dotted = _resolve(module, match[1], bracket.offset) if match else None
    return module.index.lookup(dotted) if dotted else None


def _segments(text: str, bracket: OpenBracket, offset: int) -> list[str]:
    """The arguments before the cursor, the one that it stands in last."""
    cuts = [bracket.offset, *bracket.commas]
    return [
        text[start + 1 : end] for start, end in zip(cuts, [*bracket.commas, offset], strict=True)
    ]


def _in_call(module: Module, offset: int, state: Openness) -> Iterator[Proposal]:
    symbol = _callee(module, state.brackets[-1]) if state.brackets else None
    if symbol is None or not symbol.parameters:
        return
    *before, current = _segments(module.text, state.brackets[-1], offset)
    if _is_backend(symbol, before, current) and current.rstrip().endswith("="):
        yield from _backends(Span(offset, offset), '"')
        return
    if not re.fullmatch(r"\s*(?:#[^\n]*\n\s*)*(?:[A-Za-z_]\w*)?", current):
        return
    after = segments_after(module.text, offset, offset + _AFTER_CHARS_MAX)
    given = {match[1] for piece in [*before, *after] if (match := _KEYWORD.match(piece))}
    positional = sum(1 for piece in before if piece.strip() and not _KEYWORD.match(piece))
    order = [p.name for p in symbol.parameters if p.kind in "pa"]
    given |= set(order[:positional])
    for parameter in symbol.parameters:
        if parameter.kind in "ak" and parameter.name not in given:
            yield _argument(symbol, parameter, _word_span(module.text, offset))


def _argument(symbol: Symbol, parameter: Parameter, span: Span) -> Proposal:
    note = NOTES.get(parameter.name, "") if symbol.dotted in RUNNERS else ""
    detail = str(parameter) + ("" if parameter.default is not None else " (required)")
    text = f"{parameter.name}="
    if parameter.name == "api_key":
        note = note or NOTES["api_key"]
    return Proposal(parameter.name, "argument", detail, note, span, text)


def _in_string(module: Module, offset: int, state: Openness) -> Iterator[Proposal]:
    """Backend names inside the literal of ``backend=``."""
    symbol = _callee(module, state.brackets[-1]) if state.brackets else None
    start = state.string_start
    if symbol is None or start is None:
        return
    *before, current = _segments(module.text, state.brackets[-1], start)
    if _is_backend(symbol, before, current):
        content = start + len(state.string_quote)
        yield from _backends(Span(content, _string_end(module.text, offset)), "")


def _string_end(text: str, offset: int) -> int:
    match = re.compile(r"[\w-]*").match(text, offset)
    return match.end() if match else offset


def _is_backend(symbol: Symbol, before: list[str], current: str) -> bool:
    if symbol.dotted not in RUNNERS:
        return False
    keyword = _KEYWORD.match(current)
    if keyword is not None:
        return keyword[1] == "backend" and not current[keyword.end() :].strip()
    is_positional = all(not _KEYWORD.match(piece) for piece in before)
    return is_positional and len(before) == 2 and not current.strip()


def _backends(span: Span, quote: str) -> Iterator[Proposal]:
    for each in USABLE:
        detail = f"{each.qubits} qubits, {each.price_usd} USD per shot"
        documentation = f"{each.state.value.capitalize()}" + (f"; {each.note}" if each.note else "")
        new_text = f"{quote}{each.name}{quote}"
        yield Proposal(each.name, "value", detail, documentation, span, new_text)
