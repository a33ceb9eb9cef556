"""From an upstream's events to pieces of an answer, with the stop rules of local engines."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from typing import Final, Literal, Protocol

from bioql_lsp.worker.engines.base import Infill, Piece, Task
from bioql_lsp.worker.engines.decoding import AnswerText
from bioql_lsp.worker.engines.openai.chunks import Chunk
from bioql_lsp.worker.extract import strip_fences
from bioql_lsp.worker.standins import BackTurner, Copies

_FENCE = re.compile(r"^[ \t]*`{3,}[ \t]*([^\s`]*)[^\n`]*\n", re.MULTILINE)
_LAST_WORD = re.compile(r"(?<![\w.])[a-z]+\Z")
_FENCE_CLOSE: Final = "\n```"


class TextFilter(Protocol):
    """Changes the text of an answer on its way."""

    def push(self, text: str) -> tuple[str, bool]:
        """What is sure to follow, and whether the answer is over."""
        ...

    def end(self) -> str:
        """What was held back."""
        ...


class Plain:
    """Passes text on. ``lead`` is put before it where it starts with a word's character."""

    def __init__(self, lead: str = "") -> None:
        self._lead = lead

    def push(self, text: str) -> tuple[str, bool]:
        """The text, whole."""
        lead = self._lead if text and (text[0].isalnum() or text[0] == "_") else ""
        if text:
            self._lead = ""
        return lead + text, False

    def end(self) -> str:
        """Nothing."""
        return ""


def lost_space(task: Task) -> str:
    """What an answer starts with if its first space was lost: nothing, unless a keyword awaits it.

    ``import`` and ``os`` must not become one word; elsewhere Python does not need the space, and
    the answer may be the rest of a word.
    """
    last = _LAST_WORD.search(task.prefix) if isinstance(task, Infill) else None
    return " " if last and keyword.iskeyword(last[0]) else ""


class Fenced:
    """Takes code out of the Markdown fence that a chat model puts around it.

    Words before the fence are dropped. Where no fence was opened, or one only closed, nothing is
    certain before the end.
    """

    def __init__(self) -> None:
        self._held = ""
        self._skip = 0
        self._is_inside = False

    def push(self, text: str) -> tuple[str, bool]:
        """The code that is certain, and whether its fence was closed."""
        self._held += text
        if not self._is_inside:
            opening = _FENCE.search(self._held)
            if opening is None or (not opening[1] and self._held[: opening.start()].strip()):
                return "", False
            self._is_inside = True
            # The line end before belongs to the text: the code may be empty.
            self._held = "\n" + self._held[opening.end() :]
            self._skip = 1
        end = self._held.find(_FENCE_CLOSE)
        if end >= 0:
            return self._give(end), True
        return self._give(_sure_length(self._held)), False

    def end(self) -> str:
        """The rest of the code; all of a text without an opening fence."""
        return self._give(len(self._held)) if self._is_inside else strip_fences(self._held)

    def _give(self, end: int) -> str:
        given = self._held[self._skip : end]
        self._skip = max(self._skip - end, 0)
        self._held = self._held[end:]
        return given


def _sure_length(text: str) -> int:
    """The length of a text without an end that may become a closing fence."""
    return next((len(text) - n for n in (3, 2, 1) if text.endswith(_FENCE_CLOSE[:n])), len(text))


class AnswerReader:
    """One answer. ``count`` tells the tokens of a text, where a tokenizer is known.

    What the upstream says that it used is believed up to the limits of the request.
    """

    def __init__(
        self,
        task: Task,
        max_new_tokens: int,
        text_filter: TextFilter,
        count: Callable[[str], int] | None,
        prompt_tokens_max: int,
        *,
        copies: Copies = (),
    ) -> None:
        self.is_ended = False
        """Whether the upstream ended the answer."""
        self._is_cut = False
        self._max_new_tokens = max_new_tokens
        self._prompt_tokens_max = prompt_tokens_max
        self._filter = text_filter
        self._standins = BackTurner(copies)
        self._count = count
        self._answer = AnswerText(task)
        self._received: list[str] = []
        self._tokens = 0
        self._told: int | None = None
        self._prompt_told: int | None = None

    def read(self, chunk: Chunk) -> Piece | None:
        """The piece of an event; it has a ``finish`` where our rules say that it is enough.

        Behind the end of the answer, an event can only add what was used.
        """
        if chunk.completion_tokens is not None:
            self._told = chunk.completion_tokens
        if chunk.prompt_tokens:
            self._prompt_told = min(chunk.prompt_tokens, self._prompt_tokens_max)
        if self.is_ended:
            return None
        self.is_ended = chunk.is_end
        self._is_cut = chunk.finish == "length"
        return self._piece(chunk) if chunk.is_token else None

    def end(self) -> Piece:
        """The last piece, where the upstream ended the answer."""
        text, is_complete = self._rest()
        return self._last(text, "stop" if is_complete or not self._is_cut else "length")

    def _piece(self, chunk: Chunk) -> Piece:
        self._tokens += 1
        self._received.append(chunk.text)
        text, is_closed = self._filter.push(chunk.text)
        if is_closed:
            text, _ = self._answer.end(self._standins.push(text) + self._standins.end())
            return self._last(text, "stop")
        given, is_complete = self._answer.add(self._standins.push(text))
        if is_complete:
            return self._last(given, "stop")
        if self._tokens > self._max_new_tokens:
            return self._last(given + self._rest()[0], "length")
        return Piece(given, min(self._told or self._tokens, self._max_new_tokens))

    def _rest(self) -> tuple[str, bool]:
        return self._answer.end(self._standins.push(self._filter.end()) + self._standins.end())

    def _last(self, text: str, finish: Literal["stop", "length"]) -> Piece:
        return Piece(text, self._final(), finish, self._prompt_told)

    def _final(self) -> int:
        """Tokens of the answer: as told, else as the tokenizer has it, else one per event."""
        if self._told is not None:
            tokens = self._told
        elif self._count is not None:
            tokens = max(self._count("".join(self._received)), 1)
        else:
            tokens = self._tokens
        return min(tokens, self._max_new_tokens)
