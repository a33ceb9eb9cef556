"""Results of parts, kept as long as the part stays: after an edit only what changed is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Protocol, TypeVar
from weakref import WeakKeyDictionary

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.names import located
from bioql_lsp.text import Span

T = TypeVar("T")


class Placed(Protocol):
    """What has a place in its part."""

    @property
    def span(self) -> Span:
        """The place."""


PlacedT = TypeVar("PlacedT", bound=Placed)


def per_part(compute: Callable[[Part], T]) -> Callable[[Part], T]:
    """The same function, which is asked once for each part."""
    known: WeakKeyDictionary[Part, T] = WeakKeyDictionary()

    @wraps(compute)
    def remembered(part: Part) -> T:
        if part not in known:
            known[part] = compute(part)
        return known[part]

    return remembered


def relevant_parts(analysis: Analysis) -> Iterator[tuple[int, Part]]:
    """The parts of a file, or of one cell, that BioQL's names may stand in, with their indices."""
    if not analysis.uses_bioql or not analysis.cells:
        return
    analysis.check()
    for index, part in enumerate(analysis.cells[0].parts):
        if not part.is_asleep and part.module.is_relevant:
            yield index, part


def everywhere(
    analysis: Analysis, items_of: Callable[[Part], Iterable[PlacedT]]
) -> Iterator[tuple[Span, PlacedT]]:
    """What the parts of a file have, each item with its place in the text."""
    for index, part in relevant_parts(analysis):
        for item in items_of(part):
            span = placed(analysis, index, item.span)
            if span is not None:
                yield span, item


def placed(analysis: Analysis, index: int, span: Span) -> Span | None:
    """Where a span of a part stands in the text; None where that is another cell."""
    number, _ = located(span)
    if number is not None and all(part.number != number for part in analysis.cells[0].parts):
        return None
    return analysis.place(0, index, span)
