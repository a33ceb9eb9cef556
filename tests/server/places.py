"""Places in a text as a client counts them, and what a client's places mean."""

from __future__ import annotations

import re
from typing import Any

_WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def units(text: str, encoding: str) -> int:
    """How many units of an encoding a text takes."""
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(codec)) // _WIDTHS[encoding]


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends."""
    return re.split(r"\r\n|\n|\r", text)


def place_of(text: str, part: str, encoding: str, into: int = 0) -> dict[str, int]:
    """The position of some text, or of a character in it."""
    before = lines_of(text[: text.index(part) + into])
    return {"line": len(before) - 1, "character": units(before[-1], encoding)}


def written(text: str, range_: dict[str, Any], encoding: str) -> str:
    """The text in a client's range on one line."""
    start, end = range_["start"], range_["end"]
    assert start["line"] == end["line"]
    return cut(lines_of(text)[start["line"]], start["character"], end["character"], encoding)


def cut(line: str, start: int, end: int, encoding: str) -> str:
    """A piece of a line by its units."""
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    width = _WIDTHS[encoding]
    return line.encode(codec)[start * width : end * width].decode(codec)
