"""Recipes on caching compiled circuits and on optimizing them."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.mitigated_runs import plain_circuit
from bioql_lsp.training.corpus.runs import backend_slot
from bioql_lsp.training.corpus.slots import open_integer

SLOTS: Final[dict[str, Slot]] = {
    "circuit": plain_circuit,
    "backend": backend_slot,
    "size": open_integer(10, 990, 5),
    "hours": open_integer(1, 96),
    "level": option(
        ("O0", "(O0|o0)", "(O0|o0)"),
        ("O1", "(O1|o1|basic)", "(O1|o1)"),
        ("O2", "(O2|o2|standard)", "(O2|o2)"),
        ("O3", "(O3|o3|aggressive|maximum)", "(O3|o3|agresivo|maximo)"),
        ("Os", "(Os|size|smallest size)", "(Os|tamano)"),
        ("Ot", "(Ot|time|shortest time)", "(Ot|tiempo)"),
    ),
}
COMPILE: Final = """circuit = parse_english_to_circuit("<<circuit>>")
"""

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "cache_circuit_count",
        says=(
            "(cache|keep|remember) the compiled circuit of {circuit}",
            "put {circuit} in(|to) the circuit cache",
            "(compile|build) {circuit} only once and cache it",
            "use the [circuit] cache for {circuit}",
            "avoid recompiling {circuit}",
            "i compile {circuit} again and again, cache it",
            "circuit cache: {circuit}",
            "store the circuit of {circuit} in the cache if it is not there",
            "take {circuit} from the cache or compile it",
            "cached compilation of {circuit}",
            "reuse the compiled {circuit}",
        ),
        says_es=(
            "(guarda|mete) en cache el circuito de {circuit}",
            "compila {circuit} una sola vez y usa la cache",
            "evita recompilar {circuit}",
            "usa la caché de circuitos para {circuit}",
        ),
        code="""from bioql.cache import CacheKey, get_global_cache
from bioql.compiler import parse_english_to_circuit

cache = get_global_cache()
key = CacheKey.from_ir("<<circuit>>")
if cache.get(key) is None:
    cache.put(key, parse_english_to_circuit("<<circuit>>"))
print(cache.get(key).circuit)
""",
        slots=SLOTS,
        weight=0.8,
    ),
    Recipe(
        "make_cache_count",
        says=(
            "(create|make|set up) a circuit cache [for|of|with] {size} circuits [and|with] {hours} hours [lifetime|ttl|expiry]",
            "circuit cache, max size {size}, ttl {hours} h",
            "cache that holds {size} circuits for {hours} hours",
            "keep at most {size} compiled circuits for {hours} hours",
            "configure the [global] circuit cache: {size} entries, {hours} hours",
            "i want {size} circuits cached during {hours} hours",
            "get_global_cache size {size} hours {hours}",
            "set the cache limit to {size} circuits and expire after {hours} hours",
            "compiled circuits should stay cached {hours} hours, {size} of them at most",
            "new cache for compiled circuits: {size} slots, {hours} hours to live",
        ),
        says_es=(
            "crea una cache de {size} circuitos con {hours} horas de vida",
            "cache de circuitos: maximo {size}, {hours} horas",
            "guarda hasta {size} circuitos compilados durante {hours} horas",
            "configura la caché con {size} entradas y {hours} horas",
        ),
        code="""from bioql.cache import get_global_cache

cache = get_global_cache(max_size=<<size>>, ttl_hours=<<hours>>)
print(cache.get_stats())
""",
        slots=SLOTS,
        weight=0.6,
    ),
    Recipe(
        "cache_action",
        says=(
            "{action} of the circuit cache",
            "(show|print|do) [the] circuit cache {action}",
            "{action} for the global circuit cache",
            "circuit cache: {action}",
            "i want the {action} of my compiled circuit cache",
            "what about the {action} of the circuit cache",
            "bioql cache {action}",
            "cache {action} please",
            "give me the {action} for cached circuits",
            "global cache {action}",
        ),
        says_es=(
            "{action} de la cache de circuitos",
            "cache de circuitos: {action}",
            "quiero {action} de la caché global",
            "haz {action} en la cache de circuitos",
        ),
        code="""from bioql.cache import get_global_cache

print(get_global_cache().<<action>>())
""",
        slots={
            "action": option(
                ("get_stats", "(statistics|stats)", "(estadisticas)"),
                ("get_hit_rate", "(hit rate|hit ratio)", "(tasa de aciertos)"),
                (
                    "invalidate_all",
                    "(full clear|complete wipe|invalidation of all entries)",
                    "(vaciado completo|borrado de todo)",
                ),
                (
                    "optimize_cache",
                    "(clean-up|cleanup|tidy up of expired entries)",
                    "(limpieza|optimizacion)",
                ),
            )
        },
        weight=0.8,
    ),
    Recipe(
        "invalidate_backend",
        says=(
            "(drop|remove|delete|invalidate) [all] cached circuits (of|for) {backend}",
            "invalidate the cache for {backend}",
            "clear {backend} from the circuit cache",
            "circuits cached for {backend} are stale, drop them",
            "forget all {backend} circuits in the cache",
            "cache invalidation, backend {backend}",
            "purge cache entries of {backend}",
            "invalidate_backend {backend}",
            "remove {backend} entries from the circuit cache",
            "{backend} was recalibrated, throw away its cached circuits",
        ),
        says_es=(
            "(borra|elimina|invalida) los circuitos en cache de {backend}",
            "invalida la cache de {backend}",
            "limpia {backend} de la cache de circuitos",
            "quita de la caché las entradas de {backend}",
        ),
        code="""from bioql.cache import get_global_cache

