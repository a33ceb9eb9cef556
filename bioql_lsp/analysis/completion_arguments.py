"""Completion in a call of something of BioQL's: arguments that are not given yet, and values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.api.symbols import Parameter, Symbol
from bioql_lsp.analysis.completion_place import CallSite, Place
from bioql_lsp.analysis.completion_values import value_proposals
from bioql_lsp.analysis.parameters import parameter_note
from bioql_lsp.analysis.proposals import Around, Proposal
from bioql_lsp.analysis.templates import TEMPLATES

_WORD = re.compile(r"\s*(?:#[^\r\n]*\r?\n\s*)*(?:[A-Za-z_]\w*)?")
_EQUALS = re.compile(r"[ \t]*=(?!=)")


def argument_proposals(place: Place, site: CallSite, around: Around) -> Iterator[Proposal]:
    """Keywords where an argument begins, values where one is wanted."""
    if site.in_list:
        if not site.value_text.strip() and _is_item_start(place):
            yield from value_proposals(place, site, around)
    elif place.open.string_start is not None:
        if not site.value_text.strip():
            yield from value_proposals(place, site, around)
    elif site.keyword is not None:
        if _WORD.fullmatch(site.value_text):
            yield from value_proposals(place, site, around)
    elif _WORD.fullmatch(site.current):
        yield from _keywords(place, site)
        if not place.typed:
            yield from value_proposals(place, site, around)


def _is_item_start(place: Place) -> bool:
    start = place.open.string_start if place.open.string_start is not None else place.word.start
    return place.text[:start].rstrip()[-1:] in ("[", ",")


def _keywords(place: Place, site: CallSite) -> Iterator[Proposal]:
    parameters = (*(site.symbol.parameters or ()), *_of_template(site.symbol))
    wanted = [p for p in parameters if p.kind in "ak" and p.name not in site.given]
    for parameter in sorted(wanted, key=lambda p: not p.is_required):
        yield _keyword(place, site.symbol, parameter)


def _of_template(symbol: Symbol) -> Iterator[Parameter]:
    """What the ``build`` of a circuit template takes, which its signature does not tell."""
    owner, _, name = symbol.dotted.rpartition(".")
    template = TEMPLATES.get(owner) if name == "build" else None
    if template is not None:
        for each in sorted(template.required):
            yield Parameter(each, "k", None, None)
        for each in sorted(template.optional):
            yield Parameter(each, "k", None, "...")


def _keyword(place: Place, symbol: Symbol, parameter: Parameter) -> Proposal:
    detail = str(parameter) + (" (required)" if parameter.is_required else "")
    note = parameter_note(symbol.dotted, parameter.name)
    has_equals = _EQUALS.match(place.text, place.offset) is not None
    text = parameter.name if has_equals else f"{parameter.name}="
    return Proposal(parameter.name, "argument", text, detail, note)
