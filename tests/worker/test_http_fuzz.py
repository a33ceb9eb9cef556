"""Bytes at random: each is answered in our shape or hung up on, and none costs anything."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Iterator

import pytest

from billing.ledger import Ledger
from bioql_lsp.wire import ErrorEnvelope
from bioql_lsp.worker.legacy import LegacyError
from tests.worker.http_raw import Reply, replies, request
from tests.worker.http_served import Served, served

EMAIL = "ada@example.org"
FUNDS_NANO_USD = 10**12
AT_ONCE = 100
LIMITS = {"head_seconds_max": 0.3, "request_seconds_max": 0.3, "linger_seconds_max": 0.3}
ODD_BYTES = (
    *(b"\x00", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b" ", b"\t", b":", b";", b",", b"\xff", b"%"),
    *(b"HTTP/1.1", b"HTTP/1.0", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 3\r\n"),
    *(
        b"0\r\n\r\n",
        b"-1",
        b"9" * 30,
        b"a" * 40_000,
        b"\r\nX: y" * 120,
        b"Expect: 100-continue\r\n",
    ),
    *(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"HEAD", b"CONNECT", b"\x16\x03\x01"),
)


@pytest.fixture
def ledger(sqlite_url: str) -> Iterator[Ledger]:
    Ledger.create(sqlite_url)
    with Ledger.open(sqlite_url) as opened:
        opened.add_account(EMAIL, "enterprise")
        opened.topup(EMAIL, FUNDS_NANO_USD, "p1")
        yield opened
        assert opened.audit() == []


def good_requests(key: str) -> list[bytes]:
    """Requests of every kind that are well formed and yet can never run."""
    headers = (f"Authorization: Bearer {key}", "Content-Type: application/json")
    body = b'{"instruction": "bell", "max_tokens": 0}'
    length = f"Content-Length: {len(body)}"
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    return [
        request("GET", "/healthz", is_last=False),
        request("HEAD", "/readyz", is_last=False),
        request("GET", "/v1/account", *headers, is_last=False),
        request("POST", "/v1/generate", *headers, length, body=body, is_last=False),
        request("POST", "/v1/completions", *headers, length, body=body),
        request(
            *("POST", "/v1/generate", *headers, "Transfer-Encoding: chunked"),
            body=chunks,
            is_last=False,
        ),
        request("POST", "/", "Content-Type: application/json", length, body=body, is_last=False),
    ]


def spoilt(chance: random.Random, good: list[bytes]) -> bytes:
    """One or more requests with a few bytes changed."""
    data = bytearray(b"".join(chance.choices(good, k=chance.randint(1, 3))))
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3, 8])):
        at = chance.randrange(len(data) + 1)
        end = min(at + chance.choice([0, 1, 4, 30]), len(data))
        match chance.randrange(4):
            case 0:
                data[at:end] = chance.choice(ODD_BYTES)
            case 1:
                data[at:end] = chance.randbytes(end - at)
            case 2:
                data[at:at] = data[at:end]
            case _:
                del data[at:end]
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


async def sent(worker: Served, chance: random.Random, data: bytes) -> list[Reply]:
    """What is answered to bytes that come in a few pieces."""
    client = await worker.connect()
    cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.choice([0, 0, 1, 5])))
    with contextlib.suppress(ConnectionError):
        for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            await client.send(data[start:end])
            await asyncio.sleep(0)
    try:
        rest = await client.rest()
    except TimeoutError:
        raise AssertionError("neither answered nor hung up on") from None
    client.writer.close()
    return list(replies(rest, may_lack_body=True))


def check_shape(reply: Reply) -> None:
    assert reply.headers["x-request-id"]
    if reply.status == 200 or not reply.body:
        return
    if b"authenticated" in reply.body:
        LegacyError.model_validate_json(reply.body)
        return
    error = ErrorEnvelope.model_validate_json(reply.body).error
    assert error.request_id == reply.headers["x-request-id"]


async def check_many(ledger: Ledger, seed: int, count: int) -> set[int]:
    """Send so many; the statuses that were answered."""
    key = ledger.add_key(EMAIL)[0]
    good = good_requests(key)
    statuses: set[int] = set()
    async with served(ledger, keep_alive_seconds=1, **LIMITS) as worker:

        async def one(number: int) -> None:
            chance = random.Random(f"{seed}:{number}")
            data = spoilt(chance, good)
            try:
                answers = await sent(worker, chance, data)
                for reply in answers:
                    check_shape(reply)
            except Exception as error:
                raise AssertionError(f"{seed}:{number} {data[:2000]!r}") from error
            statuses.update(reply.status for reply in answers)

        for start in range(0, count, AT_ONCE):
            await asyncio.gather(*(one(start + number) for number in range(AT_ONCE)))
        client = await worker.connect()
        await client.send(request())
        assert [reply.status for reply in await client.replies()] == [200]
        await worker.settle(0)
    funds = ledger.balance(EMAIL)
    assert (funds.posted_nano_usd, funds.held_nano_usd) == (FUNDS_NANO_USD, 0)
    return statuses


async def test_bytes_at_random_are_answered_or_hung_up_on(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    statuses = await check_many(ledger, 1, 500)
    assert {200, 400, 401, 404, 405, 408, 422, 431} <= statuses
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2, 4))
async def test_bytes_at_random_at_length(
    ledger: Ledger, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    await check_many(ledger, seed, 4000)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
