"""Answers under a grammar: what a model may write next, so that it cannot make names up.

The best token is tried first and is nearly always allowed; only where it is not, the mask over the
vocabulary is worked out. When an import or a definition is complete, the grammar is made anew for
what the answer may use from there on. Should anything fail, the answer goes on without it.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import llguidance
import numpy as np
from tokenizers import Tokenizer

from bioql_lsp.analysis.knowledge.facts import facts_of
from bioql_lsp.worker.engines.base import Instruct, Task
from bioql_lsp.worker.engines.constraint_data import DataGuard, follows
from bioql_lsp.worker.engines.constraint_grammar import grammar_for
from bioql_lsp.worker.engines.constraint_imports import ImportGuard
from bioql_lsp.worker.engines.constraint_names import Names, Scope
from bioql_lsp.worker.engines.healing import Healing
from bioql_lsp.worker.engines.model import Logits
from bioql_lsp.worker.standins import Copies, has_standin

_LOG = logging.getLogger("bioql.worker")
_MATCHERS_MAX: Final = 64
_TRIES_MAX: Final = 48
"""So many tokens are tried where data would be made up; after that it is let pass."""
_BINDING_WORDS: Final = ("import ", "def ", "class ")


class ConstraintError(Exception):
    """The grammar or the tokenizer cannot be used."""


class ConstraintMaker:
    """Makes the constraints of one tokenizer's answers. Raises ConstraintError when made."""

    def __init__(self, tokenizer: Tokenizer, end_ids: Sequence[int]) -> None:
        try:
            self.tokenizer = llguidance.LLTokenizer(
                tokenizer.to_str(), eos_token=list(end_ids), slices=[]
            )
        except Exception as error:  # the library's own errors have no common class
            raise ConstraintError(f"No constraint for this tokenizer: {error}") from error
        each = range(self.tokenizer.vocab_size)
        self.bytes = [self.tokenizer.decode_bytes([token]) for token in each]
        self.pieces = [piece.decode(errors="replace") for piece in self.bytes]
        self.names = Names()
        self._matchers: OrderedDict[Scope, llguidance.LLMatcher] = OrderedDict()
        self.matcher(self.names.scope(""))

    def constraint(
        self, task: Task, copies: Copies = (), begun: str = ""
    ) -> Constraint | Healing | None:
        """The constraint of an answer; None where anything may be written.

        ``copies`` say what the stand-ins of its prompt stand for, ``begun`` what comes first.
        """
        if isinstance(task, Instruct):
            return Constraint(self, task, copies)
        return Healing(self.bytes, begun) if begun else None

    def matcher(self, scope: Scope) -> llguidance.LLMatcher:
        """A matcher at the start of an answer. Raises ConstraintError."""
        made = self._matchers.get(scope)
        if made is None:
            made = llguidance.LLMatcher(self.tokenizer, grammar_for(scope), log_level=0)
            if made.is_error():
                raise ConstraintError(made.get_error())
            self._matchers[scope] = made
            if len(self._matchers) > _MATCHERS_MAX:
                self._matchers.popitem(last=False)
        self._matchers.move_to_end(scope)
        return made.deep_copy()


class Constraint:
    """Follows one answer. Each token that is chosen is taken at once."""

    def __init__(self, maker: ConstraintMaker, task: Instruct, copies: Copies) -> None:
        self._maker = maker
        self._copies = dict(copies)
        self._buffer = task.context
        known = f"{task.instruction}\n{task.context}\n{task.facts or facts_of(task.instruction)}"
        self._guard = DataGuard(known, maker.names.smiles_calls)
        self._imports = ImportGuard(maker.names.importable)
        self._tokens: list[int] = []
        self._text = b""
        self._looked_at = 0
        self._scope: Scope | None = None
        self._matcher: llguidance.LLMatcher | None = None
        self._bind()

    @property
    def is_active(self) -> bool:
        """Whether anything is still refused."""
        return self._matcher is not None

    def choose(self, logits: Logits, pick: Callable[[Logits], int]) -> int:
        """A token that is allowed, which is taken; ``logits`` are changed."""
        before = logits.copy()
        self.mask(logits)
        for _ in range(_TRIES_MAX):
            token = pick(logits)
            if self.take(token):
                return token
            logits[token] = -np.inf
            self._keep_to(self._imports.ways() or self._guard.ways(), logits)
            if not np.isfinite(logits).any():
                break
        self._drop("no token is left")
        return pick(before)

    def _keep_to(self, ways: list[str], logits: Logits) -> None:
        """Put out the tokens that leave every way that data which was given can go on."""
        if not ways:
            return
        firsts = {way[:1] for way in ways}
        for token in np.flatnonzero(np.isfinite(logits)).tolist():
            piece = self._piece(token)
            is_near = "" in firsts or piece[:1] in firsts
            if not is_near or not any(follows(piece, way) for way in ways):
                logits[token] = -np.inf

    def mask(self, logits: Logits) -> None:
        """Put out the tokens that the grammar does not allow; all stay where none is left."""
        if self._matcher is None:
            return
        bits = np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8)
        allowed = np.unpackbits(bits, bitorder="little", count=len(logits)).view(np.bool_)
        if self._matcher.is_error() or not np.isfinite(logits[allowed]).any():
            self._drop(self._matcher.get_error() or "no token is allowed")
            return
        logits[~allowed] = -np.inf

    def take(self, token: int) -> bool:
        """Go on by a token, unless it is not allowed."""
        if self._matcher is None:
            return True
        if self._matcher.try_consume_tokens([token]) != 1:
            if self._matcher.is_error():
                self._drop(self._matcher.get_error())
            return self._matcher is None
        piece = self._piece(token)
        if has_standin(piece) or not (self._imports.fits(piece) and self._guard.take(piece)):
            self._matcher.rollback(1)
            return False
        self._imports.push(piece)
        self._tokens.append(token)
        self._text += self._maker.bytes[token]
        if "\n" in piece:
            self._look_at_lines()
        return True

    def _piece(self, token: int) -> str:
        """A token's text, or what it stands for."""
        piece = self._maker.pieces[token]
        return self._copies.get(piece, piece)

    def allowed_first(self, tokens: list[int]) -> list[int]:
        """The first of some guessed tokens that may come next."""
        if self._matcher is None or not tokens:
            return tokens
        return tokens[: self._matcher.validate_tokens(tokens)]

    def _look_at_lines(self) -> None:
        """Make the grammar anew where the lines that are complete now bring names."""
        end = self._text.rfind(b"\n") + 1
        text = self._text[:end].decode(errors="replace")
        if any(word in text[self._looked_at :] for word in _BINDING_WORDS):
            self._bind(text)
        if text.rfind("import (") <= text.rfind(")"):
            self._looked_at = len(text)

    def _bind(self, text: str = "") -> None:
        try:
            scope = self._maker.names.scope(text, self._buffer)
            if scope == self._scope:
                return
            matcher = self._maker.matcher(scope)
        except ConstraintError as error:
            self._drop(str(error))
            return
        if matcher.try_consume_tokens(self._tokens) == len(self._tokens):
            self._scope, self._matcher = scope, matcher

    def _drop(self, reason: str) -> None:
        _LOG.warning(
            "an answer goes on without its grammar: %s", reason.split("\n", maxsplit=1)[0][:200]
        )
        self._matcher = None
