"""``/v1/completions``, ``/v1/chat/completions`` and ``/v1/models`` as other clients know them.

Billed like everything else. There is no buffer to verify an answer in, so ``verified`` is null.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from bioql_lsp.worker.bodies import read_json, validated
from bioql_lsp.worker.connection import EventStream, error_body, result_while_connected
from bioql_lsp.worker.engines.base import Infill, Instruct, Sampling
from bioql_lsp.worker.errors import ServiceError, invalid
from bioql_lsp.worker.render import answer_out
from bioql_lsp.worker.routes import bearer_key, request_id_of, service_of
from bioql_lsp.worker.running import Result
from bioql_lsp.worker.work import raw_work

router = APIRouter(prefix="/v1")


class _OpenAIRequest(BaseModel):
    """What both endpoints know; fields that mean nothing here are ignored."""

    model_config = ConfigDict(extra="ignore")

    model: str = ""
    max_tokens: int | None = Field(None, ge=1, le=2048)
    max_completion_tokens: int | None = Field(None, ge=1, le=2048)
    temperature: float | None = Field(0.0, ge=0.0, le=2.0)
    seed: int | None = Field(None, ge=0, lt=2**63)
    n: Literal[1] | None = 1
    stream: bool | None = False

    def sampling(self) -> Sampling:
        """How to choose tokens."""
        max_tokens = self.max_completion_tokens or self.max_tokens or 256
        return Sampling(max_tokens, self.temperature or 0.0, self.seed)


class CompletionRequest(_OpenAIRequest):
    """``POST /v1/completions``; with a ``suffix`` the hole before it is filled."""

    prompt: str
    suffix: str | None = None

    def task(self) -> Infill:
        """What the engine shall do."""
        return Infill(self.prompt, self.suffix or "")


class _TextPart(BaseModel):
    type: Literal["text"]
    text: str


class _ChatMessage(BaseModel):
    role: str
    content: str | list[_TextPart]

    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, str):
            return self.content
        return "".join(part.text for part in self.content)


class ChatRequest(_OpenAIRequest):
    """``POST /v1/chat/completions``."""

    messages: list[_ChatMessage] = Field(min_length=1)

    def task(self) -> Instruct:
        """What the engine shall do: one instruction of all that was said. Raises ServiceError."""
        instruction = "\n\n".join(message.text() for message in self.messages)
        if not instruction.strip():
            raise invalid("messages: there is no text in them")
        return Instruct(instruction)


@dataclass(frozen=True, slots=True)
class _Wording:
    """Chunks, the last one with the finish and the usage, and the client's end mark."""

    is_chat: bool
    model: str
    request_id: str
    created: int

    def delta(self, text: str) -> str:
        return self._data(self._chunk(text, None))

    def result(self, result: Result) -> str:
        return self._data({**self._chunk("", result), **self._figures(result)}) + _END

    def error(self, error: ServiceError) -> str:
        return self._data(error_body(error, self.request_id).model_dump())

    def body(self, result: Result) -> dict[str, Any]:
        """The answer in one piece."""
        choice = self._choice("message", result.code or "", _reason(result))
        name = "chat.completion" if self.is_chat else "text_completion"
        return {**self._head(name), "choices": [choice], **self._figures(result)}

    def _chunk(self, text: str, result: Result | None) -> dict[str, Any]:
        choice = self._choice("delta", text, None if result is None else _reason(result))
        name = "chat.completion.chunk" if self.is_chat else "text_completion"
        return {**self._head(name), "choices": [choice]}

    def _choice(self, chat_name: str, text: str, reason: str | None) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": reason}
        if self.is_chat:
            return {**choice, chat_name: {"role": "assistant", "content": text}}
        return {**choice, "text": text}

    def _head(self, name: str) -> dict[str, Any]:
        return {
            "id": self.request_id,
            "object": name,
            "created": self.created,
            "model": self.model,
        }

    def _figures(self, result: Result) -> dict[str, Any]:
        answer = answer_out(result, self.model)
        usage = answer.usage
        return {
            "usage": {
                "prompt_tokens": usage.prompt_tokens,
                "completion_tokens": usage.completion_tokens,
                "total_tokens": usage.prompt_tokens + usage.completion_tokens,
            },
            "verified": None,
            **({"replayed": True} if result.is_replayed else {}),
            "cost": answer.cost.model_dump(),
            "account": answer.account.model_dump(),
        }

    @staticmethod
    def _data(value: dict[str, Any]) -> str:
        return f"data: {json.dumps(value)}\n\n"


_END = "data: [DONE]\n\n"


def _reason(result: Result) -> str:
    return "length" if result.finish == "length" else "stop"


@router.post("/completions")
async def completions(request: Request) -> Response:
    """Complete a text."""
    return await _answer(request, CompletionRequest)


@router.post("/chat/completions")
async def chat_completions(request: Request) -> Response:
    """Answer a conversation."""
    return await _answer(request, ChatRequest)


@router.get("/models")
async def models(request: Request) -> Response:
    """The one model that is served."""
    service = service_of(request)
    await service.authenticate(bearer_key(request))
    model = {"id": service.scheduler.engine.model, "object": "model", "owned_by": "bioql"}
    return JSONResponse({"object": "list", "data": [model]})


async def _answer(request: Request, model: type[CompletionRequest] | type[ChatRequest]) -> Response:
    service = service_of(request)
    value = await read_json(request)
    principal = await service.authenticate(bearer_key(request))
    body = validated(model, value)
    work = raw_work(body.task(), body.sampling(), request_id_of(request))
    is_streamed = bool(body.stream)
    running = await service.begin(principal, work, is_streamed=is_streamed)
    engine_model = service.scheduler.engine.model
    wording = _Wording(model is ChatRequest, engine_model, work.request_id, int(time.time()))
    if is_streamed:
        return EventStream(running, wording)
    return JSONResponse(wording.body(await result_while_connected(request, running)))
