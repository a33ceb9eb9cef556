"""Texts of the user's in Markdown, where nothing of them may act as Markdown."""

from __future__ import annotations

import re

_SHOWN_CHARS_MAX = 80
_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~])")


def code(text: str) -> str:
    """A code span on one line, shortened where it is long."""
    shown = " ".join(text.split())
    if len(shown) > _SHOWN_CHARS_MAX:
        shown = shown[: _SHOWN_CHARS_MAX - 3] + "..."
    longest = max(map(len, re.findall(r"`+", shown)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{shown or ' '}{space}{fence}"


def plain(text: str) -> str:
    """Text between other words."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))
