"""A Llama model in torch, on a GPU or on a CPU, as the ``CausalModel`` that ``batch`` drives.

On a GPU the writing of tokens is compiled and replayed in fixed shapes (``torch_steps``); prompts
are read in whatever length they have. Without a GPU everything runs as it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import torch
from torch import Tensor

from bioql_lsp.worker.engines.base import ProgressReport
from bioql_lsp.worker.engines.model import Logits
from bioql_lsp.worker.engines.torch_cache import (
    CPU_ROWS_MAX,
    ROWS_MAX,
    RowCache,
    budget_bytes,
    room_within,
    token_bytes,
)
from bioql_lsp.worker.engines.torch_layers import (
    Call,
    CompiledMath,
    Decoder,
    LayerMath,
    Scored,
    fuse,
)
from bioql_lsp.worker.engines.torch_steps import (
    FixedSteps,
    GraphRecorder,
    Shape,
    common_shapes,
    run_once,
)

_LOG = logging.getLogger("bioql.worker")

Compile: TypeAlias = Literal["auto", "on", "off"]

GPU_READ_TOKENS_MAX = 512
CPU_READ_TOKENS_MAX = 128
GPU_DRAFT_TOKENS_MAX = 8
"""A GPU reads the same weights for nine tokens as for one, in nearly the same time."""
CPU_DRAFT_TOKENS_MAX = 4


class TorchScores:
    """Scores on the device; the best ids have been fetched, a place's logits are when asked for."""

    def __init__(self, logits: Tensor, best: list[int], forbidden: Tensor) -> None:
        self._logits = logits
        self._best = best
        self._forbidden = forbidden

    def best(self) -> list[int | None]:
        """The best token at each place; None where a score is NaN or infinite."""
        return [None if token < 0 else token for token in self._best]

    def of(self, place: int) -> Logits | None:
        """Scores (vocabulary,) at one place, -inf for forbidden tokens; None as above."""
        if self._best[place] < 0:
            return None
        row = self._logits[place].float().masked_fill(self._forbidden, -torch.inf)
        logits: Logits = row.cpu().numpy().astype(np.float32, copy=False)
        return logits


