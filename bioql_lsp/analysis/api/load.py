"""Look names up in the bundled index: lazily loaded, re-exports followed, never raising."""

from __future__ import annotations

import difflib
import gzip
import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

NEWEST = "7.0.1"
_BUNDLED = (NEWEST,)
_HOPS_MAX = 20
_KNOWN_MAX = 4096


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; its kind is one of the letters that ``signatures`` lists."""

    name: str
    kind: str
    annotation: str | None
    default: str | None

    @property
    def is_required(self) -> bool:
        """Whether a call has to give it."""
        return self.default is None and self.kind in "pak"

    def __str__(self) -> str:
        star = {"v": "*", "w": "**"}.get(self.kind, "")
        text = f"{star}{self.name}" + (f": {self.annotation}" if self.annotation else "")
        if self.default is None:
            return text
        return f"{text} = {self.default}" if self.annotation else f"{text}={self.default}"


@dataclass(frozen=True)
class Symbol:
    """What a dotted name stands for, after re-exports.

    ``kind`` is module, function, class, constant, none (bound to None), external (of another
    package) or unknown (a module that cannot be read). ``parameters`` are those of a call, None
    where they cannot be known.
    """

    dotted: str
    kind: str
    parameters: tuple[Parameter, ...] | None = None
    returns: str | None = None
    note: str = ""
    origin: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The last part of the dotted name."""
        return self.dotted.rpartition(".")[2]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of parameters that there are."""
        return frozenset(p.kind for p in self.parameters or ())

    @cached_property
    def positional_names(self) -> tuple[str, ...]:
        """The parameters that can be given by position, in order."""
        return tuple(p.name for p in self.parameters or () if p.kind in "pa")

    @cached_property
    def keyword_names(self) -> frozenset[str]:
        """The parameters that can be given by name."""
        return frozenset(p.name for p in self.parameters or () if p.kind in "ak")

    @cached_property
    def required_names(self) -> tuple[str, ...]:
        """The parameters that have to be given."""
        return tuple(p.name for p in self.parameters or () if p.is_required)

    @property
    def signature(self) -> str:
        """The call as one line: ``name(a: int, b: str = 'x') -> float``."""
        if self.parameters is None:
            return self.name
        parts: list[str] = []
        for parameter in self.parameters:
            if parameter.kind == "k" and not any(p[0] == "*" for p in parts):
                parts.append("*")
            parts.append(str(parameter))
        return f"{self.name}({', '.join(parts)})" + (f" -> {self.returns}" if self.returns else "")


class Index:
    """The API of one version. ``is_exact`` is false where another version's is used for it."""

    def __init__(self, data: dict[str, Any], version: str, is_exact: bool) -> None:
        self.version = version
        self.is_exact = is_exact
        self._modules: dict[str, dict[str, Any]] = data["modules"]
        self._known: dict[str, Symbol | None] = {}

    @cached_property
    def module_names(self) -> tuple[str, ...]:
        """Every module, also those that cannot be imported."""
        return tuple(sorted(self._modules))

    def names(self, module: str) -> tuple[str, ...]:
        """The public names of a module, sorted; empty for a module that is not there."""
        found = self._modules.get(module, {}).get("names", {})
        return tuple(sorted(name for name in found if not name.startswith("_")))

    def exported(self, module: str) -> tuple[str, ...]:
        """What a star import of a module gives."""
        listed = self._modules.get(module, {}).get("all")
        return tuple(listed) if listed is not None else self.names(module)

    def submodules(self, module: str) -> tuple[str, ...]:
        """The last parts of the names of a package's direct modules."""
        prefix = f"{module}."
        tails = (n[len(prefix) :] for n in self._modules if n.startswith(prefix))
        return tuple(sorted(tail for tail in tails if "." not in tail))

    def broken_reason(self, module: str) -> str | None:
        """Why a module cannot be imported, or None."""
        reason: str | None = self._modules.get(module, {}).get("error")
        return reason

    def lookup(self, dotted: str) -> Symbol | None:
        """What a dotted name stands for; None where BioQL has no such name."""
        if dotted not in self._known:
            if len(self._known) >= _KNOWN_MAX:
                self._known.clear()
            self._known[dotted] = self._lookup(dotted)
        return self._known.get(dotted)

    @lru_cache(maxsize=256)  # noqa: B019 - there are as many indexes as versions
    def nearest(self, owner: str, name: str) -> str | None:
        """The name in a module that a wrong one is most likely meant to be."""
        choices = [*self.names(owner), *self.submodules(owner)]
        return next(iter(difflib.get_close_matches(name, choices, n=1, cutoff=0.6)), None)

    @lru_cache(maxsize=256)  # noqa: B019 - as above
    def nearest_module(self, name: str) -> str | None:
        """The module that a wrong name is most likely meant to be."""
        return next(iter(difflib.get_close_matches(name, self._modules, n=1, cutoff=0.7)), None)

    def _lookup(self, dotted: str) -> Symbol | None:
        module, entry, rest = self._find(dotted)
        for _ in range(_HOPS_MAX):
            if module is None:
                return None
            if entry is None:
                return _module_symbol(module, self._modules[module]) if not rest else None
            if entry["k"] not in {"r", "s"}:
                break
            target = entry["m"] if entry["k"] == "s" else f"{entry['m']}.{entry['n']}"
            dotted = ".".join([target, *rest])
            module, entry, rest = self._find(dotted)
        else:
            return Symbol(dotted, "unknown")
        if rest:
            return _member(dotted, entry, rest)
        return _symbol(dotted, entry)

    def _find(self, dotted: str) -> tuple[str | None, dict[str, Any] | None, list[str]]:
        """The deepest module of a dotted name, the entry there and the parts left over."""
        parts = dotted.split(".")
        if parts[0] not in self._modules:
            return None, None, []
        module, position = parts[0], 1
        while position < len(parts):
            entry = self._entry(module, parts[position])
            child = f"{module}.{parts[position]}"
            is_last = position + 1 == len(parts)
            target = (entry.get("m"), entry.get("n")) if entry is not None else None
            is_itself = target == (module, parts[position])
            if child in self._modules and (entry is None or is_itself or not is_last):
                module, position = child, position + 1
                continue
            if entry is None:
                return self._unreadable(module)
            return module, entry, parts[position + 1 :]
        return module, None, []

    def _entry(self, module: str, name: str) -> dict[str, Any] | None:
        data = self._modules[module]
        entry: dict[str, Any] | None = data.get("names", {}).get(name)
        if entry is not None:
            return entry
        for star in data.get("stars", ()):
            if name in self._modules.get(star, {}).get("names", {}):
                return {"k": "r", "m": star, "n": name}
        if name in {"__version__", "__file__", "__name__", "__doc__", "__all__", "__path__"}:
            return {"k": "v"}
        return None

    def _unreadable(self, module: str) -> tuple[str | None, dict[str, Any] | None, list[str]]:
        data = self._modules[module]
        if "error" in data or "open" in data:
            return module, {"k": "u"}, []
        return None, None, []


