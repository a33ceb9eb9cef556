"""The published wheels of BioQL, for tests that compare with the real package."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_CACHE = Path(__file__).parents[2] / ".pytest_cache" / "wheels"
_SHA256 = {
    "1.0.0": "f5dbd695395bd00237cbc0e14c1f440ef5ba2a58ec0e950ceb2129c67917ecf3",
    "3.1.2": "2cd5227f58cde0f662a603400febe046d4e0f943a9f068f8774c75f846797fc2",
    "5.0.0": "82f25015b054f4fd6f1cd32229b788eb05f7aac35346d03e645b4066f65935ad",
    "7.0.1": "65edd50c2ab17b74a73207daaebe17838487933c679bfe1304d47e321ddfc4de",
}
_DOWNLOAD_S_MAX = 90


def wheel(version: str) -> Path:
    """The wheel of a version: from the folder that BIOQL_WHEELS names, the cache, or the index."""
    name = f"bioql-{version}-py3-none-any.whl"
    for folder in (os.environ.get("BIOQL_WHEELS"), _CACHE):
        if folder and (path := Path(folder, name)).is_file():
            return _verified(path, version)
    _CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_CACHE) as scratch:
        _download(version, scratch)
        Path(_verified(Path(scratch, name), version)).replace(_CACHE / name)
    return _CACHE / name


def _download(version: str, folder: str) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
    done = subprocess.run(
        [*command, f"bioql=={version}"],
        capture_output=True,
        text=True,
        timeout=_DOWNLOAD_S_MAX,
        check=False,
    )
    assert done.returncode == 0, f"pip could not fetch bioql {version}: {done.stderr.strip()}"


def _verified(path: Path, version: str) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == _SHA256[version], f"{path} is not the published wheel of bioql {version}"
    return path
