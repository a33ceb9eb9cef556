"""BQ007, BQ008, BQ009, BQ012: the backend a program is sent to."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.backends import HOUSE_BACKEND, BackendState, backend, nearest
from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._local_run import local_run_fixes
from bioql_lsp.analysis.rules._shared import (
    FIRST_WITHOUT_SIMULATOR,
    backend_in_place_of_key,
    is_quantum,
    may_be_crispr,
    named_backend,
    renamed_to,
    replace_literal,
    runs_on,
    use_hardware,
)

# Since then enhanced_quantum fails on such a backend in a way of its own (BQ052).
_FIRST_WITH_OWN_RULE = (5,)
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_GOOD = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'
_CRISPR = _HEAD + (
    'quantum("Score CRISPR guide GATACCATGATCACGAAGGT", KEY, backend="simulator", mode="crispr")\n'
)


@rule(
    code="BQ007",
    severity=Severity.ERROR,
    title="The local simulator is refused",
    why="BioQL 7 refuses the backends simulator, sim and aer, after it has checked the key.",
    fix="Suggests ibm_torino, which is hardware at 3.00 USD a shot, and, where the result is only "
    "read in ways that Qiskit's can be read too, a run on Qiskit Aer on this machine, which is "
    "free.",
    good=(_GOOD, _CRISPR),
    bad=(_HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="simulator")\n',),
)
def check_simulator(module: Module) -> Iterator[Finding]:
    """A finding for each run on the refused simulator."""
    if module.release < FIRST_WITHOUT_SIMULATOR:
        return
    for call, argument, name in runs_on(module, BackendState.REFUSED):
        message = (
            f'BioQL 7 refuses the local simulator: backend="{name}" always fails. Use hardware '
            "(3.00 USD a shot), or simulate for nothing with parse_english_to_circuit + qiskit_aer."
        )
        fixes = (use_hardware(argument), *local_run_fixes(module, call))
        yield Finding("BQ007", Severity.ERROR, message, argument.value_span, fixes)


@rule(
    code="BQ008",
    severity=Severity.ERROR,
    title="The default backend is the refused simulator",
    why="Without backend= BioQL 7 picks its local simulator, which it then refuses: the call "
    "cannot succeed.",
    fix='Adds backend="ibm_torino"; suggests Qiskit Aer as BQ007 does.',
    good=(_GOOD, _CRISPR),
    bad=(_HEAD + 'quantum("Create a Bell state", api_key=KEY)\n',),
    is_absence=True,
)
def check_default(module: Module) -> Iterator[Finding]:
    """A finding for each run that leaves the backend to the default."""
    if module.release < FIRST_WITHOUT_SIMULATOR:
        return
    for call in module.runs:
        if not is_quantum(call) or not call.is_whole or may_be_crispr(call) or call.has_star:
            continue
        if call.argument("backend") or renamed_to(call, "backend"):
            continue
        if backend_in_place_of_key(call) is not None:
            continue
        message = (
            "Without backend= this runs on the local simulator, which BioQL 7 refuses: the call "
            "cannot succeed."
        )
        edit = add_argument(module, call, f'backend="{HOUSE_BACKEND}"')
        fix = Fix(f'Add backend="{HOUSE_BACKEND}" (3.00 USD a shot)', (edit,))
        fixes = (fix, *local_run_fixes(module, call))
        yield Finding("BQ008", Severity.ERROR, message, call.function_span, fixes)


@rule(
    code="BQ009",
    severity=Severity.ERROR,
    title="Unknown backend",
    why='BioQL answers "Unknown backend" for every name outside its table, after checking the key.',
    fix="Suggests the closest known name.",
    good=(_GOOD,),
    bad=(
        _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="torino")\n',
        _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="ionq")\n',
    ),
)
def check_unknown(module: Module) -> Iterator[Finding]:
    """A finding for each backend that BioQL does not know."""
    for call in module.runs:
        is_checked = is_quantum(call) or module.release < _FIRST_WITH_OWN_RULE
        named = named_backend(call) if is_checked and not may_be_crispr(call) else None
        if named is None or backend(named[1]).state is not BackendState.UNKNOWN:
            continue
        argument, name = named
        close = nearest(name)
        message = f'BioQL knows no backend "{name}". Did you mean "{close}"?'
        fix = replace_literal(argument, f'"{close}"', f"Use {close}", is_sure=False)
        yield Finding("BQ009", Severity.ERROR, message, argument.value_span, (fix,))


@rule(
    code="BQ012",
    severity=Severity.WARNING,
    title="Backend name in capitals",
    why="BioQL finds the backend in any case, but looks its credentials up by the exact spelling: "
    "IBM_TORINO loses them.",
    fix="Writes the name in lower case.",
    good=(_GOOD,),
    bad=(_HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="IBM_Torino")\n',),
)
def check_case(module: Module) -> Iterator[Finding]:
    """A finding for each IBM or IonQ name with capitals."""
    for call in module.runs:
        named = named_backend(call)
        if named is None or named[1] == (lowered := named[1].lower()):
            continue
        if not lowered.startswith(("ibm_", "ionq_")) or not lowered.isidentifier():
            continue
        message = f'Written as "{named[1]}", the backend loses its credentials; write "{lowered}".'
        fix = replace_literal(named[0], f'"{lowered}"', f"Write {lowered}")
        yield Finding("BQ012", Severity.WARNING, message, named[0].value_span, (fix,))
