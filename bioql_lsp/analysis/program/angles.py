"""Angles as people write them, in radians."""

from __future__ import annotations

import math
import re

_NUMBER = r"(?:\d{1,15}(?:\.\d{1,20})?|\.\d{1,20})(?:e[-+]?\d{1,2})?"
_SIGN = r"(?:[-+\u2212]|minus\s|negative\s)\s*"
_PI = r"(?:pi\b|\u03c0)"
ANGLE = (
    rf"(?:{_SIGN})?\(?\s*(?:{_SIGN})?"
    rf"(?:(?:{_NUMBER}\s*\*?\s*)?{_PI}|{_NUMBER})(?:\s*/\s*{_NUMBER})?(?:\s*\))?"
    r"(?:\s*(?:degrees?\b|deg\b|\u00b0|radians?\b|rads?\b))?"
)
_PARTS = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<number>{_NUMBER})?(?:\s*\*?\s*(?P<pi>{_PI}))?"
    rf"(?:\s*/\s*(?P<divisor>{_NUMBER}))?\s*(?P<unit>deg\w*|\u00b0|rad\w*)?",
    re.IGNORECASE,
)


def angle_radians(text: str) -> float | None:
    """The angle that a text writes: ``pi/2``, ``-90 degrees``, ``1e-3``; None for anything else."""
    plain = text.replace("(", "").replace(")", "").strip()
    parts = _PARTS.fullmatch(plain)
    if parts is None or not (parts["number"] or parts["pi"]):
        return None
    value = float(parts["number"] or 1) * (math.pi if parts["pi"] else 1)
    if parts["divisor"]:
        divisor = float(parts["divisor"])
        if not divisor:
            return None
        value /= divisor
    if parts["unit"] and not parts["unit"].lower().startswith("rad"):
        value = math.radians(value)
    return -value if parts["sign"] and parts["sign"].strip() != "+" else value


def writable_radians(radians: float) -> float:
    """The same rotation up to a global phase without a minus, which BioQL does not read."""
    return radians if radians >= 0 else radians % (2 * math.pi)


def decimal_radians(radians: float) -> str:
    """An angle as BioQL reads it: a plain decimal that is not negative."""
    shown = repr(writable_radians(radians))
    if "e" in shown:
        shown = f"{writable_radians(radians):.20f}".rstrip("0")
    return shown.removesuffix(".0").removesuffix(".")
