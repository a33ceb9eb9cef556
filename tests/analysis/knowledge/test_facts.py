from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.knowledge.facts import AROUND_MAX, entity_facts, facts_of

CODE = """from bioql import predict_adme_local

# first warfarin, then caffeine
ibuprofen = 1
adme = predict_adme_local("HOLE")
print("aspirin next")  # and COX-2
"""
HOLE = CODE.index("HOLE")
CAFFEINE = "# caffeine: CN1C=NC2=C1C(=O)N(C)C(=O)N2C"
WARFARIN = "# warfarin: CC(=O)CC(c1ccccc1)c1c(O)c2ccccc2oc1=O"
ASPIRIN = "# aspirin: CC(=O)Oc1ccccc1C(=O)O"


def test_names_and_calls_are_told() -> None:
    assert facts_of("ADME of Aspirin").splitlines()[:2] == [
        "# Aspirin: CC(=O)Oc1ccccc1C(=O)O",
        "# bioql.predict_adme_local(smiles)",
    ]
    assert facts_of("dock caffeine into cox 2").startswith(f"{CAFFEINE}\n# cox 2: PDB 5IKT\n")
    assert facts_of("ptm sites of bradykinin").startswith("# bradykinin: RPPGFSPFR\n")


def test_each_thing_is_told_once() -> None:
    assert facts_of("is aspirin like aspirin or aspirina").count("CC(=O)Oc1ccccc1C(=O)O") == 1


@pytest.mark.parametrize("request_", ["", "hello there", "write me a web server"])
def test_nothing_is_told_where_nothing_is_known(request_: str) -> None:
    assert facts_of(request_) == ""


def test_code_tells_what_comments_and_strings_near_it_name() -> None:
    assert entity_facts(CODE, HOLE).splitlines() == [ASPIRIN, "# COX-2: PDB 5IKT", CAFFEINE]


def test_the_nearest_is_told_first() -> None:
    start = CODE.index("# first")
    assert entity_facts(CODE, start).splitlines()[:2] == [WARFARIN, CAFFEINE]


def test_what_is_far_is_not_told() -> None:
    filler = "x = 1\n" * 100
    assert entity_facts(f"# aspirin\n{filler}y = ", 10 + len(filler)) == ""
    assert entity_facts(f"x = \n{filler}# aspirin\n", 4) == ""


def test_names_of_variables_are_not_told() -> None:
    assert entity_facts("aspirin = caffeine + warfarin", 10) == ""


def test_docstrings_and_unfinished_strings_count() -> None:
    assert entity_facts('"""Dock\naspirin"""\nx = ', 22) == ASPIRIN
    assert entity_facts('dock("aspirin', 13) == ASPIRIN
    assert entity_facts("# it's aspirin", 14) == ASPIRIN


def test_half_a_word_at_the_edge_is_no_name() -> None:
    text = "#" + "x" * 200 + "aspirin " + "y" * 398
    assert entity_facts(text, len(text)) == ""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aspirin \"'#\\\n", max_size=600), st.integers(-5, 700))
def test_any_code_is_taken(text: str, offset: int) -> None:
    facts = entity_facts(text, offset)
    assert len(facts.splitlines()) <= AROUND_MAX
    assert not facts.endswith("\n")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_facts_are_comment_lines(request_: str) -> None:
    assert all(
        line.startswith("# ") for line in facts_of(f"{request_} aspirin").split("\n") if line
    )
