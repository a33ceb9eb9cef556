"""How good a model is: fixed requests, and fresh examples of a seed that training never used.

    python -m bioql_lsp.training.evaluate --count 200 [--engine onnx] [--model FOLDER]

An answer counts as valid when ``verify`` accepts it as it is in its buffer, and as exact when it is
the corpus's own answer. Neither set is far from the training: the fresh examples come from the same
templates and tables, and the fixed requests were looked at while the shipped model was trained.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.training.corpus import Example, examples
from bioql_lsp.worker.engines.base import Engine, Infill, Instruct, Repair, Sampling, Task
from bioql_lsp.worker.engines.registry import create

HELD_OUT_SEED = 770_077
BIOQL_VERSION = "7.0.1"
ANSWER_TOKENS_MAX = 400


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


def answer_of(engine: Engine, task: Task) -> tuple[str, int]:
    """The greedy answer and its number of tokens."""
    prompt = engine.prompt_tokens(task, ANSWER_TOKENS_MAX)
    pieces = list(engine.generate(prompt, task, Sampling(ANSWER_TOKENS_MAX), lambda: False))
    return "".join(piece.text for piece in pieces), pieces[-1].completion_tokens


def buffer_of(task: Task) -> tuple[str, Span]:
    """The buffer that a task's answer goes into, and where."""
    if isinstance(task, Infill):
        return task.prefix + task.suffix, Span(len(task.prefix), len(task.prefix))
    if isinstance(task, Instruct):
        return task.context, Span(len(task.context), len(task.context))
    return task.code, Span(0, len(task.code))


def is_valid(task: Task, answer: str) -> bool:
    """Whether ``verify`` takes the answer as it is.

    A repaired part of a file may lack the file's imports, which ``verify`` then adds.
    """
    before, span = buffer_of(task)
    verdict = verify(before, span, answer, BIOQL_VERSION)
    return verdict.is_accepted and (isinstance(task, Repair) or not verdict.repaired)


def evaluate(engine: Engine, count: int) -> dict[str, object]:
    """Run the fixed requests and ``count`` held-out examples."""
    fixed = []
    for ask in FIXED:
        answer, _ = answer_of(engine, ask.task)
        is_right = is_valid(ask.task, answer) and all(need in answer for need in ask.needs)
        fixed.append({"task": _label(ask.task), "right": is_right, "answer": answer})
    return {
        "fixed_right": sum(bool(f["right"]) for f in fixed),
        "fixed": fixed,
        "held_out": _held_out(engine, count),
    }


def _label(task: Task) -> str:
    if isinstance(task, Instruct):
        return task.instruction
    return task.prefix[-60:] if isinstance(task, Infill) else task.code[:60]


def _held_out(engine: Engine, count: int) -> dict[str, dict[str, float]]:
    totals: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    tokens, began = 0, time.monotonic()
    for example in islice(examples(HELD_OUT_SEED), count):
        answer, used = answer_of(engine, example.task)
        tokens += used
        totals[type(example.task).__name__].append(
            (_is_exact(example, answer), is_valid(example.task, answer))
        )
    seconds = time.monotonic() - began
    report = {
        kind: {
            "count": len(rows),
            "exact": round(sum(exact for exact, _ in rows) / len(rows), 3),
            "valid": round(sum(valid for _, valid in rows) / len(rows), 3),
        }
        for kind, rows in sorted(totals.items())
    }
    report["all"] = {"tokens_per_second": round(tokens / max(seconds, 1e-9), 1)}
    return report


def _is_exact(example: Example, answer: str) -> bool:
    return answer.strip() == example.answer.strip()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine")
    parser.add_argument("--model")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--out", type=Path, help="also write the report there")
    arguments = parser.parse_args()
    engine = create(arguments.engine, arguments.model)
    engine.load(lambda share, word: None)
    report = json.dumps(evaluate(engine, arguments.count), indent=1)
    print(report)
    if arguments.out:
        arguments.out.write_text(report + "\n")


if __name__ == "__main__":
    main()
