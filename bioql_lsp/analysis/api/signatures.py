"""Functions and methods as the index stores them, read from a syntax tree.

A function is ``{"k": "f", "p": parameters, "r": annotation of the result}`` and, where it
applies, ``y`` (async), ``d`` (a decorator may change its signature), ``q`` (``s`` static method,
``c`` class method), ``ri`` (the class whose instance an unannotated function returns) and ``w``
(where ``*args, **kwargs`` are handed to: ``[module, name]``, or ``["self", attribute, method]``).
A parameter is ``[name, kind, annotation, default]``; kinds are ``p`` positional only, ``a`` either
way, ``v`` for ``*args``, ``k`` keyword only and ``w`` for ``**kwargs``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

Parameter = list[str | None]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Absolute = Callable[[ast.ImportFrom], str]
_TEXT_CHARS_MAX = 80
_KEEPING = {"staticmethod", "classmethod", "abstractmethod", "overload", "wraps"}


def source_text(node: ast.AST | None) -> str | None:
    """An expression as one short line of source, or None for no expression."""
    if node is None:
        return None
    text = ast.unparse(node)
    return text if len(text) <= _TEXT_CHARS_MAX else f"<{type(node).__name__}>"


def parameters_of(arguments: ast.arguments) -> list[Parameter]:
    """The parameters of a function in the order they are written."""
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    defaults += arguments.defaults
    found: list[Parameter] = []
    for index, (arg, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = "p" if index < len(arguments.posonlyargs) else "a"
        found.append([arg.arg, kind, source_text(arg.annotation), source_text(default)])
    if arguments.vararg:
        found.append([arguments.vararg.arg, "v", source_text(arguments.vararg.annotation), None])
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append([arg.arg, "k", source_text(arg.annotation), source_text(default)])
    if arguments.kwarg:
        found.append([arguments.kwarg.arg, "w", source_text(arguments.kwarg.annotation), None])
    return found


def decorator_names(node: ast.ClassDef | FunctionNode) -> set[str]:
    """The decorators' last parts: ``dataclass`` for ``@dataclasses.dataclass(...)``."""
    names = set()
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(ast.unparse(target).rpartition(".")[2])
    return names


def function_entry(node: FunctionNode, absolute: Absolute) -> dict[str, Any]:
    """A function as the index stores it; ``absolute`` names the module of a ``from`` import."""
    entry: dict[str, Any] = {
        "k": "f",
        "p": parameters_of(node.args),
        "r": source_text(node.returns),
    }
    if isinstance(node, ast.AsyncFunctionDef):
        entry["y"] = 1
    if decorator_names(node) - _KEEPING:
        entry["d"] = 1
    local = local_imports(node, absolute)
    if node.returns is None and (made := _made_class(node, local)):
        entry["ri"] = made
    if target := _forwarded(node, local):
        entry["w"] = target
    return entry


def method_entry(node: FunctionNode, absolute: Absolute) -> dict[str, Any]:
    """A method as the index stores it, without ``self`` or ``cls``."""
    entry = function_entry(node, absolute)
    decorators = decorator_names(node)
    if "staticmethod" in decorators:
        entry["q"] = "s"
    else:
        entry["p"] = entry["p"][1:]
    if "classmethod" in decorators:
        entry["q"] = "c"
    return entry


def local_imports(node: FunctionNode, absolute: Absolute) -> dict[str, tuple[str, str]]:
    """What the body of a function imports: the bound name, and its module and name there."""
    found: dict[str, tuple[str, str]] = {}
    for statement in ast.walk(node):
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                found.setdefault(alias.asname or alias.name, (absolute(statement), alias.name))
    return found


def called_class(value: ast.expr | None, local: dict[str, tuple[str, str]]) -> str | None:
    """The class that an expression makes an instance of, by the custom of capital letters."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name | ast.Attribute):
        return None
    name = ast.unparse(value.func)
    last = name.rpartition(".")[2].lstrip("_")
    if not last[:1].isupper():
        return None
    return ".".join(local[name]) if name in local else name


def _made_class(node: FunctionNode, local: dict[str, tuple[str, str]]) -> str | None:
    returned = {called_class(statement.value, local) for statement in _returns(node.body)}
    return next(iter(returned)) if len(returned) == 1 else None


def _returns(body: list[ast.stmt]) -> Iterator[ast.Return]:
    for statement in body:
        if isinstance(statement, ast.Return):
            yield statement
        elif not isinstance(statement, FunctionNode | ast.ClassDef):
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.stmt):
                    yield from _returns([child])
                elif isinstance(child, ast.ExceptHandler | ast.match_case):
                    yield from _returns(child.body)


def _forwarded(node: FunctionNode, local: dict[str, tuple[str, str]]) -> list[str] | None:
    """Where a function hands everything that it is given."""
    rest, more = node.args.vararg, node.args.kwarg
    first = next(_returns(node.body), None)
    if rest is None or more is None or len(node.args.args) > 1 or node.args.kwonlyargs:
        return None
    if first is None or not isinstance(first.value, ast.Call):
        return None
    called = ast.unparse(first.value.func)
    if ast.unparse(first.value) != f"{called}(*{rest.arg}, **{more.arg})":
        return None
    match first.value.func:
        case ast.Name(id=name) if name in local:
            return list(local[name])
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=held), attr=method):
            return ["self", held, method]
    return None
