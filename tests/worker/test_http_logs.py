"""What a whole run leaves in the log: a line for each request, and nobody's words."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from billing.ledger import Ledger
from tests.support.fake_engine import SECRET_TEXT
from tests.worker.http_raw import exchange, replies, request
from tests.worker.support import Customer, WorkerProcess, new_customer, running_worker

SECRET = "my-secret-qubit"
ANSWER = "the_secret_answer"
PROMPT = f"{SECRET} [say:{ANSWER} = 1]"


@pytest.fixture
def worker(tmp_path: Path, sqlite_url: str) -> Iterator[WorkerProcess]:
    Ledger.create(sqlite_url)
    with running_worker(tmp_path, "--port", "0", "--ledger", sqlite_url) as process:
        yield process


@pytest.fixture
def url(worker: WorkerProcess) -> str:
    return worker.announcement()["url"]


@pytest.fixture
def ledger(sqlite_url: str, worker: WorkerProcess) -> Iterator[Ledger]:
    with Ledger.open(sqlite_url) as ledger:
        yield ledger


@pytest.fixture
def customer(ledger: Ledger, url: str) -> Iterator[Customer]:
    customer = new_customer(ledger, url)
    yield customer
    customer.http.close()


def lines(worker: WorkerProcess) -> list[dict[str, Any]]:
    return [json.loads(line) for line in worker.log().splitlines()]


def all_lines(worker: WorkerProcess) -> list[dict[str, Any]]:
    """What was logged by its end: a line comes after its answer."""
    assert worker.stop() == 0
    return lines(worker)


def answered(customer: Customer) -> list[httpx.Response]:
    """Requests to every endpoint with code and keys in every place that there is."""
    code = f"{ANSWER} = (\n"
    key = customer.key
    bodies: dict[str, list[dict[str, Any]]] = {
        "/v1/generate": [
            {"instruction": PROMPT, "context": f"{SECRET.replace('-', '_')} = 1\n"},
            {"instruction": PROMPT, "stream": True},
            {"instruction": f"{SECRET} [crash]"},
            {"instruction": f"{SECRET} [crash-late]", "stream": True},
            {"instruction": f"{SECRET} [garbage]"},
            {"instruction": SECRET, SECRET: key},
            {"instruction": SECRET, "bioql_version": SECRET},
        ],
        "/v1/complete": [{"prefix": f"# {PROMPT}\n"}],
        "/v1/fix": [{"code": code, "findings": []}],
        "/v1/void": [{"id": key}, {"id": SECRET}],
        "/v1/completions": [{"prompt": PROMPT, "model": SECRET, "stop": SECRET}],
        "/v1/chat/completions": [{"messages": [{"role": SECRET, "content": PROMPT}]}],
        "/": [{"api_key": key, "prompt": PROMPT}, {"api_key": f"{key}x", "prompt": PROMPT}],
        f"/{key}": [{}],
    }
    http = customer.http
    found = [http.post(path, json=body) for path, of_path in bodies.items() for body in of_path]
    found += [http.get(path) for path in ("/v1/account", "/v1/models", f"/v1/models/{SECRET}")]
    found += [http.get("/v1/account", params={"api_key": key, "q": SECRET})]
    found += [http.get("/v1/account", headers={"Cookie": key, "Idempotency-Key": key})]
    found += [http.post("/v1/generate", content=f'{{"{SECRET}"')]
    return [*found, http.request(key, f"/{SECRET}")]


def refused(url: str, key: str) -> list[dict[str, str]]:
    """The headers of answers to what is no request."""
    secret = key.encode()
    sent = [
        secret + b"\r\n\r\n",
        b"GET /" + secret + b" HTTP/9.9\r\n\r\n",
        b"GET /" + secret * 300 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        request("GET", "/", f"X: {key}", "no colon"),
        request("POST", "/", f"Authorization: Bearer {key}", "Transfer-Encoding: gzip"),
        request("GET", f"http://{key}/"),
        request("HEAD", "/" + key * 300),
    ]
    answers = [list(replies(exchange(url, one), may_lack_body=True)) for one in sent]
    return [reply.headers for (reply,) in answers]


def test_every_answer_has_a_line_and_no_line_has_a_secret(
    customer: Customer, worker: WorkerProcess, url: str
) -> None:
    ids = [response.headers["x-request-id"] for response in answered(customer)]
    ids += [headers["x-request-id"] for headers in refused(url, customer.key)]
    assert len(set(ids)) == len(ids)
    said = all_lines(worker)
    requests = [line["request_id"] for line in said if line["event"] == "request"]
    assert sorted(requests) == sorted(ids)
    for line in said:
        assert "request_id" in line or line["event"].startswith("an hourly")
        assert line["level"] in ("info", "error")
    log = worker.log()
    for secret in (SECRET, SECRET.replace("-", "_"), ANSWER, SECRET_TEXT, "Traceback"):
        assert secret not in log
    for part in (customer.key[:20], customer.key[-12:], customer.email):
        assert part not in log


def test_what_failed_inside_a_request_is_logged_with_its_id(
    customer: Customer, worker: WorkerProcess
) -> None:
    request_id = uuid.uuid4().hex
    customer.generate("[crash]", request_id)
    failed, answered = (line for line in all_lines(worker) if line.get("request_id") == request_id)
    assert (failed["event"], failed["level"], failed["error"]) == (
        "engine failed",
        "error",
        "RuntimeError",
    )
    assert (answered["event"], answered["status"], answered["code"]) == (
        "request",
        500,
        "engine_failed",
    )
    assert (answered["method"], answered["path"]) == ("POST", "/v1/generate")


def test_the_line_of_a_stream_tells_how_it_ended(customer: Customer, worker: WorkerProcess) -> None:
    request_id = uuid.uuid4().hex
    customer.generate("[crash-late]", request_id, stream=True)
    (*_, line) = (line for line in all_lines(worker) if line.get("request_id") == request_id)
    assert (line["status"], line["code"]) == (200, "engine_failed")


def test_a_client_that_left_is_marked(customer: Customer, worker: WorkerProcess, url: str) -> None:
    request_id = uuid.uuid4().hex
    body = json.dumps({"instruction": "bell [hang]", "stream": True})
    headers = {"Idempotency-Key": request_id, "Content-Type": "application/json"}
    with customer.http.stream("POST", "/v1/generate", content=body, headers=headers) as response:
        seen = response.iter_lines()
        next(seen)
    (line,) = (line for line in all_lines(worker) if line.get("request_id") == request_id)
    assert line["status"] == 499


def test_probes_leave_no_line_but_where_they_are_refused(worker: WorkerProcess, url: str) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert httpx.get(url + path).status_code == 200
        exchange(url, request("HEAD", path))
    assert lines(worker) == []
    assert httpx.get(f"{url}/metrics", headers={"Host": "evil.example"}).status_code == 403
    (line,) = all_lines(worker)
    assert (line["status"], line["code"]) == (403, "foreign_host")
