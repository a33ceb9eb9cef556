"""What an analysis holds: parts of a text, analysed, and the texts that they make up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.fixall import is_broken_python
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.parts import Piece, split, starts_of
from bioql_lsp.analysis.suppression import FileIgnores
from bioql_lsp.analysis.values import Known


@dataclass(frozen=True, slots=True)
class Language:
    """How a text is cut into parts, what a part is to the rules, and what no fix may leave.

    ``may_sleep`` where a part that holds no word of interest (`interest`) has nothing to say.
    """

    split: Callable[[str, Sequence[Piece]], list[Piece]]
    module: Callable[[str, Options], Module]
    is_broken: Callable[[str], bool]
    may_sleep: bool = False


PYTHON = Language(split, Module, is_broken_python, may_sleep=True)


@dataclass(frozen=True, eq=False)
class Part:
    """One part, analysed: ``findings`` are placed relative to its start, None until it is checked.

    One that is asleep was not looked at; it binds nothing that matters. One that is unread stands
    in a text that does not mention BioQL: not even its syntax was checked.
    """

    number: int
    piece: Piece
    module: Module
    exports: dict[str, Known]
    findings: tuple[Finding, ...] | None = None
    ignores: FileIgnores = field(default_factory=FileIgnores)
    is_asleep: bool = False
    is_unread: bool = False
    asked_for_exports: frozenset[str] = frozenset()

    @property
    def asked(self) -> Set[str]:
        """The names of the rest of the file that what is known of the part depends on."""
        if self.findings is None:
            return self.module.words
        return self.module.asked | self.asked_for_exports


@dataclass(frozen=True, eq=False)
class Cell:
    """A text of its own within an analysis: the file, or one cell of a notebook."""

    parts: tuple[Part, ...]

    @cached_property
    def pieces(self) -> list[Piece]:
        """The texts of the parts."""
        return [part.piece for part in self.parts]

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def starts(self) -> list[int]:
        """Where each part begins, and the text's length."""
        return starts_of(self.pieces)

    def index_at(self, offset: int) -> int:
        """The part that an offset lies in; at a border the one that begins there."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), len(self.parts) - 1)


NO_CELL = Cell(())


def paired(old: Sequence[Cell], texts: Sequence[str]) -> list[Cell]:
    """For each text the old cell that it is the next version of, each cell once at most.

    Cells that only moved are found by their text, so that they stay as they are.
    """
    if len(old) == len(texts) == 1:
        return list(old)
    by_text: dict[str, list[Cell]] = {}
    for cell in reversed(old):
        by_text.setdefault(cell.text, []).append(cell)
    found = [same.pop() if (same := by_text.get(text)) else None for text in texts]
    taken = {id(cell) for cell in found}
    rest = iter([cell for cell in old if id(cell) not in taken])
    return [cell or next(rest, NO_CELL) for cell in found]
