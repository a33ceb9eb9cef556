"""Guarded imports: one missing name binds the whole group to what its handler gives."""

from __future__ import annotations

import ast
from typing import Any

from bioql_lsp.analysis.api.extract import ImportGroup, ModuleFacts

Facts = dict[str, ModuleFacts]
_ROUNDS_MAX = 5


def settle_groups(modules: Facts) -> None:
    """Bind the names of guarded import groups that fail to what their handlers give them."""
    for _ in range(_ROUNDS_MAX):
        changed = False
        for facts in modules.values():
            for group in list(facts.groups):
                if (why := _failure(group, modules)) is None:
                    continue
                facts.groups.remove(group)
                changed = True
                for bound, module, name in group.imports:
                    facts.names[bound] = _fallback(group, bound, module, name, why)
                for bound, entry in group.fallbacks.items():
                    if bound in facts.names and facts.names[bound]["k"] == "v":
                        facts.names[bound] = entry
        if not changed:
            return


def mark_conditional(modules: Facts, needs: dict[str, tuple[str, ...]]) -> None:
    """Note on guarded names that they are None where a distribution is not installed."""
    for facts in modules.values():
        for group in facts.groups:
            wanted = {n for _, module, name in group.imports for n in _needs(module, name, needs)}
            for bound, _, _ in group.imports if wanted else ():
                is_none = group.fallbacks.get(bound, {}).get("v") == "None"
                if bound in facts.names and is_none:
                    facts.names[bound] = facts.names[bound] | {"o": sorted(wanted)}


def has_name(facts: ModuleFacts, name: str, modules: Facts) -> bool:
    """Whether a module binds a name, or may do so."""
    is_known = name in facts.names or f"{facts.name}.{name}" in modules or facts.is_open
    return is_known or any(name in modules[s].names for s in facts.stars if s in modules)


def holds(test: ast.expr | None, facts: ModuleFacts) -> bool:
    """Whether a condition on optional names holds; one that cannot be told is taken to hold."""
    match test:
        case ast.BoolOp(op=ast.And()):
            return all(holds(value, facts) for value in test.values)
        case ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()]):
            return facts.names.get(name, {}).get("k") != "n"
        case ast.Name(id=name):
            entry = facts.names.get(name, {})
            return entry.get("k") != "n" and entry.get("v") not in {"None", "False"}
    return True


def _needs(module: str, name: str, needs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return needs.get(module) or needs.get(f"{module}.{name}") or ()


def _fallback(group: ImportGroup, bound: str, module: str, name: str, why: str) -> dict[str, Any]:
    entry = group.fallbacks.get(bound, {"k": "v", "v": "None"})
    if entry.get("v") != "None":
        return entry
    return {"k": "n", "m": module, "n": name, "w": why}


def _failure(group: ImportGroup, modules: Facts) -> str | None:
    """Why a group's imports raise ImportError, or None where they succeed."""
    for _, module, name in group.imports:
        facts = modules.get(module)
        if facts is None:
            return f"there is no module {module}"
        if facts.error is None and not has_name(facts, name, modules):
            return f"{module} has no {name}"
    return None
