"""The model that ships: small, the same on both engines, and able to do the handful it must."""

from __future__ import annotations

import json

import pytest

from bioql_lsp.training.evaluate import FIXED, Ask, answer_of, is_valid
from bioql_lsp.training.export import BYTES_MAX
from bioql_lsp.training.graph import GRAPH_FILE, build_graph
from bioql_lsp.worker.engines.base import Engine, Infill, Instruct, Sampling
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.registry import ENGINE_NAMES, create

MUST: dict[str, tuple[str, ...]] = {
    "make a bell state on ibm torino": ("quantum(", '"Create a Bell state"', '"ibm_torino"'),
    "dock aspirin to COX-2 with 200 shots": ("CC(=O)Oc1ccccc1C(=O)O", "5IKT", "shots=200"),
    "predict ADME of caffeine": ("predict_adme_local(", "CN1C=NC2=C1C(=O)N(C)C(=O)N2C"),
}


@pytest.fixture(scope="module")
def engines() -> dict[str, Engine]:
    engines = {name: create(name, None) for name in ENGINE_NAMES}
    for engine in engines.values():
        engine.load(lambda share, word: None)
    return engines


def test_it_ships_in_25_megabytes_with_the_weights_once() -> None:
    files = [
        path for path in embedded_folder().iterdir() if path.suffix != ".py" and path.is_file()
    ]
    assert sum(path.stat().st_size for path in files) <= BYTES_MAX
    assert (embedded_folder() / GRAPH_FILE).stat().st_size < 1_000_000


def test_the_graph_is_the_one_that_the_weights_give() -> None:
    folder = embedded_folder()
    assert (folder / GRAPH_FILE).read_bytes() == build_graph(folder).SerializeToString()


def test_how_it_was_trained_is_written_beside_it() -> None:
    summary = json.loads((embedded_folder() / "training.json").read_text())
    assert {"plan", "parameters", "tokens", "seconds", "validation_loss"} <= set(summary)


@pytest.mark.parametrize("ask", FIXED, ids=lambda ask: type(ask.task).__name__)
def test_engines_agree_on_it_token_by_token(engines: dict[str, Engine], ask: Ask) -> None:
    answers = []
    for engine in engines.values():
        prompt = engine.prompt_tokens(ask.task, 160)
        answers.append(list(engine.generate(prompt, ask.task, Sampling(160), lambda: False)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("request_text", MUST)
def test_it_does_what_it_must(engines: dict[str, Engine], request_text: str) -> None:
    task = Instruct(request_text)
    answer, _ = answer_of(engines["onnx"], task)
    assert is_valid(task, answer)
    assert all(need in answer for need in MUST[request_text])


def test_it_completes_inside_a_call(engines: dict[str, Engine]) -> None:
    task = Infill("import os\n\nfrom bioql import quantum\n\nresult = quantum(", ")\n")
    answer, _ = answer_of(engines["onnx"], task)
    assert is_valid(task, answer)
    assert "api_key=" in answer
