"""The analysis of a file, or of a notebook's cells, kept up to date edit by edit.

A file is cut into parts (`parts`). What the rules find in a part depends on its text and on what
is known of the names it uses; both are plain data, so a part is looked at again only when one of
them changed. `Analysis` is immutable: `updated` gives the next one and shares what stayed.

Findings come without fixes here: a fix may reach across the file, and is made by the same rules
on the whole text when somebody asks for it (`fixes.fixes_in`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bioql_lsp.analysis.cells import PYTHON, Cell, Language, Part
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.names import Names, located, no_names
from bioql_lsp.analysis.options import DEFAULTS, Options
from bioql_lsp.analysis.registry import SYNTAX_CODE
from bioql_lsp.analysis.suppression import FileIgnores, unsuppressed
from bioql_lsp.analysis.update import Checks, Update
from bioql_lsp.text import Span

if TYPE_CHECKING:
    from bioql_lsp.analysis.sentences import Sentence

__all__ = ["Analysis", "Cell", "Part", "analyse", "analyse_cells", "parts_of"]
_NO_PART = -1
_NO_CELL = -1


class Analysis:
    """All that is known of one version of a file or notebook."""

    def __init__(
        self,
        cells: tuple[Cell, ...],
        names: Names,
        options: Options,
        language: Language = PYTHON,
    ) -> None:
        self.cells = cells
        self.names = names
        self.options = options
        self.language = language
        self._wholes: dict[int, Module] = {}
        self._views: dict[int, Analysis] = {}
        self._is_checked = False

    @cached_property
    def uses_bioql(self) -> bool:
        """Whether anything imports BioQL."""
        return any(
            part.module.uses_bioql
            for cell in self.cells
            for part in cell.parts
            if not part.is_asleep
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in a file, in order of place, without fixes."""
        return self.findings_by_cell[0] if self.findings_by_cell else ()

    @cached_property
    def findings_by_cell(self) -> tuple[tuple[Finding, ...], ...]:
        """The findings in each cell, in order of place, without fixes."""
        if not self.uses_bioql:
            return tuple(() for _ in self.cells)
        self.check()
        found: list[dict[Finding, None]] = [{} for _ in self.cells]
        broken_cells: set[int] = set()
        for index, start, part in parts_of(self):
            for finding in part.findings or ():
                is_syntax = finding.code == SYNTAX_CODE
                if (is_syntax and index in broken_cells) or self.is_ignored(finding):
                    continue
                if is_syntax:
                    broken_cells.add(index)
                number, span = located(finding.span)
                if number is not None and self._is_silenced(number, replace(finding, span=span)):
                    continue
                where, placed = self._place(index, start, finding.span)
                if where != _NO_CELL:
                    found[where][replace(finding, span=placed, fixes=())] = None
        return tuple(tuple(sorted(each, key=finding_order)) for each in found)

    def check(self) -> None:
        """Have the rules look at every part that they have not seen; done once, when needed."""
        if not self._is_checked:
            self._is_checked = True
            checks = Checks(self.cells, self.names)
            self.cells, self.names = checks.run(), checks.names

    def is_ignored(self, finding: Finding) -> bool:
        """Whether a comment for the whole file or notebook silences a finding."""
        return any(ignores.covers(finding) for ignores in self._ignores)

    @cached_property
    def _ignores(self) -> tuple[FileIgnores, ...]:
        return tuple(part.ignores for _, _, part in parts_of(self) if part.ignores.is_set)

    def _is_silenced(self, number: int, finding: Finding) -> bool:
        """Whether a comment in the part that a finding was moved to silences it."""
        place = self._places.get(number)
        if place is None:
            return False
        part = self.cells[place[0]].parts[place[2]]
        return not list(unsuppressed(part.module.document, [finding]))

    def place(self, cell: int, part: int, span: Span) -> Span:
        """A span of a part as a span of its cell.

        What is written in another cell is an empty span at the part's start.
        """
        start = self.cells[cell].starts[part]
        where, placed = self._place(cell, start, span)
        return placed if where == cell else Span(start, start)

    def _place(self, cell: int, start: int, span: Span) -> tuple[int, Span]:
        number, relative = located(span)
        if number is None:
            return cell, Span(start + relative.start, start + relative.end)
        where, start, _ = self._places.get(number, (_NO_CELL, 0, 0))
        return where, Span(start + relative.start, start + relative.end)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int, int]]:
        """By a part's number: its cell, its start there, and its index there."""
        return {
            part.number: (index, start, position)
            for index, cell in enumerate(self.cells)
            for position, (part, start) in enumerate(zip(cell.parts, cell.starts, strict=False))
        }

    def module_at(
        self, offset: int, cell: int = 0, *, is_typing: bool = False
    ) -> tuple[Module, int]:
        """The part around an offset, with all names of now, and where it begins.

        Somebody who ``is_typing`` waits for no rules; names that only rules ask about may be
        unknown then.
        """
        if not is_typing:
            self.check()
        found = self.cells[cell]
        if not found.parts:
            return self.language.module("", self.options), 0
        index = found.index_at(offset)
        part = found.parts[index]
        return part.module.with_surroundings(self.names.around(part.number)), found.starts[index]

    def sentences_at(self, offset: int, cell: int = 0) -> tuple[tuple[Sentence, int], ...]:
        """The sentences of the part around an offset; each is placed relative to its number."""
        module, start = self.module_at(offset, cell)
        return tuple((sentence, start) for sentence in module.sentences)

    def whole(self, cell: int = 0) -> Module:
        """A cell's text in one piece, among the names of the other cells; made once."""
        if cell not in self._wholes:
            self._wholes[cell] = self.whole_of(self.cells[cell].text, cell)
        return self._wholes[cell]

    def whole_of(self, text: str, cell: int = 0) -> Module:
        """A text that may take a cell's place, among the names of the other cells."""
        module = self.language.module(text, self.options)
        if len(self.cells) == 1:
            return module
        others = self.names.without(part.number for part in self.cells[cell].parts).names
        return module.with_surroundings(others.around(_NO_PART))

    def view(self, cell: int) -> Analysis:
        """One cell of a notebook as if it were a file; names are those of all cells."""
        if len(self.cells) == 1:
            return self
        if cell not in self._views:
            self._views[cell] = _CellView(self, cell)
        return self._views[cell]

    def updated(self, texts: Sequence[str]) -> Analysis:
        """The analysis of the texts after an edit."""
        update = Update(self.cells, self.names, self.options, self.language, texts)
        cells = update.run()
        return Analysis(cells, update.names, self.options, self.language)


