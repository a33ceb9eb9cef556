"""Each lint fires on its bad examples, not on its good ones, at the right place."""

import ast
from random import Random

import pytest

from bioql_lsp.analysis.backends import USABLE
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.program.lints import LINTS, Lint, lints
from bioql_lsp.training.corpus.examples import Corpus
from bioql_lsp.training.corpus.recipes import ALL

MODE_OF = {"NL017": "crispr"}
BAD = [(info, sentence) for info in LINTS for sentence in info.bad]
GOOD = [(info, sentence) for info in LINTS for sentence in info.good]
HOUSE = (
    "Create a Bell state",
    "Make a bell pair",
    "Prepare a superposition of 5 qubits",
    "h qubit 0. cnot 0 1. cnot 1 2. measure qubit 0. measure qubit 1. measure qubit 2",
    "use 3 qubits for grover search",
    "Simulate protein folding with 6 qubits",
    "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
)


def codes(found: tuple[Lint, ...]) -> list[str]:
    return [lint.code for lint in found]


def places(sentence: str, code: str, **arguments: object) -> list[str]:
    found = lints(sentence, **arguments)  # type: ignore[arg-type]
    return [sentence[lint.start : lint.end] for lint in found if lint.code == code]


def name(value: object) -> str:
    return value if isinstance(value, str) else getattr(value, "code", "")


def test_there_are_twenty_lints_with_examples_and_texts():
    assert [info.code for info in LINTS] == [f"NL{number:03}" for number in range(1, 21)]
    for info in LINTS:
        assert info.good and info.bad
        assert all(len(text) > 10 for text in (info.title, info.why, info.fix))
        assert "!" not in info.title + info.why + info.fix


@pytest.mark.parametrize(("info", "sentence"), BAD, ids=name)
def test_a_bad_example_gets_its_lint(info, sentence):
    found = lints(sentence, mode=MODE_OF.get(info.code))
    assert info.code in codes(found)
    for lint in found:
        assert 0 <= lint.start < lint.end <= len(sentence)
        assert lint.message.endswith((".", "'"))


@pytest.mark.parametrize(("info", "sentence"), GOOD, ids=name)
def test_a_good_example_gets_no_lint_at_all(info, sentence):
    assert lints(sentence, mode=MODE_OF.get(info.code)) == ()


@pytest.mark.parametrize("sentence", HOUSE)
def test_a_sentence_that_does_what_it_says_gets_none(sentence):
    assert lints(sentence, backend="ibm_torino") == ()


def test_a_guide_in_its_mode_gets_none():
    assert lints("Score CRISPR guide GATACCATGATCACGAAGGT", mode="crispr") == ()


@pytest.mark.parametrize(
    ("sentence", "code", "place"),
    [
        ("Prepare a superposition of three qubits", "NL002", "three"),
        ("Simulate protein folding at 300 K", "NL003", "300"),
        ("Create a Bell state with 1000 shots", "NL003", "1000 shots"),
        ("Prepare a 4-qubit GHZ state", "NL004", "GHZ"),
        ("h qubit 0. h qubit 1. h qubit 2. measure all qubits", "NL005", "measure all qubits"),
        ("toffoli 0 1 2. measure qubit 2", "NL006", "toffoli 0 1 2"),
        ("rotate qubit 0 around x by -pi/4, measure qubit 0", "NL007", "-pi/4"),
        ("h qubit 0. ccx 0 1 2. measure qubit 2", "NL008", "ccx 0 1 2"),
        ("measure qubit 0. compare it with qubit 1", "NL008", "with qubit 1"),
        ("x qubit 0. h qubit 0. measure qubit 0", "NL009", "h qubit 0"),
        ("Dock SMILES CCO to PDB 6B3J", "NL011", "Dock"),
        ("Docking of SMILES CCO to protein PDB 1ABC", "NL011", "protein"),
        ("Docking of SMILES C/C=C/C to PDB 5IKT", "NL012", "/C=C/C"),
        ("Docking of SMILES CCO to PDB ID 1EQG", "NL013", "1EQG"),
        ("Generate docking poses for the drug SMILES CCO and PDB 1EQG", "NL014", "Generate"),
        ("Create a QFT with 4 qubits", "NL015", "QFT"),
        ("Docking of SMILES CC(=O to PDB 5IKT", "NL018", "("),
        ("Docking of SMILES CCO to PDB 1EQ", "NL018", "1EQ"),
        ("Prepare a superposition of 5000 qubits", "NL019", "5000"),
        ("h qubit 0. do not flip qubit 0. measure qubit 0", "NL020", "do not"),
    ],
)
def test_the_place_is_the_word_that_is_wrong(sentence, code, place):
    assert places(sentence, code) == [place]


