"""Workers and upstreams that die or fail in the middle of an answer, with real models.

``test_life`` has what a worker does for its clients; here everything but a tampering hand between
worker and upstream is what runs in production.
"""

from __future__ import annotations

import json
import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from billing.ledger import Ledger
from billing.store import wall_clock_us
from bioql_lsp.worker.engines.folder import embedded_folder
from tests.benchmarks.worker_process import Account, WorkerServer, new_account
from tests.support.upstreams import LlamaServer, export_slow_gguf, llama_server, running
from tests.worker.tampering import Tampering

LEASE_US = 61_000_000
STALL_SECONDS_MAX = 40.0
LONG = {
    "messages": [{"role": "user", "content": "write a long program"}],
    "temperature": 2.0,
    "max_tokens": 700,
}
SHORT = {**LONG, "max_tokens": 8}
ATTEMPTS_MAX = 50


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return new_account(tmp_path)


@pytest.fixture
def ledger(account: Account) -> Iterator[Ledger]:
    with Ledger.open(account.ledger_url) as opened:
        yield opened
        assert opened.audit() == []


@pytest.fixture
def start(tmp_path: Path, account: Account) -> Iterator[Callable[..., WorkerServer]]:
    """Start workers on the ledger; they end with the test."""
    started: list[WorkerServer] = []

    def start_one(*arguments: str) -> WorkerServer:
        started.append(WorkerServer(tmp_path, account.ledger_url, *arguments))
        return started[-1]

    yield start_one
    for worker in started:
        worker.server.close()


def client_of(worker: WorkerServer, account: Account) -> httpx.Client:
    return httpx.Client(base_url=worker.url, headers=account.headers, timeout=STALL_SECONDS_MAX)


def streamed(http: httpx.Client, body: dict[str, Any], request_id: str) -> Any:
    """An open stream of an answer."""
    headers = {"Idempotency-Key": request_id}
    path = "/v1/chat/completions"
    return http.stream("POST", path, json={**body, "stream": True}, headers=headers)


def first_text(lines: Iterator[str]) -> None:
    """Read until the answer has begun."""
    next(line for line in lines if line.startswith("data: "))


def asked(
    http: httpx.Client, body: dict[str, Any], request_id: str | None = None
) -> httpx.Response:
    headers = {"Idempotency-Key": request_id or uuid.uuid4().hex}
    return http.post("/v1/chat/completions", json=body, headers=headers)


def charged_nano_usd(ledger: Ledger, account: Account) -> int:
    """What was charged; nothing is held any more."""
    funds = ledger.balance(account.email)
    assert funds.held_nano_usd == 0
    return 100_000 * 10**9 - funds.posted_nano_usd


def stopped_midway(http: httpx.Client, worker: WorkerServer, ledger: Ledger) -> tuple[Any, str]:
    """A stream whose worker was stopped while it wrote, and the request's id.

    The model is fast: where it was done before it could be stopped, it is asked again.
    """
    for _ in range(ATTEMPTS_MAX):
        request_id = uuid.uuid4().hex
        stream = streamed(http, LONG, request_id)
        lines = stream.__enter__().iter_lines()
        first_text(lines)
        worker.server.signal(signal.SIGSTOP)
        if ledger.open_holds():
            return lines, request_id
        worker.server.signal(signal.SIGCONT)
        stream.__exit__(None, None, None)
    raise AssertionError("the model was always done before it could be stopped")