class TorchModel:
    """Rows of a ``LlamaForCausalLM``, whose weights it moves to the device and shares."""

    def __init__(
        self,
        model: Any,
        forbidden: Sequence[int],
        *,
        device: str | torch.device = "cpu",
        rows_max: int | None = None,
        compile: Compile = "auto",  # noqa: A002 - what torch calls it
        report: ProgressReport = lambda share, word: None,
    ) -> None:
        """``rows_max`` is the most that are wanted; what fits the memory may be less.

        Raises ModelFormatError where not even one row fits.
        """
        self._device = _indexed(torch.device(device))
        self._is_on_gpu = is_on_gpu = self._device.type == "cuda"
        config = model.config
        report(0.0, "moving the weights")
        weights = fuse(model, self._device, config.max_position_embeddings)
        self.weight_bytes = weights.bytes_read()
        """What is read of the weights for each token, and so what bounds the speed."""
        self.read_tokens_max = GPU_READ_TOKENS_MAX if is_on_gpu else CPU_READ_TOKENS_MAX
        self.draft_tokens_max = GPU_DRAFT_TOKENS_MAX if is_on_gpu else CPU_DRAFT_TOKENS_MAX
        self._forbidden = _mask_of(forbidden, config.vocab_size, self._device)
        self._cache = _cache(config, weights.norm.dtype, self._device, rows_max)
        self.rows_max = self._cache.room.rows
        self.context_tokens_max = self._cache.room.context_tokens
        math = LayerMath(config, model.model.layers[0].mlp.act_fn)
        self._decoder = Decoder(weights, math, self._cache, self._forbidden)
        self._compiled: CompiledMath | None = None
        self._fixed: FixedSteps | None = None
        if compile == "on" or (compile == "auto" and is_on_gpu):
            self._compiled = CompiledMath(math, self._device)
            self._fixed = FixedSteps(
                self._run_fixed,
                self._cache,
                self._device,
                GraphRecorder(self._device) if is_on_gpu else run_once,
            )
        self._warm_up(report)

    @torch.no_grad()
    def read(self, row: int, start: int, tokens: Sequence[int], scored: int) -> TorchScores:
        """Read tokens into a row at ``start`` and behind; scores after the last ``scored``.

        Where one is not finite, the row holds nothing from ``start`` on; if all are scored, nothing
        from the first such place on.
        """
        self._check(tokens, start + len(tokens))
        logits, best = self._read(row, start, tokens, scored)
        if min(best) < 0:
            self._cache.clear(row, start)
            if len(best) == len(tokens) > 1:
                logits, best = self._read_singly(row, start, tokens)
        places = len(best) - scored
        return TorchScores(logits[places:], best[places:], self._forbidden)

    @torch.no_grad()
    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> TorchScores:
        """Read one token into each of the first ``len(tokens)`` rows; scores after each.

        A row whose scores are not finite holds nothing afterwards: no guess can be to blame.
        """
        self._check(tokens, max(starts) + 1)
        result = self._fixed.step(tokens, starts) if self._fixed else None
        if result is None:
            result = self._run(0, len(tokens), tokens, starts, len(tokens))
        best: list[int] = result.best.tolist()
        for row, token in enumerate(best):
            if token < 0:
                self._cache.clear(row)
        return TorchScores(result.logits, best, self._forbidden)

    @torch.no_grad()
    def swap(self, first: int, second: int, length: int) -> None:
        """Exchange what two rows hold at their first ``length`` positions."""
        self._cache.swap(first, second, length)

    @torch.no_grad()
    def copy(self, source: int, target: int, length: int) -> None:
        """Copy what a row holds at its first ``length`` positions to another row."""
        self._cache.copy(source, target, length)

    @property
    def is_compiled(self) -> bool:
        """Whether every step so far ran compiled and, on a GPU, from a recording."""
        has_failed = self._fixed is None or self._fixed.has_failed
        return self._compiled is not None and not has_failed

    def _check(self, tokens: Sequence[int], length: int) -> None:
        """Refuse what would read or write past a tensor: on a GPU that ends the process."""
        if length > self.context_tokens_max:
            raise ValueError(f"{length} tokens do not fit a row of {self.context_tokens_max}")
        if not 0 <= min(tokens) <= max(tokens) < self._forbidden.shape[0]:
            raise ValueError(f"the model's vocabulary has {self._forbidden.shape[0]} tokens")

    def _read(
        self, row: int, start: int, tokens: Sequence[int], scored: int
    ) -> tuple[Tensor, list[int]]:
        """Logits and best ids of the last ``scored``, or of more."""
        result = self._read_fixed(row, start, tokens)
        if result is None:
            result = self._run(row, 1, tokens, range(start, start + len(tokens)), max(scored, 1))
        best: list[int] = result.best.tolist()
        return result.logits, best

    def _read_singly(self, row: int, start: int, tokens: Sequence[int]) -> tuple[Tensor, list[int]]:
        """Logits and best ids, one token a call: those behind a broken one are broken too.

        In one call with others, a broken one spoils what it comes after: masks do not hide NaN.
        """
        logits, best = [], [-1] * len(tokens)
        for place, token in enumerate(tokens):
            scores, [best[place]] = self._read(row, start + place, [token], 1)
            logits.append(scores)
            if best[place] < 0:
                self._cache.clear(row, start + place)
                break
        return torch.cat(logits), best

    def _read_fixed(self, row: int, start: int, tokens: Sequence[int]) -> Scored | None:
        """A few tokens for the first row, as when guessed ones are checked."""
        if self._fixed is None or row != 0 or len(tokens) > 1 + self.draft_tokens_max:
            return None
        if len(tokens) == 1:
            return self._fixed.step(tokens, [start])
        return self._fixed.check(start, tokens, 1 + self.draft_tokens_max)

    def _run(
        self,
        first: int,
        count: int,
        tokens: Sequence[int],
        positions: Sequence[int],
        scored: int,
    ) -> Scored:
        """Read ``len(tokens) / count`` tokens into each of ``count`` rows, in their own shape."""
        width, length = len(tokens) // count, max(positions) + 1
        if self._is_on_gpu:
            # A GPU's attention wants masks of such lengths and would copy others, layer by layer.
            length = -(-length // 8) * 8
        inputs = torch.tensor([tokens, positions], device=self._device)
        rows = torch.arange(first, first + count, device=self._device)
        call = Call(
            ids=inputs[0],
            positions=inputs[1],
            targets=inputs[1],
            rows=rows if width == 1 else rows.repeat_interleave(width),
            first=first,
            count=count,
            width=width,
            length=length,
            is_masked=self._is_on_gpu or len(tokens) > 1,
        )
        return self._decoder.run(call, scored)

    def _run_fixed(self, call: Call) -> Scored:
        scored = call.count * call.width
        if self._compiled is not None:
            try:
                return self._decoder.run(call, scored, self._compiled)
            except Exception as error:  # a compiler may fail in any way, and none is needed
                _LOG.warning("Compiling the model failed; it runs uncompiled, slower: %s", error)
                self._compiled = None
        return self._decoder.run(call, scored)

    @torch.no_grad()
    def _warm_up(self, report: ProgressReport) -> None:
        """Pay for the first call, for compiling, and for the common shapes, before anyone waits.

        What a longer text needs is recorded when the first one gets there (``torch_steps``).
        """
        report(0.3, "first token")
        width = min(self.read_tokens_max, self.context_tokens_max) if self._is_on_gpu else 2
        self._run(0, 1, [0] * width, range(width), 1).best.tolist()
        if self._fixed is not None:
            shapes = common_shapes(self.rows_max, 1 + self.draft_tokens_max)
            for index, shape in enumerate(shapes):
                report(0.4 + 0.6 * index / len(shapes), _purpose(shape))
                self._fixed.prepare(shape)
        self._cache.clear(0)
        report(1.0, "ready")


def _purpose(shape: Shape) -> str:
    """What a shape is prepared for; those of a kind that comes first also compile it."""
    if shape.width > 1:
        return "compiling for guessed tokens"
    if shape.rows == 1:
        return "compiling for a single answer"
    return f"preparing to write {shape.rows} answers at once"


def _indexed(device: torch.device) -> torch.device:
    """The device itself where only its kind is named."""
    if device.type == "cuda" and device.index is None:
        return torch.device("cuda", torch.cuda.current_device())
    return device


def _cache(config: Any, dtype: torch.dtype, device: torch.device, rows_max: int | None) -> RowCache:
    """As many rows as are wanted and fit beside the weights, which are there already."""
    room = room_within(
        budget_bytes(device, config.num_hidden_layers),
        token_bytes(config, dtype),
        config.max_position_embeddings,
        rows_max or (ROWS_MAX if device.type == "cuda" else CPU_ROWS_MAX),
    )
    return RowCache(config, room, dtype, device)


def _mask_of(ids: Sequence[int], vocabulary: int, device: torch.device) -> Tensor:
    """True (vocabulary,) at the ids; those that the model has no logit for are left out."""
    mask = torch.zeros(vocabulary, dtype=torch.bool)
    mask[[number for number in ids if number < vocabulary]] = True
    return mask.to(device)
