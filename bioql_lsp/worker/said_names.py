"""Names of molecules, targets, proteins, diseases and metabolites with a slip, spelt right.

``sorafenb`` becomes ``sorafenib``, so that what is known of it can be told. A word is changed where
it is no known word, and one slip away from the names of one thing alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
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
_KINDS_END: Final = ("ase", "ose")
"""Enzymes and sugars differ by a letter, and are other things."""


def with_right_names(request: str) -> str:
    """The request with slips in well-known names put right; all else stays as it is."""
    head, rest = request[:_REQUEST_CHARS_MAX], request[_REQUEST_CHARS_MAX:]
    kept = [(mention.start, mention.end) for mention in mentions_in(head)]
    kept += quoted_spans(head)

    def right(match: re.Match[str]) -> str:
        if any(start < match.end() and match.start() < end for start, end in kept):
            return match[0]
        return _meant(match[0]) or match[0]

    return _WORD.sub(right, head) + rest


def _meant(word: str) -> str | None:
    """The name that a word was meant to be; None for a known word, and where several are near."""
    folded = fold(word)
    names = _names()
    if folded in names or stem(folded) in known_stems() or not folded.isascii():
        return None
    forms = (folded, *without_one(folded))
    near = {name for form in forms for name in _near().get(form, ())}
    near = {name for name in near if is_slip(folded, name) or is_swap(folded, name)}
    if any(folded.endswith(end) != name.endswith(end) for name in near for end in _KINDS_END):
        return None
    meant = {names[name] for name in near}
    return min(near, key=lambda name: (len(name), name)) if len(meant) == 1 else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Names of one word in small letters without accents, each with what it names."""
    found = {fold(name): usual for name, usual in usual_spellings().items()}
    for entity in (*MOLECULES, *TARGETS, *PROTEINS):
        found |= {fold(name): entity.value for name in (*entity.names, *entity.names_es)}
    return {
        name: value
        for name, value in found.items()
        if len(name) >= NAME_LETTERS_MIN and name.isalpha() and name.isascii()
    }


@lru_cache(maxsize=1)
def _near() -> dict[str, tuple[str, ...]]:
    """The names that a word, or a word without one of its letters, may have been."""
    near: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in _names():
        for form in (name, *without_one(name)):
            near[form] += (name,)
    return dict(near)
