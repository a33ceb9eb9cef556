"""What BioQL extracts from a sentence, and what a sentence names."""

import pytest

from bioql_lsp.analysis.program.angles import angle_radians, decimal_radians
from bioql_lsp.analysis.program.molecules import application_of, read_molecules


@pytest.mark.parametrize(
    ("sentence", "application"),
    [
        ("Dock SMILES CCO to PDB 6B3J", "general"),
        ("Docking SMILES CCO to PDB 6B3J", "molecular_docking"),
        ("Dock ligand SMILES 'CCO' to protein PDB 1ABC", "protein_folding"),
        ("Generate docking poses for the drug SMILES CCO and PDB 1EQG", "drug_design"),
        ("Analyze the DNA sequence", "dna_analysis"),
    ],
)
def test_the_application_is_the_first_whose_words_occur(sentence, application):
    assert application_of(sentence) == application


@pytest.mark.parametrize(
    ("sentence", "smiles", "pdb_id"),
    [
        ("Docking of SMILES CCO to PDB 5IKT", "CCO", "5IKT"),
        ("smiles\nC[C@H](N)O, pdb:1abc.", "C[C@H](N)O", "1abc"),
        ("SMILES 'CCO' and PDB ID 1EQG", None, None),
        ("SMILES: CCO (PDB 1EQG)", None, None),
        ("SMILES C/C=C/C and PDB=1EQG", "C", "1EQG"),
        ("SMILES [Na+].[Cl-] and PDB 1EQGA", "[Na+]", None),
        ("SMILES string CCO", "string", None),
    ],
)
def test_bioql_extracts_what_follows_the_word(sentence, smiles, pdb_id):
    found = read_molecules(sentence)
    assert (found.read_smiles and found.read_smiles.text) == smiles
    assert (found.read_pdb and found.read_pdb.text) == pdb_id


@pytest.mark.parametrize(
    ("sentence", "smiles", "pdb_id"),
    [
        ("SMILES 'CCO' and PDB ID 1EQG", "CCO", "1EQG"),
        ("SMILES: CCO (PDB 1EQG).", "CCO", "1EQG"),
        ("SMILES C/C=C/C to 5IKT at 300K", "C/C=C/C", "5IKT"),
        ("ethanol (SMILES CCO) to COX-2", "CCO", None),
        ("the SMILES and the 3D pose at 50ns", None, None),
    ],
)
def test_a_reader_finds_more(sentence, smiles, pdb_id):
    found = read_molecules(sentence)
    assert (found.smiles and found.smiles.text) == smiles
    assert (found.pdb and found.pdb.text) == pdb_id
    for name in (found.smiles, found.pdb):
        assert name is None or sentence[name.span.start : name.span.end] == name.text


@pytest.mark.parametrize(
    ("written", "decimal"),
    [
        ("pi/2", "1.5707963267948966"),
        ("2*pi", "6.283185307179586"),
        ("-pi/4", "5.497787143782138"),
        ("3pi/4", "2.356194490192345"),
        ("\u03c0", "3.141592653589793"),
        ("90 degrees", "1.5707963267948966"),
        ("1e-3", "0.001"),
        ("1e-9 rad", "0.000000001"),
        ("minus 1.5", "4.783185307179586"),
        ("(pi/3)", "1.0471975511965976"),
        ("2.0 radians", "2"),
        (".5", "0.5"),
    ],
)
def test_angles_become_decimals_without_a_minus(written, decimal):
    radians = angle_radians(written)
    assert radians is not None
    assert decimal_radians(radians) == decimal


@pytest.mark.parametrize("written", ["theta", "pi/0", "", "1.5.", "one", "pi*2*3"])
def test_what_is_no_angle_has_none(written):
    assert angle_radians(written) is None
