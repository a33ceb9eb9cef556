"""Facts that requests mention: molecules, targets, guides, peptides, backends."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Ranked = TypeVar("Ranked")

MOLECULES: dict[str, str] = {
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "caffeine": "CN1C=NC2=C1C(=O)N(C)C(=O)N2C",
    "ibuprofen": "CC(C)Cc1ccc(cc1)C(C)C(=O)O",
    "paracetamol": "CC(=O)Nc1ccc(O)cc1",
    "acetaminophen": "CC(=O)Nc1ccc(O)cc1",
    "ethanol": "CCO",
    "methanol": "CO",
    "water": "O",
    "benzene": "c1ccccc1",
    "nicotine": "CN1CCCC1c1cccnc1",
    "metformin": "CN(C)C(=N)NC(=N)N",
    "dopamine": "NCCc1ccc(O)c(O)c1",
    "serotonin": "NCCc1c[nH]c2ccc(O)cc12",
    "warfarin": "CC(=O)CC(c1ccccc1)C1=C(O)c2ccccc2OC1=O",
    "glucose": "OCC1OC(O)C(O)C(O)C1O",
    "salicylic acid": "OC(=O)c1ccccc1O",
    "naproxen": "COc1ccc2cc(ccc2c1)C(C)C(=O)O",
    "diclofenac": "OC(=O)Cc1ccccc1Nc1c(Cl)cccc1Cl",
    "celecoxib": "Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F",
    "diazepam": "CN1c2ccc(Cl)cc2C(=NCC1=O)c1ccccc1",
    "fluoxetine": "CNCCC(Oc1ccc(cc1)C(F)(F)F)c1ccccc1",
    "lidocaine": "CCN(CC)CC(=O)Nc1c(C)cccc1C",
    "propranolol": "CC(C)NCC(O)COc1cccc2ccccc12",
    "atenolol": "CC(C)NCC(O)COc1ccc(CC(N)=O)cc1",
    "omeprazole": "COc1ccc2[nH]c(nc2c1)S(=O)Cc1ncc(C)c(OC)c1C",
    "erlotinib": "COCCOc1cc2ncnc(Nc3cccc(c3)C#C)c2cc1OCCOC",
    "gefitinib": "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "imatinib": "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(n1)-c1cccnc1",
    "captopril": "CC(CS)C(=O)N1CCCC1C(=O)O",
    "morphine": "CN1CCC23C4C1CC5=C2C(=C(C=C5)O)OC3C(C=C4)O",
    "theophylline": "CN1C2=C(C(=O)N(C1=O)C)NC=N2",
    "melatonin": "CC(=O)NCCc1c[nH]c2ccc(OC)cc12",
    "adrenaline": "CNCC(O)c1ccc(O)c(O)c1",
    "acetone": "CC(C)=O",
    "phenol": "Oc1ccccc1",
    "aniline": "Nc1ccccc1",
    "toluene": "Cc1ccccc1",
    "pyridine": "c1ccncc1",
    "nitrobenzene": "O=[N+]([O-])c1ccccc1",
    "urea": "NC(N)=O",
    "citric acid": "OC(=O)CC(O)(C(=O)O)CC(=O)O",
    "vanillin": "COc1cc(C=O)ccc1O",
    "resveratrol": "Oc1ccc(C=Cc2cc(O)cc(O)c2)cc1",
    "glycine": "NCC(=O)O",
}

TARGETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("5IKT", ("COX-2", "cox2", "COX2", "cyclooxygenase-2")),
    ("1EQG", ("COX-1", "cox1", "COX1", "cyclooxygenase-1")),
    ("1M17", ("EGFR", "egfr", "the EGFR kinase")),
    ("1O86", ("ACE", "ace")),
    ("6M0J", ("ACE2", "ace2")),
    ("1PPB", ("thrombin",)),
    ("1HXB", ("HIV protease", "hiv-protease", "HIV-1 protease")),
    ("4JSP", ("mTOR", "mtor")),
    ("6B3J", ("GLP1R", "GLP-1R", "glp1r")),
    ("1X70", ("DPP4", "dpp-4", "DPP-4")),
    ("5CGD", ("SGLT2", "sglt2")),
    ("2Y94", ("AMPK", "ampk")),
    ("6VXX", ("the spike protein", "spike", "the SARS-CoV-2 spike")),
)

BACKENDS: dict[str, tuple[str, ...]] = {
    "ibm_torino": (
        "ibm torino",
        "ibm_torino",
        "IBM Torino",
        "torino",
        "ibm-torino",
        "ibm's torino",
    ),
    "ibm_brisbane": ("ibm brisbane", "ibm_brisbane", "brisbane", "IBM Brisbane", "ibm-brisbane"),
    "ibm_sherbrooke": ("ibm sherbrooke", "ibm_sherbrooke", "sherbrooke", "IBM Sherbrooke"),
    "ibm_kyoto": ("ibm kyoto", "ibm_kyoto", "kyoto"),
    "ibm_osaka": ("ibm osaka", "ibm_osaka", "osaka"),
    "ionq_qpu": ("ionq", "the ionq qpu", "ionq_qpu", "ionq hardware", "IonQ"),
    "ionq_forte": ("ionq forte", "ionq_forte", "IonQ Forte"),
    "ionq_simulator": ("the ionq simulator", "ionq_simulator", "ionq's cloud simulator"),
}

NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}

GENES = (
    "PCSK9",
    "APOE",
    "LDLR",
    "TP53",
    "BRCA1",
    "BRCA2",
    "KRAS",
    "EGFR",
    "BRAF",
    "PIK3CA",
    "LEP",
    "INS",
    "GCK",
    "APP",
    "PSEN1",
    "SNCA",
    "TNF",
)

DISEASES = ("obesity", "diabetes", "cancer", "alzheimer", "parkinson", "hypertension", "pain")

PTM_TYPES = ("phosphorylation", "acetylation", "methylation", "ubiquitination", "sumoylation")

SHOT_COUNTS = (50, 64, 100, 100, 150, 200, 250, 256, 300, 400, 500, 512, 750, 800, 1000, 1024, 2000)

METABOLITES = (
    "glucose",
    "pyruvate",
    "lactate",
    "citrate",
    "succinate",
    "fumarate",
    "malate",
    "acetate",
    "glutamate",
    "glutamine",
    "alanine",
    "serine",
)


def popular(rng: Random, ranked: Sequence[Ranked]) -> Ranked:
    """One of a list in which what people ask for most stands first, as often as they do."""
    return rng.choices(ranked, [1 / (rank + 3) for rank in range(len(ranked))])[0]


def molecule(rng: Random) -> tuple[str, str, bool]:
    """A molecule as (how a request names it, SMILES, whether the name is a literal to copy)."""
    if rng.random() < 0.25:
        smiles = random_smiles(rng)
        return smiles, smiles, True
    name = popular(rng, tuple(MOLECULES))
    return name, MOLECULES[name], False


def random_smiles(rng: Random) -> str:
    """A small made-up molecule: fragments that may follow each other in any order."""
    start = rng.choice(("C", "CC", "CCC", "N", "O", "Cl", "F", "CO", "CN", "COC", "CC(C)"))
    middles = ("C", "CC", "C(=O)N", "C(=O)O", "c1ccc(cc1)", "C1CCN(CC1)", "C(C)", "CCO", "CN(C)")
    middle = "".join(f"C{rng.choice(middles)}" for _ in range(rng.randint(0, 2)))
    end = rng.choice(
        ("C", "CC", "CO", "CN", "CF", "C(=O)O", "c1ccccc1", "C#N", "C(N)=O", "c1ccncc1")
    )
    return start + middle + end


def target(rng: Random) -> tuple[str, str]:
    """A docking target as (how a request names it, PDB id)."""
    if rng.random() < 0.15:
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
        pdb = rng.choice("123456789") + "".join(rng.choice(letters) for _ in range(3))
        if pdb.isdecimal():  # BioQL takes one of digits alone for the number of qubits
            pdb = pdb[:3] + rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
        return rng.choice(("{}", "PDB {}", "pdb {}", "protein {}", "PDB id {}")).format(pdb), pdb
    pdb, names = popular(rng, TARGETS)
    return rng.choice(names), pdb


def guide(rng: Random) -> str:
    """A guide RNA of 20 bases, as DNA letters."""
    return "".join(rng.choice("ACGT") for _ in range(20))


def peptide(rng: Random, length: int | None = None) -> str:
    """A peptide in one-letter code."""
    count = length or rng.randint(7, 18)
    return "M" + "".join(rng.choice("ACDEFGHIKLMNPQRSTVWY") for _ in range(count - 1))


def dna(rng: Random) -> str:
    """A short DNA sequence."""
    return "".join(rng.choice("ACGT") for _ in range(rng.randint(8, 14)))


def bits(rng: Random, width: int) -> dict[str, int]:
    """Measured counts of ``width`` qubits."""
    states = rng.sample([format(i, f"0{width}b") for i in range(2**width)], k=min(4, 2**width))
    return {state: rng.randint(2, 99) * 5 for state in sorted(states)}
