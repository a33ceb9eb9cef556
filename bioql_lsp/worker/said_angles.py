"""Angles of rotations as a program holds them: ``pi/3`` and ``60 degrees`` are 1.0472 radians.

A model copies a decimal number, where it would have to reckon.
"""

from __future__ import annotations

import math
import re
from typing import Final

_DIGITS: Final = 4
_ROTATES: Final = re.compile(
    r"\b(?:rotat\w*|rotaci[oó]n\w*|rota\w{0,3}|gir[aoe]\w*|turn\w*|spin|r[xyz]|u[123]?|theta|angle"
    r"|[aá]ngulo|phase|fase)\b|\br[xyz]\(|θ",
    re.IGNORECASE,
)
_PART_OF_PI: Final = re.compile(
    r"(?<![\w.\"'/])(-?\d{1,3})?[ ]?\*?[ ]?(?:\bpi|π)[ ]?/[ ]?(\d{1,3})(?![\w./])", re.IGNORECASE
)
_DEGREES: Final = re.compile(
    r"(?<![\w.\"'])(-?\d{1,3}(?:\.\d{1,4})?)(?:[ -]?(?:degrees?|deg|grados?)\b|[ ]?°)",
    re.IGNORECASE,
)


def with_radians(request: str) -> str:
    """The request of a rotation with its angles in decimal radians; others stay as they are."""
    if not _ROTATES.search(request):
        return request
    text = _PART_OF_PI.sub(_of_pi, request)
    return _DEGREES.sub(lambda match: f"{math.radians(float(match[1])):.{_DIGITS}f} radians", text)


def _of_pi(match: re.Match[str]) -> str:
    times, parts = int(match[1] or 1), int(match[2])
    return f"{times * math.pi / parts:.{_DIGITS}f}" if parts else match[0]
