"""Completion after a dot."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.module import RESULT
from bioql_lsp.analysis.result_notes import attribute_note
from tests.analysis.completing import HEAD, labels, proposals, replaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bq.|", "QuantumResult"),
        ("bq.|", "compiler"),
        ("x = bq.compiler.comp|", "compile_english_to_qasm"),
        ("import bioql.compiler as c\nc.|", "parse_english_to_circuit"),
        ("from bioql import compiler\ncompiler.|", "parse_english_to_circuit"),
        ("print(bq.compiler.|)", "parse_english_to_circuit"),
    ],
)
def test_names_of_a_module_are_offered_under_every_name_it_has(text: str, expected: str) -> None:
    assert expected in labels(HEAD + text)


@pytest.mark.parametrize("name", ["search_chembl", "compile_bioql", "batcher", "fmo_vqe"])
def test_what_a_module_has_as_none_or_cannot_load_is_not_offered(name: str) -> None:
    assert name not in labels(HEAD + "bq.|")


@pytest.mark.parametrize(
    "text",
    [
        "result = quantum('x')\nresult.|",
        "quantum('x').|",
        "def f():\n    r = quantum('x')\n    r.|\n    return 1\n",
        "def f():\n    r = quantum('x')\n    if r.|\n    return 1\n",
        "print(quantum('x', api_key='k').|)",
        "r = bq.quantum('x')\nprint(f(r.cou|\n",
        "result = (quantum('x'))\nresult.|\nnext_line = 1\n",
    ],
)
def test_a_result_offers_its_attributes_those_to_check_first_first(text: str) -> None:
    assert labels(HEAD + text)[:3] == ["success", "counts", "error_message"]


def test_a_result_says_when_an_attribute_is_filled() -> None:
    offered = proposals(HEAD + "quantum('x').|")
    assert "CRISPR" in offered["counts"].documentation
    assert "always None" in offered["statevector"].documentation.replace("Always", "always")
    assert offered["statevector"].is_discouraged
    assert not offered["counts"].is_discouraged
    assert list(offered)[-4:] == sorted(
        ["statevector", "queue_time", "shots", "visualization_path"]
    )


def test_every_attribute_of_a_result_has_its_note() -> None:
    names = [name for name in load().members(RESULT) if not name.startswith("_")]
    assert all(attribute_note(RESULT, name) for name in names)


def test_a_method_or_property_that_is_typed_in_part_is_replaced() -> None:
    text = HEAD + "quantum('x').most|"
    assert replaced(text, proposals(text)["most_likely_outcome"]).endswith(".most_likely_outcome")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from bioql.profiler import Profiler\np = Profiler()\np.|", "export_report"),
        ("from bioql.profiler import Profiler\nProfiler().|", "export_report"),
        ("from bioql.profiler import Profiler\nProfiler.|", "export_report"),
        ("bq.profiler.Profiler().|", "export_report"),
    ],
)
def test_instances_and_classes_offer_their_methods(text: str, expected: str) -> None:
    offered = labels(HEAD + text)
    assert expected in offered
    assert not any(name.startswith("_") for name in offered)


def test_an_enumeration_offers_its_members() -> None:
    text = "from bioql.profiler import ProfilingMode\nProfilingMode.|\nx = 1\n"
    assert labels(text) == ["DEBUG", "DETAILED", "MINIMAL", "STANDARD"]
    assert {each.kind for each in proposals(text).values()} == {"enum member"}


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.|",
        "result = f()\nresult.|",
        "def f(result):\n    result.|",
        "[1].|",
        "1.|",
        "'text'.|",
        "x.y.|",
        "bq = 5\nbq.|",
        "quantum('x').counts.|",
        "bq.nothing_like_it.|",
        "...|",
    ],
)
def test_nothing_is_offered_on_what_is_not_bioqls(text: str) -> None:
    assert labels(HEAD + text) == []
