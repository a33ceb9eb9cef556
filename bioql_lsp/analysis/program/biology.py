"""Which sentences enhanced_quantum reads by itself and never hands to BioQL's compiler."""

from __future__ import annotations

# The sentence is looked at twice: is it about biology, and does the parser know its domain?
_BIOLOGY = (
    *("dock", "protein", "ligand", "bind", "align", "sequence", "dna", "rna", "fold", "structure"),
    *("energy", "minimize", "pdb", "smiles", "fasta", "poses"),
)
_DOMAINS = (
    *("dock", "binding", "complex", "pose", "align", "sequence", "match"),
    *("optimize", "energy", "minimize"),
)


def is_about_biology(text: str) -> bool:
    """Whether a sentence is about docking, alignment or energy, as enhanced_quantum sees it."""
    lowered = text.lower()
    return any(word in lowered for word in _BIOLOGY) and any(word in lowered for word in _DOMAINS)
