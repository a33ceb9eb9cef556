"""Turn the entries of an index into symbols."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bioql_lsp.analysis.api.behaviour import known_behaviour
from bioql_lsp.analysis.api.resolve import Entry, Place, Resolver
from bioql_lsp.analysis.api.symbols import Parameter, Status, Symbol


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """The exception that importing a module raises, the module where it comes from, and the
    distributions that mend it (none where nothing does)."""

    module: str
    error: str
    cause: str
    needs: tuple[str, ...] = ()


class Describer:
    """Makes the symbols of one index; ``facts_version`` is the version whose behaviour is told."""

    def __init__(self, resolver: Resolver, facts_version: str) -> None:
        self._resolver = resolver
        self._facts_version = facts_version

    def import_failure(self, module: str) -> ImportFailure | None:
        """How the import of a module fails, or None."""
        data: Entry = self._resolver.modules.get(module, {})
        if (error := data.get("error")) is not None:
            return ImportFailure(module, error, module)
        if (fails := data.get("fails")) is None:
            return None
        return ImportFailure(module, fails[0], fails[1], tuple(fails[2]))

    def symbol(self, dotted: str) -> Symbol | None:
        """What a dotted name stands for; None where there is no such name."""
        place = self._resolver.locate(dotted)
        if place is None:
            return None
        if place.entry is None:
            note = self._resolver.modules[place.module].get("error", "")
            return self._judged(Symbol(place.module, "module", note=note, module=place.module))
        if place.rest:
            return self._through_class(place, dotted)
        guarded = self._needs_on_the_way(dotted)
        symbol = self._judged(self._definition(place))
        return replace(symbol, needs=guarded) if guarded else symbol

    def members(self, class_dotted: str) -> dict[str, Symbol]:
        """The members of a class's instances, bound, by name; empty for what is no class."""
        start = self._resolver.class_at(class_dotted)
        found: dict[str, Symbol] = {}
        for place in self._resolver.ancestry(start)[0] if start is not None else ():
            entry: Entry = place.entry or {}
            for part in ("m", "pr", "at", "ia"):
                for name, value in entry.get(part, {}).items():
                    if name not in found and not name.startswith("__"):
                        found[name] = self._member(place, part, name, value, start or place)
        return found

    def _through_class(self, place: Place, dotted: str) -> Symbol:
        """A member that is reached through its class; what cannot be judged is unknown."""
        is_class = place.entry is not None and place.entry["k"] == "c"
        unknown = Symbol(dotted, "unknown", module=place.module, status=Status.UNKNOWN)
        if not is_class or len(place.rest) != 1:
            return unknown
        return self.members(place.dotted).get(place.rest[0], unknown)

    def _definition(self, place: Place) -> Symbol:
        entry, module, dotted = place.entry or {}, place.module, place.dotted
        match entry["k"]:
            case "f":
                return self._function(Symbol(dotted, "function", module=module), entry, dotted)
            case "c":
                symbol = Symbol(dotted, "class", _parameters(entry["i"]), module=module)
                return replace(symbol, returns_class=dotted, class_kind=entry["t"])
            case "n":
                origin = (entry["m"], entry["n"])
                return Symbol(dotted, "none", note=entry["w"], origin=origin, module=module)
            case "v":
                made = self._class_named(entry.get("a") or entry.get("c"), module)
                note = entry.get("v") or ""
                annotation = entry.get("a")
                return Symbol(
                    dotted, "constant", None, annotation, note, returns_class=made, module=module
                )
            case "x":
                return Symbol(dotted, "external", module=module)
        return Symbol(dotted, "unknown", module=module)

    def _function(self, symbol: Symbol, entry: Entry, owner: str) -> Symbol:
        """A function or method with its signature, that of its target where it hands all on."""
        if (target := self._forward_target(entry, owner)) is not None:
            return replace(
                symbol,
                parameters=target.parameters,
                returns=target.returns,
                returns_class=target.returns_class,
                forwards_to=target.dotted,
                is_async="y" in entry,
            )
        returns = entry["r"] or entry.get("ri")
        is_own = returns in {"Self", "typing.Self", "'Self'"}
        made = owner if is_own else self._class_named(returns, symbol.module)
        parameters = None if "d" in entry else _parameters(entry["p"])
        return replace(
            symbol,
            parameters=parameters,
            returns=entry["r"],
            returns_class=made,
            is_async="y" in entry,
        )

    def _forward_target(self, entry: Entry, owner: str) -> Symbol | None:
        """The function or method that is handed everything; it is not followed any further."""
        match entry.get("w"):
            case ["self", attribute, name]:
                held = self._raw_member(owner, ("ia", "at"), attribute)
                known = self._resolver.class_named(held[1][0], held[0].module) if held else None
                found = self._raw_member(known.dotted, ("m",), name) if known else None
                if found is not None:
                    dotted = f"{found[0].dotted}.{name}"
                    method = Symbol(dotted, "method", module=found[0].module)
                    return self._function(method, _without_target(found[1]), found[0].dotted)
            case [module, name]:
                place = self._resolver.locate(f"{module}.{name}")
                if place is not None and place.entry is not None and place.entry["k"] == "f":
                    function = Symbol(place.dotted, "function", module=place.module)
                    return self._function(function, _without_target(place.entry), place.dotted)
        return None

    def _raw_member(
        self, owner: str, parts: tuple[str, ...], name: str
    ) -> tuple[Place, Any] | None:
        """The class in whose entry a member stands, and the member as it is stored."""
        start = self._resolver.class_at(owner)
        for place in self._resolver.ancestry(start)[0] if start is not None else ():
            for part in parts:
                if place.entry is not None and name in place.entry.get(part, {}):
                    return place, place.entry[part][name]
        return None

    def _member(self, place: Place, part: str, name: str, value: Any, start: Place) -> Symbol:
        dotted, module = f"{place.dotted}.{name}", place.module
        if part == "m":
            method = Symbol(dotted, "method", module=module, takes_self="q" not in value)
            return self._judged(self._function(method, value, start.dotted))
        kind = "property" if part == "pr" else "attribute"
        annotation = value if part == "pr" else value[0]
        note = "" if part == "pr" else value[1] or ""
        is_enum_member = part == "at" and (place.entry or {}).get("t") == "enum"
        if is_enum_member:
            annotation = place.dotted.rpartition(".")[2]
        made = place.dotted if is_enum_member else self._class_named(annotation, module)
        symbol = Symbol(dotted, kind, None, annotation, note, returns_class=made, module=module)
        return self._judged(symbol)

    def _class_named(self, annotation: str | None, module: str) -> str | None:
        place = self._resolver.class_named(annotation, module)
        return place.dotted if place is not None else None

    def _needs_on_the_way(self, dotted: str) -> tuple[str, ...]:
        """What a guarded import of the name wants installed: without it the name is None."""
        owner, _, name = dotted.rpartition(".")
        place = self._resolver.locate(owner) if owner else None
        if place is None or place.entry is not None:
            return ()
        entry = self._resolver.entry(place.module, name)
        return tuple(entry.get("o", ())) if entry is not None else ()

    def _judged(self, symbol: Symbol) -> Symbol:
        """The symbol with what is known of its behaviour."""
        if symbol.kind == "none":
            note = f"Is always None: {symbol.note}."
            return replace(symbol, status=Status.NONE, status_note=note)
        failure = self.import_failure(symbol.module)
        if failure is not None and not failure.needs:
            note = f"Cannot be used: importing {symbol.module} fails ({failure.error})."
            return replace(symbol, status=Status.BROKEN, status_note=note)
        status, note = known_behaviour(symbol.forwards_to or symbol.dotted, self._facts_version)
        needs = failure.needs if failure is not None else ()
        if needs:
            status = Status.UNKNOWN if status is Status.PLAIN else status
            wish = f"Cannot be imported until {' and '.join(needs)} is installed."
            note = f"{note} {wish}" if note else wish
        elif symbol.kind == "unknown":
            status = Status.UNKNOWN
        return replace(symbol, status=status, status_note=note, needs=needs or symbol.needs)


def _parameters(raw: list[list[str | None]] | None) -> tuple[Parameter, ...] | None:
    if raw is None:
        return None
    return tuple(Parameter(str(n), str(k), annotation, d) for n, k, annotation, d in raw)


def _without_target(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key != "w"}
