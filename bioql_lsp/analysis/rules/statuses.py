"""BQ053, BQ054: functions that always fail, and functions that compute nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Status
from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call, ImportedName
from bioql_lsp.analysis.module import ENHANCED, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules.docking import RUNNERS
from bioql_lsp.text import Edit, Span

_QUICK = "bioql.benchmarks.chemistry.quick_benchmark"
_QUICK_DEFAULT = "H2"
_RUN = "run_benchmark"
_REAL_MOLECULES = frozenset({"H2", "LiH", "H2O"})
_TOLD_ELSEWHERE = frozenset({*RUNNERS, ENHANCED})


@rule(
    code="BQ053",
    severity=Severity.ERROR,
    title="This function always fails",
    why="The function is there, but every call of it fails in this version of BioQL, whatever it "
    "is given.",
    fix="Replaces quick_benchmark by run_benchmark for H2, LiH and H2O; the message says what "
    "happens with the others.",
    good=('from bioql import run_benchmark\n\nrun_benchmark("H2")\n',),
    bad=(
        'from bioql import quick_benchmark\n\nquick_benchmark("LiH", backend="ibm_torino")\n',
        "import bioql\n\nbioql.check_installation()\n",
        "from bioql import ChemistryBenchmark\n\nChemistryBenchmark().run_molecule('H2')\n",
    ),
)
def check_broken(module: Module) -> Iterator[Finding]:
    """A finding for each call of a function that is known to fail."""
    for call in module.calls:
        symbol = call.symbol
        if symbol.status is not Status.BROKEN or symbol.dotted in _TOLD_ELSEWHERE:
            continue
        if module.index.broken_reason(symbol.module) is not None:
            continue
        message = f"{symbol.name}() cannot work in BioQL {module.version}. {symbol.status_note}"
        fix = _run_benchmark(module, call) if symbol.dotted == _QUICK else None
        fixes = (fix,) if fix is not None else ()
        yield Finding("BQ053", Severity.ERROR, message, call.function_span, fixes)


def _run_benchmark(module: Module, call: Call) -> Fix | None:
    """Call ``run_benchmark`` instead, everywhere the import is used; None where it can't do it."""
    function = call.node.child_by_field_name("function")
    title = f"Use {_RUN}, which computes the energy on this machine"
    if function is not None and function.type == "attribute":
        last = function.child_by_field_name("attribute")
        edits = _rewritten(module, call)
        if last is None or edits is None:
            return None
        owner = module.dotted(function.child_by_field_name("object") or function)
        if owner != "bioql":
            return None
        return Fix(title, (Edit(module.syntax.span(last), _RUN), *edits))
    for imported in module.imported:
        uses = module.uses_of(imported) if imported.target == "bioql.quick_benchmark" else ()
        if any(use == function for use in uses):
            return _renamed(module, imported, uses, title)
    return None


def _renamed(
    module: Module, imported: ImportedName, uses: tuple[Node, ...], title: str
) -> Fix | None:
    by_function = {
        c.node.child_by_field_name("function"): c for c in module.calls if c.symbol.dotted == _QUICK
    }
    keeps_alias = imported.bound != "quick_benchmark"
    edits = [Edit(imported.span, _RUN)]
    for use in uses:
        call = by_function.get(use)
        rewritten = _rewritten(module, call) if call is not None else None
        if rewritten is None:
            return None
        edits += rewritten
        if not keeps_alias:
            edits.append(Edit(module.syntax.span(use), _RUN))
    return Fix(title, tuple(edits))


def _rewritten(module: Module, call: Call) -> list[Edit] | None:
    """The edits to the arguments: ``molecule`` gets its other name, ``backend`` goes."""
    molecule, backend = call.argument("molecule"), call.argument("backend")
    is_readable = call.is_whole and not call.has_star
    if not is_readable or not _is_real(molecule):
        return None
    edits: list[Edit] = []
    if molecule is None:
        if backend is not None:
            return [Edit(backend.span, f'"{_QUICK_DEFAULT}"')]
        place = call.open_paren + 1
        return [Edit(Span(place, place), f'"{_QUICK_DEFAULT}"')]
    if molecule.keyword_span is not None:
        edits.append(Edit(molecule.keyword_span, "molecule_name"))
    if backend is not None:
        edits.append(delete_argument(module, call, backend))
    return edits


def _is_real(molecule: Argument | None) -> bool:
    if molecule is None:
        return True
    return molecule.literal is not None and molecule.literal.value in _REAL_MOLECULES


@rule(
    code="BQ054",
    severity=Severity.INFORMATION,
    title="The result is not computed from the input",
    why="The function is a placeholder: it returns constants or random numbers whatever it is "
    "given, which looks like a result.",
    fix="None by itself; do not draw conclusions from what it returns.",
    good=('from bioql import predict_adme_local\n\npredict_adme_local("CCO")\n',),
    bad=(
        'from bioql import screen_offtargets\n\nscreen_offtargets("CCO")\n',
        "from bioql.circuits import GroverCircuit\n\nGroverCircuit().build(num_qubits=3)\n",
    ),
)
def check_placeholder(module: Module) -> Iterator[Finding]:
    """A finding for each call of a placeholder."""
    for call in module.calls:
        symbol = call.symbol
        if symbol.status is Status.PLACEHOLDER:
            message = f"{symbol.name}() is a placeholder. {symbol.status_note}"
            yield Finding("BQ054", Severity.INFORMATION, message, call.function_span)
