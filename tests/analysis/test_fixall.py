"""``fix_all`` never breaks code and reaches a text that it leaves alone."""

import ast
import warnings

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.fixall import fix_all, fix_all_edits, smallest_edit
from bioql_lsp.analysis.registry import check
from bioql_lsp.text import apply_edits

PROGRAM = st.sampled_from(['"Create a Bell state"', "'x' 'y'", "f'{x}'", '"""a\nb"""', "P"])
ARGUMENT = st.sampled_from(
    [
        "api_key='bioql_12345678'",
        "api_key=KEY",
        "key=KEY",
        "apikey='bioql_12345678'",
        "backend='simulator'",
        "backend='IBM_TORINO'",
        "device='ionq'",
        "shots=0",
        "shots='10'",
        "num_shots=3",
        "nshots=4",
        "qubits=2",
        "n_qubits=3",
        "num_qubits=4",
        "token=t",
        "seed=1",
        "prompt='x'",
        "mode='crispr'",
        "**options",
        "shots=SHOTS",
    ]
)
SEPARATOR = st.sampled_from([", ", ",", ",\n    ", ", # note\n    ", "\n    ,\n    "])
END = st.sampled_from(["", ",", "\n", ",\n", "  # end\n", ",  # end\n"])
FUNCTION = st.sampled_from(["quantum", "q", "bioql.quantum", "b.enhanced_quantum"])
OTHER = st.sampled_from(
    [
        "bioql.BellState(qubit_count=2)\n",
        "b.GHZState(3)\n",
        "search_chembl('x')\n",
        "bioql.search_pubchem('x')\n",
        "print('é😀')\n",
        "if x:\n    import os\n",
        "KEY = 'bioql_87654321'\n",
        "SHOTS = '5'\n",
        "os = 3\n",
        "from bioql import compile_bioql, search_chembl\n",
        "from bioql import search_chembl as s, quantum as q; s(1)\n",
        "try: from bioql import QECAnalysisResult\nfinally: pass\n",
    ]
)
HEAD = st.sampled_from(
    [
        "from bioql import quantum, quantum as q\nimport bioql, bioql as b\n",
        "'''Doc'''\nfrom __future__ import annotations\nimport bioql as b, bioql\n"
        "from bioql import *\n",
        "from bioql import (\n    quantum,\n    search_chembl,\n)\nimport bioql\n",
        "from bioql import BellState, quantum; import bioql\nBellState()\n",
        "import bioql; from bioql import BellState\nBellState(2); BellState\n",
    ]
)


@st.composite
def calls(draw):
    arguments = draw(st.lists(ARGUMENT, max_size=6))
    text = draw(PROGRAM) if draw(st.booleans()) else ""
    for argument in arguments:
        text += (draw(SEPARATOR) if text else "") + argument
    return f"{draw(FUNCTION)}({text}{draw(END) if text else ''})\n"


@st.composite
def programs(draw):
    parts = draw(st.lists(calls() | OTHER, max_size=5))
    text = draw(HEAD) + "".join(parts)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        return False
    return True


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(programs())
def test_code_that_parses_still_parses_and_is_fixed_for_good(text):
    assume(parses(text))
    fixed = fix_all(text)
    assert parses(fixed)
    assert fix_all(fixed) == fixed
    assert apply_edits(text, fix_all_edits(text)) == fixed


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(programs())
def test_each_deterministic_fix_alone_keeps_code_valid(text):
    assume(parses(text))
    for finding in check(text):
        for fix in finding.fixes:
            assert parses(apply_edits(text, fix.edits)), (finding.code, fix)


def test_two_calls_share_one_import():
    text = "from bioql import quantum\nquantum('x')\nquantum('y')\n"
    assert fix_all(text).count("import os\n") == 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_smallest_edit_turns_one_text_into_the_other(before, after):
    assert apply_edits(before, smallest_edit(before, after)) == after
