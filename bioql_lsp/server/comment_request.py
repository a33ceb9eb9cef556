"""A comment as a request: what ``Write the code for this comment`` sends to ``bioql.generate``.

It gives editors without a prompt of their own (Helix) the command's only way in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bioql_lsp.text import Document

_COMMENT = re.compile(r"[ \t]*#(?!!)[ \t]*(.*)")
_WORDS_MIN = 2


@dataclass(frozen=True, slots=True)
class CommentRequest:
    """What the comment asks for, and the offset at its end, where the code belongs."""

    instruction: str
    end: int


def comment_request(document: Document, offset: int) -> CommentRequest | None:
    """The block of comment lines around an offset, or None where there is none.

    A single word is no request: it may be a pragma.
    """
    here = document.position(offset).line
    if _words(document, here) is None:
        return None
    first = last = here
    while first > 0 and _words(document, first - 1) is not None:
        first -= 1
    while last + 1 < document.line_count and _words(document, last + 1) is not None:
        last += 1
    lines = (_words(document, line) or "" for line in range(first, last + 1))
    instruction = " ".join(" ".join(lines).split())
    if len(re.findall(r"\w+", instruction)) < _WORDS_MIN:
        return None
    return CommentRequest(instruction, document.line_span(last).end)


def _words(document: Document, line: int) -> str | None:
    match = _COMMENT.fullmatch(document.line_text(line))
    return None if match is None else match[1]
