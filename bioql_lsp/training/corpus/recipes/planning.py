# ruff: noqa: E501
"""Recipes that look before a run: how large its circuit is, and what it will cost."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot
from bioql_lsp.training.corpus.recipes.local import local
from bioql_lsp.training.corpus.recipes.programs import BELL, SENTENCES, head
from bioql_lsp.training.corpus.runs import (
    BACKENDS,
    DEFAULT_BACKEND,
    DEFAULT_SHOTS,
    GUARD,
    quantum_call,
    shots_slot,
)
from bioql_lsp.training.corpus.slots import open_integer, word
from bioql_lsp.training.corpus.split import Draw

_PARSE: Final = (
    "from bioql.compiler import parse_english_to_circuit\n\n"
    'circuit = parse_english_to_circuit("<<sentence>>")\n'
)
_COST: Final = (
    "from bioql.compiler import parse_english_to_circuit\n"
    "from bioql.quantum_connector import estimate_job_cost\n\n"
    'circuit = parse_english_to_circuit("<<sentence>>")\n'
    'estimate = estimate_job_cost(circuit, "<<backend>>", shots=<<shots>>)\n'
)


def _fact(name: str, expression: str, english: str, spanish: str, weight: float = 0.8) -> Recipe:
    """Compile a sentence and print one thing about its circuit."""
    return local(
        name,
        says=(
            f"{english} (of|for) {{sentence}}",
            f"(print|show|give me|tell me) {english} (of|for) {{sentence}}",
            f"(what is|what's) {english} (of|for) {{sentence}}",
            f"(compile|take) {{sentence}} and (print|show|report) {english}",
            f"{{sentence}}: {english}",
            f"{{sentence}}, {english} (please|only|before running)",
            f"(compute|get|find|work out) {english} (of|for) {{sentence}}",
            f"(i want|i need) {english} (of|for) {{sentence}}",
            f"(how do i|how to) (get|see) {english} (of|for) {{sentence}}",
            f"without running it, {english} (of|for) {{sentence}}",
            f"(check|look up) {english} (of|for) {{sentence}}",
            f"{english} that {{sentence}} (has|compiles to|ends up with)",
        ),
        says_es=(
            f"{spanish} de {{sentence}}",
            f"(muestra|dime|dame) {spanish} de {{sentence}}",
            f"(cual|cuál) es {spanish} de {{sentence}}",
            f"(compila|toma) {{sentence}} y (muestra|dime) {spanish}",
        ),
        code=_PARSE + f"print({expression})\n",
        weight=weight,
    )


def ibm_backend(draw: Draw) -> Said:
    """A backend that the package's estimate knows the price of: IonQ's would be free by it."""
    name = draw.choose(tuple(name for name in BACKENDS if name.startswith("ibm")))
    return Said(draw.choose(BACKENDS[name]), name, is_exact=True)


_PRICED: Final[dict[str, Slot]] = {"backend": ibm_backend}
_PRICED_DEFAULTS: Final = {"backend": DEFAULT_BACKEND, "shots": DEFAULT_SHOTS}
_WHERE: Final = "[on {backend}] [(with|for) {shots} shots]"
_WHERE_ES: Final = "[en {backend}] [con {shots} (shots|disparos)]"

RECIPES: Final[tuple[Recipe, ...]] = (
    _fact(
        "depth_run",
        "circuit.depth()",
        "[the] [circuit] depth",
        "la profundidad [del circuito]",
        1.2,
    ),
    _fact(
        "gate_counts",
        "dict(circuit.count_ops())",
        "[the] (gate counts|number of gates of each kind|gate totals|gates by type)",
        "(el numero de puertas de cada tipo|el recuento de puertas)",
        1.2,
    ),
    _fact(
        "qubit_number",
        "circuit.num_qubits",
        "[the] (number of qubits|qubit count|qubits needed|width in qubits)",
        "(el numero de qubits|los qubits necesarios)",
        1.0,
    ),
    _fact(
        "gate_total",
        "circuit.size()",
        "[the] (total number of gates|total gate count|circuit size|number of operations)",
        "(el numero total de puertas|el total de puertas)",
        0.8,
    ),
    _fact(
        "depth_and_gates",
        "circuit.depth(), dict(circuit.count_ops())",
        "[the] (depth and gate counts|depth and gates|gate counts and depth)",
        "la profundidad y (las puertas|el recuento de puertas)",
        0.8,
    ),
    _fact(
        "qubits_and_depth",
        "circuit.num_qubits, circuit.depth()",
        "[the] (qubits and depth|number of qubits and depth|width and depth)",
        "(el numero de qubits y la profundidad|los qubits y la profundidad)",
        0.8,
    ),
    _fact(
        "two_qubit_gates",
        "circuit.num_nonlocal_gates()",
        "[the] (number of two-qubit gates|two qubit gate count|number of entangling gates|cnot count)",
        "(el numero de puertas de dos qubits|las puertas de dos qubits)",
        0.6,
    ),
    local(
        "cost_before",
        says=(
            f"(how much|what) (would|will|does) {{sentence}} cost {_WHERE}",
            f"(estimate|calculate|compute|work out) the (cost|price) of {{sentence}} {_WHERE} [before running [it]]",
            f"(cost|price) [estimate] (of|for) {{sentence}} {_WHERE}",
            f"(estimated|expected) (cost|price) of {{sentence}} {_WHERE}",
            f"{{sentence}} {_WHERE}: (what will it cost|how expensive|price first|cost before running)",
            f"is {{sentence}} {_WHERE} expensive",
            f"(dollars|usd|money) (for|needed for) {{sentence}} {_WHERE}",
            f"(tell me|show|print) the (price|cost) before (running|i run) {{sentence}} {_WHERE}",
            f"(budget|quote) (for|of) {{sentence}} {_WHERE}",
            f"(i want|need) to know what {{sentence}} {_WHERE} costs",
            f"without running it, (cost|price) of {{sentence}} {_WHERE}",
            f"how many dollars is {{sentence}} {_WHERE}",
            f"(price check|cost check) {{sentence}} {_WHERE}",
        ),
        says_es=(
            f"(cuanto|cuánto) (cuesta|costaria|costará) {{sentence}} {_WHERE_ES}",
            f"(estima|calcula) el (coste|costo|precio) de {{sentence}} {_WHERE_ES}",
            f"(coste|costo|precio) [estimado] de {{sentence}} {_WHERE_ES}",
            f"presupuesto para {{sentence}} {_WHERE_ES}",
        ),
        code=_COST + 'print(estimate["cost_usd"])\n',
        slots=_PRICED,
        defaults=_PRICED_DEFAULTS,
        weight=1.8,
    ),
    local(
        "cost_ionq_run",
        says=(
            "(how much|what) (would|will|does|do) {shots} shots [of {sentence}] on {ionq} cost",
            "(cost|price) of {shots} shots on {ionq}",
            "(cost|price) of {sentence} on {ionq} with {shots} shots",
            "(estimate|calculate) the (cost|price) of {shots} shots on {ionq}",
            "{ionq}, {shots} shots: (cost|price|how much)",
            "{shots} shots on {ionq}, (price|cost) (please|in dollars)",
            "(dollars|usd) for {shots} shots (on|with) {ionq}",
            "(tell me|show|print) what {shots} shots on {ionq} (cost|will cost)",
            "(quote|budget) for {shots} {ionq} shots",
            "is {ionq} expensive for {shots} shots",
        ),
        says_es=(
            "(cuanto|cuánto) cuestan {shots} (disparos|shots) en {ionq}",
            "(coste|precio) de {shots} (disparos|shots) en {ionq}",
            "(coste|precio) de {sentence} en {ionq} con {shots} disparos",
        ),
        code="from bioql import list_available_backends\n\n"
        'ionq = list_available_backends()["ionq_hardware"]["ionq_qpu"]\n'
        'print(ionq["cost_per_shot"] * <<shots>>)\n',
        slots={"ionq": word("ionq", "IonQ", "ionq_qpu", "the ionq qpu", "ionq hardware")},
        weight=0.5,
    ),
    local(
        "time_before",
        says=(
            f"how long (would|will|does) {{sentence}} take {_WHERE}",
            f"(estimate|estimated|expected) (run time|runtime|time|duration) (of|for) {{sentence}} {_WHERE} [before running [it]]",
            f"(time|duration) estimate (of|for) {{sentence}} {_WHERE}",
            f"how many minutes (for|will) {{sentence}} {_WHERE} [take]",
            f"(minutes|waiting time) (to expect|needed) for {{sentence}} {_WHERE}",
            f"(tell me|show|print) how long {{sentence}} {_WHERE} (takes|will take)",
            f"{{sentence}} {_WHERE}: (how long|time needed|estimated minutes)",
            f"without running it, (time|duration) of {{sentence}} {_WHERE}",
            f"(work out|estimate) the minutes that {{sentence}} {_WHERE} needs",
            f"is {{sentence}} {_WHERE} slow, estimate the minutes",
        ),
        says_es=(
            f"(cuanto|cuánto) (tarda|tardaria|tardará) {{sentence}} {_WHERE_ES}",
            f"(estima|calcula) (el tiempo|la duracion) de {{sentence}} {_WHERE_ES}",
            f"(tiempo|duracion) [estimada|estimado] de {{sentence}} {_WHERE_ES}",
        ),
        code=_COST + 'print(estimate["time_estimate_minutes"])\n',
        slots=_PRICED,
        defaults=_PRICED_DEFAULTS,
        weight=0.7,
    ),
    local(
        "cost_and_time",
        says=(
            f"(estimate|show|print) (cost and time|time and cost|price and duration) (of|for) {{sentence}} {_WHERE}",
            f"(cost and time|time and cost|price and minutes) (of|for) {{sentence}} {_WHERE}",
            f"how (long and how expensive|expensive and how long) is {{sentence}} {_WHERE}",
            f"what will {{sentence}} {_WHERE} cost and how long will it take",
            f"{{sentence}} {_WHERE}: (cost and time|price and duration) (estimate|first)",
            f"(i want|need) the (cost and time|price and time) of {{sentence}} {_WHERE} (before|beforehand)",
            f"(full|complete) (estimate|job estimate) (for|of) {{sentence}} {_WHERE}",
            f"(budget and schedule|money and minutes) for {{sentence}} {_WHERE}",
            f"before running {{sentence}} {_WHERE}, show cost and time",
            f"(plan|planning) {{sentence}} {_WHERE}: how much, how long",
        ),
        says_es=(
            f"(coste y tiempo|tiempo y coste) de {{sentence}} {_WHERE_ES}",
            f"(cuanto|cuánto) cuesta y cuanto tarda {{sentence}} {_WHERE_ES}",
            f"(estima|calcula) coste y duracion de {{sentence}} {_WHERE_ES}",
        ),
        code=_COST + 'print(estimate["cost_usd"], estimate["time_estimate_minutes"])\n',
        slots=_PRICED,
        defaults=_PRICED_DEFAULTS,
        weight=0.7,
    ),
    local(
        "cost_warnings",
        says=(
            f"(warnings|any warnings|cost warnings) (for|about|of) {{sentence}} {_WHERE}",
            f"(print|show) the (warnings and recommendations|warnings) (for|of) {{sentence}} {_WHERE}",
            f"(are there|any) (problems|concerns|warnings) (with|about) running {{sentence}} {_WHERE}",
            f"recommendations (for|before running) {{sentence}} {_WHERE}",
            f"{{sentence}} {_WHERE}: (warnings|recommendations|warnings and recommendations)",
            f"(what should i|anything to) (watch out for|know|be careful about) with {{sentence}} {_WHERE}",
            f"(check|preflight check|sanity check) {{sentence}} {_WHERE} for warnings",
            f"job (warnings|advice) (for|of) {{sentence}} {_WHERE}",
            f"(advice|tips) on running {{sentence}} {_WHERE}",
            f"(warn me|tell me the risks) before running {{sentence}} {_WHERE}",
        ),
        says_es=(
            f"(avisos|advertencias) (para|de) {{sentence}} {_WHERE_ES}",
            f"(muestra|dame) las advertencias de {{sentence}} {_WHERE_ES}",
            f"recomendaciones para {{sentence}} {_WHERE_ES}",
        ),
        code=_COST + 'print(estimate["warnings"], estimate["recommendations"])\n',
        slots=_PRICED,
        defaults=_PRICED_DEFAULTS,
        weight=0.5,
    ),
    Recipe(
        "run_below_cost_do",
        says=(
            f"(run|execute) {{sentence}} {_WHERE} only if it costs (less than|under|below) {{dollars}} (dollars|usd)",
            f"{{sentence}} {_WHERE} (but|only) if (cheaper than|below|under) {{dollars}} (dollars|usd)",
            f"(stop|abort|refuse) if {{sentence}} {_WHERE} costs more than {{dollars}} (dollars|usd)",
            f"{{sentence}} {_WHERE} with a (budget|cost limit|spending limit) of {{dollars}} (dollars|usd)",
            f"(budget|limit|max cost) {{dollars}} (dollars|usd): (run|do) {{sentence}} {_WHERE}",
            f"do not spend more than {{dollars}} (dollars|usd) on {{sentence}} {_WHERE}",
            f"(check|estimate) the cost of {{sentence}} {_WHERE} and run it if (under|below) {{dollars}} (dollars|usd)",
            f"{{sentence}} {_WHERE}, (max|maximum|at most) {{dollars}} (dollars|usd)",
            f"(spend at most|i only have) {{dollars}} (dollars|usd), run {{sentence}} {_WHERE}",
            f"cost guard of {{dollars}} (dollars|usd) (around|for) {{sentence}} {_WHERE}",
        ),
        says_es=(
            f"(ejecuta|corre) {{sentence}} {_WHERE_ES} solo si cuesta menos de {{dollars}} dolares",
            f"{{sentence}} {_WHERE_ES} con un presupuesto de {{dollars}} dolares",
            f"no gastes mas de {{dollars}} (dolares|usd) en {{sentence}} {_WHERE_ES}",
        ),
        code=head(
            (),
            (
                "from bioql.compiler import parse_english_to_circuit",
                "from bioql.quantum_connector import estimate_job_cost",
            ),
        )
        + 'program = "<<sentence>>"\n'
        "circuit = parse_english_to_circuit(program)\n"
        'estimate = estimate_job_cost(circuit, "<<backend>>", shots=<<shots>>)\n'
        'if estimate["cost_usd"] > <<dollars>>:\n'
        "    raise SystemExit(f\"too expensive: {estimate['cost_usd']} USD\")\n"
        + quantum_call().replace('"<<sentence>>"', "program")
        + GUARD
        + "print(result.counts)\n",
        slots={**SENTENCES, **_PRICED, "shots": shots_slot, "dollars": open_integer(5, 5000, 5)},
        defaults={"sentence": BELL, **_PRICED_DEFAULTS},
        weight=0.7,
    ),
)
