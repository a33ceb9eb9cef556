"""What can be said about a SMILES, a PDB id or a CRISPR guide without a chemistry package.

``check_smiles`` reads the syntax (brackets, branches, bonds, ring closures, known atoms), refuses
aromatic atoms outside rings and counts bonds on plain C, N, O, F and B. It does not find a Kekule
structure and does not judge atoms in brackets: what it accepts may still be refused by RDKit.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from dataclasses import dataclass

from bioql_lsp.analysis.smiles import SmilesProblem, check_smiles

__all__ = [
    "GUIDE_LENGTH_MAX",
    "GUIDE_LENGTH_MIN",
    "GuideProblem",
    "SmilesProblem",
    "check_smiles",
    "check_smiles_exactly",
    "guide_problem",
    "is_pdb_id",
    "read_guide",
]

GUIDE_LENGTH_MIN = 15
GUIDE_LENGTH_MAX = 25
_PDB_ID = re.compile(r"[0-9][A-Za-z0-9]{3}")
_FOREIGN_BASE = re.compile(r"[^ACGTacgt]")
_READ_GUIDE = re.compile(
    rf"guide\s+([ATCG]{{{GUIDE_LENGTH_MIN},{GUIDE_LENGTH_MAX}}})", re.IGNORECASE
)
_RNA = re.compile(r"[ACGUacgu]+")
_RNA_TO_DNA = str.maketrans("Uu", "Tt")


@dataclass(frozen=True, slots=True)
class GuideProblem:
    """What is wrong with a guide: offsets into it, and its DNA spelling where there is one."""

    message: str
    start: int
    end: int
    replacement: str | None = None


def read_guide(text: str) -> tuple[int, int] | None:
    """Where the guide stands that BioQL reads in a sentence in CRISPR mode."""
    match = _READ_GUIDE.search(text)
    return match.span(1) if match else None


def is_pdb_id(text: str) -> bool:
    """Whether a text has the form of a PDB id: a digit and three letters or digits."""
    return _PDB_ID.fullmatch(text) is not None


def guide_problem(text: str) -> GuideProblem | None:
    """The first letter of a guide that is no DNA base; its length is not judged."""
    if not text:
        return GuideProblem("The guide is empty; write its bases with A, C, G and T.", 0, 0)
    foreign = _FOREIGN_BASE.search(text)
    if foreign is None:
        return None
    if _RNA.fullmatch(text):
        message = "The guide is written as RNA; BioQL reads DNA: write T for U."
        return GuideProblem(message, *foreign.span(), text.translate(_RNA_TO_DNA))
    message = f"'{foreign.group()}' is no DNA base; a guide has A, C, G and T only."
    return GuideProblem(message, *foreign.span())


def check_smiles_exactly(text: str) -> SmilesProblem | None:
    """``check_smiles``, and RDKit's judgement where RDKit is installed.

    Loads RDKit, which takes seconds: for commands, not for the server's own process.
    """
    problem = check_smiles(text)
    if problem is not None or importlib.util.find_spec("rdkit") is None:
        return problem
    chem = importlib.import_module("rdkit.Chem")
    importlib.import_module("rdkit.RDLogger").DisableLog("rdApp.*")
    if chem.MolFromSmiles(text) is not None:
        return None
    return SmilesProblem("RDKit cannot read this SMILES; check its valences.", 0, len(text))
