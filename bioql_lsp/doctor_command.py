"""The subcommand ``doctor``: which BioQL is in force here and why, and what is missing."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from bioql_lsp import __version__
from bioql_lsp.analysis.api.load import BUNDLED, load
from bioql_lsp.checking import Setup, read_setup
from bioql_lsp.project import FILE_NAME, project_folder
from bioql_lsp.settings import SECTION

_EXIT_PROBLEMS = 1
_EXTRAS = {
    "preview": ("simulating circuits", ("qiskit", "qiskit_aer")),
    "chem": ("checking SMILES with RDKit", ("rdkit",)),
    "worker": (
        "a model on this machine",
        ("fastapi", "uvicorn", "onnxruntime", "tokenizers", "numpy", "peewee", "apsw", "limits"),
    ),
}


class DoctorFormat(StrEnum):
    """How ``doctor`` prints what it finds."""

    TEXT = "text"
    JSON = "json"


def doctor(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", file_okay=False, exists=True)
    ] = Path(),
    output_format: Annotated[DoctorFormat, typer.Option("--format")] = DoctorFormat.TEXT,
) -> None:
    """Show which BioQL is in force, and what is missing; exit status 1 where something is wrong."""
    report = examine(folder)
    if output_format is DoctorFormat.JSON:
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(report)))
    raise typer.Exit(_EXIT_PROBLEMS if report["problems"] else 0)


def examine(folder: Path) -> dict[str, Any]:
    """Everything that ``doctor`` tells about a folder, as JSON. Nothing is run, nobody is asked."""
    project = project_folder(folder)
    setup = read_setup(project)
    installed = setup.installed
    return {
        "bioql_lsp": __version__,
        "python": platform.python_version(),
        "bioql": {
            "version": setup.version,
            "source": _source(setup),
            "checked_as": load(setup.version).data_version,
            "installed": installed
            and {
                "version": installed.version,
                "folder": str(installed.package_folder or installed.site_packages),
            },
            "known": list(BUNDLED),
        },
        "extras": {name: _extra(name) for name in _EXTRAS},
        "settings": {
            "file": str(project / FILE_NAME) if project else None,
            "values": dict(_changed(setup.settings, SECTION)),
        },
        "problems": list(_problems(setup)),
    }


def _source(setup: Setup) -> str:
    if setup.settings.bioql_version:
        return "set"
    return "newest" if setup.installed is None else "installed"


def _extra(name: str) -> dict[str, Any]:
    purpose, modules = _EXTRAS[name]
    missing = [module for module in modules if find_spec(module) is None]
    return {"purpose": purpose, "missing": missing, "install": f"pip install 'bioql-lsp[{name}]'"}


def _changed(settings: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The settings that are not the defaults, by their full keys."""
    defaults = type(settings)()
    for field in attrs.fields(type(settings)):
        key, value = f"{path}.{field.metadata['key']}", getattr(settings, field.name)
        if "is_section" in field.metadata:
            yield from _changed(value, key)
        elif value != getattr(defaults, field.name):
            yield key, value


def _problems(setup: Setup) -> Iterator[str]:
    installed, version = setup.installed, setup.version
    yield from (problem.message for problem in setup.problems)
    if installed is not None and installed.package_folder is None:
        yield (
            f"The code of BioQL {installed.version} in {installed.site_packages} can't be found: "
            "install it again."
        )
    if not load(version).is_exact:
        yield (
            f"BioQL {version} is neither known here nor installed: files are checked as for "
            f"{load(version).data_version}. Known are {', '.join(BUNDLED)}."
        )


def _lines(report: dict[str, Any]) -> Iterator[str]:
    bioql, settings = report["bioql"], report["settings"]
    reasons = {
        "set": f"{SECTION}.bioqlVersion says so",
        "installed": "it is installed",
        "newest": "none is installed in the project, so the newest known one counts",
    }
    yield f"bioql-lsp {report['bioql_lsp']} on Python {report['python']}"
    yield f"BioQL {bioql['version']} is in force: {reasons[bioql['source']]}."
    if bioql["installed"]:
        yield f"Installed is {bioql['installed']['version']} in {bioql['installed']['folder']}"
    for name, extra in report["extras"].items():
        is_whole = not extra["missing"]
        state = "ready" if is_whole else f"not installed ({extra['install']})"
        yield f"Extra {name}, for {extra['purpose']}: {state}"
    yield f"Settings: {settings['file'] or f'no {FILE_NAME} here or above'}"
    yield from (f"  {key} = {json.dumps(value)}" for key, value in settings["values"].items())
    yield from (f"Problem: {problem}" for problem in report["problems"])
    if not report["problems"]:
        yield "Nothing is wrong."
