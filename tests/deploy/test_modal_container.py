"""A container of the Modal app: its class around a worker, behind Modal's own proxy."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from modal._runtime.asgi import wait_for_web_server, web_server_proxy

from billing.ledger import Ledger
from deploy import modal_app
from tests.deploy.support import REPOSITORY
from tests.worker.support import WAIT_SECONDS, Customer, events, new_customer, wait_until

Container = Callable[[str], None]
"""Calls a method of the class by name, as Modal does."""


@pytest.fixture
def grace_seconds() -> int:
    return modal_app.GRACE_SECONDS


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grace_seconds: int) -> Iterator[Ledger]:
    """The ledger that the secret names, and a ``bioql-worker`` with the fake engine on the path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    worker = programs / "bioql-worker"
    start = f'cd "{REPOSITORY}" && exec "{sys.executable}" -m tests.support.fake_worker "$@"'
    worker.write_text(f"#!/bin/sh\n{start}\n")
    worker.chmod(0o755)
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("BIOQL_LEDGER_URL", url)
    monkeypatch.setattr(modal_app, "PORT", _free_port())
    monkeypatch.setattr(modal_app, "GRACE_SECONDS", grace_seconds)
    with Ledger.open(url) as opened:
        yield opened
        assert opened.audit() == []


@pytest.fixture
def container(ledger: Ledger) -> Iterator[Container]:
    decorated: Any = modal_app.Worker
    user_class = decorated._get_user_cls()
    instance = user_class()

    def call(name: str) -> None:
        getattr(user_class, name)._get_raw_f()(instance)

    try:
        yield call
    finally:
        if instance.process.poll() is None:
            instance.process.kill()
            instance.process.wait(WAIT_SECONDS)
        instance.process.stdout.close()


@pytest.fixture
def customer(ledger: Ledger, container: Container) -> Iterator[Customer]:
    """Somebody whose requests go through Modal's proxy to a container that has started."""
    container("start")
    container("serve")
    wait_for_web_server("127.0.0.1", modal_app.PORT, timeout=1)
    with _modal_proxy(modal_app.PORT) as url:
        made = new_customer(ledger, url)
        yield made
        made.http.close()


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


def test_the_container_lets_a_running_answer_finish(
    customer: Customer, container: Container
) -> None:
    body = {"instruction": "bell [slow]", "stream": True}
    with (
        ThreadPoolExecutor(1) as pool,
        customer.http.stream("POST", "/v1/generate", json=body) as response,
    ):
        seen = events(response.iter_lines())
        assert next(seen)[0] == "delta"
        stopped = pool.submit(container, "stop")
        assert [name for name, _ in seen][-1] == "answer"
    stopped.result(WAIT_SECONDS)
    assert customer.spent_nano_usd() > 0


@pytest.mark.parametrize("grace_seconds", [1])
def test_an_answer_that_does_not_finish_is_settled_for_what_it_used(
    customer: Customer, container: Container
) -> None:
    body = {"instruction": "bell [hang]", "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        seen = events(response.iter_lines())
        assert next(seen)[0] == "delta"
        container("stop")
        name, last = list(seen)[-1]
        assert (name, last["finish"]) == ("answer", "cancelled")
    assert customer.spent_nano_usd() > 0


def test_a_model_that_does_not_load_ends_the_container(
    container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOQL_FAKE_LOAD", "fail")
    with pytest.raises(RuntimeError, match="the worker ended at its start, status 1"):
        container("start")


@contextmanager
def _modal_proxy(port: int) -> Iterator[str]:
    """Modal's proxy inside a container, before the port of a web server."""
    app = _said_once(web_server_proxy("127.0.0.1", port))
    config = uvicorn.Config(app, lifespan="on", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(WAIT_SECONDS)


def _said_once(app: Any) -> Any:
    """Modal says once that a client left, where uvicorn says it whenever it is asked."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        has_left = False

        async def receive_once() -> Any:
            nonlocal has_left
            if has_left:
                await asyncio.Event().wait()
            message = await receive()
            has_left = message["type"] == "http.disconnect"
            return message

        await app(scope, receive_once, send)

    return wrapped


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
