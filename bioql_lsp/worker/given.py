"""The words of what a user gave, as an answer may repeat them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from bioql_lsp.analysis.chemistry import check_smiles

_SPLIT: Final = re.compile(r"[\s\"'`,;|<>{}]+")
_AROUND: Final = ".,:;?!*\"'`"
_KEY: Final = re.compile(r"[\w\-]++:|(?=\w*?[adefghijkmqtuvwxyzADEGHJKLMQRTUVWXYZ])\w++[=(]")
"""What stands right before a SMILES and has letters that none of its atoms has."""
_PAIRS: Final = ("()", "[]")


class Given:
    """The words of a text, which tell one SMILES from another: in them, case matters."""

    def __init__(self, text: str) -> None:
        words = {*_SPLIT.split(text), *_SPLIT.split(text.replace("\\\\", "\\"))}
        self.words = frozenset((words | set(map(bare, words))) - {""})
        self._alike: defaultdict[str, set[str]] = defaultdict(set)
        for word in self.words:
            self._alike[word.casefold()].add(word)

    def has(self, smiles: str) -> bool:
        """Whether a SMILES is one of the words; where a word is none as it stands, in any case."""
        if smiles in self.words:
            return True
        alike = self._alike.get(smiles.casefold(), ())
        return any(check_smiles(word) is not None for word in alike)


def bare(word: str) -> str:
    """A word without punctuation around it, brackets that it stands in, or ``smiles=``."""
    word = word.strip(_AROUND)
    key = _KEY.match(word)
    word = word[key.end() :] if key else word
    for opening, closing in _PAIRS:
        extra = word.count(closing) - word.count(opening)
        tail = len(word) - len(word.rstrip(closing))
        word = word[: len(word) - max(min(extra, tail), 0)]
        extra = word.count(opening) - word.count(closing)
        head = len(word) - len(word.lstrip(opening))
        word = word[max(min(extra, head), 0) :]
    is_enclosed = word[:1] + word[-1:] in _PAIRS and check_smiles(word) is not None
    return (word[1:-1] if is_enclosed else word).strip(_AROUND)
