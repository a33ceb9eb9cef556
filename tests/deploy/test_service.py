"""The service of compose.yaml on this machine: its command lines, and Caddy with its Caddyfile.

PostgreSQL, Redis and Caddy are the real ones; the engine is the tests' own.
"""

from __future__ import annotations

import os
import secrets
import socket
import ssl
import subprocess
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from billing.ledger import Ledger
from tests.deploy.support import DEPLOY, compose_services, run, tool
from tests.support.postgres import running_postgres
from tests.support.redis import RedisServer
from tests.worker.support import (
    WAIT_SECONDS,
    Customer,
    WorkerProcess,
    events,
    new_customer,
    running_worker,
    wait_until,
)

STREAMS = 6


@dataclass(frozen=True)
class Place:
    """Where the databases of compose.yaml are here."""

    postgres: str
    redis: str
    password: str
    token_file: Path

    @property
    def secret(self) -> dict[str, str]:
        """What .env and the secrets of Kubernetes put into the environment."""
        return {"PGPASSWORD": self.password}

    @property
    def ledger_url(self) -> str:
        return f"postgresql://bioql:{self.password}@{self.postgres}/ledger"

    def billing(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the service ``ledger``, in its environment."""
        ledger = compose_services()["ledger"]["environment"]["BIOQL_LEDGER"]
        (url,) = self.here([ledger])
        return run(tool("bioql-billing"), *arguments, BIOQL_LEDGER=url, **self.secret)

    def here(self, words: list[str]) -> list[str]:
        """A command line of compose.yaml with this machine's addresses in it."""
        replaced = {"@postgres/": f"@{self.postgres}/", "redis://redis:6379/0": self.redis}
        replaced |= {"--port=8475": "--port=0", "/run/secrets/metrics-token": str(self.token_file)}
        line = "\n".join(words)
        for written, here in replaced.items():
            line = line.replace(written, here)
        return line.split("\n")


@dataclass(frozen=True)
class Front:
    """Caddy, and the certificate authority that it made for itself."""

    url: str
    plain_url: str
    trust: ssl.SSLContext


@dataclass(frozen=True)
class Service:
    """Two workers behind Caddy, and their ledger."""

    front: Front
    workers: list[WorkerProcess]
    worker_urls: list[str]
    ledger: Ledger

    @contextmanager
    def customer(self) -> Iterator[Customer]:
        made = new_customer(self.ledger, self.front.url)
        made.http.close()
        with httpx.Client(
            base_url=self.front.url,
            headers=made.http.headers,
            verify=self.front.trust,
            timeout=WAIT_SECONDS,
        ) as http:
            yield Customer(made.email, made.key, self.ledger, http)


@pytest.fixture(scope="module")
def place(redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A PostgreSQL whose user owns the ledger's database and nothing else."""
    password = secrets.token_hex(8)
    token_file = tmp_path_factory.mktemp("secrets") / "metrics-token"
    token_file.write_text(f"{secrets.token_hex(32)}\n")
    with running_postgres(is_tcp=True) as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE bioql LOGIN PASSWORD '{password}'".encode())
            connection.execute("CREATE DATABASE ledger OWNER bioql")
        with redis_server.client() as client:
            client.flushall()
        yield Place(f"127.0.0.1:{server.tcp_port}", redis_server.url, password, token_file)


@contextmanager
def running_service(place: Place, folder: Path) -> Iterator[Service]:
    """What compose.yaml starts, in its order."""
    services = compose_services()
    made = place.billing(*services["ledger"]["command"])
    assert made.returncode == 0, made.stderr
    options = place.here(services["worker-1"]["command"])[1:]
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.open(place.ledger_url))
        workers = [
            stack.enter_context(running_worker(folder, *options, **place.secret)) for _ in range(2)
        ]
        urls = [worker.announcement()["url"].replace("0.0.0.0", "127.0.0.1") for worker in workers]
        front = stack.enter_context(running_caddy(folder, urls))
        yield Service(front, workers, urls, ledger)
        assert ledger.audit() == []


@pytest.fixture(scope="module")
def service(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for every test that stops no worker."""
    with running_service(place, tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def customer(service: Service) -> Iterator[Customer]:
    with service.customer() as made:
        yield made


def test_making_the_ledger_again_changes_nothing(service: Service, place: Place) -> None:
    service.ledger.add_account("ada@example.org", "pro")
    again = place.billing(*compose_services()["ledger"]["command"])
    assert (again.returncode, again.stdout) == (0, "The ledger was there already.\n")
    assert service.ledger.account("ada@example.org").tier == "pro"


def test_a_stream_arrives_while_it_is_written_and_ends_when_the_client_leaves(
    customer: Customer,
) -> None:
    body = {"instruction": "bell [hang]", "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        seen = events(response.iter_lines())
        assert next(seen)[0] == "delta"
        assert customer.funds.held_nano_usd > 0
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() > 0


def test_a_repeated_request_finds_the_worker_that_has_its_answer(customer: Customer) -> None:
    for _ in range(10):
        request_id = uuid.uuid4().hex
        first = customer.generate("bell", request_id).json()
        assert first["code"]
        assert customer.generate("bell", request_id).json()["code"] == first["code"]


def test_http_is_sent_to_https_and_metrics_are_not_public(
    service: Service, customer: Customer
) -> None:
    assert customer.http.get("/healthz").status_code == 200
    for path in ("/metrics", "/metrics/"):
        hidden = customer.http.get(path)
        assert (hidden.status_code, hidden.content) == (404, b""), "Caddy's own answer"
    plain = httpx.get(f"{service.front.plain_url}/v1/account")
    assert plain.status_code == 308
    assert plain.headers["location"].startswith("https://localhost")


def test_the_operator_reads_each_workers_metrics_with_the_token(
    service: Service, place: Place
) -> None:
    token = place.token_file.read_text().strip()
    for url in service.worker_urls:
        assert httpx.get(f"{url}/metrics").status_code in (401, 403, 404)
        told = httpx.get(f"{url}/metrics", headers={"Authorization": f"Bearer {token}"})
        assert told.status_code == 200
        assert "# TYPE " in told.text


def test_an_update_of_one_worker_loses_no_answer(place: Place, tmp_path: Path) -> None:
    body = {"instruction": "bell [slow]", "stream": True}
    with running_service(place, tmp_path) as service, service.customer() as customer:
        with ThreadPoolExecutor(STREAMS) as pool, ExitStack() as stack:
            streams = []
            for _ in range(STREAMS):
                headers = {"Idempotency-Key": uuid.uuid4().hex}
                sent = customer.http.stream("POST", "/v1/generate", json=body, headers=headers)
                streams.append(events(stack.enter_context(sent).iter_lines()))
                assert next(streams[-1])[0] == "delta"
            service.workers[0].process.terminate()
            ends = list(pool.map(lambda stream: list(stream)[-1], streams))
        assert [(name, end["finish"]) for name, end in ends] == [("answer", "stop")] * STREAMS
        assert service.workers[0].wait() == 0
        for _ in range(10):
            assert customer.generate("bell").status_code == 200


@contextmanager
def running_caddy(folder: Path, worker_urls: list[str]) -> Iterator[Front]:
    """Caddy with the Caddyfile, for the site ``localhost``, on two free ports."""
    http_port, https_port = _free_ports(2)
    environment = os.environ | {
        "BIOQL_SITE": "localhost",
        "BIOQL_WORKERS": " ".join(url.removeprefix("http://") for url in worker_urls),
        "BIOQL_HTTP_PORT": str(http_port),
        "BIOQL_HTTPS_PORT": str(https_port),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    command = [tool("caddy"), "run", "--adapter", "caddyfile", "--config"]
    command.append(str(DEPLOY / "Caddyfile"))
    with (folder / "caddy.log").open("wb") as log:
        caddy = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        root = folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        wait_until(lambda: caddy.poll() is not None or root.exists())
        assert caddy.poll() is None, (folder / "caddy.log").read_text()
        trust = ssl.create_default_context(cafile=str(root))
        url = f"https://localhost:{https_port}"
        wait_until(lambda: _answers(url, trust))
        yield Front(url, f"http://localhost:{http_port}", trust)
    finally:
        caddy.terminate()
        caddy.wait(WAIT_SECONDS)


def _answers(url: str, trust: ssl.SSLContext) -> bool:
    try:
        return httpx.get(f"{url}/readyz", verify=trust).status_code == 200
    except httpx.TransportError:
        return False


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes: list[Any] = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)
        ]
        return [probe.getsockname()[1] for probe in probes]
