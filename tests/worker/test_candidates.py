"""Further candidates are tried before an answer is withheld; those that fail are free."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.analysis.registry import check
from bioql_lsp.worker.candidates import Candidate
from bioql_lsp.worker.checking import Checked
from bioql_lsp.worker.jobs import Outcome
from bioql_lsp.worker.repair.trouble import as_reported
from tests.worker.support import Customer, events

COST_NANO_USD = 171_111
"""0.1 s for the prompt and 15 pieces of 0.02 s: the candidate that was shown, and no other."""


def test_without_further_candidates_a_bad_answer_is_withheld(customer: Customer) -> None:
    answer = customer.generate("[cold-garbage]", n=1).json()
    assert (answer["finish"], answer["code"]) == ("withheld", "")
    assert customer.spent_nano_usd() == 0


def test_a_later_candidate_is_shown_and_billed_alone(customer: Customer) -> None:
    answer = customer.generate("[cold-garbage]", n=3).json()
    assert (answer["finish"], answer["verified"]) == ("stop", True)
    assert answer["usage"]["engine_seconds"] == 0.4
    assert customer.spent_nano_usd() == COST_NANO_USD


def test_no_more_than_n_are_tried(customer: Customer) -> None:
    answer = customer.generate("[garbage]", n=4).json()
    assert (answer["finish"], answer["code"]) == ("withheld", "")
    assert customer.spent_nano_usd() == 0
    assert customer.generate("[cold-garbage]", n=2).json()["finish"] == "withheld"


def test_candidates_stay_within_the_hold(customer: Customer) -> None:
    """Each takes 20 s and the hold is for 30.6 s: the second is cut, and there is no third."""
    answer = customer.generate("[garbage] [seconds=20]", n=4, max_tokens=256).json()
    assert answer["finish"] == "withheld"
    assert customer.spent_nano_usd() == 0


def test_a_stream_says_which_candidate_its_pieces_belong_to(customer: Customer) -> None:
    body = {"instruction": "bell [cold-garbage]", "n": 3, "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        seen = list(events(response.iter_lines()))
    candidates = [data["candidate"] for name, data in seen if name == "delta"]
    assert candidates == sorted(candidates)
    assert (candidates[0], candidates[-1]) == (0, 2)
    last = "".join(data["delta"] for name, data in seen if data.get("candidate") == 2)
    assert seen[-1][1]["code"].strip() == last.strip()


def test_what_did_not_fit_the_context_is_said(customer: Customer) -> None:
    assert customer.generate("[cut]").json()["context_truncated"] is True
    assert customer.generate("bell").json()["context_truncated"] is False


def tried(customer: Customer, instruction: str, **body: Any) -> tuple[dict[str, Any], int]:
    """The answer, and how many candidates were written for it."""
    body = {"instruction": instruction, "stream": True, **body}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        seen = list(events(response.iter_lines()))
    return seen[-1][1], 1 + max(data["candidate"] for name, data in seen if name == "delta")


@pytest.mark.parametrize(
    ("script", "shown", "count"),
    [
        ("[say:shots = 500] [warm:x = 1]", "shots = 500", 1),
        ("[say:shots = 100] [warm:shots = 500]", "shots = 500", 3),
        ("[say:shots = 100] [warm:shots = 200]", "shots = 100", 4),
        ("[cold-garbage] [warm:shots = 100]", "shots = 100", 4),
        ("[say:shots = 100] [warm:def (500]", "shots = 100", 4),
        ("[say:shots = 100] [warm:# That is none of mine.]", "shots = 100", 3),
    ],
    ids=["first", "better", "as-good", "verified", "first-verified", "refused-later"],
)
def test_the_best_candidate_leaves_least_of_the_request_out(
    customer: Customer, script: str, shown: str, count: int
) -> None:
    """Of the four that may be tried, the third is the first warm one."""
    answer, written = tried(customer, "bell, 500 shots", context=f"# {script}\n", n=4)
    assert (answer["code"].strip(), answer["verified"], written) == (shown, True, count)
    pieces = len(shown.split())
    assert answer["usage"]["completion_tokens"] == pieces
    assert answer["usage"]["engine_seconds"] == round(0.1 + 0.02 * pieces, 2)
    assert customer.spent_nano_usd() > 0


def test_a_refusal_ends_the_tries(customer: Customer) -> None:
    answer, written = tried(customer, "bell", context="# [say:# That is none of mine.]\n", n=4)
    assert (answer["finish"], answer["withheld_reason"]) == ("withheld", "not_bioql")
    assert written == 1
    assert customer.spent_nano_usd() == 0


def test_a_refusal_of_what_is_clearly_ours_is_tried_again(customer: Customer) -> None:
    context = "# [say:# That is none of mine.] [warm:x = 1]\n"
    answer, written = tried(customer, "bell state on ibm torino qubits", context=context, n=4)
    assert (answer["code"].strip(), written) == ("x = 1", 3)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("[garbage]", "unverified"),
        ("[unbound]", "unverified"),
        ("[invented]", "invented_data"),
        ("[unsafe]", "unsafe"),
        ('[say:smiles = "⟦M1⟧"]', "invented_data"),
    ],
)
def test_what_is_withheld_says_why_and_is_free(
    customer: Customer, script: str, reason: str
) -> None:
    answer, written = tried(customer, f"bell state {script}")
    assert (answer["finish"], answer["code"], answer["verified"]) == ("withheld", "", False)
    assert (answer["withheld_reason"], written) == (reason, 3)
    assert customer.spent_nano_usd() == 0


TWO_WRONG = "import bioql\n\nfirst = bioql.zzzz()\nsecond = bioql.yyyy()\n"
HALF = TWO_WRONG.replace("zzzz()", "__version__")
WHOLE = HALF.replace("yyyy()", "__version__")


@pytest.mark.parametrize(
    ("said", "warm", "shown"),
    [
        (TWO_WRONG, WHOLE, WHOLE),
        (HALF, WHOLE, WHOLE),
        (HALF, TWO_WRONG, HALF),
        (TWO_WRONG, TWO_WRONG, ""),
    ],
    ids=["better-than-nothing", "better", "first-better", "nothing"],
)
def test_the_best_fix_leaves_least_of_the_findings(
    customer: Customer, said: str, warm: str, shown: str
) -> None:
    """Of the three that may be tried, the third is the first warm one."""
    finding, *others = as_reported(check(TWO_WRONG))
    script = f" [say:{said}] [warm:{warm}]".replace("\n", "\\n")
    told = finding.model_copy(update={"message": finding.message + script})
    findings = [each.model_dump() for each in (told, *others)]
    answer = customer.post("/v1/fix", {"code": TWO_WRONG, "findings": findings, "n": 3}).json()
    assert (answer["code"], answer["verified"]) == (shown, bool(shown))
    assert (customer.spent_nano_usd() > 0) is bool(shown)


def test_candidates_have_an_order() -> None:
    """What may be shown, then what was cut short before it could be, then what may not."""
    stopped, cancelled = Outcome("stop"), Outcome("cancelled")
    whole = Candidate("", stopped, Checked(True, "x"))
    partly = Candidate("", stopped, Checked(True, "x", left_out_count=2))
    unchecked = Candidate("", cancelled, None)
    withheld = Candidate("", stopped, Checked(False, "", reason="unverified"))
    refused = Candidate("", stopped, Checked(False, "", reason="not_bioql"))
    ordered = [whole, partly, unchecked, withheld]
    mixed = [unchecked, withheld, whole, partly]
    assert sorted(mixed, key=lambda each: each.rank) == ordered
    assert [each.is_final for each in (*ordered, refused)] == [True, False, True, False, True]
