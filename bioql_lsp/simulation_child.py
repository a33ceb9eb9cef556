"""The child process of a simulation: a circuit as JSON on stdin, its counts as JSON on stdout."""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Run one circuit."""
    request = json.load(sys.stdin)
    _limit_memory(request["memory_bytes_max"])
    try:
        answer: dict[str, Any] = {"counts": _counts(request)}
    except ModuleNotFoundError:
        answer = {
            "error": "Qiskit is not installed beside bioql-lsp. Run: pip install "
            "'bioql-lsp[preview]' (with pipx: pipx inject bioql-lsp qiskit qiskit-aer)"
        }
    except (ImportError, MemoryError):
        answer = {"error": "The simulation needs more memory than it may use. Use fewer qubits."}
    except Exception as error:
        said = next(iter(str(error).strip().splitlines()), type(error).__name__)
        answer = {"error": f"Qiskit could not run the circuit: {said}"}
    json.dump(answer, sys.stdout)


def _limit_memory(memory_bytes_max: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the timeout alone has to do
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes_max, memory_bytes_max))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _counts(request: dict[str, Any]) -> dict[str, int]:
    from qiskit_aer import AerSimulator  # noqa: PLC0415 - optional, and only under the limit

    simulator = AerSimulator(seed_simulator=request["seed"])
    result = simulator.run(_circuit(request), shots=request["shots"]).result()
    if not result.success:
        raise RuntimeError(result.status)
    counts: dict[str, int] = result.get_counts()
    return counts


def _circuit(request: dict[str, Any]) -> Any:
    from qiskit import QuantumCircuit  # noqa: PLC0415 - optional, and only under the limit

    circuit = QuantumCircuit(request["num_qubits"], request["num_bits"])
    for gate, targets, controls, parameters, bits in request["operations"]:
        if gate == "measure":
            circuit.measure(targets[0], bits[0])
        else:
            name = "cx" if gate == "cnot" else gate
            getattr(circuit, name)(*parameters, *controls, *targets)
    return circuit


if __name__ == "__main__":
    main()
