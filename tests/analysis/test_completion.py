"""Completion in calls: arguments that are not given yet, and their values."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.facts import facts_for
from tests.analysis.completing import HEAD, labels, offer, proposals, replaced

PROFILER = "from bioql.profiler import Profiler\n"


def test_arguments_that_are_not_given_yet_are_offered_with_type_and_default() -> None:
    offered = proposals(HEAD + "quantum('x', shots=5, |")
    assert not {"program", "shots"} & offered.keys()
    assert offered["api_key"].new_text == "api_key="
    assert offered["timeout"].detail == "timeout: int = 3600"
    assert offered["api_key"].detail == "api_key: str (required)"
    assert next(iter(offered)) == "api_key"


def test_arguments_given_after_the_cursor_are_not_offered() -> None:
    assert "backend" not in labels(HEAD + "quantum('x', |, backend='ionq_qpu')\n")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("bq.predict_adme_local(|)", "smiles"),
        ("eq('x', |)", "use_nlp"),
        ("bq.docking.dock('r.pdb', |)", "ligand_smiles"),
        ("from bioql.profiler import Profiler as P\nP(|)", "mode"),
        ("from bioql.profiler import Profiler\nProfiler().export_report(|)", "filepath"),
        ("from bioql.profiler import Profiler\np = Profiler()\np.export_report(|", "filepath"),
    ],
)
def test_arguments_of_functions_constructors_and_methods_are_offered(
    call: str, expected: str
) -> None:
    assert expected in labels(HEAD + call)


def test_the_typed_part_of_an_argument_is_replaced() -> None:
    text = HEAD + "quantum('x', ba|)"
    assert replaced(text, proposals(text)["backend"]) == HEAD + "quantum('x', backend=)"


def test_an_argument_that_has_its_equals_sign_gets_no_second_one() -> None:
    text = HEAD + "quantum('x', ba|='ionq_qpu')"
    assert proposals(text)["backend"].new_text == "backend"


def test_arguments_say_what_they_really_do() -> None:
    offered = proposals(HEAD + "quantum('x', |)")
    assert "no file is written" in offered["visualize"].documentation
    assert "TypeError" in proposals(HEAD + "eq('x', |)")["token"].documentation


@pytest.mark.parametrize(
    "call",
    ["quantum('x', backend='|')", "quantum('x', backend=\"ibm|", "eq('x', 'k', '|'"],
)
def test_backends_are_offered_inside_their_literal_with_size_and_price(call: str) -> None:
    offered = proposals(HEAD + call)
    assert offered["ibm_torino"].detail == "133 qubits, 3.00 USD a shot"
    assert offered["ionq_simulator"].detail == "29 qubits, 0.001 USD a shot"
    assert not {"simulator", "sim", "aer", "quantinuum_h2"} & offered.keys()


def test_a_backend_says_what_this_call_would_cost_there() -> None:
    offered = proposals(HEAD + "quantum('x', backend=|, shots=500)")
    assert "1,500 USD" in offered["ibm_torino"].documentation
    assert "0.50 USD" in offered["ionq_simulator"].documentation


def test_the_built_in_sampler_is_offered_in_crispr_mode_only() -> None:
    assert "simulator" in labels(HEAD + "quantum('x', backend='|', mode='crispr')")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("quantum('x', backend='ibm_|kyoto')", "quantum('x', backend='ibm_torino')"),
        ("quantum('x', backend=ib|)", "quantum('x', backend=\"ibm_torino\")"),
        ("quantum('x', backend=|", "quantum('x', backend=\"ibm_torino\""),
        (
            "quantum('x', backend=\"ibm|\nprint(1)\n",
            "quantum('x', backend=\"ibm_torino\nprint(1)\n",
        ),
    ],
)
def test_a_backend_is_written_with_the_quotes_that_are_missing(text: str, after: str) -> None:
    text = HEAD + text
    assert replaced(text, proposals(text)["ibm_torino"]) == HEAD + after


def test_shots_are_offered_with_their_cost_at_the_backend_of_the_call() -> None:
    offered = proposals(HEAD + "quantum('x', backend='ionq_aria', shots=|)")
    assert offered["500"].detail == "5 USD at ionq_aria"
    assert proposals(HEAD + "quantum('x', shots=|)")["500"].detail == "every shot is billed"


@pytest.mark.parametrize(("before", "imports"), [("import os\n", ()), ("", ("import os",))])
def test_the_key_is_read_from_the_environment(before: str, imports: tuple[str, ...]) -> None:
    (offered,) = proposals(before + HEAD + "quantum('x', api_key=|)").values()
    assert offered.new_text == 'os.environ["BIOQL_API_KEY"]'
    assert offered.imports == imports


def test_no_environment_is_offered_where_os_is_something_else() -> None:
    assert labels(HEAD + "os = 5\nquantum('x', api_key=|)") == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("quantum('x', mode='|')", ["crispr"]),
        ("quantum('x', error_correction=|)", ["surface_code", "steane", "shor"]),
        ("quantum('x', correction_level='|", ["medium", "low", "high"]),
        ("quantum('x', topology=\"|\")", ["linear", "grid", "all-to-all"]),
        ("quantum('x', mitigation=['|'])", ["readout", "zne", "pec", "symmetry"]),
        ("quantum('x', mitigation=['zne', |])", ["readout", "pec", "symmetry"]),
        ("quantum('x', mitigation=[|", ["readout", "zne", "pec", "symmetry"]),
        ("quantum('x', debug=|)", ["True", "False"]),
        ("bq.docking.dock('r.pdb', backend='|')", ["auto", "vina", "quantum"]),
        ("bq.run_benchmark('|')", ["H2", "LiH", "H2O", "NH3"]),
        ("bq.qec.SurfaceCodeQEC(code_distance=|)", ["5", "3", "7", "9"]),
        ("bq.mitigate_counts({}, 2, '|')", ["ReadoutErrorMitigation"]),
    ],
)
def test_values_are_offered_where_there_are_only_a_few(call: str, expected: list[str]) -> None:
    assert labels(HEAD + call)[: len(expected)] == expected


def test_a_circuit_template_offers_what_its_build_takes() -> None:
    head = "from bioql.circuits import VQECircuit\n"
    assert labels(head + "VQECircuit().build(|)") == [
        "num_qubits",
        "ansatz",
        "entanglement",
        "num_layers",
    ]
    assert labels(head + "VQECircuit().build(num_qubits=4, ansatz=|)")[0] == "hardware_efficient"


def test_a_list_is_begun_where_a_list_is_wanted() -> None:
    assert proposals(HEAD + "quantum('x', mitigation=|)")["zne"].new_text == '["zne"]'


@pytest.mark.parametrize(
    ("imported", "written", "imports"),
    [
        (PROFILER, "ProfilingMode.DEBUG", ("from bioql.profiler import ProfilingMode",)),
        ("from bioql.profiler import Profiler, ProfilingMode\n", "ProfilingMode.DEBUG", ()),
        ("from bioql.profiler import Profiler, ProfilingMode as M\n", "M.DEBUG", ()),
        (PROFILER + "import bioql.profiler as p\n", "p.ProfilingMode.DEBUG", ()),
    ],
)
def test_members_of_an_enumeration_are_written_as_the_file_imports_it(
    imported: str, written: str, imports: tuple[str, ...]
) -> None:
    offered = proposals(imported + "Profiler(mode=|)")
    assert written in offered
    assert offered[written].imports == imports


def test_code_that_does_not_parse_yet_is_completed() -> None:
    assert "backend" in labels(HEAD + "def f():\n    return quantum(\n        'x',\n        |\n")


def test_code_after_an_unclosed_call_is_no_argument() -> None:
    assert "backend" in labels(HEAD + "quantum('x', |\n\ndef f(backend=1):\n    pass\n")


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.|",
        "print(|)",
        "quantum(|)",
        "x = qua|",
        "def quantum(a):\n    pass\nquantum('|')\n",
        HEAD + "print(|)",
        HEAD + "# quantum(|",
        HEAD + "'quantum(|'",
        HEAD + "quantum('x', api_key='|')",
        HEAD + "quantum('x', api_key=os.environ['|'])",
        HEAD + "x.quantum(|)",
        HEAD + "def f(quantum):\n    quantum('x', |\n",
        HEAD + "def f(quantum):\n    return quantum('x', backend='|')\n",
        HEAD + "for quantum in range(3):\n    quantum(|)\n",
        HEAD + "class quantum:\n    pass\nquantum(|)\n",
        HEAD + "data = {'a': |}",
        HEAD + "quantum('x', shots=5 + |)",
        HEAD + "f'{x.|}'",
    ],
)
def test_nothing_is_offered_where_bioql_is_not_involved(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize("end", [0, 10**9, -5])
def test_an_offset_outside_the_text_is_moved_into_it(end: int) -> None:
    from bioql_lsp.analysis.completion import complete_text

    assert complete_text("", end) == ()


def test_an_empty_file_is_offered_nothing() -> None:
    assert offer("|").proposals == ()


def test_facts_name_what_the_text_uses_nearest_first() -> None:
    text = "from bioql import quantum, predict_adme_local, get_logger\npredict_adme_local('C')\n"
    lines = facts_for(text, len(text)).split("\n")
    assert lines[0] == "# predict_adme_local(smiles: str) -> ADMEResult"
    assert any(line.startswith("# quantum(program: str") for line in lines)
    assert all(line.startswith("# ") for line in lines)


def test_facts_for_an_empty_text_are_those_of_quantum() -> None:
    assert facts_for("", 0).startswith("# quantum(program: str, api_key: str")
