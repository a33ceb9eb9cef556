"""Holes in whole files, as a completion is asked to fill them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from random import Random
from typing import Final, Literal, TypeAlias

from bioql_lsp.worker.engines.base import Infill
from bioql_lsp.worker.standins import data_start

HoleKind: TypeAlias = Literal["token", "string", "argument", "line", "block"]
NO_SUFFIX_SHARE: Final = 0.35


def punch(rng: Random, text: str) -> tuple[Infill, str, HoleKind]:
    """A hole in a program that parses: the task, the text that was there, the kind of hole."""
    source = _Source(text)
    kind, maker = rng.choice(_MAKERS)
    start, end = maker(rng, source)
    start = data_start(text, start)
    suffix = text[end:]
    if rng.random() < NO_SUFFIX_SHARE:
        end, suffix = source.statement_end(start, end), ""
    return Infill(prefix=text[:start], suffix=suffix), text[start:end], kind


class _Source:
    """A text with its tree and where its lines start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes = list(ast.walk(ast.parse(text)))
        self.lines = text.splitlines()
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def bounds(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Start and end of a node, in characters (the corpus's programs may hold accents)."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno, node.end_col_offset),
        )

    def _offset(self, line: int, byte_column: int) -> int:
        head = self.lines[line - 1].encode()[:byte_column].decode()
        return self.starts[line - 1] + len(head)

    def statement_end(self, start: int, end: int) -> int:
        """Where the smallest statement around the hole ends: a hole without suffix goes there."""
        bounds = (self.bounds(node) for node in self.nodes if isinstance(node, ast.stmt))
        return min((e for s, e in bounds if s <= start and end <= e), default=end)


def _call_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """From somewhere between a call's brackets to the closing one."""
    calls = [n for n in source.nodes if isinstance(n, ast.Call) and (n.args or n.keywords)]
    if not calls:
        return _line_hole(rng, source)
    weights = [4 if isinstance(c.func, ast.Name) and c.func.id == "quantum" else 1 for c in calls]
    call = rng.choices(calls, weights)[0]
    opening = source.bounds(call.func)[1] + 1
    closing = source.bounds(call)[1] - 1
    places = [opening, opening, opening]
    for keyword in call.keywords:
        value = source.bounds(keyword.value)[0]
        places += [value, value - len(f"{keyword.arg}=")]
    return rng.choice(places), closing


def _argument_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """One argument's value, or the argument with its name."""
    calls = [n for n in source.nodes if isinstance(n, ast.Call)]
    values = [source.bounds(a) for c in calls for a in c.args]
    for call in calls:
        for keyword in call.keywords:
            start, end = source.bounds(keyword.value)
            values += [(start, end), (start - len(f"{keyword.arg}="), end)]
    values = [(start, end) for start, end in values if end > start]
    return rng.choice(values) if values else _line_hole(rng, source)


def _string_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """From inside a string to its end."""
    strings = [
        n
        for n in source.nodes
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and len(n.value) > 2
        and n.lineno == n.end_lineno
        and not source.text.startswith('"""', source.bounds(n)[0])
    ]
    if not strings:
        return _line_hole(rng, source)
    begin, end = source.bounds(rng.choice(strings))
    start = begin + 1 if rng.random() < 0.5 else rng.randint(begin + 1, end - 2)
    return start, end - 1


def _line_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """From somewhere in a line to its end; comments are not guessed."""
    index = rng.choice(_code_lines(source))
    line = source.lines[index]
    indent = len(line) - len(line.lstrip())
    column = indent if rng.random() < 0.35 else rng.randint(indent, len(line) - 1)
    return source.starts[index] + column, source.starts[index] + len(line)


def _token_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """The rest of a word."""
    words = [
        (match.start() + source.starts[index], match.end() + source.starts[index])
        for index in _code_lines(source)
        for match in _WORD.finditer(source.lines[index])
    ]
    if not words:
        return _line_hole(rng, source)
    start, end = rng.choice(words)
    return rng.randint(start + 1, end - 1), end


def _block_hole(rng: Random, source: _Source) -> tuple[int, int]:
    """A statement with all that belongs to it, sometimes begun."""
    statements = [n for n in source.nodes if isinstance(n, ast.stmt)]
    begin, end = source.bounds(rng.choice(statements))
    if rng.random() < 0.4 and end - begin > 3:
        begin += rng.randint(1, min(end - begin - 2, 24))
    return begin, end


def _code_lines(source: _Source) -> list[int]:
    lines = source.lines
    code = [i for i, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")]
    return [i for i in code if not lines[i].startswith('"""')] or code


_WORD = re.compile(r"[A-Za-z_]{4,}")
_MAKERS: Final[tuple[tuple[HoleKind, Callable[[Random, _Source], tuple[int, int]]], ...]] = (
    ("argument", _call_hole),
    ("argument", _argument_hole),
    ("string", _string_hole),
    ("line", _line_hole),
    ("line", _line_hole),
    ("token", _token_hole),
    ("block", _block_hole),
    ("block", _block_hole),
)
