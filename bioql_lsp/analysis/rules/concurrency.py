"""BQ060: quantum() blocks, and each call of it is a run that is paid for."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.costs import amount
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._naming import Names, at_start
from bioql_lsp.analysis.rules._prospects import bill_of
from bioql_lsp.analysis.rules._results import parents
from bioql_lsp.text import Edit

_HEAD = (
    "import asyncio\nimport os\nimport time\n\nfrom bioql import quantum\n\n"
    'KEY = os.environ["BIOQL_API_KEY"]\n\n\n'
)
_RUN = 'quantum("Create a Bell state", KEY, "ibm_torino", 10)'
_THREAD = 'asyncio.to_thread(quantum, "Create a Bell state", KEY, "ibm_torino", 10)'
_MODULE = "asyncio"
_TAKES_AWAITABLES = frozenset(
    {
        *("as_completed", "create_task", "ensure_future", "gather", "run", "run_until_complete"),
        *("shield", "wait", "wait_for"),
    }
)
_ON_ANY_OBJECT = frozenset({"create_task", "ensure_future", "run_until_complete"})
_COLLECTIONS = frozenset(
    {
        *("list", "tuple", "set", "list_comprehension", "set_comprehension"),
        *("generator_expression", "list_splat", "parenthesized_expression", "argument_list"),
    }
)
_LOOPS = frozenset({"for_statement", "while_statement"})
_OWN_CODE = frozenset({"function_definition", "lambda", "class_definition"})
_PAUSES = frozenset({"sleep", "wait", "input", "acquire"})


@rule(
    code="BQ060",
    severity=Severity.WARNING,
    title="quantum() is awaited, or called in a loop without a pause",
    why="quantum() is an ordinary function that blocks until the job is done: it cannot be "
    "awaited and does not run beside others. In a loop every pass is a run of its "
    "own, which is billed.",
    fix="Suggests asyncio.to_thread where it is awaited; a loop is yours to bound and slow down.",
    good=(
        _HEAD + f"async def main():\n    return await {_THREAD}\n",
        _HEAD + f"for _ in range(3):\n    {_RUN}\n    time.sleep(1)\n",
    ),
    bad=(
        _HEAD + f"async def main():\n    return await {_RUN}\n",
        _HEAD + f"async def main():\n    return await asyncio.gather({_RUN}, {_RUN})\n",
        _HEAD + f"for _ in range(3):\n    {_RUN}\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each run that is awaited, and each that a loop repeats."""
    for call in module.runs:
        if call.symbol.is_async:
            continue
        if _is_awaited(module, call.node):
            message = (
                "quantum() is no coroutine: it blocks, and awaiting its result raises TypeError "
                "after the run was billed. Use asyncio.to_thread."
            )
            fixes = tuple(_in_a_thread(module, call))
            yield Finding("BQ060", Severity.WARNING, message, call.function_span, fixes)
        elif (loop := _loop_without_pause(module, call)) and (bill := bill_of(module, call)):
            advice = "Bound the loop and pause" if loop.type == "while_statement" else "Pause"
            message = (
                f"Every pass of this loop is a run of its own at {amount(bill.total_nano_usd)} "
                f"USD, one right after the other. {advice} between the runs."
            )
            yield Finding("BQ060", Severity.WARNING, message, call.function_span)


def _is_awaited(module: Module, node: Node) -> bool:
    """Whether a call's result is awaited, or handed to what awaits it."""
    inner = node
    for outer in parents(node):
        if outer.type == "await":
            return inner == node or inner.type == "parenthesized_expression"
        if outer.type == "call":
            return _takes_awaitables(module, outer)
        is_item = not outer.type.endswith("comprehension") or _body(outer) == inner
        if outer.type not in _COLLECTIONS or not is_item:
            return False
        inner = outer
    return False


def _body(comprehension: Node) -> Node | None:
    return comprehension.child_by_field_name("body")


def _takes_awaitables(module: Module, call: Node) -> bool:
    function = call.child_by_field_name("function")
    if function is None:
        return False
    owner, _, name = module.syntax.node_text(function).rpartition(".")
    if name not in _TAKES_AWAITABLES:
        return False
    if owner:
        return owner == _MODULE or name in _ON_ANY_OBJECT
    bounds = module.known(name, function.start_byte).bounds
    return bool(bounds) and all(bound.target == f"{_MODULE}.{name}" for bound in bounds)


def _in_a_thread(module: Module, call: Call) -> Iterator[Fix]:
    names = Names(module, call.span.start)
    name, imports = names.module_name(_MODULE), names.imports()
    if name is None or imports is None or not call.is_whole or not call.arguments:
        return
    function = module.text[call.function_span.start : call.function_span.end]
    edits = (
        *imports,
        Edit(call.function_span, f"{name}.to_thread"),
        at_start(call.arguments[0].span, f"{function}, "),
    )
    yield Fix("Run it in a thread", edits, is_deterministic=False)


def _loop_without_pause(module: Module, call: Call) -> Node | None:
    """The loop that repeats a run, in the same function and without a pause."""
    inner = call.node
    for outer in parents(call.node):
        if outer.type in _OWN_CODE:
            return None
        if outer.type in _LOOPS and inner == outer.child_by_field_name("body"):
            return None if _pauses(module, outer) else outer
        inner = outer
    return None


def _pauses(module: Module, loop: Node) -> bool:
    for node in module.collected.calls:
        if loop.start_byte <= node.start_byte < loop.end_byte:
            function = node.child_by_field_name("function")
            text = module.syntax.node_text(function) if function is not None else ""
            if text.rpartition(".")[2] in _PAUSES:
                return True
    return False
