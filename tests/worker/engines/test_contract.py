"""What every local engine does, seen from outside; it runs on each of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bioql_lsp.worker.engines.base import (
    EngineNotReadyError,
    Infill,
    Instruct,
    LocalEngine,
    ModelFormatError,
    NonFiniteLogitsError,
    Piece,
    Prompt,
    PromptTooLongError,
    Repair,
    Sampling,
    Task,
)
from bioql_lsp.worker.engines.registry import LOCAL_ENGINE_NAMES, create_local
from bioql_lsp.worker.engines.single import generate
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
    engine: LocalEngine, task: Task, sampling: Sampling, is_cancelled: Callable[[], bool] = never
) -> list[Piece]:
    return list(generate(engine, task, sampling, is_cancelled=is_cancelled))


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("task", TASKS)
def test_only_the_last_piece_has_a_finish_and_tokens_count_up(
    engine: LocalEngine, task: Task
) -> None:
    pieces = run(engine, task, Sampling(24))
    assert [piece.finish for piece in pieces[:-1]] == [None] * (len(pieces) - 1)
    assert pieces[-1].finish in {"stop", "length"}
    counts = [piece.completion_tokens for piece in pieces]
    assert counts == sorted(set(counts))
    assert 1 <= counts[-1] <= 24


def test_the_limit_of_new_tokens_ends_the_answer_with_length(engine: LocalEngine) -> None:
    pieces = run(engine, TASKS[0], Sampling(3, temperature=2.0, seed=5))
    assert (pieces[-1].completion_tokens, pieces[-1].finish) == (3, "length")


def test_greedy_is_the_same_every_time(engine: LocalEngine) -> None:
    assert run(engine, TASKS[0], Sampling(20)) == run(engine, TASKS[0], Sampling(20))


def test_a_seed_makes_a_warm_answer_repeatable(engine: LocalEngine) -> None:
    first = run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=11))
    assert first == run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=11))
    others = {text(run(engine, TASKS[0], Sampling(20, temperature=1.5, seed=s))) for s in range(4)}
    assert len(others) > 1


@pytest.mark.parametrize("task", TASKS)
def test_engines_agree_token_by_token(tiny_folder: Path, engine: LocalEngine, task: Task) -> None:
    other = loaded(next(name for name in LOCAL_ENGINE_NAMES if name != engine.name), tiny_folder)
    assert engine.prompt(task, 40) == other.prompt(task, 40)
    ours, theirs = run(engine, task, Sampling(40)), run(other, task, Sampling(40))
    assert text(ours) == text(theirs)
    assert (ours[-1].completion_tokens, ours[-1].finish) == (
        theirs[-1].completion_tokens,
        theirs[-1].finish,
    )


def test_what_ran_before_does_not_change_an_answer(tiny_folder: Path, engine: LocalEngine) -> None:
    fresh = run(loaded(engine.name, tiny_folder), TASKS[2], Sampling(30))
    for task in TASKS:
        run(engine, task, Sampling(8))
    run(engine, Infill("from bioql import quantum\n\nresult = qu", ""), Sampling(8))
    assert run(engine, TASKS[2], Sampling(30)) == fresh


def test_cancelling_stops_before_the_next_token(engine: LocalEngine) -> None:
    seen: list[Piece] = []
    sampling = Sampling(50, temperature=1.5, seed=3)

    def has_two() -> bool:
        return len(seen) >= 2

    for piece in generate(engine, TASKS[0], sampling, is_cancelled=has_two):
        seen += [piece]
    assert (len(seen), seen[-1].finish) == (2, None)
    assert engine.step() == []


def test_a_request_cancelled_at_once_computes_nothing(engine: LocalEngine) -> None:
    assert run(engine, TASKS[0], Sampling(50), lambda: True) == []


def test_an_engine_serves_on_after_an_iterator_was_closed(engine: LocalEngine) -> None:
    expected = run(engine, TASKS[0], Sampling(20))
    iterator = generate(engine, TASKS[3], Sampling(20))
    next(iter(iterator))
    iterator.close()  # type: ignore[attr-defined]
    assert run(engine, TASKS[0], Sampling(20)) == expected


def test_the_context_is_never_exceeded(engine: LocalEngine) -> None:
    ids = engine.prompt(TASKS[0], 1).ids * CONTEXT_TOKENS_MAX
    prompt = Prompt(ids[: CONTEXT_TOKENS_MAX - 5])
    pieces = list(generate(engine, TASKS[0], Sampling(50, 1.0, 1), prompt))
    assert pieces[-1].completion_tokens <= 5


@pytest.mark.parametrize("temperature", [0.0, 2.0])
def test_only_what_stands_for_something_is_written_by_stand_in(
    engine: LocalEngine, temperature: float
) -> None:
    """The random model writes each token now and then; ``CCO`` alone has a stand-in here."""
    written = ""
    for seed in range(12):
        task = Infill(f"# CCO, {seed}\nx = ", "")
        assert [name for name, _ in engine.prompt(task, 60).copies] == ["⟦M1⟧"]
        written += text(run(engine, task, Sampling(60, temperature, seed)))
    assert len(written) > 100
    assert "⟦" not in written


def test_a_request_that_does_not_fit_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(PromptTooLongError, match="context 256"):
        engine.prompt(Instruct("dock " * 400), 16)


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
def test_using_an_engine_before_it_is_loaded_is_an_error(name: str, tiny_folder: Path) -> None:
    with pytest.raises(EngineNotReadyError):
        create_local(name, str(tiny_folder)).prompt(TASKS[0], 5)


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
def test_loading_reports_progress_up_to_one(name: str, tiny_folder: Path) -> None:
    reports: list[tuple[float, str]] = []
    engine = create_local(name, str(tiny_folder))
    engine.load(lambda share, word: reports.append((share, word)))
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert engine.model == "tiny"
    assert engine.revision
    assert engine.context_tokens_max == CONTEXT_TOKENS_MAX


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_values_that_are_no_numbers_raise(
    name: str, temperature: float, poisoned_folder: Path
) -> None:
    engine = loaded(name, poisoned_folder)
    with pytest.raises(NonFiniteLogitsError):
        run(engine, TASKS[0], Sampling(5, temperature, 1))


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
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


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
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


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
def test_a_path_that_does_not_exist_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        loaded(name, tmp_path / "nowhere")


def together(
    engine: LocalEngine, tasks: list[Task], samplings: list[Sampling], order: random.Random
) -> list[str]:
    """What each task's answer says when they begin at odd moments and end as they like."""
    texts = [""] * len(tasks)
    waiting = list(range(len(tasks)))
    order.shuffle(waiting)
    running: dict[int, int] = {}
    while waiting or running:
        while waiting and len(running) < engine.rows_max and order.random() < 0.5:
            number = waiting.pop()
            prompt = engine.prompt(tasks[number], samplings[number].max_new_tokens)
            running[engine.add(prompt, tasks[number], samplings[number])] = number
        for progress in engine.step():
            assert progress.error is None
            if progress.piece is not None:
                texts[running[progress.ticket]] += progress.piece.text
                if progress.piece.finish is not None:
                    del running[progress.ticket]
    return texts


