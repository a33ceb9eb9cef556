"""Build the index of BioQL's API from a wheel or an installed package, without importing it.

``python -m bioql_lsp.analysis.api.build WHEEL -o FILE`` writes one bundled file; the same wheel
always gives the same bytes.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from bioql_lsp.analysis.api.extract import ImportGroup, ModuleFacts, read_module

FORMAT = 1
_FILE_BYTES_MAX = 8 * 1024 * 1024
_TOTAL_BYTES_MAX = 256 * 1024 * 1024
_HARMLESS_BASES = {"object", "ABC", "abc.ABC", "Protocol"}
Facts = dict[str, ModuleFacts]


class UnusableSourceError(ValueError):
    """The path holds no package that can be indexed."""


def build(source: Path, package: str = "bioql", version: str | None = None) -> dict[str, Any]:
    """The index of ``package`` in a wheel file, or in a folder that contains the package.

    Raises UnusableSourceError with the reason where there is nothing to index.
    """
    files = dict(_wheel_files(source) if source.is_file() else _folder_files(source, package))
    modules = {
        name: read_module(name, path.name == "__init__.py", data, package)
        for path, data in sorted(files.items())
        if (name := _module_name(path, package)) is not None
    }
    if not modules:
        raise UnusableSourceError(f"{source}: there is no package {package!r} in it")
    version = version or _version(source, package)
    _settle_groups(modules)
    return {
        "format": FORMAT,
        "package": package,
        "version": version,
        "modules": {name: _module_entry(facts, modules) for name, facts in modules.items()},
    }


def encode(index: dict[str, Any]) -> bytes:
    """The index as the bytes of its file: sorted, compact, compressed, the same every time."""
    text = json.dumps(index, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _wheel_files(wheel: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            total = 0
            for info in archive.infolist():
                if not info.filename.endswith(".py") or info.file_size > _FILE_BYTES_MAX:
                    continue
                total += info.file_size
                if total > _TOTAL_BYTES_MAX:
                    raise UnusableSourceError(f"{wheel}: its sources are larger than 256 MiB")
                yield PurePosixPath(info.filename), archive.read(info)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnusableSourceError(f"{wheel}: not a readable wheel file ({error})") from error


def _folder_files(folder: Path, package: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    root = folder.parent if folder.name == package else folder
    for path in sorted((root / package).rglob("*.py")):
        if path.is_file() and path.stat().st_size <= _FILE_BYTES_MAX:
            yield PurePosixPath(path.relative_to(root).as_posix()), path.read_bytes()


def _module_name(path: PurePosixPath, package: str) -> str | None:
    parts = [*path.parts[:-1], *([] if path.name == "__init__.py" else [path.stem])]
    if not parts or parts[0] != package or not all(part.isidentifier() for part in parts):
        return None
    return ".".join(parts)


def _version(source: Path, package: str) -> str:
    if source.is_file():
        return source.name.split("-")[1] if source.name.count("-") >= 2 else "0"
    root = source.parent if source.name == package else source
    found = sorted(root.glob(f"{package}-*.dist-info"))
    return found[0].name.removesuffix(".dist-info").split("-")[1] if found else "0"


def _settle_groups(modules: Facts) -> None:
    """Bind the names of guarded import groups that fail to what their handlers give them."""
    for _ in range(5):
        changed = False
        for facts in modules.values():
            for group in list(facts.groups):
                if (why := _failure(group, modules)) is None:
                    continue
                facts.groups.remove(group)
                changed = True
                for bound, module, name in group.imports:
                    facts.names[bound] = _fallback(group, bound, module, name, why)
                for bound, entry in group.fallbacks.items():
                    if bound in facts.names and facts.names[bound]["k"] == "v":
                        facts.names[bound] = entry
        if not changed:
            return


def _fallback(group: ImportGroup, bound: str, module: str, name: str, why: str) -> dict[str, Any]:
    entry = group.fallbacks.get(bound, {"k": "v", "v": "None"})
    if entry.get("v") != "None":
        return entry
    return {"k": "n", "m": module, "n": name, "w": why}


def _failure(group: ImportGroup, modules: Facts) -> str | None:
    """Why a group's imports raise ImportError, or None where they succeed."""
    for _, module, name in group.imports:
        facts = modules.get(module)
        if facts is None:
            return f"there is no module {module}"
        if facts.error is None and not _has_name(facts, name, modules):
            return f"{module} has no {name}"
    return None


