"""Runs brought into the house style."""

import ast

import pytest

from bioql_lsp.analysis.analysis import analyse, analyse_cells
from bioql_lsp.analysis.house_style import house_style_edits
from bioql_lsp.text import apply_edits

KEY = 'os.environ["BIOQL_API_KEY"]'


def styled(text):
    return apply_edits(text, house_style_edits(analyse(text)))


def test_a_bare_run_gets_key_backend_and_a_check():
    text = 'from bioql import quantum\n\nresult = quantum("Create a Bell state", shots=100)\n'
    assert styled(text) == (
        "from bioql import quantum\nimport os\n\n"
        f'result = quantum("Create a Bell state", shots=100, api_key={KEY}, backend="ibm_torino")\n'
        "if not result.success:\n    raise SystemExit(result.error_message)\n"
    )


def test_inside_a_function_the_check_raises_an_error_that_can_be_caught():
    text = (
        "import os\nfrom bioql import quantum\n\ndef run(text):\n"
        f'    r = quantum(text, api_key={KEY}, backend="ibm_torino", shots=10)\n'
        "    return r.counts\n"
    )
    assert "    if not r.success:\n        raise RuntimeError(r.error_message)\n" in styled(text)


def test_what_is_in_style_stays_as_it_is():
    text = (
        "import os\n\nfrom bioql import quantum\n\n"
        f'result = quantum("Create a Bell state", api_key={KEY}, backend="ibm_torino", shots=10)\n'
        "if not result.success:\n    raise SystemExit(result.error_message)\nprint(result.counts)\n"
    )
    assert house_style_edits(analyse(text)) == ()
    assert styled(styled(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "x = 1\n", "from other import quantum\nr = quantum('x')\n", "from bioql import (\n",
     "from bioql import quantum\nr = quantum(**options)\n"],
)  # fmt: skip
def test_nothing_is_changed_where_there_is_nothing_to_bring_into_style(text):
    fixed = styled(text)
    if "bioql" not in text or "(\n" in text:
        assert fixed == text
    else:
        ast.parse(fixed)


def test_a_cell_is_edited_alone():
    cells = [
        "from bioql import quantum\n",
        'r = quantum("Create a Bell state", "k", "ibm_torino", 5)\n',
    ]
    view = analyse_cells(cells).view(1)
    fixed = apply_edits(cells[1], house_style_edits(view))
    assert "if not r.success:" in fixed
    assert house_style_edits(analyse_cells(cells).view(0)) == ()
