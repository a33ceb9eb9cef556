# ruff: noqa: E501
"""Recipes that rotate qubits by an angle, or prepare a state known by its symbol."""

from __future__ import annotations

import math
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.recipes.gates import qubit
from bioql_lsp.training.corpus.recipes.programs import measures
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import decimal, word
from bioql_lsp.training.corpus.split import Draw


def angle(draw: Draw) -> Said:
    """An angle in radians, in degrees or as a part of pi; the code holds decimal radians."""
    if draw.chance(0.55):
        value = decimal(0.05, 6.2, 3)(draw)
        unit = draw.choose(("", "", draw.local(" radians", " radianes"), " rad"))
        return Said(value.said + unit, value.written, is_exact=True)
    if draw.chance(0.5):
        degrees = draw.choose((30, 45, 60, 90, 120, 135, 150, 180, 270))
        unit = draw.choose((draw.local(" degrees", " grados"), " deg", "°"))
        return Said(f"{degrees}{unit}", f"{math.radians(degrees):.4f}", is_exact=True)
    part = draw.choose((1, 2, 3, 4, 6, 8))
    return Said("pi" if part == 1 else f"pi/{part}", f"{math.pi / part:.4f}", is_exact=True)


AXIS: Final = option(
    ("x", "(the x axis|x|the x-axis)", "(el eje x|x)"),
    ("y", "(the y axis|y|the y-axis)", "(el eje y|y)"),
    ("z", "(the z axis|z|the z-axis)", "(el eje z|z)"),
)
BELL_STATES: Final = option(
    ("h qubit 0. cnot 0 1", "(phi plus|phi+|Phi+)", "(phi mas|phi+)"),
    ("h qubit 0. z qubit 0. cnot 0 1", "(phi minus|phi-|Phi-)", "(phi menos|phi-)"),
    ("h qubit 0. x qubit 1. cnot 0 1", "(psi plus|psi+|Psi+)", "(psi mas|psi+)"),
    ("h qubit 0. x qubit 1. z qubit 0. cnot 0 1", "(psi minus|psi-|singlet)", "(psi menos|psi-|singlete)"),
)  # fmt: skip


def basis_state(draw: Draw) -> Said:
    """A bit string, its last bit qubit 0 as in counts; the code holds the flips that make it."""
    width = draw.choose((2, 3, 3))
    bits = format(draw.rng.randrange(1, 2**width), f"0{width}b")
    flips = [f"x qubit {i}" for i in range(width) if bits[-1 - i] == "1"]
    said = draw.choose((bits, f"|{bits}>", f"|{bits}⟩"))
    return Said(said, ". ".join([*flips, measures(*range(width))]), is_exact=True)


RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "bell_kind",
        "<<kind>>. measure qubit 0. measure qubit 1",
        says=(
            "(make|create|prepare) the {kind} [bell] state [with gates]",
            "{kind} bell state",
            "bell state {kind}",
            "(the |){kind} state",
            "(run|measure) [the] bell state {kind}",
            "(prepare|create) two qubits in {kind}",
            "(which|the) bell basis state {kind}",
            "(i want|i need|give me) the {kind} (state|bell state)",
            "(how do i|how to) (prepare|make) {kind}",
            "{kind} (pair|epr pair)",
            "(gates for|circuit for) [the] {kind} [bell] state",
            "two qubits, {kind}",
        ),
        says_es=(
            "(crea|haz|prepara) el estado [de bell] {kind}",
            "estado de bell {kind}",
            "(quiero|necesito) el estado {kind}",
            "(como|cómo) preparo el estado {kind}",
        ),
        slots={"kind": BELL_STATES},
    ),
    run(
        "basis_state",
        "<<bits>>",
        says=(
            "(prepare|make|create|set) [the] [basis] state {bits}",
            "(initialize|start) [the] qubits (in|as|to) {bits}",
            "basis state {bits}",
            "(i want|i need) to measure {bits}",
            "(encode|load|write) the (bits|bitstring|bit string) {bits} [(in|into|on) qubits]",
            "bitstring {bits} on qubits",
            "(set|put) the qubits to {bits}",
            "(computational|classical) [basis] state {bits}",
            "(flip|x on) the right qubits (to get|for) {bits}",
            "(circuit|program) that (gives|outputs|returns) {bits}",
            "(get|produce) {bits} as the outcome",
            "(how do i|how to) (prepare|get) {bits}",
        ),
        says_es=(
            "(prepara|crea|haz) el estado [base] {bits}",
            "(inicializa|pon) los qubits en {bits}",
            "estado base {bits}",
            "(codifica|carga) los bits {bits}",
        ),
        slots={"bits": basis_state},
        weight=0.7,
    ),
    run(
        "rotation_run",
        "rotate qubit <<q>> around <<axis>> by <<angle>> radians. measure qubit <<q>>",
        says=(
            "rotate qubit {q} (around|about) {axis} by {angle} [and measure [it]]",
            "rotate qubit {q} by {angle} (around|about) {axis}",
            "rotation of {angle} (around|about) {axis} on qubit {q}",
            "(apply|do) a rotation of {angle} (around|about) {axis} (on|to) qubit {q}",
            "(turn|spin) qubit {q} {angle} (around|about) {axis}",
            "qubit {q}: rotate {angle} around {axis}",
            "{angle} rotation about {axis} on qubit {q}",
            "(i want to|please|can you) rotate qubit {q} by {angle} around {axis}",
            "(measure|read) qubit {q} after a {angle} rotation around {axis}",
            "around {axis}, rotate qubit {q} by {angle}",
            "(circuit|program) that rotates qubit {q} (around|about) {axis} by {angle}",
            "(rotate|turn) by {angle} around {axis} (on|with) qubit {q}",
        ),
        says_es=(
            "(rota|gira) el qubit {q} (alrededor de|en torno a) {axis} {angle}",
            "(rota|gira) el qubit {q} {angle} (alrededor de|sobre) {axis}",
            "rotacion de {angle} (alrededor de|en) {axis} (en|del) qubit {q}",
            "(aplica|haz) una rotacion de {angle} en {axis} (al|en el) qubit {q}",
            "(quiero|necesito) (rotar|girar) el qubit {q} {angle} alrededor de {axis}",
        ),
        slots={"q": qubit, "axis": AXIS, "angle": angle},
        weight=1.2,
    ),
    run(
        "rotation_gate",
        "rotate qubit <<q>> around <<axis>> by <<angle>> radians. measure qubit <<q>>",
        says=(
            "(r{axis}|R{axis}) [rotation|gate] (of|by|with angle) {angle} on qubit {q}",
            "(apply|do|put) [a|an] (r{axis}|R{axis}) (of|with angle|by) {angle} (on|to) qubit {q}",
            "r{axis}({angle}) (on|to) qubit {q}",
            "R{axis} {angle} qubit {q}",
            "r{axis} qubit {q} angle {angle}",
            "{axis} rotation [of|by] {angle} on qubit {q}",
            "qubit {q} [with] r{axis}({angle}) [and measure]",
            "(measure|read) qubit {q} after r{axis} {angle}",
            "(i want|need) [a|an] r{axis} gate with angle {angle} on qubit {q}",
            "r{axis} by {angle} then measure qubit {q}",
            "(circuit|program) with r{axis}({angle}) on qubit {q}",
            "(run|execute) r{axis} {angle} on q{q}",
        ),
        says_es=(
            "(aplica|pon) r{axis} (de|con angulo) {angle} (en el|al) qubit {q}",
            "r{axis} {angle} en el qubit {q}",
            "r{axis}({angle}) en qubit {q} [y mide]",
            "puerta r{axis} de {angle} en el qubit {q}",
        ),
        slots={"q": qubit, "axis": word("x", "y", "z"), "angle": angle},
    ),
    run(
        "two_rotations",
        "rotate qubit 0 around <<axis>> by <<angle>> radians. rotate qubit 1 around <<axis2>> by <<angle2>> radians. measure qubit 0. measure qubit 1",
        says=(
            "r{axis}({angle}) on qubit 0 and r{axis2}({angle2}) on qubit 1",
            "rotate qubit 0 around {axis} by {angle} and qubit 1 around {axis2} by {angle2}",
            "r{axis} {angle} on qubit 0, r{axis2} {angle2} on qubit 1 [and measure both]",
            "(apply|do) r{axis} of {angle} to qubit 0 and r{axis2} of {angle2} to qubit 1",
            "two rotations: qubit 0 {axis} {angle}, qubit 1 {axis2} {angle2}",
            "qubit 0: r{axis} {angle}; qubit 1: r{axis2} {angle2}",
            "(rotate|turn) qubit 0 by {angle} about {axis}, then qubit 1 by {angle2} about {axis2}",
            "r{axis} q0 {angle}, r{axis2} q1 {angle2}",
            "(i want|need) qubit 0 rotated {angle} around {axis} and qubit 1 {angle2} around {axis2}",
            "(measure|read) two qubits after r{axis}({angle}) on 0 and r{axis2}({angle2}) on 1",
        ),
        says_es=(
            "r{axis}({angle}) en el qubit 0 y r{axis2}({angle2}) en el qubit 1",
            "(rota|gira) el qubit 0 en {axis} {angle} y el qubit 1 en {axis2} {angle2}",
            "r{axis} {angle} en qubit 0, r{axis2} {angle2} en qubit 1",
        ),
        slots={"axis": word("x", "y", "z"), "angle": angle},
        weight=0.6,
    ),
    run(
        "hadamard_rotation",
        "h qubit <<q>>. rotate qubit <<q>> around <<axis>> by <<angle>> radians. measure qubit <<q>>",
        says=(
            "(h|hadamard) on qubit {q} then r{axis}({angle})",
            "hadamard qubit {q} and rotate it around {axis} by {angle}",
            "(put|bring) qubit {q} in superposition and rotate it by {angle} around {axis}",
            "h then r{axis} {angle} on qubit {q}",
            "qubit {q}: (h|hadamard), r{axis}({angle}), measure",
            "(apply|do) (h|hadamard) and r{axis} of {angle} (to|on) qubit {q}",
            "superposition on qubit {q} followed by [a] r{axis} of {angle}",
            "rotate qubit {q} {angle} around {axis} after a hadamard",
            "h q{q}, r{axis} q{q} {angle}",
            "(measure|read) qubit {q} after hadamard and r{axis} {angle}",
        ),
        says_es=(
            "hadamard en el qubit {q} y luego r{axis}({angle})",
            "(pon|prepara) el qubit {q} en superposicion y (rotalo|giralo) {angle} en {axis}",
            "h y r{axis} {angle} en el qubit {q}",
        ),
        slots={"q": qubit, "axis": word("x", "y", "z"), "angle": angle},
        weight=0.6,
    ),
)
