"""One step from an analysis to the next: only what an edit concerns is looked at again."""

from __future__ import annotations

from collections.abc import Sequence

from bioql_lsp.analysis.cells import Cell, Language, Part, paired
from bioql_lsp.analysis.names import Names, addressed
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.parts import Piece
from bioql_lsp.analysis.registry import findings_in
from bioql_lsp.analysis.suppression import file_ignores
from bioql_lsp.analysis.values import STARS

_ROUNDS_MAX = 8


class Update:
    """The cells and names after an edit, made from those before it."""

    def __init__(
        self,
        before: Sequence[Cell],
        names: Names,
        options: Options,
        language: Language,
        texts: Sequence[str],
    ) -> None:
        self._before = before
        self.names = names
        self._options = options
        self._language = language
        self._old = paired(before, texts)
        self._cells = [self._cut(old, text) for old, text in zip(self._old, texts, strict=True)]
        self._next_number = 1 + max(
            (part.number for cell in before for part in cell.parts), default=0
        )

    def _cut(self, old: Cell, text: str) -> list[Piece | Part]:
        """A cell as parts that stay and pieces that are new."""
        kept = {id(part.piece): part for part in old.parts}
        return [kept.get(id(piece), piece) for piece in self._language.split(text, old.pieces)]

    def run(self) -> tuple[Cell, ...]:
        """The cells after the edit; ``names`` are the names then."""
        stays = {part.number for cell in self._cells for part in cell if isinstance(part, Part)}
        free = [part for cell in self._before for part in cell.parts if part.number not in stays]
        changed = self.names.without(part.number for part in free)
        self.names = changed.names
        fresh = self._read_new_parts([part.number for part in free])
        renewed = self._settle(fresh, changed.differing)
        return tuple(
            _cell(old, tuple(renewed.get(part.number, part) for part in parts))
            for old, parts in zip(self._old, self._parts, strict=True)
        )

    def _read_new_parts(self, numbers: list[int]) -> dict[int, Part]:
        """Make parts of the new pieces; a piece that takes an old one's place takes its number."""
        fresh: dict[int, Part] = {}
        self._parts: list[list[Part]] = []
        for cell in self._cells:
            parts: list[Part] = []
            for each in cell:
                part = each
                if isinstance(part, Piece):
                    number = numbers.pop(0) if numbers else self._new_number()
                    module = self._language.module(part.text, self._options)
                    part = fresh[number] = Part(
                        number, part, module, {}, ignores=file_ignores(part.text)
                    )
                parts.append(part)
            self._parts.append(parts)
        return fresh

    def _new_number(self) -> int:
        self._next_number += 1
        return self._next_number - 1

    def _settle(self, fresh: dict[int, Part], differing: frozenset[str]) -> dict[int, Part]:
        """Evaluate the new parts, and those whose names changed their meaning by that."""
        everything = {part.number: part for cell in self._parts for part in cell}
        pending = dict(fresh)
        renewed: dict[int, Part] = {}
        for _ in range(_ROUNDS_MAX):
            affected = set(differing)
            exported = {number: self._evaluated(part) for number, part in pending.items()}
            changed = self.names.with_exports(
                {number: part.exports for number, part in exported.items()}
            )
            self.names = changed.names
            renewed |= exported
            affected |= changed.differing
            differing = frozenset()
            if not affected:
                break
            pending = {
                number: renewed.get(number, part)
                for number, part in everything.items()
                if STARS in affected or not affected.isdisjoint(part.module.name_set)
            }
            if not pending:
                break
        else:
            renewed |= {number: self._evaluated(part) for number, part in pending.items()}
        return {number: self._checked(part) for number, part in renewed.items()}

    def _evaluated(self, part: Part) -> Part:
        module = part.module.with_surroundings(self.names.around(part.number))
        exports = {name: addressed(known, part.number) for name, known in module.exports.items()}
        return Part(part.number, part.piece, module, exports, part.findings, part.ignores)

    def _checked(self, part: Part) -> Part:
        module = part.module.with_surroundings(self.names.around(part.number))
        findings = findings_in(module)
        return Part(part.number, part.piece, module, part.exports, findings, part.ignores)


def _cell(old: Cell, parts: tuple[Part, ...]) -> Cell:
    """The old cell where nothing in it is new: what it has worked out stays."""
    is_same = len(parts) == len(old.parts) and all(map(_is, parts, old.parts))
    return old if is_same else Cell(parts)


def _is(left: Part, right: Part) -> bool:
    return left is right
