"""What bit strings and counts in a request say of qubits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.knowledge.bits import LINES_MAX, bit_lines
from bioql_lsp.analysis.knowledge.facts import facts_of


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        ("i want the measurement to always return 010", "# 010: x qubit 1"),
        ("prepare |10>", "# 10: x qubit 1"),
        ("ket |001\u27e9, 1000 shots", "# 001: x qubit 0"),
        ("set the qubits to 110", "# 110: x qubit 1, x qubit 2"),
        ("estado 11 en torino", "# 11: x qubit 0, x qubit 1"),
        ("start in 00", "# 00: no flip"),
        ('mitigate {"00": 582, "11": 710}', "# counts of 2 qubits"),
        ("mitigate {'1': 5}", "# counts of 1 qubit"),
    ],
)
def test_bits_are_spelt_out_with_qubit_0_last(request_: str, line: str) -> None:
    assert bit_lines(request_) == [line]
    assert line in facts_of(request_).splitlines()


@pytest.mark.parametrize(
    "request_",
    [
        "prepare 10 ligands for docking",
        "protein of 110 residues",
        "result for 11 patients",
        "bell with 100 shots",
        "10 qubits 1010 shots",
        "ghz of 11 qubits",
        "distance 11",
        "0.101",
        "",
    ],
)
def test_numbers_are_no_bits(request_: str) -> None:
    assert bit_lines(request_) == []


@given(st.integers(1, 8).flatmap(lambda n: st.text("01", min_size=n, max_size=n)))
def test_the_flips_of_a_ket_make_it(bits: str) -> None:
    (line,) = bit_lines(f"prepare |{bits}>")
    flipped = {int(each) for each in line.partition(":")[2].replace("x qubit", "").split(",")
               if each.strip().isdigit()}  # fmt: skip
    assert "".join("01"[place in flipped] for place in reversed(range(len(bits)))) == bits


@given(st.text("01|>{}\"':, abcq", max_size=300))
def test_no_text_is_told_more_than_a_few_times(text: str) -> None:
    assert len(bit_lines(text)) <= LINES_MAX
