"""Repairs of a call's arguments that our rules do not offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tree_sitter import Node

from bioql_lsp.analysis.backends import HOUSE_BACKEND
from bioql_lsp.analysis.binder import MisfitKind, misfits
from bioql_lsp.analysis.changes import add_argument, delete_argument, environment_key
from bioql_lsp.analysis.chemistry import check_smiles
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules._results import parents
from bioql_lsp.analysis.scopes import _COMPREHENSIONS, Binding
from bioql_lsp.analysis.templates import takes_no_arguments
from bioql_lsp.text import Edit, Span

_RATE_MAX: Final = 0.1
_COLLECTION: Final = re.compile(r"list|tuple|dict|set|sequence|iterable|array|any", re.IGNORECASE)


def _call_at(module: Module, span: Span) -> Call | None:
    """The innermost call of BioQL's around a place."""
    around = [c for c in module.calls if c.span.start <= span.start and span.end <= c.span.end]
    return min(around, key=lambda call: call.span.length, default=None)


def key_in_order(module: Module, finding: Finding) -> list[Edit]:
    """BQ002: the key, before those of the arguments that the signature has behind it."""
    call = _called_at(module, finding.span)
    key = environment_key(module, call.span.start) if call is not None else None
    if call is None or key is None:
        return []
    return [*key[1], _in_order(module, call, "api_key", key[0])]


def backend_in_order(module: Module, finding: Finding) -> list[Edit]:
    """BQ008: the backend that always works, in its order."""
    call = _called_at(module, finding.span)
    return [_in_order(module, call, "backend", f'"{HOUSE_BACKEND}"')] if call is not None else []


def _called_at(module: Module, span: Span) -> Call | None:
    """The call whose function stands at a place."""
    return next((c for c in module.calls if c.function_span == span), None)


def _in_order(module: Module, call: Call, name: str, value: str) -> Edit:
    """One more keyword, in the order of the signature."""
    names = [parameter.name for parameter in call.symbol.parameters or ()]
    behind = set(names[names.index(name) + 1 :]) if name in names else set()
    following = next((a for a in call.arguments if a.keyword in behind), None)
    if following is None:
        return add_argument(module, call, f"{name}={value}")
    return _before(module, following, f"{name}={value}")


def _before(module: Module, argument: Argument, text: str) -> Edit:
    """One more argument before another one, on a line of its own where that has one."""
    start, document = argument.span.start, module.document
    place = document.position(start)
    lead = document.line_text(place.line)[: place.character]
    gap = f"{document.newline}{lead}" if not lead.strip() else " "
    return Edit(Span(start, start), f"{text},{gap}")


def _argument_at(call: Call, span: Span) -> Argument | None:
    return next(
        (a for a in call.arguments if a.span.start <= span.start and span.end <= a.span.end), None
    )


def surplus_argument(module: Module, finding: Finding) -> list[Edit]:
    """BQ063: leave out the argument that is too much, or said twice in the same words."""
    call = _call_at(module, finding.span)
    for misfit in misfits(call) if call is not None else ():
        argument = misfit.argument
        if call is None or argument is None or argument.span != finding.span:
            continue
        if misfit.kind is MisfitKind.TOO_MANY:
            return [delete_argument(module, call, argument)]
        first = call.by_position.get(misfit.name)
        if first is not None and _source(module, first) == _source(module, argument):
            return [delete_argument(module, call, argument)]
    return []


def _source(module: Module, argument: Argument) -> str:
    return module.text[argument.value_span.start : argument.value_span.end]


def missing_argument(module: Module, finding: Finding) -> list[Edit]:
    """BQ065, BQ057: give the one name above that nothing uses, where there is just one."""
    call = _called_at(module, finding.span)
    if call is None:
        return []
    unused = {binding.name: binding for binding in _unused(module, call)}
    if finding.code == "BQ057":
        missing = [_ligand(module, list(unused.values()))]
    else:
        missing = [m.name for m in misfits(call) if m.kind is MisfitKind.MISSING]
    if len(missing) != 1:
        return []
    binding = unused.get(missing[0]) or (next(iter(unused.values())) if len(unused) == 1 else None)
    return _given(module, call, missing[0], binding) if binding is not None else []


def _ligand(module: Module, bindings: list[Binding]) -> str:
    """The parameter that takes what one of the bindings holds."""
    literals = (module.literal(b.value) for b in bindings if b.value is not None)
    texts = [str(each.value) for each in literals if each is not None and each.is_text]
    return "ligand_file" if texts and check_smiles(texts[0]) is not None else "ligand_smiles"


def _unused(module: Module, call: Call) -> Iterator[Binding]:
    """What is bound for a call, in its scope or at the top, whose name is used nowhere."""
    around = [p for p in parents(call.node) if p.type in _COMPREHENSIONS]
    for binding in module.collected.bindings:
        name, start = binding.name, binding.node.start_byte
        is_bound = start < call.node.start_byte or any(start < p.end_byte for p in around)
        if not is_bound or len(module.identifiers.get(name, ())) != 1:
            continue
        scope = module.scope_of(name, call.node.start_byte)
        if binding in module.collected.scopes[scope].bindings.get(name, ()):
            yield binding


