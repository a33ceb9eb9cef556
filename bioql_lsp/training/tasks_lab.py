"""Tasks on counts, error correction, templates and bookkeeping."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import bits


def mitigate(rng: Random) -> Pair:
    """Correct counts that were measured before."""
    width = rng.choice((2, 2, 3))
    counts = bits(rng, width)
    strategy, words = rng.choice(
        (
            ("ReadoutErrorMitigation", "readout errors"),
            ("ZeroNoiseExtrapolation", "zne"),
            ("ReadoutErrorMitigation", "readout mitigation"),
        )
    )
    text = "{" + ", ".join(f'"{state}": {count}' for state, count in counts.items()) + "}"
    request = fill(
        rng,
        "mitigate {w} in counts {c}",
        "apply {w} to {c}",
        "correct these counts with {w}: {c}",
        w=words,
        c=text,
    )
    code = (
        f"from bioql import mitigate_counts\n\ncounts = {text}\n"
        f'print(mitigate_counts(counts, num_qubits={width}, strategy="{strategy}"))\n'
    )
    return Pair(request, code, is_exact=True)


def features(rng: Random) -> Pair:
    """Entropy and purity of counts."""
    text = "{" + ", ".join(f'"{state}": {count}' for state, count in bits(rng, 2).items()) + "}"
    request = fill(
        rng,
        "entropy and purity of {c}",
        "quantum features of counts {c}",
        "extract features from {c}",
        c=text,
    )
    code = (
        "from bioql import extract_quantum_features\n\nfeatures = extract_quantum_features("
        f"{text})\n"
        "print(features.entropy_bits, features.purity, features.most_probable_state)\n"
    )
    return Pair(request, code, is_exact=True)


def strategy(rng: Random) -> Pair:
    """Choose a mitigation strategy."""
    depth = rng.choice((20, 50, 80, 120, 200))
    backend, words = rng.choice(
        (("ibm_torino", "ibm torino"), ("ibm_brisbane", "ibm brisbane"), ("ionq_qpu", "ionq"))
    )
    request = fill(
        rng,
        "which mitigation fits {b} at depth {d}",
        "choose an error mitigation strategy for {b} with depth {d}",
        b=words,
        d=depth,
    )
    code = (
        "from bioql import ErrorMitigator\n\nprint(ErrorMitigator().auto_select_strategy("
        f'"{backend}", {depth}))\n'
    )
    return Pair(request, code)


def surface_code(rng: Random) -> Pair:
    """Overhead of a surface code."""
    distance, logical, rate = (
        rng.choice((3, 5, 7, 9)),
        rng.randint(1, 12),
        rng.choice((0.001, 0.001, 0.005, 0.01)),
    )
    words = "" if rate == 0.001 else f"at error rate {rate}"
    request = fill(
        rng,
        "how many physical qubits for {n} logical qubits with a distance {d} surface code {r}",
        "surface code distance {d} overhead for {n} logical qubits {r}",
        "distance {d} surface code with {n} logical qubits {r}",
        n=logical,
        d=distance,
        r=words,
    )
    code = (
        "from bioql.qec import SurfaceCodeQEC\n\ncode = SurfaceCodeQEC("
        f"code_distance={distance}, error_rate={rate})\n"
        f"print(code.get_physical_qubits({logical}), code.estimate_logical_error_rate())\n"
    )
    return Pair(request, code)


def template_resources(rng: Random) -> Pair:
    """Resources of a circuit template."""
    layers, n = rng.randint(1, 6), rng.randint(2, 12)
    name, words = rng.choice(
        (
            ("VQECircuit", ("VQE", "vqe")),
            ("VQECircuit", ("VQE", "vqe circuit")),
            ("QAOACircuit", ("QAOA", "qaoa")),
            ("HardwareEfficientAnsatz", ("hardware efficient ansatz",)),
        )
    )
    request = fill(
        rng,
        "resources for a {n} qubit {l} layer {w}",
        "estimate resources of {w} with {n} qubits and {l} layers",
        "how many gates does a {w} with {n} qubits and {l} layers need",
        "{w} resources {n} qubits {l} layers",
        n=n,
        l=layers,
        w=rng.choice(words),
    )
    code = (
        f"from bioql.circuits import {name}\n\nestimate = {name}().estimate_resources("
        f"num_qubits={n}, num_layers={layers})\n"
        "print(estimate.gate_count, estimate.two_qubit_gates, estimate.circuit_depth)\n"
    )
    return Pair(request, code)


def catalog(rng: Random) -> Pair:
    """Search the catalogue of templates."""
    word = rng.choice(("docking", "vqe", "folding", "binding", "qaoa", "ansatz"))
    request = fill(
        rng,
        "find circuit templates for {w}",
        "search the catalog for {w}",
        "which templates exist for {w}",
        w=word,
    )
    code = (
        "from bioql.circuits import get_catalog\n\nfor template in get_catalog().search("
        f'"{word}"):\n'
        "    print(template.name)\n"
    )
    return Pair(request, code)


def intent(rng: Random) -> Pair:
    """Ask the matcher what it understands."""
    sentence = rng.choice(
        (
            "Make an entangled pair",
            "Create a Bell state",
            "Prepare a superposition of 3 qubits",
            "Simulate protein folding with 6 qubits",
        )
    )
    request = fill(
        rng,
        "does bioql understand '{s}'",
        "what intent does bioql see in '{s}'",
        "check the sentence '{s}'",
        s=sentence,
    )
    code = (
        "from bioql.parser.mega_patterns import match_natural_language\n\n"
        f'match = match_natural_language("{sentence}")\n'
        'print("not understood" if match is None else match.intent.value)\n'
    )
    return Pair(request, code, is_exact=True)


def backends(rng: Random) -> Pair:
    """List the backends."""
    request = fill(
        rng,
        "list available backends",
        "which backends can I use",
        "show all backends",
        "list quantum hardware",
    )
    code = (
        "from bioql import list_available_backends\n\nfor group, names in "
        "list_available_backends().items():\n"
        "    print(group, names)\n"
    )
    return Pair(request, code)


def provenance(rng: Random) -> Pair:
    """A chain of records."""
    chain = rng.choice(("project-42", "lab-7", "screening", "trial-1", "study-9"))
    request = fill(
        rng,
        "keep a provenance chain called {c}",
        "record my runs in provenance chain {c}",
        "tamper evident record {c} of a bell run",
        c=chain,
    )
    code = (
        f'from bioql import ProvenanceChain\n\nchain = ProvenanceChain(chain_id="{chain}")\n'
        'chain.add_record("Create a Bell state", "ibm_torino", 100, counts={"00": 51, "11": 49})\n'
        "print(chain.verify_chain())\n"
    )
    return Pair(request, code)


def audit(rng: Random) -> Pair:
    """An audit report."""
    name = rng.choice(("screening-run", "docking", "batch-3", "session-1"))
    request = fill(
        rng,
        "write an audit report for session {n}",
        "audit session {n}",
        "save an audit report called {n}",
        n=name,
    )
    code = (
        "from pathlib import Path\n\nfrom bioql import AuditableSession\n\n"
        f'session = AuditableSession("{name}", output_dir=Path("audit"))\nprint('
        "session.save_report())\n"
    )
    return Pair(request, code)


def profile(rng: Random) -> Pair:
    """Profile a run."""
    shots = rng.choice((50, 100, 200))
    request = fill(
        rng,
        "profile a bell state run with {s} shots",
        "profile a bell run, {s} shots, save json",
        s=shots,
    )
    code = (
        "import os\n\nfrom bioql import quantum\nfrom bioql.profiler import Profiler\n\n"
        "profiler = Profiler()\n"
        'profile = profiler.profile_quantum(\n    quantum,\n    "Create a Bell state",\n'
        '    api_key=os.environ["BIOQL_API_KEY"],\n    backend="ibm_torino",\n    '
        f"shots={shots},\n)\n"
        'profiler.export_report("profile.json", format="json")\nprint(profile["success"])\n'
    )
    return Pair(request, code)


LAB_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (mitigate, 0.8),
    (features, 0.8),
    (strategy, 0.6),
    (surface_code, 1),
    (template_resources, 1.8),
    (catalog, 0.5),
    (intent, 0.4),
    (backends, 0.4),
    (provenance, 0.5),
    (audit, 0.5),
    (profile, 0.4),
)
