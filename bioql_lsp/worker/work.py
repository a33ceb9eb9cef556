"""What the service does for one request, whichever endpoint it came through."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.facts import facts_for
from bioql_lsp.text import Document, Span
from bioql_lsp.wire import (
    CompleteRequest,
    FindingOut,
    FixRequest,
    GenerateRequest,
    RequestBase,
    is_request_id,
)
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair, Sampling, Task
from bioql_lsp.worker.errors import ServiceError, invalid
from bioql_lsp.worker.scheduler import Order

KNOWN_VERSIONS = (NEWEST,)
"""The versions of BioQL whose API is indexed: an answer for another could not be verified."""
ENGINE_US_BASE = 5_000_000
ENGINE_US_PER_TOKEN = 100_000
ENGINE_US_MAX = 60_000_000

Kind: TypeAlias = Literal["complete", "generate", "fix", "raw"]
_KINDS: dict[type[Task], Kind] = {Infill: "complete", Instruct: "generate", Repair: "fix"}


@dataclass(frozen=True, slots=True)
class Work:
    """One request: what the engine shall do, and where its answer must fit."""

    request_id: str
    fingerprint: str
    kind: Kind
    order: Order
    version: str
    before: str
    span: Span


def request_id_from(header: str | None, fallback: str) -> str:
    """The client's request id, or ours. Raises ServiceError (422) for one that is malformed."""
    if header is None:
        return fallback
    if not is_request_id(header):
        raise invalid("Idempotency-Key: 8 to 128 letters, digits and '_.:-', and no API key")
    return header


def work_for_completion(request: CompleteRequest, request_id: str) -> Work:
    """Fill the hole between prefix and suffix."""
    before = request.prefix + request.suffix
    at = len(request.prefix)
    version = _known(request.bioql_version)
    task = Infill(request.prefix, request.suffix, facts_for(before, at, version))
    return _work(request, request_id, task, before, Span(at, at))


def work_for_generation(request: GenerateRequest, request_id: str) -> Work:
    """Write statements into the context."""
    before = request.context
    at = len(before) if request.insert_at is None else request.insert_at
    if at > len(before):
        raise invalid(f"insert_at: {at} lies behind the context's {len(before)} characters")
    version = _known(request.bioql_version)
    task = Instruct(request.instruction, before, facts_for(before, at, version))
    return _work(request, request_id, task, before, Span(at, at))


def work_for_fix(request: FixRequest, request_id: str) -> Work:
    """Rewrite a range of the code."""
    before = request.code
    start = 0 if request.start is None else request.start
    end = len(before) if request.end is None else request.end
    if not start < end <= len(before):
        raise invalid(f"start, end: {start}..{end} is no range of the {len(before)} characters")
    version = _known(request.bioql_version)
    problems = tuple(_problem(finding, Document(before)) for finding in request.findings)
    task = Repair(before[start:end], problems, facts_for(before, start, version))
    return _work(request, request_id, task, before, Span(start, end))


def raw_work(task: Infill | Instruct, sampling: Sampling, request_id: str) -> Work:
    """Text as the engine writes it, for clients that know nothing of buffers: never verified."""
    fingerprint = _hash(["raw", dataclasses.asdict(task), dataclasses.asdict(sampling)])
    order = Order(task, sampling, 1, _engine_us_max(sampling.max_new_tokens))
    return Work(request_id, fingerprint, "raw", order, NEWEST, "", Span(0, 0))


def _problem(finding: FindingOut, document: Document) -> str:
    line = document.position(finding.start).line + 1
    return f"line {line}: {' '.join(finding.message.split())}"


def _known(version: str) -> str:
    if version not in KNOWN_VERSIONS:
        raise ServiceError(
            422,
            "unknown_bioql_version",
            f"bioql_version: not known; use one of {', '.join(KNOWN_VERSIONS)}",
        )
    return version


def _work(request: RequestBase, request_id: str, task: Task, before: str, span: Span) -> Work:
    kind = _KINDS[type(task)]
    sampling = Sampling(request.max_tokens, request.temperature, request.seed)
    order = Order(
        task, sampling, 0 if kind == "complete" else 1, _engine_us_max(request.max_tokens)
    )
    return Work(
        request_id, _fingerprint(kind, request), kind, order, request.bioql_version, before, span
    )


def _fingerprint(kind: str, request: RequestBase) -> str:
    """Equal for equal requests; how the answer travels (``stream``) is no part of what is asked."""
    return _hash([kind, request.model_dump(exclude={"stream"})])


def _hash(value: list[Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _engine_us_max(max_tokens: int) -> int:
    return min(ENGINE_US_BASE + ENGINE_US_PER_TOKEN * max_tokens, ENGINE_US_MAX)
