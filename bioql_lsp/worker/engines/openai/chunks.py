"""One event of an OpenAI-compatible stream: text, how it ended, what was used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from bioql_lsp.worker.engines.openai.address import Address

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# OpenAI's words, then those of TGI, Ollama and the Anthropic-like.
_STOPPED: Final = frozenset({"stop", "eos_token", "stop_sequence", "eos", "end_turn"})
_CUT: Final = frozenset({"length", "max_tokens"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """``is_token`` where the model wrote something, shown or not; counts only where given."""

    text: str = ""
    is_token: bool = False
    finish: Literal["stop", "length"] | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    is_done: bool = False

    @property
    def is_end(self) -> bool:
        """Whether the answer ends with it: behind it, the usage may follow."""
        return self.is_done or self.finish is not None


def read_chunk(address: Address, data: str) -> Chunk:
    """Read the data of one event. Raises UpstreamError."""
    if data.strip() == "[DONE]":
        return Chunk(is_done=True)
    value = parse_object(address, data)
    if value.get("error") is not None:
        raise address.error("reported an error in the middle of an answer: see its log.")
    usage = _dict(value.get("usage"))
    text, is_token, finish = "", False, None
    choices = value.get("choices")
    if isinstance(choices, list) and choices:
        choice = _dict(choices[0])
        text, is_token = _text(address, choice)
        finish = _finish(address, choice.get("finish_reason"))
    elif not usage and not isinstance(choices, list):
        raise address.error("sent an event that is no part of an answer.")
    return Chunk(
        text, is_token, finish, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    )


def parse_object(address: Address, data: str | bytes) -> dict[str, Any]:
    """A JSON object. Raises UpstreamError."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise address.error("sent an answer that is no JSON.") from None
    if not isinstance(value, dict):
        raise address.error("sent JSON that is no object.")
    return value


def _text(address: Address, choice: dict[str, Any]) -> tuple[str, bool]:
    """The text of a choice, of either endpoint, streamed or whole; and whether there was any."""
    said = _dict(choice.get("delta")) or _dict(choice.get("message"))
    text = said.get("content") if said else choice.get("text")
    if text is None:
        return "", bool(said.get("reasoning_content") or said.get("reasoning"))
    if not isinstance(text, str):
        raise address.error("sent an answer whose text is no text.")
    return _SURROGATE.sub("\ufffd", text), bool(text)


def _finish(address: Address, reason: object) -> Literal["stop", "length"] | None:
    if reason is None or reason == "":
        return None
    if isinstance(reason, str) and reason in _STOPPED:
        return "stop"
    if isinstance(reason, str) and reason in _CUT:
        return "length"
    raise address.error("gave up an answer for a reason of its own: see its log.")


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(usage: dict[str, Any], key: str) -> int | None:
    value = usage.get(key)
    is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if is_count else None
