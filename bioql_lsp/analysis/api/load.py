"""Look names up in the index of a version: lazily loaded, re-exports followed, never raising."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from bioql_lsp.analysis.api.describe import Describer, ImportFailure
from bioql_lsp.analysis.api.resolve import Resolver
from bioql_lsp.analysis.api.storage import decode
from bioql_lsp.analysis.api.symbols import Parameter, Status, Symbol
from bioql_lsp.analysis.api.versions import (
    BUNDLED,
    DATA_FOLDER,
    NEWEST,
    modules_above,
    versions_with,
)

__all__ = [
    "BUNDLED",
    "NEWEST",
    "ImportFailure",
    "Index",
    "Parameter",
    "Status",
    "Symbol",
    "forget",
    "load",
    "provide",
    "release",
]
_KNOWN_MAX = 4096


class Index:
    """The API of one version. ``is_exact`` is false where another version's is used for it."""

    def __init__(self, data: Mapping[str, Any], version: str, is_exact: bool) -> None:
        self.data = data
        self.version = version
        self.is_exact = is_exact
        self.data_version: str = data.get("version", version)
        self._modules: Mapping[str, dict[str, Any]] = data["modules"]
        self._same: Mapping[str, list[str]] = data.get("same", {})
        self._resolver = Resolver(self._modules)
        self._describer = Describer(self._resolver, nearest_bundled(version))
        self._known: dict[str, Symbol | None] = {}
        self._members: dict[str, dict[str, Symbol]] = {}

    @cached_property
    def module_names(self) -> tuple[str, ...]:
        """Every module, also those that cannot be imported."""
        return tuple(sorted(self._modules))

    def names(self, module: str) -> tuple[str, ...]:
        """The public names of a module, sorted; empty for a module that is not there."""
        found = self._module(module).get("names", {})
        return tuple(sorted(name for name in found if not name.startswith("_")))

    def exported(self, module: str) -> tuple[str, ...]:
        """What a star import of a module gives."""
        listed = self._module(module).get("all")
        return tuple(listed) if listed is not None else self.names(module)

    def submodules(self, module: str) -> tuple[str, ...]:
        """The last parts of the names of a package's direct modules."""
        prefix = f"{module}."
        tails = (n[len(prefix) :] for n in self._modules if n.startswith(prefix))
        return tuple(sorted(tail for tail in tails if "." not in tail))

    def import_failure(self, module: str) -> ImportFailure | None:
        """How the import of a module fails where only BioQL's own requirements are installed."""
        return self._describer.import_failure(module)

    def broken_reason(self, module: str) -> str | None:
        """Why a module cannot be imported whatever is installed, or None."""
        failure = self.import_failure(module)
        return failure.error if failure is not None and not failure.needs else None

    def lookup(self, dotted: str) -> Symbol | None:
        """What a dotted name stands for; None where BioQL has no such name.

        A method's parameters are those of a call on an instance; for a call through the class
        take the symbol's ``unbound``.
        """
        if dotted not in self._known:
            if len(self._known) >= _KNOWN_MAX:
                self._known.clear()
            self._known[dotted] = self._describer.symbol(dotted)
        return self._known.get(dotted)

    def members(self, class_dotted: str) -> dict[str, Symbol]:
        """What an instance of a class has: its own, inherited and private members, by name.

        ``self`` is not among the parameters. Empty for what is no class.
        """
        if class_dotted not in self._members:
            if len(self._members) >= _KNOWN_MAX:
                self._members.clear()
            self._members[class_dotted] = self._describer.members(class_dotted)
        return self._members[class_dotted]

    def member(self, class_dotted: str, name: str) -> Symbol | None:
        """One member of an instance; None where it is not known."""
        return self.members(class_dotted).get(name)

    def has_all_members(self, class_dotted: str) -> bool:
        """Whether ``members`` is complete: no base is foreign, no attribute made up at run time."""
        place = self._resolver.class_at(class_dotted)
        return place is not None and self._resolver.ancestry(place)[1]

    def class_named(self, annotation: str | None, module: str) -> str | None:
        """The class of BioQL's that an annotation in a module names (``Optional[X]`` is X)."""
        place = self._resolver.class_named(annotation, module)
        return place.dotted if place is not None else None

    def same_name(self, name: str) -> tuple[str, ...]:
        """The dotted names of the different things that share a name; empty for fewer than two."""
        return tuple(self._same.get(name, ()))

    def versions(self, dotted: str) -> tuple[str, ...]:
        """The bundled versions that have a name and can read it, oldest first."""
        head, _, tail = dotted.rpartition(".")
        owner = self._resolver.class_at(head) if head else None
        for path in (dotted, f"{owner.dotted}.{tail}" if owner else dotted):
            for module, name in modules_above(path):
                if found := versions_with(module, name):
                    return found
        return ()

    def since(self, dotted: str) -> str | None:
        """The oldest bundled version that has a name, or None."""
        return next(iter(self.versions(dotted)), None)

    def removed_in(self, dotted: str) -> str | None:
        """The bundled version that no longer has a name; None while the newest has it."""
        found = self.versions(dotted)
        later = BUNDLED[BUNDLED.index(found[-1]) + 1 :] if found else ()
        return next(iter(later), None)

    @lru_cache(maxsize=256)  # noqa: B019 - there are as many indexes as versions
    def nearest(self, owner: str, name: str) -> str | None:
        """The name in a module that a wrong one is most likely meant to be."""
        choices = [*self.names(owner), *self.submodules(owner)]
        return next(iter(difflib.get_close_matches(name, choices, n=1, cutoff=0.6)), None)

    @lru_cache(maxsize=256)  # noqa: B019 - as above
    def nearest_module(self, name: str) -> str | None:
        """The module that a wrong name is most likely meant to be."""
        return next(iter(difflib.get_close_matches(name, self._modules, n=1, cutoff=0.7)), None)

    def _module(self, name: str) -> Mapping[str, Any]:
        return self._modules.get(name, {})


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version, for comparing: ``7.0.1rc1`` gives (7, 0, 1)."""
    return tuple(int(number) for number in re.findall(r"\d{1,9}", version)[:3])


def nearest_bundled(version: str) -> str:
    """The newest bundled version that is not newer than a version; the oldest for older ones."""
    below = [each for each in BUNDLED if release(each) <= release(version)]
    return below[-1] if below else BUNDLED[0]


def load(version: str = NEWEST) -> Index:
    """The index of a version: one that was provided, a bundled one, or the nearest one below.

    The nearest has ``is_exact`` false. Nothing is read before the first call.
    """
    return _provided.get(version) or _load_bundled(version)


def provide(index: Index) -> None:
    """Let ``load`` give an index that was built from the user's installation."""
    _provided[index.version] = index


def forget(version: str) -> None:
    """Take back what ``provide`` said about a version."""
    _provided.pop(version, None)


_provided: dict[str, Index] = {}


@lru_cache(maxsize=8)
def _load_bundled(version: str) -> Index:
    return Index(_read(nearest_bundled(version)), version, version in BUNDLED)


@lru_cache(maxsize=len(BUNDLED))
def _read(version: str) -> dict[str, Any]:
    return decode((DATA_FOLDER / f"bioql-{version}.json.gz").read_bytes())
