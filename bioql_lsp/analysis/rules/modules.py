"""BQ037, BQ038: modules that cannot be imported."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.api.load import ImportFailure
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._imports import is_guarded
from bioql_lsp.text import Span

_BATCHER = "bioql.batcher"
_LOOP = (
    'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
    'programs = ["Create a Bell state", "Prepare a superposition of 3 qubits"]\n'
    'results = [quantum(p, api_key=KEY, backend="ibm_torino", shots=50) for p in programs]\n'
)


@rule(
    code="BQ037",
    severity=Severity.ERROR,
    title="bioql.batcher cannot be imported",
    why="The file that ships with this version has a syntax error: the import raises SyntaxError.",
    fix="None by itself; call quantum() in a loop instead.",
    good=(_LOOP,),
    bad=("import bioql.batcher\n", "from bioql.batcher import SmartBatcher\n"),
)
def check_batcher(module: Module) -> Iterator[Finding]:
    """A finding for each import of the batcher where its file cannot be read."""
    for failure, span in _failures(module):
        if failure.module == _BATCHER:
            message = (
                f"bioql.batcher of BioQL {module.version} cannot be imported ({failure.error}); "
                "call quantum() in a loop instead."
            )
            yield Finding("BQ037", Severity.ERROR, message, span)


@rule(
    code="BQ038",
    severity=Severity.ERROR,
    title="The module cannot be imported",
    why="The module uses something that this version of BioQL removed, or that has to be "
    "installed by itself: the import raises an exception.",
    fix="None by itself; the message names what is missing. The circuits of bioql.circuits.* are "
    "templates without arguments, which can be imported from bioql.circuits.",
    good=("from bioql.circuits import VQECircuit\nVQECircuit()\n",),
    bad=(
        "import bioql.fmo_vqe\n",
        "from bioql.circuits.algorithms.vqe import VQECircuit\n",
        "from bioql.circuits.algorithms import grover\n",
    ),
)
def check_module(module: Module) -> Iterator[Finding]:
    """A finding for each import of another module that fails."""
    for failure, span in _failures(module):
        if failure.module != _BATCHER:
            yield Finding("BQ038", Severity.ERROR, _message(failure), span)


def _message(failure: ImportFailure) -> str:
    if failure.needs:
        packages = " ".join(failure.needs)
        return (
            f"{failure.module} cannot be imported: install what it needs (pip install {packages})."
        )
    error = failure.error
    if failure.cause != failure.module:
        error = f"{error} in {failure.cause}"
    return f"{failure.module} cannot be imported ({error}), whatever is installed."


def _failures(module: Module) -> Iterator[tuple[ImportFailure, Span]]:
    """The failing imports with the place of the module's name, once for each statement."""
    if not module.index.is_exact:
        return
    seen: set[tuple[int, str]] = set()
    for imported in module.imported:
        if is_guarded(imported.statement):
            continue
        failure = failure_of(module, imported.target)
        key = (imported.statement.id, failure.module if failure is not None else "")
        if failure is not None and key not in seen:
            seen.add(key)
            yield failure, _place(module, imported, failure)


def failure_of(module: Module, target: str) -> ImportFailure | None:
    """How the first module on the way to a dotted name fails to be imported, if one surely does."""
    parts = target.split(".")
    for count in range(2, len(parts) + 1):
        failure = module.index.import_failure(".".join(parts[:count]))
        if failure is not None and _is_certain(module, failure):
            return failure
    return None


def _is_certain(module: Module, failure: ImportFailure) -> bool:
    """Whether it surely fails here; what else is installed is not always known."""
    if not failure.needs:
        return True
    installed = module.options.distributions
    return installed is not None and not installed.issuperset(failure.needs)


def _place(module: Module, imported: ImportedName, failure: ImportFailure) -> Span:
    source = imported.statement.child_by_field_name("module_name")
    if source is None:
        return imported.span
    is_source = f"{module.syntax.node_text(source)}.".startswith(f"{failure.module}.")
    return module.syntax.span(source) if is_source else imported.span
