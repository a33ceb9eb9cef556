"""BioQL programs of any length, the same at every run, and where to type in them.

A file is a header, then blocks in turn (numbered, so that no two are alike), then comment lines
up to the exact length. About one line in ten belongs to a call of ``quantum``; some calls have
what the rules look for: the refused simulator, no key, shots as text, a wrong backend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from string import Template

SIZES = (100, 1_000, 10_000)

HEADER = '''"""Screens candidate molecules on quantum hardware and keeps what was measured."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from bioql import QuantumResult, enhanced_quantum, quantum
from bioql.compiler import parse_english_to_circuit

KEY = os.environ["BIOQL_API_KEY"]
RESULTS = Path("results")
SHOTS = 500

'''

HELPER = '''
def prepare_register_$n(qubits: int = $qubits, repeats: int = 3) -> list[QuantumResult]:
    """Run the same preparation several times and keep the runs that worked."""
    kept: list[QuantumResult] = []
    for attempt in range(repeats):
        outcome = quantum(
            "$sentence",
            api_key=KEY,
            backend="$backend",
            shots=$shots,
            debug=False,
            timeout=3600,
        )
        if not outcome.success:
            print(f"attempt {attempt} on {qubits} qubits: {outcome.error_message}")
            continue
        kept.append(outcome)
    return kept

'''

FULL_CALL = """
# Every argument by name: batch $n goes to the machine that was booked for it.
batch_$n = quantum(
    program="$sentence",
    api_key=KEY,
    backend="$backend",
    shots=$shots,
    debug=False,
    instance=None,
    timeout=7200,
    auto_select=False,
    num_qubits=$qubits,
    num_logical_qubits=None,
    topology="linear",
    error_correction=None,
    correction_level="medium",
    error_threshold=0.001,
    mitigation=["readout"],
    mitigation_strength=0.8,
    qec=None,
    target_fidelity=0.95,
    visualize=False,
    mode=None,
)
if batch_$n.success:
    share_$n = max(batch_$n.counts.values()) / batch_$n.total_shots
    print("batch $n", batch_$n.most_likely_outcome, round(share_$n, 3))
else:
    print("batch $n failed:", batch_$n.error_message)

"""

CLASS = '''
@dataclass
class Campaign$n:
    """One series of runs: what was asked, what it cost, what came back."""

    name: str
    budget_usd: float = $shots.0
    runs: list[dict[str, object]] = field(default_factory=list)

    def submit(self, sentence: str, shots: int = SHOTS) -> QuantumResult:
        """Send one sentence and book it, whether it worked or not."""
        result = quantum(sentence, api_key=KEY, backend="$backend", shots=shots)
        self.runs.append({"sentence": sentence, "shots": shots, "ok": result.success})
        if result.cost_estimate is not None:
            self.budget_usd -= result.cost_estimate
        return result

    @property
    def failures(self) -> int:
        """How many runs gave nothing."""
        return sum(1 for run in self.runs if not run["ok"])

    def save(self, folder: Path = RESULTS) -> Path:
        """Write the series as JSON and give the file's path."""
        path = folder / f"{self.name}-$n.json"
        path.write_text(json.dumps(self.runs, indent=2), encoding="utf-8")
        return path

'''

PLAIN = '''
def summarise_rows_$n(path: Path, column: str = "affinity") -> dict[str, float]:
    """Mean, lowest and highest value of one column; rows without a number are skipped."""
    values: list[float] = []
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                values.append(float(row[column]))
            except (KeyError, ValueError):
                continue
    if not values:
        return {}
    spread = max(values) - min(values)
    scaled = [(value - min(values)) / spread if spread else 0.0 for value in values]
    buckets = Counter(int(value * 9) for value in scaled)
    widest = max(buckets, key=lambda bucket: buckets[bucket])
    return {"mean": fmean(values), "low": min(values), "high": max(values), "mode": widest / 9}

'''

LOOP = """
totals_$n: Counter[str] = Counter()
for candidate in ("CCO", "CC(=O)O", "c1ccccc1", "CCN(CC)CC"):
    # The text names the molecule; the structure is looked up where the job runs.
    docked = quantum(
        f"Docking of SMILES {candidate} to PDB 6B3J on $qubits qubits",
        api_key=KEY,
        backend="$backend",
        shots=$shots,
    )
    if docked.success:
        totals_$n.update(docked.counts)
    affinity = getattr(docked, "binding_affinity", None)
    print(candidate, affinity, sum(totals_$n.values()))

"""

LOCAL = '''
def preview_$n(limit: int = $qubits) -> list[tuple[str, int]]:
    """Compile sentences without sending them, to see how large their circuits are."""
    sizes: list[tuple[str, int]] = []
    for number in range(1, limit + 1):
        sentence = f"Prepare a superposition of {number} qubits"
        circuit = parse_english_to_circuit(sentence)
        sizes.append((sentence, circuit.num_qubits))
    return sorted(sizes, key=lambda pair: pair[1], reverse=True)

