"""BQ028: the counts of a run are read although it may have failed."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Member
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._results import (
    comes_from_a_run,
    is_truth_test,
    parents,
    result_members,
    top_row,
)
from bioql_lsp.analysis.scopes import Binding, BindingKind
from bioql_lsp.text import Edit, Span

_USED = frozenset({"counts", "most_likely_outcome", "total_shots", "probabilities"})
_BINDINGS_MAX = 20
_FREE_NAMES = ("result", "run_result")
_BLOCKS = frozenset({"module", "block"})
_DEFERRED = frozenset(
    {
        "lambda",
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression",
    }
)
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_RUN = 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)'
_GUARD = "if not result.success:\n    raise SystemExit(result.error_message)\n"


@rule(
    code="BQ028",
    severity=Severity.WARNING,
    title="The result is used without checking success",
    why="quantum() does not raise when a run fails: it returns a result whose success is False and "
    "whose counts are empty, so that the mistake shows up later and elsewhere.",
    fix="Inserts a check right after the run, which raises with the result's error_message; where "
    "the call itself is read, suggests to give its result a name first.",
    good=(
        f"{_HEAD}result = {_RUN}\n{_GUARD}print(result.counts)\n",
        f"{_HEAD}result = {_RUN}\nif result.success:\n    print(result.most_likely_outcome)\n",
        f"{_HEAD}result = {_RUN}\nprint(max(result.counts) if result.counts else None)\n",
    ),
    bad=(
        f'{_HEAD}result = {_RUN}\nprint(result.counts["00"])\n',
        f"{_HEAD}def best(text):\n    r = quantum(text, api_key=KEY, backend='ibm_torino')\n"
        "    return max(r.counts, key=r.counts.get)\n",
        f"{_HEAD}print({_RUN}.most_likely_outcome)\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for the first use of each unchecked result in a statement, and for each chain."""
    reads = [m for m in result_members(module) if m.name in _USED and comes_from_a_run(m)]
    tested = {_key(module, m) for m in reads if is_truth_test(module, m.node)}
    reported: set[tuple[str, int, int]] = set()
    for member in reads:
        if member.owner.type == "call":
            yield _chain_finding(module, member)
            continue
        key = _key(module, member)
        if member.owner.type != "identifier" or key in tested or key in reported:
            continue
        name = module.syntax.node_text(member.owner)
        if module.known(name, member.owner.start_byte).is_checked:
            continue
        reported.add(key)
        yield _finding(module, member, name)


def _key(module: Module, member: Member) -> tuple[str, int, int]:
    """The name that is read, its scope, and the top-level statement that reads it."""
    name = module.syntax.node_text(member.owner)
    scope = module.scope_of(name, member.owner.start_byte)
    return name, scope, top_row(member.node)


def _finding(module: Module, member: Member, name: str) -> Finding:
    message = (
        f"Nothing checks {name}.success: a failed run raises nothing and has no counts. "
        f"Check it before {name}.{member.name} is read."
    )
    fix = _guard(module, name, member.owner)
    return Finding("BQ028", Severity.WARNING, message, member.span, (fix,) if fix else ())


def _guard(module: Module, name: str, use: Node) -> Fix | None:
    """A check behind every run that is assigned to the name; None where there is no room."""
    edits = []
    bindings = module.bindings_of(name, use.start_byte)
    for binding in bindings if len(bindings) <= _BINDINGS_MAX else ():
        edit = guard_behind(module, binding)
        if edit is None:
            return None
        edits.append(edit)
    return Fix(f"Check {name}.success after the run", tuple(edits)) if edits else None


def guard_behind(module: Module, binding: Binding) -> Edit | None:
    """The check of a result behind the run that is assigned to its name, where there is room."""
    assignment = binding.node.parent
    if binding.kind is not BindingKind.VALUE or assignment is None:
        return None
    statement = assignment.parent
    if assignment.type != "assignment" or statement is None:
        return None
    indent = own_line_indent(module, statement)
    if indent is None:
        return None
    lines = guard_lines(module, statement, binding.name, indent)
    end = module.document.line_span(statement.end_point.row).end
    newline = module.document.newline
    return Edit(Span(end, end), "".join(f"{newline}{line}" for line in lines))


def own_line_indent(module: Module, statement: Node) -> str | None:
    """The indentation of a simple statement that has its lines to itself; None for others."""
    if statement.type != "expression_statement" or statement.parent is None:
        return None
    if statement.parent.type not in _BLOCKS:
        return None
    span, document = module.syntax.span(statement), module.document
    first = document.line_span(document.position(span.start).line)
    last = document.line_span(document.position(span.end).line)
    indent = module.text[first.start : span.start]
    rest = module.text[span.end : last.end].strip()
    return indent if not indent.strip() and (not rest or rest[0] == "#") else None


def guard_lines(module: Module, statement: Node, name: str, indent: str) -> tuple[str, str]:
    """The check of a result: SystemExit at the top of a file, RuntimeError inside functions."""
    is_inside = any(
        p.type in {"function_definition", "class_definition"} for p in parents(statement)
    )
    error = "RuntimeError" if is_inside else "SystemExit"
    deeper = indent + ("\t" if indent.startswith("\t") else "    ")
    return f"{indent}if not {name}.success:", f"{deeper}raise {error}({name}.error_message)"


def _chain_finding(module: Module, member: Member) -> Finding:
    message = (
        f"A failed run raises nothing and has no counts, and {member.name} is read before anybody "
        "can check success: give the result a name and check it first."
    )
    fix = _named_first(module, member)
    return Finding("BQ028", Severity.WARNING, message, member.span, (fix,) if fix else ())


def _named_first(module: Module, member: Member) -> Fix | None:
    statement = member.node
    for outer in parents(member.node):
        if outer.type in _DEFERRED:
            return None
        statement = outer
        if outer.parent is None or outer.parent.type in _BLOCKS:
            break
    indent = own_line_indent(module, statement)
    free = (n for n in _FREE_NAMES if not module.known(n, member.node.start_byte).count)
    name = next(free, None)
    if indent is None or name is None:
        return None
    call, start = module.syntax.span(member.owner), module.syntax.span(statement).start
    newline = module.document.newline
    guard = guard_lines(module, statement, name, indent)
    lines = (f"{name} = {module.text[call.start : call.end]}", *guard)
    text = newline.join(lines) + newline + indent
    edits = (Edit(Span(start, start), text), Edit(call, name))
    return Fix("Give the result a name and check it", edits, is_deterministic=False)
