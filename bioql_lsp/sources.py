"""Python and BioQL files on disk: found, read in their own encoding, written back as they were."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".py", ".bql")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_FILE_BYTES_MAX = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class SourceError(Exception):
    """A file that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its text without a byte order mark, and the bytes it was read from."""

    path: Path
    text: str
    raw: bytes
    encoding: str


def find(path: Path) -> Iterator[Path]:
    """The files that a path names: itself, or a folder's ``.py`` and ``.bql`` files in order.

    Hidden folders and those of installed packages are left out. Raises SourceError for a path
    that is not there.
    """
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder; check the path")
    if not path.is_dir():
        yield path
        return
    for root, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        for name in sorted(files):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(root) / name


def _is_skipped(folder: str) -> bool:
    return folder.startswith(".") or folder in _SKIPPED_FOLDERS


def read(path: Path) -> Source:
    """Read a file. Raises SourceError where it is unreadable or not in its encoding."""
    if path.suffix.lower() == ".ipynb":
        raise SourceError(
            f"{path}: a notebook is checked in the editor, cell by cell; open it there"
        )
    try:
        if path.stat().st_size > _FILE_BYTES_MAX:
            raise SourceError(f"{path}: larger than 64 MiB; leave it out")
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            f"{path}: cannot be read ({reason}); check the path and its rights"
        ) from None
    body = raw.removeprefix(_BOM)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        return Source(path, body.decode(encoding), raw, encoding)
    except SyntaxError as error:
        reason = error.msg or "unknown encoding"
    except (UnicodeDecodeError, LookupError) as error:
        reason = str(error)
    raise SourceError(
        f"{path}: not valid text ({reason}); save it as UTF-8 or declare its encoding in line 1"
    )


def encode(source: Source, text: str) -> bytes:
    """A new text of a file as bytes: same encoding, byte order mark kept.

    Raises SourceError where the encoding cannot hold the text.
    """
    try:
        body = text.encode(source.encoding)
    except UnicodeEncodeError:
        raise SourceError(
            f"{source.path}: its encoding {source.encoding} cannot hold the fix; save it as UTF-8"
        ) from None
    return (_BOM if source.raw.startswith(_BOM) else b"") + body


def write(source: Source, text: str) -> None:
    """Replace a file's text in one step, keeping its mode.

    Raises SourceError where the file changed since it was read, or cannot be written.
    """
    data = encode(source, text)
    target = source.path.resolve()
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        status = target.stat()
        Path(name).chmod(status.st_mode & 0o7777)
        with contextlib.suppress(OSError):
            os.chown(name, status.st_uid, status.st_gid)
        if target.read_bytes() != source.raw:
            raise SourceError(f"{source.path}: changed while it was being fixed; run fix again")
        Path(name).replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            f"{source.path}: cannot be written ({reason}); check its rights and its folder's"
        ) from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
