"""Analyses run in order beside the event loop; cancelling one spares the work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bioql_lsp.server.analysis_thread import AnalysisThread


@pytest.fixture
def thread() -> Iterator[AnalysisThread]:
    made = AnalysisThread()
    yield made
    made.close()


async def test_results_come_in_the_order_of_the_calls(thread: AnalysisThread) -> None:
    done: list[int] = []
    await asyncio.gather(*(thread.run(lambda n=n: done.append(n)) for n in range(50)))
    assert done == list(range(50))


async def test_an_exception_reaches_who_waits_and_the_thread_goes_on(
    thread: AnalysisThread,
) -> None:
    with pytest.raises(ZeroDivisionError):
        await thread.run(lambda: 1 / 0)
    assert await thread.run(threading.get_ident) != threading.get_ident()


async def test_what_is_cancelled_while_it_waits_is_not_run(thread: AnalysisThread) -> None:
    may_go_on, ran = threading.Event(), list[str]()
    first = asyncio.ensure_future(thread.run(may_go_on.wait))
    second = asyncio.ensure_future(thread.run(lambda: ran.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    may_go_on.set()
    assert await first
    await thread.run(lambda: ran.append("third"))
    assert ran == ["third"]
