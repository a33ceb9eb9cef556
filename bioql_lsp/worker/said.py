"""A request as its user meant it, for a model that knows few ways to say a thing."""

from __future__ import annotations

from bioql_lsp.worker.said_angles import with_radians
from bioql_lsp.worker.said_counts import with_dictionary
from bioql_lsp.worker.said_ids import with_pams, with_pdb_ids
from bioql_lsp.worker.said_names import with_right_names
from bioql_lsp.worker.said_numbers import with_digits
from bioql_lsp.worker.said_places import with_places
from bioql_lsp.worker.said_sizes import with_qubits
from bioql_lsp.worker.shouted import unshouted


def as_meant(request: str) -> str:
    """The request without shouting, numbers, counts, sizes and places in digits, names right."""
    text = unshouted(request)
    numbers = (with_dictionary, with_digits, with_qubits, with_radians)
    for read in (*numbers, with_places, with_pdb_ids, with_pams, with_right_names):
        text = read(text)
    return text
