"""Sentences with a slip of the fingers, and with what is no part of a circuit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.knowledge.terms import stem
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.text import Edit, Span
from bioql_lsp.worker.repair.slips import is_slip, is_swap

_VOCABULARY: Final = (
    "affinity", "analyze", "bell", "binding", "create", "design", "docking", "entangle",
    "entanglement", "folding", "fourier", "grover", "hadamard", "measure", "molecule", "pair",
    "phase", "prepare", "protein", "qubit", "qubits", "rotate", "search", "sequence", "simulate",
    "state", "superposition", "swap", "transform",
)  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_SHOTS: Final = re.compile(r",? (?:with|using|for) \d+ shots\b")
_OTHER_WORDS: Final = frozenset(
    {"ball", "belt", "bill", "bull", "crate", "crease", "paid", "pail", "pain", "part", "phrase"}
    | {"shape", "skate", "slate", "snap", "stage", "stake", "stale", "stare", "starch", "sway"}
)
"""Words in their own right that look like slips of ones that BioQL knows."""


def respelled(module: Module, finding: Finding) -> list[Edit]:
    """NL001: the words that are nearly ones that BioQL knows, written as it knows them."""
    return [
        Edit(span, _as_written(word, new))
        for span, word in _words(module, finding, _WORD)
        if (new := _meant(word.lower())) is not None
    ]


def _meant(word: str) -> str | None:
    """The one word that BioQL knows which this is a slip of."""
    if word in _VOCABULARY or word in _OTHER_WORDS:
        return None
    near = [
        known
        for known in _VOCABULARY
        if known[0] == word[0]
        and (is_slip(word, known) or is_swap(word, known))
        and stem(word) != stem(known)
    ]
    return near[0] if len(near) == 1 else None


def without_shots(module: Module, finding: Finding) -> list[Edit]:
    """NL003: a sentence that is only compiled, without the shots that nothing runs."""
    if finding.fixes:
        return []
    return [Edit(span, "") for span, _ in _words(module, finding, _SHOTS)]


def _as_written(word: str, new: str) -> str:
    return new.capitalize() if word[0].isupper() else new


def _words(
    module: Module, finding: Finding, pattern: re.Pattern[str]
) -> Iterator[tuple[Span, str]]:
    """What a pattern finds in the sentence that a finding is about, with its place."""
    for sentence in module.sentences:
        if _is_about(sentence, finding):
            for match in pattern.finditer(sentence.text):
                span = sentence.place(*match.span())
                if module.text[span.start : span.end] == match[0]:
                    yield span, match[0]


def _is_about(sentence: Sentence, finding: Finding) -> bool:
    whole = sentence.argument.value_span
    return whole.start <= finding.span.start and finding.span.end <= whole.end
