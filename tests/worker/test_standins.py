"""Data are copied by stand-ins: found, told apart, and turned back letter by letter."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.training.corpus.made_up import guide, pdb_id, peptide, random_smiles
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair
from bioql_lsp.worker.standins import (
    STANDINS,
    BackTurner,
    StandIns,
    answer_with_standins,
    data_start,
    turned_back,
    with_standins,
)

PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "CC(=O)Oc1ccccc1C(=O)O",
            "GATACCATGATCACGAAGGT",
            "5IKT",
            "guides.csv",
            "200",
            "0.75",
            "CCO",
        ]
    ),
    st.sampled_from([" ", ", ", "\n", '"', "("]),
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("dock CC(=O)Oc1ccccc1C(=O)O to 5IKT", "dock ⟦M1⟧ to ⟦T1⟧"),
        ("with 200 shots, at 0.75", "with ⟦N1⟧ shots, at ⟦N2⟧"),
        ("GATACCATGATCACGAAGGT and ATCGAAGTCGCTAGCTAAGG", "⟦G1⟧ and ⟦G2⟧"),
        ("sites in MTEYKLVVVGAGG", "sites in ⟦P1⟧"),
        ('read guides.csv, counts {"00": 480, "11": 520}', "read ⟦F1⟧.csv, counts ⟦D1⟧"),
        ("CCO again CCO", "⟦M1⟧ again ⟦M1⟧"),
        ('smiles="c1ccccc1"', 'smiles="⟦M1⟧"'),
        ("Clc1ccccc1 and BrC(C)CO", "⟦M1⟧ and ⟦M2⟧"),
        ("ClCCl, CCBr", "⟦M1⟧, ⟦M2⟧"),
        ("Malaria, la depresión, malaria", "⟦W1⟧, la ⟦W2⟧, ⟦W1⟧"),
        ("read malaria.csv for TP53", "read ⟦F1⟧.csv for ⟦W1⟧"),
        ("save it as report.json.", "save it as ⟦F1⟧.json."),
        ("is a.csv, b.xyz or c.pse there?", "is ⟦F1⟧.csv, ⟦F2⟧.xyz or ⟦F3⟧.pse there?"),
        ("errors of 2e-3 and 0.5e-4", "errors of ⟦N1⟧ and ⟦N2⟧"),
        ("fba of my_model, chain lab-7, week12", "fba of ⟦I1⟧, chain ⟦I2⟧, ⟦I3⟧"),
        ("a.csv and a.json", "⟦F1⟧.csv and ⟦F1⟧.json"),
        ("columns sgRNA_seq, canonical_smiles", "columns ⟦I1⟧, ⟦I2⟧"),
        ("NCCCCC(N)C(=O)O and NCCCCN", "⟦M1⟧ and ⟦M2⟧"),
        ("NNAGAAN and TTTN sites", "⟦I1⟧ and ⟦I2⟧ sites"),
        ("P00533 and C10H16N5O13P3", "⟦I1⟧ and ⟦I2⟧"),
        ("ligando=Nc1nnc(C)n1, seq=ACGTACGTAC", "ligando=⟦M1⟧, seq=⟦G1⟧"),
    ],
)
def test_data_are_found(text: str, seen: str) -> None:
    assert StandIns().put(text, respelt_beside="") == seen


@pytest.mark.parametrize(
    "text",
    [
        "cnot 0 1 on ibm_torino with 12 qubits",
        "IC50 of COX-2 in H2O, sto-3g, C10H16N5O13P3, e_coli",
        "print(result.counts)",
        "BioQL 7.0.1: fine",
        "for c in cols[0]: cannot icons",
        "NAD and TP",
        "PREDICT THE ANALYSIS",
        "counts[100]",
        "HELP ME TREAT CANCER",
        "egfr-docking and painful kit",
    ],
)
def test_other_words_and_short_numbers_stay(text: str) -> None:
    assert StandIns().put(text).replace("⟦N1⟧", "100") == text


@pytest.mark.parametrize(
    "text",
    [
        '{"0":0' + " " * 100_000,
        "8" * 100_000 + "x",
        "1." * 50_000,
        "cance " * 50_000,
        "hepatitis " * 30_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    StandIns().put(text)
    assert time.process_time() - started < 4


def test_what_a_user_spells_like_a_stand_in_means_nothing() -> None:
    task, copies = with_standins(Instruct("dock ⟦M1⟧ and CCO"))
    assert isinstance(task, Instruct)
    assert task.instruction == "dock ⟦ M1⟧ and ⟦M1⟧"
    assert copies == (("⟦M1⟧", "CCO"),)


def test_a_pdb_id_is_written_in_capitals_as_databases_do() -> None:
    task, copies = with_standins(Instruct("view 6COX", facts="# COX-2: PDB 6COX"))
    assert copies == (("⟦T1⟧", "6COX"),)
    assert isinstance(task, Instruct)
    assert (task.facts, task.instruction) == ("# COX-2: PDB ⟦T1⟧", "view ⟦T1⟧")


def test_data_that_touch_a_hole_are_left_to_be_completed() -> None:
    hole = Infill('f("CC(=O)', 'Oc1ccccc1") # CCO')
    task, copies = with_standins(hole)
    assert isinstance(task, Infill)
    assert task.prefix == hole.prefix
    assert copies == (("⟦M1⟧", "CCO"),)


def test_a_broken_program_and_its_problems_share_their_stand_ins() -> None:
    task, copies = with_standins(Repair('f("CCO", 100)', ("line 1: CCO is odd",)))
    assert isinstance(task, Repair)
    assert (task.code, task.problems) == ('f("⟦M1⟧", ⟦N1⟧)', ("line 1: ⟦M1⟧ is odd",))
    assert len(copies) == 2


def test_the_place_of_an_answer_moves_with_the_code_before_it() -> None:
    context = 'a = "CC(=O)Oc1ccccc1C(=O)O"\n# here\nb = 5\n'
    task, _ = with_standins(Instruct("x", context=context, insert_at=context.index("# here")))
    assert isinstance(task, Instruct)
    assert task.context[task.answer_at :].startswith("# here")


def test_only_so_many_of_a_kind_have_stand_ins() -> None:
    texts = [str(number) for number in range(100, 120)]
    seen = StandIns().put(" ".join(texts)).split()
    assert sum(word in STANDINS for word in seen) == 8
    assert seen[8:] == texts[8:]


def test_a_name_comes_back_as_it_is_usually_written_but_in_code_as_it_stood() -> None:
    _, copies = with_standins(Instruct("design a drug for Malaria, gene tp53"))
    assert copies == (("⟦W1⟧", "malaria"), ("⟦W2⟧", "TP53"))
    _, copies = with_standins(Repair('f("Malaria")', ("line 1: Malaria is odd",)))
    assert copies == (("⟦W1⟧", "Malaria"),)


@pytest.mark.parametrize(
    "request_",
    [
        "rank_guides_batch with guide_seq and chain_id",
        "verify_chain, noise_model",
        "bell_run on ibm_torino, CHO cells",
        "a phase-flip, a spin-chain and the audit-trail of a multi-core run",
        "3 kcal.mol, ising_model",
        "report.json.gz of a drug-like molecule",
    ],
)
def test_names_that_bioql_has_and_other_words_are_not_taken_for_a_users_own(request_: str) -> None:
    assert StandIns().put(request_, respelt_beside="") == request_


def test_a_name_of_ones_own_is_a_stand_in_where_the_request_says_it() -> None:
    context = 'my_model = my_lab("my_model")'
    task, copies = with_standins(Instruct("fba of my_model", context=context))
    assert isinstance(task, Instruct)
    assert task.context == '⟦I1⟧ = my_lab("⟦I1⟧")'
    assert answer_with_standins("fba(my_model, my_lab)", copies) == "fba(⟦I1⟧, my_lab)"
    assert with_standins(Infill("my_model = load()\nf(", ")"))[1] == ()


def test_what_a_request_is_like_is_told_as_it_stands() -> None:
    task = Instruct("open an audit session named lab-7", facts="# like audit_session, save_chain")
    told, copies = with_standins(task)
    assert isinstance(told, Instruct)
    assert told.facts == "# like audit_session, save_chain"
    assert copies == (("⟦I1⟧", "lab-7"),)


def test_names_in_code_in_quotes_and_of_the_code_around_keep_their_spelling() -> None:
    _, copies = with_standins(Infill("tumors = load()\nprint(len(", ")\n"))
    assert copies == (("⟦W1⟧", "tumors"),)
    _, copies = with_standins(Instruct("plot tumors", context="tumors = load()\n"))
    assert copies == (("⟦W1⟧", "tumors"),)
    _, copies = with_standins(Instruct("a column called 'Dolor y gripe' for Malaria"))
    assert copies == (("⟦W1⟧", "Dolor"), ("⟦W2⟧", "gripe"), ("⟦W3⟧", "malaria"))


@pytest.mark.parametrize("word", ["İnsulin receptor", "DİABETES", "dıabetes", "ſerine"])
def test_letters_that_only_fold_to_those_of_a_name_harm_nothing(word: str) -> None:
    task, copies = with_standins(Instruct(f"a drug for {word}"))
    assert isinstance(task, Instruct)
    assert turned_back(task.instruction, copies).casefold() == f"a drug for {word}".casefold()


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    names = StandIns()
    seen = names.put(text)
    assert turned_back(seen, names.copies) == text.replace("⟦", "⟦ ")


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(st.integers(1, 5), max_size=30))
def test_pieces_of_a_stream_come_back_like_the_whole(text: str, lengths: list[int]) -> None:
    names = StandIns()
    seen = names.put(text)
    turner, out, place = BackTurner(names.copies), [], 0
    for length in [*lengths, len(seen)]:
        out.append(turner.push(seen[place : place + length]))
        place += length
    out.append(turner.end())
    assert "".join(out) == turned_back(seen, names.copies)


@pytest.mark.parametrize("maker", [guide, pdb_id, peptide, random_smiles])
def test_made_up_data_of_the_corpus_are_one_stand_in_each(maker: object) -> None:
    rng = Random(4)
    values = [maker(rng) for _ in range(300)]  # type: ignore[operator]
    found = [StandIns().put(f"take {value} now") for value in values if len(value) > 3]
    assert sum(text.count("⟦") == 1 and len(text) == 13 for text in found) > 0.97 * len(found)


def test_an_answer_gets_stand_ins_only_for_what_its_task_holds() -> None:
    copies = (("⟦M1⟧", "CCO"),)
    assert answer_with_standins('f("CCO", "CCN", 100)', copies) == 'f("⟦M1⟧", "CCN", 100)'


def test_what_is_a_file_and_a_structure_has_a_stand_in_of_each_kind() -> None:
    names = StandIns()
    assert names.put("dock to 5IKT, save 5IKT.pdb") == "dock to ⟦T1⟧, save ⟦F1⟧.pdb"
    answer = answer_with_standins('f("5IKT", "5IKT.pdb")', names.copies)
    assert answer == 'f("⟦T1⟧", "⟦F1⟧.pdb")'


def test_the_data_that_an_offset_lies_in_begin_at_their_first_letter() -> None:
    text = 'f("CC(=O)Oc1ccccc1")'
    assert data_start(text, 8) == 3
    assert data_start(text, 3) == 3
    assert data_start(text, 1) == 1


def test_data_at_a_hole_stay_also_behind_what_looks_like_a_stand_in() -> None:
    task, _ = with_standins(Infill('# ⟦M1⟧\nf("CC(=O)', '")'))
    assert isinstance(task, Infill)
    assert task.prefix.endswith('f("CC(=O)')


@pytest.mark.parametrize("begun", ["print(mol.smi", "y = np.log", "result.pdb"])
def test_an_attribute_that_is_being_typed_is_no_file(begun: str) -> None:
    task, _ = with_standins(Infill(begun, ")\n"))
    assert isinstance(task, Infill)
    assert task.prefix == begun


def test_in_code_a_call_is_no_file_and_three_numbers_are_a_place_only_as_an_argument() -> None:
    names = StandIns()
    code = "np.log(x)\nfor q in (0, 1, 2):\n    dock(center=(1, 2.5, -3))\n"
    seen = "np.log(x)\nfor q in (0, 1, 2):\n    dock(center=⟦D1⟧)\n"
    assert names.put(code) == seen
    assert turned_back(seen, names.copies) == code
