"""SMILES, PDB ids and guides, judged without a chemistry package."""

import importlib.util
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.chemistry import (
    check_smiles,
    check_smiles_exactly,
    guide_problem,
    is_pdb_id,
    read_guide,
)
from bioql_lsp.analysis.program.known_molecules import LIGAND_SMILES, RECEPTOR_PDB_IDS

MOLECULES = {
    "water": "O",
    "methane": "C",
    "ethanol": "CCO",
    "acetic acid": "CC(=O)O",
    "acetonitrile": "CC#N",
    "benzene": "c1ccccc1",
    "benzene with double bonds": "C1=CC=CC=C1",
    "toluene": "Cc1ccccc1",
    "phenol": "Oc1ccccc1",
    "aniline": "Nc1ccccc1",
    "pyridine": "c1ccncc1",
    "pyrrole": "c1cc[nH]c1",
    "furan": "c1ccoc1",
    "thiophene": "c1ccsc1",
    "imidazole": "c1c[nH]cn1",
    "naphthalene": "c1ccc2ccccc2c1",
    "biphenyl": "c1ccc(cc1)-c1ccccc1",
    "indole": "c1ccc2[nH]ccc2c1",
    "cyclohexane": "C1CCCCC1",
    "cubane": "C12C3C4C1C5C2C3C45",
    "nitrobenzene": "O=[N+]([O-])c1ccccc1",
    "nitromethane with five bonds": "CN(=O)=O",
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "ibuprofen": "CC(C)Cc1ccc(cc1)[C@@H](C)C(=O)O",
    "naproxen": "COc1ccc2cc(ccc2c1)[C@H](C)C(=O)O",
    "paracetamol": "CC(=O)Nc1ccc(O)cc1",
    "caffeine": "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "nicotine": "CN1CCC[C@H]1c1cccnc1",
    "metformin": "CN(C)C(=N)NC(N)=N",
    "metformin hydrochloride": "CN(C)C(=N)NC(=N)N.Cl",
    "warfarin": "CC(=O)CC(c1ccccc1)C1=C(O)c2ccccc2OC1=O",
    "diazepam": "CN1C(=O)CN=C(c2ccccc2)c2cc(Cl)ccc12",
    "fluoxetine": "CNCCC(Oc1ccc(cc1)C(F)(F)F)c1ccccc1",
    "sertraline": "CN[C@H]1CC[C@H](c2ccccc12)c1ccc(Cl)c(Cl)c1",
    "atorvastatin": (
        "CC(C)c1c(C(=O)Nc2ccccc2)c(-c2ccccc2)c(-c2ccc(F)cc2)n1CC[C@@H](O)C[C@@H](O)CC(=O)O"
    ),
    "simvastatin": (
        "CCC(C)(C)C(=O)O[C@H]1C[C@@H](C)C=C2C=C[C@H](C)[C@H](CC[C@@H]3C[C@@H](O)CC(=O)O3)[C@@H]12"
    ),
    "omeprazole": "COc1ccc2[nH]c(nc2c1)S(=O)Cc1ncc(C)c(OC)c1C",
    "sildenafil": "CCCc1nn(C)c2c1nc([nH]c2=O)-c1cc(ccc1OCC)S(=O)(=O)N1CCN(C)CC1",
    "imatinib": "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(n1)-c1cccnc1",
    "gefitinib": "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "erlotinib": "COCCOc1cc2ncnc(Nc3cccc(c3)C#C)c2cc1OCCOC",
    "remdesivir": (
        "CCC(CC)COC(=O)[C@H](C)N[P@](=O)(OC[C@H]1O[C@@](C#N)([C@H](O)[C@@H]1O)c1ccc2c(N)ncnn12)"
        "Oc1ccccc1"
    ),
    "oseltamivir": "CCOC(=O)C1=C[C@@H](OC(CC)CC)[C@H](NC(C)=O)[C@@H](N)C1",
    "penicillin G": "CC1(C)S[C@@H]2[C@H](NC(=O)Cc3ccccc3)C(=O)N2[C@H]1C(=O)O",
    "amoxicillin": "CC1(C)S[C@@H]2[C@H](NC(=O)[C@H](N)c3ccc(O)cc3)C(=O)N2[C@H]1C(=O)O",
    "ciprofloxacin": "OC(=O)C1=CN(C2CC2)c2cc(N3CCNCC3)c(F)cc2C1=O",
    "morphine": "CN1CC[C@]23c4c5ccc(O)c4O[C@H]2[C@@H](O)C=C[C@H]3[C@H]1C5",
    "codeine": "COc1ccc2C[C@H]3N(C)CC[C@@]45[C@@H](Oc1c24)[C@@H](O)C=C[C@@H]35",
    "cocaine": "COC(=O)[C@H]1[C@@H](OC(=O)c2ccccc2)C[C@@H]2CC[C@H]1N2C",
    "testosterone": "C[C@]12CC[C@H]3[C@@H](CCC4=CC(=O)CC[C@]34C)[C@@H]1CC[C@@H]2O",
    "estradiol": "C[C@]12CC[C@H]3[C@@H](CCc4cc(O)ccc34)[C@@H]1CC[C@@H]2O",
    "cholesterol": (
        "C[C@H](CCCC(C)C)[C@H]1CC[C@@H]2[C@@]1(CC[C@H]3[C@H]2CC=C4[C@@]3(CC[C@@H](C4)O)C)C"
    ),
    "dexamethasone": (
        "C[C@@H]1C[C@H]2[C@@H]3CCC4=CC(=O)C=C[C@]4(C)[C@@]3(F)[C@@H](O)C[C@]2(C)[C@@]1(O)C(=O)CO"
    ),
    "dopamine": "NCCc1ccc(O)c(O)c1",
    "serotonin": "NCCc1c[nH]c2ccc(O)cc12",
    "adrenaline": "CNC[C@H](O)c1ccc(O)c(O)c1",
    "glucose": "OC[C@H]1OC(O)[C@H](O)[C@@H](O)[C@@H]1O",
    "sucrose": "OC[C@H]1O[C@@](CO)(O[C@H]2O[C@H](CO)[C@@H](O)[C@H](O)[C@H]2O)[C@@H](O)[C@@H]1O",
    "alanine": "C[C@H](N)C(=O)O",
    "glycine zwitterion": "[NH3+]CC(=O)[O-]",
    "adenosine triphosphate": (
        "Nc1ncnc2c1ncn2[C@@H]1O[C@H](COP(=O)(O)OP(=O)(O)OP(=O)(O)O)[C@@H](O)[C@H]1O"
    ),
    "adenine": "Nc1ncnc2[nH]cnc12",
    "uracil": "O=c1cc[nH]c(=O)[nH]1",
    "table salt": "[Na+].[Cl-]",
    "sodium acetate": "CC(=O)[O-].[Na+]",
    "calcium chloride": "[Ca+2].[Cl-].[Cl-]",
    "cisplatin": "N[Pt](N)(Cl)Cl",
    "ferrocene as ions": "[Fe++].c1cc[cH-]c1.c1cc[cH-]c1",
    "trans-butene": "C/C=C/C",
    "cis-butene": "C/C=C\\C",
    "retinal": "CC1=C(C(CCC1)(C)C)/C=C/C(=C/C=C/C(=C/C=O)/C)/C",
    "deuterated methanol": "[2H]C([2H])([2H])O",
    "labelled glucose": "O[13CH2]C1OC(O)C(O)C(O)C1O",
    "mapped methane": "[CH4:1]",
    "ring number ten": "C%10CCCCC%10",
    "ring numbers used again": "C1CC1C1CC1",
    "bond at a ring number": "C=1CCCCC=1",
    "joined by a ring number over a dot": "C1.C1",
    "borax-like": "B(O)(O)O",
    "sulfuric acid": "OS(=O)(=O)O",
    "perchloric acid": "OCl(=O)(=O)=O",
    "selenophene": "c1cc[se]c1",
    "any atom": "*C",
    "carbon monoxide": "[C-]#[O+]",
    "a fullerene-like quadruple bond": "[Rh]$[Rh]",
    "chirality of an allene": "OC=[C@AL1]=CF",
}
WRONG = {
    "": 0,
    "C(C": 1,
    "CC)": 2,
    "C1CCC": 1,
    "C=": 1,
    "C==C": 1,
    "=C": 0,
    "C(=)C": 2,
    "C()C": 1,
    "(C)C": 0,
    "CXC": 1,
    "[Qx]": 0,
    "C[CH": 1,
    "CC]": 2,
    "C[]C": 1,
    "cccc": 0,
    "Cc1cccc": 2,
    "ethanol": 0,
    "aspirin": 0,
    "CC.": 2,
    ".CC": 0,
    "C..C": 2,
    "C11": 2,
    "C12CC12": 6,
    "C=1CCCCC#1": 9,
    "1CC1": 0,
    "CC(C)(C)(C)C": 1,
    "O=O=O": 2,
    "CF(C)": 1,
    "C=C=C=C(=C)(=C)C": 6,
    "C C": 1,
    "C\u2013C": 1,
}


@pytest.mark.parametrize("smiles", MOLECULES.values(), ids=MOLECULES.keys())
def test_a_real_molecule_is_accepted(smiles):
    assert check_smiles(smiles) is None


@pytest.mark.parametrize("smiles", LIGAND_SMILES.values(), ids=LIGAND_SMILES.keys())
def test_a_ligand_that_bioql_knows_is_accepted(smiles):
    assert check_smiles(smiles) is None


@pytest.mark.parametrize(("smiles", "start"), WRONG.items())
def test_nonsense_is_refused_where_it_starts(smiles, start):
    problem = check_smiles(smiles)
    assert problem is not None
    assert problem.start == start
    assert problem.start <= problem.end <= len(smiles)
    assert problem.message.endswith(".")


def test_a_long_chain_is_read_and_a_longer_one_refused():
    assert check_smiles("C" * 4096) is None
    assert check_smiles("C" * 4097) is not None
    assert check_smiles("C(" * 2000) is not None
    assert check_smiles("C1" + "C" * 2000 + "1") is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="CNOcnos()[]=#1234%+-@H.\\/ x", max_size=40))
