"""CPython's parser, called by several threads."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bioql_lsp.analysis.python_tree import python_expression, python_tree

SOURCE = "".join(f"x{n} = [({n}, {{'a': f({n})}}) for y in z if y]\n" for n in range(40))


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns within a parse, too, whenever it has memory collected."""

    def let_another_thread_run(_phase: str, _info: dict[str, int]) -> None:
        time.sleep(0)

    thresholds = gc.get_threshold()
    gc.callbacks.append(let_another_thread_run)
    gc.set_threshold(50)
    yield
    gc.callbacks.remove(let_another_thread_run)
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("hasty")
def test_threads_parse_without_disturbing_each_other() -> None:
    def parse(depth: int) -> int:
        python_expression("(" * depth + "1" + ")" * depth)
        return len(python_tree(SOURCE).body)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(parse, [n % 60 for n in range(120)])) == {40}
