"""Phrasings as patterns: ``(predict|compute) [the] ADME of {molecule}``.

``(a|b)`` is one of the alternatives, ``[a|b]`` one of them or nothing, ``{name}`` a slot. Both
nest. A pattern is one phrasing for the split, however many texts it stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TypeAlias

_TOKEN = re.compile(r"[()\[\]|]|\{(\w+)\}|[^()\[\]|{}]+")
OPTIONAL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SlotName:
    """Where a slot's value goes."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, each a sequence."""

    branches: tuple[tuple[Node, ...], ...]
    is_optional: bool


Node: TypeAlias = "str | SlotName | Choice"


class PatternError(ValueError):
    """A pattern whose brackets do not close."""


@cache
def parse(pattern: str) -> tuple[Node, ...]:
    """The pattern as a tree. Raises PatternError."""
    tokens = list(_TOKEN.finditer(pattern))
    if "".join(token.group() for token in tokens) != pattern:
        raise PatternError(f"stray brace in {pattern!r}")
    nodes, end = _sequence(tokens, 0, pattern)
    if end != len(tokens):
        raise PatternError(f"unbalanced brackets in {pattern!r}")
    return nodes


def _sequence(
    tokens: list[re.Match[str]], place: int, pattern: str
) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    while place < len(tokens) and tokens[place].group() not in ("|", ")", "]"):
        text = tokens[place].group()
        if text in ("(", "["):
            node, place = _choice(tokens, place, pattern)
            nodes.append(node)
            continue
        slot = tokens[place].group(1)
        nodes.append(SlotName(slot) if slot else text)
        place += 1
    return tuple(nodes), place


def _choice(tokens: list[re.Match[str]], place: int, pattern: str) -> tuple[Choice, int]:
    opening = tokens[place].group()
    closing = ")" if opening == "(" else "]"
    branches = []
    while True:
        branch, place = _sequence(tokens, place + 1, pattern)
        branches.append(branch)
        if place == len(tokens):
            raise PatternError(f"unbalanced brackets in {pattern!r}")
        if tokens[place].group() == closing:
            return Choice(tuple(branches), opening == "["), place + 1
        if tokens[place].group() != "|":
            raise PatternError(f"unbalanced brackets in {pattern!r}")


def expand(pattern: str, rng: Random) -> list[str | SlotName]:
    """One of the pattern's texts, its slots still open."""
    out: list[str | SlotName] = []
    _expand(parse(pattern), rng, out)
    return out


def _expand(nodes: tuple[Node, ...], rng: Random, out: list[str | SlotName]) -> None:
    for node in nodes:
        if not isinstance(node, Choice):
            out.append(node)
        elif not node.is_optional or rng.random() < OPTIONAL_SHARE:
            _expand(rng.choice(node.branches), rng, out)


def slot_names(pattern: str) -> frozenset[str]:
    """Every slot that the pattern may have."""
    return frozenset(re.findall(r"\{(\w+)\}", pattern))


def always_said(pattern: str) -> frozenset[str]:
    """The slots that every text of the pattern has."""
    return _always(parse(pattern))


def _always(nodes: tuple[Node, ...]) -> frozenset[str]:
    said: set[str] = set()
    for node in nodes:
        if isinstance(node, SlotName):
            said.add(node.name)
        elif isinstance(node, Choice) and not node.is_optional:
            said |= frozenset.intersection(*(_always(branch) for branch in node.branches))
    return frozenset(said)
