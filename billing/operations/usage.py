"""The operator's report: what was answered, what it cost, what it earned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Literal, TypeAlias

from billing.calendar import END_OF_TIME_US, US_PER_DAY
from billing.database import Session

Grouping: TypeAlias = Literal["day", "tier", "model", "user"]
GROUPINGS: tuple[Grouping, ...] = ("day", "tier", "model", "user")

_COLUMNS: dict[Grouping, tuple[str, str]] = {
    "day": (f"u.created_us / {US_PER_DAY}", "BIGINT"),
    "tier": ("h.tier_id", "BIGINT"),
    "model": ("h.model", "TEXT"),
    "user": ("u.user_id", "BIGINT"),
}
"""What each is grouped by, and the type of what stands there when it is not."""
_COUNT = "SUM(CASE h.status WHEN '{0}' THEN 1 ELSE 0 END)"
_FIGURES = (
    _COUNT.format("settled"),
    _COUNT.format("released"),
    _COUNT.format("voided"),
    "SUM(u.engine_us)",
    "SUM(u.prompt_tokens)",
    "SUM(u.completion_tokens)",
    "SUM(u.base_cost_nano_usd)",
    "SUM(CASE h.status WHEN 'settled' THEN u.user_cost_nano_usd ELSE 0 END)",
    "SUM(CASE h.status WHEN 'settled' THEN u.overrun_nano_usd ELSE u.base_cost_nano_usd END)",
)
"""In the order of UsageFigures."""


@dataclass(frozen=True, slots=True)
class UsageFigures:
    """Sums over requests by how they ended; times in microseconds, money in nano-USD.

    ``cost`` is the engine's, ``revenue`` what users have paid. ``operator_loss`` is what nobody
    paid: overruns at the user's price, and the cost of answers that were free or voided.
    """

    settled_requests: int = 0
    free_requests: int = 0
    voided_requests: int = 0
    engine_us: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_nano_usd: int = 0
    revenue_nano_usd: int = 0
    operator_loss_nano_usd: int = 0

    @property
    def margin_nano_usd(self) -> int:
        """Revenue less cost: the accounts ``margin`` and ``operator_loss`` together."""
        return self.revenue_nano_usd - self.cost_nano_usd


@dataclass(frozen=True, slots=True)
class UsageLine:
    """The figures of one group; what it was not grouped by is None.

    ``day_us`` is when the day (UTC) began. A request of before tiers and models were noted has
    neither.
    """

    day_us: int | None
    tier: str | None
    model: str | None
    email: str | None
    figures: UsageFigures


def usage(
    session: Session,
    from_us: int | None,
    to_us: int | None,
    by: Sequence[Grouping],
) -> list[UsageLine]:
    """The requests that were answered from ``from_us`` to before ``to_us``, in groups.

    A void counts on the day of its request. Requests that were never answered used nothing.
    """
    rows = session.rows(
        f"SELECT t.name, w.email, g.* FROM ({_grouped(by)}) g"  # noqa: S608
        " LEFT JOIN pricing_tiers t ON t.id = g.tier_id LEFT JOIN users w ON w.id = g.user_id",
        0 if from_us is None else from_us,
        END_OF_TIME_US if to_us is None else to_us,
    )
    lines = [
        UsageLine(
            None if day is None else day * US_PER_DAY,
            tier,
            model or None,
            email,
            UsageFigures(*figures),
        )
        for tier, email, day, _, model, _, *figures in rows
    ]
    return sorted(lines, key=_place)


def total(lines: Iterable[UsageLine]) -> UsageFigures:
    """The figures of all lines together."""
    columns = zip(*(astuple(line.figures) for line in lines), strict=True)
    return UsageFigures(*(sum(column) for column in columns))


def _grouped(by: Sequence[Grouping]) -> str:
    columns = ", ".join(
        f"{column if name in by else f'CAST(NULL AS {kind})'} AS {name}_id"
        for name, (column, kind) in _COLUMNS.items()
    )
    return (
        f"SELECT {columns}, {', '.join(_FIGURES)} FROM inference_usage u"  # noqa: S608
        " JOIN holds h ON h.id = u.hold_id WHERE u.created_us >= ? AND u.created_us < ?"
        f" GROUP BY {', '.join(_COLUMNS[name][0] for name in by)}"
    )


def _place(line: UsageLine) -> tuple[int, str, str, str]:
    return line.day_us or 0, line.tier or "", line.model or "", line.email or ""
