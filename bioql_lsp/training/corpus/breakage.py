"""Right programs made wrong in the ways that people and models get them wrong.

Each breaker turns one of our own rules round: it undoes what the rule's fix would do, or what the
rule asks for. A break counts only where the analysis says so, and said nothing before.
"""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.analysis.registry import SYNTAX_CODE
from bioql_lsp.training.corpus.breaks import BREAKERS, Breaker, Broken
from bioql_lsp.training.corpus.breaks.model import codes_of

__all__ = ["BREAKERS", "Broken", "break_code"]

_ONE_BREAK_SHARE: Final = 0.75
_SLIP_SHARE: Final = 0.2
_ANYWHERE: Final = frozenset({SYNTAX_CODE, "BQ037", "BQ059"})


def break_code(rng: Random, code: str) -> Broken:
    """A program broken once, or a quarter of the time twice.

    Raises ValueError for a program in which nothing can be broken: one that does not use BioQL.
    """
    first = _broken(rng, code)
    if first is None:
        raise ValueError("no breaker has anything to break in this program")
    if rng.random() < _ONE_BREAK_SHARE:
        return first
    return _broken(rng, first.code, first.codes) or first


def _broken(rng: Random, code: str, before: tuple[str, ...] = ()) -> Broken | None:
    """The program with one more mistake, beside which the earlier ones are still found."""
    for each in _shuffled(rng):
        if each.codes.isdisjoint(before):
            found = each.broken(rng, code)
            if found is not None and (not before or codes_of(found.code).issuperset(before)):
                return Broken(found.code, (*before, *found.codes))
    return None


def _shuffled(rng: Random) -> list[Breaker]:
    """All breakers, the heavier ones tending to come first.

    What fits every program, slips above all, comes first a fifth of the time, and last otherwise:
    it would crowd the rest out.
    """
    order = sorted(BREAKERS, key=lambda each: rng.random() ** (1 / each.weight), reverse=True)
    is_slip_first = rng.random() < _SLIP_SHARE
    return sorted(order, key=lambda each: (each.codes <= _ANYWHERE) != is_slip_first)