def test_places_count_code_points_also_where_lower_case_is_longer():
    assert places("\u0130\u0130 toffoli 0 1 2. measure qubit 2", "NL006") == ["toffoli 0 1 2"]
    assert places("\U0001f600 rotate qubit 0 around x by pi, measure qubit 0", "NL007") == ["pi"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("h qubit 0. read all qubits", "NL001"),
        ("cnot 1 1. measure qubit 1", "NL001"),
        ("Create entanglement", "NL002"),
        ("Docking of SMILES CXO to PDB 5IKT on 6 qubits", "NL018"),
        ("Prepare a superposition of 5000 qubits", "NL019"),
    ],
)
def test_what_cannot_work_is_an_error(sentence, code):
    assert {lint.severity for lint in lints(sentence) if lint.code == code} == {Severity.ERROR}


@pytest.mark.parametrize("backend", [each for each in USABLE if each.qubits], ids=lambda b: b.name)
def test_a_backend_takes_as_many_qubits_as_it_has(backend):
    fits = f"Prepare a superposition of {backend.qubits} qubits"
    exceeds = f"Prepare a superposition of {backend.qubits + 1} qubits"
    assert lints(fits, backend=backend.name) == ()
    (lint,) = lints(exceeds, backend=backend.name.upper())
    assert (lint.code, lint.severity) == ("NL019", Severity.ERROR)
    assert backend.name in lint.message


def test_a_local_circuit_is_warned_of_beyond_thirty_qubits():
    assert lints("Prepare a superposition of 30 qubits", is_local=True) == ()
    (lint,) = lints("Prepare a superposition of 31 qubits", is_local=True)
    assert (lint.code, lint.severity) == ("NL019", Severity.WARNING)


@pytest.mark.parametrize("mode", ["crispr", None])
def test_crispr_text_gets_nothing_but_the_crispr_lints(mode):
    texts = ("Score CRISPR guide GATACC and measure all", "Create CRISPR guide:GATACCATGATCACGAAGG")
    for text in texts:
        assert set(codes(lints(text, mode=mode))) == {"NL017" if mode else "NL016"}


def test_an_unknown_mode_is_not_asked_for():
    sentence = "Score CRISPR guide GATACCATGATCACGAAGGT"
    assert "NL016" in codes(lints(sentence))
    assert "NL016" not in codes(lints(sentence, is_mode_known=False))
    assert "NL016" not in codes(lints(sentence, mode="other"))


def test_arguments_belong_to_the_call():
    (crispr,) = lints("Score CRISPR guide GATACCATGATCACGAAGGT")
    assert (crispr.argument, crispr.fixes) == (("mode", '"crispr"'), ())
    (shots,) = lints("Create a Bell state with 1000 shots")
    assert shots.argument == ("shots", "1000")
    (no_guide,) = lints("Find CRISPR off-targets")
    assert no_guide.argument is None


def test_a_name_makes_the_lints_that_follow_from_it_superfluous():
    assert codes(lints("Create a GHZ state and measure all qubits")) == ["NL004"]
    assert codes(lints("Apply a Hadamard gate to qubit 0")) == ["NL006"]
    assert codes(lints("rx qubit 0 pi/2, measure qubit 0")) == ["NL008"]
    assert codes(lints("OPENQASM 3.0; qubit[2] q; h q[0]; cx q[0], q[1];")) == ["NL001"]


@pytest.mark.parametrize("sentence", ["", " ", "\n\t", "\u00a0"])
def test_a_blank_sentence_gets_none(sentence):
    assert lints(sentence) == ()


def test_numbers_that_python_does_not_print_are_answered():
    assert codes(lints("h qubit " + "9" * 4300)) != []
    (lint,) = lints(f"Prepare a superposition of {'9' * 5000} qubits")
    assert (lint.code, lint.severity) == ("NL001", Severity.ERROR)


def sentences_of_the_corpus(each: int) -> dict[str, tuple[dict[str, object], str]]:
    """The sentences that the training answers hand to BioQL: a call's literal arguments, and all.

    Every recipe has its turn, also the seldom ones.
    """
    rng, corpus = Random(7), Corpus("train")
    found = {}
    for recipe in ALL * each:
        code = corpus.sample_of(recipe, rng).code
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "quantum":
                given = {k.arg: k.value.value for k in node.keywords if hasattr(k.value, "value")}
                sentence = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                if isinstance(sentence, str):
                    found[sentence] = (given, code)
    return found


def test_the_training_answers_get_the_lint_that_is_true_of_them_alone():
    """What BioQL calls a QFT is none; the answers say so where they ask for one."""
    sentences = sentences_of_the_corpus(4)
    assert len(sentences) > 150
    assert any("qft" in sentence for sentence in sentences)
    for sentence, (given, code) in sentences.items():
        found = lints(sentence, mode=given.get("mode"), backend=given.get("backend"))
        is_fourier = "qft" in sentence.casefold()
        assert codes(found) == ["NL015"] * is_fourier, sentence
        assert ("# bioql: ignore[NL015]" in code) == is_fourier, code
