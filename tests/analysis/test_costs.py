"""What a run lists at, as far as the text tells."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.costs import (
    Billing,
    Run,
    amount,
    cost_words,
    decimal_text,
    per_shot,
    runs_in,
    runs_of,
)
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.hints import hints
from bioql_lsp.analysis.lenses import lenses
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.text import Span

HEAD = "from bioql import enhanced_quantum, quantum\n"
NANO = 1_000_000_000


def run_of(call: str, version: str = "7.0.1") -> Run:
    (run,) = runs_in(Module(HEAD + call, Options(version)))
    return run


@pytest.mark.parametrize(
    ("call", "words", "total_nano_usd", "num_qubits"),
    [
        (
            'quantum("Create a Bell state", key, backend="ibm_torino")',
            "3,072 USD at ibm_torino, 1024 shots",
            3072 * NANO,
            2,
        ),
        (
            'quantum("Create a Bell state", key, "simulator_mps", 10)',
            "0.01 USD at simulator_mps, 10 shots",
            NANO // 100,
            2,
        ),
        (
            'quantum("Prepare a superposition of 5 qubits", key, backend="ionq_qpu", shots=1)',
            "3 USD at ionq_qpu, 1 shot",
            3 * NANO,
            5,
        ),
        ("quantum(p, key, 'ibm_torino', shots=n)", "3.00 USD a shot at ibm_torino", None, None),
        (
            'quantum("Create a Bell state", key, backend=b, shots=100)',
            "100 shots, 3.00 USD a shot if the backend is hardware",
            None,
            2,
        ),
        ("quantum(p, **options)", "3.00 USD a shot if the backend is hardware", None, None),
        (
            'quantum("Create a Bell state", key)',
            "not billed: BioQL 7 refuses the local simulator",
            0,
            2,
        ),
        (
            'quantum("Score CRISPR guide GATACCATGATCACGAAGGT", "", mode="crispr")',
            "free, CRISPR mode on the built-in sampler",
            0,
            None,
        ),
        (
            'quantum("x", "", "ibm_torino", mode="crispr")',
            "CRISPR mode, billed by the backend's own owner",
            None,
            None,
        ),
        (
            'quantum("Create a Bell state", key, "ibm_torino", mode=m)',
            "cost depends on mode, which is only known at run time",
            None,
            None,
        ),
        (
            'enhanced_quantum("Create a Bell state", key)',
            "not billed: enhanced_quantum never reaches the backend",
            0,
            2,
        ),
        (
            'quantum("Create a Bell state", key, backend="torino`\\n`")',
            "no price known for the backend torino' '",
            None,
            2,
        ),
    ],
)
def test_a_run_is_described_as_far_as_it_is_known(
    call: str, words: str, total_nano_usd: int | None, num_qubits: int | None
) -> None:
    run = run_of(call)
    assert cost_words(run) == words
    assert run.total_nano_usd == total_nano_usd
    assert (run.compiled.num_qubits if run.compiled else None) == num_qubits


@pytest.mark.parametrize("shots", ["0", "-3", '"100"', "True", "1.5", "None", "10**99"])
def test_shots_that_bioql_does_not_take_have_no_cost(shots: str) -> None:
    run = run_of(f'quantum("Create a Bell state", key, "ibm_torino", shots={shots})')
    assert (run.shots, run.total_nano_usd) == (None, None)


def test_before_version_7_the_local_simulator_is_free_and_sentences_are_not_compiled() -> None:
    run = run_of('quantum("Create a Bell state", key)', "5.0.0")
    assert (run.billing, cost_words(run)) == (Billing.FREE, "free, on the local simulator")
    assert run.compiled is None


@pytest.mark.parametrize(
    ("nano_usd", "people", "programs"),
    [
        (0, "0", "0.00"),
        (3072 * NANO, "3,072", "3072.00"),
        (1_024_000_000, "1.024", "1.024"),
        (300_000_000, "0.30", "0.30"),
        (1_234_567 * NANO + 500_000_000, "1,234,567.50", "1234567.50"),
    ],
)
def test_amounts_are_exact(nano_usd: int, people: str, programs: str) -> None:
    assert (amount(nano_usd), decimal_text(nano_usd)) == (people, programs)


def test_the_price_of_a_shot_has_cents_or_all_its_digits() -> None:
    assert per_shot(3 * NANO) == "3.00 USD a shot"
    assert per_shot(1_000_000) == "0.001 USD a shot"


def test_an_edit_elsewhere_leaves_the_runs_of_a_part_as_they_are() -> None:
    text = HEAD + 'quantum("Create a Bell state", key, "ibm_torino")\nimport os\nprint(1)\n'
    before = analyse(text)
    after = analyse(text.replace("print(1)", "print(12)"), before.options, before)
    first, second = (analysis.cells[0].parts[1] for analysis in (before, after))
    assert runs_of(first) is runs_of(second)
    assert runs_of(first)


def lines_above(text: str, warn_above_usd: float, *findings: Finding) -> list[str]:
    return [lens.title for lens in lenses(analyse(text), findings, warn_above_usd)]


def test_the_line_above_a_run_warns_above_the_limit_only() -> None:
    text = HEAD + 'quantum("Create a Bell state", key, "ibm_torino", 100)\n'
    assert lines_above(text, 299.99) == ["2 qubits · ⚠ 300 USD at ibm_torino, 100 shots"]
    assert lines_above(text, 300) == ["2 qubits · 300 USD at ibm_torino, 100 shots"]


def test_the_line_above_a_run_says_why_it_cannot_run() -> None:
    text = HEAD + 'quantum("Create a Bell state", key, "ibm_torino")\nprint(1)\n'
    start = text.index('"ibm')
    error = Finding("X1", Severity.ERROR, "It fails. Do this.", Span(start, start + 12))
    elsewhere = Finding("X2", Severity.ERROR, "No.", Span(len(text) - 3, len(text) - 2))
    warning = Finding("X3", Severity.WARNING, "Hm.", Span(start, start + 12))
    assert lines_above(text, 1e6, error) == ["2 qubits · cannot run: It fails"]
    assert lines_above(text, 1e6, warning, elsewhere) == [
        "2 qubits · 3,072 USD at ibm_torino, 1024 shots"
    ]


def test_an_error_in_a_sentence_that_stands_elsewhere_keeps_the_run_from_working() -> None:
    text = 'P = "Create a Bell state"\n' + HEAD + 'quantum(P, key, "ibm_torino")\n'
    error = Finding("X1", Severity.ERROR, "It fails.", Span(5, 11))
    assert lines_above(text, 1e6, error) == ["2 qubits · cannot run: It fails"]


def test_hints_stand_behind_the_sentence_and_behind_the_shots_or_the_call() -> None:
    text = (
        'P = "Create a Bell state"\n'
        + HEAD
        + 'quantum(P, key, "ibm_torino", shots=100)\nquantum(P, key, "ibm_torino")\n'
        + 'quantum(P, key, "ibm_torino", shots=n)\nquantum(q, key)\n'
    )
    shown = [(text[: hint.span.end].splitlines()[-1], hint.label) for hint in hints(analyse(text))]
    assert shown == [
        ('P = "Create a Bell state"', "→ 2 qubits"),
        ('quantum(P, key, "ibm_torino", shots=100', "≈ 300 USD"),
        ('quantum(P, key, "ibm_torino")', "≈ 3,072 USD"),
        ('quantum(P, key, "ibm_torino", shots=n', "3.00 USD a shot"),
    ]


@pytest.mark.parametrize(
    ("version", "backend", "words"),
    [
        ("7.0.1", "ionq_qpu", "30 USD at ionq_qpu, 10 shots"),
        ("5.0.0", "ionq_qpu", "20 USD at ionq_qpu, 10 shots"),
        ("5.0.0", "ibm_torino", "30 USD at ibm_torino, 10 shots"),
        ("5.0.0", "simulator_mps", "0.10 USD at simulator_mps, 10 shots"),
        ("5.0.0", "ionq_aria", "no price known for the backend ionq_aria"),
        ("3.1.2", "ibm_eagle", "no price known for BioQL 3.1.2"),
        ("3.1.2", "simulator", "free, on the local simulator"),
    ],
)
def test_prices_are_those_of_the_version(version: str, backend: str, words: str) -> None:
    call = f'quantum("Create a Bell state", key, backend="{backend}", shots=10)'
    assert cost_words(run_of(call, version)) == words
