"""Which part of the corpus a phrasing or a value belongs to: decided by its own text alone.

A test example is drawn from phrasings and values that no training example has. Closed sets, such as
the names of backends or gates, belong to every part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import Final, Literal, TypeAlias, TypeVar

Split: TypeAlias = Literal["train", "validation", "test"]
Language: TypeAlias = Literal["en", "es"]
Value = TypeVar("Value")

SPLITS: Final[tuple[Split, ...]] = ("train", "validation", "test")
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
_BUCKETS: Final = 20
_TEST_BUCKETS: Final = 3
_TRIES_MAX: Final = 1000


@lru_cache(maxsize=1 << 18)
def split_of(text: str) -> Split:
    """The part of the corpus that a text belongs to: 15 % test, 5 % validation, 80 % train."""
    bucket = hashlib.sha256(text.encode()).digest()[0] % _BUCKETS
    if bucket < _TEST_BUCKETS:
        return "test"
    return "validation" if bucket == _TEST_BUCKETS else "train"


class Draw:
    """Chance, and the part of the corpus that values are drawn for.

    One request names no value twice where there is another: nobody docks a molecule and itself.
    """

    def __init__(self, rng: Random, split: Split, language: Language = "en") -> None:
        self.rng, self.split, self.language = rng, split, language
        self._given: set[str] = set()

    def pick(self, values: Sequence[Value], key: Callable[[Value], str] = str) -> Value:
        """One of an open set's values that belong to this part; any where none does."""
        own = [value for value in values if split_of(key(value)) == self.split]
        new = [value for value in own if key(value) not in self._given]
        value = self.rng.choice(new or own or values)
        self._given.add(key(value))
        return value

    def make(self, maker: Callable[[Random], str]) -> str:
        """A made-up text that belongs to this part."""
        repeated = ""
        for _ in range(_TRIES_MAX):
            text = maker(self.rng)
            if split_of(text) != self.split:
                continue
            if text not in self._given:
                self._given.add(text)
                return text
            repeated = text
        if not repeated:
            raise ValueError(f"{maker} makes nothing for {self.split}")
        return repeated

    def choose(self, values: Sequence[Value]) -> Value:
        """One of a closed set's values, the same set in every part."""
        return self.rng.choice(values)

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.rng.random() < share

    def local(self, english: str, spanish: str) -> str:
        """The word of the request's language."""
        return spanish if self.language == "es" else english
