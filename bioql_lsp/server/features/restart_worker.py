"""``bioql.restartWorker``: a new local worker, or a new connection to a remote one."""

from __future__ import annotations

from bioql_lsp.server.assistant import Assistant
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.problems import WorkerError
from bioql_lsp.server.session import Session


async def restart_worker(session: Session) -> dict[str, str]:
    """Start over, and say so. Raises RequestError where no worker comes up."""
    assistant = session.service(Assistant)
    try:
        await assistant.restart()
    except WorkerError as error:
        raise RequestError(error.message) from None
    message = "The worker is ready."
    assistant.health.show(message)
    return {"state": "ready", "message": message}
