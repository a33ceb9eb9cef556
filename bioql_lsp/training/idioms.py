"""Texts that programs share word for word: the tokenizer gives each of them one token.

An answer is then far shorter, to learn and to write. What prompts and runs are made of is listed
here; the rest is found in the recipes: lines, or their parts up to where a request's own words
stand, that several recipes have in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bioql_lsp.training.corpus.recipes import ALL, popularity
from bioql_lsp.training.corpus.runs import GUARD, RUN_HEAD
from bioql_lsp.worker.prompts import FENCE_OPEN

_API_KEY: Final = 'api_key=os.environ["BIOQL_API_KEY"]'
OF_PROMPTS_AND_RUNS: Final = (
    "[INST] ",
    " [/INST]" + FENCE_OPEN,
    "\nCode around it:\n```python\n",
    "Fix this BioQL code.\n",
    "# bioql.",
    RUN_HEAD,
    RUN_HEAD + 'result = quantum(\n    "',
    'result = quantum(\n    "',
    f'",\n    {_API_KEY},\n    backend="',
    f"    {_API_KEY},\n",
    _API_KEY,
    '",\n    shots=',
    ",\n)\n" + GUARD,
    GUARD,
    "import os\n",
    "from bioql import quantum\n",
    "from bioql import ",
    "print(result.counts)\n",
    "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n",
)
COUNT: Final = 150
RECIPES_MIN: Final = 4
CHARS_MIN: Final = 10
_LINES_MAX: Final = 5
_SLOT = re.compile(r"<<\w+>>")
# A name may be called when its import is complete, so no idiom goes on from one to the other.
_IMPORTS = re.compile(r"(?:(?:import|from) [^\n(]*(?:\([^)]*\))?\n|\n)+")
_WORD = re.compile(r"\w+|[^\w\s]+|\n")


@lru_cache(maxsize=1)
def idioms() -> tuple[str, ...]:
    """All idioms, those of the recipes in the order of what they save."""
    pieces = [(popularity(recipe), _fixed(recipe.code)) for recipe in ALL]
    found: list[str] = []
    for _ in range(COUNT):
        best = _best(pieces)
        if best is None:
            break
        found.append(best)
        pieces = [(weight, _without(best, texts)) for weight, texts in pieces]
    return tuple(dict.fromkeys((*OF_PROMPTS_AND_RUNS, *found)))


def _fixed(code: str) -> list[str]:
    """The parts of a program between a request's own words, without what is listed already."""
    head = _IMPORTS.match(code)
    end = head.end() if head else 0
    texts = [*_SLOT.split(code[:end]), *_SLOT.split(code[end:])]
    for idiom in sorted(OF_PROMPTS_AND_RUNS, key=len, reverse=True):
        texts = _without(idiom, texts)
    return texts


def _without(idiom: str, texts: list[str]) -> list[str]:
    return [part for text in texts for part in text.split(idiom) if len(part) >= CHARS_MIN]


def _best(pieces: list[tuple[float, list[str]]]) -> str | None:
    """The text that saves most tokens, among those that enough recipes have."""
    weights: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for weight, texts in pieces:
        for candidate in {each for text in texts for each in _candidates(text)}:
            weights[candidate] += weight
            counts[candidate] += 1
    common = [text for text, count in counts.items() if count >= RECIPES_MIN]

    def saved(text: str) -> tuple[float, str]:
        return weights[text] * (len(_WORD.findall(text)) - 1), text

    return max(common, key=saved, default=None)


def _candidates(text: str) -> Iterator[str]:
    """Runs of a few lines; the first may begin, and the last end, in the middle."""
    lines = text.splitlines(keepends=True)
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _LINES_MAX, len(lines)) + 1):
            run = "".join(lines[start:end])
            if len(run) >= CHARS_MIN:
                yield run
