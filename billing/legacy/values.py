"""What the old service's values mean: ids, amounts, times, flags. Nothing here reads or writes."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from billing.legacy.old_database import OldValue
from billing.prices import AMOUNT_NANO_USD_MAX, NANO_PER_USD

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_NUMBER_LENGTH_MAX = 100
_NANO = Decimal(1).scaleb(-9)
_AMOUNT_USD_MAX = Decimal(AMOUNT_NANO_USD_MAX // NANO_PER_USD)

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]{1,48}", re.ASCII)
_SHOWN_LENGTH_MAX = 60
_DESCRIPTION_LENGTH_MAX = 200
_SECRET = re.compile(r"(bioql_(?:live|test)_)\w+|[0-9A-Fa-f]{64}")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST_US = (datetime(2000, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


class RowRefusedError(Exception):
    """A row of the old database that cannot be taken; the text says why."""


def amount_nano_usd(value: OldValue) -> tuple[int, bool]:
    """An amount in USD as nano-USD, and whether that is exact. Raises RowRefusedError.

    Decimal arithmetic, rounded once, a half to the even neighbour. A REAL is the shortest decimal
    that stands for it, which is what the old service meant to store.
    """
    number = _decimal(value)
    if abs(number) > _AMOUNT_USD_MAX:
        raise RowRefusedError("its amount is beyond 1000000 USD")
    rounded = number.quantize(_NANO, ROUND_HALF_EVEN)
    return int(rounded.scaleb(9)), rounded == number


def _decimal(value: OldValue) -> Decimal:
    if value is None:
        raise RowRefusedError("it has no amount")
    text = "" if isinstance(value, bytes) else str(value).strip(" \t\r\n")
    if len(text) > _NUMBER_LENGTH_MAX or not _NUMBER.fullmatch(text):
        raise RowRefusedError(f"its amount is no number: {shown(value)}")
    return Decimal(text)


def time_us(value: OldValue, now_us: int) -> int | None:
    """Microseconds of an ISO 8601 time, UTC where it names no zone.

    None where it is unreadable, before the year 2000 or after ``now_us``.
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    at_us = (moment - _EPOCH) // timedelta(microseconds=1)
    return at_us if _EARLIEST_US <= at_us <= now_us else None


def is_true(value: OldValue) -> bool:
    """Whether a flag is set. Everything that is not clearly set is not."""
    return value in (1, "1", "true")


def reference(value: OldValue) -> OldValue:
    """An id as one row refers to another by it: 7, 7.0 and the text 7 name the same row."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else value


def token(value: OldValue) -> str:
    """An id as it stands in an external id: itself, or a digest where it has odd characters.

    Raises RowRefusedError where there is none.
    """
    if value is None:
        raise RowRefusedError("it has no id")
    if isinstance(value, int | str) and _PLAIN_ID.fullmatch(str(value)):
        return str(value)
    raw = value if isinstance(value, bytes) else str(value).encode()
    return f"sha256-{hashlib.sha256(type(value).__name__.encode() + b':' + raw).hexdigest()}"


def shown(value: OldValue) -> str:
    """A value for a person: one short line, without keys or their hashes."""
    text = str(value) if isinstance(value, int | float) else ascii(value)
    if isinstance(value, str) and _PLAIN_ID.fullmatch(value):
        text = value
    text = without_secrets(text)
    return text if len(text) <= _SHOWN_LENGTH_MAX else text[:_SHOWN_LENGTH_MAX] + "..."


def without_secrets(text: str) -> str:
    """The text with keys, and what may be the hash of one, cut out."""
    return _SECRET.sub(lambda match: f"{match[1] or ''}...", text)


def description(value: OldValue) -> str:
    """Printable text of bounded length, without keys; empty where there is none."""
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value or "")
    printable = "".join(character if character.isprintable() else " " for character in text)
    return without_secrets(" ".join(printable.split()))[:_DESCRIPTION_LENGTH_MAX]
