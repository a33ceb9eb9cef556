"""Where an answer is complete although the model would go on.

An instruction is answered in a code fence: its closing line ends the answer. A hole is filled by
one logical line, or by one block where a block was opened; what a model writes after that is the
rest of some other file.
"""

from __future__ import annotations

from typing import Protocol

from bioql_lsp.analysis.brackets import openness
from bioql_lsp.worker.engines.base import Infill, Task
from bioql_lsp.worker.prompts import FENCE_CLOSE, clean

_OPENERS = {"(": ")", "[": "]", "{": "}"}
_CLOSERS = frozenset(_OPENERS.values())
_QUOTES = ('"""', "'''", '"', "'")


class StopRule(Protocol):
    """Decides over the whole text of an answer so far."""

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
        return InfillStop(clean(task.prefix), clean(task.suffix))
    return FenceStop()


class FenceStop:
    """Ends at a line that starts with a closing fence."""

    def end_of(self, text: str) -> int | None:
        """Start of the closing fence, or None."""
        if text.startswith(FENCE_CLOSE):
            return 0
        place = text.find("\n" + FENCE_CLOSE)
        return None if place < 0 else place + 1

    def safe_length(self, text: str) -> int:
        """Everything but a last line that may become the fence."""
        last = text.rfind("\n") + 1
        return last if FENCE_CLOSE.startswith(text[last:]) else len(text)

    def end_at_stop(self, text: str) -> int:
        """All of it, without the beginnings of a fence."""
        return self.safe_length(text)


class InfillStop:
    """Ends where the logical line at the hole, or the block that it opens, is complete.

    It also ends before a bracket or quote that the suffix already has.
    """

    def __init__(self, prefix: str, suffix: str = "") -> None:
        self._border = _Border(prefix, suffix)
        self._lead = _open_statement(prefix)
        before = prefix.rstrip()
        self._in_block = before.endswith(":") and not prefix.endswith(before)
        self._is_fresh_line = not prefix.rpartition("\n")[2].strip()

    def end_of(self, text: str) -> int | None:
        """End of the last line that belongs to the answer, or None."""
        surplus = self._border.surplus_at(text)
        if surplus is not None:
            return surplus
        place = text.find("\n")
        in_block = self._in_block
        while place >= 0:
            line = text[:place]
            last = line.rpartition("\n")[2]
            if line.strip() and _is_closed(self._lead + line):
                in_block = in_block or last.rstrip().endswith(":")
                follows = text[place + 1 :]
                is_comment = last.lstrip().startswith("#")
                if not is_comment and (not in_block or _leaves_block(follows)):
                    return place
            place = text.find("\n", place + 1)
        return None

    def safe_length(self, text: str) -> int:
        """Everything but line ends and spaces at the end."""
        return len(text.rstrip()) if text.strip() else 0

    def end_at_stop(self, text: str) -> int:
        """All of it: the model chose to end there."""
        return len(text)


class _Border:
    """What is open at the hole and closed by the first character of the suffix."""

    def __init__(self, prefix: str, suffix: str) -> None:
        closed = suffix.lstrip()[:1]
        is_open = openness(prefix, 0, len(prefix))
        self._depth = len(is_open.brackets)
        self._is_string = is_open.string_start is not None
        matches = is_open.string_quote if self._is_string else "".join(_CLOSERS)
        # A triple quote comes in pieces: that is left to the editor's side, which trims.
        is_one = len(is_open.string_quote) <= 1
        self._closer = closed if closed and closed in matches and is_one else ""
        starts = [bracket.offset for bracket in is_open.brackets[:1]]
        if is_open.string_start is not None:
            starts.append(is_open.string_start)
        self._lead = prefix[min(starts) :] if starts else ""

    def surplus_at(self, text: str) -> int | None:
        """Where the text closes what the suffix closes again, or None."""
        place = text.find(self._closer) if self._closer and self._lead else -1
        while place >= 0:
            whole = self._lead + text[: place + 1]
            after = openness(whole, 0, len(whole))
            is_string = after.string_start is not None
            if self._is_string and not is_string:
                return place
            if not self._is_string and not is_string and len(after.brackets) < self._depth:
                return place
            place = text.find(self._closer, place + 1)
        return None


def _leaves_block(follows: str) -> bool:
    """Whether what follows a line is a blank line or stands at column 0."""
    return follows.startswith("\n") or (bool(follows.strip()) and not follows[0].isspace())


def _open_statement(prefix: str) -> str:
    """The end of a text from its last line that starts a statement at column 0."""
    lines = prefix.split("\n")
    start = len(lines) - 1
    while start > 0 and (not lines[start] or lines[start][0] in " \t)]}"):
        start -= 1
    text = "\n".join(lines[start:])
    if _is_closed(text + "\n") and text.endswith("\n"):
        return ""
    return text if not _is_closed(text) else lines[-1]


def _is_closed(text: str) -> bool:
    """Whether no bracket and no string is open at the end of a text."""
    depth, place, quote = 0, 0, ""
    while place < len(text):
        if quote:
            if text[place] == "\\":
                place += 2
                continue
            if text.startswith(quote, place):
                place += len(quote)
                quote = ""
                continue
            if text[place] == "\n" and len(quote) == 1:
                quote = ""
        elif text[place] == "#":
            place = text.find("\n", place)
            if place < 0:
                break
        else:
            quote = next((q for q in _QUOTES if text.startswith(q, place)), "")
            place += max(len(quote) - 1, 0)
            depth += (text[place] in _OPENERS and not quote) - (
                text[place] in _CLOSERS and not quote
            )
        place += 1
    return depth <= 0 and not quote
