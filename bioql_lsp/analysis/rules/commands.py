"""BQ061: commands of BioQL's command line that do not work, started from Python."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.text import Span

_FIRST_MEASURED = (7,)
_STARTERS = frozenset(
    {
        "run",
        "call",
        "check_call",
        "check_output",
        "Popen",
        "getoutput",
        "getstatusoutput",
        "system",
        "popen",
        "create_subprocess_exec",
        "create_subprocess_shell",
    }
)
_COMMAND = re.compile(r"(?:.*[\\/])?(bioql(?:-compiler|-quantum)?)(?:\.exe)?")
_WORDS_MAX = 40
_FAILS = {
    "compile": "it imports a function that no version of BioQL has",
    "run": "there is no such command",
    "call": "it only prints its help",
    "install": "the installer is not part of the package",
}
_WORKS = frozenset({"--list-backends", "--estimate-cost", "--help", "-h"})
_BAD_HEAD = "import subprocess\n\nimport bioql\n\n"


@rule(
    code="BQ061",
    severity=Severity.INFORMATION,
    title="The command does not work",
    why="bioql compile, run, call and install, bioql-compiler and bioql-quantum fail in BioQL 7; "
    "programs are run from Python.",
    fix="None by itself; the message says why it fails.",
    good=(_BAD_HEAD + 'subprocess.run(["bioql", "version"], check=True)\n',),
    bad=(
        _BAD_HEAD + 'subprocess.run(["bioql", "compile", "bell.bql"], check=True)\n',
        'import os\n\nimport bioql\n\nos.system("bioql run bell.bql")\n',
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each such command that a literal starts."""
    if module.release < _FIRST_MEASURED or not module.mentions_bioql:
        return
    for node in module.collected.calls:
        words = _words(module, node)
        reason = _reason([word for word, _ in words])
        if reason is not None:
            span = Span(words[0][1].start, words[min(1, len(words) - 1)][1].end)
            message = f"This command fails in BioQL 7: {reason}. Run programs from Python."
            yield Finding("BQ061", Severity.INFORMATION, message, span)


def _words(module: Module, node: Node) -> list[tuple[str, Span]]:
    """The words of the command that a call starts, each with the literal that it stands in."""
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return []
    name = module.syntax.node_text(function)
    given = [child for child in arguments.named_children if child.type != "comment"]
    if name.rpartition(".")[2] not in _STARTERS or not given:
        return []
    first = given[0]
    if first.type in {"list", "tuple"}:
        return _literal_words(module, first.named_children)
    if name.endswith("_exec"):
        return _literal_words(module, given)
    literal = module.literal(first) if first.type in {"string", "concatenated_string"} else None
    if literal is None or not isinstance(literal.value, str):
        return []
    return [(word, literal.span) for word in _split(literal.value)]


def _literal_words(module: Module, nodes: list[Node]) -> list[tuple[str, Span]]:
    found = []
    for node in nodes[:_WORDS_MAX]:
        literal = module.literal(node) if node.type == "string" else None
        is_text = literal is not None and isinstance(literal.value, str)
        found.append((str(literal.value) if literal and is_text else "", module.syntax.span(node)))
    return found


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)[:_WORDS_MAX]
    except ValueError:
        return []


def _reason(words: list[str]) -> str | None:
    """Why a command fails, or None."""
    match = _COMMAND.fullmatch(words[0]) if words else None
    if match is None:
        return None
    if match[1] == "bioql-compiler":
        return "bioql-compiler stops with ImportError"
    if match[1] == "bioql-quantum":
        is_asked_only = not _WORKS.isdisjoint(words)
        return None if is_asked_only else "bioql-quantum stops with TypeError"
    command = words[1] if len(words) > 1 else ""
    return f"bioql {command}: {_FAILS[command]}" if command in _FAILS else None
