"""``/metrics``: what is counted, and that nobody's words or money leave by it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as open_metrics_families,
)
from prometheus_client.parser import text_string_to_metric_families

from billing.ledger import Ledger
from tests.worker.support import Customer, WorkerProcess, new_customer, running_worker, wait_until

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]
KINDS = {"complete", "generate", "fix", "raw"}
REASONS = {"stop", "length", "withheld", "cancelled"}
TOKEN = "a-token-for-prometheus"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('metrics') / 'ledger.sqlite3'}"
    Ledger.create(url)
    return url


@pytest.fixture(scope="module")
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger.open(place) as ledger:
        yield ledger
        assert ledger.audit() == []


@pytest.fixture(scope="module")
def worker(place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerProcess]:
    """A worker of this file alone: what it counts is known."""
    options = ("--port", "0", "--ledger", place, "--cache", "100")
    with running_worker(tmp_path_factory.mktemp("worker"), *options) as process:
        yield process


@pytest.fixture(scope="module")
def url(worker: WorkerProcess) -> str:
    return worker.announcement()["url"]


def scraped(url: str) -> Figures:
    """Every sample by its name and labels, as Prometheus reads it."""
    response = httpx.get(f"{url}/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    families = list(text_string_to_metric_families(response.text))
    assert len({family.name for family in families}) == len(families)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


class Change:
    """How figures changed between two scrapes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before = scraped(url)

    def now(self) -> Callable[..., float]:
        after = scraped(self._url)

        def of(name: str, **labels: str) -> float:
            key = (f"bioql_{name}", frozenset(labels.items()))
            return round(after.get(key, 0.0) - self._before.get(key, 0.0), 9)

        return of


def test_an_answer_is_counted_in_all_its_parts(customer: Customer, url: str) -> None:
    change = Change(url)
    answer = customer.generate("count me [seconds=2]", temperature=0.5, n=1).json()
    of = change.now()
    tokens = answer["usage"]["completion_tokens"]
    assert of("request_success_total", finished_reason="stop", kind="generate") == 1
    assert of("prompt_tokens_total") == answer["usage"]["prompt_tokens"] == 5
    assert of("generation_tokens_total") == tokens == 15
    assert of("engine_billed_seconds_total") == of("engine_busy_seconds_total") == 2.0
    for histogram in (
        "time_to_first_token_seconds",
        "time_per_output_token_seconds",
        "e2e_request_latency_seconds",
        "request_queue_time_seconds",
        "request_prompt_tokens",
        "request_generation_tokens",
    ):
        assert of(f"{histogram}_count") == 1
    assert of("request_generation_tokens_sum") == tokens
    assert of("request_generation_tokens_bucket", le="4.0") == 0
    assert of("request_generation_tokens_bucket", le="16.0") == 1
    assert of("http_requests_total", path="/v1/generate", status="200") == 1


def test_every_candidate_is_counted_and_the_one_that_is_shown_is_billed(
    customer: Customer, url: str
) -> None:
    change = Change(url)
    answer = customer.generate("500 shots [seconds=2]", n=3).json()
    of = change.now()
    assert answer["usage"]["completion_tokens"] == 15
    assert of("generation_tokens_total") == 45
    assert of("request_generation_tokens_count") == 3
    assert of("request_success_total", finished_reason="stop", kind="generate") == 1
    assert of("engine_busy_seconds_total") == 6.0
    assert of("engine_billed_seconds_total") == 2.0


def test_what_our_rules_answer_has_not_used_the_engine(customer: Customer, url: str) -> None:
    change = Change(url)
    customer.post("/v1/generate", {"instruction": "write a poem about the sea"})
    customer.post("/v1/fix", {"code": "from bioql import quantm\n"})
    of = change.now()
    assert of("request_success_total", finished_reason="withheld", kind="generate") == 1
    assert of("request_success_total", finished_reason="stop", kind="fix") == 1
    assert of("answers_withheld_total") == 1
    assert (of("generation_tokens_total"), of("engine_busy_seconds_total")) == (0, 0)


def test_every_kind_of_request_is_told_apart(customer: Customer, url: str) -> None:
    change = Change(url)
    customer.post("/v1/complete", {"prefix": "x = 1\n"})
    customer.post("/v1/fix", {"code": "x = 1\n"})
    customer.post("/v1/completions", {"prompt": "x"})
    customer.http.post("/", json={"api_key": customer.key, "prompt": "bell"})
    of = change.now()
    counted = {
        kind: of("request_success_total", finished_reason="stop", kind=kind) for kind in KINDS
    }
    assert counted == dict.fromkeys(KINDS, 1)


def test_what_is_withheld_used_the_engine_and_was_not_billed(customer: Customer, url: str) -> None:
    change = Change(url)
    assert customer.generate("[garbage]").json()["finish"] == "withheld"
    of = change.now()
    assert of("answers_withheld_total") == 1
    assert of("request_success_total", finished_reason="withheld", kind="generate") == 1
    assert of("engine_billed_seconds_total") == 0
    assert of("engine_busy_seconds_total") > 0


def test_a_known_answer_is_a_hit_and_writes_no_tokens(customer: Customer, url: str) -> None:
    body = {"instruction": f"bell {uuid.uuid4().hex}"}
    customer.post("/v1/generate", body)
    change = Change(url)
    assert customer.post("/v1/generate", body).json()["usage"]["cached"] is True
    of = change.now()
    assert (of("cache_queries_total"), of("cache_hits_total")) == (1, 1)
    assert of("request_success_total", finished_reason="stop", kind="generate") == 1
    assert (of("generation_tokens_total"), of("prompt_tokens_total")) == (0, 0)


