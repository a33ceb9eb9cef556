"""What is measured on a card: its memory, our model, and ``generate`` of transformers on the same
weights."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from bioql_lsp.worker.engines.torch_model import TorchModel

GPU_BLOCK_BYTES = 1 << 30
CPU_BLOCK_BYTES = 1 << 28
PASSES = 10
CHECKED_TOKENS = 24


def synchronize(device: torch.device) -> None:
    """Wait until the device has done what it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def seconds(device: torch.device, work: Callable[[], object]) -> float:
    """How long the work takes, its kernels included."""
    synchronize(device)
    start = time.perf_counter()
    work()
    synchronize(device)
    return time.perf_counter() - start


def bandwidths(device: torch.device, block_bytes: int | None = None) -> dict[str, float]:
    """Bytes a second of three kernels on blocks that no cache holds, the best of some passes."""
    size = block_bytes or (GPU_BLOCK_BYTES if device.type == "cuda" else CPU_BLOCK_BYTES)
    one, two, three = (torch.ones(size // 4, device=device) for _ in range(3))
    kernels: dict[str, tuple[int, Callable[[], object]]] = {
        "read": (1, one.sum),
        "copy": (2, lambda: two.copy_(one)),
        "triad": (3, lambda: torch.add(one, two, alpha=0.5, out=three)),
    }
    rates = {}
    for name, (moved, kernel) in kernels.items():
        kernel()
        rates[name] = moved * size / min(seconds(device, kernel) for _ in range(PASSES))
    return rates


class Ours:
    """Our model alone, driven by a plain loop, greedy and without guessing."""

    def __init__(self, model: TorchModel, vocabulary: int, device: torch.device) -> None:
        self.model = model
        self._device = device
        self._vocabulary = vocabulary

    def prompt(self, tokens: int, row: int = 0) -> list[int]:
        """A prompt of random tokens, another one for each row."""
        generator = torch.Generator().manual_seed(1 + row)
        return torch.randint(8, self._vocabulary, (tokens,), generator=generator).tolist()

    def read(self, tokens: Sequence[int], row: int = 0) -> int:
        """Read a prompt as the engine does, in parts; the first token of the answer."""
        part = self.model.read_tokens_max
        best: int | None = None
        for start in range(0, len(tokens), part):
            best = self.model.read(row, start, tokens[start : start + part], 1).best()[0]
        if best is None:
            raise RuntimeError("the model has computed values that are no numbers")
        return best

    def first_token_s(self, prompt_tokens: int) -> float:
        """From a prompt to the answer's first token."""
        prompt = self.prompt(prompt_tokens)
        return seconds(self._device, lambda: self.read(prompt))

    def tokens_a_second(self, rows: int, prompt_tokens: int, new_tokens: int) -> float:
        """All rows together, their prompts read before."""
        first = [self.read(self.prompt(prompt_tokens, row), row) for row in range(rows)]
        taken = seconds(self._device, lambda: self.write(first, [prompt_tokens] * rows, new_tokens))
        return rows * new_tokens / taken

    def write(self, last: list[int], starts: list[int], new_tokens: int) -> list[list[int]]:
        """Write so many tokens in each of the first rows."""
        written: list[list[int]] = []
        for step in range(new_tokens):
            best = self.model.step(last, [start + step for start in starts]).best()
            last = [token or 0 for token in best]
            written.append(last)
        return written


class _Clock:
    """Notes when ``generate`` has each token; as a streamer; it hands over the prompt first."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def put(self, value: Tensor) -> None:
        """Tokens of one step, of all rows."""
        self.times.append(time.perf_counter())

    def end(self) -> None:
        """Nothing is left to note."""


class Generate:
    """``generate`` of transformers as it comes, not compiled."""

    def __init__(self, model: Any, device: torch.device) -> None:
        self._model = model
        self._device = device

    def first_token_s(self, prompt: Sequence[int]) -> float:
        """From a prompt to the answer's first token."""
        start = time.perf_counter()
        return self._times([prompt], 1)[0] - start

    def tokens_a_second(self, prompts: Sequence[Sequence[int]], new_tokens: int) -> float:
        """All rows together, from the first token on."""
        times = self._times(prompts, 1 + new_tokens)
        return len(prompts) * new_tokens / (times[-1] - times[0])

    def _times(self, prompts: Sequence[Sequence[int]], new_tokens: int) -> list[float]:
        """When each new token was there, which ``generate`` waits for."""
        clock = _Clock()
        ids = torch.tensor(prompts, device=self._device)
        self._model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=new_tokens,
            min_new_tokens=new_tokens,
            do_sample=False,
            streamer=clock,
        )
        assert len(clock.times) == 1 + new_tokens
        return clock.times[1:]


def disagreement(ours: Ours, model: Any, lengths: Sequence[int], device: torch.device) -> float:
    """How far our greedy tokens are from the best of transformers, in deviations of its scores.

    Rows of different lengths are written together and each is then given to transformers alone;
    0 is the same choice everywhere, rounding in half precision is a few hundredths.
    """
    prompts = [ours.prompt(length, row) for row, length in enumerate(lengths)]
    first = [ours.read(prompt, row) for row, prompt in enumerate(prompts)]
    written = ours.write(first, list(lengths), CHECKED_TOKENS)
    worst = 0.0
    for row, prompt in enumerate(prompts):
        answer = [first[row], *(step[row] for step in written)]
        ids = torch.tensor([[*prompt, *answer[:-1]]], device=device)
        with torch.inference_mode():
            logits = model(ids).logits[0, len(prompt) - 1 :].float()
        chosen = logits[torch.arange(len(answer)), torch.tensor(answer, device=device)]
        gaps = (logits.max(dim=-1).values - chosen) / logits.std(dim=-1)
        worst = max(worst, gaps.max().item())
    return worst
