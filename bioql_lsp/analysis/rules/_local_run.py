"""Rewriting a run on BioQL's refused simulator as one on Qiskit Aer, which costs nothing.

Aer's result differs from BioQL's, so a run is rewritten only where every use of its result can be.
"""

from __future__ import annotations

from tree_sitter import Node

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.rules._naming import Names
from bioql_lsp.text import Edit, Span

_QUBITS_MAX = 28
_SHOTS_DEFAULT = "1024"
_READ = frozenset({"program", "shots"})
_WITHOUT_EFFECT = frozenset({"api_key", "backend", "debug", "instance", "timeout", "num_qubits"})
_COUNTS = "counts"
# What BioQL's result has, as Qiskit's result has it.
_SAME = {
    _COUNTS: "get_counts()",
    "success": "success",
    "error_message": "status",
    "job_id": "job_id",
    "backend_name": "backend_name",
    "execution_time": "time_taken",
}


def local_run_fixes(module: Module, call: Call) -> tuple[Fix, ...]:
    """The offer to simulate locally; empty where it would not do what the text goes on to do."""
    edits = _edits(module, call)
    if edits is None:
        return ()
    return (Fix("Simulate with Qiskit Aer on this machine (free)", edits, is_deterministic=False),)


def _edits(module: Module, call: Call) -> tuple[Edit, ...] | None:
    run = _run(module, call)
    uses = _uses(module, call.node) if run is not None else None
    if run is None or uses is None:
        return None
    names = Names(module, call.span.start)
    compiler = names.name("bioql.compiler", "parse_english_to_circuit")
    simulator = names.name("qiskit_aer", "AerSimulator")
    imports = names.imports()
    if compiler is None or simulator is None or imports is None:
        return None
    program, shots = run
    text = f"{simulator}().run({compiler}({program}), shots={shots}).result()"
    return (*imports, Edit(call.span, text), *uses)


def _run(module: Module, call: Call) -> tuple[str, str] | None:
    """The program and the shots as they are written, where nothing else shapes the run."""
    program, shots = call.argument("program"), call.argument("shots")
    if program is None or not call.is_whole or call.has_star or call.node.has_error:
        return None
    names = set(call.by_position) | {a.keyword or "" for a in call.arguments if a.keyword}
    if not names <= _READ | _WITHOUT_EFFECT or not _is_simulable(program):
        return None
    number = _source(module, shots) if shots is not None else _SHOTS_DEFAULT
    return _source(module, program), number


def _source(module: Module, argument: Argument) -> str:
    return module.text[argument.value_span.start : argument.value_span.end]


def _is_simulable(program: Argument) -> bool:
    literal = program.literal
    if literal is None:
        return True
    if not isinstance(literal.value, str):
        return False
    compiled = compile_sentence(literal.value)
    return not compiled.error and compiled.num_qubits <= _QUBITS_MAX


def _uses(module: Module, call: Node) -> tuple[Edit, ...] | None:
    """The edits of what reads the result; None where something else becomes of it."""
    parent = call.parent
    if parent is None:
        return None
    if parent.type == "expression_statement":
        return ()
    if parent.type == "attribute":
        edit = _member_edit(module, parent)
        return (edit,) if edit is not None else None
    target = parent.child_by_field_name("left") if parent.type == "assignment" else None
    if target is None or target.type != "identifier" or parent.child_by_field_name("type"):
        return None
    return _name_uses(module, target)


def _name_uses(module: Module, target: Node) -> tuple[Edit, ...] | None:
    name, byte = module.syntax.node_text(target), target.start_byte
    if module.is_part or len(module.bindings_of(name, byte)) != 1:
        return None
    scope = module.scope_of(name, byte)
    edits = []
    for node in module.identifiers.get(name, ()):
        if node == target or module.scope_of(name, node.start_byte) != scope:
            continue
        owner = node.parent
        is_owner = owner is not None and owner.child_by_field_name("object") == node
        edit = _member_edit(module, owner) if owner is not None and is_owner else None
        if edit is None:
            return None
        edits.append(edit)
    return tuple(edits)


def _member_edit(module: Module, attribute: Node) -> Edit | None:
    last = attribute.child_by_field_name("attribute")
    if attribute.type != "attribute" or last is None:
        return None
    new = _SAME.get(module.syntax.node_text(last))
    parent = attribute.parent
    fields = ("left", "function")
    is_read = parent is None or all(parent.child_by_field_name(f) != attribute for f in fields)
    if new is None or not is_read:
        return None
    span = module.syntax.span(last)
    return Edit(Span(span.start, span.end), new)
