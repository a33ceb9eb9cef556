# ruff: noqa: E501
"""Recipes that run several programs, or one program several times."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said
from bioql_lsp.training.corpus.recipes.programs import head
from bioql_lsp.training.corpus.recipes.workflows import call, inside, program_recipe
from bioql_lsp.training.corpus.runs import BACKENDS, GUARD
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw


def _loop(header: str, once: str, tail: str) -> str:
    """A loop with a pause, since each pass is a job of its own."""
    return f"{header}:\n" + inside(once + GUARD + tail + "time.sleep(1)\n")


def backend_names(draw: Draw) -> Said:
    """Two or three backends; the code holds them as the items of a list."""
    names = draw.rng.sample(tuple(BACKENDS), draw.choose((2, 2, 3)))
    said = [draw.choose(BACKENDS[name]) for name in names]
    last = draw.choose((draw.local(" and ", " y "), ", "))
    written = ", ".join(f'"{name}"' for name in names)
    return Said(", ".join(said[:-1]) + last + said[-1], written, is_exact=True)


def shot_numbers(draw: Draw) -> Said:
    """Two to four numbers of shots, rising; the code holds them as the items of a list."""
    numbers = sorted(
        draw.rng.sample((10, 50, 100, 200, 250, 500, 1000, 2000, 4000), draw.choose((2, 3, 3, 4)))
    )
    texts = [str(number) for number in numbers]
    last = draw.choose((draw.local(" and ", " y "), ", "))
    return Said(", ".join(texts[:-1]) + last + texts[-1], ", ".join(texts), is_exact=True)


def qubit_range(draw: Draw) -> Said:
    """A range of qubit numbers, both ends included as said; the code holds range arguments."""
    low = draw.rng.randint(2, 4)
    high = low + draw.rng.randint(2, 5)
    said = draw.choose((f"{low}-{high}", draw.local(f"{low} to {high}", f"{low} a {high}")))
    return Said(said, f"{low}, {high + 1}", is_exact=True)


RECIPES: Final[tuple[Recipe, ...]] = (
    program_recipe(
        "two_programs",
        says=(
            "(run|execute) {pair} (one after the other|in a loop|in turn)",
            "(compare|contrast) {pair}",
            "compare the counts of {pair}",
            "loop over {pair}",
            "{pair}, (both|one by one)",
            "(run|do|execute) both {pair}",
            "(run|execute) (several|two|2) programs: {pair}",
            "(counts|results) (for|of) both {pair}",
            "(batch|series) of {pair}",
            "(i want|i need) to (run|compare) {pair}",
            "side by side: {pair}",
            "(first|run first) and then the other: {pair}",
        ),
        says_es=(
            "(ejecuta|corre) {pair} (uno tras otro|en un bucle)",
            "(compara|comparar) {pair}",
            "bucle (sobre|con) {pair}",
            "(ejecuta|corre) (los dos|dos programas): {pair}",
        ),
        code=head(("import time",))
        + "programs = [\n<<pair>>\n]\n"
        + _loop("for program in programs", call("program"), "print(program, result.counts)\n"),
        weight=1.2,
    ),
    program_recipe(
        "three_programs",
        says=(
            "(run|execute) {trio} (one after the other|in a loop|in turn)",
            "(compare|contrast) {trio}",
            "loop over {trio}",
            "{trio}, (all three|one by one)",
            "(run|do|execute) all [three] of {trio}",
            "(run|execute) (several|three|3) programs: {trio}",
            "(counts|results) (for|of) all of {trio}",
            "(batch|series) of {trio}",
            "(i want|i need) to (run|compare) {trio}",
            "three jobs: {trio}",
        ),
        says_es=(
            "(ejecuta|corre) {trio} (uno tras otro|en un bucle)",
            "(compara|comparar) {trio}",
            "bucle (sobre|con) {trio}",
            "(ejecuta|corre) (los tres|tres programas): {trio}",
        ),
        code=head(("import time",))
        + "programs = [\n<<trio>>\n]\n"
        + _loop("for program in programs", call("program"), "print(program, result.counts)\n"),
        weight=0.5,
    ),
    program_recipe(
        "backends_loop",
        says=(
            "(run|execute) {sentence} on {backends}",
            "(compare|contrast) {backends} (on|with|for) {sentence}",
            "{sentence} on {backends}, (compare|one after the other|loop)",
            "loop over [the backends] {backends} (with|running) {sentence}",
            "(same program|the same job), {sentence}, on {backends}",
            "(compare|benchmark) backends {backends} with {sentence}",
            "how does {sentence} (differ|compare) (on|between) {backends}",
            "{backends}: {sentence} on each",
            "(try|run|repeat) {sentence} on each of {backends}",
            "(counts|results) of {sentence} (from|for) {backends}",
            "(i want|i need) {sentence} (run|executed) on {backends}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} en {backends}",
            "(compara|comparar) {backends} con {sentence}",
            "{sentence} en cada uno de {backends}",
            "bucle sobre los backends {backends} con {sentence}",
        ),
        code=head(("import time",))
        + _loop(
            "for backend in [<<backends>>]",
            call('"<<sentence>>"', backend="backend"),
            "print(backend, result.counts)\n",
        ),
        slots={"backends": backend_names},
        weight=1.2,
    ),
    program_recipe(
        "shots_loop",
        says=(
            "(run|execute) {sentence} with {numbers} shots",
            "(compare|vary) {numbers} shots (for|with|of) {sentence}",
            "{sentence} with {numbers} shots, (compare|one after the other)",
            "loop over shots {numbers} (for|with) {sentence}",
            "shot (counts|numbers) {numbers} for {sentence}",
            "(try|run|repeat) {sentence} with each of {numbers} shots",
            "how do the counts of {sentence} change with {numbers} shots",
            "(convergence|statistics) of {sentence} (at|with) {numbers} shots",
            "{numbers} shots: {sentence} for each",
            "sweep [the] shots {numbers} (on|for) {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} con {numbers} disparos",
            "(compara|comparar) {numbers} disparos (para|con) {sentence}",
            "bucle sobre los disparos {numbers} con {sentence}",
        ),
        code=head(("import time",))
        + _loop(
            "for shots in [<<numbers>>]",
            call('"<<sentence>>"', shots="shots"),
            "print(shots, result.counts)\n",
        ),
        slots={"numbers": shot_numbers},
        weight=0.8,
    ),
    program_recipe(
        "qubits_loop_job",
        says=(
            "(run|execute|make) superpositions of {range} qubits",
            "superposition for {range} qubits, (loop|one after the other)",
            "loop over {range} qubits [in superposition]",
            "(for|with) {range} qubits (run|make) a superposition [each]",
            "(scale|scan|sweep) the superposition from {range} qubits",
            "superposition (sweep|scan|series) {range} qubits",
            "(increase|vary) the (number of |)qubits {range}, superposition each time",
            "{range} qubits in superposition, each in its own run",
            "(how do the counts change|counts) for superpositions of {range} qubits",
            "for n = {range} a superposition of n qubits",
        ),
        says_es=(
            "superposiciones de {range} qubits (en un bucle|una tras otra)",
            "bucle de {range} qubits en superposicion",
            "(ejecuta|haz) superposiciones de {range} qubits",
        ),
        code=head(("import time",))
        + _loop(
            "for n in range(<<range>>)",
            call('f"Prepare a superposition of {n} qubits"'),
            "print(n, result.counts)\n",
        ),
        slots={"range": qubit_range},
        weight=0.5,
    ),
    program_recipe(
        "repeat_sum",
        says=(
            "(repeat|run|execute) {sentence} {times} (times in total|times over|rounds) and (sum|add up|accumulate|merge) the counts",
            "(sum|total|combine) the counts of {times} runs of {sentence}",
            "{times} (runs|repetitions|rounds) of {sentence}, (sum|add|merge) the counts",
            "(accumulate|collect|aggregate) counts over {times} (runs|repetitions) of {sentence}",
            "{sentence} in {times} (jobs|runs) with summed counts",
            "(split|spread) {sentence} over {times} (jobs|runs) and add the counts",
            "add up {times} (repetitions|jobs) of {sentence}",
            "counter over {times} runs of {sentence}",
            "loop {times} times over {sentence} and (sum|add up) [the counts]",
            "(i want|i need) the summed counts of {times} runs of {sentence}",
            "merge the results of {times} repeated {sentence} runs",
        ),
        says_es=(
            "(repite|ejecuta) {sentence} en {times} rondas y suma los conteos",
            "suma los conteos de {times} (ejecuciones|rondas) de {sentence}",
            "{times} (repeticiones|ejecuciones) de {sentence} y suma [los conteos]",
            "(acumula|junta) los conteos de {times} ejecuciones de {sentence}",
        ),
        code=head(("import time", "from collections import Counter"))
        + "total: Counter[str] = Counter()\n"
        + _loop(
            "for _ in range(<<times>>)", call('"<<sentence>>"'), "total.update(result.counts)\n"
        )
        + "print(total)\n",
        slots={"times": integer(2, 20)},
    ),
    program_recipe(
        "retry",
        says=(
            "(run|execute) {sentence} and (retry|try again) once (if it fails|on failure)",
            "{sentence} with (one|a single|1) retry",
            "retry {sentence} once [on failure|if it fails]",
            "{sentence}, (if it fails|on failure) (retry|run it again) once",
            "(try|attempt) {sentence} twice (at most|if needed)",
            "(second|another) attempt for {sentence} (if the first fails|on failure)",
            "make {sentence} robust with one retry",
            "(repeat|resubmit) {sentence} once when it (fails|goes wrong)",
            "(run|do) {sentence}, one retry",
            "{sentence} with a second try",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (reintenta|intenta de nuevo) una vez si falla",
            "{sentence} con un reintento",
            "(reintenta|repite) {sentence} una vez si falla",
        ),
        code=head(("import time",))
        + "for _ in range(2):\n"
        + inside(call('"<<sentence>>"') + "if result.success:\n    break\ntime.sleep(1)\n")
        + GUARD
        + "print(result.counts)\n",
        weight=0.8,
    ),
    program_recipe(
        "retry_times",
        says=(
            "(run|execute) {sentence} with up to {tries} (attempts|tries)",
            "{sentence} with {tries} (attempts|tries)",
            "(try|attempt) {sentence} up to {tries} times until it works",
            "{sentence}, at most {tries} (attempts|tries)",
            "retry {sentence} (until it succeeds|until success), max[imum] {tries} (attempts|tries)",
            "{tries} (attempts|tries) (for|at) {sentence}",
            "(keep trying|loop) {sentence} until success, {tries} (tries|attempts) max",
            "(make|give) {sentence} {tries} attempts [before giving up]",
            "give up on {sentence} after {tries} (failed|) (attempts|tries)",
            "robust run of {sentence} with {tries} (attempts|tries)",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} con (hasta|un maximo de) {tries} intentos",
            "{sentence} con {tries} intentos",
            "intenta {sentence} hasta {tries} veces hasta que funcione",
        ),
        code=head(("import time",))
        + "for _ in range(<<tries>>):\n"
        + inside(call('"<<sentence>>"') + "if result.success:\n    break\ntime.sleep(1)\n")
        + GUARD
        + "print(result.counts)\n",
        slots={"tries": integer(3, 8)},
        weight=0.6,
    ),
)
