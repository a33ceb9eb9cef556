"""What a request is probably for: a few of the recipes that the embedded model was taught, or none.

Two views of its text are summed and weighed by a matrix each, and their shares averaged: words with
pairs and pieces of words, and runs of letters across words. They err in different places. They see
at once what the model, which reads word after word, may miss, and the model sees what they cannot,
so it is told the likeliest few as a line of the facts and decides. ``training.intents`` makes the
weights.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.worker.standins import StandIns

FILE: Final = "intents.npz"
NONE: Final = "none"
"""Stands among the recipes for requests that are like none of them."""
NAMED_MAX: Final = 3
SHARE_MIN: Final = 0.04
"""What is less likely than that is not worth being told."""
_REQUEST_CHARS_MAX: Final = 2000
_WORD = re.compile(r"⟦\w+⟧|[^\W\d_]+|\d+|[^\w\s]")
_STANDIN = re.compile(r"⟦([A-Z])\d⟧")
_PIECE: Final = 4
_RUNS: Final = (3, 5, 7)

Floats: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = npt.NDArray[np.int64]
ViewName: TypeAlias = Literal["words", "letters"]


@dataclass(frozen=True, slots=True)
class View:
    """The weights of one view: what each bucket says (buckets, width), and each recipe (recipes,
    width).
    """

    buckets: npt.NDArray[np.int8]
    scales: Floats
    recipes: Floats
    bias: Floats

    def shares(self, places: Places) -> Floats:
        """How likely each recipe is to a text that falls into some buckets, together 1."""
        rows = self.buckets[places].astype(np.float32) * self.scales[places, None]
        read = rows.sum(axis=0) / np.sqrt(max(len(places), 1))
        scores = self.recipes @ read + self.bias
        weights = np.exp(scores - scores.max())
        shares: Floats = weights / weights.sum()
        return shares


@dataclass(frozen=True, slots=True)
class Intents:
    """The recipes' names, and what says how likely each is."""

    names: tuple[str, ...]
    views: Mapping[ViewName, View]

    def shares(self, request: str) -> Floats:
        """How likely each recipe is, together 1."""
        places = places_of(request)
        each = [view.shares(places[name]) for name, view in self.views.items()]
        mean: Floats = np.mean(each, axis=0)
        return mean

    def likeness(self, request: str) -> tuple[float, float]:
        """How likely a request is like its likeliest recipe, and like none; 0 to 1 each."""
        shares = self.shares(request)
        is_none = np.array([name == NONE for name in self.names])
        return float(shares[~is_none].max()), float(shares[is_none].sum())

    def likely(self, request: str) -> list[str]:
        """The names of the likeliest recipes, at most ``NAMED_MAX``, the likeliest first."""
        shares = self.shares(request)
        order = np.argsort(-shares)[:NAMED_MAX]
        return [self.names[place] for place in order if shares[place] >= SHARE_MIN]

    def line(self, request: str) -> str:
        """The names as a comment, to stand with the facts; empty where nothing is likely."""
        names = self.likely(request)
        return f"# like {', '.join(names)}" if names else ""


def _words(words: list[str]) -> set[str]:
    """Words, pairs of words and pieces of words."""
    found = {f"w {word}" for word in words}
    found |= {f"p {one} {two}" for one, two in zip(["", *words], [*words, ""], strict=True)}
    for word in words:
        if word.isalpha() and len(word) > _PIECE:
            whole = f"<{word}>"
            found |= {whole[at : at + _PIECE] for at in range(len(whole) - _PIECE + 1)}
    return found


def _letters(words: list[str]) -> set[str]:
    """Runs of letters, across words as well."""
    text = f" {' '.join(words)} "
    return {text[at : at + run] for run in _RUNS for at in range(len(text) - run + 1)}


_VIEWS: Final[dict[ViewName, Callable[[list[str]], set[str]]]] = {
    "words": _words,
    "letters": _letters,
}
BUCKETS: Final[dict[ViewName, int]] = {"words": 32_768, "letters": 65_536}


def places_of(request: str) -> dict[ViewName, Places]:
    """The buckets that a request falls into, in each view."""
    text = _plain(request[:_REQUEST_CHARS_MAX])
    words = ["0" if word.isdigit() else word for word in _WORD.findall(text)]
    return {name: _hashed(read(words), BUCKETS[name]) for name, read in _VIEWS.items()}


def _hashed(found: set[str], count: int) -> Places:
    places = {zlib.crc32(each.encode(errors="surrogatepass")) % count for each in found}
    return np.array(sorted(places), dtype=np.int64)


def _plain(request: str) -> str:
    """The request in small letters without accents, and a mark for each thing that it names."""
    pieces, done = [], 0
    for mention in mentions_in(request):
        pieces += [request[done : mention.start], f"{mention.entity.kind}name"]
        done = mention.end
    text = _STANDIN.sub(r"⟦\1⟧", StandIns().put("".join(pieces) + request[done:]))
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def read_intents(path: Path) -> Intents:
    """Read the weights that ``write_intents`` wrote. Raises OSError, ValueError, KeyError."""
    with np.load(path, allow_pickle=False) as stored:
        views: dict[ViewName, View] = {
            name: View(
                stored[f"{name}_buckets"],
                stored[f"{name}_scales"].astype(np.float32),
                stored[f"{name}_recipes"].astype(np.float32),
                stored[f"{name}_bias"],
            )
            for name in BUCKETS
        }
        return Intents(tuple(str(stored["names"]).split()), views)


def write_intents(intents: Intents, path: Path) -> None:
    """Write the weights as one file of arrays."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"names": np.array(" ".join(intents.names))}
    for name, view in intents.views.items():
        arrays[f"{name}_buckets"] = view.buckets
        arrays[f"{name}_scales"] = view.scales.astype(np.float16)
        arrays[f"{name}_recipes"] = view.recipes.astype(np.float16)
        arrays[f"{name}_bias"] = view.bias
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def shipped_intents() -> Intents | None:
    """Those that ship beside the embedded model."""
    path = Path(str(files("bioql_lsp.mini"))) / FILE
    return read_intents(path) if path.exists() else None