def test_a_worker_killed_while_its_model_writes_charges_nothing(
    account: Account, ledger: Ledger, start: Callable[..., WorkerServer]
) -> None:
    worker = start()
    with client_of(worker, account) as http:
        lines, request_id = stopped_midway(http, worker, ledger)
        before = ledger.balance(account.email).posted_nano_usd
        worker.server.signal(signal.SIGKILL)
        with pytest.raises(httpx.HTTPError):
            list(lines)
    with client_of(start(), account) as http:
        early = asked(http, LONG, request_id)
        assert early.json()["error"]["code"] == "request_in_progress"
        # Whoever opens a ledger ends the holds whose lease is over.
        with Ledger.open(account.ledger_url, lambda: wall_clock_us() + LEASE_US) as later:
            assert later.open_holds() == []
        again = asked(http, LONG, request_id)
        assert (again.status_code, again.json()["error"]["code"]) == (409, "no_answer")
        funds = ledger.balance(account.email)
        assert (funds.held_nano_usd, funds.posted_nano_usd) == (0, before)
        assert asked(http, SHORT).status_code == 200


@pytest.fixture(scope="module")
def slow_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_slow_gguf(tmp_path_factory.mktemp("slow"))


@pytest.fixture
def llama(slow_gguf: Path) -> Iterator[LlamaServer]:
    with running(llama_server(slow_gguf, threads=1)) as server:
        yield server


@pytest.fixture
def start_before(start: Callable[..., WorkerServer]) -> Callable[[str], WorkerServer]:
    """Start a worker whose model is served at a URL."""

    def start_one(url: str) -> WorkerServer:
        model = ("--model", str(embedded_folder()))
        return start("--engine", "openai", "--upstream-url", url, *model)

    return start_one


def ends_with_a_clear_error(lines: Iterator[str]) -> None:
    *_, last = (line for line in lines if line)
    error = json.loads(last.removeprefix("data: "))["error"]
    assert error["code"] == "upstream_failed"
    assert "free" in error["message"]


def breaks_off(http: httpx.Client, llama: LlamaServer, number: signal.Signals) -> None:
    """A stream whose upstream gets a signal after its first text ends with a clear error."""
    with streamed(http, LONG, uuid.uuid4().hex) as response:
        lines = response.iter_lines()
        first_text(lines)
        llama.signal(number)
        ends_with_a_clear_error(lines)


def test_an_upstream_killed_while_it_writes_charges_nothing(
    account: Account,
    ledger: Ledger,
    llama: LlamaServer,
    start_before: Callable[[str], WorkerServer],
) -> None:
    with client_of(start_before(llama.url), account) as http:
        breaks_off(http, llama, signal.SIGKILL)
        assert charged_nano_usd(ledger, account) == 0
        assert asked(http, SHORT).status_code == 502
        llama.start()
        llama.wait()
        assert asked(http, SHORT).status_code == 200
        assert charged_nano_usd(ledger, account) > 0


@pytest.mark.heavy
def test_an_upstream_that_stalls_is_given_up_and_charges_nothing(
    account: Account,
    ledger: Ledger,
    llama: LlamaServer,
    start_before: Callable[[str], WorkerServer],
) -> None:
    with client_of(start_before(llama.url), account) as http:
        breaks_off(http, llama, signal.SIGSTOP)
        assert charged_nano_usd(ledger, account) == 0
        llama.signal(signal.SIGCONT)
        assert asked(http, SHORT).status_code == 200


@pytest.mark.parametrize("how", ["refuse", "garbage", "cut"])
def test_an_upstream_that_fails_charges_nothing_and_is_asked_again_later(
    account: Account,
    ledger: Ledger,
    llama: LlamaServer,
    start_before: Callable[[str], WorkerServer],
    how: str,
) -> None:
    with (
        Tampering(llama.url) as between,
        client_of(start_before(between.url), account) as http,
    ):
        between.how = how
        request_id = uuid.uuid4().hex
        for _ in range(2):
            answer = asked(http, LONG, request_id)
            assert (answer.status_code, answer.json()["error"]["code"]) == (502, "upstream_failed")
        with streamed(http, LONG, uuid.uuid4().hex) as response:
            ends_with_a_clear_error(response.iter_lines())
        assert charged_nano_usd(ledger, account) == 0
        between.how = "pass"
        assert asked(http, SHORT).status_code == 200
        assert charged_nano_usd(ledger, account) > 0
