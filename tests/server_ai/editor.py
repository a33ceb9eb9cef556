"""An editor that runs the real server process and remembers every message of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bioql_lsp.text import Document, Edit, Position, Span, apply_edits

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT_S = 60.0
URI = "file:///workspace/program.py"

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-32"]},
    "window": {"workDoneProgress": True},
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "inlineCompletion": {},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}


class Editor:
    """One editor window: documents, what the server said, edits applied by version."""

    def __init__(self, folder: Path, settings: dict[str, Any] | None = None) -> None:
        self.folder = folder
        self.settings = settings or {}
        self.received: list[dict[str, Any]] = []
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.before_apply: Callable[[], None] = lambda: None
        self._arrived = asyncio.Event()
        self._last_id = 0
        self._reader: asyncio.Task[None] | None = None
        self.process: asyncio.subprocess.Process

    async def start(
        self, environment: dict[str, str] | None = None, capabilities: Any = None
    ) -> None:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("BIOQL_")}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.server_ai.serve",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=(self.folder / f"server-{id(self)}.log").open("wb"),
            cwd=ROOT,
            env={
                **inherited,
                "BIOQL_RUNTIME_DIR": str(self.folder / "run"),
                "BIOQL_DATA_DIR": str(self.folder / "data"),
                **(environment or {}),
            },
            limit=2**24,
        )
        self._reader = asyncio.create_task(self._read())
        await self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": CAPABILITIES if capabilities is None else capabilities,
                "initializationOptions": {"bioql": self.settings},
            },
        )
        self.notify("initialized", {})

    async def stop(self) -> None:
        with contextlib.suppress(ConnectionError):
            await self.request("shutdown")
            self.notify("exit", None)
        async with asyncio.timeout(WAIT_S):
            await self.process.wait()
        if self._reader is not None:
            await self._reader

    @property
    def log(self) -> str:
        return (self.folder / f"server-{id(self)}.log").read_text()

    def open(self, text: str, uri: str = URI) -> None:
        self.texts[uri], self.versions[uri] = text, 1
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, text: str, uri: str = URI) -> None:
        self.texts[uri] = text
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        changes = [{"text": text}]
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def place(self, offset: int | None = None, uri: str = URI) -> dict[str, Any]:
        text = self.texts[uri]
        at = Document(text).position(len(text) if offset is None else offset)
        return {"line": at.line, "character": at.character}

    def inline(self, offset: int | None = None, is_explicit: bool = True) -> int:
        return self.send(
            "textDocument/inlineCompletion",
            {
                "textDocument": {"uri": URI},
                "position": self.place(offset),
                "context": {"triggerKind": 1 if is_explicit else 2},
            },
        )

    async def suggestion(self, offset: int | None = None, is_explicit: bool = True) -> str:
        return suggested(await self.answer(self.inline(offset, is_explicit)))

    def generate(self, instruction: str, offset: int | None = None) -> int:
        argument = {"uri": URI, "position": self.place(offset), "instruction": instruction}
        return self.command("bioql.generate", argument)

    def command(self, name: str, *arguments: Any) -> int:
        return self.send(
            "workspace/executeCommand", {"command": name, "arguments": list(arguments)}
        )

    async def result(self, request_id: int) -> Any:
        answer = await self.answer(request_id)
        assert "error" not in answer, answer
        return answer["result"]

    async def diagnostics(self, version: int, uri: str = URI) -> list[dict[str, Any]]:
        def is_it(message: dict[str, Any]) -> bool:
            params = message.get("params") or {}
            return message.get("method") == "textDocument/publishDiagnostics" and (
                params["uri"],
                params.get("version"),
            ) == (uri, version)

        return list((await self.first(is_it))["params"]["diagnostics"])

    def said(self, method: str) -> list[Any]:
        return [m["params"] for m in self.received if m.get("method") == method]

    @property
    def messages(self) -> list[str]:
        return [params["message"] for params in self.said("window/showMessage")]

    @property
    def states(self) -> list[str]:
        return [params["state"] for params in self.said("bioql/status")]

    @property
    def usages(self) -> list[dict[str, Any]]:
        return self.said("bioql/usage")

    async def status(self, message: str) -> None:
        """Wait until the last status has this message."""

        def is_it() -> bool:
            told = self.said("bioql/status")
            return bool(told) and told[-1]["message"] == message

        await self.until(is_it)

    async def configure(self, settings: dict[str, Any]) -> None:
        """Change the settings, until the server works by them: then it shows findings again."""
        shown = len(self.said("textDocument/publishDiagnostics"))
        self.settings = settings
        self.notify("workspace/didChangeConfiguration", {"settings": {"bioql": settings}})
        await self.notified("textDocument/publishDiagnostics", shown + 1)

    async def notified(self, method: str, count: int = 1) -> Any:
        await self.until(lambda: len(self.said(method)) >= count)
        return self.said(method)[count - 1]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def send(self, method: str, params: Any = None) -> int:
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    async def request(self, method: str, params: Any = None) -> Any:
        return await self.result(self.send(method, params))

    async def answer(self, request_id: int) -> dict[str, Any]:
        return await self.first(lambda m: "method" not in m and m.get("id") == request_id)

    def answer_count(self, request_id: int) -> int:
        return sum("method" not in m and m.get("id") == request_id for m in self.received)

    async def first(self, predicate: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        await self.until(lambda: any(map(predicate, self.received)))
        return next(filter(predicate, self.received))

    async def until(self, is_reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not is_reached():
                if self._reader is not None and self._reader.done():
                    raise ConnectionError("the server has ended")
                self._arrived.clear()
                await self._arrived.wait()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def _read(self) -> None:
        stdout = self.process.stdout
        assert stdout is not None
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                header = await stdout.readuntil(b"\r\n\r\n")
                length = int(header.partition(b":")[2].split()[0])
                message = json.loads(await stdout.readexactly(length))
                self.received.append(message)
                if "method" in message and "id" in message:
                    self._respond(message)
                self._arrived.set()
        self._arrived.set()

    def _respond(self, request: dict[str, Any]) -> None:
        result: Any = None
        if request["method"] == "workspace/applyEdit":
            self.before_apply()
            result = {"applied": self._apply(request["params"]["edit"])}
        elif request["method"] == "workspace/configuration":
            result = [self.settings for _ in request["params"]["items"]]
        self._send({"id": request["id"], "result": result})

    def _apply(self, workspace_edit: dict[str, Any]) -> bool:
        """Apply an edit if all of it is for the versions that are open here."""
        changes = workspace_edit["documentChanges"]
        for change in changes:
            target = change["textDocument"]
            if target["version"] != self.versions[target["uri"]]:
                return False
        for change in changes:
            uri = change["textDocument"]["uri"]
            document = Document(self.texts[uri])
            edits = [Edit(span_of(document, e["range"]), e["newText"]) for e in change["edits"]]
            self.change(apply_edits(document.text, edits), uri)
        return True


def span_of(document: Document, lsp_range: dict[str, Any]) -> Span:
    start, end = (
        document.offset(Position(lsp_range[side]["line"], lsp_range[side]["character"]))
        for side in ("start", "end")
    )
    return Span(start, end)


def suggested(answer: dict[str, Any]) -> str:
    """The text of an inline completion's first item, empty without one."""
    items = answer["result"]["items"]
    return items[0]["insertText"] if items else ""


async def message_of_two_requests(editor: Editor) -> str:
    """The one message that the user saw of two requests while typing that came to nothing."""
    before, usages = len(editor.messages), len(editor.usages)
    for _ in range(2):
        editor.change(editor.texts[URI] + "\n")
        assert await editor.suggestion(is_explicit=False) == ""
        await editor.diagnostics(editor.versions[URI])
    (message,) = editor.messages[before:]
    assert len(editor.usages) == usages
    return message
