"""Slips of the fingers that leave no Python: BQ000."""

from __future__ import annotations

import io
import re
import tokenize
from functools import partial
from random import Random
from typing import Final

from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit, Span
from bioql_lsp.training.corpus.breaks.model import NOTHING, Edits, add, insert, one

_BRACKETS: Final = "()[]{}"
_STRING: Final = re.compile(r"[a-zA-Z]{0,2}(\"\"\"|'''|\"|')")
_INDENTED: Final = re.compile(r"^([ \t]+)(?=\S)", re.MULTILINE)
_LINE: Final = re.compile(r"^(?=[^\s#)\]}])", re.MULTILINE)


def _tokens(module: Module) -> list[tuple[str, Span]]:
    """The tokens of a program that is Python, each with its place."""
    starts = module.document.line_starts
    found = []
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type in {tokenize.OP, tokenize.STRING}:
            (row, column), (last_row, last_column) = token.start, token.end
            span = Span(starts[row - 1] + column, starts[last_row - 1] + last_column)
            found.append((token.string, span))
    return found


def _dropped(rng: Random, module: Module, *, marks: str) -> Edits:
    span = one(rng, [span for text, span in _tokens(module) if text in marks])
    return (Edit(span, ""),) if span else NOTHING


def _doubled(rng: Random, module: Module) -> Edits:
    """A bracket too many, beside one that is there."""
    found = one(rng, [each for each in _tokens(module) if each[0] in _BRACKETS])
    return (insert(found[1].end, found[0]),) if found else NOTHING


def _half_a_string(rng: Random, module: Module) -> Edits:
    """A string without one of its quotation marks."""
    found = one(rng, [each for each in _tokens(module) if _STRING.match(each[0])])
    match = _STRING.match(found[0]) if found else None
    if found is None or match is None or len(match[1]) > 1:
        return NOTHING
    span = found[1]
    at = span.start + match.start(1) if rng.random() < 0.4 else span.end - 1
    return (Edit(Span(at, at + 1), ""),)


def _moved_line(rng: Random, module: Module) -> Edits:
    """A line that begins too far to the left or to the right."""
    if rng.random() < 0.6:
        match = one(rng, list(_INDENTED.finditer(module.text)))
        if match is not None:
            return (Edit(Span(*match.span()), rng.choice(("", "", match[1][:-1], match[1] + " "))),)
    match = one(rng, list(_LINE.finditer(module.text)))
    return (insert(match.start(), rng.choice(("    ", " ", "  "))),) if match else NOTHING


for _name, _marks, _weight in (
    ("missing_bracket", _BRACKETS, 3.0),
    ("missing_comma", ",", 2.0),
    ("missing_colon", ":", 1.5),
):
    add(_name, ("BQ000",), partial(_dropped, marks=_marks), _weight)
add("missing_quote", ("BQ000",), _half_a_string, 2.0)
add("extra_bracket", ("BQ000",), _doubled, 1.5)
add("wrong_indentation", ("BQ000",), _moved_line, 1.5)
