"""Slips of the fingers."""

from __future__ import annotations


def is_slip(left: str, right: str) -> bool:
    """Whether one character was left out, put in or replaced."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = _same_start(left, right)
    skips = ((1, 1), (1, 0), (0, 1))
    return any(left[start + a :] == right[start + b :] for a, b in skips)


def is_swap(left: str, right: str) -> bool:
    """Whether two neighbouring characters changed places."""
    start = _same_start(left, right)
    return left[start : start + 2] == right[start : start + 2][::-1] and (
        left[start + 2 :] == right[start + 2 :]
    )


def _same_start(left: str, right: str) -> int:
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    return start
