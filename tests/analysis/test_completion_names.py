"""Completion of bare names, with the imports that they need."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.analysis import analyse, analyse_cells
from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.api.symbols import Status
from bioql_lsp.analysis.completion import offer_at
from bioql_lsp.analysis.completion_names import fits
from tests.analysis.completing import HEAD, labels, offer, proposals, replaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q|", "quantum"),
        ("b|", "bq"),
        ("e|", "eq"),
        ("print(qu|)", "quantum"),
        ("def f():\n    return qu|\n", "quantum"),
        ("if not qu|", "quantum"),
        ("x = [qu|", "quantum"),
        ("def f(a, b=qu|", "quantum"),
        ("def f() -> qu|", "quantum"),
        ("class A(qu|", "quantum"),
        ("def f():\n    from bioql import get_logger as log\n    lo|\n", "log"),
        ("from bioql.compiler import *\nparse_e|", "parse_english_to_circuit"),
    ],
)
def test_names_that_are_imported_are_offered(text: str, expected: str) -> None:
    assert expected in labels(HEAD + text)
    assert proposals(HEAD + text)[expected].imports == ()


@pytest.mark.parametrize(
    ("typed", "name", "statement"),
    [
        ("pred", "predict_adme_local", "from bioql import predict_adme_local"),
        ("adme", "predict_adme_local", "from bioql import predict_adme_local"),
        ("parse_e", "parse_english_to_circuit", "from bioql.compiler import {}"),
        ("dock", "dock", "from bioql.docking import dock"),
        ("ParseE", "ParseError", "from bioql.parser import ParseError"),
    ],
)
def test_names_that_are_not_imported_bring_their_import(
    typed: str, name: str, statement: str
) -> None:
    text = HEAD + f"x = {typed}|"
    offered = proposals(text)[name]
    assert offered.imports == (statement.format(name),)
    assert replaced(text, offered).endswith(f"x = {name}")


def test_every_import_that_is_offered_names_something_that_is_there() -> None:
    index = load()
    for typed in ("qua", "dock", "mol", "cir", "opt"):
        for each in offer(HEAD + f"x = {typed}|").proposals:
            for statement in each.imports:
                _, module, _, name = statement.split()
                symbol = index.lookup(f"{module}.{name}")
                assert symbol is not None
                assert symbol.dotted == each.dotted


def test_names_that_are_not_imported_wait_for_the_third_letter() -> None:
    assert offer(HEAD + "x = pr|").is_incomplete
    assert "predict_adme_local" not in labels(HEAD + "x = pr|")
    assert not offer(HEAD + "x = pre|").is_incomplete


@pytest.mark.parametrize("typed", ["quick", "search", "compile", "enhanced", "run_"])
def test_names_that_do_not_work_are_not_offered(typed: str) -> None:
    offered = offer("import bioql\nx = " + typed + "|").proposals
    assert offered
    for each in offered:
        symbol = load().lookup(each.dotted)
        assert symbol is not None
        assert symbol.status not in {Status.BROKEN, Status.NONE}


def test_placeholders_come_after_what_works() -> None:
    offered = proposals(HEAD + "x = analyze|")
    marked = [each.is_discouraged for each in offered.values()]
    assert marked == sorted(marked)
    assert any(marked)


@pytest.mark.parametrize(
    "text",
    [
        "def qua|",
        "class Qua|",
        "import numpy as qua|",
        "for qua|",
        "def f(qua|",
        "def f(a, *qua|",
        "lambda qua|",
        "x.qua|",
        "global qua|",
        "1qua|",
        "# qua|",
        "'qua|'",
        "x qua|",
    ],
)
def test_names_that_are_being_made_and_other_words_are_left_alone(text: str) -> None:
    assert labels(HEAD + text) == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "def f(quantum):\n    qua|",
        HEAD + "quantum = 5\nquantum|",
        HEAD + "import mine.get_info as get_info\nget_i|",
        HEAD + "def f():\n    import mine.dock as dock\n    dock|",
    ],
)
def test_names_that_mean_something_else_here_are_not_offered(text: str) -> None:
    assert not {"quantum", "dock", "get_info"} & set(labels(text))


@pytest.mark.parametrize("text", ["quantum|", "import os\nx = predict_a|", "bioql|"])
def test_files_that_do_not_use_bioql_are_offered_no_names(text: str) -> None:
    assert labels(text) == []


def test_imports_further_down_count_as_well() -> None:
    text = "def f():\n    quan\n\nfrom bioql import quantum\n"
    found = offer_at(analyse(text), text.index("quan") + 4)
    assert [each.imports for each in found.proposals if each.label == "quantum"] == [()]


def test_names_that_another_cell_of_a_notebook_imports_are_offered() -> None:
    cells = analyse_cells(["from bioql import quantum\n", "x = quan"])
    found = offer_at(cells.view(1), 8).proposals
    assert next((each.label, each.imports) for each in found) == ("quantum", ())


@pytest.mark.parametrize(
    ("typed", "name", "is_fitting"),
    [
        ("adme", "predict_adme_local", True),
        ("Res", "QuantumResult", True),
        ("res", "QuantumResult", True),
        ("QUANT", "quantum", True),
        ("dme", "predict_adme_local", False),
        ("esult", "QuantumResult", False),
        ("tum", "quantum", False),
    ],
)
def test_letters_fit_where_they_begin_a_word(typed: str, name: str, is_fitting: bool) -> None:
    assert fits(typed, name) is is_fitting


def test_an_alias_from_another_cell_of_a_notebook_is_offered() -> None:
    cells = analyse_cells(["from bioql import quantum as run_it\n", "x = run"])
    found = {each.label: each for each in offer_at(cells.view(1), 7).proposals}
    assert found["run_it"].dotted == "bioql.quantum_connector.quantum"
    assert found["run_it"].imports == ()


@pytest.mark.parametrize(
    "binding",
    [
        "def dock(x):\n    return x\n",
        "dock = 3\n",
        "class dock: ...\n",
        "from harbour import dock\n",
    ],
)
def test_what_the_file_binds_in_a_part_without_bioql_is_not_imported(binding: str) -> None:
    assert "dock" in labels(HEAD + "doc|")
    assert "dock" not in labels(HEAD + binding + "\n\ndoc|")


def test_a_name_that_is_only_mentioned_elsewhere_can_be_imported() -> None:
    assert "dock" in labels(HEAD + "print(dock)\n\n\ndoc|")
