"""BQ029: exceptions are waited for that a run never raises."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import QUANTUM, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import is_quantum

_HEAD = 'import os\n\nfrom bioql import {}\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_RUN = 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)'
_OTHER_CODE = frozenset({"raise_statement", "function_definition", "class_definition", "lambda"})


@rule(
    code="BQ029",
    severity=Severity.WARNING,
    title="The handler can never run",
    why="quantum() catches its own errors and returns a result whose success is False: BioQLError "
    "and its kin do not leave it, so that the handler is dead code and the failure goes unseen.",
    fix="None by itself; check result.success instead.",
    good=(
        _HEAD.format("quantum") + f"result = {_RUN}\nif not result.success:\n"
        "    raise SystemExit(result.error_message)\n",
        _HEAD.format("BioQLError, quantum") + f"try:\n    result = {_RUN}\n"
        "    if not result.success:\n        raise BioQLError(result.error_message)\n"
        "except BioQLError as error:\n    print(error)\n",
    ),
    bad=(
        _HEAD.format("BioQLError, quantum") + f"try:\n    result = {_RUN}\n"
        "except BioQLError as error:\n    print(error)\n",
        _HEAD.format("ProgramParsingError, QuantumBackendError, quantum") + f"try:\n    {_RUN}\n"
        "except (QuantumBackendError, ProgramParsingError):\n    pass\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each handler of BioQL's exceptions around runs alone."""
    for node in module.collected.tries:
        body = node.child_by_field_name("body")
        if body is None or not _only_runs(module, body):
            continue
        for clause in node.children:
            if clause.type != "except_clause":
                continue
            for caught in _caught(module, clause):
                name = module.syntax.node_text(caught)
                message = (
                    f"quantum() never raises {name}: a failed run returns a result whose success "
                    "is False. Check result.success instead."
                )
                yield Finding("BQ029", Severity.WARNING, message, module.syntax.span(caught))


def _only_runs(module: Module, body: Node) -> bool:
    """Whether a body runs programs and calls or raises nothing else that may raise such errors."""
    inside = [c for c in module.collected.calls if _holds(body, c)]
    ours: dict[int, Call] = {call.node.id: call for call in module.calls}
    runs = [c for c in inside if c.id in ours and is_quantum(ours[c.id])]
    others = [c for c in inside if c.id in ours and not is_quantum(ours[c.id])]
    if not runs or others or any(_may_raise(module, c) for c in inside if c.id not in ours):
        return False
    return not _has_other_code(body)


def _may_raise(module: Module, call: Node) -> bool:
    """Whether a call is one of something that this file or another module defines."""
    function = call.child_by_field_name("function")
    while function is not None and function.type == "attribute":
        function = function.child_by_field_name("object")
    if function is None or function.type != "identifier":
        return False
    name = module.syntax.node_text(function)
    known = module.known(name, function.start_byte)
    return bool(known.count) and known.value.producer != QUANTUM


def _has_other_code(body: Node) -> bool:
    pending = [body]
    while pending:
        node = pending.pop()
        if node.type in _OTHER_CODE:
            return True
        pending += node.named_children
    return False


def _caught(module: Module, clause: Node) -> Iterator[Node]:
    """The exceptions of BioQL's that a clause names."""
    pending = [c for c in clause.named_children if c.type != "block"][:1]
    while pending:
        node = pending.pop(0)
        if node.type in {"as_pattern", "tuple", "parenthesized_expression"}:
            inner = [c for c in node.named_children if c.type != "as_pattern_target"]
            pending = inner + pending
        elif (dotted := module.dotted(node)) is not None:
            symbol = module.index.lookup(dotted)
            if symbol is not None and symbol.class_kind == "exception":
                yield node


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte
