"""One molecule may be written in several ways."""

from __future__ import annotations

import pytest

from bioql_lsp.training.evaluate.molecules import spelt_as

pytest.importorskip("rdkit")
DIAZEPAM = "CN1c2ccc(Cl)cc2C(=NCC1=O)c1ccccc1"
SAME = "CN1C(=O)CN=C(c2ccccc2)c2cc(Cl)ccc12"


def test_the_same_molecule_written_otherwise_is_the_same() -> None:
    expected = f'print(predict_adme_local("{DIAZEPAM}").half_life)\n'
    answer = f'adme = predict_adme_local("{SAME}")\nprint(adme.half_life)\n'
    assert spelt_as(expected, answer) == answer.replace(SAME, DIAZEPAM)
    sentence = 'quantum("Docking of SMILES {} to PDB 5IKT on 6 qubits")\n'
    assert spelt_as(sentence.format(DIAZEPAM), sentence.format(SAME)) == sentence.format(DIAZEPAM)


@pytest.mark.parametrize("other", ["CCO", SAME.replace("Cl", "Br"), "no molecule", "("])
def test_another_molecule_stays(other: str) -> None:
    assert spelt_as(f"f('{DIAZEPAM}')", f"f('{other}')") == f"f('{other}')"
