"""Under what a text is analysed: BioQL's version and what the user's settings say about costs."""

from __future__ import annotations

from dataclasses import dataclass

from bioql_lsp.analysis.api.versions import NEWEST


@dataclass(frozen=True, slots=True)
class Options:
    """``distributions`` are those installed beside BioQL, None where nobody knows.

    A run listed at more than ``warn_above_usd`` is a warning; None for no limit. Who
    ``has_time``, as a command has, lets RDKit judge a SMILES where it is installed.
    """

    version: str = NEWEST
    warn_above_usd: float | None = None
    distributions: frozenset[str] | None = None
    has_time: bool = False


DEFAULTS = Options()
