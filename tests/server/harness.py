"""A client in the same process as the server: messages go through the real protocol and framing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bioql_lsp.server.app import BioqlServer
from bioql_lsp.server.framing import Framer

CAPABILITIES = Path(__file__).resolve().parent.parent / "data" / "capabilities"
EDITORS = {
    "vscode": "vscode-1.100.3-lc10.1.2",
    "neovim": "neovim-0.12.4",
    "helix": "helix-25.07.1",
    "emacs": "emacs-30.2-eglot",
}
WAIT_S = 30.0
URI = "file:///workspace/a.py"


def initialize_params(editor: str) -> dict[str, Any]:
    """What a real editor sent at initialize."""
    path = CAPABILITIES / f"{EDITORS[editor]}.json"
    params: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return params


def frame(message: Any) -> bytes:
    """A message as bytes on the wire; bytes are framed as they are."""
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Connection:
    """One client of one server."""

    def __init__(self, token: str | None = None) -> None:
        self.server = BioqlServer(token)
        self.server.protocol.set_writer(self)  # type: ignore[arg-type]
        self.received: list[dict[str, Any]] = []
        self.handlers: dict[str, Callable[[Any], Any]] = {
            "workspace/configuration": lambda params: [None for _ in params["items"]],
            "workspace/applyEdit": lambda _params: {"applied": True},
        }
        self._framer = Framer()
        self._arrived = asyncio.Event()
        self._last_id = 0

    def write(self, data: bytes) -> None:
        for body in self._framer.feed(data):
            assert isinstance(body, bytes)
            message = json.loads(body)
            self.received.append(message)
            self._arrived.set()
            if "method" in message and "id" in message:
                asyncio.get_running_loop().call_soon(self._respond, message)

    def close(self) -> None:
        pass

    def raw(self, message: Any) -> None:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.server.protocol.receive(body)

    def notify(self, method: str, params: Any) -> None:
        self.raw({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, method: str, params: Any = None) -> int:
        self._last_id += 1
        self.raw({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        return self._last_id

    async def request(self, method: str, params: Any = None) -> Any:
        answer = await self.answer(self.send(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    async def error(self, method: str, params: Any = None) -> dict[str, Any]:
        answer = await self.answer(self.send(method, params))
        error: dict[str, Any] = answer["error"]
        return error

    async def answer(self, request_id: Any) -> dict[str, Any]:
        def is_answer(message: dict[str, Any]) -> bool:
            return "method" not in message and message["id"] == request_id

        return await self.first(is_answer)

    def answers(self, request_id: Any) -> list[dict[str, Any]]:
        return [m for m in self.received if "method" not in m and m["id"] == request_id]

    async def notification(self, method: str, nth: int = 0) -> Any:
        def matches() -> list[dict[str, Any]]:
            return [m for m in self.received if m.get("method") == method]

        await self._until(lambda: len(matches()) > nth)
        return matches()[nth]["params"]

    async def first(self, predicate: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        await self._until(lambda: any(map(predicate, self.received)))
        return next(filter(predicate, self.received))

    async def initialize(self, editor: str | None = None, **changes: Any) -> Any:
        params = initialize_params(editor) if editor else {"processId": None, "capabilities": {}}
        result = await self.request("initialize", {**params, **changes})
        self.notify("initialized", {})
        return result

    def open(self, text: str, version: int = 1, uri: str = URI) -> None:
        item = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, version: int, *changes: dict[str, Any], uri: str = URI) -> None:
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    async def diagnostics(self, nth: int = 0) -> Any:
        return await self.notification("textDocument/publishDiagnostics", nth)

    async def aclose(self) -> None:
        await self.server.aclose()

    def _respond(self, request: dict[str, Any]) -> None:
        handler = self.handlers.get(request["method"], lambda _params: None)
        result = handler(request.get("params"))
        self.raw({"jsonrpc": "2.0", "id": request["id"], "result": result})

    async def _until(self, is_reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not is_reached():
                self._arrived.clear()
                await self._arrived.wait()


def range_of(line: int, start: int, end: int, end_line: int | None = None) -> dict[str, Any]:
    """A range in one line, or from one to another."""
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line if end_line is None else end_line, "character": end},
    }
