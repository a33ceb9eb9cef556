"""Completion and signature help at every place of texts of every kind: they never fail."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.completion import offer_at
from bioql_lsp.analysis.signature import signature_at

SAMPLE = '''"""Doc. 😀"""
from bioql import quantum, QuantumResult as R
import bioql as bq, os
from bioql.profiler import (Profiler,
    ProfilingMode)

KEY = os.environ["BIOQL_API_KEY"]
text = f"h qubit {1}. " "cnot 0 1"

def run(n: int = 3, *rest, **more) -> R:
    """Runs."""
    result = quantum(
        f"Create {n} 'Bell' states",  # not a call: quantum(
        api_key=KEY, backend='ibm_torino', shots=100,
        mitigation=["zne", 'pec'],
    )
    with Profiler(mode=ProfilingMode.DEBUG) as p:
        print(result.counts, [r for r in result.probabilities()])
    return result

class A(bq.ir.Molecule):
    x = lambda quantum: quantum(text)
'''
FRAGMENTS = (
    *"()[]{},.=:'\"#\\\n\r\t ",
    '"""',
    "quantum(",
    "bq.",
    "result.",
    "from bioql import ",
    "import bioql.",
    "mode=",
    "def ",
    "😀",
    "é",
    "\ud800",
    "\0",
    "\u2028",
)


def look(text: str, offset: int) -> None:
    found = analyse(text)
    offer = offer_at(found, offset)
    for each in offer.proposals:
        span = offer.span_of(each)
        assert span.start <= offset
        assert span.end <= len(text)
        assert each.label
        assert each.new_text
    module, start = found.module_at(offset)
    signature = signature_at(module, offset - start)
    if signature is not None and signature.active is not None:
        assert 0 <= signature.active < len(signature.parameters)


def test_at_every_place_of_a_file_and_of_what_was_typed_so_far() -> None:
    for offset in range(0, len(SAMPLE) + 1, 3):
        look(SAMPLE, offset)
        look(SAMPLE[:offset], offset)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_with_anything_typed_anywhere(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SAMPLE)))
    until = data.draw(st.integers(at, min(at + 40, len(SAMPLE))))
    typed = "".join(data.draw(st.lists(st.sampled_from(FRAGMENTS), max_size=4)))
    look(SAMPLE[:at] + typed + SAMPLE[until:], at + len(typed))
