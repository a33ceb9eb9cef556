from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.api.load import Status, load
from bioql_lsp.analysis.knowledge.api_table import FILE, LINE_CHARS_MAX, shapes
from bioql_lsp.analysis.knowledge.retrieval import api_lines
from bioql_lsp.analysis.knowledge.terms import rows, stem, words_of_name

USES = rows("uses.tsv")
LINES = [*(line for (line,) in rows("api.tsv")), *(row[2] for row in USES if len(row) > 2)]


def test_the_table_is_that_of_the_index() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines() == shapes(load()), (
        "run python -m bioql_lsp.analysis.knowledge.api_table"
    )


def test_descriptions_belong_to_calls() -> None:
    known = {line[: line.rindex("(")] for line in LINES if "(" in line}
    assert [row[0] for row in USES if len(row) == 2 and row[0] not in known] == []


@pytest.mark.parametrize("line", LINES)
def test_lines_are_short_and_can_be_used(line: str) -> None:
    assert len(line) <= LINE_CHARS_MAX + 20
    index = load()
    path, _, method = line.partition("(")
    symbol = index.lookup(path)
    assert symbol is not None
    assert symbol.status not in (Status.BROKEN, Status.NONE)
    if called := re.search(r"\)\.(\w+)\(", method):
        assert index.member(symbol.dotted, called[1]) is not None


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ("ADME of ibuprofen please", "predict_adme_local"),
        ("would thalidomide be poisonous", "predict_toxicity_local"),
        ("es tóxico el fenol?", "predict_toxicity_local"),
        ("toxictiy of phenol", "predict_toxicity_local"),
        ("dock imatinib into abl.pdb", "docking.dock"),
        ("acopla el ligando en receptor.pdb", "docking.dock"),
        ("ordena estas guías de CRISPR", "rank_guides_batch"),
        ("rank my sgRNAs", "rank_guides_batch"),
        ("off target risk of GATTACAGATTACAGATTAC", "infer_offtarget_phenotype"),
        ("sumoylation sites of ubiquitin", "predict_ptm_sites"),
        ("sitios de fosforilación de p53", "predict_phosphorylation"),
        ("tanimoto between phenol and aniline", "calculate_tanimoto_similarity"),
        ("surface code of distance 5, how many physical qubits", "SurfaceCodeQEC"),
        ("correct the readout errors of my counts", "mitigate_counts"),
        ("simulate a ghz state on my machine", "parse_english_to_circuit"),
        ("qasm of a sentence", "compile_english_to_qasm"),
        ("balance de flujo de e. coli", "perform_flux_balance_analysis"),
        ("what does calculate_gc_content say of it", "calculate_gc_content"),
        ("keep a provenance chain", "ProvenanceChain"),
        ("lipinski and qed of rutin", "calculate_pharmaceutical_scores"),
    ],
)
def test_the_call_is_found(request_: str, name: str) -> None:
    assert any(name in line for line in api_lines(request_)), api_lines(request_)


@pytest.mark.parametrize("request_", ["", "hello", "what's the weather", "1 2 3", "the of and"])
def test_nothing_is_made_up(request_: str) -> None:
    assert api_lines(request_) == []


def test_the_limit_holds() -> None:
    request = "dock caffeine, predict adme and toxicity, rank guides, zne mitigation"
    assert len(api_lines(request, limit=1)) == 1
    assert api_lines(request, limit=2)[:1] == api_lines(request, limit=1)
    assert api_lines(request, limit=0) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(api_lines(text)) <= 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdeilnorst", min_size=1, max_size=20))
def test_stems_stay_as_they_are(word: str) -> None:
    assert stem(stem(word)) == stem(word)
    assert word.startswith(stem(word))


@pytest.mark.parametrize(
    "forms",
    [
        ("toxic", "toxicity", "toxicidad", "toxica"),
        ("mitigate", "mitigation", "mitigated", "mitigar", "mitigacion"),
        ("circuit", "circuits", "circuito", "circuitos"),
        ("molecule", "molecular", "molecula", "moleculas"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_names_are_taken_apart() -> None:
    assert words_of_name("SurfaceCodeQEC") == ["surface", "code", "qec"]
    assert words_of_name("smiles_to_3d") == ["smiles", "to", "3d"]
