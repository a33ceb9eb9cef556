"""Signature help: which call, and which parameter comes next."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.module import ENHANCED, QUANTUM
from bioql_lsp.analysis.parameters import DOCK, parameter_note
from bioql_lsp.analysis.signature import Signature, signature_at
from tests.analysis.completing import HEAD, split_cursor


def at_cursor(text: str) -> Signature | None:
    plain, offset = split_cursor(text)
    module, start = analyse(plain).module_at(offset)
    return signature_at(module, offset - start)


def active(text: str) -> str | None:
    """The active parameter as the label writes it, up to its annotation."""
    found = at_cursor(HEAD + text)
    assert found is not None
    if found.active is None:
        return None
    span = found.parameters[found.active].span
    return found.label[span.start : span.end].partition(":")[0].partition("=")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quantum(|)", "program"),
        ("quantum(|", "program"),
        ("quantum('Create a Bell|", "program"),
        ("quantum('a, b, c|', )", "program"),
        ("quantum('x', |)", "api_key"),
        ("quantum('x', k|, shots=5)", "api_key"),
        ("quantum('x', 'k', \"ibm_torino\", |\n", "shots"),
        ("quantum('x', shots=|)", "shots"),
        ("quantum('x', shots = 10|", "shots"),
        ("quantum('x', shots=10, |", "api_key"),
        ("quantum('x', backend='ibm_torino', api_key='k', |)", "shots"),
        ("quantum('x', mitigation=['zne', |])", "mitigation"),
        ("quantum('x', mitigation=['|", "mitigation"),
        ("quantum('x', api_key=(|", "api_key"),
        ("quantum('x', api_key=os.environ[\"|\"])", "api_key"),
        ("x = [quantum('x', |", "api_key"),
        ("def f():\n    return quantum(\n        'x',\n        |\n", "api_key"),
        ("def f():\n    return quantum(  # 'no, commas, here\n        'x', |\n", "api_key"),
        ("bq.quantum('x', |", "api_key"),
        ("eq('x', return_ir=|", "return_ir"),
        ("bq.mitigate_counts({}, 2, 'x', anything=|", "**kwargs"),
        ("from bioql.profiler import Profiler\nProfiler(|", "mode"),
        ("from bioql.profiler import Profiler\nProfiler().export_report('x', |)", "format"),
        ("from bioql.profiler import Profiler\np = Profiler()\np.export_report(|)", "filepath"),
    ],
)
def test_the_active_parameter_follows_positions_and_keywords(text: str, expected: str) -> None:
    assert active(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "bq.predict_adme_local('C', |)",
        "quantum('x', nonsense=|)",
        "bq.qec.ErrorMitigation([], [], 1, True, |",
    ],
)
def test_there_is_no_active_parameter_for_an_argument_too_many(text: str) -> None:
    assert active(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "quantum|(1)",
        "quantum(1)|",
        "print(|",
        "quantum(print(|",
        "quantum('x', api_key=str(|",
        "# quantum(|",
        "'quantum(|'",
        "x.quantum(|",
        "def f(quantum):\n    quantum(|",
        "quantum = 1\nquantum(|",
        "(|",
        "",
    ],
)
def test_calls_of_others_have_no_signature_of_ours(text: str) -> None:
    assert at_cursor(HEAD + (text if "|" in text else text + "|")) is None


def test_the_label_is_the_signature_and_the_places_of_parameters_are_exact() -> None:
    for dotted in (QUANTUM, ENHANCED, DOCK, "bioql.ir.DockingOperation"):
        symbol = load().lookup(dotted)
        assert symbol is not None
        module, _, name = dotted.rpartition(".")
        found = at_cursor(f"from {module} import {name}\n{name}(|")
        assert found is not None
        assert found.label == symbol.signature
        written = [found.label[p.span.start : p.span.end] for p in found.parameters]
        assert written == [str(parameter) for parameter in symbol.parameters or ()]


def test_what_does_not_work_says_so() -> None:
    broken, placeholder = at_cursor(HEAD + "eq(|"), at_cursor(HEAD + "bq.call_variants(|")
    assert broken is not None
    assert broken.documentation.startswith("Broken: ")
    assert placeholder is not None
    assert placeholder.documentation.startswith("Placeholder: ")


@pytest.mark.parametrize("dotted", [QUANTUM, ENHANCED, DOCK])
def test_every_parameter_of_the_main_functions_has_a_line_of_its_own(dotted: str) -> None:
    symbol = load().lookup(dotted)
    assert symbol is not None
    notes = [parameter_note(dotted, p.name) for p in symbol.parameters or ()]
    assert all(notes)
    assert all(len(note) <= 100 and "\n" not in note for note in notes)


def test_a_parameter_with_few_values_names_them() -> None:
    found = at_cursor(HEAD + "bq.predict_ptm_sites(|")
    assert found is not None
    assert "phosphorylation" in found.parameters[1].note
    assert found.parameters[1].note.endswith("anything else raises ValueError.")
