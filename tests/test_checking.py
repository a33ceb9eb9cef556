"""``check`` and ``fix`` do as the project says, and read ``.bql`` files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bioql_lsp.analysis.api.load import forget
from bioql_lsp.checking import Checker
from bioql_lsp.commands import app
from bioql_lsp.sources import read

CALL = 'from bioql import quantum\nquantum("Create a Bell state", k, shots=5)\n'
COSTLY = CALL.replace("shots=5", 'backend="ibm_torino", shots=500')
GHZ = "# A chain\nCreate a GHZ state with 3 qubits\n"


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def listed(*arguments: object) -> list[dict[str, str]]:
    return json.loads(run("check", *arguments, "--format", "json").stdout)


def found(*arguments: object) -> dict[str, str]:
    return {item["code"]: item["severity"] for item in listed(*arguments)}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "inner" / "src").mkdir(parents=True)
    for place in ("a.py", "inner/src/b.py"):
        (tmp_path / place).write_text(CALL)
    return tmp_path


def set_in(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text("[tool.bioql]\n" + "\n".join(lines))


def install(folder: Path, version: str) -> None:
    site_packages = folder / ".venv/lib/python3.11/site-packages"
    metadata = site_packages / f"bioql-{version}.dist-info/METADATA"
    metadata.parent.mkdir(parents=True)
    (folder / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n")
    metadata.write_text(f"Metadata-Version: 2.1\nName: bioql\nVersion: {version}\n")


def test_the_nearest_project_decides_about_each_file(project):
    set_in(project, 'bioqlVersion = "5.0.0"')
    set_in(project / "inner", 'bioqlVersion = "7.0.1"')
    assert "BQ008" not in found(project / "a.py")
    assert "BQ008" in found(project / "inner")
    assert "BQ008" in found(project / "a.py", "--bioql-version", "7.0.1")


def test_without_a_version_the_projects_environment_tells_it(project, monkeypatch):
    assert "BQ008" in found(project / "a.py")
    set_in(project)
    install(project, "5.0.0")
    assert "BQ008" not in found(project / "inner/src/b.py")
    (project / "pyproject.toml").unlink()
    monkeypatch.chdir(project)
    assert "BQ008" not in found("inner/src/b.py")


def test_the_project_chooses_what_counts_and_as_what(project):
    set_in(project, "diagnostics.enabled = false", 'diagnostics.severity.BQ008 = "information"')
    assert found(project / "a.py")["BQ008"] == "information"
    set_in(project, 'diagnostics.ignore = ["BQ008"]')
    assert "BQ008" not in found(project / "a.py")
    assert run("fix", project / "a.py").exit_code == 0
    assert (project / "a.py").read_text() == CALL
    set_in(project)
    run("fix", project / "a.py")
    assert 'backend="ibm_torino"' in (project / "a.py").read_text()


def test_a_price_is_a_warning_above_the_projects_limit(project):
    (project / "a.py").write_text(COSTLY)
    assert found(project / "a.py")["BQ019"] == "information"
    set_in(project, "costs.warnAboveUsd = 100")
    assert found(project / "a.py")["BQ019"] == "warning"
    set_in(project, "costs.warnAboveUsd = 100000")
    assert found(project / "a.py")["BQ019"] == "information"


def test_what_is_wrong_in_a_project_is_told_once_on_stderr(project):
    set_in(
        project,
        'apiKey = "5ecre7"',
        "mood = 1",
        'diagnostics.ignore = ["BQ999"]',
        'diagnostics.severity.NL001 = "off"',
    )
    told = run("check", project).stderr
    assert "5ecre7" not in told
    path = project / "pyproject.toml"
    for text in ("bioql.apiKey in [tool.bioql]", "bioql.mood in [tool.bioql]", "BQ999 in"):
        assert told.count(f"{path}: {text}") == 1
    assert "NL001" not in told


def test_a_project_file_that_is_no_toml_stops_nothing(project):
    (project / "pyproject.toml").write_text("[tool")
    assert "BQ008" in found(project / "a.py")


def test_sentences_in_bql_files_are_checked_and_fixed(tmp_path):
    path = tmp_path / "a.bql"
    path.write_text(GHZ)
    assert found(path) == {"NL004": "warning"}
    assert run("check", tmp_path).exit_code == 1
    assert run("fix", path).exit_code == 0
    fixed = path.read_text()
    assert fixed.startswith("# A chain\nh qubit 0. cnot 0 1.")
    assert fixed.endswith("\n")
    assert found(path) == {}


def test_a_version_that_is_not_bundled_is_checked_as_it_is_installed(project, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    (project / "a.py").write_text("from bioql import mine, yours\nprint(mine, yours)\n")
    install(project, "8.0.0")
    package = project / ".venv/lib/python3.11/site-packages/bioql"
    package.mkdir()
    (package / "__init__.py").write_text("def mine():\n    return 1\n")
    set_in(project)
    for _ in range(2):
        messages = [item["message"] for item in listed(project / "a.py")]
        assert len(messages) == 1
        assert "yours" in messages[0]
        forget("8.0.0")
        # The second time it is read from the cache.
        (package / "__init__.py").unlink(missing_ok=True)


def test_a_smiles_that_only_rdkit_can_refuse_is_refused_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "five.py"
    path.write_text(
        'from bioql import predict_adme_local\n\npredict_adme_local("C(C)(C)(C)(C)C")\n'
    )
    codes = [f.code for f in Checker(None, print).findings(read(path))]
    assert codes == ["BQ055"]
