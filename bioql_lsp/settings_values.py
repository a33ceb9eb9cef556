"""What a setting accepts: checks that give the value to use, and say in words what they take."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import attrs

_SEVERITIES = ("error", "warning", "information", "off")


class Mode(StrEnum):
    """Where answers of the model come from."""

    LOCAL = "local"
    REMOTE = "remote"
    OFF = "off"


@attrs.frozen
class Check:
    """``accepts`` returns the value to use or raises ValueError or TypeError; ``words`` says it."""

    accepts: Callable[[Any], Any]
    words: str

    def or_null(self) -> Check:
        """Accept null and the empty string as "not set", as settings forms of editors send them."""
        return Check(lambda given: None if given in (None, "") else self.accepts(given), self.words)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _amount(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e12:
        raise ValueError
    return float(value)


def _mode(value: Any) -> Mode:
    return Mode.REMOTE if value == "modal" else Mode(value)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _worker_url(value: Any) -> str:
    parts = urlsplit(_text(value))
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    )
    if not is_safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError
    return _text(value).rstrip("/")


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError
    return tuple(value)


def _severities(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(level in _SEVERITIES for level in value.values()):
        raise ValueError
    return dict(value)


BOOLEAN = Check(_boolean, "true or false")
AMOUNT = Check(_amount, "an amount in USD, 0 or more")
MODE = Check(_mode, '"local", "remote" ("modal" is the same) or "off"')
URL = Check(
    _worker_url, "an https:// URL without user, query and fragment (http:// on this machine only)"
)
CODES = Check(_names, 'a list of rule codes such as ["BQ019"]')
LEVELS = Check(
    _severities, 'an object from rule codes to "error", "warning", "information" or "off"'
)


def whole_number(low: int, high: int) -> Check:
    """A whole number between two, both included."""

    def accepts(value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError
        return value

    return Check(accepts, f"a whole number from {low} to {high}")


def text_or_null(words: str) -> Check:
    """Some text that is not blank, or nothing."""
    return Check(_text, words).or_null()
