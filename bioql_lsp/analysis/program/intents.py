"""The first stage: words that decide the circuit alone, wherever in the sentence they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bioql_lsp.analysis.program import circuits
from bioql_lsp.analysis.program.circuits import Circuit
from bioql_lsp.analysis.program.model import CountSource
from bioql_lsp.analysis.program.vocabulary import GROUPS, NUMBER_WORDS, without_longer_spellings

Offsets = tuple[int, int]
_FREE_NUMBER = re.compile(r"\b(\d+)\b")
_WORDS = {name: without_longer_spellings(words) for name, words in GROUPS.items()}
_NUMBER_WORDS = tuple(
    (number, without_longer_spellings(words)) for number, words in NUMBER_WORDS.items()
)


class Count(NamedTuple):
    """A number of qubits and where in the lower-cased text it was read."""

    num_qubits: int
    source: CountSource
    offsets: Offsets | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """Fires where every group of ``groups`` has a word in the text.

    ``default`` is used where the text names no number; without one, ``fixed`` is always used.
    """

    intent: str
    groups: tuple[str, ...]
    circuit: Circuit
    default: int = 0
    fixed: int = 2
    context: str = "general"


_DRUG, _FOLDING, _DNA = "drug_discovery", "protein_folding", "dna_analysis"
_RULES = (
    _Rule("bell_state", ("create", "bell"), circuits.bell),
    _Rule("bell_state", ("create", "entanglement", "two"), circuits.bell),
    _Rule("superposition", ("create", "superposition"), circuits.superposition, default=3),
    _Rule("superposition", ("apply", "hadamard"), circuits.superposition),
    _Rule("entanglement", ("create or apply", "entanglement"), circuits.bell, default=2),
    _Rule("qft", ("create or apply", "fourier"), circuits.fourier, default=4),
    _Rule("drug_design", ("invent", "new"), circuits.drug, fixed=6, context=_DRUG),
    _Rule("drug_design", ("invent", "designed"), circuits.drug, fixed=6, context=_DRUG),
    _Rule("drug_docking", ("structure file", "docked"), circuits.drug, default=6, context=_DRUG),
    _Rule(
        "drug_docking",
        ("simulate or analyze", "drug or binding", "dock"),
        circuits.drug,
        default=6,
        context=_DRUG,
    ),
    _Rule(
        "protein_folding",
        ("simulate or analyze", "protein", "fold"),
        circuits.folding,
        default=8,
        context=_FOLDING,
    ),
    _Rule("dna_analysis", ("simulate or analyze", "dna"), circuits.dna, default=4, context=_DNA),
    _Rule("measurement", ("measurement", "all"), circuits.bell),
    _Rule("gate_application", ("apply", "gate"), circuits.bell),
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What the first stage decided; offsets count in the lower-cased text."""

    name: str
    context: str
    circuit: Circuit
    count: Count
    words: tuple[Offsets, ...]


def find_intent(lowered: str) -> Intent | None:
    """The first intent that fires; ValueError on a number with too many digits to read."""
    seen: dict[str, Offsets | None] = {}

    def find(group: str) -> Offsets | None:
        if group not in seen:
            seen[group] = find_word(lowered, _WORDS[group])
        return seen[group]

    for rule in _RULES:
        words = _all_found(rule.groups, find)
        if words:
            count = _count(lowered, rule.default) if rule.default else Count(rule.fixed, "fixed")
            return Intent(rule.intent, rule.context, rule.circuit, count, words)
    return None


def find_word(lowered: str, words: tuple[str, ...]) -> Offsets | None:
    """Where the first of the words that occurs at all occurs first."""
    for word in words:
        if word in lowered:
            start = lowered.index(word)
            return start, start + len(word)
    return None


def _all_found(
    groups: tuple[str, ...], find: Callable[[str], Offsets | None]
) -> tuple[Offsets, ...]:
    found = []
    for group in groups:
        offsets = find(group)
        if offsets is None:
            return ()
        found.append(offsets)
    return tuple(found)


def _count(lowered: str, default: int) -> Count:
    match = _FREE_NUMBER.search(lowered)
    if match:
        number = int(match[1])
        return Count(number, "digits", match.span()) if number else Count(default, "default")
    for number, words in _NUMBER_WORDS:
        offsets = find_word(lowered, words)
        if offsets:
            return Count(number, "word", offsets)
    return Count(default, "default")
