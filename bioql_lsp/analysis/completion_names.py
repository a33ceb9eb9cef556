"""Completion of a bare name: what the file imports of BioQL, and what it could import."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from functools import lru_cache

from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.api.symbols import Status, Symbol
from bioql_lsp.analysis.completion_imports import is_usable
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.module import is_ours
from bioql_lsp.analysis.proposals import Around, Proposal, named
from bioql_lsp.analysis.spelling import homes, modules_with

AUTO_IMPORT_LETTERS_MIN = 3
_AUTO_IMPORTS_MAX = 60
_HEAD_CHARS_MAX = 200
_AFTER_VALUE = re.compile(r"[)\]\"'.][ \t]*\Z")
_DEFINITION = re.compile(r"(?:\bdef[ \t]+\w+|\blambda\b[^:]*)[ \t]*\Z")
_WORD_BEFORE = re.compile(r"([A-Za-z_]\w*)[ \t]+\Z")
_MAKING = frozenset(
    {"def", "class", "as", "import", "from", "global", "nonlocal", "for", "lambda", "del"}
)
_USING = frozenset(keyword.kwlist) - _MAKING
_TAKEN = frozenset(dir(builtins)) | frozenset(keyword.kwlist)
_KINDS = frozenset({"function", "class"})


def is_name_place(place: Place) -> bool:
    """Whether the word at the place is a name that is used: no attribute, not one being made."""
    if not place.typed or place.typed[0].isdigit():
        return False
    word = _WORD_BEFORE.search(place.line_before)
    if word is not None and word[1] not in _USING:
        return False
    if word is None and _AFTER_VALUE.search(place.line_before):
        return False
    return not _is_parameter(place)


def _is_parameter(place: Place) -> bool:
    """Whether the word is the name of a parameter that is being made."""
    if not place.open.brackets:
        return False
    bracket = place.open.brackets[-1]
    head = place.text[max(0, bracket.offset - _HEAD_CHARS_MAX) : bracket.offset]
    begun = max((bracket.offset, *bracket.commas)) + 1
    is_name = not place.text[begun : place.word.start].strip(" \t\r\n*")
    return is_name and _DEFINITION.search(head) is not None


def name_proposals(place: Place, around: Around) -> Iterator[Proposal]:
    """What is imported and fits the letters typed; from three letters on also what is not."""
    offered = set()
    for proposal in _imported(place, around):
        offered.add(proposal.label)
        yield proposal
    if len(place.typed) >= AUTO_IMPORT_LETTERS_MIN:
        yield from _importable(place, around, offered)


def _imported(place: Place, around: Around) -> Iterator[Proposal]:
    module = place.readable
    names = {*around.imported, *(each.bound for each in module.imported)}
    for star in filter(is_ours, module.all_stars):
        names.update(module.index.exported(star))
    for name in sorted(names):
        if not fits(place.typed, name):
            continue
        dotted = module.resolve(name, place.byte)
        symbol = module.index.lookup(dotted) if dotted else None
        if symbol is not None and symbol.status is not Status.NONE:
            yield named(name, symbol)


def _importable(place: Place, around: Around, offered: set[str]) -> Iterator[Proposal]:
    index = place.module.index
    imported = {s.dotted for t in around.imported.values() if (s := index.lookup(t)) is not None}
    taken = offered | around.bound_asleep()
    count = 0
    for offer in _auto_imports(index, place.typed.lower()):
        is_new = offer.label not in taken and offer.dotted not in imported
        if is_new and count < _AUTO_IMPORTS_MAX and not _is_bound(place, offer.label):
            count += 1
            yield offer


def _is_bound(place: Place, name: str) -> bool:
    """Whether a name is known to be bound at the place."""
    module = place.readable
    is_own = bool(module.bindings_of(name, place.byte))
    return is_own or module.surroundings.known_so_far(name).count > 0


@lru_cache(maxsize=64)
def _auto_imports(index: Index, typed: str) -> tuple[Proposal, ...]:
    """What can be imported under a name that the letters fit, best first."""
    found: list[tuple[tuple[bool, bool, int, str], Proposal]] = []
    for name in modules_with(index):
        if name in _TAKEN or not fits(typed, name):
            continue
        for symbol, home in _things(index, name):
            detail = f"from {home}, {symbol.signature}"
            statement = f"from {home} import {name}"
            offer = named(name, symbol, detail=detail, imports=(statement,))
            is_start = name.lower().startswith(typed)
            rank = (offer.is_discouraged, not is_start, home.count("."), name)
            found.append((rank, offer))
    return tuple(offer for _, offer in sorted(found, key=lambda each: each[0]))


def _things(index: Index, name: str) -> Iterator[tuple[Symbol, str]]:
    """The different functions and classes of a name, each with the module to import it from."""
    seen = set()
    for module in modules_with(index)[name]:
        symbol = index.lookup(f"{module}.{name}")
        if symbol is None or symbol.kind not in _KINDS or symbol.dotted in seen:
            continue
        seen.add(symbol.dotted)
        if is_usable(symbol):
            yield symbol, next(homes(index, name, symbol.dotted), module)


def fits(typed: str, name: str) -> bool:
    """Whether letters begin a name, or a later word of it: ``adme`` fits ``predict_adme_local``."""
    wanted, lowered = typed.lower(), name.lower()
    at = lowered.find(wanted)
    while at > 0 and not _begins_word(name, at):
        at = lowered.find(wanted, at + 1)
    return at >= 0


def _begins_word(name: str, at: int) -> bool:
    is_capital = name[at].isupper() and not name[at - 1].isupper()
    return name[at - 1] == "_" or is_capital
