"""Sizes of what is searched or drawn, as the qubits that it takes: eight items are three."""

from __future__ import annotations

import re

_THINGS = r"(?:items?|entries|elements?|records|options|elementos?|objetos?|entradas)"
_SEARCHED = re.compile(
    r"\b(grover\b[\w' ]{0,40}?\b(?:over|among|in|of|through|entre|en|sobre)"
    rf"(?: an?| una?)?(?: (?:list|database|lista) (?:of|with|de))?) (\d{{1,7}}) {_THINGS}\b",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"\b((?:random|aleatori[oa]s?) (?:numbers?|integers?|ints?|n[uú]meros?|enteros?)"
    r"|n[uú]meros? (?:enteros? )?aleatorios?|qrng) (?:(?:between|from|in) )?"
    r"(?:0 ?(?:and|to|-) ?|(?:entre|de) 0 (?:y|a) )(\d{1,7})\b(?![.\d])",
    re.IGNORECASE,
)
_OF_QUBITS = re.compile(r"\bq?u?bits?\b|\bq\d", re.IGNORECASE)


def with_qubits(request: str) -> str:
    """The request with its items, or the range of its random number, in qubits; else as it is.

    Where it says qubits itself, nothing is changed.
    """
    if _OF_QUBITS.search(request):
        return request
    text = _SEARCHED.sub(_searched, request, count=1)
    return _DRAWN.sub(_drawn, text, count=1)


def _searched(match: re.Match[str]) -> str:
    states = int(match[2])
    return f"{match[1]} {(states - 1).bit_length()} qubits" if states > 2 else match[0]


def _drawn(match: re.Match[str]) -> str:
    """Only a range that qubits fill: of another one, some numbers would never come."""
    largest = int(match[2])
    is_full = largest > 1 and (largest + 1).bit_count() == 1
    return f"{match[1]} with {largest.bit_length()} qubits" if is_full else match[0]
