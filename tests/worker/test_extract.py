"""Model text becomes code that fits its place."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.text import Span
from bioql_lsp.worker.extract import (
    as_replacement,
    as_statements,
    before_what_follows,
    shorter_versions,
    strip_fences,
    without_known_imports,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x = 1", "x = 1"),
        ("\n\nx = 1\n\n", "x = 1"),
        ("```python\nx = 1\n```", "x = 1"),
        ("```\nx = 1\n```\nDone.", "x = 1"),
        ("Here:\n```python\nx = 1\n```\nand\n```python\ny = 2\n```", "x = 1"),
        ("```python\nx = 1", "x = 1"),
        ("~~~py\nx = 1\n~~~", "x = 1"),
        ("````\n```\nx\n```\n````", "```\nx\n```"),
        ("```python\n    x = 1\n    y = 2\n```", "    x = 1\n    y = 2"),
        ("x = 1\r\ny = 2\r\n", "x = 1\ny = 2"),
        ("```python", ""),
        ("x = 1\n```", "x = 1"),
        ("x = 1\n```\nThat is it.", "x = 1"),
        ("", ""),
    ],
)
def test_the_first_fenced_block_is_the_code(text: str, code: str) -> None:
    assert strip_fences(text) == code


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("", 0, "a = 1\nb = 2\n"),
        ("x = 0\n", 6, "x = 0\na = 1\nb = 2\n"),
        ("x = 0", 5, "x = 0\na = 1\nb = 2\n"),
        ("x = 0\n\ny = 1\n", 6, "x = 0\na = 1\nb = 2\ny = 1\n"),
        ("x = 0\ny = 1\n", 6, "x = 0\na = 1\nb = 2\ny = 1\n"),
        ("if x:\n    pass\n", 10, "if x:\n    a = 1\n    b = 2\n    pass\n"),
        ("if x:\n    y = 1\n", 15, "if x:\n    y = 1\n    a = 1\n    b = 2\n"),
        ("x = 0\r\n", 7, "x = 0\r\na = 1\r\nb = 2\r\n"),
    ],
)
def test_statements_stand_on_lines_of_their_own_at_the_indentation(
    before: str, at: int, after: str
) -> None:
    code = as_statements("a = 1\nb = 2", before, at)
    assert before[:at] + code + before[at:] == after
    ast.parse(after)


@pytest.mark.parametrize(
    ("before", "old", "after"),
    [
        ("x = (\n", "x = (\n", "a = 1\nb = 2\n"),
        ("x = (", "x = (", "a = 1\nb = 2"),
        ("if x:\n    y = (\n", "    y = (\n", "if x:\n    a = 1\n    b = 2\n"),
        ("if x:\n    y = (\n", "y = (", "if x:\n    a = 1\n    b = 2\n"),
        ("if x:\r\n\ty = (\r\n", "\ty = (\r\n", "if x:\r\n\ta = 1\r\n\tb = 2\r\n"),
    ],
)
def test_a_replacement_keeps_indentation_and_line_end(before: str, old: str, after: str) -> None:
    start = before.index(old)
    span = Span(start, start + len(old))
    code = as_replacement("a = 1\nb = 2", before, span)
    assert before[: span.start] + code + before[span.end :] == after


def test_shorter_versions_lose_a_line_each() -> None:
    assert shorter_versions("a\nb\nc", 9) == ["a\nb", "a"]
    assert shorter_versions("a\nb\nc", 1) == ["a\nb"]
    assert shorter_versions("a", 9) == []


@given(st.text(), st.text(), st.integers(0, 60), st.integers(0, 60))
def test_no_text_and_no_place_raises(code: str, before: str, start: int, length: int) -> None:
    start = min(start, len(before))
    span = Span(start, min(start + length, len(before)))
    as_statements(strip_fences(code), before, start)
    as_replacement(strip_fences(code), before, span)


@pytest.mark.parametrize(
    ("code", "above", "left"),
    [
        ("import os\n\nprint(os)", "import os\n", "print(os)"),
        ("import os\nimport sys\nx = 1", "import os\n", "import sys\nx = 1"),
        ("from a import (\n    b,\n)\nb()", "from a import b\n", "b()"),
        ("from a import b, c\nb()", "from a import b\n", "from a import b, c\nb()"),
        ("import os; x = 1", "import os\n", "import os; x = 1"),
        ("import os\nx = 1", "if y:\n    import os\n", "import os\nx = 1"),
        ("import os\nx = 1", '"""\nimport os\n"""\n', "import os\nx = 1"),
        ("import os\nx = 1", "def f(:\n", "import os\nx = 1"),
        ("import os", "import os\n", "import os"),
    ],
)
def test_imports_that_stand_above_are_not_repeated(code: str, above: str, left: str) -> None:
    assert without_known_imports(code, above) == left


@pytest.mark.parametrize(
    ("code", "after", "shorter"),
    [
        ("e.half_life)", ".half_life)\n", ["e"]),
        ("m bioql", " bioql import quantum\n", ["m"]),
        ("ccess:\n    stop()", ":\n    stop()\nx = 1\n", ["ccess"]),
        ("e.half_life)\nx = 2", ".half_life)\ny = 1\n", ["e"]),
        ("f(a))", ")\n", ["f(a)"]),
        ("adm", "e.half_life)", []),
        (".half_life)", ".half_life)", []),
        ("x = 1\n", "\ny = 2", []),
        ("a b a b", "a b", ["a b "]),
        (
            "x = f()\nshow(x)\nx = 1\nshow(x)\n",
            "show(x)\n",
            ["x = f()\nshow(x)\nx = 1\n", "x = f()\n"],
        ),
        ("", "x", []),
    ],
)
def test_what_follows_is_not_said_again(code: str, after: str, shorter: list[str]) -> None:
    assert before_what_follows(code, after, 8) == shorter
