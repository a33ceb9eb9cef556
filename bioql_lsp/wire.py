"""The worker's HTTP API as pydantic models: the only contract between server and worker.

Amounts are decimal strings in USD, times are seconds. A request's id is made by the client, sent
as ``Idempotency-Key`` and given back as ``id``.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

BODY_BYTES_MAX = 256 * 1024
FINDINGS_MAX = 256
IDEMPOTENCY_KEY_PATTERN = r"^[A-Za-z0-9_.:-]{8,128}$"
_API_KEY = re.compile(r"bioql_(?:live|test)_")

Finish: TypeAlias = Literal["stop", "length", "withheld", "cancelled"]
WithheldReason: TypeAlias = Literal["not_bioql", "unverified", "invented_data", "unsafe"]
"""Why nothing is shown: BioQL has nothing to do with the request; the answer does not hold against
BioQL's API; it has data (a SMILES, a sequence, a PDB id) that nobody gave; it would harm."""
RefusalSource: TypeAlias = Literal["rate", "concurrency", "quota", "voids", "account", "key_cap"]


def is_request_id(text: str) -> bool:
    """Whether a text may name a request. No API key may: ids are logged, kept and sent back."""
    is_well_formed = re.fullmatch(IDEMPOTENCY_KEY_PATTERN, text) is not None
    return is_well_formed and _API_KEY.search(text) is None


class Message(BaseModel):
    """Base of every model here: unknown fields are refused, so that a typo is seen."""

    model_config = ConfigDict(extra="forbid")


class FindingOut(Message):
    """A finding, placed in code points of the text that it is about."""

    code: str
    severity: Literal["error", "warning", "information"]
    message: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class RequestBase(Message):
    """What every request of ours may carry.

    ``n``: so many candidates are tried, until one may be shown and leaves nothing of the request
    out; the best is shown, and it alone is charged.
    """

    bioql_version: str = Field(default="7.0.1", max_length=32)
    max_tokens: int = Field(default=256, ge=1, le=2048)
    n: int = Field(default=1, ge=1, le=4)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    seed: int | None = Field(default=None, ge=0, lt=2**63)
    stream: bool = False


class CompleteRequest(RequestBase):
    """``POST /v1/complete``: fill the hole between ``prefix`` and ``suffix``."""

    prefix: str
    suffix: str = ""
    max_tokens: int = Field(default=96, ge=1, le=2048)


class GenerateRequest(RequestBase):
    """``POST /v1/generate``: write code for ``instruction``.

    ``context`` is the buffer the answer goes into and ``insert_at`` the code point offset in it
    (its end when left out); the answer is verified there.
    """

    n: int = Field(default=3, ge=1, le=4)
    instruction: str = Field(min_length=1)
    context: str = ""
    insert_at: int | None = Field(default=None, ge=0)


class FixRequest(RequestBase):
    """``POST /v1/fix``: rewrite ``code[start:end]`` (all of it when left out).

    The answer's ``code`` replaces exactly that range and is verified in the whole text.
    """

    n: int = Field(default=2, ge=1, le=4)
    code: str = Field(min_length=1)
    findings: list[FindingOut] = Field(default=[], max_length=FINDINGS_MAX)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)


class Usage(Message):
    """What a request used. ``engine_seconds`` is the billed engine time."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    engine_seconds: float = 0.0
    cached: bool = False


class Cost(Message):
    """What the user pays for one request."""

    user_cost_usd: str = "0.000000000"
    price_version: str


class Account(Message):
    """The state of the account after a request: posted, held by open requests, and the rest."""

    balance_usd: str
    held_usd: str
    available_usd: str


class Answer(Message):
    """The answer to complete, generate and fix, and the last event of their streams.

    ``code`` is None only in a replay after the answer has left the worker's memory;
    ``context_truncated``: lines of the buffer, or API facts, did not fit the model's context.
    """

    id: str
    code: str | None
    finish: Finish
    model: str
    verified: bool | None
    withheld_reason: WithheldReason | None = None
    findings: list[FindingOut] = []
    repaired: list[str] = []
    replayed: bool = False
    context_truncated: bool = False
    usage: Usage
    cost: Cost
    account: Account


class StreamDelta(Message):
    """A provisional piece of text in a stream: progress, never an answer.

    With a higher ``candidate`` than before, what came so far was dropped: start over.
    """

    delta: str
    candidate: int = Field(default=0, ge=0)


class VoidRequest(Message):
    """``POST /v1/void``: give back the charge of an answer that the editor's side refused."""

    id: str = Field(pattern=IDEMPOTENCY_KEY_PATTERN)


class AccountStatus(Account):
    """``GET /v1/account``. ``monthly_requests`` None: the tier has no quota."""

    email: str
    tier: str
    requests_per_minute: int
    concurrent_requests: int
    monthly_requests: int | None
    month_requests: int
    month_cost_usd: str


class ErrorBody(Message):
    """What went wrong: ``code`` for programs, ``message`` for people.

    ``source`` is there where a limit or money has run out, and says which.
    """

    code: str
    message: str
    request_id: str
    source: RefusalSource | None = Field(default=None, exclude_if=lambda source: source is None)


class ErrorEnvelope(Message):
    """Body of every answer that is not 2xx, and the last event of a stream that failed."""

    error: ErrorBody
