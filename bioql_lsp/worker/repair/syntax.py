"""What one character, or one line's indentation, makes Python again of a text that is none.

Every place near the mistake is tried with every mark that may be missing there, and every mark that
is there without. What parses is ranked by how people write: a bracket is closed at its line's end,
a comma stands behind a word, a string ends before a comma.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bioql_lsp.analysis.brackets import BracketScanner
from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.analysis.syntax import Syntax, parse
from bioql_lsp.text import Span
from bioql_lsp.worker.repair.places import Change, Places, Spot
from bioql_lsp.worker.repair.sense import oddity

_TOKEN: Final = re.compile(r"\w+|[ \t]+|\r\n|[^\w \t]")
_STATEMENT: Final = re.compile(r"^(?!elif\b|else\b|except\b|finally\b)[A-Za-z_@]", re.MULTILINE)
_ROWS_BEFORE: Final = 12
_ROWS_AFTER: Final = 20
_CODE_CHARS_MAX: Final = 100_000
_WINDOW_CHARS_MAX: Final = 4000
_PARSED_CHARS_MAX: Final = 3_000_000
_JUDGED_CHARS_MAX: Final = 400_000
_JUDGED_MIN, _JUDGED_MAX = 3, 40


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A rewriting of the range that parses; the lower the ``penalty``, the likelier it is meant."""

    penalty: float
    text: str


def ranked_repairs(code: str, span: Span) -> list[Candidate]:
    """What stands in ``span`` with one mistake less, so that all of ``code`` parses; best first."""
    syntax = parse(code)
    is_readable = syntax.is_broken and len(code) <= _CODE_CHARS_MAX
    window = _window(syntax, span) if is_readable else None
    if window is None:
        return []
    start, end = _statements_around(code, window)
    tries = _PARSED_CHARS_MAX // max(end - start, 1)
    best: dict[str, float] = {}
    for change in sorted(set(_changes(syntax, window, start)))[:tries]:
        text = change.applied(code, start, end)
        if text not in best and _tree(text) is not None:
            best[text] = change.penalty
    likely = sorted((penalty, text) for text, penalty in best.items())
    count = min(max(_JUDGED_CHARS_MAX // len(code), _JUDGED_MIN), _JUDGED_MAX)
    wholes = [(penalty, code[:start] + text + code[end:]) for penalty, text in likely[:count]]
    trees = [(penalty, whole, tree) for penalty, whole in wholes if (tree := _tree(whole))]
    oddities = [oddity(tree) for _, _, tree in trees]
    cut = len(code) - span.end
    return sorted(
        Candidate(round(penalty + odd - min(oddities), 5), whole[span.start : len(whole) - cut])
        for (penalty, whole, _), odd in zip(trees, oddities, strict=True)
    )


def _tree(text: str) -> ast.Module | None:
    try:
        return python_tree(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _window(syntax: Syntax, span: Span) -> Span | None:
    """The part of the range that is near the mistake; None where it lies elsewhere."""
    document, error = syntax.document, syntax.errors[0].span
    row = document.position(error.start).line
    first, last = (document.position(place).line for place in (span.start, span.end))
    top, bottom = max(first, row - _ROWS_BEFORE), min(last, row + _ROWS_AFTER)
    if top > bottom:
        return None
    start = max(document.line_span(top).start, span.start)
    end = max(min(document.line_span(bottom).end, span.end), start)
    if end - start > _WINDOW_CHARS_MAX:
        start = max(start, error.start - _WINDOW_CHARS_MAX // 2)
        end = max(min(end, start + _WINDOW_CHARS_MAX), start)
    return Span(start, end)


def _statements_around(code: str, window: Span) -> tuple[int, int]:
    """The window with the rest of the statements at the margin that it cuts, and one behind it.

    That one may be what a bracket has swallowed that is still open.
    """
    start, behind = 0, []
    for match in _STATEMENT.finditer(code):
        if match.start() <= window.start:
            start = match.start()
        elif match.start() > window.end:
            behind.append(match.start())
            if len(behind) > 1:
                break
    return start, behind[1] if len(behind) > 1 else len(code)


def _changes(syntax: Syntax, window: Span, start: int) -> Iterator[Change]:
    places = Places(syntax, window)
    for spot in _spots(syntax.text, window, start):
        yield from places.missing(spot)
        yield from places.surplus(spot)
    yield from places.indentations()


def _spots(code: str, window: Span, start: int) -> Iterator[Spot]:
    """The borders between tokens, with the brackets that are open there seen from ``start``."""
    text = code[window.start : window.end]
    scanner = BracketScanner(start)
    scanner.push(code[start : window.start])
    done = 0
    for at in (0, *(match.end() for match in _TOKEN.finditer(text))):
        scanner.push(text[done:at])
        done = at
        opened = scanner.result().brackets
        yield Spot(window.start + at, opened[-1] if opened else None)
