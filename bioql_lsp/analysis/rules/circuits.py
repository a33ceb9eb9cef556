"""BQ039, BQ040, BQ041: what the circuit templates take and give."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.evaluation import called_symbol
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.templates import BUILDS, TEMPLATES, takes_no_arguments
from bioql_lsp.text import Edit, Span

_BACKENDS = "bioql.circuits.templates.base.CircuitBackend"
_REMOVED_BACKENDS = frozenset({"SIMULATOR", "QISKIT_AER"})
_FIRST_WITHOUT_SIMULATOR = (7,)
_CIRCUIT_WORDS = frozenset(
    {
        "compose",
        "decompose",
        "depth",
        "draw",
        "execute",
        "measure",
        "measure_all",
        "num_clbits",
        "num_qubits",
        "qasm",
        "qubits",
        "run",
        "size",
        "transpile",
    }
)
_BUILT = "from bioql.circuits import GroverCircuit\n\n"


@rule(
    code="BQ039",
    severity=Severity.ERROR,
    title="A circuit template takes no arguments",
    why="The classes of bioql.circuits are made without arguments, and Python raises TypeError; "
    "what describes the circuit is an argument of build().",
    fix="Moves the arguments to build() where build() takes all of them and nothing it needs is "
    "missing; suggests it otherwise.",
    good=(_BUILT + "grover = GroverCircuit()\n",),
    bad=(
        _BUILT + "GroverCircuit(num_qubits=3)\n",
        "from bioql.circuits import VQECircuit\n\nvqe = VQECircuit(hamiltonian=h, num_layers=2)\n",
        "from bioql import circuits\n\n"
        'circuits.MolecularDockingCircuit(ligand_smiles="CCO").build(num_rotatable_bonds=1)\n',
    ),
)
def check_arguments(module: Module) -> Iterator[Finding]:
    """A finding for each template that is made with arguments."""
    for call in module.calls:
        if not takes_no_arguments(call.symbol) or not call.arguments or call.has_star:
            continue
        name = call.symbol.name
        takes = ", ".join(sorted(TEMPLATES[call.symbol.dotted].names))
        message = f"{name}() takes no arguments, so it raises TypeError; its build() takes {takes}."
        span = Span(call.arguments[0].span.start, call.arguments[-1].span.end)
        fixes = tuple(_move_to_build(module, call)) if call.is_whole else ()
        yield Finding("BQ039", Severity.ERROR, message, span, fixes)


def _move_to_build(module: Module, call: Call) -> Iterator[Fix]:
    template = TEMPLATES[call.symbol.dotted]
    kept = [a for a in call.arguments if a.keyword in template.names]
    texts = [module.text[a.span.start : a.span.end] for a in kept]
    emptied = Edit(Span(call.open_paren + 1, call.close_paren), "")
    build = _build_of(module, call)
    given = {a.keyword for a in kept}
    if build is not None:
        present = {a.keyword for a in build.arguments}
        is_sure = len(kept) == len(call.arguments) and not given & present and not build.has_star
        if given & present:
            return
        is_sure = is_sure and template.required <= given | present
        edits = [emptied, add_argument(module, build, ", ".join(texts))] if texts else [emptied]
        yield Fix("Move the arguments to build()", tuple(edits), is_sure)
        return
    if not kept:
        yield Fix("Remove the arguments", (emptied,), is_deterministic=False)
        return
    end = Edit(Span(call.span.end, call.span.end), f".build({', '.join(texts)})")
    is_sure = len(kept) == len(call.arguments) and template.required <= given
    yield Fix("Move the arguments to build()", (emptied, end), is_sure)


def _build_of(module: Module, call: Call) -> Call | None:
    """The call of ``build`` on the template that a call makes, if there is just one."""
    target = call.node.parent
    name = target.child_by_field_name("left") if target is not None else None
    found = []
    for other in module.calls:
        if other.symbol.name != "build" or other.symbol.dotted not in BUILDS:
            continue
        function = other.node.child_by_field_name("function")
        owner = function.child_by_field_name("object") if function is not None else None
        if owner is None:
            continue
        is_named = (
            name is not None
            and name.type == owner.type == "identifier"
            and module.syntax.node_text(owner) == module.syntax.node_text(name)
        )
        if owner == call.node or is_named:
            found.append(other)
    return found[0] if len(found) == 1 else None


@rule(
    code="BQ040",
    severity=Severity.WARNING,
    title="What build() returns is no circuit",
    why="The templates' build() returns a dict that repeats its parameters: it cannot be drawn, "
    "measured or run.",
    fix="None by itself; make the circuit with bioql.compiler.parse_english_to_circuit or Qiskit.",
    good=(
        "from bioql.compiler import parse_english_to_circuit\n\n"
        'parse_english_to_circuit("Create a Bell state").draw()\n',
    ),
    bad=(_BUILT + "GroverCircuit().build(num_qubits=3).draw()\n",),
)
def check_built(module: Module) -> Iterator[Finding]:
    """A finding for each use of such a dict as if it were a circuit."""
    for node in module.collected.every_attribute:
        owner, last = (node.child_by_field_name(n) for n in ("object", "attribute"))
        if owner is None or last is None or module.syntax.node_text(last) not in _CIRCUIT_WORDS:
            continue
        if _producer(module, owner) in BUILDS:
            message = (
                "build() returns a dict that repeats its parameters, not a circuit, so this "
                "raises AttributeError. Use parse_english_to_circuit or Qiskit."
            )
            yield Finding("BQ040", Severity.WARNING, message, module.syntax.span(last))


def _producer(module: Module, node: Node) -> str | None:
    if node.type == "call" and (function := node.child_by_field_name("function")) is not None:
        symbol = called_symbol(module, function)
        return symbol.dotted if symbol is not None else None
    return module.value(node).producer if node.type == "identifier" else None


@rule(
    code="BQ041",
    severity=Severity.ERROR,
    title="The circuit backend was removed",
    why="BioQL 7 has no CircuitBackend.SIMULATOR and no CircuitBackend.QISKIT_AER: reading them "
    "raises AttributeError.",
    fix="Writes CircuitBackend.IBM_TORINO.",
    good=(
        "from bioql.circuits.templates.base import CircuitBackend\n\n"
        "backend = CircuitBackend.IBM_TORINO\n",
    ),
    bad=(
        "from bioql.circuits.templates.base import CircuitBackend\n\n"
        "backend = CircuitBackend.SIMULATOR\n",
        "import bioql.circuits.templates.base as base\n\nprint(base.CircuitBackend.QISKIT_AER)\n",
    ),
)
def check_backend(module: Module) -> Iterator[Finding]:
    """A finding for each removed member that is read."""
    if module.release < _FIRST_WITHOUT_SIMULATOR or not module.index.is_exact:
        return
    for reference in module.references:
        node: Node | None = reference.node
        dotted = reference.dotted
        while node is not None and node.type == "attribute":
            last, owner = node.child_by_field_name("attribute"), dotted.rpartition(".")[0]
            name = dotted.rpartition(".")[2]
            if last is not None and _is_removed_backend(module, owner, name):
                span = module.syntax.span(last)
                message = f"BioQL 7 has no CircuitBackend.{name}: reading it raises AttributeError."
                fix = Fix("Use CircuitBackend.IBM_TORINO", (Edit(span, "IBM_TORINO"),))
                yield Finding("BQ041", Severity.ERROR, message, span, (fix,))
            node, dotted = node.child_by_field_name("object"), owner


def _is_removed_backend(module: Module, owner: str, name: str) -> bool:
    if name not in _REMOVED_BACKENDS:
        return False
    symbol = module.index.lookup(owner)
    return symbol is not None and symbol.dotted == _BACKENDS
