"""The calls of BioQL that a request is most probably about."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.analysis.knowledge.shapes import COUNTS, GUIDE, PDB_ID, PROTEIN, SMILES
from bioql_lsp.analysis.knowledge.terms import (
    STOP_WORDS,
    Spelling,
    names_in,
    rows,
    stem,
    synonyms,
    word_list,
    words_of,
    words_of_name,
)

SCORE_MIN: Final = 3.0
SECOND_SHARE: Final = 0.6
REQUEST_CHARS_MAX: Final = 4000
_NAMED: Final = 1.0
_OWNER: Final = 0.5
_USED_FOR: Final = 0.8
_USED_ABOVE_ALL: Final = 1.3
_PARAMETER: Final = 0.3
_MODULE: Final = 0.2
_MEANT: Final = 0.9
_SHAPE_HINT: Final = 0.4
_UNDESCRIBED: Final = 0.5
_SPEAKS_MIN: Final = 0.4
"""Words of parameters and modules alone do not speak for a call."""
_SPELT_OUT: Final = 30.0
_WEAK: Final = 0.3

_SHAPES: Final = (
    (GUIDE, "guide crispr"),
    (PDB_ID, "pdb"),
    (COUNTS, "counts"),
    (PROTEIN, "protein sequence"),
    (SMILES, "smiles"),
)
_RUN: Final = "bioql.quantum"
"""It takes part so that requests to run a sentence do not go to something else."""
_OF_KIND: Final = {"molecule": "smiles", "target": "receptor pdb", "protein": "protein sequence"}


def api_lines(request: str, limit: int = 2) -> list[str]:
    """The calls of BioQL 7 that a request is about, as short shapes, the likeliest first.

    Empty where nothing is likely. At most one for each function or class.
    """
    ranked = _index().ranked(request[:REQUEST_CHARS_MAX])
    lines: dict[str, str] = {}
    for score, line in ranked:
        if score < max(SCORE_MIN, SECOND_SHARE * ranked[0][0]) or len(lines) == limit:
            break
        if _owner(line) != _RUN:
            lines.setdefault(_owner(line), line)
    return list(lines.values())


class _Index:
    """Which stems speak for which call, and how much."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        known = set(synonyms().words)
        described = {key: rest for key, *rest in rows("uses.tsv")}
        shapes = {_key(line): line for (line,) in rows("api.tsv")}
        shapes |= {key: rest[1] for key, rest in described.items() if len(rest) > 1}
        for key, line in shapes.items():
            weights = _weights(key, line, *described.get(key, ())[:1])
            share = 1.0 if key in described else _UNDESCRIBED
            strongest: dict[str, float] = defaultdict(float)
            self._by_name[key.rpartition(".")[2].lower()].append(len(self.lines))
            for word, weight in weights.items():
                strongest[stem(word)] = max(weight * share, strongest[stem(word)])
            for each, weight in strongest.items():
                self._by_stem[each].append((len(self.lines), weight))
            self.lines.append(line)
            known.update(weights)
        self._spelling = Spelling(known | STOP_WORDS)

    def ranked(self, request: str) -> list[tuple[float, str]]:
        """The calls that anything speaks for, the likeliest first."""
        scores: dict[int, float] = defaultdict(float)
        spoken_for: set[int] = set()
        for each, weight in self._stems(request).items():
            found = self._by_stem.get(each, ())
            rarity = math.log(1 + len(self.lines) / (1 + sum(share for _, share in found)))
            for place, share in found:
                scores[place] += weight * share * rarity
                if share >= _SPEAKS_MIN:
                    spoken_for.add(place)
        for name in names_in(request):
            for place in self._by_name.get(name, ()):
                scores[place] += _SPELT_OUT
                spoken_for.add(place)
        ranked = ((scores[place], self.lines[place]) for place in spoken_for)
        return sorted(ranked, key=lambda each: (-each[0], len(each[1]), each[1]))

    def _stems(self, request: str) -> dict[str, float]:
        words = _plain_words(request)
        stems = [self._spelling.stem_of(word) for word in words]
        weights = dict.fromkeys(_hints(request), _SHAPE_HINT)
        weights |= dict.fromkeys(synonyms().meant(stems), _MEANT)
        for pair in map("".join, pairwise(words)):
            if (joined := stem(pair)) in self._by_stem:
                weights[joined] = 1.0
        weights |= dict.fromkeys(stems, 1.0)
        return {each: w * _WEAK if each in _weak_stems() else w for each, w in weights.items()}


@lru_cache(maxsize=1)
def _weak_stems() -> frozenset[str]:
    """What says little of what a request is about."""
    return frozenset(map(stem, word_list("weak")))


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index()


def _key(line: str) -> str:
    return line[: line.rindex("(")]


def _owner(line: str) -> str:
    """The function or class of a call."""
    return line.partition("(")[0]


def _weights(key: str, line: str, used_for: str = "") -> dict[str, float]:
    """How much each word speaks for a call."""
    path, _, parameters = line.rpartition("(")
    owner, _, name = path.rpartition(".")
    is_method = "(" in owner
    modules = owner.partition("(")[0].rpartition(".")[0] if is_method else owner
    weights: dict[str, float] = {}
    for share, words in (
        (_MODULE, [w for part in modules.split(".")[1:] for w in words_of_name(part)]),
        (_PARAMETER, words_of_name(parameters)),
        (_USED_FOR, used_for.split()),
        (_OWNER, words_of_name(owner.rpartition(".")[2]) if is_method else []),
        (_NAMED, words_of_name(name)),
    ):
        for word in words:
            weight = _USED_ABOVE_ALL if word.endswith("!") else share
            plain = word.rstrip("!")
            weights[plain] = max(weight, weights.get(plain, 0.0))
    return weights


def _plain_words(request: str) -> list[str]:
    """The words that say something, without names, molecules, sequences and numbers."""
    kept: list[str] = []
    place = 0
    for mention in mentions_in(request):
        if mention.entity.kind != "target":
            kept.append(request[place : mention.start])
            place = mention.end
    request = " ".join([*kept, request[place:]])
    for shape in (SMILES, GUIDE, PROTEIN, PDB_ID):
        request = shape.sub(" ", request)
    return [w for w in words_of(request) if len(w) > 1 and not w.isdigit() and w not in STOP_WORDS]


def _hints(request: str) -> Iterator[str]:
    """What the things that a request holds are, whatever it says of them."""
    for mention in mentions_in(request):
        yield from map(stem, _OF_KIND[mention.entity.kind].split())
    for shape, words in _SHAPES:
        if shape.search(request):
            yield from map(stem, words.split())
