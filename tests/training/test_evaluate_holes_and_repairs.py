"""Answers to holes, and repairs: exact, as good, and neither."""

from __future__ import annotations

import pytest

from bioql_lsp.training.evaluate.holes import is_equivalent_fill, is_exact_fill
from bioql_lsp.training.evaluate.repairs import is_resolved, is_untouched_elsewhere
from bioql_lsp.worker.engines.base import Infill

BEFORE = "from bioql import predict_adme_local\n\nadme = predict_adme_local("
HOLE = Infill(BEFORE, ")\nprint(adme.half_life)\n")
OPEN = Infill("from bioql import predict_adme_local\n\n", "")
RIGHT = """\
import os

from bioql import quantum

result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
if not result.success:
    raise SystemExit(result.error_message)
print(result.counts)
"""
BROKEN = RIGHT.replace("ibm_torino", "torino")
UNIMPORTED = RIGHT.replace("import os\n\n", "")


@pytest.mark.parametrize(
    ("expected", "answer", "is_exact"),
    [
        ('"CCO"', '"CCO"', True),
        ('"CCO"', '"CCO"  ', True),
        ('"CCO"', '"CCO"\nprint(1)', False),
        ('"CCO"', '"CC', False),
        ('"CCO"', '"CCO")', False),
        ('"CCO"', "'CCO'", False),
        ("a = 1\nb = 2", "a = 1\nb = 2\n", True),
        ("a = 1\nb = 2", "a = 1", False),
        ("a = 1\nb = 2", "a = 1\nb = 2\nc = 3", False),
        ('"CCO"', "", False),
    ],
)
def test_exact_is_the_text_up_to_its_end(expected: str, answer: str, is_exact: bool) -> None:
    assert is_exact_fill(expected, answer) is is_exact


@pytest.mark.parametrize("answer", ["'CCO'", 'smiles="CCO"', ' "C" "CO"  # ethanol\n'])
def test_another_spelling_is_as_good(answer: str) -> None:
    assert is_equivalent_fill(HOLE, '"CCO"', answer)


@pytest.mark.parametrize("answer", ['"CCN"', '"CCO", "CCN"', '"CCO"))', "", '"CCO"); adme = (None'])
def test_another_meaning_is_not(answer: str) -> None:
    assert not is_equivalent_fill(HOLE, '"CCO"', answer)


def test_statements_may_be_written_otherwise() -> None:
    expected = 'adme = predict_adme_local("CCO")\nprint(adme.half_life)'
    assert is_equivalent_fill(OPEN, expected, 'print(predict_adme_local("CCO").half_life)\n')
    assert not is_equivalent_fill(OPEN, expected, 'print(predict_adme_local("CCO"))\n')
    assert not is_equivalent_fill(OPEN, expected, 'adme = predict_adme_local("CCO")\n')
    more = f"{expected}\nprint(adme.clearance)\n"
    assert not is_equivalent_fill(OPEN, expected, more)


def test_the_right_program_resolves_what_is_broken() -> None:
    assert is_resolved(BROKEN, RIGHT, RIGHT)
    assert is_resolved(UNIMPORTED, RIGHT, RIGHT)
    assert not is_resolved(BROKEN, RIGHT, BROKEN)


def test_a_new_mistake_is_no_repair() -> None:
    assert not is_resolved(BROKEN, RIGHT, RIGHT.replace("shots=100", "num_shots=100"))
    assert not is_resolved(BROKEN, RIGHT, RIGHT.replace("print(result.counts)", "print(result.x)"))
    assert not is_resolved(BROKEN, RIGHT, "result = quantum(\n")


def test_what_the_right_program_is_told_of_may_stay() -> None:
    right = (
        'from bioql import analyze_metabolic_pathway\n\nprint(analyze_metabolic_pathway(["a"]))\n'
    )
    broken = right.replace("import analyze", "import analize")
    assert is_resolved(broken, right, right)


def test_only_lines_that_were_wrong_may_change() -> None:
    assert is_untouched_elsewhere(BROKEN, RIGHT, RIGHT)
    assert is_untouched_elsewhere(BROKEN, RIGHT, BROKEN)
    assert is_untouched_elsewhere(BROKEN, RIGHT, RIGHT.replace("ibm_torino", "ibm_kyoto"))
    assert not is_untouched_elsewhere(BROKEN, RIGHT, RIGHT.replace("shots=100", "shots=200"))
    assert not is_untouched_elsewhere(BROKEN, RIGHT, RIGHT.replace("print(result.counts)\n", ""))
    assert not is_untouched_elsewhere(BROKEN, RIGHT, RIGHT + "print(result.job_id)\n")
    assert not is_untouched_elsewhere(BROKEN, RIGHT, "print(1)\n")


def test_an_import_may_be_put_in_at_another_place() -> None:
    elsewhere = RIGHT.replace("import os\n\n", "").replace(
        "import quantum\n", "import quantum\nimport os\n"
    )
    assert is_untouched_elsewhere(UNIMPORTED, RIGHT, elsewhere)
    another = elsewhere.replace("import os\n", "import os\nimport json\n")
    assert not is_untouched_elsewhere(UNIMPORTED, RIGHT, another)
