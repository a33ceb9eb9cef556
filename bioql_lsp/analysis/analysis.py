"""The analysis of a file, or of a notebook's cells, kept up to date edit by edit.

A file is cut into parts (`parts`). What the rules find in a part depends on its text and on what
is known of the names it uses; both are plain data, so a part is looked at again only when one of
them changed. `Analysis` is immutable: `updated` gives the next one and shares what stayed.

Findings come without fixes here: a fix may reach across the file, and is made by the same rules
on the whole text when somebody asks for it (`fixes.with_fixes`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.names import NO_NAMES, Names, addressed, located
from bioql_lsp.analysis.options import DEFAULTS, Options
from bioql_lsp.analysis.parts import Piece, split, starts_of
from bioql_lsp.analysis.registry import SYNTAX_CODE, findings_in
from bioql_lsp.analysis.suppression import FileIgnores, file_ignores, unsuppressed
from bioql_lsp.analysis.values import STARS, Known
from bioql_lsp.text import Span

_ROUNDS_MAX = 8


@dataclass(frozen=True, eq=False)
class Part:
    """One part, analysed: ``findings`` are placed relative to its start."""

    number: int
    piece: Piece
    module: Module
    exports: dict[str, Known]
    findings: tuple[Finding, ...] = ()
    ignores: FileIgnores = field(default_factory=FileIgnores)


@dataclass(frozen=True, eq=False)
class Cell:
    """A text of its own within an analysis: the file, or one cell of a notebook."""

    parts: tuple[Part, ...]

    @cached_property
    def pieces(self) -> list[Piece]:
        """The texts of the parts."""
        return [part.piece for part in self.parts]

    @cached_property
    def starts(self) -> list[int]:
        """Where each part begins, and the text's length."""
        return starts_of(self.pieces)

    def index_at(self, offset: int) -> int:
        """The part that an offset lies in; at a border the one that begins there."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), len(self.parts) - 1)


class Analysis:
    """All that is known of one version of a file or notebook."""

    def __init__(self, cells: tuple[Cell, ...], names: Names, options: Options) -> None:
        self.cells = cells
        self.names = names
        self.options = options

    @cached_property
    def uses_bioql(self) -> bool:
        """Whether anything imports BioQL."""
        return any(part.module.uses_bioql for cell in self.cells for part in cell.parts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in a file, in order of place, without fixes."""
        return self.findings_by_cell[0] if self.findings_by_cell else ()

    @cached_property
    def findings_by_cell(self) -> tuple[tuple[Finding, ...], ...]:
        """The findings in each cell, in order of place, without fixes."""
        if not self.uses_bioql:
            return tuple(() for _ in self.cells)
        found: list[dict[Finding, None]] = [{} for _ in self.cells]
        ignores = [p.ignores for _, _, p in parts_of(self) if p.ignores.is_set]
        has_syntax_error = False
        for index, start, part in parts_of(self):
            for finding in part.findings:
                is_syntax = finding.code == SYNTAX_CODE
                if (is_syntax and has_syntax_error) or any(i.covers(finding) for i in ignores):
                    continue
                has_syntax_error |= is_syntax
                number, span = located(finding.span)
                if number is not None and self._is_silenced(number, replace(finding, span=span)):
                    continue
                where, placed = self._place(index, start, finding.span)
                found[where][replace(finding, span=placed, fixes=())] = None
        return tuple(tuple(sorted(each, key=finding_order)) for each in found)

    def _is_silenced(self, number: int, finding: Finding) -> bool:
        """Whether a comment in the part that a finding was moved to silences it."""
        place = self._places.get(number)
        if place is None:
            return False
        part = self.cells[place[0]].parts[place[2]]
        return not list(unsuppressed(part.module.document, [finding]))

    def place(self, cell: int, part: int, span: Span) -> Span:
        """A span of a part as a span of its cell."""
        return self._place(cell, self.cells[cell].starts[part], span)[1]

    def _place(self, cell: int, start: int, span: Span) -> tuple[int, Span]:
        number, relative = located(span)
        if number is None:
            return cell, Span(start + relative.start, start + relative.end)
        where, start, _ = self._places.get(number, (cell, 0, 0))
        return where, Span(start + relative.start, start + relative.end)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int, int]]:
        """By a part's number: its cell, its start there, and its index there."""
        return {
            part.number: (index, start, position)
            for index, cell in enumerate(self.cells)
            for position, (part, start) in enumerate(zip(cell.parts, cell.starts, strict=False))
        }

    def module_at(self, offset: int, cell: int = 0) -> tuple[Module, int]:
        """The part around an offset, with all names of now, and where it begins."""
        found = self.cells[cell]
        if not found.parts:
            return Module("", self.options), 0
        index = found.index_at(offset)
        part = found.parts[index]
        return part.module.with_surroundings(self.names.around(part.number)), found.starts[index]

    def updated(self, texts: Sequence[str]) -> Analysis:
        """The analysis of the texts after an edit."""
        return _Update(self, texts).run()


