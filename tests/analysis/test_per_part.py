"""What is remembered of parts gives, after any edits, what a fresh look at the text gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.analysis import Analysis, analyse
from bioql_lsp.analysis.hints import hints
from bioql_lsp.analysis.hover import hover
from bioql_lsp.analysis.lenses import lenses
from bioql_lsp.analysis.links import links
from bioql_lsp.analysis.per_part import placed, relevant_parts
from bioql_lsp.analysis.tokens import tokens_of

TEXT = (
    "from bioql import quantum\n"
    'P = "h qubit 0. cnot 0 1"\n'
    'quantum("Docking of SMILES CCO to PDB 5IKT on 6 qubits", key, "ibm_torino", shots=100)\n'
    "def f(n):\n    return quantum(P, key, backend='ionq_qpu', shots=n)\n"
    'N = 10\nr = quantum("Create a Bell state", key, shots=N)\nprint(r.counts)\n'
)
PIECES = st.sampled_from(
    ["\n", "x", '"', "# 😀\n", "import os\n", "(", ")", " qubit 7", "P = 'x qubit 3'\n", "N = 5\n"]
)
EDITS = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), PIECES), min_size=1, max_size=6
)


def seen(analysis: Analysis, text: str) -> list[Any]:
    tokens = {
        (placed(analysis, index, token.span), token.kind)
        for index, part in relevant_parts(analysis)
        for token in tokens_of(part)
    }
    shown = [(lens.place, lens.title) for lens in lenses(analysis, analysis.findings, 1000)]
    hovers = [hover(analysis, offset) for offset in range(0, len(text) + 1, 7)]
    return [list(hints(analysis)), list(links(analysis)), shown, tokens, hovers]


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_after_edits_everything_is_as_in_a_fresh_analysis(
    edits: list[tuple[int, int, str]],
) -> None:
    text = TEXT
    analysis = analyse(text)
    seen(analysis, text)
    for start, length, new_text in edits:
        text = text[:start] + new_text + text[start + length :]
        analysis = analyse(text, analysis.options, analysis)
        assert seen(analysis, text) == seen(analyse(text), text)
