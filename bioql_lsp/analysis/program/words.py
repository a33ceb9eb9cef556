"""The words of a sentence that BioQL makes something of, for colouring and hovers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bioql_lsp.analysis.chemistry import read_guide
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.model import Compiled, GateStatement
from bioql_lsp.analysis.program.molecules import read_molecules
from bioql_lsp.analysis.program.vocabulary import GROUPS
from bioql_lsp.text import Span

_VERB_GROUPS = ("create or apply", "simulate or analyze", "invent")
_VERBS = frozenset(word for group in _VERB_GROUPS for word in GROUPS[group])
_QUBITS = re.compile(r"qubits?\s+\d+(?:\s+and\s+(?:qubit\s+)?\d+)?|\d[\d.]*", re.IGNORECASE)
_GATE_NAME = re.compile(r"[^\W\d][^\d]*?(?=\s*(?:\b(?:from|with|to|on)\b|qubits?\b|\d|\Z))")
_MOLECULE_WORD = re.compile(r"\b(?:smiles|pdb|guide)\b", re.IGNORECASE)
_WORDS_MAX = 2_000


class WordKind(StrEnum):
    """What BioQL makes of a word."""

    VERB = "verb"
    GATE = "gate"
    NUMBER = "number"
    ANGLE = "angle"
    QUBIT = "qubit"
    SMILES = "smiles"
    PDB = "pdb"
    GUIDE = "guide"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase; offsets count code points in the sentence."""

    kind: WordKind
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words that matter, in order of place, none over another. Never raises."""
    compiled = compile_sentence(text)
    kept: list[Word] = []
    taken = bytearray(len(text))
    for word in _candidates(text, compiled):
        if len(kept) >= _WORDS_MAX:
            break
        if word.start < word.end and not any(taken[word.start : word.end]):
            taken[word.start : word.end] = b"\1" * (word.end - word.start)
            kept.append(word)
    return tuple(sorted(kept, key=lambda word: word.start))


def _candidates(text: str, compiled: Compiled) -> Iterator[Word]:
    """The words, the one that wins an overlap first."""
    yield from _molecules(text)
    if compiled.count_span and compiled.count_source in {"digits", "phrase"}:
        yield _word(WordKind.NUMBER, compiled.count_span)
    for made in sorted(compiled.statements, key=_place):
        yield from _statement(text, made)
    for span in compiled.matched_words:
        found = text[span.start : span.end].lower()
        yield _word(WordKind.VERB if found in _VERBS else WordKind.TERM, span)
    for match in _MOLECULE_WORD.finditer(text):
        yield _word(WordKind.TERM, Span(*match.span()))


def _place(made: GateStatement) -> tuple[int, int]:
    return made.span.start, -made.span.end


def _word(kind: WordKind, span: Span) -> Word:
    return Word(kind, span.start, span.end)


def _molecules(text: str) -> Iterator[Word]:
    molecules = read_molecules(text)
    if molecules.read_smiles:
        yield _word(WordKind.SMILES, molecules.read_smiles.span)
    if molecules.read_pdb:
        yield _word(WordKind.PDB, molecules.read_pdb.span)
    guide = read_guide(text)
    if guide:
        yield Word(WordKind.GUIDE, *guide)


def _statement(text: str, made: GateStatement) -> Iterator[Word]:
    """The gate's name, its qubits and its angle."""
    start, end = made.span.start, made.span.end
    written = text[start:end]
    name = _GATE_NAME.match(written)
    if name:
        yield Word(WordKind.GATE, start, start + name.end())
    places = list(_QUBITS.finditer(written, name.end() if name else 0))
    has_angle = bool(made.operation.parameters) and len(places) > 1
    for number, match in enumerate(places):
        is_angle = has_angle and number == len(places) - 1
        is_bit = made.gate == "measure" and number > 0
        kind = WordKind.ANGLE if is_angle else WordKind.NUMBER if is_bit else WordKind.QUBIT
        yield Word(kind, start + match.start(), start + match.end())
