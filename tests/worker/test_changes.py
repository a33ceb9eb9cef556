"""A model's rewriting: cut down to what was asked for, and how much of that it leaves undone."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.registry import check
from bioql_lsp.text import Span
from bioql_lsp.worker.repair.changes import smallest_changes
from bioql_lsp.worker.repair.repairing import least_change
from bioql_lsp.worker.repair.trouble import Trouble, as_reported
from tests.worker.test_repairing import RUN, swapped


def trouble_in(code: str) -> Trouble:
    """What is found in the whole code."""
    return Trouble(code, Span(0, len(code)), as_reported(check(code)), "7.0.1")


def least(broken: str, answer: str) -> str | None:
    return least_change(trouble_in(broken), answer, lambda: True)


@pytest.mark.parametrize(
    ("candidate", "is_good"),
    [
        (RUN, True),
        (RUN.replace('"ibm_torino"', '"ibm_brisbane"'), True),
        (RUN.replace('"ibm_torino"', '"simulator"'), False),
        (RUN.replace('"ibm_torino"', '"tortino"'), False),
        (RUN.replace("shots=250", "shots=0"), False),
        (RUN.replace("result.counts", "outcome.counts"), False),
        (RUN.replace("print(result.counts)", "print(result.counts"), False),
        ("", False),
    ],
)
def test_resolved_is_what_has_no_such_finding_and_no_other(candidate: str, is_good: bool) -> None:
    broken = swapped('"ibm_torino"', '"torino"')
    assert trouble_in(broken).is_mended_by(candidate) is is_good


def test_a_rewriting_loses_what_nobody_asked_for() -> None:
    broken = swapped('"ibm_torino"', '"torino"')
    answer = (
        RUN.replace("shots=250", "shots=1000")
        .replace("print(result.counts)", "# Show the counts.\nprint(result.counts)")
        .replace("import os\n", "import os\nimport sys\n")
    )
    assert least(broken, answer) == RUN


def test_words_on_the_same_line_are_told_apart() -> None:
    line = (
        'import os\nfrom bioql import quantum\nquantum("Create a Bell state", '
        'os.environ["BIOQL_API_KEY"], backend="{}", shots={})\n'
    )
    broken = line.format("torino", 100)
    answer = line.format("ibm_torino", 5000)
    assert least(broken, answer) == line.format("ibm_torino", 100)


def test_the_larger_a_text_is_the_fewer_of_its_smaller_versions_are_judged() -> None:
    old = "".join(f"x{number} = 1\n" for number in range(20))
    new = old.replace("= 1", "= 2")
    for chars, times in ((1_000, 60), (50_000, 5), (300_000, 0)):
        judged: list[str] = []

        def is_good(text: str, judged: list[str] = judged) -> bool:
            judged.append(text)
            return False

        assert smallest_changes(old, new, is_good, chars) == new
        assert len(judged) == times


def test_long_texts_with_little_in_common_are_not_compared_word_by_word() -> None:
    old, new = "a b\n" * 3000, "c d\n" * 3000
    assert smallest_changes(old, new, lambda _: True, 100) == new


def test_what_a_kept_change_needs_stays() -> None:
    broken = swapped('os.environ["BIOQL_API_KEY"]', '"demo"')
    answer = broken.replace('"demo"', "key").replace(
        "result = quantum(", 'key = os.environ["BIOQL_API_KEY"]\nresult = quantum('
    )
    answer = answer.replace("shots=250", "shots=10")
    assert least(broken, answer) == answer.replace("shots=10", "shots=250")


def test_nobody_looks_for_the_least_of_what_resolves_nothing() -> None:
    broken = swapped('"ibm_torino"', '"torino"')
    assert least(broken, broken.replace("250", "100")) is None
    assert least(RUN, RUN.replace("250", "100")) is None


def test_what_nobody_waits_for_any_more_is_not_made_smaller() -> None:
    broken = swapped('"ibm_torino"', '"torino"')
    answer = RUN.replace("import os\n", "import os\nimport sys\n").replace("250", "100")
    assert least_change(trouble_in(broken), answer, lambda: False) == answer


TWO_WRONG = swapped('"ibm_torino"', '"torino"', swapped("result.counts", "result.get_counts()"))


@pytest.mark.parametrize(
    ("broken", "candidate", "left"),
    [
        (TWO_WRONG, RUN, 0),
        (TWO_WRONG, TWO_WRONG, None),
        (TWO_WRONG, "\n" + TWO_WRONG.replace("250,\n", "250,  \n") + "\n", None),
        (TWO_WRONG, TWO_WRONG.replace("250", "100"), None),
        (TWO_WRONG, TWO_WRONG.replace('"torino"', '"ibm_torino"'), 1),
        (TWO_WRONG, RUN.replace("shots=250", "shots=0"), None),
        (swapped('"ibm_torino"', '"torino"'), "print(1)\n", 1),
        (RUN, RUN, None),
        (RUN, RUN.replace("250", "100"), 0),
        (RUN.replace("counts)", "counts"), RUN.replace("counts)", "counts[0]"), None),
        (RUN.replace("counts)", "counts"), RUN.replace("result.counts", "result.zzz"), 1),
    ],
    ids=[
        "all", "unchanged", "blanks", "other", "one-of-two", "new", "call-gone", "nothing-asked",
        "nothing-to-judge-by", "still-no-python", "python-again",
    ],
)  # fmt: skip
def test_a_piece_falls_short_by_what_it_leaves(
    broken: str, candidate: str, left: int | None
) -> None:
    assert trouble_in(broken).shortfall(candidate) == left
