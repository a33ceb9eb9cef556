"""Finding and indexing the user's installation by reading its files."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from bioql_lsp.analysis.api.build import UnusableSourceError
from bioql_lsp.analysis.api.installed import (
    BadIndexError,
    decode_index,
    encode_index,
    find_installed,
    fingerprint,
    index_installed,
)
from bioql_lsp.analysis.api.load import load
from tests.support.wheels import wheel

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"


def site_packages(prefix: Path, layout: str = "lib/python3.11/site-packages") -> Path:
    folder = prefix / layout
    folder.mkdir(parents=True, exist_ok=True)
    (prefix / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
    return folder


def add(folder: Path, name: str, version: str) -> Path:
    dist_info = folder / f"{name}-{version}.dist-info"
    dist_info.mkdir()
    (dist_info / "METADATA").write_text(METADATA.format(name=name, version=version))
    return dist_info


def install(folder: Path, version: str = "6.5.4", source: str = "def run(x): ...\n") -> Path:
    (folder / "bioql").mkdir(exist_ok=True)
    (folder / "bioql" / "__init__.py").write_text(source)
    return add(folder, "bioql", version)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """A virtual environment with the real 3.1.2 in it, whose attribute says 3.1.1."""
    prefix = tmp_path_factory.mktemp("real") / ".venv"
    venv.create(prefix, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(prefix), "install", "--quiet"]
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([*pip, *options, str(wheel("3.1.2"))], check=True)
    return prefix


def test_the_version_is_the_metadata_s_and_not_the_attribute_s(real):
    installed = find_installed(None, [real.parent])
    assert (installed.version, installed.origin) == ("3.1.2", "workspace")
    assert '__version__ = "3.1.1"' in (installed.package_folder / "__init__.py").read_text()
    assert installed.dist_info.parent == installed.site_packages
    assert installed.package_folder.parent == installed.site_packages


def test_an_interpreter_its_folder_and_its_name_lead_to_the_same_installation(real):
    expected = find_installed(None, [real.parent]).package_folder
    for path in (real / "bin" / "python", real / "bin" / "python3", real):
        installed = find_installed(str(path), [])
        assert (installed.package_folder, installed.origin) == (expected, "pythonPath"), path
    assert find_installed(".venv/bin/python", [real.parent]).package_folder == expected


def test_the_index_of_an_installation_is_that_of_its_wheel(real):
    index = index_installed(find_installed(str(real), []))
    bundled = load("3.1.2")
    assert (index.version, index.is_exact) == ("3.1.2", True)
    assert index.module_names == bundled.module_names
    assert index.lookup("bioql.quantum") == bundled.lookup("bioql.quantum")
    read = decode_index(encode_index(index))
    assert read.data == index.data
    assert read.lookup("bioql.quantum") == index.lookup("bioql.quantum")


def test_a_missing_distribution_breaks_an_import_in_that_installation_only(real):
    assert load("3.1.2").import_failure("bioql.parser.llm_parser") is None
    failure = index_installed(find_installed(str(real), [])).import_failure(
        "bioql.parser.llm_parser"
    )
    assert failure.needs == ("httpx",)


def test_an_interpreter_that_is_set_is_the_only_one_looked_at(real, tmp_path):
    site_packages(tmp_path / "empty")
    assert find_installed(str(tmp_path / "empty"), [real.parent]) is None
    assert find_installed(str(tmp_path / "nowhere"), [real.parent]) is None


@pytest.mark.parametrize(
    ("layout", "executable"),
    [
        ("lib/python3.12/site-packages", "bin/python"),
        ("lib64/python3.9/site-packages", "bin/python3"),
        ("lib/pypy3.10/site-packages", "bin/pypy3"),
        ("lib/python3/dist-packages", "bin/python3"),
        ("local/lib/python3.11/dist-packages", "bin/python3"),
        ("Lib/site-packages", "Scripts/python.exe"),
        ("Lib/site-packages", "python.exe"),
    ],
)
def test_every_layout_of_an_environment_is_known(tmp_path, layout, executable):
    install(site_packages(tmp_path / "e", layout))
    path = tmp_path / "e" / executable
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert find_installed(str(path), []).version == "6.5.4"


@pytest.mark.parametrize("name", [".venv", "venv", "env", ".conda", "conda"])
def test_an_environment_in_the_workspace_is_found_by_its_name(tmp_path, name):
    install(site_packages(tmp_path / "second" / name))
    (tmp_path / "first").mkdir()
    installed = find_installed(None, [tmp_path / "first", tmp_path / "second"])
    assert (installed.version, installed.origin) == ("6.5.4", "workspace")


def test_a_folder_that_is_no_environment_is_passed_over(tmp_path):
    install(site_packages(tmp_path / "venv"))
    (tmp_path / "venv" / "pyvenv.cfg").unlink()
    assert find_installed(None, [tmp_path]) is None
    (tmp_path / "venv" / "conda-meta").mkdir()
    assert find_installed(None, [tmp_path]) is not None


def test_of_several_pythons_the_newest_that_has_bioql_counts(tmp_path):
    install(site_packages(tmp_path, "lib/python3.9/site-packages"), "1.0.0")
    install(site_packages(tmp_path, "lib/python3.10/site-packages"), "5.0.0")
    site_packages(tmp_path, "lib/python3.12/site-packages")
    assert find_installed(str(tmp_path), []).version == "5.0.0"


def test_system_packages_are_seen_where_the_environment_asks_for_them(tmp_path):
    install(site_packages(tmp_path / "base"))
    site_packages(tmp_path / "e")
    assert find_installed(str(tmp_path / "e"), []) is None
    settings = f"home = {tmp_path / 'base' / 'bin'}\ninclude-system-site-packages = true\n"
    (tmp_path / "e" / "pyvenv.cfg").write_text(settings)
    assert find_installed(str(tmp_path / "e"), []).version == "6.5.4"


def editable(folder: Path, code: Path, how: str) -> None:
    dist_info = add(folder, "bioql", "9.0.dev1")
    if how == "record":
        record = {"url": code.parent.as_uri(), "dir_info": {"editable": True}}
        (dist_info / "direct_url.json").write_text(json.dumps(record))
    elif how == "path file":
        (folder / "__editable__.bioql-9.0.dev1.pth").write_text(f"{code.parent}\n")
    else:
        finder = (
            f"import sys\nMAPPING: dict[str, str] = {{'bioql': {str(code)!r}}}\nNAMESPACES = 1\n"
        )
        (folder / "__editable___bioql_9_0_dev1_finder.py").write_text(finder)


@pytest.mark.parametrize("how", ["record", "path file", "finder"])
def test_an_editable_installation_is_followed_to_its_source(tmp_path, how):
    code = tmp_path / "my source" / "bioql"
    code.mkdir(parents=True)
    (code / "__init__.py").write_text("def mine(): ...\n")
    editable(site_packages(tmp_path / "e"), code, how)
    installed = find_installed(str(tmp_path / "e"), [])
    assert installed.package_folder == code
    assert index_installed(installed).lookup("bioql.mine").kind == "function"


def test_metadata_without_code_gives_a_version_and_nothing_to_index(tmp_path):
    add(site_packages(tmp_path), "bioql", "7.0.1")
    installed = find_installed(str(tmp_path), [])
    assert (installed.version, installed.package_folder) == ("7.0.1", None)
    with pytest.raises(UnusableSourceError):
        index_installed(installed)


@pytest.mark.parametrize(
    "version", ["", "../../etc", "7.0\x1b[31m", "v" * 9, "1" + ".0" * 90, "7 0"]
)
def test_a_version_that_is_none_is_not_believed(tmp_path, version):
    folder = site_packages(tmp_path)
    dist_info = install(folder)
    (dist_info / "METADATA").write_text(METADATA.format(name="bioql", version=version))
    assert find_installed(str(tmp_path), []) is None


def test_distributions_are_known_by_any_spelling(tmp_path):
    folder = site_packages(tmp_path)
    install(folder)
    add(folder, "qiskit_ionq", "0.5.0")
    add(folder, "Torch", "2.1")
    (folder / "meeko-0.5.egg-info").mkdir()
    installed = find_installed(str(tmp_path), [])
    for name in ("qiskit-ionq", "qiskit_ionq", "torch", "meeko", "bioql"):
        assert installed.has_distribution(name), name
    assert not installed.has_distribution("plotly")
    assert not installed.has_distribution("qiskit")


def test_the_fingerprint_changes_with_every_change_of_the_packages(tmp_path):
    folder = site_packages(tmp_path / "venv")
    seen = [fingerprint(None, [tmp_path])]
    dist_info = install(folder)
    seen.append(fingerprint(None, [tmp_path]))
    assert find_installed(None, [tmp_path]).fingerprint == seen[-1]
    dist_info.rename(folder / "bioql-8.0.dist-info")
    os.utime(folder, ns=(1, 1))
    seen.append(fingerprint(None, [tmp_path]))
    (tmp_path / "venv" / "pyvenv.cfg").unlink()
    seen.append(fingerprint(None, [tmp_path]))
    assert len(set(seen)) == len(seen)
    assert fingerprint(None, [tmp_path]) == seen[-1]


@pytest.mark.parametrize(
    "python_path", ["", "\0", "~nobody-at-all/x", "/dev/null", "/", "relative/none", "x" * 5000]
)
def test_a_useless_path_is_answered_with_nothing(python_path):
    assert find_installed(python_path, []) is None
    assert isinstance(fingerprint(python_path, []), tuple)


def test_hostile_records_of_an_editable_installation_are_passed_over(tmp_path):
    folder = site_packages(tmp_path)
    dist_info = add(folder, "bioql", "7.0.1")
    (folder / "bioql_finder.pth").write_text("import os; os.abort()\n\0\n../../..\n")
    (folder / "__editable___bioql_finder.py").write_text("MAPPING = {'bioql': 3}\n" * 3)
    records = ["[]", "{", '{"url": 3}', '{"url": "file:///a%00b"}', '{"url": "https://x/y"}']
    for record in records:
        (dist_info / "direct_url.json").write_text(record)
        assert find_installed(str(tmp_path), []).package_folder is None, record


def test_bytes_that_are_no_index_of_an_installation_are_refused():
    with pytest.raises(BadIndexError):
        decode_index(b"no index")
