"""Completion in import statements: BioQL's modules and the names in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.api.symbols import Status, Symbol
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.module import PACKAGE
from bioql_lsp.analysis.proposals import Proposal, named
from bioql_lsp.analysis.spelling import is_inside

_CHARS_MAX = 4_000
_START = r"(?:^|[\r\n;])[ \t]*"
_SPACE = r"(?:[ \t]|\\\r?\n)"
_IMPORTED = re.compile(
    rf"{_START}from[ \t]+(?P<module>bioql[\w.]*)[ \t]+import"
    rf"(?P<names>{_SPACE}*\([^()]*|{_SPACE}+(?:[\w,]|{_SPACE})*)\Z"
)
_MODULE = re.compile(
    rf"{_START}(?:from[ \t]+|import[ \t]+(?:[\w. \t]+,[ \t]*)*)(?P<module>bio[\w.]*)\Z"
)
_LISTED = re.compile(r"(?P<name>[A-Za-z_]\w*)(?:[ \t]+as[ \t]+\w+)?")
_COMMENT = re.compile(r"#[^\r\n]*")
_REST = re.compile(r"[^()\r\n;]*")
_IN_BRACKETS = re.compile(r"[^()]*")
_KINDS = frozenset({"function", "class", "constant"})
_RANK_MODULE = 3
_RANK_LAST = 4
Installed: TypeAlias = frozenset[str] | None


def import_proposals(place: Place) -> tuple[Proposal, ...] | None:
    """What an import statement of BioQL's may name here; None where the place is in no such one."""
    before = place.text[max(0, place.offset - _CHARS_MAX) : place.offset]
    if "import" not in before and "from" not in before:
        return None
    if match := _IMPORTED.search(before):
        return _after_import(place, match["module"], match["names"])
    if match := _MODULE.search(before):
        return _modules(place, match["module"])
    return None


def _after_import(place: Place, owner: str, names: str) -> tuple[Proposal, ...]:
    listed = _COMMENT.sub("", names)
    text_before = listed[: len(listed) - len(place.typed)].rstrip(" \t\r\n\\")
    if text_before[-1:] not in ("", "(", ","):
        return ()
    taken = {match["name"] for match in _LISTED.finditer(text_before)}
    rest = _IN_BRACKETS if "(" in names else _REST
    found = rest.match(place.text, place.offset)
    taken |= {match["name"] for match in _LISTED.finditer(found.group() if found else "")}
    offers = members_of_module(place, owner, with_modules=True)
    return tuple(offer for offer in offers if offer.label not in taken)


def _modules(place: Place, written: str) -> tuple[Proposal, ...]:
    owner, dot, _ = written.rpartition(".")
    if not dot:
        offer = Proposal(PACKAGE, "module", PACKAGE, dotted=PACKAGE)
        return (offer,) if PACKAGE.startswith(written) else ()
    module = place.module
    names = module.index.submodules(owner)
    return _sorted(_module_offers(module.index, module.options.distributions, owner, names))


def members_of_module(place: Place, owner: str, *, with_modules: bool) -> tuple[Proposal, ...]:
    """The names of a module that work, best first; all sub-modules, or those it loads itself."""
    module = place.module
    return _members(module.index, module.options.distributions, owner, with_modules=with_modules)


@lru_cache(maxsize=64)
def _members(
    index: Index, installed: Installed, owner: str, *, with_modules: bool
) -> tuple[Proposal, ...]:
    symbol = index.lookup(owner)
    if symbol is None or symbol.kind != "module":
        return ()
    names = index.names(symbol.dotted)
    modules = index.submodules(symbol.dotted)
    if not with_modules:
        loaded = _loaded(index, symbol.dotted, names)
        modules = tuple(name for name in modules if name in loaded)
    modules = tuple(name for name in modules if name not in names)
    return _sorted(
        [
            *_name_offers(index, installed, symbol.dotted, names),
            *_module_offers(index, installed, symbol.dotted, modules),
        ]
    )


def _sorted(ranked: Iterable[tuple[int, Proposal]]) -> tuple[Proposal, ...]:
    in_order = sorted(ranked, key=lambda each: (each[0], each[1].label))
    return tuple(offer for _, offer in in_order)


def _name_offers(
    index: Index, installed: Installed, owner: str, names: tuple[str, ...]
) -> Iterator[tuple[int, Proposal]]:
    exported = set(index.exported(owner))
    for name in names:
        symbol = index.lookup(f"{owner}.{name}")
        if symbol is None or symbol.kind not in _KINDS or not is_usable(symbol):
            continue
        is_home = owner == PACKAGE or is_inside(symbol.module, owner)
        rank = 0 if name == "quantum" else 1 if name in exported and is_home else 2
        is_last = symbol.status is Status.PLACEHOLDER or _is_missing(symbol.needs, installed)
        yield _RANK_LAST if is_last else rank, named(name, symbol)


def _module_offers(
    index: Index, installed: Installed, owner: str, names: tuple[str, ...]
) -> Iterator[tuple[int, Proposal]]:
    for name in names:
        dotted = f"{owner}.{name}"
        failure = index.import_failure(dotted)
        needs = failure.needs if failure is not None else ()
        if failure is not None and not needs:
            continue
        rank = _RANK_LAST if _is_missing(needs, installed) else _RANK_MODULE
        detail = f"needs {' and '.join(needs)}" if needs else owner
        yield rank, Proposal(name, "module", name, detail, dotted=dotted)


def _is_missing(needs: tuple[str, ...], installed: Installed) -> bool:
    """Whether something needs another package that is not known to be installed."""
    return not set(needs) <= (installed or frozenset())


def is_usable(symbol: Symbol) -> bool:
    """Whether a name is worth offering: it is not bound to None and does not always fail."""
    return symbol.status not in {Status.BROKEN, Status.NONE}


def _loaded(index: Index, owner: str, names: tuple[str, ...]) -> frozenset[str]:
    """The sub-modules that importing a package loads, as far as its names tell."""
    prefix = f"{owner}."
    symbols = [symbol for name in names if (symbol := index.lookup(prefix + name)) is not None]
    origins = [symbol.origin[0] for symbol in symbols if symbol.origin is not None]
    homes = [*(symbol.module for symbol in symbols), *origins]
    return frozenset(
        home[len(prefix) :].partition(".")[0] for home in homes if home.startswith(prefix)
    )
