# ruff: noqa: E501
"""Recipes on one guide: scoring it in CRISPR mode, and on which backend."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.patterns import SlotName, expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.runs import BACKENDS, shots_slot
from bioql_lsp.training.corpus.slots import decimal, guide_rna, open_integer
from bioql_lsp.training.corpus.split import Draw


def argument(
    keyword: str, value: Slot, english: str, spanish: str, *, is_line: bool = False
) -> Slot:
    """A keyword argument behind others, such as ``, shots=500``; ``{v}`` is its value as said.

    ``is_line``: on a line of its own, for a call that is spread over lines.
    """
    form = "\n    {}={}," if is_line else ", {}={}"

    def slot(draw: Draw) -> Said:
        drawn = value(draw)
        nodes = expand(draw.local(english, spanish), draw.rng)
        said = "".join(drawn.said if isinstance(node, SlotName) else node for node in nodes)
        return Said(" ".join(said.split()), form.format(keyword, drawn.written), is_exact=True)

    return slot


def quoted(value: Slot) -> Slot:
    """The slot, written as a string."""

    def slot(draw: Draw) -> Said:
        drawn = value(draw)
        return Said(drawn.said, f'"{drawn.written}"', drawn.is_exact)

    return slot


def each(tail: str, *patterns: str) -> tuple[str, ...]:
    """The patterns, each with the same tail behind it."""
    return tuple(pattern + tail for pattern in patterns)


def any_guide(draw: Draw) -> Said:
    """A guide, of 20 letters as a rule."""
    if draw.chance(0.8):
        return guide_rna(draw)
    text = draw.make(_odd_guide)
    return Said(text, text, is_exact=True)


def _odd_guide(rng: Random) -> str:
    return "".join(rng.choice("ACGT") for _ in range(rng.choice((17, 18, 19, 21, 22, 23))))


_SHOTS: Final = (
    "shots",
    shots_slot,
    "(with {v} shots|{v} shots|using {v} shots|shots={v}|with {v} measurements|and {v} shots)",
    "(con {v} shots|{v} shots|con {v} disparos|usando {v} shots|shots={v}|con {v} mediciones)",
)
_COUPLING: Final = (
    "coupling_strength",
    decimal(0.1, 3.0),
    "(with coupling {v}|coupling strength {v}|and a coupling of {v}|coupling_strength={v}|with J = {v})",
    "(con acoplamiento {v}|acoplamiento {v}|coupling {v}|con un acoplamiento de {v})",
)
SHOTS_ARG: Final = argument(*_SHOTS)
SHOTS_LINE: Final = argument(*_SHOTS, is_line=True)
COUPLING_ARG: Final = argument(*_COUPLING)
COUPLING_LINE: Final = argument(*_COUPLING, is_line=True)
SEED_ARG: Final = argument(
    "seed",
    open_integer(0, 9999),
    "(with seed {v}|seed {v}|random seed {v}|seeded with {v}|seed={v})",
    "(con semilla {v}|semilla {v}|con seed {v}|seed={v})",
)


def crispr_call(backend: str, shots: str = "<<shots>>") -> str:
    """A run in CRISPR mode, which needs no key, up to where its result is read."""
    return f"""from bioql import quantum

result = quantum(
    "Score CRISPR guide <<guide>>",
    api_key="",
    backend="{backend}",
    shots={shots},
    mode="crispr",
)
if not result.success:
    raise SystemExit(result.error_message)
