"""BQ046: words and numbers that a function of BioQL's refuses."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.api.load import Status
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.literal_domains import Domain, domain_of
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._domains import foreign_literals, nearest_fixes, shown
from bioql_lsp.analysis.rules.profiler import EXPORT
from bioql_lsp.text import Span

_RATE_MAX = 0.1
_RATES = frozenset(
    f"bioql.qec.{name}QEC"
    for name in ("surface_code.SurfaceCode", "steane_code.SteaneCode", "shor_code.ShorCode")
)


@rule(
    code="BQ046",
    severity=Severity.ERROR,
    title="The value is not accepted",
    why="Error correction, error mitigation, docking and the benchmarks know a handful of words "
    "and numbers; everything else raises ValueError or gives a failed result.",
    fix="Suggests the nearest value that is accepted.",
    good=(
        "from bioql import SurfaceCodeQEC\n\n"
        'SurfaceCodeQEC(code_distance=5, error_rate=0.001, decoder="union_find")\n',
        'from bioql import ErrorMitigation\n\nErrorMitigation(techniques=["zne", "readout"])\n',
    ),
    bad=(
        "from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC(code_distance=4)\n",
        'from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC(5, decoder="union-find")\n',
        "from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC(error_rate=0.5)\n",
        'from bioql import ErrorMitigation\n\nErrorMitigation(techniques=["zne", "readouts"])\n',
        'from bioql import predict_ptm_sites\n\npredict_ptm_sites("MKRS", "phospho")\n',
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each value outside the domain of its parameter."""
    for call in module.calls:
        if call.symbol.dotted in _RATES:
            yield from _rate(call)
        if call.symbol.dotted == EXPORT or call.symbol.status is Status.BROKEN:
            continue
        for argument, parameter in _named(call):
            domain = domain_of(call.symbol.dotted, parameter)
            if domain is None or not domain.is_checked:
                continue
            for literal, span in foreign_literals(module, argument, domain):
                yield _finding(call, parameter, literal, span, domain)


def _named(call: Call) -> Iterator[tuple[Argument, str]]:
    """The arguments with the parameters that receive them."""
    yield from ((a, name) for name, a in call.by_position.items())
    yield from ((a, a.keyword) for a in call.arguments if a.keyword is not None)


def _finding(call: Call, parameter: str, literal: Literal, span: Span, domain: Domain) -> Finding:
    message = (
        f"{call.symbol.name}() does not accept {parameter}={shown(literal.value)}, which "
        f"{domain.otherwise}; it knows {', '.join(map(str, domain.values))}."
    )
    return Finding("BQ046", Severity.ERROR, message, span, nearest_fixes(literal, domain))


def _rate(call: Call) -> Iterator[Finding]:
    argument = call.argument("error_rate")
    value = argument.literal.value if argument is not None and argument.literal else None
    if argument is None or isinstance(value, bool) or not isinstance(value, int | float):
        return
    if not 0 < value < _RATE_MAX:
        message = (
            f"error_rate has to lie between 0 and {_RATE_MAX}, both excluded; {value} raises "
            "ValueError."
        )
        yield Finding("BQ046", Severity.ERROR, message, argument.value_span)
