"""Numbers as people say them, in digits: ``2k shots``, ``a thousand``, an error rate of ``3.3 %``.

Digits are copied letter by letter into an answer, where a model would have to reckon.
"""

from __future__ import annotations

import re
from typing import Final

_THOUSAND: Final = 1000
_TIMES: Final = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "fifty": 50,
    "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "veinte": 20, "cincuenta": 50,
}  # fmt: skip
_HUNDREDS: Final = {
    "cien": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500,
    "ochocientos": 800,
}  # fmt: skip
_COUNTED: Final = "shots?|measurements?|samples?|times|runs|disparos?|medidas|veces|tiros"
_UNIT: Final = rf"(?=\s+(?:{_COUNTED})\b)"
# A capital K alone may be kelvin.
_SHORT = re.compile(
    rf"(?<![\w.,:'\"])(\d{{1,4}}(?:\.\d{{1,3}})?)(?:k(?![\w-]|\.\w)(?!\s*(?:kelvin|temperat))|K{_UNIT})"
)
_WORDS = re.compile(
    rf"\b({'|'.join(_TIMES)})\s+(thousand|hundred|mil)\b|\b(mil|{'|'.join(_HUNDREDS)}){_UNIT}",
    re.IGNORECASE,
)
_GROUPED = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:[,.]\d{{3}})+(?![\d.,]){_UNIT}", re.IGNORECASE)
_OF_ERRORS = r"error|noise|ruido|physical|f[ií]sic"
_NUMBER_WORD: Final = (
    rf"{'|'.join(_TIMES)}|{'|'.join(_HUNDREDS)}|thousand|hundred|mil|thirty|forty|sixty|seventy|eighty"
    "|ninety|treinta|cuarenta|sesenta|setenta|ochenta|noventa|million|millon|and|y"
)
_BEFORE_IS_NUMBER = re.compile(rf"\b(?:{_NUMBER_WORD})\s+\Z", re.IGNORECASE)
_BEHIND_IS_NUMBER = re.compile(rf"\s+(?:{_NUMBER_WORD})\b", re.IGNORECASE)
_PERCENT = re.compile(
    rf"((?:{_OF_ERRORS})[^.%\d]{{0,30}}|\bp ?= ?)(?<![\w.,])(\d{{1,2}}(?:\.\d{{1,3}})?)"
    r" ?(?:%|per ?cent\b|por ciento\b)",
    re.IGNORECASE,
)


def with_digits(request: str) -> str:
    """The request with round numbers and rates of errors in digits; all else stays as it is."""
    text = _SHORT.sub(lambda match: _whole(float(match[1]) * _THOUSAND, match[0]), request)
    text = _WORDS.sub(_said, text)
    text = _PERCENT.sub(lambda match: f"{match[1]}{float(match[2]) / 100:g}", text)
    return _GROUPED.sub(lambda match: re.sub("[,.]", "", match[0]), text)


def _whole(value: float, written: str) -> str:
    return str(int(value)) if value == int(value) else written


def _said(match: re.Match[str]) -> str:
    """The number that is said; as it stands where it is only a part of one."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    if _BEFORE_IS_NUMBER.search(before) or _BEHIND_IS_NUMBER.match(match.string, match.end()):
        return match[0]
    if match[3]:
        return str(_HUNDREDS.get(match[3].lower(), _THOUSAND))
    return str(_TIMES[match[1].lower()] * (100 if match[2].lower() == "hundred" else _THOUSAND))
