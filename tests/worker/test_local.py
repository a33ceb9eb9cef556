"""The user's own worker on its Unix socket."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from billing.ledger import Ledger
from bioql_lsp.wire import Answer
from tests.worker.support import WorkerProcess, running_worker


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder with a short path: a Unix socket's has a limit."""
    with TemporaryDirectory(prefix="bioql") as folder:
        yield Path(folder)


@contextmanager
def local_worker(home: Path, *arguments: str, **environment: str) -> Iterator[WorkerProcess]:
    folders = {"BIOQL_RUNTIME_DIR": str(home / "run"), "BIOQL_DATA_DIR": str(home / "data")}
    with running_worker(home, "--local", *arguments, **folders, **environment) as worker:
        yield worker


@contextmanager
def client(home: Path) -> Iterator[httpx.Client]:
    transport = httpx.HTTPTransport(uds=str(home / "run" / "worker.sock"))
    key = (home / "data" / "local-key").read_text()
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(
        transport=transport, base_url="http://localhost", headers=headers, timeout=30
    ) as http:
        yield http


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_answers_its_user_for_nothing_and_books_the_usage(home: Path) -> None:
    with local_worker(home) as worker:
        said = worker.announcement()
        assert said["url"] == f"http+unix:{home / 'run' / 'worker.sock'}"
        with client(home) as http:
            answers = [
                Answer.model_validate(
                    http.post("/v1/generate", json={"instruction": "bell"}).json()
                )
                for _ in range(15)
            ]
        assert worker.stop() == 0
    assert {answer.finish for answer in answers} == {"stop"}
    assert {answer.cost.user_cost_usd for answer in answers} == {"0.000000000"}
    assert answers[0].usage.engine_seconds == 0.4
    with Ledger.open(f"sqlite:///{home / 'data' / 'local-ledger.sqlite3'}") as ledger:
        assert ledger.audit() == []


def test_its_folder_socket_and_state_are_the_users_alone(home: Path) -> None:
    (home / "run").mkdir(mode=0o755)
    with local_worker(home) as worker:
        worker.announcement()
        state_path = home / "run" / "worker.json"
        state = json.loads(state_path.read_text())
        assert mode(home / "run") == 0o700
        assert mode(home / "run" / "worker.sock") == 0o600
        assert mode(state_path) == 0o600
        assert mode(Path(state["key_file"])) == 0o600
        assert state["pid"] == worker.process.pid
        assert state["version"] == "0.1.0"
        worker.stop()
    assert [path.name for path in (home / "run").iterdir()] == ["worker.lock"]


def test_a_second_one_leaves_the_first_alone(home: Path) -> None:
    with local_worker(home) as first:
        first.announcement()
        with local_worker(home) as second:
            assert second.wait() == 3
            assert "another worker" in second.log()
        with client(home) as http:
            assert http.get("/healthz").json()["pid"] == first.process.pid


def test_one_takes_the_place_of_one_that_was_killed(home: Path) -> None:
    with local_worker(home) as first:
        first.announcement()
        first.process.kill()
        first.wait()
    with local_worker(home) as second:
        second.announcement()
        with client(home) as http:
            assert http.get("/v1/account").status_code == 200


def test_foreign_hosts_origins_and_missing_keys_are_refused(home: Path) -> None:
    with local_worker(home) as worker:
        worker.announcement()
        with client(home) as http:
            assert http.get("/healthz", headers={"Host": "evil.example"}).status_code == 403
            assert http.get("/healthz", headers={"Origin": "null"}).status_code == 403
            assert http.get("/v1/account", headers={"Authorization": ""}).status_code == 401


def test_it_goes_away_when_nobody_needs_it(home: Path) -> None:
    with local_worker(home, "--idle-seconds", "0.5") as worker:
        worker.announcement()
        assert worker.wait() == 0
    assert [path.name for path in (home / "run").iterdir()] == ["worker.lock"]


def test_it_is_bound_while_its_model_loads(home: Path) -> None:
    fifo = home / "load"
    os.mkfifo(fifo)
    with local_worker(home, BIOQL_FAKE_LOAD=str(fifo)) as worker:
        worker.announcement()
        with client(home) as http:
            loading = http.get("/readyz")
            assert loading.status_code == 503
            assert loading.json()["status"] == "loading"
            refused = http.post("/v1/generate", json={"instruction": "bell"})
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "loading")
            fifo.write_bytes(b"")
            while http.get("/readyz").status_code != 200:
                assert worker.process.poll() is None
            assert http.post("/v1/generate", json={"instruction": "bell"}).status_code == 200


def test_a_model_that_cannot_be_loaded_is_told_by_readiness(home: Path) -> None:
    with local_worker(home, BIOQL_FAKE_LOAD="fail") as worker:
        worker.announcement()
        with client(home) as http:
            said = http.get("/readyz").json()
            while said["status"] == "loading":
                said = http.get("/readyz").json()
            assert said["status"] == "failed"
            refused = http.post("/v1/generate", json={"instruction": "bell"})
            assert refused.json()["error"]["code"] == "engine_unavailable"
