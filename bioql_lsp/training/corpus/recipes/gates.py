# ruff: noqa: E501
"""Recipes that spell circuits out gate by gate."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.recipes.programs import measures
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.split import Draw

QUBITS: Final = 4
_ORDER: Final = ("h", "x", "y", "z", "cnot", "cz", "ccx", "swap")
_ONE: Final = ("h", "x", "y", "z")
"""The compiler sorts gates by kind, in this order, so a circuit must be said in it."""

_STATEMENTS: Final = {
    "h": "h qubit {0}",
    "x": "x qubit {0}",
    "y": "y qubit {0}",
    "z": "z qubit {0}",
    "cnot": "cnot {0} {1}",
    "cz": "cz {0} {1}",
    "ccx": "controlled controlled not {0} {1} {2}",
    "swap": "swap qubits {0} and {1}",
}
_STYLES: Final[tuple[dict[str, tuple[str, str]], ...]] = (
    {
        "h": ("h {0}", "h {0}"), "x": ("x {0}", "x {0}"), "y": ("y {0}", "y {0}"), "z": ("z {0}", "z {0}"),
        "cnot": ("cx {0} {1}", "cx {0} {1}"), "cz": ("cz {0} {1}", "cz {0} {1}"),
        "ccx": ("ccx {0} {1} {2}", "ccx {0} {1} {2}"), "swap": ("swap {0} {1}", "swap {0} {1}"),
    },
    {
        "h": ("h on qubit {0}", "h en el qubit {0}"), "x": ("x on qubit {0}", "x en el qubit {0}"),
        "y": ("y on qubit {0}", "y en el qubit {0}"), "z": ("z on qubit {0}", "z en el qubit {0}"),
        "cnot": ("cnot from {0} to {1}", "cnot de {0} a {1}"), "cz": ("cz between {0} and {1}", "cz entre {0} y {1}"),
        "ccx": ("toffoli on {0} {1} {2}", "toffoli en {0} {1} {2}"),
        "swap": ("swap {0} and {1}", "intercambia {0} y {1}"),
    },
    {
        "h": ("hadamard {0}", "hadamard {0}"), "x": ("flip {0}", "invierte {0}"),
        "y": ("y gate on {0}", "puerta y en {0}"), "z": ("z gate on {0}", "puerta z en {0}"),
        "cnot": ("cnot {0} {1}", "cnot {0} {1}"), "cz": ("cz {0} {1}", "cz {0} {1}"),
        "ccx": ("toffoli {0} {1} {2}", "toffoli {0} {1} {2}"), "swap": ("swap qubits {0} and {1}", "swap de {0} y {1}"),
    },
    {
        "h": ("h q{0}", "h q{0}"), "x": ("x q{0}", "x q{0}"), "y": ("y q{0}", "y q{0}"), "z": ("z q{0}", "z q{0}"),
        "cnot": ("cx q{0} q{1}", "cx q{0} q{1}"), "cz": ("cz q{0} q{1}", "cz q{0} q{1}"),
        "ccx": ("ccx q{0} q{1} q{2}", "ccx q{0} q{1} q{2}"), "swap": ("swap q{0} q{1}", "swap q{0} q{1}"),
    },
)  # fmt: skip
_WIDTHS: Final = {"cnot": 2, "cz": 2, "swap": 2, "ccx": 3}


def gate_list(draw: Draw) -> Said:
    """Two to four gates, as one says them; the code holds them as statements with measurements."""
    wide = draw.choose((2, 2, 3, 3, 4))
    kinds = sorted(
        draw.rng.choices(_ORDER, (5, 3, 1, 1, 5, 2, 0.5 if wide > 2 else 0, 1), k=draw.choose((2, 3, 3, 4))),
        key=_ORDER.index,
    )  # fmt: skip
    gates = dict.fromkeys(
        (kind, tuple(draw.rng.sample(range(wide), _WIDTHS.get(kind, 1)))) for kind in kinds
    )
    style = draw.choose(_STYLES)
    comma = draw.choose(
        (", ", ", ", "; ", draw.local(" then ", " luego "), draw.local(" and ", " y "))
    )
    said = comma.join(draw.local(*style[kind]).format(*qubits) for kind, qubits in gates)
    touched = [qubit for _, qubits in gates for qubit in qubits]
    statements = [_STATEMENTS[kind].format(*qubits) for kind, qubits in gates]
    return Said(said, ". ".join([*statements, measures(*touched)]), is_exact=True)


def qubit(draw: Draw) -> Said:
    """The index of a qubit."""
    text = str(draw.rng.randrange(QUBITS))
    return Said(text, text, is_exact=True)


def together(statement: str, english: str, spanish: str, count: int = 2) -> Slot:
    """Gates on that many different qubits: ``{0}``, ``{1}`` in the statement and, as ``#0`` and
    ``#1``, in the patterns; the code holds the measurements as well.
    """

    def slot(draw: Draw) -> Said:
        qubits = draw.rng.sample(range(QUBITS), count)
        said = "".join(str(node) for node in expand(draw.local(english, spanish), draw.rng))
        for place, index in enumerate(qubits):
            said = said.replace(f"#{place}", str(index))
        written = statement.format(*qubits) + ". " + measures(*qubits)
        return Said(" ".join(said.split()), written, is_exact=True)

    return slot


ONE_GATE: Final = option(
    ("h", "(h|hadamard|H)", "(h|hadamard|H)"),
    ("x", "(x|X|pauli x|not)", "(x|X|pauli x|not)"),
    ("y", "(y|Y|pauli y)", "(y|Y|pauli y)"),
    ("z", "(z|Z|pauli z)", "(z|Z|pauli z)"),
)
_PAIR: Final = "(qubits #0 and #1|qubit #0 and qubit #1|#0 and #1|#0, #1|q#0 and q#1)"
_PAIR_ES: Final = "(los qubits #0 y #1|el qubit #0 y el qubit #1|#0 y #1|q#0 y q#1)"
_FROM_TO: Final = "(from #0 to #1|with control #0 and target #1|#0 #1|from qubit #0 to qubit #1|(with|using) qubit #0 as control and #1 as target)"
_FROM_TO_ES: Final = "(de #0 a #1|con control #0 y objetivo #1|#0 #1|del qubit #0 al qubit #1)"

RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "gate_sequence",
        "<<gates>>",
        says=(
            "{gates}",
            "(apply|do|run|execute) {gates}",
            "{gates} (and|then) measure [everything|all|the qubits]",
            "circuit [with]: {gates}",
            "(a |)(circuit|program) with {gates}",
            "(build|make|write) a circuit [with] {gates}",
            "(build|make|write) (and run |)the circuit {gates}",
            "gates: {gates}",
            "(first to last|in this order|sequence): {gates}",
            "(i want|i need) {gates} [then measure]",
            "(can you|please) (apply|run) {gates} [and measure]",
            "(gate by gate|gate sequence|gate list): {gates}",
            "run these gates: {gates}",
            "(my circuit is|the circuit is) {gates}",
        ),
        says_es=(
            "(aplica|haz|ejecuta) {gates}",
            "{gates} y mide",
            "circuito [con]: {gates}",
            "(crea|haz) un circuito con {gates}",
            "(estas puertas|secuencia de puertas): {gates}",
            "(quiero|necesito) {gates} [y medir]",
        ),
        slots={"gates": gate_list},
        weight=3.0,
    ),
    run(
        "one_gate",
        "<<gate>> qubit <<q>>. measure qubit <<q>>",
        says=(
            "(apply|put|use) [a|an|the] {gate} [gate] (on|to) qubit {q} [and measure [it]]",
            "{gate} [gate] on qubit {q}",
            "{gate} qubit {q} [then measure|, measure it]",
            "(run|execute|do) a {gate} gate on qubit {q}",
            "one {gate} gate on qubit {q} and a measurement",
            "(act|operate) with {gate} on qubit {q}",
            "qubit {q}: {gate} (then|and) measure",
            "a (single|lone) {gate} gate on qubit {q}",
            "(i want|need) (a|the) {gate} gate on qubit {q}",
            "(measure|read out) qubit {q} after [a|an] {gate} [gate]",
            "(circuit|program) with only a {gate} gate on qubit {q}",
            "(what happens|what do i measure) when {gate} acts on qubit {q}",
        ),
        says_es=(
            "(aplica|pon|usa) [una puerta] {gate} (en|al|sobre el) qubit {q} [y mide]",
            "[puerta] {gate} en el qubit {q}",
            "(mide|medir) el qubit {q} despues de una puerta {gate}",
            "qubit {q}: {gate} y mide",
            "(quiero|necesito) una puerta {gate} en el qubit {q}",
        ),
        slots={"gate": ONE_GATE, "q": qubit},
        weight=1.5,
    ),
    run(
        "flip_run",
        "x qubit <<q>>. measure qubit <<q>>",
        says=(
            "flip qubit {q} [and measure [it]]",
            "(invert|negate|toggle) qubit {q}",
            "bit flip on qubit {q}",
            "(set|bring|put) qubit {q} (to|into) (1|one|state 1|the excited state)",
            "(prepare|initialize) qubit {q} in (1|state one|state 1)",
            "qubit {q} (should be|must be|is to be) (1|one|flipped)",
            "(turn|switch) qubit {q} from 0 to 1",
            "(excite|pulse) qubit {q}",
            "(NOT|not) on qubit {q} [and read it]",
            "(make|create) a one (in|on) qubit {q}",
            "(i want to|please|can you) flip qubit {q} [and read it out]",
            "(test|check) that qubit {q} (reads|gives) 1 (when|after being) flipped",
        ),
        says_es=(
            "(invierte|voltea|cambia) el qubit {q} [y mide]",
            "(pon|prepara) el qubit {q} (en|a) (1|uno)",
            "inversion del qubit {q}",
            "(niega|NOT en) el qubit {q}",
        ),
        slots={"q": qubit},
    ),
    run(
        "entangle_two_job",
        "<<entangled>>",
        says=(
            "entangle {entangled}",
            "entangle {entangled} [and measure [them|both]]",
            "(make|create) entanglement between {entangled}",
            "(bell pair|bell state|epr pair) (on|between|of) {entangled}",
            "entanglement (of|between) {entangled}",
            "(i want|please|need) {entangled} entangled",
            "(get|have|bring) {entangled} (into|in) an entangled state",
            "(can you|could you|how do i) entangle {entangled}",
            "(correlate|link) {entangled} (quantum mechanically|by entanglement)",
            "hadamard and cnot on {entangled}",
            "{entangled} [as|in] (a|one) (bell pair|bell state)",
            "(run|do) [an] entangling (circuit|gates) on {entangled}",
        ),
        says_es=(
            "(entrelaza|entrelazar) {entangled}",
            "(crea|haz) entrelazamiento entre {entangled}",
            "par de bell (en|entre|con) {entangled}",
            "(quiero|necesito) {entangled} entrelazados",
        ),
        slots={"entangled": together("h qubit {0}. cnot {0} {1}", _PAIR, _PAIR_ES)},
        weight=1.5,
    ),
    run(
        "entangle_flip",
        "<<flipped>>",
        says=(
            "{flipped}",
            "{flipped} [and measure [both|them]]",
            "(please|can you) {flipped}",
            "circuit: {flipped}",
            "(i want to|we need to|let us) {flipped}",
            "(a |)program to {flipped}",
            "(how do i|how to) {flipped}",
            "(run|do) this: {flipped}",
            "{flipped} then (read|measure) (both|them)",
            "(two steps|task): {flipped}",
        ),
        says_es=(
            "{flipped}",
            "(haz esto|tarea): {flipped}",
            "circuito: {flipped}",
            "{flipped} y mide (ambos|todo)",
        ),
        slots={
            "flipped": together(
                "h qubit {0}. x qubit {1}. cnot {0} {1}",
                "(flip qubit #1 and entangle it with qubit #0|flip #1 then entangle #0 and #1|entangle qubit #0 with the flipped qubit #1|entangle #0 and #1 with #1 flipped)",
                "(invierte el qubit #1 y entrelazalo con el #0|entrelaza #0 con el qubit #1 invertido)",
            )
        },
        weight=0.7,
    ),
    run(
        "swap_two",
        "<<swapped>>",
        says=(
            "{swapped}",
            "{swapped} [and measure [both|them]]",
            "(please|can you|could you) {swapped}",
            "circuit: {swapped}",
            "(i want to|need to) {swapped}",
            "(how do i|how to) {swapped}",
            "(run|do): {swapped}",
            "(test|try) a swap: {swapped}",
            "{swapped} then (read|measure)",
            "(program|circuit) to {swapped}",
        ),
        says_es=(
            "{swapped}",
            "(haz esto|tarea): {swapped}",
            "{swapped} y mide",
            "circuito: {swapped}",
        ),
        slots={
            "swapped": together(
                "x qubit {0}. swap qubits {0} and {1}",
                "(flip qubit #0 and swap it with qubit #1|x on #0 then swap #0 and #1|flip #0, swap #0 with #1|move a 1 from qubit #0 to qubit #1 with a swap)",
                "(invierte el qubit #0 e intercambialo con el #1|x en #0 y luego swap #0 #1)",
            )
        },
        weight=0.8,
    ),
    run(
        "cnot_flipped_job",
        "<<driven>>",
        says=(
            "(apply|do|run) [a] (cnot|cx|controlled not) {driven} (with|after flipping) the control [set to 1|flipped]",
            "(cnot|cx|controlled not) {driven} with [the] control (in state 1|flipped|set to one|on)",
            "flip the control and (apply|do|run) (cnot|cx) {driven}",
            "(test|check|try) [a|the] (cnot|cx) {driven} with control 1",
            "x on the control then (cnot|cx) {driven}",
            "control in 1, (cnot|cx) {driven}",
            "(truth table row|case) control=1 of (cnot|cx) {driven}",
            "set the control to 1, then (cnot|cx|controlled not) {driven}",
            "(what does|show what) a (cnot|cx) {driven} (do|does) when the control is 1",
            "(cnot|cx) {driven}, control flipped first",
        ),
        says_es=(
            "(aplica|haz) [un|una] (cnot|cx) {driven} con el control en 1",
            "(invierte|pon en 1) el control y (aplica|haz) cnot {driven}",
            "cnot {driven} con control (en 1|invertido)",
            "(prueba|comprueba) la cnot {driven} con el control a 1",
        ),
        slots={"driven": together("x qubit {0}. cnot {0} {1}", _FROM_TO, _FROM_TO_ES)},
        weight=0.7,
    ),
    run(
        "toffoli_run",
        "<<three>>",
        says=(
            "(apply|run|do) [a] (toffoli|ccx|ccnot) {three} with both controls (flipped|set to 1|on)",
            "(toffoli|ccx|ccnot) {three} with [both] controls (in 1|flipped|set to one)",
            "flip both controls and (apply|do|run) [a] (toffoli|ccx) {three}",
            "(test|check|try) (a|the) (toffoli|ccx) [gate] {three} with controls 1 and 1",
            "x on both controls then (toffoli|ccx) {three}",
            "controls in 1, (toffoli|ccx|controlled controlled not) {three}",
            "(and gate|quantum AND|reversible AND) {three}, both inputs 1",
            "(controlled controlled not|double controlled not) {three} with both controls on",
            "(toffoli|ccx) {three}, both controls flipped first",
            "set both controls to 1 and run (toffoli|ccx) {three}",
        ),
        says_es=(
            "(aplica|haz) [una] (toffoli|ccx) {three} con ambos controles en 1",
            "(toffoli|ccx) {three} con los (dos controles|controles) (en 1|invertidos)",
            "(invierte|activa) los dos controles y (aplica|haz) toffoli {three}",
            "(prueba|comprueba) una toffoli {three} con controles 1 y 1",
        ),
        slots={
            "three": together(
                "x qubit {0}. x qubit {1}. controlled controlled not {0} {1} {2}",
                "(on qubits #0, #1 and #2|#0 #1 #2|with controls #0 and #1 and target #2|from #0 and #1 to #2)",
                "(en los qubits #0, #1 y #2|#0 #1 #2|con controles #0 y #1 y objetivo #2)",
                3,
            )
        },
        weight=0.8,
    ),
    run(
        "cz_plus",
        "<<phased>>",
        says=(
            "(h|hadamard) on {phased} (then|and|and then) [a] cz [between them]",
            "(cz|controlled z|controlled-z) on {phased} (after|with) hadamards",
            "hadamard both {phased}, then cz",
            "(graph|cluster) state (on|of|with) {phased}",
            "put {phased} in superposition and (apply|do) (cz|controlled z)",
            "(apply|do|run) h to {phased} and cz [between them]",
            "{phased}: (h|hadamard) on each, then (cz|controlled phase flip)",
            "two qubit (cluster|graph) state (on|with) {phased}",
            "(controlled z|cz) between {phased} both in superposition",
            "superpose {phased} and connect them with cz",
        ),
        says_es=(
            "(h|hadamard) en {phased} y luego cz",
            "(estado cluster|estado grafo) (en|de|con) {phased}",
            "cz entre {phased} con hadamards",
            "(pon|prepara) {phased} en superposicion y aplica cz",
        ),
        slots={"phased": together("h qubit {0}. h qubit {1}. cz {0} {1}", _PAIR, _PAIR_ES)},
        weight=0.8,
    ),
    run(
        "superpose_two_run",
        "<<both>>",
        says=(
            "(put|place|bring) {both} (in|into) superposition",
            "(h|hadamard) on {both}",
            "hadamard {both}",
            "(apply|do|run) (h|hadamard) (on|to) {both} [and measure [them|both]]",
            "(superpose|superposition of) {both}",
            "{both}: (h|hadamard) (each|on each) [and measure]",
            "(i want|need) {both} in superposition",
            "(h gates|hadamard gates|hadamards) on {both}",
            "(measure|read) {both} after hadamards",
            "(random bits|coin flips) on {both}",
        ),
        says_es=(
            "(pon|coloca) {both} en superposicion",
            "(h|hadamard) en {both}",
            "(aplica|haz) hadamard (a|en) {both}",
            "superposicion de {both}",
        ),
        slots={"both": together("h qubit {0}. h qubit {1}", _PAIR, _PAIR_ES)},
    ),
    run(
        "flip_two_run",
        "<<both>>",
        says=(
            "(flip|invert|negate) {both}",
            "(x|X|not) on {both}",
            "(put|apply) [an] x gate[s] on {both} [and measure]",
            "(flip|invert) {both} and (measure|read) them",
            "(set|bring|put) {both} to (1|one)",
            "(prepare|initialize) {both} in (1|one|state 1)",
            "bit flip (on|of) {both}",
            "{both}: (flip|x) (each|both)",
            "(i want|need) {both} flipped",
            "(x gates|pauli x|not gates) on {both}",
        ),
        says_es=(
            "(invierte|voltea) {both}",
            "x en {both}",
            "(pon|prepara) {both} (en|a) 1",
            "(aplica|pon) puertas x en {both}",
        ),
        slots={"both": together("x qubit {0}. x qubit {1}", _PAIR, _PAIR_ES)},
        weight=0.8,
    ),
)
