"""Token ids of a task, in CodeLlama's layouts, built from the tokenizer file alone.

    infill      <s> <PRE> prefix <SUF> suffix <MID>                 answer <EOT>
      or        <s> <PRE> <SUF> suffix <MID> prefix                 answer <EOT>
    instruct    <s> [INST] request [/INST] ```python                answer ``` </s>

Text of users is encoded with ``encode_special_tokens``: a special token spelt out in it becomes
ordinary tokens. ``[INST]`` and ``<<SYS>>`` are plain text to the tokenizer, so they are taken apart
before they are encoded. What does not fit is cut at line borders, farthest from the answer first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import (
    Infill,
    Instruct,
    ModelFormatError,
    PromptTooLongError,
    Repair,
    Task,
)

PRE, SUF, MID, EOT = "▁<PRE>", "▁<SUF>", "▁<MID>", "▁<EOT>"
BOS, EOS, UNK = "<s>", "</s>", "<unk>"
FENCE_OPEN = "\n```python\n"
FENCE_CLOSE = "```"
SUFFIX_SHARE = 0.25

_ROLE_MARK = re.compile(r"(\[)(/?INST\])|(<<)(/?SYS>>)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

GENERAL_PREAMBLE = """Write Python code with the package BioQL 7.0.1 and nothing else. Rules:
- quantum(program, api_key=..., backend=..., shots=...) takes an English sentence.
- api_key=os.environ["BIOQL_API_KEY"]; backend="ibm_torino" unless another is asked for; shots=100.
- Failures come back in the result: check result.success, print result.error_message.
- Never use backend="simulator", token=, or names that BioQL does not have."""


@dataclass(frozen=True, slots=True)
class PromptStyle:
    """What goes around a request: a model trained on ours needs neither rules nor facts.

    ``is_suffix_first`` puts the prefix directly before the answer, which a small model continues
    far better than a text that ended before the suffix.
    """

    preamble: str = ""
    uses_facts: bool = False
    is_suffix_first: bool = False


BARE_STYLE = PromptStyle(is_suffix_first=True)
GENERAL_STYLE = PromptStyle(preamble=GENERAL_PREAMBLE, uses_facts=True)
STYLES = {"bare": BARE_STYLE, "general": GENERAL_STYLE}


def clean(text: str) -> str:
    """Text that can be encoded: ``\\n`` line ends, no lone surrogates."""
    return _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))


def neutralise(text: str) -> str:
    """Take role marks and code fences apart, so that text can't end the request it stands in."""
    apart = _ROLE_MARK.sub(lambda m: f"{m[1] or m[3]} {m[2] or m[4]}", clean(text))
    return apart.replace("```", "` ` `")