class _CellView(Analysis):
    """One cell of an analysis. What it is asked about other cells it does not tell."""

    def __init__(self, everything: Analysis, index: int) -> None:
        cells = (everything.cells[index],)
        super().__init__(cells, everything.names, everything.options, everything.language)
        self._everything = everything
        self._index = index

    @cached_property
    def uses_bioql(self) -> bool:
        """Whether any cell of the notebook imports BioQL."""
        return self._everything.uses_bioql

    def check(self) -> None:
        """Have the rules look at every part of the notebook that they have not seen."""
        self._everything.check()
        self.cells = (self._everything.cells[self._index],)
        self.names = self._everything.names

    @cached_property
    def findings_by_cell(self) -> tuple[tuple[Finding, ...], ...]:
        """The findings in this cell alone."""
        return (self._everything.findings_by_cell[self._index],)

    def is_ignored(self, finding: Finding) -> bool:
        """Whether a comment in any cell silences a finding."""
        return self._everything.is_ignored(finding)

    def whole_of(self, text: str, cell: int = 0) -> Module:
        """A text that may take this cell's place, among the names of the others."""
        return self._everything.whole_of(text, self._index + cell)


def finding_order(finding: Finding) -> tuple[Span, str, str]:
    """The order in which findings are listed."""
    return finding.span, finding.code, finding.message


def analyse(text: str, options: Options = DEFAULTS, before: Analysis | None = None) -> Analysis:
    """The analysis of a file; ``before``, that of an earlier version, makes it cheap."""
    return analyse_cells([text], options, before)


def analyse_cells(
    texts: Sequence[str],
    options: Options = DEFAULTS,
    before: Analysis | None = None,
    language: Language = PYTHON,
) -> Analysis:
    """The analysis of a notebook's code cells, which share their names."""
    if before is None or before.options != options or before.language is not language:
        before = nothing(options, language)
    return before.updated(texts)


def nothing(options: Options = DEFAULTS, language: Language = PYTHON) -> Analysis:
    """The analysis of no text at all."""
    return Analysis((), no_names(options.version), options, language)


def parts_of(analysis: Analysis) -> Iterable[tuple[int, int, Part]]:
    """Every part with its cell's index and its start there."""
    for index, cell in enumerate(analysis.cells):
        for part, start in zip(cell.parts, cell.starts, strict=False):
            yield index, start, part
