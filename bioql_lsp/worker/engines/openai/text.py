"""Text for upstreams that tokenise it themselves: what it may not spell, and how long it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import Infill, Instruct, Task
from bioql_lsp.worker.prompts import BOS, EOS

# Marks of the models that are commonly served, whether or not their tokenizer is known here.
_WELL_KNOWN: Final = (
    r"<[|\uff5c][^<>\s]{1,60}[|\uff5c]>",
    r"\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|PREFIX|MIDDLE|SUFFIX)\]",
    r"<</?SYS>>",
    r"</?s>",
    r"<(?:unk|pad|bos|eos|mask|cls|sep)>",
    r"<(?:PRE|SUF|MID|EOT|FILL_ME)>",
    r"<(?:start|end)_of_turn>",
    r"<(?:fim|repo|file|gh|issue|jupyter)_?\w{1,40}>",
    r"</?(?:tool_call|tool_response|think)>",
)
_ROUNDS_MAX: Final = 4


class SpecialTexts:
    """What text of users may not hold where a tokenizer would read special tokens in it."""

    def __init__(self, tokenizer: Tokenizer | None) -> None:
        own = [] if tokenizer is None else _marks_of(tokenizer)
        literal = (re.escape(mark) for mark in sorted(own, key=len, reverse=True))
        self._pattern = re.compile("|".join((*literal, *_WELL_KNOWN)))

    def apart(self, text: str) -> str:
        """The text with a space after the first character of each mark."""
        # Some tokenizers read a full-width letter as the plain one.
        plain = unicodedata.normalize("NFKC", text)
        if self._pattern.search(plain) is not None and self._pattern.search(text) is None:
            text = plain
        for _ in range(_ROUNDS_MAX):
            if self._pattern.search(text) is None:
                return text
            text = self._pattern.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
        return self._pattern.sub("", text)

    def apart_in(self, task: Task) -> Task:
        """The task with all of its texts taken apart."""
        facts = self.apart(task.facts)
        if isinstance(task, Infill):
            return Infill(self.apart(task.prefix), self.apart(task.suffix), facts)
        if isinstance(task, Instruct):
            return self._apart_in_instruct(task, facts)
        problems = tuple(self.apart(problem) for problem in task.problems)
        return replace(task, code=self.apart(task.code), problems=problems, facts=facts)

    def _apart_in_instruct(self, task: Instruct, facts: str) -> Instruct:
        at, context = task.answer_at, task.context
        # Not within a line, where a mark may stand across the place.
        border = (context.find("\n", at - 1) + 1 or len(context)) if at else 0
        before, after = self.apart(context[:border]), self.apart(context[border:])
        return Instruct(self.apart(task.instruction), before + after, facts, len(before))


def _marks_of(tokenizer: Tokenizer) -> list[str]:
    """Added tokens that text could spell; words that someone taught the model are none."""
    marks = []
    for token in tokenizer.get_added_tokens_decoder().values():
        # A mark at the start of a word is a space in text.
        content = token.content.replace("▁", " ").strip()
        is_mark = token.special or (content[:1] in "<[" and content[-1:] in ">]")
        if is_mark and len(content) > 1:
            marks.append(content)
    return marks


@dataclass(frozen=True, slots=True)
class _Encoding:
    ids: list[int]
    tokens: list[str]


class TextUnits:
    """Stands in for a tokenizer that is not known: short pieces of text, each with an id.

    There are at least as many as a real tokenizer of code would make, so what fits by this measure
    fits; and the ids hold the text itself. It has what ``PromptBuilder`` uses of a tokenizer.
    """

    _UNITS: Final = re.compile(rb"[A-Za-z_]{1,3}|[ \t]{1,4}|.", re.DOTALL)
    _NAMED: Final = {BOS: -1, EOS: -2}

    encode_special_tokens = True

    def token_to_id(self, token: str) -> int | None:
        """Ids of the two tokens that every model has."""
        return self._NAMED.get(token)

    def encode(self, text: str, *, add_special_tokens: bool = False) -> _Encoding:
        """One id for each unit; the special ids never come out of text."""
        assert not add_special_tokens
        units = self._UNITS.findall(text.encode("utf-8"))
        ids = [int.from_bytes(b"\x01" + unit, "big") for unit in units]
        return _Encoding(ids, [unit.decode("utf-8", "replace") for unit in units])

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids; special ones have none."""
        units = (i.to_bytes((i.bit_length() + 7) // 8, "big")[1:] for i in ids if i > 0)
        # A line that had to be cut may start inside a character.
        return b"".join(units).decode("utf-8", "replace")
