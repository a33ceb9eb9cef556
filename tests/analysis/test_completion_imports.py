"""Completion in import statements."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.api.load import BUNDLED, load
from bioql_lsp.analysis.api.symbols import Status
from bioql_lsp.analysis.options import Options
from tests.analysis.completing import labels, offer, proposals, replaced


@pytest.mark.parametrize(
    "text",
    [
        "from bioql import |",
        "from bioql import |\nfrom os import path\nprint(path)\n",
        "from bioql import (\n    |\n)\n",
        "from bioql import (  # what we need\n    |\nx = 1\n",
        "try:\n    from bioql import |\nexcept ImportError:\n    pass\n",
        "x = 1; from bioql import |",
        "from bioql import \\\n    |",
        "'''Doc.'''\r\nfrom bioql import |\r\nx = '😀'\r\n",
    ],
)
def test_names_of_the_package_are_offered_the_main_function_first(text: str) -> None:
    offered = labels(text)
    assert offered[0] == "quantum"
    assert {"predict_adme_local", "QuantumResult", "compiler"} <= set(offered)


@pytest.mark.parametrize("name", ["search_chembl", "compile_bioql", "quick_benchmark", "batcher"])
def test_what_is_none_or_broken_is_not_offered(name: str) -> None:
    assert name not in labels("from bioql import |")


def test_placeholders_are_marked_and_come_last() -> None:
    offered = list(proposals("from bioql import |").values())
    marked = [each.is_discouraged for each in offered]
    assert any(marked)
    assert not any(marked[: marked.index(True)])
    unmarked_after = [each for each in offered[marked.index(True) :] if not each.is_discouraged]
    assert all(each.detail.startswith("needs ") for each in unmarked_after)
    by_label = {each.label: each for each in offered}
    assert by_label["call_variants"].is_discouraged
    assert by_label["call_variants"].detail.startswith("placeholder, ")


def test_what_needs_another_package_moves_up_when_that_is_installed() -> None:
    def rank(options: Options) -> int:
        found = [each.label for each in offer("from bioql import |", options).proposals]
        return found.index("QECVisualizer")

    assert rank(Options(distributions=frozenset({"plotly"}))) < rank(Options())


@pytest.mark.parametrize("version", BUNDLED)
def test_everything_offered_exists_and_can_be_used_in_that_version(version: str) -> None:
    index = load(version)
    found = offer("from bioql import |", Options(version)).proposals
    assert found
    for each in found:
        symbol = index.lookup(f"bioql.{each.label}")
        assert symbol is not None
        assert symbol.status not in {Status.BROKEN, Status.NONE}


def test_names_that_a_version_lacks_are_not_offered() -> None:
    found = {each.label for each in offer("from bioql import |", Options("1.0.0")).proposals}
    assert "quantum" in found
    assert "predict_adme_local" not in found


@pytest.mark.parametrize(
    "text",
    [
        "from bioql import quantum, |",
        "from bioql import quantum as q, |",
        "from bioql import |, quantum",
        "from bioql import (\n    quantum,\n    |\n)",
        "from bioql import (\n    |\n    quantum,\n)",
    ],
)
def test_names_that_the_statement_has_already_are_left_out(text: str) -> None:
    offered = labels(text)
    assert "quantum" not in offered
    assert "QuantumResult" in offered


@pytest.mark.parametrize(
    "text", ["from bioql import quantum |", "from bioql import quantum as |", "from bioql |"]
)
def test_nothing_is_offered_where_no_name_can_stand(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("from bioql import qua|", "from bioql import quantum"),
        ("from bioql import qua|nt", "from bioql import quantumnt"),
    ],
)
def test_the_letters_before_the_cursor_are_replaced(text: str, after: str) -> None:
    assert replaced(text, proposals(text)["quantum"]) == after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import bioql.|", "compiler"),
        ("import os, bioql.|", "compiler"),
        ("import bioql.compiler as c, bioql.|", "profiler"),
        ("from bioql.|", "compiler"),
        ("from bioql.comp|\nimport os\n", "compiler"),
        ("from bioql.circuits.|", "algorithms"),
        ("import bio|", "bioql"),
        ("from bioql|", "bioql"),
    ],
)
def test_modules_are_offered_where_one_is_named(text: str, expected: str) -> None:
    assert expected in labels(text)
    assert "batcher" not in labels(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from bioql.compiler import |", "parse_english_to_circuit"),
        ("from bioql.docking import d|", "dock"),
        ("from bioql.similarity_search import |", "search_chembl"),
    ],
)
def test_names_of_a_module_are_offered(text: str, expected: str) -> None:
    assert expected in labels(text)


def test_names_that_a_module_only_uses_are_not_offered() -> None:
    assert not {"Any", "Path", "dataclass"} & set(labels("from bioql.profiler import |"))


@pytest.mark.parametrize(
    "text",
    [
        "import |",
        "from |",
        "from os import |",
        "import bi|",
        "from biology import |",
        "# from bioql import |",
        "'''\nfrom bioql import |\n'''",
        "x = 'from bioql import |'",
    ],
)
def test_imports_of_others_comments_and_strings_are_left_alone(text: str) -> None:
    assert labels(text) == []
