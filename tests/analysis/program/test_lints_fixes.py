"""A fix resolves its lint, brings no other, and makes the circuit that was meant."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints import LINTS, lints
from bioql_lsp.analysis.program.model import Operation
from bioql_lsp.analysis.program.molecules import application_of, read_molecules
from bioql_lsp.analysis.program.vocabulary import GROUPS
from bioql_lsp.text import apply_edits

RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
BAD = [(info.code, sentence) for info in LINTS for sentence in info.bad]
# Offered with no fix that may be applied unasked: each needs a choice, or nothing can be written.
WITHOUT_FIX = {"NL009", "NL015", "NL018", "NL019", "NL020"}
CIRCUITS = {
    "Create a GHZ state": "h 0|cnot 0 1|cnot 1 2|m 0|m 1|m 2",
    "Make a GHZ state of four qubits": "h 0|cnot 0 1|cnot 1 2|cnot 2 3|m 0|m 1|m 2|m 3",
    "h qubit 0. h qubit 1. h qubit 2. measure all qubits": "h 0|h 1|h 2|m 0|m 1|m 2",
    "x qubit 0. cnot 0 1. measure everything": "x 0|cnot 0 1|m 0|m 1",
    "h qubit 0. cnot 0 1. measure all qubits": "h 0|cnot 0 1|m 0|m 1",
    "Use 3 qubits. h qubit 1. measure all": "h 1|m 0|m 1|m 2",
    "h qubit 0. cnot 0 1. read all qubits": "h 0|cnot 0 1|m 0|m 1",
    "Apply a Hadamard gate to qubit 0 and a CNOT gate from qubit 0 to qubit 1": (
        "h 0|cnot 0 1|m 0|m 1"
    ),
    "apply hadamard to qubits 0, 1 and 3": "h 0|h 1|h 3|m 0|m 1|m 3",
    "Apply an X gate to qubit 2, then measure qubit 2": "x 2|m 2",
    "Apply Hadamard to all 3 qubits": "h 0|h 1|h 2|m 0|m 1|m 2",
    "apply a cz gate between qubits 0 and 1. measure qubit 0": "cz 0 1|m 0",
    "h qubit 0. toffoli 0 1 2. measure qubit 2": "h 0|ccx 0 1 2|m 2",
    "h q[0]; cx q[0], q[1]; measure qubit 1": "h 0|cnot 0 1|m 1",
    "rotate qubit 0 around x by pi/2. measure qubit 0": "rx 1.5707963267948966 0|m 0",
    "rotate qubit 1 around z axis by 2*pi. measure qubit 1": "rz 6.283185307179586 1|m 1",
    "rotate qubit 0 around y by -pi/4. measure qubit 0": "ry 5.497787143782138 0|m 0",
    "rotate qubit 0 around y by 90 degrees. measure qubit 0": "ry 1.5707963267948966 0|m 0",
    "rotate qubit 0 around z by 1e-3 rad. measure qubit 0": "rz 0.001 0|m 0",
    "rotate qubit 0 around x by 1.57. measure qubit 0": "rx 1.57 0|m 0",
    "phase qubit 2 by -1.5. measure qubit 2": "rz 4.783185307179586 2|m 2",
    "rx qubit 0 1.5, measure qubit 0": "rx 1.5 0|m 0",
    "rz qubit 1 -pi. measure qubit 1": "rz 3.141592653589793 1|m 1",
    "h qubit 0. ccx 0 1 2. measure qubit 2": "h 0|ccx 0 1 2|m 2",
    "h qubit 1. phase flip qubit 1. measure qubit 1": "h 1|z 1|m 1",
    "cnot qubit 0 qubit 1. measure qubit 1": "cnot 0 1|m 1",
    "h qubit 0. cnot 0 1": "h 0|cnot 0 1|m 0|m 1",
    "rotate qubit 2 around y by 0.5": "ry 0.5 2|m 2",
    "Prepare a superposition of three qubits": "h 0|h 1|h 2|m 0|m 1|m 2",
    "superposition of 2 qubits": "h 0|h 1|m 0|m 1",
    "Create with 2048 shots a superposition of 2 qubits": "h 0|h 1|m 0|m 1",
    "Create a Bell state with 1000 shots": "h 0|cnot 0 1|m 0|m 1",
}


def operations(notation: str) -> tuple[Operation, ...]:
    listed = []
    for part in notation.split("|"):
        gate, *numbers = part.split()
        angle = (float(numbers.pop(0)),) if gate.startswith("r") else ()
        qubits = tuple(map(int, numbers))
        if gate == "m":
            listed.append(Operation("measure", qubits, (), (), qubits))
        else:
            listed.append(Operation(gate, qubits[-1:], qubits[:-1], angle))
    return tuple(listed)


def sure_fixes(sentence: str, **arguments) -> list[tuple[str, Severity, Fix]]:
    found = lints(sentence, **arguments)
    return [(x.code, x.severity, f) for x in found for f in x.fixes if f.is_deterministic]


def fixed(sentence: str) -> str:
    """The sentence after its deterministic fixes, one at a time."""
    for _ in range(10):
        fixes = sure_fixes(sentence)
        if not fixes:
            break
        sentence = apply_edits(sentence, fixes[0][2].edits)
    return sentence


@pytest.mark.parametrize(("sentence", "circuit"), CIRCUITS.items(), ids=CIRCUITS.keys())
def test_the_fixed_sentence_compiles_to_what_was_meant(sentence, circuit):
    result = fixed(sentence)
    assert tuple(compile_sentence(result).operations) == operations(circuit)
    assert lints(result) == ()


def test_the_real_compiler_makes_the_same_of_the_fixed_sentences(real):
    rewritten = {sentence: fixed(sentence) for sentence in CIRCUITS}
    answers = real.compile_all(list(rewritten.values()))
    for sentence, answer in zip(rewritten, answers, strict=True):
        expected = operations(CIRCUITS[sentence])
        made = [(gate, *controls, *targets) for gate, targets, controls, *_ in answer["operations"]]
        assert made == [(op.gate, *op.controls, *op.targets) for op in expected], sentence


@pytest.mark.parametrize(("code", "sentence"), BAD)
def test_a_deterministic_fix_removes_its_lint_and_brings_none_as_bad(code, sentence):
    mode = "crispr" if code == "NL017" else None
    before = lints(sentence, mode=mode)
    for own, severity, fix in sure_fixes(sentence, mode=mode):
        after = lints(apply_edits(sentence, fix.edits), mode=mode)
        if own != "NL016":
            assert [x.code for x in after].count(own) < [x.code for x in before].count(own)
        known = [(x.code, x.severity) for x in before]
        new = [x for x in after if (x.code, x.severity) not in known]
        assert all(RANK[x.severity] > RANK[severity] for x in new), new


@pytest.mark.parametrize("code", [i.code for i in LINTS if i.code not in WITHOUT_FIX])
def test_a_lint_that_promises_a_fix_has_one(code):
    examples = next(info.bad for info in LINTS if info.code == code)
    found = [x for s in examples for m in (None, "crispr") for x in lints(s, mode=m)]
    assert any(x.fixes or x.argument for x in found if x.code == code)


@pytest.mark.parametrize("code", sorted(WITHOUT_FIX))
def test_a_lint_without_a_right_answer_offers_none(code):
    examples = next(info.bad for info in LINTS if info.code == code)
    assert not [f for s in examples for x in lints(s) if x.code == code for f in x.fixes]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dock SMILES CCO to PDB 6B3J", "Docking of SMILES CCO to PDB 6B3J"),
        ("Docking of SMILES CCO to protein PDB 1ABC", "Docking of SMILES CCO to PDB 1ABC"),
        ("Docking of SMILES 'CCO' to PDB 5IKT", "Docking of SMILES CCO to PDB 5IKT"),
        ("Docking of SMILES: CCO to PDB 5IKT", "Docking of SMILES CCO to PDB 5IKT"),
        ("Docking of SMILES string CCO to PDB 5IKT", "Docking of SMILES CCO to PDB 5IKT"),
        ("Docking of SMILES CCO to PDB ID 1EQG", "Docking of SMILES CCO to PDB 1EQG"),
        ("Docking of SMILES CCO to 1EQG", "Docking of SMILES CCO to PDB 1EQG"),
        ("Docking of SMILES CCO to COX (PDB 1EQG)", "Docking of SMILES CCO to COX PDB 1EQG"),
        ("Docking of SMILES CCO to PDB 1EQG_A", "Docking of SMILES CCO to PDB 1EQG chain A"),
        (
            "Generate docking poses for the drug SMILES CCO and PDB 1EQG",
            "On 6 qubits: docking of SMILES CCO to PDB 1EQG",
        ),
        (
            "Docking of SMILES CCO to PDB 5IKT with 20 poses on 6 qubits",
            "On 6 qubits: Docking of SMILES CCO to PDB 5IKT with 20 poses",
        ),
    ],
)
def test_a_docking_is_worded_so_that_its_molecules_are_read(sentence, expected):
    result = fixed(sentence)
    molecules = read_molecules(result)
    assert result in {expected, expected.replace("On 6 qubits: d", "D") + " on 6 qubits"}
    assert application_of(result) == "molecular_docking"
    assert molecules.read_smiles and molecules.read_smiles.text == "CCO"
    assert molecules.read_pdb and molecules.read_pdb.text in expected


@pytest.mark.parametrize(
    "written", ["GAUACCAUGAUCACGAAGGU", ": GATACCATGATCACGAAGGT", "RNA GATACCATGATCACGAAGGT"]
)
def test_a_guide_is_written_as_bioql_reads_it(written):
    sentence = f"Score CRISPR guide {written}"
    ((_, _, fix),) = sure_fixes(sentence, mode="crispr")
    result = apply_edits(sentence, fix.edits)
    assert re.search(r"guide\s+([ATCG]{15,25})", result)[1] == "GATACCATGATCACGAAGGT"
    assert lints(result, mode="crispr") == ()


QUBITS = st.integers(0, 5)
ANGLES = st.sampled_from(["pi/2", "-pi/4", "1.5", "90 degrees", "1e-3", "2*pi", "-0.25 radians"])
GATE_STATEMENTS = st.one_of(
    st.builds("{} qubit {}".format, st.sampled_from("hxyz"), QUBITS),
    st.builds("apply {} gate to qubit {}".format, st.sampled_from(["an x", "a hadamard"]), QUBITS),
    st.builds("{} {} {}".format, st.sampled_from(["cnot", "cx", "cz"]), QUBITS, st.integers(6, 9)),
    st.builds("toffoli {} 6 7".format, QUBITS),
    st.builds("rotate qubit {} around {} by {}".format, QUBITS, st.sampled_from("xyz"), ANGLES),
    st.builds("r{} qubit {} {}".format, st.sampled_from("xyz"), QUBITS, ANGLES),
    st.builds("phase qubit {} by {}".format, QUBITS, ANGLES),
    st.builds("measure qubit {}".format, QUBITS),
    st.sampled_from(["measure all qubits", "read all qubits", "measure everything", "t qubit 1"]),
)
WORDS = st.sampled_from(
    [
        *(word for group in sorted(GROUPS) for word in GROUPS[group][:6]),
        *("a", "of", "on", "with", "3 qubits", "five qubits", "20 poses", "100 shots", "not"),
        *("SMILES CCO", "SMILES 'CCO'", "PDB 1EQG", "PDB ID 1EQG", "protein", "do not", "GHZ"),
    ]
)
SENTENCES = st.one_of(
    st.lists(GATE_STATEMENTS, min_size=1, max_size=6).map(". ".join),
    st.lists(WORDS, min_size=1, max_size=8).map(" ".join),
    st.lists(st.one_of(GATE_STATEMENTS, WORDS), min_size=1, max_size=6).map(", ".join),
)


@settings(max_examples=300, deadline=None)
@given(SENTENCES)
def test_every_deterministic_fix_of_any_sentence_is_safe(sentence):
    before = lints(sentence)
    known = [(x.code, x.severity) for x in before]
    for code, severity, fix in sure_fixes(sentence):
        after = lints(apply_edits(sentence, fix.edits))
        for each in {x.code for x in after}:
            if RANK[max_severity(after, each)] <= RANK[severity] and each != code:
                assert each in {c for c, _ in known}, (sentence, fix)


def max_severity(found, code):
    return min((x.severity for x in found if x.code == code), key=RANK.__getitem__)


@settings(max_examples=200, deadline=None)
@given(st.lists(GATE_STATEMENTS, min_size=1, max_size=5))
def test_fixing_gates_keeps_every_gate_that_was_written(statements):
    sentence = ". ".join(statements)
    result = fixed(sentence)
    compiled = compile_sentence(result)
    if compiled.stage != "gates" or lints(result):
        return
    gates = [op for op in compiled.operations if op.gate != "measure"]
    written = [s for s in statements if not s.startswith(("measure", "read"))]
    assert len(gates) == len(written)
    assert all(0 <= angle < 91 for op in gates for angle in op.parameters)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered_with_places_inside_it(text):
    for lint in lints(text):
        assert 0 <= lint.start <= lint.end <= len(text)
        for fix in lint.fixes:
            apply_edits(text, fix.edits)


@pytest.mark.parametrize("radians", [0.1, 1.5, 3.0, 6.2])
def test_a_negative_angle_becomes_the_same_turn(radians):
    result = fixed(f"rotate qubit 0 around x by -{radians} radians. measure qubit 0")
    (angle,) = compile_sentence(result).operations[0].parameters
    assert math.isclose(angle, 2 * math.pi - radians)
