"""The gates that a reader finds in a sentence, also where they are spelled as BioQL does not.

BioQL's own reading is in ``grammar``; where the two differ, the sentence does not do what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bioql_lsp.analysis.program.equivalence import qubits_of
from bioql_lsp.analysis.program.meant_forms import FORMS, Form, Kind
from bioql_lsp.analysis.program.model import Operation
from bioql_lsp.text import Span

__all__ = ["Kind", "Meant", "MeantStatement", "read_meant"]

# Longer texts are no lists of gates that a person has written.
TEXT_CHARS_MAX = 20_000
_FILLER = re.compile(
    r"[\s.,;:]|\b(?:then|and|now|first|next|finally|lastly|after(?:wards)?|that|please|also)\b",
    re.IGNORECASE,
)
_GATES = frozenset({Kind.GATE, Kind.ROTATION, Kind.UNKNOWN_GATE})
_Found = tuple[re.Match[str], Form]


@dataclass(frozen=True, slots=True)
class MeantStatement:
    """One statement; ``operations`` is None where it is not clear which it means.

    ``angle`` is where a rotation names its angle, ``name`` what an unknown gate is called.
    ``is_entangling`` marks "entangle qubits 0 and 1", which names no gate: BioQL reads a cnot.
    """

    kind: Kind
    span: Span
    operations: tuple[Operation, ...] | None
    angle: Span | None = None
    name: str = ""
    is_entangling: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """The statements in order of place. ``is_whole`` tells that there is nothing else."""

    statements: tuple[MeantStatement, ...] = ()
    num_qubits: int = 0
    is_whole: bool = False

    @property
    def operations(self) -> tuple[Operation, ...] | None:
        """All operations in order, or None where a statement is not clear."""
        listed: list[Operation] = []
        for statement in self.statements:
            if statement.operations is None:
                return None
            listed += statement.operations
        return tuple(listed)

    @property
    def gates(self) -> tuple[MeantStatement, ...]:
        """The statements that are about gates."""
        return tuple(each for each in self.statements if each.kind in _GATES)

    @property
    def is_certain(self) -> bool:
        """Whether every "entangle" follows an h on its first qubit, where it surely is a cnot."""
        superposed: set[int] = set()
        for statement in self.statements:
            for operation in statement.operations or ():
                if statement.is_entangling and not set(operation.controls) <= superposed:
                    return False
                if operation.gate == "h":
                    superposed.update(operation.targets)
        return True

    @property
    def measure_all(self) -> MeantStatement | None:
        """The statement that measures all qubits."""
        return next((s for s in self.statements if s.kind is Kind.MEASURE_ALL), None)


@lru_cache(maxsize=64)
def read_meant(text: str) -> Meant:
    """The gates that a sentence is about."""
    if len(text) > TEXT_CHARS_MAX:
        return Meant()
    found = _without_overlaps((m, form) for form in FORMS for m in form.pattern.finditer(text))
    num_qubits = _num_qubits(found)
    statements = tuple(_statement(match, form, num_qubits) for match, form in found)
    rest = _outside(text, [match.span() for match, _ in found])
    return Meant(statements, num_qubits, bool(found) and not _FILLER.sub("", rest))


def _without_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """The longest match at each place."""
    kept: list[_Found] = []
    end = 0
    for match, form in sorted(found, key=lambda each: (each[0].start(), -each[0].end())):
        if match.start() >= end:
            kept.append((match, form))
            end = match.end()
    return kept


def _outside(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, cursor = [], 0
    for start, end in spans:
        pieces.append(text[cursor:start])
        cursor = end
    return " ".join([*pieces, text[cursor:]])


def _num_qubits(found: list[_Found]) -> int:
    """The number that is named, or what the highest index needs, or 0."""
    counts = [int(match["count"]) for match, form in found if form.kind is Kind.COUNT]
    if counts:
        return max(counts)
    operations = (each for match, form in found for each in form.build(match, 0) or ())
    return 1 + max((q for operation in operations for q in qubits_of(operation)), default=-1)


def _statement(match: re.Match[str], form: Form, num_qubits: int) -> MeantStatement:
    groups = match.groupdict()
    angle = Span(*match.span("angle")) if groups.get("angle") else None
    operations = form.build(match, num_qubits)
    name = groups.get("unknown") or ""
    is_entangling = "entangl" in match.group().lower()
    return MeantStatement(form.kind, Span(*match.span()), operations, angle, name, is_entangling)
