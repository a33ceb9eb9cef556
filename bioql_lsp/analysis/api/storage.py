"""An index as bytes: a header and one line of JSON for each module, compressed.

The lines are parsed when a module is first asked for, so opening an index takes a few
milliseconds whatever its size.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

FORMAT = 2
_BYTES_MAX = 64 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class BadIndexError(ValueError):
    """The bytes are no index of this format."""


def encode(index: Mapping[str, Any]) -> bytes:
    """The index as the bytes of its file: sorted, compact, compressed, the same every time."""
    modules: Mapping[str, Any] = index["modules"]
    names = sorted(modules)
    header = {key: value for key, value in index.items() if key != "modules"} | {"modules": names}
    return compress("\n".join([_line(header), *(_line(modules[name]) for name in names)]))


def decode(data: bytes) -> dict[str, Any]:
    """The index that ``encode`` gave, its modules parsed on demand. Raises BadIndexError."""
    try:
        first, *lines = decompress(data).split("\n")
        header: dict[str, Any] = json.loads(first)
        names = header["modules"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadIndexError(f"not an index of BioQL's API: {error}") from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadIndexError("an index without the names of its modules")
    if header.get("format") != FORMAT or len(names) != len(lines):
        raise BadIndexError("an index of another format, or one that was cut off")
    return header | {"modules": LazyModules(dict(zip(names, lines, strict=True)))}


def compress(text: str) -> bytes:
    """A text as gzip, the same bytes for the same text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return packer.compress(text.encode()) + packer.flush()


def decompress(data: bytes) -> str:
    """The text in gzip data. Raises ValueError for what is damaged or far too large."""
    try:
        unpacker = zlib.decompressobj(_GZIP)
        raw = unpacker.decompress(data, _BYTES_MAX)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("it is cut off or too large")
    return raw.decode()


class LazyModules(Mapping[str, dict[str, Any]]):
    """Modules by name; each is parsed when it is first asked for."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines
        self._parsed: dict[str, dict[str, Any]] = {}

    def __getitem__(self, name: str) -> dict[str, Any]:
        if name not in self._parsed:
            line = self._lines[name]
            try:
                self._parsed[name] = json.loads(line)
            except ValueError:
                self._parsed[name] = {"error": "its part of the index is damaged"}
        return self._parsed[name]

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _line(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
