"""Tasks that run a biological sentence, preview one, or run several."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import (
    GUARD,
    RUN_IMPORTS,
    Pair,
    TaskMaker,
    backend_slot,
    count_word,
    fill,
    quantum_call,
    run_code,
    run_pair,
    shots_slot,
)
from bioql_lsp.training.tables import DISEASES, dna, molecule, target


def folding(rng: Random) -> Pair:
    """Protein folding."""
    n = rng.randint(3, 12)
    asked = fill(
        rng,
        "simulate protein folding with {n} qubits",
        "protein folding on {n} qubits",
        "fold a protein with {n} qubits",
        "{n} qubit protein folding simulation",
        "model protein folding using {n} qubits",
        n=count_word(rng, n),
    )
    return run_pair(rng, asked, f"Simulate protein folding with {n} qubits")


DOCK_TAIL = 'print(getattr(result, "binding_affinity", None), result.bio_interpretation)\n'


def docking(rng: Random) -> Pair:
    """Docking of a molecule to a protein on a quantum backend."""
    name, smiles, is_exact = molecule(rng)
    protein, pdb = target(rng)
    backend, backend_text = backend_slot(rng)
    shots, shots_text = shots_slot(rng)
    n = rng.choice((6, 6, 6, 4, 8))
    qubits = "" if n == 6 else f"on {n} qubits"
    ending = rng.choice(("", "", "", "and print the binding affinity", "and show the affinity"))
    asked = fill(
        rng,
        "dock {m} to {t}",
        "dock {m} to {t}",
        "dock {m} into {t}",
        "dock {m} against {t}",
        "docking of {m} to {t}",
        "run docking of {m} with {t}",
        "dock {m} on {t}",
        "simulate docking {m} to {t}",
        "binding affinity of {m} to {t}",
        "does {m} bind to {t}",
        "quantum docking of {m} against {t}",
        "how well does {m} bind {t}",
        m=name,
        t=protein,
    )
    parts = [qubits, backend_text, shots_text]
    rng.shuffle(parts)
    sentence = f"Docking of SMILES {smiles} to PDB {pdb} on {n} qubits"
    request = " ".join(" ".join([asked, *parts, ending]).split())
    return Pair(request, run_code(sentence, backend, shots, DOCK_TAIL), is_exact)


def drug_design(rng: Random) -> Pair:
    """De novo design."""
    disease = rng.choice(DISEASES)
    asked = fill(
        rng,
        "design a drug for {d}",
        "design a new molecule against {d}",
        "create a novel drug for {d}",
        "find a new drug candidate for {d}",
        "de novo drug design for {d}",
        d=disease,
    )
    return run_pair(rng, asked, f"Design a novel drug molecule for {disease} with 6 qubits")


def dna_analysis(rng: Random) -> Pair:
    """DNA analysis."""
    n = rng.randint(3, 6)
    sequence = dna(rng)
    asked = fill(
        rng,
        "analyze dna sequence {s} with {n} qubits",
        "analyse the DNA {s} on {n} qubits",
        "study the dna sequence {s} using {n} qubits",
        s=sequence,
        n=n,
    )
    return run_pair(
        rng, asked, f"Analyze the DNA sequence {sequence} with {n} qubits", is_exact=True
    )


def mitigated(rng: Random) -> Pair:
    """A run with error mitigation."""
    techniques, words = rng.choice(
        (
            ('["readout"]', "readout error mitigation"),
            ('["readout", "zne"]', "readout and zne mitigation"),
            ('["zne"]', "zero noise extrapolation"),
            ('["zne"]', "zne mitigation"),
            ('["pec"]', "pec mitigation"),
            ('["readout"]', "error mitigation"),
        )
    )
    n = rng.randint(2, 8)
    asked, sentence = rng.choice(
        (
            ("a bell state", "Create a Bell state"),
            ("bell state", "Create a Bell state"),
            (f"a superposition of {n} qubits", f"Prepare a superposition of {n} qubits"),
        )
    )
    lead = rng.choice(("", "run", "make", "create"))
    return run_pair(
        rng, f"{lead} {asked} with {words}".strip(), sentence, extra=(f"mitigation={techniques}",)
    )


SENTENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("a bell state", "a bell pair", "bell"), "Create a Bell state"),
    (
        ("{n} qubits in superposition", "a {n} qubit superposition"),
        "Prepare a superposition of {n} qubits",
    ),
    (("grover with {n} qubits", "grover search on {n} qubits"), "use {n} qubits for grover search"),
    (("protein folding with {n} qubits",), "Simulate protein folding with {n} qubits"),
)


def _sentence(rng: Random) -> tuple[str, str]:
    phrases, sentence = rng.choice(SENTENCES)
    n = rng.randint(2, 8)
    return rng.choice(phrases).format(n=n), sentence.format(n=n)


def local_simulation(rng: Random) -> Pair:
    """Simulate on the local machine, which needs no key."""
    words, sentence = _sentence(rng)
    shots, shots_text = shots_slot(rng)
    if not shots_text:
        shots = 1000
    request = fill(
        rng,
        "simulate {w} locally {s}",
        "run {w} on my machine without an api key {s}",
        "local simulation of {w} {s}",
        "simulate {w} offline {s}",
        "{w} on a local simulator {s}",
        "run {w} on the simulator {s}",
        "{w} with aer {s}",
        "simulate {w} {s} without a key",
        w=words,
        s=shots_text,
    )
    code = (
        "from bioql.compiler import parse_english_to_circuit\n"
        "from qiskit_aer import AerSimulator\n\n"
        f'circuit = parse_english_to_circuit("{sentence}")\n'
        f"counts = AerSimulator().run(circuit, shots={shots}).result().get_counts()\n"
        "print(counts)\n"
    )
    return Pair(request, code)


def preview(rng: Random) -> Pair:
    """Draw a circuit or show its QASM."""
    words, sentence = _sentence(rng)
    if rng.random() < 0.5:
        request = fill(
            rng,
            "show the qasm of {w}",
            "compile {w} to qasm",
            "qasm for {w}",
            "print the openqasm code for {w}",
            w=words,
        )
        code = (
            "from bioql.compiler import compile_english_to_qasm\n\n"
            f'qasm = compile_english_to_qasm("{sentence}")\nprint(qasm)\n'
        )
        return Pair(request, code)
    request = fill(
        rng,
        "draw the circuit of {w}",
        "show me the circuit for {w}",
        "preview {w} before paying",
        "draw {w}",
        "what circuit does {w} compile to",
        w=words,
    )
    code = (
        "from bioql.compiler import parse_english_to_circuit\n\n"
        f'circuit = parse_english_to_circuit("{sentence}")\n'
        'print(circuit.draw(output="text"))\n'
        "print(circuit.num_qubits, circuit.depth())\n"
    )
    return Pair(request, code)


def function_run(rng: Random) -> Pair:
    """A helper function around ``quantum``."""
    backend, backend_text = backend_slot(rng)
    shots, shots_text = shots_slot(rng)
    request = fill(
        rng,
        "write a function that runs a program {b} {s} and raises if it failed",
        "function to run a bioql program {b} {s} and check success",
        "helper that runs a sentence {b} {s} and returns the counts",
        b=backend_text,
        s=shots_text,
    )
    code = RUN_IMPORTS + (
        f"\ndef run_program(program: str, shots: int = {shots}) -> dict[str, int]:\n"
        '    """Run a program and return its counts."""\n'
        "    result = quantum(\n"
        "        program,\n"
        '        api_key=os.environ["BIOQL_API_KEY"],\n'
        f'        backend="{backend}",\n'
        "        shots=shots,\n"
        "    )\n"
        "    if not result.success:\n"
        "        raise RuntimeError(result.error_message)\n"
        "    return result.counts\n"
    )
    return Pair(request, code)


def loop_runs(rng: Random) -> Pair:
    """Several programs one after another."""
    backend, backend_text = backend_slot(rng)
    shots, shots_text = shots_slot(rng)
    n = rng.randint(2, 6)
    request = fill(
        rng,
        "run a bell state and a superposition of {n} qubits one after the other {b} {s}",
        "loop over a bell state and {n} qubits in superposition {b} {s}",
        n=n,
        b=backend_text,
        s=shots_text,
    )
    body = (
        quantum_call("@", backend, shots).replace('"@"', "program").replace("\n", "\n    ").rstrip()
    )
    guard = GUARD.replace("\n", "\n    ").rstrip()
    code = RUN_IMPORTS + (
        f'programs = ["Create a Bell state", "Prepare a superposition of {n} qubits"]\n'
        f"for program in programs:\n    {body}\n    {guard}\n    print(program, result.counts)\n"
    )
    return Pair(request, code)


RUN_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (folding, 1.2),
    (docking, 12),
    (drug_design, 1),
    (dna_analysis, 0.8),
    (mitigated, 1.5),
    (local_simulation, 2),
    (preview, 1.5),
    (function_run, 0.8),
    (loop_runs, 0.7),
)
