"""Every request gets exactly one answer, whatever it looks like, and nothing private is in it."""

from __future__ import annotations

import asyncio
import logging
import sys
from types import ModuleType
from typing import Any

import attrs
import pytest
from lsprotocol import types

from bioql_lsp.server.features import COMMANDS
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.session import Session
from tests.server.harness import URI, Connection

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND = -32700, -32600, -32601
INVALID_PARAMS, INTERNAL_ERROR, NOT_INITIALIZED = -32602, -32603, -32002
CANCELLED = -32800
SECRET = "bioql_live_5ecre7"


class Work:
    """Something slow that a request waits for, and what became of it."""

    def __init__(self) -> None:
        self.has_started = asyncio.Event()
        self.may_end = asyncio.Event()
        self.was_cancelled = False

    async def __call__(self, *_arguments: Any) -> str:
        self.has_started.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        return "done"


@attrs.frozen
class PlaceArguments:
    uri: str
    position: types.Position


def add_command(monkeypatch: pytest.MonkeyPatch, name: str, function: Any) -> None:
    module = ModuleType(f"bioql_lsp.server.features.{name}")
    module.run = function  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, f"bioql.{name}", f"{name}:run")


async def is_alive(connection: Connection) -> bool:
    answer = await connection.answer(connection.send("test/unknown"))
    return bool(answer["error"]["code"] == METHOD_NOT_FOUND)


@pytest.mark.parametrize("message", [{}, {"params": None}, {"params": {}}, {"params": []}])
async def test_a_request_of_our_own_with_or_without_params_is_answered(
    ready: Connection, message: dict[str, Any]
) -> None:
    ready.server.feature("test/echo")(lambda params: {"got": params})
    ready.raw({"jsonrpc": "2.0", "id": "e", "method": "test/echo", **message})
    assert (await ready.answer("e"))["result"] == {"got": message.get("params")}


@pytest.mark.parametrize(
    "method",
    [
        "textDocument/completion",
        "textDocument/codeAction",
        "textDocument/diagnostic",
        "codeAction/resolve",
        "workspace/executeCommand",
    ],
)
@pytest.mark.parametrize(
    "params", [None, {}, [], "text", 7, {"textDocument": 3}, {"textDocument": {"uri": [SECRET]}}]
)
async def test_invalid_params_are_answered_with_the_wrong_field_and_no_value(
    ready: Connection, method: str, params: Any
) -> None:
    error = await ready.error(method, params)
    assert error["code"] == INVALID_PARAMS
    assert method in error["message"]
    assert SECRET not in error["message"]


async def test_numbers_out_of_range_are_invalid_params(ready: Connection) -> None:
    for line in (-1, 2**40, 10**30, 1.5, True, "3"):
        position = {"line": line, "character": 0}
        params = {"textDocument": {"uri": URI}, "position": position}
        answer = await ready.answer(ready.send("textDocument/completion", params))
        assert answer.get("error", {}).get("code") in (INVALID_PARAMS, None)
    assert await is_alive(ready)


