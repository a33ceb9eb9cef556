"""What a program does to the machine that it runs on: commands, deletions, talk to the network.

Each harm is named by what does it: ``os.system``, ``eval``, ``subprocess``. Two programs are
compared by these names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Final

HARMFUL_BUILTINS: Final = frozenset({"eval", "exec", "compile", "__import__", "breakpoint"})
HARMFUL_OF_SYSTEM: Final = (
    "system", "popen", "fork(pty)?", "kill(pg)?", "remove(dirs)?", "rmdir", "unlink", "truncate",
    "exec[lv]p?e?", "spawn[lv]p?e?", "posix_spawnp?", "startfile",
)  # fmt: skip
"""Patterns of names in ``os``; elsewhere, ``remove`` is a method of lists."""
HARMFUL_ANYWHERE: Final = (
    "popen", "fork", "rmtree", "unlink", "rmdir", "urlopen", "urlretrieve", "import_module",
    "exec_module", "load_module", "create_subprocess_shell", "create_subprocess_exec",
    "subprocess_shell", "subprocess_exec", "open_connection", "create_connection", "start_server",
    "open_unix_connection", "start_unix_server",
)  # fmt: skip
_HARMFUL_MODULES: Final = frozenset(
    {"subprocess", "_posixsubprocess", "pty", "pexpect", "shutil", "ctypes", "_ctypes", "cffi"}
    | {"socket", "_socket", "socketserver", "requests", "urllib3", "httpx", "aiohttp", "websockets"}
    | {"http.client", "http.server", "urllib.request", "xmlrpc", "ftplib", "smtplib", "smtpd"}
    | {"telnetlib", "nntplib", "poplib", "imaplib", "paramiko", "webbrowser"}
    | {"pickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal", "runpy", "code", "codeop"}
)
_HELD_BY_OTHERS: Final = frozenset({"subprocess", "socket", "shutil", "ctypes"})
"""Modules that others have as attributes: ``platform.subprocess``."""
_WAYS_AROUND: Final = frozenset({"__builtins__", "__globals__", "__subclasses__", "__loader__"})
_NAMESPACES: Final = frozenset({"globals", "locals", "vars"})
_ANYWHERE: Final = _WAYS_AROUND | {*HARMFUL_ANYWHERE, "__import__"}
# The star stands for the module itself where it is handed on.
_ANY_MODULE: Final = ("__dict__", "__getattribute__", r"\*")
_HARMFUL_OF: Final = {
    "os": re.compile("|".join((*HARMFUL_OF_SYSTEM, *_ANY_MODULE))),
    "builtins": re.compile("|".join((*HARMFUL_BUILTINS, *_ANY_MODULE))),
    "sys": re.compile("|".join(("modules", *_ANY_MODULE))),
}
_SAME: Final = {"posix": "os", "nt": "os"}
_PARTS_MAX: Final = 8
"""So many last parts of a dotted name are looked at."""


def harm_in(tree: ast.Module, names: Mapping[str, str]) -> set[str]:
    """The harms of a program; ``names`` stand for dotted names, as ``names_of`` finds them."""
    judge = _Judge(names)
    # Walked from the outside in: what is judged with what stands around it is not judged alone.
    return {harm for node in ast.walk(tree) for harm in judge.harms(node)}


def names_of(tree: ast.Module) -> dict[str, str]:
    """What the imports of a program let its names stand for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    top = alias.name.partition(".")[0]
                    dotted = alias.name if alias.asname else top
                    names[alias.asname or top] = _SAME.get(dotted, dotted)
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                whole = _SAME.get(module, module)
                for alias in aliases:
                    if alias.name != "*" or whole == "os":
                        names[alias.asname or alias.name] = f"{whole}.{alias.name}"
    return names


