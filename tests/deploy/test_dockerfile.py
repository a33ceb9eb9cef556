"""The Dockerfile: linted, its context complete, its health check run, its steps run (heavy)."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from billing.ledger import Ledger
from tests.deploy.support import DEPLOY, REPOSITORY, run, tool
from tests.worker.support import WAIT_SECONDS, running_worker, wait_until

DOCKERFILE = (DEPLOY / "Dockerfile").read_text().replace("\\\n", "")
LINES = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]


def instructions(name: str) -> list[str]:
    return [line.partition(" ")[2] for line in LINES if line.startswith(f"{name} ")]


def sources() -> list[str]:
    """What is copied from the repository's folder."""
    copies = [words for words in instructions("COPY") if not words.startswith("--from")]
    return [word for words in copies for word in words.split()[:-1]]


def health_check(port: int) -> list[str]:
    """The image's own check of a worker, at another port."""
    (check,) = instructions("HEALTHCHECK")
    command: list[str] = json.loads(check.partition("CMD ")[2])
    assert command[0] == "python3"
    assert "8475" in command[-1]
    return [sys.executable, *command[1:-1], command[-1].replace("8475", str(port))]


def test_the_linter_has_nothing_to_say() -> None:
    linted = run(tool("hadolint"), "--no-color", str(DEPLOY / "Dockerfile"))
    assert (linted.returncode, linted.stdout) == (0, "")


def test_what_is_copied_is_there_and_nothing_else_is_sent() -> None:
    rules = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    rules = [rule for rule in rules if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule.removeprefix("!/") for rule in rules if rule.startswith("!")}
    assert allowed == set(sources())
    assert all((REPOSITORY / name).exists() for name in sources())


def test_the_image_is_built_in_two_stages_of_one_version_and_runs_without_root() -> None:
    (base,) = re.findall(r"^ARG PYTHON_IMAGE=python:(3\.\d+\.\d+)-slim-\w+$", DOCKERFILE, re.M)
    assert base.startswith("3.11.")
    assert instructions("FROM") == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]
    assert instructions("USER") == ["10001:10001"]
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert instructions("ENTRYPOINT") == ['["bioql-worker"]']
    assert any("-c constraints.txt" in step for step in instructions("RUN"))


def test_the_health_check_tells_a_worker_that_is_ready(tmp_path: Path) -> None:
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(ledger)
    with running_worker(tmp_path, "--port", "0", "--ledger", ledger) as worker:
        port = int(worker.announcement()["url"].rpartition(":")[2])
        assert subprocess.run(health_check(port), check=False).returncode == 0
        worker.stop()
        assert (
            subprocess.run(health_check(port), check=False, stderr=subprocess.DEVNULL).returncode
            != 0
        )


@contextmanager
def unready_worker(folder: Path) -> Iterator[int]:
    """A worker whose model is still loading, by its port."""
    gate = folder / "gate"
    os.mkfifo(gate)
    ledger = f"sqlite:///{folder / 'ledger.sqlite3'}"
    Ledger.create(ledger)
    port = _free_port()
    options = ("--port", str(port), "--ledger", ledger)
    with running_worker(folder, *options, BIOQL_FAKE_LOAD=str(gate)) as worker:
        wait_until(lambda: _listens(port))
        yield port
        threading.Thread(target=gate.write_bytes, args=(b"",), daemon=True).start()
        assert worker.announcement()


def test_the_health_check_waits_for_the_model(tmp_path: Path) -> None:
    with unready_worker(tmp_path) as port:
        assert subprocess.run(health_check(port), check=False).returncode == 1


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_the_steps_of_the_build_make_a_worker_that_serves(tmp_path: Path) -> None:
    programs = _built(tmp_path)
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    subprocess.run([programs / "bioql-billing", "--ledger", ledger, "init"], check=True)
    subprocess.run([programs / "python", "-c", "import psycopg, redis"], check=True)
    subprocess.run([programs / "hf", "--help"], check=True, stdout=subprocess.DEVNULL)
    serving = subprocess.Popen(
        [programs / "bioql-worker", "serve", "--port", "0", "--ledger", ledger],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
    )
    try:
        assert serving.stdout is not None
        port = int(json.loads(serving.stdout.readline())["url"].rpartition(":")[2])
        assert subprocess.run(health_check(port), check=False).returncode == 0
    finally:
        serving.terminate()
        assert serving.wait(WAIT_SECONDS) == 0


def _built(folder: Path) -> Path:
    """Run the first stage in ``folder`` instead of an image; where its programs are."""
    source, opt = folder / "src", folder / "opt" / "bioql"
    source.mkdir()
    for name in sources():
        place = REPOSITORY / name
        if place.is_dir():
            shutil.copytree(place, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, source)
    build = LINES[: [n for n, line in enumerate(LINES) if line.startswith("FROM ")][1]]
    extras = next(words for words in instructions("ARG") if words.startswith("EXTRAS="))
    for line in build:
        if line.startswith("RUN "):
            step = re.sub(r"^RUN (--mount=\S+ +)?", "", line).replace("/opt/bioql", str(opt))
            step = step.replace("${EXTRAS}", extras.partition("=")[2])
            subprocess.run(["sh", "-ec", step], cwd=source, check=True, timeout=500)
    return opt / "bin"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
