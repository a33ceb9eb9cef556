"""Sizes of what is searched or drawn, as the qubits that it takes: eight items are three."""

from __future__ import annotations

import re

_SEARCHED = re.compile(
    r"\b(\d{1,7}) (?:items?|entries|elements?|records|options|elementos?|objetos?|entradas)\b"
    r"(?! *(?:per|por)\b)",
    re.IGNORECASE,
)
_IS_SEARCH = re.compile(r"\bgrover", re.IGNORECASE)
_DRAWN = re.compile(
    r"\b(?:(?:between|from|in) 0 (?:and|to|-) ?|0 ?(?:-|to) ?|(?:entre|de) 0 (?:y|a) )"
    r"(\d{1,7})\b(?![.\d])",
    re.IGNORECASE,
)
_IS_DRAW = re.compile(r"\b(?:random|aleatori[oa]s?|qrng)\b", re.IGNORECASE)


def with_qubits(request: str) -> str:
    """The request with its items, or the range of its random number, in qubits; else as it is."""
    if _IS_SEARCH.search(request):
        return _SEARCHED.sub(lambda match: _said(int(match[1]), match[0]), request)
    if _IS_DRAW.search(request):
        return _DRAWN.sub(lambda match: _drawn(int(match[1]), match[0]), request)
    return request


def _said(states: int, written: str) -> str:
    return f"{(states - 1).bit_length()} qubits" if states > 1 else written


def _drawn(largest: int, written: str) -> str:
    """Only a range that qubits fill: of another one, some numbers would never come."""
    is_full = largest > 1 and (largest + 1).bit_count() == 1
    return f"with {largest.bit_length()} qubits" if is_full else written
