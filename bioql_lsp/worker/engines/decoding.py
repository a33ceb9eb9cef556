"""What every local engine does the same way: one token at a time, from logits to pieces of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import NonFiniteLogitsError, Piece, Sampling, Task
from bioql_lsp.worker.engines.stopping import StopRule, stop_rule_for

Logits: TypeAlias = npt.NDArray[np.float32]
Step: TypeAlias = Callable[[list[int]], Logits]

NUCLEUS: Final = 0.95
_HELD_TOKENS_MAX: Final = 4
_REPLACEMENT: Final = "\ufffd"


class Detokenizer:
    """Turns ids into text as they come, holding back characters that are not complete yet."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        # Decoders of the Llama kind drop a space at the start of a text; this one takes that place.
        self._sentinel = list(tokenizer.encode("x", add_special_tokens=False).ids)
        self._sentinel_text: str = tokenizer.decode(self._sentinel, skip_special_tokens=True)
        self._held: list[int] = []

    def push(self, token_id: int) -> str:
        """The text that became certain with this token."""
        self._held.append(token_id)
        text = self._decode()
        if text.endswith(_REPLACEMENT) and len(self._held) < _HELD_TOKENS_MAX:
            return ""
        self._held.clear()
        return text

    def flush(self) -> str:
        """What is still held, as it is."""
        text = self._decode()
        self._held.clear()
        return text

    def _decode(self) -> str:
        if not self._held:
            return ""
        text: str = self._tokenizer.decode(self._sentinel + self._held, skip_special_tokens=True)
        return text[len(self._sentinel_text) :]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Picks a token from logits: the best one, or by chance where there is a temperature."""

    temperature: float
    forbidden: npt.NDArray[np.int64]
    random: np.random.Generator

    @classmethod
    def of(cls, sampling: Sampling, forbidden: list[int]) -> Chooser:
        """A chooser for one request; the same seed makes the same choices."""
        generator = np.random.default_rng(sampling.seed)
        return cls(sampling.temperature, np.array(sorted(forbidden), dtype=np.int64), generator)

    def choose(self, logits: Logits) -> int:
        """The next token. Raises NonFiniteLogitsError."""
        if not np.isfinite(logits).all():
            raise NonFiniteLogitsError(
                "The model produced values that are no numbers; nothing is charged."
            )
        scores = logits.astype(np.float64)
        scores[self.forbidden] = -np.inf
        if self.temperature <= 0:
            return int(scores.argmax())
        scaled = (scores - scores.max()) / self.temperature
        shares = np.exp(scaled)
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        cumulated = np.cumsum(shares[order])
        kept = order[: int(np.searchsorted(cumulated, NUCLEUS)) + 1]
        weights = shares[kept] / shares[kept].sum()
        return int(self.random.choice(kept, p=weights))


class _Output:
    """Text so far, how much of it was given out, and where the stop rule cut it."""

    def __init__(self, rule: StopRule) -> None:
        self._rule = rule
        self._text = ""
        self._given = 0

    def add(self, text: str) -> tuple[str, bool]:
        """New text to give out, and whether the answer is complete."""
        self._text += text
        cut = self._rule.end_of(self._text)
        if cut is not None:
            return self._give(cut), True
        return self._give(self._rule.safe_length(self._text)), False

    def rest(self) -> str:
        """What was held back, at an end that the rule did not see."""
        return self._give(self._rule.end_at_stop(self._text))

    def _give(self, end: int) -> str:
        piece = self._text[self._given : end]
        self._given = max(self._given, end)
        return piece


def within(sampling: Sampling, prompt_tokens: int, context_tokens_max: int) -> Sampling:
    """The sampling with no more tokens than the context has room for."""
    room = max(context_tokens_max - prompt_tokens, 1)
    return replace(sampling, max_new_tokens=min(sampling.max_new_tokens, room))


def decode(
    step: Step,
    prompt: list[int],
    task: Task,
    sampling: Sampling,
    is_cancelled: Callable[[], bool],
    *,
    tokenizer: Tokenizer,
    end_ids: frozenset[int],
    forbidden_ids: list[int],
) -> Iterator[Piece]:
    """Pieces of an answer; ``step`` takes the tokens it has not seen and gives the next logits."""
    chooser = Chooser.of(sampling, [i for i in forbidden_ids if i not in end_ids])
    detokenizer = Detokenizer(tokenizer)
    output = _Output(stop_rule_for(task))
    unseen = prompt
    for count in range(1, sampling.max_new_tokens + 1):
        if is_cancelled():
            yield Piece("", count - 1, "cancelled")
            return
        token = chooser.choose(step(unseen))
        if token in end_ids:
            text, is_complete = output.add(detokenizer.flush())
            yield Piece(text + ("" if is_complete else output.rest()), count, "stop")
            return
        text, is_complete = output.add(detokenizer.push(token))
        if is_complete:
            yield Piece(text, count, "stop")
            return
        if count < sampling.max_new_tokens:
            yield Piece(text, count)
        else:
            more, is_complete = output.add(detokenizer.flush())
            rest = "" if is_complete else output.rest()
            yield Piece(text + more + rest, count, "stop" if is_complete else "length")
        unseen = [token]
