"""Results that are read as they cannot be: BQ028, BQ030 to BQ034."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from tree_sitter import Node

from bioql_lsp.analysis.model import Member
from bioql_lsp.analysis.module import RESULT, Module
from bioql_lsp.analysis.rules._results import comes_from_a_run, parents, result_members
from bioql_lsp.analysis.rules.result_attributes import _DYNAMIC, _MEANT, _PERHAPS_MEANT
from bioql_lsp.analysis.rules.result_calls import _COLLECTING
from bioql_lsp.text import Edit, Span
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    breaker,
    insert,
    line_of,
    one,
    slips,
)

_CALLED_WRONGLY: Final = frozenset({"get_counts"})
_GUARDS: Final = ("success", "error_message")


def _reads(module: Module, *names: str) -> list[Member]:
    """The readings of a run's result, of the named attributes or of all."""
    found = [m for m in result_members(module) if comes_from_a_run(m)]
    return [m for m in found if not names or m.name in names]


@breaker("BQ030", weight=2.5)
def wrong_attribute(rng: Random, module: Module) -> Edits:
    """An attribute that other packages' results have."""
    places = [
        (edit.span, edit.new_text)
        for member in _reads(module)
        for wrong, right in (*_MEANT.items(), *_PERHAPS_MEANT.items())
        for edit in _inverted(module, member, wrong, right)
    ]
    found = one(rng, places)
    return (Edit(*found),) if found else NOTHING


def _inverted(module: Module, member: Member, wrong: str, right: str) -> Iterator[Edit]:
    """The wrong name in place of the right one, where that stands here."""
    start = member.span.start
    if (
        module.text.startswith(right, start)
        and right.split("(", maxsplit=1)[0].split(".", maxsplit=1)[0] == member.name
    ):
        end = start + len(right)
        if not module.text[end : end + 1].isidentifier():
            text = f"{wrong}()" if wrong in _CALLED_WRONGLY else wrong
            yield Edit(Span(start, end), text)


@breaker("BQ030")
def misspelled_attribute(rng: Random, module: Module) -> Edits:
    """An attribute with a slip in its name."""
    member = one(rng, _reads(module))
    if member is None:
        return NOTHING
    known = module.index.members(RESULT)
    words = [w for w in slips(rng, member.name) if w not in known and w not in _MEANT]
    return (Edit(member.span, words[0]),) if words else NOTHING


@breaker("BQ031", weight=1.5)
def called_property(rng: Random, module: Module) -> Edits:
    """A value that is called."""
    members = [
        m
        for m in _reads(module)
        if m.call is None
        and m.name not in _GUARDS
        and _kind(module, m) in {"property", "attribute"}
    ]
    member = one(rng, members)
    return (insert(member.span.end, "()"),) if member else NOTHING


def _kind(module: Module, member: Member) -> str:
    symbol = module.index.member(RESULT, member.name)
    return symbol.kind if symbol is not None else ""


@breaker("BQ031", weight=1.5)
def uncalled_method(rng: Random, module: Module) -> Edits:
    """A method that is not called."""
    member = one(rng, [m for m in _reads(module) if m.call and _kind(module, m) == "method"])
    if member is None or member.call is None:
        return NOTHING
    return (Edit(Span(member.span.end, module.syntax.span(member.call).end), ""),)


@breaker("BQ032", weight=1.5)
def subscripted_result(rng: Random, module: Module) -> Edits:
    """A result that is read as a dictionary."""
    member = one(rng, [m for m in _reads(module) if m.name not in _GUARDS])
    if member is None or (member.call is not None) != (_kind(module, member) == "method"):
        return NOTHING
    end = module.syntax.span(member.call).end if member.call is not None else member.span.end
    quote = "'" if any(p.type == "interpolation" for p in parents(member.node)) else '"'
    return (Edit(Span(member.span.start - 1, end), f"[{quote}{member.name}{quote}]"),)


@breaker("BQ032")
def result_as_counts(rng: Random, module: Module) -> Edits:
    """A result in place of its counts: looked up, looped over or counted."""
    members = [m for m in _reads(module, "counts") if _stands_as_collection(module, m.node)]
    member = one(rng, members)
    return (Edit(Span(member.span.start - 1, member.span.end), ""),) if member else NOTHING


def _stands_as_collection(module: Module, node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type in {"for_statement", "for_in_clause"}:
        return parent.child_by_field_name("right") == node
    if parent.type == "subscript":
        return parent.child_by_field_name("value") == node
    if parent.type != "argument_list" or parent.parent is None:
        return False
    function = parent.parent.child_by_field_name("function")
    is_first = parent.named_children[0] == node
    return is_first and function is not None and module.syntax.node_text(function) in _COLLECTING


@breaker("BQ033", weight=1.5)
def direct_reading(rng: Random, module: Module) -> Edits:
    """An attribute read directly that is there after some runs only."""
    calls = [(node, text) for node in module.collected.calls if (text := _getattr(module, node))]
    found = one(rng, calls)
    return (Edit(module.syntax.span(found[0]), found[1]),) if found else NOTHING


def _getattr(module: Module, node: Node) -> str:
    """``x.name`` for ``getattr(x, "name", None)``; empty for another call."""
    function, arguments = (node.child_by_field_name(n) for n in ("function", "arguments"))
    if function is None or arguments is None or module.syntax.node_text(function) != "getattr":
        return ""
    given = arguments.named_children
    literal = module.literal(given[1]) if len(given) > 1 else None
    if literal is None or literal.value not in _DYNAMIC:
        return ""
    return f"{module.syntax.node_text(given[0])}.{literal.value}"


@breaker("BQ034", weight=0.7)
def unfilled_attribute(rng: Random, module: Module) -> Edits:
    """The attribute that stays 0 in place of the one that is filled."""
    member = one(rng, _reads(module, "total_shots"))
    return (Edit(member.span, "shots"),) if member else NOTHING


@breaker("BQ028", weight=2.5)
def unguarded_result(rng: Random, module: Module) -> Edits:
    """A result that nobody checks."""
    guards = [node for m in _reads(module, "success") for node in parents(m.node)]
    found = one(rng, [n for n in guards if n.type == "if_statement" and _is_guard(n)])
    if found is None:
        return NOTHING
    span = module.syntax.span(found)
    start, end = line_of(module, span.start).start, line_of(module, span.end).end
    return (Edit(Span(start, end), ""),)


def _is_guard(node: Node) -> bool:
    """Whether a condition only leaves: nothing is lost with it but the check."""
    body = node.child_by_field_name("consequence")
    is_alone = node.child_by_field_name("alternative") is None
    leaves = {"raise_statement", "return_statement"}
    statements = [] if body is None else body.named_children
    return is_alone and bool(statements) and statements[-1].type in leaves
