"""Completion in a sentence: phrases that BioQL understands, each with what it compiles to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.equivalence import (
    is_same_circuit,
    measuring,
    qubits_of,
    sentence,
)
from bioql_lsp.analysis.program.known_molecules import LIGAND_SMILES, RECEPTOR_PDB_IDS, looked_up
from bioql_lsp.analysis.program.lints_names import ghz_sentence
from bioql_lsp.analysis.program.model import Compiled, Operation
from bioql_lsp.analysis.program.summary import summary

_MEASURED_MAX = 64
_CHARS_MAX = 5_000
_INDEX_MAX = 999
_CLAUSE_START = re.compile(r"(?:\A|[.;]\s)\s*(?=[^.;]*\Z|[^.;]*\d\.\d*\Z)")
_SMILES_START = re.compile(r"\bsmiles\s+(?P<typed>\S*)\Z", re.IGNORECASE)
_PDB_START = re.compile(r"\bpdb\s+(?P<typed>\w*)\Z", re.IGNORECASE)
_RECEPTOR_START = re.compile(r"\b(?:receptor|target)\s+(?P<typed>\w*)\Z", re.IGNORECASE)
_GUIDE = "Score CRISPR guide GATACCATGATCACGAAGGT"
# The place of a number is "{}", with the number that is usual.
_SHAPES = (
    ("Create a Bell state", 0),
    ("Prepare a superposition of {} qubits", 3),
    ("use {} qubits for grover search", 3),
    ("Simulate protein folding with {} qubits", 6),
    ("Docking of SMILES CC(=O)Oc1ccccc1C(=O)O to PDB 5IKT on {} qubits", 6),
    ("Analyze the DNA sequence with {} qubits", 4),
    ("Design a new drug for diabetes", 0),
)
_GATES = (
    ("h qubit {}", 1),
    ("x qubit {}", 1),
    ("y qubit {}", 1),
    ("z qubit {}", 1),
    ("cnot {} {}", 2),
    ("cz {} {}", 2),
    ("controlled controlled not {} {} {}", 3),
    ("swap qubits {} and {}", 2),
    ("rotate qubit {} around x by 1.5708 radians", 1),
    ("rotate qubit {} around y by 1.5708 radians", 1),
    ("rotate qubit {} around z by 1.5708 radians", 1),
    ("measure qubit {}", 1),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An offer: ``new_text`` replaces the text from ``replace_from`` to the cursor."""

    label: str
    new_text: str
    detail: str
    replace_from: int


def complete(text_before_cursor: str) -> tuple[Phrase, ...]:
    """The phrases that fit at the end of a text, the likeliest first. Never raises."""
    text = text_before_cursor
    if len(text) > _CHARS_MAX:
        return ()
    molecules = tuple(_molecules(text))
    if molecules:
        return molecules
    start = _clause_start(text)
    typed = text[start:]
    offers = _gates(text, start) if text[:start].strip() else (*_sentences(text), *_gates(text, 0))
    return tuple(phrase for phrase in offers if _fits(phrase.label, typed))


def _clause_start(text: str) -> int:
    match = _CLAUSE_START.search(text)
    return match.end() if match else 0


def _fits(label: str, typed: str) -> bool:
    lowered, wanted = label.lower(), typed.lower().lstrip()
    if lowered.startswith(wanted):
        return True
    return " " not in wanted and any(word.startswith(wanted) for word in lowered.split())


def _molecules(text: str) -> Iterator[Phrase]:
    smiles, pdb = _SMILES_START.search(text), _PDB_START.search(text)
    receptor = _RECEPTOR_START.search(text)
    if smiles:
        for name, written in LIGAND_SMILES.items():
            if _fits(f"{name} {written}", smiles["typed"]):
                yield Phrase(name, written, f"SMILES {written}", smiles.start("typed"))
    elif pdb:
        for name, pdb_id in RECEPTOR_PDB_IDS.items():
            if _fits(f"{name} {pdb_id}", pdb["typed"]):
                label = f"{pdb_id} {name.upper()}"
                yield Phrase(label, pdb_id, f"structure of {name.upper()}", pdb.start("typed"))
    elif receptor:
        for name in RECEPTOR_PDB_IDS:
            found = looked_up(name)
            if found and _fits(name, receptor["typed"]):
                detail = f"BioQL looks up PDB {found}"
                yield Phrase(name.upper(), name.upper(), detail, receptor.start("typed"))


