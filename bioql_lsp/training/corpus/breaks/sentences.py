"""Sentences worded so that BioQL takes them for something else: NL001 to NL020."""

from __future__ import annotations

import re
from functools import partial
from random import Random
from typing import Final

from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.model import Argument
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules._shared import is_quantum
from bioql_lsp.text import Edit, Span
from bioql_lsp.training.corpus.breaks.model import NOTHING, Edits, add, arguments, breaker, one
from bioql_lsp.worker.grounding import NUMBER_WORDS

_ROWS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("NL001", r"Bell state", ("Bel state", "pair of entangled qubits", "bell")),
    ("NL001", r"superposition", ("superpositon", "supperposition")),
    ("NL001", r"grover search", ("groover search", "grovers")),
    ("NL003", r" of (\d+) qubits", (r" of \1 qubits with 2048 shots", r" with 500 shots")),
    (
        "NL005",
        r"measure qubit \d+(?:\. measure qubit \d+)+",
        ("measure all qubits", "measure everything"),
    ),
    ("NL006", r"\bh qubit (\d)", (r"h \1", r"Apply a Hadamard gate to qubit \1")),
    ("NL006", r"\bx qubit (\d)", (r"x \1", r"Apply an X gate to qubit \1")),
    (
        "NL006",
        r"\bcnot (\d) (\d)",
        (r"cx \1 \2", r"cnot from \1 to \2", r"CNOT gate from qubit \1 to qubit \2"),
    ),
    ("NL007", r"by (?:1\.57\d*|3\.14\d*|0\.785\d*)", ("by pi/2", "by pi", "by 90 degrees")),
    ("NL008", r"rotate qubit (\d) around (x|y|z) by ([\d.]+)", (r"r\2 qubit \1 \3",)),
    ("NL010", r"(?:\. measure qubit \d+)+", ("",)),
    ("NL011", r"Docking of SMILES", ("Dock SMILES", "Dock the SMILES", "Bind SMILES")),
    ("NL011", r"to PDB", ("to protein PDB", "to the protein PDB")),
    ("NL012", r"SMILES (\S+)", (r"SMILES: \1", r"SMILES string \1", r"SMILES '\1'")),
    ("NL013", r"to PDB (\w{4})", (r"to PDB ID \1", r"to \1", r"to PDB: \1", r"to PDB-\1")),
    (
        "NL014",
        r"Docking of SMILES",
        ("Generate docking poses for the drug SMILES", "Create a docking of the molecule SMILES"),
    ),
    ("NL017", r"guide ([ACGT]{15,25})", (r"guide: \1", r"guide RNA \1", r"sequence \1")),
)


def _sentences(module: Module) -> list[tuple[Argument, Span]]:
    """The sentences that are written in a call, with the place between the quotation marks."""
    found = []
    for sentence in module.sentences:
        for argument in sentence.call.arguments:
            if argument.text == sentence.text and argument.node is not None:
                span = argument.value_span
                inside = Span(span.start + 1, max(span.end - 1, span.start + 1))
                if module.text[inside.start : inside.end] == sentence.text:
                    found.append((argument, inside))
    return found


def _reworded(
    rng: Random, module: Module, *, pattern: re.Pattern[str], forms: tuple[str, ...]
) -> Edits:
    places = [
        (match, span)
        for _, span in _sentences(module)
        if (match := pattern.search(module.text, span.start, span.end))
    ]
    found = one(rng, places)
    if found is None:
        return NOTHING
    match = found[0]
    return (Edit(Span(*match.span()), match.expand(rng.choice(forms))),)


for _number, (_code, _pattern, _forms) in enumerate(_ROWS):
    _make = partial(_reworded, pattern=re.compile(_pattern), forms=_forms)
    add(f"sentence_{_code}_{_number}", (_code,), _make, 0.5)


@breaker("NL002")
def number_as_word(rng: Random, module: Module) -> Edits:
    """A number of qubits in letters."""
    pattern = re.compile(r"\b(\d+)(?= qubits)")
    places = [
        match
        for _, span in _sentences(module)
        for match in pattern.finditer(module.text, span.start, span.end)
        if int(match[1]) in NUMBER_WORDS
    ]
    match = one(rng, places)
    return (Edit(Span(*match.span()), NUMBER_WORDS[int(match[1])][0]),) if match else NOTHING


@breaker("NL016")
def no_crispr_mode(rng: Random, module: Module) -> Edits:
    """A sentence about a guide without the mode that reads it."""
    calls = [call for call in module.runs if is_quantum(call) and call.is_whole]
    found = one(rng, arguments(calls, "mode"))
    return (delete_argument(module, *found),) if found and found[1].keyword else NOTHING


@breaker("NL017", weight=0.7)
def sentence_with_rna(rng: Random, module: Module) -> Edits:
    """A guide written as RNA in a sentence."""
    pattern = re.compile(r"(?<=guide )[ACGT]{15,25}")
    places = [
        match
        for _, span in _sentences(module)
        if (match := pattern.search(module.text, span.start, span.end))
    ]
    match = one(rng, places)
    return (Edit(Span(*match.span()), match[0].replace("T", "U")),) if match else NOTHING
