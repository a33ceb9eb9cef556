"""The torch model and transformers' own forward, which is what it has to compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from transformers import LlamaForCausalLM

from bioql_lsp.worker.engines.torch_model import TorchModel
from bioql_lsp.worker.engines.torch_steps import FixedSteps, run_once

FORBIDDEN = (0, 1, 7)
ROWS = 6
CPU = torch.device("cpu")
WAYS = [
    "eager",
    "fixed",
    pytest.param("compiled", marks=pytest.mark.heavy),
    *(["gpu"] if torch.cuda.is_available() else []),
]


def oracle(folder: Path) -> Any:
    return LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def torch_model(model: Any, way: str = "eager") -> TorchModel:
    """``fixed`` goes the way of a GPU, padding included, without compiler or graphs."""
    made = TorchModel(
        model,
        FORBIDDEN,
        device="cuda" if way == "gpu" else "cpu",
        rows_max=ROWS,
        compile="on" if way in ("compiled", "gpu") else "off",
    )
    if way == "fixed":
        made._fixed = FixedSteps(made._run_fixed, made._cache, CPU, run_once)
    return made


@pytest.fixture(params=WAYS)
def model(request: pytest.FixtureRequest, tiny_folder: Path) -> TorchModel:
    made = torch_model(oracle(tiny_folder), request.param)
    assert made.is_compiled == (request.param in ("compiled", "gpu"))
    return made


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """These models are too small to share out, and other tests run beside these."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def reference(tiny_folder: Path) -> Any:
    return oracle(tiny_folder)


def text(count: int, seed: int = 3) -> list[int]:
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(8, 250, (count,), generator=generator).tolist()


def expected(reference: Any, tokens: Sequence[int]) -> npt.NDArray[np.float32]:
    """Logits (tokens, vocabulary) of transformers, -inf for forbidden tokens."""
    with torch.no_grad():
        logits: npt.NDArray[np.float32] = reference(torch.tensor([tokens])).logits[0].numpy()
    logits[:, list(FORBIDDEN)] = -np.inf
    return logits


def same(found: npt.NDArray[np.float32] | None, wanted: npt.NDArray[np.float32]) -> None:
    assert found is not None
    np.testing.assert_allclose(found, wanted, atol=2e-4)
