"""The ``openai`` engine: vLLM, TGI, llama.cpp's server, ``transformers serve``, Ollama.

It asks for streams, stops them by the same rules as local engines, and closes the connection as
soon as an answer is complete or nobody wants it any more, which makes each of these servers stop.
No stop strings are sent: they would take characters off an answer that our rules keep.

Where the upstream ends an answer, its usage may follow. Whatever else comes then, errors too, is
no reason to lose the answer.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from bioql_lsp.worker.engines.base import (
    EngineNotReadyError,
    FactsKind,
    Piece,
    ProgressReport,
    Prompt,
    Sampling,
    Task,
    UpstreamError,
)
from bioql_lsp.worker.engines.openai.address import Address
from bioql_lsp.worker.engines.openai.answer import AnswerReader
from bioql_lsp.worker.engines.openai.choice import AUTO, Choice
from bioql_lsp.worker.engines.openai.chunks import Chunk, read_chunk
from bioql_lsp.worker.engines.openai.probe import Probe
from bioql_lsp.worker.engines.openai.stream import (
    Patience,
    Waits,
    events,
    new_client,
    open_events,
)
from bioql_lsp.worker.engines.openai.way import ForeignTokenizer, Way

REQUESTS_MAX: Final = 32
READY_SECONDS_MAX: Final = 600.0
CONTEXT_TOKENS_DEFAULT: Final = 2048
_ANSWER_BYTES: Final = 1024 * 1024
_TOKEN_BYTES: Final = 4096

_LOG = logging.getLogger("bioql.worker")


class OpenAIEngine:
    """An upstream that speaks OpenAI's protocol."""

    name = "openai"

    def __init__(
        self,
        url: str,
        model: str | None = None,
        *,
        tokenizer: str | Path | None = None,
        api_key: str | None = None,
        prompt_form: str = AUTO,
        requests_max: int | None = None,
        context_tokens_max: int | None = None,
        waits: Waits | None = None,
        ready_seconds_max: float = READY_SECONDS_MAX,
    ) -> None:
        self.model = model or ""
        self.revision = ""
        self.context_tokens_max = context_tokens_max or 0
        self.requests_max = requests_max or REQUESTS_MAX
        self.facts_kind: FactsKind = "none"
        self._address = Address.of(url, api_key)
        self._wanted = model
        self._tokenizer = None if tokenizer is None else Path(tokenizer)
        self._prompt_form = prompt_form
        self._waits = waits or Waits()
        self._ready_seconds_max = ready_seconds_max
        self._closing = threading.Event()
        self._abort_loading: Callable[[], object] | None = None
        self._way: Way | None = None
        self._client: httpx.AsyncClient | None = None

    def load(self, report: ProgressReport) -> None:
        """Wait for the upstream and find out how to ask it; ``close`` ends that at once.

        It belongs on a thread that may wait. Raises UpstreamError.
        """
        try:
            asyncio.run(self._load(report))
        except asyncio.CancelledError:
            raise self._address.error("was not waited for: the worker ends.") from None

    async def _load(self, report: ProgressReport) -> None:
        """On a loop of the loading thread's own, so that nothing that it waits for holds it."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self._abort_loading = lambda: loop.call_soon_threadsafe(task.cancel)
        if self._closing.is_set():  # looked at after the line above: ``close`` sets it before
            raise asyncio.CancelledError
        report(0.0, f"asking {self._address.host}")
        known = None if self._tokenizer is None else ForeignTokenizer.read(self._tokenizer)
        probe = Probe(self._address, self._waits, self._ready_seconds_max, report)
        try:
            facts = await probe.facts(self._wanted)
            self.context_tokens_max = (
                self.context_tokens_max
                or facts.context_tokens_max
                or (known.context_tokens_max if known else None)
                or CONTEXT_TOKENS_DEFAULT
            )
            choice = Choice(self._address, probe, facts, known, self.context_tokens_max)
            way = await choice.choose(self._prompt_form, report)
        finally:
            await probe.close()
        self.model = facts.model
        self.revision = f"{facts.revision}-{way.writer.form}"
        self.facts_kind = way.writer.facts_kind
        self._way = way
        report(1.0, f"ready: {self._address.host} takes prompts as {way.writer.form}")

    def prompt(self, task: Task, max_new_tokens: int) -> Prompt:
        """The task in the form that the upstream takes.

        Raises PromptTooLongError and EngineNotReadyError.
        """
        return self._ready().writer.write(task, max_new_tokens)

    async def stream(self, prompt: Prompt, task: Task, sampling: Sampling) -> AsyncGenerator[Piece]:
        """Pieces until one has a ``finish``; closing the iterator closes the upstream's request.

        Tokens are counted by events until the last piece, whose count is the upstream's own or the
        tokenizer's. That piece also has the upstream's count of the prompt, where it came: it comes
        at the end of a stream, which an answer that our rules end never sees. Raises UpstreamError.
        """
        way = self._ready()
        room = max(self.context_tokens_max - len(prompt.ids), 1)
        sampling = replace(sampling, max_new_tokens=min(sampling.max_new_tokens, room))
        reader = AnswerReader(
            task,
            sampling.max_new_tokens,
            way.text_filter(task),
            way.count,
            self.context_tokens_max,
            copies=prompt.copies,
        )
        async with aclosing(self._chunks(way, prompt, sampling)) as chunks:
            async for chunk in chunks:
                piece = reader.read(chunk)
                if piece is not None:
                    yield piece
                    if piece.finish is not None:
                        return
        if not reader.is_ended:
            raise self._address.error("ended the stream in the middle of an answer: see its log.")
        yield reader.end()

    async def close(self) -> None:
        """Close every connection, and make an unfinished ``load`` fail."""
        self._closing.set()
        if self._abort_loading is not None:
            with suppress(RuntimeError):  # its loop is closed: it is over
                self._abort_loading()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _chunks(self, way: Way, prompt: Prompt, sampling: Sampling) -> AsyncGenerator[Chunk]:
        """Events until the upstream ends the stream, each in time.

        Raises UpstreamError, but not behind the end of the answer.
        """
        body = way.body(self.model, prompt, sampling)
        bytes_max = _ANSWER_BYTES + _TOKEN_BYTES * sampling.max_new_tokens
        patience = Patience(self._waits)
        response = await self._open(way.path, body, patience)
        is_warned = False
        async with (
            aclosing(response),
            aclosing(events(self._address, response, bytes_max)) as lines,
        ):
            while True:
                try:
                    chunk = await self._next(lines, patience)
                except UpstreamError as error:
                    if not patience.is_ended:
                        raise
                    if not is_warned:
                        _LOG.warning("ignored behind an answer", extra={"error": str(error)})
                    is_warned = True
                    continue
                if chunk is None:
                    return
                patience.note(chunk)
                yield chunk

    async def _next(self, lines: AsyncGenerator[str], patience: Patience) -> Chunk | None:
        """The next event; None at the end of the stream. Raises UpstreamError."""
        try:
            async with asyncio.timeout_at(patience.deadline):
                data = await anext(lines, None)
        except TimeoutError:
            if patience.is_ended:
                return None
            raise self._stalled(patience) from None
        return None if data is None else read_chunk(self._address, data)

    async def _open(self, path: str, body: dict[str, Any], patience: Patience) -> httpx.Response:
        if self._client is None:
            self._client = new_client(self._address, self._waits, self.requests_max)
        try:
            async with asyncio.timeout_at(patience.deadline):
                return await open_events(self._client, self._address, path, body)
        except TimeoutError:
            raise self._stalled(patience) from None

    def _stalled(self, patience: Patience) -> UpstreamError:
        return self._address.error(f"wrote nothing for {patience.seconds:g} seconds: see its log.")

    def _ready(self) -> Way:
        if self._way is None:
            raise EngineNotReadyError("The upstream has not been asked yet.")
        return self._way
