from __future__ import annotations

import re
from pathlib import Path

import pytest

from bioql_lsp.analysis.knowledge.entities import (
    MOLECULES,
    PROTEINS,
    TARGETS,
    Entity,
    without_accents,
)
from bioql_lsp.analysis.program.known_molecules import RECEPTOR_PDB_IDS

FORMULAS = dict(
    line.split("\t")
    for line in Path(__file__).with_name("formulas.tsv").read_text(encoding="utf-8").splitlines()
)
LENGTHS = {
    "insulin": 110,
    "insulin A chain": 21,
    "insulin B chain": 30,
    "ubiquitin": 76,
    "glucagon": 29,
    "amyloid beta 42": 42,
    "LL-37": 37,
    "exenatide": 39,
    "aprotinin": 58,
    "crambin": 46,
    "neuropeptide Y": 36,
    "teriparatide": 34,
    "p53": 60,
}


def by_name(name: str) -> Entity:
    everything = (*MOLECULES, *TARGETS, *PROTEINS)
    return next(each for each in everything if name in each.names)


def test_there_are_enough() -> None:
    assert len(MOLECULES) > 500
    assert len(TARGETS) > 150
    assert len(PROTEINS) > 60


def test_molecules_have_their_formulas() -> None:
    chem = pytest.importorskip("rdkit.Chem")
    descriptors = pytest.importorskip("rdkit.Chem.rdMolDescriptors")
    formulas = {}
    for each in MOLECULES:
        molecule = chem.MolFromSmiles(each.value)
        assert molecule is not None, each
        assert "@" not in each.value and "/" not in each.value, each
        formulas[each.names[0]] = descriptors.CalcMolFormula(molecule)
    assert formulas == FORMULAS


def test_targets_have_pdb_ids() -> None:
    for each in TARGETS:
        assert re.fullmatch(r"[1-9][0-9A-Z]{3}", each.value), each


def test_known_receptors_are_those_of_bioql() -> None:
    ours = {squeezed(name): each.value for each in TARGETS for name in each.names}
    for name, pdb_id in RECEPTOR_PDB_IDS.items():
        assert ours[squeezed(name)] == pdb_id


def squeezed(name: str) -> str:
    return re.sub(r"[-\s]", "", without_accents(name).lower())


def test_proteins_are_written_in_the_twenty_letters() -> None:
    for each in PROTEINS:
        assert re.fullmatch(r"[ACDEFGHIKLMNPQRSTVWY]{5,120}", each.value), each


@pytest.mark.parametrize(("name", "length"), LENGTHS.items())
def test_proteins_are_whole(name: str, length: int) -> None:
    assert len(by_name(name).value) == length


def test_a_name_stands_for_one_thing() -> None:
    owners: dict[str, Entity] = {}
    for each in (*MOLECULES, *TARGETS, *PROTEINS):
        for name in {*each.names, *each.names_es}:
            assert owners.setdefault(squeezed(name), each) is each, name


def test_spanish_names_come_with_and_without_accents() -> None:
    caffeine = by_name("caffeine")
    assert caffeine.names_es == ("cafeina", "cafeína")
    assert caffeine.names_in("es") == caffeine.names_es
    assert by_name("tramadol").names_in("es") == ("tramadol",)
