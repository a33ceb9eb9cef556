"""``bioql.generate``: statements for an instruction, inserted into the version it was asked for."""

from __future__ import annotations

from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp import wire
from bioql_lsp.assist.context import window_around
from bioql_lsp.server.answers import checked, failed, put, told
from bioql_lsp.server.assistant import CANDIDATES, Assistant
from bioql_lsp.server.guard import InvalidParamsError
from bioql_lsp.server.model_code import code_of
from bioql_lsp.server.problems import WorkerError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Span

_TOKENS_MAX = 512
_INSTRUCTION_CHARACTERS_MAX = 8_000


@attrs.frozen
class GenerateArguments:
    """Where to insert, and what the code shall do."""

    uri: str
    position: types.Position
    instruction: str


async def generate(session: Session, arguments: GenerateArguments) -> dict[str, Any]:
    """Insert code for an instruction.

    The result is ``{code, finish, verified, cost_usd, balance_usd, message}``; where nothing was
    inserted, ``code`` is empty and ``message`` says why.
    """
    instruction = arguments.instruction.strip()
    if not 0 < len(instruction) <= _INSTRUCTION_CHARACTERS_MAX:
        raise InvalidParamsError(
            f"instruction must have 1 to {_INSTRUCTION_CHARACTERS_MAX} characters."
        )
    snapshot = session.snapshot(arguments.uri)
    offset = _line_place(snapshot, snapshot.positions.offset(arguments.position))
    span = Span(offset, offset)
    code = await code_of(session, snapshot)
    window = await session.analyse(window_around, code.document, code.span(span))
    request = wire.GenerateRequest(
        instruction=window.masked.hide(instruction),
        context=window.text,
        insert_at=window.target.start,
        bioql_version=snapshot.options.version,
        max_tokens=_TOKENS_MAX,
        n=CANDIDATES,
    )
    assistant = session.service(Assistant)
    try:
        reply = await assistant.ask(request, is_explicit=True)
    except WorkerError as error:
        return attrs.asdict(failed(session, error.message))

    async def accept(answer: str) -> str:
        accepted = await checked(session, snapshot, code, span, window.restore(answer))
        return await put(session, snapshot, span, accepted, "BioQL: generate")

    return attrs.asdict(told(session, await assistant.settle(reply, accept)))


def _line_place(snapshot: Snapshot, offset: int) -> int:
    """The offset, or the end of its line where it would cut a statement in two."""
    line = snapshot.document.line_span(snapshot.document.position(offset).line)
    left, right = snapshot.text[line.start : offset], snapshot.text[offset : line.end]
    return line.end if left.strip() and right.strip() else offset
