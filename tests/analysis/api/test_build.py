"""The static index builder, on a package written here; on the real wheel where one is given."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from bioql_lsp.analysis import api
from bioql_lsp.analysis.api.build import UnusableSourceError, build, encode, main
from bioql_lsp.analysis.api.load import NEWEST, Index, load

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


def test_the_bundled_index_knows_what_is_real_and_what_is_none():
    index = load()
    assert len(index.module_names) == 183
    assert len(index.exported("bioql")) == 89
    names = [n for n in index.names("bioql") if index.lookup(f"bioql.{n}").kind == "none"]
    assert names == [
        "QECAnalysisResult",
        "QuantumErrorCorrection",
        "RSAModExpResult",
        "compile_bioql",
        "quick_qec_demo",
        "search_chembl",
        "search_drugbank_local",
        "search_pubchem",
        "similarity_search_pipeline",
    ]
    parameters = [p.name for p in index.lookup("bioql.quantum").parameters]
    assert parameters[:4] == ["program", "api_key", "backend", "shots"]
    assert len(parameters) == 20
    assert index.broken_reason("bioql.batcher") == "SyntaxError, line 771"


@pytest.mark.skipif("BIOQL_WHEEL" not in os.environ, reason="BIOQL_WHEEL names no wheel of BioQL")
def test_the_bundled_index_is_what_the_wheel_gives(tmp_path):
    out = tmp_path / "index.json.gz"
    assert main([os.environ["BIOQL_WHEEL"], "-o", str(out)]) == 0
    bundled = Path(api.__file__).parent / "data" / f"bioql-{NEWEST}.json.gz"
    assert out.read_bytes() == bundled.read_bytes()
