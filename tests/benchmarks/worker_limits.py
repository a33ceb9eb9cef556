"""How fast this machine reads: what a model that reads all weights for each token can do."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bioql_lsp.worker.engines.folder import embedded_folder

MEMORY_BYTES = 512 * 1024 * 1024
TRIES = 5
BYTES_PER_WEIGHT = {"fp32": 4.0, "int8": 1.0, "F32": 4.0, "Q8_0": 34 / 32}
"""Scales of int8 left out, those of Q8_0 (2 bytes for 32 weights) counted."""

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Bandwidth:
    """Bytes a second that all cores read together: from memory, and of the weights in a cache."""

    memory: float
    weights: float


@dataclass(frozen=True)
class Limits:
    """What reading the weights once for each token allows one answer, whatever the program."""

    weights_count: int
    bandwidth: Bandwidth

    def tokens_per_second(self, precision: str, *, is_from_memory: bool) -> float:
        """The limit at a precision."""
        read = self.bandwidth.memory if is_from_memory else self.bandwidth.weights
        return read / self.bytes_per_token(precision)

    def bytes_per_token(self, precision: str) -> float:
        """How much of the weights is read for a token: all of them, the tied embedding once."""
        return self.weights_count * BYTES_PER_WEIGHT[precision]


def measure() -> Limits:
    """Measure now; the best of some tries, since a limit is what nothing disturbs."""
    count = _count_weights(embedded_folder() / "model.safetensors")
    memory = max(_triad(MEMORY_BYTES // 4), _read(MEMORY_BYTES // 4, 1))
    return Limits(count, Bandwidth(memory, _read(count, 100)))


def _count_weights(path: Path) -> int:
    """How many numbers a safetensors file has, from its header."""
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    shapes = (each["shape"] for name, each in header.items() if name != "__metadata__")
    return sum(int(np.prod(shape)) for shape in shapes)


def _triad(count: int) -> float:
    """Bytes a second of ``a = b + c`` over arrays of so many floats."""
    first, second = (np.ones(count, np.float32) for _ in range(2))
    result = np.empty(count, np.float32)

    def add(part: slice) -> None:
        np.add(first[part], second[part], out=result[part])

    return 3 * 4 * count / _best_seconds(add, count)


def _read(count: int, times: int) -> float:
    """Bytes a second of reading so many floats again and again."""
    values = np.ones(count, np.float32)

    def read(part: slice) -> None:
        mine: _Floats = values[part]
        for _ in range(times):
            np.dot(mine, mine)

    return 4 * count * times / _best_seconds(read, count)


def _best_seconds(work: Callable[[slice], object], count: int) -> float:
    """The fastest of some tries, one thread for each core, each with its part."""
    cores = os.cpu_count() or 1
    borders = [count * number // cores for number in range(cores + 1)]
    parts = [slice(start, end) for start, end in pairwise(borders)]
    seconds: list[float] = []
    with ThreadPoolExecutor(cores) as threads:
        for _ in range(TRIES):
            started = time.perf_counter()
            list(threads.map(work, parts))
            seconds.append(time.perf_counter() - started)
    return min(seconds)
