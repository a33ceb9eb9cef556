"""``/v1/completions``, ``/v1/chat/completions`` and ``/v1/models`` as other clients know them.

Billed like everything else. There is no buffer to verify an answer in, so ``verified`` is null.
"""

from __future__ import annotations

import json
import time
from typing import Any, Literal

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from bioql_lsp.wire import StreamDelta
from bioql_lsp.worker import contract
from bioql_lsp.worker.bodies import read_json, validated
from bioql_lsp.worker.connection import EventStream, error_body, result_while_connected
from bioql_lsp.worker.errors import ServiceError, answer_gone
from bioql_lsp.worker.openai_wire import (
    ChatAnswer,
    ChatChoice,
    ChatChunk,
    ChatCompletion,
    ChatDelta,
    ChatRequest,
    Chunk,
    Completion,
    CompletionRequest,
    Figures,
    FinishReason,
    ModelList,
    Said,
    ServedModel,
    TextChoice,
    TextChunk,
    TokenUsage,
)
from bioql_lsp.worker.render import answer_out
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.routes import bearer_key, request_id_of, service_of
from bioql_lsp.worker.work import raw_work

BODIES = (CompletionRequest, ChatRequest)
PARTS = (TextChunk, ChatChunk)
_STREAM = "The answer; with `stream`, chunks and `[DONE]`, or one `error`"
_END_WORD = "[DONE]"
_END = f"data: {_END_WORD}\n\n"

router = APIRouter(prefix="/v1")


class _Wording:
    """Chunks, the last of them with the finish and the usage, and the client's end mark."""

    def __init__(self, *, is_chat: bool, head: Chunk, has_usage_chunk: bool) -> None:
        self._is_chat = is_chat
        self._head = head
        self._has_usage_chunk = has_usage_chunk
        self._told_chars = 0

    def delta(self, delta: StreamDelta) -> str:
        return self._data(self._chunk(delta.delta, None))

    def result(self, result: Result) -> str:
        """The end; of an answer that was known before, all of the text."""
        last = self._chunk((result.code or "")[self._told_chars :], _reason(result))
        figures = self._figures(result).model_dump()
        if not self._has_usage_chunk:
            return self._data(last | figures) + _END
        return self._data(last) + self._data(last | {"choices": []} | figures) + _END

    def error(self, error: ServiceError) -> str:
        return self._data(error_body(error, self._head.id).model_dump())

    def body(self, result: Result) -> dict[str, Any]:
        """The answer in one piece."""
        text, reason = result.code or "", _reason(result)
        common = dict(self._head) | dict(self._figures(result))
        if self._is_chat:
            chat = ChatChoice(finish_reason=reason, message=ChatAnswer(content=text))
            return ChatCompletion(choices=[chat], **common).model_dump()
        choice = TextChoice(finish_reason=reason, text=text)
        return Completion(choices=[choice], **common).model_dump()

    def _chunk(self, text: str, reason: FinishReason | None) -> dict[str, Any]:
        role: Literal["assistant"] | None = None if self._told_chars else "assistant"
        self._told_chars += len(text)
        if self._is_chat:
            piece = ChatDelta(finish_reason=reason, delta=Said(role=role, content=text))
            return ChatChunk(choices=[piece], **dict(self._head)).model_dump()
        choice = TextChoice(finish_reason=reason, text=text)
        return TextChunk(choices=[choice], **dict(self._head)).model_dump()

    def _figures(self, result: Result) -> Figures:
        answer = answer_out(result, self._head.model)
        prompt, completion = answer.usage.prompt_tokens, answer.usage.completion_tokens
        return Figures(
            usage=TokenUsage(
                prompt_tokens=prompt,
                completion_tokens=completion,
                total_tokens=prompt + completion,
            ),
            replayed=result.is_replayed,
            cost=answer.cost,
            account=answer.account,
        )

    @staticmethod
    def _data(value: dict[str, Any]) -> str:
        return f"data: {json.dumps(value)}\n\n"


def _reason(result: Result) -> FinishReason:
    """These clients know no third way to end: what was cut short was cut short."""
    return "length" if result.finish in ("length", "cancelled") else "stop"


def _published(request: type, response: type, chunk: type) -> dict[str, Any]:
    return {
        "response_model": response,
        "responses": contract.success(_STREAM, contract.chunks(chunk, _END_WORD))
        | contract.errors(*contract.ANSWERING),
        "openapi_extra": contract.keyed() | contract.idempotent() | contract.body(request),
    }


@router.post("/completions", **_published(CompletionRequest, Completion, TextChunk))
async def completions(request: Request) -> Response:
    """Complete a text."""
    return await _answer(request, CompletionRequest)


@router.post("/chat/completions", **_published(ChatRequest, ChatCompletion, ChatChunk))
async def chat_completions(request: Request) -> Response:
    """Answer a conversation."""
    return await _answer(request, ChatRequest)


@router.get(
    "/models",
    response_model=ModelList,
    responses=contract.success("The models") | contract.errors(*contract.READING),
    openapi_extra=contract.keyed(),
)
async def models(request: Request) -> Response:
    """The one model that is served."""
    await service_of(request).authenticate(bearer_key(request))
    return JSONResponse(ModelList(data=[_served(request)]).model_dump())


@router.get(
    "/models/{model:path}",
    response_model=ServedModel,
    responses=contract.success("The model") | contract.errors(*contract.READING, 404),
    openapi_extra=contract.keyed() | contract.path_parameter("model"),
)
async def model(request: Request) -> Response:
    """One model by its id."""
    await service_of(request).authenticate(bearer_key(request))
    served = _served(request)
    if request.path_params["model"] != served.id:
        raise ServiceError(404, "not_found", "no such model: GET /v1/models lists what is served")
    return JSONResponse(served.model_dump())


def _served(request: Request) -> ServedModel:
    engine_model = service_of(request).dispatcher.engine.model
    return ServedModel(id=engine_model, created=request.app.state.started_seconds)


async def _answer(request: Request, model: type[CompletionRequest] | type[ChatRequest]) -> Response:
    service = service_of(request)
    value = await read_json(request)
    principal = await service.authenticate(bearer_key(request))
    body = validated(model, value)
    work = raw_work(body.task(), body.sampling(), request_id_of(request), body.stops())
    is_streamed = bool(body.stream)
    running = await service.begin(principal, work, is_streamed=is_streamed)
    head = Chunk(
        id=work.request_id, created=int(time.time()), model=service.dispatcher.engine.model
    )
    wording = _Wording(
        is_chat=model is ChatRequest, head=head, has_usage_chunk=body.has_usage_chunk
    )
    if is_streamed and not running.is_done:
        return EventStream(running, wording)
    result = await result_while_connected(request, running)
    if result.has_no_answer:
        raise answer_gone()
    if is_streamed:
        running.join()
        return EventStream(running, wording)
    return JSONResponse(wording.body(result))
