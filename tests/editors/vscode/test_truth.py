"""What VS Code shows of the truth about a run: qubits, cost, circuit and counts."""

from __future__ import annotations

import re

import pytest

from tests.editors.vscode.conftest import ARTIFACTS, SAMPLES, Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

NO_MODEL = {"bioql.mode": "off"}
TERM = "Bell state"


def test_a_run_shows_its_qubits_cost_and_circuit_and_counts_for_nothing(vscode: Start) -> None:
    window = vscode(NO_MODEL, {}, sample=SAMPLES / "truth.py")
    lines = window.file.read_text().splitlines()
    row = next(number for number, line in enumerate(lines) if TERM in line)
    seen = window.play(
        "truth",
        lens="2 qubits · 300 USD at ibm_torino, 100 shots",
        freeLens="Simulate locally, free",
        hints=["→ 2 qubits", "≈ 300 USD"],
        sentence="Create a Bell state",
        term=TERM,
        line=row + 1,
        column=lines[row].index(TERM) + 1,
        hover="Compiles to 2 qubits",
        counted="1,000 simulated shots",
        countedFromLens="100 simulated shots",
        hoverImage=str(ARTIFACTS / "vscode-hover.png"),
        image=str(ARTIFACTS / "vscode-circuit.png"),
    )

    assert seen["colours"][TERM] != seen["colours"]['"']
    assert seen["circuit"].splitlines()[0] == "2 qubits: 1 h, 1 cnot, 2 measure"
    gates = [word for word in seen["circuit"].split() if word in {"H", "M"}]
    assert gates == ["H", "M", "M"]
    for page, shots in ((seen["counts"], 1000), (seen["countsOfLens"], 100)):
        counts = dict(re.findall(r"^([01]{2})\s+(\d+) \(", page, re.MULTILINE))
        assert counts.keys() == {"00", "11"}
        assert sum(map(int, counts.values())) == shots


def test_a_sentence_in_a_file_of_sentences_is_found_wrong_and_fixed(vscode: Start) -> None:
    sample = SAMPLES / "sentences.bql"
    window = vscode(NO_MODEL, {}, sample=sample)
    text = sample.read_text()
    seen = window.play(
        "bql",
        problem="BioQL does not know 'GHZ'",
        hint="→ 2 qubits",
        fixTitle="Spell out the GHZ state of 3 qubits",
        text=text,
        image=str(ARTIFACTS / "vscode-bql.png"),
    )
    kept, fixed = seen["fixed"].splitlines()[:-1], seen["fixed"].splitlines()[-1]
    assert kept == text.splitlines()[:-1]
    assert "GHZ" not in fixed


def test_a_cell_of_a_notebook_is_read_with_the_imports_of_another_cell(vscode: Start) -> None:
    window = vscode(NO_MODEL, {}, sample=SAMPLES / "runs.ipynb")
    seen = window.play(
        "notebook",
        problem="quantum() has no argument num_shots",
        fixTitle="Rename num_shots to shots",
        fixedText='backend=\\"ibm_torino\\", shots=100',
        image=str(ARTIFACTS / "vscode-notebook.png"),
    )
    assert "num_shots" not in seen["saved"]
