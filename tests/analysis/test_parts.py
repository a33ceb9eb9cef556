"""Texts cut into top-level statements, whole and edit by edit."""

import ast
import sysconfig
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.parts import split, starts_of

STANDARD_LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))[::4]
SNIPPETS = [
    "import os\n", "x = 1\n", "def f(a,\n      b):\n    return (a,\n\nb)\n", "# note\n", "\n",
    'quantum("""a\nb\n""")\n', "@decorator\nclass C:\n    pass\n",
    "if x:\n    y = (1,\n2)\nelse:\n    z\n",
    "f(", ")", '"', "'", '"""', "'''", "[", "\\\n", "\r\n", "\r", "\f",
    "try:\n    x\nexcept E:\n    y\n",
    "print(x)\n", "é = '🧬'\n", "\0", "    indented\n", "x = [\n1,\n2,\n]\n",
]  # fmt: skip
texts = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=6), max_size=12).map("".join)


def parts(text):
    return [piece.text for piece in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os\nx = 1\n", ["import os\n", "x = 1\n"]),
        ("if a:\n    b\nelse:\n    c\nd\n", ["if a:\n    b\nelse:\n    c\n", "d\n"]),
        ("try:\n  a\nexcept E:\n  b\nfinally:\n  c\n",
         ["try:\n  a\nexcept E:\n  b\nfinally:\n  c\n"]),
        ("@d\n@e(1)\ndef f():\n    pass\nx\n", ["@d\n@e(1)\ndef f():\n    pass\n", "x\n"]),
        ("f(\na,\nb)\ng()\n", ["f(\na,\nb)\n", "g()\n"]),
        ('s = """\nx = 1\n"""\ny = 2\n', ['s = """\nx = 1\n"""\n', "y = 2\n"]),
        ("x = 1 + \\\n2\ny = 3\n", ["x = 1 + \\\n2\n", "y = 3\n"]),
        ("a = 1\n# about b\nb = 2\n", ["a = 1\n", "# about b\nb = 2\n"]),
        ("def f():\n    a\n# inside\n    b\nc\n", ["def f():\n    a\n# inside\n    b\n", "c\n"]),
        ("a\r\nb\r\n", ["a\r\n", "b\r\n"]),
        ("a\rb\r", ["a\r", "b\r"]),
        ("\n\n", ["\n\n"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_is_cut_before_each_top_level_statement(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(1,\ndef g():\n    pass\n", ["f(1,\n", "def g():\n    pass\n"]),
        ('r = quantum("x",\nprint(r)\nimport os\n',
         ['r = quantum("x",\n', "print(r)\n", "import os\n"]),
        ("f(a\nx = 1\ny = 2\n", ["f(a\n", "x = 1\n", "y = 2\n"]),
    ],
)  # fmt: skip
def test_an_unclosed_bracket_does_not_swallow_the_next_statements(text, expected):
    assert parts(text) == expected
    assert split(text)[0].is_open


@pytest.mark.parametrize("path", STANDARD_LIBRARY, ids=lambda path: path.name)
def test_every_part_of_a_python_file_is_python(path):
    text = path.read_text(encoding="utf-8")
    pieces = split(text)
    assert "".join(piece.text for piece in pieces) == text
    assert not any(piece.is_open for piece in pieces)
    for piece in pieces:
        ast.parse(piece.text)
    expected = len(ast.parse(text).body)
    assert len(pieces) >= min(expected, 1) and len(pieces) <= expected + 1


@given(texts)
def test_the_parts_of_any_text_join_to_the_text(text):
    pieces = split(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert all(a < b for a, b in pairwise(starts_of(pieces)))


@settings(max_examples=300)
@given(texts, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30), texts), max_size=8))
def test_cutting_after_edits_gives_what_cutting_the_whole_text_gives(text, edits):
    pieces = split(text)
    for at, length, new in edits:
        start = at % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
        pieces = split(text, pieces)
        assert pieces == split(text)


def test_an_edit_keeps_every_other_part_as_it_was():
    text = "".join(f"x{number} = f({number})\n" for number in range(1000))
    before = split(text)
    after = split(text.replace("f(500)", "f(5000)"), before)
    changed = [new for old, new in zip(before, after, strict=True) if old is not new]
    assert len(changed) <= 2
    assert "x500 = f(5000)\n" in [piece.text for piece in changed]


def test_brackets_opened_on_every_line_take_bounded_time():
    text = "x = f(\n" * 20_000
    assert "".join(parts(text)) == text
