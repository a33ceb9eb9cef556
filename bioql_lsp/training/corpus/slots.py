"""The slots that recipes share: molecules, targets, sequences, numbers, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from bioql_lsp.analysis.knowledge.entities import MOLECULES, PROTEINS, TARGETS
from bioql_lsp.training.corpus.made_up import (
    dna,
    guide,
    pdb_id,
    peptide,
    random_smiles,
)
from bioql_lsp.training.corpus.recipe import Said, Slot
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.worker.grounding import NUMBER_WORDS

NAMED_SHARE: Final = 0.7


def integer(low: int, high: int, step: int = 1) -> Slot:
    """A number of a small closed range, sometimes as a word."""

    def slot(draw: Draw) -> Said:
        number = draw.rng.randrange(low, high + 1, step)
        words = NUMBER_WORDS.get(number)
        if words and draw.chance(0.25):
            return Said(draw.local(*words), str(number))
        return Said(str(number), str(number), is_exact=True)

    return slot


def open_integer(low: int, high: int, step: int = 1) -> Slot:
    """A number of a large range: those of training are never those of the test."""

    def slot(draw: Draw) -> Said:
        text = draw.make(lambda rng: str(rng.randrange(low, high + 1, step)))
        return Said(text, text, is_exact=True)

    return slot


def decimal(low: float, high: float, digits: int = 2) -> Slot:
    """A decimal number, those of training never those of the test."""

    def slot(draw: Draw) -> Said:
        text = draw.make(lambda rng: str(round(rng.uniform(low, high), rng.randint(1, digits))))
        return Said(text, text, is_exact=True)

    return slot


def word(*values: str) -> Slot:
    """A word of a closed set, said and written alike."""

    def slot(draw: Draw) -> Said:
        value = draw.choose(values)
        return Said(value, value)

    return slot


def open_word(*values: str) -> Slot:
    """A word of an open set, said and written alike, split between training and test."""

    def slot(draw: Draw) -> Said:
        value = draw.pick(values)
        return Said(value, value, is_exact=True)

    return slot


def molecule(draw: Draw) -> Said:
    """A molecule by its name, or as a SMILES (a known one or a made-up one)."""
    if draw.chance(NAMED_SHARE):
        entry = draw.pick(MOLECULES, key=lambda m: m.names[0])
        return Said(draw.choose(entry.names_in(draw.language)), entry.value)
    return smiles(draw)


def smiles(draw: Draw) -> Said:
    """A molecule as a SMILES string, sometimes introduced or quoted."""
    text = (
        draw.pick(MOLECULES, key=lambda m: m.names[0]).value
        if draw.chance(0.3)
        else draw.make(random_smiles)
    )
    lead = draw.choose(("", "", "", "SMILES ", "smiles "))
    quote = draw.choose(("", "", "", '"', "'"))
    return Said(f"{lead}{quote}{text}{quote}", text, is_exact=True)


def target(draw: Draw) -> Said:
    """A protein target by its name, or a PDB id; the code holds the PDB id."""
    if draw.chance(0.6):
        entry = draw.pick(TARGETS, key=lambda t: t.names[0])
        return Said(draw.choose(entry.names_in(draw.language)), entry.value)
    return pdb(draw)


def pdb(draw: Draw) -> Said:
    """A PDB id."""
    text = draw.make(pdb_id)
    said = text.lower() if draw.chance(0.2) else text
    return Said(draw.choose(("", "", "PDB ", "pdb ")) + said, text, is_exact=True)


def guide_rna(draw: Draw) -> Said:
    """A CRISPR guide of 20 letters."""
    text = draw.make(guide)
    return Said(text, text, is_exact=True)


def guide_rnas(draw: Draw) -> Said:
    """Two or three guides; the code holds them as the items of a list."""
    return _several(draw, guide, draw.choose((2, 2, 3)))


def _several(draw: Draw, maker: Callable[[Random], str], count: int) -> Said:
    texts = [draw.make(maker) for _ in range(count)]
    written = ", ".join(f'"{text}"' for text in texts)
    last = draw.local(" and ", " y ")
    listed = ", ".join(texts)
    joined = ", ".join(texts[:-1]) + last + texts[-1]
    said = draw.choose((listed, " ".join(texts), joined))
    return Said(said, written, is_exact=True)


def protein(draw: Draw) -> Said:
    """A protein sequence, or the name of a well-known one."""
    if draw.chance(0.35):
        entry = draw.pick(PROTEINS, key=lambda p: p.names[0])
        return Said(draw.choose(entry.names_in(draw.language)), entry.value)
    text = draw.make(peptide)
    return Said(text, text, is_exact=True)


def dna_read(draw: Draw) -> Said:
    """A short DNA sequence."""
    text = draw.make(dna)
    return Said(text, text, is_exact=True)


def dna_reads(draw: Draw) -> Said:
    """Two or three short reads, as the items of a list."""
    return _several(draw, dna, draw.choose((2, 2, 3)))


def file_name(extension: str, *stems: str) -> Slot:
    """A file's name with that extension, split between training and test."""
    made = _STEMS + tuple(stems)

    def slot(draw: Draw) -> Said:
        stem = draw.pick(made)
        if draw.chance(0.2):
            stem = f"{stem}{draw.rng.randint(1, 9)}"
        text = f"{stem}.{extension}"
        return Said(text, text, is_exact=True)

    return slot


