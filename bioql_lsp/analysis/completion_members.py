"""Completion after a dot: members of BioQL's modules, classes, enumerations and instances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.api.symbols import Symbol
from bioql_lsp.analysis.completion_imports import is_usable, members_of_module
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.proposals import Proposal, named
from bioql_lsp.analysis.result_notes import attribute_note, never_filled

_FIRST = ("success", "counts", "error_message")
_ORDER = {"attribute": 0, "property": 0, "method": 1}


def member_proposals(place: Place) -> tuple[Proposal, ...]:
    """The members of what stands before the dot that the word at the place follows."""
    thing = place.thing_before(place.word.start - 1)
    index = place.module.index
    if thing.class_dotted is not None:
        return _instance_members(index, thing.class_dotted)
    symbol = thing.symbol
    if symbol is None:
        return ()
    if symbol.kind == "module":
        return members_of_module(place, symbol.dotted, with_modules=False)
    return _class_members(index, symbol) if symbol.kind == "class" else ()


@lru_cache(maxsize=64)
def _instance_members(index: Index, class_dotted: str) -> tuple[Proposal, ...]:
    """The attributes, then the methods, of an instance; what is of no use comes last."""
    offers = [
        _instance_member(class_dotted, name, symbol)
        for name, symbol in _public(index, class_dotted)
    ]
    return tuple(sorted(offers, key=_order))


def _instance_member(class_dotted: str, name: str, symbol: Symbol) -> Proposal:
    offer = named(name, symbol)
    is_discouraged = offer.is_discouraged or never_filled(class_dotted, name) is not None
    note = attribute_note(class_dotted, name)
    return replace(offer, documentation=note, is_discouraged=is_discouraged)


def _order(offer: Proposal) -> tuple[bool, int, int, str]:
    first = _FIRST.index(offer.label) if offer.label in _FIRST else len(_FIRST)
    return offer.is_discouraged, first, _ORDER.get(offer.kind, 2), offer.label


def _class_members(index: Index, owner: Symbol) -> tuple[Proposal, ...]:
    """What can be reached through a class: an enumeration's members, methods otherwise."""
    if owner.class_kind == "enum":
        return tuple(
            replace(
                named(name, symbol, detail=f"{owner.name}.{name} = {symbol.note}"),
                kind="enum member",
            )
            for name, symbol in _public(index, owner.dotted)
            if symbol.returns_class == owner.dotted
        )
    methods = (
        named(name, symbol.unbound)
        for name, symbol in _public(index, owner.dotted)
        if symbol.kind == "method"
    )
    return tuple(sorted(methods, key=_order))


def _public(index: Index, class_dotted: str) -> Iterator[tuple[str, Symbol]]:
    for name, symbol in index.members(class_dotted).items():
        if is_usable(symbol) and not name.startswith("_"):
            yield name, symbol
