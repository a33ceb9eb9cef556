"""``bioql-lsp doctor`` says which BioQL is in force, why, and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bioql_lsp import __version__, doctor_command
from bioql_lsp.commands import app
from tests.test_checking import install, set_in

KEY = "bioql_live_5ecre7"


def doctor(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(app, ["doctor", str(folder), *arguments])


def examined(folder: Path) -> dict[str, Any]:
    finished = doctor(folder, "--format", "json")
    report: dict[str, Any] = json.loads(finished.stdout)
    assert finished.exit_code == (1 if report["problems"] else 0)
    return report


@pytest.fixture
def project(tmp_path: Path) -> Path:
    set_in(tmp_path)
    return tmp_path


def test_without_anything_the_newest_version_is_in_force_and_nothing_is_wrong(project: Path):
    report = examined(project)
    assert report["bioql_lsp"] == __version__
    assert report["bioql"]["version"] == "7.0.1"
    assert report["bioql"]["source"] == "newest"
    assert report["bioql"]["installed"] is None
    assert report["problems"] == []
    assert "Nothing is wrong." in doctor(project).stdout


def test_what_is_installed_is_in_force_unless_the_project_says_otherwise(project: Path):
    install(project, "5.0.0")
    package = project / ".venv/lib/python3.11/site-packages/bioql"
    package.mkdir()
    (package / "__init__.py").touch()
    report = examined(project)
    assert report["bioql"]["source"] == "installed"
    assert report["bioql"]["installed"] == {"version": "5.0.0", "folder": str(package)}
    assert report["problems"] == []
    set_in(project, 'bioqlVersion = "3.1.2"')
    (project / "src").mkdir()
    report = examined(project / "src")
    assert (report["bioql"]["version"], report["bioql"]["source"]) == ("3.1.2", "set")


def test_metadata_without_code_and_an_unknown_version_are_problems(project: Path):
    install(project, "5.0.0")
    set_in(project, 'bioqlVersion = "9.9"')
    report = examined(project)
    assert report["bioql"]["checked_as"] == "7.0.1"
    lost, unknown = report["problems"]
    assert "BioQL 5.0.0" in lost
    assert "BioQL 9.9" in unknown


def test_settings_are_listed_and_what_is_wrong_in_them_is_said_without_a_key(project: Path):
    set_in(project, f'apiKey = "{KEY}"', "costs.warnAboveUsd = 5", 'diagnostics.ignore = ["XY1"]')
    for text in (doctor(project).stdout, doctor(project, "--format", "json").stdout):
        assert KEY not in text
        assert "bioql.apiKey" in text
    report = examined(project)
    assert report["settings"]["file"] == str(project / "pyproject.toml")
    values = {"bioql.costs.warnAboveUsd": 5.0, "bioql.diagnostics.ignore": ["XY1"]}
    assert report["settings"]["values"] == values
    assert len(report["problems"]) == 2
    assert "Problem: XY1 in" in doctor(project).stdout


def test_a_missing_extra_is_told_with_how_to_install_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    extras = {"chem": ("chemistry", ("json", "no_such_module"))}
    monkeypatch.setattr(doctor_command, "_EXTRAS", extras)
    assert examined(project)["extras"]["chem"]["missing"] == ["no_such_module"]
    assert "not installed (pip install 'bioql-lsp[chem]')" in doctor(project).stdout


def test_a_folder_that_is_not_there_is_unusable(project: Path):
    assert doctor(project / "gone").exit_code == 2
