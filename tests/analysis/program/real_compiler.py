"""BioQL's own compiler as a child process: sentences in, circuits out, one line of JSON each.

Run with the folder that holds ``bioql/``. The first line out is its vocabulary. Its two files are
loaded by path: importing the package would pull in everything that BioQL depends on.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import random
import sys
import types
from pathlib import Path
from typing import Any

LOOP_MAX = 3_000


class RandomAngle(float):
    """An angle that the compiler drew."""


class TooLargeError(BaseException):
    """A loop over more qubits than this machine should list; no ``Exception``: BioQL eats those."""


def load(folder: Path) -> tuple[types.ModuleType, types.ModuleType]:
    """The modules of the compiler and of the matcher, with Qiskit left out."""
    sys.modules["qiskit"] = None  # type: ignore[assignment]
    for name in ("bioql", "bioql.parser"):
        package = types.ModuleType(name)
        package.__path__ = [str(folder.joinpath(*name.split(".")))]
        sys.modules[name] = package
    with contextlib.redirect_stdout(io.StringIO()):
        matcher = _module("bioql.parser.mega_patterns", folder)
        compiler = _module("bioql.compiler", folder)
    return compiler, matcher


def _module(name: str, folder: Path) -> types.ModuleType:
    path = folder.joinpath(*name.split(".")).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def limited_range(*bounds: int) -> range:
    """``range``, but refuses loops that would fill the memory."""
    if max(bounds) > LOOP_MAX:
        raise TooLargeError(max(bounds))
    return range(*bounds)


def parser_of(compiler: Any) -> Any:
    """A parser whose circuits are bounded, but for the transform, which fails early by itself."""

    class Parser(compiler.NaturalLanguageParser):  # type: ignore[misc]
        def generate_qft_circuit(self, num_qubits: int = 4) -> Any:
            compiler.range = range
            try:
                return super().generate_qft_circuit(num_qubits)
            finally:
                compiler.range = limited_range

    compiler.range = limited_range
    return Parser()


def answer(compiler: Any, parser: Any, text: str) -> dict[str, Any]:
    """The circuit of a sentence as data."""
    try:
        circuit = parser.parse(text)
    except TooLargeError as error:
        return {"num_qubits_too_many": error.args[0]}
    except compiler.CompilerError as error:
        return {"error": str(error)}
    return {
        "num_qubits": circuit.num_qubits,
        "num_classical_bits": circuit.num_classical_bits,
        "context": circuit.biotech_context.value,
        "operations": [
            [
                operation.gate_type.value,
                operation.target_qubits,
                operation.control_qubits,
                "random"
                if any(isinstance(angle, RandomAngle) for angle in operation.parameters)
                else operation.parameters,
                operation.classical_bits,
            ]
            for operation in circuit.operations
        ],
    }


def vocabulary(matcher: Any) -> dict[str, list[str]]:
    """The word lists of the matcher by name."""
    tables = (matcher.action_verbs, matcher.quantum_terms, matcher.domain_terms)
    numbers = {f"number {number}": words for number, words in matcher.number_words.items()}
    return {name: words for table in (*tables, numbers) for name, words in table.items()}


def main() -> None:
    """Answer until the input ends."""
    logging.disable(logging.CRITICAL)
    compiler, matcher = load(Path(sys.argv[1]))
    random.uniform = lambda low, high: RandomAngle((low + high) / 2)  # type: ignore[assignment]
    parser = parser_of(compiler)
    print(json.dumps(vocabulary(matcher.get_mega_matcher())), flush=True)
    for line in sys.stdin:
        result = answer(compiler, parser, json.loads(line))
        # Only for writing: reading such numbers has to fail as it does in BioQL.
        limit = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(0)
        print(json.dumps(result), flush=True)
        sys.set_int_max_str_digits(limit)


if __name__ == "__main__":
    main()
