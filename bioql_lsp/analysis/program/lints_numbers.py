"""Numbers in a sentence: which is meant as a number of qubits, and what the others count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.program.lints_model import Sentence
from bioql_lsp.text import Span

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        ),
        start=1,
    )
}
# What BioQL is documented to take where a sentence names no number.
QUBITS_DEFAULT = {
    "superposition": 3,
    "entanglement": 2,
    "qft": 4,
    "drug_docking": 6,
    "protein_folding": 8,
    "dna_analysis": 4,
}
_NAMED = re.compile(
    r"(?P<lead>(?:,\s*|\s+)(?:on|with|using|over|in|for|of|across)\s+(?:a\s+register\s+of\s+)?)?"
    rf"\b(?P<number>\d{{1,9}}|{'|'.join(NUMBER_WORDS)}|single)[-\s]+"
    r"(?:(?:logical|physical)\s+)?(?:qu?bits?|quantum\s+bits?)\b(?!\s*\d)",
    re.IGNORECASE,
)
_SHOTS = re.compile(
    r"(?:,?\s*\b(?:with|using|for|over|at|and|in|run)\s+)?(?P<shown>\b(?P<shots>\d{1,9})\s+shots?\b)"
    r"|,?\s*(?P<shown_equal>\bshots?\s*[=:]\s*(?P<shots_equal>\d{1,9})\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:shots?|poses?|modes?|iterations?|steps?|times|runs?|repetitions?|trials?|samples?"
    r"|conformers?|conformations|layers?|rounds?|candidates?|molecules?|compounds?|ligands?"
    r"|kcal\w*|kj\w*|kelvin|k|ns|ps|fs|degrees?|percent|angstroms?|nm|mg|kda|years?|patients?|cells?"
    r"|seconds?|minutes?|hours?|days?|usd|dollars?)\b|\s*[%\u00b0\u212b]|\.\d",
    re.IGNORECASE,
)
_PART_OF_A_NAME = re.compile(
    r"(?:[A-Za-z]-|\d\.|\b(?:chain|residue|type|version|phase|figure|table|step|number|no\.)\s+)\Z",
    re.IGNORECASE,
)
_CONTEXT_CHARS = 16


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A number of qubits as a person writes it; ``phrase`` includes the words around it."""

    value: int
    span: Span
    phrase: Span


@dataclass(frozen=True, slots=True)
class NamedShots:
    """A number of shots in the sentence; ``phrase`` is what can be cut out with it."""

    value: int
    span: Span
    phrase: Span


def named_counts(text: str) -> tuple[NamedCount, ...]:
    """The numbers of qubits that a text names."""
    return tuple(
        NamedCount(_value(match["number"]), Span(*match.span("number")), Span(*match.span()))
        for match in _NAMED.finditer(text)
    )


def _value(written: str) -> int:
    lowered = written.lower()
    return 1 if lowered == "single" else NUMBER_WORDS.get(lowered) or int(lowered)


def named_shots(text: str) -> Iterator[NamedShots]:
    """The numbers of shots that a text names."""
    for match in _SHOTS.finditer(text):
        group = "shown" if match["shown"] else "shown_equal"
        value = int(match["shots"] or match["shots_equal"])
        yield NamedShots(value, Span(*match.span(group)), Span(*match.span()))


def word_around(text: str, span: Span) -> Span:
    """The span widened to the letters and digits that touch it."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def counts_something_else(read: Sentence, span: Span) -> bool:
    """Whether a number that BioQL takes for the qubits is surely none of qubits."""
    text = read.text
    smiles = read.molecules.smiles
    if smiles and span.overlaps(smiles.span):
        return True
    before = text[max(0, span.start - _CONTEXT_CHARS) : span.start]
    return bool(_UNIT.match(text, span.end) or _PART_OF_A_NAME.search(before))
