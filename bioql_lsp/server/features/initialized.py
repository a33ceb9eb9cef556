"""``initialized``: load what was left for later, then ask for the settings."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.analysis.registry import check
from bioql_lsp.server import configuration
from bioql_lsp.server.features import load, targets
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.session import Session


def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Start both; neither is waited for."""
    session.start(_warm(session), "loading the features")
    session.start(configuration.register(session), "registering for changes of the settings")
    session.start(configuration.refresh(session), "reading the settings")


async def _warm(session: Session) -> None:
    """Load everything that a first request would wait for.

    In the analysis thread, one piece after another: a file that is opened meanwhile gets its turn
    between two of them.
    """
    await session.analyse(check, "import bioql")
    for target in targets():
        try:
            await session.analyse(load, target)
        except Exception as error:
            log_failure(error, f"loading {target}")
