"""Continuous batching: several answers of one model, each at its own point.

Answers take the model's first rows, those that write before those that still read their prompt. A
step either reads a part of one prompt or writes a token of every answer that has read its own; the
two alternate. A row that becomes free keeps what it holds, so that a prompt that begins alike need
not be read again. An answer that is alone and greedy may check several guessed tokens at once.
"""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np
from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import Piece, Progress, Prompt, Sampling, Task
from bioql_lsp.worker.engines.constraint import ConstraintMaker
from bioql_lsp.worker.engines.decoding import (
    AnswerText,
    Chooser,
    Detokenizer,
    best_of,
    not_finite,
)
from bioql_lsp.worker.engines.drafts import DraftBook
from bioql_lsp.worker.engines.model import CausalModel, Scores
from bioql_lsp.worker.standins import STANDINS, turned_back

SHARED_TOKENS_MIN = 8
"""Less than that is read again sooner than it is copied."""


class _Answer:
    """One answer: its prompt, what was chosen, and the text that came of it."""

    def __init__(
        self, ticket: int, prompt: Prompt, task: Task, sampling: Sampling, batch: Batch
    ) -> None:
        self.ticket = ticket
        self.prompt = prompt.ids
        self.is_greedy = sampling.temperature <= 0
        room = batch.model.context_tokens_max - len(prompt.ids)
        self._tokens_max = min(sampling.max_new_tokens, max(room, 1))
        self._pick = best_of if self.is_greedy else Chooser(sampling).choose
        self._constraint = (
            batch.constraints.constraint(task, prompt.copies, prompt.begun)
            if batch.constraints
            else None
        )
        bound = dict(prompt.copies)
        self._barred = [token for text, token in batch.standins.items() if text not in bound]
        self._end_ids = batch.end_ids
        self._detokenizer = Detokenizer(batch.tokenizer, prompt.copies)
        self._hidden_count = len(turned_back(prompt.begun, prompt.copies))
        self._text = AnswerText(task)
        self._count = 0
        self._drafts: DraftBook | None = None
        self.last = 0

    @property
    def tokens_left(self) -> int:
        """How many tokens may still come."""
        return self._tokens_max - self._count

    def guess(self, held: list[int], count_max: int) -> list[int]:
        """Tokens that may come next; the last one that may come is never worth guessing."""
        if self._drafts is None:
            self._drafts = DraftBook([*held, self.last])
        guessed = self._drafts.guess(min(count_max, self.tokens_left - 1))
        return self._constraint.allowed_first(guessed) if self._constraint else guessed

    def choose(self, scores: Scores, place: int, best: int | None) -> int | None:
        """The next token; None where the scores are not finite.

        A stand-in that stands for nothing in the prompt is never chosen.
        """
        if best is None:
            return None
        is_plain = self.is_greedy and best not in self._barred
        if is_plain and (self._constraint is None or self._constraint.take(best)):
            return best
        logits = scores.of(place)
        if logits is None:
            return None
        logits[self._barred] = -np.inf
        return (
            self._constraint.choose(logits, self._pick) if self._constraint else self._pick(logits)
        )

    def take(self, tokens: list[int]) -> Piece:
        """Go on by chosen tokens; those behind the answer's end are dropped."""
        texts: list[str] = []
        if self._drafts is not None:
            self._drafts.extend(tokens)
        for token in tokens:
            text, finish = self._take(token)
            texts.append(text)
            if finish is not None:
                return Piece("".join(texts), self._count, finish)
        return Piece("".join(texts), self._count)

    def _take(self, token: int) -> tuple[str, Literal["stop", "length"] | None]:
        self._count += 1
        self.last = token
        if token in self._end_ids:
            return self._text.end(self._shown(self._detokenizer.flush()))[0], "stop"
        text, is_complete = self._text.add(self._shown(self._detokenizer.push(token)))
        if is_complete:
            return text, "stop"
        if self.tokens_left:
            return text, None
        rest, is_complete = self._text.end(self._shown(self._detokenizer.flush()))
        return text + rest, "stop" if is_complete else "length"

    def _shown(self, text: str) -> str:
        """What comes behind the text that the prompt had before its hole."""
        hidden, self._hidden_count = self._hidden_count, max(self._hidden_count - len(text), 0)
        return text[hidden:]


