"""How files are checked on the command line: each as the project says that it lies in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import attrs

from bioql_lsp.analysis.api.installed import Installed, find_installed
from bioql_lsp.analysis.api.versions import NEWEST
from bioql_lsp.analysis.bql import language_of
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.fixes import check_text, fix_text
from bioql_lsp.analysis.options import Options
from bioql_lsp.installation import provide_installed
from bioql_lsp.project import FILE_NAME, project_folder, read_project, shown, unknown_codes
from bioql_lsp.settings import DiagnosticsSettings, Problem, Settings, Source, merge
from bioql_lsp.sources import Source as File


@dataclass(frozen=True, slots=True)
class Project:
    """Under what the files of one project are checked, and which findings count."""

    options: Options
    diagnostics: DiagnosticsSettings

    def is_shown(self, finding: Finding) -> bool:
        """Whether the project wants to hear of a finding."""
        return bool(shown([finding], self.diagnostics))


@dataclass(frozen=True, slots=True)
class Setup:
    """What is set in a project, what is wrong with it, and which BioQL is in force."""

    sources: Sequence[Source]
    settings: Settings
    problems: tuple[Problem, ...]
    installed: Installed | None
    version: str


def read_setup(folder: Path | None, version: str | None = None) -> Setup:
    """Read a project's folder; without one, what is installed in the working folder counts.

    The version is the one given, else the one set, else the one installed, whose index is
    provided, else the newest known.
    """
    sources = read_project(folder)
    settings, problems = merge(sources)
    installed = find_installed(None, [folder or Path.cwd()])
    version = version or settings.bioql_version or (installed.version if installed else NEWEST)
    if installed is not None and installed.version == version:
        provide_installed(installed)
    problems += unknown_codes(settings.diagnostics)
    return Setup(sources, settings, problems, installed, version)


class Checker:
    """Checks and fixes files; what is wrong in a project's settings is told once by ``tell``."""

    def __init__(self, bioql_version: str | None, tell: Callable[[str], None]) -> None:
        self._version = bioql_version
        self._tell = tell
        self._projects: dict[Path | None, Project] = {}

    def findings(self, file: File) -> tuple[Finding, ...]:
        """What is wrong in a file, with fixes, as its project wants it shown."""
        project = self._project_of(file.path)
        found = check_text(file.text, project.options, language_of(file.path.name))
        return shown(found, project.diagnostics)

    def fixed(self, file: File) -> str:
        """A file's text after every fix that needs no choice."""
        project = self._project_of(file.path)
        language = language_of(file.path.name)
        return fix_text(file.text, project.options, language, project.is_shown)

    def _project_of(self, path: Path) -> Project:
        folder = project_folder(path.parent)
        if folder not in self._projects:
            self._projects[folder] = self._read(folder)
        return self._projects[folder]

    def _read(self, folder: Path | None) -> Project:
        setup = read_setup(folder, self._version)
        for problem in setup.problems:
            self._tell(f"{folder / FILE_NAME if folder else FILE_NAME}: {problem.message}")
        settings, installed = setup.settings, setup.installed
        options = Options(
            setup.version,
            settings.costs.warn_above_usd if _names_limit(setup.sources) else None,
            installed.distributions if installed else None,
            has_time=True,
        )
        # Whether to show anything at all is a matter of the editor.
        return Project(options, attrs.evolve(settings.diagnostics, enabled=True))


def _names_limit(sources: Sequence[Source]) -> bool:
    """Whether a project says what a run may cost: only then a price is a warning here."""
    for source in sources:
        costs = source.values.get("costs") if isinstance(source.values, Mapping) else None
        if isinstance(costs, Mapping) and "warnAboveUsd" in costs:
            return True
    return False
