"""The words of requests and of API names, cut to stems that English and Spanish forms share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.knowledge.entities import DATA_FOLDER
from bioql_lsp.analysis.knowledge.pieces import fold

_WORD: Final = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,40}(?![a-z0-9])")
_NAME: Final = re.compile(
    r"\b(?:[a-zA-Z0-9]{1,30}_[a-zA-Z0-9_]{1,50}|[A-Z][a-z0-9]{1,20}[A-Z][A-Za-z0-9]{1,40})\b"
)
_PART_OF_NAME: Final = re.compile(r"[A-Z0-9]+(?![a-z])|[A-Z]?[a-z0-9]+")
_STEM_MIN: Final = 4
_SLIP_MIN: Final = 5
_SLIP_MAX: Final = 24


def rows(file_name: str) -> list[list[str]]:
    """The rows of a file of the knowledge."""
    text = (DATA_FOLDER / file_name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def word_list(name: str) -> tuple[str, ...]:
    """The words of a list in ``data/words.tsv``."""
    return tuple(word for key, words in rows("words.tsv") if key == name for word in words.split())


STOP_WORDS: Final = frozenset(word_list("stop"))
_ENDINGS: Final = frozenset(word_list("ending"))
_ENDING_MAX: Final = max(map(len, _ENDINGS))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What a word has in common with its other forms: ``toxic`` for toxicity and toxicidad."""
    while True:
        room = min(_ENDING_MAX, len(word) - _STEM_MIN)
        size = next((size for size in range(room, 0, -1) if word[-size:] in _ENDINGS), 0)
        if not size:
            return word
        word = word[:-size]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    return _WORD.findall(fold(text))


def names_in(text: str) -> set[str]:
    """The words of a text that are put together as names of Python's are, in small letters."""
    return {name.lower() for name in _NAME.findall(text)}


def words_of_name(name: str) -> list[str]:
    """The words that a name of Python's is put together from."""
    return [part.lower() for part in _PART_OF_NAME.findall(name)]


class Synonyms:
    """What else words of requests mean, by the words of the API."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        table = dict(rows)
        self._meanings = {
            tuple(map(stem, phrase.split())): tuple(map(stem, meant.split()))
            for phrase, meant in table.items()
        }
        self._longest = max(map(len, self._meanings), default=0)
        self.words = frozenset(word for phrase in table for word in phrase.split())

    def meant(self, stems: list[str]) -> Iterator[str]:
        """The stems that runs of a request's stems stand for."""
        for place in range(len(stems)):
            for size in range(1, self._longest + 1):
                yield from self._meanings.get(tuple(stems[place : place + size]), ())


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    """The table of ``data/synonyms.tsv``: a word or phrase, and the words that it means."""
    return Synonyms((phrase, meant) for phrase, meant in rows("synonyms.tsv"))


@lru_cache(maxsize=1)
def known_stems() -> frozenset[str]:
    """The stems of the words of BioQL's domain and of its API, and of what looks like a name."""
    tables = (rows("domain.tsv"), rows("synonyms.tsv"), rows("api.tsv"))
    told = (field for table in tables for row in table for field in row)
    words = (word for field in told for word in words_of(field.replace("_", " ")))
    return frozenset(map(stem, (*STOP_WORDS, *word_list("weak"), *word_list("ordinary"), *words)))


class Spelling:
    """The stems of known words, also of words with a slip: one letter more, less or other."""

    def __init__(self, words: Iterable[str]) -> None:
        self._stems: set[str] = set()
        self._near: dict[str, str] = {}
        for word in sorted(set(words)):
            known = stem(word)
            self._stems.add(known)
            if len(word) >= _SLIP_MIN:
                self._near.setdefault(word, known)
                for form in without_one(word):
                    self._near.setdefault(form, known)

    def stem_of(self, word: str) -> str:
        """The stem of the known word that this one is or was meant to be, else its own."""
        own = stem(word)
        if own in self._stems or not _SLIP_MIN <= len(word) <= _SLIP_MAX:
            return own
        near = (self._near.get(form) for form in (word, *without_one(word)))
        return next((found for found in near if found is not None), own)


def without_one(word: str) -> Iterator[str]:
    """The word without one of its letters; the first is seldom slipped, and tells words apart."""
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))
