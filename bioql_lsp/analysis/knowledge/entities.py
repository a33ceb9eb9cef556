"""Well-known molecules, targets and proteins by their names.

They are rows of the files in ``data``: names, value, and Spanish names where they differ, separated
by tabs; several names by ``|``. A molecule's value is its SMILES without stereo, a target's the id
of a structure in the PDB, a protein's its letters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["molecule", "target", "protein"]
DATA_FOLDER: Final = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is called by a name and written as a string of letters.

    ``names`` are English, the first one the usual; ``names_es`` Spanish (where they differ).
    """

    kind: Kind
    names: tuple[str, ...]
    value: str
    names_es: tuple[str, ...] = ()

    def names_in(self, language: Literal["en", "es"]) -> tuple[str, ...]:
        """The names in a language; those without a Spanish name keep the English ones."""
        return self.names_es if language == "es" and self.names_es else self.names


def without_accents(text: str) -> str:
    """The text with every accented letter as the plain one."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _read(kind: Kind, file_name: str) -> tuple[Entity, ...]:
    lines = (DATA_FOLDER / file_name).read_text(encoding="utf-8").splitlines()
    return tuple(_entity(kind, line) for line in lines)


def _entity(kind: Kind, line: str) -> Entity:
    names, value, *spanish = line.split("\t")
    return Entity(kind, tuple(names.split("|")), value, _with_plain(*spanish))


def _with_plain(names: str = "") -> tuple[str, ...]:
    """Spanish names, each also without its accents: that is how many type them."""
    if names.isascii():
        return tuple(names.split("|")) if names else ()
    both = (form for name in names.split("|") for form in (without_accents(name), name))
    return tuple(dict.fromkeys(both))


MOLECULES: Final = _read("molecule", "molecules.tsv")
TARGETS: Final = _read("target", "targets.tsv")
PROTEINS: Final = _read("protein", "proteins.tsv")
