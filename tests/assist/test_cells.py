"""A notebook's cell is read after the cells above it."""

from __future__ import annotations

import pytest

from bioql_lsp.assist.accept import accepted_code
from bioql_lsp.assist.cells import code_of_cell
from bioql_lsp.text import Document, Span

IMPORT = "%pip install bioql\nfrom bioql import quantum"
ANSWER = 'quantum("Create a Bell state", api_key=key, backend="ibm_torino", shots=10)'
VERSION = "7.0.1"


def accepted(above: list[str], before: str, answer: str) -> str | None:
    cell = Document(before)
    code = code_of_cell(above, cell)
    span = code.span(Span(len(before), len(before)))
    return accepted_code(code.document, span, answer, VERSION)


def test_offsets_of_a_cell_are_those_of_its_own_text() -> None:
    cell = Document("%time\r\nx = 1\r\n")
    code = code_of_cell([IMPORT, "y = 2\n"], cell)
    assert code.own_text == "#    \r\nx = 1\r\n"
    assert code.document.text[code.offset(7) :] == "x = 1\r\n"
    assert code.document.slice(code.span(Span(7, 8))) == "x"


def test_the_imports_of_the_cells_above_bind_the_names_of_an_answer() -> None:
    assert accepted([IMPORT], "result = ", ANSWER) == ANSWER
    assert accepted([], "result = ", ANSWER) is None


def test_an_answer_that_forgot_an_import_brings_it_along_at_the_top_of_its_cell() -> None:
    answer = f"result = {ANSWER}\n"
    assert accepted(["x = 1"], "", answer) == f"from bioql import quantum\n{answer}"
    assert accepted([IMPORT], "", answer) == answer


@pytest.mark.parametrize("broken", ["print((1\n", "def f(:\n", '"""open'])
def test_a_cell_above_that_does_not_parse_spoils_nothing(broken: str) -> None:
    assert accepted([broken, IMPORT, broken], "result = ", ANSWER) == ANSWER


def test_a_cell_in_another_language_above_is_no_code() -> None:
    code = code_of_cell(["%%bash\nls ((\n", IMPORT], Document("x = 1"))
    assert "ls" not in code.document.text
    assert "from bioql import quantum" in code.document.text
