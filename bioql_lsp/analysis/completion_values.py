"""Completion of a value: what a parameter of BioQL's takes, as far as that is a short list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bioql_lsp.analysis.api.symbols import Parameter, Symbol
from bioql_lsp.analysis.backends import (
    REFUSED,
    USABLE,
    Backend,
    BackendState,
    backend,
    price_of_shot,
)
from bioql_lsp.analysis.completion_place import CallSite, Place
from bioql_lsp.analysis.costs import amount, per_shot
from bioql_lsp.analysis.literal_domains import Domain, domain_of
from bioql_lsp.analysis.module import RUNNERS
from bioql_lsp.analysis.proposals import Around, Proposal, status_words
from bioql_lsp.analysis.spelling import key_spelling, spelling
from bioql_lsp.text import Span

_SHOTS = (100, 500, 1000)
_STRING = re.compile(r"[rRbBuU]?([\"'])([^\"'\\\r\n]*)\1")
_LITERAL_REST = re.compile(r"[^\"'\\\r\n]*")
_BOOLEANS = frozenset({"bool", "Optional[bool]", "bool | None"})
_LIST_ITEM = re.compile(r"[\"']([^\"'\r\n]*)[\"']")
_DIGITS = re.compile(r"\d+")


def value_proposals(place: Place, site: CallSite, around: Around) -> Iterator[Proposal]:
    """What the argument at the place may be, best first."""
    domain = _domain(site)
    if domain is not None and (domain.is_list or not site.in_list):
        yield from _literals(place, site, domain)
    parameter = _parameter(site)
    if site.in_list or parameter is None:
        return
    is_run = site.symbol.dotted in RUNNERS
    if parameter.name == "backend" and is_run:
        yield from _backends(place, site)
    if place.open.string_start is not None:
        return
    if parameter.name == "shots" and "backend" in site.symbol.keyword_names:
        yield from _shots(place, site)
    if parameter.name == "api_key":
        yield from _key(place)
    if parameter.annotation in _BOOLEANS:
        yield from _booleans(parameter)
    yield from _enum_members(place, site.symbol, parameter, around)


def _domain(site: CallSite) -> Domain | None:
    return domain_of(site.symbol.dotted, site.parameter or site.keyword or "")


def _parameter(site: CallSite) -> Parameter | None:
    name = site.parameter
    return next((p for p in site.symbol.parameters or () if p.name == name), None)


def _literal(place: Place, value: str, detail: str, note: str) -> Proposal:
    """A text to write: with quotes, or inside those that are open."""
    if place.open.string_start is None:
        return Proposal(value, "value", f'"{value}"', detail, note)
    start = place.open.string_start + len(place.open.string_quote)
    rest = _LITERAL_REST.match(place.text, place.offset)
    end = rest.end() if rest else place.offset
    is_closed = place.text[end : end + 1] in ('"', "'")
    end = end if is_closed else place.offset
    return Proposal(value, "value", value, detail, note, span=Span(start, end))


def _literals(place: Place, site: CallSite, domain: Domain) -> Iterator[Proposal]:
    in_string = place.open.string_start is not None
    taken = _items(place, site) if site.in_list else frozenset()
    for value in domain.values:
        if isinstance(value, int):
            if not in_string:
                text = str(value)
                yield Proposal(text, "value", text, documentation=domain.note(value))
        elif value not in taken:
            offer = _literal(place, value, "", domain.note(value))
            if domain.is_list and not site.in_list and not in_string:
                offer = replace(offer, new_text=f"[{offer.new_text}]")
            yield offer


def _items(place: Place, site: CallSite) -> frozenset[str]:
    """The other items of the list that the place is in."""
    start = site.bracket.offset + len(site.current)
    line_end = _LITERAL_REST.match(place.text, place.offset)
    after = line_end.end() + 1 if line_end else place.offset
    closing = place.text.find("]", after)
    pieces = [place.text[start : (place.open.string_start or place.offset)]]
    if closing >= 0:
        pieces.append(place.text[after:closing])
    return frozenset(match for piece in pieces for match in _LIST_ITEM.findall(piece))


def _backends(place: Place, site: CallSite) -> Iterator[Proposal]:
    shots = _DIGITS.fullmatch(site.text_of("shots") or "")
    release = place.module.release
    for each in USABLE:
        price = price_of_shot(each, release)
        facts = [f"{each.qubits} qubits", *([per_shot(price)] if price is not None else [])]
        notes = [each.state.value.capitalize() + (f"; {each.note}" if each.note else "")]
        if shots and price is not None:
            notes.append(f"This call lists at {amount(price * int(shots.group()))} USD.")
        yield _literal(place, each.name, ", ".join(facts), ". ".join(notes))
    if (site.text_of("mode") or "").strip("\"'") == "crispr":
        yield _literal(place, "simulator", "CRISPR mode only, free", "The built-in sampler.")


def _shots(place: Place, site: CallSite) -> Iterator[Proposal]:
    found = _backend_of(site)
    price = price_of_shot(found, place.module.release) if found is not None else None
    for count in _SHOTS:
        detail = "every shot is billed"
        if found is not None and price is not None:
            detail = f"{amount(price * count)} USD at {found.name}"
        yield Proposal(str(count), "value", str(count), detail)


def _backend_of(site: CallSite) -> Backend | None:
    """The backend that is written in the same call."""
    match = _STRING.fullmatch(site.text_of("backend") or "")
    if match is None or match[2].lower() in REFUSED:
        return None
    found = backend(match[2])
    return found if found.state is not BackendState.UNKNOWN else None


def _key(place: Place) -> Iterator[Proposal]:
    written = key_spelling(place)
    if written is not None:
        text, note = written.text, "Keeps the key out of the source."
        detail = "from the environment"
        yield Proposal(text, "value", text, detail, note, imports=written.imports)


def _booleans(parameter: Parameter) -> Iterator[Proposal]:
    for text in ("True", "False"):
        detail = "the default" if parameter.default == text else ""
        yield Proposal(text, "value", text, detail)


def _enum_members(
    place: Place, symbol: Symbol, parameter: Parameter, around: Around
) -> Iterator[Proposal]:
    index = place.module.index
    dotted = index.class_named(parameter.annotation, symbol.module)
    owner = index.lookup(dotted) if dotted else None
    if owner is None or owner.class_kind != "enum":
        return
    written = spelling(place, around, owner.dotted)
    if written is None:
        return
    for name, member in index.members(owner.dotted).items():
        if member.returns_class == owner.dotted and not name.startswith("_"):
            text = f"{written.text}.{name}"
            note = status_words(member)
            yield Proposal(
                text, "enum member", text, member.note, note, member.dotted, written.imports
            )
