"""Whether, where and with what a request is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.assist.context import (
    PREFIX_CHARACTERS_MAX,
    SUFFIX_CHARACTERS_MAX,
    WINDOW_CHARACTERS_MAX,
    Place,
    hole_at,
    place_at,
    window_around,
)
from bioql_lsp.assist.debounce import WAIT_SECONDS_MAX, WAIT_SECONDS_MIN, Debounce
from bioql_lsp.text import Document, Span

HEAD = "from bioql import quantum\n"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("", "", Place.BLOCK),
        ("    ", "\n", Place.BLOCK),
        ("r = ", "\n", Place.LINE),
        ("r = quantum(", ")\n", Place.BLOCK),
        ('r = quantum("x", ', ")\n", Place.BLOCK),
        ('r = quantum("x"', ")\n", Place.LINE),
        ('r = quantum("Create', '")', Place.SENTENCE),
        ('r = quantum(program="', "", Place.SENTENCE),
        ('r = bioql.quantum(\n    """Create\n', '"""', Place.SENTENCE),
        ('name = "Bell', '"', Place.NOTHING),
        ('print("', '")', Place.NOTHING),
        ("# make a", "", Place.NOTHING),
        ("r = quan", "tum()", Place.NOTHING),
        ("r = ", "quantum()", Place.NOTHING),
        ('quantum("x", api_key="bioql_live_12', '345678")', Place.NOTHING),
    ],
)
def test_the_kind_of_place(before: str, after: str, place: Place) -> None:
    document = Document(HEAD + before + after)
    assert hole_at(document, len(HEAD + before)).place is place


def test_a_file_that_has_nothing_to_do_with_bioql_is_only_completed_on_request() -> None:
    document = Document("import os\nx = ")
    assert place_at(document, len(document.text)) is Place.NOTHING
    assert place_at(document, len(document.text), is_explicit=True) is Place.LINE
    assert place_at(Document(""), 0) is Place.NOTHING
    assert place_at(Document(""), 0, is_explicit=True) is Place.BLOCK


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_a_long_document_is_cut_at_line_borders_and_keeps_its_bioql_imports(
    lines_before: int, lines_after: int
) -> None:
    before = HEAD + "".join(f"value_{i} = {i}\n" for i in range(lines_before))
    after = "\n" + "".join(f"other_{i} = {i}\n" for i in range(lines_after))
    hole = hole_at(Document(before + after), len(before))
    assert len(hole.prefix) <= PREFIX_CHARACTERS_MAX + len(HEAD)
    assert len(hole.suffix) <= SUFFIX_CHARACTERS_MAX
    assert hole.prefix.startswith(HEAD)
    rest = hole.prefix.removeprefix(HEAD)
    assert before.endswith("\n" + rest) or before == HEAD
    assert after.startswith(hole.suffix)
    assert hole.suffix.endswith("\n")


@given(st.integers(0, 4000), st.integers(0, 4000), st.text("ab\n", max_size=40))
def test_a_window_holds_its_target(lines_before: int, lines_after: int, target: str) -> None:
    before = HEAD + "v = quantum\n" * lines_before
    text = before + target + "w = 1\n" * lines_after
    span = Span(len(before), len(before) + len(target))
    window = window_around(Document(text), span)
    assert window.text[window.target.start : window.target.end] == target
    assert len(window.text) <= WINDOW_CHARACTERS_MAX + len(HEAD)
    assert window.text.startswith(HEAD)
    assert window.offset(span.start) == window.target.start


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=50))
def test_the_wait_stays_within_its_bounds(events: list[tuple[float, float]]) -> None:
    debounce, now = Debounce(), 0.0
    for pause, response in events:
        now += pause
        debounce.note_key(now)
        debounce.note_response(response)
        assert WAIT_SECONDS_MIN <= debounce.wait_seconds() <= WAIT_SECONDS_MAX


def test_fast_typing_waits_less_than_slow_typing_and_a_slow_worker_more() -> None:
    def wait(interval: float, response: float) -> float:
        debounce = Debounce()
        for number in range(50):
            debounce.note_key(number * interval)
            debounce.note_response(response)
        return debounce.wait_seconds()

    assert wait(0.08, 0.2) < wait(0.25, 0.2)
    assert wait(0.1, 0.2) < wait(0.1, 2.0)
