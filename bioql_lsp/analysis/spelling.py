"""How a file would write a name of BioQL's: as it has imported it, or with an import to add."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.api.symbols import Status, Symbol
from bioql_lsp.analysis.changes import KEY_VARIABLE
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.module import PACKAGE
from bioql_lsp.analysis.proposals import Around
from bioql_lsp.analysis.scopes import BindingKind

_NAME_PARTS_MAX = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is written at a place, and the import statements that it needs."""

    text: str
    imports: tuple[str, ...] = ()


def spelling(place: Place, around: Around, dotted: str) -> Spelling | None:
    """How a function or class is written at a place; None where its name means something else."""
    index = place.module.index
    symbol = index.lookup(dotted)
    if symbol is None:
        return None
    written = _as_imported(place, around, symbol)
    if written is not None:
        return Spelling(written)
    is_bound = place.readable.known(symbol.name, place.byte).count > 0
    if is_bound or symbol.name in around.bound_asleep():
        return None
    home = next(homes(index, symbol.name, symbol.dotted), None)
    if home is None:
        return None
    return Spelling(symbol.name, (f"from {home} import {symbol.name}",))


def _as_imported(place: Place, around: Around, symbol: Symbol) -> str | None:
    """How a thing can be written with what is imported already."""
    index = place.module.index
    for bound, target in (*around.imported.items(), (symbol.name, None)):
        resolved = place.readable.resolve(bound, place.byte)
        imported = index.lookup(resolved) if resolved is not None else None
        if imported is None:
            continue
        if imported.dotted == symbol.dotted:
            return bound
        member = index.lookup(f"{target}.{symbol.name}") if imported.kind == "module" else None
        if member is not None and member.dotted == symbol.dotted:
            return f"{bound}.{symbol.name}"
    return None


def key_spelling(place: Place) -> Spelling | None:
    """How the API key is read from the environment; None where ``os`` is something else."""
    known = place.readable.known("os", place.byte)
    if any(b.kind is not BindingKind.IMPORT or b.target != "os" for b in known.bounds):
        return None
    return Spelling(f'os.environ["{KEY_VARIABLE}"]', () if known.count else ("import os",))


def homes(index: Index, name: str, dotted: str) -> Iterator[str]:
    """The modules that a thing can be imported from.

    The package comes first, then those that the definition lies in, then those that only use it.
    """
    found = []
    for module in modules_with(index).get(name, ()):
        symbol = index.lookup(f"{module}.{name}")
        if symbol is not None and symbol.dotted == dotted and symbol.status is not Status.NONE:
            found.append((module != PACKAGE, not is_inside(symbol.module, module), module))
    for _, _, module in sorted(found, key=lambda each: each[:2]):
        yield module


def is_inside(module: str, package: str) -> bool:
    """Whether a module is a package, or lies in it."""
    return f"{module}.".startswith(f"{package}.")


@lru_cache(maxsize=4)
def modules_with(index: Index) -> dict[str, tuple[str, ...]]:
    """By name the modules that have it, the package and short names first."""
    found: dict[str, list[str]] = {}
    modules = [m for m in index.module_names if _is_public(m) and not index.broken_reason(m)]
    for module in sorted(modules, key=lambda m: (m.count("."), m)):
        for name in index.names(module):
            found.setdefault(name, []).append(module)
    return {name: tuple(places) for name, places in found.items()}


def _is_public(module: str) -> bool:
    parts = module.split(".")
    is_plain = all(part.isidentifier() and not part.startswith("_") for part in parts)
    return parts[0] == PACKAGE and is_plain and len(parts) <= _NAME_PARTS_MAX
