"""What most runs share: where to run, how often, and what to do with the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Segment, Slot
from bioql_lsp.training.corpus.split import Draw

DEFAULT_BACKEND: Final = "ibm_torino"
DEFAULT_SHOTS: Final = "100"
RUN_HEAD: Final = "import os\n\nfrom bioql import quantum\n\n"
GUARD: Final = "if not result.success:\n    raise SystemExit(result.error_message)\n"
BACKENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ibm_torino": ("ibm torino", "ibm_torino", "IBM Torino", "torino", "ibm-torino"),
    "ibm_brisbane": ("ibm brisbane", "ibm_brisbane", "IBM Brisbane", "brisbane"),
    "ibm_kyoto": ("ibm kyoto", "ibm_kyoto", "IBM Kyoto", "kyoto"),
    "ibm_osaka": ("ibm osaka", "ibm_osaka", "osaka"),
    "ibm_sherbrooke": ("ibm sherbrooke", "ibm_sherbrooke", "sherbrooke"),
    "ibm_condor": ("ibm condor", "ibm_condor", "condor"),
    "ionq_qpu": ("ionq", "ionq_qpu", "the ionq qpu", "IonQ", "ionq hardware"),
    "ionq_forte": ("ionq forte", "ionq_forte", "IonQ Forte"),
    "ionq_simulator": ("ionq simulator", "ionq_simulator", "the ionq cloud simulator"),
}
_BACKEND_SAID: Final = "(on|on|on|using|with|at|with backend|running on|, backend) {backend}"
_BACKEND_SAID_ES: Final = "(en|en|en|usando|con|con el backend|, backend) {backend}"
_SHOTS_SAID: Final = (
    "(with {shots} shots|with {shots} shots|{shots} shots|using {shots} shots|, {shots} shots"
    "|shots={shots}|{shots} times|for {shots} shots|and {shots} shots)"
)
_SHOTS_SAID_ES: Final = (
    "(con {shots} disparos|con {shots} shots|{shots} shots|, {shots} disparos|usando {shots} shots"
    "|{shots} veces|shots={shots})"
)
_TAILS: Final[tuple[tuple[str, str, str, float], ...]] = (
    ("print(result.counts)\n", "[(and|then|,) (show|print|give me) the counts]",
     "[(y|,) (muestra|imprime) (los conteos|las cuentas)]", 6.0),
    ("print(result.most_likely_outcome)\n",
     "(and|then|,) (show|print|tell me|give me) the (most likely|most probable|top|most frequent) "
     "(outcome|state|result|bitstring)",
     "(y|,) (muestra|imprime|dime) (el resultado|el estado) mas (probable|frecuente)", 1.0),
    ("print(result.probabilities())\n", "(and|then|,) (show|print|give me) [the] probabilities",
     "(y|,) (muestra|imprime|dame) las probabilidades", 1.0),
    ("print(result.job_id)\n", "(and|then|,) (show|print|give me|tell me) the job id",
     "(y|,) (muestra|imprime|dame) el (id del trabajo|job id)", 0.6),
    ("print(result.cost_estimate)\n",
     "(and|then|,) (show|print|tell me) (the cost|what it costs|how much it cost|the price)",
     "(y|,) (muestra|dime|imprime) (el costo|el coste|cuanto cuesta|el precio)", 0.6),
    ("print(result.total_shots)\n",
     "(and|then|,) (show|print) (the total shots|how many shots ran)",
     "(y|,) (muestra|imprime) (el total de disparos|cuantos disparos hubo)", 0.3),
    ("print(result.counts)\nprint(result.probabilities())\n",
     "(and|then|,) (show|print) [the|both] counts and [the] probabilities",
     "(y|,) (muestra|imprime) [los] conteos y [las] probabilidades", 0.5),
    ("for state, count in sorted(result.counts.items(), key=lambda item: -item[1]):\n"
     "    print(state, count)\n",
     "(and|then|,) (show|list|print) the counts (sorted|from high to low|in descending order)",
     "(y|,) (muestra|lista) los conteos (ordenados|de mayor a menor)", 0.5),
)  # fmt: skip


def quantum_call(extra: tuple[str, ...] = ()) -> str:
    """The call in house style, its sentence, backend and shots as slots."""
    lines = [
        '    "<<sentence>>",',
        '    api_key=os.environ["BIOQL_API_KEY"],',
        '    backend="<<backend>>",',
        "    shots=<<shots>>,",
        *(f"    {line}," for line in extra),
    ]
    return "result = quantum(\n" + "\n".join(lines) + "\n)\n"


def run(
    name: str,
    sentence: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    *,
    slots: Mapping[str, Slot] | None = None,
    defaults: Mapping[str, str] | None = None,
    extra: tuple[str, ...] = (),
    tail: str = "<<tail>>",
    weight: float = 1.0,
) -> Recipe:
    """A recipe that runs a sentence with ``quantum``.

    ``sentence`` and ``extra`` (further arguments, such as ``mitigation=["readout"]``) may hold
    slots. Backend, shots and the handling of the result are drawn, and said in the request behind
    the phrasing or where it has ``{backend}``, ``{shots}`` or ``{tail}`` itself.
    """
    call = quantum_call(extra).replace("<<sentence>>", sentence)
    code = RUN_HEAD + call + GUARD + tail
    return Recipe(name, says, says_es, code, slots or {}, defaults or {}, weight, is_run=True)


def backend_slot(draw: Draw) -> Said:
    """A backend that the request names."""
    name = DEFAULT_BACKEND if draw.chance(0.3) else draw.choose(tuple(BACKENDS))
    return Said(draw.choose(BACKENDS[name]), name, is_exact=True)


def shots_slot(draw: Draw) -> Said:
    """A number of shots that the request names."""
    text = draw.make(
        lambda rng: str(
            rng.choice((50, 64, 100, 128, 200, 256, 300, 500, 512, 1000, 1024, 2000, 2048, 4096))
            if rng.random() < 0.3
            else rng.randint(1, 400) * rng.choice((1, 5, 10, 25))
        )
    )
    return Said(text, text, is_exact=True)


RUN_SLOTS: Final[Mapping[str, Slot]] = {"backend": backend_slot, "shots": shots_slot}
RUN_DEFAULTS: Final[Mapping[str, str]] = {
    "backend": DEFAULT_BACKEND,
    "shots": DEFAULT_SHOTS,
    "tail": _TAILS[0][0],
}


def run_segments(draw: Draw, taken: frozenset[str]) -> tuple[list[Segment], dict[str, str]]:
    """What a request adds on where and how often to run, and what to show of the result."""
    parts: list[tuple[str, str]] = []
    if "backend" not in taken and draw.chance(0.6):
        parts.append(("backend", draw.local(_BACKEND_SAID, _BACKEND_SAID_ES)))
    if "shots" not in taken and draw.chance(0.55):
        parts.append(("shots", draw.local(_SHOTS_SAID, _SHOTS_SAID_ES)))
    draw.rng.shuffle(parts)
    pieces: list[Segment] = []
    written: dict[str, str] = {}
    for name, pattern in parts:
        value = RUN_SLOTS[name](draw)
        written[name] = value.written
        pieces.append((" ", False))
        pieces += [
            (node, False) if isinstance(node, str) else (value.said, value.is_exact)
            for node in expand(pattern, draw.rng)
        ]
    if "tail" not in taken and draw.chance(0.5):
        code, english, spanish, _ = draw.rng.choices(_TAILS, [tail[3] for tail in _TAILS])[0]
        written["tail"] = code
        nodes = expand(draw.local(english, spanish), draw.rng)
        pieces += [(" ", False), *((str(node), False) for node in nodes)]
    return pieces, written
