"""A worker in this process, with limits short enough to be waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn

from billing.ledger import Ledger
from billing.limits import RateLimits
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.app import create_app
from bioql_lsp.worker.gate import LOOPBACK_NAMES, Activity, Visitors
from bioql_lsp.worker.place import bind_tcp
from bioql_lsp.worker.protocol import WorkerProtocol
from bioql_lsp.worker.scheduler import Scheduler
from tests.support.fake_engine import FakeEngine, ManualClock
from tests.worker.http_raw import Reply, replies
from tests.worker.support import WAIT_SECONDS


class Client:
    """A connection whose every byte the test sends and reads."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()

    async def drip(self, pause_seconds: float) -> None:
        """A byte now and then until the worker hangs up, or resets what came after that."""
        with suppress(ConnectionError):
            while not self.reader.at_eof():
                await self.send(b"a")
                await asyncio.sleep(pause_seconds)

    async def rest(self) -> bytes:
        """All that comes until the worker hangs up; nothing where it cut the connection."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await self.reader.read()
        except ConnectionError:
            return b""

    async def replies(self) -> list[Reply]:
        return list(replies(await self.rest()))


class Served:
    """A running worker; its ``server`` is uvicorn's."""

    def __init__(self, port: int, server: uvicorn.Server, service: AnswerService) -> None:
        self._port = port
        self.server = server
        self.service = service
        self._clients: list[Client] = []

    @property
    def connections(self) -> int:
        return len(self.server.server_state.connections)

    async def connect(self, **options: Any) -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self._port, **options))
        self._clients.append(client)
        return client

    async def settle(self, connections: int) -> None:
        """Wait until as many are connected."""
        async with asyncio.timeout(WAIT_SECONDS):
            while self.connections != connections:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.001)

    async def close(self) -> None:
        for client in self._clients:
            client.writer.close()


@asynccontextmanager
async def served(
    ledger: Ledger,
    connections_max: int | None = None,
    keep_alive_seconds: int = 5,
    **limits: float,
) -> AsyncIterator[Served]:
    """A worker whose protocol has these limits in place of its own."""
    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock), clock)
    service = AnswerService(ledger, scheduler, RateLimits(is_unlimited=True))
    config = uvicorn.Config(
        create_app(service, Visitors(LOOPBACK_NAMES), Activity()),
        lifespan="off",
        http=type("QuickProtocol", (WorkerProtocol,), limits),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=connections_max,
        timeout_keep_alive=keep_alive_seconds,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    place = bind_tcp("127.0.0.1", 0)
    port = place.socket.getsockname()[1]
    scheduler.start()
    task = asyncio.create_task(server.serve(sockets=[place.socket]))
    async with asyncio.timeout(WAIT_SECONDS):
        while not server.started or scheduler.load_state.status == "loading":  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    running = Served(port, server, service)
    try:
        yield running
    finally:
        await running.close()
        server.should_exit = True
        await task
        await service.drain()
        await scheduler.stop(WAIT_SECONDS)
