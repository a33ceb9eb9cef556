"""Upstreams that are busy, stall, die or redirect: a clear error, in time, that tells no secret."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bioql_lsp.worker.engines.base import Instruct, Piece, Sampling, UpstreamError
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.openai.engine import OpenAIEngine
from bioql_lsp.worker.engines.openai.stream import Waits
from tests.support.scripted_upstream import (
    HEAD,
    Answer,
    Exchange,
    ScriptedUpstream,
    event,
    scripted,
    status,
    token,
)
from tests.support.upstreams import (
    LlamaServer,
    export_gguf,
    llama_server,
    running,
)
from tests.worker.engines.openai.asking import (
    KEY,
    SHORT_WAITS,
    TASK,
    UNFINISHED,
    WAITS,
    ask,
    failure,
    ignore,
    text,
)


async def test_a_redirect_is_refused_and_the_key_stays(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    async with scripted() as elsewhere:
        upstream.answers = [status("307 Temporary Redirect", f"Location: {elsewhere.url}/v1/x")]
        assert "redirect" in await failure(engine)
        assert upstream.asked[0].headers["authorization"] == f"Bearer {KEY}"
        assert elsewhere.asked == []

        upstream.answers = [status("308 Permanent Redirect", f"Location: {elsewhere.url}/")]
        again = OpenAIEngine(upstream.url, api_key=KEY, prompt_form="text", waits=WAITS)
        with pytest.raises(UpstreamError, match="redirect"):
            await asyncio.to_thread(again.load, ignore)
        assert elsewhere.asked == []


async def test_proxies_and_logins_of_the_environment_are_not_used(
    upstream: ScriptedUpstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with scripted() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login some password one\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        monkeypatch.setenv("BIOQL_UPSTREAM_API_KEY", KEY)
        engine = OpenAIEngine(upstream.url, prompt_form="text", waits=WAITS)
        await asyncio.to_thread(engine.load, ignore)
        assert text(await ask(engine, TASK, Sampling(16))) == "print(1)\n"
        await engine.close()
        assert proxy.asked == []
    assert {x.headers["authorization"] for x in upstream.asked} == {f"Bearer {KEY}"}


@pytest.mark.parametrize("line", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_busy_upstream_is_asked_again(
    engine: OpenAIEngine, upstream: ScriptedUpstream, line: str
) -> None:
    upstream.answers = [status(line), status(line, "Retry-After: 0")]
    assert text(await ask(engine, TASK, Sampling(16))) == "print(1)\n"
    assert len(upstream.asked) == 3


async def test_an_upstream_that_stays_busy_is_given_up(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    upstream.answers = [status("429 Too Many Requests")] * 5
    assert "too busy" in await failure(engine)
    assert len(upstream.asked) == 3


@pytest.mark.parametrize("after", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
async def test_an_upstream_that_asks_for_a_long_pause_is_not_waited_for(
    engine: OpenAIEngine, upstream: ScriptedUpstream, after: str
) -> None:
    upstream.answers = [status("503 Service Unavailable", f"Retry-After: {after}")]
    assert "too busy" in await failure(engine)
    assert len(upstream.asked) == 1


async def test_the_pause_that_is_asked_for_is_kept(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    upstream.answers = [status("429 Too Many Requests", "Retry-After: 1")]
    begun = time.monotonic()
    assert text(await ask(engine, TASK, Sampling(16))) == "print(1)\n"
    assert time.monotonic() - begun >= 1.0


async def test_a_connection_that_closes_before_an_answer_is_tried_again(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    async def hangs_up(exchange: Exchange) -> None:
        exchange.writer.close()

    upstream.answers = [hangs_up, hangs_up]
    assert text(await ask(engine, TASK, Sampling(16))) == "print(1)\n"
    assert len(upstream.asked) == 3


async def test_nothing_is_asked_again_behind_the_first_text(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    async def breaks_off(exchange: Exchange) -> None:
        await exchange.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"%x\r\n" % len(UNFINISHED) + UNFINISHED + b"\r\n",
        )

    upstream.answers = [breaks_off]
    received: list[Piece] = []
    assert "broke off" in await failure(engine, received)
    assert text(received) == "a = 1\n"
    assert len(upstream.asked) == 1


async def test_a_connection_that_breaks_behind_the_end_does_not_lose_the_answer(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    async def breaks_off(exchange: Exchange) -> None:
        blocks = [b"%x\r\n%b\r\n" % (len(b), b) for b in (UNFINISHED, token("", "stop"))]
        await exchange.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            *blocks,
        )

    upstream.answers = [breaks_off]
    pieces = await ask(engine, TASK, Sampling(16))
    assert (text(pieces), pieces[-1].finish) == ("a = 1\n", "stop")


async def silent(exchange: Exchange) -> None:
    await exchange.left()


async def silent_behind_its_head(exchange: Exchange) -> None:
    await exchange.send(HEAD)
    await exchange.left()


async def stalls(exchange: Exchange) -> None:
    await exchange.send(HEAD, UNFINISHED)
    await exchange.left()


async def drips(exchange: Exchange) -> None:
    """Keeps the connection alive without writing a token."""
    await exchange.send(HEAD, UNFINISHED)
    while not exchange.reader.at_eof():
        await exchange.send(b": ping\n\n", event({"choices": []}))
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [(silent, 0.6), (silent_behind_its_head, 0.6), (stalls, 0.3), (drips, 0.3)],
)
async def test_a_stall_ends_in_time_and_closes_the_connection(
    upstream: ScriptedUpstream, answer: Answer, seconds: float
) -> None:
    left = asyncio.Event()
    engine = OpenAIEngine(upstream.url, api_key=KEY, prompt_form="text", waits=SHORT_WAITS)
    await asyncio.to_thread(engine.load, ignore)

    async def watched(exchange: Exchange) -> None:
        try:
            await answer(exchange)
        finally:
            left.set()

    upstream.answers = [watched]
    begun = time.monotonic()
    assert f"nothing for {seconds:g} seconds" in await failure(engine)
    assert time.monotonic() - begun < seconds + 2.0
    await asyncio.wait_for(left.wait(), 5.0)
    await engine.close()


@pytest.mark.parametrize("how", ["aclose", "cancel", "complete"])
async def test_closing_closes_the_connection_at_once(
    engine: OpenAIEngine, upstream: ScriptedUpstream, how: str
) -> None:
    left = asyncio.Event()

    async def goes_on(exchange: Exchange) -> None:
        await exchange.send(HEAD, UNFINISHED)
        if how == "complete":
            await exchange.send(token("```\n"))
        await exchange.left()
        left.set()

    upstream.answers = [goes_on]
    begun = asyncio.Event()

    async def follow() -> list[Piece]:
        received = []
        prompt = engine.prompt(TASK, 16)
        async with aclosing(engine.stream(prompt, TASK, Sampling(16))) as pieces:
            async for piece in pieces:
                received.append(piece)
                begun.set()
                if how == "aclose":
                    break
        return received

    task = asyncio.create_task(follow())
    await begun.wait()
    if how == "cancel":
        task.cancel()
    [outcome] = await asyncio.gather(task, return_exceptions=True)
    await asyncio.wait_for(left.wait(), WAITS.between_tokens_seconds / 2)
    if how == "complete":
        assert outcome[-1].finish == "stop"  # type: ignore[index]
        assert text(outcome) == "a = 1\n"  # type: ignore[arg-type]
    assert isinstance(outcome, asyncio.CancelledError) == (how == "cancel")


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_gguf(tmp_path_factory.mktemp("gguf") / "mini.gguf", "q8_0")


@pytest.fixture
def llama(gguf: Path) -> Iterator[LlamaServer]:
    with running(llama_server(gguf, threads=1)) as server:
        yield server


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_server_that_dies_or_stops_in_the_middle_is_an_error(
    llama: LlamaServer, number: signal.Signals
) -> None:
    waits = Waits(first_token_seconds=30.0, between_tokens_seconds=1.0)
    engine = OpenAIEngine(llama.url, tokenizer=embedded_folder(), waits=waits)
    await asyncio.to_thread(engine.load, ignore)
    # A short answer may be whole before the signal reaches the server.
    task, sampling = Instruct("a ghz state of 24 qubits"), Sampling(400)
    received = 0
    with pytest.raises(UpstreamError, match=r"broke off|nothing for 1 seconds"):
        async with aclosing(engine.stream(engine.prompt(task, 400), task, sampling)) as pieces:
            async for _ in pieces:
                received += 1
                if received == 1:
                    llama.signal(number)
    assert 1 <= received < 400
    if number == signal.SIGSTOP:
        llama.signal(signal.SIGCONT)
        assert text(await ask(engine, task, Sampling(16)))
    else:
        with pytest.raises(UpstreamError, match="cannot be reached"):
            await ask(engine, task, Sampling(16))
    await engine.close()
