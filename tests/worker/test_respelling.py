"""Sentences with a slip of the fingers are respelled, and words in their own right are not."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.registry import check
from bioql_lsp.text import Span
from bioql_lsp.worker.repair.repairing import rule_repair
from bioql_lsp.worker.repair.trouble import as_reported
from tests.worker.programs import RUN

SENTENCE = RUN.replace("Create a Bell state", "{}")


def repaired(sentence: str) -> str | None:
    code = SENTENCE.format(sentence)
    findings = as_reported(check(code))
    return rule_repair(code, Span(0, len(code)), findings, "7.0.1")


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Create a bel state", "Create a bell state"),
        ("Create a blel state", "Create a bell state"),
        ("superpositon of 3 qubits", "superposition of 3 qubits"),
    ],
)
def test_a_slip_is_respelled(sentence: str, meant: str) -> None:
    assert repaired(sentence) == SENTENCE.format(meant)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do research on items",
        "Repair the sample",
        "Find the best building block",
        "Set the stage",
        "Holding on",
    ],
)
def test_a_word_in_its_own_right_is_no_slip(sentence: str) -> None:
    """Where BioQL knows no circuit for a sentence, ours is not to make up one."""
    assert repaired(sentence) is None
