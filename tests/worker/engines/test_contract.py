"""What every engine does, seen from outside; it runs on each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bioql_lsp.worker.engines.base import (
    Engine,
    EngineNotReadyError,
    Infill,
    Instruct,
    ModelFormatError,
    NonFiniteLogitsError,
    Piece,
    PromptTooLongError,
    Repair,
    Sampling,
    Task,
)
from bioql_lsp.worker.engines.registry import ENGINE_NAMES, create
from tests.worker.engines.conftest import CONTEXT_TOKENS_MAX, edit_config, loaded

TASKS: tuple[Task, ...] = (
    Instruct("make a bell state on ibm torino"),
    Instruct("dock aspirin", context="import os\n\nx = 1\n"),
    Infill("from bioql import quantum\n\nresult = quantum(", ")\nprint(result.counts)\n"),
    Infill("# 😀 naïve\nx = ", ""),
    Repair('quantum("Create a Bell state")\n', ("api_key is missing",)),
)


def never() -> bool:
    return False


def run(
    engine: Engine, task: Task, sampling: Sampling, is_cancelled: Callable[[], bool] = never
) -> list[Piece]:
    prompt = engine.prompt_tokens(task, sampling.max_new_tokens)
    return list(engine.generate(prompt, task, sampling, is_cancelled))


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("task", TASKS)
def test_only_the_last_piece_has_a_finish_and_tokens_count_up(engine: Engine, task: Task) -> None:
    pieces = run(engine, task, Sampling(24))
    assert [piece.finish for piece in pieces[:-1]] == [None] * (len(pieces) - 1)
    assert pieces[-1].finish in {"stop", "length"}
    assert [piece.completion_tokens for piece in pieces] == list(range(1, len(pieces) + 1))


def test_the_limit_of_new_tokens_ends_the_answer_with_length(engine: Engine) -> None:
    pieces = run(engine, TASKS[0], Sampling(3, temperature=2.0, seed=5))
    assert (pieces[-1].completion_tokens, pieces[-1].finish) == (3, "length")


def test_greedy_is_the_same_every_time(engine: Engine) -> None:
    assert run(engine, TASKS[0], Sampling(20)) == run(engine, TASKS[0], Sampling(20))


def test_a_seed_makes_a_warm_answer_repeatable(engine: Engine) -> None:
    first = run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=11))
    assert first == run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=11))
    others = {text(run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=s))) for s in range(4)}
    assert len(others) > 1


@pytest.mark.parametrize("task", TASKS)
def test_engines_agree_token_by_token(tiny_folder: Path, engine: Engine, task: Task) -> None:
    other = loaded(next(name for name in ENGINE_NAMES if name != engine.name), tiny_folder)
    assert engine.prompt_tokens(task, 40) == other.prompt_tokens(task, 40)
    assert run(engine, task, Sampling(40)) == run(other, task, Sampling(40))


def test_what_ran_before_does_not_change_an_answer(tiny_folder: Path, engine: Engine) -> None:
    fresh = run(loaded(engine.name, tiny_folder), TASKS[2], Sampling(30))
    for task in TASKS:
        run(engine, task, Sampling(8))
    run(engine, Infill("from bioql import quantum\n\nresult = qu", ""), Sampling(8))
    assert run(engine, TASKS[2], Sampling(30)) == fresh


def test_cancelling_stops_before_the_next_token(engine: Engine) -> None:
    seen: list[Piece] = []
    task, sampling = TASKS[0], Sampling(50, temperature=1.5, seed=3)
    prompt = engine.prompt_tokens(task, 50)
    pieces = engine.generate(prompt, task, sampling, lambda: len(seen) >= 2)
    seen.append(next(pieces))
    seen.append(next(pieces))
    seen.extend(pieces)
    assert (seen[-1].finish, seen[-1].completion_tokens) == ("cancelled", 2)


def test_a_request_cancelled_at_once_computes_nothing(engine: Engine) -> None:
    assert run(engine, TASKS[0], Sampling(50), lambda: True) == [Piece("", 0, "cancelled")]


def test_an_engine_serves_on_after_an_iterator_was_closed(engine: Engine) -> None:
    expected = run(engine, TASKS[0], Sampling(20))
    iterator = engine.generate(engine.prompt_tokens(TASKS[3], 20), TASKS[3], Sampling(20), never)
    next(iter(iterator))
    iterator.close()  # type: ignore[attr-defined]
    assert run(engine, TASKS[0], Sampling(20)) == expected


def test_the_context_is_never_exceeded(engine: Engine) -> None:
    prompt = engine.prompt_tokens(TASKS[0], 1) * 20
    prompt = prompt[: CONTEXT_TOKENS_MAX - 5]
    pieces = list(engine.generate(prompt, TASKS[0], Sampling(50, 1.0, 1), never))
    assert pieces[-1].completion_tokens <= 5


def test_a_request_that_does_not_fit_is_refused(engine: Engine) -> None:
    with pytest.raises(PromptTooLongError, match="context 256"):
        engine.prompt_tokens(Instruct("dock " * 400), 16)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_using_an_engine_before_it_is_loaded_is_an_error(name: str, tiny_folder: Path) -> None:
    with pytest.raises(EngineNotReadyError):
        create(name, str(tiny_folder)).prompt_tokens(TASKS[0], 5)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_loading_reports_progress_up_to_one(name: str, tiny_folder: Path) -> None:
    reports: list[tuple[float, str]] = []
    engine = create(name, str(tiny_folder))
    engine.load(lambda share, word: reports.append((share, word)))
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert engine.model == "tiny"
    assert engine.revision
    assert engine.context_tokens_max == CONTEXT_TOKENS_MAX


@pytest.mark.parametrize("name", ENGINE_NAMES)
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_values_that_are_no_numbers_raise(
    name: str, temperature: float, poisoned_folder: Path
) -> None:
    engine = loaded(name, poisoned_folder)
    with pytest.raises(NonFiniteLogitsError):
        run(engine, TASKS[0], Sampling(5, temperature, 1))


@pytest.mark.parametrize("name", ENGINE_NAMES)
@pytest.mark.parametrize(
    ("changes", "message"),
    [({"model_type": "gpt2"}, "gpt2"), ({"auto_map": {"AutoModel": "x.Y"}}, "code of its own")],
)
def test_models_of_another_kind_are_refused(
    name: str, changes: dict[str, object], message: str, edited_folder: Path
) -> None:
    edit_config(edited_folder, **changes)
    with pytest.raises(ModelFormatError, match=message):
        loaded(name, edited_folder)


@pytest.mark.parametrize("name", ENGINE_NAMES)
@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_without_one_of_its_files_is_refused(
    name: str, file: str, edited_folder: Path
) -> None:
    (edited_folder / file).unlink()
    with pytest.raises(ModelFormatError):
        loaded(name, edited_folder)


def test_pickled_weights_are_never_loaded(edited_folder: Path) -> None:
    (edited_folder / "model.safetensors").rename(edited_folder / "pytorch_model.bin")
    with pytest.raises(ModelFormatError, match="safetensors"):
        loaded("transformers", edited_folder)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_a_path_that_does_not_exist_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        loaded(name, tmp_path / "nowhere")
