"""The session's way to a worker: which one, with which key, within which budget.

Every AI feature asks through here. A request that fails leaves the status and the message behind
that its error asks for, and raises it.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

from bioql_lsp import wire
from bioql_lsp.server import problems
from bioql_lsp.server.configuration import until_read
from bioql_lsp.server.endpoint import Endpoint
from bioql_lsp.server.local_worker import LocalWorker
from bioql_lsp.server.problems import Problem, WorkerError
from bioql_lsp.server.reply import Accept, AnswerRefusedError, Reply, Settled, why_withheld
from bioql_lsp.server.session import Session
from bioql_lsp.server.usage import RESTART, Health, Meter, State, WorkProgress
from bioql_lsp.server.worker_client import Request, WorkerClient
from bioql_lsp.settings import Mode, Settings

# An answer that is asked for by a command and cannot be shown is tried again so often in all; what
# failed is free. An inline completion is not: it would come too late.
CANDIDATES = 3
_LOST = (Problem.OFFLINE, Problem.DIED)
# How long not to ask again while typing; a command tries at once, but for a rate limit.
_PAUSES = {Problem.RATE_LIMITED: 60.0, Problem.SETUP: 10.0, Problem.TIMEOUT: 10.0}
_KINDS: dict[type[wire.RequestBase], str] = {
    wire.CompleteRequest: "complete",
    wire.GenerateRequest: "generate",
    wire.FixRequest: "fix",
}
# The worker needs a moment to notice that a connection closed; then it has booked what was used.
_CANCELLED_ANSWER_SECONDS = 1.0
_CLOSE_SECONDS_MAX = 3.0


class Assistant:
    """One session's requests to its worker (`Session.service`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._local = LocalWorker()
        self._starting: asyncio.Task[Endpoint] | None = None
        self._client: WorkerClient | None = None
        self._model: str | None = None
        self._key_origins: dict[str, str] = {}
        self._pause: tuple[float, Settings, WorkerError] | None = None
        self._running_count = 0
        self._settling: set[asyncio.Task[Settled]] = set()
        self.meter = session.service(Meter)
        self.health = session.service(Health)

    @property
    def is_on(self) -> bool:
        """Whether the user wants a model at all."""
        return self._session.settings.answers_from is not Mode.OFF

    @property
    def scope(self) -> str:
        """What decides an answer besides the text: for caches."""
        settings = self._session.settings
        return f"{settings.answers_from} {settings.worker_url} {settings.model}"

    async def ask(self, request: Request, is_explicit: bool) -> Reply:
        """Send a request. Raises WorkerError after it was shown as it should be."""
        await until_read(self._session)
        try:
            self._check_allowed(is_explicit)
            reply = await self._asked(request)
        except WorkerError as error:
            if error.problem in _PAUSES and self._pause is None:
                seconds = error.retry_after_seconds or _PAUSES[error.problem]
                self._pause = (time.monotonic() + seconds, self._session.settings, error)
            self.health.failed(error, is_explicit)
            raise
        self.health.recovered()
        return reply

    async def settle(self, reply: Reply, accept: Accept) -> Settled:
        """Use the answer by ``accept``, and bill it.

        Where ``accept`` raises, the charge is given back. Cancelling the caller stops neither:
        what was charged is always told.
        """
        task = asyncio.ensure_future(self._settled(reply, accept))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        task.add_done_callback(consume)
        return await asyncio.shield(task)

    async def account(self) -> wire.AccountStatus:
        """The account at the worker. Raises WorkerError, which is not shown yet."""
        await until_read(self._session)
        try:
            if not self.is_on:
                raise problems.is_off()
            status = await (await self._connected()).account()
        except WorkerError as error:
            self._forget_lost(error)
            self.health.note(error)
            raise
        self.health.recovered()
        return status

    async def restart(self) -> None:
        """Start over: a new local worker, or a new connection with the key as it is set now.

        Raises WorkerError, which is not shown yet.
        """
        await until_read(self._session)
        try:
            if not self.is_on:
                raise problems.is_off()
            await self._disconnect()
            self._key_origins.clear()
            self._pause = None
            if self._session.settings.answers_from is Mode.LOCAL:
                await self._local.stop()
            await (await self._connected()).account()
        except WorkerError as error:
            self.health.note(error)
            raise
        self.health.recovered()

    async def aclose(self) -> None:
        """End the connection; the local worker ends by itself when nobody asks it any more."""
        if self._starting is not None:
            self._starting.cancel()
        if self._settling:
            await asyncio.wait(self._settling, timeout=_CLOSE_SECONDS_MAX)
        await self._disconnect()

    async def _settled(self, reply: Reply, accept: Accept) -> Settled:
        if not reply.answer.code:
            return self._booked(reply, "", why_withheld(reply.answer.withheld_reason))
        try:
            code = await accept(reply.answer.code)
        except AnswerRefusedError as error:
            return self._booked(reply, "", str(error), await self._is_voided(reply))
        except BaseException:
            self._booked(reply, "", "", await self._is_voided(reply))
            raise
        return self._booked(reply, code, "")

    def _booked(self, reply: Reply, code: str, message: str, is_voided: bool = False) -> Settled:
        cost_usd, balance_usd = self.meter.book(reply.kind, reply.answer, is_voided)
        finish = "withheld" if is_voided else reply.answer.finish
        return Settled(code, finish, bool(reply.answer.verified), cost_usd, balance_usd, message)

    async def _is_voided(self, reply: Reply) -> bool:
        """Give the charge back; False where the worker did not take that."""
        try:
            await reply.client.void(reply.answer.id)
        except WorkerError as error:
            self.health.failed(error, is_explicit=False)
            return False
        return True

    def _check_allowed(self, is_explicit: bool) -> None:
        if not self.is_on:
            raise problems.is_off()
        self.meter.check_budget()
        if self._pause is not None:
            until, settings, error = self._pause
            is_limit = error.problem is Problem.RATE_LIMITED
            is_over = time.monotonic() >= until or settings is not self._session.settings
            if not is_over and (is_limit or not is_explicit):
                raise error
            self._pause = None

    async def _asked(self, request: Request) -> Reply:
        """Ask, once more where an idle local worker had gone meanwhile."""
        is_fresh = self._client is None
        try:
            return await self._asked_once(str(uuid.uuid4()), request)
        except WorkerError as error:
            if is_fresh or not self._is_local or error.problem is not Problem.OFFLINE:
                raise
        return await self._asked_once(str(uuid.uuid4()), request)

    async def _asked_once(self, request_id: str, request: Request) -> Reply:
        client = await self._connected()
        self._running_count += 1
        is_admitted = False

        def on_delta(_delta: str) -> None:
            nonlocal is_admitted
            is_admitted = True
            self.health.tell(State.BUSY, "The model is writing.")

        try:
            answer = await client.ask(request_id, request, on_delta)
        except WorkerError as error:
            self._forget_lost(error)
            if error.problem is Problem.DIED and self._is_local and not is_admitted:
                # An idle worker ended just now, on a connection kept from the last request.
                raise problems.offline(client.endpoint.name, error) from None
            raise
        except asyncio.CancelledError:
            if is_admitted:  # only then is the worker sure to know the id
                if self._running_count == 1:
                    self.health.tell(State.READY)
                self._session.start(
                    self._book_cancelled(client, request_id, request), "booking a cancelled request"
                )
            raise
        finally:
            self._running_count -= 1
        return Reply(_KINDS[type(request)], answer, client)

    async def _book_cancelled(
        self, client: WorkerClient, request_id: str, request: Request
    ) -> None:
        """A cancelled request costs the engine time it used: its id tells how much."""
        await asyncio.sleep(_CANCELLED_ANSWER_SECONDS)
        try:
            answer = await client.ask(request_id, request)
        except WorkerError:
            return
        self.meter.book(_KINDS[type(request)], answer)

    async def _connected(self) -> WorkerClient:
        endpoint = await self._endpoint()
        if self._client is None or self._client.endpoint != endpoint:
            await self._disconnect()
            self._client = WorkerClient(endpoint)
        return self._client

    async def _endpoint(self) -> Endpoint:
        if not self._is_local:
            return self._remote_endpoint()
        model = self._session.settings.model
        client = self._client
        if client is not None and client.endpoint.display_name and model == self._model:
            return client.endpoint
        self._model = model
        if self._starting is None or self._starting.done():
            self._starting = asyncio.ensure_future(self._start_local())
            self._starting.add_done_callback(consume)
        # Shielded: who gives up waiting must not stop a start that others wait for.
        return await asyncio.shield(self._starting)

    async def _start_local(self) -> Endpoint:
        progress = WorkProgress(self._session, "BioQL worker")

        def report(fraction: float, message: str) -> None:
            self.health.tell(State.LOADING, message)
            progress.report(fraction, message)

        try:
            endpoint = await self._local.ensure(report, self._session.settings.model)
        except WorkerError as error:
            progress.end("failed")
            self.health.tell(State.OFFLINE, error.message, RESTART)
            raise
        progress.end("ready")
        self.health.tell(State.READY)
        return endpoint

    def _remote_endpoint(self) -> Endpoint:
        settings = self._session.settings
        if not settings.worker_url:
            raise problems.setup(
                'bioql.mode is "remote" but no worker is set: set BIOQL_WORKER_URL or the user '
                "setting bioql.workerUrl."
            )
        endpoint = Endpoint(settings.worker_url, settings.api_key or "")
        if endpoint.api_key:
            bound_to = self._key_origins.setdefault(endpoint.api_key, endpoint.origin)
            if bound_to != endpoint.origin:
                raise problems.key_for_other_origin(endpoint.origin, bound_to)
        return endpoint

    def _forget_lost(self, error: WorkerError) -> None:
        """After a lost connection the local worker is looked for anew."""
        if error.problem in _LOST and self._client is not None:
            client, self._client = self._client, None
            self._session.start(client.close(), "closing a connection")

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    @property
    def _is_local(self) -> bool:
        return self._session.settings.answers_from is Mode.LOCAL


def consume(task: asyncio.Task[Any]) -> None:
    """Mark a failure as seen: whoever waited was told, and perhaps nobody waits any more."""
    if not task.cancelled():
        task.exception()