async def test_a_nested_jsonrpc_key_in_arguments_is_only_data(
    ready: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.server.feature("test/echo")(lambda params: params)
    nested = {"inner": {"jsonrpc": "2.0", "id": 1, "method": "shutdown"}}
    assert await ready.request("test/echo", nested) == nested
    command = {"command": "bioql.unknown", "arguments": [nested["inner"]]}
    assert (await ready.error("workspace/executeCommand", command))["code"] == INVALID_PARAMS


async def test_a_cancelled_command_is_answered_once_and_its_work_ends(
    ready: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()

    async def run(session: Session) -> str:
        return await work()

    add_command(monkeypatch, "slow", run)
    request_id = ready.send("workspace/executeCommand", {"command": "bioql.slow"})
    await work.has_started.wait()
    ready.notify("$/cancelRequest", {"id": request_id})
    assert (await ready.answer(request_id))["error"]["code"] == CANCELLED
    assert work.was_cancelled
    assert await is_alive(ready)
    assert len(ready.answers(request_id)) == 1


async def test_a_request_cancelled_before_its_handler_starts_is_answered(
    ready: Connection,
) -> None:
    ready.server.protocol.fm.features["test/slow"] = Work()
    request_id = ready.send("test/slow")
    ready.notify("$/cancelRequest", {"id": request_id})
    assert (await ready.answer(request_id))["error"]["code"] == CANCELLED


async def test_cancelling_what_is_answered_or_unknown_changes_nothing(ready: Connection) -> None:
    request_id = ready.send("textDocument/completion", {"textDocument": {"uri": URI}})
    for cancelled in (request_id, 999, "x"):
        ready.notify("$/cancelRequest", {"id": cancelled})
    ready.raw({"jsonrpc": "2.0", "method": "$/cancelRequest"})
    assert await is_alive(ready)
    assert len(ready.answers(request_id)) == 1


async def test_a_slow_request_does_not_hold_up_others(ready: Connection) -> None:
    work = Work()
    ready.server.protocol.fm.features["test/slow"] = work
    request_id = ready.send("test/slow")
    assert await is_alive(ready)
    work.may_end.set()
    assert (await ready.answer(request_id))["result"] == "done"


async def test_an_id_in_use_is_refused_and_the_first_request_still_answered(
    ready: Connection,
) -> None:
    work = Work()
    ready.server.protocol.fm.features["test/slow"] = work
    for _ in range(2):
        ready.raw({"jsonrpc": "2.0", "id": "same", "method": "test/slow"})
    assert (await ready.answer("same"))["error"]["code"] == INVALID_REQUEST
    work.may_end.set()
    done = await ready.first(lambda message: message.get("result") == "done")
    assert done["id"] == "same"


@pytest.mark.parametrize("is_async", [False, True])
async def test_an_exception_reaches_neither_client_nor_log_with_its_message(
    ready: Connection, caplog: pytest.LogCaptureFixture, is_async: bool
) -> None:
    def fail(_params: Any) -> None:
        raise ValueError(SECRET)

    async def fail_later(_params: Any) -> None:
        raise ValueError(SECRET)

    ready.server.protocol.fm.features["test/fail"] = fail_later if is_async else fail
    with caplog.at_level(logging.DEBUG):
        request_id = ready.send("test/fail", {"code": SECRET})
        answer = await ready.answer(request_id)
    assert answer["error"]["code"] == INTERNAL_ERROR
    assert f"request {request_id}" in answer["error"]["message"]
    assert SECRET not in str(ready.received) + caplog.text
    assert "Traceback" not in str(ready.received) + caplog.text
    assert "ValueError in test/fail" in caplog.text


async def test_a_result_that_cannot_be_written_is_an_internal_error(ready: Connection) -> None:
    ready.server.protocol.fm.features["test/odd"] = lambda _params: object()
    assert (await ready.error("test/odd"))["code"] == INTERNAL_ERROR


@pytest.mark.parametrize(
    ("arguments", "is_accepted"),
    [
        (None, False),
        ([], False),
        ([3], False),
        ([{"uri": "u"}], False),
        ([{"uri": "u", "position": {"line": 0}}], False),
        ([{"uri": "u", "position": {"line": 0, "character": 1}}, {}], False),
        ([{"uri": "u", "position": {"line": 0, "character": 1}}], True),
        ([{"uri": "u", "position": {"line": 0, "character": 1}, "newer": 1}], True),
    ],
)
async def test_the_argument_of_a_command_is_checked_and_named(
    ready: Connection, monkeypatch: pytest.MonkeyPatch, arguments: Any, is_accepted: bool
) -> None:
    async def run(session: Session, place: PlaceArguments) -> int:
        return place.position.character

    run.__annotations__ = {"session": Session, "place": PlaceArguments, "return": int}
    add_command(monkeypatch, "place", run)
    params = {"command": "bioql.place", "arguments": arguments}
    if is_accepted:
        assert await ready.request("workspace/executeCommand", params) == 1
    else:
        error = await ready.error("workspace/executeCommand", params)
        assert error["code"] == INVALID_PARAMS
        assert "uri, position" in error["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"jsonrpc": "2.0", "id": ' + b"9" * 5000 + b"}",
    ],
)
async def test_a_body_that_is_no_json_is_a_parse_error(ready: Connection, body: bytes) -> None:
    ready.raw(body)
    assert (await ready.answer(None))["error"]["code"] == PARSE_ERROR
    assert await is_alive(ready)


@pytest.mark.parametrize(
    ("message", "answered_id"),
    [
        (3, None),
        (None, None),
        ({}, None),
        ({"jsonrpc": "1.0", "id": 5, "method": "shutdown"}, 5),
        ({"id": 5, "method": "shutdown"}, 5),
        ({"jsonrpc": "2.0", "id": 5}, 5),
        ({"jsonrpc": "2.0", "id": 5, "method": 5}, 5),
        ({"jsonrpc": "2.0", "id": None, "method": "shutdown"}, None),
        ({"jsonrpc": "2.0", "id": True, "method": "shutdown"}, None),
        ({"jsonrpc": "2.0", "id": {"a": 1}, "method": "shutdown"}, None),
        ([], None),
        ([{"jsonrpc": "2.0", "id": 5, "method": "shutdown"}], 5),
        ([{"jsonrpc": "2.0", "method": "exit"}], None),
    ],
)
async def test_json_that_is_no_message_is_an_invalid_request(
    ready: Connection, message: Any, answered_id: int | None
) -> None:
    ready.raw(message)
    assert (await ready.answer(answered_id))["error"]["code"] == INVALID_REQUEST
    assert await is_alive(ready)