@pytest.mark.parametrize("seed", range(4))
def test_answers_written_together_are_those_written_alone(engine: LocalEngine, seed: int) -> None:
    order = random.Random(seed)
    tasks = [TASKS[order.randrange(len(TASKS))] for _ in range(12)]
    samplings = [
        Sampling(order.randrange(1, 40), order.choice([0.0, 0.0, 1.2]), seed=n)
        for n in range(len(tasks))
    ]
    alone = [text(run(engine, t, s)) for t, s in zip(tasks, samplings, strict=True)]
    assert together(engine, tasks, samplings, order) == alone


def test_removing_answers_leaves_the_others_alone(engine: LocalEngine) -> None:
    expected = [text(run(engine, task, Sampling(30))) for task in TASKS]
    tickets = {
        engine.add(engine.prompt(task, 30), task, Sampling(30)): n for n, task in enumerate(TASKS)
    }
    leaving = [ticket for ticket, number in tickets.items() if number in (0, 3)]
    texts = [""] * len(TASKS)
    for count in itertools.count():
        if count == 8:
            for ticket in leaving:
                engine.remove(ticket)
                engine.remove(ticket)
        done = engine.step()
        if not done:
            break
        for progress in done:
            if progress.piece is not None:
                texts[tickets[progress.ticket]] += progress.piece.text
    assert [texts[n] for n in (1, 2, 4)] == [expected[n] for n in (1, 2, 4)]
