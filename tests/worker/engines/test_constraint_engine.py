"""The embedded model under its grammar: whatever it answers, it names only what there is."""

from __future__ import annotations

import pytest

from bioql_lsp.worker.engines.base import Infill, Instruct, LocalEngine, Sampling, Task
from bioql_lsp.worker.engines.constraint_names import Names, imports_in
from bioql_lsp.worker.engines.registry import EngineOptions, create_local
from bioql_lsp.worker.engines.single import generate

REQUESTS = (
    "predict the ADME profile of CC(=O)Oc1ccccc1C(=O)O",
    "run a bell state on torino with 200 shots",
    "rank the guides GTAGCTACAAGAAATTTTCC and TGGCAGAGTATCATTGAGCA",
)


@pytest.fixture(scope="module", params=[True, False], ids=["grammar", "free"])
def engine(request: pytest.FixtureRequest) -> LocalEngine:
    return loaded(is_constrained=request.param)


def loaded(*, is_constrained: bool) -> LocalEngine:
    engine = create_local("onnx", None, EngineOptions(is_constrained=is_constrained))
    engine.load(lambda _share, _word: None)
    return engine


def text_of(engine: LocalEngine, task: Task, sampling: Sampling) -> str:
    return "".join(piece.text for piece in generate(engine, task, sampling))


@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_imports_are_of_what_there_is(temperature: float) -> None:
    engine, importable = loaded(is_constrained=True), Names().importable
    for request in REQUESTS:
        text = text_of(engine, Instruct(request), Sampling(160, temperature, 3))
        for module, name, _ in imports_in(text[: text.rfind("\n") + 1]):
            assert not module.startswith("bioql") or name in importable[module]


def test_the_same_seed_gives_the_same_answer(engine: LocalEngine) -> None:
    sampling = Sampling(60, 1.0, 7)
    first = text_of(engine, Instruct(REQUESTS[0]), sampling)
    assert text_of(engine, Instruct(REQUESTS[0]), sampling) == first


def test_several_answers_at_once_are_those_of_each_alone(engine: LocalEngine) -> None:
    tasks: list[Task] = [*(Instruct(request) for request in REQUESTS), Infill("import os\n", "")]
    alone = [text_of(engine, task, Sampling(50)) for task in tasks]
    tickets = [engine.add(engine.prompt(t, 50), t, Sampling(50)) for t in tasks]
    texts = dict.fromkeys(tickets, "")
    running = set(tickets)
    while running:
        for progress in engine.step():
            assert progress.error is None
            if progress.piece is not None:
                texts[progress.ticket] += progress.piece.text
                if progress.piece.finish is not None:
                    running.discard(progress.ticket)
    assert [texts[ticket] for ticket in tickets] == alone
