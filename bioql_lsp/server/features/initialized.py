"""``initialized``: load what was left for later, then ask for the settings."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.server import configuration
from bioql_lsp.server.environment import EnvironmentWatch
from bioql_lsp.server.features import MODEL_TARGETS, load, static_targets
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.session import Session
from bioql_lsp.settings import Mode

_SAMPLE = 'from bioql import quantum\nprint(quantum("Create a Bell state", "k").counts)\n'


def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Start all of it; nothing is waited for."""
    session.start(_warm(session), "loading the features")
    session.start(configuration.register(session), "registering for changes of the settings")
    session.start(configuration.refresh(session), "reading the settings")
    session.service(EnvironmentWatch).watch()


async def _warm(session: Session) -> None:
    """Load everything that a first request would wait for, what asks the model only where it may.

    In the analysis thread, one piece after another: a file that is opened meanwhile gets its turn
    between two of them.
    """
    await session.analyse_soon(analyse, _SAMPLE)
    await _load_all(session, static_targets()[:1])
    await session.analyse_soon(_check_sample)
    await _load_all(session, static_targets()[1:])
    await configuration.until_read(session)
    if session.settings.answers_from is not Mode.OFF:
        await _load_all(session, MODEL_TARGETS)


async def _load_all(session: Session, targets: Sequence[str]) -> None:
    for target in targets:
        try:
            await session.analyse_soon(load, target)
        except Exception as error:
            log_failure(error, f"loading {target}")


def _check_sample() -> None:
    """Load the rules and the index, and run everything once."""
    analyse(_SAMPLE).check()