async def test_answers_to_requests_nobody_sent_are_ignored(ready: Connection) -> None:
    ready.raw({"jsonrpc": "2.0", "id": "nobody", "result": 1})
    ready.raw({"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "no"}})
    assert await is_alive(ready)
    assert ready.answers("nobody") == []


@pytest.mark.parametrize(
    "answer", [{"result": 3}, {"result": {"applied": "yes"}}, {"error": 3}, {"error": {}}]
)
async def test_an_answer_that_cannot_be_read_fails_the_request_that_waits_for_it(
    ready: Connection, answer: dict[str, Any]
) -> None:
    ready._respond = lambda _request: None  # type: ignore[method-assign]
    edit = types.ApplyWorkspaceEditParams(edit=types.WorkspaceEdit())
    waiting = asyncio.ensure_future(ready.server.workspace_apply_edit_async(edit))
    asked = await ready.first(lambda message: message.get("method") == "workspace/applyEdit")
    ready.raw({"jsonrpc": "2.0", "id": asked["id"], **answer})
    with pytest.raises(RequestError, match="editor"):
        await asyncio.wait_for(waiting, 10)


async def test_before_initialize_requests_are_refused_and_notifications_dropped(
    connection: Connection,
) -> None:
    connection.open("x")
    for method in ("shutdown", "textDocument/completion", "test/unknown"):
        assert (await connection.error(method))["code"] == NOT_INITIALIZED
    await connection.initialize()
    assert connection.server.session.find(URI) is None


async def test_a_second_initialize_is_refused(ready: Connection) -> None:
    error = await ready.error("initialize", {"processId": None, "capabilities": {}})
    assert error["code"] == INVALID_REQUEST


async def test_initialize_with_invalid_params_may_be_repeated(connection: Connection) -> None:
    assert (await connection.error("initialize", {"capabilities": 3}))["code"] == INVALID_PARAMS
    assert "capabilities" in await connection.initialize()


async def test_after_shutdown_requests_are_refused_and_what_ran_is_cancelled(
    ready: Connection,
) -> None:
    work = Work()
    ready.server.protocol.fm.features["test/slow"] = work
    slow = ready.send("test/slow")
    await work.has_started.wait()
    assert await ready.request("shutdown") is None
    assert (await ready.answer(slow))["error"]["code"] == CANCELLED
    assert (await ready.error("shutdown"))["code"] == INVALID_REQUEST
    assert (await ready.error("test/slow"))["code"] == INVALID_REQUEST
    ready.notify("exit", None)
    assert ready.server.protocol.exit_code == 0


async def test_exit_without_shutdown_is_a_failure(ready: Connection) -> None:
    ready.notify("exit", None)
    assert ready.server.protocol.exit_code == 1


async def test_notifications_that_are_wrong_or_unknown_are_never_answered(
    ready: Connection,
) -> None:
    before = len(ready.received)
    ready.notify("test/unknown", {})
    ready.notify("textDocument/didOpen", {"textDocument": 3})
    ready.notify("textDocument/didChange", None)
    ready.change(2, {"text": "not open"})
    ready.notify("$/setTrace", {"value": "verbose"})
    ready.notify("window/workDoneProgress/cancel", {"token": "none"})
    assert await is_alive(ready)
    assert [m for m in ready.received[before:] if "method" not in m] == ready.received[-1:]


@pytest.mark.parametrize("token", [None, "", "wrong", 3, "\ud800"])
async def test_initialize_needs_the_token_of_the_process(token: Any) -> None:
    connection = Connection(token="right")
    options = {} if token is None else {"token": token}
    params = {"processId": None, "capabilities": {}, "initializationOptions": options}
    error = await connection.error("initialize", params)
    assert "initializationOptions.token" in error["message"]
    assert connection.server.protocol.exit_code == 1


async def test_initialize_accepts_the_token_of_the_process() -> None:
    connection = Connection(token="right")
    await connection.initialize(initializationOptions={"token": "right"})
    await connection.aclose()
