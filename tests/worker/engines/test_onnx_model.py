"""The ONNX model alone: each way to read and write tokens, against a plain forward in torch."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaForCausalLM

from bioql_lsp.training.graph import write_graphs
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import WEIGHTS_FILE, embedded_folder, read_folder
from bioql_lsp.worker.engines.model import Logits, Scores
from bioql_lsp.worker.engines.onnx_model import OnnxModel
from bioql_lsp.worker.engines.onnx_weights import (
    Precision,
    Shape,
)
from tests.worker.engines.conftest import CONTEXT_TOKENS_MAX, edit_config

Forward = Callable[[Sequence[int]], npt.NDArray[np.float32]]
RANDOM = np.random.default_rng(3)
FIRST, SECOND, THIRD = (RANDOM.integers(20, 300, count).tolist() for count in (60, 24, 9))
FP32_ERROR_MAX = 1e-4  # seen: 9e-6
INT8_ERROR_SHARE_MAX = 0.1  # mean error by the logits' standard deviation; seen: 0.049
INT8_WAYS_ERROR_MAX = 1e-4  # seen: 5e-6
FORBIDDEN = (0, 1)


def opened(
    folder: Path, precision: Precision = "fp32", threads: int | None = None, rows: int = 4
) -> OnnxModel:
    shape = Shape.of(json.loads((folder / "config.json").read_text()))
    return OnnxModel(folder, shape, FORBIDDEN, precision=precision, rows_max=rows, threads=threads)


@pytest.fixture(scope="module", params=[1, 2], ids=["one thread", "two threads"])
def model(request: pytest.FixtureRequest, tiny_folder: Path) -> OnnxModel:
    return opened(tiny_folder, threads=request.param)


@pytest.fixture(scope="module")
def forward(tiny_folder: Path) -> Forward:
    """Logits (tokens, vocabulary) of a text, by torch, with the same bf16 weights."""
    llama = LlamaForCausalLM.from_pretrained(tiny_folder, dtype=torch.float32).eval()

    def logits(tokens: Sequence[int]) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            result: npt.NDArray[np.float32] = llama(torch.tensor([list(tokens)])).logits[0].numpy()
        return result

    return logits


def logits_of(scores: Scores, place: int) -> Logits:
    found = scores.of(place)
    assert found is not None
    return found


def assert_near(found: Logits, expected: Logits, error_max: float) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=error_max)


def assert_scores(
    scores: Scores,
    expected: npt.NDArray[np.float32],
) -> None:
    """The same logits (places, vocabulary), but for the forbidden tokens, and the same best."""
    allowed = expected.copy()
    allowed[:, list(FORBIDDEN)] = -np.inf
    for place, row in enumerate(allowed):
        assert_near(logits_of(scores, place), row, FP32_ERROR_MAX)
    assert scores.best() == allowed.argmax(axis=1).tolist()


@pytest.mark.parametrize("scored", [1, 5, 30])
def test_reading_scores_the_last_places(model: OnnxModel, forward: Forward, scored: int) -> None:
    assert_scores(model.read(0, 0, FIRST[:30], scored), forward(FIRST[:30])[-scored:])


@pytest.mark.parametrize("cuts", [(30, 60), (1, 2, 60), (59, 60), (20, 23, 26, 60)])
def test_a_text_is_read_in_parts(model: OnnxModel, forward: Forward, cuts: tuple[int, ...]) -> None:
    expected = forward(FIRST)
    start = 0
    for end in cuts:
        scores = model.read(1, start, FIRST[start:end], end - start)
        assert_scores(scores, expected[start:end])
        start = end


def test_rows_of_different_lengths_are_written_side_by_side(
    model: OnnxModel, forward: Forward
) -> None:
    texts = (FIRST, SECOND, THIRD, FIRST[20:])
    lengths = [40, 3, 1, 17]
    for row, (text, length) in enumerate(zip(texts, lengths, strict=True)):
        model.read(row, 0, text[:length], 1)
    for _ in range(6):
        scores = model.step([t[n] for t, n in zip(texts, lengths, strict=True)], lengths)
        lengths = [length + 1 for length in lengths]
        expected = [forward(text[:n])[-1] for text, n in zip(texts, lengths, strict=True)]
        assert_scores(scores, np.stack(expected))
    one = model.step([FIRST[46]], [46])
    assert_scores(one, forward(FIRST[:47])[-1:])


def test_a_row_begins_beside_longer_ones(model: OnnxModel, forward: Forward) -> None:
    model.read(0, 0, FIRST[:40], 1)
    scores = model.step([FIRST[40], SECOND[0]], [40, 0])
    assert_scores(scores, np.stack([forward(FIRST[:41])[-1], forward(SECOND[:1])[-1]]))


def test_what_a_row_held_behind_is_forgotten(model: OnnxModel, forward: Forward) -> None:
    model.read(0, 0, FIRST, 1)
    other = [*FIRST[:25], *SECOND]
    assert_scores(model.read(0, 25, SECOND[:8], 8), forward(other[:33])[25:])
    assert_scores(model.step([other[33]], [33]), forward(other[:34])[-1:])


def test_the_context_can_be_filled(model: OnnxModel, forward: Forward) -> None:
    text = (FIRST * 5)[:CONTEXT_TOKENS_MAX]
    expected = forward(text)
    assert_scores(model.read(3, 0, text, 2), expected[-2:])
    model.read(0, 0, text[:-1], 1)
    assert_scores(model.step([text[-1]], [CONTEXT_TOKENS_MAX - 1]), expected[-1:])


def test_rows_change_places(model: OnnxModel, forward: Forward) -> None:
    model.read(0, 0, FIRST[:40], 1)
    model.read(2, 0, SECOND[:10], 1)
    model.swap(0, 2, 40)
    assert_scores(model.read(2, 40, FIRST[40:43], 3), forward(FIRST[:43])[40:])
    assert_scores(model.step([SECOND[10]], [10]), forward(SECOND[:11])[-1:])


def test_a_row_goes_on_from_a_copy(model: OnnxModel, forward: Forward) -> None:
    model.read(0, 0, FIRST[:40], 1)
    model.copy(0, 1, 30)
    other = [*FIRST[:30], *SECOND]
    scores = model.step([FIRST[40], SECOND[0]], [40, 30])
    assert_scores(scores, np.stack([forward(FIRST[:41])[-1], forward(other[:31])[-1]]))


def test_reading_leaves_other_rows_as_they_are(model: OnnxModel, forward: Forward) -> None:
    for row in range(4):
        model.read(row, 0, FIRST[:20], 1)
    model.read(1, 0, SECOND, 1)
    model.step([SECOND[0], SECOND[1]], [0, 24])
    for row in (2, 3):
        assert_scores(model.read(row, 20, FIRST[20:21], 1), forward(FIRST[:21])[-1:])


def untied(folder: Path, target: Path) -> Path:
    """A model whose head is a matrix of its own."""
    shutil.copytree(folder, target)
    tensors = load_file(target / WEIGHTS_FILE)
    tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"].flip(0).contiguous()
    save_file(tensors, target / WEIGHTS_FILE, metadata={"format": "pt"})
    edit_config(target, tie_word_embeddings=False)
    write_graphs(target)
    return target


def test_a_head_of_its_own_is_used(tiny_folder: Path, tmp_path: Path, forward: Forward) -> None:
    folder = untied(tiny_folder, tmp_path / "untied")
    flipped = forward(FIRST[:30])[-1:, ::-1].copy()
    assert_scores(opened(folder).read(0, 0, FIRST[:30], 1), flipped)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_ends_its_row_alone(
    tiny_folder: Path, tmp_path: Path, value: float
) -> None:
    folder = untied(tiny_folder, tmp_path / "untied")
    sound = opened(folder)
    tensors = load_file(folder / WEIGHTS_FILE)
    tensors["model.embed_tokens.weight"][5] = value
    save_file(tensors, folder / WEIGHTS_FILE)
    spoilt = opened(folder)
    for model in (sound, spoilt):
        for row, text in enumerate((FIRST, SECOND, THIRD)):
            model.read(row, 0, text[:8], 1)
    expected = sound.step([FIRST[8], 7, THIRD[8]], [8, 8, 8])
    scores = spoilt.step([FIRST[8], 5, THIRD[8]], [8, 8, 8])
    first, _, third = expected.best()
    assert scores.best() == [first, None, third]
    assert scores.of(1) is None
    for place in (0, 2):
        np.testing.assert_array_equal(logits_of(scores, place), logits_of(expected, place))
    assert spoilt.read(1, 0, SECOND[:9], 1).best() == sound.read(1, 0, SECOND[:9], 1).best()
    assert spoilt.read(3, 0, [6, 5, 6], 3).best()[1:] == [None, None]


def test_int8_refuses_weights_that_it_would_make_look_sound(poisoned_folder: Path) -> None:
    assert opened(poisoned_folder).read(0, 0, FIRST[:5], 1).best() == [None]
    with pytest.raises(ModelFormatError, match=r"NaN.*\(norm\)"):
        opened(poisoned_folder, "int8")


def test_int8_is_close_on_random_weights(tiny_folder: Path, forward: Forward) -> None:
    exact, model = forward(FIRST), opened(tiny_folder, "int8")
    read = model.read(0, 0, FIRST, len(FIRST))
    found = [logits_of(read, place) for place in range(len(FIRST))]
    allowed = slice(len(FORBIDDEN), None)
    errors = [np.abs(f[allowed] - e[allowed]).mean() for f, e in zip(found, exact, strict=True)]
    assert np.mean(errors) < INT8_ERROR_SHARE_MAX * exact.std()
    assert np.mean(errors) > FP32_ERROR_MAX  # it is int8 indeed


def test_int8_scores_a_step_a_read_and_a_crowd_alike(tiny_folder: Path) -> None:
    model = opened(tiny_folder, "int8")
    model.read(0, 0, FIRST[:30], 1)
    alone = [logits_of(model.step([FIRST[i]], [i]), 0) for i in range(30, 36)]
    together = model.read(1, 0, FIRST[:36], 6)
    model.read(2, 0, SECOND, 1)
    model.swap(0, 3, 36)
    for row in range(3):
        model.read(row, 0, SECOND[:20], 1)
    crowd = model.step([*SECOND[20:23], FIRST[35]], [20, 20, 20, 35])
    for place, scores in enumerate(alone):
        assert_near(logits_of(together, place), scores, INT8_WAYS_ERROR_MAX)
    assert_near(logits_of(crowd, 3), alone[-1], INT8_WAYS_ERROR_MAX)


def test_the_embedded_model_chooses_the_same_tokens_in_int8() -> None:
    """Along the model's own greedy answer; in 11,395 tokens of 200 examples 21 differed."""
    folder = embedded_folder()
    prompt = list(read_folder(folder).tokenizer.encode("# bell state\nresult = quantum(").ids)
    exact, model = opened(folder), opened(folder, "int8")
    best = exact.read(0, 0, prompt, 1).best()[0]
    answer: list[int] = []
    while len(answer) < 60:
        assert best is not None
        answer.append(best)
        best = exact.step([best], [len(prompt) + len(answer) - 1]).best()[0]
    scores = model.read(0, 0, prompt + answer[:-1], len(answer)).best()
    assert sum(a != b for a, b in zip(scores, answer, strict=True)) <= 1
