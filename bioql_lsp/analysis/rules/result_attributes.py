"""BQ030, BQ033, BQ034: attributes that a QuantumResult lacks, may lack, or never fills."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Member
from bioql_lsp.analysis.module import RESULT, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.result_notes import never_filled
from bioql_lsp.analysis.rules._results import (
    comes_from_a_run,
    is_expected_missing,
    plain_arguments,
    questions,
    quote_for,
    result_members,
)
from bioql_lsp.analysis.rules.versions import came_later
from bioql_lsp.text import Edit, Span

_FIRST_WITHOUT_SIMULATOR = (7,)
_MEANT = {
    "get_counts": "counts",
    "results": "counts",
    "error": "error_message",
    "probs": "probabilities()",
}
_PERHAPS_MEANT = {
    "measurements": "counts",
    "histogram": "counts",
    "data": "counts",
    "status": "success",
    "items": "counts.items",
    "keys": "counts.keys",
    "values": "counts.values",
    "get": "counts.get",
    "energy": 'metadata.get("energy_estimate")',
    "backend": "backend_name",
    "cost": "cost_estimate",
}
_CRISPR = frozenset({"energy_estimate", "confidence", "guide_sequence"})
_DYNAMIC = _CRISPR | {
    "binding_affinity",
    "ki",
    "ic50",
    "num_poses",
    "interactions",
    "lipinski_compliant",
    "lipinski_violations",
    "qed_score",
    "qed_rating",
    "sa_score",
    "sa_rating",
    "pains_alerts",
    "pharmaceutical_viability",
    "designed_molecules",
    "best_molecule",
    "all_candidates",
}
_HEAD = (
    'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
    'result = quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'
    "if not result.success:\n    raise SystemExit(result.error_message)\n"
)
_CRISPR_RUN = (
    'from bioql import quantum\n\nresult = quantum("Score CRISPR guide GATACCATGATCACGAAGGT", '
    'api_key="", backend="simulator", shots=100, mode="crispr")\n'
)


@rule(
    code="BQ030",
    severity=Severity.ERROR,
    title="A result has no such attribute",
    why="Reading it raises AttributeError, after the run has been paid for.",
    fix="Writes counts, error_message or probabilities() where one of them is surely meant; "
    "suggests the closest attribute otherwise.",
    good=(_HEAD + "print(result.counts, result.job_id, result.probabilities())\n",),
    bad=(
        _HEAD + "print(result.get_counts())\n",
        _HEAD + "print(result.measurements)\n",
        _HEAD + "print(result.error)\n",
    ),
)
def check_unknown(module: Module) -> Iterator[Finding]:
    """A finding for each attribute that results of no version up to this one have."""
    if not module.index.is_exact or not module.index.has_all_members(RESULT):
        return
    known = module.index.members(RESULT).keys() | _DYNAMIC
    unknown = [m for m in result_members(module) if m.name not in known and m.name[0] != "_"]
    asked = questions(module) if unknown else frozenset()
    for member in unknown:
        name = member.name
        if came_later(module, f"{RESULT}.{name}") or is_expected_missing(module, member, asked):
            continue
        message = f"A QuantumResult has no {name}: reading it raises AttributeError."
        fix = _meant(module, member) or _nearest(module, member)
        if fix is not None:
            message += f" {fix.title}."
        yield Finding("BQ030", Severity.ERROR, message, member.span, (fix,) if fix else ())


def _meant(module: Module, member: Member) -> Fix | None:
    """What surely is meant: put in place of the attribute and of an empty call of it."""
    new = _MEANT.get(member.name)
    span = member.span
    if new is None:
        return None
    if member.call is not None:
        if plain_arguments(member.call):
            return None
        span = Span(span.start, module.syntax.span(member.call).end)
    return Fix(f"Use {new}", (Edit(span, new),))


def _nearest(module: Module, member: Member) -> Fix | None:
    names = [n for n in module.index.members(RESULT) if not n.startswith("_")]
    close = difflib.get_close_matches(member.name, names, n=1, cutoff=0.6)
    new = _PERHAPS_MEANT.get(member.name) or next(iter(close), None)
    if new is None or ('"' in new and quote_for(module, member.node) != '"'):
        return None
    return Fix(f"Use {new}", (Edit(member.span, new),), is_deterministic=False)


@rule(
    code="BQ033",
    severity=Severity.WARNING,
    title="The result may lack this attribute",
    why="BioQL sets it only after some runs (a docking or design sentence that it recognised, "
    "CRISPR mode): without it the reading raises AttributeError.",
    fix='Reads it with getattr(result, "...", None).',
    good=(
        _HEAD + 'print(getattr(result, "binding_affinity", None))\n',
        _HEAD + 'if hasattr(result, "ki"):\n    print(result.ki)\n',
        _CRISPR_RUN + "print(result.energy_estimate)\n",
    ),
    bad=(
        _HEAD + "print(result.binding_affinity)\n",
        _HEAD + 'print(f"{result.energy_estimate} a.u.")\n',
    ),
)
def check_dynamic(module: Module) -> Iterator[Finding]:
    """A finding for each direct reading of an attribute that BioQL adds at run time."""
    dynamic = [m for m in result_members(module) if m.name in _DYNAMIC and comes_from_a_run(m)]
    asked = questions(module) if dynamic else frozenset()
    for member in dynamic:
        is_crispr = member.value.is_crispr
        if is_crispr is None or (is_crispr and member.name in _CRISPR):
            continue
        if is_expected_missing(module, member, asked):
            continue
        message = (
            f"{member.name} is set only after some runs; after the others reading it raises "
            "AttributeError. Read it with getattr and a default."
        )
        fix = _getattr(module, member)
        yield Finding("BQ033", Severity.WARNING, message, member.span, (fix,) if fix else ())


def _getattr(module: Module, member: Member) -> Fix | None:
    quote = quote_for(module, member.node)
    if quote is None:
        return None
    owner = module.syntax.node_text(member.owner)
    text = f"getattr({owner}, {quote}{member.name}{quote}, None)"
    return Fix("Read it with getattr", (Edit(module.syntax.span(member.node), text),))


@rule(
    code="BQ034",
    severity=Severity.INFORMATION,
    title="This attribute is never filled",
    why="BioQL declares it but sets it after no run, or after few.",
    fix="Reads total_shots in place of shots; the message says what the others hold.",
    good=(_HEAD + "print(result.total_shots)\n",),
    bad=(_HEAD + "print(result.shots)\n", _HEAD + "print(result.statevector)\n"),
)
def check_unfilled(module: Module) -> Iterator[Finding]:
    """A finding for each reading of an attribute that stays as it is declared."""
    if module.release < _FIRST_WITHOUT_SIMULATOR or not module.index.is_exact:
        return
    for member in result_members(module):
        never = never_filled(RESULT, member.name)
        if never is None or not comes_from_a_run(member):
            continue
        fixes: tuple[Fix, ...] = ()
        if member.name == "shots":
            fixes = (Fix("Use total_shots", (Edit(member.span, "total_shots"),)),)
        message = f"{member.name} {never}."
        yield Finding("BQ034", Severity.INFORMATION, message, member.span, fixes)
