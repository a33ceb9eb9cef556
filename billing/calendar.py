"""Months in UTC, in microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

US_PER_DAY = 86_400_000_000
END_OF_TIME_US = 2**62
"""Later than any time that is written down."""


def month_start_us(now_us: int) -> int:
    """When the month of a time began."""
    return _bounds_us(now_us // US_PER_DAY)[0]


def next_month_us(now_us: int) -> int:
    """When the month after that of a time begins."""
    return _bounds_us(now_us // US_PER_DAY)[1]


@lru_cache(maxsize=64)
def _bounds_us(day: int) -> tuple[int, int]:
    """Both, remembered by the day, for every request asks."""
    now = datetime.fromtimestamp(day * 86_400, UTC)
    start_us = _start_us(now.year, now.month)
    return start_us, _start_us(now.year + now.month // 12, now.month % 12 + 1)


def _start_us(year: int, month: int) -> int:
    return int(datetime(year, month, 1, tzinfo=UTC).timestamp()) * 1_000_000
