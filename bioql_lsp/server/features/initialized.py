"""``initialized``: load what was left for later, then ask for the settings."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.server import configuration
from bioql_lsp.server.environment import EnvironmentWatch
from bioql_lsp.server.features import load, targets
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.session import Session

_SAMPLE = 'from bioql import quantum\nprint(quantum("Create a Bell state", "k").counts)\n'


def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Start all of it; nothing is waited for."""
    session.start(_warm(session), "loading the features")
    session.start(configuration.register(session), "registering for changes of the settings")
    session.start(configuration.refresh(session), "reading the settings")
    session.service(EnvironmentWatch).watch()


async def _warm(session: Session) -> None:
    """Load everything that a first request would wait for.

    In the analysis thread, one piece after another: a file that is opened meanwhile gets its turn
    between two of them.
    """
    await session.analyse(_analyse_sample)
    for target in targets():
        try:
            await session.analyse(load, target)
        except Exception as error:
            log_failure(error, f"loading {target}")


def _analyse_sample() -> None:
    """Load the rules and the index, and run everything once."""
    analyse(_SAMPLE)
