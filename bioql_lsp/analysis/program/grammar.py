"""The second stage: phrases for numbers of qubits, gates, measurements and subjects.

Patterns are built from a notation: a space is any white space, ``#`` a whole number, ``~`` a
decimal, ``[word]`` an optional word, ``_`` white space inside a group. Phrases are left out that
can't be reached, because the first stage always answers the sentences that hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bioql_lsp.analysis.program.model import Operation

_UNSIGNED = r"(\d+)"
_DECIMAL = r"([\d.]+)"


class _Phrase(NamedTuple):
    """A pattern, and a plain word that each of its matches holds: without it, none is sought."""

    word: str
    pattern: re.Pattern[str]

    def first(self, lowered: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(lowered) if self.word in lowered else None

    def matches(self, lowered: str) -> Iterator[re.Match[str]]:
        """Every match, none overlapping another."""
        return self.pattern.finditer(lowered) if self.word in lowered else iter(())


def _phrase(notation: str, tail: str = "") -> _Phrase:
    words = notation.split(" ")
    parts = [rf"(?:{word[1:-1]}\s+)?" if word[0] == "[" else rf"{word}\s+" for word in words]
    pattern = "".join(parts).removesuffix(r"\s+") + tail
    pattern = pattern.replace("_", r"\s+").replace("#", _UNSIGNED).replace("~", _DECIMAL)
    if notation.startswith("#"):
        # Without this a long run of digits is tried again from each of them.
        pattern = rf"(?<!\d){pattern}"
    plain = max((word for word in words if word.isalpha()), key=len, default="")
    return _Phrase(plain, re.compile(pattern))


def _phrases(*notations: str, tail: str = "") -> tuple[_Phrase, ...]:
    return tuple(_phrase(notation, tail) for notation in notations)


_QUBITS = "(?:qubits?|quantum_bits?)"
_COUNTS = _phrases(
    f"(?:create|make|initialize|allocate|prepare) # {_QUBITS}",
    f"(?:use|need|require) # {_QUBITS}",
    f"(?:set_up|setup) # {_QUBITS}",
    f"# {_QUBITS} (?:circuit|system)",
    "#-qubit (?:quantum_fourier_transform|qft|vqe|variational)",
    "(?:model|simulate) # (?:amino_acids?|residues?) with qubits?",
    "encode # (?:nucleotides?|base_pairs?) (?:using|with|in) qubits?",
    "represent # (?:molecular_states?|conformations?) (?:using|with) qubits?",
)
_INDICES = _phrases("qubit #", "quantum bit #", r"q\[#\]", "position #", "index #")
_BELL = _phrases("bell state", "entangle qubits? 0 and 1", "entangled state")

_FROM_TO = "(?:from|with_control) qubit # (?:to|and_target) qubit #"
_GATES = {
    "h": _phrases("hadamard qubit #", "h qubit #", "superpose qubit #"),
    "x": _phrases(
        "(?:apply|execute) [a] [pauli] x (?:to|on) qubit #",
        "flip qubit #",
        "not qubit #",
        "invert qubit #",
        "x qubit #",
    ),
    "y": _phrases("(?:apply|execute) [a] [pauli] y (?:to|on) qubit #", "y qubit #"),
    "z": _phrases(
        "(?:apply|execute) [a] [pauli] z (?:to|on) qubit #", "phase flip qubit #", "z qubit #"
    ),
    "cnot": _phrases(
        f"(?:apply|create) [a] cnot [gate] {_FROM_TO}",
        "entangle qubits? # and #",
        "controlled not from qubit # to qubit #",
        "cnot # #",
        "cx # #",
    ),
    "cz": _phrases(f"(?:apply|create) [a] [controlled] z [gate] {_FROM_TO}", "cz # #"),
    "ccx": _phrases(
        "(?:apply|create) [a] toffoli [gate] with controls? qubits? # and # [and] target qubit #",
        "ccx # # #",
        "controlled controlled not # # #",
    ),
    "swap": _phrases(*(f"{verb} qubits? # and #" for verb in ("swap", "exchange", "switch"))),
}
_RADIANS = r"(?:\s*(?:radians?|rad))?"
_ROTATIONS = {
    f"r{axis}": (
        _phrase(f"rotate qubit # around {axis} [axis] by ~", _RADIANS),
        *_phrases(f"r{axis} qubit # ~", f"{axis} rotation qubit # ~"),
        *(_phrases("phase qubit # by ~") if axis == "z" else ()),
    )
    for axis in "xyz"
}
_READ_ALL = _phrase("read all qubits")
_INTO_BIT = r"(?:\s+(?:into|to)\s+(?:classical\s+)?bit\s+(\d+))?"
_MEASUREMENTS = _phrases("measure qubit #", "read qubit #", "observe qubit #", tail=_INTO_BIT)

_SUBJECTS = {
    "protein_folding": re.compile(
        r"protein\s+(?:\w+\s+)?folding|amino\s+acid|polypeptide|secondary\s+structure|alpha\s+helix"
        r"|beta\s+sheet|protein\s+conformation|folding\s+energy|residue\s+interaction"
        r"|folding\s+simulation"
    ),
    "drug_discovery": re.compile(
        r"drug\s+discovery|molecular\s+docking|binding\s+affinity|pharmacophore|ligand\s+binding"
        r"|receptor\s+interaction|chemical\s+compound|molecular\s+target|vqe\s+chemistry"
    ),
    "dna_analysis": re.compile(
        r"dna\s+sequence|genome\s+analysis|nucleotide|base\s+pair|genetic\s+code"
        r"|sequence\s+alignment|pattern\s+matching|grover\s+search|genomic\s+data"
    ),
    "molecular_simulation": re.compile(
        r"molecular\s+simulation|quantum\s+chemistry|electronic\s+structure|molecular\s+orbital"
        r"|chemical\s+reaction|catalyst|bond\s+formation|molecular\s+dynamics"
    ),
}
# Words that make a subject where they stand on one line in this order, whatever is between them.
_WORDS_ON_A_LINE = {
    "protein_folding": (("simulate", "protein", "folding"),),
    "drug_discovery": (
        ("drug", "binding"),
        ("simulate", "drug"),
        ("drug", "protein"),
        ("binding", "protein"),
    ),
}


class Number(NamedTuple):
    """A whole number of the text and its offsets there."""

    value: int
    offsets: tuple[int, int]


class Statement(NamedTuple):
    """A spelled-out gate or measurement, its offsets, and the qubits that it names."""

    operation: Operation
    offsets: tuple[int, int]
    qubits: tuple[Number, ...]


def qubit_count(lowered: str) -> Number | None:
    """The number of qubits that a known phrase asks for; phrases have their order, not the text."""
    for phrase in _COUNTS:
        match = phrase.first(lowered)
        if match and (number := _number(match, 1)):
            return number
    return None


def qubit_indices(lowered: str) -> Iterator[Number]:
    """Every index of a qubit that is mentioned, in gates and elsewhere."""
    for phrase in _INDICES:
        for match in phrase.matches(lowered):
            if number := _number(match, 1):
                yield number


def bell_phrase(lowered: str) -> tuple[int, int] | None:
    """Where a phrase stands that means a Bell state."""
    return next((m.span() for phrase in _BELL if (m := phrase.first(lowered))), None)


def subject(lowered: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The context of the sentence and the offsets of the words that tell it."""
    for context, pattern in _SUBJECTS.items():
        match = pattern.search(lowered)
        if match:
            return context, (match.span(),)
        for words in _WORDS_ON_A_LINE.get(context, ()):
            found = _on_a_line(lowered, words)
            if found:
                return context, found
    return "general", ()


