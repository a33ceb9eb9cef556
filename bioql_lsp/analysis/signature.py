"""The signature of the call that is being written, and the parameter that comes next."""

from __future__ import annotations

from dataclasses import dataclass

from bioql_lsp.analysis.api.symbols import Parameter, Symbol
from bioql_lsp.analysis.completion_place import CallSite, Place
from bioql_lsp.analysis.literal_domains import Domain, domain_of
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.parameters import parameter_note
from bioql_lsp.analysis.proposals import status_words
from bioql_lsp.text import Span


@dataclass(frozen=True, slots=True)
class SignatureParameter:
    """A parameter: its place in the signature's label, and what it does in a line."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A call's signature. ``active`` is the parameter being written, None where there is none."""

    label: str
    documentation: str
    parameters: tuple[SignatureParameter, ...]
    active: int | None


def signature_at(module: Module, offset: int) -> Signature | None:
    """The signature of the call of BioQL's around an offset, also while it is unfinished."""
    place = Place(module, offset)
    if place.open.in_comment:
        return None
    site = place.enclosing_call()
    if site is None or site.symbol.parameters is None:
        return None
    return _signature(site.symbol, site.symbol.parameters, active_parameter(site))


def _signature(symbol: Symbol, parameters: tuple[Parameter, ...], active: int | None) -> Signature:
    label, placed, has_star = f"{symbol.name}(", [], False
    for index, parameter in enumerate(parameters):
        if index:
            label += ", "
        if parameter.kind == "k" and not has_star:
            label += "*, "
        has_star |= parameter.kind in "kv"
        start, label = len(label), label + str(parameter)
        note = parameter_words(symbol, parameter)
        placed.append(SignatureParameter(Span(start, len(label)), note))
    label += ")" + (f" -> {symbol.returns}" if symbol.returns else "")
    return Signature(label, status_words(symbol), tuple(placed), active)


def parameter_words(symbol: Symbol, parameter: Parameter) -> str:
    """What a parameter really does, else the values that it takes; empty if unknown."""
    note = parameter_note(symbol.dotted, parameter.name)
    domain = domain_of(symbol.dotted, parameter.name)
    return note or (_domain_words(domain) if domain is not None else "")


def _domain_words(domain: Domain) -> str:
    values = ", ".join(map(str, domain.values))
    kind = "A list of" if domain.is_list else "One of"
    return f"{kind} {values}; anything else {domain.otherwise}."


def active_parameter(site: CallSite) -> int | None:
    """The index of the parameter that the argument at the place is for."""
    parameters = site.symbol.parameters or ()
    if site.keyword is not None:
        return _index(parameters, site.keyword, others="w")
    position = site.position
    positional = site.symbol.positional_names
    if position is not None:
        name = positional[position] if position < len(positional) else None
        return _index(parameters, name, others="v")
    missing = (p.name for p in parameters if p.kind in "ak" and p.name not in site.given)
    return _index(parameters, next(missing, None), others="w")


def _index(parameters: tuple[Parameter, ...], name: str | None, others: str) -> int | None:
    """The index of a parameter; for a name that is none, that of the one that takes the rest."""
    by_name = (i for i, p in enumerate(parameters) if p.name == name and p.kind in "pak")
    rest = (i for i, p in enumerate(parameters) if p.kind == others)
    found = next(by_name, None)
    return found if found is not None else next(rest, None)
