"""Snippets: offered where a statement begins, and correct as they stand."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.snippets import SNIPPETS, plain_text
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.text import apply_edits
from tests.analysis.completing import HEAD, labels, proposals, replaced, split_cursor

NAMES = [snippet.name for snippet in SNIPPETS]


def taken(text: str, name: str) -> str:
    """The text after a snippet was taken, with its imports, as an editor does it."""
    offered = proposals(text)[name]
    after = replaced(text, offered).replace(offered.new_text, plain_text(offered.new_text))
    module = load_module(split_cursor(text)[0])
    edit = import_edit(module, "\n".join(offered.imports), len(module.text))
    assert edit is not None
    return apply_edits(after, [edit]) if offered.imports else after


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "head",
    [
        "import bioql\n",
        "import os\nfrom bioql import quantum\n",
        "import bioql as bq\nfrom bioql import quantum as q\n",
        '"""Doc."""\n\nimport os\n\nimport bioql.docking\n',
    ],
)
def test_a_snippet_with_its_imports_is_correct_code(head: str, name: str) -> None:
    text = taken(head + f"{name[:4]}|\n", name)
    assert not parse(text).is_broken
    found = [f for f in check(text) if f.severity in {Severity.ERROR, Severity.WARNING}]
    assert found == []


def test_a_snippet_writes_names_as_the_file_imports_them() -> None:
    assert "result = bq.quantum(" in taken("import os\nimport bioql as bq\nquan|", "quantum_run")
    assert "result = q(" in taken("from bioql import quantum as q\nquan|", "quantum_run")


@pytest.mark.parametrize("typed", ["bi", "bioql", "quantum", "run"])
def test_a_snippet_is_found_by_its_words_and_by_the_package(typed: str) -> None:
    offered = proposals(HEAD + f"{typed}|")
    assert "quantum_run" in offered
    assert typed in offered["quantum_run"].filter_text


def test_a_snippet_is_offered_in_an_indented_block() -> None:
    assert "quantum_run" in labels(HEAD + "def f():\n    quantum|\n")


@pytest.mark.parametrize(
    "text",
    ["quantum|", "import os\nquantum|", HEAD + "x = quantum|", HEAD + "f(quantum|", HEAD + "q|"],
)
def test_no_snippet_is_offered_elsewhere(text: str) -> None:
    assert not set(NAMES) & set(labels(text))


def test_no_snippet_is_offered_where_its_names_mean_something_else() -> None:
    assert "quantum_run" not in labels(HEAD + "os = 1\nquantum|")


@pytest.mark.parametrize(
    ("body", "plain"),
    [("f(${1:a}, ${2:b c})$0", "f(a, b c)"), ("f(x)", "f(x)"), ("${1:}", "")],
)
def test_the_plain_text_has_every_place_filled_in(body: str, plain: str) -> None:
    assert plain_text(body) == plain
