"""What decides how a fine-tune goes. A run that is resumed must have the same plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

TARGETS: Final = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True, slots=True)
class LoraPlan:
    """Either ``steps`` or ``minutes`` says how long; one step is ``accumulate`` batches.

    ``columns`` is the length of a row: examples that are longer are left out. ``recipes`` are the
    beginnings of recipes' names: with any, only their instructions are learnt.
    """

    steps: int | None = None
    minutes: float | None = None
    rank: int = 16
    alpha: int = 32
    targets: tuple[str, ...] = TARGETS
    rows: int = 4
    columns: int = 1024
    accumulate: int = 4
    learning_rate: float = 2e-4
    warmup_share: float = 0.03
    gradient_norm_max: float = 1.0
    save_every: int = 50
    seed: int = 1
    gradient_checkpointing: bool = False
    recipes: tuple[str, ...] = ()

    def check(self) -> None:
        """Raises ValueError for what makes no run."""
        if (self.steps is None) == (self.minutes is None):
            raise ValueError("Give either --steps or --minutes.")
        unknown = sorted(set(self.targets) - set(TARGETS))
        if unknown or not self.targets:
            raise ValueError(
                f"--targets names {unknown or 'nothing'}; there are {', '.join(TARGETS)}."
            )
        for name in ("steps", "minutes", "rank", "alpha", "rows", "columns", "accumulate",
                     "learning_rate", "save_every"):  # fmt: skip
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise ValueError(f"--{name.replace('_', '-')} must be more than 0, not {value}.")

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON gives it back."""
        return asdict(self) | {"targets": list(self.targets), "recipes": list(self.recipes)}
