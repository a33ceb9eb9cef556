"""Repairs that our rules do not offer, because they change more than a finding's own place.

Each is what its rule's message says to do, where there is just one way to do it. They come before
the rules' own fixes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit
from bioql_lsp.worker.repair import calls, imports, sentences
from bioql_lsp.worker.repair.molecules import other_molecule
from bioql_lsp.worker.repair.runs import paused_loop, without_handler, without_handler_alone

Repair: TypeAlias = Callable[[Module, Finding], list[Edit]]
_REPAIRS: Final[dict[str, tuple[Repair, ...]]] = {
    "BQ001": (imports.unknown_import, imports.under_the_wrong_name),
    "BQ002": (calls.key_in_order,),
    "BQ008": (calls.backend_in_order,),
    "BQ016": (calls.positive_shots,),
    "BQ025": (calls.sentence_of_list,),
    "BQ029": (without_handler, without_handler_alone),
    "BQ036": (imports.under_the_old_name,),
    "BQ037": (imports.broken_import,),
    "BQ038": (imports.broken_import,),
    "BQ039": (calls.moved_to_method,),
    "BQ040": (calls.without_method,),
    "BQ046": (calls.fitting_rate,),
    "BQ055": (other_molecule,),
    "BQ057": (calls.missing_argument,),
    "BQ060": (paused_loop,),
    "BQ063": (calls.surplus_argument,),
    "BQ064": (imports.forgotten_import,),
    "BQ065": (calls.missing_argument,),
    "NL001": (sentences.respelled,),
    "NL003": (sentences.without_shots,),
}


def own_fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """What mends a finding in another way than its rule's fixes do, the best way first."""
    for repair in _REPAIRS.get(finding.code, ()):
        if edits := repair(module, finding):
            yield Fix(f"Repair {finding.code}", tuple(edits))
