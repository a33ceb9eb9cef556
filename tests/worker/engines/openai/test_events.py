"""What an upstream may send: every shape that is allowed, and nonsense, which is an error."""

from __future__ import annotations

import logging

import pytest

from bioql_lsp.worker.engines.base import Piece, Sampling
from bioql_lsp.worker.engines.openai.engine import OpenAIEngine
from bioql_lsp.worker.engines.openai.stream import LINE_BYTES_MAX
from tests.support.scripted_upstream import (
    DONE,
    ScriptedUpstream,
    event,
    says,
    status,
    token,
)
from tests.worker.engines.openai.asking import (
    TASK,
    UNFINISHED,
    ask,
    failure,
    text,
)

NONSENSE = {
    "no JSON": (b"data: RAW-UPSTREAM-WORDS\n\n", "no JSON"),
    "half an event": (b'data: {"choices": [{"te', "ended the stream"),
    "deep JSON": (b"data: " + b"[" * 100_000 + b"\n\n", "no JSON"),
    "no object": (b"data: [1, 2]\n\n", "no object"),
    "another object": (event({"hello": "RAW-UPSTREAM-WORDS"}), "no part of an answer"),
    "text that is none": (token(["RAW-UPSTREAM-WORDS"]), "no text"),  # type: ignore[arg-type]
    "no UTF-8": (b'data: {"choices": "\xff\xfe"}\n\n', "UTF-8"),
    "an error event": (event({"error": "RAW-UPSTREAM-WORDS"}), "reported an error"),
    "an error field": (b'error: {"message": "RAW-UPSTREAM-WORDS"}\n\n', "reported an error"),
    "a named error": (b"event: error\ndata: RAW-UPSTREAM-WORDS\n\n", "reported an error"),
    "an abort": (token("", "abort"), "gave up"),
    "a strange reason": (event({"choices": [{"text": "", "finish_reason": ["x"]}]}), "gave up"),
    "a stream that ends": (b"", "ended the stream"),
    "a line without end": (b"data: " + b"a" * (LINE_BYTES_MAX + 1), "line that does not end"),
    "too much": (b": still here\n\n" * 100_000, "far more"),
}


@pytest.mark.parametrize("is_begun", [False, True], ids=["at once", "behind text"])
@pytest.mark.parametrize("nonsense", NONSENSE)
async def test_nonsense_is_an_error_and_not_asked_for_again(
    engine: OpenAIEngine, upstream: ScriptedUpstream, nonsense: str, is_begun: bool
) -> None:
    block, words = NONSENSE[nonsense]
    upstream.answers = [says(*([UNFINISHED] * is_begun), block)]
    received: list[Piece] = []
    assert words in await failure(engine, received)
    assert text(received) == "a = 1\n" * is_begun
    assert len(upstream.asked) == 1
    assert text(await ask(engine, TASK, Sampling(16))) == "print(1)\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("500 Internal Server Error", "failed with status 500"),
        ("400 Bad Request", "refused the request"),
        ("401 Unauthorized", "BIOQL_UPSTREAM_API_KEY"),
        ("404 Not Found", "model's name"),
        ("204 No Content", "failed with status 204"),
    ],
)
async def test_a_refusal_says_what_to_do(
    engine: OpenAIEngine, upstream: ScriptedUpstream, line: str, words: str
) -> None:
    upstream.answers = [status(line)]
    assert words in await failure(engine)
    assert len(upstream.asked) == 1


async def test_an_answer_that_is_no_stream_is_refused(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    upstream.answers = [status("200 OK", "Content-Type: application/json")]
    assert "stream of events" in await failure(engine)
    packed = ("Content-Type: text/event-stream", "Content-Encoding: gzip")
    upstream.answers = [status("200 OK", *packed)]
    assert "compressed" in await failure(engine)


@pytest.mark.parametrize("size", [1, 2, 7])
async def test_events_may_come_in_any_pieces_and_with_any_line_ends(
    engine: OpenAIEngine, upstream: ScriptedUpstream, size: int
) -> None:
    whole = (
        b": hello\r\n\r\nevent: message\r\nid: 1\r\ndata: " + token("x = 'é")[6:-2] + b"\r\n\r\n"
        b"data:" + token("😀'\r\n")[6:-2] + b"\r\rdata: {\ndata: \"choices\": []}\n\n"
        + event({"choices": [], "usage": None})
        + token(None, "length", completion_tokens=7)
    )  # fmt: skip
    upstream.answers = [says(*(whole[i : i + size] for i in range(0, len(whole), size)))]
    pieces = await ask(engine, TASK, Sampling(16))
    assert text(pieces) == "x = 'é😀'\r\n"
    assert (pieces[-1].finish, pieces[-1].completion_tokens) == ("length", 7)


@pytest.mark.parametrize(
    ("blocks", "finish", "tokens"),
    [
        ([UNFINISHED, DONE], "stop", 1),
        ([UNFINISHED, token("", "eos_token")], "stop", 1),
        ([UNFINISHED, token("b", "max_tokens"), DONE], "length", 2),
        ([UNFINISHED, token("", "stop"), event({"choices": [], "usage": {"completion_tokens": 9}})],
         "stop", 9),
        ([UNFINISHED, token("", "stop", completion_tokens=10**9)], "stop", 16),
        ([UNFINISHED, token("", "stop", completion_tokens=-4)], "stop", 1),
        ([UNFINISHED, token("", ""), token("", "stop")], "stop", 1),
        ([token("a\n")] * 40, "length", 16),
    ],
)  # fmt: skip
async def test_how_an_answer_ends_and_what_it_took(
    engine: OpenAIEngine,
    upstream: ScriptedUpstream,
    blocks: list[bytes],
    finish: str,
    tokens: int,
) -> None:
    upstream.answers = [says(*blocks)]
    pieces = await ask(engine, TASK, Sampling(16))
    assert (pieces[-1].finish, pieces[-1].completion_tokens) == (finish, tokens)
    assert [piece.finish for piece in pieces[:-1]] == [None] * (len(pieces) - 1)


@pytest.mark.parametrize(
    ("blocks", "prompt_tokens"),
    [
        ([token("", "stop", prompt_tokens=9)], 9),
        ([token("", "stop"), event({"choices": [], "usage": {"prompt_tokens": 9}}), DONE], 9),
        ([token("b", prompt_tokens=8), token("", "stop", prompt_tokens=9)], 9),
        ([token("", "stop", completion_tokens=1), DONE], None),
        ([token("", "stop", prompt_tokens=0)], None),
        ([token("", "stop", prompt_tokens=-3)], None),
        ([token("", "stop", prompt_tokens=10**9)], 512),
        ([token("```\n")], None),
    ],
)
async def test_the_last_piece_tells_how_long_the_prompt_was_there(
    engine: OpenAIEngine,
    upstream: ScriptedUpstream,
    blocks: list[bytes],
    prompt_tokens: int | None,
) -> None:
    upstream.answers = [says(UNFINISHED, *blocks)]
    pieces = await ask(engine, TASK, Sampling(16))
    assert pieces[-1].prompt_tokens == prompt_tokens
    assert [piece.prompt_tokens for piece in pieces[:-1]] == [None] * (len(pieces) - 1)


USAGE = event({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 5}})
WHOLE_EVENTS = {
    *("no JSON", "deep JSON", "no object", "another object", "text that is none"),
    *("an error event", "an abort", "a strange reason"),
}
"""Nonsense that ends where an event ends, so that the usage behind it can be read."""


