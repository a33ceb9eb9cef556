"""Python that has nothing to do with BioQL: the standard library's own sources."""

from __future__ import annotations

import ast
import sysconfig
import warnings
from pathlib import Path

import pytest

from bioql_lsp.analysis.analysis import analyse

ROOT = Path(sysconfig.get_path("stdlib"))
FILES = [path for path in sorted(ROOT.rglob("*.py")) if "site-packages" not in path.parts][::5]
SHARES = 10


def python_text(path: Path) -> str | None:
    """The text of a file; None where CPython itself does not take it for Python."""
    try:
        text = path.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (UnicodeDecodeError, SyntaxError, ValueError):
        return None
    return text


@pytest.mark.parametrize("share", range(SHARES))
def test_the_standard_library_has_no_finding(share: int) -> None:
    texts = {path: text for path in FILES[share::SHARES] if (text := python_text(path)) is not None}
    assert len(texts) > len(FILES) // SHARES // 2
    for path, text in texts.items():
        assert analyse(text).findings == (), path
        assert analyse(f"import bioql\n{text}").findings == (), path
