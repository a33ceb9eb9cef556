"""``textDocument/inlineCompletion``: the model's text at the cursor, checked before it is shown.

The newest request of a document wins. One that it replaces is answered empty at once, and its
request at the worker is aborted; a repeated request for the same place takes over what runs.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from lsprotocol import types

from bioql_lsp import wire
from bioql_lsp.assist.accept import accepted_code
from bioql_lsp.assist.cache import AnswerCache
from bioql_lsp.assist.cells import Code
from bioql_lsp.assist.context import Hole, Place, hole_at
from bioql_lsp.assist.debounce import Debounce
from bioql_lsp.assist.trim import trim
from bioql_lsp.server.assistant import Assistant, consume
from bioql_lsp.server.configuration import until_read
from bioql_lsp.server.model_code import code_of, is_python
from bioql_lsp.server.problems import WorkerError
from bioql_lsp.server.reply import AnswerRefusedError, why_withheld
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Document, Span

_LINE_TOKENS_MAX = 64


async def inline_completion(
    session: Session, params: types.InlineCompletionParams
) -> types.InlineCompletionList:
    """The suggestion for a position, or none."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None or not is_python(snapshot):
        return types.InlineCompletionList(items=[])
    offset = snapshot.positions.offset(params.position)
    is_explicit = params.context.trigger_kind == types.InlineCompletionTriggerKind.Invoked
    suggestion = await session.service(Suggestions).suggest(snapshot, offset, is_explicit)
    if not suggestion:
        return types.InlineCompletionList(items=[])
    here = snapshot.positions.range(Span(offset, offset))
    item = types.InlineCompletionItem(insert_text=suggestion, range=here)
    return types.InlineCompletionList(items=[item])


@dataclass(eq=False)
class _Run:
    """The work for one place, and who waits for it."""

    document: Document
    offset: int
    task: asyncio.Task[str]
    superseded: asyncio.Event = field(default_factory=asyncio.Event)


class Suggestions:
    """Everything a session knows about suggestions: the cache, the pace, what runs."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._assistant = session.service(Assistant)
        self._cache = AnswerCache()
        self._debounce = Debounce()
        self._runs: dict[str, _Run] = {}

    async def known(self, snapshot: Snapshot, offset: int) -> str | None:
        """What is known to fit a place, without asking anybody; empty when nothing does."""
        return self._remembered(snapshot, await code_of(self._session, snapshot), offset)

    async def suggest(self, snapshot: Snapshot, offset: int, is_explicit: bool) -> str:
        """The text to insert at a place, empty when there is none or a newer request came."""
        run = self._take_over(snapshot, offset) or _Run(
            snapshot.document,
            offset,
            asyncio.ensure_future(self._found(snapshot, offset, is_explicit)),
        )
        self._runs[snapshot.uri] = run
        run.task.add_done_callback(consume)
        superseded = asyncio.ensure_future(run.superseded.wait())
        try:
            await asyncio.wait((run.task, superseded), return_when=asyncio.FIRST_COMPLETED)
            if run.superseded.is_set() or run.task.cancelled():
                return ""
            suggestion = run.task.result()
            return suggestion if self._session.is_current(snapshot) else ""
        finally:
            superseded.cancel()
            if self._runs.get(snapshot.uri) is run:
                del self._runs[snapshot.uri]
                run.task.cancel()

    async def aclose(self) -> None:
        """Abort what runs."""
        for run in self._runs.values():
            run.task.cancel()

    def _take_over(self, snapshot: Snapshot, offset: int) -> _Run | None:
        """End the wait of the document's last request; its work too, unless it is the same."""
        last = self._runs.get(snapshot.uri)
        if last is None:
            return None
        last.superseded.set()
        if last.document is snapshot.document and last.offset == offset:
            return _Run(last.document, last.offset, last.task)
        last.task.cancel()
        return None

    def _remembered(self, snapshot: Snapshot, code: Code, offset: int) -> str | None:
        hit = self._cache.get(self._scope(snapshot), *_around(code, offset))
        return None if hit is None else hit.rest

    def _remember(self, snapshot: Snapshot, code: Code, offset: int, answer: str) -> None:
        self._cache.put(self._scope(snapshot), *_around(code, offset), answer)

    def _scope(self, snapshot: Snapshot) -> str:
        return f"{snapshot.uri} {snapshot.options.version} {self._assistant.scope}"

    async def _found(self, snapshot: Snapshot, offset: int, is_explicit: bool) -> str:
        await until_read(self._session)
        if not self._session.settings.inline_completion.enabled or not self._assistant.is_on:
            return ""
        code = await code_of(self._session, snapshot)
        known = self._remembered(snapshot, code, offset)
        if known is not None and (known or not is_explicit):
            return known
        if not is_explicit:
            self._debounce.note_key(time.monotonic())
            if _is_too_early(snapshot, offset):
                return ""
        hole = await self._session.analyse(hole_at, code.document, code.offset(offset), is_explicit)
        if hole.place is Place.NOTHING:
            return ""
        if not is_explicit:
            await asyncio.sleep(self._wait_seconds(snapshot))
        try:
            return await self._asked(snapshot, code, offset, hole, is_explicit)
        except WorkerError:
            return ""  # the assistant has told the user

    def _wait_seconds(self, snapshot: Snapshot) -> float:
        delay_ms = snapshot.settings.inline_completion.delay_ms
        return max(delay_ms / 1000, self._debounce.wait_seconds()) if delay_ms else 0.0

    async def _asked(
        self, snapshot: Snapshot, code: Code, offset: int, hole: Hole, is_explicit: bool
    ) -> str:
        tokens_max = snapshot.settings.inline_completion.max_tokens
        request = wire.CompleteRequest(
            prefix=hole.prefix,
            suffix=hole.suffix,
            bioql_version=snapshot.options.version,
            max_tokens=min(tokens_max, _LINE_TOKENS_MAX) if hole.place.is_one_line else tokens_max,
        )
        started_at = time.monotonic()
        reply = await self._assistant.ask(request, is_explicit)
        self._debounce.note_response(time.monotonic() - started_at)

        async def accept(answer: str) -> str:
            restored = hole.masked.restore(answer)
            version = request.bioql_version
            accepted: str | None = await self._session.analyse(
                _accepted, code.document, code.offset(offset), hole.place, restored, version
            )
            if accepted is None:
                raise AnswerRefusedError(why_withheld(None))
            self._remember(snapshot, code, offset, accepted)
            return accepted

        settled = await self._assistant.settle(reply, accept)
        if not settled.code:
            self._remember(snapshot, code, offset, "")
        return settled.code


def _around(code: Code, offset: int) -> tuple[str, str]:
    text, at = code.document.text, code.offset(offset)
    return text[:at], text[at:]


def _accepted(
    document: Document, offset: int, place: Place, answer: str, bioql_version: str
) -> str | None:
    trimmed = trim(answer, document, offset, place)
    return accepted_code(document, Span(offset, offset), trimmed, bioql_version)


def _is_too_early(snapshot: Snapshot, offset: int) -> bool:
    """Whether too little of the line is typed; an empty line is a place of its own."""
    line = snapshot.document.position(offset).line
    start = snapshot.document.line_starts[line]
    typed = snapshot.text[start:offset].strip()
    return 0 < len(typed) < snapshot.settings.inline_completion.min_prefix_length
