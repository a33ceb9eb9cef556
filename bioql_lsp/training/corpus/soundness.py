"""Is a recipe sound? Its phrasings can be said, and its programs have nothing wrong with them.

    python -m bioql_lsp.training.corpus.soundness molecules

says what is wrong with the recipes of a module (with all of them, without a name).
"""

from __future__ import annotations

import argparse
import itertools
from importlib import import_module
from random import Random
from typing import Final

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.training.corpus.patterns import always_said
from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.runs import RUN_DEFAULTS
from bioql_lsp.training.corpus.sampling import sample
from bioql_lsp.training.corpus.split import SPLITS, Draw, Language, split_of

ENGLISH_MIN: Final = 8
SPANISH_MIN: Final = 3
SAMPLES: Final = 2
LINE_CHARS_MAX: Final = 99
DATA_CHARS_MAX: Final = 80
"""So much longer a line may be that holds a long SMILES."""


def problems_of(recipe: Recipe, samples: int = SAMPLES) -> list[str]:
    """What is wrong with a recipe, in words; nothing for a sound one."""
    problems = []
    if len(recipe.says) < ENGLISH_MIN or len(recipe.says_es) < SPANISH_MIN:
        problems.append(f"needs {ENGLISH_MIN} English and {SPANISH_MIN} Spanish phrasings")
    problems += [
        f"no English phrasing belongs to {split}: add one or reword one"
        for split in SPLITS
        if split != "validation" and not recipe.phrasings("en", split)
    ]
    if not recipe.phrasings("es", "train"):
        problems.append("no Spanish phrasing belongs to train: add one or reword one")
    said: tuple[tuple[Language, tuple[str, ...]], ...]
    said = (("en", recipe.says), ("es", recipe.says_es))
    for language, patterns in said:
        for pattern in patterns:
            problems += _pattern_problems(recipe, language, pattern, samples)
    return [f"{recipe.name}: {problem}" for problem in problems]


def _pattern_problems(recipe: Recipe, language: Language, pattern: str, samples: int) -> list[str]:
    try:
        known = {*recipe.defaults, *(RUN_DEFAULTS if recipe.is_run else ())}
        lacking = set(recipe.slot_names) - always_said(pattern) - known
    except ValueError as error:
        return [str(error)]
    if lacking:
        return [f"{pattern!r} may leave {sorted(lacking)} unsaid: give a default"]
    rng = Random(pattern)  # noqa: S311 - repeatable on purpose
    split = split_of(f"{recipe.name}: {pattern}")
    problems = []
    for _ in range(samples):
        try:
            drawn = sample(recipe, Draw(rng, split, language), pattern)
        except (KeyError, ValueError) as error:
            return [f"{pattern!r}: {error}"]
        problems += [f"{pattern!r}: {fault}\n{drawn.code}" for fault in program_faults(drawn.code)]
    return problems[:1]


def program_faults(code: str) -> list[str]:
    """What is wrong with a program that should be right."""
    if parse(code).is_broken:
        return ["does not parse"]
    faults = [
        f"{finding.code} {finding.message}"
        for finding in check(code)
        if finding.severity is not Severity.INFORMATION
    ]
    verdict = verify("", Span(0, 0), code)
    if not verdict.is_accepted or verdict.repaired:
        faults.append(f"verify repairs {verdict.repaired} and leaves {verdict.remaining}")
    if any(len(line) > LINE_CHARS_MAX + DATA_CHARS_MAX for line in code.splitlines()):
        faults.append("has a line that is far too long")
    return faults


def main() -> int:
    """Command line; the number of problems, at most 100, is the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*", help="modules of corpus.recipes")
    areas = parser.parse_args().areas
    if areas:
        recipes = list(
            itertools.chain.from_iterable(
                import_module(f"bioql_lsp.training.corpus.recipes.{area}").RECIPES for area in areas
            )
        )
    else:
        recipes = list(import_module("bioql_lsp.training.corpus.recipes").ALL)
    problems = [problem for recipe in recipes for problem in problems_of(recipe)]
    print(*problems, sep="\n")
    print(f"{len(recipes)} recipes, {len(problems)} problems")
    for split in SPLITS:
        count = sum(len(r.phrasings("en", split)) + len(r.phrasings("es", split)) for r in recipes)
        print(f"{split}: {count} phrasings")
    return min(len(problems), 100)


if __name__ == "__main__":
    raise SystemExit(main())
