"""One sentence explained on stdout, or a stream of them as lines of JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from typing import TextIO

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints import lints
from bioql_lsp.analysis.program.model import Compiled
from bioql_lsp.analysis.program.qasm import to_qasm
from bioql_lsp.analysis.program.runnable import UnrunnableCircuitError
from bioql_lsp.analysis.program.svg import to_svg
from bioql_lsp.explain_view import as_json, as_text
from bioql_lsp.simulation import simulate

_EXIT_SHOWN, _EXIT_NO_CIRCUIT = 0, 1


def explain_one(sentence: str, output_format: str, shots: int | None) -> int:
    """Write a sentence in a format (``text``, ``json``, ``qasm``, ``svg``); the exit status.

    With ``shots`` it is run here too, for text and JSON.
    """
    compiled = compile_sentence(sentence)
    if output_format == "qasm":
        return _write_qasm(compiled)
    if output_format == "svg":
        sys.stdout.write(to_svg(compiled))
        return _EXIT_SHOWN
    simulated = asyncio.run(simulate(compiled, shots)) if shots else None
    if output_format == "json":
        sys.stdout.writelines(as_json(compiled, lints(sentence), simulated))
        sys.stdout.write("\n")
    else:
        sys.stdout.write(as_text(compiled, lints(sentence), simulated))
    return _EXIT_SHOWN


def _write_qasm(compiled: Compiled) -> int:
    try:
        sys.stdout.write(to_qasm(compiled))
    except UnrunnableCircuitError as error:
        sys.stderr.write(f"bioql-lsp: {error}\n")
        return _EXIT_NO_CIRCUIT
    return _EXIT_SHOWN


def answer_lines(lines: Iterable[bytes], output: TextIO) -> None:
    """Answer each line as it comes; one that can't be read gets its error in its place."""
    for line in lines:
        output.writelines(_answer(line))
        output.write("\n")
        output.flush()


def _answer(line: bytes) -> Iterable[str]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return [json.dumps({"error": 'This line is no JSON; write {"text": "..."}'})]
    text = request.get("text") if isinstance(request, dict) else None
    if not isinstance(text, str):
        return [json.dumps({"error": 'This line has no text; write {"text": "..."}'})]
    return as_json(compile_sentence(text), lints(text))
