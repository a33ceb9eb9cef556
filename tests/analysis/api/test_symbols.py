"""Members, forwarded signatures and classes named by annotations, on a package written here."""

from pathlib import Path

import pytest

from bioql_lsp.analysis.api.annotations import class_in
from bioql_lsp.analysis.api.build import build
from bioql_lsp.analysis.api.load import Index

FILES = {
    "__init__": """
from .core import Runner, make, Mode
from . import lazy
""",
    "core": """
from enum import Enum
from dataclasses import dataclass
from typing import Optional
from .other import Engine
import numpy as np

class Mode(Enum):
    FAST = "fast"
    _hidden = 1
    @classmethod
    def default(cls) -> "Mode": ...

class Base:
    kind = "base"
    def __init__(self, engine: Engine, level=3):
        self.engine = engine
        self.level: int = level
        self._log = []
    def run(self, text: str, *, shots: int = 1) -> "Result": ...
    def again(self) -> "Self": ...
    @staticmethod
    def parse(text): ...
    @classmethod
    def create(cls, name: str): ...
    @property
    def size(self) -> int: ...
    async def later(self): ...

class Runner(Base):
    def run(self, text: str, extra: int = 0) -> Optional["Result"]: ...
    def stop(self): ...

@dataclass
class Result:
    counts: dict
    runner: Runner | None = None

class Foreign(np.ndarray):
    def own(self): ...

class Dynamic:
    def __getattr__(self, name): ...

class Loop(Loop2): ...
class Loop2(Loop): ...

def make(name: str) -> Runner: ...
def made():
    if True:
        return Runner(1)
    return Runner(2)
def either(flag):
    return Runner(1) if flag else Result({})
def mixed(flag):
    if flag:
        return Runner(1)
    return Result({})
def far() -> "other.Engine": ...
def many() -> list[Runner]: ...
chosen: Optional[Runner] = None
shared = Runner(1)
""",
    "other": "class Engine:\n    def start(self, power: float) -> int: ...\n",
    "lazy": """
def start(*args, **kwargs):
    from .core import make as _make
    return _make(*args, **kwargs)

def changed(*args, **kwargs):
    from .core import make as _make
    return _make(*args, verbose=True)

class Wrapper:
    def __init__(self):
        from .other import Engine as _Engine
        self._engine = _Engine()
    def start(self, *args, **kwargs):
        return self._engine.start(*args, **kwargs)

def ping(*args, **kwargs):
    from .lazy import pong as _pong
    return _pong(*args, **kwargs)

def pong(*args, **kwargs):
    from .lazy import ping as _ping
    return _ping(*args, **kwargs)

class Itself:
    def __init__(self):
        from .lazy import Itself as _Itself
        self._other = _Itself()
    def go(self, *args, **kwargs):
        return self._other.go(*args, **kwargs)
""",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    folder: Path = tmp_path_factory.mktemp("symbols")
    (folder / "pkg").mkdir()
    for name, text in FILES.items():
        (folder / "pkg" / f"{name}.py").write_text(text)
    return Index(build(folder, "pkg"), "7.0.1", is_exact=True)


def test_members_are_own_and_inherited_with_the_nearest_first(index):
    members = index.members("pkg.Runner")
    expected = {"run", "stop", "again", "parse", "create", "later", "size"}
    assert set(members) == expected | {"kind", "engine", "level", "_log"}
    assert members["run"].dotted == "pkg.core.Runner.run"
    assert members["again"].dotted == "pkg.core.Base.again"
    assert index.members("pkg.make") == index.members("pkg.nothing") == {}


@pytest.mark.parametrize(
    ("name", "kind", "signature", "returns_class"),
    [
        (
            "run",
            "method",
            "run(text: str, extra: int = 0) -> Optional['Result']",
            "pkg.core.Result",
        ),
        ("again", "method", "again() -> 'Self'", "pkg.core.Runner"),
        ("parse", "method", "parse(text)", None),
        ("create", "method", "create(name: str)", None),
        ("size", "property", "size: int", None),
        ("kind", "attribute", "kind", None),
        ("engine", "attribute", "engine: Engine", "pkg.other.Engine"),
        ("level", "attribute", "level: int", None),
    ],
)
def test_a_member_has_its_kind_signature_and_class(index, name, kind, signature, returns_class):
    member = index.member("pkg.Runner", name)
    assert (member.kind, member.signature, member.returns_class) == (kind, signature, returns_class)
    assert index.lookup(f"pkg.Runner.{name}") == member


def test_a_method_reached_through_its_class_takes_the_instance_first(index):
    assert index.lookup("pkg.Runner.run").unbound.positional_names == ("self", "text", "extra")
    for name in ("parse", "create"):
        symbol = index.lookup(f"pkg.Runner.{name}")
        assert symbol.unbound is symbol, name
    assert index.lookup("pkg.Runner.later").is_async


def test_the_members_of_an_enum_are_instances_of_it(index):
    fast = index.lookup("pkg.Mode.FAST")
    assert (fast.kind, fast.returns_class, fast.note) == ("attribute", "pkg.core.Mode", "'fast'")
    assert index.lookup("pkg.Mode").class_kind == "enum"


@pytest.mark.parametrize(
    ("dotted", "is_complete"),
    [
        ("pkg.Runner", True),
        ("pkg.core.Result", True),
        ("pkg.core.Foreign", False),
        ("pkg.core.Dynamic", False),
        ("pkg.core.Loop", True),
        ("pkg.make", False),
    ],
)
def test_a_class_with_foreign_parts_is_known_to_be_incomplete(index, dotted, is_complete):
    assert index.has_all_members(dotted) is is_complete


@pytest.mark.parametrize(
    ("dotted", "returns_class"),
    [
        ("pkg.make", "pkg.core.Runner"),
        ("pkg.core.made", "pkg.core.Runner"),
        ("pkg.core.either", None),
        ("pkg.core.mixed", None),
        ("pkg.core.many", None),
        ("pkg.Runner", "pkg.core.Runner"),
        ("pkg.core.chosen", "pkg.core.Runner"),
        ("pkg.core.shared", "pkg.core.Runner"),
        ("pkg.core.Result.runner", "pkg.core.Runner"),
        ("pkg.Mode.default", "pkg.core.Mode"),
    ],
)
def test_what_a_call_gives_is_told_where_the_source_says_it(index, dotted, returns_class):
    assert index.lookup(dotted).returns_class == returns_class


def test_a_function_that_hands_everything_on_has_the_signature_of_its_target(index):
    start = index.lookup("pkg.lazy.start")
    assert (start.signature, start.forwards_to) == ("start(name: str) -> Runner", "pkg.core.make")
    assert start.returns_class == "pkg.core.Runner"
    method = index.member("pkg.lazy.Wrapper", "start")
    assert method.signature == "start(power: float) -> int"
    assert method.forwards_to == "pkg.other.Engine.start"


def test_what_changes_the_arguments_keeps_its_own_signature(index):
    assert index.lookup("pkg.lazy.changed").signature == "changed(*args, **kwargs)"


@pytest.mark.parametrize("dotted", ["pkg.lazy.ping", "pkg.lazy.pong", "pkg.lazy.Itself.go"])
def test_wrappers_in_a_circle_end(index, dotted):
    assert index.lookup(dotted).signature.endswith("(*args, **kwargs)")


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("Runner", "pkg.core.Runner"),
        ("'Runner'", "pkg.core.Runner"),
        ("Optional[Runner]", "pkg.core.Runner"),
        ("'Optional[Runner]'", "pkg.core.Runner"),
        ("Runner | None", "pkg.core.Runner"),
        ("None | 'Runner'", "pkg.core.Runner"),
        ("typing.Union[Runner, None]", "pkg.core.Runner"),
        ("Annotated[Runner, 3]", "pkg.core.Runner"),
        ("pkg.core.Runner", "pkg.core.Runner"),
        ("Engine", "pkg.other.Engine"),
        ("Union[Runner, Result]", None),
        ("Runner | Result", None),
        ("list[Runner]", None),
        ("make", None),
        ("int", None),
        ("not python", None),
        ("", None),
        (None, None),
    ],
)
def test_an_annotation_names_one_class_or_none(index, annotation, expected):
    assert index.class_named(annotation, "pkg.core") == expected


@pytest.mark.parametrize(
    "text", ["(" * 150, "a | " * 49 + "a", "X[" * 60 + "]" * 60, "\0", '"' * 9]
)
def test_a_hostile_annotation_names_nothing(text):
    assert class_in(text) is None


@pytest.mark.parametrize("dotted", ["", ".", "..", "pkg.", ".pkg", "pkg..core", "pkg.Runner.run.x"])
def test_malformed_names_are_answered_without_raising(index, dotted):
    symbol = index.lookup(dotted)
    assert symbol is None or symbol.kind in {"unknown", "module"}
    assert index.versions(dotted) == ()
    assert index.members(dotted) == {}
