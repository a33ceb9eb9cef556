"""The whole path on the user's own machine: server process, local worker process, ledger."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

from tests.server_ai.conftest import StartEditor, kill, worker_pid
from tests.server_ai.editor import CAPABILITIES, URI, suggested

IMPORT = "from bioql import quantum\n\n"


async def test_the_first_request_starts_a_worker_and_its_answer_is_reused_while_typing_along(
    start_editor: StartEditor,
) -> None:
    editor = await start_editor()
    editor.open(IMPORT)
    assert await editor.suggestion() == "value = 1"
    usage = editor.usages[0]
    assert usage["kind"] == "complete"
    assert usage["finish"] == "stop"
    assert usage["costUsd"] == "0.000000000"
    assert usage["sessionUsd"] == "0.000000000"
    assert usage["completionTokens"] > 0
    assert editor.states[-1] == "ready"
    assert "loading" in editor.states
    assert editor.messages == []
    kinds = [params["value"]["kind"] for params in editor.said("$/progress")]
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"

    editor.change(IMPORT + "val")
    assert await editor.suggestion(is_explicit=False) == "ue = 1"
    editor.change(IMPORT + "value = ")
    assert await editor.suggestion() == "1"
    assert len(editor.usages) == 1


async def test_editor_windows_share_one_worker_and_another_version_replaces_it(
    start_editor: StartEditor, folder: Path
) -> None:
    first, second = await asyncio.gather(start_editor(), start_editor())
    for editor in (first, second):
        editor.open(IMPORT)
    requests = [first.inline(), second.inline()]
    answers = [await first.answer(requests[0]), await second.answer(requests[1])]
    assert [suggested(answer) for answer in answers] == ["value = 1", "value = 1"]
    pid = worker_pid(folder)
    await first.result(first.command("bioql.balance"))
    await second.result(second.command("bioql.balance"))
    assert worker_pid(folder) == pid

    newer = await start_editor(environment={"BIOQL_TEST_VERSION": "0.2.0"})
    await newer.result(newer.command("bioql.balance"))
    assert worker_pid(folder) not in (None, pid)


async def test_a_worker_killed_in_the_middle_gives_one_message_and_no_charge_and_is_replaced(
    start_editor: StartEditor, folder: Path
) -> None:
    editor = await start_editor()
    editor.open(IMPORT)
    await editor.suggestion()
    first_pid = worker_pid(folder)
    assert first_pid is not None

    hanging = editor.generate("make a bell state [hang]")
    await editor.status("The model is writing.")
    text = IMPORT + "result = quantum("
    editor.change(text)
    assert editor.answer_count(hanging) == 0
    kill(first_pid, signal.SIGKILL)
    result = await editor.result(hanging)

    assert result["code"] == ""
    assert "nothing is charged" in result["message"]
    assert editor.messages == [f"BioQL: {result['message']}"]
    assert editor.states[-1] == "offline"
    assert [usage["kind"] for usage in editor.usages] == ["complete"]
    assert editor.texts[URI] == text
    await editor.diagnostics(editor.versions[URI])

    editor.change(IMPORT)
    editor.change(IMPORT + "\n")
    assert await editor.suggestion() == "value = 1"
    second_pid = worker_pid(folder)
    assert second_pid not in (None, first_pid)
    assert editor.states[-1] == "ready"
    assert len(editor.messages) == 1

    # One that goes away between two requests is replaced without a word.
    assert second_pid is not None
    kill(second_pid, signal.SIGKILL)
    editor.change(IMPORT + "\n\n")
    assert await editor.suggestion() == "value = 1"
    assert worker_pid(folder) not in (None, second_pid)
    assert len(editor.messages) == 1


async def test_static_features_answer_while_the_worker_hangs_and_a_cancelled_request_is_told(
    start_editor: StartEditor, folder: Path
) -> None:
    editor = await start_editor()
    editor.open(IMPORT)
    hanging = editor.generate("make a bell state [hang]")
    await editor.status("The model is writing.")
    editor.change(IMPORT + "quantum(\n")
    await editor.diagnostics(2)
    assert editor.answer_count(hanging) == 0
    editor.notify("$/cancelRequest", {"id": hanging})
    answer = await editor.answer(hanging)
    assert answer["error"]["code"] == -32800
    usage = await editor.notified("bioql/usage")
    assert usage["finish"] == "cancelled"

    first_pid = worker_pid(folder)
    result = await editor.result(editor.command("bioql.restartWorker"))
    assert result["state"] == "ready"
    assert worker_pid(folder) not in (None, first_pid)


async def test_no_model_is_asked_when_it_is_off(start_editor: StartEditor, folder: Path) -> None:
    editor = await start_editor({"mode": "off"})
    editor.open(IMPORT)
    assert await editor.suggestion() == ""
    assert editor.messages == []
    result = await editor.result(editor.generate("make a bell state"))
    assert "bioql.mode" in result["message"]
    assert not (folder / "run").exists()


async def test_a_client_without_inline_completion_gets_the_suggestion_as_an_item(
    start_editor: StartEditor,
) -> None:
    capabilities = json.loads(json.dumps(CAPABILITIES))
    del capabilities["textDocument"]["inlineCompletion"]
    editor = await start_editor({"inlineCompletion": {"delayMs": 0}}, capabilities=capabilities)
    editor.open(IMPORT + "val")
    answer = await editor.request(
        "textDocument/completion", {"textDocument": {"uri": URI}, "position": editor.place()}
    )
    assert answer["isIncomplete"] is True
    item = next(item for item in answer["items"] if item.get("detail") == "BioQL model")
    assert item["filterText"] == "val"
    assert item["insertTextFormat"] == 1
    assert item["textEdit"]["newText"].startswith("val")
    assert item["textEdit"]["range"]["start"] == {"line": 2, "character": 0}
