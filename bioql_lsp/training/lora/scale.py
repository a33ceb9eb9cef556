"""Loss scaling for fp16: gradients are multiplied, so that small ones do not become zero."""

from __future__ import annotations

from dataclasses import dataclass

SCALE_START = 2.0**12
GROW_AFTER = 200
SKIPS_MAX = 3


@dataclass(slots=True)
class LossScale:
    """Halved by a step whose gradients overflowed, which is left out; doubled by many that went."""

    value: float = SCALE_START
    good: int = 0
    skipped: int = 0
    skipped_in_a_row: int = 0

    def went(self) -> None:
        """A step was applied."""
        self.skipped_in_a_row = 0
        self.good += 1
        if self.good % GROW_AFTER == 0:
            self.value *= 2

    def skip(self) -> bool:
        """A step was left out; whether one more may be tried, with a smaller scale then."""
        self.good = 0
        self.skipped += 1
        self.skipped_in_a_row += 1
        if self.skipped_in_a_row >= SKIPS_MAX:
            return False
        self.value /= 2
        return True
