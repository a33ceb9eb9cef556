"""Names of molecules, targets, proteins, diseases and metabolites with a slip, spelt right.

``sorafenb`` becomes ``sorafenib``, so that what is known of it can be told. A word is changed where
it is no known word, and one slip away from the names of one thing alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.knowledge.entities import MOLECULES, PROTEINS, TARGETS
from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.analysis.knowledge.names import usual_spellings
from bioql_lsp.analysis.knowledge.pieces import fold
from bioql_lsp.analysis.knowledge.terms import known_stems, stem, without_one
from bioql_lsp.worker.quoted import quoted_spans
from bioql_lsp.worker.repair.slips import is_slip, is_swap

NAME_LETTERS_MIN: Final = 6
_REQUEST_CHARS_MAX: Final = 2000
_WORD = re.compile(r"(?<![\w./⟦='\"`-])[^\W\d_]{5,40}(?![\w/(='\"`-]|\.\w| ?=)")
_AROUND: Final = 40
"""A name of several words may reach so many characters to either side of one."""
_KINDS_END: Final = (
    "ase",
    "ose",
    "ol",
    "ane",
    "ene",
    "yne",
    "ano",
    "eno",
    "ino",
    "ate",
    "ite",
    "ide",
)
"""Enzymes, sugars, alcohols, hydrocarbons and salts differ by a letter, and are other things."""


def with_right_names(request: str) -> str:
    """The request with slips in well-known names put right; all else stays as it is."""
    head, rest = request[:_REQUEST_CHARS_MAX], request[_REQUEST_CHARS_MAX:]
    kept = [(mention.start, mention.end) for mention in mentions_in(head)]
    kept += quoted_spans(head)

    def right(match: re.Match[str]) -> str:
        if any(start < match.end() and match.start() < end for start, end in kept):
            return match[0]
        return _meant(match[0]) or _part_of_name(head, match) or match[0]

    return _WORD.sub(right, head) + rest


def _meant(word: str) -> str | None:
    """The name that a word was meant to be; None for a known word, and where several are near."""
    folded = fold(word)
    names = _names()
    is_known = folded in _short_names() or folded in names or stem(folded) in known_stems()
    if is_known or not folded.isascii():
        return None
    near = _slipped(folded, _near())
    if any(_is_of_other_kind(folded, name) for name in near):
        return None
    meant = {names[name] for name in near}
    return min(near, key=lambda name: (len(name), name)) if len(meant) == 1 else None


def _part_of_name(text: str, match: re.Match[str]) -> str | None:
    """What a word was meant to be that makes a name with its neighbours: ``methylene clhoride``."""
    folded = fold(match[0])
    if folded in _parts() or stem(folded) in known_stems() or not folded.isascii():
        return None
    before = text[max(0, match.start() - _AROUND) : match.start()]
    after = text[match.end() : match.end() + _AROUND]
    fitting = [
        part
        for part in _slipped(folded, _near_parts())
        if not _is_of_other_kind(folded, part)
        and any(name.start <= len(before) < name.end for name in mentions_in(before + part + after))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _slipped(word: str, by_form: dict[str, tuple[str, ...]]) -> set[str]:
    """The names that a word is one slip away from."""
    forms = (word, *without_one(word))
    near = {name for form in forms for name in by_form.get(form, ())}
    return {name for name in near if _is_slip(word, name)}


def _is_slip(word: str, name: str) -> bool:
    """Whether a letter was slipped; a plural is none."""
    return word != f"{name}s" and (is_slip(word, name) or is_swap(word, name))


def _is_of_other_kind(word: str, name: str) -> bool:
    """Whether a word and a name are of chemical kinds that their ends tell apart."""
    if is_swap(word, name):
        return False
    return any(word.endswith(end) != name.endswith(end) for end in _KINDS_END)


@lru_cache(maxsize=1)
def _parts() -> frozenset[str]:
    """The long words of names of several words, in small letters without accents."""
    names = (
        name for each in (*MOLECULES, *TARGETS, *PROTEINS) for name in (*each.names, *each.names_es)
    )
    words = (word for name in names if " " in name for word in fold(name).split())
    return frozenset(w for w in words if len(w) >= NAME_LETTERS_MIN and w.isalpha() and w.isascii())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Long names of one word in small letters without accents, each with what it names."""
    return {
        name: value
        for name, value in _every_name().items()
        if len(name) >= NAME_LETTERS_MIN and name.isalpha() and name.isascii()
    }


@lru_cache(maxsize=1)
def _short_names() -> frozenset[str]:
    """Those that are too short to be looked for behind a slip."""
    return frozenset(name for name in _every_name() if len(name) < NAME_LETTERS_MIN)


def _every_name() -> dict[str, str]:
    found = {fold(name): usual for name, usual in usual_spellings().items()}
    for entity in (*MOLECULES, *TARGETS, *PROTEINS):
        found |= {fold(name): entity.value for name in (*entity.names, *entity.names_es)}
    return found


@lru_cache(maxsize=1)
def _near() -> dict[str, tuple[str, ...]]:
    return _by_form(_names())


@lru_cache(maxsize=1)
def _near_parts() -> dict[str, tuple[str, ...]]:
    return _by_form(_parts())


def _by_form(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names that a word, or a word without one of its letters, may have been."""
    near: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in names:
        for form in (name, *without_one(name)):
            near[form] += (name,)
    return dict(near)
