"""Recipes on profiling runs, comparing backends."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.recipes.mitigated_runs import circuit, plain_circuit
from bioql_lsp.training.corpus.runs import BACKENDS, DEFAULT_BACKEND, backend_slot, shots_slot
from bioql_lsp.training.corpus.slots import file_name
from bioql_lsp.training.corpus.split import Draw


def backends(draw: Draw) -> Said:
    """Two or three backends, as the items of a list."""
    names = draw.rng.sample(list(BACKENDS), draw.choose((2, 2, 2, 3)))
    said = [draw.choose(BACKENDS[name]) for name in names]
    last = draw.local(" and ", " y ")
    text = draw.choose((", ".join(said), ", ".join(said[:-1]) + last + said[-1]))
    return Said(text, ", ".join(f'"{name}"' for name in names), is_exact=True)


SLOTS: Final[dict[str, Slot]] = {
    "circuit": circuit,
    "backend": backend_slot,
    "backends": backends,
    "shots": shots_slot,
    "mode": option(
        ("MINIMAL", "minimal", "minimo"),
        ("STANDARD", "standard", "estandar"),
        ("DETAILED", "detailed", "detallado"),
        ("DEBUG", "debug", "debug"),
    ),
    "part": option(
        ("cost_metrics", "(cost metrics|costs|cost breakdown)", "([las] metricas de costo|[los] costos)"),
        ("bottlenecks", "bottlenecks", "[los] cuellos de botella"),
        ("circuit_metrics", "circuit metrics", "[las] metricas del circuito"),
        ("stages", "(time of each stage|stage times|stages)", "([las] etapas|[el] tiempo por etapa)"),
        ("overhead_percentage", "profiling overhead", "[la] sobrecarga del perfilado"),
        ("total_duration", "(total duration|total time|total runtime)", "([la] duracion total|[el] tiempo total)"),
    ),
    "winner": option(
        ("fastest", "(fastest|quickest)", "mas rapido"),
        ("cheapest", "(cheapest|least expensive)", "mas barato"),
        ("least_bottlenecks", "least bottlenecked", "con menos cuellos de botella"),
    ),
    "json": file_name("json", "timing", "perf"),
    "md": file_name("md", "timing", "perf"),
}  # fmt: skip
DEFAULTS: Final = {"backend": DEFAULT_BACKEND, "shots": "100"}
HEAD: Final = "import os\n\nfrom bioql import quantum\nfrom bioql.profiler import Profiler\n\n"
CALL: Final = """profile = profiler.profile_quantum(
    quantum,
    "<<circuit>>",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="<<backend>>",
    shots=<<shots>>,
)
"""
COMPARE: Final = """comparison = Profiler().compare_backends(
    quantum,
    [<<backends>>],
    "<<circuit>>",
    api_key=os.environ["BIOQL_API_KEY"],
    shots=<<shots>>,
)
"""

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "profile_run_values",
        says=(
            "profile {circuit} [on {backend}] [with {shots} shots]",
            "(profile|time|measure the performance of) a run of {circuit} [on {backend}] [with {shots} shots]",
            "how long does {circuit} take [on {backend}] [with {shots} shots]",
            "performance profile of {circuit} [on {backend}]",
            "run {circuit} [on {backend}] [with {shots} shots] (under|with|through) the profiler",
            "use the profiler on {circuit} [, {shots} shots]",
            "i want to know how (slow|fast) {circuit} is [on {backend}]",
            "profiling {circuit} [, backend {backend}]",
            "benchmark the run time of {circuit} [on {backend}]",
            "Profiler for {circuit} [with {shots} shots on {backend}]",
            "measure how much time {circuit} needs [on {backend}]",
            "timing of {circuit} [with {shots} shots]",
        ),
        says_es=(
            "perfila {circuit} [en {backend}] [con {shots} disparos]",
            "cuanto tarda {circuit} [en {backend}]",
            "mide el rendimiento de {circuit} [en {backend}] [con {shots} shots]",
            "ejecuta {circuit} con el profiler [en {backend}]",
            "perfil de rendimiento de {circuit}",
        ),
        code=HEAD
        + "profiler = Profiler()\n"
        + CALL
        + 'print(profile["success"], profile["profiling"]["total_duration"])\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=1.5,
    ),
    Recipe(
        "profile_part",
        says=(
            "profile {circuit} [on {backend}] and (show|print|give me) the {part}",
            "{part} of [a run of] {circuit} [on {backend}] [with {shots} shots]",
            "(show|print|get) [the] {part} (when|while) profiling {circuit} [on {backend}]",
            "run {circuit} [on {backend}] [with {shots} shots] and report the {part}",
            "profiler {part} for {circuit} [on {backend}]",
            "what are the {part} of {circuit} [on {backend}]",
            "profile {circuit}: {part}",
            "i need the {part} for {circuit} [with {shots} shots]",
            "find the {part} of {circuit} [on {backend}] with the profiler",
            "{circuit} profiling, only the {part}",
        ),
        says_es=(
            "perfila {circuit} [en {backend}] y muestra {part}",
            "{part} de {circuit} [en {backend}] [con {shots} disparos]",
            "ejecuta {circuit} con el profiler y dame {part}",
            "quiero {part} de {circuit} [en {backend}]",
        ),
        code=HEAD + "profiler = Profiler()\n" + CALL + 'print(profile["profiling"]["<<part>>"])\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=1.2,
    ),
    Recipe(
        "profile_mode_count",
        says=(
            "profile {circuit} [on {backend}] in {mode} mode",
            "{mode} profiling of {circuit} [on {backend}] [with {shots} shots]",
            "{mode} profile of {circuit} [on {backend}]",
            "(run|use) the profiler in {mode} mode (on|for) {circuit} [on {backend}]",
            "profiler mode {mode}, {circuit} [on {backend}]",
            "(make|create) a {mode} performance profile for {circuit} [with {shots} shots]",
            "i want a {mode} profile of {circuit} [on {backend}]",
            "ProfilingMode {mode} for {circuit}",
            "set profiling to {mode} and run {circuit} [on {backend}]",
            "{circuit} with {mode} profiling",
        ),
        says_es=(
            "perfila {circuit} [en {backend}] en modo {mode}",
            "perfilado {mode} de {circuit} [con {shots} disparos]",
            "usa el profiler en modo {mode} para {circuit} [en {backend}]",
            "quiero un perfil {mode} de {circuit}",
        ),
        code="import os\n\nfrom bioql import quantum\nfrom bioql.profiler import Profiler, ProfilingMode\n\n"
        "profiler = Profiler(mode=ProfilingMode.<<mode>>)\n"
        + CALL
        + 'print(profile["profiling"])\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.8,
    ),
    Recipe(
        "profile_json",
        says=(
            "profile {circuit} [on {backend}] [with {shots} shots] and (save|write|export) [the report to] {json}",
            "(save|write) a profile of {circuit} [on {backend}] (to|as|in) {json}",
            "performance report {json} for {circuit} [on {backend}]",
            "export profiling data of {circuit} to {json}",
            "profile {circuit}, output {json}",
            "{json} with the profile of {circuit} [with {shots} shots]",
            "i need a json profile {json} of {circuit} [on {backend}]",
            "run {circuit} in the profiler and store the report in {json}",
            "json profiling report of {circuit} as {json}",
            "keep the timings of {circuit} in {json}",
        ),
        says_es=(
            "perfila {circuit} [en {backend}] y guarda [el informe en] {json}",
            "informe de rendimiento {json} de {circuit} [con {shots} disparos]",
            "exporta el perfil de {circuit} a {json}",
            "guarda los tiempos de {circuit} en {json}",
        ),
        code=HEAD
        + "profiler = Profiler()\n"
        + CALL
        + 'profiler.export_report("<<json>>", format="json")\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.8,
    ),
    Recipe(
        "profile_markdown",
        says=(
            "profile {circuit} [on {backend}] [with {shots} shots] and (save|write|export) [a markdown report to] {md}",
            "markdown (profile|report|profiling report) {md} (of|for) {circuit} [on {backend}]",
            "(write|save) the profile of {circuit} as markdown in {md}",
            "readable performance report {md} for {circuit}",
            "{md} with profiling results of {circuit} [on {backend}]",
            "profile {circuit}, output {md}",
            "i want a markdown file {md} with the performance of {circuit}",
            "document the performance of {circuit} in {md}",
            "export a markdown profiling report of {circuit} to {md}",
            "performance notes on {circuit} into {md}",
        ),
        says_es=(
            "perfila {circuit} [en {backend}] y guarda un informe markdown en {md}",
            "informe markdown {md} del rendimiento de {circuit}",
            "exporta el perfil de {circuit} como markdown a {md}",
            "documenta el rendimiento de {circuit} en {md}",
        ),
        code=HEAD
        + "profiler = Profiler()\n"
        + CALL
        + 'profiler.export_report("<<md>>", format="markdown")\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.7,
    ),
    Recipe(
        "compare_backends",
        says=(
            "compare the performance of {backends} (for|on|with) {circuit} [and {shots} shots]",
            "profile {circuit} on {backends} and compare [them]",
            "which (backend|machine) performs best for {circuit}: {backends}",
            "backend performance comparison {backends} with {circuit}",
            "profile {circuit} across {backends}",
            "how do {backends} perform on {circuit} [with {shots} shots]",
            "performance benchmark of {backends} with {circuit} [, {shots} shots each]",
            "i can use {backends}; profile them on {circuit} and name the winner",
            "{circuit}: compare {backends} in speed and cost",
            "profile {circuit} on each of {backends} and tell me the winner",
            "Profiler compare_backends {backends} {circuit}",
            "performance of {circuit} on {backends} side by side",
            "speed and cost of {circuit} on {backends} [with {shots} shots]",
        ),
        says_es=(
            "compara el rendimiento de {backends} con {circuit} [y {shots} disparos]",
            "perfila {circuit} en {backends} y compara",
            "que backend rinde mejor para {circuit}: {backends}",
            "comparación de rendimiento de {backends} con {circuit}",
            "velocidad y costo de {circuit} en {backends}",
        ),
        code=HEAD + COMPARE + 'print(comparison["winner"])\n',
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=1.3,
    ),
    Recipe(
        "best_backend",
        says=(
            "which is [the] {winner} (backend|machine) for {circuit}: {backends}",
            "{winner} backend for {circuit} among {backends}",
            "(find|pick|choose) the {winner} of {backends} for {circuit} [with {shots} shots]",
            "compare {backends} on {circuit} and (print|show) the {winner} [one]",
            "{backends}: which one is {winner} for {circuit}",
            "i want the {winner} (device|backend) to run {circuit}, choices {backends}",
            "run {circuit} on {backends}, who is {winner}",
            "tell me the {winner} machine for {circuit} out of {backends}",
            "profile {backends} with {circuit}; {winner}",
            "for {circuit}, is {backends} the {winner}",
        ),
        says_es=(
            "cual es el [backend] {winner} para {circuit}: {backends}",
            "el {winner} de {backends} para {circuit}",
            "compara {backends} con {circuit} y dime el {winner}",
            "quiero el backend {winner} para {circuit} entre {backends}",
        ),
        code=HEAD + COMPARE + 'print(comparison["winner"]["<<winner>>"])\n',
        slots=SLOTS,
        defaults=DEFAULTS,
    ),
    Recipe(
        "profile_decorator",
        says=(
            "(decorate|wrap) a function that runs {circuit} [on {backend}] with [the] profiler [decorator]",
            "profiling decorator for a function that runs {circuit}",
            "function that runs {circuit} [on {backend}] and is profiled [on every call]",
            "use the profile_quantum decorator on a {circuit} run",
            "write a profiled function for {circuit} [on {backend}] [with {shots} shots]",
            "every call of my {circuit} function should be profiled",
            "@profile_quantum for {circuit}",
            "make a function running {circuit} with automatic profiling",
            "decorator based profiling of {circuit} [on {backend}]",
            "i want a reusable profiled function for {circuit}",
        ),
        says_es=(
            "decora una funcion que ejecuta {circuit} con el profiler",
            "funcion que ejecuta {circuit} [en {backend}] y se perfila sola",
            "decorador de perfilado para {circuit}",
            "escribe una función perfilada para {circuit}",
        ),
        code="""import os

from bioql import quantum
from bioql.profiler import profile_quantum


@profile_quantum()
def run(program):
    return quantum(
        program,
        api_key=os.environ["BIOQL_API_KEY"],
        backend="<<backend>>",
        shots=<<shots>>,
    )


print(run("<<circuit>>")["profiling"])
""",
        slots={**SLOTS, "circuit": plain_circuit},
        defaults=DEFAULTS,
        weight=0.4,
    ),
)
