"""One breaker for each rule, or table of a rule: our own rules the other way round."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.breaks import (  # noqa: F401 - each registers its breakers
    backends,
    calls,
    imports,
    keys,
    keywords,
    results,
    sentences,
    shots,
    slips,
    values,
)
from bioql_lsp.training.corpus.breaks.model import Breaker, Broken, registered

BREAKERS: Final[tuple[Breaker, ...]] = registered()

__all__ = ["BREAKERS", "Breaker", "Broken"]
