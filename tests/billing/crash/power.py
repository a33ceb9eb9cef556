"""A disk that loses power: a SQLite VFS that knows which writes were synced and which were not.

The files themselves always hold what was written, so that SQLite works as usual. Beside them the
disk keeps what is certain to survive (what was there at the last sync) and every change since. When
the power goes, the next call fails, as does every later one, and ``restore`` leaves what a disk may
leave: what is certain, and of the later changes any subset, each of them whole or torn.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR_BYTES = 512
_NAME = "power"


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put at an offset and not synced."""

    offset: int
    data: bytes

    def after_power_cut(self, content: bytearray, dice: random.Random) -> None:
        """Lose it, keep it, keep a part of its beginning, or keep some of its sectors."""
        fate = dice.choice(("lost", "whole", "beginning", "sectors"))
        if fate == "whole":
            _put(content, self.offset, self.data)
        elif fate == "beginning":
            _put(content, self.offset, self.data[: dice.randrange(len(self.data) + 1)])
        elif fate == "sectors":
            for start, stop in _sectors(self.offset, len(self.data)):
                if dice.random() < 0.5:
                    part = self.data[start - self.offset : stop - self.offset]
                    _put(content, start, part)

    def apply(self, content: bytearray) -> None:
        """Put it there as a sync does."""
        _put(content, self.offset, self.data)


@dataclass(frozen=True, slots=True)
class Truncation:
    """A file cut short and not synced."""

    size: int

    def after_power_cut(self, content: bytearray, dice: random.Random) -> None:
        """Lose it or keep it."""
        if dice.random() < 0.5:
            self.apply(content)

    def apply(self, content: bytearray) -> None:
        """Cut the content as a sync does."""
        del content[self.size :]


@dataclass(slots=True)
class Inode:
    """A file: what is certain to survive, and what was done since."""

    durable: bytearray
    unsynced: list[Write | Truncation] = field(default_factory=list)

    def sync(self) -> None:
        """Make certain what was done so far."""
        for change in self.unsynced:
            change.apply(self.durable)
        self.unsynced.clear()

    def after_power_cut(self, dice: random.Random) -> bytes:
        """What a disk may hold of it."""
        content = bytearray(self.durable)
        for change in self.unsynced:
            change.after_power_cut(content, dice)
        return bytes(content)


class Disk:
    """Files in one folder, and a power cut that comes after a number of changes and syncs."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._lock = threading.Lock()
        self._named: dict[str, Inode] = {}
        self._durably_named: dict[str, Inode] = {}
        self._steps_left: int | None = None
        self._steps_to_failure: int | None = None
        self._is_off = False
        self.changes_in_doubt = 0

    @property
    def is_off(self) -> bool:
        """Whether the power is gone."""
        return self._is_off

    def cut_after(self, steps: int) -> None:
        """Let the power go at that many changes and syncs from now."""
        with self._lock:
            self._steps_left = steps

    def cut(self) -> None:
        """Let the power go now."""
        with self._lock:
            self._is_off = True

    def fail_after(self, steps: int) -> None:
        """Let one change or sync fail, and not be done, at that many from now."""
        with self._lock:
            self._steps_to_failure = steps

    def mend(self) -> bool:
        """Let nothing fail any more; whether something did."""
        with self._lock:
            has_failed = self._steps_to_failure == 0
            self._steps_to_failure = None
            return has_failed

    def check(self) -> None:
        """Raise apsw.IOError where the power is gone."""
        if self._is_off:
            raise apsw.IOError("the power is gone")

    def opened(self, path: str, content: bytes | None) -> Inode:
        """The file of that name; ``content`` is what was there before the disk knew of it."""
        with self._lock:
            inode = self._named.get(path)
            if inode is None:
                inode = self._named[path] = Inode(bytearray(content or b""))
                if content is not None:
                    self._durably_named[path] = inode
            return inode

    def change(self, inode: Inode, change: Write | Truncation) -> None:
        """Note a change. The one that the power goes at may still reach the disk, or a part."""
        with self._lock:
            self.check()
            self._fail_if_asked()
            inode.unsynced.append(change)
            self._step()

    def sync(self, path: str, inode: Inode) -> None:
        """Make a file and its name certain; where the power goes, nothing is certain."""
        with self._lock:
            self.check()
            self._fail_if_asked()
            self._step()
            inode.sync()
            self._durably_named[path] = inode

    def delete(self, path: str, is_certain: bool) -> None:
        """Take a name away."""
        with self._lock:
            self.check()
            self._fail_if_asked()
            self._named.pop(path, None)
            self._step()
            if is_certain:
                self._durably_named.pop(path, None)

    def restore(self) -> None:
        """Leave in the folder what a disk may hold after the cut."""
        assert self._is_off
        for name in sorted({*self._named, *self._durably_named}):
            inode = self._dice.choice([self._named.get(name), self._durably_named.get(name)])
            path = Path(name)
            if inode is None:
                path.unlink(missing_ok=True)
            else:
                self.changes_in_doubt += len(inode.unsynced)
                path.write_bytes(inode.after_power_cut(self._dice))

    def _fail_if_asked(self) -> None:
        if self._steps_to_failure:
            self._steps_to_failure -= 1
            if self._steps_to_failure == 0:
                raise apsw.IOError("this once")

    def _step(self) -> None:
        if self._steps_left is not None:
            self._steps_left -= 1
            self._is_off = self._steps_left <= 0
        self.check()


class PowerFile(apsw.VFSFile):
    """An open file on the disk."""

    def __init__(self, disk: Disk, base: str, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        file = Path(path)
        content = file.read_bytes() if file.exists() else None
        super().__init__(base, name, flags)
        self._disk = disk
        self._path = path
        self._inode = disk.opened(path, content)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._disk.check()
        return bytes(super().xRead(amount, offset))

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.change(self._inode, Write(offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.change(self._inode, Truncation(newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.sync(self._path, self._inode)


class PowerVfs(apsw.VFS):
    """The files of the disk, as SQLite asks for them."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._base = apsw.vfs_names()[0]
        super().__init__(_NAME, self._base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        self._disk.check()
        if name is None:
            return apsw.VFSFile(self._base, name, flags)
        return PowerFile(self._disk, self._base, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._disk.delete(filename, is_certain=syncdir)
        super().xDelete(filename, syncdir)


@contextmanager
def mounted(disk: Disk, checkpoint_pages: int, synchronous: str = "FULL") -> Iterator[None]:
    """Let every new connection use the disk, with small checkpoints.

    Any ``synchronous`` but FULL is held against the ledger's own setting.
    """
    default = apsw.vfs_names()[0]
    vfs = PowerVfs(disk)

    def configure(connection: apsw.Connection) -> None:
        connection.wal_autocheckpoint(checkpoint_pages)
        if synchronous != "FULL":
            connection.pragma("synchronous", synchronous)
            connection.authorizer = _refuse_synchronous

    apsw.connection_hooks.append(configure)
    try:
        yield
    finally:
        apsw.connection_hooks.remove(configure)
        vfs.unregister()
        apsw.set_default_vfs(default)


def _refuse_synchronous(action: int, name: str | None, *_: object) -> int:
    is_synchronous = action == apsw.SQLITE_PRAGMA and name == "synchronous"
    return int(apsw.SQLITE_IGNORE if is_synchronous else apsw.SQLITE_OK)


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _sectors(offset: int, size: int) -> Iterator[tuple[int, int]]:
    stop = offset + size
    while offset < stop:
        end = min(stop, (offset // SECTOR_BYTES + 1) * SECTOR_BYTES)
        yield offset, end
        offset = end
