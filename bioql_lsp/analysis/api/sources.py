"""The Python files of a package, in a wheel or in a folder; bounded in time and memory."""

from __future__ import annotations

import email.parser
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FILE_BYTES_MAX = 2 * 1024 * 1024
TOTAL_BYTES_MAX = 64 * 1024 * 1024
FILES_MAX = 5_000
_ENTRIES_MAX = 50_000
_WHEEL_BYTES_MAX = 256 * 1024 * 1024
_DEPTH_MAX = 20
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class UnusableSourceError(ValueError):
    """The path holds no package that can be indexed."""


class _Budget:
    """What may still be read of one source."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._files_left = FILES_MAX
        self._bytes_left = TOTAL_BYTES_MAX

    def limit_bytes(self) -> int:
        """How many bytes the next file may have."""
        return min(FILE_BYTES_MAX, self._bytes_left)

    def take(self, name: str, data: bytes) -> bytes:
        """Count a file that was read up to one byte past its limit."""
        self._files_left -= 1
        if len(data) > self.limit_bytes() or self._files_left < 0:
            what = f"at {name}: a file may have 2 MiB, all of them 64 MiB and {FILES_MAX} files"
            raise UnusableSourceError(f"{self._source}: its sources are too large {what}")
        self._bytes_left -= len(data)
        return data


def python_files(source: Path, package: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The package's files with their paths in it. Raises UnusableSourceError."""
    if source.is_file():
        yield from _wheel_files(source, package)
    else:
        yield from _folder_files(source, package)


def metadata_of(source: Path, package: str) -> str:
    """The text of the package's METADATA; empty where there is none."""
    if source.is_file():
        return next((data.decode(errors="replace") for data in _wheel_metadata(source)), "")
    root = source.parent if source.name == package else source
    for folder in sorted(root.glob(f"{package}-*.dist-info")):
        path = folder / "METADATA"
        if path.is_file() and path.stat().st_size <= FILE_BYTES_MAX:
            return path.read_text(encoding="utf-8", errors="replace")
    return ""


def version_in(metadata: str) -> str:
    """The version that a METADATA text states; empty where it states none."""
    headers = email.parser.HeaderParser().parsestr(metadata)
    return str(headers.get("Version", "")).strip()


def requirements_in(metadata: str) -> tuple[str, ...]:
    """The distributions that come with every installation, extras left out."""
    headers = email.parser.HeaderParser().parsestr(metadata)
    stated = [str(value) for value in headers.get_all("Requires-Dist", [])]
    names = (re.match(r"[\w.-]+", value) for value in stated if "extra ==" not in value)
    return tuple(match[0] for match in names if match)


def _wheel_metadata(wheel: Path) -> Iterator[bytes]:
    with _open_wheel(wheel) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".dist-info/METADATA"):
                yield _read_entry(archive, info, FILE_BYTES_MAX, wheel)


def _wheel_files(wheel: Path, package: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    budget = _Budget(wheel)
    with _open_wheel(wheel) as archive:
        for info in archive.infolist():
            path = PurePosixPath(info.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in info.filename:
                raise UnusableSourceError(f"{wheel}: it holds a path that leads out of it: {path}")
            if path.suffix == ".py" and path.parts[0] == package:
                data = _read_entry(archive, info, budget.limit_bytes() + 1, wheel)
                yield path, budget.take(info.filename, data)


def _open_wheel(wheel: Path) -> zipfile.ZipFile:
    if wheel.stat().st_size > _WHEEL_BYTES_MAX:
        raise UnusableSourceError(f"{wheel}: it is larger than 256 MiB")
    try:
        archive = zipfile.ZipFile(wheel)
    except _BAD_ZIP as error:
        raise UnusableSourceError(f"{wheel}: not a readable wheel file ({error})") from error
    if len(archive.infolist()) > _ENTRIES_MAX:
        archive.close()
        raise UnusableSourceError(f"{wheel}: it holds more than {_ENTRIES_MAX} files")
    return archive


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, wheel: Path) -> bytes:
    """At most ``limit`` bytes of an entry: the size that the archive states may be a lie."""
    try:
        with archive.open(info) as stream:
            return stream.read(limit)
    except _BAD_ZIP as error:
        raise UnusableSourceError(f"{wheel}: {info.filename} cannot be read ({error})") from error


def _folder_files(folder: Path, package: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    root = folder.parent if folder.name == package else folder
    budget = _Budget(folder)
    for directory, folders, names in os.walk(root / package):
        inside = PurePosixPath(Path(directory).relative_to(root).as_posix())
        folders[:] = sorted(folders) if len(inside.parts) < _DEPTH_MAX else []
        for name in sorted(names):
            path = Path(directory, name)
            if not name.endswith(".py") or not path.is_file():
                continue
            try:
                with path.open("rb") as stream:
                    data = stream.read(budget.limit_bytes() + 1)
            except OSError:
                continue
            yield inside / name, budget.take(str(path), data)