@pytest.mark.parametrize("end", [token("", "stop"), DONE], ids=["finish", "done"])
@pytest.mark.parametrize("nonsense", sorted(NONSENSE.keys() - {"a stream that ends"}))
async def test_nonsense_behind_a_complete_answer_does_not_lose_it(
    engine: OpenAIEngine,
    upstream: ScriptedUpstream,
    caplog: pytest.LogCaptureFixture,
    nonsense: str,
    end: bytes,
) -> None:
    upstream.answers = [says(UNFINISHED, end, NONSENSE[nonsense][0], USAGE)]
    with caplog.at_level(logging.WARNING, "bioql.worker"):
        pieces = await ask(engine, TASK, Sampling(16))
    assert text(pieces) == "a = 1\n"
    assert pieces[-1].finish == "stop"
    if nonsense in WHOLE_EVENTS:
        assert (pieces[-1].prompt_tokens, pieces[-1].completion_tokens) == (9, 5)
    [record] = caplog.records
    assert record.getMessage() == "ignored behind an answer"
    assert "127.0.0.1" in vars(record)["error"]
    assert "RAW-UPSTREAM-WORDS" not in str([vars(record) for record in caplog.records])


async def test_much_nonsense_behind_an_answer_is_logged_once(
    engine: OpenAIEngine, upstream: ScriptedUpstream, caplog: pytest.LogCaptureFixture
) -> None:
    upstream.answers = [says(UNFINISHED, DONE, *[b"data: x\n\n"] * 99, USAGE)]
    with caplog.at_level(logging.WARNING, "bioql.worker"):
        assert (await ask(engine, TASK, Sampling(16)))[-1] == Piece("", 5, "stop", 9)
    assert len(caplog.records) == 1


async def test_text_behind_a_complete_answer_is_no_part_of_it(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    upstream.answers = [says(UNFINISHED, token("", "length"), token("b", "stop"), DONE)]
    pieces = await ask(engine, TASK, Sampling(16))
    assert (text(pieces), pieces[-1].finish) == ("a = 1\n", "length")


@pytest.mark.parametrize("nonsense", sorted(NONSENSE))
async def test_nonsense_behind_an_answer_that_we_end_does_not_lose_it(
    engine: OpenAIEngine, upstream: ScriptedUpstream, nonsense: str
) -> None:
    upstream.answers = [says(UNFINISHED + token("```\n") + NONSENSE[nonsense][0][:100_000])]
    pieces = await ask(engine, TASK, Sampling(16))
    assert (text(pieces), pieces[-1].finish) == ("a = 1\n", "stop")


async def test_half_of_a_surrogate_pair_is_replaced(
    engine: OpenAIEngine, upstream: ScriptedUpstream
) -> None:
    upstream.answers = [says(token("x = '\ud83d'"), DONE)]
    assert text(await ask(engine, TASK, Sampling(16))).encode() == "x = '\ufffd'".encode()


async def test_what_is_asked(engine: OpenAIEngine, upstream: ScriptedUpstream) -> None:
    await ask(engine, TASK, Sampling(16))
    await ask(engine, TASK, Sampling(16, temperature=0.7, seed=5))
    greedy, warm = (exchange.body for exchange in upstream.asked)
    assert greedy == {
        "model": "scripted",
        "prompt": greedy["prompt"],
        "max_tokens": 16,
        "temperature": 0.0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert warm == greedy | {"temperature": 0.7, "seed": 5, "top_p": 0.95}
