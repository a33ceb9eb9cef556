"""PDB ids in capitals, as databases write them: ``dock it to 2crw`` means 2CRW."""

from __future__ import annotations

import re
from typing import Final

_ID = re.compile(r"(?<![\w./'\"`=-])([1-9][a-z0-9]{3})(?![\w'\"`/-]|\.\w)")
_AMOUNT = re.compile(r"(\d+)([a-z]+)")
_UNITS: Final = frozenset(
    {
        "bit",
        "day",
        "dim",
        "ghz",
        "hrs",
        "kda",
        "khz",
        "mer",
        "mhz",
        "mil",
        "min",
        "mol",
        "mts",
        "pts",
    }
    | {"rds", "sec", "seg", "way", "yrs"}
)
_NAMED = re.compile(
    r"\b(?:pdb|id|code|c[oó]digo|target|receptor|protein|prote[ií]na|structure|estructura|diana)"
    r"[ :]{1,2}\Z",
    re.IGNORECASE,
)


def with_pdb_ids(request: str) -> str:
    """The request with its PDB ids in capitals; amounts such as ``20mg`` stay."""

    def in_capitals(match: re.Match[str]) -> str:
        before = request[max(0, match.start() - 12) : match.start()]
        is_id = _is_id(match[1]) or (_NAMED.search(before) and not match[1].isdigit())
        return match[1].upper() if is_id else match[1]

    return _ID.sub(in_capitals, request)


def _is_id(text: str) -> bool:
    """Whether it is no number and no amount: of those, one digit with three letters is an id."""
    amount = _AMOUNT.fullmatch(text)
    if amount is None:
        return not text.isdigit()
    return len(amount[1]) == 1 and amount[2] not in _UNITS
