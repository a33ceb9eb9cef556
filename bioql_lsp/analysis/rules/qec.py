"""BQ046: words and numbers that a function of BioQL's refuses."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bioql_lsp.analysis.api.load import Status
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.literal_domains import Domain, Word, domain_of
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._templates import BUILD_DOMAINS
from bioql_lsp.analysis.rules.profiler import EXPORT
from bioql_lsp.text import Edit, Span

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
            domain = _domain(call, parameter)
            if domain is None or not domain.is_checked:
                continue
            for literal, span in _literals(module, argument, is_list=domain.is_list):
                if not domain.allows(literal.value):
                    yield _finding(call, parameter, literal, span, domain)


def _domain(call: Call, parameter: str) -> Domain | None:
    found = domain_of(call.symbol.dotted, parameter)
    return found or BUILD_DOMAINS.get(call.symbol.dotted, {}).get(parameter)


def _named(call: Call) -> Iterator[tuple[Argument, str]]:
    """The arguments with the parameters that receive them."""
    yield from ((a, name) for name, a in call.by_position.items())
    yield from ((a, a.keyword) for a in call.arguments if a.keyword is not None)


def _literals(
    module: Module, argument: Argument, *, is_list: bool
) -> Iterator[tuple[Literal, Span]]:
    """The literal that is given, or those in the list that is, with the places to report."""
    literal = argument.literal
    if literal is not None and literal.value is not None and not is_list:
        yield literal, argument.value_span
    elif is_list and argument.node is not None and argument.node.type in {"list", "tuple"}:
        for child in argument.node.named_children:
            element = module.literal(child)
            if element is not None:
                yield element, module.syntax.span(child)


def _finding(call: Call, parameter: str, literal: Literal, span: Span, domain: Domain) -> Finding:
    known = ", ".join(str(value) for value in domain.values)
    shown = f'"{literal.value}"' if literal.is_text else str(literal.value)
    message = (
        f"{call.symbol.name}() does not accept {parameter}={shown}, which {domain.otherwise}; "
        f"it knows {known}."
    )
    near = _nearest(domain, literal.value)
    fixes: tuple[Fix, ...] = ()
    if near is not None:
        text = f'"{near}"' if isinstance(near, str) else str(near)
        fixes = (Fix(f"Use {near}", (Edit(literal.span, text),), is_deterministic=False),)
    return Finding("BQ046", Severity.ERROR, message, span, fixes)


def _nearest(domain: Domain, value: object) -> Word | None:
    """The value that a wrong one is most likely meant to be."""
    numbers = [known for known in domain.values if isinstance(known, int)]
    if numbers:
        if not isinstance(value, int | float):
            return None
        return min(numbers, key=lambda known: abs(known - value))
    words = {str(known).lower(): known for known in domain.values}
    text = str(value).lower().replace("-", "_").replace(" ", "_")
    beginning = [known for word, known in words.items() if text and word.startswith(text)]
    close = difflib.get_close_matches(text, words, n=1, cutoff=0.5)
    return next(iter([*beginning, *(words[word] for word in close)]), None)


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
