"""PDB ids and PAMs in capitals, as they are written: ``dock it to 2crw`` means 2CRW."""

from __future__ import annotations

import re
from typing import Final

_ID = re.compile(r"(?<![^\s,;:(])(?=\d{0,3}[a-z])([1-9][a-z0-9]{3})(?![^\s,;:.?!)]|\.\w)")
_OF_STRUCTURES = re.compile(
    r"\b(?:dock|bind|bound|affinit|ligand|receptor|target|pdb|structure|protein|inhibit|resist|acopl"
    r"|afinidad|ligando|diana|estructura|prote[ií]na|inhib|pocket|complex|complejo)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:pdb(?: id| code)?|target|receptor|protein|prote[ií]na|structure|estructura|diana)"
    r"[ :]{1,2}\Z",
    re.IGNORECASE,
)
_NAMED_CHARS: Final = 14
_AMOUNT = re.compile(
    r"\d+(?:bit|day|deg|dim|fold|gpu|hrs|kda|mer|min|mol|mts|pct|pts|rds|sec|seg|usd|eur|way|yrs|atm|bar"
    r"|[kmg]hz|pp[mb]|[munpkmgt]?[glmsabw]|[kmg]b|n[dt]|rd|st|th|era|nda|k|x|to\d|vs\d|x\d+)"
)
_OTHER: Final = frozenset({"3sat", "2sat", "2opt", "3opt", "5utr", "3utr", "6his", "5ht3"})
# Not ``nan`` nor ``navy``: a G is in nearly every PAM.
_PAM = re.compile(
    r"(?<![\w./\"'-])(?:n(?=[a-z]{0,6}g)[acgtnryvw]{2,7}|nn[acgtnryvw]{1,6}|ttt[nv])(?![\w-]|\.\w)"
)
_OF_PAMS = re.compile(r"\bpams?\b", re.IGNORECASE)
_PLACE_OR_ORBITAL = re.compile(r"\d[pqd]\d\d")


def with_pdb_ids(request: str) -> str:
    """The request with its PDB ids in capitals; amounts such as ``20mg`` stay."""
    if not _OF_STRUCTURES.search(request):
        return request

    def in_capitals(match: re.Match[str]) -> str:
        before = request[max(0, match.start() - _NAMED_CHARS) : match.start()]
        is_id = _is_id(match[1], is_named=_NAMED.search(before) is not None)
        return match[1].upper() if is_id else match[1]

    return _ID.sub(in_capitals, request)


def with_pams(request: str) -> str:
    """A request about PAMs with their patterns in capitals: ``ngan`` is NGAN."""
    if not _OF_PAMS.search(request):
        return request
    return _PAM.sub(lambda match: match[0].upper(), request)


def _is_id(text: str, *, is_named: bool) -> bool:
    """Whether it is no amount and no term: unnamed, one digit stands before a letter."""
    if text in _OTHER or _AMOUNT.fullmatch(text):
        return False
    return is_named or (text[1].isalpha() and _PLACE_OR_ORBITAL.fullmatch(text) is None)
