"""From the next token's scores to text that is sure to be part of the answer."""

from __future__ import annotations

from typing import Final

import numpy as np
from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import NonFiniteLogitsError, Sampling, Task
from bioql_lsp.worker.engines.model import Logits
from bioql_lsp.worker.engines.stopping import stop_rule_for
from bioql_lsp.worker.standins import Copies, turned_back

NUCLEUS: Final = 0.95
_HELD_TOKENS_MAX: Final = 4
_REPLACEMENT: Final = "\ufffd"


class Detokenizer:
    """Turns ids into text as they come, holding back characters that are not complete yet.

    Stand-ins, each a token of its own, become what they stand for.
    """

    def __init__(self, tokenizer: Tokenizer, copies: Copies = ()) -> None:
        self._tokenizer = tokenizer
        self._copies = copies
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
        return turned_back(text[len(self._sentinel_text) :], self._copies)


class Chooser:
    """Picks by chance, the better tokens more often; the same seed makes the same choices.

    Chance is drawn for each token by its id (the Gumbel trick), not along a ranking: engines and
    batches differ in the last digits of scores, which swap neighbours in a ranking.
    """

    def __init__(self, sampling: Sampling) -> None:
        self._temperature = sampling.temperature
        self._random = np.random.default_rng(sampling.seed)

    def choose(self, logits: Logits) -> int:
        """A token of the nucleus: the likeliest ones that together have 95 % of the chance."""
        scores = logits.astype(np.float64) / self._temperature
        shares = np.exp(scores - scores.max())
        order = np.argsort(-shares, kind="stable")
        cumulated = np.cumsum(shares[order])
        kept = order[: int(np.searchsorted(cumulated, NUCLEUS * cumulated[-1])) + 1]
        drawn = scores + self._random.gumbel(size=len(scores))
        return int(kept[drawn[kept].argmax()])


def best_of(logits: Logits) -> int:
    """The best token."""
    return int(logits.argmax())


def not_finite() -> NonFiniteLogitsError:
    """The error of an answer whose scores are NaN or infinite."""
    return NonFiniteLogitsError(
        "The model produced values that are no numbers; nothing is charged."
    )


class AnswerText:
    """Text so far, how much of it was given out, and where the task's stop rule cut it."""

    def __init__(self, task: Task) -> None:
        self._rule = stop_rule_for(task)
        self._text = ""
        self._given = 0

    def add(self, text: str) -> tuple[str, bool]:
        """New text to give out, and whether the answer is complete."""
        self._text += text
        cut = self._rule.end_of(self._text)
        if cut is not None:
            return self._give(cut), True
        return self._give(self._rule.safe_length(self._text)), False

    def end(self, text: str) -> tuple[str, bool]:
        """The same at an end that the rule did not see: what was held back comes out too."""
        given, is_complete = self.add(text)
        rest = "" if is_complete else self._give(self._rule.end_at_stop(self._text))
        return given + rest, is_complete

    def _give(self, end: int) -> str:
        piece = self._text[self._given : end]
        self._given = max(self._given, end)
        return piece
