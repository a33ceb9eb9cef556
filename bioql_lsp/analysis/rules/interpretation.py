"""BQ045: interpret_bio_results as older versions took it."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import RESULT, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.text import Edit, Span

_INTERPRET = "bioql.bio_interpreter.interpret_bio_results"
_FIRST_WITH_COUNTS = (7,)
_PARAMETERS_MAX = 2
_HEAD = (
    "import os\n\nfrom bioql import interpret_bio_results, quantum\n\n"
    'KEY = os.environ["BIOQL_API_KEY"]\n'
    'result = quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'
    "if not result.success:\n    raise SystemExit(result.error_message)\n"
    'context = {"application": "protein_folding"}\n'
)


@rule(
    code="BQ045",
    severity=Severity.ERROR,
    title="interpret_bio_results takes counts and a context",
    why="Since BioQL 7 it takes the counts and a dict, nothing else: a result, the name of an "
    "application, a third argument or the old keywords raise TypeError or AttributeError.",
    fix="Hands over result.counts and the context as a dict.",
    good=(_HEAD + "interpret_bio_results(result.counts, context)\n",),
    bad=(
        _HEAD + "interpret_bio_results(result, context, {})\n",
        _HEAD + "interpret_bio_results(quantum_results=result.counts, context=context)\n",
        _HEAD + 'interpret_bio_results(result.counts, "protein_folding")\n',
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each call that an older version would have taken."""
    for call in module.calls:
        if is_old_call(module, call):
            message = (
                "interpret_bio_results() takes the counts and a context dict since BioQL 7: "
                'interpret_bio_results(result.counts, {"application": ...}).'
            )
            fix = Fix("Pass the counts and the context", tuple(_edits(module, call)))
            yield Finding("BQ045", Severity.ERROR, message, _span(call), (fix,))


def is_old_call(module: Module, call: Call) -> bool:
    """Whether a call is one that only versions before 7 take, and that can be mended."""
    if call.symbol.dotted != _INTERPRET or module.release < _FIRST_WITH_COUNTS:
        return False
    return call.is_whole and not call.has_star and bool(_edits(module, call))


def _edits(module: Module, call: Call) -> list[Edit]:
    """What makes the call one that BioQL 7 takes; empty where it is one already."""
    superfluous = list(call.positional[_PARAMETERS_MAX:])
    old_parameters = call.keyword("additional_params")
    superfluous += [old_parameters] if old_parameters is not None else []
    if len(superfluous) > 1:
        return []
    edits = [delete_argument(module, call, argument) for argument in superfluous]
    old_counts = call.keyword("quantum_results")
    if old_counts is not None and old_counts.keyword_span is not None:
        edits.append(Edit(old_counts.keyword_span, "counts"))
    counts = old_counts or call.argument("counts")
    if counts is not None and counts.value.instance_of == RESULT:
        end = counts.value_span.end
        edits.append(Edit(Span(end, end), ".counts"))
    context = call.argument("context")
    if context is not None and context.literal is not None and context.literal.is_text:
        edits += _as_dict(context)
    return edits


def _as_dict(context: Argument) -> list[Edit]:
    span = context.value_span
    return [
        Edit(Span(span.start, span.start), '{"application": '),
        Edit(Span(span.end, span.end), "}"),
    ]


def _span(call: Call) -> Span:
    if not call.arguments:
        return call.function_span
    return Span(call.arguments[0].span.start, call.arguments[-1].span.end)
