"""What Python's own functions and methods make of known values, and of BioQL's results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bioql_lsp.training.evaluate.expressions import UNROLLED_MAX
from bioql_lsp.training.evaluate.terms import (
    Term,
    constant,
    each,
    made,
    mapping,
    sequence,
)

SUMMARIES: Final = frozenset({"len", "sum", "max", "min", "any", "all"})
_SAME: Final = frozenset({"list", "tuple", "set", "frozenset", "iter", "dict", "reversed"})
_CONVERSIONS: Final[dict[str, Any]] = {"int": int, "float": float, "str": str, "bool": bool}
_TEXT_METHODS: Final = frozenset(
    {"split", "strip", "upper", "lower", "splitlines", "replace", "rstrip", "lstrip"}
)
_MODES: Final = frozenset({"r", "w", "rb", "wb", "rt", "wt", "a", "utf-8", "utf8", "", "\n", ","})


def builtin(name: str, given: Sequence[Term], keywords: Mapping[str, Term]) -> Term:
    """What a built-in function gives."""
    if name == "dict" and not given:
        return mapping([(constant(key), term) for key, term in keywords.items()])
    if not given:
        return sequence(()) if name in _SAME else made(f"{name}()", ())
    known = each(given[0]) if name == "next" else _known(name, given)
    if known is not None:
        return known
    element = _element(name, given)
    if element is None:
        return made(name, given, origins=_origins(name, given, keywords))
    origins = element.origins if name in {"enumerate", "zip"} else given[-1].origins
    if name == "sorted":
        kind = "sorted down" if is_down(keywords) else name
        origins = given[0].origins
        origins |= frozenset(f"{kind}({origin})" for origin in origins)
    kind = "list" if name in _SAME else name
    return made(kind, given, origins=origins, element=element)


def _element(name: str, given: Sequence[Term]) -> Term | None:
    """Any element of what a function gives; None where it is no collection."""
    if name == "enumerate":
        return sequence((made("position", ()), each(given[0])))
    if name == "zip":
        return sequence([each(term) for term in given])
    if name in _SAME or name in {"filter", "sorted"}:
        return each(given[0] if name == "sorted" else given[-1])
    return None


def _origins(name: str, given: Sequence[Term], keywords: Mapping[str, Term]) -> frozenset[str]:
    origins = frozenset().union(*(term.origins for term in (*given, *keywords.values())))
    if name in SUMMARIES:
        return frozenset(f"{name}({origin})" for origin in origins)
    return origins


def _known(name: str, given: Sequence[Term]) -> Term | None:
    """What a function gives where its arguments are known."""
    first = given[0]
    if name in _CONVERSIONS or name == "range":
        return _converted(name, given)
    counted = given[:1] if name == "enumerate" else given
    if any(term.items is None for term in counted):
        return first if first.pairs is not None and name == "dict" else None
    items = [term.items or () for term in counted]
    if name == "len":
        return constant(len(items[0]))
    if name == "enumerate":
        items = [_positions(given, len(items[0])), items[0]]
    if name in {"enumerate", "zip"}:
        return sequence([sequence(row) for row in zip(*items, strict=False)])
    if name in _SAME and name != "dict":
        return sequence(reversed(items[0]) if name == "reversed" else items[0])
    return None


def _positions(given: Sequence[Term], number: int) -> tuple[Term, ...]:
    """The numbers that ``enumerate`` gives to so many elements."""
    start = given[1].constant if len(given) > 1 else 0
    return tuple(constant(at + start) if type(start) is int else Term("?") for at in range(number))


def _converted(name: str, given: Sequence[Term]) -> Term | None:
    """A number or text made of known ones, or a range of few numbers."""
    if not all(term.is_constant for term in given):
        return None
    values: list[Any] = [term.constant for term in given]
    try:
        if name != "range":
            return constant(_CONVERSIONS[name](*values))
        numbers = range(*values)
    except (ValueError, TypeError, OverflowError):
        return None
    return sequence(map(constant, numbers)) if len(numbers) <= UNROLLED_MAX else None


def is_down(keywords: Mapping[str, Term]) -> bool:
    """Whether a call sorts from high to low."""
    return "reverse" in keywords and keywords["reverse"].constant is True


def text_method(text: str, name: str, given: Sequence[Term]) -> Term | None:
    """What a method of a known text gives."""
    if name == "join" and len(given) == 1 and given[0].items is not None:
        pieces = [item.text for item in given[0].items]
        return constant(text.join(p for p in pieces if p is not None)) if all(pieces) else None
    if name not in _TEXT_METHODS or not all(term.is_constant for term in given):
        return None
    try:
        result = getattr(text, name)(*(term.constant for term in given))
    except (TypeError, ValueError):
        return None
    return sequence([constant(p) for p in result]) if isinstance(result, list) else constant(result)


def pairs_method(owner: Term, name: str, given: Sequence[Term]) -> Term | None:
    """What a method of a dict display gives."""
    pairs = owner.pairs or ()
    if name == "items":
        return sequence([sequence(pair) for pair in pairs])
    if name == "keys":
        return sequence([key for key, _ in pairs])
    if name == "values":
        return sequence([value for _, value in pairs])
    if name == "get" and given:
        return next((value for key, value in pairs if key.key == given[0].key), None)
    return None


def data(parts: Sequence[Term]) -> Term:
    """What Python's library reads or makes: told by the names that are in it."""
    leaves = frozenset().union(*(part.leaves for part in parts))
    named = sorted(leaf for leaf in leaves if leaf[:1] in "'\"" and leaf[1:-1] not in _MODES)
    origins = frozenset().union(*(part.origins for part in parts))
    return Term(f"data({', '.join(named)})", origins=origins, leaves=frozenset(named))
