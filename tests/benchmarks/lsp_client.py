"""A language client that notes when each message was sent and when its last byte came.

It answers what servers ask of an editor (settings, registrations, progress), so that one client
can drive any of them in the same way.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from bioql_lsp.jsonrpc import read_message

WAIT_S = 180.0
BYTES_PER_KIB = 1024

Message = dict[str, Any]


@dataclass(frozen=True)
class Arrival:
    """A message from the server and when it was complete, in seconds of ``perf_counter``."""

    message: Message
    arrived_at: float


@dataclass(frozen=True)
class Memory:
    """Bytes of a process and its descendants: now, and the sum of each one's own peak."""

    resident_bytes: int
    peak_bytes: int


class _StampedStream:
    """A binary stream that remembers when it last gave something."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.read_at = 0.0

    def readline(self) -> bytes:
        line = self._stream.readline()
        self.read_at = time.perf_counter()
        return line

    def read(self, length: int) -> bytes:
        data = self._stream.read(length)
        self.read_at = time.perf_counter()
        return data


class LspClient:
    """One server in a child process; ``settings`` answer ``workspace/configuration``."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        settings: Mapping[str, Any],
        folder: Path,
    ) -> None:
        self._settings = settings
        self._answers: dict[int, Arrival] = {}
        self._diagnostics: dict[tuple[str, int], Arrival] = {}
        self._arrived = threading.Condition()
        self._writing = threading.Lock()
        self._is_gone = False
        self._last_id = 0
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=folder,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def request(self, method: str, params: Any = None) -> Arrival:
        """Send a request and wait for its answer, an error too. Raises TimeoutError."""
        return self.answer(self.send(method, params))

    def send(self, method: str, params: Any = None) -> int:
        """Send a request without waiting; gives its id."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    def answer(self, identifier: int) -> Arrival:
        """Wait for the answer to a request that was sent. Raises TimeoutError."""
        return self._wait(lambda: self._answers.pop(identifier, None))

    def notify(self, method: str, params: Any) -> float:
        """Send a notification; gives when it was sent."""
        return self._send({"method": method, "params": params})

    def diagnostics(self, uri: str, version: int) -> Arrival:
        """Wait for the first diagnostics of one version of a document. Raises TimeoutError.

        Those of earlier versions are forgotten.
        """
        arrival = self._wait(lambda: self._diagnostics.get((uri, version)))
        with self._arrived:
            kept = {key: value for key, value in self._diagnostics.items() if key[1] >= version}
            self._diagnostics = kept
        return arrival

    def memory(self) -> Memory:
        """The memory of the server's whole process tree."""
        readings = [_memory_of(pid) for pid in _tree(self._process.pid)]
        return Memory(sum(r.resident_bytes for r in readings), sum(r.peak_bytes for r in readings))

    def close(self) -> None:
        """End the server and what it started; some need seconds to say goodbye."""
        for pid in reversed(_tree(self._process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _wait(self, probe: Callable[[], Arrival | None]) -> Arrival:
        deadline = time.monotonic() + WAIT_S
        with self._arrived:
            while (arrival := probe()) is None:
                if self._is_gone or not self._arrived.wait(deadline - time.monotonic()):
                    raise TimeoutError("the server ended or did not answer in time")
        return arrival

    def _send(self, message: Message) -> float:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = self._process.stdin
        assert stdin is not None
        with self._writing:
            sent_at = time.perf_counter()
            stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            stdin.flush()
        return sent_at

    def _read(self) -> None:
        stream = _StampedStream(cast(IO[bytes], self._process.stdout))
        while (message := read_message(cast(IO[bytes], stream))) is not None:
            self._keep(Arrival(message, stream.read_at))
            if "method" in message and "id" in message:
                self._respond(message)
        with self._arrived:
            self._is_gone = True
            self._arrived.notify_all()

    def _keep(self, arrival: Arrival) -> None:
        """Keep answers, and the first diagnostics of each version; the rest is not looked at."""
        message = arrival.message
        with self._arrived:
            if "method" not in message:
                self._answers[message["id"]] = arrival
            elif message["method"] == "textDocument/publishDiagnostics":
                params = message["params"]
                self._diagnostics.setdefault((params["uri"], params.get("version") or 0), arrival)
            self._arrived.notify_all()

    def _respond(self, request: Message) -> None:
        result = None
        if request["method"] == "workspace/configuration":
            items = request["params"]["items"]
            result = [section(self._settings, item.get("section", "")) for item in items]
        # A server that is being ended may still ask.
        with contextlib.suppress(BrokenPipeError):
            self._send({"id": request["id"], "result": result})


def section(settings: Mapping[str, Any], dotted: str) -> Any:
    """The part of nested settings that a dotted section names; None where there is none."""
    value: Any = settings
    for name in dotted.split(".") if dotted else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, children.read_text().split())
    return found


def _memory_of(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = dict(line.split(":", 1) for line in lines)
    resident, peak = (int(values[name].split()[0]) * BYTES_PER_KIB for name in ("VmRSS", "VmHWM"))
    return Memory(resident, peak)
