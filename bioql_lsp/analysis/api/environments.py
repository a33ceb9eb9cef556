"""Python environments on disk: where their packages lie. Files are read, nothing is run."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WORKSPACE_NAMES = (".venv", "venv", "env", ".env", ".conda", "conda")
_MARKS = ("pyvenv.cfg", "conda-meta")
_LAYOUTS = (
    ("lib", "*/site-packages"),
    ("lib64", "*/site-packages"),
    ("lib", "*/dist-packages"),
    ("local/lib", "*/dist-packages"),
    ("Lib", "site-packages"),
)
_PYTHONS = ("python3", "pypy3")
_SMALL_FILE_BYTES_MAX = 256 * 1024
_NAMES_MAX = 50_000


@dataclass(frozen=True, slots=True)
class Environment:
    """The folder of an environment, its folders of packages, and the setting it comes from."""

    prefix: Path
    package_folders: tuple[Path, ...]
    origin: str


def environments(
    python_path: str | None, workspace_folders: Sequence[Path]
) -> Iterator[Environment]:
    """The user's interpreter where one is set, else the workspace's virtual environments."""
    if python_path:
        for prefix in _prefixes_of(python_path, workspace_folders):
            yield Environment(prefix, tuple(_package_folders(prefix)), "pythonPath")
        return
    for folder in workspace_folders:
        for name in _WORKSPACE_NAMES:
            prefix = folder / name
            if any(exists(prefix / mark) for mark in _MARKS):
                yield Environment(prefix, tuple(_package_folders(prefix)), "workspace")


def exists(path: Path) -> bool:
    """Whether a path is there; one that may not be looked at is not."""
    return mtime_ns(path) is not None


def mtime_ns(path: Path) -> int | None:
    """When a path last changed, or None where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return None


def names_in(folder: Path) -> list[str]:
    """The names in a folder, sorted; empty for what is no readable folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry, _ in zip(entries, range(_NAMES_MAX), strict=False))
    except (OSError, ValueError):
        return []


def read_small(path: Path) -> str:
    """The text of a regular file, cut off at 256 KiB; empty where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return stream.read(_SMALL_FILE_BYTES_MAX).decode("utf-8", errors="replace")
    except (OSError, ValueError):
        return ""


def _prefixes_of(python_path: str, workspace_folders: Sequence[Path]) -> Iterator[Path]:
    """The environment that an executable or a folder stands for; then what a link leads to."""
    try:
        path = _absolute(python_path, workspace_folders)
        if path.is_dir():
            yield path
            return
        places = dict.fromkeys([path, path.resolve()]) if path.is_file() else {}
    except (OSError, ValueError, RuntimeError):
        return
    for place in places:
        is_in_bin = place.parent.name.lower() in {"bin", "scripts"}
        yield place.parent.parent if is_in_bin else place.parent


def _absolute(python_path: str, workspace_folders: Sequence[Path]) -> Path:
    """A bare command is looked up, a relative path starts in the workspace."""
    path = Path(python_path).expanduser()
    candidates = [folder / path for folder in workspace_folders]
    found = next((each for each in candidates if exists(each)), path)
    is_command = len(path.parts) == 1 and not exists(found)
    return Path((shutil.which(python_path) if is_command else None) or found).absolute()


def _package_folders(prefix: Path) -> Iterator[Path]:
    yield from _folders_under(prefix)
    settings = _virtual_settings(prefix)
    if settings.get("include-system-site-packages", "").lower() == "true" and "home" in settings:
        home = Path(settings["home"])
        yield from _folders_under(home.parent if home.name == "bin" else home)


def _folders_under(prefix: Path) -> list[Path]:
    """The folders of packages, those of the newest Python first."""
    found: dict[Path, None] = {}
    for folder, pattern in _LAYOUTS:
        head, _, tail = pattern.rpartition("/")
        names = [n for n in names_in(prefix / folder) if n.startswith(_PYTHONS)] if head else [""]
        for name in sorted(names, key=_python_release, reverse=True):
            path = prefix / folder / name / tail
            if exists(path):
                found.setdefault(path)
    return list(found)


def _python_release(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", name)[:2])


def _virtual_settings(prefix: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in read_small(prefix / "pyvenv.cfg").splitlines())
    return {key.strip().lower(): value.strip() for key, separator, value in lines if separator}
