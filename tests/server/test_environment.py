"""The BioQL that is installed: found, read, and noticed again when it changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bioql_lsp.analysis.api.load import forget
from tests.server.harness import Connection

VERSION = "8.0.0"
TEXT = "from bioql import mine, yours\nprint(mine, yours)\n"


class Environment:
    """A virtual environment with a BioQL whose version is not bundled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        site = folder / "lib" / "python3.11" / "site-packages"
        self._package = site / "bioql"
        self._metadata = site / f"bioql-{VERSION}.dist-info" / "METADATA"
        self._package.mkdir(parents=True)
        self._metadata.parent.mkdir()
        (folder / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")

    def install(self, *functions: str, modified_s: int) -> None:
        source = "".join(f"def {name}():\n    return 1\n\n\n" for name in functions)
        (self._package / "__init__.py").write_text(source, encoding="utf-8")
        text = f"Metadata-Version: 2.1\nName: bioql\nVersion: {VERSION}\n"
        self._metadata.write_text(text, encoding="utf-8")
        os.utime(self._metadata, (modified_s, modified_s))


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield Environment(tmp_path / "venv")
    forget(VERSION)


async def test_another_build_of_the_same_version_is_noticed(
    connection: Connection, environment: Environment
) -> None:
    environment.install("mine", modified_s=1_000)
    settings = {"pythonPath": str(environment.folder)}
    connection.handlers["workspace/configuration"] = lambda params: [settings]
    capabilities = {"workspace": {"configuration": True}}
    await connection.initialize(
        capabilities=capabilities, initializationOptions={"bioql": settings}
    )
    connection.open(TEXT)
    await connection.first(lambda m: about(m) == ["yours"])
    environment.install("mine", "yours", modified_s=2_000)
    changed = {"uri": (environment.folder / "pyvenv.cfg").as_uri(), "type": 2}
    connection.notify("workspace/didChangeWatchedFiles", {"changes": [changed]})
    await connection.first(lambda m: about(m) == [])


def about(message: dict[str, Any]) -> list[str] | None:
    """Which of the two names the published findings are about."""
    if message.get("method") != "textDocument/publishDiagnostics":
        return None
    messages = " ".join(each["message"] for each in message["params"]["diagnostics"])
    return [name for name in ("mine", "yours") if name in messages]