def _given(module: Module, call: Call, parameter: str, binding: Binding) -> list[Edit]:
    """The name as an argument, by position where there is one for it."""
    names, given = call.symbol.positional_names, call.positional
    if parameter not in names or names.index(parameter) != len(given):
        return [add_argument(module, call, f"{parameter}={binding.name}")]
    if not call.arguments:
        return [Edit(Span(call.open_paren + 1, call.open_paren + 1), binding.name)]
    behind = next((a for a in given if _comes_behind(module, call, a, binding)), None)
    if behind is None and given:
        return [Edit(Span(given[-1].span.end, given[-1].span.end), f", {binding.name}")]
    return [_before(module, behind or call.arguments[0], binding.name)]


def _comes_behind(module: Module, call: Call, argument: Argument, binding: Binding) -> bool:
    """Whether an argument stands in the place of a name: by the signature, or bound after it."""
    names = call.symbol.positional_names
    if binding.name in names:
        return argument.position >= names.index(binding.name)
    if not _may_be(call, argument):
        return True
    if argument.node is None or argument.node.type != "identifier":
        return False
    name = module.syntax.node_text(argument.node)
    bound = module.bindings_of(name, argument.node.start_byte)
    return any(each.node.start_byte > binding.node.start_byte for each in bound)


def _may_be(call: Call, argument: Argument) -> bool:
    """Whether what is written can be what the parameter in its place takes."""
    parameters = [p for p in call.symbol.parameters or () if p.kind in "pa"]
    annotation = parameters[argument.position].annotation or ""
    if argument.text is not None:
        return _COLLECTION.search(annotation) is None
    is_collection = argument.node is not None and argument.node.type in {"tuple", "list"}
    return not is_collection or not annotation or _COLLECTION.search(annotation) is not None


def fitting_rate(module: Module, finding: Finding) -> list[Edit]:
    """BQ046: an error rate in percent as a share."""
    call = _call_at(module, finding.span)
    argument = call.argument("error_rate") if call is not None else None
    if argument is None or argument.value_span != finding.span or argument.literal is None:
        return []
    value = argument.literal.value
    if not isinstance(value, int | float) or not 0 < value / 100 < _RATE_MAX:
        return []
    return [Edit(argument.literal.span, str(round(value / 100, 8)))]


def positive_shots(module: Module, finding: Finding) -> list[Edit]:
    """BQ016: a number of shots with a minus too much."""
    call = _call_at(module, finding.span)
    argument = call.argument("shots") if call is not None else None
    literal = argument.literal if argument is not None else None
    if literal is None or type(literal.value) is not int or literal.value >= -1:
        return []
    return [Edit(literal.span, str(-literal.value))]


def sentence_of_list(module: Module, finding: Finding) -> list[Edit]:
    """BQ025: the one sentence of a list, without the list."""
    call = _call_at(module, finding.span)
    argument = _argument_at(call, finding.span) if call is not None else None
    node = argument.node if argument is not None else None
    if node is None or node.type not in {"list", "tuple", "set"} or len(node.named_children) != 1:
        return []
    literal = module.literal(node.named_children[0])
    if literal is None or not literal.is_text:
        return []
    inner = module.syntax.span(node.named_children[0])
    return [Edit(module.syntax.span(node), module.text[inner.start : inner.end])]


def moved_to_method(module: Module, finding: Finding) -> list[Edit]:
    """BQ039: a template's arguments in the method that is called on it, which takes them."""
    call = next((c for c in module.calls if _spans_arguments(c, finding.span)), None)
    if call is None or not takes_no_arguments(call.symbol) or not call.is_whole:
        return []
    inside = Span(call.open_paren + 1, call.close_paren)
    method = next((c for c in module.calls if _owner(c) == call.node), None)
    if method is None or method.arguments or method.symbol.name == "build":
        return []
    names = method.symbol.keyword_names
    is_open = "w" in method.symbol.kinds
    if not all(a.keyword is not None and (is_open or a.keyword in names) for a in call.arguments):
        return []
    at = method.open_paren + 1
    return [Edit(inside, ""), Edit(Span(at, at), module.text[inside.start : inside.end])]


def _spans_arguments(call: Call, span: Span) -> bool:
    first, last = (call.arguments[0], call.arguments[-1]) if call.arguments else (None, None)
    return (
        first is not None
        and last is not None
        and Span(first.span.start, last.span.end) == span
        and takes_no_arguments(call.symbol)
    )


def _owner(call: Call) -> Node | None:
    function = call.node.child_by_field_name("function")
    return function.child_by_field_name("object") if function is not None else None


def without_method(module: Module, finding: Finding) -> list[Edit]:
    """BQ040: the dict that build() returns, without the circuit's method that it lacks."""
    for node in module.collected.every_attribute:
        last, owner = (node.child_by_field_name(name) for name in ("attribute", "object"))
        if last is None or owner is None or module.syntax.span(last) != finding.span:
            continue
        outer = node
        if node.parent is not None and node.parent.type == "call":
            outer = node.parent
        if outer.parent is None or outer.parent.type == "expression_statement":
            return []
        return [Edit(Span(module.syntax.span(owner).end, module.syntax.span(outer).end), "")]
    return []
