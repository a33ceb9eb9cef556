"""One molecule has many SMILES: an answer may write it otherwise."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.chemistry import check_smiles
from bioql_lsp.analysis.python_tree import python_tree

_LETTERS_MIN: Final = 3


def spelt_as(expected: str, answer: str) -> str:
    """The answer with its molecules written as the expected code writes the same ones.

    Needs RDKit; without it the answer stays as it is.
    """
    wanted, given = _smiles_in(expected), _smiles_in(answer)
    spellings = {_canonical(smiles): smiles for smiles in sorted(wanted)}
    for smiles in sorted(given - wanted, key=len, reverse=True):
        known = spellings.get(_canonical(smiles))
        if known is not None and _canonical(smiles):
            answer = answer.replace(smiles, known)
    return answer


def _smiles_in(code: str) -> set[str]:
    """The words of a program's strings that are SMILES of several atoms."""
    try:
        nodes = list(ast.walk(python_tree(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    texts = [value for value in constants if isinstance(value, str)]
    words = {word for text in texts for word in text.split()}
    return {word for word in words if len(word) >= _LETTERS_MIN and check_smiles(word) is None}


@lru_cache(maxsize=4096)
def _canonical(smiles: str) -> str:
    """RDKit's own SMILES of a molecule; empty without RDKit, or where it cannot read it."""
    if importlib.util.find_spec("rdkit") is None:
        return ""
    chem = importlib.import_module("rdkit.Chem")
    with importlib.import_module("rdkit.rdBase").BlockLogs():
        molecule = chem.MolFromSmiles(smiles)
        return "" if molecule is None else str(chem.MolToSmiles(molecule))