def _module_symbol(name: str, data: dict[str, Any]) -> Symbol:
    return Symbol(name, "module", note=data.get("error", ""))


def _parameters(raw: list[list[str | None]] | None) -> tuple[Parameter, ...] | None:
    if raw is None:
        return None
    return tuple(Parameter(str(n), str(k), annotation, d) for n, k, annotation, d in raw)


def _symbol(dotted: str, entry: dict[str, Any]) -> Symbol:
    match entry["k"]:
        case "f":
            parameters = None if "d" in entry else _parameters(entry["p"])
            return Symbol(dotted, "function", parameters, entry["r"])
        case "c":
            return Symbol(dotted, "class", _parameters(entry["i"]))
        case "n":
            origin = (entry["m"], entry["n"])
            return Symbol(dotted, "none", note=entry["w"], origin=origin)
        case "v":
            return Symbol(dotted, "constant", note=entry.get("v") or "")
        case "x":
            return Symbol(dotted, "external")
    return Symbol(dotted, "unknown")


def _member(dotted: str, entry: dict[str, Any], rest: list[str]) -> Symbol | None:
    """A method or attribute of a class; whatever cannot be judged is unknown, not missing."""
    if entry["k"] == "c" and len(rest) == 1 and rest[0] in entry["m"]:
        return Symbol(dotted, "unknown", note="method")
    return Symbol(dotted, "unknown")


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version, for comparing: ``7.0.1rc1`` gives (7, 0, 1)."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


@lru_cache(maxsize=8)
def load(version: str = NEWEST) -> Index:
    """The index of a version; for one that is not bundled, the newest with ``is_exact`` false."""
    data = _read(NEWEST if version not in _BUNDLED else version)
    return Index(data, version, version in _BUNDLED or release(version) > release(NEWEST))


@lru_cache(maxsize=4)
def _read(version: str) -> dict[str, Any]:
    folder = resources.files("bioql_lsp.analysis.api").joinpath("data")
    raw = folder.joinpath(f"bioql-{version}.json.gz").read_bytes()
    data: dict[str, Any] = json.loads(gzip.decompress(raw))
    return data
