"""Data in an answer's texts is copied to its end: sequences, PDB ids and SMILES that were given.

A small model copies long words with slips. Where it begins to write what was given and then goes
another way, it is led back. What resembles nothing that was given is let pass: a text that was led
away from one invention would be another, and the check of the whole answer withholds the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from bioql_lsp.worker.given import Given

_WORD = re.compile(r"[A-Za-z0-9]+")
_LAST_WORD = re.compile(r"[A-Za-z0-9]*$")
_ESCAPE = re.compile(r"\\.?", re.DOTALL)
_DATA = re.compile(r"[A-Z]{8,}|(?=[1-9A-Z]*[A-Z])[1-9][A-Z0-9]{3}")
_SMILES = re.compile(r"(?=\S*[()=\[\]#])[A-Z\[c][A-Za-z0-9@+\-\[\]()=#%/\\.]*")
_ATOMS = re.compile(
    r"(?=.*[BCNOPSFIbcnops])(\[[^\]\s]+\]|Cl|Br|[BCNOPSFIbcnops]|[0-9()=#@+\-%/\\.])+"
)
_SMILES_PLACE = re.compile(r"smiles\w* ?[=(] ?[rRbBuU]?$|[\"']smiles[\"']: ?$")
_CALL = re.compile(r"(\w+)\([ \n]*$")
_PARTS = re.compile(r"[^\"'\\#\n]+|[\"'\\#\n]")
"""What may change the place stands alone."""
_COPIED_CHARS_MIN: Final = 4
"""With fewer alike at its start, a text that need not be a SMILES is no copy of one."""
_LEAD_CHARS: Final = 60
_CONTENT_CHARS_MAX: Final = 4000
"""Longer texts are files, not data: they are let pass."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a program one is: in code, a comment, or a text with its quote."""

    quote: str = ""
    content: str = ""
    lead: str = ""
    is_comment: bool = False


class DataGuard:
    """Follows an answer and says which pieces of it go astray while they copy data."""

    def __init__(self, known: str, smiles_calls: Collection[str] = ()) -> None:
        """``known`` is all that was given; ``smiles_calls`` take a SMILES as their first value."""
        self._known = known.casefold()
        self._given = Given(known)
        self._words = sorted(self._given.words)
        self._smiles = [w for w in self._words if len(w) > 1 and _ATOMS.fullmatch(w)]
        self._data = sorted({w for w in _WORD.findall(known) if _DATA.fullmatch(w)})
        self._smiles_calls = smiles_calls
        self._place = _Place()

    def take(self, piece: str) -> bool:
        """Go on by a piece, unless it goes astray: then ``ways`` says how to go on."""
        place = self._place
        for part in _PARTS.findall(piece):
            following = _after(place, part)
            if place.quote and not following.quote and self._is_astray(place, True):
                return not self.ways() and self._pass(piece)
            place = following
        if place.quote and self._is_astray(place, False):
            return not self.ways() and self._pass(piece)
        self._place = place
        return True

    def ways(self) -> list[str]:
        """What may come next where data is copied: the rest of what was given, and its quote."""
        place = self._place
        if not place.quote:
            return []
        ways = []
        if len(place.content) >= _COPIED_CHARS_MIN or self._is_smiles(place):
            ways = [s[len(place.content) :] + place.quote for s in self._begun(place.content)]
        found = _LAST_WORD.search(_plain(place.content))
        if found is not None and found[0]:
            begun = found[0]
            ways += [word[len(begun) :] for word in self._data if word.startswith(begun)]
        return ways

    def _pass(self, piece: str) -> bool:
        for part in _PARTS.findall(piece):
            self._place = _after(self._place, part)
        return True

    def _begun(self, content: str) -> list[str]:
        return [smiles for smiles in self._smiles if smiles.startswith(content)]

    def _is_smiles(self, place: _Place) -> bool:
        if _SMILES.fullmatch(place.content) or _SMILES_PLACE.search(place.lead):
            return True
        call = _CALL.search(place.lead)
        return call is not None and call[1] in self._smiles_calls

    def _is_astray(self, place: _Place, is_whole: bool) -> bool:
        content = place.content
        if len(content) > _CONTENT_CHARS_MAX:
            return False
        if self._is_smiles(place):
            if not is_whole:
                return not self._is_known(content) or not self._may_begin(content)
            if self._given.has(content):
                return False
            is_atoms = _ATOMS.fullmatch(content) is not None
            return is_atoms or bool(self._begun(content)) or not self._is_known(content)
        return any(
            _DATA.fullmatch(word) and not self._is_known(word)
            for word in _WORD.findall(_plain(content))
        )

    def _may_begin(self, content: str) -> bool:
        """Whether what may be the beginning of a SMILES is the beginning of something given."""
        if not _ATOMS.fullmatch(content):
            return True
        place = bisect_left(self._words, content)
        return place < len(self._words) and self._words[place].startswith(content)

    def _is_known(self, text: str) -> bool:
        return text.casefold() in self._known


def follows(piece: str, way: str) -> bool:
    """Whether a piece keeps to a way: a part of it, or all of it and then no letter more."""
    if len(piece) <= len(way):
        return bool(piece) and way.startswith(piece)
    return piece.startswith(way) and not piece[len(way)].isalnum()


def _plain(content: str) -> str:
    return _ESCAPE.sub(lambda found: " " * len(found[0]), content)


def _after(place: _Place, part: str) -> _Place:
    if place.is_comment:
        return _Place() if part == "\n" else place
    if place.quote:
        return _in_text(place, part)
    if part == "#":
        return _Place(is_comment=True)
    if part in ("'", '"'):
        if place.lead.endswith(part * 2):
            return _Place(part * 3, "", place.lead[:-2])
        return _Place(part, "", place.lead)
    return _Place(lead=(place.lead + part)[-_LEAD_CHARS:])


def _in_text(place: _Place, part: str) -> _Place:
    content = place.content + part
    slashes = len(place.content) - len(place.content.rstrip("\\"))
    is_end = content.endswith(place.quote) and slashes % 2 == 0
    if not is_end and not (part == "\n" and len(place.quote) == 1):
        return replace(place, content=content)
    return _Place(lead=place.lead + place.quote[:1] * (2 if content == place.quote else 1))
