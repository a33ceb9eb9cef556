"""Requests of every kind, and clients that stay or leave at random moments."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

import httpx

LEFT = "left"
LEAVING_SHARE = 1 / 3
Leave = Literal["early", "midway", "at the end"]
_LEAVES: tuple[Leave, ...] = ("early", "midway", "at the end")
EARLY_SECONDS_MAX = 0.02
MIDWAY_SECONDS_MAX = 0.3
MIDWAY_EVENTS_MAX = 20
_END_MARKS = ("event: answer", "data: [DONE]", '"usage"')

BUFFER = """import os

from bioql import quantum

{name}_{number} = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots={number},
)
"""
STATES = ("a bell state", "a GHZ state on 3 qubits", "a superposition of 4 qubits")


@dataclass(frozen=True)
class Ended:
    """How a request ended for its client; a ``problem`` is what must not happen."""

    word: str
    first_seconds: float | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Ask:
    """A request, and when its client leaves, if it does."""

    path: str
    body: dict[str, Any]
    leave: Leave | None
    patience_seconds: float
    events_max: int

    async def send(self, http: httpx.AsyncClient) -> Ended:
        """Send it, and read the answer or leave."""
        try:
            async with asyncio.timeout(self._seconds_max):
                if self.body.get("stream"):
                    return await self._follow(http)
                response = await http.post(self.path, json=self.body)
                return _ended(response.status_code, response.text)
        except TimeoutError:
            return Ended(LEFT)
        except httpx.HTTPError as error:
            return Ended("broken", problem=repr(error))

    @property
    def _seconds_max(self) -> float | None:
        """Streams are left at an event, except before their first one."""
        is_timed = self.leave == "early" or (self.leave and not self.body.get("stream"))
        return self.patience_seconds if is_timed else None

    async def _follow(self, http: httpx.AsyncClient) -> Ended:
        sent_at = time.perf_counter()
        first_seconds: float | None = None
        last = ""
        events = 0
        async with http.stream("POST", self.path, json=self.body) as response:
            async for line in response.aiter_lines():
                if not line:
                    continue
                events += 1
                first_seconds = first_seconds or time.perf_counter() - sent_at
                if self.leave == "midway" and events > self.events_max:
                    return Ended(LEFT, first_seconds)
                if self.leave == "at the end" and any(mark in line for mark in _END_MARKS):
                    return Ended(LEFT, first_seconds)
                last = line if line != "data: [DONE]" else last
        ended = _ended(response.status_code, last.removeprefix("data: "))
        return Ended(ended.word, first_seconds, ended.problem)


def _ended(status: int, text: str) -> Ended:
    is_good = status == 200 and "error" not in json.loads(text)
    return Ended(str(status), problem=None if is_good else f"{status} {text[:200]}")


def draw(rng: Random, api_key: str) -> Ask:
    """A request of any kind; a third is left."""
    path, body = _request(rng, api_key)
    leave = rng.choice(_LEAVES) if rng.random() < LEAVING_SHARE else None
    longest = EARLY_SECONDS_MAX if leave == "early" else MIDWAY_SECONDS_MAX
    return Ask(path, body, leave, rng.uniform(0.0, longest), rng.randrange(1, MIDWAY_EVENTS_MAX))


def _request(rng: Random, api_key: str) -> tuple[str, dict[str, Any]]:
    number = rng.randrange(1, 100_000)
    buffer = BUFFER.format(name=rng.choice(("run", "pair", "trial")), number=number)
    instruction = f"make {rng.choice(STATES)} on ibm torino, {number} shots"
    common = {"stream": rng.random() < 0.5, "temperature": rng.choice((0.0, 0.0, 0.8))}
    kind = rng.randrange(6)
    if kind == 0:
        body = {"prefix": buffer + "print(", "suffix": ")\n", **common}
        return "/v1/complete", body
    if kind == 1:
        return "/v1/generate", {"instruction": instruction, "context": buffer, **common}
    if kind == 2:
        broken = buffer.replace('"ibm_torino"', '"torino"')
        return "/v1/fix", {"code": broken, **common}
    if kind == 3:
        return "/v1/completions", {"prompt": buffer + "print(", **common}
    if kind == 4:
        message = {"role": "user", "content": f"{buffer}\n{instruction}"}
        return "/v1/chat/completions", {"messages": [message], **common}
    return "/", {"api_key": api_key, "prompt": instruction, "max_length": 96}
