"""The official client of OpenAI's API, against a worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.worker.support import WAIT_SECONDS, Customer

MODEL = "fake-model"
USED_NANO_USD = 51_333
"""0.1 s for the prompt and 0.02 s for one piece, at the list price."""


def said(text: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": text}]


def client_for(customer: Customer, **options: Any) -> OpenAI:
    """A client that does not retry unless told to."""
    base_url = f"{customer.http.base_url}/v1"
    options = {"api_key": customer.key, "max_retries": 0, "timeout": WAIT_SECONDS, **options}
    return OpenAI(base_url=base_url, **options)


@asynccontextmanager
async def async_client_for(customer: Customer) -> AsyncIterator[AsyncOpenAI]:
    base_url = f"{customer.http.base_url}/v1"
    async with AsyncOpenAI(base_url=base_url, api_key=customer.key, max_retries=0) as client:
        yield client
