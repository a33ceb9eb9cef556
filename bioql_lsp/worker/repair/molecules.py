"""Names and slips where a SMILES or a PDB id belongs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.chemistry import check_smiles, is_pdb_id
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.knowledge.entities import MOLECULES, TARGETS, Entity
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules.chemistry_arguments import _PDB, _SMILES
from bioql_lsp.text import Edit
from bioql_lsp.worker.repair.slips import is_slip

_CHARS_MAX: Final = 200
_SLIPS_MIN: Final = 6
"""A shorter SMILES is like too many others."""
_ALIKE_MIN: Final = 8


def other_molecule(module: Module, finding: Finding) -> list[Edit]:
    """BQ055: what the name stands for, or the one molecule that a slip away is."""
    for call in module.calls:
        if not (call.span.start <= finding.span.start and finding.span.end <= call.span.end):
            continue
        for parameter in (*_SMILES, *_PDB):
            argument = call.argument(parameter)
            literal = argument.literal if argument is not None else None
            if argument is None or literal is None or not isinstance(literal.value, str):
                continue
            if argument.value_span.touches(finding.span):
                return _mended(literal, literal.value, is_pdb=parameter in _PDB)
    return []


def _mended(literal: Literal, text: str, *, is_pdb: bool) -> list[Edit]:
    value = _named(TARGETS if is_pdb else MOLECULES).get(text.strip().casefold())
    if value is None and not is_pdb and _SLIPS_MIN <= len(text) <= _CHARS_MAX:
        value = _known_slip(text) or _only_reading(text)
    if value is None or not (is_pdb_id(value) if is_pdb else check_smiles(value) is None):
        return []
    return [Edit(literal.span, f'"{value}"')]


@lru_cache(maxsize=2)
def _named(entities: tuple[Entity, ...]) -> dict[str, str]:
    """What each name stands for; a name of two things stands for none."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for name in (*entity.names, *entity.names_es):
            found.setdefault(name.casefold(), set()).add(entity.value)
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def _known_slip(text: str) -> str | None:
    """The one well-known molecule that differs in a single character."""
    if len(text) < _ALIKE_MIN:
        return None
    near = {entity.value for entity in MOLECULES if is_slip(text, entity.value)}
    return near.pop() if len(near) == 1 else None


def _only_reading(text: str) -> str | None:
    """The one SMILES that comes of leaving out or adding a bracket or a ring's number."""
    found = {each for each in _readings(text) if check_smiles(each) is None}
    return found.pop() if len(found) == 1 else None


def _readings(text: str) -> Iterator[str]:
    for at, character in enumerate(text):
        if character in "()[]123456789":
            yield text[:at] + text[at + 1 :]
    for at in range(len(text) + 1):
        for mark in "()[]12":
            yield text[:at] + mark + text[at:]
