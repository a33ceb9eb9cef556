"""How people write requests: politeness, case, slips; letters that count stay as they are."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Segment
from bioql_lsp.training.corpus.split import Language

_LEADS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "please {}", "can you {}", "i want to {}", "write code to {}", "code to {}", "{} please",
        "bioql code: {}", "help me {}", "i need to {}", "how do I {}", "{}.", "{}!", "{}?",
        "using bioql, {}", "write bioql code that does this: {}", "python: {}", "now {}",
        "let's {}", "could you {}", "in bioql: {}", "{} in bioql", "{} with bioql", "hi, {}",
        "i'd like to {}", "need code: {}", "a script: {}", "{} (bioql)", "{}, thanks", "TODO: {}",
    ),
    "es": (
        "por favor {}", "puedes {}", "quiero {}", "escribe codigo para {}", "codigo para {}",
        "{} por favor", "codigo bioql: {}", "ayudame a {}", "necesito {}", "como puedo {}", "{}.",
        "{}!", "{}?", "usando bioql, {}", "python: {}", "ahora {}", "{} con bioql", "{} en bioql",
        "hola, {}", "{}, gracias",
    ),
}  # fmt: skip
_FILLERS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset({"a", "an", "the", "my", "me", "some", "this"}),
    "es": frozenset({"un", "una", "el", "la", "los", "las", "mi", "me"}),
}
_SAME_VERBS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("calculate", "compute", "work out", "determine", "get", "find", "obtain", "give me"),
    "es": ("calcula", "obtén", "obten", "determina", "halla", "dame", "averigua", "encuentra"),
}
"""Verbs that say only that something is wanted: any of them may open a request for the others."""
LEAD_SHARE: Final = 0.3
FILLER_DROP_SHARE: Final = 0.15
VERB_SHARE: Final = 0.3
SLIP_SHARE: Final = 0.1
_WORD_LENGTH_MIN: Final = 5


def decorate(rng: Random, request: tuple[Segment, ...], language: Language) -> str:
    """A request as somebody may have typed it."""
    pieces = list(request)
    if rng.random() < VERB_SHARE:
        pieces = _with_other_verb(rng, pieces, language)
    if rng.random() < FILLER_DROP_SHARE:
        pieces = _without_fillers(pieces, language)
    if rng.random() < SLIP_SHARE:
        pieces = _with_slip(rng, pieces)
    style = rng.random()
    if style < 0.15:
        pieces = [(text if exact else text.lower(), exact) for text, exact in pieces]
    elif style < 0.17:
        pieces = [(text if exact else text.upper(), exact) for text, exact in pieces]
    text = "".join(text for text, _ in pieces)
    starts_exact = bool(pieces) and pieces[0][1]
    if 0.17 <= style < 0.27 and not starts_exact:
        text = text[:1].upper() + text[1:]
    if rng.random() < LEAD_SHARE:
        text = rng.choice(_LEADS[language]).format(text)
        if rng.random() < 0.3 and not (starts_exact and text.startswith(pieces[0][0])):
            text = text[:1].upper() + text[1:]
    return text


def _with_other_verb(rng: Random, pieces: list[Segment], language: Language) -> list[Segment]:
    """The request opened by another verb, where its own says nothing of what is wanted."""
    if not pieces or pieces[0][1]:
        return pieces
    opening = pieces[0][0]
    for verb in _SAME_VERBS[language]:
        if opening.lower().startswith(verb + " "):
            other = rng.choice(_SAME_VERBS[language])
            return [(other + opening[len(verb) :], False), *pieces[1:]]
    return pieces


def _without_fillers(pieces: list[Segment], language: Language) -> list[Segment]:
    """The request as somebody in a hurry types it: no articles."""
    fillers = _FILLERS[language]
    out: list[Segment] = []
    for text, is_exact in pieces:
        words = text.split(" ")
        kept = [word for word in words if is_exact or word.lower() not in fillers]
        out.append((" ".join(kept), is_exact))
    return out


def _with_slip(rng: Random, pieces: list[Segment]) -> list[Segment]:
    """One word of the request mistyped: letters swapped, dropped or doubled."""
    places = [
        (index, place)
        for index, (text, is_exact) in enumerate(pieces)
        if not is_exact
        for place, word in enumerate(text.split(" "))
        if len(word) >= _WORD_LENGTH_MIN and word.isalpha()
    ]
    if not places:
        return pieces
    index, place = rng.choice(places)
    words = pieces[index][0].split(" ")
    words[place] = _slip(rng, words[place])
    out = list(pieces)
    out[index] = (" ".join(words), False)
    return out


def _slip(rng: Random, word: str) -> str:
    cut = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    if kind == 1:
        return word[:cut] + word[cut + 1 :]
    return word[:cut] + word[cut] + word[cut:]
