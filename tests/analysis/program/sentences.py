"""Sentences for BioQL's compiler: its whole grammar, its traps, and damage to all of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from random import Random

Words = Mapping[str, list[str]]

GATES = (
    "h qubit {a}",
    "hadamard qubit {a}",
    "superpose qubit {a}",
    "put qubit {a} in superposition",
    "apply a hadamard gate to qubit {a}",
    "{axis} qubit {a}",
    "apply {axis} to qubit {a}",
    "execute a pauli {axis} on qubit {a}",
    "apply a {axis} gate to qubit {a}",
    "flip qubit {a}",
    "not qubit {a}",
    "invert qubit {a}",
    "phase flip qubit {a}",
    "cnot {a} {b}",
    "cx {a} {b}",
    "cz {a} {b}",
    "entangle qubits {a} and {b}",
    "entangle qubit 0 and 1",
    "create entanglement between qubits {a} and {b}",
    "controlled not from qubit {a} to qubit {b}",
    "{make} {article}cnot {gate}from qubit {a} to qubit {b}",
    "{make} {article}cnot {gate}with control qubit {a} and target qubit {b}",
    "{make} {article}controlled z {gate}from qubit {a} to qubit {b}",
    "{make} {article}z {gate}with control qubit {a} and target qubit {b}",
    "{make} {article}toffoli {gate}with control qubits {a} and {b} target qubit {c}",
    "{make} {article}toffoli {gate}with controls qubit {a} and {b} and target qubit {c}",
    "ccx {a} {b} {c}",
    "controlled controlled not {a} {b} {c}",
    "swap qubits {a} and {b}",
    "exchange qubit {a} and {b}",
    "switch qubits {a} and {b}",
    "rotate qubit {a} around {axis} by {angle} radians",
    "rotate qubit {a} around {axis} axis by {angle}rad",
    "rotate qubit {a} around {axis} by {angle}",
    "r{axis} qubit {a} {angle}",
    "{axis} rotation qubit {a} {angle}",
    "phase qubit {a} by {angle}",
    "{read} qubit {a}",
    "{read} qubit {a} {into} bit {b}",
    "{read} qubit {a} {into} classical bit {b}",
    "{read} all qubits",
    "measure everything",
    "{unknown} {a} {b}",
)
COUNTS = (
    "{create} {n} {qubits}",
    "{use} {n} {qubits}",
    "{n} {qubits} circuit",
    "{n} {qubits} system",
    "{n}-qubit {transform}",
    "implement {n} qubit {transform}",
    "{n}-qubit vqe",
    "{n}-qubit variational ansatz",
    "model {n} amino acids with qubits",
    "simulate {n} residues with qubit",
    "encode {n} nucleotides using qubits",
    "encode {n} base pair in qubits",
    "represent {n} molecular states with qubits",
    "represent {n} conformation using qubit",
    "on {n} qubits",
    "a register of {word} qubits",
    "with {n} shots",
    "quantum bit {n}",
    "q[{n}]",
    "position {n}",
    "index {n}",
)
SUBJECTS = (
    "protein folding",
    "protein {name} folding",
    "amino acid",
    "polypeptide",
    "secondary structure",
    "alpha helix",
    "beta sheet",
    "protein conformation",
    "folding energy",
    "residue interaction",
    "folding simulation",
    "simulate the protein {name} in folding",
    "drug discovery",
    "drug {name} binding",
    "molecular docking",
    "binding affinity",
    "pharmacophore",
    "ligand binding",
    "receptor interaction",
    "chemical compound",
    "molecular target",
    "vqe chemistry",
    "simulate {name} drug",
    "drug {name} protein",
    "binding to protein",
    "dna sequence",
    "genome analysis",
    "nucleotide",
    "base pair",
    "genetic code",
    "sequence alignment",
    "pattern matching",
    "grover search",
    "genomic data",
    "molecular simulation",
    "quantum chemistry",
    "electronic structure",
    "molecular orbital",
    "chemical reaction",
    "catalyst",
    "bond formation",
    "molecular dynamics",
    "bell state",
    "entangled state",
    "qft",
    "dock SMILES CCO to PDB 1ABC",
    "novel inhibitor",
    "de novo",
    "teleportation",
)
FILLERS: Mapping[str, tuple[str, ...]] = {
    "a": ("0", "1", "2", "3", "7", "12", "40", "99999999999", "٣", "３", "007"),
    "n": ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "13", "33", "٤", "５"),
    "angle": ("0.5", "1", ".5", "3.", "1.2.3", "pi", "-1.5", "1e-3", "90 degrees", "٠.٥", "0.1"),
    "axis": ("x", "y", "z"),
    "make": ("apply", "create"),
    "article": ("", "a "),
    "gate": ("", "gate "),
    "read": ("measure", "read", "observe"),
    "into": ("into", "to"),
    "unknown": ("s", "t", "u", "cp", "toffoli", "barrier", "reset", "rzz", "iswap"),
    "create": ("create", "make", "initialize", "allocate", "prepare", "set up", "setup", "build"),
    "use": ("use", "need", "require", "want"),
    "qubits": ("qubit", "qubits", "quantum bits", "quantum bit", "qbits"),
    "transform": ("qft", "quantum fourier transform", "fourier", "fourier transform"),
    "word": ("one", "two", "three", "four", "seven", "eight", "ten", "twelve", "sixteen"),
    "name": ("hemoglobin", "x", "COX-2", "1EQG", "GLP1R", "the new", "H2", ""),
}
NEGATIONS = ("do not {s}", "without {s}", "never {s} but {s}", "no {s}", "{s}, not {s}")
SPACES = (" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u200b", "\x1c", "")
LINKS = (". ", ", ", "; ", " then ", " and ", "\n", "\r\n", " -> ", "")
STRANGE = "İıſßΣK0９٣²½\u0301\u00a0\u200d🧬🙂\x00\ud800\"'\\{}()[]%-–.,;:!?aA1"


def _filled(pattern: str, random: Random) -> str:
    fillers = {name: random.choice(values) for name, values in FILLERS.items()}
    fillers |= {"b": random.choice(FILLERS["a"]), "c": random.choice(FILLERS["a"])}
    return pattern.format_map(fillers)


def paired(words: Words) -> Iterator[str]:
    """Every verb with every term: all that decides the first stage, and much that does not."""
    verbs = sorted({w for name in ("create", "apply", "analyze", "simulate") for w in words[name]})
    names = ("bell_state", "superposition", "entanglement", "hadamard", "gate", "protein", "drug")
    terms = sorted({w for name in (*names, "dna", "binding", "measurement") for w in words[name]})
    endings = ("", " all", " fold", " dock", " pair", " 5", " six", " affinity 3")
    for number, (verb, term) in enumerate(product(verbs, terms)):
        yield f"{verb} {term}{endings[number % len(endings)]}"


def spelled() -> Iterator[str]:
    """Every phrase with every filler, one at a time."""
    for pattern in (*GATES, *COUNTS, *SUBJECTS):
        first = {name: values[0] for name, values in FILLERS.items()} | {"b": "1", "c": "2"}
        yield pattern.format_map(first)
        for name, values in FILLERS.items():
            if f"{{{name}}}" in pattern:
                yield from (pattern.format_map(first | {name: value}) for value in values)


def _gates(words: Words, random: Random) -> str:
    return _joined(
        [_filled(random.choice(GATES), random) for _ in range(random.randint(1, 6))], random
    )


def _one_kind(words: Words, random: Random) -> str:
    pattern = random.choice(GATES)
    return _joined([_filled(pattern, random) for _ in range(random.randint(1, 5))], random)


def _joined(parts: list[str], random: Random) -> str:
    return "".join(part + random.choice(LINKS) for part in parts)


def _program(words: Words, random: Random) -> str:
    patterns = [random.choice(COUNTS), random.choice(SUBJECTS), *random.choices(GATES, k=2)]
    random.shuffle(patterns)
    parts = [_filled(pattern, random) for pattern in patterns[: random.randint(1, 4)]]
    return _joined(parts, random)


def _numbered(words: Words, random: Random) -> str:
    names = [name for name in words if not name.startswith("number")]
    numbers = [word for name in words if name.startswith("number") for word in words[name]]
    parts = [random.choice(words[random.choice(names)]) for _ in range(random.randint(1, 4))]
    parts.insert(random.randint(0, len(parts)), random.choice(numbers))
    return random.choice(SPACES).join(parts)


def _negated(words: Words, random: Random) -> str:
    return random.choice(NEGATIONS).format(s=_program(words, random))


def _nonsense(words: Words, random: Random) -> str:
    letters = "bcdfghjklmnpqvwxz " + STRANGE
    return "".join(random.choices(letters, k=random.randint(0, 60)))


def _long(words: Words, random: Random) -> str:
    unit = random.choice((_program, _gates, _nonsense))(words, random)
    return unit * random.randint(2, 30)


def _many_digits(words: Words, random: Random) -> str:
    digits = "9" * random.choice((4299, 4300, 4301))
    pattern = random.choice((*GATES, *COUNTS[:4]))
    fillers = {name: values[0] for name, values in FILLERS.items()} | {"b": "1", "c": "2"}
    return pattern.format_map(fillers | {random.choice("abn"): digits})


def mutated(text: str, random: Random) -> str:
    """The text with one to three small damages."""
    for _ in range(random.randint(1, 3)):
        text = random.choice(_DAMAGES)(text, random)
    return text


def _at(text: str, random: Random) -> int:
    return random.randint(0, len(text))


def _insert(text: str, random: Random) -> str:
    at = _at(text, random)
    return text[:at] + random.choice(STRANGE) + text[at:]


def _delete(text: str, random: Random) -> str:
    at = _at(text, random)
    return text[:at] + text[at + 1 :]


def _cut(text: str, random: Random) -> str:
    return text[_at(text, random) :] if random.random() < 0.5 else text[: _at(text, random)]


def _respaced(text: str, random: Random) -> str:
    return text.replace(" ", random.choice(SPACES), random.choice((1, -1)))


def _recased(text: str, random: Random) -> str:
    return random.choice((text.upper(), text.title(), text.swapcase(), text.replace("i", "İ")))


def _shuffled(text: str, random: Random) -> str:
    words = text.split(" ")
    random.shuffle(words)
    return " ".join(words)


def _word_lost(text: str, random: Random) -> str:
    words = text.split(" ")
    del words[random.randrange(len(words))]
    return " ".join(words)


def _digit_changed(text: str, random: Random) -> str:
    digit = random.choice("0123456789")
    return text.replace(digit, random.choice("0123456789٣７²"))


_DAMAGES = (_insert, _delete, _cut, _respaced, _recased, _shuffled, _word_lost, _digit_changed)
_KINDS: tuple[tuple[Callable[[Words, Random], str], int], ...] = (
    (_gates, 20),
    (_one_kind, 30),
    (_program, 40),
    (_numbered, 20),
    (_negated, 8),
    (_nonsense, 5),
    (_long, 3),
    (_many_digits, 2),
)


def generated(words: Words, seed: int, count: int) -> Iterator[str]:
    """``count`` sentences of every kind; half of them are damaged."""
    random = Random(seed)
    kinds, weights = zip(*_KINDS, strict=True)
    for _ in range(count):
        text = random.choices(kinds, weights)[0](words, random)
        yield mutated(text, random) if random.random() < 0.5 else text
