"""The endpoints under ``/v1``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from billing.prices import format_usd
from bioql_lsp.wire import (
    Account,
    AccountStatus,
    Answer,
    CompleteRequest,
    ErrorEnvelope,
    FixRequest,
    GenerateRequest,
    Message,
    RequestBase,
    StreamDelta,
    VoidRequest,
)
from bioql_lsp.worker import contract
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.bodies import read_json, validated
from bioql_lsp.worker.connection import EventStream, error_body, result_while_connected
from bioql_lsp.worker.errors import ServiceError
from bioql_lsp.worker.render import account_out, answer_out
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.work import (
    Work,
    request_id_from,
    work_for_completion,
    work_for_fix,
    work_for_generation,
)

BODIES = (CompleteRequest, GenerateRequest, FixRequest, VoidRequest)
PARTS = (StreamDelta,)
_STREAM = "The answer; with `stream`, events `delta`, then one `answer` or one `error`"
_EVENTS = contract.events(delta=StreamDelta, answer=Answer, error=ErrorEnvelope)

router = APIRouter(prefix="/v1")
RequestT = TypeVar("RequestT", bound=RequestBase)


def service_of(request: Request) -> AnswerService:
    """The application's one service."""
    service: AnswerService = request.app.state.service
    return service


def bearer_key(request: Request) -> str | None:
    """The key of ``Authorization: Bearer KEY``, None where there is none."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def request_id_of(request: Request) -> str:
    """The client's Idempotency-Key, else the id that the gate made. Raises ServiceError (422)."""
    return request_id_from(request.headers.get("idempotency-key"), request.state.request_id)


def _answering(model: type[RequestBase]) -> dict[str, Any]:
    """What is published of an endpoint that answers with code."""
    return {
        "response_model": Answer,
        "responses": contract.success(_STREAM, _EVENTS) | contract.errors(*contract.ANSWERING),
        "openapi_extra": contract.keyed() | contract.idempotent() | contract.body(model),
    }


@router.post("/complete", **_answering(CompleteRequest))
async def complete(request: Request) -> Response:
    """Fill the hole between a prefix and a suffix."""
    return await _answer(request, CompleteRequest, work_for_completion)


@router.post("/generate", **_answering(GenerateRequest))
async def generate(request: Request) -> Response:
    """Write code for an instruction."""
    return await _answer(request, GenerateRequest, work_for_generation)


@router.post("/fix", **_answering(FixRequest))
async def fix(request: Request) -> Response:
    """Rewrite a range of code so that its findings go away."""
    return await _answer(request, FixRequest, work_for_fix)


async def _answer(
    request: Request, model: type[RequestT], make_work: Callable[[RequestT, str], Work]
) -> Response:
    service = service_of(request)
    value = await read_json(request)
    principal = await service.authenticate(bearer_key(request))
    body = validated(model, value)
    work = await service.analysis.run(principal.user_id, make_work, body, request_id_of(request))
    running = await service.begin(principal, work, is_streamed=body.stream)
    wording = _Wording(service.dispatcher.engine.model, request.state.request_id)
    if body.stream:
        return EventStream(running, wording)
    result = await result_while_connected(request, running)
    return JSONResponse(answer_out(result, wording.model).model_dump())


@dataclass(frozen=True, slots=True)
class _Wording:
    """Events ``delta`` (progress, never an answer), then one ``answer`` or one ``error``."""

    model: str
    request_id: str

    def delta(self, delta: StreamDelta) -> str:
        return _event("delta", delta)

    def result(self, result: Result) -> str:
        return _event("answer", answer_out(result, self.model))

    def error(self, error: ServiceError) -> str:
        return _event("error", error_body(error, self.request_id))


def _event(name: str, message: Message) -> str:
    return f"event: {name}\ndata: {message.model_dump_json()}\n\n"


@router.post(
    "/void",
    response_model=Account,
    responses=contract.success("It is given back") | contract.errors(*contract.BOOKING),
    openapi_extra=contract.keyed() | contract.body(VoidRequest),
)
async def void(request: Request) -> Response:
    """Give back the charge of an answer that the editor refused."""
    service = service_of(request)
    value = await read_json(request)
    principal = await service.authenticate(bearer_key(request))
    charge = await service.void(principal, validated(VoidRequest, value).id)
    return JSONResponse(account_out(charge.funds).model_dump())


@router.get(
    "/account",
    response_model=AccountStatus,
    responses=contract.success("The account") | contract.errors(*contract.READING),
    openapi_extra=contract.keyed(),
)
async def account(request: Request) -> Response:
    """Balance, tier, limits and the month's usage."""
    service = service_of(request)
    principal = await service.authenticate(bearer_key(request))
    funds = await service.booking.call(service.ledger.funds, principal)
    month_requests, month_cost_nano_usd = await service.booking.call(
        service.ledger.month, principal
    )
    tiers = await service.booking.call(service.ledger.tiers)
    tier = next(tier for tier in tiers if tier.name == principal.tier)
    status = AccountStatus(
        **account_out(funds).model_dump(),
        email=principal.email,
        tier=tier.name,
        requests_per_minute=tier.requests_per_minute,
        concurrent_requests=tier.concurrent_requests,
        monthly_requests=tier.monthly_requests,
        month_requests=month_requests,
        month_cost_usd=format_usd(month_cost_nano_usd),
    )
    return JSONResponse(status.model_dump())