def _sentences(text: str) -> Iterator[Phrase]:
    """Whole sentences, with the number that is typed already."""
    number = _typed_numbers(text)[:1]
    for shape, usual in _SHAPES:
        written = shape.format(*(number or (usual,))) if usual else shape
        yield Phrase(written, written, summary(compile_sentence(written)), 0)
        if not usual:
            count = min(max(number[0] if number else 3, 2), _MEASURED_MAX)
            if shape.startswith("Create"):
                ghz = ghz_sentence(count)
                label = f"GHZ state of {count} qubits"
                yield Phrase(label, ghz, summary(compile_sentence(ghz)), 0)
    yield Phrase(_GUIDE, _GUIDE, 'scores the guide; the call needs mode="crispr"', 0)


def _typed_numbers(typed: str) -> tuple[int, ...]:
    whole = re.findall(r"(?<![\d.])\d{1,3}(?![\d.])", typed)
    return tuple(int(digits) for digits in whole)


def _gates(text: str, start: int) -> Iterator[Phrase]:
    """Gate statements that keep the order of what is written before them."""
    before = compile_sentence(text[:start])
    if text[:start].strip() and not _is_list_of_gates(before):
        return
    yield from _measurements(text, start, before)
    typed = _typed_numbers(text[start:])
    for shape, count in _GATES:
        numbers = _numbers(before, typed, count, is_measured=shape.startswith("measure"))
        if len(numbers) < count:
            continue
        written = shape.format(*numbers)
        made = compile_sentence(text[:start] + written)
        if _adds_one(before, made):
            yield Phrase(written, written, summary(made), start)


def _is_list_of_gates(compiled: Compiled) -> bool:
    return compiled.stage == "gates" and bool(compiled.statements) and compiled.error is None


def _adds_one(before: Compiled, made: Compiled) -> bool:
    """Whether one operation is added, which runs after those before it or might as well."""
    in_text = sorted(made.statements, key=lambda each: each.span.start)
    is_added = len(made.statements) == len(before.statements) + 1
    written = [each.operation for each in in_text]
    return made.stage == "gates" and is_added and is_same_circuit(written, list(made.operations))


def _numbers(
    before: Compiled, typed: tuple[int, ...], count: int, *, is_measured: bool
) -> tuple[int, ...]:
    """As many different qubits as a gate needs: those typed, then used ones, then new ones."""
    used = _used(before)
    free = _unmeasured(before) if is_measured else ()
    last = used[-1:] if count > 1 else ()
    following = range(max((*used, *typed[:count]), default=-1) + 1, _INDEX_MAX)
    chosen = dict.fromkeys((*typed[:count], *free, *last, *following))
    return tuple(chosen)[:count]


def _used(compiled: Compiled) -> list[int]:
    return sorted({q for each in compiled.statements for q in qubits_of(each.operation)})


def _unmeasured(compiled: Compiled) -> tuple[int, ...]:
    made = [each.operation for each in compiled.statements]
    measured = {each.targets[0] for each in made if each.gate == "measure"}
    return tuple(qubit for qubit in _used(compiled) if qubit not in measured)


def _measurements(text: str, start: int, before: Compiled) -> Iterator[Phrase]:
    """The measurement of all qubits that are used and not measured yet."""
    qubits = _unmeasured(before)
    if not 2 <= len(qubits) <= _MEASURED_MAX:
        return
    measures: tuple[Operation, ...] = measuring(qubits)
    written = sentence(measures)
    detail = summary(compile_sentence(text[:start] + written))
    yield Phrase(f"measure qubits {', '.join(map(str, qubits))}", written, detail, start)
