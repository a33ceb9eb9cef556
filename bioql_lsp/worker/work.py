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
from bioql_lsp.worker.engines.base import (
    Engine,
    Infill,
    Instruct,
    Prompt,
    Repair,
    Sampling,
    Task,
)
from bioql_lsp.worker.errors import ServiceError, invalid
from bioql_lsp.worker.facts import joined, with_all_facts
from bioql_lsp.worker.jobs import ANSWER_PRIORITY, INLINE_PRIORITY, Order
from bioql_lsp.worker.said import as_meant
from bioql_lsp.worker.said_numbers import with_digits

KNOWN_VERSIONS = (NEWEST,)
"""The versions of BioQL whose API is indexed: an answer for another could not be verified."""
ENGINE_US_BASE = 5_000_000
ENGINE_US_PER_TOKEN = 100_000
ENGINE_US_MAX = 60_000_000
INLINE_SECONDS_MAX = 20.0
"""After that nobody looks at the place any more."""
ANSWER_SECONDS_MAX = 180.0
SEEDS = 2**63
WARMER_BY = 0.3
"""Each further candidate is drawn at a temperature that is that much higher."""

Kind: TypeAlias = Literal["complete", "generate", "fix", "raw"]
_KINDS: dict[type[Task], Kind] = {Infill: "complete", Instruct: "generate", Repair: "fix"}


@dataclass(frozen=True, slots=True)
class Work:
    """One request: what the engine shall do, and where its answer must fit.

    Up to ``candidates`` answers are tried until one fits.
    """

    request_id: str
    fingerprint: str
    kind: Kind
    task: Task
    sampling: Sampling
    version: str
    before: str
    span: Span
    candidates: int = 1
    stops: tuple[str, ...] = ()
    findings: tuple[FindingOut, ...] = ()
    """What a fix is asked to remove; everything that is wrong there where it is empty."""

    @property
    def is_repeatable(self) -> bool:
        """Whether the same request must have the same answer."""
        return self.sampling.temperature <= 0 or self.sampling.seed is not None

    @property
    def engine_us_max(self) -> int:
        """The most engine time that all its candidates may take together."""
        return min(
            ENGINE_US_BASE + ENGINE_US_PER_TOKEN * self.sampling.max_new_tokens, ENGINE_US_MAX
        )

    @property
    def seconds_max(self) -> float:
        """How long all its candidates may take together, waiting included."""
        return INLINE_SECONDS_MAX if self.kind == "complete" else ANSWER_SECONDS_MAX

    def order(
        self, prompt: Prompt, owner: int, attempt: int, engine_us_max: int, seconds_max: float
    ) -> Order:
        """What the engine shall do for one candidate; the first is the one that was asked for."""
        sampling = self.sampling
        if attempt:
            temperature = min(sampling.temperature + WARMER_BY * attempt, 2.0)
            seed = ((sampling.seed or 0) + attempt) % SEEDS
            sampling = Sampling(sampling.max_new_tokens, temperature, seed)
        priority = INLINE_PRIORITY if self.kind == "complete" else ANSWER_PRIORITY
        return Order(self.task, prompt, sampling, priority, owner, engine_us_max, seconds_max)


def as_read(work: Work, engine: Engine) -> Work:
    """A request as the engine is to read it: a model of few words is told what was meant."""
    if engine.facts_kind != "brief" or not isinstance(work.task, Instruct):
        return work
    task = dataclasses.replace(work.task, instruction=as_meant(work.task.instruction))
    return dataclasses.replace(work, task=task)


def prompt_for(work: Work, engine: Engine) -> Prompt:
    """The task as the engine reads it, with the API facts that matter there.

    Raises PromptTooLongError and EngineNotReadyError.
    """
    task = with_all_facts(work.task, engine.facts_kind)
    if engine.facts_kind == "full" and work.kind != "raw":
        signatures = facts_for(work.before, work.span.start, work.version)
        task = dataclasses.replace(task, facts=joined(task.facts, signatures))
    return engine.prompt(task, work.sampling.max_new_tokens)


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
    task = Infill(request.prefix, request.suffix)
    return _work(request, request_id, task, before, Span(at, at))


def work_for_generation(request: GenerateRequest, request_id: str) -> Work:
    """Write statements into the context."""
    before = request.context
    at = len(before) if request.insert_at is None else request.insert_at
    if at > len(before):
        raise invalid(f"insert_at: {at} lies behind the context's {len(before)} characters")
    task = Instruct(with_digits(request.instruction), before, insert_at=at)
    return _work(request, request_id, task, before, Span(at, at))


def work_for_fix(request: FixRequest, request_id: str) -> Work:
    """Rewrite a range of the code."""
    before = request.code
    start = 0 if request.start is None else request.start
    end = len(before) if request.end is None else request.end
    if not start < end <= len(before):
        raise invalid(f"start, end: {start}..{end} is no range of the {len(before)} characters")
    document = Document(before)
    problems = tuple(_problem(finding, document) for finding in request.findings)
    task = Repair(before[start:end], problems)
    work = _work(request, request_id, task, before, Span(start, end))
    return dataclasses.replace(work, findings=tuple(request.findings))


def raw_work(
    task: Infill | Instruct, sampling: Sampling, request_id: str, stops: tuple[str, ...] = ()
) -> Work:
    """Text as the engine writes it, for clients that know nothing of buffers: never verified.

    It ends before the first of ``stops``.
    """
    asked = ["raw", dataclasses.asdict(task), dataclasses.asdict(sampling), stops]
    fingerprint = _hash(asked)
    return Work(request_id, fingerprint, "raw", task, sampling, NEWEST, "", Span(0, 0), stops=stops)


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
    return Work(
        request_id,
        _fingerprint(kind, request),
        kind,
        task,
        Sampling(request.max_tokens, request.temperature, request.seed),
        _known(request.bioql_version),
        before,
        span,
        request.n,
    )


def _fingerprint(kind: str, request: RequestBase) -> str:
    """Equal for equal requests; how the answer travels (``stream``) is no part of what is asked."""
    return _hash([kind, request.model_dump(exclude={"stream"})])


def _hash(value: list[Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