class PromptBuilder:
    """Builds prompts for one tokenizer and context length. Safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer, context_tokens_max: int, style: PromptStyle) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True
        self._context_tokens_max = context_tokens_max
        self._style = style
        self.bos_id = self._special(BOS)
        self.eos_id = self._special(EOS)
        self._pre_id, self._suf_id = self._optional(PRE), self._optional(SUF)
        self._mid_id, self.eot_id = self._optional(MID), self._optional(EOT)
        first = tokenizer.encode("x", add_special_tokens=False).tokens[0]
        self._adds_leading_mark = first.startswith("▁")
        self._refuse_open_tokens()

    def _refuse_open_tokens(self) -> None:
        for token in (BOS, EOS, PRE, SUF, MID, EOT):
            if self._optional(token) is not None and self._optional(token) in self.encode(token):
                raise ModelFormatError(
                    f"The tokenizer does not mark {token} as special, so text could spell it out."
                )

    def _special(self, token: str) -> int:
        token_id = self._optional(token)
        if token_id is None:
            raise ModelFormatError(f"The tokenizer has no {token}: not a Llama tokenizer.")
        return token_id

    def _optional(self, token: str) -> int | None:
        token_id: int | None = self._tokenizer.token_to_id(token)
        return token_id

    @property
    def end_ids(self) -> frozenset[int]:
        """Tokens that end an answer."""
        return frozenset(i for i in (self.eos_id, self.eot_id) if i is not None)

    @property
    def can_infill(self) -> bool:
        """Whether the model knows the infill tokens."""
        return None not in (self._pre_id, self._suf_id, self._mid_id, self.eot_id)

    def encode(self, text: str) -> list[int]:
        """Ids of a text, none of them special."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode_continuation(self, text: str) -> list[int]:
        """Ids of a text that stands in the middle of a line: no leading space mark."""
        if not text or not self._adds_leading_mark:
            return self.encode(text)
        lead = self.encode("\n")
        return self.encode("\n" + text)[len(lead) :]

    def build(self, task: Task, max_new_tokens: int) -> list[int]:
        """Ids of a task that leave room for the answer: ``max_new_tokens``, or half the context.

        Raises PromptTooLongError.
        """
        budget = self._context_tokens_max - min(max_new_tokens, self._context_tokens_max // 2)
        if isinstance(task, Infill):
            return self._infill(task, budget)
        if isinstance(task, Instruct):
            return self._instruct(task, budget)
        return self._repair(task, budget)

    def _infill(self, task: Infill, budget: int) -> list[int]:
        if self._pre_id is None or self._suf_id is None or self._mid_id is None:
            raise ModelFormatError("This model has no infill tokens; use a CodeLlama 7B or 13B.")
        room = budget - 4
        if room < 1:
            raise PromptTooLongError(self._too_long(4, budget))
        prefix, suffix = clean(task.prefix), clean(task.suffix)
        facts = self._facts(task.facts)
        fact_ids = self.encode(facts) if facts else []
        if len(fact_ids) > room // 4:
            facts, fact_ids = "", []
        suffix_ids = self.encode_continuation(suffix)
        prefix_ids = self.encode(facts + prefix)
        if len(prefix_ids) + len(suffix_ids) > room:
            suffix_room = max(int(room * SUFFIX_SHARE), room - len(prefix_ids))
            suffix_ids = self._head(suffix, suffix_room)
            prefix_ids = self._tail(facts, prefix, room - len(suffix_ids))
        if self._style.is_suffix_first:
            tail = [self._suf_id, *suffix_ids, self._mid_id, *prefix_ids]
        else:
            tail = [*prefix_ids, self._suf_id, *suffix_ids, self._mid_id]
        return [self.bos_id, self._pre_id, *tail]

    def _instruct(self, task: Instruct, budget: int) -> list[int]:
        request = neutralise(task.instruction).strip()
        facts = self._facts(task.facts)
        plain = self._request(request, facts="", context="")
        if len(plain) > budget:
            raise PromptTooLongError(self._too_long(len(plain), budget))
        full = self._request(request, facts=facts, context="") if facts else plain
        if len(full) > budget:
            facts, full = "", plain
        context = neutralise(task.context).strip("\n")
        if not context.strip():
            return full
        lines = context.split("\n")
        room = budget - len(full) - 16
        kept = _lines_that_fit(
            reversed(lines), [len(self.encode(n + "\n")) for n in reversed(lines)], room
        )
        if not kept:
            return full
        ids = self._request(request, facts=facts, context="\n".join(reversed(kept)))
        return ids if len(ids) <= budget else full

    def _repair(self, task: Repair, budget: int) -> list[int]:
        code = _ROLE_MARK.sub(lambda m: f"{m[1] or m[3]} {m[2] or m[4]}", clean(task.code))
        problems = "".join(f"- {' '.join(neutralise(p).split())}\n" for p in task.problems)
        for facts in dict.fromkeys((self._facts(task.facts), "")):
            body = f"Fix this BioQL code.\n{problems}{facts}```python\n{code.rstrip()}\n```"
            ids = self._wrap(body)
            if len(ids) <= budget:
                return ids
        raise PromptTooLongError(self._too_long(len(ids), budget))

    def _facts(self, facts: str) -> str:
        if not self._style.uses_facts or not facts.strip():
            return ""
        return neutralise(facts).strip("\n") + "\n"

    def _request(self, request: str, *, facts: str, context: str) -> list[int]:
        around = f"\nCode around it:\n```python\n{context}\n```" if context else ""
        return self._wrap(f"{facts}{request}{around}")

    def _wrap(self, body: str) -> list[int]:
        lead = f"{self._style.preamble}\n" if self._style.preamble else ""
        return [self.bos_id, *self.encode(f"[INST] {lead}{body} [/INST]{FENCE_OPEN}")]

    def _head(self, text: str, room: int) -> list[int]:
        lines = _lines(text)
        kept = _lines_that_fit(lines, [len(self.encode(line)) + 1 for line in lines], room)
        return self.encode_continuation("".join(kept)) if kept else []

    def _tail(self, facts: str, text: str, room: int) -> list[int]:
        lines = _lines(text)
        lines.reverse()
        room -= len(self.encode(facts)) if facts else 0
        kept = _lines_that_fit(lines, [len(self.encode(line)) + 1 for line in lines], room)
        if not kept and lines:
            return self.encode_continuation(lines[0])[-max(room, 1) :]
        return self.encode(facts + "".join(reversed(kept)))

    def _too_long(self, tokens: int, budget: int) -> str:
        return (
            f"The request takes {tokens} tokens and at most {max(budget, 0)} fit beside the answer "
            f"(context {self._context_tokens_max}). Select less code or ask for fewer tokens."
        )


def _lines(text: str) -> list[str]:
    """Lines with their ends; ``str.splitlines`` would also cut at form feeds and U+2028."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _lines_that_fit(lines: Iterable[str], sizes: Iterable[int], room: int) -> list[str]:
    kept: list[str] = []
    for line, size in zip(lines, sizes, strict=True):
        if size > room:
            break
        room -= size
        kept.append(line)
    return kept
