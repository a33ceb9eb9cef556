"""Hover: in the client's positions, in the format that it shows, with the user's docstrings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bioql_lsp.server.documentation import as_plain
from tests.server.harness import EDITORS, URI, Connection
from tests.server.places import place_of, written

TEXT = (
    "from bioql import quantum, quick_benchmark\r\n"
    'x = "😀é"; r = quantum("Create a Bell state", key, backend="ibm_torino", shots=100)\r\n'
    "import os\r\n"
)


async def over(connection: Connection, encoding: str, part: str, text: str = TEXT) -> Any:
    position = place_of(text, part, encoding, into=1)
    params = {"textDocument": {"uri": URI}, "position": position}
    return await connection.request("textDocument/hover", params)


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize(
    ("part", "about", "words"),
    [
        ("quick_benchmark", "quick_benchmark", "Broken in 7.0.1:"),
        ("quantum(", "quantum", "shots: int = 1024"),
        ("backend", "backend", "133 qubits"),
        ("Bell state", "Create a Bell state", "Compiles to 2 qubits"),
        ("100", "100", "300 USD"),
    ],
)
async def test_what_is_under_the_cursor_is_told_in_the_editors_positions(
    connection: Connection, editor: str, part: str, about: str, words: str
) -> None:
    result = await connection.initialize(editor)
    encoding = result["capabilities"].get("positionEncoding", "utf-16")
    connection.open(TEXT)
    answer = await over(connection, encoding, part)
    assert words in answer["contents"]["value"]
    assert written(TEXT, answer["range"], encoding) in (about, part)
    is_plain = editor == "emacs"
    assert answer["contents"]["kind"] == ("plaintext" if is_plain else "markdown")
    assert ("**" in answer["contents"]["value"] or "```" in answer["contents"]["value"]) != is_plain


@pytest.mark.parametrize("part", ["import os", "x = ", "key"])
async def test_plain_python_is_left_to_others(ready: Connection, part: str) -> None:
    ready.open(TEXT)
    assert await over(ready, "utf-16", part) is None


async def test_a_document_that_is_not_open_has_no_hover(ready: Connection) -> None:
    assert await over(ready, "utf-16", "quantum") is None


@pytest.fixture
def python_path(tmp_path: Path) -> Path:
    """An environment with a BioQL whose ``quantum`` is documented."""
    environment = tmp_path / "venv"
    site = environment / "lib" / "python3.11" / "site-packages"
    (site / "bioql").mkdir(parents=True)
    (site / "bioql-7.0.1.dist-info").mkdir()
    (environment / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    metadata = "Metadata-Version: 2.1\nName: bioql\nVersion: 7.0.1\n"
    (site / "bioql-7.0.1.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    (site / "bioql" / "__init__.py").write_text("", encoding="utf-8")
    source = 'def quantum():\n    """Runs ```it``` with **kwargs.\n\n    [x](command:y)\n    """\n'
    (site / "bioql" / "quantum_connector.py").write_text(source, encoding="utf-8")
    return environment


@pytest.mark.parametrize(
    ("editor", "shown"),
    [
        ("vscode", "\n\n````text\nRuns ```it``` with **kwargs.\n\n[x](command:y)\n````"),
        ("emacs", "\n\nRuns ```it``` with **kwargs.\n\n[x](command:y)"),
    ],
)
async def test_the_users_own_docstring_stands_below_as_it_is_written(
    connection: Connection, python_path: Path, editor: str, shown: str
) -> None:
    connection.handlers["workspace/configuration"] = lambda params: [
        {"pythonPath": str(python_path)} for _ in params["items"]
    ]
    options = {"bioql": {"pythonPath": str(python_path)}}
    await connection.initialize(editor, initializationOptions=options)
    connection.open(TEXT)
    while connection.server.session.installed is None:
        await connection.request("textDocument/hover", _start())
    answer = await over(connection, "utf-16", "quantum")
    assert answer["contents"]["value"].endswith(shown)


def _start() -> dict[str, Any]:
    return {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}


async def test_without_an_installation_nothing_is_said_about_documentation(
    ready: Connection,
) -> None:
    ready.open(TEXT)
    answer = await over(ready, "utf-16", "quantum")
    assert "install" not in answer["contents"]["value"].lower()


def test_plain_text_has_no_marks_and_keeps_what_stands_in_blocks() -> None:
    markdown = "```python\nf(**a, `b`)\n```\n\n**Broken:** see `x` and ``y` ``, a\\_b."
    assert as_plain(markdown) == "f(**a, `b`)\n\nBroken: see x and y`, a_b."
