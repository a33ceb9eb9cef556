"""A small JSON-RPC client over a subprocess's stdin and stdout, as an editor has one.

It exists for ``bioql-lsp demo``, which must talk to the server from outside; the server itself
speaks through pygls.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

REQUEST_TIMEOUT_S = 120.0


class RemoteError(Exception):
    """The server answered a request with an error; the text is its message."""


class ServerGoneError(Exception):
    """The server ended, or did not answer in time."""


def read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one framed message; None where the stream ends."""
    length = 0
    while line := stream.readline():
        if line == b"\r\n":
            body = stream.read(length)
            return json.loads(body) if len(body) == length else None
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return None


class JsonRpcProcess:
    """A language server in a child process.

    ``handlers`` answer the server's own requests by method; what has no handler is answered with
    null. Notifications wait, by method, until :meth:`notification` asks for them.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        handlers: Mapping[str, Callable[[Any], Any]],
    ) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
        )
        self._handlers = handlers
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._notifications: dict[str, queue.Queue[Any]] = {}
        self._lock = threading.Lock()
        self._next_id = 1
        self._is_gone = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def request(self, method: str, params: Any = None) -> Any:
        """Send a request and wait for its result. Raises RemoteError and ServerGoneError."""
        with self._lock:
            identifier, self._next_id = self._next_id, self._next_id + 1
            answer = self._answers[identifier] = queue.Queue()
        self._send({"id": identifier, "method": method, "params": params})
        message = self._wait(answer, method)
        if "error" in message:
            raise RemoteError(message["error"]["message"])
        return message["result"]

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def notification(self, method: str) -> Any:
        """The params of the next notification of a method, waiting for it if need be."""
        return self._wait(self._notification_queue(method), method)

    def waiting_notifications(self, method: str) -> list[Any]:
        """The params of the notifications of a method that have come and were not taken."""
        waiting = self._notification_queue(method)
        return [waiting.get_nowait() for _ in range(waiting.qsize())]

    def close(self) -> int:
        """Shut the server down as the protocol says and give its exit status."""
        try:
            self.request("shutdown")
            self.notify("exit", None)
            return self._process.wait(timeout=10)
        except (ServerGoneError, RemoteError, subprocess.TimeoutExpired):
            self._process.kill()
            return self._process.wait()

    def _notification_queue(self, method: str) -> queue.Queue[Any]:
        with self._lock:
            waiting = self._notifications.setdefault(method, queue.Queue())
            if self._is_gone:
                waiting.put(_GONE)
            return waiting

    def _wait(self, waiting: queue.Queue[Any], what: str) -> Any:
        try:
            message = waiting.get(timeout=REQUEST_TIMEOUT_S)
        except queue.Empty:
            raise ServerGoneError(f"no answer to {what} in {REQUEST_TIMEOUT_S:.0f} s") from None
        if message is _GONE:
            waiting.put(_GONE)
            raise ServerGoneError(f"the server ended before it answered {what}")
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = self._process.stdin
        assert stdin is not None
        try:
            with self._lock:
                stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                stdin.flush()
        except OSError as error:
            raise ServerGoneError("the server does not read any more") from error

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        while (message := read_message(stdout)) is not None:
            self._dispatch(message)
        with self._lock:
            self._is_gone = True
            everyone = [*self._answers.values(), *self._notifications.values()]
        for waiting in everyone:
            waiting.put(_GONE)

    def _dispatch(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self._answers[message["id"]].put(message)
        elif "id" in message:
            handler = self._handlers.get(message["method"])
            result = handler(message.get("params")) if handler else None
            self._send({"id": message["id"], "result": result})
        else:
            self._notification_queue(message["method"]).put(message.get("params"))


_GONE: dict[str, Any] = {}
