"""Calls in a few fixed shapes, so that a GPU replays each as one recording.

Writing a token is a thousand small kernels, and starting them takes the CPU longer than running
them takes the GPU. A recording (a CUDA graph) starts all of them at once, but always with the same
shapes and addresses. So rows and lengths are rounded up, and tokens go in through one buffer that
stays where it is. Rows that only round up see one position and write to the cache's spare one.

Loading records, for texts of up to 128 tokens, every number of rows and the check of guesses. Each
greater length is recorded by the first call that reaches it with a number of rows: that call takes
as long as a few uncompiled ones, and whoever writes in it pays for its time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from bioql_lsp.worker.engines.torch_cache import RowCache
from bioql_lsp.worker.engines.torch_layers import Call, Scored

_LOG = logging.getLogger("bioql.worker")

LENGTH_STEP = 128

Compute = Callable[[], Scored]
Record = Callable[[Compute], Compute]


class Shape(NamedTuple):
    """``width`` tokens in each of the first ``rows``, which are looked at up to ``length``."""

    rows: int
    width: int
    length: int


def length_bucket(length: int, length_max: int) -> int:
    """The length rounded up: in steps of 128 at first, later of an eighth to a quarter of it."""
    step = max(LENGTH_STEP, 1 << max((length - 1).bit_length() - 3, 0))
    return min(-(-length // step) * step, length_max)


def rows_bucket(rows: int, rows_max: int) -> int:
    """The number of rows rounded up to a power of two."""
    return min(1 << (rows - 1).bit_length(), rows_max)


def common_shapes(rows_max: int, check_width: int) -> list[Shape]:
    """What short texts need: guesses checked, and a token for any number of rows, 1 first.

    The most rows come early, since later recordings fit into the memory that these work in.
    """
    counts = sorted({rows_bucket(rows, rows_max) for rows in range(2, rows_max + 1)}, reverse=True)
    check = [Shape(1, check_width, LENGTH_STEP)] if check_width > 1 else []
    return [Shape(1, 1, LENGTH_STEP), *check, *(Shape(rows, 1, LENGTH_STEP) for rows in counts)]


@dataclass(slots=True)
class _Recorded:
    """A call that can be repeated: what is in ``inputs`` when it is repeated counts."""

    inputs: Tensor
    staged: Tensor
    """The same on the CPU, from where one copy takes it over."""
    call: Call
    """A recording knows addresses only: this keeps what stands there."""
    replay: Compute


class FixedSteps:
    """Repeats calls to ``run`` in fixed shapes; says None where one cannot be recorded.

    What ``best`` holds has to be fetched before the next call: until then the copy of the tokens
    may still be under way.
    """

    def __init__(
        self,
        run: Callable[[Call], Scored],
        cache: RowCache,
        device: torch.device,
        record: Record,
    ) -> None:
        self._run = run
        self._cache = cache
        self._device = device
        self._record = record
        self._recorded: dict[Shape, _Recorded | None] = {}

    @property
    def has_failed(self) -> bool:
        """Whether there is a shape that could not be recorded."""
        return None in self._recorded.values()

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> Scored | None:
        """One token into each of the first rows."""
        length = max(starts) + 1
        shape = Shape(
            rows_bucket(len(tokens), self._cache.room.rows), 1, self._length_bucket(length)
        )
        return self._repeat(shape, tokens, starts)

    def check(self, start: int, tokens: Sequence[int], width: int) -> Scored | None:
        """Up to ``width`` tokens into the first row."""
        positions = range(start, start + len(tokens))
        shape = Shape(1, width, self._length_bucket(start + len(tokens)))
        return self._repeat(shape, tokens, positions)

    def prepare(self, shape: Shape) -> None:
        """Record a shape now, at the length that it is rounded up to."""
        shape = shape._replace(length=self._length_bucket(shape.length))
        if shape not in self._recorded:
            self._recorded[shape] = self._try_to_record(shape)

    def _length_bucket(self, length: int) -> int:
        return length_bucket(length, self._cache.spare)

    def _repeat(
        self, shape: Shape, tokens: Sequence[int], positions: Sequence[int]
    ) -> Scored | None:
        self.prepare(shape)
        recorded = self._recorded[shape]
        if recorded is None:
            return None
        real = len(tokens)
        staged = recorded.staged.numpy()
        staged[0, :real] = tokens
        staged[1:, :real] = positions
        staged[:2, real:] = 0
        staged[2, real:] = self._cache.spare
        recorded.inputs.copy_(recorded.staged, non_blocking=True)
        logits, best = recorded.replay()
        # The next repetition writes over what this one has computed.
        return Scored(logits[:real].clone(), best[:real])

    def _try_to_record(self, shape: Shape) -> _Recorded | None:
        try:
            return self._record_shape(shape)
        except Exception as error:  # a compiler or a driver may fail in any way
            _LOG.warning(
                "The shape %s could not be recorded and runs step by step, which is slower: %s",
                tuple(shape),
                error,
            )
            return None

    def _record_shape(self, shape: Shape) -> _Recorded:
        padding = _padding(shape, self._cache.spare)
        inputs = padding.to(self._device)
        rows = torch.arange(shape.rows, device=self._device).repeat_interleave(shape.width)
        ids, positions, targets = inputs
        call = Call(ids, positions, targets, rows, 0, shape.rows, shape.width, shape.length)
        staged = padding.pin_memory() if self._device.type == "cuda" else padding.clone()
        return _Recorded(inputs, staged, call, self._record(lambda: self._run(call)))


def _padding(shape: Shape, spare: int) -> Tensor:
    """Ids, positions and targets (3, tokens) of nothing but padding."""
    inputs = torch.zeros((3, shape.rows * shape.width), dtype=torch.int64)
    inputs[2] = spare
    return inputs


def run_once(compute: Compute) -> Compute:
    """Record nothing, as on a CPU: run the call, which compiles it, and repeat it as it is."""
    compute()
    return compute


class GraphRecorder:
    """Records calls as CUDA graphs that share one pool of memory."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._pool = torch.cuda.graph_pool_handle()
        self._stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]

    def __call__(self, compute: Compute) -> Compute:
        """Run the call, which also compiles and tunes it, then record it."""
        with torch.cuda.device(self._device):
            self._stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(self._stream):
                compute()
                compute()
            torch.cuda.current_stream().wait_stream(self._stream)
            torch.cuda.synchronize()
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(
                graph, pool=self._pool, stream=self._stream, capture_error_mode="thread_local"
            ):
                scored = compute()

        def replay() -> Scored:
            graph.replay()
            return scored

        return replay
