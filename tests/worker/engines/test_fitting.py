"""What is cut from a text that is too long: far lines, seldom, and without measuring all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer

from bioql_lsp.worker.engines.base import (
    Infill,
    Instruct,
    PromptTooLongError,
    Repair,
    Sampling,
    Task,
)
from bioql_lsp.worker.engines.batch import Batch
from bioql_lsp.worker.engines.openai.forms import Form, KnownLayout, UnknownLayout, Writer
from bioql_lsp.worker.engines.openai.text import SpecialTexts
from bioql_lsp.worker.fitting import TOKEN_CHARS_MAX
from bioql_lsp.worker.prompts import BARE_STYLE, GENERAL_STYLE, PromptBuilder, PromptStyle
from tests.worker.engines.memory_model import MemoryModel
from tests.worker.engines.test_prompts import TOKENIZERS, builder, decoded

LINE = "value = compute(1, 2, 'text', key=3)\n"
TYPED = "".join(f"result_{i} = quantum('create a bell state {i}', shots={i})\n" for i in range(9))
LONG = 240_000
CONTEXT = 512


class Meter:
    """A tokenizer that counts the characters that it is given."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True
        self.encode_special_tokens = True
        self.chars = 0

    def encode(self, text: str, *, add_special_tokens: bool) -> Encoding:
        self.chars += len(text)
        return self._tokenizer.encode(text, add_special_tokens=add_special_tokens)

    def token_to_id(self, token: str) -> int | None:
        found: int | None = self._tokenizer.token_to_id(token)
        return found


def metered(style: PromptStyle) -> tuple[Meter, PromptBuilder]:
    meter = Meter(TOKENIZERS["mini"])
    prompts = PromptBuilder(cast(Tokenizer, meter), CONTEXT, style)
    meter.chars = 0
    return meter, prompts


