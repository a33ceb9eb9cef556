"""BQ024, BQ025, BQ026: what is handed over as a program is no English sentence."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.program.lints_meaning import is_code
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._program_kinds import kind_of_program
from bioql_lsp.analysis.rules._shared import may_be_crispr

_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_CALL = _HEAD + 'quantum({}, api_key=KEY, backend="ibm_torino", shots=100)\n'
_GOOD = _CALL.format('"Create a Bell state"')


@rule(
    code="BQ024",
    severity=Severity.WARNING,
    title="The program is code",
    why="BioQL looks for English words only. OpenQASM, Qiskit or Python text compiles to an empty "
    "circuit, or to one that has nothing to do with it, and the run is billed.",
    fix="None by itself: say in English what the code does, or run it with Qiskit.",
    good=(_GOOD, _CALL.format('"h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1"')),
    bad=(
        _CALL.format('"OPENQASM 2.0; qreg q[2]; h q[0]; cx q[0], q[1];"'),
        _CALL.format('"from qiskit import QuantumCircuit\\nqc = QuantumCircuit(2)"'),
    ),
)
def check_code(module: Module) -> Iterator[Finding]:
    """A finding for each program that is written in another language."""
    for sentence in module.sentences:
        if is_code(sentence.text):
            message = (
                "This is program code; BioQL reads English sentences and runs none of it. Say in "
                'English what it does, such as "h qubit 0. cnot 0 1".'
            )
            yield Finding("BQ024", Severity.WARNING, message, sentence.span)


@rule(
    code="BQ025",
    severity=Severity.ERROR,
    title="The program is not a string",
    why='BioQL takes an English sentence and answers "Program must be a non-empty string" to '
    "everything else.",
    fix="None by itself: hand over a sentence; a circuit runs with Qiskit, without BioQL.",
    good=(_GOOD, _CALL.format('f"Prepare a superposition of {2 + 1} qubits"')),
    bad=(
        _CALL.format('["Create a Bell state"]'),
        _CALL.format("42"),
        "import os\n\nfrom bioql import quantum\nfrom qiskit import QuantumCircuit\n\n"
        'quantum(QuantumCircuit(2), os.environ["BIOQL_API_KEY"], "ibm_torino", 100)\n',
    ),
)
def check_type(module: Module) -> Iterator[Finding]:
    """A finding for each program that cannot be a string."""
    for call in module.runs:
        argument = call.argument("program")
        shown = kind_of_program(argument) if argument is not None and not argument.star else None
        if argument is None or shown is None or may_be_crispr(call):
            continue
        message = f"The program is {shown}; BioQL takes an English sentence in a string."
        yield Finding("BQ025", Severity.ERROR, message, argument.value_span)


@rule(
    code="BQ026",
    severity=Severity.ERROR,
    title="The program is empty",
    why='BioQL answers "Program must be a non-empty string" and runs nothing.',
    fix="None by itself: write what is to be run.",
    good=(_GOOD,),
    bad=(_CALL.format('""'), _CALL.format('"   "')),
)
def check_empty(module: Module) -> Iterator[Finding]:
    """A finding for each run of a blank program."""
    for call in module.runs:
        argument = call.argument("program")
        value = argument.literal.value if argument is not None and argument.literal else None
        if argument is None or not isinstance(value, str) or value.strip() or may_be_crispr(call):
            continue
        message = "The program is empty, so BioQL runs nothing. Write what is to be run."
        yield Finding("BQ026", Severity.ERROR, message, argument.value_span)
