"""Token ids of a task, in CodeLlama's layouts, built from the tokenizer file alone.

    infill      <s> <PRE> prefix <SUF> suffix <MID>                 answer <EOT>
      or        <s> <PRE> <SUF> suffix <MID> prefix                 answer <EOT>
    instruct    <s> [INST] request [/INST] ```python                answer ``` </s>

Text of users is encoded with ``encode_special_tokens``: a special token spelt out in it becomes
ordinary tokens. ``[INST]`` and ``<<SYS>>`` are plain text to the tokenizer, so they are taken apart
before they are encoded. What does not fit is cut (``fitting``): facts that take more than their
share first, then the lines farthest from the answer; and the prompt says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import (
    FactsKind,
    Infill,
    Instruct,
    ModelFormatError,
    Prompt,
    PromptTooLongError,
    Repair,
    Task,
)
from bioql_lsp.worker.engines.healing import begun
from bioql_lsp.worker.fitting import (
    TOKEN_CHARS_MAX,
    Fitter,
    is_beyond_reach,
    lines_of,
    room_beside,
    within_reach,
)
from bioql_lsp.worker.standins import Copies, with_standins

PRE, SUF, MID, EOT = "▁<PRE>", "▁<SUF>", "▁<MID>", "▁<EOT>"
BOS, EOS, UNK = "<s>", "</s>", "<unk>"
FENCE_OPEN = "\n```python\n"
FENCE_CLOSE = "```"
NOT_BIOQL = "# Not a task for BioQL."
"""What the embedded model answers where BioQL has nothing to do with a request: no code."""

_ROLE_MARK = re.compile(r"(\[)(/?INST\])|(<<)(/?SYS>>)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r")
_FENCE = re.compile(r"`{3,}")
# Behind more than three spaces it closes no code block, so texts in indented code stay whole.
# Tokenizers of the Llama kind write a space as ``▁``, and so read one there.
_FENCE_LINE = re.compile(r"^([ ▁]{0,3})(`{3,})", re.MULTILINE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")

GENERAL_PREAMBLE = """Write Python code with the package BioQL 7.0.1 and nothing else. Rules:
- quantum(program, api_key=..., backend=..., shots=...) takes an English sentence.
- api_key=os.environ["BIOQL_API_KEY"]; backend="ibm_torino" unless another is asked for; shots=100.
- Failures come back in the result: check result.success, print result.error_message.
- Never use backend="simulator", token=, or names that BioQL does not have."""


@dataclass(frozen=True, slots=True)
class PromptStyle:
    """What goes around a request: a model trained on ours needs no rules, and few facts.

    ``is_suffix_first`` puts the prefix directly before the answer, which a small model continues
    far better than a text that ended before the suffix.
    """

    preamble: str = ""
    facts_kind: FactsKind = "none"
    is_suffix_first: bool = False
    has_standins: bool = False
    """Whether the model copies data by stand-ins (``standins``)."""


BARE_STYLE = PromptStyle(is_suffix_first=True)
BRIEF_STYLE = PromptStyle(facts_kind="brief", is_suffix_first=True, has_standins=True)
GENERAL_STYLE = PromptStyle(preamble=GENERAL_PREAMBLE, facts_kind="full")
STYLES = {"bare": BARE_STYLE, "brief": BRIEF_STYLE, "general": GENERAL_STYLE}


def clean(text: str) -> str:
    """Text that can be encoded: ``\\n`` line ends, no lone surrogates."""
    return _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))


def neutralise(text: str) -> str:
    """Take role marks and code fences apart, so that text can't end the request it stands in."""
    return _FENCE.sub(lambda m: " ".join(m[0]), _apart(clean(text)))


def _as_block(code: str) -> str:
    """Code that can't end the code block it stands in; all else of it is left as it is."""
    return _FENCE_LINE.sub(lambda m: m[1] + " ".join(m[2]), _apart(clean(code)))


def _apart(text: str) -> str:
    return _ROLE_MARK.sub(lambda m: f"{m[1] or m[3]} {m[2] or m[4]}", text)


