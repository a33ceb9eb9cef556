"""A task in the form that an upstream takes: token ids, text, or a message.

    tokens   our own ids: vLLM, llama.cpp. Exact; text of users cannot become a special token.
    text     special tokens spelt out, marks in the text of users taken apart: most servers.
    chat     one message; the upstream lays it out as its model wants it. A hole to fill becomes an
             instruction, and the answer comes in a Markdown fence.

A model without infill tokens, or whose tokenizer is not known, continues the text before the hole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, TypeAlias, cast

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import Infill, Prompt, PromptTooLongError, Task
from bioql_lsp.worker.engines.openai.text import SpecialTexts, TextUnits
from bioql_lsp.worker.fitting import room_beside
from bioql_lsp.worker.prompts import (
    FENCE_OPEN,
    GENERAL_STYLE,
    SUF,
    PromptBuilder,
    PromptStyle,
    clean,
    neutralise,
)

Form: TypeAlias = Literal["tokens", "text", "chat"]
CHAT_TOKENS: Final = 96
"""Room for what a chat template and our words around the request take."""

_HOLE = "<HOLE>"
_ANSWER_IN_FENCE = "Answer with one ```python block and nothing else."
_FILL = f"Say what stands at {_HOLE} in this code, without repeating what stands around it."


@dataclass(frozen=True, slots=True)
class TextPrompt(Prompt):
    """A prompt as text. ``ids`` measure it and tell it from others; they are not sent."""

    text: str = ""


class Layout(Protocol):
    """Builds prompts and reads text back from their ids."""

    builder: PromptBuilder

    def text(self, ids: Sequence[int]) -> str:
        """The text of ids, special tokens spelt out but for the first."""
        ...


class KnownLayout:
    """With the model's own tokenizer."""

    def __init__(self, tokenizer: Tokenizer, context_tokens_max: int, style: PromptStyle) -> None:
        self.builder = PromptBuilder(tokenizer, context_tokens_max, style)
        self._tokenizer = tokenizer
        self._special = set(tokenizer.get_added_tokens_decoder())
        self._sentinel = list(tokenizer.encode("x", add_special_tokens=False).ids)
        self._sentinel_text = tokenizer.decode(self._sentinel, skip_special_tokens=True)
        twice = tokenizer.decode(self._sentinel * 2, skip_special_tokens=True)
        # Tokenizers of the Llama kind put a space before a text, and their decoders take one away.
        self.drops_first_space = twice == "x x"

    def text(self, ids: Sequence[int]) -> str:
        """See ``Layout``."""
        parts: list[str] = []
        plain: list[int] = []
        mark = ""
        for token_id in ids[1:]:
            if token_id in self._special:
                parts.append(self._plain(plain, mark))
                plain = []
                mark = self._tokenizer.id_to_token(token_id) or ""
                parts.append(mark)
            else:
                plain.append(token_id)
        return "".join([*parts, self._plain(plain, mark)])

    def _plain(self, ids: list[int], mark: str) -> str:
        """Text of ordinary tokens behind a mark."""
        # Behind some text, a decoder drops no space at the start.
        whole: str = self._tokenizer.decode(self._sentinel + ids, skip_special_tokens=True)
        text = whole[len(self._sentinel_text) :]
        # The space put before a text is no part of it; text behind the suffix's mark has none.
        is_added = self.drops_first_space and mark != SUF
        return text.removeprefix(" ") if is_added else text


class UnknownLayout:
    """Without the model's tokenizer: lengths are estimates on the safe side."""

    def __init__(self, context_tokens_max: int) -> None:
        self._units = TextUnits()
        self.builder = PromptBuilder(
            cast(Tokenizer, self._units), context_tokens_max, GENERAL_STYLE
        )

    def text(self, ids: Sequence[int]) -> str:
        """See ``Layout``."""
        return self._units.decode(ids)


class Writer:
    """Writes tasks in one form. ``lead`` stands before each text: a ``<s>`` that is not added."""

    def __init__(
        self,
        form: Form,
        layout: Layout,
        special: SpecialTexts,
        context_tokens_max: int,
        lead: str = "",
    ) -> None:
        self.form = form
        self.facts_kind = layout.builder.facts_kind
        self._layout = layout
        self._builder = layout.builder
        self._fitter = layout.builder.fitter
        self._special = special
        self._context_tokens_max = context_tokens_max
        self._lead = lead

    def write(self, task: Task, max_new_tokens: int) -> Prompt:
        """The prompt of a task, cut to leave room for the answer. Raises PromptTooLongError."""
        task, is_cut = self._builder.within_reach(task, max_new_tokens)
        if self.form != "tokens":
            task = self._special.apart_in(task)
        prompt = self._write(task, max_new_tokens)
        return replace(prompt, is_cut=True) if is_cut else prompt

    def _write(self, task: Task, max_new_tokens: int) -> Prompt:
        if self.form == "chat":
            return self._message(task, max_new_tokens)
        if isinstance(task, Infill) and not self._builder.can_infill:
            prompt = self._continuation(task, max_new_tokens)
        else:
            prompt = self._builder.build(task, max_new_tokens)
        if self.form == "tokens":
            return prompt
        text = self._lead + self._layout.text(prompt.ids)
        return TextPrompt(prompt.ids, prompt.is_cut, prompt.copies, text=text)

    def _continuation(self, task: Infill, max_new_tokens: int) -> Prompt:
        """The text before the hole, behind the facts."""
        room = self._room(max_new_tokens)
        facts, is_cut = self._builder.facts(task.facts, room)
        whole = clean(task.prefix)
        prefix = self._fitter.tail(whole, room - self._fitter.size(facts))
        ids = (self._builder.bos_id, *self._builder.encode(facts + prefix))
        return Prompt(ids, is_cut or prefix != whole)

    def _message(self, task: Task, max_new_tokens: int) -> TextPrompt:
        if isinstance(task, Infill):
            return self._hole(task, max_new_tokens)
        prompt = self._builder.build(task, max_new_tokens + CHAT_TOKENS)
        text = self._layout.text(prompt.ids).strip()
        request = text.removeprefix("[INST]").removesuffix("[/INST]" + FENCE_OPEN.rstrip())
        message = self._text(f"{request.strip()}\n{_ANSWER_IN_FENCE}", prompt.is_cut)
        return replace(message, copies=prompt.copies)

    def _hole(self, task: Infill, max_new_tokens: int) -> TextPrompt:
        room = self._room(max_new_tokens + CHAT_TOKENS)
        facts, is_cut = self._builder.facts(task.facts, room)
        whole = neutralise(task.prefix), neutralise(task.suffix)
        prefix, suffix = self._fitter.around(*whole, room - self._fitter.size(facts))
        code = f"```python\n{prefix}{_HOLE}{suffix}\n```"
        is_cut = is_cut or (prefix, suffix) != whole
        return self._text(f"{facts}{_FILL}\n{code}\n{_ANSWER_IN_FENCE}", is_cut)

    def _text(self, text: str, is_cut: bool) -> TextPrompt:
        return TextPrompt(tuple(self._builder.encode(text)), is_cut, text=text)

    def _room(self, max_new_tokens: int) -> int:
        """Tokens beside the answer. Raises PromptTooLongError where there is hardly any."""
        room = room_beside(max_new_tokens, self._context_tokens_max)
        if room < 16:
            raise PromptTooLongError(
                f"The upstream's context of {self._context_tokens_max} tokens leaves no room."
            )
        return room - 4
