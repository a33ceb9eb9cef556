"""Calls of the wrong function, or of the right one as older versions took it: BQ025, BQ029, ..."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from tree_sitter import Node

from bioql_lsp.analysis.changes import add_argument, delete_argument, import_edit
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import QUANTUM, Module
from bioql_lsp.analysis.rules._results import parents
from bioql_lsp.analysis.rules.circuits import _CIRCUIT_WORDS, _REMOVED_BACKENDS
from bioql_lsp.analysis.rules.interpretation import _INTERPRET
from bioql_lsp.analysis.rules.profiler import _PROFILE, EXPORT
from bioql_lsp.analysis.rules.selection import _BEST
from bioql_lsp.analysis.templates import BUILDS, TEMPLATES, takes_no_arguments
from bioql_lsp.text import Edit, Span
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    arguments,
    breaker,
    insert,
    line_of,
    one,
    runs,
    source,
    value,
    whole_calls,
)

_RUN_BENCHMARK: Final = "bioql.run_benchmark"
_FORMATS: Final = ("html", "pdf", "csv", "txt", "md", "yaml")
_EXCEPTIONS: Final = ("BioQLError", "QuantumBackendError", "ProgramParsingError")
_GUARD: Final = re.compile(r"\n([ \t]*)if not (\w+)\.success:\n[^\n]*\n")
_LOOPS: Final = frozenset({"for_statement", "while_statement"})


def _calls(module: Module, dotted: str) -> list[Call]:
    return [call for call in whole_calls(module) if call.symbol.dotted == dotted]


@breaker("BQ025")
def program_in_a_list(rng: Random, module: Module) -> Edits:
    """A sentence in a list."""
    found = one(rng, [(c, a) for c, a in arguments(runs(module), "program") if a.text])
    if found is None:
        return NOTHING
    text = source(module, found[1].value_span)
    return value(found[1], rng.choice((f"[{text}]", f"[{text}]", f"({text},)")))


@breaker("BQ029")
def dead_handler(rng: Random, module: Module) -> Edits:
    """A handler in place of the check of the result."""
    match = _GUARD.search(module.text)
    statement = _statement_before(module, match.start()) if match else None
    name = rng.choice(_EXCEPTIONS)
    place = import_edit(module, f"from bioql import {name}", len(module.text))
    if match is None or statement is None or place is None:
        return NOTHING
    indent = match[1]
    body = source(module, statement).replace("\n", "\n    ")
    end = rng.choice((f"raise SystemExit({match[2]}_error)", f"print({match[2]}_error)"))
    handler = f"\n{indent}except {name} as {match[2]}_error:\n{indent}    {end}"
    text = f"try:\n{indent}    {body}{handler}\n"
    return (place, Edit(Span(statement.start, match.end()), text))


def _statement_before(module: Module, end: int) -> Span | None:
    """The run's statement that ends at a place."""
    for call in runs(module):
        node = call.node.parent
        if node is not None and node.type == "assignment" and node.parent is not None:
            span = module.syntax.span(node.parent)
            if span.end == end:
                return span
    return None


@breaker("BQ039")
def arguments_of_a_template(rng: Random, module: Module) -> Edits:
    """The arguments of a template's method given to the class."""
    places = []
    for call in whole_calls(module):
        function = call.node.child_by_field_name("function")
        owner = function.child_by_field_name("object") if function is not None else None
        made = next((c for c in module.calls if c.node == owner), None)
        if made is not None and takes_no_arguments(made.symbol) and not made.arguments:
            kept = TEMPLATES[made.symbol.dotted].names
            if call.arguments and all(a.keyword in kept for a in call.arguments):
                places.append((made, call))
    found = one(rng, places)
    if found is None:
        return NOTHING
    made, call = found
    inside = Span(call.open_paren + 1, call.close_paren)
    return (insert(made.open_paren + 1, source(module, inside)), Edit(inside, ""))


@breaker("BQ040", weight=0.7)
def dict_as_circuit(rng: Random, module: Module) -> Edits:
    """What ``build`` returns read as if it were a circuit."""
    places = [
        module.syntax.span(node)
        for name in module.identifiers
        for node in module.identifiers[name]
        if node.parent is not None
        and node.parent.type == "argument_list"
        and module.value(node).producer in BUILDS
    ]
    places += [call.span for call in whole_calls(module) if call.symbol.dotted in BUILDS]
    span = one(rng, places)
    word = rng.choice(sorted(_CIRCUIT_WORDS & {"draw", "depth", "decompose", "qasm"}))
    return (insert(span.end, f".{word}()"),) if span else NOTHING


@breaker("BQ041")
def removed_circuit_backend(rng: Random, module: Module) -> Edits:
    """A member of ``CircuitBackend`` that is gone."""
    at = module.text.find("CircuitBackend.IBM_TORINO")
    if at < 0:
        return NOTHING
    start = at + len("CircuitBackend.")
    return (Edit(Span(start, start + len("IBM_TORINO")), rng.choice(sorted(_REMOVED_BACKENDS))),)