class PromptBuilder:
    """Builds prompts for one tokenizer and context length. Safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer, context_tokens_max: int, style: PromptStyle) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True
        self.context_tokens_max = context_tokens_max
        self._style = style
        self.is_healing = False
        """Whether a hole's answer writes its begun line again: an engine has to hold it to that."""
        self.fitter = Fitter(self.encode)
        self.facts_kind = style.facts_kind
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

    def build(self, task: Task, max_new_tokens: int) -> Prompt:
        """Ids of a task that leave room for the answer: ``max_new_tokens``, or half the context.

        Raises PromptTooLongError.
        """
        task, is_cut = self.within_reach(task, max_new_tokens)
        copies: Copies = ()
        if self._style.has_standins:
            task, copies = with_standins(task)
        budget = room_beside(max_new_tokens, self.context_tokens_max)
        start = ""
        if isinstance(task, Infill):
            start = begun(clean(task.prefix)) if self.is_healing else ""
            prefix = task.prefix[: len(task.prefix) - len(start)]
            prompt = self._infill(replace(task, prefix=prefix), budget)
        elif isinstance(task, Instruct):
            prompt = self._instruct(task, budget)
        else:
            prompt = self._repair(task, budget)
        return replace(prompt, is_cut=prompt.is_cut or is_cut, copies=copies, begun=start)

    def within_reach(self, task: Task, max_new_tokens: int) -> tuple[Task, bool]:
        """The task without what is too far from the answer to fit, and whether there was any.

        Nothing is encoded for that. Raises PromptTooLongError where the rest cannot fit either.
        """
        budget = room_beside(max_new_tokens, self.context_tokens_max)
        if is_beyond_reach(task, budget):
            raise self._too_long(f"more than {budget * TOKEN_CHARS_MAX} characters", budget)
        return within_reach(task, budget)

    def facts(self, facts: str, room: int) -> tuple[str, bool]:
        """The facts as they stand in a prompt of that room, and whether they were left out."""
        if self.facts_kind == "none" or not facts.strip():
            return "", False
        kept = self.fitter.facts(neutralise(facts).strip("\n") + "\n", room)
        return kept, not kept

    def _infill(self, task: Infill, budget: int) -> Prompt:
        if self._pre_id is None or self._suf_id is None or self._mid_id is None:
            raise ModelFormatError("This model has no infill tokens; use a CodeLlama 7B or 13B.")
        room = budget - 4
        if room < 1:
            raise self._too_long("4 tokens", budget)
        facts, is_cut = self.facts(task.facts, room)
        prefix, suffix = clean(task.prefix), clean(task.suffix)
        ids = self._hole(facts + prefix, suffix, room)
        if ids is None:
            is_cut = True
            prefix, suffix = self.fitter.around(prefix, suffix, room - self.fitter.size(facts))
            ids = self.encode(facts + prefix), self.encode_continuation(suffix)
        prefix_ids, suffix_ids = ids
        if self._style.is_suffix_first:
            tail = [self._suf_id, *suffix_ids, self._mid_id, *prefix_ids]
        else:
            tail = [*prefix_ids, self._suf_id, *suffix_ids, self._mid_id]
        return Prompt((self.bos_id, self._pre_id, *tail), is_cut)

    def _hole(self, prefix: str, suffix: str, room: int) -> tuple[list[int], list[int]] | None:
        """Ids of both texts, whole, if they fit."""
        if len(prefix) + len(suffix) > room * TOKEN_CHARS_MAX:
            return None
        ids = self.encode(prefix), self.encode_continuation(suffix)
        return ids if len(ids[0]) + len(ids[1]) <= room else None

    def _instruct(self, task: Instruct, budget: int) -> Prompt:
        request = neutralise(task.instruction).strip()
        ids = self._request(request)
        if len(ids) > budget:
            raise self._too_long(f"{len(ids)} tokens", budget)
        facts, is_cut = self.facts(task.facts, budget)
        if facts:
            with_facts = self._request(request, facts)
            facts, is_cut = (facts, False) if len(with_facts) <= budget else ("", True)
            ids = with_facts if facts else ids
        context = neutralise(task.context).strip("\n")
        if not context.strip():
            return Prompt(tuple(ids), is_cut)
        if len(context) <= budget * TOKEN_CHARS_MAX:
            whole = self._request(request, facts, context)
            if len(whole) <= budget:
                return Prompt(tuple(whole), is_cut)
        room = budget - len(self._request(request, facts, "\n"))
        around = self._around(task, room)
        cut = self._request(request, facts, around) if around.strip() else ids
        return Prompt(tuple(cut if len(cut) <= budget else ids), True)

    def _around(self, task: Instruct, room: int) -> str:
        """The lines of the context nearest to where the answer goes."""
        rows = len(lines_of(clean(task.context[: task.answer_at])))
        lines = lines_of(neutralise(task.context))
        kept = self.fitter.around("".join(lines[:rows]), "".join(lines[rows:]), room)
        return "".join(kept).strip("\n")

    def _repair(self, task: Repair, budget: int) -> Prompt:
        code = _as_block(task.code).rstrip()
        problems = "".join(f"- {' '.join(neutralise(p).split())}\n" for p in task.problems)
        given, is_cut = self.facts(task.facts, budget)
        for facts in dict.fromkeys((given, "")):
            ids = self._wrap(f"Fix this BioQL code.\n{problems}{facts}```python\n{code}\n```")
            if len(ids) <= budget:
                return Prompt(tuple(ids), is_cut or facts != given)
        raise self._too_long(f"{len(ids)} tokens", budget)

    def _request(self, request: str, facts: str = "", context: str = "") -> list[int]:
        around = f"\nCode around it:\n```python\n{context}\n```" if context else ""
        return self._wrap(f"{facts}{request}{around}")

    def _wrap(self, body: str) -> list[int]:
        lead = f"{self._style.preamble}\n" if self._style.preamble else ""
        return [self.bos_id, *self.encode(f"[INST] {lead}{body} [/INST]{FENCE_OPEN}")]

    def _too_long(self, taken: str, budget: int) -> PromptTooLongError:
        return PromptTooLongError(
            f"The request takes {taken} and at most {max(budget, 0)} tokens fit beside the answer "
            f"(context {self.context_tokens_max}). Select less code or ask for fewer tokens."
        )
