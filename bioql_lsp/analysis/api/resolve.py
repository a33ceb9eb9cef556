"""Where dotted names lead in an index: through packages, re-exports and star imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bioql_lsp.analysis.api.annotations import class_in

Entry = dict[str, Any]
_HOPS_MAX = 20
_OWN_NAMES = {"__version__", "__file__", "__name__", "__doc__", "__all__", "__path__"}
_UNREADABLE: Entry = {"k": "u"}


@dataclass(frozen=True, slots=True)
class Place:
    """A definition: its module, its entry there (None for the module itself), and the parts of
    the dotted name that lie behind it."""

    dotted: str
    module: str
    entry: Entry | None
    rest: list[str] = field(default_factory=list)


class Resolver:
    """Follows dotted names through the modules of one index."""

    def __init__(self, modules: Mapping[str, Entry]) -> None:
        self.modules = modules

    def locate(self, dotted: str) -> Place | None:
        """The definition that a dotted name leads to; None where there is none."""
        place = self._find(dotted)
        for _ in range(_HOPS_MAX):
            if place is None or place.entry is None or place.entry["k"] not in {"r", "s"}:
                return place
            entry = place.entry
            target = entry["m"] if entry["k"] == "s" else f"{entry['m']}.{entry['n']}"
            place = self._find(".".join([target, *place.rest]))
        return Place(dotted, dotted.rpartition(".")[0], _UNREADABLE)

    def class_at(self, dotted: str) -> Place | None:
        """The class that a dotted name leads to, or None."""
        place = self.locate(dotted)
        is_class = place is not None and place.entry is not None and place.entry["k"] == "c"
        return place if is_class and place is not None and not place.rest else None

    def class_named(self, annotation: str | None, module: str) -> Place | None:
        """The one class that an annotation written in a module names."""
        name = class_in(annotation) if annotation else None
        if name is None:
            return None
        return self.class_at(f"{module}.{name}") or self.class_at(name)

    def ancestry(self, place: Place) -> tuple[tuple[Place, ...], bool]:
        """A class and its bases, nearest first, and whether all of the bases are known."""
        found: dict[str, Place] = {}
        is_known = True
        waiting = [place]
        while waiting and len(found) < _HOPS_MAX:
            current = waiting.pop(0)
            if current.entry is None or current.dotted in found:
                continue
            found[current.dotted] = current
            is_known &= "__getattr__" not in current.entry.get("m", {})
            for base in current.entry.get("b", ()):
                above = self.class_named(base, current.module)
                waiting += [above] if above is not None else []
                is_known &= above is not None or base in {"object", "ABC"}
        return tuple(found.values()), is_known

    def _find(self, dotted: str) -> Place | None:
        """The deepest module of a dotted name, the entry there and the parts left over."""
        parts = dotted.split(".")
        if parts[0] not in self.modules:
            return None
        module, position = parts[0], 1
        while position < len(parts):
            name = parts[position]
            entry = self.entry(module, name)
            child = f"{module}.{name}"
            is_last = position + 1 == len(parts)
            is_itself = entry is not None and (entry.get("m"), entry.get("n")) == (module, name)
            if child in self.modules and (entry is None or is_itself or not is_last):
                module, position = child, position + 1
                continue
            if entry is None:
                data = self.modules[module]
                is_judged = "error" not in data and "open" not in data
                return None if is_judged else Place(dotted, module, _UNREADABLE)
            return Place(child, module, entry, parts[position + 1 :])
        return Place(module, module, None)

    def entry(self, module: str, name: str) -> Entry | None:
        """What a module binds a name to, also by a star import."""
        data = self.modules[module]
        entry: Entry | None = data.get("names", {}).get(name)
        if entry is not None:
            return entry
        for star in data.get("stars", ()):
            if star in self.modules and name in self.modules[star].get("names", {}):
                return {"k": "r", "m": star, "n": name}
        return {"k": "v"} if name in _OWN_NAMES else None
