"""``bioql.explain``: what a sentence compiles to, in words and as data."""

from __future__ import annotations

import asyncio
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.hover import sentence_hover
from bioql_lsp.analysis.program.lints import lints
from bioql_lsp.analysis.program.lints_model import Lint
from bioql_lsp.analysis.program.model import Compiled
from bioql_lsp.analysis.program.summary import summary
from bioql_lsp.explain_view import as_json, as_text
from bioql_lsp.server.client import client_commands
from bioql_lsp.server.guard import InvalidParamsError
from bioql_lsp.server.sentence_requests import Place, lints_of, sentence_there
from bioql_lsp.server.session import Session
from bioql_lsp.server.told import tell

_OWN_VIEWS = frozenset({"bioql.previewCircuit", "bioql.explain"})
_SENTENCE_CHARS_MAX = 100_000
_OPERATIONS_MAX = 20_000
_DIGITS_MAX = 300


@attrs.frozen
class ExplainArguments:
    """A sentence, or the place in an open document where one stands."""

    sentence: str | None = None
    uri: str | None = None
    position: types.Position | None = None


async def explain(session: Session, arguments: ExplainArguments) -> dict[str, Any]:
    """Explain a sentence: ``{markdown, text, explanation}``.

    ``explanation`` is what ``bioql-lsp explain --format json`` prints; beyond 20,000 operations it
    is truncated. A client without a view of its own for it gets a message as well.
    """
    text, mode, found = await _read(session, arguments)
    compiled = await asyncio.to_thread(compile_sentence, text)
    about = await session.analyse(_markdown, text, mode)
    words, explanation = await asyncio.to_thread(_told, compiled, found)
    if _OWN_VIEWS.isdisjoint(client_commands(session.server.initialize_params)):
        tell(session, f"this sentence gives {summary(compiled)}.")
    return {"markdown": about, "text": words, "explanation": explanation}


async def _read(
    session: Session, arguments: ExplainArguments
) -> tuple[str, str | None, Sequence[Lint]]:
    """The sentence, the mode of its call, and what is wrong with it."""
    text = arguments.sentence
    if text is None:
        if arguments.uri is None or arguments.position is None:
            raise InvalidParamsError("bioql.explain takes a sentence, or uri and position.")
        place = Place(arguments.uri, arguments.position)
        sentence = await sentence_there(session, place)
        return sentence.text, sentence.mode, await session.analyse(lints_of, sentence)
    if len(text) > _SENTENCE_CHARS_MAX:
        raise InvalidParamsError(f"sentence may have {_SENTENCE_CHARS_MAX:,} characters at most.")
    return text, None, await session.analyse(lints, text)


def _markdown(text: str, mode: str | None) -> str:
    # At the end no word is under the cursor: the whole sentence is described.
    return sentence_hover(text, len(text), mode=mode).markdown


def _told(compiled: Compiled, found: Sequence[Lint]) -> tuple[str, dict[str, Any]]:
    return as_text(compiled, found), explanation_of(compiled, found)


def explanation_of(compiled: Compiled, found: Sequence[Lint]) -> dict[str, Any]:
    """The explanation as data; with more operations than an editor shows only their counts."""
    is_listed = compiled.is_truncated or compiled.operation_count <= _OPERATIONS_MAX
    told = compiled if is_listed else replace(compiled, layers=())
    data: dict[str, Any] = json.loads(
        "".join(as_json(told, found)), parse_float=_finite, parse_int=_writable
    )
    if not is_listed:
        data |= {"random": compiled.has_random, "truncated": True}
        data["gate_counts"] = dict(compiled.gate_counts)
    return data


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else math.copysign(sys.float_info.max, number)


def _writable(digits: str) -> int | str:
    """A whole number; one too long for any program that reads JSON stays text."""
    return int(digits) if len(digits) <= _DIGITS_MAX else digits
