"""Sends requests to the service, a few at a time, and waits where it is told to."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import ValidationError

from bioql_lsp.training.evaluate.service import Service, ServiceFailedError
from bioql_lsp.training.evaluate.tasks import PATHS, Asked
from bioql_lsp.wire import Answer

AT_ONCE: Final = 4
_WAITS_MAX: Final = 60
_OF_ONE_REQUEST: Final = frozenset({413, 422, 500, 502})
"""Too long for the model, holes that it cannot fill, an engine or its server that failed."""
_TIMEOUT_SECONDS: Final = 300.0
_INFO: Final = re.compile(r"^bioql_model_info\{(.*)\} ", re.MULTILINE)
_LABEL: Final = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one request, and how long it took without waiting for a turn.

    ``answer`` is None where the model or its server could not answer this one request.
    """

    asked: Asked
    answer: Answer | None
    milliseconds: float

    @property
    def code(self) -> str:
        """The code that is shown; empty where nothing is."""
        return (self.answer.code or "") if self.answer else ""

    @property
    def withheld_reason(self) -> str | None:
        """Why no code is shown; None also where the request failed."""
        return self.answer.withheld_reason if self.answer else None


def ask_all(
    service: Service, tasks: Sequence[Asked], told: Callable[[int], None], at_once: int = AT_ONCE
) -> list[Reply]:
    """The replies in the order of the tasks. Raises ServiceFailedError."""
    return asyncio.run(_ask_all(service, tasks, told, at_once))


async def _ask_all(
    service: Service, tasks: Sequence[Asked], told: Callable[[int], None], at_once: int
) -> list[Reply]:
    turns = asyncio.Semaphore(at_once)
    done = 0

    async def one(client: httpx.AsyncClient, asked: Asked) -> Reply:
        nonlocal done
        async with turns:
            reply = await _ask(client, asked)
        done += 1
        told(done)
        return reply

    headers = {"Authorization": f"Bearer {service.key}"}
    async with httpx.AsyncClient(
        base_url=service.url, headers=headers, timeout=_TIMEOUT_SECONDS, trust_env=False
    ) as client:
        return list(await asyncio.gather(*(one(client, asked) for asked in tasks)))


async def _ask(client: httpx.AsyncClient, asked: Asked) -> Reply:
    body = asked.request.model_dump(mode="json", exclude_unset=True)
    path = PATHS[asked.group]
    for _ in range(_WAITS_MAX):
        began = time.perf_counter()
        try:
            response = await client.post(
                path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex}
            )
        except httpx.HTTPError as error:
            raise ServiceFailedError(f"{path}: {error!r}") from error
        milliseconds = (time.perf_counter() - began) * 1000
        if response.status_code not in (429, 503):
            return Reply(asked, _answer(response, path), milliseconds)
        await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
    raise ServiceFailedError(f"{path}: still refused after {_WAITS_MAX} waits: {response.text}")


def _answer(response: httpx.Response, path: str) -> Answer | None:
    if response.status_code in _OF_ONE_REQUEST:
        return None
    try:
        response.raise_for_status()
        return Answer.model_validate_json(response.content)
    except (httpx.HTTPStatusError, ValidationError) as error:
        raise ServiceFailedError(f"{path}: {response.status_code} {response.text}") from error


def served_model(service: Service) -> dict[str, str]:
    """Engine, model and revision, where the service's metrics are open; else nothing."""
    try:
        text = httpx.get(f"{service.url}/metrics", timeout=10.0, trust_env=False).text
    except httpx.HTTPError:
        return {}
    found = _INFO.search(text)
    return dict(_LABEL.findall(found[1])) if found else {}
