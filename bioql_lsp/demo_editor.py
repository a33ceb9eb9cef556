"""The editor's side of ``bioql-lsp demo``: open documents, and edits that the server asks for."""

from __future__ import annotations

import sys
from typing import Any

from bioql_lsp.jsonrpc import JsonRpcProcess
from bioql_lsp.text import Document, Edit, Position, Span, apply_edits

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "inlineCompletion": {},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}


class DemoError(Exception):
    """A step of the demo failed; the text says which and what to look at."""


class DemoEditor:
    """A server in a child process and the documents that are open in it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.server = JsonRpcProcess(
            [sys.executable, "-P", "-m", "bioql_lsp.cli", "--stdio"],
            environment,
            {"workspace/applyEdit": self._apply_edit, "workspace/configuration": _no_settings},
        )

    def open(self, uri: str, text: str) -> None:
        """Open a document."""
        self.texts[uri], self.versions[uri] = text, 1
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.server.notify("textDocument/didOpen", {"textDocument": document})

    def apply(self, workspace_edit: dict[str, Any]) -> None:
        """Apply a workspace edit, but only to the versions that it was computed for."""
        for change in workspace_edit["documentChanges"]:
            target = change["textDocument"]
            uri = target["uri"]
            if target["version"] not in (None, self.versions[uri]):
                raise DemoError(f"an edit for version {target['version']} of {uri} came too late")
            document = Document(self.texts[uri])
            edits = [Edit(_span(document, e["range"]), e["newText"]) for e in change["edits"]]
            self.texts[uri] = apply_edits(document.text, edits)
            self.versions[uri] += 1
            self.server.notify(
                "textDocument/didChange",
                {
                    "textDocument": {"uri": uri, "version": self.versions[uri]},
                    "contentChanges": [{"text": self.texts[uri]}],
                },
            )

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """The diagnostics of the newest version of a document."""
        while True:
            published = self.server.notification("textDocument/publishDiagnostics")
            if (published["uri"], published["version"]) == (uri, self.versions[uri]):
                return list(published["diagnostics"])

    def _apply_edit(self, params: dict[str, Any]) -> dict[str, Any]:
        self.apply(params["edit"])
        return {"applied": True}


def _no_settings(params: dict[str, Any]) -> list[None]:
    return [None] * len(params["items"])


def _span(document: Document, lsp_range: dict[str, Any]) -> Span:
    start, end = (
        document.offset(Position(lsp_range[side]["line"], lsp_range[side]["character"]))
        for side in ("start", "end")
    )
    return Span(start, end)