def _has_name(facts: ModuleFacts, name: str, modules: Facts) -> bool:
    is_known = name in facts.names or f"{facts.name}.{name}" in modules or facts.is_open
    return is_known or any(name in modules[s].names for s in facts.stars if s in modules)


def _module_entry(facts: ModuleFacts, modules: Facts) -> dict[str, Any]:
    if facts.error is not None:
        return {"error": facts.error}
    entry: dict[str, Any] = {"names": {}}
    for name, value in facts.names.items():
        entry["names"][name] = _class_entry(value, facts, modules) if value["k"] == "c" else value
    if facts.exports:
        holds = [names for test, names in facts.exports if _holds(test, facts)]
        entry["all"] = [name for names in holds for name in names]
    if facts.stars:
        entry["stars"] = facts.stars
    if facts.is_open:
        entry["open"] = 1
    if facts.is_package:
        entry["package"] = 1
    return entry


def _holds(test: ast.expr | None, facts: ModuleFacts) -> bool:
    """Whether a condition on optional names holds; one that cannot be told is taken to hold."""
    match test:
        case ast.BoolOp(op=ast.And()):
            return all(_holds(value, facts) for value in test.values)
        case ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()]):
            return facts.names.get(name, {}).get("k") != "n"
        case ast.Name(id=name):
            entry = facts.names.get(name, {})
            return entry.get("k") != "n" and entry.get("v") not in {"None", "False"}
    return True


def _class_entry(entry: dict[str, Any], facts: ModuleFacts, modules: Facts) -> dict[str, Any]:
    kind, parameters = _constructor(entry, facts, modules, 0)
    kept = {key: value for key, value in entry.items() if key not in {"fields", "options"}}
    return kept | {"t": kind, "i": parameters}


def _constructor(
    entry: dict[str, Any], facts: ModuleFacts, modules: Facts, depth: int
) -> tuple[str, list[Any] | None]:
    """A class's kind and the parameters of its constructor; None where they cannot be known."""
    kind = str(entry["t"])
    if entry["i"] is not None:
        return kind, entry["i"]
    is_dataclass = kind == "dataclass" and entry["options"].get("init", True)
    shorts = [base.rpartition(".")[2] for base in entry["b"]]
    if any(short.endswith("Enum") or short == "Flag" for short in shorts):
        return "enum", None
    inherited: list[Any] = []
    for base, short in zip(entry["b"], shorts, strict=True):
        found = _find_class(base, facts, modules)
        if found is not None and depth < 20:
            kind_above, above = _constructor(*found, modules, depth + 1)
            kind = kind_above if kind == "class" and kind_above != "dataclass" else kind
            if above is None and kind != "pydantic":
                return kind, None
            inherited = inherited or list(above or [])
        elif short == "BaseModel":
            kind = "pydantic"
        elif base not in _HARMLESS_BASES and not base.startswith("Generic["):
            return ("exception" if short.endswith(("Error", "Exception")) else kind), None
    if is_dataclass or kind == "pydantic":
        return kind, _with_fields(inherited, entry, kind)
    return kind, inherited


def _with_fields(inherited: list[Any], entry: dict[str, Any], kind: str) -> list[Any]:
    fields = {parameter[0]: parameter for parameter in [*inherited, *entry["fields"]]}
    is_keyword_only = kind == "pydantic" or entry["options"].get("kw_only", False)
    return [[n, "k" if is_keyword_only else k, a, d] for n, k, a, d in fields.values()]


def _find_class(
    name: str, facts: ModuleFacts, modules: Facts
) -> tuple[dict[str, Any], ModuleFacts] | None:
    for _ in range(20):
        entry = facts.names.get(name.rpartition(".")[2])
        if entry is None or entry["k"] not in {"c", "r"}:
            return None
        if entry["k"] == "c":
            return entry, facts
        if (following := modules.get(entry["m"])) is None:
            return None
        facts, name = following, entry["n"]
    return None


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description="Index BioQL's API from a wheel or a folder.")
    parser.add_argument("source", type=Path, help="a wheel file or an installed package's folder")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--package", default="bioql")
    options = parser.parse_args(arguments)
    try:
        index = build(options.source, options.package)
        options.output.write_bytes(encode(index))
    except (UnusableSourceError, OSError) as error:
        print(f"cannot build the index: {error}", file=sys.stderr)
        return 2
    print(f"{index['package']} {index['version']}: {len(index['modules'])} modules")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
