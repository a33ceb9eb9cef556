"""Ratios of our own parts against a named peer or limit, both measured in turns."""

from __future__ import annotations

import ast
import os
import time

from bioql_lsp.analysis.registry import check
from bioql_lsp.worker.engines.base import Instruct, Sampling
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.registry import create_local
from bioql_lsp.worker.engines.single import generate
from tests.benchmarks.ratios import Result, compare
from tests.benchmarks.worker_prompts import ANSWER_TOKENS, Prompts


def engine() -> Result:
    """Greedy tokens a second of the onnx engine against transformers' own ``generate``.

    Each prompt is new: nothing of the one before it can be reused.
    """
    import torch
    from transformers import LlamaForCausalLM

    torch.set_num_threads(os.cpu_count() or 1)
    onnx = create_local("onnx", None)
    onnx.load(lambda share, word: None)
    model = LlamaForCausalLM.from_pretrained(embedded_folder(), dtype=torch.float32)
    for_ours, for_theirs = Prompts(), Prompts()

    def onnx_tokens_per_second() -> float:
        task = Instruct(for_ours.take(1)[0].instruction)
        started = time.perf_counter()
        pieces = list(generate(onnx, task, Sampling(ANSWER_TOKENS)))
        return pieces[-1].completion_tokens / (time.perf_counter() - started)

    def generate_tokens_per_second() -> float:
        ids = torch.tensor([for_theirs.take(1)[0].ids])
        started = time.perf_counter()
        with torch.no_grad():
            output = model.generate(ids, max_new_tokens=ANSWER_TOKENS, do_sample=False)
        tokens: int = output.shape[1] - ids.shape[1]
        return tokens / (time.perf_counter() - started)

    return compare(
        "embedded model's engine, one stream", "transformers generate, fp32", "tokens/s",
        onnx_tokens_per_second, generate_tokens_per_second,
    )  # fmt: skip


def analysis() -> Result:
    """Checking a file of 1,000 lines against CPython parsing it once."""
    call = 'r{0} = quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots={0})\n'
    lines = [call.format(number + 1) for number in range(1000)]
    text = "from bioql import quantum\n" + "".join(lines)
    count = 0

    def checks_per_second() -> float:
        nonlocal count
        count += 1
        started = time.perf_counter()
        check(f"{text}# {count}\n")
        return 1 / (time.perf_counter() - started)

    def parses_per_second() -> float:
        started = time.perf_counter()
        ast.parse(text)
        return 1 / (time.perf_counter() - started)

    return compare(
        "check 1,000 BioQL calls", "CPython's ast.parse (a lower limit)", "files/s",
        checks_per_second, parses_per_second,
    )  # fmt: skip


COMPARISONS = {"analysis": analysis, "engine": engine}
