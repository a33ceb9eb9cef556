"""Programs as scientists write them: nothing is reported that is not true and of use."""

from __future__ import annotations

from pathlib import Path

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.registry import check

PROGRAMS = sorted(Path(__file__).with_name("idiomatic").glob("*.txt"))
# What is said about the programs that are not silent: the code, and the text that it is said of.
EXPECTED = {
    "beginner": [
        ("BQ003", '"bioql_3f9a8c7d6e5b4a39"'),
        ("BQ008", "quantum"),
        ("BQ028", "counts"),
    ],
    "docking_study": [("BQ060", "quantum"), ("BQ019", "500")],
    "enhanced": [("BQ051", "enhanced_quantum")],
    "notebook": [("BQ019", "200")],
    "omics": [("BQ054", "analyze_rna_seq")],
    "qec": [("BQ048", 'error_correction="surface_code"')],
    "sentences": [
        ("NL006", "Apply a Hadamard gate to qubit 0"),
        ("NL004", "GHZ"),
        ("NL002", "DNA"),
        ("NL004", "VQE"),
    ],
    "simulator_first": [("BQ007", '"simulator"')],
    "subclass": [("BQ029", "BioQLError")],
    "vqe": [("BQ054", "vqe.build"), ("BQ054", "GroverCircuit().build")],
}
CANNOT_SUCCEED = {"beginner", "simulator_first"}


def said(text: str, findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.code, text[f.span.start : f.span.end]) for f in findings]


def test_there_are_programs_for_everything_expected() -> None:
    assert EXPECTED.keys() <= {path.stem for path in PROGRAMS}
    assert len(PROGRAMS) >= 30


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_exactly_what_is_of_use_is_said(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    findings = analyse(text).findings
    assert said(text, findings) == EXPECTED.get(path.stem, [])
    assert said(text, check(text)) == said(text, findings)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    assert bool(errors) is (path.stem in CANNOT_SUCCEED)
