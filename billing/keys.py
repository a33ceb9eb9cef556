"""API keys: their shape, checksum and hash. The text of a key is never stored."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SECRET_LENGTH = 30
_CHECKSUM_LENGTH = 6
_KEY = re.compile(r"(bioql_(?:live|test)_[0-9A-Za-z]{30})([0-9A-Za-z]{6})", re.ASCII)
_LEGACY_KEY = re.compile(r"[\x21-\x7e]{8,200}", re.ASCII)
_KEY_IN_TEXT = re.compile(r"(bioql_(?:live|test)_)\w+")
_START_LENGTH = len("bioql_live_") + 4

DEMO_KEY = "bioql_test_870ce7ae"
"""Public: it opens an account only in a ledger made by ``init --demo``."""
DEMO_EMAIL = "demo@bioql.com"


def new_key(*, is_test: bool) -> str:
    """A new key; shown once, then only its hash is known."""
    secret = "".join(secrets.choice(_BASE62) for _ in range(_SECRET_LENGTH))
    body = f"bioql_{'test' if is_test else 'live'}_{secret}"
    return body + _checksum(body)


def is_well_formed(key: str) -> bool:
    """Whether shape and checksum are a key's: a typo is seen without a look-up."""
    match = _KEY.fullmatch(key)
    return match is not None and secrets.compare_digest(_checksum(match[1]), match[2])


def may_be_legacy(key: str) -> bool:
    """Whether a key could come from the service before this one, which had no checksums."""
    return _LEGACY_KEY.fullmatch(key) is not None


def is_test(key: str) -> bool:
    """Whether a key may never touch real money."""
    return key.startswith("bioql_test_")


def hash_of(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def start_of(key: str) -> str:
    """The first characters, by which a person recognises the key; never enough to use it."""
    return key[: min(_START_LENGTH, len(key) // 2)]


def holds_key(text: str) -> bool:
    """Whether a key, whole or mistyped, stands in a text that is going to be kept or shown."""
    return _KEY_IN_TEXT.search(text) is not None


def masked(text: str) -> str:
    """A text without the keys in it, whole or mistyped."""
    return _KEY_IN_TEXT.sub(r"\1...", text)


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = []
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))
