"""More ways to ask for what the recipes do: ``recipes/phrasings/AREA.tsv``.

One a line: the recipe's name, ``en`` or ``es``, the pattern. What a model has to learn is to
understand words that it was not taught, so each recipe needs many ways to be asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe

FOLDER: Final = Path(__file__).parent / "recipes" / "phrasings"


def with_more(area: str, recipes: Iterable[Recipe]) -> tuple[Recipe, ...]:
    """An area's recipes with all of their phrasings. Raises ValueError for a name it lacks."""
    recipes = tuple(recipes)
    more = _read(FOLDER / f"{area}.tsv")
    unknown = {name for name, _ in more} - {recipe.name for recipe in recipes}
    if unknown:
        raise ValueError(f"{area}.tsv: no recipe is called {min(unknown)}")
    return tuple(
        replace(
            recipe,
            says=(*recipe.says, *more[recipe.name, "en"]),
            says_es=(*recipe.says_es, *more[recipe.name, "es"]),
        )
        for recipe in recipes
    )


def _read(path: Path) -> defaultdict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, language, pattern = line.split("\t")
            found[name, language].append(pattern)
    return found
