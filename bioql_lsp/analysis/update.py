"""One step from an analysis to the next: only what an edit concerns is looked at again.

A step has two halves. `Update` cuts the texts, reads the new parts and settles what every name
means: that is enough for completion. `Checks` has the rules look at the parts that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bioql_lsp.analysis.cells import Cell, Language, Part, paired
from bioql_lsp.analysis.interest import holds_one
from bioql_lsp.analysis.names import Names, addressed
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.parts import Piece
from bioql_lsp.analysis.registry import findings_in
from bioql_lsp.analysis.suppression import file_ignores
from bioql_lsp.analysis.syntax import broken_texts
from bioql_lsp.analysis.values import PACKAGE, STARS, Known, is_ours

_ROUNDS_MAX = 8
_PLAIN_CHARS_MAX = 1_000_000


class _Step:
    """The parts by their numbers while they change, and what the names mean by now."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._parts: dict[int, Part] = {}

    def _settle(self, pending: Iterable[Part], differing: frozenset[str]) -> None:
        """Evaluate some parts, and those whose names changed their meaning by that."""
        for _ in range(_ROUNDS_MAX):
            exports = {part.number: self._evaluate(part) for part in pending}
            changed = self.names.with_exports(exports)
            self.names = changed.names
            affected, differing = differing | changed.differing, frozenset()
            pending = self._affected_by(affected) if affected else []
            if not pending:
                break

    def _wake_by(self, words: frozenset[str]) -> None:
        woken = [
            part
            for part in self._parts.values()
            if part.is_asleep and holds_one(part.piece.text, words)
        ]
        self._settle(woken, frozenset())

    def _affected_by(self, names: frozenset[str]) -> list[Part]:
        return [
            part
            for part in self._parts.values()
            if not part.is_asleep and (STARS in names or not names.isdisjoint(part.asked))
        ]

    def _evaluate(self, part: Part) -> dict[str, Known]:
        """What a part binds among the names of now."""
        module = part.module.with_surroundings(self.names.around(part.number))
        exports = {name: addressed(known, part.number) for name, known in module.exports.items()}
        for name, known in exports.items():
            if known.is_of_bioql:
                self.names.interest.add(name)
        for star in filter(is_ours, module.stars):
            for name in module.index.exported(star):
                self.names.interest.add(name)
        self._parts[part.number] = replace(
            part,
            module=module,
            exports=exports,
            findings=None,
            is_asleep=False,
            asked_for_exports=module.asked,
        )
        return exports

    def _cell(self, old: Cell, numbers: Sequence[int]) -> Cell:
        """The old cell where nothing in it is new: what it has worked out stays."""
        parts = tuple(self._parts[number] for number in numbers)
        is_same = len(parts) == len(old.parts) and all(map(_is, parts, old.parts))
        return old if is_same else Cell(parts)


class Update(_Step):
    """The cells and names after an edit, made from those before it."""

    def __init__(
        self,
        before: Sequence[Cell],
        names: Names,
        options: Options,
        language: Language,
        texts: Sequence[str],
    ) -> None:
        super().__init__(names)
        self._before = before
        self._options = options
        self._language = language
        self._is_plain = language.may_sleep and not any(PACKAGE in text for text in texts)
        self._old = paired(before, texts)
        self._cells = [self._cut(old, text) for old, text in zip(self._old, texts, strict=True)]
        self._next_number = 1 + max(
            (part.number for cell in before for part in cell.parts), default=0
        )
        self._numbers: list[list[int]] = []

    def run(self) -> tuple[Cell, ...]:
        """The cells after the edit; ``names`` are the names then."""
        stays = {part.number for cell in self._cells for part in cell if isinstance(part, Part)}
        free = [part for cell in self._before for part in cell.parts if part.number not in stays]
        changed = self.names.without(part.number for part in free)
        self.names = changed.names
        new = self._number_new_parts([part.number for part in free])
        self._settle(self._awake(new), changed.differing)
        while not self._is_plain and (words := self.names.interest.take_new()):
            self._wake_by(words)
        return tuple(
            self._cell(old, numbers) for old, numbers in zip(self._old, self._numbers, strict=True)
        )

    def _cut(self, old: Cell, text: str) -> list[Piece | Part]:
        """A cell as parts that stay and pieces that are new."""
        if self._is_plain and len(text) > _PLAIN_CHARS_MAX:
            return [Piece(text)]
        is_to_be_read = not self._is_plain and any(part.is_unread for part in old.parts)
        parts = () if is_to_be_read else old.parts
        kept = {id(part.piece): part for part in parts}
        pieces = [part.piece for part in parts]
        return [kept.get(id(piece), piece) for piece in self._language.split(text, pieces)]

    def _number_new_parts(self, numbers: list[int]) -> list[Part]:
        """Make parts of the new pieces; a piece that takes an old one's place takes its number."""
        free = iter(numbers)
        new: list[Part] = []
        for cell in self._cells:
            in_cell: list[int] = []
            for each in cell:
                part = each
                if isinstance(part, Piece):
                    number = next(free, None)
                    number = self._new_number() if number is None else number
                    module = self._language.module(part.text, self._options)
                    part = Part(number, part, module, {}, ignores=file_ignores(part.text))
                    new.append(part)
                in_cell.append(part.number)
                self._parts[part.number] = part
            self._numbers.append(in_cell)
        return new

    def _awake(self, new: list[Part]) -> list[Part]:
        """The new parts that have to be looked at; the others are put to sleep."""
        if not self._language.may_sleep:
            return new
        if self._is_plain:
            for part in new:
                self._parts[part.number] = replace(part, is_asleep=True, is_unread=True)
            return []
        interest = self.names.interest
        awake = [part for part in new if interest.wakes(part.piece.text)]
        numbers = {part.number for part in awake}
        quiet = [part for part in new if part.number not in numbers]
        broken = set(broken_texts([part.piece.text for part in quiet]))
        for index, part in enumerate(quiet):
            if index in broken:
                awake.append(part)
            else:
                self._parts[part.number] = replace(part, is_asleep=True)
        return awake

    def _new_number(self) -> int:
        self._next_number += 1
        return self._next_number - 1


class Checks(_Step):
    """What the rules find in the parts of some cells that they have not looked at yet."""

    def __init__(self, cells: Sequence[Cell], names: Names) -> None:
        super().__init__(names)
        self._cells = cells
        self._parts = {part.number: part for cell in cells for part in cell.parts}

    def run(self) -> tuple[Cell, ...]:
        """The cells with all findings; ``names`` are the names then."""
        while unchecked := [
            p for p in self._parts.values() if p.findings is None and not p.is_asleep
        ]:
            for part in unchecked:
                self._check(part)
            # A rule may have asked about a name that only a part binds which is asleep.
            if words := self.names.interest.take_new():
                self._wake_by(words)
        return tuple(self._cell(cell, [p.number for p in cell.parts]) for cell in self._cells)

    def _check(self, part: Part) -> None:
        module = part.module.with_surroundings(self.names.around(part.number))
        self._parts[part.number] = replace(part, module=module, findings=findings_in(module))


def _is(left: Part, right: Part) -> bool:
    return left is right