'''

MISTAKES = (
    'trial_$n = quantum("$sentence", api_key=KEY, backend="simulator", shots=$shots)\n',
    'trial_$n = quantum("$sentence", backend="$backend", shots=$shots)\n',
    'trial_$n = quantum("$sentence", api_key=KEY, backend="$backend", shots="$shots")\n',
    'trial_$n = quantum("$sentence", api_key=KEY, backend="torino", shots=$shots)\n',
    'trial_$n = enhanced_quantum("$sentence", api_key=KEY, backend="aer", shots=$shots)\n',
    'trial_$n = quantum("$sentence", KEY, "$backend", num_shots=$shots)\n',
)

SENTENCES = (
    "Create a Bell state with 2 qubits",
    "Prepare a superposition of 5 qubits",
    "h qubit 0. cnot 0 1. cnot 1 2. measure qubit 0. measure qubit 1. measure qubit 2",
    "use 3 qubits for grover search",
    "Simulate protein folding with 6 qubits",
    "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
    "Run a quantum fourier transform on 4 qubits",
)
BACKENDS = ("ibm_torino", "ibm_brisbane", "ionq_qpu", "ibm_sherbrooke", "ionq_simulator")
BLOCKS = (HELPER, FULL_CALL, MISTAKES, CLASS, PLAIN, MISTAKES, LOOP, LOCAL, MISTAKES)

EDITED = (
    r"shots=\d+(?=,$)",
    r'^ +(?:program=)?"[A-Za-z][^"{]*[A-Za-z0-9](?=",$)',
    r"^ *# [A-Z].*[a-z](?=\.$)",
    r"^ +(?:spread|kept|sizes|affinity)(?= = |: )",
)
TYPED = ("1", "s", "e", "x")
DEPTHS = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True)
class Site:
    """A place in an open file, zero-based, and the one character that is typed there."""

    line: int
    character: int
    typed: str


@dataclass(frozen=True)
class Place:
    """Where completion is asked for.

    A blank line is filled with ``before + after``; then ``typed`` is typed between them, and the
    cursor stands after its first character. ``wanted`` is among the labels of a useful answer.
    """

    name: str
    line: int
    before: str
    typed: str
    after: str
    wanted: str


def program(lines: int) -> str:
    """A program of exactly so many lines, 60 or more."""
    text = HEADER
    number = count(1)
    while True:
        block = _block(next(number))
        if text.count("\n") + block.count("\n") > lines:
            break
        text += block
    missing = lines - text.count("\n")
    return text + "".join(f"# note {index}: nothing follows\n" for index in range(missing))


def places(text: str) -> tuple[Place, ...]:
    """The three places of completion: the first below the imports, the others half way down."""
    rows = text.split("\n")
    top = rows.index("from bioql.compiler import parse_english_to_circuit") + 1
    middle = next(row for row in range(len(rows) // 2, len(rows)) if _is_between(rows, row))
    call = 'outcome = quantum("Create a Bell '
    return (
        Place("import", top, "from bioql import", " ", "", "quantum"),
        Place("call", middle, "outcome = quantum", "()", "", "api_key"),
        Place("sentence", middle, call, "s", '", api_key=KEY)', "state"),
    )


def sites(text: str) -> tuple[Site, ...]:
    """Where keys are pressed: numbers, sentences, comments and names, all over the file."""
    rows = text.split("\n")
    found: list[Site] = []
    for depth in DEPTHS:
        for pattern, typed in zip(EDITED, TYPED, strict=True):
            found.append(next(_matches(rows, int(depth * len(rows)), pattern, typed)))
    return tuple(found)


def _block(number: int) -> str:
    block = BLOCKS[(number - 1) % len(BLOCKS)]
    template = block if isinstance(block, str) else block[(number // 3 - 1) % len(block)]
    return Template(template).substitute(
        n=number,
        qubits=2 + number % 7,
        shots=100 + number % 13 * 50,
        sentence=SENTENCES[number % len(SENTENCES)],
        backend=BACKENDS[number % len(BACKENDS)],
    )


def _is_between(rows: list[str], row: int) -> bool:
    """Whether a blank line stands before a statement of the module's own level."""
    return not rows[row] and rows[row + 1][:1].isalpha()


def _matches(rows: list[str], start: int, pattern: str, typed: str) -> Iterator[Site]:
    """Sites of a pattern from a line on, and then from the top."""
    order = [*range(start, len(rows)), *range(start)]
    for row in order:
        if match := re.search(pattern, rows[row]):
            yield Site(row, match.end(), typed)
