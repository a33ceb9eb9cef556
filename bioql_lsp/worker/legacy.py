"""``POST /``: the contract of the service that this one replaces, key in the body and all.

Its answers are checked like any other: what cannot be verified comes back as empty, free code.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from billing.model import InsufficientFundsError, Principal
from billing.prices import LIST_PRICE
from bioql_lsp.wire import ErrorEnvelope, GenerateRequest
from bioql_lsp.worker import contract
from bioql_lsp.worker.bodies import read_json, validated
from bioql_lsp.worker.connection import result_while_connected
from bioql_lsp.worker.errors import ServiceError, invalid
from bioql_lsp.worker.render import billed_us
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.routes import request_id_of, service_of
from bioql_lsp.worker.work import work_for_generation

router = APIRouter()


class LegacyRequest(BaseModel):
    """The old request; unknown fields were ignored and are."""

    model_config = ConfigDict(extra="ignore")

    api_key: str = Field(min_length=1)
    prompt: str = Field(min_length=1)
    max_length: int = Field(300, ge=1, le=2048)
    temperature: float = Field(0.7, ge=0.0, le=2.0)


class LegacyTiming(BaseModel):
    """Billed engine time, and its parts: the prompt is the overhead."""

    total_seconds: float
    generation_seconds: float
    overhead_seconds: float


class LegacyCost(BaseModel):
    """What the billed time costs."""

    base_cost_usd: float
    user_cost_usd: float
    profit_usd: float
    profit_margin_percent: float


class LegacyUser(BaseModel):
    """Whose key it was."""

    email: str
    balance: float


class LegacyAnswer(BaseModel):
    """The old answer; numbers are JSON numbers."""

    code: str
    prompt: str
    model: str
    timing: LegacyTiming
    cost: LegacyCost
    user: LegacyUser


class LegacyError(BaseModel):
    """The old error; with the amounts where money has run out."""

    error: str
    code: str
    authenticated: bool
    balance: float | None = None
    estimated_cost: float | None = None


BODIES = (LegacyRequest,)


@router.post(
    "/",
    response_model=LegacyAnswer,
    responses=contract.success("The old answer")
    | contract.errors(*contract.ANSWERING, model=LegacyError | ErrorEnvelope),
    openapi_extra=contract.idempotent() | contract.body(LegacyRequest),
)
async def generate_legacy(request: Request) -> Response:
    """Generate code the old way."""
    principal: Principal | None = None
    try:
        value = await read_json(request)
        fields = value if isinstance(value, dict) else {}
        principal = await _authenticated(request, fields.get("api_key"))
        if not fields.get("prompt"):
            raise invalid("prompt is required")
        body = validated(LegacyRequest, fields)
        result = await _result(request, principal, body)
    except ServiceError as error:
        request.state.refusal = error.code
        return JSONResponse(
            _error_out(error, is_authenticated=principal is not None), error.status, error.headers
        )
    model = service_of(request).dispatcher.engine.model
    answer = _answer_out(result, principal.email, body.prompt, model)
    return JSONResponse(answer.model_dump())


async def _authenticated(request: Request, api_key: object) -> Principal:
    if not api_key:
        raise ServiceError(401, "unauthorized", "API key required")
    try:
        return await service_of(request).authenticate(str(api_key))
    except ServiceError as error:
        if error.status != 401:
            raise
        raise ServiceError(401, "unauthorized", "Invalid or inactive API key") from error


async def _result(request: Request, principal: Principal, body: LegacyRequest) -> Result:
    generate_request = GenerateRequest.model_validate(
        {
            "instruction": body.prompt,
            "max_tokens": body.max_length,
            "temperature": body.temperature,
        }
    )
    service = service_of(request)
    work = await service.analysis.run(
        principal.user_id, work_for_generation, generate_request, request_id_of(request)
    )
    running = await service.begin(principal, work)
    return await result_while_connected(request, running)


def _answer_out(result: Result, email: str, prompt: str, model: str) -> LegacyAnswer:
    charge = result.charge
    total_us = billed_us(charge)
    overhead_us = min(result.prompt_us, total_us)
    base, user = charge.base_cost_nano_usd, charge.user_cost_nano_usd
    return LegacyAnswer(
        code=result.code or "",
        prompt=prompt,
        model=model,
        timing=LegacyTiming(
            total_seconds=total_us / 1_000_000,
            generation_seconds=(total_us - overhead_us) / 1_000_000,
            overhead_seconds=overhead_us / 1_000_000,
        ),
        cost=LegacyCost(
            base_cost_usd=_six_digits(base),
            user_cost_usd=_six_digits(user),
            profit_usd=_six_digits(user - base),
            profit_margin_percent=_markup_percent(base, user),
        ),
        user=LegacyUser(email=email, balance=_six_digits(charge.funds.posted_nano_usd)),
    )


def _markup_percent(base_nano_usd: int, user_nano_usd: int) -> float:
    """What stands on the price list, also where nothing was charged."""
    if not base_nano_usd:
        return float(LIST_PRICE.markup_percent)
    return round(100 * (user_nano_usd - base_nano_usd) / base_nano_usd, 1)


def _error_out(error: ServiceError, *, is_authenticated: bool) -> dict[str, Any]:
    body = LegacyError(error=error.message, code=error.code, authenticated=is_authenticated)
    cause = error.__cause__
    if isinstance(cause, InsufficientFundsError):
        balance, estimate = map(_six_digits, (cause.available_nano_usd, cause.needed_nano_usd))
        body.error = f"Insufficient balance: ${balance:.6f} < ${estimate:.6f}"
        body.balance, body.estimated_cost = balance, estimate
    return body.model_dump(exclude_none=True)


def _six_digits(nano_usd: int) -> float:
    """USD as a JSON number, rounded once and half up to six digits, as the old service did."""
    return (nano_usd + 500) // 1000 / 1_000_000
