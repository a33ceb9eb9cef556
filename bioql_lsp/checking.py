"""How files are checked on the command line: each as the project says that it lies in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import attrs

from bioql_lsp.analysis.api.installed import find_installed
from bioql_lsp.analysis.api.versions import NEWEST
from bioql_lsp.analysis.bql import language_of
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.fixes import check_text, fix_text
from bioql_lsp.analysis.options import Options
from bioql_lsp.project import FILE_NAME, project_folder, read_project, shown, unknown_codes
from bioql_lsp.settings import DiagnosticsSettings, Source, merge
from bioql_lsp.sources import Source as File


@dataclass(frozen=True, slots=True)
class Project:
    """Under what the files of one project are checked, and which findings count."""

    options: Options
    diagnostics: DiagnosticsSettings

    def is_shown(self, finding: Finding) -> bool:
        """Whether the project wants to hear of a finding."""
        return bool(shown([finding], self.diagnostics))


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
        sources = read_project(folder)
        settings, problems = merge(sources)
        # Whether to show anything at all is a matter of the editor.
        diagnostics = attrs.evolve(settings.diagnostics, enabled=True)
        for problem in (*problems, *unknown_codes(diagnostics)):
            self._tell(f"{folder / FILE_NAME if folder else FILE_NAME}: {problem.message}")
        installed = find_installed(None, [folder or Path.cwd()])
        found_version = installed.version if installed else NEWEST
        options = Options(
            self._version or settings.bioql_version or found_version,
            settings.costs.warn_above_usd if _names_limit(sources) else None,
            installed.distributions if installed else None,
        )
        return Project(options, diagnostics)


def _names_limit(sources: list[Source]) -> bool:
    """Whether a project says what a run may cost: only then a price is a warning here."""
    for source in sources:
        costs = source.values.get("costs") if isinstance(source.values, Mapping) else None
        if isinstance(costs, Mapping) and "warnAboveUsd" in costs:
            return True
    return False
