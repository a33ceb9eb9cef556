"""How people write requests: politeness, case, typing slips."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair

_LEADS = (
    "please {}",
    "can you {}",
    "i want to {}",
    "write code to {}",
    "code to {}",
    "{} please",
    "bioql code: {}",
    "help me {}",
    "i need to {}",
    "how do I {}",
    "{}.",
    "{}!",
    "{}?",
    "using bioql, {}",
    "write bioql code that does this: {}",
    "python: {}",
    "now {}",
    "let's {}",
)
_SLIP_CHANCE = 0.08
_WORD_LENGTH_MIN = 5


def decorate(rng: Random, pair: Pair) -> str:
    """The request of a pair as somebody may have typed it; literals stay as they are."""
    text = pair.request
    if not pair.is_exact:
        if rng.random() < _SLIP_CHANCE:
            text = _with_slip(rng, text)
        style = rng.random()
        if style < 0.15:
            text = text.lower()
        elif style < 0.25:
            text = text[:1].upper() + text[1:]
        elif style < 0.27:
            text = text.upper()
    if rng.random() < 0.35:
        text = rng.choice(_LEADS).format(text)
        if rng.random() < 0.3:
            text = text[:1].upper() + text[1:]
    return text


def _with_slip(rng: Random, text: str) -> str:
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= _WORD_LENGTH_MIN and word.isalpha()]
    if not long:
        return text
    index = rng.choice(long)
    word = words[index]
    cut = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        word = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    elif kind == 1:
        word = word[:cut] + word[cut + 1 :]
    else:
        word = word[:cut] + word[cut] + word[cut:]
    words[index] = word
    return " ".join(words)
