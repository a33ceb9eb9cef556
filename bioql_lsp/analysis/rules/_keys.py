"""What a literal is that stands where an API key belongs."""

from __future__ import annotations

import re
from enum import Enum

_LOOKS_REAL = re.compile(r"bioql_[A-Za-z0-9_]{6,}")
_PLACEHOLDER = re.compile(
    r"your|x{3,}|\.\.\.|<|placeholder|example|demo|dummy|sample|change_?me|insert|todo|^my_|^api_?key"
    r"|^(?:test|fake|some|the)_(?:api_?)?key$",
    re.IGNORECASE,
)
_CERTAIN_PLACEHOLDER = re.compile(r"your|x{3,}|placeholder|example", re.IGNORECASE)
_DEVELOPMENT = "bioql_dev_"


class KeyKind(Enum):
    """What a literal key is."""

    EMPTY = "empty"
    DEVELOPMENT = "development"
    PLACEHOLDER = "placeholder"
    REAL = "real"


def key_kind(value: object) -> KeyKind | None:
    """The kind of a literal; None for a number, which is no key at all."""
    if value is None:
        return KeyKind.EMPTY
    if not isinstance(value, str):
        return None
    if not value.strip():
        return KeyKind.EMPTY
    if value.startswith(_DEVELOPMENT):
        return KeyKind.DEVELOPMENT
    return KeyKind.PLACEHOLDER if _is_placeholder(value) else KeyKind.REAL


def _is_placeholder(key: str) -> bool:
    """Whether a literal only stands in for a key."""
    pattern = _CERTAIN_PLACEHOLDER if _LOOKS_REAL.fullmatch(key) else _PLACEHOLDER
    return pattern.search(key) is not None
