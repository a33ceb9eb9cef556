"""BQ002 to BQ006: where the API key comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.changes import KEY_VARIABLE, add_argument, environment_key
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import Check, rule
from bioql_lsp.analysis.rules._keys import KeyKind, key_kind
from bioql_lsp.analysis.rules._shared import (
    backend_in_place_of_key,
    is_quantum,
    may_be_crispr,
    renamed_to,
)
from bioql_lsp.text import Edit

_GOOD = (
    'import os\n\nfrom bioql import quantum\n\nresult = quantum(\n    "Create a Bell state",\n'
    '    api_key=os.environ["BIOQL_API_KEY"],\n    backend="ibm_torino",\n    shots=100,\n)\n'
)
_CRISPR = (
    'from bioql import quantum\nquantum("Score CRISPR guide GATACCATGATCACGAAGGT", api_key="", '
    'backend="simulator", mode="crispr")\n'
)
_FIX = 'Replaces the literal by os.environ["BIOQL_API_KEY"] and imports os.'
_FIX_TITLE = f"Take the key from the environment ({KEY_VARIABLE})"
_FIRST_WITH_BYPASS = (5,)


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
    return (Fix(_FIX_TITLE, (*imports, edit)),)


@dataclass(frozen=True, slots=True)
class _Row:
    """A kind of literal key, and what is said about it; all of them get the same fix."""

    code: str
    kind: KeyKind
    title: str
    why: str
    message: str
    good: tuple[str, ...]
    bad: tuple[str, ...]


_ROWS = (
    _Row(
        "BQ003",
        KeyKind.REAL,
        "An API key is written into the source",
        "A key in a file ends up in version control and in logs; whoever reads it can spend on it.",
        "This API key stands in the source; whoever reads the file can spend on it. "
        f"Keep it in the environment as {KEY_VARIABLE}.",
        (_GOOD,),
        (
            'from bioql import quantum\nquantum("Create a Bell state", api_key="bioql_9f8e7d6c", '
            'backend="ibm_torino")\n',
        ),
    ),
    _Row(
        "BQ004",
        KeyKind.PLACEHOLDER,
        "The API key is a placeholder",
        "BioQL refuses a key that it does not know, so the run fails.",
        "This is a placeholder, not an API key. Keep yours in the environment as "
        f"{KEY_VARIABLE} and read it from there.",
        (_GOOD,),
        (
            'from bioql import quantum\nquantum("Create a Bell state", api_key="your_key", '
            'backend="ibm_torino")\n',
            'from bioql import quantum\n\nKEY = "YOUR_API_KEY"\nquantum("Create a Bell state", '
            'KEY, "ibm_torino")\n',
        ),
    ),
    _Row(
        "BQ005",
        KeyKind.EMPTY,
        "The API key is empty",
        "BioQL checks the key before it runs anything, except in CRISPR mode; an empty one fails.",
        "The API key is empty, so the run fails. Keep yours in the environment as "
        f"{KEY_VARIABLE} and read it from there.",
        (_GOOD, _CRISPR),
        (
            'from bioql import quantum\nquantum("Create a Bell state", api_key="", '
            'backend="ibm_torino")\n',
            'from bioql import quantum\nquantum("Create a Bell state", None, "ibm_torino")\n',
        ),
    ),
    _Row(
        "BQ006",
        KeyKind.DEVELOPMENT,
        "A development key is used",
        "Since BioQL 5 a key that begins with bioql_dev_ skips authentication, limits and usage "
        "reports; it unlocks no hardware.",
        "A key that begins with bioql_dev_ only skips BioQL's checks and unlocks no hardware. "
        f"Keep your own key in the environment as {KEY_VARIABLE}.",
        (_GOOD,),
        (
            'from bioql import quantum\nquantum("Create a Bell state", api_key="bioql_dev_local", '
            'backend="ibm_torino")\n',
        ),
    ),
)


def _check_for(row: _Row) -> Check:
    def check(module: Module) -> Iterator[Finding]:
        for call in module.calls:
            literal = _literal_key(call)
            if literal is None or _kind(module, literal) is not row.kind:
                continue
            if row.kind is KeyKind.EMPTY and not is_quantum(call):
                continue
            if row.kind in {KeyKind.EMPTY, KeyKind.PLACEHOLDER} and may_be_crispr(call):
                continue
            fixes = _replace(module, literal)
            yield Finding(row.code, Severity.WARNING, row.message, literal.span, fixes)

    check.__doc__ = f"A finding for each literal key that is {row.kind.value}."
    return check


def _literal_key(call: Call) -> Literal | None:
    """The key that is a literal, here or in a constant assigned once."""
    argument = call.argument("api_key")
    if argument is None or backend_in_place_of_key(call) is not None:
        return None
    return argument.literal


def _kind(module: Module, literal: Literal) -> KeyKind | None:
    kind = key_kind(literal.value)
    if kind is KeyKind.DEVELOPMENT and module.release < _FIRST_WITH_BYPASS:
        return KeyKind.REAL
    return kind


def _replace(module: Module, literal: Literal) -> tuple[Fix, ...]:
    found = environment_key(module, literal.span.start)
    if found is None:
        return ()
    return (Fix(_FIX_TITLE, (*found[1], Edit(literal.span, found[0]))),)


for _row in _ROWS:
    rule(
        code=_row.code,
        severity=Severity.WARNING,
        title=_row.title,
        why=_row.why,
        fix=_FIX,
        good=_row.good,
        bad=_row.bad,
    )(_check_for(_row))
