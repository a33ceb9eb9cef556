"""Keys and values of a model's rows on its device, and how many of them fit there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from bioql_lsp.worker.engines.base import ModelFormatError

ROWS_MAX = 32
CPU_ROWS_MAX = 8
ROWS_WANTED = 16
CONTEXT_TOKENS_WANTED = 2048
CONTEXT_TOKENS_MIN = 256
CPU_MEMORY_BYTES = 8 << 30
"""Taken for a machine that does not say how much it has."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows of how many tokens a cache holds."""

    rows: int
    context_tokens: int


def room_within(
    budget_bytes: int, token_bytes: int, context_tokens_max: int, rows_max: int
) -> Room:
    """The room that fits: a long context gives way to rows, and rows to a usable context.

    The context is halved while fewer than the wanted rows fit and it stays usable, then while not
    a single row fits. Raises ModelFormatError where nothing helps.
    """
    context = context_tokens_max
    wanted = min(rows_max, ROWS_WANTED)

    def rows() -> int:
        return budget_bytes // (token_bytes * (_spare_position(context) + 1))

    while rows() < wanted and context // 2 >= CONTEXT_TOKENS_WANTED:
        context //= 2
    while rows() < 1 and context // 2 >= CONTEXT_TOKENS_MIN:
        context //= 2
    if rows() < 1:
        raise ModelFormatError(
            f"The weights leave {max(budget_bytes, 0) >> 20} MiB of memory, too little for a "
            f"context of {context} tokens: use a smaller model or a larger card."
        )
    return Room(min(rows(), rows_max), context)


def token_bytes(config: Any, dtype: torch.dtype) -> int:
    """How many bytes the keys and values of one token take."""
    return int(
        2 * config.num_hidden_layers * config.num_key_value_heads * config.head_dim * dtype.itemsize
    )


def budget_bytes(device: torch.device, layers: int) -> int:
    """How much memory a cache may take, with the weights loaded.

    On a GPU a tenth, or a gigabyte, is left for what a call computes, and the room of one layer's
    keys, which the compiler copies once while it tunes.
    """
    if device.type == "cuda":
        torch.cuda.empty_cache()
        free, total = torch.cuda.mem_get_info(device)
        return (free - max(1 << 30, total // 10)) * 2 * layers // (2 * layers + 1)
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (AttributeError, OSError, ValueError):
        return CPU_MEMORY_BYTES // 2


def _spare_position(context_tokens: int) -> int:
    """The first position that no text reaches, at a length that attention kernels like."""
    return -(-context_tokens // 8) * 8


class RowCache:
    """For each layer keys and values, (rows, heads, positions, head size), zero at first.

    One position behind the context is ``spare``: padding is written there and nobody looks at it.
    """

    def __init__(self, config: Any, room: Room, dtype: torch.dtype, device: torch.device) -> None:
        self.room = room
        self.spare = _spare_position(room.context_tokens)
        shape = (room.rows, config.num_key_value_heads, self.spare + 1, config.head_dim)
        layers = range(config.num_hidden_layers)
        self.keys = [_zeros(shape, dtype, device) for _ in layers]
        self.values = [_zeros(shape, dtype, device) for _ in layers]

    def swap(self, first: int, second: int, length: int) -> None:
        """Exchange what two rows hold at their first positions."""
        for tensor in (*self.keys, *self.values):
            one, other = tensor[first, :, :length], tensor[second, :, :length]
            held = one.clone()
            one.copy_(other)
            other.copy_(held)

    def copy(self, source: int, target: int, length: int) -> None:
        """Copy what a row holds at its first positions to another."""
        for tensor in (*self.keys, *self.values):
            tensor[target, :, :length].copy_(tensor[source, :, :length])

    def clear(self, row: int, start: int = 0) -> None:
        """Forget a row from a position on. A mask does not hide NaN: zero times NaN is NaN."""
        for tensor in (*self.keys, *self.values):
            tensor[row, :, start:].zero_()


def _zeros(shape: tuple[int, ...], dtype: torch.dtype, device: torch.device) -> Tensor:
    if device.type == "cpu" and dtype == torch.float32:
        # The system hands out zeroed pages as they are touched: rows that nobody uses cost nothing.
        return torch.from_numpy(np.zeros(shape, dtype=np.float32))
    return torch.zeros(shape, dtype=dtype, device=device)
