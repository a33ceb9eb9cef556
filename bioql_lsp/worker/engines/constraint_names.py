"""Which names an answer may use: what it has imported, what BioQL offers, what Python has.

A scope is what a piece of code has imported and defined so far. It says which names may be called,
with which keywords, and which attributes there can be. Whatever cannot be known is let pass.
"""

from __future__ import annotations

import builtins
import collections
import csv
import json
import math
import pathlib
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import ModuleType
from typing import Final

import numpy as np

from bioql_lsp.analysis.api.load import Index, Status, Symbol, load
from bioql_lsp.worker.harm import HARMFUL_ANYWHERE, HARMFUL_BUILTINS, HARMFUL_OF_SYSTEM

_PACKAGE: Final = "bioql"
_UNUSABLE_KINDS: Final = frozenset({"external", "none", "unknown"})
_UNUSABLE: Final = frozenset({Status.BROKEN, Status.NONE})
_ASIDE: Final = re.compile(r"\.(test_\w+|tests?|examples?)(\.|$)")
"""Modules that are no part of what the package offers."""
_HARMFUL_BUILTINS: Final = HARMFUL_BUILTINS | {"globals", "locals", "setattr", "delattr"}
HARMFUL_ATTRIBUTES: Final = (
    *HARMFUL_OF_SYSTEM, *HARMFUL_ANYWHERE, "exec", "putenv", "chmod", "chown", "__[a-z0-9_]*",
)  # fmt: skip
"""Of whatever: a grammar does not know what an attribute is read of."""
_HARMFUL: Final = re.compile("|".join(HARMFUL_ATTRIBUTES))
_KNOWN_HOLDERS: Final[tuple[type | ModuleType, ...]] = (
    np.ndarray, str, bytes, list, dict, set, tuple, int, float, pathlib.Path, collections.Counter,
    BaseException, ImportError, collections, csv, json, math, pathlib, statistics, time,
)  # fmt: skip
_MORE_ATTRIBUTES: Final = frozenset(
    {"writerow", "writerows", "writeheader", "write", "read", "close", "readline", "readlines"}
    | {"energy_estimate", "confidence", "guide_sequence"}
)
"""Of files and writers; and what a run in CRISPR mode adds to its result."""
STANDARD_MODULES: Final = frozenset(
    {"collections", "csv", "getpass", "json", "math", "os", "pathlib", "statistics", "sys", "time"}
)
"""Their attributes are all known, or are given where they are used."""
_PLAIN_TYPES: Final = frozenset(
    {"str", "int", "float", "bool", "bytes", "dict", "list", "set", "tuple", "None", "Path"}
    | {"Dict", "List", "Set", "Tuple", "Optional", "Union", "Sequence", "Iterable"}
    | {"np", "ndarray"}
)
_IMPORT = re.compile(
    r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^)]{0,2000}+)\)|([^\n(#]+))|"
    r"^[ \t]*import[ \t]+([\w., \t]+)",
    re.MULTILINE,
)
_DEFINED = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\(")
_ATTRIBUTE = re.compile(r"\.([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Signature:
    """How something is called; None stands for whatever one likes."""

    keywords: frozenset[str] | None = None
    positional_max: int | None = None


FREE: Final = Signature()


@dataclass(frozen=True, slots=True)
class Scope:
    """Names that may be called, methods with their keywords, and the attributes there are."""

    callables: tuple[tuple[str, Signature], ...]
    methods: tuple[tuple[str, Signature], ...]
    attributes: frozenset[str] | None
    """None where there may be others."""


@dataclass(slots=True)
class _Found:
    """What has been found for a scope so far."""

    callables: dict[str, Signature] = field(default_factory=dict)
    methods: dict[str, Signature] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    is_open: bool = False


def imports_in(code: str) -> Iterator[tuple[str, str, str]]:
    """Module, name and local name of every import; no name where a module is imported."""
    for found in _IMPORT.finditer(code):
        if found[4]:
            for module, local in _parts(found[4]):
                yield module, "", local or module
        else:
            for name, local in _parts(found[2] or found[3]):
                yield found[1], name, local or name


def _parts(listed: str) -> Iterator[tuple[str, str]]:
    for part in re.sub(r"#[^\n]*", "", listed).split(","):
        name, _, local = " ".join(part.split()).partition(" as ")
        if name:
            yield name, local


def usable_names(index: Index, module: str) -> tuple[str, ...]:
    """The public names of a module that can be imported and used from there."""
    if index.broken_reason(module) is not None or _ASIDE.search(module):
        return ()
    return tuple(name for name in index.names(module) if _is_usable(index, module, name))


def _is_usable(index: Index, module: str, name: str) -> bool:
    symbol = index.lookup(f"{module}.{name}")
    is_at_home = bool(index.submodules(module)) or name in index.exported(module)
    return (
        symbol is not None
        and (is_at_home or symbol.module == module)
        and symbol.kind not in _UNUSABLE_KINDS
        and symbol.status not in _UNUSABLE
        and index.broken_reason(symbol.module) is None
    )


@lru_cache(maxsize=1)
def builtin_names() -> tuple[str, ...]:
    """What can be called of what Python has without an import."""
    names = (name for name in dir(builtins) if not name.startswith("_"))
    return tuple(name for name in names if callable(getattr(builtins, name)))


@lru_cache(maxsize=1)
def callable_builtins() -> tuple[str, ...]:
    """The builtins that an answer may call: none that runs code which was never looked at."""
    return tuple(name for name in builtin_names() if name not in _HARMFUL_BUILTINS)


@lru_cache(maxsize=1)
def common_attributes() -> frozenset[str]:
    """The attributes of what Python itself gives, less the harmful ones."""
    names = {name for holder in _KNOWN_HOLDERS for name in dir(holder)}
    return frozenset(n for n in names if _HARMFUL.fullmatch(n) is None) | _MORE_ATTRIBUTES


class Names:
    """Finds scopes, and keeps them."""

    def __init__(self, index: Index | None = None) -> None:
        self.index = index or load()

    @cached_property
    def importable(self) -> dict[str, frozenset[str]]:
        """The names that can be imported and used, by module."""
        found = {m: frozenset(usable_names(self.index, m)) for m in self.index.module_names}
        return {module: names for module, names in found.items() if names}

    @cached_property
    def smiles_calls(self) -> frozenset[str]:
        """The functions and classes whose first parameter is a SMILES."""
        found = set()
        for module, names in self.importable.items():
            for name in names:
                symbol = self.index.lookup(f"{module}.{name}")
                if symbol is not None and "smiles" in next(iter(symbol.positional_names), ""):
                    found.add(name)
        return frozenset(found)

    def scope(self, code: str, buffer: str = "") -> Scope:
        """The scope behind ``code``, which continues a ``buffer``."""
        imported = {*imports_in(code), *imports_in(buffer), (_PACKAGE, "quantum", "quantum")}
        defined = {*_DEFINED.findall(code), *_CALLED.findall(buffer)}
        seen = _ATTRIBUTE.findall(buffer)
        return self._scope(frozenset(imported), frozenset(defined), frozenset(seen))

    def _scope(
        self,
        imported: frozenset[tuple[str, str, str]],
        defined: frozenset[str],
        seen: frozenset[str],
    ) -> Scope:
        found = _Found()
        found.callables.update(dict.fromkeys(defined - _HARMFUL_BUILTINS, FREE))
        for module, name, local in sorted(imported):
            if module.partition(".")[0] == _PACKAGE:
                self._add_own(found, module, name, local)
            else:
                found.is_open |= module not in STANDARD_MODULES
                if name:
                    found.callables[local] = FREE
        attributes = found.attributes | seen | common_attributes()
        return Scope(
            tuple(sorted(found.callables.items(), key=lambda item: item[0])),
            tuple(sorted(found.methods.items(), key=lambda item: item[0])),
            None if found.is_open else frozenset(attributes),
        )

    def _add_own(self, found: _Found, module: str, name: str, local: str) -> None:
        if not name:
            for each in sorted(self.importable.get(module, ())):
                self._add_method(found, each, self.index.lookup(f"{module}.{each}"))
            found.attributes.update(self.index.submodules(module))
            found.is_open = True
            return
        symbol = self.index.lookup(f"{module}.{name}")
        if symbol is None:
            return
        found.callables[local] = _signature(symbol)
        for dotted in self._classes_of(symbol, found):
            for member, its in self.index.members(dotted).items():
                if not member.startswith("_"):
                    self._add_method(found, member, its)

    def _add_method(self, found: _Found, name: str, symbol: Symbol | None) -> None:
        if symbol is None or _HARMFUL.fullmatch(name):
            return
        found.attributes.add(name)
        if name in common_attributes() or symbol.parameters is None:
            return
        known = found.methods.get(name)
        its = _signature(symbol)
        found.methods[name] = its if known is None else _either(known, its)

    def _classes_of(self, symbol: Symbol, found: _Found) -> set[str]:
        """The classes whose instances come of a symbol, at whatever distance."""
        classes: set[str] = set()
        waiting = [symbol]
        while waiting:
            each = waiting.pop()
            given = {each.dotted} if each.kind == "class" else self._classes_named(each)
            found.is_open |= not given and not _is_plain(each)
            for dotted in given - classes:
                classes.add(dotted)
                found.is_open |= not self.index.has_all_members(dotted)
                waiting += self.index.members(dotted).values()
        return classes

    def _classes_named(self, symbol: Symbol) -> set[str]:
        """The classes that an annotation names, within lists and the like too."""
        words = set(re.findall(r"[A-Za-z_]\w*", symbol.returns or ""))
        named = {self.index.class_named(word, symbol.module) for word in words - _PLAIN_TYPES}
        return {dotted for dotted in (*named, symbol.returns_class) if dotted is not None}


def _is_plain(symbol: Symbol) -> bool:
    """Whether what comes of a symbol has no attributes but Python's own."""
    if symbol.kind not in {"function", "method", "attribute", "property"}:
        return symbol.kind != "constant"
    words = re.findall(r"[A-Za-z_]\w*", symbol.returns or "")
    is_told = bool(words) or symbol.kind in {"attribute", "property"}
    return is_told and _PLAIN_TYPES.issuperset({*words} - {"Any", "typing"})


def _signature(symbol: Symbol) -> Signature:
    if symbol.parameters is None:
        return FREE
    keywords = None if "w" in symbol.kinds else symbol.keyword_names
    return Signature(keywords, None if "v" in symbol.kinds else len(symbol.positional_names))


def _either(one: Signature, other: Signature) -> Signature:
    """A signature that takes what one of two takes."""
    if one.keywords is None or other.keywords is None:
        keywords = None
    else:
        keywords = one.keywords | other.keywords
    counts = (one.positional_max, other.positional_max)
    most = None if None in counts else max(count for count in counts if count is not None)
    return Signature(keywords, most)
