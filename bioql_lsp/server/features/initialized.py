"""``initialized``: load what was left for later, then ask for the settings."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server import configuration
from bioql_lsp.server.features import warm
from bioql_lsp.server.session import Session


def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Start both; neither is waited for."""
    session.start(session.analyse(warm), "loading the features")
    session.start(configuration.register(session), "registering for changes of the settings")
    session.start(configuration.refresh(session), "reading the settings")
