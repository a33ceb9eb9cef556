"""BQ047, BQ048: arguments about error correction that BioQL does not check, or does not use."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.literal_domains import domain_of
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import QUANTUM, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._domains import foreign_literals, nearest_fixes, shown
from bioql_lsp.analysis.rules._shared import is_quantum

_FIRST_WITH_THEM = (5,)
_UNCHECKED = ("error_correction", "correction_level", "topology", "mitigation")
_ESTIMATE = {
    "error_correction": "error_correction only adds an estimate of resources to the result: the "
    "circuit that runs is not encoded.",
    "qec": "qec only switches the estimate of resources on; BioQL reads nothing from the object.",
    "visualize": "visualize=True sets visualization_path, but no file is written.",
}
_QUALTRAN = "qualtran"
_NO_QUALTRAN = f" Not even that without {_QUALTRAN}, which is not installed."
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_CALL = _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", shots=100, {})\n'


@rule(
    code="BQ047",
    severity=Severity.WARNING,
    title="BioQL does not know this value",
    why="quantum() does not check error_correction, correction_level, topology and mitigation: an "
    "unknown value is replaced or ignored without a word.",
    fix="Suggests the closest value.",
    good=(
        _CALL.format('topology="grid", correction_level="high"'),
        _CALL.format('mitigation=["readout", "zne"]'),
    ),
    bad=(
        _CALL.format('error_correction="Surface-Code"'),
        _CALL.format('topology="all_to_all"'),
        _CALL.format('mitigation=["readout", "dynamical_decoupling"]'),
    ),
)
def check_values(module: Module) -> Iterator[Finding]:
    """A finding for each value that is not among those that have an effect."""
    for call in _calls(module):
        for name in _UNCHECKED:
            domain, argument = domain_of(QUANTUM, name), call.argument(name)
            if domain is None or argument is None:
                continue
            known = ", ".join(map(str, domain.values))
            for literal, span in foreign_literals(module, argument, domain):
                if not literal.is_text:
                    continue
                message = (
                    f"{shown(literal.value)} is no {name} that BioQL knows: it {domain.otherwise}. "
                    f"Known: {known}."
                )
                fixes = nearest_fixes(literal, domain)
                yield Finding("BQ047", Severity.WARNING, message, span, fixes)


def _calls(module: Module) -> Iterator[Call]:
    if module.release >= _FIRST_WITH_THEM:
        yield from (call for call in module.runs if is_quantum(call))


@rule(
    code="BQ048",
    severity=Severity.INFORMATION,
    title="The argument does not change the run",
    why="error_correction and qec add an estimate, which needs the package qualtran; the circuit "
    "is not encoded. visualize names a file that is not written.",
    fix="None: the message says what the argument does.",
    good=(_CALL.format("visualize=False, qec=None"), _CALL.format("error_correction=None")),
    bad=(
        _CALL.format('error_correction="surface_code"'),
        _CALL.format("visualize=True"),
        _CALL.format("qec=object()"),
    ),
)
def check_effects(module: Module) -> Iterator[Finding]:
    """A finding for each argument that has less effect than its name says."""
    distributions = module.options.distributions
    lacks_qualtran = distributions is not None and _QUALTRAN not in distributions
    for call in _calls(module):
        for name, effect in _ESTIMATE.items():
            argument = call.argument(name)
            if argument is None or argument.star:
                continue
            is_off = argument.literal is not None and not argument.literal.value
            is_unknown = argument.literal is None and name == "visualize"
            if is_off or is_unknown:
                continue
            is_moot = lacks_qualtran and name != "visualize"
            message = effect + (_NO_QUALTRAN if is_moot else "")
            yield Finding("BQ048", Severity.INFORMATION, message, argument.span)