"""


ENERGY_AND_CONFIDENCE: Final = "result.energy_estimate, result.confidence"
_SHOW: Final = option(
    ("result.energy_estimate", "(and|,) (show|print|give me|tell me) (just|only) the energy",
     "(y|,) (muestra|imprime|dame) solo la energia"),
    ("result.confidence", "(and|,) (show|print|give me|tell me) (just|only) (the|its) confidence",
     "(y|,) (muestra|imprime|dame) solo la confianza"),
    (ENERGY_AND_CONFIDENCE,
     "(and|,) (show|print|give me|tell me) [the] energy and [the] confidence",
     "(y|,) (muestra|imprime|dame) [la] energia y [la] confianza"),
    (f"{ENERGY_AND_CONFIDENCE}, result.guide_sequence",
     "(and|,) (show|print) [the] energy, [the] confidence and [the] guide",
     "(y|,) (muestra|imprime) [la] energia, [la] confianza y [la] guia"),
    ("result.execution_time", "(and|,) (show|print|tell me) (how long it took|the runtime|the execution time)",
     "(y|,) (muestra|imprime|dime) (cuanto tardo|el tiempo de ejecucion)"),
    ("result.metadata", "(and|,) (show|print|give me) (the metadata|all the details|everything it returns)",
     "(y|,) (muestra|imprime) (los metadatos|todos los detalles)"),
)  # fmt: skip
_BRAKET: Final = {
    "SV1": ("SV1", "braket SV1", "aws braket SV1", "amazon braket SV1"),
    "DM1": ("DM1", "braket DM1", "aws braket DM1"),
    "Harmony": ("Harmony", "braket Harmony"),
}


def ibm_backend(draw: Draw) -> Said:
    """An IBM backend that the request names."""
    name = draw.choose(tuple(name for name in BACKENDS if name.startswith("ibm")))
    return Said(draw.choose(BACKENDS[name]), name, is_exact=True)


def crispr_backend(draw: Draw) -> Said:
    """A backend that CRISPR mode can reach: IBM's, or one of Braket's."""
    if draw.chance(0.7):
        return ibm_backend(draw)
    name = draw.choose(tuple(_BRAKET))
    return Said(draw.choose(_BRAKET[name]), name, is_exact=True)


def plain_shots(draw: Draw) -> Said:
    """A number of shots, with its noun."""
    drawn = shots_slot(draw)
    before = draw.choose(("with ", "", "using ", "and ")) if draw.language == "en" else "con "
    return Said(f"{before}{drawn.said} shots", drawn.written, is_exact=True)


_TAIL: Final = " [{shots}] [{show}]"
RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "crispr_score",
        says=each(
            _TAIL,
            "(score|evaluate|rate|assess|grade) [the|this|my] [crispr] (guide|guide rna|grna|sgrna|guide sequence) {guide}",
            "(score|evaluate|rate|assess) {guide} as a [crispr] (guide|guide rna|grna|sgrna)",
            "how good is [the|this|my] [crispr] (guide|grna|sgrna|guide rna) {guide}",
            "crispr score (of|for) {guide}",
            "crispr (guide|grna|sgrna) {guide} score",
            "crispr mode (on|for|with) {guide}",
            "run {guide} (in|through|with) crispr mode",
            "{guide} is my (guide|guide rna|grna|sgrna), (score it|how good is it|evaluate it|rate it)",
            "i have a (guide|grna|sgrna|guide rna) {guide} and (want|need|would like) (its|a) [crispr] score",
            "(is|would) {guide} (a good|a decent|an ok) [crispr] (guide|grna|sgrna)",
            "use quantum with mode crispr to (score|evaluate) {guide}",
            "(can you|could you|please|help me) (score|evaluate|rate) [the|this] (guide|sgrna|grna|cas9 guide) {guide}",
            "quantum crispr scoring of [guide|grna|sgrna] {guide}",
            "guide (quality|score|efficacy|efficiency) (of|for) {guide}",
            "score my cas9 guide {guide}",
            "what score does [the] (guide|grna|sgrna) {guide} get",
            "(check|test) how well [the] (guide|sgrna|grna) {guide} (scores|does|performs)",
            "(run|do|make) a crispr (score|scoring|evaluation) (for|of|on) [guide|grna|sgrna] {guide}",
        ),
        says_es=each(
            _TAIL,
            "(puntua|evalua|califica|valora) (la|mi|esta) (guia|guia crispr|guia de ARN|sgRNA|gRNA) {guide}",
            "que tan buena es la guia [crispr] {guide}",
            "(puntuacion|puntaje|score) crispr (de|para) {guide}",
            "(corre|ejecuta|usa) [el] modo crispr (con|en|para) {guide}",
            "tengo la guía {guide} y (quiero|necesito) (su puntuación|evaluarla|puntuarla)",
            "{guide} es mi guia, (puntuala|evaluala)",
            "(quiero|necesito) (evaluar|puntuar) [una|la|mi] guia (crispr|cas9|de crispr) {guide}",
            "¿es buena guía {guide} (para crispr|de crispr)",
        ),
        code=crispr_call("simulator") + "print(<<show>>)\n",
        slots={"guide": any_guide, "shots": plain_shots, "show": _SHOW},
        defaults={"shots": "100", "show": ENERGY_AND_CONFIDENCE},
        weight=3.0,
    ),
    Recipe(
        "crispr_score_on_backend",
        says=each(
            _TAIL,
            "(score|evaluate|rate|assess) [the|my|this] [crispr] (guide|guide rna|grna|sgrna) {guide} (on|using|with) {backend}",
            "on {backend} (score|evaluate|rate) [the] [crispr] (guide|grna|sgrna) {guide}",
            "crispr (score|scoring) (of|for) {guide} on {backend}",
            "crispr mode (for|with|on) {guide} (on|with backend|using) {backend}",
            "(use|take) {backend} to (score|evaluate) [the] (guide|grna|sgrna) {guide}",
            "{guide} is my guide, (score|evaluate) it on {backend}",
            "run (guide|grna|sgrna) {guide} in crispr mode on {backend}",
            "i want [the|a] crispr score of {guide} from {backend}",
            "how good is the (guide|sgrna|grna) {guide} (according to|on|when run on) {backend}",
            "(send|submit) [the] [crispr] (guide|grna|sgrna) {guide} to {backend} (for scoring|and score it)",
            "quantum crispr scoring of {guide}, backend {backend}",
            "score {guide} with crispr mode on {backend}",
        ),
        says_es=each(
            _TAIL,
            "(puntua|evalua) la guia [crispr] {guide} (en|con|usando) {backend}",
            "en {backend} (puntua|evalua) la guia {guide}",
            "(puntuacion|score) crispr de {guide} en {backend}",
            "modo crispr para {guide} (en|con) {backend}",
            "(usa|utiliza) {backend} para (evaluar|puntuar) la guia {guide}",
            "(corre|ejecuta) la guía {guide} en modo crispr en {backend}",
        ),
        code=crispr_call("<<backend>>") + "print(<<show>>)\n",
        slots={"guide": any_guide, "shots": plain_shots, "show": _SHOW, "backend": crispr_backend},
        defaults={"shots": "100", "show": ENERGY_AND_CONFIDENCE},
    ),
    Recipe(
        "crispr_scores",
        says=each(
            " [{shots}]",
            "(score|evaluate|rate|assess) each of (the|these|my) [crispr] (guides|grnas|sgrnas|guide rnas): {guides}",
            "(score|evaluate|rate) (the|these|my) [crispr] (guides|grnas|sgrnas) one by one [in crispr mode]: {guides}",
            "crispr (score|scores) for each of {guides}",
            "run crispr mode on each of {guides}",
            "crispr mode for (these|several|a few) guides {guides}",
            "loop over (the|my) guides {guides} and (score|evaluate) each [one]",
            "i have several guides, {guides}, and want a [crispr] score for each",
            "(give|get) me a crispr score for every one of {guides}",
            "individual crispr scores (of|for) {guides}",
            "score all of (these|my) guides with crispr mode: {guides}",
            "for every guide in {guides} (print|show) its crispr score",
            "(guides|grnas|sgrnas) {guides}: [the] crispr score of each",
            "each of (these|the) (guides|sgrnas) in crispr mode: {guides}",
            "separate crispr scores for {guides}",
        ),
        says_es=each(
            " [{shots}]",
            "(puntua|evalua) cada una de (estas|las|mis) guias: {guides}",
            "(puntuacion|score) crispr de cada guia: {guides}",
            "(corre|ejecuta) el modo crispr con cada una de {guides}",
            "tengo varias guias, {guides}, (puntualas|evaluala) una por una",
            "para cada guia de {guides} muestra su puntuacion crispr",
        ),
        code="""from bioql import quantum

guides = [<<guides>>]
for guide in guides:
    result = quantum(
        f"Score CRISPR guide {guide}",
        api_key="",
        backend="simulator",
        shots=<<shots>>,
        mode="crispr",
    )
    print(guide, result.energy_estimate if result.success else result.error_message)
""",
        slots={"shots": plain_shots},
        defaults={"shots": "100"},
    ),
)
