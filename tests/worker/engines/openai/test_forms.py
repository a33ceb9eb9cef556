"""Prompts for upstreams: each form says the same, fits, and keeps text of users text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from bioql_lsp.worker.engines.base import Infill, Instruct, PromptTooLongError, Repair, Task
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.openai.forms import (
    Form,
    KnownLayout,
    Layout,
    TextPrompt,
    UnknownLayout,
    Writer,
)
from bioql_lsp.worker.engines.openai.text import SpecialTexts, TextUnits
from bioql_lsp.worker.engines.openai.way import ForeignTokenizer
from bioql_lsp.worker.prompts import BARE_STYLE, BOS, GENERAL_STYLE, PromptStyle
from tests.worker.engines.test_prompts import HOSTILE, TOKENIZERS, codellama_like, hostile_text

CONTEXT = 600
MARKS = (
    *("<s>", "</s>", "<unk>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<PRE>", "<EOT>"),
    *("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|fim_middle|>", "<｜end｜>"),
    *("<fim_prefix>", "<file_sep>", "<start_of_turn>", "<tool_call>", "</think>", "<FILL_ME>"),
)
LONG = "".join(f"value_{i} = {i}\n" for i in range(400))


def written(
    form: Form, task: Task, kind: str = "mini", style: PromptStyle = BARE_STYLE, room: int = 64
) -> TextPrompt:
    prompt = writer(form, kind, style).write(task, room)
    assert isinstance(prompt, TextPrompt)
    return prompt


def writer(form: Form, kind: str = "mini", style: PromptStyle = BARE_STYLE) -> Writer:
    layout: Layout = UnknownLayout(CONTEXT)
    if kind != "unknown":
        layout = KnownLayout(TOKENIZERS[kind], CONTEXT, style)
    return Writer(form, layout, SpecialTexts(TOKENIZERS.get(kind)), CONTEXT)


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_text_spells_the_infill_marks_and_nothing_else(kind: str) -> None:
    task = Infill("x = 1\ny", " + 2\n")
    assert written("text", task, kind).text == "▁<PRE>▁<SUF> + 2\n▁<MID>x = 1\ny"
    general = written("text", task, kind, GENERAL_STYLE)
    assert general.text == "▁<PRE>x = 1\ny▁<SUF> + 2\n▁<MID>"
    request = written("text", Instruct("dock it"), kind)
    assert request.text == "[INST] dock it [/INST]\n```python\n"


def test_a_mark_that_the_upstream_does_not_add_is_spelt() -> None:
    layout = KnownLayout(TOKENIZERS["mini"], CONTEXT, BARE_STYLE)
    prompt = Writer("text", layout, SpecialTexts(None), CONTEXT, BOS).write(Instruct("dock it"), 9)
    assert isinstance(prompt, TextPrompt)
    assert prompt.text == "<s>[INST] dock it [/INST]\n```python\n"


def test_tokens_are_those_of_our_own_engines() -> None:
    task = Infill("x = 1\ny", " + 2\n")
    layout = KnownLayout(TOKENIZERS["mini"], CONTEXT, BARE_STYLE)
    prompt = Writer("tokens", layout, SpecialTexts(None), CONTEXT).write(task, 9)
    assert prompt == layout.builder.build(task, 9)


@pytest.mark.parametrize("kind", [*TOKENIZERS, "unknown"])
def test_a_chat_message_says_the_request_without_a_layout(kind: str) -> None:
    message = written("chat", Instruct("dock it", "x = 1"), kind).text
    assert "dock it" in message and "x = 1" in message and "[INST]" not in message
    assert message.endswith("```python block and nothing else.")
    repair = written("chat", Repair("x = (\n", ("a bracket is open",)), kind).text
    assert "- a bracket is open\n```python\nx = (\n```" in repair
    hole = written("chat", Infill("x = ", "\ny = 2"), kind).text
    assert "```python\nx = <HOLE>\ny = 2\n```" in hole


def test_an_unknown_model_continues_the_text_before_the_hole() -> None:
    prompt = written("text", Infill("x = ", "\ny = 2", "# a fact"), "unknown")
    assert prompt.text == "# a fact\nx = "
    assert not prompt.is_cut


@pytest.mark.parametrize("kind", [*TOKENIZERS, "unknown"])
@pytest.mark.parametrize("form", ["text", "chat"])
def test_what_does_not_fit_is_cut_at_line_borders_and_told(form: Form, kind: str) -> None:
    prompt = written(form, Infill(LONG + "total = ", "\n" + LONG), kind)
    assert prompt.is_cut
    assert len(prompt.ids) <= CONTEXT - 64
    assert "value_399 = 399\ntotal = " in prompt.text
    lines = [line for line in prompt.text.split("\n") if line.startswith("value_")]
    assert set(lines) <= set(LONG.split("\n"))
    assert len(lines) > 10
    assert not written(form, Infill("x = ", ""), kind).is_cut


@pytest.mark.parametrize("form", ["text", "chat"])
def test_a_line_that_is_too_long_is_cut_anywhere(form: Form) -> None:
    prompt = written(form, Infill("😀" * 4000, ""), "unknown")
    assert prompt.is_cut
    assert len(prompt.ids) <= CONTEXT - 64
    assert "😀😀" in prompt.text


@pytest.mark.parametrize("kind", [*TOKENIZERS, "unknown"])
@pytest.mark.parametrize("form", ["text", "chat"])
def test_a_request_that_does_not_fit_is_refused(form: Form, kind: str) -> None:
    with pytest.raises(PromptTooLongError):
        writer(form, kind).write(Instruct("dock it " * 600), 64)


def test_a_context_without_room_is_refused() -> None:
    for form in ("text", "chat"):
        tight = Writer(form, UnknownLayout(24), SpecialTexts(None), 24)
        with pytest.raises(PromptTooLongError):
            tight.write(Infill("x = ", ""), 64)


def special_ids(kind: str, text: str) -> list[int]:
    """What a server's tokenizer reads as special tokens in a text."""
    server = Tokenizer.from_str(TOKENIZERS[kind].to_str())
    server.encode_special_tokens = False
    special = {i for i, token in server.get_added_tokens_decoder().items() if token.special}
    return [i for i in server.encode(text, add_special_tokens=False).ids if i in special]


