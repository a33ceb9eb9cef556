"""Puts the server together: pygls' capabilities, our protocol, one session, the features."""

from __future__ import annotations

import hmac
import inspect
import logging
from collections.abc import Sequence
from typing import Any, get_type_hints

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from bioql_lsp import __version__
from bioql_lsp.server.client import read_client
from bioql_lsp.server.converter import strict_converter, structured
from bioql_lsp.server.features import COMMANDS, FEATURES, Feature, load
from bioql_lsp.server.guard import InvalidParamsError, RequestError
from bioql_lsp.server.notebooks import SYNC
from bioql_lsp.server.options import read_initial
from bioql_lsp.server.protocol import Protocol
from bioql_lsp.server.session import Session

logger = logging.getLogger(__name__)

NAME = "bioql-lsp"


class BioqlServer(LanguageServer):
    """One server for one connection."""

    protocol: Protocol

    def __init__(self, token: str | None = None) -> None:
        super().__init__(
            NAME,
            __version__,
            protocol_cls=Protocol,
            converter_factory=strict_converter,
            notebook_document_sync=SYNC,
        )
        self._token = token
        self._session: Session | None = None
        self.initialize_params: types.InitializeParams | None = None
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(self._handler(feature))
        for name in COMMANDS:
            self.command(name)(_dispatched_by_the_protocol)

    @property
    def session(self) -> Session:
        """The state of the connection; there is none before initialize."""
        if self._session is None:
            raise RequestError("Send initialize first.")
        return self._session

    def authorise(self, params: types.InitializeParams) -> None:
        """Refuse a client that does not know the token of this process. Raises RequestError."""
        if self._token is None:
            return
        options = params.initialization_options
        given = options.get("token") if isinstance(options, dict) else None
        if not isinstance(given, str) or not hmac.compare_digest(
            given.encode("utf-8", "replace"), self._token.encode()
        ):
            self.protocol.exit_code = 1
            raise RequestError(
                "initializationOptions.token is missing or wrong: pass the token that "
                "bioql-lsp printed when it started."
            )

    def open_session(
        self, params: types.InitializeParams, capabilities: types.ServerCapabilities
    ) -> None:
        """Start the session of a client that has been accepted."""
        encoding = capabilities.position_encoding or types.PositionEncodingKind.Utf16
        self.initialize_params = params
        client = read_client(params.capabilities, encoding)
        self._session = Session(self, client, read_initial(params))

    async def execute_command(self, params: types.ExecuteCommandParams) -> Any:
        """Check a command's one argument against what its function takes, and run it."""
        target = COMMANDS.get(params.command)
        if target is None:
            raise InvalidParamsError(f"There is no command {params.command[:100]!r}.")
        function = load(target)
        arguments = _arguments(params.command, function, params.arguments or [])
        outcome = function(self.session, *arguments)
        return await outcome if inspect.isawaitable(outcome) else outcome

    async def aclose(self) -> None:
        """End the connection's work."""
        self.protocol.cancel_all()
        if self._session is not None:
            await self._session.aclose()

    def _handler(self, feature: Feature) -> Any:
        def handle(params: Any) -> Any:
            return load(feature.target)(self.session, params)

        return handle


def _arguments(command: str, function: Any, given: Sequence[Any]) -> tuple[Any, ...]:
    names = [*inspect.signature(function).parameters][1:]
    if not names:
        return ()
    kind = get_type_hints(function)[names[0]]
    return (structured(command, given[0] if len(given) == 1 else None, kind),)


def _dispatched_by_the_protocol(*_arguments: object) -> None:
    """Stand in pygls' list of commands, which it advertises; `execute_command` runs them."""
