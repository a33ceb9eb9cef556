"""What only IPython understands is blanked in place."""

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.notebook_text import python_of

PIECES = [
    "%matplotlib inline", "!pip install bioql", "%%time", "%%bash", "?quantum", "quantum??",
    "x = 1", "x = !ls", "x = %who", "if x:", "    !ls \\", "'''", '"""', "(", ")", '"', "'", "\\",
    "# a ? b", "a % b", "a != b", "pip install bioql", "é😀", "\r\n", "\n", "\r", "\u2028", "\f",
]  # fmt: skip


def lines(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in re.finditer(r"\r\n|\r|\n", text)]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text())
def test_every_text_keeps_its_length_and_its_lines(text):
    masked = python_of(text)
    assert len(masked) == len(text)
    assert lines(masked) == lines(text)
    assert python_of(masked) == masked


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\nx = 1\n", "#                 \nx = 1\n"),
        ("!pip install bioql\r\nx = 1", "#                 \r\nx = 1"),
        ("pip install bioql\n", "#                \n"),
        ("x = !ls -l\n", "x = _     \n"),
        ("a, b = %who_ls int\n", "a, b = _          \n"),
        ("if x:\n    !ls\n", "if x:\n    _  \n"),
        ("?quantum\nquantum??\n%who?\n", "#       \n#        \n#    \n"),
        ("!pip install \\\n  bioql\nx = 1\n", "#             \n       \nx = 1\n"),
        ("%%bash\npip install x\n", "      \n             \n"),
        ("\n%%html\n<b>", "\n      \n   "),
        ("%%time\nx = 1\n%who\n", '""    \nx = 1\n#   \n'),
        ("%%timeit -n 3 x\ny = 1\n", '""             \ny = 1\n'),
    ],
)
def test_what_is_no_python_is_blanked(cell, expected):
    assert python_of(cell) == expected
    ast.parse(expected)


@pytest.mark.parametrize(
    "code",
    [
        "text = '''\n%not a magic\n!nor a shell line\nwhy?\n'''\n",
        "x = (a\n%b\n)\ny = a \\\n  %b\n",
        "if a != b:\n    x = a % b\n",
        "s = 'a ? b'  # why?\n",
        "pip = 1\nx = pip\n",
        'f(\n"""\n)\n%x\n""")\n',
        "x: int = 5\nd['!a'] = 3\n",
    ],
)
def test_python_stays_as_it_is(code):
    ast.parse(code)
    assert python_of(code) == code


def test_a_magic_after_an_open_string_is_no_magic_and_after_it_is_one():
    assert python_of("x = '''\n%a\n'''\n%b\n") == "x = '''\n%a\n'''\n# \n"
