"""The measure against whole recipes, contexts, requests and hostile code."""

from __future__ import annotations

from random import Random

import pytest

from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.sampling import sample
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.training.evaluate.measures import Fault, does_what_was_asked, faults
from tests.training.test_evaluate_measures import ADME, EACH, RUN, changed

FILE = """\
import json

from bioql import predict_adme_local

adme = predict_adme_local("CCO")
with open("ethanol.json", "w") as file:
    json.dump(vars(adme), file)
"""


def test_literals_of_the_request_count_wherever_they_stand() -> None:
    request = "adme of CCO into ethanol.json"
    assert does_what_was_asked(FILE, FILE, request=request)
    other = changed(FILE, "ethanol.json", "out.json")
    assert faults(FILE, other, request=request) == {Fault.LEFT_OUT}
    assert does_what_was_asked(FILE, other, request="adme of CCO into a file")


def test_the_context_gives_names_and_is_no_part_of_the_answer() -> None:
    context = RUN + "\nsmiles = 'CCO'\n"
    answer = "from bioql import predict_adme_local\nprint(predict_adme_local(smiles).half_life)\n"
    assert does_what_was_asked(ADME, answer, context)
    assert not does_what_was_asked(ADME, answer, changed(context, "'CCO'", "'CCN'"))
    known = "from bioql import predict_adme_local\n"
    assert does_what_was_asked(ADME, changed(ADME, f"{known}\n", ""), known)
    assert not does_what_was_asked(ADME, changed(ADME, f"{known}\n", ""))


def test_a_name_that_is_given_another_value_later_stands_for_each_in_turn() -> None:
    twice = (
        'smiles = "CCO"\nprint(predict_adme_local(smiles).half_life)\n'
        'smiles = "CCN"\nprint(predict_adme_local(smiles).half_life)\n'
    )
    assert does_what_was_asked(EACH, f"from bioql import predict_adme_local\n{twice}")


@pytest.mark.parametrize("code", ["x = " + "(" * 300 + ")" * 300, "for x in y: pass\n" * 9000])
def test_hostile_code_is_judged_too(code: str) -> None:
    assert faults(RUN, code)
    assert not does_what_was_asked(code, RUN)


def test_endless_functions_end() -> None:
    endless = "def f(x):\n    return f(g(x))\n\n\ndef g(x):\n    return f(x) + f(x)\n\n\nf(1)\n"
    assert faults(RUN, endless)


def drawn(rng: Random, count: int) -> list[tuple[str, str, str]]:
    """Recipes with a request and its program."""
    own = [recipe for recipe in ALL if recipe.phrasings("en", "test")]
    samples = (sample(rng.choice(own), Draw(rng, "test")) for _ in range(count))
    return [(each.recipe, each.text, each.code) for each in samples]


def test_the_corpus_is_right_by_its_own_measure_and_no_recipe_is_another() -> None:
    rng = Random(4)
    rows = drawn(rng, 500)
    assert [row for row in rows if faults(row[2], row[2], request=row[1])] == []
    pairs = [(one, rng.choice(rows)) for one in rows]
    others = [(one, other) for one, other in pairs if one[0] != other[0]]
    alike = [1 for one, other in others if not faults(one[2], other[2], request=one[1])]
    assert len(alike) < 0.01 * len(others)


def test_another_draw_of_the_same_recipe_is_another_program() -> None:
    rng = Random(8)
    own = [recipe for recipe in ALL if recipe.phrasings("en", "test")]
    count = wrong = 0
    for recipe in rng.sample(own, 200):
        one, other = (sample(recipe, Draw(rng, "test")) for _ in range(2))
        if one.code != other.code:
            count += 1
            wrong += does_what_was_asked(one.code, other.code, request=one.text)
    assert wrong <= 0.02 * count
