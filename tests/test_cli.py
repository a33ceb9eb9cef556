"""The command line as people and scripts use it: output, exit status, files left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bioql_lsp import __version__, cli, sources
from bioql_lsp.analysis.registry import rules
from bioql_lsp.analysis.reports import rules_as_markdown
from bioql_lsp.commands import app
from bioql_lsp.text import Document, Position

BAD = 'from bioql import quantum\nx = "😀"; quantum("Create a Bell state", num_shots=5)\n'
FIXED = (
    'from bioql import quantum\nimport os\nx = "😀"; quantum("Create a Bell state", shots=5, '
    'api_key=os.environ["BIOQL_API_KEY"], backend="ibm_torino")\n'
)
WARNING = 'from bioql import quantum\nquantum("x", k, "IBM_TORINO")\n'
ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def codes(*arguments: str) -> list[str]:
    return [item["code"] for item in json.loads(run(*arguments, "--format", "json").stdout)]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.py"
    path.write_text(BAD)
    return path


def test_a_clean_file_exits_0(tmp_path):
    (tmp_path / "a.py").write_text("print(1)\n")
    result = run("check", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "No findings in 1 file.\n")


def test_findings_exit_1_and_name_the_place(bad):
    result = run("check", bad)
    assert result.exit_code == 1
    assert f"{bad}:2:10: BQ002 error: " in result.stdout
    assert "fix: Rename num_shots to shots" in result.stdout


def test_warnings_exit_1_too(tmp_path):
    (tmp_path / "a.py").write_text(WARNING)
    assert run("check", tmp_path).exit_code == 1


def test_json_has_zero_based_code_points_and_edits_that_apply(bad):
    result = run("check", bad, "--format", "json")
    items = json.loads(result.stdout)
    item = next(i for i in items if i["code"] == "BQ021")
    assert item.keys() == {"path", "code", "severity", "message", "range", "fix"}
    assert (item["path"], item["severity"]) == (str(bad), "error")
    document = Document(BAD)
    start = document.offset(Position(**item["range"]["start"]))
    assert BAD[start:].startswith("num_shots=")
    (edit,) = item["fix"]["edits"]
    assert edit["newText"] == "shots"
    assert edit["range"] == item["range"]


def test_json_of_nothing_is_an_empty_list(tmp_path):
    result = run("check", tmp_path, "--format", "json")
    assert (json.loads(result.stdout), result.exit_code) == ([], 0)


def test_json_says_null_where_there_is_no_fix(tmp_path):
    (tmp_path / "a.py").write_text("import bioql\nx = (\n")
    (item,) = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert (item["code"], item["fix"]) == ("BQ000", None)


def test_sarif_has_rules_regions_and_fixes(bad):
    log = json.loads(run("check", bad, "--format", "sarif").stdout)
    (one,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert one["columnKind"] == "unicodeCodePoints"
    described = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert described == [rule.code for rule in rules()]
    for result in one["results"]:
        assert described[result["ruleIndex"]] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == 2
    assert one["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]


def test_folders_are_searched_for_files_of_ones_own(tmp_path):
    others = (".venv/c.py", "node_modules/d.py", ".git/e.py", "f.txt")
    for name in ("a.py", "sub/b.py", "c.bql", *others):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(BAD)
    items = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert {Path(i["path"]).name for i in items} == {"a.py", "b.py", "c.bql"}


def test_a_file_named_twice_is_checked_once(bad):
    once = json.loads(run("check", bad, "--format", "json").stdout)
    twice = json.loads(run("check", bad, bad.parent, "--format", "json").stdout)
    assert once == twice


def test_a_missing_file_is_said_and_exits_2(tmp_path):
    result = run("check", tmp_path / "none.py")
    assert result.exit_code == 2
    assert "none.py: there is no such file or folder; check the path" in result.stderr


def test_invalid_text_is_said_and_the_others_are_checked(bad):
    (bad.parent / "latin.py").write_bytes(b"x = '\xff'\n")
    result = run("check", bad.parent)
    assert result.exit_code == 2
    assert "latin.py: not valid text" in result.stderr
    assert "save it as UTF-8" in result.stderr
    assert "BQ002" in result.stdout


def test_unusable_arguments_exit_2(bad):
    assert run("check").exit_code == 2
    assert run("check", bad, "--format", "xml").exit_code == 2
    assert run("check", bad, "--bioql-version", "new").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_the_version_decides_which_rules_hold(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('from bioql import quantum\nquantum("x", k)\n')
    assert "BQ008" not in codes("check", path, "--bioql-version", "5.0.0")
    assert "BQ008" in codes("check", path)


def test_fix_writes_the_fixed_text(bad):
    result = run("fix", bad)
    assert (result.exit_code, bad.read_text()) == (0, FIXED)
    assert run("check", bad).exit_code == 0
    assert "Nothing to fix" in run("fix", bad).stderr


def test_fix_diff_shows_the_change_and_writes_nothing(bad):
    result = run("fix", "--diff", bad)
    assert result.exit_code == 0
    assert "+import os\n" in result.stdout
    assert bad.read_text() == BAD


def test_fix_keeps_line_ends_byte_order_mark_and_mode(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert run("fix", path).exit_code == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.py"]


def test_fix_keeps_a_declared_encoding(tmp_path):
    path = tmp_path / "a.py"
    text = '# coding: latin-1\nfrom bioql import quantum\nx = "é"; quantum("x", k)\n'
    path.write_bytes(text.encode("latin-1"))
    run("fix", path)
    assert 'x = "é"; quantum("x", k, backend="ibm_torino")' in path.read_bytes().decode("latin-1")


def test_fix_follows_a_link_to_its_file(bad):
    link = bad.parent / "link.py"
    link.symlink_to(bad)
    run("fix", link)
    assert link.is_symlink()
    assert bad.read_text() == FIXED


def test_fix_refuses_a_file_that_changed_underneath(bad):
    source = sources.read(bad)
    bad.write_text("changed = 1\n")
    with pytest.raises(sources.SourceError, match="changed while it was being fixed"):
        sources.write(source, FIXED)
    assert bad.read_text() == "changed = 1\n"
    assert [p.name for p in bad.parent.iterdir()] == ["bad.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_fix_says_what_it_may_not_write(bad):
    bad.parent.chmod(0o500)
    result = run("fix", bad)
    bad.parent.chmod(0o700)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_rules_are_listed_as_text_json_and_the_page_of_the_docs():
    assert "BQ008  error" in run("rules").stdout
    items = json.loads(run("rules", "--format", "json").stdout)
    assert [item["code"] for item in items] == [rule.code for rule in rules()]
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert page == rules_as_markdown(rules()), "run: bioql-lsp rules --format markdown"


def test_the_version_is_printed():
    assert run("--version").stdout == f"bioql-lsp {__version__}\n"


def test_the_server_is_dispatched_before_the_commands_are_imported(monkeypatch):
    called = []

    class Main:
        @staticmethod
        def run(arguments):
            called.append(arguments)
            return 0

    monkeypatch.setitem(sys.modules, "bioql_lsp.server.main", Main)
    monkeypatch.setattr(sys, "argv", ["bioql-lsp", "--stdio"])
    with pytest.raises(SystemExit) as exit_info:
        cli.main()
    assert (exit_info.value.code, called) == (0, [["--stdio"]])


def test_importing_the_command_loads_nothing_heavy():
    code = (
        "import sys, bioql_lsp.cli;"
        "heavy = {'typer', 'rich', 'httpx', 'pydantic', 'tree_sitter', 'pygls'};"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_command_runs_as_a_process(bad):
    command = [sys.executable, "-m", "bioql_lsp.cli", "check", str(bad), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert {i["code"] for i in json.loads(done.stdout)} == {"BQ002", "BQ008", "BQ021"}


def test_a_notebook_is_refused_instead_of_called_clean(tmp_path):
    path = tmp_path / "runs.ipynb"
    path.write_text('{"cells": []}')
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 2
    assert "a notebook is checked in the editor" in result.output
