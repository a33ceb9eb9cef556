"""The published contract, and schemathesis against a real worker that must keep it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from billing.ledger import Ledger
from bioql_lsp.worker.work import KNOWN_VERSIONS
from tests.worker.http_cases import KEY_VARIABLE
from tests.worker.support import REPOSITORY, Customer, WorkerProcess, running_worker

KEYED = {
    ("post", "/v1/complete"),
    ("post", "/v1/generate"),
    ("post", "/v1/fix"),
    ("post", "/v1/void"),
    ("get", "/v1/account"),
    ("post", "/v1/completions"),
    ("post", "/v1/chat/completions"),
    ("get", "/v1/models"),
    ("get", "/v1/models/{model}"),
}
OPEN = {("post", "/"), ("get", "/healthz"), ("get", "/readyz"), ("get", "/metrics")}
ANSWERING_ERRORS = {"400", "401", "402", "403", "408", "409", "413", "422", "429", "500", "502"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger whose limits do not get in the way."""
    url = f"sqlite:///{tmp_path_factory.mktemp('contract') / 'ledger.sqlite3'}"
    Ledger.create(url)
    return url


@pytest.fixture(scope="module")
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger.open(place) as ledger:
        many = {"requests_per_minute": 10**6, "concurrent_requests": 10**4}
        ledger.set_tier("enterprise", many)
        yield ledger
        assert ledger.audit() == []


@pytest.fixture(scope="module")
def worker(place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerProcess]:
    options = ("--port", "0", "--ledger", place)
    with running_worker(tmp_path_factory.mktemp("worker"), *options) as process:
        yield process


@pytest.fixture(scope="module")
def url(worker: WorkerProcess) -> str:
    return worker.announcement()["url"]


@pytest.fixture(scope="module")
def contract(url: str) -> Any:
    return httpx.get(f"{url}/openapi.json").json()


@pytest.fixture
def rich(add_customer: Callable[..., Customer]) -> Customer:
    return add_customer(topup="1000000")


def test_every_endpoint_is_published_with_its_key(contract: Any) -> None:
    operations = {
        (method, path): operation
        for path, methods in contract["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == KEYED | OPEN
    keyed = {where for where, operation in operations.items() if "security" in operation}
    assert keyed == KEYED
    assert contract["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_way_to_fail_is_published_in_our_shape(contract: Any) -> None:
    answers = contract["paths"]["/v1/generate"]["post"]["responses"]
    assert set(answers) == ANSWERING_ERRORS | {"200", "503"}
    for status, answer in answers.items():
        assert "X-Request-Id" in answer["headers"]
        schema = answer["content"]["application/json"]["schema"]["$ref"]
        assert schema.rpartition("/")[2] == ("Answer" if status == "200" else "ErrorEnvelope")


def test_every_reference_leads_somewhere(contract: Any) -> None:
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(contract)))
    assert references <= set(contract["components"]["schemas"])
    assert {"GenerateRequest", "StreamDelta", "ChatRequest", "LegacyAnswer"} <= references


def test_the_versions_that_are_served_are_published(contract: Any) -> None:
    schema = contract["components"]["schemas"]["FixRequest"]["properties"]["bioql_version"]
    assert schema["enum"] == list(KNOWN_VERSIONS)


def explored(folder: Path, url: str, key: str, examples: int) -> str:
    """What schemathesis says after so many random requests for each operation."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json"]
    command += ["--max-examples", str(examples), "--checks", "all", "--no-color"]
    command += ["--generation-database", "none"]
    bearer = f'[auth.openapi.bearer]\nbearer = "${{{KEY_VARIABLE}}}"\n'
    (folder / "schemathesis.toml").write_text(bearer)
    added = {
        "PYTHONPATH": str(REPOSITORY),
        "SCHEMATHESIS_HOOKS": "tests.worker.http_cases",
        KEY_VARIABLE: key,
    }
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        cwd=folder,
        env=os.environ | added,
    )
    assert ended.returncode == 0, ended.stdout[-20_000:] + ended.stderr[-2000:]
    return ended.stdout


def check_the_worker_keeps_it(
    folder: Path, worker: WorkerProcess, customer: Customer, url: str, examples: int
) -> None:
    said = explored(folder, url, customer.key, examples)
    assert "Tested: 13" in said
    counted = re.search(r"(\d+) generated", said)
    assert counted is not None
    assert int(counted[1]) > 500
    assert "Authentication failed" not in said
    assert customer.funds.held_nano_usd == 0
    log = [json.loads(line) for line in worker.log().splitlines()]
    assert not [line for line in log if line["level"] == "error"]
    assert {line["status"] for line in log if line["event"] == "request"} >= {200, 401, 405, 422}


def test_the_worker_keeps_its_contract(
    tmp_path: Path, worker: WorkerProcess, rich: Customer, url: str
) -> None:
    check_the_worker_keeps_it(tmp_path, worker, rich, url, 10)


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_the_worker_keeps_its_contract_at_length(
    tmp_path: Path, worker: WorkerProcess, rich: Customer, url: str
) -> None:
    check_the_worker_keeps_it(tmp_path, worker, rich, url, 200)
