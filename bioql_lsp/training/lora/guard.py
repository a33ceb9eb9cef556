"""What stops a run before a number that is none gets into the weights, and says where it arose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import torch
from torch import Tensor

Phase: TypeAlias = Literal["forward", "backward", "step"]

_WORDS: Final = {
    "forward": "the loss or the scores are not finite",
    "backward": "the gradients, or their norm, are not finite",
    "step": "the step would have made adapter weights that are not finite",
}
FP16_ADVICE: Final = "Train in bf16 (--dtype bf16) or fp32 (--dtype fp32)."
RATE_ADVICE: Final = "Lower --learning-rate, or look at the examples and the base's weights."


class NonFiniteError(FloatingPointError):
    """A step was not applied. The adapter is as it was before; so is the last checkpoint."""

    def __init__(self, step: int, phase: Phase, finding: Finding, dtype: torch.dtype) -> None:
        self.step, self.phase, self.finding, self.dtype = step, phase, finding, dtype
        name = str(dtype).removeprefix("torch.")
        advice = FP16_ADVICE if dtype == torch.float16 else RATE_ADVICE
        super().__init__(
            f"Stopped at step {step} ({phase}): {_WORDS[phase]}. {finding} The model runs in "
            f"{name}. The step was not applied and the last checkpoint stays. {advice}"
        )


@dataclass(slots=True)
class Finding:
    """The first module with a number that is none, and the largest number seen before it."""

    module: str = ""
    is_input_broken: bool = False
    largest: float = 0.0
    largest_at: str = ""
    way: Literal["output", "gradient", "weight"] = "output"

    def __str__(self) -> str:
        if not self.module:
            return "A second run of the same batch shows no such module."
        where = {
            "output": f"The first module with such an output is {self.module}",
            "gradient": f"On the way back the first module with such a gradient is {self.module}",
            "weight": f"The first such weight is {self.module}",
        }[self.way]
        if self.is_input_broken:
            where += ", whose input is broken already, by what is computed between modules"
        if not self.largest_at:
            return f"{where}."
        return f"{where}; the largest number before was {self.largest:,.6g} ({self.largest_at})."


def short_name(name: str) -> str:
    """A module's name in the base, without what peft puts around it."""
    return name.removeprefix("base_model.model.").replace(".base_layer", "")


def is_finite(tensor: Tensor) -> bool:
    """Whether every number of it is one."""
    return bool(torch.isfinite(tensor).all())


@contextmanager
def _hooks(model: Any, hook: Callable[[str], Callable[..., None]]) -> Iterator[None]:
    handles = [
        module.register_forward_hook(hook(short_name(name)))
        for name, module in model.named_modules()
        if name
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def find_in_forward(model: Any, run: Callable[[], object]) -> Finding:
    """Run the batch again and watch every module's output; those inside end before those around."""
    found = Finding()

    def watch(name: str) -> Callable[..., None]:
        def hook(_module: Any, inputs: Any, output: Any) -> None:
            tensor = _tensor(output)
            if found.module or tensor is None:
                return
            if is_finite(tensor):
                _note_largest(found, tensor, name)
                return
            found.module = name
            given = _tensor(inputs)
            found.is_input_broken = given is not None and not is_finite(given)

        return hook

    with torch.no_grad(), _hooks(model, watch):
        run()
    return found


def find_in_backward(model: Any, runs: Sequence[Callable[[], Tensor]]) -> Finding:
    """Run the step's batches again, forth and back, and watch the gradient of each module's output.

    The adapter's own gradients are those of these runs afterwards.
    """
    found = Finding(way="gradient")

    def watch(name: str) -> Callable[..., None]:
        def seen(gradient: Tensor) -> None:
            if found.module:
                return
            if is_finite(gradient):
                _note_largest(found, gradient, name)
            else:
                found.module = name

        def hook(_module: Any, _inputs: Any, output: Any) -> None:
            tensor = _tensor(output)
            if tensor is not None and tensor.requires_grad:
                tensor.register_hook(seen)  # type: ignore[no-untyped-call]

        return hook

    with _hooks(model, watch):
        for run in runs:
            run().backward()  # type: ignore[no-untyped-call]
    if not found.module:
        _find_in_gradients(model, found)
    return found


def _find_in_gradients(model: Any, found: Finding) -> None:
    """Where no output's gradient is broken, the weight with the largest one is to blame."""
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            if not is_finite(parameter.grad):
                found.module = short_name(name)
                return
            _note_largest(found, parameter.grad, short_name(name))
    found.module = found.largest_at


def find_in_weights(model: Any) -> Finding:
    """The first of the adapter's weights that is not finite."""
    found = Finding(way="weight")
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and not is_finite(parameter):
            found.module = short_name(name)
            break
    return found


def _note_largest(found: Finding, tensor: Tensor, name: str) -> None:
    largest = float(tensor.detach().abs().max()) if tensor.numel() else 0.0
    if largest > found.largest:
        found.largest, found.largest_at = largest, name


def _tensor(value: Any) -> Tensor | None:
    """The first tensor of numbers in what a module got or gave."""
    if isinstance(value, Tensor):
        return value if value.is_floating_point() else None
    if isinstance(value, tuple | list):
        for part in value:
            tensor = _tensor(part)
            if tensor is not None:
                return tensor
    return None
