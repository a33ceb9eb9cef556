"""A notebook's cell as the end of a program: after the cells above, which bind its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bioql_lsp.analysis.fixall import is_broken_python
from bioql_lsp.analysis.notebook_text import python_of
from bioql_lsp.text import Document, Span

_CELLS_REMEMBERED_MAX = 512


@dataclass(frozen=True, slots=True)
class Code:
    """The Python that a place stands in: a file's text, or a cell's after ``shift`` code points."""

    document: Document
    shift: int = 0

    @property
    def own_text(self) -> str:
        """The file's or the cell's own part."""
        return self.document.text[self.shift :]

    def offset(self, own: int) -> int:
        """Where an offset of the file or cell lies."""
        return self.shift + own

    def span(self, own: Span) -> Span:
        """Where a span of the file or cell lies."""
        return Span(self.shift + own.start, self.shift + own.end)


def code_of_cell(above: Sequence[str], cell: Document) -> Code:
    """A cell after those above it.

    Lines that only IPython understands are blank, and a cell above that does not parse is left
    out: it binds nothing, and nothing after it could be checked.
    """
    newline = cell.newline
    head = "".join(f"{text}{newline}" for text in map(_program, above) if text)
    return Code(Document(head + _python(cell.text)), len(head))


@lru_cache(maxsize=_CELLS_REMEMBERED_MAX)
def _python(cell: str) -> str:
    return python_of(cell)


@lru_cache(maxsize=_CELLS_REMEMBERED_MAX)
def _program(cell: str) -> str:
    text = _python(cell)
    return "" if is_broken_python(text) else text
