"""What a whole file binds at its top level, by name, and which part binds it.

A literal that another part holds has an address instead of a place in this text: the part's
number above the lower 32 bits, the offset in that part below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import TypeAlias

from bioql_lsp.analysis.interest import Interest, names_of_bioql
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.analysis.values import COUNT_MAX, PACKAGE, STARS, UNKNOWN, Known, is_ours
from bioql_lsp.text import Span

_PART_BITS = 32
_OFFSET_MASK = (1 << _PART_BITS) - 1
Exports: TypeAlias = Mapping[str, Known]


def addressed(known: Known, number: int) -> Known:
    """What a part exports, with the places of its literals turned into addresses."""
    shift = (number + 1) << _PART_BITS
    bounds = []
    for bound in known.bounds:
        literal = bound.value.literal
        if literal is not None and literal.span.end < shift:
            span = Span(literal.span.start + shift, literal.span.end + shift)
            value = replace(bound.value, literal=Literal(literal.value, span))
            bound = replace(bound, value=value)  # noqa: PLW2901
        bounds.append(bound)
    return replace(known, bounds=tuple(bounds))


def located(span: Span) -> tuple[int | None, Span]:
    """The number of the part that an address names, None for this part, and the span there."""
    number = span.start >> _PART_BITS
    if not number:
        return None, span
    return number - 1, Span(span.start & _OFFSET_MASK, span.end & _OFFSET_MASK)


@dataclass(frozen=True, slots=True)
class Changed:
    """The names after a change, and those whose meaning is another one now."""

    names: Names
    differing: frozenset[str]


class Names:
    """Every top-level name with what each part binds it to. Immutable."""

    def __init__(
        self,
        by_name: dict[str, dict[int, Known]],
        by_part: dict[int, Exports],
        known: dict[str, Known],
        interest: Interest,
    ) -> None:
        self._by_name = by_name
        self._by_part = by_part
        self._known = known
        self.interest = interest

    def known(self, name: str, leave_out: int = -1) -> Known:
        """What all parts bind a name to; one part is left out where that makes a difference."""
        parts = self._by_name.get(name)
        if not parts:
            return UNKNOWN
        if leave_out in parts and len(parts) <= COUNT_MAX:
            return reduce(or_, (k for number, k in parts.items() if number != leave_out), UNKNOWN)
        if name not in self._known:
            self._known[name] = reduce(or_, parts.values(), UNKNOWN)
        return self._known[name]

    @cached_property
    def of_bioql(self) -> Mapping[str, str]:
        """The names that are imported from BioQL in any part, and what each of them stands for."""
        return imported_from_bioql((name, self.known(name)) for name in self._by_name)

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules that everything is imported from."""
        return tuple(sorted({b.target for b in self.known(STARS).bounds}))

    def around(self, number: int) -> PartSurroundings:
        """The names as one part sees them."""
        return PartSurroundings(self, number)

    def without(self, numbers: Iterable[int]) -> Changed:
        """The names without those that some parts bind."""
        return self.with_exports({number: {} for number in numbers})

    def with_exports(self, exports: Mapping[int, Exports]) -> Changed:
        """The names after some parts bind other ones."""
        touched: dict[str, set[int]] = {}
        by_part = dict(self._by_part)
        for number, new in exports.items():
            old = by_part.pop(number, {})
            if new:
                by_part[number] = new
            for name in old.keys() | new.keys():
                if old.get(name) != new.get(name):
                    touched.setdefault(name, set()).add(number)
        return self._with_touched(touched, by_part)

    def _with_touched(self, touched: dict[str, set[int]], by_part: dict[int, Exports]) -> Changed:
        """The names after those parts were exchanged that touch some of them."""
        if not touched:
            return Changed(Names(self._by_name, by_part, self._known, self.interest), frozenset())
        by_name = dict(self._by_name)
        differing = set()
        for name, numbers in touched.items():
            parts = dict(by_name.get(name, {}))
            for number in numbers:
                known = by_part.get(number, {}).get(name)
                if known is None:
                    parts.pop(number, None)
                else:
                    parts[number] = known
            by_name[name] = parts
        kept = {name: known for name, known in self._known.items() if name not in touched}
        after = Names(by_name, by_part, kept, self.interest)
        for name in touched:
            if _meaning(self.known(name)) != _meaning(after.known(name)):
                differing.add(name)
        return Changed(after, frozenset(differing))


def imported_from_bioql(exports: Iterable[tuple[str, Known]]) -> dict[str, str]:
    """The names that stand for something imported from BioQL, and what that is."""
    return {
        name: bound.target
        for name, known in exports
        for bound in known.bounds
        if bound.kind is BindingKind.IMPORT and is_ours(bound.target) and name.isidentifier()
    }


def _meaning(known: Known) -> tuple[frozenset[object], int, bool]:
    return frozenset(known.bounds), known.count, known.is_checked


def no_names(version: str) -> Names:
    """The names of a file that nothing was read of yet."""
    return Names({}, {}, {}, Interest(names_of_bioql(version, PACKAGE)))


class PartSurroundings:
    """What the other parts of a file say about the names of one part."""

    def __init__(self, names: Names, number: int) -> None:
        self._names = names
        self._number = number

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules that the file imports everything from."""
        return self._names.stars

    def known(self, name: str) -> Known:
        """What the other parts bind at the top level."""
        self._names.interest.add(name)
        return self._names.known(name, self._number)

    def known_so_far(self, name: str) -> Known:
        """The same, for somebody to whom parts that are asleep do not matter."""
        return self._names.known(name, self._number)
