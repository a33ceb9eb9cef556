"""Imports from BioQL as they are written: each name must be one that its module has.

The grammar knows the form of an import alone. Some twelve hundred names in it would make it four
times as slow to make, and it is made anew for every answer that imports something new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_START: Final = "from bioql"
_OWN = re.compile(
    r"^from (?P<module>bioql[\w.]*)(?P<gap> )?"
    r"(?:import (?P<names>\((?:[^()]*)\)?|[^\n]*)(?P<end>\n)?)?",
    re.MULTILINE,
)
_IMPORT: Final = " import "
_SPACES: Final = re.compile(r"[\s()]+")


class ImportGuard:
    """Follows an answer and says which pieces of it name what is not there."""

    def __init__(self, modules: Mapping[str, frozenset[str]]) -> None:
        """``modules`` are the names that can be imported, by module."""
        self._modules = modules
        self._text = ""

    def fits(self, piece: str) -> bool:
        """Whether a piece makes no name up; where it does, ``ways`` says how to go on."""
        text = self._text + piece
        return _START not in text or all(self._is_there(found) for found in _OWN.finditer(text))

    def push(self, piece: str) -> None:
        """Go on by a piece."""
        text = self._text + piece
        self._text = text[_statement_start(text) :]

    def ways(self) -> list[str]:
        """What may come next where a name of BioQL's is being written."""
        found = _OWN.match(self._text)
        if found is None or found["gap"] is None:
            begun = self._text.removeprefix("from ") if found else ""
            return [m[len(begun) :] for m in self._modules if begun and m.startswith(begun)]
        names = self._modules.get(found["module"], frozenset())
        if found["names"] is None:
            rest = _IMPORT.removeprefix(self._text[found.end("module") :])
            return [rest + name for name in names]
        begun = _SPACES.split(found["names"])[-1]
        return [name[len(begun) :] for name in names if name.startswith(begun)]

    def _is_there(self, found: re.Match[str]) -> bool:
        module = found["module"]
        if found["gap"] is None:
            return any(each.startswith(module) for each in self._modules)
        names = self._modules.get(module)
        if names is None:
            return False
        listed = found["names"] or ""
        parts = _SPACES.sub(" ", listed.strip("()")).split(",")
        is_whole = listed.endswith(")") if listed.startswith("(") else found["end"] is not None
        *whole, last = parts
        if not all(_name(part) in names for part in whole):
            return False
        if is_whole or last.strip() != last.lstrip():
            return not last.strip() or _name(last) in names
        is_renamed = " " in last.strip()
        return _name(last) in names if is_renamed else _begins_one(last.strip(), names)


def _begins_one(begun: str, names: frozenset[str]) -> bool:
    return any(name.startswith(begun) for name in names)


def _name(part: str) -> str:
    return part.strip().partition(" ")[0]


def _statement_start(text: str) -> int:
    """Where the last statement starts: an import in brackets goes over several lines."""
    bracket = text.rfind("import (")
    if bracket >= 0 and ")" not in text[bracket:]:
        return text.rfind("\n", 0, bracket) + 1
    return text.rfind("\n") + 1
