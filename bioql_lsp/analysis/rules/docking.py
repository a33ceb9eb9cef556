"""BQ044, BQ057: how docking is called."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._imports import move_import

RUNNERS = {
    "bioql.docking.VinaRunner": "bioql.docking.vina_runner",
    "bioql.docking.QuantumRunner": "bioql.docking.quantum_runner",
}
_DOCK = "bioql.docking.pipeline.dock"


@rule(
    code="BQ044",
    severity=Severity.ERROR,
    title="bioql.docking gives no class under this name",
    why="VinaRunner and QuantumRunner of bioql.docking are bare property objects: calling them "
    "raises TypeError. The classes are in bioql.docking.vina_runner and quantum_runner.",
    fix="Imports the class from its own module.",
    good=("from bioql.docking.vina_runner import VinaRunner\n\nVinaRunner()\n",),
    bad=(
        "from bioql.docking import VinaRunner\n\nVinaRunner()\n",
        "from bioql.docking import dock, QuantumRunner as Runner\n\nRunner()\n",
        "import bioql.docking\n\nbioql.docking.VinaRunner()\n",
    ),
)
def check_runner(module: Module) -> Iterator[Finding]:
    """A finding for each call of such a property."""
    for call in module.calls:
        source = RUNNERS.get(call.symbol.dotted)
        if source is None:
            continue
        name = call.symbol.name
        message = (
            f"bioql.docking.{name} is a property object, so calling it raises TypeError; import "
            f"{name} from {source}."
        )
        fixes = _moved(module, call, source)
        yield Finding("BQ044", Severity.ERROR, message, call.function_span, fixes)


def _moved(module: Module, call: Call, source: str) -> tuple[Fix, ...]:
    function = call.node.child_by_field_name("function")
    for imported in module.imported:
        symbol = module.index.lookup(imported.target)
        is_this = symbol is not None and symbol.dotted == call.symbol.dotted
        if is_this and any(use == function for use in module.uses_of(imported)):
            return move_import(module, imported, source, call.symbol.name)
    return ()


@rule(
    code="BQ057",
    severity=Severity.WARNING,
    title="There is nothing to dock",
    why="dock() takes the ligand as ligand_smiles or as ligand_file; without either it returns a "
    "failed result.",
    fix="None by itself; give one of the two.",
    good=('from bioql.docking import dock\n\ndock("receptor.pdb", ligand_smiles="CCO")\n',),
    bad=('from bioql.docking import dock\n\ndock("receptor.pdb", backend="vina")\n',),
    is_absence=True,
)
def check_ligand(module: Module) -> Iterator[Finding]:
    """A finding for each docking without a ligand."""
    for call in module.calls:
        if call.symbol.dotted != _DOCK or not call.is_whole or call.has_star:
            continue
        if not call.arguments or call.argument("ligand_smiles") or call.argument("ligand_file"):
            continue
        message = "dock() gets no ligand, so it fails; give ligand_smiles or ligand_file."
        yield Finding("BQ057", Severity.WARNING, message, call.function_span)