class Batch:
    """The answers of one model. One thread at a time may call it."""

    def __init__(
        self,
        model: CausalModel,
        tokenizer: Tokenizer,
        end_ids: frozenset[int],
        constraints: ConstraintMaker | None = None,
    ) -> None:
        """With ``constraints``, answers to requests are written under a grammar."""
        self.model = model
        self.tokenizer = tokenizer
        self.end_ids = end_ids
        self.constraints = constraints
        known = {text: tokenizer.token_to_id(text) for text in STANDINS}
        self.standins = {text: token for text, token in known.items() if token is not None}
        self._numbers = itertools.count(1)
        self._answers: list[_Answer] = []
        """In the order of their rows."""
        self._writing = 0
        """The first so many answers have read their prompt."""
        self._held: list[list[int]] = [[] for _ in range(model.rows_max)]
        """The tokens whose keys and values each row holds, the free ones too."""
        self._last_use = [0] * model.rows_max
        self._is_reading_next = True

    def add(self, prompt: Prompt, task: Task, sampling: Sampling) -> int:
        """Take up an answer and return its ticket."""
        row = len(self._answers)
        if row == self.model.rows_max:
            raise RuntimeError("every row is taken")
        ticket = next(self._numbers)
        self._take_row(row, prompt.ids)
        self._answers.append(_Answer(ticket, prompt, task, sampling, self))
        return ticket

    def remove(self, ticket: int) -> None:
        """Drop an answer; a ticket that is gone is ignored."""
        for row, answer in enumerate(self._answers):
            if answer.ticket == ticket:
                self._free(row)
                return

    def step(self) -> list[Progress]:
        """Read a part of one prompt, or write a token of every answer that can."""
        is_reading = len(self._answers) > self._writing
        if is_reading and (self._is_reading_next or not self._writing):
            self._is_reading_next = False
            return [self._read()]
        self._is_reading_next = True
        if not self._writing:
            return []
        is_alone = self._writing == 1 and not is_reading
        if is_alone and self._answers[0].is_greedy and self.model.draft_tokens_max:
            guessed = self._answers[0].guess(self._held[0], self.model.draft_tokens_max)
            if guessed:
                return [self._write_guessed(guessed)]
        return self._write()

    def reset(self) -> None:
        """Drop every answer and everything that was read, without calling the model."""
        self._answers.clear()
        self._writing = 0
        for held in self._held:
            held.clear()

    def _read(self) -> Progress:
        """The next part of the prompt of the answer that has waited longest."""
        row = min(range(self._writing, len(self._answers)), key=lambda r: self._answers[r].ticket)
        answer, held = self._answers[row], self._held[row]
        part = answer.prompt[len(held) : len(held) + self.model.read_tokens_max]
        scores = self.model.read(row, len(held), part, 1)
        held.extend(part)
        chosen = scores.best()[0]
        if chosen is not None and len(held) < len(answer.prompt):
            return Progress(answer.ticket)
        self._swap(row, self._writing)
        self._writing += 1
        return self._go_on(answer, [answer.choose(scores, 0, chosen)])

    def _write(self) -> list[Progress]:
        answers = self._answers[: self._writing]
        starts = [len(held) for held in self._held[: self._writing]]
        scores = self.model.step([answer.last for answer in answers], starts)
        best = scores.best()
        progress = []
        for place, answer in enumerate(answers):
            self._held[place].append(answer.last)
            best[place] = answer.choose(scores, place, best[place])
        for answer, chosen in zip(answers, best, strict=True):
            progress.append(self._go_on(answer, [chosen]))
        return progress

    def _write_guessed(self, guessed: list[int]) -> Progress:
        answer, held = self._answers[0], self._held[0]
        tokens = [answer.last, *guessed]
        scores = self.model.read(0, len(held), tokens, len(tokens))
        chosen: list[int | None] = []
        for place, best in enumerate(scores.best()):
            chosen.append(answer.choose(scores, place, best))
            if place == len(guessed) or chosen[place] != guessed[place]:
                break
        held.extend(tokens[: len(chosen)])
        return self._go_on(answer, chosen)

    def _go_on(self, answer: _Answer, chosen: list[int | None]) -> Progress:
        """Hand the chosen tokens to the answer; its row is free when it ends."""
        tokens = [token for token in chosen if token is not None]
        if len(tokens) < len(chosen):
            row = self._answers.index(answer)
            self._held[row].clear()
            self._free(row)
            return Progress(answer.ticket, error=not_finite())
        piece = answer.take(tokens)
        if piece.finish is not None:
            self._free(self._answers.index(answer))
        return Progress(answer.ticket, piece)

    def _free(self, row: int) -> None:
        """Take the answer out and close the gap, keeping those that write in front."""
        self._last_use[row] = next(self._numbers)
        if row < self._writing:
            self._writing -= 1
            self._swap(row, self._writing)
            row = self._writing
        self._swap(row, len(self._answers) - 1)
        self._answers.pop()

    def _swap(self, first: int, second: int) -> None:
        """Let two answers change rows."""
        self._swap_rows(first, second)
        answers = self._answers
        answers[first], answers[second] = answers[second], answers[first]

    def _swap_rows(self, first: int, second: int) -> None:
        if first == second:
            return
        held, last_use = self._held, self._last_use
        one, other = held[first], held[second]
        held[first], held[second] = [], []  # nobody knows what they hold should the model fail here
        self.model.swap(first, second, max(len(one), len(other)))
        held[first], held[second] = other, one
        last_use[first], last_use[second] = last_use[second], last_use[first]

    def _take_row(self, row: int, prompt: tuple[int, ...]) -> None:
        """Bring to ``row`` the free row that holds most of the prompt, or the one unused longest.

        Where an answer that is being written begins alike, and more of it, that part is copied.
        """
        shared = [_shared(held, prompt) for held in self._held]
        free = range(row, self.model.rows_max)
        best = max(free, key=lambda r: (shared[r], -self._last_use[r]))
        if shared[best] < SHARED_TOKENS_MIN:
            best = min(free, key=lambda r: self._last_use[r])
        length = shared[best]
        taken = max(range(row), key=lambda r: shared[r], default=best)
        self._swap_rows(best, row)
        if shared[taken] >= max(length, 1) + SHARED_TOKENS_MIN:
            length = shared[taken]
            self._held[row] = []
            self.model.copy(taken, row, length)
        self._held[row] = list(prompt[:length])


def _shared(held: list[int], prompt: tuple[int, ...]) -> int:
    """How many tokens at the start are the same; the prompt's last one is always read."""
    length = min(len(held), len(prompt) - 1)
    for place in range(length):
        if held[place] != prompt[place]:
            return place
    return length
