"""The server as a process: exit codes, garbage on the wire, what it imports, who may connect."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import Any

import pytest

from tests.server.harness import frame

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from bioql_lsp.server.main import run; sys.exit(run(sys.argv[1:]))",
]
WAIT_S = 60
INITIALIZE = {"processId": None, "capabilities": {}}
# What must not be loaded before initialize is answered; each costs tens of milliseconds or more.
HEAVY = ("tree_sitter", "httpx", "pydantic", "typer", "rich", "bioql_lsp.analysis.registry")


def request(identifier: Any, method: str, params: Any = None) -> bytes:
    return frame({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})


def notification(method: str) -> bytes:
    return frame({"jsonrpc": "2.0", "method": method})


def messages(stream: bytes) -> list[dict[str, Any]]:
    from bioql_lsp.server.framing import Framer

    return [json.loads(body) for body in Framer().feed(stream) if isinstance(body, bytes)]


def talk(*sent: bytes, options: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]], str]:
    """Send everything, close standard input, and read until the process ends."""
    finished = subprocess.run(
        [*COMMAND[:1], *options, *COMMAND[1:], "--stdio"],
        input=b"".join(sent),
        capture_output=True,
        timeout=WAIT_S,
        check=False,
    )
    return finished.returncode, messages(finished.stdout), finished.stderr.decode()


def by_id(received: list[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    answers: dict[Any, list[dict[str, Any]]] = {}
    for message in received:
        if "method" not in message:
            answers.setdefault(message["id"], []).append(message)
    return answers


def test_exit_after_shutdown_is_success() -> None:
    code, received, errors = talk(
        request(1, "initialize", INITIALIZE),
        notification("initialized"),
        request(2, "shutdown"),
        notification("exit"),
    )
    assert code == 0
    assert by_id(received)[2][0]["result"] is None
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "sent",
    [
        [notification("exit")],
        [request(1, "initialize", INITIALIZE), notification("exit")],
        [request(1, "initialize", INITIALIZE)],
        [],
    ],
)
def test_an_end_without_shutdown_is_a_failure(sent: list[bytes]) -> None:
    assert talk(*sent)[0] == 1


def test_an_analysis_that_never_ends_does_not_keep_the_process_alive() -> None:
    endless = "import threading, bioql_lsp.analysis.registry as r;"
    endless += "r.check = lambda *_: threading.Event().wait();"
    item = {"uri": "file:///a.py", "languageId": "python", "version": 1, "text": "import bioql"}
    did_open = {
        "jsonrpc": "2.0",
        "method": "textDocument/didOpen",
        "params": {"textDocument": item},
    }
    sent = (
        request(1, "initialize", INITIALIZE),
        frame(did_open),
        request(2, "shutdown"),
        notification("exit"),
    )
    finished = subprocess.run(
        [sys.executable, "-c", endless + COMMAND[2], "--stdio"],
        input=b"".join(sent),
        capture_output=True,
        timeout=WAIT_S,
        check=False,
    )
    assert finished.returncode == 0


def test_garbage_between_messages_costs_no_request_its_one_answer() -> None:
    code, received, errors = talk(
        b"GET / HTTP/1.1\r\n\r\n",
        request("a", "initialize", INITIALIZE),
        b"Content-Length: 9999999999999\r\n\r\n",
        request("b", "test/unknown"),
        frame(b"{garbage"),
        request("c", "textDocument/completion", {"position": 3}),
        b"\0" * 70_000,
        request("d", "shutdown"),
        request("e", "shutdown"),
        notification("exit"),
    )
    answers = by_id(received)
    assert code == 0
    assert {key: len(value) for key, value in answers.items()} == {
        None: 4, "a": 1, "b": 1, "c": 1, "d": 1, "e": 1
    }  # fmt: skip
    assert "Traceback" not in errors


def test_initialize_is_answered_before_anything_heavy_is_imported() -> None:
    _, received, errors = talk(request(1, "initialize", INITIALIZE), options=("-X", "importtime"))
    assert "capabilities" in by_id(received)[1][0]["result"]
    imported = {line.rpartition("|")[2].strip() for line in errors.splitlines()}
    assert "pygls.server" in imported
    assert [name for name in HEAVY if name in imported] == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["--stdio", "--tcp"], ["--tcp", "--host", "0.0.0.0", "--insecure-no-token"], ["--wat"]],
)
def test_unusable_arguments_exit_with_2_and_say_why(arguments: list[str]) -> None:
    finished = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, timeout=WAIT_S, check=False
    )
    assert finished.returncode == 2
    assert b"usage: bioql-lsp" in finished.stderr
    assert finished.stdout == b""


class TcpServer:
    """``--tcp`` in a process of its own."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "--tcp", *options], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.said = json.loads(self.process.stdout.readline())

    def connect(self) -> socket.socket:
        return socket.create_connection((self.said["host"], self.said["port"]), timeout=WAIT_S)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def converse(connection: socket.socket, *sent: bytes) -> list[dict[str, Any]]:
    """Send, then read until the other side closes."""
    connection.sendall(b"".join(sent))
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return messages(received)


def test_tcp_serves_who_knows_the_token_and_ends_with_it() -> None:
    server = TcpServer()
    try:
        assert server.said["host"] == "127.0.0.1"
        assert len(server.said["token"]) >= 32
        idle = server.connect()
        for options in ({}, {"token": "wrong"}):
            params = {**INITIALIZE, "initializationOptions": options}
            refused = converse(server.connect(), request(1, "initialize", params))
            assert "token" in refused[0]["error"]["message"]
            assert len(refused) == 1
        right = {**INITIALIZE, "initializationOptions": {"token": server.said["token"]}}
        served = converse(
            server.connect(),
            request(1, "initialize", right),
            request(2, "shutdown"),
            notification("exit"),
        )
        assert "capabilities" in by_id(served)[1][0]["result"]
        assert server.process.wait(WAIT_S) == 0
        idle.close()
    finally:
        server.close()


def test_tcp_without_a_token_when_that_is_asked_for() -> None:
    server = TcpServer("--insecure-no-token")
    try:
        assert server.said["token"] is None
        with server.connect() as connection:
            connection.sendall(request(1, "initialize", INITIALIZE))
            assert connection.recv(20).startswith(b"Content-Length")
        assert server.process.wait(WAIT_S) == 1
    finally:
        server.close()


@pytest.mark.parametrize("headers", ["POST / HTTP/1.1\r\nHost: a\r\n", "Origin: a\r\n"])
def test_a_message_inside_a_browsers_request_is_never_read(headers: str) -> None:
    server = TcpServer("--insecure-no-token")
    inside = request(1, "initialize", INITIALIZE)
    sent = f"{headers}Content-Length: {len(inside)}\r\n\r\n".encode() + inside
    try:
        (refused,) = converse(server.connect(), sent)
        assert refused["error"]["code"] == -32700
    finally:
        server.close()


def test_a_port_in_use_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        finished = subprocess.run(
            [*COMMAND, "--tcp", "--port", port], capture_output=True, timeout=WAIT_S, check=False
        )
    assert finished.returncode == 1
    assert b"can't listen on 127.0.0.1:" in finished.stderr
    assert b"Traceback" not in finished.stderr
