"""The model that ships: small, the same on both engines, and able to do the handful it must.

It runs in int8, as its folder says; the engines are compared in fp32.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from bioql_lsp.training.evaluate.buffers import answer_of, is_valid
from bioql_lsp.training.export import BYTES_MAX
from bioql_lsp.training.graph import build_graph
from bioql_lsp.worker.engines.base import Infill, Instruct, LocalEngine, Sampling, Task
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.onnx_model import graph_file
from bioql_lsp.worker.engines.onnx_weights import PRECISIONS, Precision
from bioql_lsp.worker.engines.registry import LOCAL_ENGINE_NAMES, EngineOptions, create_local
from bioql_lsp.worker.engines.single import generate
from bioql_lsp.worker.facts import with_all_facts
from bioql_lsp.worker.standins import has_standin


@dataclass(frozen=True, slots=True)
class Ask:
    """A fixed request and what its answer must hold."""

    task: Task
    needs: tuple[str, ...]


_RUN = "import os\n\nfrom bioql import quantum\n\n"
FIXED: tuple[Ask, ...] = (
    Ask(Instruct("make a bell state on ibm torino"), ("quantum(", "ibm_torino", "Bell")),
    Ask(
        Instruct("dock aspirin to COX-2 with 200 shots"),
        ("CC(=O)Oc1ccccc1C(=O)O", "5IKT", "shots=200"),
    ),
    Ask(
        Instruct("predict ADME of caffeine"),
        ("predict_adme_local(", "CN1C=NC2=C1C(=O)N(C)C(=O)N2C"),
    ),
    Ask(Instruct("is nicotine toxic?"), ("predict_toxicity_local(", "CN1CCCC1c1cccnc1")),
    Ask(
        Instruct("put 5 qubits into superposition, ionq, 300 shots"),
        ("5 qubits", "ionq_qpu", "shots=300"),
    ),
    Ask(Instruct("simulate a bell state on my laptop without a key"), ("AerSimulator", "Bell")),
    Ask(
        Instruct("rank the guides GATACCATGATCACGAAGGT and ATCGAAGTCGCTAGCTAAGG"),
        ("rank_guides_batch(", "GATACCATGATCACGAAGGT", "ATCGAAGTCGCTAGCTAAGG"),
    ),
    Ask(
        Instruct("how many gates does a 6 qubit 3 layer VQE need"),
        ("VQECircuit", "num_qubits=6", "num_layers=3"),
    ),
    Ask(
        Instruct("ghz state with 4 qubits on ibm brisbane"),
        ("cnot 2 3. measure qubit 0", "ibm_brisbane"),
    ),
    Ask(Instruct("benchmark H2"), ("run_benchmark(", '"H2"')),
    Ask(Infill(_RUN + "result = quantum(", ")\nprint(result.counts)\n"), ("api_key=", "backend=")),
    Ask(Infill(_RUN + 'result = quantum("Create a Bell state", ', ")\n"), ("api_key=", "backend=")),
    Ask(
        Infill(_RUN + "# bell state on ibm brisbane with 50 shots\nresult = quantum(\n"),
        ("Bell", "ibm_brisbane"),
    ),
    Ask(
        Infill(
            _RUN + 'result = quantum(\n    "Create a Bell st',
            '",\n    api_key=os.environ["BIOQL_API_KEY"],\n'
            '    backend="ibm_torino",\n    shots=100,\n)\n',
        ),
        ("ate",),
    ),
    Ask(
        Infill(
            'from bioql import predict_adme_local\n\n# caffeine\nadme = predict_adme_local("',
            '")\n',
        ),
        ("CN1C=NC2=C1C(=O)N(C)C(=O)N2C",),
    ),
)
MUST: dict[str, tuple[str, ...]] = {
    "make a bell state on ibm torino": ("quantum(", '"Create a Bell state"', '"ibm_torino"'),
    "dock aspirin to COX-2 with 200 shots": ("CC(=O)Oc1ccccc1C(=O)O", "5IKT", "shots=200"),
    "predict ADME of caffeine": ("predict_adme_local(", "CN1C=NC2=C1C(=O)N(C)C(=O)N2C"),
}


def loaded(name: str, precision: str) -> LocalEngine:
    engine = create_local(name, None, EngineOptions(precision=precision))
    engine.load(lambda share, word: None)
    return engine


@pytest.fixture(scope="module")
def shipped() -> LocalEngine:
    return loaded("onnx", "auto")


@pytest.fixture(scope="module")
def in_fp32() -> list[LocalEngine]:
    return [loaded(name, "fp32") for name in LOCAL_ENGINE_NAMES]


def test_it_ships_in_25_megabytes_with_the_weights_once() -> None:
    files = [
        path for path in embedded_folder().iterdir() if path.suffix != ".py" and path.is_file()
    ]
    assert sum(path.stat().st_size for path in files) <= BYTES_MAX
    for precision in PRECISIONS:
        assert (embedded_folder() / graph_file(precision)).stat().st_size < 100_000


@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_graph_is_the_one_that_the_weights_give(precision: Precision) -> None:
    folder = embedded_folder()
    written = (folder / graph_file(precision)).read_bytes()
    assert written == build_graph(folder, precision).SerializeToString()


def test_how_it_was_trained_is_written_beside_it() -> None:
    summary = json.loads((embedded_folder() / "training.json").read_text())
    assert {"plan", "parameters", "tokens", "seconds", "validation_loss"} <= set(summary)


@pytest.mark.parametrize("ask", FIXED, ids=lambda ask: type(ask.task).__name__)
def test_engines_agree_on_it_token_by_token(in_fp32: list[LocalEngine], ask: Ask) -> None:
    """Engines may guess tokens ahead, so the pieces can differ where the tokens do not."""
    answers = []
    for engine in in_fp32:
        pieces = list(generate(engine, with_all_facts(ask.task, engine.facts_kind), Sampling(160)))
        text = "".join(piece.text for piece in pieces)
        assert not has_standin(text)
        answers.append((text, pieces[-1].completion_tokens, pieces[-1].finish))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("request_text", MUST)
def test_it_does_what_it_must(shipped: LocalEngine, request_text: str) -> None:
    task = with_all_facts(Instruct(request_text), shipped.facts_kind)
    answer, _ = answer_of(shipped, task)
    assert is_valid(task, answer)
    assert all(need in answer for need in MUST[request_text])


def test_it_completes_inside_a_call(shipped: LocalEngine) -> None:
    task = Infill("import os\n\nfrom bioql import quantum\n\nresult = quantum(", ")\n")
    answer, _ = answer_of(shipped, task)
    assert is_valid(task, answer)
    assert "api_key=" in answer