def test_refusals_and_failures_are_counted_by_their_code(
    add_customer: Callable[..., Customer], url: str
) -> None:
    change = Change(url)
    customer = add_customer()
    customer.post("/v1/generate", {"instruction": ""})
    customer.generate("[crash]")
    customer.generate("[crash-late]", stream=True)
    add_customer(topup=None).generate("bell")
    httpx.post(f"{url}/v1/generate", json={})
    httpx.post(url, json={})
    httpx.get(f"{url}/{customer.key}")
    of = change.now()
    counts = {
        "invalid_request": 1,
        "engine_failed": 2,
        "insufficient_funds": 1,
        "unauthorized": 2,
        "not_found": 1,
    }
    assert {code: of("request_refused_total", code=code) for code in counts} == counts
    assert of("http_requests_total", path="other", status="404") == 1
    assert of("http_requests_total", path="/v1/generate", status="402") == 1


def test_what_runs_now_is_shown(customer: Customer, url: str) -> None:
    with customer.http.stream(
        "POST", "/v1/generate", json={"instruction": "bell [hang]", "stream": True}
    ) as response:
        lines = response.iter_lines()
        next(lines)
        figures = scraped(url)
        assert figures["bioql_num_requests_running", frozenset()] == 1
        assert figures["bioql_engine_rows_used", frozenset()] == 1
        assert figures["bioql_engine_rows_max", frozenset()] >= 1
        assert figures["bioql_num_requests_waiting", frozenset()] == 0
    running = ("bioql_num_requests_running", frozenset[tuple[str, str]]())
    wait_until(lambda: scraped(url)[running] == 0)


def test_what_is_served_and_the_process_are_shown(url: str, worker: WorkerProcess) -> None:
    figures = scraped(url)
    labels = {"engine": "fake", "model": "fake-model", "revision": "1"}
    assert figures["bioql_model_info", frozenset(labels.items())] == 1
    assert figures["bioql_engine_ready", frozenset()] == 1
    assert figures["process_resident_memory_bytes", frozenset()] > 2**20


def test_nothing_but_words_of_ours_stands_in_a_label(customer: Customer, url: str) -> None:
    secret = f"secret-{uuid.uuid4().hex}"
    customer.generate(secret, bioql_version=secret)
    customer.http.request(secret.upper()[:20], f"/{secret}", headers={"X-Secret": secret})
    customer.post("/v1/completions", {"prompt": secret, "model": secret})
    customer.http.get(f"/v1/models/{secret}")
    text = httpx.get(f"{url}/metrics").text
    for word in (secret, secret.upper()[:20], customer.key, customer.email, "example.org"):
        assert word not in text
    for name, labels in scraped(url):
        values = dict(labels)
        assert name.startswith(("bioql_", "process_"))
        assert values.get("kind", "raw") in KINDS
        assert values.get("finished_reason", "stop") in REASONS
        assert values.get("path", "other").startswith(("/", "other"))
        assert set(values) <= {
            *("kind", "finished_reason", "path", "status", "code", "le"),
            *("engine", "model", "revision"),
        }


def test_open_metrics_are_given_to_who_asks_for_them(url: str) -> None:
    headers = {"Accept": "application/openmetrics-text; version=1.0.0"}
    response = httpx.get(f"{url}/metrics", headers=headers)
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert "bioql_request_success" in {one.name for one in open_metrics_families(response.text)}


def test_scrapes_are_not_logged(worker: WorkerProcess, url: str) -> None:
    scraped(url)
    assert "/metrics" not in worker.log()


def status_of(url: str, token: str | None) -> int:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{url}/metrics", headers=headers).status_code


def test_beyond_loopback_the_metrics_are_closed_without_a_token(tmp_path: Path) -> None:
    """Also to visitors from this machine: a proxy makes everybody one."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    options = ("--host", "0.0.0.0", "--port", "0", "--ledger", url)
    with running_worker(tmp_path, *options) as worker, Ledger.open(url) as ledger:
        port = worker.announcement()["url"].rpartition(":")[2]
        base = f"http://127.0.0.1:{port}"
        customer = new_customer(ledger, base)
        for token in (None, "None", customer.key):
            assert status_of(base, token) == 401
        customer.http.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_token_is_asked_for_where_there_is_one(tmp_path: Path, host: str) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    options = ("--host", host, "--port", "0", "--ledger", url, "--metrics-token-file", str(file))
    with running_worker(tmp_path, *options) as worker:
        base = f"http://127.0.0.1:{worker.announcement()['url'].rpartition(':')[2]}"
        assert status_of(base, TOKEN) == 200
        for token in (None, TOKEN[:-1], f"{TOKEN}x"):
            assert status_of(base, token) == 401
        assert TOKEN not in worker.log()


@pytest.mark.parametrize("content", [None, "", "short", "two words of it all"])
def test_a_file_without_a_token_ends_the_worker_at_its_start(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)
    arguments: tuple[Any, ...] = ("--port", "0", "--metrics-token-file", str(file))
    with running_worker(tmp_path, *arguments, BIOQL_DATA_DIR=str(tmp_path / "data")) as worker:
        assert worker.wait() == 2
        assert str(file) in worker.log()