@pytest.mark.parametrize("task", [Instruct("y " * (LONG // 2)), Repair("y = 1\n" * (LONG // 6))])
def test_what_is_far_too_long_is_refused_before_it_is_encoded(task: Instruct | Repair) -> None:
    meter, prompts = metered(BARE_STYLE)
    with pytest.raises(PromptTooLongError, match=rf"characters.*context {CONTEXT}"):
        prompts.build(task, 64)
    assert meter.chars == 0


def test_problems_count_to_what_is_repaired() -> None:
    meter, prompts = metered(BARE_STYLE)
    with pytest.raises(PromptTooLongError):
        prompts.build(Repair("x", ("a long line about a problem",) * 9000), 64)
    assert meter.chars == 0


@pytest.mark.parametrize("style", [BARE_STYLE, GENERAL_STYLE], ids=["bare", "general"])
@pytest.mark.parametrize("text", [LINE, "\n", "x", "x " * 99 + "\n", "é", "# fact\n"], ids=ascii)
def test_no_more_is_encoded_than_a_multiple_of_the_context(style: PromptStyle, text: str) -> None:
    whole = text * (LONG // len(text))
    tasks = (
        Infill(whole, whole, whole),
        Infill(LINE, whole),
        Instruct("do it", whole, whole),
        Instruct("do it", whole, insert_at=LONG // 2),
        Repair("x = 1\n", ("it is wrong",), whole),
    )
    for task in tasks:
        meter, prompts = metered(style)
        prompts.build(task, 16)
        assert meter.chars <= 5 * TOKEN_CHARS_MAX * CONTEXT


@pytest.mark.parametrize("form", ["text", "chat"])
@pytest.mark.parametrize("text", [LINE, "\n", "x"], ids=ascii)
def test_upstream_prompts_are_built_as_soon(form: Form, text: str) -> None:
    whole = text * (LONG // len(text))
    for task in (Infill(whole, whole, whole), Instruct("do it", whole, whole)):
        meter, prompts = metered(GENERAL_STYLE)
        layout = KnownLayout(TOKENIZERS["mini"], CONTEXT, GENERAL_STYLE)
        layout.builder = prompts
        prompt = Writer(form, layout, SpecialTexts(None), CONTEXT).write(task, 16)
        assert prompt.is_cut
        assert meter.chars <= 5 * TOKEN_CHARS_MAX * CONTEXT
    unknown = Writer(form, UnknownLayout(CONTEXT), SpecialTexts(None), CONTEXT)
    with pytest.raises(PromptTooLongError, match="characters"):
        unknown.write(Instruct(whole + "x" * LONG), 16)


TASKS_WITH_FACTS = {
    "infill": lambda facts: Infill("x = ", "\n", facts),
    "instruct": lambda facts: Instruct("make a bell state", "x = 1", facts),
    "repair": lambda facts: Repair("x = (", ("a bracket is open",), facts),
}


@pytest.mark.parametrize("make", TASKS_WITH_FACTS.values(), ids=TASKS_WITH_FACTS)
def test_facts_take_a_quarter_at_most(make: Callable[[str], Task]) -> None:
    context = 1024
    prompts = builder("mini", context, general=True)
    line = "# quantum(program, api_key)\n"
    few = prompts.build(make(line * 5), 24)
    assert line * 5 in decoded("mini", few.ids)
    assert not few.is_cut
    lines = context // 4 // len(prompts.encode(line)) + 1
    many = prompts.build(make(line * lines), 24)
    assert many.is_cut
    assert many.ids == prompts.build(make(""), 24).ids


def rows(words: str) -> list[int]:
    return [int(word.split(" ")[0]) for word in words.split("row_")[1:]]


@pytest.mark.parametrize("at", [0, 1, 7, 150, 298, 299, 300])
@pytest.mark.parametrize("column", [0, 3])
def test_the_lines_around_the_place_of_the_answer_are_kept(at: int, column: int) -> None:
    context = "".join(f"row_{i} = {i}\n" for i in range(300))
    offset = len("".join(f"row_{i} = {i}\n" for i in range(at))) + (column if at < 300 else 0)
    task = Instruct("make a bell state", context, insert_at=offset)
    prompt = builder("mini", CONTEXT).build(task, 64)
    words = decoded("mini", prompt.ids[1:])
    kept = rows(words)
    assert prompt.is_cut
    assert kept == list(range(kept[0], kept[-1] + 1))
    assert len(kept) >= 10
    assert kept[0] <= max(at - 1, 0) and kept[-1] >= min(at, 299)
    if 100 < at < 200:
        assert at - kept[0] > kept[-1] - at


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_context_that_fits_stands_in_the_prompt_whole(kind: str) -> None:
    context = "\nimport os\r\n\r\nx = `1`\n```\n"
    words = "[INST] do it\nCode around it:\n```python\nimport os\n\nx = `1`\n` ` `\n```"
    for at in (None, *range(len(context) + 1)):
        prompt = builder(kind).build(Instruct("do it", context, insert_at=at), 64)
        assert decoded(kind, prompt.ids[1:]) == f"{words} [/INST]\n```python\n"
        assert not prompt.is_cut


@given(st.lists(st.text("ab()[INST/]`\r\n", max_size=30), max_size=40), st.data())
@settings(max_examples=100, deadline=None)
def test_a_cut_context_makes_no_mark(lines: list[str], data: st.DataObject) -> None:
    context = "\n".join(lines)
    at = data.draw(st.integers(0, len(context)))
    ids = builder("mini", CONTEXT).build(Instruct("do", context, insert_at=at), 128).ids
    words = decoded("mini", ids[1:])
    assert len(ids) <= CONTEXT - 128
    assert words.count("[INST]") == words.count("[/INST]") == 1
    assert words.count("```") in (1, 3)


@pytest.mark.parametrize("form", ["text", "chat"])
def test_upstreams_get_the_lines_around_the_place_too(form: Form) -> None:
    context = "".join(f"row_{i} = '</s>'\n" for i in range(300))
    task = Instruct("do it", context, insert_at=len(context) // 2)
    layout = KnownLayout(TOKENIZERS["mini"], 512, BARE_STYLE)
    prompt = Writer(form, layout, SpecialTexts(TOKENIZERS["mini"]), 512).write(task, 64)
    kept = rows(layout.text((0, *prompt.ids)))
    assert min(kept) < 140
    assert 152 < max(kept) < 200


def prompts_while_typing(prompts: PromptBuilder, task: Infill) -> Iterator[tuple[int, ...]]:
    for end in range(0, len(TYPED), 6):
        yield prompts.build(replace(task, prefix=task.prefix + TYPED[:end]), 96).ids


TYPING = {
    "suffix cut": Infill(LINE * 15, LINE * 400),
    "prefix cut": Infill(LINE * 400, LINE * 3),
    "both cut": Infill(LINE * 400, LINE * 400),
}


@pytest.mark.parametrize("task", TYPING.values(), ids=TYPING)
def test_typing_leaves_what_was_read_good(task: Infill) -> None:
    typed = list(prompts_while_typing(builder("mini", 1024), task))
    model = MemoryModel(TOKENIZERS["mini"].get_vocab_size(), rows_max=1, context_tokens_max=1024)
    batch = Batch(model, TOKENIZERS["mini"], frozenset())
    read = []
    for ids in typed:
        before = model.tokens_read
        batch.add(replace(builder("mini").build(task, 96), ids=ids), task, Sampling(1))
        while batch.step():
            pass
        read.append(model.tokens_read - before)
    grown = sum(max(len(b) - len(a), 0) for a, b in pairwise(typed))
    assert len(typed) >= 80
    assert sum(count > 100 for count in read[1:]) <= 3
    assert sum(read[1:]) <= grown + 5 * len(typed) + 3 * 1024


def test_a_hole_is_never_left_without_its_line() -> None:
    prompts = builder("mini", CONTEXT)
    for prefix in ("a" * LONG, LINE + "b = '" + "a " * LONG, LINE * 9000 + "x = ["):
        words = decoded("mini", prompts.build(Infill(prefix, LINE * 99), 16).ids)
        assert words.rstrip().endswith(prefix[-20:].rstrip())
