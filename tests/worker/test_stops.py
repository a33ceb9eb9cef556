"""Where an answer ends that shall end before a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.worker.stops import StopTexts

LETTERS = st.text("ab", max_size=12)


def passed(pieces: list[str], *texts: str) -> tuple[list[str], bool]:
    stops = StopTexts(texts)
    told = [stops.passed(piece) for piece in pieces]
    return [*told, "" if stops.is_reached else stops.rest()], stops.is_reached


@given(pieces=st.lists(LETTERS), stop=st.text("ab", min_size=1, max_size=4))
def test_a_stop_text_ends_the_answer_however_the_pieces_divide_it(
    pieces: list[str], stop: str
) -> None:
    told, is_reached = passed(pieces, stop)
    before, found, _ = "".join(pieces).partition(stop)
    assert ("".join(told), is_reached) == (before, bool(found))


@given(pieces=st.lists(LETTERS), texts=st.lists(st.text("abc", min_size=1, max_size=4)))
def test_nothing_of_a_stop_text_is_ever_told(pieces: list[str], texts: list[str]) -> None:
    told, is_reached = passed(pieces, *texts)
    whole = "".join(told)
    assert "".join(pieces).startswith(whole)
    assert is_reached == any(text in "".join(pieces) for text in texts)
    assert not any(text in whole for text in texts)


def test_what_cannot_begin_a_stop_text_is_told_at_once() -> None:
    assert passed(["x = 1\n", "y", "ab", "c"], "abd") == (["x = 1\n", "y", "", "abc", ""], False)
