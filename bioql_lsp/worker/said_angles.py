"""Angles of rotations as a program holds them: ``pi/3`` and ``60 degrees`` are 1.0472 radians.

A model copies a decimal number, where it would have to reckon.
"""

from __future__ import annotations

import math
import re
from typing import Final

_DIGITS: Final = 4
_GATE: Final = re.compile(r"\b[ru][xyz123]\b|\b[ru][xyz123]?\(", re.IGNORECASE)
_TURN: Final = re.compile(r"\b(?:rot|gir|turn|spin)", re.IGNORECASE)
_QUBIT: Final = re.compile(r"\b(?:qubit|q\d)", re.IGNORECASE)
_PART_OF_PI: Final = re.compile(
    r"(?<![\w.,\"'/])(?:(-?\d{1,3})(?: ?\* ?)?)?(?:pi|\u03c0) ?/ ?(\d{1,3})(?![\w./])",
    re.IGNORECASE,
)
_DEGREES: Final = re.compile(
    r"(?<![\w.,\"'])(-?\d{1,3}(?:\.\d{1,4})?)(?:[ -]?(?:degrees?|deg|grados?)\b| ?°)"
    r"(?! ?(?:[CFK]\b|celsius|fahrenheit|cent))",
    re.IGNORECASE,
)


def with_radians(request: str) -> str:
    """The request of a rotation with its angles in decimal radians; others stay as they are."""
    is_turn = _TURN.search(request) and _QUBIT.search(request)
    if not is_turn and not _GATE.search(request):
        return request
    text = _PART_OF_PI.sub(_of_pi, request)
    return _DEGREES.sub(lambda match: f"{math.radians(float(match[1])):.{_DIGITS}f} radians", text)


def _of_pi(match: re.Match[str]) -> str:
    times, parts = int(match[1] or 1), int(match[2])
    return f"{times * math.pi / parts:.{_DIGITS}f}" if parts else match[0]
