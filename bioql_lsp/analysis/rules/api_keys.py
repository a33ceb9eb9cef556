"""BQ002, BQ003: where the API key comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.changes import KEY_VARIABLE, add_argument, environment_key
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import renamed_to
from bioql_lsp.text import Edit

_LOOKS_REAL = re.compile(r"bioql_[A-Za-z0-9_]{6,}")
_PLACEHOLDER = re.compile(
    r"your|x{3,}|\.\.\.|<|placeholder|example|demo|dummy|sample|change_?me|insert|todo|^my_|^api_?key",
    re.IGNORECASE,
)
_CERTAIN_PLACEHOLDER = re.compile(r"your|x{3,}|placeholder|example", re.IGNORECASE)
_GOOD = (
    'import os\n\nfrom bioql import quantum\n\nresult = quantum(\n    "Create a Bell state",\n'
    '    api_key=os.environ["BIOQL_API_KEY"],\n    backend="ibm_torino",\n    shots=100,\n)\n'
)


def is_placeholder(key: str) -> bool:
    """Whether a literal only stands in for a key."""
    pattern = _CERTAIN_PLACEHOLDER if _LOOKS_REAL.fullmatch(key) else _PLACEHOLDER
    return pattern.search(key) is not None


@rule(
    code="BQ002",
    severity=Severity.ERROR,
    title="The call has no api_key",
    why="api_key is a required argument: Python raises TypeError before anything is run.",
    fix='Inserts api_key=os.environ["BIOQL_API_KEY"] and the import of os.',
    good=(_GOOD,),
    bad=('from bioql import quantum\nquantum("Create a Bell state", backend="ibm_torino")\n',),
    is_absence=True,
)
def check_missing(module: Module) -> Iterator[Finding]:
    """A finding for each run without a key."""
    for call in module.runs:
        if not call.is_whole or call.has_star:
            continue
        if call.argument("api_key") or renamed_to(call, "api_key"):
            continue
        message = f"{call.symbol.name}() has no api_key, so it raises TypeError."
        yield Finding("BQ002", Severity.ERROR, message, call.function_span, _insert(module, call))


def _insert(module: Module, call: Call) -> tuple[Fix, ...]:
    key = environment_key(module, call.span.start)
    if key is None:
        return ()
    expression, imports = key
    edit = add_argument(module, call, f"api_key={expression}")
    return (Fix(f"Take the key from the environment ({KEY_VARIABLE})", (*imports, edit)),)


@rule(
    code="BQ003",
    severity=Severity.WARNING,
    title="An API key is written into the source",
    why="A key in a file ends up in version control and in logs; whoever reads it can spend on it.",
    fix='Replaces the literal by os.environ["BIOQL_API_KEY"] and imports os.',
    good=(_GOOD, 'from bioql import quantum\nquantum("x", "your_key", "ibm_torino")\n'),
    bad=(
        'from bioql import quantum\nquantum("x", api_key="bioql_9f8e7d6c", backend="ibm_torino")\n',
    ),
)
def check_literal(module: Module) -> Iterator[Finding]:
    """A finding for each key that is a literal, here or in a constant assigned once."""
    for call in module.calls:
        argument = call.argument("api_key")
        literal = argument.literal if argument else None
        if argument is None or literal is None or not isinstance(literal.value, str):
            continue
        key = literal.value
        if not key.strip() or key.startswith("bioql_dev_") or is_placeholder(key):
            continue
        found = environment_key(module, literal.span.start)
        fixes: tuple[Fix, ...] = ()
        if found is not None:
            edits = (*found[1], Edit(literal.span, found[0]))
            fixes = (Fix(f"Take the key from the environment ({KEY_VARIABLE})", edits),)
        message = (
            "This API key stands in the source; whoever reads the file can spend on it. "
            f"Keep it in the environment as {KEY_VARIABLE}."
        )
        yield Finding("BQ003", Severity.WARNING, message, literal.span, fixes)
