"""Strings that look like what users paste: valid SMILES, PDB ids, guides, peptides, DNA."""

from __future__ import annotations

from random import Random
from typing import Final

_AMINO_ACIDS: Final = "ACDEFGHIKLMNPQRSTVWY"
_CHAIN: Final = ("C", "C", "C", "CC", "CCC", "O", "N", "S", "C(=O)", "C(C)", "C(F)", "C=C", "C(O)")
_RINGS: Final = (
    "c1ccccc1", "c1ccncc1", "C1CCCCC1", "c1ccc(O)cc1", "c1ccc(F)cc1", "C1CCNCC1", "c1cc[nH]c1",
    "c1ccc(Cl)cc1", "C1CCOC1", "c1ccsc1", "c1ccc2ccccc2c1", "c1cnc[nH]1", "C1COCCN1",
)  # fmt: skip
_ENDS: Final = ("C", "O", "N", "F", "Cl", "Br", "C(=O)O", "C#N", "C(N)=O", "S(C)(=O)=O", "OC", "")
_SMILES_LETTERS_MIN: Final = 3


def random_smiles(rng: Random) -> str:
    """A made-up molecule: a chain, perhaps a ring, an end; valences hold.

    It has two carbons at least: ``CON`` is a word, too.
    """
    while True:
        chain = "".join(rng.choice(_CHAIN) for _ in range(rng.randint(1, 4)))
        ring = rng.choice(_RINGS) if rng.random() < 0.65 else ""
        text = "C" + chain + (ring or rng.choice(_ENDS))
        if len(text) >= _SMILES_LETTERS_MIN and text.replace("Cl", "").lower().count("c") > 1:
            return text


def pdb_id(rng: Random) -> str:
    """A PDB id: a digit, then letters and digits with at least one letter."""
    while True:
        rest = "".join(rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(3))
        if any(c.isalpha() for c in rest):
            return str(rng.randint(1, 9)) + rest


def guide(rng: Random) -> str:
    """A CRISPR guide of 20 letters."""
    return "".join(rng.choice("ACGT") for _ in range(20))


def peptide(rng: Random) -> str:
    """A peptide of 8 to 40 amino acids that begins with methionine as often as not."""
    length = rng.choice((8, 10, 12, 15, 20, 30, 40))
    body = "".join(rng.choice(_AMINO_ACIDS) for _ in range(length - 1))
    return (rng.choice("M" + _AMINO_ACIDS[:6])) + body


def dna(rng: Random) -> str:
    """A DNA read of 8 to 16 letters."""
    return "".join(rng.choice("ACGT") for _ in range(rng.randint(8, 16)))
