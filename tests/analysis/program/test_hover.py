"""The hover says what a sentence compiles to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.program.hover import sentence_hover
from bioql_lsp.analysis.program.markdown import code, plain


def at(sentence: str, word: str, **arguments: object) -> str:
    return sentence_hover(sentence, sentence.index(word), **arguments).markdown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Create a Bell state", "Compiles to 2 qubits** (always, whatever the sentence says)"),
        ("Prepare a superposition of 5 qubits", "Compiles to 5 qubits** (read from '5')"),
        ("Prepare a superposition", "Compiles to 1 qubit** (BioQL reads 'a' as a number)"),
        ("h qubit 2. measure qubit 2", "Compiles to 3 qubits** (as many as qubit 2 needs)"),
        ("superposition", "Compiles to 3 qubits** (by default)"),
        ("Bonjour", "Compiles to an empty circuit"),
        ("read all qubits", "BioQL fails on this sentence"),
        ("Simulate protein folding with 6 qubits", "random and differ at every run"),
        ("Create a QFT with 4 qubits", "phases (p) are dropped"),
        ("Create a Bell state and dance", "everything else is ignored"),
        ("use 3 qubits for grover search", "a fixed search that does not know the sequence"),
        ("Docking of SMILES CCO to PDB 5IKT on 6 qubits", "docks `CCO` to PDB 5IKT with AutoDock"),
        ("Docking of SMILES CCO to receptor EGFR on 6 qubits", "docks `CCO` to PDB 1M17"),
        ("Docking of SMILES CCO on 6 qubits", "not physics"),
    ],
)
def test_the_hover_tells_the_circuit(sentence, expected):
    assert expected in sentence_hover(sentence, 0).markdown


def test_the_hover_draws_the_circuit():
    drawing = sentence_hover("h qubit 0. cnot 0 1. measure qubit 0", 0).markdown
    assert "```text\nq0" in drawing
    assert "```text" not in sentence_hover("Prepare a superposition of 9000 qubits", 0).markdown


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("h qubit 0. cnot 0 1", "cnot", "flips qubit 1 where qubit 0 is 1"),
        ("h qubit 0. cnot 0 1", "cnot", "its place is given by the gate type"),
        ("rotate qubit 2 around x by 1.5 radians", "1.5", "around x by 1.5 radians"),
        ("measure qubit 0 into bit 3", "qubit 0", "Measures qubit 0 into bit 3"),
        ("Docking of SMILES CCO to PDB 5IKT on 6 qubits", "5IKT", "table has as COX-2"),
        (
            "Docking of SMILES CC(=O)Oc1ccccc1C(=O)O to PDB 5IKT on 6 qubits",
            "CC(",
            "BioQL reads (aspirin)",
        ),
        ("Docking of SMILES CC( to PDB 5IKT on 6 qubits", "CC(", "not closed"),
        ("Prepare a superposition of 5 qubits", "5", "the number of qubits"),
        ("Prepare a superposition of 5 qubits", "Prepare", "a verb"),
        ("Prepare a superposition of 5 qubits", "superposition", "a term"),
    ],
)
def test_a_word_is_explained(sentence, word, expected):
    first = at(sentence, word).split("\n\n")[0]
    assert expected in first


def test_the_place_is_the_word_or_the_sentence():
    sentence = "h qubit 0. cnot 0 1"
    word = sentence_hover(sentence, sentence.index("cnot"))
    assert sentence[word.start : word.end] == "cnot"
    between = sentence_hover(sentence, sentence.index("."))
    assert (between.start, between.end) == (0, len(sentence))


def test_lints_of_the_place_come_first():
    sentence = "toffoli 0 1 2. rx qubit 0 0.5, measure qubit 0"
    listed = [line for line in at(sentence, "rx").splitlines() if line.startswith("- NL")]
    assert listed[0].startswith("- NL008")
    assert any(line.startswith("- NL006") for line in listed)


def test_a_guide_is_scored_in_its_mode():
    sentence = "Score CRISPR guide GATACCATGATCACGAAGGT"
    assert "Scores the guide" in sentence_hover(sentence, 0, mode="crispr").markdown
    assert "Compiles" not in sentence_hover(sentence, 0, mode="crispr").markdown
    assert "no guide" in sentence_hover("Score it", 0, mode="crispr").markdown


def test_the_backend_counts():
    sentence = "Prepare a superposition of 40 qubits"
    assert "NL019" in sentence_hover(sentence, 0, backend="ionq_qpu").markdown
    assert "NL019" not in sentence_hover(sentence, 0, backend="ibm_torino").markdown


@pytest.mark.parametrize("text", ["`", "``x``", "a\nb", "", "*" * 200])
def test_no_text_breaks_out_of_a_code_span(text):
    span = code(text)
    fence = span[: len(span) - len(span.lstrip("`"))]
    assert span.endswith(fence) and fence not in span[len(fence) : -len(fence)]
    assert "\n" not in span


def test_plain_text_has_nothing_that_markdown_acts_on():
    assert plain("[x](y) `z` *a* <b>") == r"\[x\](y) \`z\` \*a\* \<b\>"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.integers(-3, 70))
def test_any_text_gets_a_hover(text, offset):
    hover = sentence_hover(text, offset)
    assert 0 <= hover.start <= hover.end <= len(text)
    assert hover.markdown
