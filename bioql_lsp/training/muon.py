"""The Muon optimizer: momentum whose matrix is made orthogonal before it is applied.

``torch.optim.Muon`` does the same, always in bfloat16, which takes some 100 times as long on a CPU
that has no instructions for it, and one matrix after the other. The method and the coefficients are
those of K. Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024); the
step's size follows J. Liu et al., "Muon is scalable for LLM training" (2025), so that AdamW's
learning rates can be used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import torch

COEFFICIENTS: Final = (3.4445, -4.775, 2.0315)
ROUNDS: Final = 5
RMS_OF_ADAMW: Final = 0.2


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """The nearest matrices whose singular values are about 1, by Newton and Schulz's iteration.

    The last two dimensions are a matrix's; the iteration runs in the precision of its input.
    """
    is_tall = matrices.shape[-2] > matrices.shape[-1]
    x: torch.Tensor = matrices.mT if is_tall else matrices
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(ROUNDS):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return x.mT if is_tall else x


class Muon(torch.optim.Optimizer):
    """For the matrices between embedding and head; the rest is AdamW's.

    Matrices of one shape are made orthogonal together, in ``dtype``.
    """

    def __init__(
        self,
        parameters: Iterable[torch.Tensor],
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.1,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        defaults = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
        self._dtype = dtype
        super().__init__(parameters, defaults)

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of every matrix that has a gradient."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[torch.Tensor]] = {}
            for matrix in group["params"]:
                if matrix.grad is not None:
                    by_shape.setdefault(matrix.shape, []).append(matrix)
            for shape, matrices in by_shape.items():
                directions = [self._direction(matrix, group["momentum"]) for matrix in matrices]
                steps = orthogonal(torch.stack(directions).to(self._dtype))
                scale = RMS_OF_ADAMW * max(shape) ** 0.5
                for matrix, step in zip(matrices, steps, strict=True):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"])
                    matrix.add_(step, alpha=-group["lr"] * scale)

    def _direction(self, matrix: torch.Tensor, momentum: float) -> torch.Tensor:
        """Nesterov's momentum of a matrix's gradients."""
        assert matrix.grad is not None
        state = self.state[matrix]
        if not state:
            state["momentum"] = torch.zeros_like(matrix)
        state["momentum"].lerp_(matrix.grad, 1 - momentum)
        return matrix.grad.lerp(state["momentum"], momentum)
