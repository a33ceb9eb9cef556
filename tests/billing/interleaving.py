"""Every order in which threads can do their steps: a thread runs only between two of its steps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Act: TypeAlias = Callable[[int], None]


class Stepped(threading.Thread):
    """A thread that stops before each step until it may go on."""

    def __init__(self, act: Act, number: int) -> None:
        super().__init__(daemon=True)
        self._act = act
        self._number = number
        self._may_go = threading.Semaphore(0)
        self._has_stopped = threading.Semaphore(0)
        self.is_done = False
        self.error: BaseException | None = None
        self.start()

    @staticmethod
    def at(method: Callable[..., Any]) -> Callable[..., Any]:
        """The method as a step of whichever such thread calls it."""

        def step(*arguments: Any, **named: Any) -> Any:
            thread = threading.current_thread()
            if isinstance(thread, Stepped):
                thread._stop_here()
            return method(*arguments, **named)

        return step

    def run(self) -> None:
        self._may_go.acquire()
        try:
            self._act(self._number)
        except BaseException as error:
            self.error = error
        self.is_done = True
        self._has_stopped.release()

    def go_on(self) -> None:
        """Let it run to its next step, or to its end."""
        self._may_go.release()
        self._has_stopped.acquire()

    def _stop_here(self) -> None:
        self._has_stopped.release()
        self._may_go.acquire()


def every_interleaving() -> Iterator[Callable[..., None]]:
    """Functions that run the same acts, each in another order, until there is no other."""
    order: list[int] = []
    while True:
        options: list[list[int]] = []

        def run(*acts: Act, order: list[int] = order, options: list[list[int]] = options) -> None:
            threads = [Stepped(act, number) for number, act in enumerate(acts)]
            while alive := [n for n, thread in enumerate(threads) if not thread.is_done]:
                place = len(options)
                options.append(alive)
                if place == len(order):
                    order.append(alive[0])
                threads[order[place]].go_on()
            assert [thread.error for thread in threads if thread.error] == []

        yield run
        while order and order[-1] == options[len(order) - 1][-1]:
            order.pop()
        if not order:
            return
        last = options[len(order) - 1]
        order[-1] = last[last.index(order[-1]) + 1]
