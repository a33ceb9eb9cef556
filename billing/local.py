"""The ledger of a user's own machine: usage is booked, nothing is charged."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from billing.ledger import Ledger
from billing.model import KeyRefusedError, LedgerUnusableError, RejectedInputError

LOCAL_EMAIL = "you@localhost"
KEY_FILE_NAME = "local-key"
_LEDGER_FILE_NAME = "local-ledger.sqlite3"


def open_local(folder: Path) -> tuple[Ledger, str]:
    """The ledger in the folder and its key, both made when missing (0700, 0600).

    Raises LedgerUnusableError.
    """
    url = f"sqlite:///{folder.absolute() / _LEDGER_FILE_NAME}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        Ledger.create(url, "local")
        ledger = Ledger.open(url)
        try:
            return ledger, _key(ledger, folder / KEY_FILE_NAME)
        except BaseException:
            ledger.close()
            raise
    except OSError as error:
        raise LedgerUnusableError(
            f"cannot keep the local ledger in {folder} ({error.strerror}): choose a data folder"
            " that you may write to"
        ) from error


def _key(ledger: Ledger, path: Path) -> str:
    known = _known_key(ledger, path)
    if known is not None:
        return known
    with suppress(RejectedInputError):  # only the key's file was lost, or another process is first
        ledger.add_account(LOCAL_EMAIL)
    key, _ = ledger.add_key(LOCAL_EMAIL)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    fresh.replace(path)
    return key


def _known_key(ledger: Ledger, path: Path) -> str | None:
    try:
        key = path.read_text(encoding="ascii").strip()
        ledger.authenticate(key)
    except (FileNotFoundError, UnicodeDecodeError, KeyRefusedError):
        return None
    return key
