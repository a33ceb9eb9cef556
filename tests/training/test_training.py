"""Tokenizer, packing, a short run that can be resumed, and what is exported of it."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.training.corpus import examples
from bioql_lsp.training.data import batches, encode_example
from bioql_lsp.training.evaluate import evaluate
from bioql_lsp.training.export import export
from bioql_lsp.training.tokenizer import SPECIAL_TOKENS, save_tokenizer, train_tokenizer
from bioql_lsp.training.train import Plan, Trainer
from bioql_lsp.worker.engines.base import Infill
from bioql_lsp.worker.engines.registry import create
from bioql_lsp.worker.prompts import BARE_STYLE, PromptBuilder

TOKENIZER = train_tokenizer(count=400)
BUILDER = PromptBuilder(TOKENIZER, 1024, BARE_STYLE)
PLAN = Plan(minutes=0.002, hidden=32, layers=1, heads=2, intermediate=48, rows=2, columns=64,
            threads=1, compile=False)  # fmt: skip


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
        prompt = BUILDER.build(example.task, 0)
        expected = 0.2 if isinstance(example.task, Infill) else 0.0
        assert len(ids) == len(weights)
        assert set(weights[1 : len(prompt)]) == {expected}
        assert set(weights[len(prompt) :]) == {1.0}


def test_packed_batches_follow_each_other_without_a_gap() -> None:
    stream, whole = batches(BUILDER, 5), batches(BUILDER, 5)
    first, second = stream.next(2, 16), stream.next(1, 32)
    both = whole.next(1, 64)
    tokens = [*first.tokens[0][:-1], *first.tokens[1][:-1], *second.tokens[0]]
    assert tokens == list(both.tokens[0])
    weights = np.concatenate([first.weights.ravel(), second.weights.ravel()])
    assert list(weights) == list(both.weights[0])


def test_a_run_ends_in_time_goes_on_and_exports_a_model_that_answers(tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    save_tokenizer(TOKENIZER, run)
    first = Trainer(PLAN, run, resume=False)
    first.run()
    assert first.steps >= 1
    second = Trainer(PLAN, run, resume=True)
    assert (second.steps, second.tokens) == (first.steps, first.tokens)
    assert json.loads((run / "training.json").read_text())["tokens"] == first.tokens
    sizes = export(run, out)
    assert {"model.safetensors", "model.onnx", "tokenizer.json", "config.json"} <= set(sizes)
    engine = create("onnx", str(out))
    engine.load(lambda share, word: None)
    report = evaluate(engine, count=3)
    assert report["fixed_right"] == 0
