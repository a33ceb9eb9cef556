"""BQ031, BQ032: results that are called, subscripted or counted as they cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Member
from bioql_lsp.analysis.module import RESULT, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._results import is_set, plain_arguments, result_members
from bioql_lsp.text import Edit, Span

_COLLECTING = frozenset(
    {"dict", "enumerate", "iter", "len", "list", "max", "min", "set", "sorted", "sum", "tuple"}
)
_VALUE_PLACES = frozenset({"subscript", "interpolation", "binary_operator", "expression_statement"})
_BUILTINS = _COLLECTING | {"print", "repr", "str"}
_HEAD = (
    'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
    'result = quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'
    "if not result.success:\n    raise SystemExit(result.error_message)\n"
)


@rule(
    code="BQ031",
    severity=Severity.ERROR,
    title="A property is called, or a method is not",
    why="total_shots, most_likely_outcome and counts are values: calling them raises TypeError. "
    "probabilities is a method: without brackets it is no dictionary.",
    fix="Removes or adds the brackets.",
    good=(
        _HEAD + "print(result.total_shots, result.probabilities())\n",
        _HEAD + "later(result.probabilities)\n",
        _HEAD + "shares = result.probabilities\nprint(shares())\n",
    ),
    bad=(
        _HEAD + "print(result.total_shots())\n",
        _HEAD + "print(result.most_likely_outcome())\n",
        _HEAD + 'print(result.probabilities["00"])\n',
        _HEAD + "for state, share in result.probabilities.items():\n    print(state, share)\n",
    ),
)
def check_brackets(module: Module) -> Iterator[Finding]:
    """A finding for each attribute that is called, and each method that is used uncalled."""
    for member in result_members(module):
        symbol = module.index.member(RESULT, member.name)
        kind = symbol.kind if symbol is not None else ""
        call = member.call
        if kind in {"property", "attribute"} and call is not None:
            message = f"{member.name} is a value, no method: calling it raises TypeError."
            fixes: tuple[Fix, ...] = ()
            if not plain_arguments(call):
                brackets = Span(member.span.end, module.syntax.span(call).end)
                fixes = (Fix("Remove the brackets", (Edit(brackets, ""),)),)
            yield Finding("BQ031", Severity.ERROR, message, member.span, fixes)
        elif kind == "method" and call is None and _is_used_as_value(module, member):
            message = f"{member.name} is a method; without brackets it is not called."
            end = Span(member.span.end, member.span.end)
            fix = Fix("Call it", (Edit(end, "()"),))
            yield Finding("BQ031", Severity.ERROR, message, member.span, (fix,))


def _is_used_as_value(module: Module, member: Member) -> bool:
    """Whether the method itself is certainly not what is meant: nobody here can call it later."""
    node, outer = member.node, member.node.parent
    if outer is None:
        return False
    if outer.type == "argument_list" and outer.parent is not None:
        function = outer.parent.child_by_field_name("function")
        return function is not None and module.syntax.node_text(function) in _BUILTINS
    if outer.type == "attribute":
        last = outer.child_by_field_name("attribute")
        return last is not None and not module.syntax.node_text(last).startswith("__")
    if outer.type in {"for_statement", "for_in_clause"}:
        return outer.child_by_field_name("right") == node
    return outer.type in _VALUE_PLACES


@rule(
    code="BQ032",
    severity=Severity.ERROR,
    title="A result is no dictionary",
    why="A QuantumResult cannot be subscripted, iterated over or measured with len(): Python "
    "raises TypeError, after the run has been paid for.",
    fix="Reads the attribute that is meant: result.counts.",
    good=(
        _HEAD + 'print(result.counts["00"], len(result.counts))\n',
        _HEAD + "for state in result.counts:\n    print(state)\n",
    ),
    bad=(
        _HEAD + 'print(result["counts"])\n',
        _HEAD + "for state in result:\n    print(state)\n",
        _HEAD + "print(len(result))\n",
    ),
)
def check_container(module: Module) -> Iterator[Finding]:
    """A finding for each subscript, loop and counting of a result itself."""
    for node in module.collected.subscripts:
        owner = node.child_by_field_name("value")
        if _is_result(module, owner) and owner is not None:
            yield _subscript(module, node, owner)
    for node in module.collected.loops:
        over = node.child_by_field_name("right")
        if over is not None and node.type != "while_statement" and _is_result(module, over):
            yield _container(module, over, "A QuantumResult cannot be iterated over")
    for node in module.collected.calls:
        function, arguments = node.child_by_field_name("function"), plain_arguments(node)
        if function is None or function.type != "identifier" or not arguments:
            continue
        name = module.syntax.node_text(function)
        if name not in _COLLECTING or module.known(name, function.start_byte).count:
            continue
        if _is_result(module, arguments[0]):
            yield _container(module, arguments[0], f"{name}() cannot take a QuantumResult")


def _is_result(module: Module, node: Node | None) -> bool:
    return node is not None and module.value(node).instance_of == RESULT


def _subscript(module: Module, node: Node, owner: Node) -> Finding:
    keys = node.children_by_field_name("subscript")
    literal = module.literal(keys[0]) if len(keys) == 1 else None
    key = literal.value if literal is not None else None
    end, owner_end = module.syntax.span(node).end, module.syntax.span(owner).end
    fixes: tuple[Fix, ...] = ()
    if isinstance(key, str) and key in module.index.members(RESULT):
        brackets = "()" if module.index.members(RESULT)[key].kind == "method" else ""
        edit = Edit(Span(owner_end, end), f".{key}{brackets}")
        fixes = (Fix(f"Write .{key}", (edit,)),)
    elif isinstance(key, str) and key and not key.strip("01 ") and not is_set(node):
        edit = Edit(Span(owner_end, owner_end), ".counts")
        fixes = (Fix("Look it up in counts", (edit,)),)
    message = "A QuantumResult cannot be subscripted: this raises TypeError. Read its attributes."
    span = Span(owner_end, end)
    return Finding("BQ032", Severity.ERROR, message, span, fixes)


def _container(module: Module, node: Node, what: str) -> Finding:
    span = module.syntax.span(node)
    fix = Fix("Use its counts", (Edit(Span(span.end, span.end), ".counts"),))
    message = f"{what}: this raises TypeError. Use its counts."
    return Finding("BQ032", Severity.ERROR, message, span, (fix,))
