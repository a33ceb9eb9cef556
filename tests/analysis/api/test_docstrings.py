"""Docstrings read from the user's installation."""

import os
from pathlib import Path

import pytest

from bioql_lsp.analysis.api.docstrings import docstring
from bioql_lsp.analysis.api.installed import find_installed, index_installed

MODULES = {
    "__init__": '''
"""The package."""
from .core import run, Runner
''',
    "core": '''
"""The core.

    Indented further down.
"""

def run(text):
    """Run a text.

    Returns:
        What came out.
    """
    def inner():
        """Not reachable by name."""

class Runner:
    """A runner."""
    limit = 3
    def start(self):
        """Start it."""
    @property
    def size(self):
        """How large it is."""
    def silent(self): ...

class Child(Runner): ...

try:
    import torch
except ImportError:
    def fallback():
        """In a handler."""

def forward(*args, **kwargs):
    from .core import run as _run
    return _run(*args, **kwargs)
''',
}


@pytest.fixture
def site(tmp_path) -> Path:
    folder = tmp_path / "venv/lib/python3.11/site-packages"
    (folder / "bioql").mkdir(parents=True)
    dist_info = folder / "bioql-6.0.0.dist-info"
    dist_info.mkdir()
    (dist_info / "METADATA").write_text("Name: bioql\nVersion: 6.0.0\n")
    for name, text in MODULES.items():
        (folder / "bioql" / f"{name}.py").write_text(text.lstrip())
    return folder


@pytest.fixture
def read(site):
    installed = find_installed(str(site.parents[2]), [])
    index = index_installed(installed)
    return lambda dotted: docstring(installed, dotted, index)


@pytest.mark.parametrize(
    ("dotted", "text"),
    [
        ("bioql", "The package."),
        ("bioql.core", "The core.\n\nIndented further down."),
        ("bioql.run", "Run a text.\n\nReturns:\n    What came out."),
        ("bioql.core.forward", "Run a text.\n\nReturns:\n    What came out."),
        ("bioql.Runner", "A runner."),
        ("bioql.Runner.start", "Start it."),
        ("bioql.Runner.size", "How large it is."),
        ("bioql.core.Child.start", "Start it."),
        ("bioql.core.fallback", "In a handler."),
        ("bioql.Runner.silent", None),
        ("bioql.Runner.limit", None),
        ("bioql.core.Child", None),
        ("bioql.run.inner", None),
        ("bioql.nothing", None),
        ("", None),
    ],
)
def test_a_docstring_is_found_at_the_definition_and_dedented(read, dotted, text):
    assert read(dotted) == text


def test_a_changed_file_is_read_again(site, read):
    assert read("bioql.Runner") == "A runner."
    path = site / "bioql" / "core.py"
    path.write_text('class Runner:\n    """Another one."""\n')
    os.utime(path, ns=(1, 1))
    assert read("bioql.Runner") == "Another one."


@pytest.mark.parametrize(
    "source",
    [
        b"def run(:",
        b"\0",
        b"\xff\xfe\xff",
        b"(" * 200_000,
        b"x = " + b"-" * 100_000 + b"1",
        b"def run(text):\n    'Big.'\n" + b"#" * (3 * 1024 * 1024),
    ],
)
def test_a_hostile_file_has_no_docstrings(site, read, source):
    (site / "bioql" / "core.py").write_bytes(source)
    assert read("bioql.run") is None


def test_a_file_that_is_gone_or_is_no_file_has_no_docstrings(site, read):
    path = site / "bioql" / "core.py"
    path.unlink()
    assert read("bioql.run") is None
    os.mkfifo(path)
    assert read("bioql.run") is None


def test_a_docstring_that_never_ends_is_cut_off(site, read):
    (site / "bioql" / "core.py").write_text(f'def run(text):\n    """{"word " * 30_000}"""\n')
    assert len(read("bioql.run")) == 20_000
