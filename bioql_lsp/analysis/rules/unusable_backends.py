"""BQ010, BQ011, BQ013, BQ014, BQ015: backends that BioQL cannot reach, each for its own reason."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.backends import HOUSE_BACKEND, BackendState
from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._local_run import local_run_fixes
from bioql_lsp.analysis.rules._prospects import IONQ_DISTRIBUTION, IONQ_PREFIX, lacks_ionq
from bioql_lsp.analysis.rules._shared import (
    FIRST_WITHOUT_SIMULATOR,
    is_quantum,
    may_be_crispr,
    replace_literal,
    runs_on,
    use_hardware,
)

_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_GOOD = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'
_BAD = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="{}")\n'
_CRISPR = _HEAD + (
    'quantum("Score CRISPR guide GATACCATGATCACGAAGGT", KEY, backend="{}", mode="crispr")\n'
)


@rule(
    code="BQ010",
    severity=Severity.ERROR,
    title="BioQL has no driver for Quantinuum",
    why='BioQL names quantinuum_h2 first when it asks for real hardware, and then answers "Unknown '
    'backend" for it.',
    fix="Suggests ibm_torino or ionq_forte.",
    good=(_GOOD,),
    bad=(_BAD.format("quantinuum_h2"),),
)
def check_quantinuum(module: Module) -> Iterator[Finding]:
    """A finding for each run on Quantinuum's machine."""
    for _, argument, name in runs_on(module, BackendState.NO_DRIVER):
        message = (
            f'BioQL lists "{name}" but cannot reach it: the run fails with "Unknown backend". '
            "Use other hardware."
        )
        other = replace_literal(
            argument, '"ionq_forte"', "Run on ionq_forte (3.00 USD a shot)", is_sure=False
        )
        fixes = (use_hardware(argument), other)
        yield Finding("BQ010", Severity.ERROR, message, argument.value_span, fixes)


@rule(
    code="BQ011",
    severity=Severity.ERROR,
    title="Automatic selection of a backend does not work",
    why="BioQL 7 selects only with IBM credentials that it loads for names beginning with ibm_. "
    'Without them backend="auto" and auto_select=True fail; with them it selects quantinuum_h2, '
    "for which it has no driver. On an ibm_ backend without such credentials auto_select is "
    "ignored.",
    fix="Suggests ibm_torino in place of auto; suggests to leave auto_select out.",
    good=(_GOOD, _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", 100, False)\n'),
    bad=(
        _BAD.format("auto"),
        _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", 100, auto_select=True)\n',
    ),
)
def check_auto(module: Module) -> Iterator[Finding]:
    """A finding for each run that leaves the choice to BioQL."""
    if module.release < FIRST_WITHOUT_SIMULATOR:
        return
    for _, argument, name in runs_on(module, BackendState.AUTO):
        message = f'backend="{name}" always fails in BioQL 7. Name a backend.'
        fixes = (use_hardware(argument),)
        yield Finding("BQ011", Severity.ERROR, message, argument.value_span, fixes)
    for call in module.runs:
        given = call.argument("auto_select") if is_quantum(call) else None
        is_on = given is not None and given.literal is not None and given.literal.value is True
        if given is None or not is_on or may_be_crispr(call):
            continue
        message = (
            "auto_select never finds a backend that works: the run fails, or BioQL ignores it. "
            "Leave it out and name a backend."
        )
        yield Finding(
            "BQ011", Severity.ERROR, message, given.span, tuple(_without(module, call, given))
        )


def _without(module: Module, call: Call, argument: Argument) -> Iterator[Fix]:
    if argument.keyword is not None:
        edit = delete_argument(module, call, argument)
        yield Fix("Leave auto_select out", (edit,), is_deterministic=False)


@rule(
    code="BQ013",
    severity=Severity.ERROR,
    title="The name is a simulator's of Qiskit, not a backend of BioQL's",
    why="BioQL knows no aer_simulator, qasm_simulator, statevector_simulator or fake backend: it "
    'answers "Unknown backend".',
    fix="Suggests ibm_torino, and Qiskit Aer on this machine as BQ007 does; before BioQL 7, its "
    "own simulator.",
    good=(_GOOD,),
    bad=(_BAD.format("aer_simulator"), _BAD.format("fake_torino")),
)
def check_foreign_simulator(module: Module) -> Iterator[Finding]:
    """A finding for each run on a simulator of another package."""
    for call, argument, name in runs_on(module, BackendState.FOREIGN_SIMULATOR):
        message = f'"{name}" is no backend of BioQL\'s: the run fails. '
        if module.release < FIRST_WITHOUT_SIMULATOR:
            message += 'Its own simulator is called "simulator".'
            title = "Use BioQL's own simulator"
            fixes: tuple[Fix, ...] = (
                replace_literal(argument, '"simulator"', title, is_sure=False),
            )
        else:
            message += (
                "Use hardware (3.00 USD a shot), or simulate for nothing with "
                "parse_english_to_circuit + qiskit_aer."
            )
            fixes = (use_hardware(argument), *local_run_fixes(module, call))
        yield Finding("BQ013", Severity.ERROR, message, argument.value_span, fixes)


@rule(
    code="BQ014",
    severity=Severity.ERROR,
    title="Amazon Braket works in CRISPR mode only",
    why='Outside mode="crispr" BioQL answers "Unknown backend" for the names of Braket.',
    fix=f"Suggests {HOUSE_BACKEND}.",
    good=(_GOOD, _CRISPR.format("SV1")),
    bad=(_BAD.format("SV1"), _BAD.format("braket_dm1")),
)
def check_braket(module: Module) -> Iterator[Finding]:
    """A finding for each run on Braket that is not in CRISPR mode."""
    for _, argument, name in runs_on(module, BackendState.BRAKET):
        message = (
            f'BioQL reaches Braket\'s "{name}" with mode="crispr" only: this run fails. Use '
            "another backend."
        )
        fixes = (use_hardware(argument),)
        yield Finding("BQ014", Severity.ERROR, message, argument.value_span, fixes)


@rule(
    code="BQ015",
    severity=Severity.ERROR,
    title="The package for IonQ is not installed",
    why=f"BioQL reaches IonQ with {IONQ_DISTRIBUTION}, which does not come along with it. Reported "
    "only where the installed packages are known.",
    fix=f"Suggests {HOUSE_BACKEND}; or install {IONQ_DISTRIBUTION} with pip.",
    good=(_GOOD,),
    bad=(_BAD.format("ionq_qpu"),),
)
def check_ionq(module: Module) -> Iterator[Finding]:
    """A finding for each run on IonQ where its package is known to be missing."""
    if not lacks_ionq(module):
        return
    for state in (BackendState.HARDWARE, BackendState.CLOUD_SIMULATOR):
        for _, argument, name in runs_on(module, state):
            if not name.lower().startswith(IONQ_PREFIX):
                continue
            message = (
                f'"{name}" needs the package {IONQ_DISTRIBUTION}, which is not installed: the run '
                f"fails. Install it: pip install {IONQ_DISTRIBUTION}"
            )
            fixes = (use_hardware(argument),)
            yield Finding("BQ015", Severity.ERROR, message, argument.value_span, fixes)
