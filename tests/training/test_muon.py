"""The optimizer: its matrices become orthogonal, and it learns."""

from __future__ import annotations

import pytest
import torch

from bioql_lsp.training.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(8, 8), (6, 16), (16, 6)])
def test_an_update_has_singular_values_near_one(shape: tuple[int, int]) -> None:
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert values.min() > 0.5
    assert values.max() < 1.3


def test_it_agrees_with_torchs_own_in_bfloat16() -> None:
    torch.manual_seed(2)
    start, gradient = torch.randn(12, 20), torch.randn(12, 20)
    ours, theirs = start.clone().requires_grad_(), start.clone().requires_grad_()
    ours.grad, theirs.grad = gradient.clone(), gradient.clone()
    Muon([ours], lr=0.01).step()
    torch.optim.Muon([theirs], lr=0.01, adjust_lr_fn="match_rms_adamw").step()
    assert torch.allclose(ours, theirs, atol=2e-3)


def test_a_small_layer_learns_a_map() -> None:
    torch.manual_seed(3)
    wanted, inputs = torch.randn(8, 8), torch.randn(64, 8)
    layer = torch.nn.Linear(8, 8, bias=False)
    # All steps together go 11 far, in singular values; what is to be learned is 5 away.
    optimizer = Muon(layer.parameters(), lr=0.2, weight_decay=0.0)
    losses = []
    for step in range(200):
        optimizer.param_groups[0]["lr"] = 0.2 * (1 - step / 200)
        loss = (layer(inputs) - inputs @ wanted.T).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 1000
