"""What a class is made with: its constructor's parameters, with what the bases add."""

from __future__ import annotations

from typing import Any

from bioql_lsp.analysis.api.extract import ModuleFacts

Facts = dict[str, ModuleFacts]
_HARMLESS_BASES = {"object", "ABC", "abc.ABC", "Protocol"}
_BASES_DEPTH_MAX = 20


def settled_class(entry: dict[str, Any], facts: ModuleFacts, modules: Facts) -> dict[str, Any]:
    """A class's entry with its kind and constructor; ``o`` marks one with unknown bases."""
    kind, parameters = _constructor(entry, facts, modules, 0)
    kept = {key: value for key, value in entry.items() if key not in {"fields", "options"}}
    settled = {key: value for key, value in kept.items() if value not in ({}, [])}
    return settled | {"t": kind, "i": parameters}


def find_class(
    name: str, facts: ModuleFacts, modules: Facts
) -> tuple[dict[str, Any], ModuleFacts] | None:
    """The entry of a class that a name stands for in a module, and the module that defines it."""
    for _ in range(_BASES_DEPTH_MAX):
        entry = facts.names.get(name.rpartition(".")[2])
        if entry is None or entry["k"] not in {"c", "r"}:
            return None
        if entry["k"] == "c":
            return entry, facts
        if (following := modules.get(entry["m"])) is None:
            return None
        facts, name = following, entry["n"]
    return None


def _constructor(
    entry: dict[str, Any], facts: ModuleFacts, modules: Facts, depth: int
) -> tuple[str, list[Any] | None]:
    """A class's kind and the parameters of its constructor; None where they cannot be known."""
    kind = str(entry["t"])
    if entry["i"] is not None:
        return kind, entry["i"]
    is_dataclass = kind == "dataclass" and entry["options"].get("init", True)
    shorts = [base.rpartition(".")[2] for base in entry["b"]]
    if any(short.endswith("Enum") or short == "Flag" for short in shorts):
        return "enum", None
    inherited: list[Any] = []
    for base, short in zip(entry["b"], shorts, strict=True):
        found = find_class(base, facts, modules)
        if found is not None and depth < _BASES_DEPTH_MAX:
            kind_above, above = _constructor(*found, modules, depth + 1)
            kind = kind_above if kind == "class" and kind_above != "dataclass" else kind
            if above is None and kind != "pydantic":
                return kind, None
            inherited = inherited or list(above or [])
        elif short == "BaseModel":
            kind = "pydantic"
        elif base not in _HARMLESS_BASES and not base.startswith("Generic["):
            return ("exception" if short.endswith(("Error", "Exception")) else kind), None
    if is_dataclass or kind == "pydantic":
        return kind, _with_fields(inherited, entry, kind)
    return kind, inherited


def _with_fields(inherited: list[Any], entry: dict[str, Any], kind: str) -> list[Any]:
    fields = {parameter[0]: parameter for parameter in [*inherited, *entry["fields"]]}
    is_keyword_only = kind == "pydantic" or entry["options"].get("kw_only", False)
    return [[n, "k" if is_keyword_only else k, a, d] for n, k, a, d in fields.values()]
