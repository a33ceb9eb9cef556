# ruff: noqa: E501
"""Recipes that run a program and print something of its result."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said
from bioql_lsp.training.corpus.recipes.programs import result_run
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw


def bits(draw: Draw) -> Said:
    """A bit string to look for in counts."""
    width = draw.choose((1, 2, 2, 3, 4))
    text = format(draw.rng.randrange(2**width), f"0{width}b")
    return Said(draw.choose((text, text, f"|{text}>")), text, is_exact=True)


_SHOWN: Final = (
    ("result.counts", "[the] counts", "los conteos"),
    ("result.probabilities()", "[the] probabilities", "las probabilidades"),
    ("result.most_likely_outcome", "[the] (most likely outcome|top outcome|most probable state)", "el resultado mas probable"),
    ("result.job_id", "[the|its] job id", "el id del trabajo"),
    ("result.cost_estimate", "([the|its] cost|what it cost|the price)", "(el coste|lo que costo)"),
    ("result.execution_time", "([the] execution time|[the] runtime|how long it took)", "(el tiempo de ejecucion|cuanto tardo)"),
    ("result.backend_name", "[the] (backend name|name of the backend)", "el nombre del backend"),
    ("result.total_shots", "[the] total shots", "el total de shots"),
)  # fmt: skip
"""What a request may ask to see, in English and Spanish."""


def shown_pair(draw: Draw) -> Said:
    """Two things of a result to print, in the order in which they are said."""
    chosen = draw.rng.sample(_SHOWN, 2)
    said = ("".join(map(str, expand(draw.local(*each[1:]), draw.rng))).strip() for each in chosen)
    joined = draw.choose((draw.local(" and ", " y "), " + ", ", "))
    return Said(joined.join(said), ", ".join(each[0] for each in chosen))


def _printed(name: str, attribute: str, english: str, spanish: str, weight: float = 0.8) -> Recipe:
    """Run a sentence and print one thing of the result: what it is called, in both languages."""
    return result_run(
        name,
        says=(
            f"(run|execute|do) {{sentence}} and (print|show|tell me|give me) {english}",
            f"(print|show|give me|get|return) {english} (of|for|from) {{sentence}}",
            f"{english} (of|for|from) {{sentence}}",
            f"{{sentence}} (and|then) (print|show|return) {english}",
            f"(what is|what's) {english} (of|for) {{sentence}}",
            f"{{sentence}}, (only|just) {english}",
            f"(i want|i need) {english} (of|for) {{sentence}}",
            f"after (running|executing) {{sentence}} (print|show) {english}",
            f"(how do i|how to) (get|see|read|print) {english} (of|for|when running) {{sentence}}",
            f"{{sentence}}: {english}",
            f"(can you|please) (run|execute) {{sentence}} and (report|return|output) {english}",
            f"(display|output|report) {english} when {{sentence}} (has run|is done|finished)",
        ),
        says_es=(
            f"(ejecuta|corre|haz) {{sentence}} y (muestra|imprime|dime|dame) {spanish}",
            f"(muestra|imprime|dame) {spanish} de {{sentence}}",
            f"{spanish} de {{sentence}}",
            f"(cual|cuál) es {spanish} de {{sentence}}",
            f"{{sentence}}, (solo|solamente) {spanish}",
        ),
        tail=f"print({attribute})\n",
        weight=weight,
    )  # fmt: skip


RECIPES: Final[tuple[Recipe, ...]] = (
    _printed(
        "print_counts",
        "result.counts",
        "(the |)(counts|measurement counts|raw counts)",
        "(los conteos|las cuentas)",
        1.5,
    ),
    _printed(
        "most_likely",
        "result.most_likely_outcome",
        "[the] (most likely|most probable|most frequent|winning) (outcome|state|result|bitstring)",
        "el (resultado|estado) mas (probable|frecuente)",
        1.5,
    ),
    _printed(
        "probabilities",
        "result.probabilities()",
        "[the] (probabilities|outcome probabilities|probability distribution|state probabilities)",
        "(las probabilidades|la distribucion de probabilidad)",
        1.5,
    ),
    _printed(
        "execution_time",
        "result.execution_time",
        "[the] (execution time|run time|runtime|time it took)",
        "(el tiempo de ejecucion|cuanto tardo)",
    ),
    _printed(
        "job_id",
        "result.job_id",
        "[the] (job id|job identifier|job number|ID of the job)",
        "el (id del trabajo|identificador del trabajo|job id)",
    ),
    _printed(
        "cost_after",
        "result.cost_estimate",
        "(what the run cost|the cost after the run|the price paid|the cost in the result)",
        "(lo que costo la ejecucion|el coste de la ejecucion)",
    ),
    _printed(
        "backend_name",
        "result.backend_name",
        "(the name of the backend|which backend ran it|the backend name|the backend used)",
        "(el nombre del backend|el backend usado)",
        0.5,
    ),
    _printed(
        "total_shots",
        "result.total_shots",
        "(the total number of shots|the number of shots measured|the total shots|how many shots were counted)",
        "(el numero total de disparos|el total de shots)",
        0.5,
    ),
    _printed(
        "metadata",
        "result.metadata",
        "[the] (metadata|job metadata|run metadata|all metadata)",
        "(los metadatos|la metadata)",
        0.6,
    ),
    _printed(
        "interpretation",
        "result.bio_interpretation",
        "[the] (bio interpretation|biological interpretation|biological meaning|interpreted result)",
        "la interpretacion (biologica|bio)",
        0.9,
    ),
    _printed(
        "circuit_depth_run",
        'result.metadata.get("circuit_depth")',
        "[the] (circuit depth reported by the run|depth from the metadata|metadata circuit depth)",
        "la profundidad (segun los metadatos|en los metadatos)",
        0.3,
    ),
    _printed(
        "queue_estimate_job",
        'result.metadata.get("queue_estimate")',
        "[the] (queue estimate|estimated queue time|queue time|waiting time in the queue)",
        "(la cola estimada|el tiempo de cola|la espera en cola)",
        0.4,
    ),
    _printed(
        "distinct_states",
        "len(result.counts)",
        "(how many different states|the number of distinct outcomes|the number of different bitstrings)",
        "(cuantos estados distintos|el numero de resultados diferentes)",
        0.5,
    ),
    result_run(
        "state_probability_run",
        says=(
            "(what is|what's) the probability of [state|measuring|getting] {bits} in {sentence}",
            "(run|execute) {sentence} and (print|show|give me) the probability of {bits}",
            "probability of {bits} (in|for|from) {sentence}",
            "how (likely|probable) is {bits} in {sentence}",
            "P({bits}) (of|for) {sentence}",
            "{sentence}, (chance|probability|odds) of [measuring] {bits}",
            "(get|show|print) the chance of (seeing|measuring) {bits} (for|with) {sentence}",
            "(fraction|share|percentage) of {bits} in {sentence}",
            "(i want|i need) the probability of {bits} after {sentence}",
            "(how often|what fraction of the time) does {sentence} give {bits}",
            "chance that {sentence} (ends|comes out|is measured) in {bits}",
            "(compute|estimate) p({bits}) from {sentence}",
        ),
        says_es=(
            "(cual es la|) probabilidad de {bits} en {sentence}",
            "(ejecuta|corre) {sentence} y (muestra|dame) la probabilidad de {bits}",
            "que tan probable es {bits} en {sentence}",
            "{sentence}, probabilidad de [medir] {bits}",
        ),
        tail='print(result.probabilities().get("<<bits>>", 0.0))\n',
        slots={"bits": bits},
    ),
    result_run(
        "state_count",
        says=(
            "how many times (is|was) {bits} measured in {sentence}",
            "(run|execute) {sentence} and (print|show|give me) the count (of|for) {bits}",
            "count of [state] {bits} (in|for|from) {sentence}",
            "{sentence}, (only|just) the count of {bits}",
            "number of {bits} (results|outcomes|measurements) in {sentence}",
            "(get|print|show) how often {bits} (appears|occurs|shows up) in {sentence}",
            "(entry|bin) {bits} of the counts (of|for) {sentence}",
            "(i want|i need) the number of shots that gave {bits} in {sentence}",
            "hits on {bits} for {sentence}",
            "(how many|the number of) shots of {sentence} end in {bits}",
        ),
        says_es=(
            "cuantas veces (sale|aparece|se mide) {bits} en {sentence}",
            "(ejecuta|corre) {sentence} y (muestra|dame) el conteo de {bits}",
            "conteo de {bits} en {sentence}",
            "numero de (medidas|resultados) {bits} en {sentence}",
        ),
        tail='print(result.counts.get("<<bits>>", 0))\n',
        slots={"bits": bits},
        weight=0.7,
    ),
    result_run(
        "top_states_do",
        says=(
            "(run|execute|do) {sentence} and (print|show|list) the (top|best|first) {k} (states|outcomes|results|counts)",
            "(top|best) {k} (states|outcomes|bitstrings) (of|for|from) {sentence}",
            "{k} most (likely|frequent|probable|common) (states|outcomes|results) (of|for|from) {sentence}",
            "(which|what) are the {k} most (likely|frequent|common) (outcomes|states) of {sentence}",
            "{sentence}, (top|only the top|best) {k}",
            "(list|give me|print) the {k} (highest|largest|biggest) counts (of|for|from) {sentence}",
            "(i want|i need) the {k} most (common|probable) bitstrings (of|for) {sentence}",
            "(leading|dominant) {k} (states|outcomes) of {sentence}",
            "(show|print) {sentence} results, (most frequent|best) {k} only",
            "{sentence} then (keep|take|print) the {k} best (counts|states)",
            "top-{k} (counts|states) {sentence}",
            "(how do i|how to) (get|see) the {k} most frequent results of {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (muestra|lista) los {k} (estados|resultados) mas (probables|frecuentes)",
            "los {k} (resultados|estados) mas (frecuentes|probables) de {sentence}",
            "{sentence}, (solo|) los {k} mejores",
            "(muestra|dame) los {k} conteos mas altos de {sentence}",
        ),
        tail="for state, count in sorted(result.counts.items(), key=lambda item: -item[1])[:<<k>>]:\n    print(state, count)\n",
        slots={"k": integer(2, 10)},
        weight=1.3,
    ),
    result_run(
        "sorted_counts",
        says=(
            "(run|execute|do) {sentence} and (print|show|list) the counts (sorted|from high to low|in descending order|ordered)",
            "sorted counts (of|for|from) {sentence}",
            "{sentence}, counts (sorted|from high to low|ordered by frequency)",
            "(rank|order|sort) the (outcomes|states|results) of {sentence} by (count|frequency)",
            "(print|show|list) [all] (states|outcomes) of {sentence} (by frequency|with the most frequent first)",
            "{sentence} with the counts (ranked|in descending order)",
            "(i want|i need) the counts of {sentence} (sorted|in order), (biggest|highest) first",
            "(ordered|ranked) (table|list) of (counts|results) for {sentence}",
            "counts from (largest to smallest|high to low) for {sentence}",
            "after {sentence} (sort|order) the counts and print them",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (muestra|lista) los conteos (ordenados|de mayor a menor)",
            "conteos ordenados de {sentence}",
            "(ordena|clasifica) los resultados de {sentence} por frecuencia",
            "{sentence}, conteos de mayor a menor",
        ),
        tail="for state, count in sorted(result.counts.items(), key=lambda item: -item[1]):\n    print(state, count)\n",
        weight=0.8,
    ),
    result_run(
        "shown_pair_run",
        says=(
            "(run|execute|do) {sentence} and (print|show|tell me|give me) {pair}",
            "(print|show|report) {pair} (of|for|from) {sentence}",
            "{sentence}, (print|show|with) {pair}",
            "{pair} (of|for|after) {sentence}",
            "(i want|i need) {pair} (of|for) {sentence}",
            "{sentence} then {pair}",
            "(run|launch) {sentence} ; (output|return|log) {pair}",
            "{sentence}: {pair}",
            "(what are|tell me) {pair} (of|for|when i run) {sentence}",
            "both {pair} for {sentence}",
            "after {sentence} i want to see {pair}",
            "# {sentence} -> {pair}",
            "(send|submit) {sentence} and (log|note|write down) {pair}",
            "(once|when) {sentence} is done , (print|report) {pair}",
            "(hand|give) me {pair} when {sentence} is through",
            "{pair} , program: {sentence}",
            "two things of {sentence}: {pair}",
        ),
        says_es=(
            "(ejecuta|corre|haz) {sentence} y (muestra|imprime|dame) {pair}",
            "(muestra|imprime|dame) {pair} de {sentence}",
            "{sentence}, {pair}",
            "{pair} de {sentence}",
            "quiero {pair} de {sentence}",
            "despues de {sentence} (muestra|imprime) {pair}",
        ),
        tail="print(<<pair>>)\n",
        slots={"pair": shown_pair},
    ),
    result_run(
        "percentages",
        says=(
            "(run|execute|do) {sentence} and (print|show) the (percentages|percent of each state)",
            "percentages (of|for|from) {sentence}",
            "{sentence}, (in percent|as percentages|with percentages)",
            "(print|show) each (state|outcome) of {sentence} (in percent|with its percentage|as a percentage)",
            "(what|which) percentage does each (state|outcome) have in {sentence}",
            "percent of (each|every) (state|outcome|bitstring) for {sentence}",
            "(i want|give me) the outcome percentages of {sentence}",
            "(convert|turn) the counts of {sentence} (to|into) percentages",
            "distribution of {sentence} in percent",
            "(list|show) the states of {sentence} with (their|the) share in %",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (muestra|imprime) los porcentajes",
            "porcentajes de {sentence}",
            "{sentence} en (porcentajes|porcentaje|%)",
            "(muestra|dame) el porcentaje de cada estado de {sentence}",
        ),
        tail='for state, share in result.probabilities().items():\n    print(f"{state} {share:.1%}")\n',
        weight=0.7,
    ),
    result_run(
        "features_use",
        says=(
            "(run|execute|do) {sentence} and (print|show|compute) the entropy and purity",
            "(entropy|entropy and purity) of [the counts of] {sentence}",
            "{sentence}, (then|and) (entropy|entropy and purity) of the (counts|distribution)",
            "(compute|calculate|print) the (shannon|) entropy of the outcomes of {sentence}",
            "how (random|spread out) is {sentence}, entropy (and purity|in bits)",
            "(quantum features|entropy features) of {sentence}",
            "(extract|get) [the] quantum features (of|from) {sentence}",
            "(i want|give me) the entropy of {sentence}",
            "(entropy|purity) (analysis|of the result) for {sentence}",
            "extract_quantum_features on {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (calcula|muestra) la entropia y la pureza",
            "entropia de {sentence}",
            "(calcula|dame) la entropia de los conteos de {sentence}",
            "entropia y pureza de {sentence}",
        ),
        bioql="from bioql import extract_quantum_features, quantum",
        tail="features = extract_quantum_features(result.counts)\nprint(features.entropy_bits, features.purity)\n",
        weight=0.5,
    ),
)
