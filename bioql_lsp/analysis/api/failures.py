"""Modules whose import fails, and why: found without running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bioql_lsp.analysis.api.behaviour import OPTIONAL_IMPORTS
from bioql_lsp.analysis.api.constructors import find_class
from bioql_lsp.analysis.api.extract import EagerImport, ModuleFacts
from bioql_lsp.analysis.api.groups import has_name

Facts = dict[str, ModuleFacts]
_PARENTS = {"ModuleNotFoundError": {"ImportError"}}


@dataclass(frozen=True)
class Failure:
    """The exception that an import raises, the module it comes from, and what would mend it."""

    error: str
    cause: str
    needs: tuple[str, ...] = ()

    @property
    def exception(self) -> str:
        """The name of the exception."""
        return self.error.partition(",")[0].partition(":")[0]


def find_failures(modules: Facts, installed: Iterable[str]) -> dict[str, Failure]:
    """The modules that cannot be imported where only the given distributions are installed.

    A failure with ``needs`` goes away when these distributions are installed too.
    """
    present = {name.lower().replace("_", "-") for name in installed}
    found = {
        name: failure
        for name, facts in modules.items()
        if (failure := _own_failure(facts, modules, present)) is not None
    }
    changed = True
    while changed:
        changed = False
        for name, facts in modules.items():
            failure = _inherited(facts, found)
            if failure is not None and _is_worse(failure, found.get(name)):
                found[name] = failure
                changed = True
    return found


def _own_failure(facts: ModuleFacts, modules: Facts, present: set[str]) -> Failure | None:
    """The first failure that nothing mends, else the first that a distribution mends."""
    if facts.error is not None:
        return Failure(facts.error, facts.name)
    return next(chain(_lasting(facts, modules), _mendable(facts, present)), None)


def _lasting(facts: ModuleFacts, modules: Facts) -> Iterator[Failure]:
    for use in facts.uses:
        if (missing := _missing_member(use, facts, modules)) is not None:
            yield Failure(f"AttributeError: {missing}", facts.name)
    for each in facts.eager:
        if (failure := _missing_name(each, facts, modules)) is not None:
            yield failure
    parent = facts.name.rpartition(".")[0]
    for root in facts.requires:
        if f"{parent}.{root}" in modules:
            yield Failure(f"ModuleNotFoundError: {root}", facts.name)


def _mendable(facts: ModuleFacts, present: set[str]) -> Iterator[Failure]:
    wanted = [(f"ModuleNotFoundError: {root}", root) for root in facts.requires]
    for use in facts.uses:
        name = use.partition(".")[0]
        wanted.append((f"NameError: {name}", facts.optional.get(name, "")))
    for error, root in wanted:
        distribution = OPTIONAL_IMPORTS.get(root)
        if distribution is not None and distribution not in present:
            yield Failure(error, facts.name, (distribution,))


def _missing_member(use: str, facts: ModuleFacts, modules: Facts) -> str | None:
    """The member that an enum of the package does not have."""
    owner, dot, member = use.rpartition(".")
    found = find_class(owner, facts, modules) if dot and "." not in owner else None
    if found is None:
        return None
    entry = found[0]
    is_enum = any(base.rpartition(".")[2].endswith("Enum") for base in entry["b"])
    is_there = member in entry["at"] or member in entry["m"] or member in entry["pr"]
    return member if is_enum and not is_there else None


def _missing_name(each: EagerImport, facts: ModuleFacts, modules: Facts) -> Failure | None:
    target = modules.get(each.module)
    if target is None:
        error = f"ModuleNotFoundError: {each.module}"
    elif each.name and target.error is None and not has_name(target, each.name, modules):
        error = f"ImportError: {each.module} has no {each.name}"
    else:
        return None
    failure = Failure(error, facts.name)
    return None if _is_caught(failure, each.caught) else failure


def _inherited(facts: ModuleFacts, found: dict[str, Failure]) -> Failure | None:
    """The failure that a module takes over from its package or from what it imports."""
    parent = facts.name.rpartition(".")[0]
    candidates = [found[parent]] if parent in found else []
    for each in facts.eager:
        for name in (each.module, f"{each.module}.{each.name}"):
            failure = found.get(name)
            if failure is not None and not _is_caught(failure, each.caught):
                candidates.append(failure)
    return max(candidates, key=lambda failure: not failure.needs, default=None)


def _is_caught(failure: Failure, caught: frozenset[str]) -> bool:
    names = {failure.exception, "Exception", "BaseException"}
    return bool(caught & (names | _PARENTS.get(failure.exception, set())))


def _is_worse(new: Failure, old: Failure | None) -> bool:
    return old is None or (bool(old.needs) and not new.needs)
