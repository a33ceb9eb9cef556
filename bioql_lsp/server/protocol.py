"""JSON-RPC as this server speaks it: pygls' converter and capabilities, our own dispatch.

pygls leaves requests unanswered in several cases (no ``params``, invalid ones, a ``jsonrpc`` key
inside arguments, a command that was cancelled), sends tracebacks to the client and dies in the
reading loop. Here every request gets exactly one answer:

- `receive` takes a body and never raises;
- a handler that returns a coroutine runs as a task in `_running` until it is answered, so that
  ``$/cancelRequest`` and ``shutdown`` really cancel it, commands too;
- errors become answers in `guard` alone.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from bioql_lsp.server.guard import (
    InvalidParamsError,
    RequestError,
    describe_invalid,
    log_failure,
    response_error,
)
from bioql_lsp.server.messages import PlainJson, RequestId, error_body, id_of, result_body
from bioql_lsp.server.options import folder_of

if TYPE_CHECKING:
    from cattrs import Converter

    from bioql_lsp.server.app import BioqlServer

logger = logging.getLogger(__name__)


class Phase(Enum):
    """Where a connection stands."""

    NEW = auto()
    RUNNING = auto()
    SHUT_DOWN = auto()


class Protocol(LanguageServerProtocol):
    """One connection's protocol state."""

    _server: BioqlServer

    def __init__(self, server: BioqlServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self.phase = Phase.NEW
        self.exit_code: int | None = None
        self._is_closed = False
        self._running: dict[RequestId, asyncio.Task[Any]] = {}
        self._notified: set[asyncio.Task[Any]] = set()

    def receive(self, body: bytes) -> None:
        """Handle one message, or several in an array. Never raises."""
        try:
            message = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            self.refuse("The message is not JSON in UTF-8.")
            return
        if not isinstance(message, list):
            self._receive_one(message)
            return
        ids = [id_of(item) for item in message if isinstance(item, dict) and "id" in item]
        for request_id in ids or [None]:
            self._reject(
                request_id, types.ErrorCodes.InvalidRequest, "LSP has no batches: send each alone."
            )

    def refuse(self, reason: str) -> None:
        """Answer bytes that are no message at all."""
        self._reject(None, types.ErrorCodes.ParseError, reason)

    def _receive_one(self, message: Any) -> None:
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            self._reject(
                id_of(message), types.ErrorCodes.InvalidRequest, "This is not JSON-RPC 2.0."
            )
        elif isinstance(message.get("method"), str):
            if "id" in message:
                self._receive_request(message)
            else:
                self._receive_notification(message)
        elif id_of(message) is not None and ("result" in message or "error" in message):
            self._receive_response(message)
        else:
            self._reject(
                id_of(message),
                types.ErrorCodes.InvalidRequest,
                "The message is neither request, notification nor response.",
            )

    def _receive_request(self, message: dict[str, Any]) -> None:
        request_id, method = id_of(message), message["method"]
        if request_id is None:
            self._reject(None, types.ErrorCodes.InvalidRequest, "An id is text or a whole number.")
            return
        problem = self._out_of_turn(request_id, method)
        if problem is not None:
            self._reject(request_id, *problem)
            return
        handler = self.fm.features.get(method) or self.fm.builtin_features.get(method)
        if handler is None:
            self._reject(
                request_id, types.ErrorCodes.MethodNotFound, f"{method[:100]} is not supported."
            )
            return
        try:
            outcome = handler(self._params(message))
        except Exception as error:
            self._fail(request_id, method, error)
            return
        if not inspect.iscoroutine(outcome):
            self._answer(request_id, method, outcome)
            return
        task = asyncio.ensure_future(outcome)
        self._running[request_id] = task
        task.add_done_callback(partial(self._finish, request_id, method))

    def _out_of_turn(self, request_id: RequestId, method: str) -> tuple[int, str] | None:
        if request_id in self._running:
            return types.ErrorCodes.InvalidRequest, "A request with this id is still running."
        if self.phase is Phase.SHUT_DOWN:
            return types.ErrorCodes.InvalidRequest, "The server was shut down."
        if method == types.INITIALIZE and self.phase is Phase.RUNNING:
            return types.ErrorCodes.InvalidRequest, "The server was initialized before."
        if method != types.INITIALIZE and self.phase is Phase.NEW:
            return types.ErrorCodes.ServerNotInitialized, "Send initialize first."
        return None

    def _finish(self, request_id: RequestId, method: str, task: asyncio.Task[Any]) -> None:
        self._running.pop(request_id, None)
        if task.cancelled():
            self._fail(request_id, method, asyncio.CancelledError())
        elif (error := task.exception()) is not None:
            self._fail(request_id, method, error)
        else:
            self._answer(request_id, method, task.result())

    def _receive_notification(self, message: dict[str, Any]) -> None:
        method = message["method"]
        if method == types.EXIT:
            self.exit_code = 0 if self.phase is Phase.SHUT_DOWN else 1
            return
        handler = self.fm.features.get(method) or self.fm.builtin_features.get(method)
        if self.phase is not Phase.RUNNING or (handler is None and method != types.CANCEL_REQUEST):
            logger.debug("ignored the notification %s", method[:100])
            return
        try:
            params = self._params(message)
            if method == types.CANCEL_REQUEST:
                self._cancel(params.id)
                return
            outcome = _run_out(handler(params)) if handler else None
        except InvalidParamsError as error:
            logger.warning("%s", error)
        except Exception as error:
            log_failure(error, method)
        else:
            if inspect.iscoroutine(outcome):
                task = asyncio.ensure_future(outcome)
                self._notified.add(task)
                task.add_done_callback(partial(self._finish_notification, method))

    def _finish_notification(self, method: str, task: asyncio.Task[Any]) -> None:
        self._notified.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log_failure(error, method)

    def _cancel(self, request_id: RequestId) -> None:
        task = self._running.get(request_id)
        if task is not None:
            task.cancel()

    def _receive_response(self, message: dict[str, Any]) -> None:
        request_id = message["id"]
        future = self._request_futures.pop(request_id, None)
        kind = self._result_types.pop(request_id, None)
        if future is None or future.done():
            logger.debug("ignored an answer to an unknown request")
            return
        try:
            if "error" in message:
                answer = self._converter.structure(message, types.ResponseErrorMessage)
                error = answer.error or types.ResponseError(0, "unknown error")
                future.set_exception(JsonRpcException.from_error(error))
            else:
                result = message["result"]
                structured = self._converter.structure(message, kind).result if kind else result
                future.set_result(structured)
        except Exception as failure:
            log_failure(failure, "reading an answer of the client")
            future.set_exception(RequestError("The editor's answer could not be read."))

    def _params(self, message: dict[str, Any]) -> Any:
        """The typed params of a known method, the plain ones of a method of our own."""
        method, params = message["method"], message.get("params")
        kind = self.get_message_type(method)
        if kind is None:
            return params
        if params is None:
            message = {key: value for key, value in message.items() if key != "params"}
        try:
            return getattr(self._converter.structure(message, kind), "params", None)
        except Exception as error:
            fields = describe_invalid(error)
            raise InvalidParamsError(f"The parameters of {method} are wrong: {fields}.") from None

    def _answer(self, request_id: RequestId, method: str, result: Any) -> None:
        try:
            is_plain = isinstance(result, PlainJson)
            plain = result if is_plain else self._converter.unstructure(result)
            body = result_body(request_id, plain)
        except Exception as error:
            self._fail(request_id, method, error)
        else:
            self._write(body)

    def _fail(self, request_id: RequestId, method: str, error: BaseException) -> None:
        answer = response_error(error, method, request_id)
        self._reject(request_id, int(answer.code), answer.message)

    def _reject(self, request_id: RequestId | None, code: int, message: str) -> None:
        self._write(error_body(request_id, code, message))

    def _send_data(self, data: Any) -> None:
        """Send a notification or a request of ours (pygls' own way out)."""
        try:
            body = json.dumps(self._converter.unstructure(data), allow_nan=False)
        except Exception as error:
            log_failure(error, "writing a message")
        else:
            self._write(body)

    def notify_json(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification whose parameters are plain JSON already."""
        message = {"jsonrpc": self.VERSION, "method": method, "params": params}
        self._write(json.dumps(message, allow_nan=False))

    def _write(self, body: str) -> None:
        if self.writer is None or self._is_closed:
            return
        data = body.encode("ascii")
        try:
            self.writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        except (OSError, ValueError):
            self._is_closed = True
            logger.info("the client no longer reads")

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(  # type: ignore[override]  # answered at once, not by a generator
        self, params: types.InitializeParams
    ) -> types.InitializeResult:
        """Answer with the capabilities and open the session."""
        self._server.authorise(params)
        if folder_of(params.root_uri) is None:
            params.root_uri = None  # pygls fails on one that it can't parse
        result: types.InitializeResult = _run_out(super().lsp_initialize(params))
        self._server.open_session(params, result.capabilities)
        self.phase = Phase.RUNNING
        return result

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_arguments: object) -> None:  # type: ignore[override]
        """Cancel, and thereby answer, everything that runs; from here on only exit counts."""
        self.phase = Phase.SHUT_DOWN
        self._shutdown = True
        self.cancel_all()

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:
        """Run a command as part of its own request, so that cancelling it ends the work."""
        return await self._server.execute_command(params)

    def cancel_all(self) -> None:
        """Cancel everything that runs."""
        for task in [*self._running.values(), *self._notified]:
            task.cancel()
        for future in self._request_futures.values():
            future.cancel()
        self._request_futures.clear()


def _run_out(outcome: Any) -> Any:
    """Finish a generator of pygls' built-in handlers, which yield to no handler of ours."""
    if not inspect.isgenerator(outcome):
        return outcome
    while True:
        try:
            next(outcome)
        except StopIteration as stop:
            return stop.value
