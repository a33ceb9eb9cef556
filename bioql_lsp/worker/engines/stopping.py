"""Where an answer is complete although the model would go on.

An instruction is answered in a code fence: its closing line ends the answer. A hole is filled by
one logical line, or by one block where a block was opened; what a model writes after that is the
rest of some other file.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from bioql_lsp.analysis.brackets import BracketScanner
from bioql_lsp.worker.engines.base import Infill, Task
from bioql_lsp.worker.prompts import FENCE_CLOSE, clean

LEAD_CHARS_MAX: Final = 8192
"""How much before a hole is looked at for what is open there: the engine waits meanwhile."""

_CLOSERS: Final = frozenset(")]}")
_CUT = re.compile(r"[\n)\]}\"']")
_STATEMENT = re.compile(r"^([ \t]*)[^ \t\n)\]}]", re.MULTILINE)


class StopRule(Protocol):
    """Decides over the whole text of an answer so far, which grows from call to call.

    A rule remembers what it has looked at, and looks at each character of an answer once.
    """

    def end_of(self, text: str) -> int | None:
        """Where a complete answer ends in the text, or None while it is not complete."""
        ...

    def safe_length(self, text: str) -> int:
        """How much of an incomplete answer is sure to be part of it."""
        ...

    def end_at_stop(self, text: str) -> int:
        """Where the answer ends if the model stops here."""
        ...


def stop_rule_for(task: Task) -> StopRule:
    """The rule of a task."""
    if isinstance(task, Infill):
        return InfillStop(task.prefix, task.suffix)
    return FenceStop()


class FenceStop:
    """Ends at a line that starts with a closing fence."""

    def __init__(self) -> None:
        self._looked_at = 0

    def end_of(self, text: str) -> int | None:
        """Start of the closing fence, or None."""
        if text.startswith(FENCE_CLOSE):
            return 0
        place = text.find("\n" + FENCE_CLOSE, max(self._looked_at - len(FENCE_CLOSE), 0))
        if place >= 0:
            return place + 1
        self._looked_at = len(text)
        return None

    def safe_length(self, text: str) -> int:
        """Everything but a last line that may become the fence."""
        nearest = max(len(text) - len(FENCE_CLOSE), 0)
        last = text.rfind("\n", nearest) + 1
        is_long = last == 0 and nearest > 0
        return last if not is_long and FENCE_CLOSE.startswith(text[last:]) else len(text)

    def end_at_stop(self, text: str) -> int:
        """All of it, without the beginnings of a fence."""
        return self.safe_length(text)


class InfillStop:
    """Ends where the logical line at the hole, or the block that it opens, is complete.

    It also ends before a bracket or quote that the suffix already has.
    """

    def __init__(self, prefix: str, suffix: str = "") -> None:
        lead = _lead(prefix)
        before = lead.rstrip()
        self._border = _Border(lead, suffix)
        self._statement = BracketScanner()
        self._statement.push(lead[_statement_start(lead) :])
        self._in_block = before.endswith(":") and len(before) < len(lead)
        self._has_text = False
        self._looked_at = 0
        self._line_start = 0
        self._line_end: int | None = None
        """A line end in a block of which the next character says whether the block goes on."""
        self._end: int | None = None
        self._measured = 0
        self._safe_length = 0

    def end_of(self, text: str) -> int | None:
        """End of the last line that belongs to the answer, or None."""
        if self._end is None:
            self._end = self._find_end(text)
        return self._end

    def safe_length(self, text: str) -> int:
        """Everything but line ends and spaces at the end."""
        certain = text[self._measured :].rstrip()
        if certain:
            self._safe_length = self._measured + len(certain)
        self._measured = len(text)
        return self._safe_length

    def end_at_stop(self, text: str) -> int:
        """All of it: the model chose to end there."""
        return len(text)

    def _find_end(self, text: str) -> int | None:
        if self._line_end is not None and len(text) > self._line_end + 1:
            if _leaves_block(text[self._line_end + 1]):
                return self._line_end
            self._line_end = None
        for cut in _CUT.finditer(text, self._looked_at):
            place = cut.start()
            if cut[0] == "\n":
                self._read(text, place)
                if self._is_end(text, place):
                    return place
                self._line_start = place + 1
            self._read(text, place + 1)
            if self._border.is_surplus(cut[0]):
                return place
        self._read(text, len(text))
        return None

    def _read(self, text: str, end: int) -> None:
        """Look at the text up to ``end``."""
        piece = text[self._looked_at : end]
        self._looked_at = end
        self._statement.push(piece)
        self._border.push(piece)

    def _is_end(self, text: str, line_end: int) -> bool:
        """Whether the answer ends with the line that ends there, as far as the text says."""
        line = text[self._line_start : line_end].strip()
        self._has_text = self._has_text or bool(line)
        if not self._has_text or self._statement.depth or self._statement.string_quote:
            return False
        self._in_block = self._in_block or line.endswith(":")
        if line.startswith("#"):
            return False
        if not self._in_block:
            return True
        if line_end + 1 == len(text):
            self._line_end = line_end
            return False
        return _leaves_block(text[line_end + 1])


class _Border:
    """What is open at the hole and closed by the first character of the suffix."""

    def __init__(self, lead: str, suffix: str) -> None:
        self._scanner = BracketScanner()
        self._scanner.push(lead)
        self._depth, quote = self._scanner.depth, self._scanner.string_quote
        self._is_string = bool(quote)
        closed = suffix.lstrip()[:1]
        # A triple quote comes in pieces: that is left to the editor's side, which trims.
        does_close = closed == quote if quote else self._depth > 0 and closed in _CLOSERS
        self._closer = closed if does_close else ""

    def push(self, text: str) -> None:
        """Go on by a piece of the answer."""
        if self._closer:
            self._scanner.push(text)

    def is_surplus(self, character: str) -> bool:
        """Whether the last character of the answer so far closes what the suffix closes again."""
        if character != self._closer:
            return False
        in_string = bool(self._scanner.string_quote)
        return not in_string and (self._is_string or self._scanner.depth < self._depth)


def _leaves_block(character: str) -> bool:
    """Whether a line that starts so is blank or stands at column 0."""
    return character == "\n" or not character.isspace()


def _lead(prefix: str) -> str:
    """What is looked at of the text before a hole, in which nothing is open at the start."""
    if len(prefix) <= LEAD_CHARS_MAX:
        return clean(prefix)
    lead = clean(prefix[-LEAD_CHARS_MAX:])
    lead = lead[lead.find("\n") + 1 :]
    # A line from the middle of a file may stand in a string; the last statement hardly does.
    return lead[_statement_start(lead) :]


def _statement_start(lead: str) -> int:
    """Where the last statement of the least indentation starts; what is above it is complete."""
    start, least = 0, len(lead)
    for line in _STATEMENT.finditer(lead):
        if len(line[1]) <= least:
            start, least = line.start(), len(line[1])
    return start
