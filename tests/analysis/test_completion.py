"""What is offered where."""

import pytest

from bioql_lsp.analysis.completion import complete
from bioql_lsp.analysis.facts import facts_for

HEAD = "from bioql import quantum, enhanced_quantum as eq\nimport bioql as bq\n"


def at_cursor(text: str):
    offset = text.index("|")
    return complete(text.replace("|", "", 1), offset), offset


def labels(text: str) -> list[str]:
    return [proposal.label for proposal in at_cursor(text)[0]]


def test_arguments_that_are_not_given_yet_are_offered_with_type_and_default():
    proposals, _ = at_cursor(HEAD + "quantum('x', shots=5, |")
    offered = {p.label: p for p in proposals}
    assert not {"program", "shots"} & offered.keys()
    assert offered["api_key"].new_text == "api_key="
    assert offered["timeout"].detail == "timeout: int = 3600"
    assert offered["api_key"].detail == "api_key: str (required)"
    assert proposals[0].label == "api_key"


def test_arguments_given_after_the_cursor_are_not_offered():
    assert "backend" not in labels(HEAD + "quantum('x', |, backend='ionq_qpu')\n")


def test_arguments_of_every_function_of_bioql_are_offered():
    assert labels(HEAD + "bq.predict_adme_local(|)") == ["smiles"]
    assert "use_nlp" in labels(HEAD + "eq('x', |)")


def test_the_typed_part_of_an_argument_is_replaced():
    text = HEAD + "quantum('x', ba|)"
    proposals, offset = at_cursor(text)
    assert {p.span.start for p in proposals} == {offset - 2}


@pytest.mark.parametrize(
    "call",
    ["quantum('x', backend='|')", "quantum('x', backend=\"ibm|", "eq('x', 'k', '|'"],
)
def test_backends_are_offered_inside_their_literal_with_size_and_price(call):
    proposals, _ = at_cursor(HEAD + call)
    offered = {p.label: p for p in proposals}
    assert offered["ibm_torino"].detail == "133 qubits, 3.00 USD per shot"
    assert offered["ionq_simulator"].detail == "29 qubits, 0.001 USD per shot"
    assert not {"simulator", "sim", "aer", "quantinuum_h2"} & offered.keys()


def test_the_whole_name_in_a_literal_is_replaced():
    text = HEAD + "quantum('x', backend='ibm_|kyoto')"
    proposals, _ = at_cursor(text)
    span = proposals[0].span
    assert text.replace("|", "")[span.start : span.end] == "ibm_kyoto"


def test_a_backend_without_quotes_gets_them():
    assert at_cursor(HEAD + "quantum('x', backend=|)")[0][0].new_text == '"ibm_torino"'


@pytest.mark.parametrize(
    "text",
    ["from bioql import |", "from bioql import quantum, |", "from bioql import (\n    |\n)\n"],
)
def test_names_are_offered_after_an_import(text):
    offered = labels(text)
    assert offered[0] == "quantum"
    assert "predict_adme_local" in offered
    assert "compiler" in offered
    assert "search_chembl" not in offered


def test_names_are_offered_after_the_package_and_its_aliases():
    assert "QuantumResult" in labels(HEAD + "bq.|")
    assert labels("import bioql\nx = bioql.compiler.comp|")
    assert "compiler" in labels("import bioql.|")
    assert "batcher" not in labels("import bioql.|")


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.|",
        "print(|)",
        HEAD + "print(|)",
        HEAD + "# quantum(|",
        HEAD + "'quantum(|'",
        HEAD + "quantum('|')",
        HEAD + "quantum('x', api_key='|')",
        HEAD + "quantum('x', shots=|)",
        HEAD + "x.quantum(|)",
    ],
)
def test_nothing_is_offered_where_bioql_is_not_involved(text):
    assert labels(text) == []


def test_code_that_does_not_parse_yet_is_completed():
    assert "backend" in labels(HEAD + "def f():\n    return quantum(\n        'x',\n        |\n")


def test_facts_name_what_the_text_uses_nearest_first():
    text = "from bioql import quantum, predict_adme_local, get_logger\npredict_adme_local('C')\n"
    lines = facts_for(text, len(text)).split("\n")
    assert lines[0] == "# predict_adme_local(smiles: str) -> ADMEResult"
    assert any(line.startswith("# quantum(program: str") for line in lines)
    assert all(line.startswith("# ") for line in lines)


def test_facts_for_an_empty_text_are_those_of_quantum():
    assert facts_for("", 0).startswith("# quantum(program: str, api_key: str")
