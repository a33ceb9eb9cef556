"""Tasks that run a sentence on states and gates with ``quantum``."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import (
    Pair,
    TaskMaker,
    count_word,
    fill,
    run_pair,
)

BELL_NAMES = (
    "a bell state",
    "a Bell state",
    "a bell pair",
    "an epr pair",
    "an entangled pair",
    "a two qubit entangled state",
    "a maximally entangled pair",
)


MAKE_VERBS = ("make", "create", "prepare", "run", "build", "generate", "give me", "do", "execute")


def bell(rng: Random) -> Pair:
    """A Bell state."""
    asked = fill(
        rng,
        "{verb} {bell}",
        "{verb} {bell}",
        "{bell}",
        "entangle two qubits",
        "entangle 2 qubits",
        "{verb} {bell} with two qubits",
        "bell state",
        verb=rng.choice(MAKE_VERBS),
        bell=rng.choice(BELL_NAMES),
    )
    return run_pair(rng, asked, "Create a Bell state")


def superposition(rng: Random) -> Pair:
    """An equal superposition."""
    n = rng.randint(1, 12)
    asked = fill(
        rng,
        "{verb} a superposition of {n} qubits",
        "put {n} qubits in superposition",
        "superposition on {n} qubits",
        "{verb} {n} qubits in equal superposition",
        "{n} qubit superposition",
        "hadamard on {n} qubits",
        "{verb} an equal superposition of {n} qubits",
        "apply hadamard to {n} qubits",
        verb=rng.choice(MAKE_VERBS),
        n=count_word(rng, n),
    )
    return run_pair(rng, asked, f"Prepare a superposition of {n} qubits")


def ghz_sentence(n: int) -> str:
    """GHZ as gate statements, since the word is not understood."""
    gates = ["h qubit 0", *(f"cnot {i} {i + 1}" for i in range(n - 1))]
    return ". ".join([*gates, *(f"measure qubit {i}" for i in range(n))])


def ghz(rng: Random) -> Pair:
    """A GHZ state."""
    n = rng.randint(3, 6)
    asked = fill(
        rng,
        "{verb} a {n} qubit GHZ state",
        "{verb} a ghz state with {n} qubits",
        "ghz state on {n} qubits",
        "{n}-qubit ghz",
        "{verb} a GHZ state of {n} qubits",
        "entangle {n} qubits in a GHZ state",
        verb=rng.choice(MAKE_VERBS),
        n=count_word(rng, n),
    )
    return run_pair(rng, asked, ghz_sentence(n))


def grover(rng: Random) -> Pair:
    """Grover search."""
    n = rng.randint(2, 8)
    asked = fill(
        rng,
        "grover search with {n} qubits",
        "{verb} grover search on {n} qubits",
        "{verb} grover's algorithm with {n} qubits",
        "grover on {n} qubits",
        "search with grover using {n} qubits",
        "{n} qubit grover search",
        verb=rng.choice(("run", "do", "make", "execute")),
        n=count_word(rng, n),
    )
    return run_pair(rng, asked, f"use {n} qubits for grover search")


def qft(rng: Random) -> Pair:
    """A quantum Fourier transform."""
    n = rng.randint(2, 8)
    asked = fill(
        rng,
        "{verb} a {n} qubit QFT",
        "quantum fourier transform on {n} qubits",
        "{verb} a qft with {n} qubits",
        "apply the QFT to {n} qubits",
        "{n}-qubit qft",
        verb=rng.choice(MAKE_VERBS),
        n=count_word(rng, n),
    )
    return run_pair(rng, asked, f"Create a {n}-qubit qft")


def gates(rng: Random) -> Pair:
    """One or two gates on named qubits, then measurements."""
    a, b = rng.sample(range(4), 2)
    n = max(a, b) + 1
    measured = ". ".join(f"measure qubit {i}" for i in range(n))
    kind = rng.randrange(5)
    if kind == 0:
        asked = fill(
            rng,
            "h on qubit {a} and cnot from {a} to {b}",
            "hadamard qubit {a} then cnot {a} {b}",
            "apply h to qubit {a} and a cnot from qubit {a} to qubit {b}",
            a=a,
            b=b,
        )
        sentence = f"h qubit {a}. cnot {a} {b}. {measured}"
    elif kind == 1:
        asked = fill(
            rng,
            "flip qubit {a} and measure",
            "x gate on qubit {a}",
            "apply x to qubit {a}",
            "put an x gate on qubit {a} and measure everything",
            a=a,
        )
        n = a + 1
        sentence = f"x qubit {a}. " + ". ".join(f"measure qubit {i}" for i in range(n))
    elif kind == 2:
        asked = fill(
            rng, "swap qubits {a} and {b}", "flip qubit {a} and swap it with qubit {b}", a=a, b=b
        )
        sentence = f"x qubit {a}. swap qubits {a} and {b}. {measured}"
    elif kind == 3:
        angle = rng.choice((0.5, 0.785, 1.047, 1.57, 2.0, 3.14))
        axis = rng.choice("xyz")
        asked = fill(
            rng,
            "rotate qubit {a} around {x} by {f}",
            "r{x} rotation of {f} on qubit {a}",
            "rotate qubit {a} by {f} radians about the {x} axis",
            a=a,
            x=axis,
            f=angle,
        )
        sentence = f"rotate qubit {a} around {axis} by {angle} radians. " + ". ".join(
            f"measure qubit {i}" for i in range(a + 1)
        )
    else:
        asked = fill(
            rng,
            "h on qubits {a} and {b} then cz",
            "hadamard on {a} and {b}, cz between them",
            a=a,
            b=b,
        )
        sentence = f"h qubit {a}. h qubit {b}. cz {a} {b}. {measured}"
    return run_pair(rng, asked, sentence)


STATE_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (bell, 4),
    (superposition, 3),
    (ghz, 1.5),
    (grover, 1.5),
    (qft, 1),
    (gates, 2.5),
)
