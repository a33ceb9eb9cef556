"""``.bql`` files: sentences line by line, kept up to date edit by edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.bql import BQL, analyse_bql, language_of, split_lines
from bioql_lsp.analysis.cells import PYTHON
from bioql_lsp.analysis.fixes import check_text, fix_text
from bioql_lsp.analysis.options import Options
from bioql_lsp.text import apply_edits

LINES = [
    "# a comment", "", "   ", "Create a Bell state", "  Create a GHZ state with 3 qubits  ",
    "rotate qubit 0 around x by 3.14", "h qubit 0. measure qubit 0", "blah 😀 blah",
    "# bioql: ignore[NL001]", "# bioql: ignore-file[NL010]", "from bioql import quantumm(",
]  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
texts = st.lists(st.tuples(st.sampled_from(LINES), ENDS), max_size=8).map(
    lambda lines: "".join(map("".join, lines))
)
GHZ = "# x\r\n\r\n  Create a GHZ state with 3 qubits \r\nCreate a Bell state"


def plain(findings):
    return [(f.code, f.severity, f.message, f.span) for f in findings]


@given(texts | st.text(), texts | st.text())
def test_the_parts_join_to_the_text_and_those_that_stayed_are_the_same_objects(before, after):
    old = split_lines(before)
    new = split_lines(after, old)
    assert "".join(piece.text for piece in new) == after
    assert [piece.text for piece in new] == [piece.text for piece in split_lines(after)]
    assert [*map(id, split_lines(before, old))] == [*map(id, old)]


@given(texts, texts)
def test_findings_after_an_edit_are_those_of_the_whole_text(before, after):
    first = analyse_bql(before)
    assert plain(first.findings) == plain(check_text(before, Options(), BQL))
    again = analyse_bql(after, before=first)
    assert plain(again.findings) == plain(check_text(after, Options(), BQL))


def test_an_edit_in_a_line_concerns_that_line_alone():
    before = analyse_bql("Create a Bell state\n" * 50)
    after = analyse_bql("Create a Bell state\n" * 20 + "h qubit 0\n" * 2, before=before)
    old = {id(part) for part in before.cells[0].parts}
    assert sum(id(part) not in old for part in after.cells[0].parts) == 2


def test_a_line_of_python_is_a_sentence_that_is_program_code():
    text = "from bioql import quantumm(\nx = quantum('x', api_key='bioql_9f8e7d6c5b')\n"
    found = analyse_bql(text).findings
    assert "BQ024" in {finding.code for finding in found}
    assert {finding.code for finding in found} <= {"BQ024", "NL001"}


def test_a_finding_has_its_exact_place_and_a_fix_that_resolves_it():
    (finding,) = check_text(GHZ, Options(), BQL)
    assert (finding.code, GHZ[finding.span.start : finding.span.end]) == ("NL004", "GHZ")
    fixed = apply_edits(GHZ, finding.fixes[0].edits)
    assert fixed.startswith("# x\r\n\r\n  h qubit 0. cnot 0 1")
    assert fixed == fix_text(GHZ, Options(), BQL)
    assert check_text(fixed, Options(), BQL) == ()


def test_sentences_are_found_by_their_place_and_place_their_characters():
    analysis = analyse_bql(GHZ)
    at = GHZ.index("GHZ")
    ((sentence, start),) = analysis.sentences_at(at)
    assert sentence.text == "Create a GHZ state with 3 qubits"
    inside = sentence.offset_of(at - start)
    assert inside is not None
    assert sentence.text[inside:].startswith("GHZ")
    span = sentence.place(inside, inside + 3)
    assert GHZ[start + span.start : start + span.end] == "GHZ"
    assert sentence.offset_of(0) is None
    ((last, _),) = analysis.sentences_at(len(GHZ))
    assert last.text == "Create a Bell state"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "\ufeff\n"])
def test_without_a_sentence_there_is_nothing_to_say(text):
    analysis = analyse_bql(text)
    assert (analysis.findings, analysis.sentences_at(0)) == ((), ())


@pytest.mark.parametrize(
    ("path", "language_id", "language"),
    [
        ("a.bql", "", BQL),
        ("file:///x/A.BQL", "plaintext", BQL),
        ("untitled:1", "bioql", BQL),
        ("untitled:1", "bql", BQL),
        ("a.py", "python", PYTHON),
        ("bql", "python", PYTHON),
    ],
)
def test_the_name_or_the_editor_tells_the_language(path, language_id, language):
    assert language_of(path, language_id) is language
