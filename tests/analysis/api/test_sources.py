"""Hostile wheels and folders: building ends soon, in little memory, with a clear error."""

import io
import os
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bioql_lsp.analysis.api.build import UnusableSourceError, build, main
from bioql_lsp.analysis.api.sources import FILE_BYTES_MAX, requirements_in, version_in

MEMORY_BYTES_MAX = 600 * 1024 * 1024


def wheel_of(
    folder: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED
) -> Path:
    path = folder / "bioql-7.0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def bomb(size_bytes: int) -> bytes:
    return b"x = 0\n" + b"#" * size_bytes


def test_a_zip_bomb_ends_with_an_error_in_bounded_memory_and_time(tmp_path):
    path = wheel_of(tmp_path, {"bioql/__init__.py": b"", "bioql/bomb.py": bomb(400 * 1024 * 1024)})
    assert path.stat().st_size < 2 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-m", "bioql_lsp.analysis.api.build", str(path), "-o", os.devnull],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=limit_memory,
    )
    assert done.returncode == 2
    assert "too large" in done.stderr
    assert "Traceback" not in done.stderr


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))


def test_a_size_that_the_archive_lies_about_is_not_believed(tmp_path):
    path = wheel_of(tmp_path, {"bioql/__init__.py": bomb(FILE_BYTES_MAX * 4)})
    stated = struct.pack("<L", FILE_BYTES_MAX * 4 + 6)
    path.write_bytes(path.read_bytes().replace(stated, struct.pack("<L", 100)))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("bioql/__init__.py").file_size == 100
    with pytest.raises(UnusableSourceError, match=r"__init__\.py"):
        build(path)


def test_many_files_that_are_too_large_together_are_refused(tmp_path):
    files = {f"bioql/m{number}.py": bomb(FILE_BYTES_MAX - 10) for number in range(33)}
    with pytest.raises(UnusableSourceError, match="too large"):
        build(wheel_of(tmp_path, files))


def test_more_files_than_a_package_has_are_refused(tmp_path):
    files = {f"bioql/m{number}.py": b"" for number in range(5001)}
    with pytest.raises(UnusableSourceError, match="5000 files"):
        build(wheel_of(tmp_path, files, zipfile.ZIP_STORED))


@pytest.mark.parametrize(
    "name", ["../bioql/a.py", "/etc/bioql.py", "bioql/../../a.py", "a\\..\\b.py"]
)
def test_a_path_that_leads_out_of_the_wheel_is_refused(tmp_path, name):
    with pytest.raises(UnusableSourceError, match="leads out"):
        build(wheel_of(tmp_path, {"bioql/__init__.py": b"", name: b""}))


def test_a_damaged_wheel_is_refused(tmp_path):
    good = wheel_of(tmp_path, {"bioql/__init__.py": b"x = 1\n" * 1000}).read_bytes()
    for name, data in {
        "cut": good[: len(good) // 2],
        "flipped": good[:60] + bytes(byte ^ 0xFF for byte in good[60:80]) + good[80:],
        "empty": b"",
    }.items():
        path = tmp_path / f"{name}.whl"
        path.write_bytes(data)
        with pytest.raises(UnusableSourceError, match=name):
            build(path)


def test_an_encrypted_entry_is_refused(tmp_path):
    path = wheel_of(tmp_path, {"bioql/__init__.py": b"x = 1"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(data)
    with pytest.raises(UnusableSourceError, match="cannot be read"):
        build(path)


@pytest.mark.parametrize(
    "source",
    [
        b"\0",
        b"\xff\xfe x",
        b"(" * 100_000,
        b"x = " + b"-" * 100_000 + b"1",
        b"\n" * 1000 + b"1 1",
        b"def f(a=" + b"1+" * 20_000 + b"1): ...",
    ],
)
def test_a_hostile_module_is_recorded_as_unreadable(tmp_path, source):
    (tmp_path / "bioql").mkdir()
    (tmp_path / "bioql" / "__init__.py").write_bytes(source)
    (tmp_path / "bioql" / "good.py").write_bytes(b"x = 1")
    data = build(tmp_path)
    assert "error" in data["modules"]["bioql"]
    assert "x" in data["modules"]["bioql.good"]["names"]


def test_a_folder_with_circular_links_and_special_files_is_read_to_its_end(tmp_path):
    package = tmp_path / "bioql"
    package.mkdir()
    (package / "__init__.py").write_text("x = 1")
    (package / "loop").symlink_to(package, target_is_directory=True)
    (package / "self.py").symlink_to(package / "self.py")
    (package / "zero.py").symlink_to("/dev/zero")
    os.mkfifo(package / "pipe.py")
    assert list(build(tmp_path)["modules"]) == ["bioql"]


def test_a_huge_file_in_a_folder_is_refused(tmp_path):
    (tmp_path / "bioql").mkdir()
    with (tmp_path / "bioql" / "__init__.py").open("wb") as stream:
        stream.truncate(1024**4)
    with pytest.raises(UnusableSourceError, match="too large"):
        build(tmp_path)


def test_a_deep_folder_is_read_to_a_bounded_depth(tmp_path):
    folder = tmp_path / "bioql"
    for _ in range(40):
        folder /= "a"
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    assert len(build(tmp_path)["modules"]) <= 21


def test_metadata_gives_the_version_and_what_every_installation_has():
    text = (
        "Metadata-Version: 2.1\nName: bioql\nVersion: 7.0.1\nRequires-Dist: qiskit>=1.3.0\n"
        'Requires-Dist: plotly; extra == "visualization"\nRequires-Dist: rdkit\n\nVersion: 9\n'
    )
    assert version_in(text) == "7.0.1"
    assert requirements_in(text) == ("qiskit", "rdkit")
    assert (version_in(""), requirements_in("")) == ("", ())


def test_the_command_says_what_it_cannot_do(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "--all" in capsys.readouterr().err
    assert main([str(tmp_path / "missing.whl"), "-o", str(tmp_path / "x")]) == 2
    assert "cannot build the index" in capsys.readouterr().err


def test_a_zip_inside_is_not_unpacked(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("bioql/hidden.py", "x = 1")
    path = wheel_of(tmp_path, {"bioql/__init__.py": b"", "bioql/inner.zip": inner.getvalue()})
    assert list(build(path)["modules"]) == ["bioql"]
