"""The state classes that people and models invent, as the programs that BioQL understands."""

from __future__ import annotations

from tree_sitter import Node

from bioql_lsp.analysis.changes import environment_key
from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.literals import read_literal
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit

_BELL = frozenset({"BellState", "BellPair", "EPRPair", "EntangledState", "EntangledPair"})
_SUPERPOSITION = frozenset({"Superposition", "SuperpositionState", "UniformSuperposition"})
_GHZ = frozenset({"GHZState", "GHZ"})
STATE_NAMES = _BELL | _SUPERPOSITION | _GHZ
_QUBITS_DEFAULT = 3
_QUBITS_MAX = 1000


def state_import_fix(module: Module, imported: ImportedName) -> tuple[Fix, ...]:
    """Import ``quantum`` in place of a state class and rewrite every call of the class."""
    name = imported.target.removeprefix("bioql.")
    if name not in STATE_NAMES or not imported.is_from:
        return ()
    others = [i for i in module.imported if i.target == "bioql.quantum" and i.bound == "quantum"]
    names = imported.statement.children_by_field_name("name")
    if imported.bound != name or (others and len(names) > 1):
        return ()
    edits: list[Edit] = []
    for use in module.uses_of(imported):
        call = use.parent
        if call is None or call.type != "call" or call.child_by_field_name("function") != use:
            return ()
        rewritten = _rewrite(module, call, name, "quantum")
        if rewritten is None:
            return ()
        edits += [edit for edit in rewritten if edit not in edits]
    edits.append(Edit(imported.span, "quantum"))
    return (Fix(f"Write {name} as a quantum() call", tuple(edits)),)


def state_call_fix(module: Module, node: Node) -> tuple[Fix, ...]:
    """Rewrite ``bioql.BellState(...)`` as a call of ``bioql.quantum``."""
    last, owner = node.child_by_field_name("attribute"), node.child_by_field_name("object")
    name = module.syntax.node_text(last) if last is not None else ""
    if name not in STATE_NAMES or owner is None or module.dotted(owner) != "bioql":
        return ()
    call = node.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != node:
        return ()
    edits = _rewrite(module, call, name, f"{module.syntax.node_text(owner)}.quantum")
    return (Fix(f"Write {name} as a quantum() call", tuple(edits)),) if edits else ()


def _rewrite(module: Module, call: Node, name: str, function: str) -> list[Edit] | None:
    arguments = call.child_by_field_name("arguments")
    span = module.syntax.span(call)
    key = environment_key(module, span.start)
    if arguments is None or key is None:
        return None
    program = _program(name, _qubits(module, arguments))
    text = f'{function}("{program}", api_key={key[0]}, backend="ibm_torino")'
    return [*key[1], Edit(span, text)]


def _qubits(module: Module, arguments: Node) -> int:
    for child in arguments.named_children:
        value = child.child_by_field_name("value") or child
        literal = read_literal(module.syntax, value)
        if literal is not None and type(literal.value) is int and literal.value > 0:
            return min(literal.value, _QUBITS_MAX)
    return _QUBITS_DEFAULT


def _program(name: str, qubits: int) -> str:
    if name in _BELL:
        return "Create a Bell state"
    if name in _SUPERPOSITION:
        return f"Prepare a superposition of {qubits} qubits"
    links = [f"cnot {index} {index + 1}" for index in range(qubits - 1)]
    measures = [f"measure qubit {index}" for index in range(qubits)]
    return ". ".join(["h qubit 0", *links, *measures])
