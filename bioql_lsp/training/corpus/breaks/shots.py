"""Shots that are no positive integer: BQ016 to BQ018."""

from __future__ import annotations

from random import Random

from bioql_lsp.analysis.module import Module
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    arguments,
    breaker,
    one,
    runs,
    value,
)


def _give(rng: Random, module: Module, *forms: str) -> Edits:
    """Write the number of shots in one of the forms; ``{}`` stands for the number."""
    found = one(rng, arguments(runs(module), "shots"))
    literal = found[1].literal if found else None
    if found is None or literal is None or type(literal.value) is not int:
        return NOTHING
    if literal.span != found[1].value_span:
        return NOTHING
    return value(found[1], rng.choice(forms).format(literal.value))


@breaker("BQ016")
def no_shots(rng: Random, module: Module) -> Edits:
    """No shots, or fewer."""
    return _give(rng, module, "0", "-{}", "-1", "0")


@breaker("BQ017", weight=1.5)
def shots_as_text(rng: Random, module: Module) -> Edits:
    """Shots in quotes."""
    return _give(rng, module, '"{}"', '"{}"', "'{}'")


@breaker("BQ017", weight=0.5)
def shots_none(rng: Random, module: Module) -> Edits:
    """Shots that are None, or a word."""
    return _give(rng, module, "None", '"many"', '"default"')


@breaker("BQ018")
def shots_as_float(rng: Random, module: Module) -> Edits:
    """Shots with a decimal point."""
    return _give(rng, module, "{}.0", "{}.0", "{}.5", "{}.")
