"""Where settings come from, laid over each other: environment, client, ``pyproject.toml``."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types

from bioql_lsp.project import read_project, unknown_codes
from bioql_lsp.server.environment import EnvironmentWatch
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.options import folder_of, options_of
from bioql_lsp.server.publishing import show_findings_again
from bioql_lsp.server.session import Session
from bioql_lsp.server.workspace_findings import WorkspaceFindings
from bioql_lsp.settings import SECTION, Problem, Scope, Settings, Source, from_environment, merge
from bioql_lsp.sources import SUFFIXES

_WATCHED = ("**/pyproject.toml", "**/pyvenv.cfg", "**/bioql-*.dist-info/METADATA")
_WATCHED_SOURCES = tuple(f"**/*{suffix}" for suffix in SUFFIXES)
_FIRST_READ_SECONDS_MAX = 3.0


class Reported:
    """The problems that the user was told about; a session has one."""

    def __init__(self, _session: Session) -> None:
        self.problems: set[Problem] = set()
        self.pushed: object = None
        self.has_read = asyncio.Event()
        self.started_count = 0
        self.applied_number = 0
        self.is_watching_sources = False


async def refresh(session: Session, pushed: object = None) -> None:
    """Read all sources; when the settings changed, show findings under the new ones.

    Of several that run at once the last one started counts, in whatever order they get through.
    """
    state = session.service(Reported)
    state.started_count += 1
    number = state.started_count
    client_values = await _from_client(session, pushed)
    workspace = await asyncio.to_thread(read_project, _folder(session))
    if number < state.applied_number:
        return
    state.applied_number = number
    settings, problems = merge([from_environment(os.environ), *client_values, *workspace])
    _report(session, problems)
    if settings.diagnostics.ignore or settings.diagnostics.severity:
        session.start(_report_unknown_codes(session, settings), "looking at the rules' codes")
    is_first = not state.has_read.is_set()
    is_changed = settings != session.settings
    session.settings = settings
    is_other_environment = await session.service(EnvironmentWatch).refresh()
    if is_changed or is_other_environment:
        show_findings_again(session)
    elif is_first:
        session.service(WorkspaceFindings).start()
    state.has_read.set()
    if settings.diagnostics.workspace and not session.client.has_pull_diagnostics:
        await _watch_sources(session)


async def until_read(session: Session) -> None:
    """Wait until the settings were read once, a moment at most: an answer may never come."""
    has_read = session.service(Reported).has_read
    try:
        async with asyncio.timeout(_FIRST_READ_SECONDS_MAX):
            await has_read.wait()
    except TimeoutError:
        has_read.set()


async def register(session: Session) -> None:
    """Ask the client to tell about changes, where it has to be asked."""
    registrations: list[types.Registration] = []
    if session.client.has_configuration_registration:
        registrations.append(
            types.Registration(
                id="bioql-configuration",
                method=types.WORKSPACE_DID_CHANGE_CONFIGURATION,
                register_options=types.DidChangeConfigurationRegistrationOptions(section=SECTION),
            )
        )
    if session.client.has_watched_files_registration:
        registrations.append(_watching("bioql-files", _WATCHED))
    if registrations:
        await session.server.client_register_capability_async(
            types.RegistrationParams(registrations=registrations)
        )


async def _watch_sources(session: Session) -> None:
    """Ask the client to tell about changes of closed files, once."""
    state = session.service(Reported)
    if state.is_watching_sources or not session.client.has_watched_files_registration:
        return
    state.is_watching_sources = True
    await session.server.client_register_capability_async(
        types.RegistrationParams(registrations=[_watching("bioql-sources", _WATCHED_SOURCES)])
    )


def _watching(name: str, patterns: Sequence[str]) -> types.Registration:
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in patterns]
    return types.Registration(
        id=name,
        method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
    )


async def _from_client(session: Session, pushed: object) -> list[Source]:
    sources = options_of(session.server.initialize_params)
    state = session.service(Reported)
    values = pushed.get(SECTION, pushed) if isinstance(pushed, dict) and pushed else None
    if session.client.has_configuration:
        item = types.ConfigurationItem(section=SECTION)
        asked = types.ConfigurationParams(items=[item])
        try:
            answer = await session.server.workspace_configuration_async(asked)
        except Exception as error:  # what the other sources say counts nevertheless
            log_failure(error, "workspace/configuration")
            answer = []
        values = answer[0] if answer and answer[0] is not None else values
    # A client without workspace/configuration sends its settings once and expects them to last.
    state.pushed = values if values is not None else state.pushed
    return [*sources, Source("the editor's settings", Scope.USER, state.pushed)]


def _folder(session: Session) -> Path | None:
    params = session.server.initialize_params
    uri = None
    if params is not None:
        folders = params.workspace_folders
        uri = folders[0].uri if folders else params.root_uri
    return folder_of(uri)


async def _report_unknown_codes(session: Session, settings: Settings) -> None:
    """In the analysis thread, which loads the rules anyway before its first answer."""
    _report(session, await session.analyse(unknown_codes, settings.diagnostics))


def _report(session: Session, problems: tuple[Problem, ...]) -> None:
    """Tell the user about each problem once."""
    told = session.service(Reported).problems
    for problem in problems:
        if problem not in told:
            told.add(problem)
            session.server.window_show_message(
                types.ShowMessageParams(
                    type=types.MessageType.Warning, message=f"BioQL: {problem.message}"
                )
            )
