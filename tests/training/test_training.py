"""Tokenizer, packing, a short run that can be resumed, and what is exported of it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import LlamaForCausalLM

from bioql_lsp.training.corpus.examples import examples
from bioql_lsp.training.data import INFILL_CONTEXT_WEIGHT, Rows, encode_example
from bioql_lsp.training.dropout import add_dropout
from bioql_lsp.training.evaluate.buffers import answer_of
from bioql_lsp.training.export import export
from bioql_lsp.training.idioms import OF_PROMPTS_AND_RUNS, idioms
from bioql_lsp.training.plan import Plan, make_config
from bioql_lsp.training.tokenizer import SPECIAL_TOKENS, save_tokenizer, train_tokenizer
from bioql_lsp.training.train import Trainer
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.engines.registry import create_local
from bioql_lsp.worker.prompts import BRIEF_STYLE, PromptBuilder

TOKENIZER = train_tokenizer(count=400)
BUILDER = PromptBuilder(TOKENIZER, 1024, BRIEF_STYLE)
PLAN = Plan(minutes=0.002, hidden=32, layers=1, heads=2, intermediate=48, rows=2, columns=256,
            threads=1, compile=False, guessed=300, dropout=0.1)  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_every_text_survives_the_tokenizer(text: str) -> None:
    assert TOKENIZER.decode(BUILDER.encode(text)) == text


@pytest.mark.parametrize("literal", ["1024", "GATACCATGATCACGAAGGT", "5IKT"])
def test_a_literal_is_spelt_the_same_in_a_request_and_in_code(literal: str) -> None:
    inside = BUILDER.encode(literal)
    for before, after in ((" ", " "), ('"', '"'), ("=", ","), ("(", ")")):
        ids = BUILDER.encode(f"x{before}{literal}{after}y")
        assert any(ids[i : i + len(inside)] == inside for i in range(len(ids)))


def test_special_tokens_come_first_and_have_codellamas_names() -> None:
    ids = [TOKENIZER.token_to_id(token) for token in SPECIAL_TOKENS]
    assert ids == list(range(len(SPECIAL_TOKENS)))


def test_only_answers_count_fully_and_holes_teach_their_context_a_little() -> None:
    for example in islice(examples(9), 100):
        ids, weights = encode_example(BUILDER, example)
        prompt = BUILDER.build(example.task, 0).ids
        expected = INFILL_CONTEXT_WEIGHT if isinstance(example.task, Infill) else 0.0
        assert len(ids) == len(weights)
        assert set(weights[1 : len(prompt)]) == {expected}
        assert set(weights[len(prompt) :]) == {1.0}


def test_rows_hold_whole_examples_and_count_nothing_behind_them() -> None:
    batch = Rows(BUILDER, examples(5)).batch(6, 256)
    assert batch.tokens.shape == (6, 257)
    assert batch.weights.shape == (6, 256)
    for tokens, weights in zip(batch.tokens, batch.weights, strict=True):
        assert tokens[0] == BUILDER.bos_id
        starts = [i for i, token in enumerate(tokens) if token == BUILDER.bos_id]
        assert all(start == 0 or tokens[start - 1] in BUILDER.end_ids for start in starts)
        last = max(i for i, weight in enumerate(weights) if weight) + 1
        assert tokens[last] in BUILDER.end_ids
        assert set(tokens[last:]) <= BUILDER.end_ids


def test_an_example_that_is_longer_than_a_row_is_left_out() -> None:
    rows = Rows(BUILDER, examples(6))
    rows.batch(4, 64)
    assert rows.dropped > 0
    assert rows.batch(2, 512).tokens.shape == (2, 513)


def test_idioms_of_the_recipes_are_found_beside_those_of_prompts() -> None:
    assert set(OF_PROMPTS_AND_RUNS) < set(idioms())
    assert any("predict_adme_local(" in text for text in idioms())
    assert not any("<<" in text for text in idioms())


def test_what_programs_share_word_for_word_is_one_token_each() -> None:
    for idiom in idioms():
        assert len(BUILDER.encode(idiom)) == 1
        assert TOKENIZER.decode(BUILDER.encode(f"x = 1\n{idiom}")) == f"x = 1\n{idiom}"


def test_a_run_ends_in_time_goes_on_and_exports_a_model_that_answers(tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    save_tokenizer(TOKENIZER, run)
    first = Trainer(PLAN, run)
    first.run()
    assert first.steps >= 1
    second = Trainer(PLAN, run, resume=True)
    assert (second.steps, second.tokens) == (first.steps, first.tokens)
    assert json.loads((run / "training.json").read_text())["tokens"] == first.tokens
    sizes = export(run, out)
    graphs = {"model.onnx", "model.int8.onnx"}
    assert graphs | {"model.safetensors", "tokenizer.json", "config.json"} <= set(sizes)
    engine = create_local("onnx", str(out))
    engine.load(lambda share, word: None)
    _, tokens = answer_of(engine, Instruct("make a bell state"))
    assert tokens >= 1


def test_a_run_may_begin_with_weights_of_the_same_shape_alone(tmp_path: Path) -> None:
    save_tokenizer(TOKENIZER, tmp_path / "first")
    first = Trainer(PLAN, tmp_path / "first")
    first.run()
    second = Trainer(PLAN, tmp_path / "second", begin=tmp_path / "first")
    for name, value in second.model.state_dict().items():
        assert torch.equal(value, first.model.state_dict()[name])
    assert (second.steps, second.tokens) == (0, 0)
    with pytest.raises(ValueError, match="another shape"):
        Trainer(replace(PLAN, layers=2), tmp_path / "third", begin=tmp_path / "first")


def test_dropout_acts_in_training_alone() -> None:
    model = LlamaForCausalLM(make_config(PLAN, TOKENIZER.get_vocab_size(), BUILDER))
    add_dropout(model, 0.5)
    ids = torch.tensor([BUILDER.encode("make a bell state")])
    with torch.no_grad():
        model.eval()
        assert torch.equal(model(ids).logits, model(ids).logits)
        model.train()
        assert not torch.equal(model(ids).logits, model(ids).logits)
