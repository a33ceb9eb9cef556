"""Run a compiled sentence on this machine, free of charge, in a child process with limits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from bioql_lsp.analysis.program.model import Compiled
from bioql_lsp.analysis.program.runnable import UnrunnableCircuitError, check_runnable

NUM_QUBITS_MAX = 24
NUM_BITS_MAX = 1_024
SHOTS_MAX = 100_000
SHOTS_DEFAULT = 1_000
TIMEOUT_S_DEFAULT = 60.0
MEMORY_BYTES_MAX_DEFAULT = 4 * 2**30
_CHILD = ("-P", "-m", "bioql_lsp.simulation_child")


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each outcome came; the bits of an outcome stand highest first, as in Qiskit."""

    counts: Mapping[str, int]
    shots: int


@dataclass(frozen=True, slots=True)
class SimulationError:
    """Why there are no counts, for the user."""

    message: str


async def simulate(
    compiled: Compiled,
    shots: int = SHOTS_DEFAULT,
    timeout_s: float = TIMEOUT_S_DEFAULT,
    memory_bytes_max: int = MEMORY_BYTES_MAX_DEFAULT,
    seed: int | None = None,
) -> Counts | SimulationError:
    """The counts of one local run; cancelling it ends the child. A seed makes runs repeatable."""
    problem = _problem(compiled, shots)
    if problem:
        return SimulationError(problem)
    request = json.dumps(_request(compiled, shots, memory_bytes_max, seed))
    try:
        output = await _run(request.encode(), timeout_s)
    except TimeoutError:
        return SimulationError(
            f"The simulation took more than {timeout_s:g} s and was stopped. Use fewer qubits."
        )
    except OSError as error:
        return SimulationError(f"The simulation could not start: {error}")
    return _answer(output, shots, memory_bytes_max)


def _problem(compiled: Compiled, shots: int) -> str | None:
    if not 1 <= shots <= SHOTS_MAX:
        return f"Ask for 1 to {SHOTS_MAX:,} shots."
    try:
        check_runnable(compiled)
    except UnrunnableCircuitError as error:
        return str(error)
    if compiled.num_qubits > NUM_QUBITS_MAX:
        return (
            f"A local simulation takes at most {NUM_QUBITS_MAX} qubits; this circuit has "
            f"{compiled.num_qubits:,}."
        )
    if compiled.num_bits > NUM_BITS_MAX:
        return f"A local simulation takes at most {NUM_BITS_MAX:,} classical bits."
    if "measure" not in compiled.gate_counts:
        return "Nothing is measured, so there is nothing to count. Add: measure qubit 0"
    return None


def _request(
    compiled: Compiled, shots: int, memory_bytes_max: int, seed: int | None
) -> dict[str, Any]:
    drawn = compiled.drawn(Random(seed))  # noqa: S311 - angles, not secrets
    return {
        "num_qubits": compiled.num_qubits,
        "num_bits": compiled.num_bits,
        # BioQL leaves the phases out when it builds the circuit that it runs.
        "operations": [operation for operation in drawn if operation.gate != "p"],
        "shots": shots,
        "seed": seed,
        "memory_bytes_max": memory_bytes_max,
    }


async def _run(request: bytes, timeout_s: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="bioql-simulation-") as scratch:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *_CHILD,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=scratch,
            env={k: v for k, v in os.environ.items() if not k.startswith("BIOQL_")},
        )
        try:
            async with asyncio.timeout(timeout_s):
                output, _ = await process.communicate(request)
            return output
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


def _answer(output: bytes, shots: int, memory_bytes_max: int) -> Counts | SimulationError:
    try:
        answer = json.loads(output)
    except ValueError:
        return SimulationError(
            "The simulation ended without an answer; it may have needed more than "
            f"{memory_bytes_max / 2**30:.1f} GiB of memory. Use fewer qubits."
        )
    if "error" in answer:
        return SimulationError(answer["error"])
    return Counts(answer["counts"], shots)
