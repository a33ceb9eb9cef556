"""One editor session with one server: open a file, complete, type, read the memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.files import Place, Site
from tests.benchmarks.lsp_client import Arrival, LspClient
from tests.benchmarks.peers import Server, environment
from tests.server.harness import initialize_params

EDITOR = "vscode"


class Session:
    """A server that has answered ``initialize``, and at most one document open in it."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._uri = (folder / "program.py").as_uri()
        self._version = 0
        self.client = LspClient(server.command, environment(), server.settings, folder)
        answer = self.client.request("initialize", self._parameters())
        if "error" in answer.message:
            raise RuntimeError(f"{server.name} refused initialize: {answer.message['error']}")
        self.initialize_s = answer.arrived_at - self.client.started_at

    def open(self, text: str) -> tuple[float, int]:
        """Open a file; seconds to its first diagnostics and how many there are."""
        (self._folder / "program.py").write_text(text, encoding="utf-8")
        self._version = 1
        self.client.notify("initialized", {})
        item = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        sent_at = self.client.notify("textDocument/didOpen", {"textDocument": item})
        arrival = self.client.diagnostics(self._uri, 1)
        return arrival.arrived_at - sent_at, len(arrival.message["params"]["diagnostics"])

    @contextmanager
    def line(self, place: Place) -> Iterator[None]:
        """Have a blank line filled for completions at a place."""
        filling = place.before + place.after
        self._change(place.line, 0, 0, filling)
        self._settle()
        yield
        self._change(place.line, 0, len(filling), "")
        self._settle()

    def complete(self, place: Place) -> tuple[float, list[str]]:
        """Type a place's character, complete, take it back: seconds from the key, and labels."""
        column = len(place.before)
        sent_at = self._change(place.line, column, column, place.typed)
        cursor = {"line": place.line, "character": column + 1}
        parameters = {
            "textDocument": {"uri": self._uri},
            "position": cursor,
            "context": {"triggerKind": 1},
        }
        answer = self.client.request("textDocument/completion", parameters)
        self._change(place.line, column, column + len(place.typed), "")
        self._settle()
        return answer.arrived_at - sent_at, _labels(answer)

    def press(self, site: Site) -> float:
        """Type one character; seconds from the key to the diagnostics of that version."""
        sent_at = self._change(site.line, site.character, site.character, site.typed)
        return self.client.diagnostics(self._uri, self._version).arrived_at - sent_at

    def close(self) -> None:
        """End the server."""
        self.client.close()

    def _change(self, line: int, start: int, end: int, text: str) -> float:
        self._version += 1
        ends = ({"line": line, "character": start}, {"line": line, "character": end})
        change = {"range": {"start": ends[0], "end": ends[1]}, "text": text}
        document = {"uri": self._uri, "version": self._version}
        parameters = {"textDocument": document, "contentChanges": [change]}
        return self.client.notify("textDocument/didChange", parameters)

    def _settle(self) -> None:
        """Wait until the changes so far are behind the server.

        An unknown request is answered after the messages before it. What lints at once is waited
        for as well; what lints after a pause is put off by the next change, as while one types.
        """
        self.client.request("benchmark/barrier", {})
        if not self._server.is_debounced:
            self.client.diagnostics(self._uri, self._version)

    def _parameters(self) -> dict[str, Any]:
        """What a real editor sends, but without pull diagnostics: everyone pushes."""
        parameters = initialize_params(EDITOR)
        capabilities = parameters["capabilities"]
        capabilities["textDocument"].pop("diagnostic", None)
        capabilities["workspace"].pop("diagnostics", None)
        folder = {"uri": self._folder.as_uri(), "name": self._folder.name}
        return {
            **parameters,
            "processId": None,
            "rootPath": str(self._folder),
            "rootUri": folder["uri"],
            "workspaceFolders": [folder],
            "initializationOptions": dict(self._server.options),
        }


@contextmanager
def session(server: Server) -> Iterator[Session]:
    """A session in an empty workspace."""
    with tempfile.TemporaryDirectory(prefix="workspace-") as folder:
        opened = Session(server, Path(folder))
        try:
            yield opened
        finally:
            opened.close()


def _labels(answer: Arrival) -> list[str]:
    if "error" in answer.message:
        raise RuntimeError(f"completion failed: {answer.message['error']}")
    result = answer.message["result"]
    items = result["items"] if isinstance(result, dict) else result or []
    return [item["label"] for item in items]
