"""BQ035: the simulator class that BioQL 7 removed."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._imports import is_guarded, move_import
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.text import Edit, Span

REMOVED = frozenset({"bioql.QuantumSimulator", "bioql.quantum_connector.QuantumSimulator"})
_FIRST_WITHOUT_SIMULATOR = (7,)
_AER = "AerSimulator"
_MESSAGE = (
    "BioQL 7 has no QuantumSimulator. To simulate on this machine use qiskit_aer.AerSimulator, "
    "with circuits from bioql.compiler.parse_english_to_circuit."
)


@rule(
    code="BQ035",
    severity=Severity.ERROR,
    title="QuantumSimulator was removed",
    why="BioQL 7 runs on hardware only: the import raises ImportError, the attribute "
    "AttributeError.",
    fix="Rewrites the simulation for qiskit_aer, which runs on this machine and costs nothing.",
    good=(
        "from bioql.compiler import parse_english_to_circuit\n"
        "from qiskit_aer import AerSimulator\n\n"
        'circuit = parse_english_to_circuit("Create a Bell state")\n'
        "print(AerSimulator().run(circuit, shots=1000).result().get_counts())\n",
    ),
    bad=(
        "from bioql import QuantumSimulator\n\nsimulator = QuantumSimulator()\n"
        "print(simulator.execute_circuit(circuit, shots=100).counts)\n",
        "from bioql.quantum_connector import QuantumSimulator\n",
        "import bioql\nbioql.QuantumSimulator()\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each import of the class and each attribute that stands for it."""
    if module.release < _FIRST_WITHOUT_SIMULATOR:
        return
    for imported in module.imported:
        if imported.target in REMOVED and not is_guarded(imported.statement):
            fixes = _rewrite(module, imported)
            yield Finding("BQ035", Severity.ERROR, _MESSAGE, imported.span, fixes)
    for reference in module.references:
        if reference.dotted in REMOVED:
            yield Finding("BQ035", Severity.ERROR, _MESSAGE, reference.last_span)


def _rewrite(module: Module, imported: ImportedName) -> tuple[Fix, ...]:
    """Import AerSimulator instead and run circuits its way; sure where every use is understood."""
    edits: list[Edit] = []
    is_sure = imported.bound == "QuantumSimulator"
    for use in module.uses_of(imported) if is_sure else ():
        call = _called(use)
        if call is None:
            is_sure = False
            continue
        arguments = call.child_by_field_name("arguments")
        if arguments is not None and arguments.named_child_count:
            edits.append(Edit(module.syntax.span(arguments), "()"))
        runs = _runs(module, call)
        is_sure = is_sure and runs is not None
        edits += runs or []
    fixes = move_import(module, imported, "qiskit_aer", _AER)
    return tuple(
        Fix("Simulate with qiskit_aer", (*fix.edits, *edits), is_deterministic=is_sure)
        for fix in fixes
    )


def _runs(module: Module, made: Node) -> list[Edit] | None:
    """The edits for all that is done with a simulator; None where some of it is not understood."""
    simulators = _uses_of_value(module, made)
    edits: list[Edit] = []
    for simulator in simulators or ():
        method = simulator.parent
        run = _called(method) if method is not None and method.type == "attribute" else None
        name = method.child_by_field_name("attribute") if method is not None else None
        if run is None or name is None or module.syntax.node_text(name) != "execute_circuit":
            return None
        end = module.syntax.span(run).end
        edits += [Edit(module.syntax.span(name), "run"), Edit(Span(end, end), ".result()")]
        counts = _counts_of(module, run)
        if counts is None:
            return None
        edits += counts
    return edits if simulators is not None else None


def _counts_of(module: Module, run: Node) -> list[Edit] | None:
    edits = []
    results = _uses_of_value(module, run)
    for result in results or ():
        read = result.parent
        name = read.child_by_field_name("attribute") if read is not None else None
        if name is None or module.syntax.node_text(name) != "counts":
            return None
        edits.append(Edit(module.syntax.span(name), "get_counts()"))
    return edits if results is not None else None


def _uses_of_value(module: Module, value: Node) -> list[Node] | None:
    """Where a value is used: itself in an expression, or the name that it is assigned to."""
    outer = value.parent
    if outer is None or outer.type == "expression_statement":
        return []
    if outer.type == "attribute":
        return [value]
    target = outer.child_by_field_name("left") if outer.type == "assignment" else None
    if target is None or target.type != "identifier":
        return None
    name = module.syntax.node_text(target)
    bindings = module.bindings_of(name, target.start_byte)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.VALUE:
        return None
    scope = module.scope_of(name, target.start_byte)
    uses = module.identifiers.get(name, ())
    return [u for u in uses if u != target and module.scope_of(name, u.start_byte) == scope]


def _called(node: Node) -> Node | None:
    call = node.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != node:
        return None
    return call
