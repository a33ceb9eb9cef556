"""Figures of a run on a card, what they have to be, and both as Markdown and JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

LIMIT_SHARE_MIN = 0.75
EAGER_FACTOR_MIN = 4.0
BATCH_FACTOR_MIN = 15.0
BATCH_ROWS = 32
DISAGREEMENT_MAX = 0.25


@dataclass(frozen=True)
class Rate:
    """Tokens a second of so many rows together, medians; None where the rows do not fit."""

    rows: int
    ours: float | None
    generate: float | None


@dataclass(frozen=True)
class FirstToken:
    """Milliseconds to the first token of a prompt, medians."""

    prompt_tokens: int
    ours_ms: float
    generate_ms: float


@dataclass(frozen=True)
class Requirement:
    """One bar; ``is_met`` is None where it was not measured."""

    what: str
    found: float | None
    wanted: str
    is_met: bool | None


@dataclass(frozen=True)
class Figures:
    """One run. Bandwidths in bytes a second."""

    date: str
    device: str
    versions: dict[str, str]
    shape: str
    layers: int
    dtype: str
    is_compiled: bool
    prompt_tokens: int
    new_tokens: int
    rounds: int
    weight_bytes: int
    ready_s: float
    disagreement: float
    peak_memory_bytes: int | None
    bandwidths: dict[str, float]
    rates: list[Rate] = field(default_factory=list)
    first_tokens: list[FirstToken] = field(default_factory=list)

    @property
    def limit(self) -> float:
        """Tokens a second of one row that only waits for its weights."""
        return max(self.bandwidths.values()) / self.weight_bytes

    def rate(self, rows: int) -> Rate:
        """The figures of so many rows, of nothing where they were not asked for."""
        return next((rate for rate in self.rates if rate.rows == rows), Rate(rows, None, None))

    def requirements(self) -> list[Requirement]:
        """Every bar."""
        one, many = self.rate(1), self.rate(BATCH_ROWS)
        return [
            _at_least(
                "batch 1, share of the bandwidth limit", one.ours, self.limit, LIMIT_SHARE_MIN
            ),
            _at_least("batch 1, against `generate`", one.ours, one.generate, EAGER_FACTOR_MIN),
            _at_least(
                f"batch {BATCH_ROWS}, against batch 1 of `generate`",
                many.ours,
                one.generate,
                BATCH_FACTOR_MIN,
            ),
            Requirement(
                "distance from the choices of transformers, in deviations of its scores",
                round(self.disagreement, 4),
                f"<= {DISAGREEMENT_MAX:g}",
                self.disagreement <= DISAGREEMENT_MAX,
            ),
        ]

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        data = asdict(self) | {
            "limit": self.limit,
            "requirements": [asdict(each) for each in self.requirements()],
        }
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")

    def markdown(self) -> str:
        """The run as a section of a document."""
        return "\n\n".join(
            [self._circumstances(), self._rates(), self._first_tokens(), self._requirements()]
        )

    def _circumstances(self) -> str:
        used = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        rates = ", ".join(f"{name} {rate / 1e9:,.0f}" for name, rate in self.bandwidths.items())
        memory = self.peak_memory_bytes
        peak = "" if memory is None else f", at most {memory / 1e9:.1f} GB of the card's memory"
        return (
            f"Measured on {self.date}: {self.device}; {used}. Shape {self.shape} with "
            f"{self.layers} layers in {self.dtype}, random weights; "
            f"{'compiled' if self.is_compiled else 'not compiled'}, ready {self.ready_s:.1f} s "
            f"after the weights{peak}. Prompts of {self.prompt_tokens} and answers of "
            f"{self.new_tokens} tokens, medians of {self.rounds} rounds. Memory, GB/s: {rates}; a "
            f"token reads {self.weight_bytes / 1e9:.3g} GB of weights, so that one row writes at "
            f"most {self.limit:,.0f} tokens/s."
        )

    def _rates(self) -> str:
        rows = [
            [
                str(rate.rows),
                _figure(rate.ours),
                _figure(rate.generate),
                _ratio(rate.ours, rate.generate),
                _ratio(rate.ours, self.rate(1).generate),
                _ratio(rate.ours, self.limit * rate.rows),
            ]
            for rate in self.rates
        ]
        head = ["rows", "tokens/s", "`generate`", "ratio", "to batch 1 of it", "share of the limit"]
        return _table(head, rows)

    def _first_tokens(self) -> str:
        rows = [
            [f"{each.prompt_tokens:,}", _figure(each.ours_ms), _figure(each.generate_ms)]
            for each in self.first_tokens
        ]
        return _table(["prompt tokens", "first token, ms", "`generate`, ms"], rows)

    def _requirements(self) -> str:
        words = {True: "pass", False: "miss", None: "not measured"}
        rows = [
            [each.what, _figure(each.found), each.wanted, words[each.is_met]]
            for each in self.requirements()
        ]
        return _table(["requirement", "found", "wanted", ""], rows)


def _at_least(what: str, ours: float | None, other: float | None, factor: float) -> Requirement:
    found = None if ours is None or not other else ours / other
    return Requirement(
        what,
        None if found is None else round(found, 3),
        f">= {factor:g}",
        None if found is None else found >= factor,
    )


def _ratio(ours: float | None, other: float | None) -> str:
    return "" if ours is None or not other else f"{ours / other:.2f}"


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
