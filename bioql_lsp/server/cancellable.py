"""Work with progress in the editor, where the user can cancel it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Coroutine
from typing import Any, TypeVar

from lsprotocol import types

from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.session import Session

T = TypeVar("T")


async def with_progress(session: Session, title: str, work: Coroutine[Any, Any, T]) -> T:
    """The result of some work; it is cancelled with the request, or by its progress.

    It does not wait for the client to answer, and runs without progress in one that shows none.
    """
    task = asyncio.ensure_future(work)
    if not session.client.has_work_done_progress:
        return await task
    shown = session.start(_show(session, title, task), "showing progress")
    try:
        return await task
    finally:
        shown.cancel()


async def _show(session: Session, title: str, task: asyncio.Task[T]) -> None:
    """Show progress until the task is done, and cancel the task when the user asks for that."""
    token, progress = str(uuid.uuid4()), session.server.work_done_progress
    try:
        await progress.create_async(token)
    except Exception as error:
        log_failure(error, "window/workDoneProgress/create")
        return
    progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=True))
    asked = progress.tokens[token]
    asked.add_done_callback(lambda _future: task.cancel())
    try:
        await asyncio.wait([task])
    finally:
        progress.end(token, types.WorkDoneProgressEnd())
        del progress.tokens[token]
