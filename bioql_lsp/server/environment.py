"""The user's BioQL: which version their interpreter has, noticed again when that changes."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path

import platformdirs

from bioql_lsp.analysis.api import installed as installations
from bioql_lsp.analysis.api.installed import Fingerprint, Installed
from bioql_lsp.analysis.api.load import BUNDLED, Index, provide
from bioql_lsp.analysis.api.sources import UnusableSourceError
from bioql_lsp.server.options import folder_of
from bioql_lsp.server.publishing import show_findings_again
from bioql_lsp.server.session import Session

logger = logging.getLogger(__name__)

_CHECK_SECONDS = 10.0


class EnvironmentWatch:
    """Looks for the installation, and looks again; a session has one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: tuple[str | None, Fingerprint] | None = None
        self._lock = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    async def refresh(self) -> bool:
        """Look for the installation; returns whether what is in force has changed."""
        async with self._lock:
            python_path, folders = self._session.settings.python_path, self._folders()
            mark = await asyncio.to_thread(installations.fingerprint, python_path, folders)
            if self._seen == (python_path, mark):
                return False
            self._seen = (python_path, mark)
            found = await asyncio.to_thread(installations.find_installed, python_path, folders)
            if found is not None and found.version not in BUNDLED:
                await asyncio.to_thread(_provide_index, found)
            before, self._session.installed = self._session.installed, found
            return found != before

    def watch(self) -> None:
        """Look again now and then while documents are open."""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_CHECK_SECONDS, self._look_again)

    async def aclose(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look_again(self) -> None:
        if self._session.documents.uris():
            self._session.start(self._refresh_and_show(), "looking at the environment")
        self.watch()

    async def _refresh_and_show(self) -> None:
        if await self.refresh():
            show_findings_again(self._session)

    def _folders(self) -> list[Path]:
        params = self._session.server.initialize_params
        uris = [each.uri for each in (params.workspace_folders or [])] if params else []
        if params is not None and not uris and params.root_uri:
            uris = [params.root_uri]
        return [folder for uri in uris if (folder := folder_of(uri)) is not None]


def _provide_index(found: Installed) -> None:
    """Index a version that is not bundled; what was built once is read from the user's cache."""
    cache = _cache_file(found)
    try:
        index = installations.decode_index(cache.read_bytes())
    except (OSError, installations.BadIndexError):
        try:
            index = installations.index_installed(found)
        except (UnusableSourceError, OSError) as error:
            logger.warning("the installed BioQL can't be indexed: %s", type(error).__name__)
            return
        _store(cache, index)
    provide(index)


def _cache_file(found: Installed) -> Path:
    marks = hashlib.blake2b(repr(found.fingerprint).encode(), digest_size=8).hexdigest()
    folder = Path(platformdirs.user_cache_dir("bioql-lsp"))
    return folder / f"api-{found.version}-{marks}.json.gz"


def _store(cache: Path, index: Index) -> None:
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(".part")
        partial.write_bytes(installations.encode_index(index))
        partial.replace(cache)
    except OSError as error:
        logger.info("the index can't be kept: %s", error.strerror)
