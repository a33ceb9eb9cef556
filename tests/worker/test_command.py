"""``bioql-worker``: what it refuses, and how it says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from billing.ledger import Ledger
from bioql_lsp.worker.place import is_loopback
from tests.worker.support import running_worker


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("example.org", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


def test_beyond_loopback_a_ledger_is_needed(tmp_path: Path) -> None:
    with running_worker(tmp_path, "--host", "0.0.0.0", "--port", "0") as worker:
        assert worker.wait() == 2
        assert "needs a real ledger" in worker.log()


@pytest.mark.parametrize("kind", ["demo", "local"])
def test_beyond_loopback_only_a_real_ledger_will_do(tmp_path: Path, kind: str) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    assert kind in ("demo", "local")
    Ledger.create(url, "demo" if kind == "demo" else "local")
    with running_worker(tmp_path, "--host", "0.0.0.0", "--port", "0", "--ledger", url) as worker:
        assert worker.wait() == 2
        assert f"{kind} ledger" in worker.log()


def test_beyond_loopback_any_host_name_is_served(tmp_path: Path) -> None:
    import httpx

    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    with running_worker(tmp_path, "--host", "0.0.0.0", "--port", "0", "--ledger", url) as worker:
        port = worker.announcement()["url"].rpartition(":")[2]
        headers = {"Host": "bioql.example.org", "Origin": "https://bioql.example.org"}
        response = httpx.get(f"http://127.0.0.1:{port}/readyz", headers=headers)
        assert response.status_code == 200
        assert worker.stop() == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ledger", "sqlite:////nowhere/at/all.sqlite3"),
        ("--ledger", "mysql://x"),
        ("--local", "--ledger", "sqlite:///x"),
        ("--port", "99999"),
        ("--queue", "-1"),
        ("--metrics-token-file", "/dev/zero"),
        ("--no-such-option",),
    ],
)
def test_unusable_arguments_exit_2_with_a_message(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    with running_worker(tmp_path, *arguments) as worker:
        assert worker.wait() == 2
        assert worker.log().strip()
        assert "Traceback" not in worker.log()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--grace-seconds", "inf"),
        ("--grace-seconds", "nan"),
        ("--idle-seconds", "-1"),
        ("--rows", "0"),
        ("--port", "99999"),
    ],
)
def test_a_number_out_of_its_range_is_named_with_the_range(
    tmp_path: Path, option: str, value: str
) -> None:
    with running_worker(tmp_path, option, value) as worker:
        assert worker.wait() == 2
        assert worker.log().startswith(f"bioql-worker: {option} is ")
        assert len(worker.log().splitlines()) == 1


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command with the real engines."""
    command = [sys.executable, "-m", "bioql_lsp.worker.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_engines_are_listed() -> None:
    assert {"onnx", "transformers"} <= set(run("engines").stdout.split())


def test_an_unknown_engine_is_named_with_those_there_are(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    ended = run("serve", "--ledger", url, "--port", "0", "--engine", "nope")
    assert ended.returncode == 2
    assert "onnx" in ended.stderr
    assert "Traceback" not in ended.stderr
