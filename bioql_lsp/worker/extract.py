"""From a model's words to code that fits its place.

A model that was asked for code often wraps it in a Markdown fence and forgets the indentation of
the place; both are put right before the code is verified.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections import Counter
from itertools import islice
from typing import Final

from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.text import Document, Span

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+.-]*)[^\n]*$", re.MULTILINE)

_LINE_CHARS_MIN: Final = 3
"""With fewer, what follows may be said again by chance."""


def strip_fences(text: str) -> str:
    """The code in the first fenced block, or the whole text where there is no fence.

    An unclosed fence ends with the text; a lone bare fence after some text closes one that the
    prompt opened. Blank lines around the code go away.
    """
    opening = _FENCE.search(text)
    if opening is None:
        return _without_blank_border(text)
    before, rest = text[: opening.start()], text[opening.end() + 1 :]
    closing = re.search(rf"^[ \t]*{re.escape(opening[1])}[ \t]*$", rest, re.MULTILINE)
    if closing is None and not opening[2] and before.strip():
        return _without_blank_border(before)
    return _without_blank_border(rest[: closing.start()] if closing else rest)


def _without_blank_border(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def without_known_imports(code: str, above: str) -> str:
    """The code without its module-level imports that the text above it has word for word.

    Where either does not parse by itself nothing is dropped.
    """
    known = {ast.unparse(statement) for statement in _imports(above)}
    lines = code.split("\n")
    for statement in _imports(code):
        if ast.unparse(statement) in known:
            last = statement.end_lineno or statement.lineno
            lines[statement.lineno - 1 : last] = [""] * (last - statement.lineno + 1)
    return _without_blank_border("\n".join(lines)) or code


def _imports(code: str) -> list[ast.Import | ast.ImportFrom]:
    """The imports at the module's level that share no line with another statement."""
    try:
        body = python_tree(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    lines = Counter(line for node in body for line in {node.lineno, node.end_lineno})
    return [
        node
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and lines[node.lineno] == lines[node.end_lineno] == 1
    ]


def as_statements(code: str, before: str, at: int) -> str:
    """Generated code as it must be inserted at ``at``: on lines of its own, at that indentation."""
    if not code:
        return ""
    document = Document(before)
    place = document.position(at)
    line = document.line_text(place.line)
    left, right = line[: place.character], line[place.character :]
    indentation = left[: len(left) - len(left.lstrip(" \t"))]
    body = _indented(code, indentation, is_first_indented=False)
    if left.strip():
        body = "\n" + indentation + body
    body += "" if not right and place.line + 1 < document.line_count else "\n"
    if right.strip():
        body += indentation
    return body.replace("\n", document.newline)


def as_replacement(code: str, before: str, span: Span) -> str:
    """Rewritten code as it must stand in place of ``span``, at the same indentation."""
    if not code:
        return ""
    document = Document(before)
    old = before[span.start : span.end]
    place = document.position(span.start)
    left = document.line_text(place.line)[: place.character]
    first_old = next((line for line in old.split("\n") if line.strip()), "")
    inside = first_old[: len(first_old) - len(first_old.lstrip(" \t"))]
    is_at_line_start = not left
    indentation = inside if is_at_line_start else left[: len(left) - len(left.lstrip(" \t"))]
    body = _indented(code, indentation, is_first_indented=is_at_line_start)
    return (body + ("\n" if old.endswith(("\n", "\r")) else "")).replace("\n", document.newline)


def _indented(code: str, indentation: str, *, is_first_indented: bool) -> str:
    lines = textwrap.dedent(code).split("\n")
    head = (indentation if is_first_indented else "") + lines[0]
    return "\n".join([head, *(indentation + line if line else "" for line in lines[1:])])


def shorter_versions(code: str, count_max: int) -> list[str]:
    """The code without its last line, without its last two, and so on: what to try when cut."""
    lines = code.split("\n")
    return ["\n".join(lines[:kept]) for kept in range(len(lines) - 1, 0, -1)][:count_max]


def before_what_follows(code: str, after: str, count_max: int) -> list[str]:
    """The code up to where it only says again what stands behind its place, the longest first.

    A model that was shown ``print(adm`` and ``.half_life)`` may go on to the line's end.
    """
    code, line = code.rstrip(), after.split("\n", 1)[0].rstrip()
    starts = (
        start
        for start in range(len(code) - 1, 0, -1)
        if after.startswith(code[start:])
        or (len(line) >= _LINE_CHARS_MIN and code.startswith(line, start))
    )
    found = (code[:start] for start in starts if code[start:].strip() and code[:start].strip())
    return list(islice(found, count_max))


def says_next_line_again(code: str, after: str) -> bool:
    """Whether code of several lines ends with all of the line that stands behind its place."""
    following = next((line.strip() for line in after.split("\n") if line.strip()), "")
    lines = code.rstrip().split("\n")
    is_long = len(following) >= _LINE_CHARS_MIN
    return is_long and len(lines) > 1 and lines[-1].strip() == following
