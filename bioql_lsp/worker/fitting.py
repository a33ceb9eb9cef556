"""How much of a text fits a prompt: whole lines, those nearest to the answer.

A cut moves in jumps, so that a text that grows line by line goes on to begin as it did, and what a
model has read of it stays good. However long a text is, no more of it is measured than a fixed
multiple of the room that there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bioql_lsp.worker.engines.base import Infill, Instruct, Task

SUFFIX_SHARE: Final = 0.25
FACTS_SHARE: Final = 0.25
JUMPS: Final = 4
"""A text before an answer that is too long is cut by multiples of this part of its room."""
SUFFIX_JUMPS: Final = 8
"""The room of a text behind an answer shrinks by this part of the whole room."""
TOKEN_CHARS_MAX: Final = 16
"""Text that is farther from the answer than that for each token of room is not even encoded."""


def room_beside(max_new_tokens: int, context_tokens_max: int) -> int:
    """Tokens that a prompt may have: the answer gets what it may take, or half the context."""
    return context_tokens_max - min(max_new_tokens, context_tokens_max // 2)


def within_reach(task: Task, room: int) -> tuple[Task, bool]:
    """The task without what is too far away to fit, and whether there was any."""
    chars_max = room * TOKEN_CHARS_MAX
    if isinstance(task, Infill):
        prefix, suffix = _end_of(task.prefix, chars_max), _start_of(task.suffix, chars_max)
        is_cut = len(prefix) + len(suffix) < len(task.prefix) + len(task.suffix)
        return Infill(prefix, suffix, task.facts) if is_cut else task, is_cut
    if isinstance(task, Instruct):
        at = task.answer_at
        before, after = task.context[:at], task.context[at:]
        before, after = _end_of(before, chars_max), _start_of(after, chars_max)
        is_cut = len(before) + len(after) < len(task.context)
        near = replace(task, context=before + after, insert_at=len(before))
        return near if is_cut else task, is_cut
    return task, False


def is_beyond_reach(task: Task, room: int) -> bool:
    """Whether what may not be cut of the task is longer than any text that fits."""
    if isinstance(task, Infill):
        return False
    if isinstance(task, Instruct):
        chars = len(task.instruction.strip())
    else:
        chars = len(task.code.rstrip()) + sum(map(len, task.problems))
    return chars > room * TOKEN_CHARS_MAX


def lines_of(text: str) -> list[str]:
    """Lines with their ends; ``str.splitlines`` would also cut at form feeds and U+2028."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


class Fitter:
    """Cuts texts to a room, in tokens of one tokenizer."""

    def __init__(self, encode: Callable[[str], list[int]]) -> None:
        self._encode = encode

    def size(self, text: str) -> int:
        """Tokens of a text by itself."""
        return len(self._encode(text))

    def facts(self, facts: str, room: int) -> str:
        """The facts, unless they take more than their share of the room."""
        share = room * FACTS_SHARE
        is_short = len(facts) <= share * TOKEN_CHARS_MAX and self.size(facts) <= share
        return facts if is_short else ""

    def around(self, before: str, after: str, room: int) -> tuple[str, str]:
        """The end of one text and the start of the other that fit together.

        The second gets what the first leaves, but a share of the room at least. It changes seldom
        while the first one grows.
        """
        lines = lines_of(before)
        sizes = self._sizes(lines)
        jump = max(room // SUFFIX_JUMPS, 1)
        left = (room - sum(sizes)) // jump * jump
        kept = self._head(after, max(int(room * SUFFIX_SHARE), left))
        return self._tail(lines, sizes, room - self.size(kept)), kept

    def tail(self, text: str, room: int) -> str:
        """The lines at the end that fit, or the end of the last one."""
        lines = lines_of(text)
        return self._tail(lines, self._sizes(lines), room)

    def _sizes(self, lines: list[str]) -> list[int]:
        """Tokens of each line, with one for how it may join the others."""
        sizes = {line: self.size(line) + 1 for line in set(lines)}
        return [sizes[line] for line in lines]

    def _head(self, text: str, room: int) -> str:
        kept: list[str] = []
        for line in lines_of(text):
            room -= self.size(line) + 1
            if room < 0:
                break
            kept.append(line)
        return "".join(kept)

    def _tail(self, lines: list[str], sizes: list[int], room: int) -> str:
        jump = max(room // JUMPS, 1)
        surplus = -(-(sum(sizes) - room) // jump) * jump
        dropped = 0
        while surplus > 0 and dropped < len(lines):
            surplus -= sizes[dropped]
            dropped += 1
        if lines and dropped == len(lines):
            return self._end_of_line(lines[-1], room)
        return "".join(lines[dropped:])

    def _end_of_line(self, line: str, room: int) -> str:
        chars_max = max(room, 0) * TOKEN_CHARS_MAX
        end = _end_of(line, chars_max)
        while end and self.size(end) >= room:
            chars_max //= 2
            end = _end_of(line, chars_max)
        return end


def _end_of(text: str, chars_max: int) -> str:
    """The end of a text from a line's start, about as long; it begins at the same place for long.

    A line that is longer than that is cut anywhere.
    """
    if len(text) <= chars_max:
        return text
    jump = max(chars_max // JUMPS, 1)
    start = -(-(len(text) - chars_max) // jump) * jump
    line_end = text.find("\n", start, -1)
    return text[start:] if line_end < 0 else text[line_end + 1 :]


def _start_of(text: str, chars_max: int) -> str:
    """The lines at the start of a text that are no longer together."""
    return text if len(text) <= chars_max else text[: text.rfind("\n", 0, chars_max) + 1]
