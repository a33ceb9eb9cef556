"""What molecules, sequences and ids look like where a request holds them as they are written."""

from __future__ import annotations

import re
from typing import Final

_SUFFIXES: Final = (
    "csv|tsv|json|pdbqt|pdb|sdf|mol2|smi|txt|png|svg|html|fasta|fa|xlsx|qasm|cif|log|md|pkl|npy|h5"
    "|yaml|bql|xyz|pse|npz|parquet"
)
FILE_SUFFIX: Final = re.compile(rf"\.(?:{_SUFFIXES})(?!\w|\.\w|\()")
SMILES: Final = re.compile(
    r"(?<![^\s\"'`,:(])(?=[^\s\"'`]{0,200}[A-Za-z])[A-Za-z0-9@+\-\[\]()=#/\\.%]{0,200}"
    r"(?:[a-zA-Z\d\]]\([A-Z=]|[A-Za-z\d)\]][=#][A-Z\d(\[]|c\d|\[[A-Z])[A-Za-z0-9@+\-\[\]()=#/\\.%]{0,200}"
    r"|\b(?=[NOSPFIBrl0-9]{0,20}C)(?:Cl|Br|[CNOSPFI][0-9]?){3,60}\b"
)
GUIDE: Final = re.compile(r"\b[ACGT]{12,60}\b")
PDB_ID: Final = re.compile(r"\b(?=[0-9A-Z]{0,3}[A-Z])[1-9][A-Z0-9]{3}\b")
COUNTS: Final = re.compile(r"\{ {0,4}['\"][01]{1,64}['\"] {0,4}:")
PROTEIN: Final = re.compile(r"\b(?=[ACGT]{0,200}[DEFHIKLMNPQRSVWY])[ACDEFGHIKLMNPQRSTVWY]{7,200}\b")
PDB_ID_IN_SMALL_LETTERS: Final = re.compile(
    r"\b(?!\d+[a-z]?(?:st|nd|rd|th|gb|mb|kb|ms|cm|mm|px|pm|am)\b)(?=\d{1,3}[a-z]\d?[a-z])"
    r"[1-9][a-z0-9]{3}\b"
)
QUBITS: Final = re.compile(r"\bq\d{1,2}\b|\|[01+\-]{1,64}[>\u27e9]|\b(?!10+\b|11\b)[01]{2,64}\b")
GATES: Final = re.compile(
    r"\b(?:h|x|z|rx|ry|rz|cx|cz) (?:on|to|a|en|al|each|both|qubits?)\b[a-z ]{0,16}\bq?\d",
    re.IGNORECASE,
)
SEQUENCES_AND_IDS: Final = (GUIDE, PDB_ID, COUNTS, PROTEIN)
