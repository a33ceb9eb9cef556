"""Breaks of right programs: each is noticed by the rule that it turns round."""

from __future__ import annotations

from functools import lru_cache
from random import Random

import pytest

from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.registry import check, rules
from bioql_lsp.training.corpus.breakage import BREAKERS, Broken, break_code
from bioql_lsp.training.corpus.breaks.model import Breaker
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.sampling import sample
from bioql_lsp.training.corpus.split import Draw

# Of these no recipe gives what they break; the good examples of their rules do.
_BY_EXAMPLE = {
    "awaited", "failing_benchmark", "removed_circuit_backend", "simulator_preferred",
}  # fmt: skip


@lru_cache(maxsize=1)
def programs() -> tuple[str, ...]:
    """A program of each recipe, in no order."""
    rng = Random(1)
    drawn = {sample(recipe, Draw(rng, "train")).code for recipe in ALL}
    ours = sorted(code for code in drawn if load_module(code).uses_bioql)
    return tuple(rng.sample(ours, len(ours)))


def examples(each: Breaker) -> list[str]:
    return [text for rule in rules() if rule.code in each.codes for text in rule.good]


def codes(text: str) -> set[str]:
    return {finding.code for finding in check(text)}


@lru_cache(maxsize=1)
def found() -> dict[str, tuple[str, Broken]]:
    """A program of the recipes that each breaker breaks, and what becomes of it."""
    rng = Random(2)
    pending = [each for each in BREAKERS if each.name not in _BY_EXAMPLE]
    done: dict[str, tuple[str, Broken]] = {}
    for program in programs():
        for each in tuple(pending):
            broken = each.broken(rng, program)
            if broken is not None:
                done[each.name] = (program, broken)
                pending.remove(each)
    return done


def test_names_are_different() -> None:
    assert len({each.name for each in BREAKERS}) == len(BREAKERS)


@pytest.mark.parametrize("each", BREAKERS, ids=lambda each: each.name)
def test_each_breaker_brings_its_finding_to_a_right_program(each: Breaker) -> None:
    case = found().get(each.name)
    if each.name in _BY_EXAMPLE:
        rng = Random(3)
        tries = ((text, each.broken(rng, text)) for text in examples(each) for _ in range(8))
        case = next((text, broken) for text, broken in tries if broken is not None)
    assert case is not None
    program, broken = case
    assert broken.codes
    assert set(broken.codes) <= each.codes
    assert set(broken.codes) <= codes(broken.code)
    assert not set(broken.codes) & codes(program)


def test_the_same_seed_breaks_alike() -> None:
    for program in programs()[:40]:
        assert break_code(Random(5), program) == break_code(Random(5), program)


def test_breaks_are_many_and_found_where_they_were_not_and_a_quarter_has_two() -> None:
    rng = Random(6)
    drawn = []
    for program in programs()[:150]:
        broken = break_code(rng, program)
        assert set(broken.codes) <= codes(broken.code)
        assert not set(broken.codes) & codes(program)
        drawn.append(broken.codes)
    assert 0.15 < sum(len(each) > 1 for each in drawn) / len(drawn) < 0.4
    # What every program allows does not crowd out the rest.
    assert sum("BQ000" in each for each in drawn) < 0.5 * len(drawn)
    assert len({code for each in drawn for code in each}) > 15


def test_a_program_without_anything_to_break_is_refused() -> None:
    with pytest.raises(ValueError, match="no breaker"):
        break_code(Random(1), "")