@pytest.mark.parametrize("kind", TOKENIZERS)
@given(text=hostile_text)
@settings(max_examples=60, deadline=None)
def test_text_of_users_never_becomes_a_special_token(kind: str, text: str) -> None:
    token = TOKENIZERS[kind].token_to_id
    hole = [token("▁<PRE>"), token("▁<SUF>"), token("▁<MID>")]
    assert special_ids(kind, written("text", Infill(text, text, text), kind).text) == hole
    for task in (Instruct(text, text, text), Repair(text, (text,), text)):
        for form in ("text", "chat"):
            prompt = written(form, task, kind)
            assert special_ids(kind, prompt.text) == []
    assert special_ids(kind, written("chat", Infill(text, text, text), kind).text) == []


@given(st.lists(st.sampled_from((*HOSTILE, *MARKS, "<", "|", ">", "[", "s")), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_mark_is_left_in_text(parts: list[str]) -> None:
    special = SpecialTexts(None)
    apart = special.apart("".join(parts))
    assert not any(mark in apart for mark in MARKS)
    assert special.apart(apart) == apart


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_keeps_its_characters(mark: str) -> None:
    assert SpecialTexts(None).apart(f"a{mark}b") == f"a{mark[0]} {mark[1:]}b"


def test_full_width_letters_spell_no_mark() -> None:
    assert "<" not in SpecialTexts(None).apart("＜ｓ＞").replace("< ", "")
    assert SpecialTexts(None).apart("ｘ = '＜'") == "ｘ = '＜'"


def test_ordinary_code_stays_as_it_is() -> None:
    code = Path(__file__).read_text(encoding="utf-8").partition("MARKS = ")[0]
    code += "if a < b and c[i] <= d[prefix] | e > f: print('</div>', x[-1])\n"
    assert SpecialTexts(TOKENIZERS["mini"]).apart(code) == code


def test_own_tokens_of_a_tokenizer_are_marks_but_words_are_not() -> None:
    tokenizer = Tokenizer(models.BPE(vocab={"a": 0}, merges=[]))
    tokenizer.add_special_tokens([AddedToken("@@stop@@", special=True)])
    tokenizer.add_tokens(["quantum", "    ", "<own>"])
    special = SpecialTexts(tokenizer)
    assert special.apart("a @@stop@@ <own>") == "a @ @stop@@ < own>"
    assert special.apart("quantum(    x)") == "quantum(    x)"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_units_hold_the_text(text: str) -> None:
    units = TextUnits()
    encoding = units.encode(text)
    assert units.decode(encoding.ids) == text
    assert all(i > 0 for i in encoding.ids)
    assert len(encoding.ids) == len(encoding.tokens)


def test_units_are_more_than_the_tokens_of_code() -> None:
    tokenizer = Tokenizer.from_file(str(embedded_folder() / "tokenizer.json"))
    request = written("text", Repair('r = quantum("Bell state", shots=100)\n' * 8, ()), "unknown")
    assert len(request.ids) > len(tokenizer.encode(request.text).ids)


def test_a_tokenizer_of_another_kind_counts_but_lays_nothing_out(tmp_path: Path) -> None:
    other = Tokenizer(models.BPE(vocab={"a": 0, "b": 1}, merges=[]))
    other.pre_tokenizer = pre_tokenizers.Whitespace()
    other.save(str(tmp_path / "tokenizer.json"))
    known = ForeignTokenizer.read(tmp_path)
    assert known.count("ab ba") == 4
    assert known.layout(CONTEXT) is None
    assert known.context_tokens_max is None


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_tokenizer_that_drops_a_first_space_is_known(kind: str) -> None:
    layout = KnownLayout(TOKENIZERS[kind], CONTEXT, BARE_STYLE)
    assert layout.drops_first_space == (kind == "codellama")


def test_codellama_text_comes_back_as_it_was_written() -> None:
    layout = KnownLayout(codellama_like(), CONTEXT, GENERAL_STYLE)
    prompt = layout.builder.build(Infill("  x = 1", "  # é"), 16)
    assert layout.text(prompt.ids) == "▁<PRE>  x = 1▁<SUF>  # é▁<MID>"
