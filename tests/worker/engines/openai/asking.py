"""What the tests of the ``openai`` engine have in common."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from bioql_lsp.worker.engines.base import (
    Infill,
    Instruct,
    Piece,
    Repair,
    Sampling,
    Task,
    UpstreamError,
)
from bioql_lsp.worker.engines.openai.engine import OpenAIEngine
from bioql_lsp.worker.engines.openai.stream import Waits
from tests.support.scripted_upstream import token

TASK = Instruct("VERY-PRIVATE-PROMPT")
KEY = "sk-secret-of-the-operator"
WAITS = Waits(connect_seconds=2.0, first_token_seconds=10.0, between_tokens_seconds=5.0)
SHORT_WAITS = Waits(connect_seconds=2.0, first_token_seconds=0.6, between_tokens_seconds=0.3)
UNFINISHED = token("a = 1\n")

TASKS: tuple[Task, ...] = (
    Instruct("make a bell state on ibm torino"),
    Instruct("dock aspirin", context="import os\n\nx = 1\n"),
    Infill(
        "import os\n\nfrom bioql import quantum\n\n# a bell state, 200 shots\nresult = quantum(",
        ")\nprint(result.counts)\n",
    ),
    Infill("# 😀 naïve\nimport ", ""),
    Infill("import os\n\nfrom bioql import quan", '\n\nresult = quantum("Create a Bell state")\n'),
    Repair('quantum("Create a Bell state")\n', ("api_key is missing",)),
)


async def ask(engine: OpenAIEngine, task: Task, sampling: Sampling) -> list[Piece]:
    """All pieces of one answer."""
    prompt = engine.prompt(task, sampling.max_new_tokens)
    async with aclosing(engine.stream(prompt, task, sampling)) as pieces:
        return [piece async for piece in pieces]


def text(pieces: list[Piece]) -> str:
    """The answer."""
    return "".join(piece.text for piece in pieces)


def ignore(share: float, word: str) -> None:
    """A progress report that nobody reads."""


async def failure(engine: OpenAIEngine, received: list[Piece] | None = None) -> str:
    """The error of one request; it must name the host and no secret."""
    with pytest.raises(UpstreamError) as caught:
        prompt = engine.prompt(TASK, 16)
        async with aclosing(engine.stream(prompt, TASK, Sampling(16))) as pieces:
            async for piece in pieces:
                if received is not None:
                    received.append(piece)
    words = str(caught.value)
    assert "127.0.0.1" in words
    for secret in (KEY, "VERY-PRIVATE-PROMPT", "RAW-UPSTREAM-WORDS", "print(1)"):
        assert secret not in words
    return words
