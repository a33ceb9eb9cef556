"""Which bundled versions of BioQL have a name: one small table for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bioql_lsp.analysis.api.storage import compress, decompress

BUNDLED = ("1.0.0", "3.1.2", "5.0.0", "7.0.1")
NEWEST = BUNDLED[-1]
DATA_FOLDER = Path(__file__).with_name("data")
TABLE_NAME = "versions.json.gz"


def encode_table(indexes: Iterable[Mapping[str, Any]]) -> bytes:
    """The table of several indexes, oldest first: module, then a mask of versions, then names."""
    masks: dict[str, dict[str, int]] = {}
    for position, index in enumerate(indexes):
        for module, entry in index["modules"].items():
            for name in _names(entry):
                names = masks.setdefault(module, {})
                names[name] = names.get(name, 0) | 1 << position
    table: dict[str, dict[str, str]] = {}
    for module, names in sorted(masks.items()):
        by_mask: dict[str, list[str]] = {}
        for name, mask in sorted(names.items()):
            by_mask.setdefault(str(mask), []).append(name)
        table[module] = {mask: " ".join(found) for mask, found in sorted(by_mask.items())}
    return compress(json.dumps(table, separators=(",", ":"), sort_keys=True))


def versions_with(module: str, name: str) -> tuple[str, ...]:
    """The bundled versions in which a module has a name (``Class.member`` too), oldest first.

    The empty name asks for the module itself.
    """
    for mask, names in _table().get(module, {}).items():
        if name in names.split(" "):
            return tuple(v for i, v in enumerate(BUNDLED) if int(mask) >> i & 1)
    return ()


def modules_above(dotted: str) -> Iterator[tuple[str, str]]:
    """The ways to read a dotted name as a module of any version and a name in it, deepest first."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        module = ".".join(parts[:count])
        if module in _table():
            yield module, ".".join(parts[count:])


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    """The names that a module binds to something, with the members of its classes."""
    if "error" in entry:
        return
    yield ""
    for name, value in entry["names"].items():
        if name.startswith("_") or value["k"] in {"n", "x"}:
            continue
        yield name
        if value["k"] == "c":
            for part in ("m", "pr", "at", "ia"):
                yield from (f"{name}.{m}" for m in value.get(part, ()) if not m.startswith("_"))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    data = (DATA_FOLDER / TABLE_NAME).read_bytes()
    table: dict[str, dict[str, str]] = json.loads(decompress(data))
    return table