def finding_order(finding: Finding) -> tuple[Span, str, str]:
    """The order in which findings are listed."""
    return finding.span, finding.code, finding.message


def analyse(text: str, options: Options = DEFAULTS, before: Analysis | None = None) -> Analysis:
    """The analysis of a file; ``before``, that of an earlier version, makes it cheap."""
    return analyse_cells([text], options, before)


def analyse_cells(
    texts: Sequence[str], options: Options = DEFAULTS, before: Analysis | None = None
) -> Analysis:
    """The analysis of a notebook's code cells, which share their names."""
    if before is None or before.options != options:
        before = Analysis((), NO_NAMES, options)
    return before.updated(texts)


class _Update:
    """One step from an analysis to the next."""

    def __init__(self, before: Analysis, texts: Sequence[str]) -> None:
        self._before = before
        self._options = before.options
        self._names = before.names
        self._cells = [self._cut(index, text) for index, text in enumerate(texts)]
        self._next_number = 1 + max(
            (part.number for cell in before.cells for part in cell.parts), default=0
        )

    def _cut(self, index: int, text: str) -> list[Piece | Part]:
        """A cell as parts that stay and pieces that are new."""
        old = self._before.cells[index] if index < len(self._before.cells) else Cell(())
        kept = {id(part.piece): part for part in old.parts}
        return [kept.get(id(piece), piece) for piece in split(text, old.pieces)]

    def run(self) -> Analysis:
        """The next analysis."""
        stays = {part.number for cell in self._cells for part in cell if isinstance(part, Part)}
        free = [
            part for cell in self._before.cells for part in cell.parts if part.number not in stays
        ]
        changed = self._names.without(part.number for part in free)
        self._names = changed.names
        fresh = self._read_new_parts([part.number for part in free])
        renewed = self._settle(fresh, changed.differing)
        cells = tuple(
            Cell(tuple(renewed.get(part.number, part) for part in cell)) for cell in self._parts
        )
        return Analysis(cells, self._names, self._options)

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
                    module = Module(part.text, self._options)
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
            changed = self._names.with_exports(
                {number: part.exports for number, part in exported.items()}
            )
            self._names = changed.names
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
        module = part.module.with_surroundings(self._names.around(part.number))
        exports = {name: addressed(known, part.number) for name, known in module.exports.items()}
        return Part(part.number, part.piece, module, exports, part.findings, part.ignores)

    def _checked(self, part: Part) -> Part:
        module = part.module.with_surroundings(self._names.around(part.number))
        return Part(
            part.number, part.piece, module, part.exports, findings_in(module), part.ignores
        )


def parts_of(analysis: Analysis) -> Iterable[tuple[int, int, Part]]:
    """Every part with its cell's index and its start there."""
    for index, cell in enumerate(analysis.cells):
        for part, start in zip(cell.parts, cell.starts, strict=False):
            yield index, start, part
