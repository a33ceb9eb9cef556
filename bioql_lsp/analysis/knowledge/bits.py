"""What a request's bit strings and counts say of qubits, spelt out: a small model cannot count.

The last bit of a string is qubit 0, as in the counts that a run gives back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LINES_MAX: Final = 3
_BITS: Final = re.compile(
    r"\|([01]{1,8})[>\u27e9]"
    r"|(?<![\w.|{\"'=:,-])([01]{2,8})(?![\w.|\"':]|,\d)(?! *[A-Za-z]+bits?\b)"
)
"""Bits in a ket, or bare."""
_COUNTED: Final = re.compile(
    r" *(?:[qc]ubits?|shots?|times?|veces|vez|disparos?|nodes?|nodos?|poses?|gates?|bits?|x)\b",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\b(?:states?|estados?|bits|bit ?strings?|cadena|basis|base|pattern|binary|binario|register"
    r"|registro|ket|qubits?)\b[\w ]{0,12}[ :=]$",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(r"\{\s{0,4}[\"']([01]{1,16})[\"']\s{0,4}:")


def bit_lines(request: str) -> list[str]:
    """Lines such as ``# 110: x qubit 1, x qubit 2`` and ``# counts of 2 qubits``, each once."""
    lines = [f"# {bits}: {_flips(bits)}" for bits in _bit_strings(request)]
    widths = (len(match[1]) for match in _COUNTS.finditer(request))
    lines += [f"# counts of {width} qubit{'s' * (width > 1)}" for width in widths]
    return list(dict.fromkeys(lines))[:LINES_MAX]


def _bit_strings(request: str) -> Iterator[str]:
    for match in _BITS.finditer(request):
        ket, bare = match.groups()
        if ket or _is_meant(bare, request, match):
            yield ket or bare


def _is_meant(bits: str, request: str, match: re.Match[str]) -> bool:
    """Whether bits without a ket around them are bits, and no number."""
    if _COUNTED.match(request, match.end()):
        return False
    before = request[max(0, match.start() - 40) : match.start()]
    return bits.startswith("0") or _CALLED.search(before) is not None


def _flips(bits: str) -> str:
    places = [place for place, bit in enumerate(reversed(bits)) if bit == "1"]
    return ", ".join(f"x qubit {place}" for place in places) or "no flip"
