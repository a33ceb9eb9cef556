"""The newest request of a document wins, all are answered, and nobody works for nothing."""

from __future__ import annotations

from tests.server_ai.conftest import StartEditor
from tests.server_ai.editor import suggested
from tests.server_ai.sockets import answering, stream

IMPORT = "from bioql import quantum\n\n"
HANGING = stream({"delta": "x"}, is_whole=False)


async def test_a_newer_request_answers_the_older_one_empty_and_hangs_up_on_its_worker(
    start_editor: StartEditor,
) -> None:
    async with answering(HANGING, keeps_open=True) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(IMPORT)
        first = editor.inline()
        await peer.began.wait()
        peer.began.clear()
        editor.change(IMPORT + "r = ")
        second = editor.inline()
        assert suggested(await editor.answer(first)) == ""
        await peer.hung_up.wait()
        assert editor.answer_count(second) == 0
        await peer.began.wait()
        assert len(peer.requests) == 2
        editor.notify("$/cancelRequest", {"id": second})
        answer = await editor.answer(second)
        assert answer["error"]["code"] == -32800
        assert editor.answer_count(first) == 1
        assert editor.messages == []


async def test_a_repeated_request_for_the_same_place_takes_over_what_runs(
    start_editor: StartEditor,
) -> None:
    async with answering(HANGING, keeps_open=True) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(IMPORT)
        first = editor.inline()
        await peer.began.wait()
        second = editor.inline()
        assert suggested(await editor.answer(first)) == ""
        assert not peer.hung_up.is_set()
        assert len(peer.requests) == 1
        editor.notify("$/cancelRequest", {"id": second})
        await editor.answer(second)
        await peer.hung_up.wait()


async def test_a_request_that_waits_for_a_pause_in_typing_is_never_sent_when_typing_goes_on(
    start_editor: StartEditor,
) -> None:
    async with answering(HANGING, keeps_open=True) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        settings = {"inlineCompletion": {"delayMs": 5000}}
        editor = await start_editor(settings, environment)
        editor.open(IMPORT)
        requests = []
        for word in ("r = q", "r = qu", "r = qua"):
            editor.change(IMPORT + word)
            requests.append(editor.inline(is_explicit=False))
        editor.change(IMPORT + "import os # no place")
        requests.append(editor.inline(is_explicit=False))
        answers = [await editor.answer(request) for request in requests]
        assert [suggested(answer) for answer in answers] == ["", "", "", ""]
        assert peer.requests == []


async def test_shutting_down_in_the_middle_answers_everything(start_editor: StartEditor) -> None:
    async with answering(HANGING, keeps_open=True) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(IMPORT)
        requests = [editor.inline(), editor.generate("make a bell state")]
        await peer.began.wait()
        await editor.request("shutdown")
        for request in requests:
            assert (await editor.answer(request))["error"]["code"] == -32800
        await peer.hung_up.wait()
        editor.notify("exit", None)
        assert await editor.process.wait() == 0
