"""One cell of a notebook as if it were a file, and what stays when cells move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.analysis import analyse, analyse_cells, parts_of
from bioql_lsp.analysis.cells import NO_CELL, paired
from bioql_lsp.analysis.fixes import fix_cell_edits, fixes_in
from bioql_lsp.text import apply_edits

IMPORT = "from bioql import quantum\n"
KEY = 'KEY = "bioql_9f8e7d6c5b"\n'
CALL = 'quantum("Create a Bell state", KEY, "ibm_torino", num_shots=100)\n'
CELLS = [IMPORT, "x = 1\n" + KEY, "y = 2\n" + CALL, CALL]


def plain(findings):
    return [(f.code, f.message, f.span) for f in findings]


def test_a_view_has_the_findings_and_places_of_its_cell():
    everything = analyse_cells(CELLS)
    for index, text in enumerate(CELLS):
        view = everything.view(index)
        assert plain(view.findings) == plain(everything.findings_by_cell[index])
        assert (len(view.cells), view.cells[0].text, view.uses_bioql) == (1, text, True)
        assert "".join(part.piece.text for _, _, part in parts_of(view)) == text
    module, start = everything.view(2).module_at(CELLS[2].index("quantum"))
    assert start == len("y = 2\n")
    assert module.resolve("quantum", 0) == "bioql.quantum"
    assert [s.text for s, _ in everything.view(2).sentences_at(start)] == ["Create a Bell state"]


def test_the_view_of_a_single_cell_is_the_analysis_itself():
    analysis = analyse(IMPORT + CALL)
    assert analysis.view(0) is analysis


def test_what_is_written_in_another_cell_has_no_extent_in_this_one():
    view = analyse_cells([IMPORT, 'S = "Create a Bell state"\n', "x = 1\nquantum(S)\n"]).view(2)
    module, start = view.module_at(len("x = 1\n"))
    (sentence,) = module.sentences
    span = view.place(0, 1, sentence.place(0, 6))
    assert (span.start, span.length) == (start, 0)
    own = analyse('from bioql import quantum\nS = "Create a Bell state"\nquantum(S)\n')
    own.check()
    index = len(own.cells[0].parts) - 1
    span = own.place(0, index, own.cells[0].parts[index].module.sentences[0].place(0, 6))
    assert own.cells[0].text[span.start : span.end] == "Create"


def test_a_fix_is_written_in_its_own_cell_or_not_at_all():
    everything = analyse_cells(CELLS)
    view = everything.view(2)
    (finding,) = [f for f in fixes_in(view.whole(), view.findings) if f.code == "BQ021"]
    assert apply_edits(CELLS[2], finding.fixes[0].edits) == CELLS[2].replace("num_", "")
    key = everything.view(1)
    assert [f.code for f in key.findings] == ["BQ003"]
    assert [f.fixes for f in fixes_in(key.whole(), key.findings)] == [()]
    assert fix_cell_edits(key, CELLS[1]) == ()


def test_all_fixes_of_a_cell_leave_what_the_analysis_does_not_see():
    shown = [IMPORT, CALL + "!ls\n" + CALL]
    seen = [IMPORT, CALL + "#  \n" + CALL]
    view = analyse_cells([*seen, "KEY = input()\n"]).view(1)
    fixed = apply_edits(shown[1], fix_cell_edits(view, shown[1]))
    assert fixed == shown[1].replace("num_shots", "shots")


@pytest.mark.parametrize("move", [lambda c: c[::-1], lambda c: c[1:], lambda c: [KEY, *c]])
def test_cells_that_move_are_not_analysed_again(move):
    cells = [IMPORT, *(CALL + f"z{n} = {n}\n" for n in range(6))]
    before = analyse_cells(cells)
    after = analyse_cells(move(cells), before=before)
    old = {id(cell) for cell in before.cells}
    moved = set(cells) & set(move(cells)) - {KEY}
    kept = [cell for cell in after.cells if cell.text in moved]
    assert [plain(f) for f in after.findings_by_cell] == [
        plain(f) for f in analyse_cells(move(cells)).findings_by_cell
    ]
    if KEY not in move(cells) and IMPORT in move(cells):
        assert all(id(cell) in old for cell in kept)


@given(st.lists(st.sampled_from(CELLS), max_size=6), st.lists(st.sampled_from(CELLS), max_size=6))
def test_every_old_cell_goes_on_as_one_cell_at_most(before, after):
    old = analyse_cells(before).cells
    found = [cell for cell in paired(old, after) if cell is not NO_CELL]
    assert len({id(cell) for cell in found}) == len(found)
    new = analyse_cells(after, before=analyse_cells(before))
    assert [cell.text for cell in new.cells] == after
    expected = analyse_cells(after).findings_by_cell
    assert [*map(plain, new.findings_by_cell)] == [*map(plain, expected)]
