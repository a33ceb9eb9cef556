"""The values of a program's expressions, with every name resolved, by the kind of expression."""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable, Sequence
from typing import Any, Final

from bioql_lsp.training.evaluate.expressions import Expressions
from bioql_lsp.training.evaluate.terms import (
    LocalFunction,
    Names,
    Term,
    constant,
    each,
    either,
    made,
    mapping,
    sequence,
)

_TEXT_MAX: Final = 10_000
_BUILTINS: Final = frozenset(dir(builtins))
_FOLDED: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def _constant(_: Expressions, node: ast.Constant, __: Names) -> Term:
    return constant(node.value)


def _name(self: Expressions, node: ast.Name, names: Names) -> Term:
    found = names.find(node.id)
    if found is not None:
        return found
    is_builtin = node.id in _BUILTINS
    return Term(node.id if is_builtin else f"?{node.id}", dotted=f"builtins.{node.id}" * is_builtin)


def _attribute(self: Expressions, node: ast.Attribute, names: Names) -> Term:
    return self.attribute(self.value(node.value, names), node.attr)


def _subscript(self: Expressions, node: ast.Subscript, names: Names) -> Term:
    owner = self.value(node.value, names)
    if not isinstance(node.slice, ast.Slice):
        return self.item(owner, self.value(node.slice, names))
    ends = [
        self.value(end, names) if end is not None else constant(None)
        for end in (node.slice.lower, node.slice.upper, node.slice.step)
    ]
    values: list[Any] = [end.constant for end in ends]
    if owner.items is not None and all(type(value) in (int, type(None)) for value in values):
        return sequence(owner.items[slice(*values)])
    where = ":".join("" if end.constant is None else end.key for end in ends).rstrip(":") or ":"
    origins = frozenset(f"{origin}[{where}]" for origin in owner.origins)
    self.read(origins)
    return made("[:]", (owner, *ends), origins=origins, maker=owner.maker)


def _joined(self: Expressions, node: ast.JoinedStr, names: Names) -> Term:
    parts: list[Term] = []
    for piece in node.values:
        if isinstance(piece, ast.FormattedValue):
            parts.append(self.value(piece.value, names))
            self.use(parts[-1])
            is_plain = piece.format_spec is None and piece.conversion == -1
            if not (is_plain and parts[-1].is_constant):
                parts[-1] = made("shown", (parts[-1],), origins=parts[-1].origins)
        else:
            parts.append(self.value(piece, names))
    if all(part.is_constant for part in parts):
        return constant("".join(str(part.constant) for part in parts))
    origins = _origins_of(parts)
    return made("text", parts, origins=origins)


def _list(self: Expressions, node: ast.List | ast.Tuple, names: Names) -> Term:
    items: list[Term] = []
    for element in node.elts:
        if isinstance(element, ast.Starred):
            spread = self.value(element.value, names)
            known = self.elements(spread)
            if known is None:
                rest = [self.value(other, names) for other in node.elts if other is not element]
                return made("list", [made("*", (spread,)), *rest], origins=spread.origins)
            items += known
        else:
            items.append(self.value(element, names))
    return sequence(items)


