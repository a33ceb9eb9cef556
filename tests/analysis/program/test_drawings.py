"""The circuit as text and as a picture: right, bounded, and honest about what is left out."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.diagram import to_text
from bioql_lsp.analysis.program.layout import arranged
from bioql_lsp.analysis.program.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str) -> list[str]:
    return to_text(compile_sentence(text)).splitlines()


def test_a_bell_state_as_text():
    assert drawn("create a bell state") == [
        "q0 ─H─●─M─",
        "      │",
        "q1 ───⊕─M─",
    ]


def test_every_kind_of_gate_as_text():
    gates = "controlled controlled not 0 2 3, swap qubits 0 and 1, cz 2 3"
    assert drawn(f"{gates}, rotate qubit 1 around z by 0.5, read qubit 1 to bit 4") == [
        "q0 ───●─x─────────────",
        "      │ │",
        "q1 ───┼─x─RZ(0.5)─M→4─",
        "      │",
        "q2 ─●─●───────────────",
        "    │ │",
        "q3 ─●─⊕───────────────",
    ]


def test_a_gate_blocks_the_wires_that_it_crosses():
    layout = arranged(compile_sentence("h qubit 1, cz 0 2"), 10, 10)
    columns = {one.operation.gate: one.column for one in layout.placed}
    assert columns == {"h": 0, "cz": 1}


def test_a_large_circuit_says_what_is_left_out():
    lines = drawn("build superposition 30")
    assert len(lines) == 13
    assert lines[-1] == "Not drawn: 18 qubits and 36 operations."


def test_only_the_first_columns_are_drawn():
    text = "h qubit 0 " * 30
    assert drawn(text)[0].count("H") == 20
    assert drawn(text)[-1] == "Not drawn: 10 operations."


def test_far_apart_qubits_stand_next_to_each_other():
    lines = drawn("cnot 0 99999999999")
    assert [line.split(" ")[0] for line in lines if line.startswith("q")] == [
        "q0",
        "q99,999,999,999",
    ]


@pytest.mark.parametrize("draw", [to_text, to_svg])
def test_a_circuit_that_is_too_large_is_only_counted(draw):
    assert "2,000,000,000 operations are too many to draw" in draw(
        compile_sentence("build superposition 1000000000")
    )


def test_nothing_is_drawn_for_a_sentence_that_does_not_compile():
    assert to_text(compile_sentence("read all qubits")) == ""
    assert "Failed to parse" in to_svg(compile_sentence("read all qubits"))


def test_a_picture_has_a_box_or_sign_for_every_operation():
    root = ElementTree.fromstring(to_svg(compile_sentence("analyze dna 6")))
    assert len(root.findall(f"{SVG}rect")) == 36
    assert len(root.findall(f"{SVG}circle")) == 2 + 3 + 3
    assert len([line for line in root.findall(f"{SVG}line") if line.get("class") == "wire"]) == 6


def test_a_picture_is_bounded_and_says_what_is_left_out():
    root = ElementTree.fromstring(to_svg(compile_sentence("build superposition 1000")))
    assert len(root.findall(f"{SVG}rect")) == 128
    assert root.findall(f"{SVG}text")[-1].text == "Not drawn: 936 qubits and 1,872 operations."


@given(st.text(max_size=200))
def test_any_sentence_gives_well_formed_xml_with_no_elements_of_its_own(text):
    svg = to_svg(compile_sentence(f"<script>x()</script> & {text}"))
    root = ElementTree.fromstring(svg.encode("utf-8"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "style",
        "text",
        "line",
        "rect",
        "circle",
        "path",
    }


def test_a_long_sentence_does_not_make_a_small_picture_wide():
    svg = to_svg(compile_sentence("Create a Bell state " + "and think about it " * 12))
    assert float(ElementTree.fromstring(svg).attrib["width"]) <= 572
