"""One worker process from its ledger to its last settled answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn

from billing.ledger import Ledger
from billing.limits import RateLimits
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.app import create_app
from bioql_lsp.worker.chores import do_hourly
from bioql_lsp.worker.dispatcher import AnyDispatcher
from bioql_lsp.worker.engines.base import LocalEngine, UpstreamEngine
from bioql_lsp.worker.gate import LOOPBACK_NAMES, Activity, Visitors
from bioql_lsp.worker.metering import ClockNs
from bioql_lsp.worker.place import Place, connections_max
from bioql_lsp.worker.protocol import WorkerProtocol
from bioql_lsp.worker.scheduler import Scheduler
from bioql_lsp.worker.upstream import UpstreamScheduler

ENGINE_STOP_SECONDS = 10.0
CONNECTIONS_END_SECONDS = 5.0
READY_POLL_SECONDS = 0.02
KEEP_ALIVE_SECONDS = 75
"""Longer than proxies keep a connection that nobody uses: they must be the ones that close it."""
THREAD_SWITCH_SECONDS = 0.0005
"""The engine's thread needs the interpreter for a moment between two steps; checking an answer on
another thread must not keep it waiting for the usual 5 ms."""
EXIT_FAILED = 1


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How one worker serves; ``hosts`` None means any Host header and pages from anywhere."""

    hosts: frozenset[str] | None
    is_local: bool
    idle_seconds: float | None
    grace_seconds: float
    queue_length_max: int
    cache_entries_max: int
    announcement: dict[str, str]
    metrics_token: str | None = None


class _Server(uvicorn.Server):
    """uvicorn without its signal handling, which would end the process by the signal again."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def dispatcher_for(
    engine: LocalEngine | UpstreamEngine, clock_ns: ClockNs, queue_length_max: int
) -> AnyDispatcher:
    """What runs an engine: a thread where it is here, the event loop where it is elsewhere."""
    if isinstance(engine, UpstreamEngine):
        return UpstreamScheduler(engine, clock_ns, queue_length_max)
    return Scheduler(engine, clock_ns, queue_length_max)


class Worker:
    """The running process."""

    def __init__(
        self,
        place: Place,
        ledger: Ledger,
        limits: RateLimits,
        engine: LocalEngine | UpstreamEngine,
        clock_ns: ClockNs,
        *,
        options: ServeOptions,
    ) -> None:
        self._place = place
        self._ledger = ledger
        self._options = options
        self._dispatcher = dispatcher_for(engine, clock_ns, options.queue_length_max)
        self._service = AnswerService(ledger, self._dispatcher, limits, options.cache_entries_max)
        self._activity = Activity()
        visitors = Visitors(
            options.hosts,
            place.is_unix,
            is_browser_refused=options.hosts is not None,
            metrics_token=options.metrics_token,
        )
        config = uvicorn.Config(
            create_app(self._service, visitors, self._activity),
            lifespan="off",
            http=WorkerProtocol,
            ws="none",
            loop="asyncio",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=connections_max(),
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=int(options.grace_seconds + CONNECTIONS_END_SECONDS),
        )
        self._server = _Server(config)
        self._exit_code = 0

    async def run(self) -> int:
        """Serve until told to stop; the exit code."""
        sys.setswitchinterval(THREAD_SWITCH_SECONDS)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        self._dispatcher.start()
        chores = [asyncio.create_task(self._service.leases.keep())]
        chores.append(asyncio.create_task(do_hourly(self._ledger)))
        chores.append(asyncio.create_task(self._announce()))
        if self._options.idle_seconds is not None:
            chores.append(asyncio.create_task(self._end_when_idle(self._options.idle_seconds)))
        try:
            await self._server.serve(sockets=[self._place.socket])
            await self._service.drain()
        finally:
            for chore in chores:
                chore.cancel()
            await self._dispatcher.stop(ENGINE_STOP_SECONDS)
            self._ledger.close()
        return self._exit_code

    def _stop(self) -> None:
        """First signal: take no more, let answers finish for a while. Second: cut them now."""
        if self._server.should_exit:
            self._service.cancel_all()
            return
        self._server.should_exit = True
        loop = asyncio.get_running_loop()
        loop.call_later(self._options.grace_seconds, self._service.cancel_all)

    async def _announce(self) -> None:
        """Say where we are: when bound in local mode, when the model is loaded otherwise."""
        while not self._is_announceable():  # noqa: ASYNC110 - uvicorn tells it by a flag
            await asyncio.sleep(READY_POLL_SECONDS)
        state = self._dispatcher.load_state
        if state.status == "failed" and not self._options.is_local:
            print(f"bioql-worker: the model was not loaded: {state.message}", file=sys.stderr)
            self._exit_code = EXIT_FAILED
            self._server.should_exit = True
            return
        print(json.dumps({"url": self._place.url, **self._options.announcement}), flush=True)

    def _is_announceable(self) -> bool:
        is_settled = self._options.is_local or self._dispatcher.load_state.status != "loading"
        return self._server.started and is_settled

    async def _end_when_idle(self, idle_seconds: float) -> None:
        while (left_seconds := idle_seconds - self._idle_seconds()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left_seconds)
        self._server.should_exit = True

    def _idle_seconds(self) -> float:
        is_loading = self._dispatcher.load_state.status == "loading"
        return 0.0 if is_loading else self._activity.idle_seconds


def hosts_for(names: list[str]) -> frozenset[str]:
    """The Host headers that a worker on this machine alone accepts."""
    return LOOPBACK_NAMES | {name.lower() for name in names}
