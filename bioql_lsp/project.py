"""What a project says about itself: ``[tool.bioql]`` of its ``pyproject.toml``."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.settings import SECTION, DiagnosticsSettings, Problem, Scope, Source

logger = logging.getLogger(__name__)

FILE_NAME = "pyproject.toml"
_BYTES_MAX = 1024 * 1024


def read_project(folder: Path | None) -> list[Source]:
    """What the ``pyproject.toml`` in a folder sets; nothing where it can't be read."""
    if folder is None:
        return []
    try:
        with (folder / FILE_NAME).open("rb") as file:
            content = file.read(_BYTES_MAX)
        table: Any = tomllib.loads(content.decode("utf-8"))
        values = table.get("tool", {}).get(SECTION)
    except OSError:
        return []
    except (ValueError, AttributeError, RecursionError):
        logger.warning("%s could not be read as TOML", folder / FILE_NAME)
        return []
    return [Source(f"[tool.{SECTION}] of {FILE_NAME}", Scope.WORKSPACE, values)]


def project_folder(path: Path) -> Path | None:
    """The nearest folder at or above a path that has a ``pyproject.toml``."""
    try:
        absolute = path.resolve()
        return next(
            (each for each in (absolute, *absolute.parents) if (each / FILE_NAME).is_file()), None
        )
    except (OSError, RuntimeError):
        return None


def shown(found: Sequence[Finding], settings: DiagnosticsSettings) -> tuple[Finding, ...]:
    """The findings that the settings show, with the severity that they choose."""
    if not settings.enabled:
        return ()
    if not settings.severity and not settings.ignore:
        return tuple(found)
    result: list[Finding] = []
    for finding in found:
        severity = settings.severity.get(finding.code, finding.severity)
        if finding.code not in settings.ignore and severity != "off":
            result.append(replace(finding, severity=Severity(severity)))
    return tuple(result)


def unknown_codes(settings: DiagnosticsSettings) -> tuple[Problem, ...]:
    """The codes in the settings that no rule has. Loads the rules where there are codes at all."""
    named = {"ignore": settings.ignore, "severity": tuple(settings.severity)}
    if not any(named.values()):
        return ()
    from bioql_lsp.analysis.registry import rules  # noqa: PLC0415 - heavy, and rarely needed

    known = {rule.code for rule in rules()}
    return tuple(
        Problem(
            f"{SECTION}.diagnostics.{key}",
            f"{code} in {SECTION}.diagnostics.{key} is no rule; bioql-lsp rules lists them all.",
        )
        for key, codes in named.items()
        for code in codes
        if code not in known
    )