class _Judge:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._judged: set[int] = set()

    def harms(self, node: ast.AST) -> set[str]:
        """What harm a node does, or the names in it that stand for nothing else."""
        match node:
            case ast.Import(names=aliases):
                return _harmful_modules(alias.name for alias in aliases)
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                return _harmful_imports(module, [alias.name for alias in aliases])
            case ast.Compare(comparators=values):
                self._judged.update(map(id, values))
            case ast.Subscript(value=ast.Attribute() as value, slice=ast.Name(id="__name__")):
                self._judged.add(id(value))
            case ast.Call():
                return self._of_call(node)
            case ast.Attribute(value=value):
                self._judged.add(id(value))
                return self._of_name(node)
            case ast.Name(ctx=ast.Load()):
                return self._of_name(node)
        return set()

    def _of_call(self, call: ast.Call) -> set[str]:
        match call:
            case ast.Call(func=ast.Name(id="hasattr"), args=[value, _]):
                self._judged.add(id(value))
            case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(str()), *_]):
                self._judged.add(id(value))
                return _harm_of(self._parts(call))
            case ast.Call(func=ast.Name(id=name), args=[]) if name in _NAMESPACES:
                return set() if id(call) in self._judged else {name}
            case ast.Call(func=ast.Attribute(attr="system") | ast.Name(id="system") as func):
                parts = self._parts(func)
                is_known = parts == ["platform", "system"] or bool(_harm_of(parts))
                return set() if is_known else {"system"}
            case ast.Call(func=ast.Name(id=name)) if name not in self._names:
                return {name} & _ANYWHERE
        return set()

    def _of_name(self, node: ast.Name | ast.Attribute) -> set[str]:
        parts = self._parts(node)
        if len(parts) == 1 and parts[0] in HARMFUL_BUILTINS | _WAYS_AROUND:
            return {parts[0]}
        if len(parts) == 1 and "*" in self._names and _HARMFUL_OF["os"].fullmatch(parts[0]):
            return {f"os.{parts[0]}"}
        is_alone = id(node) not in self._judged
        if parts[-1] in _HARMFUL_OF:
            parts.append("*" if is_alone else "")
        if parts[-2:] == ["sys", "modules"] and not is_alone:
            return set()
        return _harm_of(parts)

    def _parts(self, node: ast.expr) -> list[str]:
        """The last parts of a dotted name, whatever way they are reached by."""
        parts: list[str] = []
        while len(parts) < _PARTS_MAX:
            match node:
                case ast.Attribute(value=node, attr=name):
                    parts.append(name)
                case ast.Subscript(value=node, slice=ast.Constant(value=str(name))):
                    parts.append(name)
                case ast.Call(
                    func=ast.Name(id="getattr"), args=[node, ast.Constant(str(name)), *_]
                ):
                    parts.append(name)
                case ast.Name(id=name):
                    return [*self._names.get(name, name).split("."), *reversed(parts)]
                case _:
                    break
        return ["", *reversed(parts)]


def _harm_of(parts: list[str]) -> set[str]:
    """The harm of a dotted name."""
    for place in range(len(parts) - 2, -1, -1):
        harmful = _HARMFUL_OF.get(parts[place])
        if harmful is not None and harmful.fullmatch(parts[place + 1]):
            name = parts[place + 1]
            return {name if name in HARMFUL_BUILTINS else f"{parts[place]}.{name}"}
    return set(parts[1:]) & _HELD_BY_OTHERS | set(parts[1:][-1:]) & _ANYWHERE


def _harmful_imports(module: str, names: list[str]) -> set[str]:
    whole = _SAME.get(module, module)
    harms = _harmful_modules([module, *(f"{module}.{name}" for name in names)])
    return harms.union(*(_harm_of([*whole.split("."), name]) for name in names))


def _harmful_modules(names: Iterable[str]) -> set[str]:
    """The modules that harm among those that are named, or that a named one lies in."""
    return {
        module
        for name in names
        for module in _HARMFUL_MODULES
        if f"{name}.".startswith(f"{module}.")
    }
