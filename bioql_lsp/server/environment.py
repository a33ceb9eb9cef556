"""The user's BioQL: which version their interpreter has, noticed again when that changes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bioql_lsp.analysis.api import installed as installations
from bioql_lsp.analysis.api.installed import Fingerprint
from bioql_lsp.installation import provide_installed
from bioql_lsp.server.analyses import Analyses
from bioql_lsp.server.options import folder_of
from bioql_lsp.server.publishing import show_findings_again
from bioql_lsp.server.session import Session
from bioql_lsp.server.workspace_findings import WorkspaceFindings

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
            if await asyncio.to_thread(provide_installed, found):
                # The version may be the same, and what is installed under it another.
                await self._session.service(Analyses).forget_all()
                self._session.service(WorkspaceFindings).forget_all()
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
