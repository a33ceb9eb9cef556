"""Comments that silence a rule, many of them."""

from __future__ import annotations

import time

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.suppression import unsuppressed
from bioql_lsp.text import Document, Span

COMMENT = "# bioql: ignore[BQ019]\n"
LONG_S_MAX = 5.0


def found_at(text: str, word: str) -> Finding:
    start = text.index(word)
    return Finding("BQ019", Severity.ERROR, "x", Span(start, start + len(word)))


def test_comments_one_below_the_other_cover_the_next_line_of_code() -> None:
    text = f"{COMMENT}# a word\n\n{COMMENT}first = 1\nsecond = 2\n{COMMENT}\nthird = 3\n"
    left = unsuppressed(Document(text), [found_at(text, n) for n in ("first", "second", "third")])
    assert [text[finding.span.start :][:6] for finding in left] == ["second"]


def test_comments_without_code_below_cover_nothing_else() -> None:
    text = f"first = 1\n{COMMENT}{COMMENT}"
    assert len(list(unsuppressed(Document(text), [found_at(text, "first")]))) == 1


def test_ten_thousand_of_them_take_no_more_than_linear_time() -> None:
    for text in (COMMENT * 10_000 + "first = 1\n", "first = 1\n" + COMMENT * 10_000):
        started_s = time.process_time()
        list(unsuppressed(Document(text), [found_at(text, "first")]))
        assert time.process_time() - started_s < LONG_S_MAX
