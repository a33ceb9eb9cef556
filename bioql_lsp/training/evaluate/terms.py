"""What an expression of a program stands for, in a form that two programs can be compared by.

A term's key says how its value is made, with every name resolved: equal keys, equal values,
whatever the variables are called.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

_KEY_CHARS_MAX = 800
NO_CONSTANT: Final = object()


@dataclass(frozen=True)
class LocalFunction:
    """A function or lambda of the program itself, with the names around it."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    names: Names


@dataclass(frozen=True)
class Term:
    """A value.

    ``constant`` is there for literals, ``items`` and ``pairs`` for displays of them, ``dotted``
    for what is imported, ``instance_of`` for objects of BioQL's classes. ``origins`` say how the
    value was got from results of BioQL's (``bioql...dock.poses[]``), ``leaves`` which literals of
    the program it was made of.
    """

    key: str
    constant: object = NO_CONSTANT
    items: tuple[Term, ...] | None = None
    pairs: tuple[tuple[Term, Term], ...] | None = None
    dotted: str = ""
    instance_of: str = ""
    origins: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    function: LocalFunction | None = None
    element: Term | None = None
    maker: str = ""

    @property
    def is_constant(self) -> bool:
        """Whether it is a literal."""
        return self.constant is not NO_CONSTANT

    @property
    def text(self) -> str | None:
        """The string that it is, if it is one."""
        return self.constant if isinstance(self.constant, str) else None


class Names:
    """What the names of a scope stand for, and those around it."""

    def __init__(self, outer: Names | None = None) -> None:
        self.own: dict[str, Term] = {}
        self.outer = outer

    def find(self, name: str) -> Term | None:
        """What a name stands for here."""
        if name in self.own:
            return self.own[name]
        return self.outer.find(name) if self.outer is not None else None


def constant(value: Any) -> Term:
    """A literal; numbers of the same value are the same."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    key = repr(value)
    return Term(key, value, leaves=frozenset((key,)))


def made(kind: str, parts: Iterable[Term], **more: Any) -> Term:
    """A value that is made of others."""
    listed = list(parts)
    leaves = frozenset().union(*(part.leaves for part in listed))
    key = short(f"{kind}({', '.join(part.key for part in listed)})")
    return replace(Term(key, leaves=leaves), **more)


def sequence(items: Iterable[Term]) -> Term:
    """A list or tuple: BioQL takes one for the other."""
    listed = tuple(items)
    origins = frozenset().union(*(item.origins for item in listed))
    return made("list", listed, items=listed, origins=origins)


def mapping(pairs: Iterable[tuple[Term, Term]]) -> Term:
    """A dict; the order of its keys is of no matter."""
    listed = tuple(sorted(pairs, key=lambda pair: pair[0].key))
    flat = [term for pair in listed for term in pair]
    origins = frozenset().union(*(term.origins for term in flat))
    return made("dict", flat, pairs=listed, origins=origins)


def either(one: Term | None, other: Term | None) -> Term:
    """What a name stands for after two branches."""
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    if one == other:
        return one
    first, second = sorted((one, other), key=lambda term: term.key)
    return made(
        "either",
        (first, second),
        origins=one.origins | other.origins,
        instance_of=one.instance_of if one.instance_of == other.instance_of else "",
    )


def each(term: Term) -> Term:
    """Any element of a value."""
    if term.element is not None:
        return term.element
    origins = frozenset(f"{origin}[]" for origin in term.origins)
    return made("each", (term,), origins=origins)


def short(key: str) -> str:
    """A key that does not grow without end."""
    if len(key) <= _KEY_CHARS_MAX:
        return key
    return f"{key[:160]}...{hashlib.sha256(key.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Called:
    """A call with its arguments by parameter; ``is_later``: in a function that nobody calls."""

    name: str
    arguments: Mapping[str, Term]
    is_later: bool = False

    @property
    def key(self) -> str:
        """Equal for equal calls."""
        given = ", ".join(f"{name}={term.key}" for name, term in sorted(self.arguments.items()))
        return f"{'later ' if self.is_later else ''}{self.name}({given})"

    @property
    def mark(self) -> str:
        """Tells the results of different calls apart."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:8]


@dataclass
class Meaning:
    """What a program does: the calls that it makes, and what it reads of their results."""

    calls: list[Called] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    has_guard: bool = False
    stops_on_success: bool = False
