"""What is known of a name: what binds it, and what the bound values stand for.

All of it is plain data that does not change when other lines move, so that what was found in one
part of a file stays true while another part is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.scopes import BindingKind

PACKAGE = "bioql"
STARS = "*"
"""The name under which a part exports the modules that it imports everything from."""
COUNT_MAX = 2


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression stands for, as far as it can be told.

    ``dotted`` names a thing of BioQL's, ``instance_of`` the class of BioQL's that the value is an
    instance of, ``kind`` what it is else (``list``, or a foreign class by its last name),
    ``producer`` the function of BioQL's that returned it, ``is_crispr`` whether that was a run in
    CRISPR mode (None where it may be one).
    """

    literal: Literal | None = None
    dotted: str | None = None
    instance_of: str | None = None
    kind: str = ""
    producer: str | None = None
    is_crispr: bool | None = False


NO_VALUE = Value()


@dataclass(frozen=True, slots=True)
class Bound:
    """One way in which a name is bound; ``target`` is what an import stands for."""

    kind: BindingKind
    target: str = ""
    value: Value = NO_VALUE

    @property
    def is_none(self) -> bool:
        """Whether the name is set to None."""
        return self.value.literal is not None and self.value.literal.value is None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that binds a name: the different ways, and whether there is one place or more.

    ``is_checked`` says that somebody reads ``.success`` or ``.error_message`` of it.
    """

    bounds: tuple[Bound, ...] = ()
    count: int = 0
    is_checked: bool = False

    def __or__(self, other: Known) -> Known:
        if not other.count and not other.is_checked:
            return self
        return Known(
            tuple(dict.fromkeys((*self.bounds, *other.bounds))),
            min(self.count + other.count, COUNT_MAX),
            self.is_checked or other.is_checked,
        )

    @property
    def is_of_bioql(self) -> bool:
        """Whether any binding has to do with BioQL."""
        values = [bound.value for bound in self.bounds]
        return any(is_ours(bound.target) for bound in self.bounds) or any(
            value.dotted or value.instance_of or value.producer for value in values
        )

    @property
    def value(self) -> Value:
        """What the name stands for: all that its bindings agree on."""
        if not self.bounds or any(b.kind is not BindingKind.VALUE for b in self.bounds):
            return NO_VALUE
        values = [bound.value for bound in self.bounds]
        if self.count == 1:
            return values[0]
        first = values[0]
        if any((v.instance_of, v.kind) != (first.instance_of, first.kind) for v in values):
            return NO_VALUE
        modes = {v.is_crispr for v in values}
        return Value(
            instance_of=first.instance_of,
            kind=first.kind,
            producer=first.producer if len({v.producer for v in values}) == 1 else None,
            is_crispr=modes.pop() if len(modes) == 1 else None,
        )


def is_ours(dotted: str) -> bool:
    """Whether a dotted name belongs to BioQL."""
    return dotted == PACKAGE or dotted.startswith(f"{PACKAGE}.")


UNKNOWN = Known()
IN_A_CIRCLE = Known((Bound(BindingKind.OTHER),), COUNT_MAX)


class Surroundings(Protocol):
    """What the rest of a file says about the names of one part."""

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules that the other parts import everything from."""

    def known(self, name: str) -> Known:
        """What the other parts bind at the top level."""

    def known_so_far(self, name: str) -> Known:
        """The same, for somebody to whom parts that are asleep do not matter."""


class _Nothing:
    """A text that stands alone."""

    @property
    def stars(self) -> tuple[str, ...]:
        """None."""
        return ()

    def known(self, _name: str) -> Known:
        """Nothing."""
        return UNKNOWN

    known_so_far = known


ALONE: Surroundings = _Nothing()
