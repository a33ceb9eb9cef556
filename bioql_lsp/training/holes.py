"""Whole files in varied style, and the holes that a completion is asked to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from random import Random

from bioql_lsp.training.pairs import Pair
from bioql_lsp.worker.engines.base import Infill

_RESULT_NAMES = (
    "result",
    "result",
    "result",
    "r",
    "res",
    "outcome",
    "bell",
    "run",
    "out",
    "answer",
)
_MULTILINE_CALL = re.compile(r"quantum\(\n((?:    .*\n)+)\)")


def split_imports(code: str) -> tuple[list[str], str]:
    """The import lines at the head of a program, and the rest."""
    lines = code.splitlines(keepends=True)
    end = 0
    imports: list[str] = []
    for index, line in enumerate(lines):
        if line.startswith(("import ", "from ")):
            imports.append(line)
            end = index + 1
        elif line.strip():
            break
    return imports, "".join(lines[end:]).lstrip("\n")


def join_imports(imports: Sequence[str]) -> str:
    """Import lines once each: the standard library, a blank line, the others."""
    unique = sorted(set(imports))
    own = [line for line in unique if line.startswith(("from bioql", "from qiskit"))]
    standard = [line for line in unique if line not in own]
    return "\n".join(part for part in ("".join(standard), "".join(own)) if part)


def whole_file(rng: Random, pairs: Sequence[Pair]) -> str:
    """A file that does what some requests ask, in one of many personal styles."""
    imports: list[str] = []
    bodies: list[str] = []
    for pair in pairs:
        head, body = split_imports(pair.code)
        imports += head
        bodies.append(_restyle(rng, body, pair.request))
    text = join_imports(imports) + "\n" + "\n".join(bodies)
    if rng.random() < 0.15:
        text = f'"""{pairs[0].request[:1].upper()}{pairs[0].request[1:]}."""\n\n' + text
    return text


def _restyle(rng: Random, body: str, request: str) -> str:
    name = rng.choice(_RESULT_NAMES)
    body = re.sub(r"\bresult\b(?=[. )=\n,])", name, body)
    if rng.random() < 0.25:
        body = _MULTILINE_CALL.sub(_one_line, body)
    if rng.random() < 0.12:
        body = re.sub(
            r"if not \w+\.success:\n    raise SystemExit\(\w+\.error_message\)\n", "", body
        )
    if rng.random() < 0.55:
        body = f"# {request}\n" + body
    return body


def _one_line(match: re.Match[str]) -> str:
    parts = [line.strip() for line in match.group(1).splitlines()]
    call = f"quantum({' '.join(parts).rstrip(',')})"
    return call if len(call) < 96 else match.group()


def punch(rng: Random, text: str) -> tuple[Infill, str]:
    """A hole in a program that parses: the task, and the text that was there."""
    tree = ast.parse(text)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    makers = (
        _call_hole,
        _call_hole,
        _string_hole,
        _line_hole,
        _line_hole,
        _statement_hole,
        _statement_hole,
    )
    start, end = rng.choice(makers)(rng, tree, text, starts)
    suffix = text[end:]
    if rng.random() < 0.35:
        end, suffix = _statement_end(tree, text, starts, start, end), ""
    return Infill(prefix=text[:start], suffix=suffix), text[start:end]


def _offset(starts: list[int], line: int, column: int) -> int:
    return starts[line - 1] + column


def _bounds(node: ast.stmt | ast.expr, starts: list[int]) -> tuple[int, int]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return (
        _offset(starts, node.lineno, node.col_offset),
        _offset(starts, node.end_lineno, node.end_col_offset),
    )


def _call_hole(rng: Random, tree: ast.Module, text: str, starts: list[int]) -> tuple[int, int]:
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and (n.args or n.keywords)]
    if not calls:
        return _line_hole(rng, tree, text, starts)
    weights = [4 if isinstance(c.func, ast.Name) and c.func.id == "quantum" else 1 for c in calls]
    call = rng.choices(calls, weights)[0]
    opening = _bounds(call.func, starts)[1] + 1
    closing = _bounds(call, starts)[1] - 1
    places = [opening, opening, opening]
    places += [_bounds(k.value, starts)[0] - len(f"{k.arg}=") for k in call.keywords if k.arg]
    places += [_bounds(k.value, starts)[0] for k in call.keywords]
    start = rng.choice(places) if rng.random() < 0.75 else rng.randint(opening, closing)
    return start, closing


def _string_hole(rng: Random, tree: ast.Module, text: str, starts: list[int]) -> tuple[int, int]:
    strings = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and len(n.value) > 2
        and n.lineno == n.end_lineno
        and not text.startswith('"""', _bounds(n, starts)[0])
    ]
    if not strings:
        return _line_hole(rng, tree, text, starts)
    begin, end = _bounds(rng.choice(strings), starts)
    return rng.randint(begin + 1, end - 2), end - 1


def _line_hole(rng: Random, tree: ast.Module, text: str, starts: list[int]) -> tuple[int, int]:
    lines = text.splitlines()
    index = rng.choice([i for i, line in enumerate(lines) if line.strip()])
    line = lines[index]
    indent = len(line) - len(line.lstrip())
    column = rng.randint(indent, len(line) - 1)
    return starts[index] + column, starts[index] + len(line)


def _statement_hole(rng: Random, tree: ast.Module, text: str, starts: list[int]) -> tuple[int, int]:
    statements = [n for n in ast.walk(tree) if isinstance(n, ast.stmt)]
    begin, end = _bounds(rng.choice(statements), starts)
    if rng.random() < 0.4 and end - begin > 3:
        begin += rng.randint(1, min(end - begin - 2, 24))
    return begin, end


def _statement_end(tree: ast.Module, text: str, starts: list[int], start: int, end: int) -> int:
    """Where the smallest statement around the hole ends: a hole without suffix goes there."""
    ends = [
        e
        for s, e in (_bounds(n, starts) for n in ast.walk(tree) if isinstance(n, ast.stmt))
        if s <= start and end <= e
    ]
    return min(ends, default=end)
