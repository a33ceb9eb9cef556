"""What is computed must also be shown, and what ends before it is not done."""

from __future__ import annotations

import pytest

from bioql_lsp.training.evaluate.asking import Reply
from bioql_lsp.training.evaluate.holes import is_equivalent_fill
from bioql_lsp.training.evaluate.judging import judge
from bioql_lsp.training.evaluate.measures import Fault, faults
from bioql_lsp.training.evaluate.tasks import Asked
from bioql_lsp.wire import Answer
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair

IMPORTS = "import os\n\nfrom bioql import quantum\n\n"
GUARD = "if not result.success:\n    raise SystemExit(result.error_message)\n"
CALL = """result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
"""
RUN = f"{IMPORTS}{CALL}{GUARD}print(result.counts)\n"
PAIR = (
    "from bioql import predict_adme_local\n\n"
    'a = predict_adme_local("CCO")\nb = predict_adme_local("CCN")\n'
    "print(a.half_life, b.half_life)\n"
)
LISTED = (
    "from bioql import predict_adme_local\n\nlines = open('a.smi').readlines()\n"
    "print([predict_adme_local(line).half_life for line in lines])\n"
)


@pytest.mark.parametrize(
    ("expected", "answer", "fault"),
    [
        (RUN, RUN.replace("print(result.counts)", "counts = result.counts"), Fault.READ),
        (RUN, f"raise SystemExit\n{RUN}", Fault.FUNCTION),
        (RUN, RUN.replace("if not result", "if result"), Fault.OTHER),
        (PAIR, PAIR.replace("b.half", "a.half"), Fault.READ),
    ],
    ids=["not printed", "ends before", "stops on success", "one of two results twice"],
)
def test_what_does_not_show_it_is_wrong(expected: str, answer: str, fault: Fault) -> None:
    assert faults(expected, expected) == frozenset()
    assert fault in faults(expected, answer)


def test_a_loop_may_fill_a_list() -> None:
    looped = LISTED.replace(
        "print([predict_adme_local(line).half_life for line in lines])",
        "found = []\nfor line in lines:\n    found.append(predict_adme_local(line).half_life)\n"
        "print(found)",
    )
    assert faults(LISTED, looped) == frozenset()


def test_a_hole_for_the_guard_is_not_filled_by_something_idle() -> None:
    hole = Infill(f"{IMPORTS}{CALL}", "print(result.counts)\n")
    assert is_equivalent_fill(hole, GUARD, GUARD.replace("SystemExit", "RuntimeError"))
    assert not is_equivalent_fill(hole, GUARD, "pass\n")


def answered(code: str, broken: str) -> Reply:
    answer = Answer.model_construct(code=code, withheld_reason=None)
    asked = Asked("fix", "BQ008", Repair(broken, ()), RUN)
    return Reply(asked, answer, 1.0)


def test_a_repair_that_deletes_what_was_wrong_is_not_right() -> None:
    broken = RUN.replace('    backend="ibm_torino",\n', '    backend="torino",\n')
    assert judge(answered(RUN, broken)).holds["right"]
    deleted = judge(answered(RUN.replace(CALL, "").replace(GUARD, ""), broken))
    assert not deleted.holds["kept"]
    assert not deleted.holds["right"]


def test_a_request_that_failed_counts_as_nothing_shown() -> None:
    asked = Asked("generate", "bell", Instruct("bell state"), RUN)
    judged = judge(Reply(asked, None, 1.0))
    assert judged.faults == {Fault.NOTHING.value}
    assert not judged.is_good
