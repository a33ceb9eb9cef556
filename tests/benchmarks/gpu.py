"""How fast the ``transformers`` engine's model is on a card, against what the card allows.

``python -m tests.benchmarks.gpu`` makes CodeLlama-7B's shape with random weights on the card,
measures its memory, our model and ``generate`` of transformers on the same weights, in turns in one
process, prints a table and writes ``artifacts/gpu.json``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

# As the engine does before it loads torch.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import torch
import transformers

from bioql_lsp.worker.engines.torch_model import TorchModel
from tests.benchmarks.gpu_measure import CHECKED_TOKENS, Generate, Ours, bandwidths, disagreement
from tests.benchmarks.gpu_report import Figures, FirstToken, Rate
from tests.benchmarks.gpu_shapes import SHAPES, config_of, random_model
from tests.benchmarks.report import machine

OUT = Path("artifacts/gpu.json")
SPARE_TOKENS = 16

Samples = dict[tuple[str, int], list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and save; 1 where our model does not compute what transformers does."""
    options = _options(arguments)
    figures = measure(options)
    figures.save(options.out)
    print(figures.markdown())
    return 0 if figures.requirements()[-1].is_met else 1


def measure(options: argparse.Namespace) -> Figures:
    """Everything that the options ask for."""
    device = torch.device(options.device)
    say(f"memory of {_device_name(device)}")
    rates = bandwidths(device, options.block_mib << 20 if options.block_mib else None)
    context = max(options.prompts) + max(options.new_tokens, CHECKED_TOKENS) + SPARE_TOKENS
    config = config_of(options.shape, options.layers, context)
    say(f"random weights, {config.num_hidden_layers} layers")
    model = random_model(config, device)
    start = time.perf_counter()
    fast = TorchModel(
        model,
        (),
        device=device,
        rows_max=max(options.rows),
        compile=options.compile,
        report=lambda share, word: say(f"{share:4.0%} {word}"),
    )
    ready_s = time.perf_counter() - start
    ours, generate = Ours(fast, config.vocab_size, device), Generate(model, device)
    say("comparing with transformers")
    lengths = [options.prompts[0] + row for row in range(min(3, fast.rows_max))]
    apart = max(
        disagreement(ours, model, lengths[:1], device), disagreement(ours, model, lengths, device)
    )
    samples = _rounds(_tasks(ours, generate, options), options.rounds)
    rate_list, first_list = _medians(samples, options)
    return Figures(
        date=datetime.now(UTC).date().isoformat(),
        device=_device_name(device),
        versions=_versions(),
        shape=options.shape,
        layers=config.num_hidden_layers,
        dtype=str(model.dtype).removeprefix("torch."),
        is_compiled=fast.is_compiled,
        prompt_tokens=options.prompts[0],
        new_tokens=options.new_tokens,
        rounds=options.rounds,
        weight_bytes=fast.weight_bytes,
        ready_s=ready_s,
        disagreement=apart,
        peak_memory_bytes=torch.cuda.max_memory_reserved() if device.type == "cuda" else None,
        bandwidths=rates,
        rates=rate_list,
        first_tokens=first_list,
    )


def _medians(samples: Samples, options: argparse.Namespace) -> tuple[list[Rate], list[FirstToken]]:
    rates = [
        Rate(rows, _median(samples, "ours", rows), _median(samples, "generate", rows))
        for rows in options.rows
    ]
    first_tokens = [
        FirstToken(
            prompt,
            1000 * (_median(samples, "our first", prompt) or 0.0),
            1000 * (_median(samples, "its first", prompt) or 0.0),
        )
        for prompt in options.prompts
    ]
    return rates, first_tokens


def _tasks(
    ours: Ours, generate: Generate, options: argparse.Namespace
) -> dict[tuple[str, int], Callable[[], float]]:
    """What is measured in each round, by name and size; rows that do not fit are left out."""
    tasks: dict[tuple[str, int], Callable[[], float]] = {}
    length, new_tokens = options.prompts[0], options.new_tokens
    for rows in options.rows:
        prompts = [ours.prompt(length, row) for row in range(rows)]
        if rows <= ours.model.rows_max:
            tasks["ours", rows] = partial(ours.tokens_a_second, rows, length, new_tokens)
        tasks["generate", rows] = partial(generate.tokens_a_second, prompts, new_tokens)
    for prompt_tokens in options.prompts:
        prompt = ours.prompt(prompt_tokens)
        tasks["our first", prompt_tokens] = partial(ours.first_token_s, prompt_tokens)
        tasks["its first", prompt_tokens] = partial(generate.first_token_s, prompt)
    return tasks


def _rounds(tasks: dict[tuple[str, int], Callable[[], float]], rounds: int) -> Samples:
    """All tasks in turns; the first round, in which kernels are loaded, does not count."""
    samples: Samples = defaultdict(list)
    failed: set[tuple[str, int]] = set()
    for number in range(rounds + 1):
        for name, task in tasks.items():
            if name in failed:
                continue
            try:
                sample = task()
            except torch.OutOfMemoryError:
                say(f"{name[0]} {name[1]}: out of memory")
                failed.add(name)
                continue
            say(f"round {number}: {name[0]} {name[1]}: {sample:.4g}")
            if number:
                samples[name].append(sample)
    return samples


def _median(samples: Samples, name: str, size: int) -> float | None:
    values = samples.get((name, size))
    return statistics.median(values) if values else None


def _device_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else machine()


def _versions() -> dict[str, str]:
    return {"torch": torch.__version__, "transformers": transformers.__version__}


def say(words: str) -> None:
    """What is going on, for who watches."""
    print(words, file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.gpu", description=__doc__)
    usual = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--shape", choices=SHAPES, default="7b", help="(%(default)s)")
    parser.add_argument("--layers", type=int, help="fewer or more than the shape has")
    parser.add_argument("--device", choices=("cuda", "cpu"), default=usual, help="(%(default)s)")
    parser.add_argument("--compile", choices=("auto", "on", "off"), default="auto")
    parser.add_argument("--rows", type=int, nargs="+", default=[1, 8, 32], help="%(default)s")
    parser.add_argument("--prompts", type=int, nargs="+", default=[200, 1000], help="%(default)s")
    parser.add_argument("--new-tokens", type=int, default=128, help="(%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="that count (%(default)s)")
    parser.add_argument("--block-mib", type=int, help="of the memory's kernels")
    parser.add_argument("--out", type=Path, default=OUT, help="(%(default)s)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
