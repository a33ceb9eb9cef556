"""What several rules share: which calls run a program, which keywords are misnamed ones."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.backends import HOUSE_BACKEND, BackendState, backend, looks_like_backend
from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import QUANTUM, RUNNERS, Module
from bioql_lsp.text import Edit

FIRST_WITHOUT_SIMULATOR = (7,)
CRISPR_MODE = "crispr"
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
    return mode.literal is None or is_crispr_mode(mode.literal.value)


def is_crispr_mode(value: object) -> bool:
    """Whether a mode is CRISPR's, or meant to be: BioQL knows it in lower case only."""
    return isinstance(value, str) and value.strip().lower() == CRISPR_MODE


def named_backend(call: Call) -> tuple[Argument, str] | None:
    """The backend argument and the name it holds, where both are known."""
    argument = call.argument("backend")
    if argument is None or argument.text is None:
        return None
    return argument, argument.text


def runs_on(module: Module, state: BackendState) -> Iterator[tuple[Call, Argument, str]]:
    """The runs, not those in CRISPR mode, whose backend is in a state; argument and its name."""
    for call in module.runs:
        named = named_backend(call) if is_quantum(call) and not may_be_crispr(call) else None
        if named is not None and backend(named[1]).state is state:
            yield call, *named


def backend_in_place_of_key(call: Call) -> Argument | None:
    """The second positional argument of a run where it is the name of a backend."""
    argument = call.by_position.get("api_key") if call.symbol.dotted in RUNNERS else None
    if argument is None or argument.text is None:
        return None
    return argument if looks_like_backend(argument.text) else None


def renamed_to(call: Call, name: str) -> Argument | None:
    """The argument that is given under a wrong name for a parameter."""
    return next((a for a in call.arguments if RENAMED_KEYWORDS.get(a.keyword or "") == name), None)


def replace_literal(argument: Argument, text: str, title: str, *, is_sure: bool = True) -> Fix:
    """A fix that replaces a literal where it is written, which may be in a named constant."""
    span = argument.literal.span if argument.literal is not None else argument.value_span
    return Fix(title, (Edit(span, text),), is_sure)


def use_hardware(argument: Argument) -> Fix:
    """The suggestion to name the backend that always works; it costs money, so it is no more."""
    title = f"Run on {HOUSE_BACKEND} (hardware, 3.00 USD a shot)"
    return replace_literal(argument, f'"{HOUSE_BACKEND}"', title, is_sure=False)
