"""From what an upstream writes to the answer: fences, spaces, ends and counts."""

from __future__ import annotations

import pytest

from bioql_lsp.worker.engines.base import Infill, Instruct, Piece, Task
from bioql_lsp.worker.engines.openai.address import Address
from bioql_lsp.worker.engines.openai.answer import (
    AnswerReader,
    Fenced,
    Plain,
    TextFilter,
    lost_space,
)
from bioql_lsp.worker.engines.openai.chunks import Chunk, read_chunk

REQUEST = Instruct("dock it")
HOLE = Infill("x = ", "\n")
ADDRESS = Address.of("http://host:1", "")


def pieces(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def filtered(text_filter: TextFilter, parts: list[str]) -> tuple[str, bool]:
    """What comes out, and whether the answer was over before its end."""
    given = ""
    for part in parts:
        text, is_over = text_filter.push(part)
        given += text
        if is_over:
            return given, True
    return given + text_filter.end(), False


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("said", "code", "is_over"),
    [
        ("```python\nx = 1\ny = 2\n```\nThat is it.", "x = 1\ny = 2", True),
        ("```\nx = 1\n```", "x = 1", True),
        ("Sure, here it is:\n\n```py\nx = 1\n```\n", "x = 1", True),
        ("  ```python\n  x = 1\n\n\n", "  x = 1\n\n\n", False),
        ("```python\n```", "", True),
        ("```python\nx = '``'\n``\n", "x = '``'\n``\n", False),
        ("x = 1\n", "x = 1", False),
        ("x = 1\ny = 2\n```\n", "x = 1\ny = 2", False),
        ("Here:\n```\nx = 1\n```\nDone", "x = 1", False),
        ("", "", False),
    ],
)
def test_code_is_taken_out_of_its_fence(said: str, code: str, is_over: bool, size: int) -> None:
    assert filtered(Fenced(), pieces(said, size)) == (code, is_over)


def test_code_inside_a_fence_is_given_as_it_comes() -> None:
    fenced = Fenced()
    assert fenced.push("Sure:\n```python\nx =")[0] == "x ="
    assert fenced.push(" 1\n")[0] == " 1"
    assert fenced.push("y")[0] == "\ny"


@pytest.mark.parametrize(
    ("prefix", "answer", "whole"),
    [
        ("import", "os", "import os"),
        ("x = 1\n    return", "_y", "    return _y"),
        ("import", "\n", "import\n"),
        ("x.import", "os", "x.import os".replace(" ", "")),
        ("impor", "t os", "import os"),
        ("print", "x", "printx"),
        ("x =", "y", "x =y"),
        ("import ", "os", "import os"),
    ],
)
def test_a_space_that_was_lost_is_put_back_behind_a_keyword(
    prefix: str, answer: str, whole: str
) -> None:
    plain = Plain(lost_space(Infill(prefix)))
    text = "".join(plain.push(part)[0] for part in ("", answer, "z"))
    assert (prefix + text).endswith(whole + "z")


def test_a_request_loses_no_space() -> None:
    assert lost_space(Instruct("import")) == ""


def read(
    task: Task, parts: list[str], *, count: bool = False, told: int | None = None
) -> list[Piece]:
    reader = AnswerReader(task, 16, Plain(), len if count else None, prompt_tokens_max=100)
    given = []
    for part in parts:
        piece = reader.read(Chunk(part, is_token=True))
        assert piece is not None
        given.append(piece)
        if piece.finish:
            return given
    assert reader.read(Chunk(finish="stop", completion_tokens=told)) is None
    return [*given, reader.end()]


def test_an_answer_that_we_end_is_counted_by_the_tokenizer_or_by_events() -> None:
    assert read(REQUEST, ["x = 1\n", "```"])[-1] == Piece("", 2, "stop")
    assert read(REQUEST, ["x = 1\n", "```"], count=True)[-1] == Piece("", 9, "stop")
    assert read(HOLE, ["f(", "1)\ny", "z"]) == [Piece("f(", 1), Piece("1)", 2, "stop")]


def test_the_count_of_the_upstream_goes_before_ours() -> None:
    assert read(REQUEST, ["a", "b"], count=True, told=5)[-1].completion_tokens == 5
    assert read(REQUEST, ["a", "b"], count=True)[-1].completion_tokens == 2


def test_behind_its_end_an_answer_gains_no_text_and_no_other_end() -> None:
    reader = AnswerReader(REQUEST, 16, Plain(), None, 100)
    assert reader.read(Chunk("a", is_token=True, finish="length")) == Piece("a", 1)
    assert reader.read(Chunk("b", is_token=True, finish="stop")) is None
    assert reader.read(Chunk(prompt_tokens=7, completion_tokens=5)) is None
    assert reader.end() == Piece("", 5, "length", 7)


def test_an_answer_that_we_end_has_the_prompt_that_was_told_by_then() -> None:
    reader = AnswerReader(HOLE, 16, Plain(), None, 100)
    reader.read(Chunk("f(1)", is_token=True, prompt_tokens=8))
    assert reader.read(Chunk("\ny", is_token=True)) == Piece("", 2, "stop", 8)


def test_the_end_gives_what_was_held_back() -> None:
    assert [piece.text for piece in read(HOLE, ["a  ", " "])] == ["a", "", "   "]


def test_events_without_a_token_make_no_piece() -> None:
    reader = AnswerReader(REQUEST, 16, Plain(), None, 100)
    for data in (
        '{"choices": []}',
        '{"choices": [{"delta": {"role": "assistant", "content": ""}}]}',
        '{"choices": [{"delta": {"role": "assistant", "content": null}}]}',
        '{"choices": [{"text": "", "finish_reason": null}]}',
    ):
        assert reader.read(read_chunk(ADDRESS, data)) is None
    thought = '{"choices": [{"delta": {"reasoning_content": "hm"}}]}'
    assert reader.read(read_chunk(ADDRESS, thought)) == Piece("", 1)


def test_both_endpoints_are_read() -> None:
    said = [
        '{"choices": [{"text": "a"}]}',
        '{"choices": [{"delta": {"content": "a"}}]}',
        '{"choices": [{"message": {"content": "a"}}]}',
    ]
    assert {read_chunk(ADDRESS, data).text for data in said} == {"a"}