print(get_global_cache().invalidate_backend("<<backend>>"))
""",
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "reset_cache_count",
        says=(
            "reset the [global] [circuit] cache",
            "start with a fresh [circuit] cache",
            "throw the global cache away",
            "reset_global_cache",
            "new empty circuit cache instead of the old one",
            "discard the whole circuit cache object",
            "reinitialize the circuit cache",
            "how do i reset the circuit cache",
            "circuit cache reset",
            "set the global cache back to nothing",
        ),
        says_es=(
            "reinicia la cache [global] [de circuitos]",
            "empieza con una cache de circuitos nueva",
            "resetea la cache de circuitos",
            "reinicio de la caché global",
        ),
        code="""from bioql.cache import reset_global_cache

reset_global_cache()
""",
        weight=0.4,
    ),
    Recipe(
        "optimize_circuit",
        says=(
            "optimize [the circuit of] {circuit} [at|with] [level] {level}",
            "(optimize|optimise|simplify) {circuit} with optimization level {level}",
            "{level} optimization of {circuit}",
            "circuit optimizer level {level} (on|for) {circuit}",
            "(make|get) {circuit} smaller with level {level}",
            "how much can {circuit} be optimized at {level}",
            "run the circuit optimizer on {circuit}, level {level}",
            "i want {circuit} optimized at {level}",
            "CircuitOptimizer {level} {circuit}",
            "show the improvement of optimizing {circuit} with {level}",
            "compile {circuit} and optimise it for {level}",
        ),
        says_es=(
            "optimiza [el circuito de] {circuit} con nivel {level}",
            "optimizacion {level} de {circuit}",
            "cuanto mejora {circuit} con el nivel {level}",
            "usa el optimizador de circuitos en {circuit}, nivel {level}",
        ),
        code="""from bioql.compiler import parse_english_to_circuit
from bioql.optimizer import CircuitOptimizer, OptimizationLevel

"""
        + COMPILE
        + """optimized, metrics = CircuitOptimizer(OptimizationLevel.<<level>>).optimize(circuit)
print(metrics)
""",
        slots=SLOTS,
        weight=1.2,
    ),
    Recipe(
        "optimize_default",
        says=(
            "(optimize|optimise) [the circuit of] {circuit}",
            "(reduce|lower) the depth of {circuit}",
            "fewer gates for {circuit}",
            "depth of {circuit} before and after optimization",
            "(simplify|shrink) the circuit of {circuit}",
            "can {circuit} be optimized",
            "circuit optimization: {circuit}",
            "i want a shorter circuit for {circuit}",
            "optimize {circuit} and (print|show) the optimized circuit",
            "how many gates does optimization remove from {circuit}",
        ),
        says_es=(
            "optimiza [el circuito de] {circuit}",
            "reduce la profundidad de {circuit}",
            "simplifica el circuito de {circuit}",
            "se puede optimizar {circuit}",
        ),
        code="""from bioql.compiler import parse_english_to_circuit
from bioql.optimizer import CircuitOptimizer

"""
        + COMPILE
        + """optimized, metrics = CircuitOptimizer().optimize(circuit)
print(metrics)
""",
        slots=SLOTS,
    ),
    Recipe(
        "backend_hints",
        says=(
            "optimization hints for {circuit} on {backend}",
            "how should i adapt {circuit} (to|for) {backend}",
            "(tips|advice|suggestions) to run {circuit} better on {backend}",
            "analyze {circuit} for {backend} and list [optimization] hints",
            "is {circuit} suited to {backend}",
            "backend specific optimization of {circuit} for {backend}",
            "{backend} hints for {circuit}",
            "what would make {circuit} run better on {backend}",
            "check {circuit} against the native gates of {backend}",
            "BackendSpecificOptimizer {backend} with {circuit}",
        ),
        says_es=(
            "consejos de optimizacion para {circuit} en {backend}",
            "como adapto {circuit} a {backend}",
            "analiza {circuit} para {backend} y da sugerencias",
            "optimización específica de {backend} para {circuit}",
        ),
        code="""from bioql.compiler import parse_english_to_circuit
from bioql.optimizer import BackendSpecificOptimizer

"""
        + COMPILE
        + """for hint in BackendSpecificOptimizer(backend="<<backend>>").analyze_circuit(circuit):
    print(hint.priority, hint.message)
""",
        slots=SLOTS,
        weight=0.8,
    ),
)
