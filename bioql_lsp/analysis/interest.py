"""Which parts of a file are worth looking at: those that hold a word that BioQL may stand behind.

A large program has few such parts. The others are asleep: they are neither parsed nor walked, and
a word that turns out to matter (a name that somebody asks about, or one that is bound to a thing
of BioQL's) wakes the parts that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bioql_lsp.analysis.api.load import load

_WORD = re.compile(r"[^\W\d]\w*")


def words_of(text: str) -> frozenset[str]:
    """Every word in a text, wherever it stands: more than its names, never less."""
    return frozenset(_WORD.findall(text))


@lru_cache(maxsize=8)
def names_of_bioql(version: str, package: str) -> frozenset[str]:
    """The names that can be imported from the package, and its own."""
    index = load(version)
    return frozenset((package, *index.names(package), *index.submodules(package)))


class Interest:
    """The words that wake a part. It only grows, while a file is edited."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = set(words)
        self._new: set[str] = set()

    def add(self, word: str) -> None:
        """Take a word."""
        if word not in self._words:
            self._words.add(word)
            self._new.add(word)

    def take_new(self) -> frozenset[str]:
        """The words that came since this was asked last."""
        new, self._new = frozenset(self._new), set()
        return new

    def wakes(self, text: str) -> bool:
        """Whether a text holds one of the words, or may bind any name at all."""
        words = _WORD.findall(text)
        return not self._words.isdisjoint(words) or ("import" in words and "*" in text)


def holds_one(text: str, words: frozenset[str]) -> bool:
    """Whether a text holds one of some words."""
    return not words.isdisjoint(_WORD.findall(text))
