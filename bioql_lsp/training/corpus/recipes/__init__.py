"""Every recipe, one module for each area: a module with ``RECIPES`` is found by itself."""

from __future__ import annotations

import math
import pkgutil
from importlib import import_module
from typing import Final

from bioql_lsp.training.corpus.more_phrasings import with_more
from bioql_lsp.training.corpus.recipe import Recipe

AREAS: Final = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
_OF_AREAS: Final[dict[str, tuple[Recipe, ...]]] = {
    area: with_more(area, import_module(f"{__name__}.{area}").RECIPES) for area in AREAS
}
ALL: Final[tuple[Recipe, ...]] = tuple(
    recipe for recipes in _OF_AREAS.values() for recipe in recipes
)
POPULAR: Final = {
    "states": 3.0, "gates": 1.5, "results": 1.5, "workflows": 1.5, "local": 1.5, "programs": 2.0,
    "molecules": 2.5, "crispr": 4.0, "crispr_ranking": 1.5, "docking": 2.5, "drug_design": 2.0,
    "vina": 1.5, "mitigated_runs": 1.5, "error_correction": 1.5, "chemistry": 1.5,
    "proteomics": 1.2,
    "adme_properties": 0.7, "tox_properties": 0.7, "ptm_more": 0.5, "template_options": 0.6,
    "template_catalog": 0.6, "circuit_templates": 0.8, "pdb_files": 0.7, "structure_views": 0.7,
}  # fmt: skip
"""How much more, or less, an area is asked for than its number of recipes says."""
HARD: Final = {
    "gate_sequence": 2.5, "basis_state": 6.0, "rotation_gate": 3.0, "ghz": 1.5,
    "design_for_both": 2.0, "folding_named_run": 1.5,
}  # fmt: skip
"""How much more a recipe is practised whose program has to be put together from its request."""
STEEPNESS: Final = 1.5
"""What many ask for is asked for more than in proportion: weights are raised to this power."""
_SHARES: Final[dict[str, float]] = {
    recipe.name: POPULAR.get(area, 1.0) for area, recipes in _OF_AREAS.items() for recipe in recipes
}


def popularity(recipe: Recipe) -> float:
    """How often a recipe is asked for, beside the others."""
    share = _SHARES[recipe.name] * HARD.get(recipe.name, 1.0)
    return math.pow(recipe.weight * share, STEEPNESS)
