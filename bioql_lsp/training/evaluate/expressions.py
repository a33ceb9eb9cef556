"""What expressions are made of: attributes, elements, names that are given to values."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from bioql_lsp.analysis.api.load import NEWEST, load
from bioql_lsp.analysis.values import is_ours
from bioql_lsp.training.evaluate.terms import (
    LocalFunction,
    Meaning,
    Names,
    Term,
    constant,
    made,
)

UNROLLED_MAX: Final = 64
_STEPS_MAX: Final = 40_000
_GUARD: Final = ".success"


class TooLongError(Exception):
    """The program does more than is looked at."""


class Expressions:
    """Evaluates expressions symbolically and notes what they read of BioQL's results.

    ``readers`` say how, by the kind of expression.
    """

    readers: Mapping[type[ast.AST], Callable[..., Term]]

    def __init__(self) -> None:
        self.index = load(NEWEST)
        self.meaning = Meaning()
        self.is_recorded = True
        self.is_test = False
        self._steps = 0

    def value(self, node: ast.expr, names: Names) -> Term:
        """What an expression stands for. Raises TooLongError."""
        self._steps += 1
        if self._steps > _STEPS_MAX:
            raise TooLongError
        reader = self.readers.get(type(node))
        return reader(self, node, names) if reader is not None else self._other(node, names)

    def call(self, node: ast.Call, names: Names) -> Term:
        """What a call gives."""
        raise NotImplementedError

    def invoke(self, function: LocalFunction, given: Sequence[Term]) -> Term:
        """What a function of the program itself gives."""
        raise NotImplementedError

    @contextmanager
    def state(self, **changes: bool) -> Iterator[None]:
        """Look at something with other settings."""
        before = {name: getattr(self, name) for name in changes}
        self.__dict__.update(changes)
        try:
            yield
        finally:
            self.__dict__.update(before)

    def use(self, term: Term) -> None:
        """Note that a value is shown or handed on."""
        self.read(term.origins)
        if self.is_recorded:
            self.meaning.used |= term.origins

    def read(self, origins: frozenset[str]) -> None:
        """Note what is read of BioQL's results; a check of success is no result."""
        if not self.is_recorded:
            return
        for origin in origins:
            if self.is_test and origin.endswith(_GUARD):
                self.meaning.has_guard = True
            else:
                self.meaning.shown.add(origin)

    def thing(self, dotted: str) -> Term:
        """What an imported name stands for."""
        if dotted == "math.pi":
            return constant(math.pi)
        if not is_ours(dotted):
            return Term(dotted, dotted=dotted)
        symbol = self.index.lookup(dotted)
        name = symbol.dotted if symbol is not None else dotted
        return Term(name, dotted=name, origins=frozenset((name,)))

    def attribute(self, owner: Term, name: str) -> Term:
        """An attribute of a value."""
        if owner.dotted:
            return self.thing(f"{owner.dotted}.{name}")
        member = self.index.member(owner.instance_of, name) if owner.instance_of else None
        origins = frozenset(f"{origin}.{name}" for origin in owner.origins)
        self.read(origins)
        return made(
            f".{name}",
            (owner,),
            origins=origins,
            instance_of=(member.returns_class or "") if member is not None else "",
            maker=f"{owner.maker}.{name}" if owner.maker else "",
        )

    def item(self, owner: Term, at: Term) -> Term:
        """What stands under an index or key."""
        if owner.dotted == "os.environ":
            return made("environment", (at,))
        if owner.items is not None and type(at.constant) is int:
            if -len(owner.items) <= at.constant < len(owner.items):
                return owner.items[at.constant]
        elif owner.pairs is not None and at.is_constant:
            for key, value in owner.pairs:
                if key.key == at.key:
                    return value
        where = f"[{at.key}]" if at.is_constant else "[]"
        origins = frozenset(f"{origin}{where}" for origin in owner.origins)
        self.read(origins)
        return made("[]", (owner, at), origins=origins, maker=owner.maker and f"{owner.maker}[]")

    def bind(self, target: ast.expr, term: Term, names: Names) -> None:
        """Give a value to a name, or its parts to several."""
        if isinstance(target, ast.Name):
            names.own[target.id] = term
        elif isinstance(target, ast.Tuple | ast.List):
            for position, part in enumerate(target.elts):
                self.bind(part, self._part(term, position, len(target.elts)), names)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, term, names)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            self.use(term)
            with self.state(is_recorded=False):
                self.value(target, names)

    def _part(self, term: Term, position: int, count: int) -> Term:
        if term.items is not None and len(term.items) == count:
            return term.items[position]
        origins = frozenset(f"{origin}[{position}]" for origin in term.origins)
        return made("[]", (term, constant(position)), origins=origins)

    def elements(self, term: Term) -> list[Term] | None:
        """The elements of a value where all of them are known, and few."""
        known = term.items
        if known is None and term.pairs is not None:
            known = tuple(key for key, _ in term.pairs)
        return list(known) if known is not None and len(known) <= UNROLLED_MAX else None

    def _other(self, node: ast.AST, names: Names) -> Term:
        parts = [
            self.value(child, names)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.expr)
        ]
        return made(type(node).__name__, parts)
