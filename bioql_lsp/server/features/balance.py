"""``bioql.balance``: the account at the worker, shown and given back."""

from __future__ import annotations

from typing import Any

from bioql_lsp.server.assistant import Assistant
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.problems import WorkerError
from bioql_lsp.server.session import Session
from bioql_lsp.server.usage import format_usd


async def balance(session: Session) -> dict[str, Any]:
    """The balance, what is held and available, limits, the month's usage and the session's cost.

    Raises RequestError where the worker cannot be asked.
    """
    assistant = session.service(Assistant)
    try:
        status = await assistant.account()
    except WorkerError as error:
        raise RequestError(error.message) from None
    session_usd = format_usd(assistant.meter.session_usd)
    assistant.health.show(
        f"{status.email}: balance {status.balance_usd} USD, available {status.available_usd} USD; "
        f"this session {session_usd} USD, this month {status.month_cost_usd} USD in "
        f"{status.month_requests} requests."
    )
    return {**status.model_dump(), "session_usd": session_usd}
