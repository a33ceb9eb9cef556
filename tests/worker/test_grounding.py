"""Data that an answer makes up, and what of its request it leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.knowledge.entities import DATA_FOLDER
from bioql_lsp.worker.grounding import invented, left_out, shots_taken_over

GUIDE = "GATACCATGATCACGAAGGT"
PEPTIDE = "MKTAYIAK"
ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


@pytest.mark.parametrize(
    ("code", "made_up"),
    [
        (f'rank(["{GUIDE}"])', [GUIDE]),
        (f'fold("{PEPTIDE}")', [PEPTIDE]),
        ('score("AUGGCUACGUAG")', ["AUGGCUACGUAG"]),
        (f'quantum("Fold the protein {PEPTIDE}.")', [PEPTIDE]),
        ('dock(receptor="6COX")', ["6COX"]),
        ('clean("6COX.pdb")', ["6COX"]),
        (f'x = "{ASPIRIN}"', [ASPIRIN]),
        ('x = "CC=O"', ["CC=O"]),
        ('x = "c1ccccc1"', ["c1ccccc1"]),
        ('x = "C1CC1C#N"', ["C1CC1C#N"]),
        ('x = "[Na+].[Cl-]"', ["[Na+].[Cl-]"]),
        ('x = "C[C@@H](N)C(=O)O"', ["C[C@@H](N)C(=O)O"]),
        ('x = "C/C=C/C"', ["C/C=C/C"]),
        ('x = "[13CH3]O"', ["[13CH3]O"]),
        ('dock(smiles="CCO")', ["CCO"]),
        ('dock(ligand_smiles="CCO")', ["CCO"]),
        ('dock(smiles_list=["CCO", "CCN"])', ["CCO", "CCN"]),
        ('chem.from_smiles("CCO")', ["CCO"]),
        ('Chem.MolFromSmiles("CCO")', ["CCO"]),
        ('predict_adme_local("CCO")', ["CCO"]),
        ('dock(smiles={"CCO": 1, "x": ("CCN",)})', ["CCO", "CCN"]),
        ('dock(smiles="CC(=O)Oc1ccccc1C(=O")', ["CC(=O)Oc1ccccc1C(=O"]),
        ('x = "CC(=O)Oc1ccccc1C(=O"', ["CC(=O)Oc1ccccc1C(=O"]),
        ('smiles_to_sdf("CCO", "out.sdf")', ["CCO"]),
        ('quantum("Dock SMILES CCO to 6COX.")', ["CCO", "6COX"]),
        (f'f"{{x}} {GUIDE}"', [GUIDE]),
        (f'a = "{GUIDE}"\nb = "{GUIDE}"', [GUIDE]),
    ],
)
def test_data_that_nobody_gave_are_invented(code: str, made_up: list[str]) -> None:
    assert invented(code, "do it", "import os\n") == made_up


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x = 1",
        f"# {GUIDE}",
        f"{GUIDE} = 3",
        'print(f"Energy={energy}")',
        'print("GC=", gc)',
        'print(f"Ion={ion}")',
        'print(f"P(00)={p}")',
        'print("Cost(USD)")',
        'print("Counts[0]")',
        'print("Total(s)")',
        'print("O(n)")',
        'print("[INFO]")',
        'print("[OK]")',
        'print("[1/3]")',
        'print("[x]")',
        'print("(C)")',
        'print("CORRELATION ANALYSIS")',
        'print("AFFINITY")',
        'print("LIPINSKI: ok")',
        'print("DISTANCES")',
        'print("CONFIDENTIAL")',
        'os.environ["BIOQL_API_KEY"]',
        'backend = "ibm_torino"',
        'print("H2O")',
        'date = "2024"',
        'size = "1000"',
        'mode = "CRISPR"',
        'x = "CCO"',
        'print("N=5")',
        'print("Invalid SMILES string:", x)',
        'print("... SMILES {} ".format(s))',
        'print("... SMILES %s" % s)',
        'parser.add_argument("--smiles", help="SMILES of the ligand")',
        'print("SMILES on the left")',
        'dict(smiles=row["smiles"])',
        'f(smiles=df["smi_col"])',
        'f(smiles=rows["C"])',
        'f(smiles_column="smiles")',
        'read_smiles("ligands.smi")',
        'read_smiles("C")',
        'mol_to_smiles("C")',
        "def (:",
        f'"{GUIDE}',
    ],
)
def test_words_of_a_program_are_no_data(code: str) -> None:
    assert invented(code, "do it", "") == []


@pytest.mark.parametrize(
    ("code", "given_"),
    [
        (f'rank(["{GUIDE}"])', GUIDE),
        (f'rank(["{GUIDE}"])', GUIDE.lower()),
        (f'x = "{ASPIRIN}"', f"adme of {ASPIRIN}"),
        ('dock(smiles="CCO", receptor="6COX")', "dock CCO into 6cox"),
    ],
)
def test_data_of_the_request_or_the_buffer_are_given(code: str, given_: str) -> None:
    assert invented(code, given_, "") == []
    assert invented(code, "do it", f"# {given_}\n") == []
    assert invented(code, "do it", "") != []


@pytest.mark.parametrize(
    ("request_", "code", "made_up"),
    [
        ("adme of C1CCCCC1", 'f(smiles="c1ccccc1")', ["c1ccccc1"]),
        ("adme of C1CCCCC1", 'f(smiles="C1CCCCC1")', []),
        (f"adme of {ASPIRIN}", 'f(smiles="CC(=O)O")', ["CC(=O)O"]),
        (f"adme of {ASPIRIN}", 'f(smiles="c1ccccc1C(=O)O")', ["c1ccccc1C(=O)O"]),
        ("adme of cco", 'f(smiles="CCO")', []),
    ],
)
def test_a_molecule_is_given_as_a_whole_word_in_its_own_letters(
    request_: str, code: str, made_up: list[str]
) -> None:
    assert invented(code, request_, "") == made_up


@pytest.mark.parametrize(
    "around",
    [
        "{}.",
        "({})",
        "({}).",
        "it ({}, new)",
        "smiles={}",
        "ligand:{}",
        "'{}'",
        "vinol({})",
        "`{}`?",
        "{};",
        "[{}]",
    ],
)
def test_a_molecule_is_given_whatever_stands_around_it(around: str) -> None:
    for smiles in ("CC(C)C(=O)N(C)C", "[Na+].[O-]C(=O)C(C)(C)", "CCO"):
        assert invented(f"f(smiles={smiles!r})", around.format(smiles), "") == []
        assert left_out(f"f(smiles={smiles!r})", around.format(smiles)) == []


def test_a_molecule_with_a_backslash_is_given_as_it_is_written_in_code() -> None:
    code = r'f(smiles="F/C=C\F")'
    assert invented(code, "do it", code) == []
    assert invented(code, r"adme of F/C=C\F", "") == []
    assert invented(code, r"adme of F/C=C\Cl", "") != []


def test_what_the_tables_know_of_a_request_is_given() -> None:
    code = f'dock(smiles="{ASPIRIN}", receptor="5IKT")'
    assert invented(code, "dock aspirin into COX-2", "") == []
    assert invented(code, "dock aspirin", "") == ["5IKT"]
    assert invented(code, "dock it", "") == [ASPIRIN, "5IKT"]


def test_every_molecule_of_the_tables_is_seen_where_it_is_made_up() -> None:
    lines = (DATA_FOLDER / "molecules.tsv").read_text(encoding="utf-8").splitlines()
    smiles = [line.split("\t")[1] for line in lines]
    marked = [each for each in smiles if any(mark in each for mark in "()=[]#")]
    assert len(marked) > 100
    assert [each for each in marked if each not in invented(f"x = {each!r}", "", "")] == []


@pytest.mark.parametrize(
    ("request_", "code", "lost"),
    [
        ("bell state", "x = 1", []),
        ("500 shots", "shots=500", []),
        ("counts to bell.png", "savefig('bell.png')", []),
        ("counts to bell.png", "savefig('plot.png')", ["bell.png"]),
        ("adme of aspirin", f"adme({ASPIRIN!r})", []),
        ("adme of aspirin", "adme(known['aspirin'])", []),
        ("adme of aspirin", "adme('CCO')", ["aspirin"]),
        ("500 shots", "shots=100", ["500"]),
        ("500 shots", "shots=5000", ["500"]),
        ("500 shots", 'print("500")', []),
        ("theta 0.25", "rx(0.25)", []),
        ("theta 0.25", "rx(0.2)", ["0.25"]),
        ("two qubits", "n = 2", []),
        ("two qubits", "n = 3", ["2"]),
        ("tres qubits", "n = 2", ["3"]),
        ("Ten shots", "n = 1", ["10"]),
        ("3 qubits and 500 shots", "n = 4", ["3", "500"]),
        ("3 times 3", "n = 4", ["3", "3"]),
        ("h2 and q0", "x", []),
        ("p53", "x", []),
        ("7.0.1", "x", []),
        (f"rank {GUIDE}", f'rank("{GUIDE}")', []),
        (f"rank {GUIDE}", 'rank("GATACCATGATCACGAAGG")', [GUIDE]),
        (f"rank {GUIDE}", f'rank("{GUIDE.lower()}")', []),
        ("dock into 6COX", "dock()", ["6COX"]),
        ("dock into 6COX", 'dock("6cox")', []),
        ("print the AFFINITY", "x", []),
        ("1,000 shots", "shots=1000", []),
        ("1,000 shots", "shots=1_000", []),
        ("1,000 shots", "shots=100", ["1000"]),
        ("1,200,300.5", "x = 1200300.5", []),
        ("angles 100,200,300", "[100, 200, 300]", []),
        ("adme of C1CCCCC1", "x", ["C1CCCCC1"]),
        ("adme of C1CCCCC1", 'f("c1ccccc1")', ["C1CCCCC1"]),
        (f"adme of {ASPIRIN}.", 'f("CC(=O)O")', [ASPIRIN]),
        (f"adme of {ASPIRIN}.", f'f("Dock SMILES {ASPIRIN}.")', []),
        ("adme of CCO", "f()", ["CCO"]),
        ("CNS score", "f()", []),
        ("logP(x)=2 and quantum(", "f(2)", []),
        ("fold Leptina", 'f("leptin")', []),
        ("fold leptin", "f()", ["leptin"]),
        ("fba of my_model", 'fba("my__model")', ["my_model"]),
        ("gc 0.4 and energy 0.4", "f(gc=0.4)", ["0.4"]),
        ("gc 0.4 and energy 0.4", "f(gc=0.4, energy=0.4)", []),
        ("error 0.01 per gate, threshold 0.01", "e = 0.01\nf(e)\nr < e", []),
        ("knock out TP53 for cancer", "f()", []),
        ("cuantifica glucosa", 'f("glucose")', []),
        ("write report.json.", "f()", ["report.json"]),
        ("", "", []),
    ],
)
def test_what_of_a_request_an_answer_has_not(request_: str, code: str, lost: list[str]) -> None:
    assert left_out(code, request_) == lost


@given(st.text(), st.text(), st.text())
def test_no_text_is_too_odd(code: str, request_: str, buffer: str) -> None:
    assert isinstance(invented(code, request_, buffer), list)
    assert isinstance(left_out(code, request_), list)


@given(st.text(alphabet="C()=[]#1cNO@+-HZ ", max_size=60))
def test_an_answer_that_repeats_its_request_has_invented_nothing(text: str) -> None:
    code = f"x = {text!r}\nf(smiles={text!r})"
    assert invented(code, text, "") == []


def test_long_texts_are_judged_at_once() -> None:
    numbers = ("1" * 200_000 + "a", "1.1" * 60_000, "1AB2" * 50_000)
    texts = ("C" * 200_000 + "(", "C(C1" * 50_000 + "!", "[C" * 50_000, GUIDE * 10_000)
    words = ("1,000" + ",000" * 50_000, "1,001 " * 40_000, "CC(" * 60_000, ")" * 200_000)
    for text in (*texts, *numbers, *words):
        assert isinstance(invented(f"x = {text!r}", "", ""), list)
        assert isinstance(left_out("x", text), list)


def test_data_of_what_the_buffer_names_are_given() -> None:
    code = 'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)Oc1ccccc1C(=O)O")\n'
    assert invented(code, "its adme", "# dock aspirin to COX-2\n") == []
    assert invented(code, "its adme", "# dock it\n") == ["CC(=O)Oc1ccccc1C(=O)O"]


def test_shots_of_the_code_around_that_nobody_asked_for_are_noticed() -> None:
    around = 'quantum("Create a Bell state", shots=344)\n'
    answer = 'quantum("Prepare a superposition of 2 qubits", shots=344)\n'
    assert shots_taken_over(answer, "a superposition of 2 qubits", around) == ["344"]
    assert shots_taken_over(answer, "2 qubits with 344 shots", around) == []
    assert shots_taken_over(answer, "2 qubits", "") == []
    assert shots_taken_over("f(shots=100)", "x", "f(shots=100)") == []
