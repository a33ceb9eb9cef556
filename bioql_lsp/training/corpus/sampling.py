"""From a recipe to a request with its program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bioql_lsp.training.corpus.recipe import (
    Recipe,
    Sample,
    Segment,
    fill_code,
    fill_request,
    tidy,
)
from bioql_lsp.training.corpus.runs import RUN_DEFAULTS, RUN_SLOTS, run_segments
from bioql_lsp.training.corpus.slots import find_slot
from bioql_lsp.training.corpus.split import Draw

SPANISH_SHARE: Final = 0.18


def sample(recipe: Recipe, draw: Draw, pattern: str | None = None) -> Sample:
    """A request for a recipe in the draw's language, with its program.

    Without a ``pattern``, one of those that belong to the draw's part of the corpus.
    """
    if pattern is None:
        pattern = draw.choose(recipe.phrasings(draw.language, draw.split))
    own = {**RUN_SLOTS, **recipe.slots} if recipe.is_run else recipe.slots
    pieces, written = fill_request(pattern, draw, find_slot(own))
    if recipe.is_run:
        more, drawn = run_segments(draw, frozenset(written) | _fixed(recipe))
        pieces = tidy([*pieces, *more])
        written |= drawn
    known = (
        {**RUN_DEFAULTS, **recipe.defaults, **written}
        if recipe.is_run
        else {
            **recipe.defaults,
            **written,
        }
    )
    code = fill_code(recipe.code, known)
    return Sample(recipe.name, tuple(_commas(pieces)), code, draw.language, pattern)


def _fixed(recipe: Recipe) -> frozenset[str]:
    """The run's slots that the recipe's code does not have: nothing to say of them."""
    return frozenset(RUN_DEFAULTS) - frozenset(recipe.slot_names)


def _commas(pieces: Sequence[Segment]) -> list[Segment]:
    """No space before a comma."""
    out: list[Segment] = []
    for text, is_exact in pieces:
        kept = text if is_exact else re.sub(r" +,", ",", text)
        if kept.startswith(",") and out and not out[-1][1]:
            out[-1] = (out[-1][0].rstrip(" "), False)
        out.append((kept, is_exact))
    return out
