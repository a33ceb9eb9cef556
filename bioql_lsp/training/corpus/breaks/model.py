"""What a breaker is, and what breakers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final, TypeAlias, TypeVar

from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module, load_module
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.rules._shared import is_quantum, may_be_crispr
from bioql_lsp.text import Edit, OverlappingEditsError, Span, apply_edits

Edits: TypeAlias = Sequence[Edit]
Make: TypeAlias = Callable[[Random, Module], Edits]
"""The edits that break a program; none where this breaker has nothing to break in it."""
Item = TypeVar("Item")
NOTHING: Final[Edits] = ()
_LETTERS: Final = "abcdefghiklmnoprstuy"


@dataclass(frozen=True, slots=True)
class Broken:
    """A program with something wrong in it, and the codes of the rules that are to say so."""

    code: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breaker:
    """One way to go wrong: ``codes`` are the rules of which at least one has to notice.

    ``weight``: how often, beside the others that a program allows.
    """

    name: str
    codes: frozenset[str]
    make: Make
    weight: float

    def broken(self, rng: Random, code: str) -> Broken | None:
        """The program with this mistake; None where it has no place for it, or nobody notices."""
        edits = self.make(rng, load_module(code))
        if not edits:
            return None
        try:
            text = apply_edits(code, edits)
        except OverlappingEditsError:
            return None
        before, after = codes_of(code), codes_of(text)
        found = tuple(sorted(self.codes & (after - before)))
        return Broken(text, found) if found and text != code else None


_REGISTERED: Final[list[Breaker]] = []


def breaker(*codes: str, weight: float = 1.0) -> Callable[[Make], Make]:
    """Register the decorated function as a breaker of these rules."""

    def register(make: Make) -> Make:
        add(make.__name__, codes, make, weight)
        return make

    return register


def add(name: str, codes: Sequence[str], make: Make, weight: float = 1.0) -> None:
    """Register a breaker that has no name of its own in the source: a row of a table."""
    _REGISTERED.append(Breaker(name, frozenset(codes), make, weight))


def registered() -> tuple[Breaker, ...]:
    """Every breaker that was registered by now, in that order."""
    return tuple(_REGISTERED)


@lru_cache(maxsize=16)
def codes_of(text: str) -> frozenset[str]:
    """The rules that speak about a text."""
    return frozenset(finding.code for finding in check(text))


def runs(module: Module) -> list[Call]:
    """The calls of ``quantum`` outside CRISPR mode that can be read to their end."""
    return [
        call
        for call in module.runs
        if is_quantum(call) and call.is_whole and not call.has_star and not may_be_crispr(call)
    ]


def whole_calls(module: Module) -> list[Call]:
    """The calls of BioQL's things that can be read to their end."""
    return [call for call in module.calls if call.is_whole and not call.has_star]


def one(rng: Random, items: Sequence[Item]) -> Item | None:
    """One of several; None where there are none."""
    return rng.choice(items) if items else None


def arguments(calls: Sequence[Call], name: str) -> list[tuple[Call, Argument]]:
    """The calls that give a parameter a value, with that argument."""
    found = ((call, call.argument(name)) for call in calls)
    return [(call, argument) for call, argument in found if argument is not None]


def source(module: Module, span: Span) -> str:
    """The text under a span."""
    return module.text[span.start : span.end]


def insert(at: int, text: str) -> Edit:
    """Put a text in."""
    return Edit(Span(at, at), text)


def value(argument: Argument, text: str) -> Edits:
    """Give an argument another value."""
    return (Edit(argument.value_span, text),)


def rewritten(module: Module, call: Call, items: Sequence[str]) -> Edit:
    """The call with other arguments, one a line where they are so now."""
    inside = Span(call.open_paren + 1, call.close_paren)
    old = source(module, inside)
    if "\n" not in old:
        return Edit(inside, ", ".join(items))
    lead = old[: len(old) - len(old.lstrip())]
    tail = old[len(old.rstrip()) :]
    return Edit(inside, lead + f",{lead}".join(items) + "," + tail)


def line_of(module: Module, offset: int) -> Span:
    """The line around an offset, with its line end."""
    document = module.document
    line = document.position(offset).line
    start = document.line_starts[line]
    is_last = line + 1 >= document.line_count
    return Span(start, len(module.text) if is_last else document.line_starts[line + 1])


def slips(rng: Random, word: str) -> Iterator[str]:
    """Spellings of a word with one slip of the fingers, its first letter kept; a few of them."""
    for _ in range(6):
        place = rng.randrange(1, max(len(word), 2))
        kind = rng.randrange(4)
        if kind == 0:
            yield word[:place] + word[place + 1 :]
        elif kind == 1 and place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        elif kind == 2:
            yield word[:place] + word[place : place + 1] + word[place:]
        else:
            yield word[:place] + rng.choice(_LETTERS) + word[place + 1 :]
