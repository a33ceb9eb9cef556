"""Find the well-known molecules, targets and proteins that a text names.

A name matches as whole words: capitals and accents do not count, and where it has a hyphen, a space
or the step from letters to digits, the text may have any of them or nothing (``COX-2``, ``cox2``,
``COX 2``). The longest name wins. A name that also is an ordinary word, or part of another name,
counts only where the thing is meant (``meaning``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from bioql_lsp.analysis.knowledge.entities import MOLECULES, PROTEINS, TARGETS, Entity
from bioql_lsp.analysis.knowledge.meaning import (
    Neighbours,
    is_about_docking,
    is_meant,
    is_target_of_docking,
)
from bioql_lsp.analysis.knowledge.pieces import Pieces
from bioql_lsp.analysis.knowledge.shapes import FILE_SUFFIX, PDB_ID

_GREEK: Final = {
    "alpha": "\u03b1",
    "alfa": "\u03b1",
    "beta": "\u03b2",
    "gamma": "\u03b3",
    "delta": "\u03b4",
    "kappa": "\u03ba",
}
_GREEK_WORD: Final = re.compile("|".join(_GREEK))


class Mention(NamedTuple):
    """An entity that a text names: the name as it stands there, and where."""

    entity: Entity
    spelling: str
    start: int
    end: int


def mentions_in(text: str) -> list[Mention]:
    """What a text names, in its order; mentions never overlap. Takes time linear in its length."""
    root, pieces = _names(), Pieces(text)
    found: list[Mention] = []
    doubtful: list[Mention] = []
    go_on_at = 0
    for place, word in enumerate(pieces.words):
        if place < go_on_at or word not in root.next or pieces.link(place) == "":
            continue
        name, count = _longest_at(root, pieces, place)
        if name is None or name.entity is None:
            continue
        start, end = pieces.start(place), pieces.end(place + count - 1)
        go_on_at = place + count
        if FILE_SUFFIX.match(text, end):
            continue
        mention = Mention(name.entity, text[start:end], start, end)
        around = Neighbours.of(pieces, place, count)
        if is_meant(name.entity, mention.spelling, mention.spelling in name.spellings, around):
            found.append(mention)
        elif is_target_of_docking(name.entity, around):
            doubtful.append(mention)
    if doubtful and is_about_docking(pieces.words) and not _has_target(text, found):
        found = sorted([*found, *doubtful], key=lambda each: each.start)
    return found


def _has_target(text: str, found: list[Mention]) -> bool:
    return any(each.entity.kind == "target" for each in found) or PDB_ID.search(text) is not None


@dataclass(slots=True)
class _Node:
    """What can follow the pieces read so far, and the entity that they name."""

    next: dict[str, _Node] = field(default_factory=dict)
    entity: Entity | None = None
    spellings: tuple[str, ...] = ()


def _longest_at(root: _Node, pieces: Pieces, place: int) -> tuple[_Node | None, int]:
    """The longest name that begins at a piece, and how many pieces it has."""
    node: _Node | None = root.next[pieces.words[place]]
    best: tuple[_Node | None, int] = None, 1
    count = 1
    while node is not None:
        link = pieces.link(place + count)
        # Without anything between, the word goes on: ``cox2b`` does not name COX-2.
        if node.entity is not None and link != "":
            best = node, count
        if link is None:
            break
        node = node.next.get(pieces.words[place + count])
        count += 1
    return best


@lru_cache(maxsize=1)
def _names() -> _Node:
    root = _Node()
    for entity in (*MOLECULES, *TARGETS, *PROTEINS):
        for name in (*entity.names, *entity.names_es):
            if name.isascii() and name.isalpha():
                _add(root, [name.lower()], entity, name)
            else:
                for form in _forms(name):
                    _add(root, Pieces(form).words, entity, name)
    return root


def _add(root: _Node, words: list[str], entity: Entity, name: str) -> None:
    node = root
    for word in words:
        node = node.next.setdefault(word, _Node())
    node.entity = node.entity or entity
    if name not in node.spellings:
        node.spellings += (name,)


def _forms(name: str) -> Iterator[str]:
    """A name, the same without its hyphens, and both with Greek letters."""
    for form in dict.fromkeys((name, name.replace("-", ""))):
        yield form
        greek = _GREEK_WORD.sub(lambda word: _GREEK[word[0]], form)
        if greek != form:
            yield greek
