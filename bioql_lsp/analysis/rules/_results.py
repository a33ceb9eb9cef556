"""What the rules about results share: who reads a result, and how the reading is guarded."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.model import Member
from bioql_lsp.analysis.module import RESULT, RUNNERS, Module

_DEPTH_MAX = 200
_QUESTION_SIZE = 2
_CONDITIONS = frozenset(
    {"if_statement", "elif_clause", "while_statement", "conditional_expression", "assert_statement"}
)
_TRANSPARENT = frozenset(
    {
        "parenthesized_expression",
        "not_operator",
        "boolean_operator",
        "comparison_operator",
        "argument_list",
    }
)
_ANSWERS_TO_MISSING = frozenset({"AttributeError", "Exception", "BaseException"})


def parents(node: Node) -> Iterator[Node]:
    """The nodes around a node, innermost first."""
    current = node.parent
    for _ in range(_DEPTH_MAX):
        if current is None:
            return
        yield current
        current = current.parent


def result_members(module: Module) -> Iterator[Member]:
    """The attributes that are read (not set) of QuantumResult objects."""
    for member in module.members:
        if member.class_dotted == RESULT and not is_set(member.node):
            yield member


def comes_from_a_run(member: Member) -> bool:
    """Whether the object is what a run returned, not one that the text made itself."""
    return member.value.producer in RUNNERS


def is_set(node: Node) -> bool:
    """Whether an expression is assigned to or deleted."""
    inner = node
    for outer in parents(node):
        if outer.type in {"assignment", "augmented_assignment", "for_statement", "for_in_clause"}:
            return outer.child_by_field_name("left") == inner
        if outer.type in {"delete_statement", "as_pattern_target"}:
            return True
        if outer.type not in {"pattern_list", "tuple_pattern", "list_pattern", "expression_list"}:
            return False
        inner = outer
    return False


def top_row(node: Node) -> int:
    """The line on which the top-level statement begins that holds a node.

    What a rule says about the others in such a statement stays true when it sees only that one.
    """
    row = node.start_point.row
    for outer in parents(node):
        if outer.type != "module":
            row = outer.start_point.row
    return row


def is_truth_test(module: Module, node: Node) -> bool:
    """Whether an expression only decides which way to go: ``if not result.counts``."""
    inner = node
    for outer in parents(node):
        if outer.type in _CONDITIONS:
            return inner == _condition(outer)
        if outer.type == "boolean_operator" and inner == outer.child_by_field_name("left"):
            return True
        if outer.type == "call":
            function = outer.child_by_field_name("function")
            if function is None or module.syntax.node_text(function) not in {"len", "bool"}:
                return False
        elif outer.type not in _TRANSPARENT:
            return False
        inner = outer
    return False


def _condition(node: Node) -> Node | None:
    if node.type == "assert_statement":
        return next(iter(node.named_children), None)
    if node.type == "conditional_expression":
        return node.named_children[1] if node.named_child_count > 1 else None
    return node.child_by_field_name("condition")


def questions(module: Module) -> frozenset[tuple[int, str, str]]:
    """Where the text asks with ``hasattr``: top-level statement, object and name, as written."""
    found = set()
    for call in module.collected.calls:
        function, arguments = (call.child_by_field_name(n) for n in ("function", "arguments"))
        if function is None or arguments is None or arguments.named_child_count != _QUESTION_SIZE:
            continue
        if module.syntax.node_text(function) == "hasattr":
            owner, name = arguments.named_children
            literal = module.literal(name)
            if literal is not None and isinstance(literal.value, str):
                found.add((top_row(call), module.syntax.node_text(owner), literal.value))
    return frozenset(found)


def is_expected_missing(
    module: Module, member: Member, asked: frozenset[tuple[int, str, str]]
) -> bool:
    """Whether the text asks with ``hasattr`` first, or catches the AttributeError."""
    owner = module.syntax.node_text(member.owner)
    if asked and (top_row(member.node), owner, member.name) in asked:
        return True
    return any(_catches(module, outer) for outer in parents(member.node))


def _catches(module: Module, node: Node) -> bool:
    if node.type != "try_statement":
        return False
    for clause in node.children:
        if clause.type != "except_clause":
            continue
        text = module.syntax.node_text(clause).partition(":")[0]
        words = set(text.replace("(", " ").replace(")", " ").replace(",", " ").split())
        if words == {"except"} or words & _ANSWERS_TO_MISSING:
            return True
    return False


def quote_for(module: Module, node: Node) -> str | None:
    """The quotation mark that a string put in place of a node can have; None for none.

    Before Python 3.12 a string in an f-string needs other marks than the f-string itself.
    """
    for outer in parents(node):
        if outer.type != "interpolation":
            continue
        string = next((o for o in parents(outer) if o.type == "string"), None)
        if string is None:
            return None
        text = module.syntax.node_text(string).lstrip("fFrRbBuU")
        return None if text[:3] in {'"""', "'''"} else "'" if text[:1] == '"' else '"'
    return '"'


def plain_arguments(call: Node) -> list[Node]:
    """What stands between the brackets of a call, comments left out."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return []
    return [child for child in arguments.named_children if child.type != "comment"]