def gates(lowered: str) -> Iterator[Statement]:
    """The spelled-out gates: in the order of the gates and spellings, not of the text."""
    for gate, phrases in _GATES.items():
        for phrase in phrases:
            for match in phrase.matches(lowered):
                numbers = _numbers(match)
                if numbers:
                    *controls, target = (number.value for number in numbers)
                    yield Statement(
                        Operation(gate, (target,), tuple(controls)), match.span(), numbers
                    )
    for gate, phrases in _ROTATIONS.items():
        for phrase in phrases:
            for match in phrase.matches(lowered):
                angle, qubit = _angle(match[2]), _number(match, 1)
                if angle is not None and qubit:
                    operation = Operation(gate, (qubit.value,), (), (angle,))
                    yield Statement(operation, match.span(), (qubit,))


def measurements(lowered: str) -> Iterator[Statement]:
    """The spelled-out measurements; ValueError on "read all qubits", which BioQL can't compile."""
    for phrase in _MEASUREMENTS:
        for match in phrase.matches(lowered):
            numbers = _numbers(match)
            if numbers:
                qubit, bit = numbers[0], numbers[-1]
                operation = Operation("measure", (qubit.value,), (), (), (bit.value,))
                yield Statement(operation, match.span(), (qubit,))
    if _READ_ALL.first(lowered):
        # BioQL looks for the highest of no qubits here; Python's wording differs by version.
        max(())


def _number(match: re.Match[str], group: int) -> Number | None:
    """The number, or None where it has more digits than Python reads."""
    try:
        return Number(int(match[group]), match.span(group))
    except ValueError:
        return None


def _numbers(match: re.Match[str]) -> tuple[Number, ...]:
    """All numbers of a match, or none where one of them can't be read."""
    groups = [group for group, text in enumerate(match.groups(), 1) if text is not None]
    numbers = [_number(match, group) for group in groups]
    readable = tuple(number for number in numbers if number)
    return readable if len(readable) == len(numbers) else ()


def _angle(digits: str) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None


def _on_a_line(lowered: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    if any(word not in lowered for word in words):
        return ()
    line_start = 0
    for line in lowered.split("\n"):
        found: list[tuple[int, int]] = []
        end = 0
        for word in words:
            start = line.find(word, end)
            if start < 0:
                break
            end = start + len(word)
            found.append((line_start + start, line_start + end))
        else:
            return tuple(found)
        line_start += len(line) + 1
    return ()
