"""``bioql.simulate``: the circuit of a sentence, run on this machine, free of charge."""

from __future__ import annotations

import asyncio
from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints_crispr import MODE
from bioql_lsp.explain_view import as_text
from bioql_lsp.server.cancellable import with_progress
from bioql_lsp.server.client import client_commands
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.sentence_requests import Place, sentence_there
from bioql_lsp.server.session import Session
from bioql_lsp.server.told import tell
from bioql_lsp.simulation import SHOTS_DEFAULT, Counts, SimulationError, simulate

_OUTCOMES_TOLD_MAX = 4
_COMMAND = "bioql.simulate"


@attrs.frozen
class SimulateArguments:
    """Where the sentence stands, and how often to run it."""

    uri: str
    position: types.Position
    shots: int = SHOTS_DEFAULT


async def simulate_locally(session: Session, arguments: SimulateArguments) -> dict[str, Any]:
    """Simulate a sentence: ``{counts, shots, text}``, where ``text`` has a histogram.

    Raises RequestError that says what to do where it can't be simulated, such as without Qiskit.
    """
    sentence = await sentence_there(session, Place(arguments.uri, arguments.position))
    if sentence.mode == MODE:
        raise RequestError("In CRISPR mode no circuit is compiled, so there is none to simulate.")
    compiled = await asyncio.to_thread(compile_sentence, sentence.text)
    work = simulate(compiled, arguments.shots)
    counted = await with_progress(session, "Simulating the circuit", work)
    if isinstance(counted, SimulationError):
        raise RequestError(counted.message)
    if _COMMAND not in client_commands(session.server.initialize_params):
        tell(session, _in_short(counted))
    return {
        "counts": dict(counted.counts),
        "shots": counted.shots,
        "text": as_text(compiled, (), counted),
    }


def _in_short(counted: Counts) -> str:
    ranked = sorted(counted.counts.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{outcome}: {count:,}" for outcome, count in ranked[:_OUTCOMES_TOLD_MAX])
    rest = len(ranked) - _OUTCOMES_TOLD_MAX
    more = f" and {rest:,} other outcomes" if rest > 0 else ""
    return f"simulated {counted.shots:,} shots here, free. {listed}{more}."
