"""Copies of a ledger's file that are whole, and the way back from one.

A copy is made while workers write: it is the ledger at one moment. A restore writes into the
ledger's own file, in one transaction and under a lock that no other process gets past: one that
comes meanwhile waits, and goes on with what was restored. PostgreSQL has its own tools.
"""

from __future__ import annotations

import fcntl
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import apsw

from billing.database.sqlite import PREFIX, sqlite_path, sync_folder
from billing.ledger import Ledger
from billing.model import AuditFinding, LedgerUnusableError, RejectedInputError

_PAGES_PER_STEP = 4096
_BESIDE = ("", "-wal", "-shm")
_SHARED_LOCK_FIRST, _SHARED_LOCK_BYTES = 0x40000002, 510
"""Where every process that has read a SQLite file keeps a lock (sqlite.org/fileformat2.html)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: nothing where the copy has findings, else where the old file is."""

    findings: list[AuditFinding]
    before: Path | None


def backup(url: str, file: Path) -> list[AuditFinding]:
    """Copy a ledger into a new file (0600) and return what an audit of the copy finds.

    Raises RejectedInputError for a file that is there already and for PostgreSQL (with the command
    to use), LedgerUnusableError.
    """
    _refuse_postgresql(
        url, f"pg_dump --format=custom --file={shlex.quote(str(file))} --dbname={{}}"
    )
    path = sqlite_path(url)
    if file.exists():
        raise RejectedInputError(f"{file} is there already: name a new file")
    Ledger.open(url).close()
    with _explained(f"the ledger cannot be copied to {file}"), _scratch(file) as fresh:
        _copy(path, fresh)
        findings = _findings(fresh)
        file.hardlink_to(fresh)
        sync_folder(file)
    return findings


def restore(url: str, file: Path) -> Restored:
    """Put a copy in the place of a ledger; what was there stays beside it as ``.before-restore``.

    The copy is brought up to date and audited first; with findings nothing is changed. Raises
    RejectedInputError for a missing file and for PostgreSQL (with the command to use),
    LedgerUnusableError where another process has the ledger open.
    """
    refuse_postgresql_restore(url, file)
    path = sqlite_path(url)
    if not file.is_file():
        raise RejectedInputError(f"there is no file {file}: name a copy that `backup` made")
    if path.exists() and file.samefile(path):
        raise RejectedInputError("the copy is the ledger itself: name a file that `backup` made")
    with (
        _explained(f"the ledger cannot be restored from {file}"),
        _alone(path) as ledger,
        _scratch(path) as fresh,
    ):
        _copy(file, fresh)
        findings = _findings(fresh)
        if findings:
            return Restored(findings, None)
        return Restored([], _put_in_place(ledger, path, fresh))


def refuse_postgresql_restore(url: str, file: Path) -> None:
    """Raise RejectedInputError for PostgreSQL, with the command to use instead."""
    _refuse_postgresql(
        url,
        "pg_restore --clean --if-exists --single-transaction --exit-on-error --dbname={}"
        f" {shlex.quote(str(file))}",
    )


def _put_in_place(ledger: Any, path: Path, fresh: Path) -> Path | None:
    before = _free_name(path)
    if ledger is None:
        was_there = _set_aside(path, before)
        path.hardlink_to(fresh)
        sync_folder(path)
        return before if was_there else None
    with _scratch(path) as old:
        with closing(apsw.Connection(str(old))) as target:
            _copy_pages(ledger, target)
        before.hardlink_to(old)
    sync_folder(path)
    with closing(_opened_to_read(fresh)) as source:
        _copy_pages(source, ledger)
    return before


def _copy(source: Path, target: Path) -> None:
    writer = apsw.Connection(str(target))
    with closing(writer), closing(_opened_to_read(source)) as reader:
        # One snapshot: without it the copy would begin again whenever somebody writes.
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
        _copy_pages(reader, writer)


def _copy_pages(source: Any, target: Any) -> None:
    with target.backup("main", source, "main") as copying:
        while not copying.done:
            copying.step(_PAGES_PER_STEP)


def _opened_to_read(path: Path) -> Any:
    """A file with no log beside it is closed for good: reading it then leaves nothing behind."""
    is_at_rest = not path.with_name(f"{path.name}-wal").exists()
    uri = f"file:{quote(str(path.absolute()))}?mode=ro{'&immutable=1' if is_at_rest else ''}"
    connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(30_000)
    return connection


def _findings(fresh: Path) -> list[AuditFinding]:
    with Ledger.open(f"{PREFIX}{fresh}") as ledger:
        return ledger.audit()


@contextmanager
def _alone(path: Path) -> Iterator[Any]:
    """A connection that keeps every other process out; None where there is no database."""
    if not path.exists() or path.stat().st_size == 0:
        yield None
        return
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    with closing(connection):
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except apsw.BusyError:
            raise _in_use(path) from None
        except apsw.NotADBError:
            connection.close()
            with _damaged_alone(path):
                yield None
            return
        yield connection


@contextmanager
def _damaged_alone(path: Path) -> Iterator[None]:
    """Keep others away from a file that SQLite no longer knows, by SQLite's own lock."""
    with path.open("r+b") as file:
        try:
            exclusive = fcntl.LOCK_EX | fcntl.LOCK_NB
            fcntl.lockf(file, exclusive, _SHARED_LOCK_BYTES, _SHARED_LOCK_FIRST)
        except OSError:
            raise _in_use(path) from None
        yield


def _in_use(path: Path) -> LedgerUnusableError:
    return LedgerUnusableError(
        f"another process has the ledger {path} open: stop the workers first, nothing was changed"
    )


def _set_aside(path: Path, before: Path) -> bool:
    """Rename a file that is no database, and the logs beside it, which must not meet another."""
    was_there = path.exists() and path.stat().st_size > 0
    for suffix in _BESIDE:
        found = path.with_name(path.name + suffix)
        if found.exists():
            found.rename(before.with_name(before.name + suffix))
    return was_there


def _free_name(path: Path) -> Path:
    names = [f"{path.name}.before-restore"]
    names += [f"{path.name}.before-restore-{number}" for number in range(2, 1000)]
    for name in names:
        if not path.with_name(name).exists():
            return path.with_name(name)
    raise LedgerUnusableError(f"too many files {path}.before-restore-...: delete old ones")


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """An empty file (0600) in the folder of another one, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".ledger-", dir=path.parent) as folder:
        fresh = Path(folder) / "ledger"
        fresh.touch(mode=0o600)
        yield fresh


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except apsw.NotADBError as error:
        raise LedgerUnusableError(f"{what}: the copy is no ledger") from error
    except (apsw.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise LedgerUnusableError(f"{what}: {reason}") from error


def _refuse_postgresql(url: str, command: str) -> None:
    if url.startswith(("postgresql:", "postgres:")):
        shown = shlex.quote(_without_password(url))
        raise RejectedInputError(
            f"PostgreSQL has its own tools for this: run {command.format(shown)}"
        )


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
        user, at, host = parts.netloc.rpartition("@")
        netloc = user.partition(":")[0] + at + host
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "password"]
        return urlunsplit(parts._replace(netloc=netloc, query=urlencode(query, safe="/")))
    except ValueError:
        return "postgresql://user@host/database"
