"""The static index builder, on a package written here."""

import json
import zipfile
from pathlib import Path

import pytest

from bioql_lsp.analysis.api.build import UnusableSourceError, build, encode, main
from bioql_lsp.analysis.api.load import ImportFailure, Index

FILES = {
    "pkg/__init__.py": """
from .core import run, Result
from .sub import *
from . import late
try:
    from .missing import gone
    from .core import helper
except ImportError:
    gone = None
    helper = None
try:
    from .core import not_there, Result as R
except ImportError:
    not_there = R = None
    HAVE = False
__all__ = ["run"]
if gone is not None:
    __all__.append("gone")
if run is not None and Result is not None:
    __all__ += ["Result"]
raise RuntimeError("an index is built without running anything")
""",
    "pkg/core.py": """
import numpy as np
from dataclasses import dataclass, field
from enum import Enum
from pydantic import BaseModel
LIMIT = 3
def run(a, /, b: int, *rest, key: str = "x", **more) -> "Result": ...
async def later(): ...
class Base:
    def __init__(self, first): ...
class Child(Base): ...
@dataclass
class Result:
    name: str
    size: int = 0
    tags: list = field(default_factory=list)
    hidden: int = field(init=False)
    def show(self, deep=False): ...
    @property
    def total(self) -> int: ...
@dataclass
class More(Result):
    extra: int = 1
class Model(BaseModel):
    x: int
    y: str = "a"
class Colour(str, Enum):
    RED = "red"
class Odd(np.ndarray): ...
""",
    "pkg/sub.py": "def from_star(x): ...\n",
    "pkg/late.py": "from .core import run as again\n",
    "pkg/broken.py": "def f(:\n",
    "pkg/cycle_a.py": "from .cycle_b import thing\n",
    "pkg/cycle_b.py": "from .cycle_a import thing\n",
    "pkg/copy 2.py": "def stray(): ...\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Index:
    return Index(build(folder, "pkg"), "1.0", is_exact=True)


def signature(index: Index, name: str) -> str:
    symbol = index.lookup(name)
    assert symbol is not None
    return symbol.signature


def test_functions_and_constructors_have_their_signatures(index):
    run = "run(a, b: int, *rest, key: str = 'x', **more) -> 'Result'"
    assert signature(index, "pkg.run") == run
    assert signature(index, "pkg.late.again") == run
    assert signature(index, "pkg.core.Child") == "Child(first)"
    result = "Result(name: str, size: int = 0, tags: list = field(default_factory=list))"
    assert signature(index, "pkg.Result").startswith(result[:40])
    names = [p.name for p in index.lookup("pkg.core.More").parameters]
    assert names == ["name", "size", "tags", "extra"]
    assert [p.kind for p in index.lookup("pkg.core.Model").parameters] == ["k", "k"]


def test_constructors_that_cannot_be_known_are_not_guessed(index):
    assert index.lookup("pkg.core.Colour").parameters is None
    assert index.lookup("pkg.core.Odd").parameters is None


def test_a_guarded_group_with_one_missing_name_is_none_as_a_whole(index):
    for name in ("gone", "helper", "not_there", "R"):
        symbol = index.lookup(f"pkg.{name}")
        assert symbol.kind == "none", name
    assert index.lookup("pkg.not_there").note == "pkg.core has no not_there"
    assert index.lookup("pkg.R").origin == ("pkg.core", "Result")


def test_exports_follow_the_conditions_on_optional_names(index):
    assert index.exported("pkg") == ("run", "Result")


def test_stars_modules_and_unknown_names(index):
    assert index.lookup("pkg.from_star").dotted == "pkg.sub.from_star"
    assert index.lookup("pkg.late").kind == "module"
    assert index.lookup("pkg.nothing") is None
    assert index.lookup("pkg.core.np").kind == "external"
    assert index.lookup("other.thing") is None


def test_a_module_that_does_not_parse_is_recorded_and_not_judged(index):
    assert index.broken_reason("pkg.broken") == "SyntaxError, line 1"
    assert index.lookup("pkg.broken.anything").kind == "unknown"


def test_imports_in_a_circle_end(index):
    assert index.lookup("pkg.cycle_a.thing").kind == "unknown"


def test_files_that_cannot_be_imported_are_left_out(index):
    assert not any("copy" in name for name in index.module_names)


def test_a_wheel_gives_the_same_index_as_its_folder_and_the_same_bytes_again(folder, tmp_path):
    wheel = tmp_path / "pkg-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    first, second = build(wheel, "pkg"), build(folder, "pkg", version="1.0")
    assert first["version"] == "1.0"
    assert first == second
    assert encode(first) == encode(json.loads(json.dumps(second)))


def test_what_cannot_be_indexed_is_said(tmp_path, capsys):
    text = tmp_path / "x.whl"
    text.write_text("no zip")
    with pytest.raises(UnusableSourceError, match="not a readable wheel"):
        build(text)
    with pytest.raises(UnusableSourceError, match="no package 'bioql'"):
        build(tmp_path)
    assert main([str(text), "-o", str(tmp_path / "out")]) == 2
    assert "cannot build the index" in capsys.readouterr().err


def test_what_only_runs_as_a_script_is_not_bound(tmp_path):
    files = {
        "__init__": "if __name__ == '__main__':\n    result = 1\nelse:\n    other = 2\n",
        "choice": "try:\n    import torch\nexcept ImportError:\n    torch = None\n"
        "if torch:\n    class Net:\n        def fit(self): ...\nelse:\n    class Net: ...\n",
    }
    index = index_of(tmp_path, files)
    assert index.lookup("pkg.result") is None
    assert list(index.members("pkg.choice.Net")) == ["fit"]


def test_a_package_wins_over_a_module_of_the_same_name(tmp_path):
    for name, text in {
        "pkg/__init__.py": "",
        "pkg/a.py": "x = 1",
        "pkg/a/__init__.py": "y = 2",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    index = Index(build(tmp_path, "pkg"), "1.0", is_exact=True)
    assert index.lookup("pkg.a.y") is not None
    assert index.lookup("pkg.a.x") is None


FAILING = {
    "__init__": "try:\n    from .plot import draw\nexcept ImportError:\n    draw = None\n",
    "kinds": "from enum import Enum\nclass Kind(Enum):\n    A = 1\n",
    "default": "from .kinds import Kind\ndef f(kind=Kind.GONE): ...\ndef g(kind=Kind.A): ...\n",
    "after": "from .default import f\n",
    "swallowed": "try:\n    from .default import f\nexcept Exception:\n    f = None\n",
    "not_swallowed": "try:\n    from .default import f\nexcept ImportError:\n    f = None\n",
    "lazy": "def f():\n    from .default import f\n",
    "plot": "import plotly.express as px\ndef draw(): ...\n",
    "layers": "try:\n    import torch.nn as nn\nexcept ImportError:\n    pass\n"
    "class Net(nn.Module): ...\n",
    "guarded": "try:\n    import torch.nn as nn\nexcept ImportError:\n    nn = None\n",
    "moved": "from .kinds import Missing\n",
    "script": "from plot import draw\n",
}


@pytest.mark.parametrize(
    ("module", "error", "cause", "needs"),
    [
        ("default", "AttributeError: GONE", "default", ()),
        ("after", "AttributeError: GONE", "default", ()),
        ("not_swallowed", "AttributeError: GONE", "default", ()),
        ("plot", "ModuleNotFoundError: plotly", "plot", ("plotly",)),
        ("layers", "NameError: nn", "layers", ("torch",)),
        ("moved", "ImportError: pkg.kinds has no Missing", "moved", ()),
        ("script", "ModuleNotFoundError: plot", "script", ()),
    ],
)
def test_an_import_that_fails_is_found_with_its_cause(tmp_path, module, error, cause, needs):
    index = index_of(tmp_path, FAILING)
    failure = index.import_failure(f"pkg.{module}")
    assert failure == ImportFailure(f"pkg.{module}", error, f"pkg.{cause}", needs)
    assert index.broken_reason(f"pkg.{module}") == (None if needs else error)


@pytest.mark.parametrize("module", ["kinds", "swallowed", "lazy", "guarded", "nowhere"])
def test_an_import_that_works_is_not_said_to_fail(tmp_path, module):
    assert index_of(tmp_path, FAILING).import_failure(f"pkg.{module}") is None


def test_a_name_that_waits_for_a_distribution_says_which(tmp_path):
    missing = index_of(tmp_path, FAILING).lookup("pkg.draw")
    assert (missing.kind, missing.status, missing.needs) == ("function", "unknown", ("plotly",))
    data = build(tmp_path, "pkg", distributions=["Plotly", "torch"])
    present = Index(data, "1.0", is_exact=True)
    assert present.import_failure("pkg.plot") is None
    assert present.lookup("pkg.draw").needs == ()


def index_of(folder: Path, modules: dict[str, str]) -> Index:
    (folder / "pkg").mkdir()
    for name, text in modules.items():
        (folder / "pkg" / f"{name}.py").write_text(text)
    return Index(build(folder, "pkg"), "1.0", is_exact=True)
