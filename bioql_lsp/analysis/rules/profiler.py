"""BQ042, BQ043: how the profiler is called."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.module import QUANTUM, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import replace_literal
from bioql_lsp.text import Edit, Span

_PROFILE = "bioql.profiler.Profiler.profile_quantum"
EXPORT = "bioql.profiler.Profiler.export_report"
_FORMATS = ("json", "markdown")
_HEAD = (
    "import os\n\nfrom bioql import quantum\nfrom bioql.profiler import Profiler\n\nKEY = "
    'os.environ["BIOQL_API_KEY"]\nprofiler = Profiler()\n'
)
_ARGUMENTS = 'api_key=KEY, backend="ibm_torino", shots=100'


@rule(
    code="BQ042",
    severity=Severity.ERROR,
    title="The profiler gets a sentence in place of a function",
    why="profile_quantum() calls its first argument; a string cannot be called, and the mistake "
    "is hidden in the profile's error.",
    fix="Puts quantum before the sentence and imports it.",
    good=(_HEAD + f'profiler.profile_quantum(quantum, "Create a Bell state", {_ARGUMENTS})\n',),
    bad=(
        _HEAD + f'profiler.profile_quantum("Create a Bell state", {_ARGUMENTS})\n',
        "from bioql.profiler import Profiler\n\n"
        f'Profiler().profile_quantum("Create a Bell state", {_ARGUMENTS})\n',
    ),
)
def check_profile(module: Module) -> Iterator[Finding]:
    """A finding for each profile of a string."""
    for call in module.calls:
        argument = call.argument("quantum_func") if call.symbol.dotted == _PROFILE else None
        if argument is None or argument.literal is None or not argument.literal.is_text:
            continue
        message = (
            "profile_quantum() needs the function first, then its arguments: "
            "profile_quantum(quantum, ...)."
        )
        fixes: tuple[Fix, ...] = ()
        start = argument.span.start
        found = _quantum(module, start)
        if argument.keyword is None and found is not None:
            edits = (*found[1], Edit(Span(start, start), f"{found[0]}, "))
            fixes = (Fix("Hand it quantum first", edits),)
        yield Finding("BQ042", Severity.ERROR, message, argument.value_span, fixes)


def _quantum(module: Module, at: int) -> tuple[str, tuple[Edit, ...]] | None:
    """An expression for ``quantum`` at an offset, with the import it needs; None for none."""
    byte = module.byte_at(at)
    for imported in module.imported:
        symbol = module.index.lookup(imported.target)
        is_it = symbol is not None and symbol.dotted == QUANTUM
        if is_it and module.resolve(imported.bound, byte) == imported.target:
            return imported.bound, ()
    if module.known("quantum", byte).count:
        return None
    edit = import_edit(module, "from bioql import quantum", at)
    return ("quantum", (edit,)) if edit is not None else None


@rule(
    code="BQ043",
    severity=Severity.ERROR,
    title="The profiler cannot write this format",
    why="export_report() writes json and markdown and raises ValueError for everything else.",
    fix="Writes markdown, the format for readers.",
    good=(_HEAD + 'profiler.export_report("profile.md", format="markdown")\n',),
    bad=(_HEAD + 'profiler.export_report("profile.html", format="html")\n',),
)
def check_format(module: Module) -> Iterator[Finding]:
    """A finding for each report in another format."""
    for call in module.calls:
        argument = call.argument("format") if call.symbol.dotted == EXPORT else None
        if argument is None or argument.literal is None:
            continue
        value = argument.literal.value
        if not isinstance(value, str) or value.lower() in _FORMATS:
            continue
        message = f'export_report() cannot write "{value}": only json and markdown.'
        fix = replace_literal(argument, '"markdown"', "Write markdown")
        yield Finding("BQ043", Severity.ERROR, message, argument.value_span, (fix,))