def test_any_text_is_judged_with_a_place_inside_it(text):
    problem = check_smiles(text)
    if problem is not None:
        assert 0 <= problem.start <= problem.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(MOLECULES.values())), st.data())
def test_a_bracket_too_few_is_noticed(smiles, data):
    places = [at for at, character in enumerate(smiles) if character in "()[]"]
    if places:
        at = data.draw(st.sampled_from(places))
        assert check_smiles(smiles[:at] + smiles[at + 1 :]) is not None


@pytest.mark.skipif(importlib.util.find_spec("rdkit") is None, reason="rdkit is not installed")
@pytest.mark.parametrize("smiles", MOLECULES.values(), ids=MOLECULES.keys())
def test_rdkit_agrees_on_the_real_molecules(smiles):
    assert check_smiles_exactly(smiles) is None


def test_the_exact_check_refuses_what_the_quick_one_refuses():
    assert check_smiles_exactly("C(C") == check_smiles("C(C")
    assert check_smiles_exactly("CCO") is None


@pytest.mark.parametrize("text", ["1EQG", "6b3j", "5IKT", "3839", *RECEPTOR_PDB_IDS.values()])
def test_a_digit_and_three_letters_or_digits_are_a_pdb_id(text):
    assert is_pdb_id(text)


@pytest.mark.parametrize("text", ["", "EQG1", "1EQ", "1EQGA", "1EQ-", " 1EQG", "\u0661ABC"])
def test_anything_else_is_none(text):
    assert not is_pdb_id(text)


