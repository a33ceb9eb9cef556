"""BQ047, BQ048: arguments about error correction that BioQL does not check, or does not use."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import is_quantum
from bioql_lsp.text import Edit

_FIRST_WITH_THEM = (5,)
_ALLOWED = {
    "error_correction": ("surface_code", "steane", "shor", "surface"),
    "correction_level": ("medium", "low", "high"),
    "topology": ("linear", "grid", "all-to-all"),
    "mitigation": ("readout", "zne", "pec", "symmetry"),
}
_EFFECT = {
    "error_correction": "the estimate is one for a surface code",
    "correction_level": "it counts as low",
    "topology": "it is copied into the estimate as it is",
    "mitigation": "it does nothing, but is reported as applied",
}
_ANY_CASE = frozenset({"error_correction"})
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
        for name, allowed in _ALLOWED.items():
            for literal in _literals(module, call, name):
                value = literal.value
                if not isinstance(value, str) or _is_allowed(name, value):
                    continue
                message = (
                    f'"{value}" is no {name} that BioQL knows: {_EFFECT[name]}. '
                    f"Known: {', '.join(allowed)}."
                )
                fixes = tuple(_closest(literal, value, allowed))
                yield Finding("BQ047", Severity.WARNING, message, literal.span, fixes)


def _calls(module: Module) -> Iterator[Call]:
    if module.release >= _FIRST_WITH_THEM:
        yield from (call for call in module.runs if is_quantum(call))


def _literals(module: Module, call: Call, name: str) -> Iterator[Literal]:
    """The literal that an argument is, or those in the list that it is."""
    argument = call.argument(name)
    if argument is None:
        return
    if argument.literal is not None:
        yield argument.literal
    elif argument.node is not None and argument.node.type in {"list", "tuple", "set"}:
        for child in argument.node.named_children:
            literal = module.literal(child) if child.type != "comment" else None
            if literal is not None:
                yield literal


def _is_allowed(name: str, value: str) -> bool:
    return (value.lower() if name in _ANY_CASE else value) in _ALLOWED[name]


def _closest(literal: Literal, value: str, allowed: tuple[str, ...]) -> Iterator[Fix]:
    plain = {_plain(each): each for each in reversed(allowed)}
    for close in difflib.get_close_matches(_plain(value), list(plain), n=1, cutoff=0.5):
        new = plain[close]
        yield Fix(f"Use {new}", (Edit(literal.span, f'"{new}"'),), is_deterministic=False)


def _plain(value: str) -> str:
    return "_".join(value.lower().replace("-", " ").replace("_", " ").split())


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