def _dict(self: Expressions, node: ast.Dict, names: Names) -> Term:
    pairs: list[tuple[Term, Term]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        term = self.value(value, names)
        if key is not None:
            pairs.append((self.value(key, names), term))
        else:
            pairs += term.pairs if term.pairs is not None else [(made("**", (term,)), term)]
    return mapping(pairs)


def _binary(self: Expressions, node: ast.BinOp, names: Names) -> Term:
    left, right = self.value(node.left, names), self.value(node.right, names)
    if type(node.op) is ast.Add and left.items is not None and right.items is not None:
        return sequence((*left.items, *right.items))
    folded = _folded(type(node.op), left, right)
    if folded is not None:
        return folded
    origins = left.origins | right.origins
    return made(type(node.op).__name__, (left, right), origins=origins)


def _folded(kind: type[ast.operator], left: Term, right: Term) -> Term | None:
    """A computation with known numbers, or texts put together."""
    if kind not in _FOLDED or not (left.is_constant and right.is_constant):
        return None
    are_numbers = all(type(t.constant) in (int, float) for t in (left, right))
    are_texts = kind is ast.Add and left.text is not None and right.text is not None
    are_repeated = kind is ast.Mult and left.text is not None and type(right.constant) is int
    if are_repeated and len(left.text or "") * abs(int(str(right.constant))) > _TEXT_MAX:
        return None
    if not (are_numbers or are_texts or are_repeated):
        return None
    try:
        return constant(_FOLDED[kind](left.constant, right.constant))
    except (ArithmeticError, ValueError):
        return None


def _origins_of(parts: Sequence[Term]) -> frozenset[str]:
    return frozenset().union(*(part.origins for part in parts))


def _unary(self: Expressions, node: ast.UnaryOp, names: Names) -> Term:
    term = self.value(node.operand, names)
    if isinstance(node.op, ast.USub) and type(term.constant) in (int, float):
        return constant(-term.constant)  # type: ignore[operator]
    return made(type(node.op).__name__, (term,), origins=term.origins)


def _choice(self: Expressions, node: ast.IfExp, names: Names) -> Term:
    with self.state(is_test=True):
        self.value(node.test, names)
    return either(self.value(node.body, names), self.value(node.orelse, names))


def _compare(self: Expressions, node: ast.Compare, names: Names) -> Term:
    parts = [self.value(part, names) for part in (node.left, *node.comparators)]
    kinds = [type(op).__name__ for op in node.ops]
    for left, kind, right in zip(parts, kinds, parts[1:], strict=False):
        self.read(_compared(left, kind, right))
    return made(" ".join(kinds), parts, origins=_origins_of(parts))


def _compared(left: Term, kind: str, right: Term) -> frozenset[str]:
    """What a result is compared with, where that is a number or a text."""
    if not left.origins and right.origins and kind in {"Eq", "NotEq"}:
        left, right = right, left
    if left.origins and right.is_constant and right.constant is not None:
        return frozenset(f"{origin} {kind} {right.key}" for origin in left.origins)
    if right.origins and left.is_constant:
        return frozenset(f"{left.key} {kind} {origin}" for origin in right.origins)
    return frozenset()


def _any_of(self: Expressions, node: ast.BoolOp, names: Names) -> Term:
    parts = [self.value(part, names) for part in node.values]
    origins = _origins_of(parts)
    return made(type(node.op).__name__, parts, origins=origins)


def _await(self: Expressions, node: ast.Await, names: Names) -> Term:
    return self.value(node.value, names)


def _named(self: Expressions, node: ast.NamedExpr, names: Names) -> Term:
    term = self.value(node.value, names)
    self.bind(node.target, term, names)
    return term


def _lambda(self: Expressions, node: ast.Lambda, names: Names) -> Term:
    function = LocalFunction(node, names)
    with self.state(is_recorded=False):
        body = self.invoke(function, ())
    return made("lambda", (body,), function=function)


def _call(self: Expressions, node: ast.Call, names: Names) -> Term:
    return self.call(node, names)


def _comprehension(
    self: Expressions, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, names: Names
) -> Term:
    found: list[Term] = []
    conditions: list[Term] = []
    is_known = _generate(
        self,
        node.generators,
        Names(names),
        conditions,
        lambda inner: found.append(self.value(node.elt, inner)),
    )
    if is_known:
        return sequence(found)
    origins = _origins_of(found)
    element = found[0] if found else None
    return made("listed", (*found, *conditions), origins=origins, element=element)


def _dict_comprehension(self: Expressions, node: ast.DictComp, names: Names) -> Term:
    found: list[tuple[Term, Term]] = []
    conditions: list[Term] = []
    is_known = _generate(
        self,
        node.generators,
        Names(names),
        conditions,
        lambda inner: found.append((self.value(node.key, inner), self.value(node.value, inner))),
    )
    if is_known:
        return mapping(found)
    flat = [term for pair in found for term in pair]
    origins = _origins_of(flat)
    return made("mapped", (*flat, *conditions), origins=origins)


def _generate(
    self: Expressions,
    generators: Sequence[ast.comprehension],
    names: Names,
    conditions: list[Term],
    take: Callable[[Names], None],
) -> bool:
    """Go through the loops of a comprehension; whether every round of them is known."""
    if not generators:
        take(names)
        return True
    first, *rest = generators
    iterated = self.value(first.iter, names)
    rounds = self.elements(iterated)
    is_known = rounds is not None and not first.ifs
    for element in rounds if rounds is not None else [each(iterated)]:
        inner = Names(names)
        self.bind(first.target, element, inner)
        conditions += [self.value(condition, inner) for condition in first.ifs]
        is_known &= _generate(self, rest, inner, conditions, take)
    return is_known


READERS: Final[dict[type[ast.AST], Callable[..., Term]]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.JoinedStr: _joined,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.IfExp: _choice,
    ast.Compare: _compare,
    ast.BoolOp: _any_of,
    ast.Await: _await,
    ast.NamedExpr: _named,
    ast.Lambda: _lambda,
    ast.Call: _call,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _dict_comprehension,
}
