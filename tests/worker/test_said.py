"""A request is read as it was meant: names with a slip, capitals, and nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.knowledge.entities import MOLECULES, TARGETS
from bioql_lsp.worker.said import as_meant
from bioql_lsp.worker.said_angles import with_radians
from bioql_lsp.worker.said_counts import with_dictionary
from bioql_lsp.worker.said_ids import with_pams, with_pdb_ids
from bioql_lsp.worker.said_names import NAME_LETTERS_MIN, with_right_names
from bioql_lsp.worker.said_sizes import with_qubits
from bioql_lsp.worker.shouted import unshouted

LONG_NAMES = [
    name
    for entity in (*MOLECULES, *TARGETS)
    for name in entity.names
    if len(name) >= NAME_LETTERS_MIN and name.isalpha() and name.isascii() and name.islower()
]

NAMES = {name for each in (*MOLECULES, *TARGETS) for name in (*each.names, *each.names_es)}


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("adme of sorafenb", "adme of sorafenib"),
        ("is asprin hepatotoxic", "is aspirin hepatotoxic"),
        ("propiedades admet de srina", "propiedades admet de serina"),
        ("tox of caffiene and naproxn", "tox of caffeine and naproxen"),
        ("a drug for malria", "a drug for malaria"),
        ("ic50 of methylene clhoride", "ic50 of methylene chloride"),
        ("con topoisoomerasa II", "con topoisomerasa II"),
    ],
)
def test_a_slip_in_a_name_is_put_right(request_: str, meant: str) -> None:
    assert with_right_names(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "dock caffeine into egfr.pdb",
        "predict the toxicity of the protein ligand",
        "call asprin(x) and my_asprin",
        "CCCCCO and OCCOCC",
        "ibuprofeno, paracetamol",
        "write a pipeline and cancel the running job",
        "elastic network at ambient timing",
        "ADME of inulin, cystine and maltase",
        "aspirine = 3",
        "print 'aspirine' or \"my aspirine\"",
        "",
    ],
)
def test_known_words_data_and_code_stay(request_: str) -> None:
    assert with_right_names(request_) == request_


@given(st.sampled_from(LONG_NAMES), st.data())
@settings(max_examples=200, deadline=None)
def test_a_name_is_never_changed_and_a_dropped_letter_leaves_the_word_or_makes_a_name(
    name: str, data: st.DataObject
) -> None:
    assert with_right_names(f"adme of {name}") == f"adme of {name}"
    place = data.draw(st.integers(1, len(name) - 1))
    slipped = name[:place] + name[place + 1 :]
    put_right = with_right_names(f"adme of {slipped}").removeprefix("adme of ")
    assert put_right == slipped or put_right in NAMES


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("GHZ STATE OF 4 QUBITS ON IBM TORINO", "ghz state of 4 qubits on ibm torino"),
        ("DOCK CC(=O)O TO 5IKT NOW PLEASE", "dock CC(=O)O to 5IKT now please"),
        ("FIND EXONS OF TP53 AND LDLR", "find exons of TP53 and LDLR"),
        ("SCORE THIS GUIDE GATTACAGATTACAGATTAC", "score this guide GATTACAGATTACAGATTAC"),
        ("USE FOUR QUBITS PLEASE ON ionq", "use four qubits please on ionq"),
        ("CALCULATE LOGP OF CC(=O)CO PLEASE", "calculate logp of CC(=O)CO please"),
        ("FOLD THE PEPTIDE MKTAYIAK PLEASE", "fold the peptide MKTAYIAK please"),
        ("SAVE RESULTS TO RESULTS.CSV PLEASE", "save results to RESULTS.CSV please"),
        ("PLEASE RUN THIS 'IBM TORINO' QUICKLY", "please run this 'IBM TORINO' quickly"),
    ],
)
def test_shouting_is_read_in_small_letters_and_data_keep_theirs(request_: str, meant: str) -> None:
    assert unshouted(request_) == meant


@pytest.mark.parametrize("request_", ["ADMET", "ADME OF CCO", "QED of CCN", "the ADMET of it", ""])
def test_a_few_capitals_are_no_shouting(request_: str) -> None:
    assert unshouted(request_) == request_


@given(st.text(max_size=300))
def test_every_text_can_be_read_and_reading_twice_changes_nothing_more(text: str) -> None:
    once = as_meant(text)
    assert unshouted(once) == once


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("rotate qubit 1 by pi/3 about y", "rotate qubit 1 by 1.0472 about y"),
        ("rx pi/8 on qubit 0", "rx 0.3927 on qubit 0"),
        ("rotate qubit 2 pi/3", "rotate qubit 2 1.0472"),
        ("rx on qubit 0 pi/4 and qubit 1 pi/8", "rx on qubit 0 0.7854 and qubit 1 0.3927"),
        ("ry 3pi/4 on qubit 0", "ry 2.3562 on qubit 0"),
        ("rz(π/2) to qubit 1", "rz(1.5708) to qubit 1"),
        ("ry of 3*pi/4 on qubit 0", "ry of 2.3562 on qubit 0"),
        ("gira el qubit 1 60 grados", "gira el qubit 1 1.0472 radians"),
        ("rotate qubit 2 45° about x", "rotate qubit 2 0.7854 radians about x"),
    ],
)
def test_angles_of_rotations_are_read_in_radians(request_: str, meant: str) -> None:
    assert with_radians(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "rotate the ligand 30 degrees",
        "dock at 37 degrees Celsius, theta 0.3",
        "bond angle 109 deg",
        "rotate qubit 1 at 37 degrees Celsius",
        "a 180 degree flip",
        "rotate by pi",
        "degree of toxicity",
        "api/3 of it",
        "rx pi/0",
        "",
    ],
)
def test_other_degrees_and_pi_itself_stay(request_: str) -> None:
    assert with_radians(request_) == request_


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("zne on counts: 000: 412, 111: 430", 'zne on counts: {"000": 412, "111": 430}'),
        ("conteos 00=52 y 11=48.", 'conteos {"00": 52, "11": 48}.'),
        ("a bell run gave 00:520 11:480", 'a bell run gave {"00": 520, "11": 480}'),
        ("counts 0: 3, and 1: 5", 'counts {"0": 3, "1": 5}'),
        ("my counts are 00:05 11:48", 'my counts are {"00": 5, "11": 48}'),
    ],
)
def test_counts_become_a_dictionary(request_: str, meant: str) -> None:
    assert with_dictionary(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "at 10:30 and 11:45",
        "run between 00:30 and 01:15",
        "histogram of qubit 0: 1, 1: 0",
        "a ratio of 1:100, 0:3",
        '{"00": 1, "11": 3} as counts',
        "counts 0: 1, 11: 2",
        "counts 00: 1",
        "counts 00: 1, 00: 2",
        "counts 00: 0.5, 11: 0.5",
    ],
)
def test_what_is_no_counts_stays(request_: str) -> None:
    assert with_dictionary(request_) == request_


@given(st.text(st.sampled_from('01:=, 9a{"'), max_size=60))
def test_any_text_may_be_read_for_counts(text: str) -> None:
    assert with_dictionary(with_dictionary(text)) == with_dictionary(text)


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("grover search over 8 items", "grover search over 3 qubits"),
        ("grover among 1000 entries", "grover among 10 qubits"),
        ("grover en una lista de 16 elementos", "grover en una lista de 4 qubits"),
        ("random number between 0 and 255 please", "random number with 8 qubits please"),
        ("numero aleatorio de 0 a 15", "numero aleatorio with 4 qubits"),
        ("random integer 0-7", "random integer with 3 qubits"),
    ],
)
def test_sizes_become_qubits(request_: str, meant: str) -> None:
    assert with_qubits(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "print 8 items",
        "grover on 3 qubits, print the top 5 entries",
        "grover over 1000 entries, 10 qubits",
        "grover, list the first 10 elements of counts",
        "grover over 1 items",
        "random number between 0 and 9",
        "random number between 0 and 0",
        "random number between 0 and 1.5",
        "random rotations on qubits 0-3",
        "a random peptide of length 0 to 255",
        "random phases between 0 and 3",
        "score between 0 and 255",
    ],
)
def test_other_sizes_stay(request_: str) -> None:
    assert with_qubits(request_) == request_


@pytest.mark.parametrize(
    "request_",
    [
        "octanol in water",
        "fold actin",
        "a clhoride",
        "acid chlorine",
        "brain penetration in the retina",
        "una serie de moleculas",
        "cual sería el coste",
        "distrofia muscular, grasa",
        "violin plot of a cytokine",
        "propene, hexene and linolenic acid",
        "ácido maleico",
        "migraines and a parking ticket",
    ],
)
def test_words_that_are_near_a_name_and_none_themselves_stay(request_: str) -> None:
    assert with_right_names(request_) == request_


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("dock CCO to 2crw", "dock CCO to 2CRW"),
        ("affinity for 7faz, 8t5j.", "affinity for 7FAZ, 8T5J."),
        ("pdb 174d and target 12ab", "pdb 174D and target 12AB"),
        ("proteína: 3eml, no 76th", "proteína: 3EML, no 76th"),
    ],
)
def test_pdb_ids_are_in_capitals(request_: str, meant: str) -> None:
    assert with_pdb_ids(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "dock 20mg in 5min",
        "target 10nm affinity",
        "the 76th of 1000 ligands",
        "4bit protein",
        "dock 2crw.pdb",
        "protein '2crw'",
        "target=2crw",
        "pdb 1000",
        "solve 3sat with grover",
        "a ligand at 2bar, locus 1p36, orbital 3d10, 2x10 grid, 1to1",
        "the 5ht3 receptor",
        "verify the record 4a7f",
        "dock C[n+]1ccc(cc1)-c1cc[n+](C)cc1 to a protein",
    ],
)
def test_amounts_files_and_quotes_are_no_ids(request_: str) -> None:
    assert with_pdb_ids(request_) == request_


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("nnagaan pams of met", "NNAGAAN pams of met"),
        ("count ngan PAM sites", "count NGAN PAM sites"),
        ("nnnngatt pams", "NNNNGATT pams"),
        ("nag me about it", "nag me about it"),
        ("pam sites of data/ngg-guides.csv, ngg.csv", "pam sites of data/ngg-guides.csv, ngg.csv"),
        (
            "drop nan rows of the pam column, plot in navy",
            "drop nan rows of the pam column, plot in navy",
        ),
        ("no pam in any gene can start", "no pam in any gene can start"),
    ],
)
def test_pams_are_in_capitals_where_they_are_spoken_of(request_: str, meant: str) -> None:
    assert with_pams(request_) == meant
