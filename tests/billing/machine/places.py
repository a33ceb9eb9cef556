"""Where a history gets a new ledger from, on each database."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from billing.founding import Kind
from billing.ledger import Ledger
from tests.support.postgres import PostgresServer

_MEMORY = Path("/dev/shm")


class Place(ABC):
    """One kind of database, for one kind of ledger."""

    kind: Kind

    @abstractmethod
    def fresh(self, clock: Callable[[], int]) -> str:
        """The URL of a new ledger without accounts."""

    @abstractmethod
    def remove(self, url: str) -> None:
        """Remove a ledger that is closed."""


class SqlitePlace(Place):
    """Copies of one new file; in memory where that can be, for no history here is cut off."""

    def __init__(self, kind: Kind = "standard") -> None:
        self.kind = kind
        self._template: bytes | None = None

    def fresh(self, clock: Callable[[], int]) -> str:
        folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        file = folder / "ledger.db"
        if self._template is None:
            Ledger.create(f"sqlite:///{file}", self.kind, clock)
            self._template = file.read_bytes()
        else:
            file.write_bytes(self._template)
        return f"sqlite:///{file}"

    def remove(self, url: str) -> None:
        shutil.rmtree(Path(url.removeprefix("sqlite:///")).parent)


class PostgresqlPlace(Place):
    """Databases of one server, copied from a new one."""

    def __init__(self, server: PostgresServer, kind: Kind = "standard") -> None:
        self.kind = kind
        self._server = server
        self._template: str | None = None

    def fresh(self, clock: Callable[[], int]) -> str:
        if self._template is None:
            self._template = self._server.create_database()
            Ledger.create(self._server.url(self._template), self.kind, clock)
        return self._server.url(self._server.create_database(self._template))

    def remove(self, url: str) -> None:
        self._server.drop_database(urlsplit(url).path.removeprefix("/"))
