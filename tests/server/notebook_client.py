"""What an editor sends about a notebook."""

from __future__ import annotations

from typing import Any

from tests.server.harness import Connection

NOTEBOOK = "file:///workspace/a.ipynb"
CODE, MARKUP = 2, 1


def cell_uri(name: str) -> str:
    return f"vscode-notebook-cell:/workspace/a.ipynb#{name}"


def cell(name: str, kind: int = CODE) -> dict[str, Any]:
    return {"kind": kind, "document": cell_uri(name)}


def item(name: str, text: str, language: str = "python", version: int = 1) -> dict[str, Any]:
    return {"uri": cell_uri(name), "languageId": language, "version": version, "text": text}


class NotebookClient:
    """One notebook of a connection; its cells are named by short words."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._version = 1

    def open(self, **cells: str) -> None:
        notebook = {"uri": NOTEBOOK, "notebookType": "jupyter-notebook", "version": 1}
        params = {
            "notebookDocument": {**notebook, "cells": [cell(name) for name in cells]},
            "cellTextDocuments": [item(name, text) for name, text in cells.items()],
        }
        self.connection.notify("notebookDocument/didOpen", params)

    def change(self, **cells: Any) -> None:
        self._version += 1
        params = {
            "notebookDocument": {"uri": NOTEBOOK, "version": self._version},
            "change": {"cells": cells} if cells else {"metadata": {"kernelspec": {}}},
        }
        self.connection.notify("notebookDocument/didChange", params)

    def type(self, name: str, version: int, *changes: dict[str, Any]) -> None:
        document = {"uri": cell_uri(name), "version": version}
        self.change(textContent=[{"document": document, "changes": list(changes)}])

    def close(self, *names: str) -> None:
        cells = [{"uri": cell_uri(name)} for name in names]
        params = {"notebookDocument": {"uri": NOTEBOOK}, "cellTextDocuments": cells}
        self.connection.notify("notebookDocument/didClose", params)

    async def published(self, name: str, version: int) -> list[str]:
        """The codes of the newest findings that were published for a version of a cell."""

        def is_it(message: dict[str, Any]) -> bool:
            params = message.get("params") or {}
            return (params.get("uri"), params.get("version")) == (cell_uri(name), version)

        await self.connection.first(is_it)
        newest = [message for message in self.connection.received if is_it(message)][-1]
        return [each["code"] for each in newest["params"]["diagnostics"]]

    async def request(self, method: str, name: str, **params: Any) -> Any:
        document = {"textDocument": {"uri": cell_uri(name)}}
        return await self.connection.request(method, document | params)