_STEMS: Final = (
    "receptor", "protein", "target", "input", "output", "results", "guides", "ligand", "report",
    "data", "run", "screen", "counts", "table", "library", "hits", "profile", "enzyme", "kinase",
    "my_file", "sample", "experiment", "batch", "candidates", "summary", "final", "lab", "study",
    "set", "plate", "project", "pilot", "cohort", "selection", "archive", "export", "panel",
    "draft", "trial", "series", "reference", "baseline", "notes", "dataset", "values", "cells",
    "monday", "week", "new", "old", "test", "demo", "backup", "copy", "shortlist", "tumor",
    "control", "assay",
)  # fmt: skip


def counts(draw: Draw) -> Said:
    """Measured counts as a dictionary; ``<<counts>>`` is the whole literal."""
    width = draw.choose((1, 2, 2, 2, 3, 3))
    text = draw.make(lambda rng: _counts_text(rng, width))
    return Said(text, text, is_exact=True)


def _counts_text(rng: Random, width: int) -> str:
    states = [format(n, f"0{width}b") for n in range(2**width)]
    kept = sorted(rng.sample(states, min(len(states), rng.randint(2, 4))))
    return "{" + ", ".join(f'"{state}": {rng.randint(1, 1000)}' for state in kept) + "}"


SLOTS: Final[Mapping[str, Slot]] = {
    "molecule": molecule,
    "smiles": smiles,
    "target": target,
    "pdb": pdb,
    "guide": guide_rna,
    "guides": guide_rnas,
    "protein": protein,
    "dna": dna_read,
    "reads": dna_reads,
    "counts": counts,
    "n": integer(2, 12),
    "csv": file_name("csv"),
    "json": file_name("json"),
    "pdb_file": file_name("pdb"),
    "png": file_name("png"),
    "html": file_name("html"),
    "threshold": decimal(0.1, 0.95),
    "shots_only": open_integer(10, 5000, 10),
}


def find_slot(own: Mapping[str, Slot]) -> Callable[[str], Slot]:
    """How a recipe looks its slots up: its own first. The lookup raises KeyError."""

    def find(name: str) -> Slot:
        kind = re.sub(r"\d+$", "", name)
        for table in (own, SLOTS):
            for key in (name, kind):
                if key in table:
                    return table[key]
        raise KeyError(f"no slot {name}; define it in the recipe or in slots.SLOTS")

    return find
