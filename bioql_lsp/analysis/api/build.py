"""Build the index of BioQL's API from a wheel or an installed package, without importing it.

``python -m bioql_lsp.analysis.api.build --all [--wheels FOLDER]`` writes all the bundled files,
with pip fetching the wheels that are not in the folder; ``build WHEEL -o FILE`` writes one. The
same wheel always gives the same bytes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from bioql_lsp.analysis.api.constructors import settled_class
from bioql_lsp.analysis.api.extract import ModuleFacts, read_module
from bioql_lsp.analysis.api.failures import Failure, find_failures
from bioql_lsp.analysis.api.groups import holds, mark_conditional, settle_groups
from bioql_lsp.analysis.api.sources import (
    UnusableSourceError,
    metadata_of,
    python_files,
    requirements_in,
    version_in,
)
from bioql_lsp.analysis.api.storage import FORMAT, encode
from bioql_lsp.analysis.api.versions import (
    BUNDLED,
    DATA_FOLDER,
    TABLE_NAME,
    encode_table,
)

__all__ = ["UnusableSourceError", "build", "encode", "main"]
Facts = dict[str, ModuleFacts]


def build(
    source: Path,
    package: str = "bioql",
    version: str | None = None,
    distributions: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The index of ``package`` in a wheel file, or in a folder that contains the package.

    ``distributions`` are those installed beside it: what the package requires, if not told.
    Raises UnusableSourceError with the reason where there is nothing to index.
    """
    try:
        modules = _read_modules(source, package)
        metadata = metadata_of(source, package)
    except OSError as error:
        raise UnusableSourceError(f"{source}: cannot be read ({error.strerror})") from error
    if not modules:
        raise UnusableSourceError(f"{source}: there is no package {package!r} in it")
    settle_groups(modules)
    present = requirements_in(metadata) if distributions is None else distributions
    failures = find_failures(modules, present)
    mark_conditional(modules, {name: f.needs for name, f in failures.items() if f.needs})
    entries = {name: _module_entry(facts, modules, failures) for name, facts in modules.items()}
    return {
        "format": FORMAT,
        "package": package,
        "version": version or _version(source, metadata),
        "modules": entries,
        "same": _same_names(entries),
    }


def _read_modules(source: Path, package: str) -> Facts:
    """Every module; a package's folder wins over a file of the same name, as it does in Python."""
    modules: Facts = {}
    for path, data in sorted(python_files(source, package)):
        name = _module_name(path, package)
        if name is not None and not (name in modules and modules[name].is_package):
            modules[name] = read_module(name, path.name == "__init__.py", data, package)
    return modules


def _module_name(path: PurePosixPath, package: str) -> str | None:
    parts = [*path.parts[:-1], *([] if path.name == "__init__.py" else [path.stem])]
    if not parts or parts[0] != package or not all(part.isidentifier() for part in parts):
        return None
    return ".".join(parts)


def _version(source: Path, metadata: str) -> str:
    stated = version_in(metadata)
    is_wheel_name = source.is_file() and source.name.count("-") >= 2
    return stated or (source.name.split("-")[1] if is_wheel_name else "0")


def _module_entry(
    facts: ModuleFacts, modules: Facts, failures: dict[str, Failure]
) -> dict[str, Any]:
    if facts.error is not None:
        return {"error": facts.error}
    entry: dict[str, Any] = {"names": {}}
    for name, value in facts.names.items():
        is_class = value["k"] == "c"
        entry["names"][name] = settled_class(value, facts, modules) if is_class else value
    if facts.exports:
        listed = [names for test, names in facts.exports if holds(test, facts)]
        entry["all"] = [name for names in listed for name in names]
    if facts.stars:
        entry["stars"] = facts.stars
    if facts.is_open:
        entry["open"] = 1
    if facts.is_package:
        entry["package"] = 1
    if (failure := failures.get(facts.name)) is not None:
        entry["fails"] = [failure.error, failure.cause, list(failure.needs)]
    return entry


def _same_names(entries: dict[str, Any]) -> dict[str, list[str]]:
    """The public functions and classes that several modules define under one name."""
    places: dict[str, list[str]] = {}
    for module in sorted(entries):
        for name, value in entries[module].get("names", {}).items():
            if value["k"] in {"f", "c"} and "w" not in value and not name.startswith("_"):
                places.setdefault(name, []).append(f"{module}.{name}")
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def build_all(wheels: Path, output: Path) -> list[str]:
    """Write the files of every bundled version and the table of names; returns what was built."""
    indexes = [build(_wheel(wheels, version)) for version in BUNDLED]
    output.mkdir(exist_ok=True)
    for version, index in zip(BUNDLED, indexes, strict=True):
        (output / f"bioql-{version}.json.gz").write_bytes(encode(index))
    (output / TABLE_NAME).write_bytes(encode_table(indexes))
    return [_summary(index) for index in indexes]


def _wheel(folder: Path, version: str) -> Path:
    path = folder / f"bioql-{version}-py3-none-any.whl"
    if not path.is_file():
        command = ["download", "--no-deps", "--only-binary", ":all:", "--quiet", "--dest"]
        arguments = [sys.executable, "-m", "pip", *command, str(folder), f"bioql=={version}"]
        if subprocess.run(arguments, check=False).returncode or not path.is_file():
            raise UnusableSourceError(f"pip could not fetch bioql {version}")
    return path


def _summary(index: dict[str, Any]) -> str:
    return f"{index['package']} {index['version']}: {len(index['modules'])} modules"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description="Index BioQL's API from a wheel or a folder.")
    parser.add_argument("source", type=Path, nargs="?", help="a wheel, or an installed package")
    parser.add_argument("--all", action="store_true", help="build every bundled version")
    parser.add_argument("--wheels", type=Path, help="with --all: where the wheels are kept")
    parser.add_argument("-o", "--output", type=Path, help="a file; with --all: a folder")
    parser.add_argument("--package", default="bioql")
    options = parser.parse_args(arguments)
    if not options.all and not (options.source and options.output):
        parser.error("give a wheel and -o FILE, or --all")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            lines = _run(options, Path(scratch))
    except (UnusableSourceError, OSError) as error:
        print(f"cannot build the index: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


def _run(options: argparse.Namespace, scratch: Path) -> list[str]:
    if options.all:
        return build_all(options.wheels or scratch, options.output or DATA_FOLDER)
    index = build(options.source, options.package)
    options.output.write_bytes(encode(index))
    return [_summary(index)]


if __name__ == "__main__":
    raise SystemExit(main())
