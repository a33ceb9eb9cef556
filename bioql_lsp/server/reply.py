"""An answer on its way into the editor: received, then used or refused, then booked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import attrs

from bioql_lsp import wire
from bioql_lsp.server.worker_client import WorkerClient
from bioql_lsp.wire import WithheldReason


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is neither accepted nor booked yet: `Assistant.settle` does both."""

    kind: str
    answer: wire.Answer
    client: WorkerClient


@attrs.frozen
class Settled:
    """How a request ended, as the commands give it back; amounts are decimal strings in USD.

    ``code`` is empty where nothing may be used, and ``message`` says why.
    """

    code: str
    finish: str
    verified: bool
    cost_usd: str
    balance_usd: str | None
    message: str


class AnswerRefusedError(Exception):
    """An answer cannot be used on the editor's side; the text says why, to a person."""


Accept: TypeAlias = Callable[[str], Awaitable[str]]
"""Uses an answer's code and returns what was used of it. Raises AnswerRefusedError."""

_UNVERIFIED = (
    "The model's answer did not fit this document (an answer must parse and use only what this "
    "BioQL version has), so it is withheld and costs nothing. Try other words or another place."
)
_WITHHELD: dict[WithheldReason | None, str] = {
    "not_bioql": (
        "This is nothing that BioQL does, so there is no answer, and it costs nothing. BioQL runs "
        "quantum circuits, molecules, docking, CRISPR guides and the like: say which you want."
    ),
    "invented_data": (
        "The model's answer used a molecule, sequence or PDB id that you did not give, so it is "
        "withheld and costs nothing. Write the SMILES, the sequence or the PDB id itself."
    ),
    "unsafe": (
        "The model's answer ran commands, deleted files or reached for the network, so it is "
        "withheld and costs nothing."
    ),
}


def why_withheld(reason: WithheldReason | None) -> str:
    """What a person is told where an answer may not be shown."""
    return _WITHHELD.get(reason, _UNVERIFIED)
