"""How many rows fit: a table of cards and models."""

from __future__ import annotations

import pytest
import torch
from transformers import LlamaConfig

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.torch_cache import Room, room_within, token_bytes

GIB = 1 << 30
CODELLAMA_7B_TOKEN_BYTES = 32 * 2 * 4096 * 2


def test_a_token_takes_keys_and_values_of_every_layer() -> None:
    config = LlamaConfig(num_hidden_layers=32, num_attention_heads=32, hidden_size=4096)
    assert token_bytes(config, torch.bfloat16) == CODELLAMA_7B_TOKEN_BYTES
    grouped = LlamaConfig(num_hidden_layers=2, num_key_value_heads=8, head_dim=128)
    assert token_bytes(grouped, torch.float32) == 2 * 2 * 8 * 128 * 4


@pytest.mark.parametrize(
    ("budget_gib", "context", "rows_max", "room"),
    [
        (7, 16384, 32, Room(6, 2048)),
        (55, 16384, 32, Room(27, 4096)),
        (110, 16384, 32, Room(27, 8192)),
        (55, 16384, 4, Room(4, 16384)),
        (55, 1024, 32, Room(32, 1024)),
        (0.8, 16384, 32, Room(1, 1024)),
        (0.2, 1000, 32, Room(1, 250)),
    ],
)
def test_a_long_context_gives_way_to_rows_and_rows_to_a_usable_context(
    budget_gib: float, context: int, rows_max: int, room: Room
) -> None:
    budget = int(budget_gib * GIB)
    if room.context_tokens < 256:
        with pytest.raises(ModelFormatError, match="memory"):
            room_within(budget, CODELLAMA_7B_TOKEN_BYTES, context, rows_max)
        return
    found = room_within(budget, CODELLAMA_7B_TOKEN_BYTES, context, rows_max)
    assert found == room
    assert found.rows * found.context_tokens * CODELLAMA_7B_TOKEN_BYTES <= budget


@pytest.mark.parametrize("budget_gib", [-3.0, 0.0, 0.01])
def test_no_room_for_a_single_row_says_what_to_do(budget_gib: float) -> None:
    with pytest.raises(ModelFormatError, match="smaller model"):
        room_within(int(budget_gib * GIB), CODELLAMA_7B_TOKEN_BYTES, 16384, 32)
