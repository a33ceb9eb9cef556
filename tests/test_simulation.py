"""Local runs of compiled sentences, in the real child process with the real simulator."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.simulation import Counts, SimulationError, simulate

needs_qiskit = pytest.mark.usefixtures("qiskit_aer")


@pytest.fixture
def qiskit_aer():
    return pytest.importorskip("qiskit_aer")


def children() -> set[int]:
    """The simulations that run now."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            status = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if b"bioql_lsp.simulation_child" in arguments and int(status[1]) == os.getpid():
            found.add(int(folder.name))
    return found


@needs_qiskit
async def test_a_bell_state_gives_two_outcomes_that_add_up_to_the_shots():
    result = await simulate(compile_sentence("create a bell state"), shots=500, seed=1)
    assert isinstance(result, Counts)
    assert set(result.counts) == {"00", "11"}
    assert sum(result.counts.values()) == result.shots == 500
    assert min(result.counts.values()) > 150


@needs_qiskit
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("x qubit 0, read qubit 0, read qubit 1", "01"),
        ("not qubit 0, cx 0 1, swap qubits 0 and 2, observe qubit 2 into bit 3", "1000"),
        ("flip qubit 0, flip qubit 1, controlled controlled not 0 1 2, read qubit 2", "100"),
        ("rotate qubit 0 around x by 3.141592653589793, read qubit 0", "1"),
        ("h qubit 0, read qubit 1", "00"),
    ],
)
async def test_gates_act_as_they_are_named(text, outcome):
    result = await simulate(compile_sentence(text), shots=20, seed=1)
    assert result == Counts({outcome: 20}, 20)


@needs_qiskit
async def test_phases_are_left_out_as_bioql_does(tmp_path, monkeypatch):
    (tmp_path / "qiskit_aer.py").write_text(
        "class AerSimulator:\n"
        "    def __init__(self, seed_simulator): pass\n"
        "    def run(self, circuit, shots): raise RuntimeError(dict(circuit.count_ops()))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    compiled = compile_sentence("run qft 3")
    assert compiled.gate_counts == {"h": 3, "p": 3, "swap": 1, "measure": 3}
    assert await simulate(compiled) == SimulationError(
        "Qiskit could not run the circuit: {'h': 3, 'measure': 3, 'swap': 1}"
    )


@needs_qiskit
async def test_a_seed_repeats_angles_and_counts():
    compiled = compile_sentence("simulate protein folding 4")
    first, second, other = [await simulate(compiled, seed=seed) for seed in (1, 1, 2)]
    assert isinstance(first, Counts)
    assert first == second
    assert first != other


@pytest.mark.parametrize(
    ("text", "shots", "said"),
    [
        ("h qubit 0", 10, "Nothing is measured"),
        ("build superposition 25", 10, "at most 24 qubits; this circuit has 25"),
        ("build superposition 1000000000", 10, "2,000,000,000 operations"),
        ("read all qubits", 10, "There is no circuit"),
        ("cnot 1 1, read qubit 1", 10, "names one qubit twice"),
        ("read qubit 0 to bit 2000", 10, "at most 1,024 classical bits"),
        ("create a bell state", 0, "1 to 100,000 shots"),
        ("create a bell state", 100_001, "1 to 100,000 shots"),
    ],
)
async def test_what_cannot_run_is_refused_before_a_process_starts(text, shots, said, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    result = await simulate(compile_sentence(text), shots)
    assert isinstance(result, SimulationError)
    assert said in result.message


async def test_an_interpreter_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    result = await simulate(compile_sentence("create a bell state"))
    assert isinstance(result, SimulationError)
    assert "could not start" in result.message


async def test_a_missing_qiskit_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "qiskit_aer.py").write_text("raise ModuleNotFoundError('qiskit_aer')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = await simulate(compile_sentence("create a bell state"))
    assert isinstance(result, SimulationError)
    assert "Qiskit is not installed" in result.message
    assert "pip install 'bioql-lsp[preview]'" in result.message


@pytest.fixture
def endless_qiskit(tmp_path, monkeypatch):
    """A simulator that never ends; its start can be read from the pipe."""
    started = tmp_path / "started"
    os.mkfifo(started)
    (tmp_path / "qiskit_aer.py").write_text(
        f"import threading\nopen({str(started)!r}, 'w').close()\nthreading.Event().wait()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return started


async def test_a_run_over_its_time_is_stopped_and_its_process_ended(endless_qiskit):
    result = await simulate(compile_sentence("create a bell state"), timeout_s=0.5)
    assert isinstance(result, SimulationError)
    assert "more than 0.5 s" in result.message
    assert children() == set()


async def test_cancelling_a_run_ends_its_process(endless_qiskit):
    task = asyncio.create_task(simulate(compile_sentence("create a bell state")))
    await asyncio.to_thread(endless_qiskit.read_bytes)
    assert len(children()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children() == set()


async def test_memory_is_limited(tmp_path, monkeypatch):
    (tmp_path / "qiskit_aer.py").write_text("held = bytearray(2**30)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = await simulate(compile_sentence("create a bell state"), memory_bytes_max=2**29)
    assert isinstance(result, SimulationError)
    assert "needs more memory" in result.message


async def test_a_child_that_dies_silently_is_told(tmp_path, monkeypatch):
    (tmp_path / "qiskit_aer.py").write_text("import os\nos.abort()\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = await simulate(compile_sentence("create a bell state"))
    assert isinstance(result, SimulationError)
    assert "ended without an answer" in result.message


async def test_the_child_gets_no_keys(tmp_path, monkeypatch):
    (tmp_path / "qiskit_aer.py").write_text(
        "import os\nraise RuntimeError(os.environ.get('BIOQL_API_KEY', 'no key'))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("BIOQL_API_KEY", "bioql_secret")
    result = await simulate(compile_sentence("create a bell state"))
    assert result == SimulationError("Qiskit could not run the circuit: no key")
