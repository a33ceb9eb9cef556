"""The subcommand ``explain``: what BioQL 7.0.1 makes of a sentence."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

_EXIT_UNUSABLE = 2


class ExplainFormat(StrEnum):
    """How ``explain`` prints a sentence."""

    TEXT = "text"
    JSON = "json"
    QASM = "qasm"
    SVG = "svg"


def explain(
    sentence: Annotated[str | None, typer.Argument(metavar="SENTENCE")] = None,
    output_format: Annotated[ExplainFormat | None, typer.Option("--format")] = None,
    stdin_jsonl: Annotated[
        bool,
        typer.Option("--stdin-jsonl", help='Read {"text": ...} a line; answer JSON a line.'),
    ] = False,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Run the circuit here, free of charge.")
    ] = False,
    shots: Annotated[int, typer.Option(min=1, max=100_000, help="Shots of --simulate.")] = 1_000,
) -> None:
    """Show what BioQL compiles a sentence to."""
    problem = _problem(sentence, output_format, stdin_jsonl, simulate)
    if problem:
        sys.stderr.write(f"bioql-lsp: {problem}\n")
        raise typer.Exit(_EXIT_UNUSABLE)
    from bioql_lsp import explain_answers  # noqa: PLC0415 - the other commands need none of it

    if sentence is None:
        explain_answers.answer_lines(sys.stdin.buffer, sys.stdout)
        return
    shots_asked = shots if simulate else None
    status = explain_answers.explain_one(sentence, str(output_format or "text"), shots_asked)
    raise typer.Exit(status)


def _problem(
    sentence: str | None, output_format: ExplainFormat | None, stdin_jsonl: bool, simulate: bool
) -> str | None:
    if stdin_jsonl and sentence is not None:
        return "give a sentence or --stdin-jsonl, not both"
    if stdin_jsonl and (simulate or output_format not in (None, ExplainFormat.JSON)):
        return "--stdin-jsonl answers in JSON only and does not simulate"
    if simulate and output_format in (ExplainFormat.QASM, ExplainFormat.SVG):
        return "--simulate works with --format text and json"
    if sentence is None and not stdin_jsonl:
        return 'give a sentence, like: bioql-lsp explain "create a bell state"'
    return None
