"""Ligands and receptors that BioQL 7 knows by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RECEPTOR_PDB_IDS: Mapping[str, str] = MappingProxyType(
    {
        "ampk": "2Y94",
        "cox-1": "1EQG",
        "cox-2": "5IKT",
        "ace": "1O86",
        "thrombin": "1PPB",
        "hiv-protease": "1HXB",
        "egfr": "1M17",
        "ace2": "6M0J",
        "spike": "6VXX",
        "mtor": "4JSP",
        "kinase": "1ATP",
        "protease": "1MTW",
        "glp1r": "6B3J",
        "glp-1r": "6B3J",
        "gip": "7DTY",
        "gipr": "7DTY",
        "dpp4": "1X70",
        "sglt2": "5CGD",
    }
)
LIGAND_SMILES: Mapping[str, str] = MappingProxyType(
    {
        "metformin": "CN(C)C(=N)NC(=N)N",
        "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
        "ibuprofen": "CC(C)Cc1ccc(cc1)C(C)C(=O)O",
        "caffeine": "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
        "penicillin": "CC1(C)SC2C(NC(=O)Cc3ccccc3)C(=O)N2C1C(=O)O",
        "morphine": "CN1CCC23C4C1CC5=C2C(=C(C=C5)O)OC3C(C=C4)O",
        "warfarin": "CC(=O)CC(c1ccccc1)c1c(O)c2ccccc2oc1=O",
        "dopamine": "NCCc1ccc(O)c(O)c1",
        "serotonin": "NCCc1c[nH]c2ccc(O)cc12",
        "glucose": "OCC1OC(O)C(O)C(O)C1O",
        "paracetamol": "CC(=O)Nc1ccc(O)cc1",
    }
)
_NAMES_WITH_HYPHEN = tuple(name for name in RECEPTOR_PDB_IDS if "-" in name)


def looked_up(name: str) -> str | None:
    """The PDB id that BioQL takes for a receptor's name, which it reads up to a hyphen."""
    plain = name.lower()
    return RECEPTOR_PDB_IDS.get(plain) if plain not in _NAMES_WITH_HYPHEN else None
