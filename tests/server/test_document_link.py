"""Document links: the pages about molecules, and no page for what is none."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from tests.server.harness import EDITORS, URI, Connection
from tests.server.places import written

SMILES = "CC(=O)Oc1ccccc1C(=O)O"
TEXT = (
    "from bioql import quantum\r\n"
    "from bioql.chem.ligand_prep import validate_smiles\r\n"
    "from bioql.pipeline_orchestrator import run_complete_pipeline\r\n"
    f'x = "😀é"; quantum("😀 Docking of SMILES {SMILES} to PDB 5ikt", key)\r\n'
    f'validate_smiles("{SMILES}")\r\n'
    "run_complete_pipeline(pdb_id='6B3J')\r\n"
)


async def links(connection: Connection, text: str = TEXT) -> Any:
    connection.open(text)
    return await connection.request("textDocument/documentLink", {"textDocument": {"uri": URI}})


@pytest.mark.parametrize("editor", EDITORS)
async def test_molecules_link_to_their_pages(connection: Connection, editor: str) -> None:
    result = await connection.initialize(editor)
    encoding = result["capabilities"].get("positionEncoding", "utf-16")
    found = await links(connection)
    pubchem = f"https://pubchem.ncbi.nlm.nih.gov/#query={SMILES}"
    assert [(written(TEXT, f["range"], encoding), unquote(f["target"])) for f in found] == [
        (SMILES, pubchem),
        ("5ikt", "https://www.rcsb.org/structure/5IKT"),
        (f'"{SMILES}"', pubchem),
        ("'6B3J'", "https://www.rcsb.org/structure/6B3J"),
    ]
    assert all(set(f["target"]) <= set(map(chr, range(33, 127))) for f in found)
    assert "=O" not in found[0]["target"]
    assert all(("tooltip" in f) == (editor == "vscode") for f in found)


@pytest.mark.parametrize(
    "line",
    [
        'quantum("Create a Bell state", key)',
        "validate_smiles('not a smiles')",
        "validate_smiles(smiles)",
        "run_complete_pipeline(pdb_id='javascript:x')",
        "run_complete_pipeline(pdb_id='../../etc')",
        "print('SMILES CCO PDB 5IKT')",
    ],
)
async def test_what_is_no_molecule_of_bioqls_has_no_link(ready: Connection, line: str) -> None:
    head = "\r\n".join(TEXT.split("\r\n")[:3])
    assert await links(ready, f"{head}\r\n{line}\r\n") == []


async def test_a_receptor_that_bioql_looks_up_links_to_the_structure_that_it_takes(
    ready: Connection,
) -> None:
    text = 'from bioql import quantum\nquantum("Docking of SMILES CCO to receptor egfr", key)\n'
    targets = [link["target"].rpartition("/")[2] for link in await links(ready, text)]
    assert targets == ["#query=CCO", "1M17"]


async def test_a_document_that_is_not_open_has_no_link(ready: Connection) -> None:
    params = {"textDocument": {"uri": URI}}
    assert await ready.request("textDocument/documentLink", params) == []
