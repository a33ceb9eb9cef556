"""Requests all in capitals, in small letters: so a model knows them; data stay as they are."""

from __future__ import annotations

import re
from typing import Final

from bioql_lsp.analysis.knowledge.names import usual_spellings
from bioql_lsp.analysis.knowledge.terms import known_stems, stem
from bioql_lsp.worker.quoted import quoted_spans

_LETTERS_MIN: Final = 4
_LOUD_MIN: Final = 2
_LOUD_SHARE_MIN: Final = 0.7
_WORD = re.compile(r"(?<!\S)[^\W\d_]{2,}(?=[.,;:?!]*(?!\S))")
_DATA = re.compile(r"[ACGTU]{5,}|[ACDEFGHIKLMNPQRSTVWY]{8,}|(?=.*C.*C)[CNOSFP]{3,}")


def unshouted(request: str) -> str:
    """The request in small letters where most of its words are capitals; else as it is.

    What may be data keeps its capitals: sequences, SMILES, files, the genes that we know, and
    whatever stands in quotes.
    """
    long = [word for word in _WORD.findall(request) if len(word) >= _LETTERS_MIN]
    long = [word for word in long if not _is_data(word)]
    loud = sum(word.isupper() for word in long)
    if loud < _LOUD_MIN or loud < _LOUD_SHARE_MIN * len(long):
        return request
    quoted = quoted_spans(request)

    def lowered(match: re.Match[str]) -> str:
        is_quoted = any(start < match.start() < end for start, end in quoted)
        return match[0] if is_quoted or _is_data(match[0]) else match[0].lower()

    return _WORD.sub(lowered, request)


def _is_data(word: str) -> bool:
    if usual_spellings().get(word) == word:
        return True
    return _DATA.fullmatch(word) is not None and stem(word.lower()) not in known_stems()
