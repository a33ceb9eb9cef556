"""The user's installation of BioQL, found and indexed by reading files alone."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bioql_lsp.analysis.api.environments import (
    Environment,
    environments,
    exists,
    mtime_ns,
    names_in,
    read_small,
)
from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.api.sources import version_in
from bioql_lsp.analysis.api.storage import BadIndexError, decode, encode
from bioql_lsp.analysis.python_tree import python_expression

__all__ = [
    "BadIndexError",
    "Installed",
    "decode_index",
    "encode_index",
    "find_installed",
    "fingerprint",
    "index_installed",
]
Fingerprint = tuple[tuple[str, int | None], ...]
_PACKAGE = "bioql"
_VERSION = re.compile(r"\d[\w.+!-]{0,63}\Z", re.ASCII)
_DIST_INFO = re.compile(r"(?P<name>[\w.-]+?)-(?P<version>[^-]+)\.(?:dist|egg)-info\Z")
_FINDER_MAPPING = re.compile(r"^MAPPING\b[^=\n]*=\s*(\{.*\})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Installed:
    """One installation of BioQL.

    ``package_folder`` is None where the metadata is there and the code cannot be found.
    ``origin`` is ``pythonPath`` or ``workspace``. ``fingerprint`` is what the function of that
    name gave when the installation was found: where it gives something else, look again.
    """

    version: str
    package_folder: Path | None
    site_packages: Path
    dist_info: Path
    origin: str
    environment: Environment
    fingerprint: Fingerprint

    @cached_property
    def distributions(self) -> frozenset[str]:
        """The names of the distributions in the environment, normalised."""
        names = (name for folder in self.environment.package_folders for name in names_in(folder))
        return frozenset(_normal(match["name"]) for n in names if (match := _DIST_INFO.match(n)))

    def has_distribution(self, name: str) -> bool:
        """Whether a distribution, such as ``qiskit-ionq``, is installed beside BioQL."""
        return _normal(name) in self.distributions


def find_installed(python_path: str | None, workspace_folders: Sequence[Path]) -> Installed | None:
    """The installation that the user's code runs with, or None. Never raises.

    ``python_path`` is an executable or an environment's folder; where it is set, nothing else is
    looked at.
    """
    for environment in environments(python_path, workspace_folders):
        for folder in environment.package_folders:
            for dist_info in _metadata_folders(folder):
                version = version_in(read_small(dist_info / "METADATA"))
                if not _VERSION.match(version):
                    continue
                return Installed(
                    version,
                    _package_folder(folder, dist_info),
                    folder,
                    dist_info,
                    environment.origin,
                    environment,
                    fingerprint(python_path, workspace_folders),
                )
    return None


def fingerprint(python_path: str | None, workspace_folders: Sequence[Path]) -> Fingerprint:
    """Changes when a package is installed, upgraded or removed where BioQL is looked for.

    It costs a few stats, so it can be asked for often.
    """
    marks: dict[Path, None] = {}
    for environment in environments(python_path, workspace_folders):
        marks.setdefault(environment.prefix / "pyvenv.cfg")
        for folder in environment.package_folders:
            marks.setdefault(folder)
            marks |= dict.fromkeys(path / "METADATA" for path in _metadata_folders(folder))
    return tuple((str(path), mtime_ns(path)) for path in marks)


def index_installed(installed: Installed) -> Index:
    """Build the index of an installation; it takes seconds, so not on the main thread.

    Raises UnusableSourceError (``sources``) where there is nothing to index or far too much.
    """
    # Only versions that are not bundled need it, and it takes its time to load.
    from bioql_lsp.analysis.api.build import build  # noqa: PLC0415

    folder = installed.package_folder or installed.site_packages / _PACKAGE
    data = build(folder, _PACKAGE, installed.version, installed.distributions)
    return Index(data, installed.version, is_exact=True)


def encode_index(index: Index) -> bytes:
    """An index as bytes, for a cache on disk."""
    return encode(index.data)


def decode_index(data: bytes) -> Index:
    """The index that ``encode_index`` wrote. Raises BadIndexError for anything else."""
    read = decode(data)
    return Index(read, str(read.get("version", "")), is_exact=True)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _metadata_folders(folder: Path) -> list[Path]:
    """BioQL's own metadata in a folder of packages; where there are several, the latest first."""
    found = [
        folder / name
        for name in names_in(folder)
        if name.endswith(".dist-info") and (match := _DIST_INFO.match(name))
        if _normal(match["name"]) == _PACKAGE
    ]
    return sorted(found, key=lambda path: mtime_ns(path) or 0, reverse=True)


def _package_folder(site_packages: Path, dist_info: Path) -> Path | None:
    candidates = [site_packages / _PACKAGE, *_editable_folders(site_packages, dist_info)]
    return next((path for path in candidates if exists(path / "__init__.py")), None)


def _editable_folders(site_packages: Path, dist_info: Path) -> Iterator[Path]:
    """Where an editable installation may have its code: pip's record, path files, a finder."""
    root = _source_root(read_small(dist_info / "direct_url.json"))
    if root is not None:
        yield from (root / _PACKAGE, root / "src" / _PACKAGE)
    names = [name for name in names_in(site_packages) if _PACKAGE in name.lower()]
    for name in names:
        if name.endswith(".pth"):
            for line in read_small(site_packages / name).splitlines():
                if line.strip() and not line.startswith(("import ", "import\t", "#")):
                    yield site_packages / line.strip() / _PACKAGE
        elif name.startswith("__editable__") and name.endswith(".py"):
            yield from _mapped(read_small(site_packages / name))


def _source_root(direct_url: str) -> Path | None:
    try:
        url = urlsplit(json.loads(direct_url)["url"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    path = unquote(url.path)
    if url.scheme != "file" or not path or "\0" in path:
        return None
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _mapped(finder: str) -> Iterator[Path]:
    match = _FINDER_MAPPING.search(finder)
    try:
        mapping = ast.literal_eval(python_expression(match[1])) if match else {}
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return
    target = mapping.get(_PACKAGE) if isinstance(mapping, dict) else None
    if isinstance(target, str) and "\0" not in target:
        yield Path(target)
