"""BQ049: symmetry verification throws away what a Bell state gives."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import is_quantum
from bioql_lsp.text import Edit, Span

_FIRST_WITH_MITIGATION = (5,)
_SYMMETRY = "symmetry"
_SPOILED = ("bell", "ghz", "epr", "entangled pair", "superposition")
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_CALL = _HEAD + 'quantum("{}", KEY, "ibm_torino", shots=100, mitigation={})\n'


@rule(
    code="BQ049",
    severity=Severity.WARNING,
    title="Symmetry mitigation deletes the answer",
    why="It keeps only bit strings in which half of the bits are 1, and so deletes 00 and 11, all "
    "that a Bell state gives, and most of a superposition.",
    fix="Takes symmetry out of the list.",
    good=(
        _CALL.format("Create a Bell state", '["readout", "zne"]'),
        _CALL.format("use 4 qubits for grover search", '["symmetry"]'),
    ),
    bad=(
        _CALL.format("Create a Bell state", '["readout", "symmetry"]'),
        _CALL.format("Prepare a superposition of 2 qubits", '["symmetry"]'),
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each run of such a state whose mitigation has symmetry in it."""
    if module.release < _FIRST_WITH_MITIGATION:
        return
    for call in module.runs:
        argument = call.argument("mitigation") if is_quantum(call) else None
        if argument is None or argument.node is None or not _is_spoiled(call):
            continue
        entries = _entries(argument.node)
        for index, entry in enumerate(entries):
            literal = module.literal(entry)
            if literal is None or literal.value != _SYMMETRY:
                continue
            message = (
                "symmetry keeps only bit strings that are half ones: of this state's counts it "
                "deletes those that matter, such as 00 and 11. Leave it out."
            )
            span = module.syntax.span(entry)
            fixes = (_fix(module, call, argument, entries, index),)
            yield Finding("BQ049", Severity.WARNING, message, span, fixes)


def _is_spoiled(call: Call) -> bool:
    text = (call.text("program") or "").lower()
    return any(word in text for word in _SPOILED)


def _entries(node: Node) -> list[Node]:
    is_list = node.type in {"list", "tuple", "set"}
    return [c for c in node.named_children if c.type != "comment"] if is_list else []


def _fix(module: Module, call: Call, argument: Argument, entries: list[Node], index: int) -> Fix:
    title = "Leave symmetry out"
    if len(entries) == 1:
        if argument.keyword is None:
            return Fix(title, (Edit(argument.value_span, "None"),))
        return Fix(title, (delete_argument(module, call, argument),))
    spans = [module.syntax.span(entry) for entry in entries]
    if index + 1 < len(spans):
        return Fix(title, (Edit(Span(spans[index].start, spans[index + 1].start), ""),))
    return Fix(title, (Edit(Span(spans[index - 1].end, spans[index].end), ""),))
