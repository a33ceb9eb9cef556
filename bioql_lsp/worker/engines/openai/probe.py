"""What an upstream is: asked once, before the first request."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any, Final

import httpx

from bioql_lsp.worker.engines.base import ProgressReport, UpstreamError
from bioql_lsp.worker.engines.openai.address import Address
from bioql_lsp.worker.engines.openai.chunks import parse_object, read_chunk
from bioql_lsp.worker.engines.openai.stream import Waits

ANSWER_BYTES_MAX: Final = 1024 * 1024
POLL_SECONDS: Final = 1.0
_GET_SECONDS_MAX: Final = 10.0
_WAITING_SHARE: Final = 0.1
_NOT_YET: Final = frozenset({429, 502, 503})
_NOT_TAKEN: Final = frozenset({400, 404, 405, 413, 415, 422, 500, 501})


@dataclass(frozen=True, slots=True)
class Facts:
    """What an upstream says of itself; None where it does not."""

    model: str
    context_tokens_max: int | None
    vocabulary_size: int | None
    revision: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What came back for a request of one token."""

    text: str
    prompt_tokens: int | None


class Probe:
    """Questions to an upstream that may still be starting. Close it after use."""

    def __init__(
        self,
        address: Address,
        waits: Waits,
        seconds_max: float,
        report: ProgressReport,
    ) -> None:
        self._address = address
        # Some load a model only when it is asked, so an answer may take as long as a first token.
        self._waits = {
            "GET": httpx.Timeout(_GET_SECONDS_MAX, connect=waits.connect_seconds),
            "POST": httpx.Timeout(waits.first_token_seconds, connect=waits.connect_seconds),
        }
        self._seconds_max = seconds_max
        self._deadline = time.monotonic() + seconds_max
        self._report = report
        self._client = httpx.AsyncClient(
            headers=dict(address.headers),
            follow_redirects=False,
            trust_env=False,
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def facts(self, wanted: str | None) -> Facts:
        """What it says of the wanted model, or of the only one it has. Raises UpstreamError."""
        entries = await self._models()
        names = [entry["id"] for entry in entries if isinstance(entry.get("id"), str)]
        if wanted is None and len(names) != 1:
            found = "has several models" if names else "does not say which model it has"
            raise self._address.error(f"{found}: name the one to use (--upstream-model).")
        model = names[0] if wanted is None else wanted
        entry = next((e for e in entries if e.get("id") == model), {})
        meta = entry["meta"] if isinstance(entry.get("meta"), dict) else {}
        context = _size(entry.get("max_model_len")) or await self._context()
        # vLLM tells as ``created`` when it was asked, so that is no part of a revision.
        known = [self._address.root, model, entry.get("root"), context, meta]
        revision = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:12]
        return Facts(model, context, _size(meta.get("n_vocab")), revision)

    async def trial(self, path: str, body: dict[str, Any]) -> Trial | None:
        """The answer to a request; None where the upstream does not take its kind.

        Raises UpstreamError for what another kind of request would not put right.
        """
        status, answer = await self._ask_until_ready("POST", path, body)
        if status in _NOT_TAKEN:
            return None
        if status != 200:
            raise self._address.refusal(status)
        text, prompt_tokens, is_answer = "", None, False
        try:
            for line in answer.decode("utf-8").splitlines():
                if line.startswith("data:"):
                    chunk = read_chunk(self._address, line.removeprefix("data:"))
                    text += chunk.text
                    prompt_tokens = chunk.prompt_tokens or prompt_tokens
                    is_answer = is_answer or chunk.is_done or chunk.finish is not None
        except (UnicodeDecodeError, UpstreamError):
            return None
        return Trial(text, prompt_tokens) if is_answer else None

    async def _models(self) -> list[dict[str, Any]]:
        status, body = await self._ask_until_ready("GET", "/v1/models")
        if 300 <= status < 400 or status in (401, 403):
            raise self._address.refusal(status)
        # ``transformers serve`` fails here where it has no cache of downloaded models.
        listed = parse_object(self._address, body).get("data") if status == 200 else None
        return [e for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []

    async def _context(self) -> int | None:
        """The context length as llama.cpp or TGI tells it."""
        settings = (await self._optional("/props")).get("default_generation_settings")
        if isinstance(settings, dict) and (size := _size(settings.get("n_ctx"))):
            return size
        return _size((await self._optional("/info")).get("max_total_tokens"))

    async def _optional(self, path: str) -> dict[str, Any]:
        try:
            status, body = await self._ask("GET", path)
            return parse_object(self._address, body) if status == 200 else {}
        except UpstreamError:
            return {}

    async def _ask_until_ready(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        """Ask again while it does not answer or says that it is loading. Raises UpstreamError."""
        while True:
            try:
                status, answer = await self._ask(method, path, body)
                word = f"The upstream {self._address.host} is loading its model ({status})."
            except UpstreamError as error:
                status, answer, word = 503, b"", str(error)
            if status not in _NOT_YET:
                return status, answer
            if time.monotonic() > self._deadline:
                raise self._address.error(
                    f"was not ready after {self._seconds_max:.0f} seconds; the last thing seen: "
                    f"{word}"
                )
            self._report(_WAITING_SHARE, f"waiting: {word}")
            await asyncio.sleep(POLL_SECONDS)

    async def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        """Status and body of an answer. Raises UpstreamError."""
        answer = b""
        try:
            async with self._client.stream(
                method, self._address.url(path), json=body, timeout=self._waits[method]
            ) as response:
                async for block in response.aiter_raw():
                    answer += block
                    if len(answer) > ANSWER_BYTES_MAX:
                        raise self._address.error(f"answered {path} with far too much.")
                return response.status_code, answer
        except httpx.ConnectTimeout:
            raise self._address.error("does not take connections yet.") from None
        except httpx.ConnectError:
            raise self._address.error("cannot be reached yet: is its URL right?") from None
        except httpx.TimeoutException:
            raise self._address.error(f"did not answer {path} in time.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise self._address.error(f"broke off while it answered {path}.") from None


def _size(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if value > 0 else None
