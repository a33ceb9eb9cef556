"""Keys and values of every row, in memory that the graph reads and writes in place."""

from __future__ import annotations

import math
import mmap

import numpy as np

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.onnx_weights import Floats, Shape


class Cache:
    """One buffer (rows, heads, context, head) a layer and kind; a page counts once touched."""

    def __init__(self, shape: Shape, rows_max: int) -> None:
        dimensions = (rows_max, shape.kv_heads, shape.context, shape.head)
        try:
            self.buffers: dict[str, Floats] = {
                f"{kind}_{layer}": _zeros(dimensions)
                for kind in ("key", "value")
                for layer in range(shape.layers)
            }
        except (OSError, OverflowError, ValueError) as error:
            raise ModelFormatError(
                f"There is no memory for {rows_max} rows of {shape.context} tokens: "
                "ask for fewer with --rows."
            ) from error

    def copy(self, source: int, target: int, length: int) -> None:
        """Copy the first ``length`` positions of a row to another."""
        for buffer in self.buffers.values():
            buffer[target, :, :length] = buffer[source, :, :length]

    def swap(self, first: int, second: int, length: int) -> None:
        """Exchange the first ``length`` positions of two rows."""
        for buffer in self.buffers.values():
            held = buffer[first, :, :length].copy()
            buffer[first, :, :length] = buffer[second, :, :length]
            buffer[second, :, :length] = held


def _zeros(dimensions: tuple[int, ...]) -> Floats:
    """Zeros in pages of the smallest size.

    numpy asks for huge pages, each of which spans two rows: all rows would then cost memory once
    their first token is written.
    """
    size = math.prod(dimensions) * np.dtype(np.float32).itemsize
    memory = mmap.mmap(-1, size)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        memory.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(memory, dtype=np.float32).reshape(dimensions)
