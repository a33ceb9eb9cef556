"""Answers that need no engine: foreign requests refused, and code that our own rules repair.

Each request here tells the engine to crash, so that whatever is answered was answered without it.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from billing.ledger import Ledger
from bioql_lsp.analysis.registry import check
from bioql_lsp.wire import Answer
from bioql_lsp.worker.repair.trouble import as_reported
from tests.worker.programs import RUN as PROGRAM
from tests.worker.support import Customer, events, new_customer, running_worker

FOREIGN = "write a poem about the sea [crash]"
RUN = PROGRAM.replace("result = quantum(", "# [crash]\nresult = quantum(")
FREE_NANO_USD = 0


def generate(customer: Customer, instruction: str, **body: Any) -> Any:
    """Ask with the words as they are: ``customer.generate`` adds some of BioQL's."""
    return customer.post("/v1/generate", {"instruction": instruction, **body})


def fix(customer: Customer, code: str, **body: Any) -> Any:
    findings = [finding.model_dump() for finding in as_reported(check(code))]
    return customer.post("/v1/fix", {"code": code, "findings": findings, **body})


@pytest.mark.parametrize("context", ["", "import json\n\nverses = 3\n"])
def test_a_foreign_request_is_refused_with_its_reason_and_free(
    customer: Customer, context: str
) -> None:
    response = generate(customer, FOREIGN, context=context)
    answer = Answer.model_validate(response.json())
    assert response.status_code == 200
    assert (answer.finish, answer.code, answer.verified) == ("withheld", "", False)
    assert answer.withheld_reason == "not_bioql"
    assert (answer.usage.completion_tokens, answer.usage.engine_seconds) == (0, 0.0)
    assert answer.cost.user_cost_usd == "0.000000000"
    assert customer.spent_nano_usd() == FREE_NANO_USD


def test_a_foreign_request_streams_nothing_but_its_refusal(customer: Customer) -> None:
    text = generate(customer, FOREIGN, stream=True).text
    ((name, data),) = events(iter(text.splitlines()))
    assert (name, data["withheld_reason"]) == ("answer", "not_bioql")


def test_a_refused_request_keeps_its_id(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    body = {"instruction": FOREIGN}
    first, again = (
        customer.post("/v1/generate", body, Idempotency_Key=request_id).json() for _ in range(2)
    )
    assert first == again
    assert first["id"] == request_id
    other = customer.generate("other words", request_id)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "idempotency_conflict")


@pytest.mark.parametrize(
    "context",
    [
        "verses = 3\n",
        "def verses(): ...\n",
        "async def verses(): ...\n",
        "def sing(verses): ...\n",
        "for verses in songs: ...\n",
        "verses = 3\nprint(verses\n",
    ],
)
def test_a_name_of_the_buffer_makes_a_request_one_of_ours(customer: Customer, context: str) -> None:
    answer = generate(customer, "say more verses [say:print(1)]", context=context)
    assert answer.json()["withheld_reason"] != "not_bioql"
    assert generate(customer, "say more songs", context=context).json()["code"] == ""


def test_a_raw_prompt_is_not_judged(customer: Customer) -> None:
    body = {
        "model": "fake-model",
        "messages": [{"role": "user", "content": "write a poem [say:The sea]"}],
    }
    answer = customer.post("/v1/chat/completions", body).json()
    assert answer["choices"][0]["message"]["content"] == "The sea"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('shots="250"', "shots=250"),
        ("result.get_counts()", "result.counts"),
        ("print(result.counts", "print(result.counts)"),
        ('"torino"', '"ibm_torino"'),
    ],
)
def test_what_our_rules_can_repair_is_free_and_verified(
    customer: Customer, wrong: str, right: str
) -> None:
    broken = RUN.replace(right, wrong)
    assert broken != RUN
    answer = Answer.model_validate(fix(customer, broken).json())
    assert (answer.code, answer.finish, answer.verified) == (RUN, "stop", True)
    assert (answer.withheld_reason, answer.usage.engine_seconds) == (None, 0.0)
    assert customer.spent_nano_usd() == FREE_NANO_USD


def test_only_the_range_is_repaired(customer: Customer) -> None:
    broken = RUN.replace("shots=250", 'shots="250"').replace("result.counts", "result.get_counts()")
    start = broken.index("print(")
    answer = fix(customer, broken, start=start, end=len(broken)).json()
    assert answer["code"] == "print(result.counts)\n"
    assert customer.spent_nano_usd() == FREE_NANO_USD


def test_what_our_rules_cannot_repair_goes_to_the_engine(customer: Customer) -> None:
    """It reads the findings' messages, and here it is told in one what to write."""
    code = "import bioql\n\nversion = bioql.zzzz()\nprint(version)\n"
    mended = code.replace("zzzz()", "__version__")
    (finding,) = as_reported(check(code))
    said = mended.replace("\n", "\\n")
    told = finding.model_copy(update={"message": f"{finding.message} [say:{said}]"})
    answer = customer.post("/v1/fix", {"code": code, "findings": [told.model_dump()]}).json()
    assert answer["code"] == mended
    assert answer["verified"] is True
    assert answer["usage"]["engine_seconds"] > 0
    assert customer.spent_nano_usd() > FREE_NANO_USD


def test_where_nothing_is_wrong_the_engine_is_asked(customer: Customer) -> None:
    response = fix(customer, RUN)
    assert (response.status_code, response.json()["error"]["code"]) == (500, "engine_failed")
    assert customer.spent_nano_usd() == FREE_NANO_USD


def test_what_our_rules_said_is_still_known_where_the_answer_is_not(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    broken = RUN.replace("shots=250", "num_shots=250")
    code = {"code": broken, "findings": [f.model_dump() for f in as_reported(check(broken))]}
    requests: list[tuple[str, dict[str, Any]]] = [
        ("/v1/fix", code),
        ("/v1/generate", {"instruction": FOREIGN}),
    ]
    ids = [uuid.uuid4().hex for _ in requests]
    seen = []
    with Ledger.open(url) as ledger:
        customer = new_customer(ledger, "")
        for _ in range(2):
            with running_worker(tmp_path, "--port", "0", "--ledger", url) as worker:
                customer.http.base_url = worker.announcement()["url"]
                seen += [
                    customer.post(path, body, Idempotency_Key=request_id).json()
                    for (path, body), request_id in zip(requests, ids, strict=True)
                ]
    told = [(answer["finish"], answer["code"], answer["replayed"]) for answer in seen]
    assert told == [
        ("stop", RUN, False),
        ("withheld", "", False),
        ("stop", None, True),
        ("withheld", None, True),
    ]
    assert {answer["cost"]["user_cost_usd"] for answer in seen} == {"0.000000000"}
