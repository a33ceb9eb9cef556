"""Loading: what is asked of an upstream, what is told about it, and what is refused."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bioql_lsp.training.tokenizer import save_tokenizer
from bioql_lsp.worker.engines.base import (
    Infill,
    Instruct,
    Sampling,
    UpstreamError,
)
from bioql_lsp.worker.engines.folder import STYLE_KEY, embedded_folder
from bioql_lsp.worker.engines.openai.engine import OpenAIEngine
from bioql_lsp.worker.upstream import UpstreamScheduler
from tests.support.scripted_upstream import (
    DONE,
    HEAD,
    Exchange,
    ScriptedUpstream,
    event,
    fine,
    says,
    status,
    token,
)
from tests.support.upstreams import (
    LlamaServer,
    Upstream,
    free_port,
    llama_server,
    running,
)
from tests.worker.engines.openai.asking import (
    TASKS,
    WAITS,
    ask,
    ignore,
    text,
)
from tests.worker.engines.test_prompts import TOKENIZERS, codellama_like

MINI = embedded_folder()


async def test_tokens_are_chosen_where_the_upstream_takes_them(
    llama: LlamaServer, serve: Upstream, hf_folder: Path
) -> None:
    words: list[str] = []
    engine = OpenAIEngine(llama.url, tokenizer=MINI)
    await asyncio.to_thread(engine.load, lambda share, word: words.append(word))
    assert (engine.model, engine.context_tokens_max) == ("bioql-mini", 1024)
    assert words[-1].endswith("takes prompts as tokens")

    engine = OpenAIEngine(serve.url, str(hf_folder), tokenizer=MINI / "tokenizer.json")
    await asyncio.to_thread(engine.load, lambda share, word: words.append(word))
    assert (engine.model, engine.context_tokens_max) == (str(hf_folder), 1024)
    assert words[-1].endswith("takes prompts as text")

    engine = OpenAIEngine(llama.url)
    await asyncio.to_thread(engine.load, lambda share, word: words.append(word))
    assert words[-1].endswith("takes prompts as chat")


async def test_an_upstream_without_a_list_of_models_wants_a_name(serve: Upstream) -> None:
    with pytest.raises(UpstreamError, match="--upstream-model"):
        await asyncio.to_thread(OpenAIEngine(serve.url).load, ignore)


async def test_a_wrong_name_and_a_wrong_tokenizer_are_told(
    llama: LlamaServer, serve: Upstream, tiny_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(UpstreamError, match="no-such-model"):
        await asyncio.to_thread(OpenAIEngine(serve.url, "no-such-model").load, ignore)
    with pytest.raises(UpstreamError, match=r"tokenizer\.json"):
        await asyncio.to_thread(OpenAIEngine(llama.url, tokenizer=tmp_path).load, ignore)
    with pytest.raises(UpstreamError, match="need the tokenizer"):
        await asyncio.to_thread(OpenAIEngine(llama.url, prompt_form="tokens").load, ignore)


async def test_the_key_is_needed_sent_and_never_told(gguf: Path) -> None:
    with running(llama_server(gguf, threads=1, api_key="correct-horse")) as server:
        with pytest.raises(UpstreamError, match="BIOQL_UPSTREAM_API_KEY") as caught:
            await asyncio.to_thread(OpenAIEngine(server.url, api_key="wrong-pony").load, ignore)
        assert "wrong-pony" not in str(caught.value)
        engine = OpenAIEngine(server.url, tokenizer=MINI, api_key="correct-horse")
        await asyncio.to_thread(engine.load, ignore)
        assert text(await ask(engine, TASKS[0], Sampling(8)))
        await engine.close()


async def test_loading_waits_for_an_upstream_that_starts(gguf: Path) -> None:
    server = llama_server(gguf, threads=1)
    words: list[str] = []
    engine = OpenAIEngine(server.url, tokenizer=MINI)

    def report(share: float, word: str) -> None:
        words.append(word)
        if word.startswith("waiting") and len(words) == 2:
            server.start()

    try:
        await asyncio.to_thread(engine.load, report)
        assert text(await ask(engine, TASKS[0], Sampling(8)))
    finally:
        server.stop()
        await engine.close()
    assert words[-1].endswith("takes prompts as tokens")


async def test_an_upstream_that_is_not_there_is_told() -> None:
    elsewhere = OpenAIEngine(f"http://127.0.0.1:{free_port()}", ready_seconds_max=0.0)
    with pytest.raises(UpstreamError, match="was not ready"):
        await asyncio.to_thread(elsewhere.load, ignore)


async def test_loading_tells_how_long_it_waited_and_can_be_given_up(
    upstream: ScriptedUpstream,
) -> None:
    loading = OpenAIEngine(upstream.url, prompt_form="text", ready_seconds_max=0.0)
    upstream.answers = [status("503 Service Unavailable")] * 9
    with pytest.raises(UpstreamError, match="loading its model"):
        await asyncio.to_thread(loading.load, ignore)

    patient = OpenAIEngine(upstream.url, prompt_form="text")
    waits: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def report(share: float, word: str) -> None:
        loop.call_soon_threadsafe(waits.put_nowait, word)

    task = asyncio.create_task(asyncio.to_thread(patient.load, report))
    while not (await waits.get()).startswith("waiting"):
        pass
    await patient.close()
    with pytest.raises(UpstreamError, match="the worker ends"):
        await task


@pytest.fixture(params=["silent", "drips"])
async def stalled(
    request: pytest.FixtureRequest, upstream: ScriptedUpstream
) -> AsyncIterator[threading.Event]:
    """Set when an upstream, which does not get on with the trial, was asked for it.

    When the test is over, the connection must be closed.
    """
    asked, left = threading.Event(), asyncio.Event()

    async def stalls(exchange: Exchange) -> None:
        asked.set()
        try:
            if request.param == "drips":
                await exchange.send(HEAD)
                while not exchange.reader.at_eof():
                    await exchange.send(event({"choices": []}))
                    await asyncio.sleep(0.05)
            await exchange.left()
        finally:
            left.set()

    upstream.answers = [stalls]
    yield asked
    await asyncio.wait_for(left.wait(), 5.0)


async def test_loading_is_given_up_at_once_while_an_upstream_stalls(
    upstream: ScriptedUpstream, stalled: threading.Event
) -> None:
    engine = OpenAIEngine(upstream.url, prompt_form="text")
    loading = asyncio.create_task(asyncio.to_thread(engine.load, ignore))
    await asyncio.to_thread(stalled.wait, 5.0)
    begun = time.monotonic()
    await engine.close()
    with pytest.raises(UpstreamError, match="the worker ends"):
        await asyncio.wait_for(loading, 5.0)
    assert time.monotonic() - begun < 1.0


async def test_a_worker_ends_at_once_while_its_upstream_stalls(
    upstream: ScriptedUpstream, stalled: threading.Event
) -> None:
    async def life() -> float:
        scheduler = UpstreamScheduler(OpenAIEngine(upstream.url, prompt_form="text"))
        scheduler.start()
        assert await asyncio.to_thread(stalled.wait, 5.0)
        begun = time.monotonic()
        await scheduler.stop(10.0)
        return begun

    # The loop of a worker, at whose end the threads that it started are waited for.
    begun = await asyncio.to_thread(lambda: asyncio.run(life()))
    assert time.monotonic() - begun < 1.0


async def test_an_engine_that_was_closed_is_not_loaded(upstream: ScriptedUpstream) -> None:
    engine = OpenAIEngine(upstream.url, prompt_form="text")
    await engine.close()
    with pytest.raises(UpstreamError, match="the worker ends"):
        await asyncio.to_thread(engine.load, ignore)
    assert upstream.asked == []


async def test_closing_after_loading_ends_nothing_else(upstream: ScriptedUpstream) -> None:
    engine = OpenAIEngine(upstream.url, prompt_form="text")
    await asyncio.to_thread(engine.load, ignore)
    await engine.close()
    await engine.close()
    assert text(await ask(engine, TASKS[0], Sampling(16))) == "print(1)\n"
    await engine.close()


async def test_a_server_that_refuses_a_form_is_asked_in_another(
    upstream: ScriptedUpstream,
) -> None:
    refused = status("422 Unprocessable Entity")
    upstream.answers = [refused, status("500 Oops"), refused, refused, fine]
    engine = OpenAIEngine(upstream.url, tokenizer=embedded_folder(), waits=WAITS)
    await asyncio.to_thread(engine.load, ignore)
    posts = [x for x in upstream.asked if x.path not in ("/v1/models", "/props", "/info")]
    kinds = [
        (x.path, type(x.body.get("prompt")).__name__, "stop_token_ids" in x.body) for x in posts
    ]
    assert kinds == [
        ("/v1/completions", "list", True),
        ("/v1/completions", "list", False),
        ("/v1/completions", "str", True),
        ("/v1/completions", "str", False),
        ("/v1/chat/completions", "NoneType", False),
    ]
    assert engine.context_tokens_max == 512


@pytest.mark.parametrize(("written", "lead"), [("eight", ""), (" eight", ""), ("eight", "<s>")])
async def test_what_the_upstream_does_to_text_is_noticed_and_put_right(
    upstream: ScriptedUpstream, tmp_path: Path, written: str, lead: str
) -> None:
    tokenizer = codellama_like()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    sample_tokens = len(tokenizer.encode("one two three four five six seven").ids)
    told = sample_tokens + (not lead)
    upstream.answers = [says(token(written, "length", prompt_tokens=told))]
    engine = OpenAIEngine(upstream.url, tokenizer=tmp_path, prompt_form="text", waits=WAITS)
    await asyncio.to_thread(engine.load, ignore)

    upstream.answers = [says(token(written.replace("eight", "os")), DONE)]
    assert text(await ask(engine, Infill("import"), Sampling(16))) == " os"
    assert upstream.asked[-1].body["prompt"] == f"{lead}▁<PRE>import▁<SUF>▁<MID>"
    await engine.close()


@pytest.mark.parametrize(
    ("url", "key", "words"),
    [
        ("ftp://host", "", "must look like"),
        ("host:80", "", "must look like"),
        ("http://", "", "must look like"),
        ("http://[::1", "", "must look like"),
        ("http://host:99999", "", "must look like"),
        ("http://me:hidden@host", "", "login"),
        ("http://host/v1?api_key=hidden", "", "BIOQL_UPSTREAM_API_KEY"),
        ("http://host", "hidden\r\nX-Other: 1", "no key"),
    ],
)
def test_a_wrong_address_or_key_is_told_without_it(url: str, key: str, words: str) -> None:
    with pytest.raises(UpstreamError, match=words) as caught:
        OpenAIEngine(url, api_key=key)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("form", ["text", "chat"])
async def test_an_upstream_of_brief_style_reads_and_writes_stand_ins(
    upstream: ScriptedUpstream, tmp_path: Path, form: str
) -> None:
    """One that stands for nothing stays as it is: the check of the answer withholds it."""
    save_tokenizer(TOKENIZERS["mini"], tmp_path)
    (tmp_path / "config.json").write_text(f'{{"{STYLE_KEY}": "brief"}}')
    engine = OpenAIEngine(upstream.url, tokenizer=tmp_path, prompt_form=form, waits=WAITS)
    await asyncio.to_thread(engine.load, ignore)
    fence = "```python\n" if form == "chat" else ""
    answer = fence + 'f("⟦M1⟧", ⟦N1⟧, "⟦M2⟧")\n```'
    upstream.answers.append(says(*(token(part) for part in answer), token("", "stop"), DONE))
    request = Instruct("dock CC(=O)Oc1ccccc1C(=O)O with 250 shots")
    pieces = await ask(engine, request, Sampling(64))
    assert text(pieces).strip() == 'f("CC(=O)Oc1ccccc1C(=O)O", 250, "⟦M2⟧")'
    assert engine.facts_kind == "brief"
    sent = upstream.asked[-1].body
    said = sent["prompt"] if form == "text" else sent["messages"][0]["content"]
    assert "dock ⟦M1⟧ with ⟦N1⟧ shots" in said
    await engine.close()
