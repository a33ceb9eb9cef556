"""``Fix BioQL code``: the model rewrites a range, as a lazy action or by ``bioql.fix``."""

from __future__ import annotations

from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp import wire
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.assist.cells import Code
from bioql_lsp.assist.context import Window, window_around
from bioql_lsp.server.analyses import findings
from bioql_lsp.server.answers import checked, failed, put, told
from bioql_lsp.server.assistant import CANDIDATES, Assistant
from bioql_lsp.server.edits import workspace_edit
from bioql_lsp.server.fix_target import read_target, statement_span
from bioql_lsp.server.guard import InvalidParamsError, RequestError
from bioql_lsp.server.model_code import code_of
from bioql_lsp.server.problems import WorkerError
from bioql_lsp.server.reply import Accept, Settled
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Edit, Span

_TOKENS_MAX = 512
_FINDINGS_MAX = 20


@attrs.frozen
class FixArguments:
    """What to rewrite; an empty range stands for the statement around it."""

    uri: str
    range: types.Range


async def fix(session: Session, arguments: FixArguments) -> dict[str, Any]:
    """Rewrite a range; the result is as that of ``bioql.generate``."""
    snapshot = session.snapshot(arguments.uri)
    span = snapshot.positions.span(arguments.range)
    code = await code_of(session, snapshot)
    if not span.length:
        span = await session.analyse(_statement, code.own_text, span)

    async def use(answer: str) -> str:
        return await put(session, snapshot, span, answer, "BioQL: fix")

    return attrs.asdict(await _fixed(session, snapshot, code, span, use))


async def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The lazy action with its edit; as it was where there is none, which is told then."""
    target = read_target(action.data)
    if target is None:
        raise InvalidParamsError("This action is not one of ours.")
    snapshot, span = target.locate(session)

    async def use(answer: str) -> str:
        action.edit = workspace_edit(session, snapshot, [Edit(span, answer)])
        return answer

    await _fixed(session, snapshot, await code_of(session, snapshot), span, use)
    return action


async def _fixed(
    session: Session, snapshot: Snapshot, code: Code, span: Span, use: Accept
) -> Settled:
    _check_target(snapshot.document.slice(span), code.document.slice(code.span(span)))
    assistant = session.service(Assistant)
    window = await session.analyse(window_around, code.document, code.span(span))
    found = await findings(session, snapshot)
    request = wire.FixRequest(
        code=window.text,
        findings=[
            _sent(finding, code.span(finding.span), window)
            for finding in found
            if finding.span.touches(span)
        ][:_FINDINGS_MAX],
        start=window.target.start,
        end=window.target.end,
        bioql_version=snapshot.options.version,
        max_tokens=_TOKENS_MAX,
        n=CANDIDATES,
    )
    try:
        reply = await assistant.ask(request, is_explicit=True)
    except WorkerError as error:
        return failed(session, error.message)

    async def accept(answer: str) -> str:
        return await use(await checked(session, snapshot, code, span, window.restore(answer)))

    settled = told(session, await assistant.settle(reply, accept))
    if settled.code:
        cost = f"{settled.cost_usd} USD, balance {settled.balance_usd} USD"
        assistant.health.show(f"The fix cost {cost}.")
    return settled


def _statement(text: str, span: Span) -> Span:
    return statement_span(Syntax(text), span)


def _check_target(written: str, python: str) -> None:
    """Refuse to rewrite what holds no code, or what the model does not get to see."""
    if not written.strip():
        raise InvalidParamsError("There is no code in this range. Select what to fix.")
    if written != python:
        raise RequestError(
            "Lines for IPython alone, such as %magics, can't be rewritten. Select only Python."
        )


def _sent(finding: Finding, span: Span, window: Window) -> wire.FindingOut:
    start, end = window.offset(span.start), window.offset(span.end)
    return wire.FindingOut(
        code=finding.code,
        severity=finding.severity.value,
        message=window.masked.hide(finding.message),
        start=start,
        end=end,
    )
