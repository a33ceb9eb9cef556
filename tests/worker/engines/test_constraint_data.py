"""How an answer is led back to the data that it copies."""

from __future__ import annotations

import pytest

from bioql_lsp.worker.engines.constraint_data import DataGuard

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


def guard_at(known: str, code: str) -> DataGuard:
    guard = DataGuard(known, ["predict_adme_local"])
    assert guard.take(code)
    return guard


def test_a_ring_in_small_letters_is_another_molecule() -> None:
    guard = guard_at("adme of C1CCCCC1", 'predict_adme_local("')
    assert not guard.take("c1ccccc1")
    assert guard.ways() == ['C1CCCCC1"']
    assert guard.take("C1CCCCC1")
    assert guard.take('")')


@pytest.mark.parametrize("part", ["C(=O)O", "c1ccccc1", "CC(=O)O"])
def test_a_part_of_a_molecule_is_another_molecule(part: str) -> None:
    guard = guard_at(f"adme of {ASPIRIN}", 'predict_adme_local(smiles="')
    assert not all(guard.take(piece) for piece in (part, '")'))


@pytest.mark.parametrize("around", ["{}", "({})", "{}.", "smiles={}", "'{}'", "ligand:{}", "f({})"])
def test_a_molecule_is_known_without_what_stands_around_it(around: str) -> None:
    guard = guard_at(f"adme of {around.format(ASPIRIN)}", 'predict_adme_local("')
    assert guard.take(ASPIRIN)
    assert guard.take('")')


@pytest.mark.parametrize("word", ["6cox", "6COX"])
def test_ids_are_the_same_in_small_letters(word: str) -> None:
    assert guard_at(f"dock into {word}", 'dock("').take('6COX")')


def test_a_name_where_a_molecule_may_stand_is_let_pass() -> None:
    guard = guard_at(f"adme of {ASPIRIN} from smi_col", "predict_adme_local(smiles=")
    assert guard.take('"smi_col")')
