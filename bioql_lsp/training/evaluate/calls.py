"""The calls of a program: BioQL's are noted, the program's own functions are followed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.values import is_ours
from bioql_lsp.training.evaluate.binding import bound
from bioql_lsp.training.evaluate.builtin_calls import (
    SUMMARIES,
    builtin,
    data,
    is_down,
    pairs_method,
    text_method,
)
from bioql_lsp.training.evaluate.expressions import Expressions
from bioql_lsp.training.evaluate.terms import (
    Called,
    LocalFunction,
    Names,
    Term,
    constant,
    each,
    made,
    mapping,
    sequence,
    short,
)

_DEPTH_MAX: Final = 12
_STARTING: Final = frozenset({"submit", "to_thread", "partial", "run_in_executor", "run"})
_CALLING: Final = _STARTING | {"map", "imap", "imap_unordered", "starmap"}
_ENVIRONMENT: Final = frozenset({"os.environ.get", "os.getenv", "getpass.getpass"})
_PLOTS: Final = "matplotlib."
_LABELS: Final = frozenset(
    {"xlabel", "ylabel", "title", "legend", "grid", "figure", "tight_layout", "show", "xticks"}
    | {"set_xlabel", "set_ylabel", "set_title", "subplots"}
)
_ADDING: Final = frozenset({"append", "add"})


class Calls(Expressions):
    """Expressions with calls."""

    def __init__(self) -> None:
        super().__init__()
        self.is_later = False
        self.followed: set[int] = set()
        self.returned: list[list[Term]] = []

    def body(self, statements: Sequence[ast.stmt], names: Names) -> None:
        """Go through statements."""
        raise NotImplementedError

    def call(self, node: ast.Call, names: Names) -> Term:
        """What a call gives; it is noted where BioQL, or another package, is called."""
        function = node.func
        owner = self.value(function.value, names) if isinstance(function, ast.Attribute) else None
        given, keywords = self._arguments(node, names)
        if owner is not None and isinstance(function, ast.Attribute) and not owner.dotted:
            if self._is_added(owner, function.attr, given):
                self.bind(function.value, sequence((*(owner.items or ()), *given)), names)
                return constant(None)
            return self._method(owner, function.attr, given, keywords)
        if owner is not None and isinstance(function, ast.Attribute):
            callee = self.thing(f"{owner.dotted}.{function.attr}")
        else:
            callee = self.value(function, names)
        return self._called(callee, given, keywords)

    def _called(self, callee: Term, given: list[Term], keywords: dict[str, Term]) -> Term:
        if callee.function is not None:
            return self.invoke(callee.function, given, keywords)
        if is_ours(callee.dotted):
            symbol = self.index.lookup(callee.dotted)
            unbound = symbol.unbound if symbol is not None else None
            return self._note(callee.dotted, unbound, bound(unbound, given, keywords), given)
        package, _, name = callee.dotted.partition(".")
        if package == "builtins":
            return self._builtin(name, given, keywords)
        if callee.dotted and package in sys.stdlib_module_names:
            return self._library(callee.dotted, given, keywords)
        if callee.dotted:
            return self._foreign(callee.dotted, given, keywords)
        self._use_all(given, keywords)
        return made("called", (callee, *given, *keywords.values()), origins=callee.origins)

    def _arguments(self, node: ast.Call, names: Names) -> tuple[list[Term], dict[str, Term]]:
        given: list[Term] = []
        keywords: dict[str, Term] = {}
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                spread = self.value(argument.value, names)
                known = self.elements(spread)
                unknown = [made("*", (spread,), origins=spread.origins)]
                given += known if known is not None else unknown
            else:
                given.append(self.value(argument, names))
        for keyword in node.keywords:
            term = self.value(keyword.value, names)
            if keyword.arg is not None:
                keywords[keyword.arg] = term
            elif term.pairs is not None and all(key.text for key, _ in term.pairs):
                keywords |= {str(key.constant): value for key, value in term.pairs}
            else:
                keywords["**"] = term
        return given, keywords

    def _note(
        self, name: str, symbol: Symbol | None, arguments: Mapping[str, Term], given: list[Term]
    ) -> Term:
        """A call of BioQL's."""
        called = Called(name, dict(arguments), self.is_later)
        if self.is_recorded:
            self.meaning.calls.append(called)
        self._hand_on(name.rpartition(".")[2], [*given, *arguments.values()])
        leaves = frozenset().union(*(term.leaves for term in arguments.values()))
        is_class = symbol is not None and symbol.kind == "class"
        return_class = symbol.returns_class if symbol is not None else None
        return Term(
            short(called.key),
            instance_of=name if is_class else return_class or "",
            origins=frozenset((f"{name}<{called.mark}>",)),
            leaves=leaves,
        )

    def _is_added(self, owner: Term, name: str, given: list[Term]) -> bool:
        """Whether a call puts an element into a list whose elements are known."""
        return name in _ADDING and owner.items is not None and len(given) == 1

    def _method(self, owner: Term, name: str, given: list[Term], keywords: dict[str, Term]) -> Term:
        member = self.index.member(owner.instance_of, name) if owner.instance_of else None
        if member is not None and member.kind == "method":
            arguments = {**bound(member, given, keywords), "self": owner}
            return self._note(member.dotted, member, arguments, given)
        if owner.text is not None:
            known = text_method(owner.text, name, given)
            if known is not None:
                return known
        if owner.pairs is not None and (known := pairs_method(owner, name, given)) is not None:
            return known
        return self._method_of_value(owner, name, given, keywords)

    def _method_of_value(
        self, owner: Term, name: str, given: list[Term], keywords: dict[str, Term]
    ) -> Term:
        parts = [owner, *given, *keywords.values()]
        if name == "get" and given and given[0].is_constant and owner.origins:
            return self.item(owner, given[0])
        self._use_all(given, keywords)
        if name == "sort":
            self._order("sorted", [owner], keywords)
            return constant(None)
        self._hand_on(name, [*given, *keywords.values()])
        if owner.maker:
            return self._foreign(f"{owner.maker}.{name}", [owner, *given], keywords)
        if not owner.origins:
            return data(parts)
        said = ", ".join(term.key for term in parts[1:])
        origins = frozenset(short(f"{origin}.{name}({said})") for origin in owner.origins)
        self.read(origins)
        return made(f".{name}()", parts, origins=origins)

    def _builtin(self, name: str, given: list[Term], keywords: dict[str, Term]) -> Term:
        if name in {"map", "filter"} and given and given[0].function is not None:
            return self._mapped(name, given)
        if name in {"getattr", "hasattr"} and len(given) > 1 and given[1].text is not None:
            return self.attribute(given[0], given[1].text)
        if name in SUMMARIES or name == "sorted":
            self._order(name, given, keywords)
            return builtin(name, given, keywords)
        term = builtin(name, given, keywords)
        if not term.origins or name == "print":
            self._use_all(given, keywords)
        return data([*given, *keywords.values()]) if name == "open" else term

    def _mapped(self, name: str, given: list[Term]) -> Term:
        function = given[0].function
        assert function is not None
        rounds = self.elements(given[1]) if len(given) == 2 else None
        if rounds is not None and name == "map":
            return sequence([self.invoke(function, [item]) for item in rounds])
        element = self.invoke(function, [each(term) for term in given[1:]])
        if name == "filter":
            return builtin(name, given, {})
        return made("listed", (element,), origins=element.origins, element=element)

    def _library(self, dotted: str, given: list[Term], keywords: dict[str, Term]) -> Term:
        if dotted in _ENVIRONMENT:
            return made("environment", given[:1])
        if dotted in {"pathlib.Path", "pathlib.PurePath"} and len(given) == 1:
            return replace(given[0], instance_of="")
        self._use_all(given, keywords)
        name = dotted.rpartition(".")[2]
        self._hand_on(name, [*given, *keywords.values()])
        term = data([*given, *keywords.values()])
        if dotted.partition(".")[0] in {"statistics", "math"}:
            return replace(
                made(dotted, [*given, *keywords.values()]),
                origins=frozenset(f"{dotted}({origin})" for origin in term.origins),
            )
        return term

    def _foreign(self, dotted: str, given: list[Term], keywords: dict[str, Term]) -> Term:
        """A call of another package: what it is given matters as it does for BioQL's.

        How a plot is labelled does not.
        """
        self._use_all(given, keywords)
        self._hand_on(dotted.rpartition(".")[2], [*given, *keywords.values()])
        arguments = {f"#{at}": term for at, term in enumerate(given)} | keywords
        called = Called(dotted, arguments, self.is_later)
        is_label = dotted.startswith(_PLOTS) and dotted.rpartition(".")[2] in _LABELS
        if self.is_recorded and not is_label:
            self.meaning.calls.append(called)
        origins = frozenset((dotted,)).union(*(term.origins for term in arguments.values()))
        leaves = frozenset().union(*(term.leaves for term in arguments.values()))
        return Term(short(called.key), maker=dotted, origins=origins, leaves=leaves)

    def _use_all(self, given: Sequence[Term], keywords: Mapping[str, Term]) -> None:
        for term in (*given, *keywords.values()):
            self.use(term)

    def _order(self, name: str, given: list[Term], keywords: dict[str, Term]) -> None:
        """Note by what, and in which direction, something is sorted or chosen."""
        key = keywords.get("key")
        if key is None or key.function is None or not given:
            return
        for element in self.elements(given[0]) or [each(given[0])]:
            term = self.invoke(key.function, [element])
            down = " down" if is_down(keywords) != term.key.startswith("USub(") else ""
            self.read(frozenset(f"{name}{down} by {origin}" for origin in term.origins))

    def _hand_on(self, name: str, terms: list[Term]) -> None:
        """Follow functions that are given to another one, which will call them."""
        for at, term in enumerate(terms):
            if term.function is None and not (is_ours(term.dotted) and name in _CALLING):
                continue
            if name in _STARTING:
                self._called(term, terms[at + 1 :], {})
                continue
            others = [other for other in terms if other is not term and not other.is_constant]
            rounds = self.elements(others[0]) if len(others) == 1 else None
            shapes = [[element] for element in rounds or ()] or [[each(o) for o in others]]
            for shape in shapes:
                self._called(term, shape, {})

    def invoke(
        self,
        function: LocalFunction,
        given: Sequence[Term],
        keywords: Mapping[str, Term] | None = None,
    ) -> Term:
        """What a function of the program itself gives: its body is gone through."""
        node = function.node
        self.followed.add(id(node))
        if len(self.returned) >= _DEPTH_MAX:
            return made("deep", given)
        names = Names(function.names)
        self._receive(node.args, function.names, names, given, dict(keywords or {}))
        if isinstance(node, ast.Lambda):
            return self.value(node.body, names)
        self.returned.append([])
        self.body(node.body, names)
        returned = self.returned.pop()
        if len(returned) == 1:
            return returned[0]
        origins = frozenset().union(*(term.origins for term in returned))
        return made("returned", returned, origins=origins) if returned else constant(None)

    def _receive(
        self,
        parameters: ast.arguments,
        around: Names,
        names: Names,
        given: Sequence[Term],
        keywords: dict[str, Term],
    ) -> None:
        """Bind a function's parameters to what it is given, else to their defaults."""
        positional = [*parameters.posonlyargs, *parameters.args]
        defaults = [self.value(default, around) for default in parameters.defaults]
        for at, parameter in enumerate(positional):
            from_end = at - (len(positional) - len(defaults))
            default = defaults[from_end] if from_end >= 0 else Term(f"given {at}")
            term = given[at] if at < len(given) else keywords.pop(parameter.arg, default)
            names.own[parameter.arg] = term
        for parameter, value in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True):
            default = self.value(value, around) if value is not None else Term("given")
            names.own[parameter.arg] = keywords.pop(parameter.arg, default)
        if parameters.vararg is not None:
            names.own[parameters.vararg.arg] = sequence(given[len(positional) :])
        if parameters.kwarg is not None:
            rest = [(constant(key), term) for key, term in keywords.items()]
            names.own[parameters.kwarg.arg] = mapping(rest)
