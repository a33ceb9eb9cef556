"""Answers that the user asked for by a command: into the document, and words about them."""

from __future__ import annotations

from bioql_lsp.assist.accept import accepted_code
from bioql_lsp.assist.cells import Code
from bioql_lsp.server.assistant import Assistant
from bioql_lsp.server.edits import apply_edits
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.reply import AnswerRefusedError, Settled, why_withheld
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Edit, Span

CHANGED = (
    "The document changed while the answer was being made, so nothing was inserted and nothing "
    "is charged. Ask again."
)


async def checked(session: Session, snapshot: Snapshot, code: Code, span: Span, answer: str) -> str:
    """The answer for a span of the snapshot, repaired if need be. Raises AnswerRefusedError."""
    version = snapshot.options.version
    accepted: str | None = await session.analyse(
        accepted_code, code.document, code.span(span), answer, version
    )
    if accepted is None:
        raise AnswerRefusedError(why_withheld(None))
    if not session.is_current(snapshot):
        raise AnswerRefusedError(CHANGED)
    return accepted


async def put(session: Session, snapshot: Snapshot, span: Span, code: str, label: str) -> str:
    """Have the editor put code over a span. Raises AnswerRefusedError where it did not."""
    if not session.client.has_apply_edit:
        return code
    try:
        await apply_edits(session, snapshot, [Edit(span, code)], label)
    except ContentModifiedError:
        raise AnswerRefusedError(CHANGED) from None
    return code


def failed(session: Session, message: str) -> Settled:
    """The result of a command whose request came to nothing."""
    balance_usd = session.service(Assistant).meter.balance_usd
    return Settled("", "failed", False, "0.000000000", balance_usd, message)


def told(session: Session, settled: Settled) -> Settled:
    """The result of a command, its reason shown where there is no code."""
    if settled.message:
        session.service(Assistant).health.show(settled.message)
    return settled
