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
_NUMBER_WORD: Final = (
    rf"{'|'.join(_TIMES)}|{'|'.join(_HUNDREDS)}|thousand|hundred|mil|thirty|forty|sixty|seventy|eighty"
    "|ninety|treinta|cuarenta|sesenta|setenta|ochenta|noventa|million|millon|and|y"
)
_BEFORE_IS_NUMBER = re.compile(rf"\b(?:{_NUMBER_WORD})\s+\Z", re.IGNORECASE)
_BEHIND_IS_NUMBER = re.compile(rf"\s+(?:{_NUMBER_WORD})\b", re.IGNORECASE)
_PERCENT = re.compile(
    r"(?<![\w.,/-])(\d{1,2}(?:\.\d{1,3})?)(?: ?%?( ?- ?| (?:to|and|y|a) )(\d{1,2}(?:\.\d{1,3})?))?"
    r" ?(?:%(?!%)|per ?cent\b|por ciento\b)",
    re.IGNORECASE,
)
_OF_ERRORS = re.compile(r"(?:error|noise|ruido|physical)[^.%\d]{0,30}\Z|\bp ?= ?\Z", re.IGNORECASE)
_OF_CODES = re.compile(
    r"\bsurface[- ](?:code|d\b|distance)|c[oó]digo de superficie|\bsteane\b|\bshor code|\bqec\b"
    r"|\blogical (?:error|qubit)|\b(?:error|qubits?) l[oó]gic",
    re.IGNORECASE,
)
"""Requests about these say in percent what BioQL takes as a fraction of 1."""
_OF_FRACTIONS = re.compile(r"\bgc\b(?!-)|\bsimil|\btanimoto\b", re.IGNORECASE)
_OF_ORDER = re.compile(r"\b(?:top|best|worst|mejor(?:es)?|peor(?:es)?) \Z", re.IGNORECASE)
_NEAR_CHARS: Final = 40
_BEHIND_CHARS: Final = 8
_MINUTES: Final = r"(\d{1,3})[ -]?(?:min(?:ute)?s?|(minutos?))\b(?!\.\w)"
_TIMEOUT = re.compile(
    r"(\b(?:time ?out(?!_min)|give (?:up|it)|wait(?:ing)?|time limit|deadline|cancel\w*|abort\w*"
    r"|espera|abandona\w*|l[ií]mite de tiempo|tiempo l[ií]mite)\b[^.\d/\"']{0,25})(?<![\w/-])"
    rf"{_MINUTES}",
    re.IGNORECASE,
)
_TIMEOUT_BEHIND = re.compile(
    rf"()(?<![\w.,/-]){_MINUTES}(?= (?:time ?out|time limit|deadline)\b)", re.IGNORECASE
)


def with_digits(request: str) -> str:
    """The request with round numbers and shares in digits, timeouts in seconds; all else stays."""
    text = _SHORT.sub(lambda match: _whole(float(match[1]) * _THOUSAND, match[0]), request)
    text = _WORDS.sub(_said, text)
    is_of_codes = _OF_CODES.search(text) is not None
    text = _PERCENT.sub(lambda match: _fractions(match, is_of_codes=is_of_codes), text)
    for timeout in (_TIMEOUT, _TIMEOUT_BEHIND):
        text = timeout.sub(_seconds, text)
    return _GROUPED.sub(lambda match: re.sub("[,.]", "", match[0]), text)


def _fractions(match: re.Match[str], *, is_of_codes: bool) -> str:
    """A share or a range of shares as fractions; as it stands if of nothing that has fractions."""
    text, start = match.string, match.start()
    before = text[max(0, start - _NEAR_CHARS) : start]
    around = before + text[match.end() : match.end() + _BEHIND_CHARS]
    is_fraction = is_of_codes or _OF_ERRORS.search(before) or _OF_FRACTIONS.search(around)
    if not is_fraction or _OF_ORDER.search(before):
        return match[0]
    first = f"{float(match[1]) / 100:g}"
    return first if match[3] is None else f"{first}{match[2]}{float(match[3]) / 100:g}"


def _seconds(match: re.Match[str]) -> str:
    return f"{match[1]}{60 * int(match[2])} {'segundos' if match[3] else 'seconds'}"


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
