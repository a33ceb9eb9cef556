"""Threads for the analysis, which an account gets one at a time of.

Building a prompt and checking an answer take as long as the buffer is large. One account's huge
buffers wait for each other, and never keep another account's from their turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple
from weakref import WeakValueDictionary

THREADS = 4

ResultT = TypeVar("ResultT")
_Ts = TypeVarTuple("_Ts")


class Analysis:
    """Runs calls beside the event loop and the engine."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, "analysis")
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def run(self, owner: int, call: Callable[[*_Ts], ResultT], *arguments: *_Ts) -> ResultT:
        """Call something when it is the account's turn."""
        turn = self._turns.get(owner)
        if turn is None:
            turn = self._turns[owner] = asyncio.Lock()
        async with turn:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, call, *arguments)
