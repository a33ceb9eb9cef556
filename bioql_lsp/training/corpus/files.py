"""Whole files in varied style: what stands around a hole, or around a request."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Sample

COMMENT_SHARE: Final = 0.85
DOCSTRING_SHARE: Final = 0.12
RENAME_SHARE: Final = 0.3
ONE_LINE_SHARE: Final = 0.2
_RESULT_NAMES: Final = ("r", "res", "outcome", "bell", "run", "out", "answer")
_MULTILINE_CALL = re.compile(r"quantum\(\n((?:    .*\n)+)\)")
_LINE_CHARS_MAX: Final = 96


def split_imports(code: str) -> tuple[list[str], str]:
    """The import statements at the head of a program that parses, and the rest."""
    lines = code.splitlines(keepends=True)
    end = 0
    imports: list[str] = []
    for statement in ast.parse(code).body:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            break
        assert statement.end_lineno is not None
        end = statement.end_lineno
        imports.append("".join(lines[statement.lineno - 1 : end]))
    return imports, "".join(lines[end:]).lstrip("\n")


def join_imports(imports: Sequence[str]) -> str:
    """Import lines once each: the standard library, a blank line, the others."""
    unique = sorted(set(imports))
    own = [line for line in unique if not line.startswith(_STANDARD)]
    standard = [line for line in unique if line not in own]
    return "\n".join(part for part in ("".join(standard), "".join(own)) if part)


_STANDARD: Final = tuple(
    f"{word} {module}"
    for word in ("import", "from")
    for module in ("os", "json", "csv", "pathlib", "collections", "time", "statistics", "math")
)


def whole_file(rng: Random, samples: Sequence[Sample]) -> str:
    """A file that does what some requests ask, in one of many personal styles."""
    imports: list[str] = []
    bodies: list[str] = []
    for sample in samples:
        head, body = split_imports(sample.code)
        imports += head
        bodies.append(_restyle(rng, body, sample.text))
    text = join_imports(imports) + "\n" + "\n".join(bodies)
    if rng.random() < DOCSTRING_SHARE:
        request = samples[0].text.replace('"', "'").replace("\\", "/")
        text = f'"""{request[:1].upper()}{request[1:]}."""\n\n' + text
    return text


def _restyle(rng: Random, body: str, request: str) -> str:
    if rng.random() < RENAME_SHARE:
        body = re.sub(r"\bresult\b(?=[. )=\n,])", rng.choice(_RESULT_NAMES), body)
    if rng.random() < ONE_LINE_SHARE:
        body = _MULTILINE_CALL.sub(_one_line, body)
    if rng.random() < COMMENT_SHARE:
        body = f"# {request}\n" + body
    return body


def _one_line(match: re.Match[str]) -> str:
    parts = [line.strip() for line in match.group(1).splitlines()]
    call = f"quantum({' '.join(parts).rstrip(',')})"
    return call if len(call) < _LINE_CHARS_MAX else match.group()
