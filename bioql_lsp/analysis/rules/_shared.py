"""What several rules share: which calls run a program, which keywords are misnamed ones."""

from __future__ import annotations

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import QUANTUM
from bioql_lsp.text import Edit

RENAMED_KEYWORDS = {
    "qubits": "num_qubits",
    "n_qubits": "num_qubits",
    "num_shots": "shots",
    "nshots": "shots",
    "device": "backend",
    "key": "api_key",
    "apikey": "api_key",
    "apiKey": "api_key",
    "query": "program",
    "prompt": "program",
}


def is_quantum(call: Call) -> bool:
    """Whether a call is one of ``quantum`` itself."""
    return call.symbol.dotted == QUANTUM


def may_be_crispr(call: Call) -> bool:
    """Whether a call is or may be in CRISPR mode, where key and backend are not checked."""
    mode = call.argument("mode")
    if mode is None:
        return call.has_star
    return mode.literal is None or mode.literal.value == "crispr"


def renamed_to(call: Call, name: str) -> Argument | None:
    """The argument that is given under a wrong name for a parameter."""
    return next((a for a in call.arguments if RENAMED_KEYWORDS.get(a.keyword or "") == name), None)


def replace_literal(argument: Argument, text: str, title: str, *, is_sure: bool = True) -> Fix:
    """A fix that replaces a literal where it is written, which may be in a named constant."""
    span = argument.literal.span if argument.literal is not None else argument.value_span
    return Fix(title, (Edit(span, text),), is_sure)