@pytest.mark.parametrize("guide", ["GATACCATGATCACGAAGGT", "gatacc", "A"])
def test_dna_is_a_guide(guide):
    assert guide_problem(guide) is None


def test_rna_is_a_guide_in_another_spelling():
    problem = guide_problem("GAUACcau")
    assert problem is not None
    assert (problem.start, problem.end) == (2, 3)
    assert problem.replacement == "GATACcat"


@pytest.mark.parametrize(("guide", "start"), [("GATNCC", 3), ("GAUNCC", 2), ("GA TC", 2), ("", 0)])
def test_other_letters_are_no_guide(guide, start):
    problem = guide_problem(guide)
    assert problem is not None
    assert (problem.start, problem.replacement) == (start, None)


@pytest.mark.parametrize("length", [14, 15, 20, 25, 26])
def test_a_guide_in_a_sentence_has_fifteen_to_twenty_five_bases(length):
    sentence = "Score guide " + "ACGT" * 7
    sentence = sentence[: len("Score guide ") + length]
    found = read_guide(sentence)
    assert (found is not None) == (length >= 15)
    if found:
        assert found[1] - found[0] == min(length, 25)


def test_messages_are_short_plain_sentences():
    messages = {check_smiles(smiles).message for smiles in WRONG}  # type: ignore[union-attr]
    assert len(messages) > 12
    for message in messages:
        assert len(message) < 90 and not re.search(r"!|regex|token", json.dumps(message))
