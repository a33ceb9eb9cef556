"""Lines, positions and edits against plain models of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.text import Document, Edit, OverlappingEditsError, Position, Span, apply_edits

TEXTS = st.text(st.sampled_from("ab\n\r\f\u2028\u0085🧬é\u0301"), max_size=40)


def lines_by_hand(text: str) -> list[str]:
    """Split at LF, CRLF and CR, one character at a time."""
    lines, line, previous = [], "", ""
    for character in text:
        if character == "\n" and previous == "\r":
            pass
        elif character in "\r\n":
            lines.append(line)
            line = ""
        else:
            line += character
        previous = character
    return [*lines, line]


@given(TEXTS)
def test_lines_end_only_where_the_protocol_says(text: str) -> None:
    document = Document(text)
    assert [document.line_text(n) for n in range(document.line_count)] == lines_by_hand(text)


@given(TEXTS, st.data())
def test_offset_and_position_are_inverse_outside_a_crlf(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    document = Document(text)
    back = document.offset(document.position(offset))
    is_inside_crlf = text[offset - 1 : offset + 1] == "\r\n" if offset else False
    assert back == (offset - 1 if is_inside_crlf else offset)


def test_a_position_past_the_end_of_an_unterminated_last_line_is_the_end() -> None:
    document = Document("ab\ncd")
    assert document.offset(Position(1, 99)) == 5
    assert document.offset(Position(0, 99)) == 2
    assert document.offset(Position(7, 0)) == 5


def test_the_newline_is_the_first_one_used() -> None:
    assert Document("a\r\nb\n").newline == "\r\n"
    assert Document("a").newline == "\n"


@given(TEXTS, st.data())
def test_edits_equal_replacing_from_the_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [
        Edit(Span(start, end), data.draw(st.text("xy", max_size=3)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.new_text + expected[edit.span.end :]
    assert apply_edits(text, data.draw(st.permutations(edits))) == expected


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlappingEditsError):
        apply_edits("abc", [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")])


def test_two_insertions_at_one_place_have_no_order_and_are_refused() -> None:
    with pytest.raises(OverlappingEditsError):
        apply_edits("abc", [Edit(Span(1, 1), "x"), Edit(Span(1, 1), "y")])


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


PIECES = ["a", "\n", "\r\n", "\r", "é", "🧬", "\u2028", "\f", "xyz"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 8), st.lists(st.sampled_from(PIECES))),
        max_size=6,
    ),
)
def test_lines_after_edits_are_those_of_the_whole_text(text, edits):
    document = Document(text)
    assert document.line_starts
    for at, length, pieces in edits:
        start = at % (len(document.text) + 1)
        span = Span(start, min(start + length, len(document.text)))
        document = document.replaced(Edit(span, "".join(pieces)), 7)
        assert document.line_starts == Document(document.text).line_starts
        assert document.version == 7