@breaker("BQ042")
def profile_of_a_sentence(rng: Random, module: Module) -> Edits:
    """The profiler without the function that it is to call."""
    found = one(rng, [(c, a) for c, a in arguments(_calls(module, _PROFILE), "quantum_func")])
    if found is None or found[1].keyword is not None or found[1].value.dotted != QUANTUM:
        is_import = found is not None and "quantum" in module.identifiers
        if not is_import:
            return NOTHING
    return (delete_argument(module, *found),) if found else NOTHING


@breaker("BQ043")
def unknown_report(rng: Random, module: Module) -> Edits:
    """A report in a format that the profiler does not write."""
    found = one(rng, arguments(_calls(module, EXPORT), "format"))
    return value(found[1], f'"{rng.choice(_FORMATS)}"') if found else NOTHING


@breaker("BQ045")
def old_interpretation(rng: Random, module: Module) -> Edits:
    """The interpretation of a result as it was called before BioQL 7."""
    call = one(rng, _calls(module, _INTERPRET))
    counts = call.argument("counts") if call else None
    if call is None or counts is None:
        return NOTHING
    text = source(module, counts.value_span)
    kind = rng.randrange(3)
    if kind == 0 and text.endswith(".counts"):
        return (Edit(Span(counts.value_span.end - len(".counts"), counts.value_span.end), ""),)
    if kind == 1 and not counts.keyword:
        names = zip(call.positional, ("quantum_results=", "context="), strict=False)
        return [insert(argument.span.start, name) for argument, name in names]
    return (add_argument(module, call, "{}"),)


@breaker("BQ051", "BQ052", weight=1.5)
def enhanced(rng: Random, module: Module) -> Edits:
    """The other function, which does not do what it says."""
    names = [i for i in module.imported if i.is_from and i.target == "bioql.quantum"]
    imported = one(rng, [i for i in names if i.bound == "quantum"])
    if imported is None or not runs(module):
        return NOTHING
    spans = [imported.span, *(module.syntax.span(use) for use in module.uses_of(imported))]
    return tuple(Edit(span, "enhanced_quantum") for span in spans)


@breaker("BQ053")
def failing_benchmark(rng: Random, module: Module) -> Edits:
    """The benchmark that always fails, in place of the one that works."""
    imported = one(rng, [i for i in module.imported if i.target == _RUN_BENCHMARK and i.is_from])
    if imported is None or imported.bound != "run_benchmark":
        return NOTHING
    uses = [module.syntax.span(use) for use in module.uses_of(imported)]
    calls = [c for c in whole_calls(module) if c.function_span in uses]
    if len(calls) != len(uses) or any(len(c.positional) != len(c.arguments) for c in calls):
        return NOTHING
    return tuple(Edit(span, "quick_benchmark") for span in (imported.span, *uses))


@breaker("BQ060")
def no_pause(rng: Random, module: Module) -> Edits:
    """A loop of runs without its pause."""
    pauses = [
        node.parent
        for node in module.collected.calls
        if node.parent is not None
        and node.parent.type == "expression_statement"
        and (function := node.child_by_field_name("function")) is not None
        and module.syntax.node_text(function) in {"time.sleep", "sleep"}
        and any(outer.type in _LOOPS for outer in parents(node))
    ]
    found = one(rng, pauses)
    return (Edit(line_of(module, module.syntax.span(found).start), ""),) if found else NOTHING


@breaker("BQ060")
def awaited(rng: Random, module: Module) -> Edits:
    """A run that is awaited."""
    inside = [call for call in runs(module) if _is_async(call.node)]
    call = one(rng, inside)
    return (insert(call.span.start, "await "),) if call else _without_thread(rng, module)


def _without_thread(rng: Random, module: Module) -> Edits:
    """``await quantum(...)`` for ``await asyncio.to_thread(quantum, ...)``."""
    old = "asyncio.to_thread(quantum, "
    places = [m.start() for m in re.finditer(re.escape(old), module.text)]
    at = one(rng, places)
    return (Edit(Span(at, at + len(old)), "quantum("),) if at is not None else NOTHING


def _is_async(node: Node) -> bool:
    """Whether a node stands directly in an ``async def``."""
    owner = next((p for p in parents(node) if p.type in {"function_definition", "lambda"}), None)
    return owner is not None and owner.children[0].type == "async"


@breaker("BQ062")
def simulator_preferred(rng: Random, module: Module) -> Edits:
    """A wish that the choice of a backend ignores."""
    call = one(rng, _calls(module, _BEST))
    return (add_argument(module, call, "prefer_simulator=True"),) if call else NOTHING
