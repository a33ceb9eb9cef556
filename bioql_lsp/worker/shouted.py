"""Requests all in capitals, in small letters: so a model knows them; data stay as they are."""

from __future__ import annotations

import re
from typing import Final

from bioql_lsp.analysis.knowledge.names import usual_spellings

_LETTERS_MIN: Final = 4
_LOUD_MIN: Final = 2
_LOUD_SHARE_MIN: Final = 0.7
_WORD = re.compile(r"(?<![\w./(=@\[\]#-])[^\W\d_]{2,}(?![\w/(=@\[#])")
_DATA = re.compile(r"[ACGTU]{8,}|[ACDEFGHIKLMNPQRSTVWY]{12,}|(?=.*C.*C)[CNOSFP]{3,}")


def unshouted(request: str) -> str:
    """The request in small letters where most of its words are capitals; else as it is.

    What may be data keeps its capitals: sequences, SMILES, symbols of genes.
    """
    words = _WORD.findall(request)
    long = [word for word in words if len(word) >= _LETTERS_MIN and not _is_data(word)]
    loud = sum(word.isupper() for word in long)
    if loud < _LOUD_MIN or loud < _LOUD_SHARE_MIN * len(long):
        return request
    return _WORD.sub(lambda match: match[0] if _is_data(match[0]) else match[0].lower(), request)


def _is_data(word: str) -> bool:
    return _DATA.fullmatch(word) is not None or usual_spellings().get(word) == word
