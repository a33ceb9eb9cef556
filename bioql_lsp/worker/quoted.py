"""What a request quotes: words to be taken as they stand."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?<!\w)([\"'`]).{1,200}?\1(?!\w)", re.DOTALL)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where texts in quotes begin and end, with their quotes; an apostrophe in a word is none."""
    return [match.span() for match in _QUOTED.finditer(text)]
