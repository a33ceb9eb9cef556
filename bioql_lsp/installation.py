"""The index of the user's own BioQL, for versions that none is bundled of.

It takes seconds to build, so what was built once is kept in the user's cache.
"""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

import platformdirs

from bioql_lsp.analysis.api.installed import (
    BadIndexError,
    Installed,
    decode_index,
    encode_index,
    index_installed,
)
from bioql_lsp.analysis.api.load import BUNDLED, Index, provide
from bioql_lsp.analysis.api.sources import UnusableSourceError
from bioql_lsp.analysis.interest import names_of_bioql
from bioql_lsp.analysis.module import load_module

logger = logging.getLogger(__name__)

_KEPT_MAX = 8
_CACHED = "api-*.json.gz"


def provide_installed(found: Installed | None) -> bool:
    """Have an installation checked against what it really holds; returns whether that is new.

    Nothing to do for a bundled version. It may take seconds.
    """
    if found is None or found.version in BUNDLED:
        return False
    cache = _cache_file(found)
    try:
        index = decode_index(cache.read_bytes())
    except (OSError, BadIndexError):
        try:
            index = index_installed(found)
        except (UnusableSourceError, OSError) as error:
            logger.warning("the installed BioQL can't be indexed: %s", type(error).__name__)
            return False
        _store(cache, index)
    provide(index)
    for remembered in (load_module, names_of_bioql):
        remembered.cache_clear()
    return True


def _cache_file(found: Installed) -> Path:
    marks = hashlib.blake2b(repr(found.fingerprint).encode(), digest_size=8).hexdigest()
    folder = Path(platformdirs.user_cache_dir("bioql-lsp"))
    return folder / f"api-{found.version}-{marks}.json.gz"


def _store(cache: Path, index: Index) -> None:
    """Keep an index; other processes may do the same, and old ones go."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(encode_index(index))
        partial.replace(cache)
        kept = sorted(cache.parent.glob(_CACHED), key=lambda path: path.stat().st_mtime_ns)
        for old in kept[:-_KEPT_MAX]:
            old.unlink(missing_ok=True)
    except OSError as error:
        logger.info("the index can't be kept: %s", error.strerror)
