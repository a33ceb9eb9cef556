"""The tolerant parse: offsets, errors, hostile texts."""

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.literals import read_literal
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.syntax import Offsets, Syntax, cpython_error

TEXT = st.text(st.characters() | st.sampled_from("\r\n\f\u2028é😀\ud800\0 'a(\""), max_size=60)


@given(TEXT)
def test_every_character_is_found_again_from_its_byte(text):
    offsets = Offsets(text)
    byte = 0
    for index, character in enumerate(text):
        assert offsets.to_code_point(byte) == index
        byte += len(character.encode(errors="surrogatepass"))
    assert offsets.to_code_point(byte) == len(text)


@given(TEXT)
def test_any_text_is_parsed_and_its_errors_lie_inside(text):
    syntax = Syntax(text)
    for error in syntax.errors:
        assert 0 <= error.span.start <= error.span.end <= len(text)


def test_spans_count_code_points_after_emoji_and_crlf():
    text = 'x = "😀é"\r\nfrom bioql import quantum\r\nquantum("😀")  # é\r\n'
    (call,) = load_module(text).calls
    assert text[call.span.start : call.span.end] == 'quantum("😀")'
    assert text[call.function_span.start : call.function_span.end] == "quantum"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_kinds_separate_statements(line_end):
    text = line_end.join(["import bioql", "bioql.quantum('x')", ""])
    assert len(load_module(text).calls) == 1
    assert not Syntax(text).is_broken


@pytest.mark.parametrize(
    "text",
    ["\fx = 1\n", "\ufeffx = 1\n", "x = '\u2028'\n", "x = '\ud800'\n", "type X = int\n", ""],
)
def test_unusual_but_valid_python_has_no_error(text):
    assert Syntax(text).errors == ()


def test_an_error_is_where_python_says_it_is():
    (error,) = Syntax("x = 1\ny = (1,\n").errors
    assert error.message == "'(' was never closed"
    assert error.span.start == 10


HOSTILE = {
    "open brackets": "(" * 20_000,
    "nested calls": "b.x(" * 5_000,
    "nested lists": "[" * 5_000 + "]" * 5_000,
    "nested blocks": "".join("  " * i + "if x:\n" for i in range(300)),
    "a long chain": "x = b" + ".a" * 5_000,
    "a long sum": "b.quantum('x', shots=" + "1+" * 5_000 + "1)",
    "signs": "b.quantum('x', shots=" + "-" * 5_000 + "1)",
    "a long line": "x = [" + "b.quantum('x')," * 700 + "]",
    "cyclic aliases": "p = q\nq = p\np()\n",
    "null bytes": "b.quantum('a\0b')\n\0",
    "many keywords": "b.quantum('a', " + "x=1," * 2_000 + ")",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_without_recursion(text):
    module = load_module("import bioql as b\n" + text)
    assert module.calls is not None
    assert module.references is not None
    assert module.syntax.errors is not None


def test_a_large_file_is_read():
    text = "from bioql import quantum\n" + "x = '😀'\n" * 100_000 + "quantum('x')\n"
    (call,) = load_module(text).calls
    assert text[call.span.start : call.span.end] == "quantum('x')"


LITERALS = ["'a'", "'a' \"b\"", "r'\\n'", "'''a\nb'''", "'\\u00e9'", "12", "0x1F", "1_000", "-5"]
LITERALS += ["1.5", "2 * 3 - 1", "(4)", "True", "None"]


@pytest.mark.parametrize("source", LITERALS)
def test_literals_have_their_python_value(source):
    syntax = Syntax(f"x = ({source})")
    node = syntax.tree.root_node.named_children[0].named_children[0].child_by_field_name("right")
    literal = read_literal(syntax, node)
    assert literal is not None
    expected = 5 if source == "2 * 3 - 1" else ast.literal_eval(source)
    assert literal.value == expected


@pytest.mark.parametrize("source", ["f'{x}'", "b'a'", "x", "x + 1", "'a' + 'b'", "9**9", "1 / 0"])
def test_what_is_no_literal_has_no_value(source):
    syntax = Syntax(f"y = {source}")
    node = syntax.tree.root_node.named_children[0].named_children[0].child_by_field_name("right")
    assert read_literal(syntax, node) is None


@pytest.mark.parametrize(
    "source", ["x = 1.if y else 2\n", "x = 1if y else 2\n", "x = '\\q'\n", "0xfor x\n"]
)
def test_what_python_only_warns_about_is_no_error_and_no_warning(source):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cpython_error(source) is None
