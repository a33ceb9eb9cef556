"""What a program does: its statements are gone through, none of it is run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, Final

from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.analysis.values import is_ours
from bioql_lsp.training.evaluate.calls import Calls
from bioql_lsp.training.evaluate.readers import READERS
from bioql_lsp.training.evaluate.terms import (
    LocalFunction,
    Meaning,
    Names,
    Term,
    constant,
    each,
    either,
    made,
    mapping,
)

_MAIN: Final = "__name__"


def meaning(code: str, before: str = "") -> Meaning:
    """What a piece of a program does behind what stands before it.

    Raises SyntaxError, ValueError, RecursionError and TooLongError.
    """
    first = before.count("\n") + 1
    last = first + code.rstrip("\n").count("\n")
    reader = _Reader(first, last)
    reader.run(python_tree(before + code))
    return reader.meaning


class _Reader(Calls):
    readers = READERS

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self._first, self._last = first, last
        self._defined: list[LocalFunction] = []

    def run(self, tree: ast.Module) -> None:
        """Go through the whole text; what stands in the piece is noted."""
        names = Names()
        for statement in tree.body:
            end = statement.end_lineno or statement.lineno
            is_inside = statement.lineno <= self._last and end >= self._first
            with self.state(is_recorded=is_inside):
                self.body([statement], names)
            if _leads_away([statement]):
                break
        with self.state(is_later=True):
            for function in list(self._defined):
                if id(function.node) not in self.followed:
                    self.use(self.invoke(function, ()))

    def body(self, statements: Sequence[ast.stmt], names: Names) -> None:
        """Go through statements."""
        for statement in statements:
            reader = _STATEMENTS.get(type(statement))
            if reader is not None:
                reader(self, statement, names)
            if _leads_away([statement]):
                break

    def define(self, node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names) -> None:
        """Remember a function."""
        function = LocalFunction(node, names)
        if self.is_recorded:
            self._defined.append(function)
        names.own[node.name] = Term(f"function {len(self._defined)}", function=function)

    def branch(self, body: Sequence[ast.stmt], names: Names) -> dict[str, Term] | None:
        """What the names stand for after a branch; None where it leads away."""
        before = dict(names.own)
        self.body(body, names)
        after, names.own = names.own, before
        return None if _leads_away(body) else after


def _leads_away(body: Sequence[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break)


def _import(self: _Reader, node: ast.Import, names: Names) -> None:
    for alias in node.names:
        dotted = alias.name if alias.asname else alias.name.partition(".")[0]
        names.own[alias.asname or dotted] = self.thing(dotted)


def _import_from(self: _Reader, node: ast.ImportFrom, names: Names) -> None:
    module = node.module or ""
    for alias in node.names:
        if alias.name == "*":
            given = self.index.exported(module) if is_ours(module) else ()
            names.own |= {name: self.thing(f"{module}.{name}") for name in given}
        else:
            names.own[alias.asname or alias.name] = self.thing(f"{module}.{alias.name}")


def _assign(self: _Reader, node: ast.Assign, names: Names) -> None:
    term = self.value(node.value, names)
    for target in node.targets:
        _store(self, target, term, names)


def _annotated(self: _Reader, node: ast.AnnAssign, names: Names) -> None:
    if node.value is not None:
        _store(self, node.target, self.value(node.value, names), names)


def _store(self: _Reader, target: ast.expr, term: Term, names: Names) -> None:
    """Assign; a key that is set in a known dict is known then."""
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
        owner = names.find(target.value.id)
        if owner is not None and owner.pairs is not None:
            key = self.value(target.slice, names)
            kept = [pair for pair in owner.pairs if pair[0].key != key.key]
            names.own[target.value.id] = mapping([*kept, (key, term)])
            return
    self.bind(target, term, names)


def _augmented(self: _Reader, node: ast.AugAssign, names: Names) -> None:
    value = ast.BinOp(_loaded(node.target), node.op, node.value)
    self.bind(node.target, self.value(value, names), names)


def _loaded(target: ast.expr) -> ast.expr:
    return ast.Name(target.id, ast.Load()) if isinstance(target, ast.Name) else target


def _expression(self: _Reader, node: ast.Expr, names: Names) -> None:
    term = self.value(node.value, names)
    if not isinstance(node.value, ast.Call):
        self.use(term)


def _return(self: _Reader, node: ast.Return, names: Names) -> None:
    if node.value is not None and self.returned:
        self.returned[-1].append(self.value(node.value, names))


def _if(self: _Reader, node: ast.If, names: Names) -> None:
    if _MAIN in ast.unparse(node.test):
        self.body(node.body, names)
        return
    with self.state(is_test=True):
        test = self.value(node.test, names)
    stops = node.orelse if isinstance(node.test, ast.UnaryOp) else node.body
    is_guard = any(origin.endswith(".success") for origin in test.origins)
    if self.is_recorded and is_guard and _leads_away(stops):
        self.meaning.stops_on_success = True
    ends = [self.branch(node.body, names), self.branch(node.orelse, names)]
    one, other = (end for end in ends)
    if one is None or other is None:
        names.own = one or other or names.own
        return
    for name in {**one, **other}:
        names.own[name] = either(one.get(name), other.get(name))


def _for(self: _Reader, node: ast.For | ast.AsyncFor, names: Names) -> None:
    iterated = self.value(node.iter, names)
    rounds = self.elements(iterated)
    before = dict(names.own)
    for element in rounds if rounds is not None else [each(iterated)]:
        self.bind(node.target, element, names)
        self.body(node.body, names)
    if rounds is None:
        names.own |= {name: _filled(before.get(name), term) for name, term in names.own.items()}
    self.body(node.orelse, names)


def _filled(before: Term | None, term: Term) -> Term:
    """A list that a loop of unknown length puts elements into, as a comprehension gives it."""
    if before is None or before.items != () or not term.items:
        return term
    return made("listed", term.items, origins=term.origins, element=term.items[0])


def _while(self: _Reader, node: ast.While, names: Names) -> None:
    with self.state(is_test=True):
        self.value(node.test, names)
    self.body([*node.body, *node.orelse], names)


def _with(self: _Reader, node: ast.With | ast.AsyncWith, names: Names) -> None:
    for item in node.items:
        term = self.value(item.context_expr, names)
        if item.optional_vars is not None:
            self.bind(item.optional_vars, term, names)
    self.body(node.body, names)


def _try(self: _Reader, node: ast.Try, names: Names) -> None:
    self.body(node.body, names)
    for handler in node.handlers:
        if handler.name is not None:
            names.own[handler.name] = Term("error")
        self.branch(handler.body, names)
    self.body([*node.orelse, *node.finalbody], names)


def _function(self: _Reader, node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names) -> None:
    for decorator in node.decorator_list:
        self.value(decorator, names)
    self.define(node, names)


def _class(self: _Reader, node: ast.ClassDef, names: Names) -> None:
    self.body(node.body, Names(names))
    names.own[node.name] = made("class", [constant(node.name)])


def _raise(self: _Reader, node: ast.Raise, names: Names) -> None:
    """What is said of a failure is no result."""
    if node.exc is not None:
        with self.state(is_recorded=False):
            self.value(node.exc, names)


def _assert(self: _Reader, node: ast.Assert, names: Names) -> None:
    with self.state(is_test=True):
        self.value(node.test, names)


_STATEMENTS: Final[dict[type[ast.stmt], Callable[[Any, Any, Names], None]]] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Expr: _expression,
    ast.Return: _return,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Raise: _raise,
    ast.Assert: _assert,
}
