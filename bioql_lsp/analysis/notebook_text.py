"""The code of a notebook's cell without what only IPython understands.

Magics, shell lines and questions are blanked in place: the result has the same length and the
same lines, so that every place in it is the same place in the cell.
"""

from __future__ import annotations

import re

from bioql_lsp.analysis.brackets import string_end

# The body of these is Python that runs in the notebook; that of all others is something else.
_PYTHON_MAGICS = frozenset(
    {"capture", "debug", "lprun", "memit", "prun", "snakeviz", "time", "timeit"}
)
_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CELL_MAGIC = re.compile(r"\s*(?P<line>%%(?P<name>!|\w[\w.-]*)?[^\r\n]*)")
_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*)|(?P<quote>\"\"\"|'''|\"|')|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<joined>\\(?:\r\n|\r|\n))|(?P<line>\r\n|\r|\n)"
)
_ESCAPED = re.compile(
    r"[ \t]*(?P<assigned>[\w.\[\], \t*'\"]+=[ \t]*)?(?P<escape>%[A-Za-z_]|![^=]|!$)"
)
_QUESTION = re.compile(r"[ \t]*(?:\?{1,2}[ \t]*[\w.%*]+|[%\w.*]+(?:\[[^\]]*\])?\?{1,2})[ \t]*;?")
_INSTALLER = re.compile(
    r"(?:pip3?|conda|mamba|micromamba)[ \t]+(?:install|uninstall|list|show|freeze)\b(?![ \t]*[=(.])"
)


def python_of(cell: str) -> str:
    """A cell's text as Python, of the same length and with the same lines."""
    magic = _CELL_MAGIC.match(cell)
    if magic is None:
        return _Masked(cell, 0).text()
    if magic["name"] not in _PYTHON_MAGICS:
        return _blank(cell)
    start, end = magic.span("line")
    # A text of its own, as a docstring is: what is inserted at the top comes after it.
    head = cell[:start] + '""' + " " * (end - start - 2)
    return head + _Masked(cell, end).text()


class _Masked:
    """Reads a cell from an offset where a line may begin and blanks what is no Python."""

    def __init__(self, cell: str, start: int) -> None:
        self._cell = cell
        self._start = start
        self._pieces: list[str] = []

    def text(self) -> str:
        """The cell from the offset on."""
        position = self._start
        while position < len(self._cell):
            position = self._read_line(position)
        return "".join(self._pieces)

    def _read_line(self, start: int) -> int:
        """Take a line that is blanked, or a whole statement that is not; returns where it ends."""
        end = self._end_of_escaped(start)
        kept = self._kept_length(start)
        if kept is None:
            end = _end_of_statement(self._cell, start)
            self._pieces.append(self._cell[start:end])
            return end
        masked = self._cell[start + kept : end]
        self._pieces.append(self._cell[start : start + kept])
        self._pieces.append(_stand_in(masked, is_alone=kept == 0))
        return end

    def _kept_length(self, start: int) -> int | None:
        """How much of a line is Python where the rest is not; None where all of it is."""
        line = _line_at(self._cell, start)
        if _QUESTION.fullmatch(line) or _INSTALLER.match(line):
            return 0
        match = _ESCAPED.match(line)
        return match.start("escape") if match is not None else None

    def _end_of_escaped(self, start: int) -> int:
        """The end of a line and of those that a backslash joins to it."""
        position = start
        while True:
            line = _line_at(self._cell, position)
            end = position + len(line)
            line_end = _LINE_END.match(self._cell, end)
            position = line_end.end() if line_end else end
            if not line.endswith("\\") or line_end is None:
                return position


def _line_at(text: str, start: int) -> str:
    match = _LINE.match(text, start)
    assert match is not None
    return match.group()


def _end_of_statement(text: str, start: int) -> int:
    """The end of the line in which a statement ends that begins at an offset."""
    position, depth = start, 0
    while (match := _TOKEN.search(text, position)) is not None:
        position = match.end()
        kind = match.lastgroup
        if kind == "quote":
            position = string_end(text, position, len(text), match["quote"]) or len(text)
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "line" and not depth:
            return position
    return len(text)


def _stand_in(masked: str, *, is_alone: bool) -> str:
    """A comment where a line begins in column 0, else a name that nobody knows."""
    return ("#" if is_alone else "_") + _blank(masked[1:]) if masked else ""


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)
