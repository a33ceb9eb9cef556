# ruff: noqa: E501
"""Recipes on choosing among guides that the request names."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.crispr import (
    COUPLING_ARG,
    SEED_ARG,
    SHOTS_ARG,
    argument,
    each,
    ibm_backend,
    plain_shots,
)
from bioql_lsp.training.corpus.slots import decimal, integer

GC_WEIGHT_ARG: Final = argument(
    "gc_weight",
    decimal(0.05, 0.95),
    "(with gc weight {v}|gc weight {v}|weighting gc by {v}|gc_weight={v})",
    "(con peso de GC {v}|peso GC {v}|gc_weight={v})",
)
ENERGY_WEIGHT_ARG: Final = argument(
    "energy_weight",
    decimal(0.05, 0.95),
    "(and energy weight {v}|energy weight {v}|weighting energy by {v}|energy_weight={v})",
    "(y peso de energia {v}|peso de energia {v}|energy_weight={v})",
)
_ARGS: Final = {
    "shots": SHOTS_ARG,
    "coupling": COUPLING_ARG,
    "gc": GC_WEIGHT_ARG,
    "energy": ENERGY_WEIGHT_ARG,
}
_NO_ARGS: Final = {"shots": "", "coupling": "", "gc": "", "energy": ""}
_CALL: Final = "rank_guides_batch(guides<<shots>><<coupling>><<gc>><<energy>>)"
_TAIL: Final = " [{shots}] [{gc}|{gc} {energy}|{energy}|{coupling}|]"


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "guide_ranking",
        says=each(
            _TAIL,
            "rank (these|my|the|this list of) [crispr] (guides|grnas|sgrnas|guide rnas) {guides}",
            "rank [guides|grnas|sgrnas] {guides}",
            "(order|sort) [the] [crispr] (guides|grnas|sgrnas) {guides} (from best to worst|by quality|by score)",
            "[crispr] guide ranking (of|for) {guides}",
            "(compare|prioritize|prioritise) [the|these|my] [crispr] (guides|grnas|sgrnas) {guides}",
            "(compute|make|give me) a ranking of [guides|sgrnas] {guides}",
            "i have (guides|grnas|sgrnas) {guides} and want them ranked",
            "{guides}: rank (them|these guides)",
            "put [the] guides {guides} in order of (quality|score|predicted efficacy)",
            "rank_guides_batch (of|for|on) {guides}",
            "which order of preference for guides {guides}",
            "here are some (sgrnas|guides|grnas), rank them: {guides}",
            "composite scores (of|for) [the] guides {guides}",
            "how do [the] guides {guides} (compare|rank|stack up)",
            "batch (score|rank) guides {guides}",
            "(can you|could you|please) rank [the guides|guides] {guides}",
        ),
        says_es=each(
            _TAIL,
            "(ordena|clasifica|rankea|jerarquiza) (estas|las|mis) guias [crispr]: {guides}",
            "ranking de [las] guias {guides}",
            "(compara|prioriza) las guias {guides}",
            "tengo las guías {guides} y quiero (ordenarlas|clasificarlas|un ranking)",
            "ordena de mejor a peor [las guias] {guides}",
            "puntuacion compuesta de las guias {guides}",
        ),
        code=f"""from bioql import rank_guides_batch

guides = [<<guides>>]
for row in {_CALL}:
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots=_ARGS,
        defaults=_NO_ARGS,
        weight=3.0,
    ),
    Recipe(
        "guide_best",
        says=each(
            _TAIL,
            "(which|what) [crispr] (guide|grna|sgrna) is [the] best [one]: {guides}",
            "best [crispr] (guide|grna|sgrna) (of|among|from|in|out of) {guides}",
            "(pick|choose|select|find) the best (guide|grna|sgrna|one) (of|among|from|in) {guides}",
            "which (of|one of) {guides} is the best (guide|grna|sgrna)",
            "which (guide|sgrna|grna) should i (use|order|take|pick): {guides}",
            "top (guide|grna|sgrna|ranked guide) (of|among|from) {guides}",
            "(give|tell|show) me the best guide from {guides}",
            "i have guides {guides}, which is best",
            "{guides}: (best one|which is the best guide)",
            "recommend one guide (of|out of) {guides}",
            "highest scoring (guide|sgrna) (in|among) {guides}",
            "winner among the guides {guides}",
            "only (show|print) the best guide of {guides}",
        ),
        says_es=each(
            _TAIL,
            "(cual|que) guia es [la] mejor: {guides}",
            "mejor guia (de|entre) {guides}",
            "(elige|escoge|selecciona|dime) la mejor guia (de|entre) {guides}",
            "cuál de estas guías (uso|me conviene): {guides}",
            "tengo {guides}, cual es la mejor guia",
            "la guia con mayor puntuacion de {guides}",
        ),
        code=f"""from bioql import rank_guides_batch

guides = [<<guides>>]
best = {_CALL}[0]
print(best["guide_sequence"], best["composite_score"])
""",
        slots=_ARGS,
        defaults=_NO_ARGS,
        weight=2.0,
    ),
    Recipe(
        "worst_guide",
        says=each(
            " [{shots}]",
            "(which|what) (guide|grna|sgrna) is [the] worst [one]: {guides}",
            "worst (guide|grna|sgrna) (of|among|from|in) {guides}",
            "(find|show|tell me) the worst guide (of|among|in) {guides}",
            "which guide should i (drop|avoid|discard|leave out): {guides}",
            "lowest (scoring|ranked) guide (of|in|among) {guides}",
            "bottom ranked guide from {guides}",
            "{guides}: which is the worst guide",
            "weakest guide out of {guides}",
            "i have guides {guides}, which one is the worst",
            "least promising (sgrna|guide) among {guides}",
        ),
        says_es=each(
            " [{shots}]",
            "(cual|que) guia es la peor: {guides}",
            "peor guia (de|entre) {guides}",
            "que guía debo (descartar|evitar): {guides}",
            "la guia con menor puntuacion de {guides}",
        ),
        code="""from bioql import rank_guides_batch

guides = [<<guides>>]
worst = rank_guides_batch(guides<<shots>>)[-1]
print(worst["guide_sequence"], worst["composite_score"])
""",
        slots={"shots": SHOTS_ARG},
        defaults={"shots": ""},
        weight=0.5,
    ),
    Recipe(
        "guide_ranking_details",
        says=each(
            " [{shots}]",
            "rank [guides] {guides} and show [the] energy and [the] gc [content]",
            "rank [guides|sgrnas] {guides} (with|showing|including) energies and gc contents",
            "guide ranking with (energy and gc|gc and energy) for {guides}",
            "(table|list) of rank, energy and gc for [guides] {guides}",
            "compare [guides] {guides} by energy and gc [content]",
            "for [guides] {guides} print rank, energy and gc",
            "rank {guides}, and (show|print|list) (energy|energies) and gc too",
            "i want to see gc and energy of the ranked guides {guides}",
            "detailed [guide] ranking (of|for) {guides}",
            "{guides}: ranking with all scores",
            "ranked guides {guides} with their energy estimate and gc fraction",
        ),
        says_es=each(
            " [{shots}]",
            "ordena las guias {guides} y muestra energia y GC",
            "ranking detallado de las guias {guides}",
            "ranking de {guides} con energía y contenido GC",
            "compara {guides} por energia y GC",
        ),
        code="""from bioql import rank_guides_batch

guides = [<<guides>>]
for row in rank_guides_batch(guides<<shots>>):
    print(row["rank"], row["guide_sequence"], row["energy_estimate"], row["gc_content"])
""",
        slots={"shots": SHOTS_ARG},
        defaults={"shots": ""},
    ),
    Recipe(
        "guide_ranking_seeded",
        says=each(
            "",
            "rank [guides] {guides} (reproducibly|so that it is reproducible) {seed}",
            "rank [guides|sgrnas] {guides} with a local simulator engine {seed} [{shots}]",
            "rank {guides} on the (local simulator|local engine) {seed}",
            "reproducible [guide] ranking of {guides} {seed}",
            "rank [the] guides {guides} {seed}",
            "{seed} rank [the] guides {guides}",
            "[guide] ranking {seed} (for|of) {guides}",
            "use LocalSimulatorEngine {seed} to rank {guides}",
            "i need the same ranking every time for {guides} {seed}",
            "deterministic ranking of the sgrnas {guides} {seed}",
            "compare guides {guides} on a seeded engine {seed}",
        ),
        says_es=each(
            "",
            "ordena las guias {guides} {seed}",
            "ranking reproducible de {guides} {seed}",
            "clasifica {guides} con el simulador local {seed}",
            "quiero siempre el mismo ranking de las guías {guides} {seed}",
        ),
        code="""from bioql import LocalSimulatorEngine, rank_guides_batch

guides = [<<guides>>]
engine = LocalSimulatorEngine(shots=<<shots>><<seed>>)
for row in rank_guides_batch(guides, engine=engine):
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={"seed": SEED_ARG, "shots": plain_shots},
        defaults={"shots": "1000"},
        weight=0.6,
    ),
    Recipe(
        "guide_ranking_ibm",
        says=each(
            " [{shots}]",
            "rank [guides|sgrnas|grnas] {guides} (on|using|with) {ibm}",
            "on {ibm} rank [the] guides {guides}",
            "(order|sort|compare) [the] guides {guides} (on|with|using) {ibm}",
            "guide ranking on {ibm} (for|of) {guides}",
            "use {ibm} to rank [my] [guides] {guides}",
            "rank {guides} on (ibm hardware|real ibm hardware), {ibm}",
            "{guides}: rank them on {ibm}",
            "i want {guides} ranked by energies measured on {ibm}",
            "(send|submit) guides {guides} to {ibm} and rank them",
            "ranking of sgrnas {guides} with a qiskit engine on {ibm}",
        ),
        says_es=each(
            " [{shots}]",
            "(ordena|clasifica) las guias {guides} en {ibm}",
            "usa {ibm} para ordenar las guias {guides}",
            "ranking de las guías {guides} en {ibm}",
            "en {ibm} clasifica {guides}",
        ),
        code="""import os

from bioql import rank_guides_batch
from bioql.crispr_qai import QiskitEngine

guides = [<<guides>>]
engine = QiskitEngine(
    "<<ibm>>",
    shots=<<shots>>,
    ibm_token=os.environ["IBM_QUANTUM_TOKEN"],
)
for row in rank_guides_batch(guides, engine=engine):
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={"ibm": ibm_backend, "shots": plain_shots},
        defaults={"shots": "100"},
        weight=0.6,
    ),
    Recipe(
        "guide_score_filter",
        says=each(
            " [{shots}]",
            "(keep|show|select) [only] [the] guides (with|that have) a score (above|over|of at least) {threshold}: {guides}",
            "which (guides|grnas|sgrnas) score (above|over|at least|more than) {threshold}: {guides}",
            "rank [guides] {guides} and (keep|show) those (with a score above|scoring over|above) {threshold}",
            "(filter|screen) [guides] {guides} (by|with) (minimum|min) score {threshold}",
            "guides (above|over) [score] {threshold} (in|among|from) {guides}",
            "drop [the] guides (below|under|with less than) [score] {threshold}: {guides}",
            "score cutoff {threshold} for [guides] {guides}",
            "from {guides} discard guides scoring (below|under|less than) {threshold}",
            "{guides}: only those with [composite] score >= {threshold}",
            "i want guides with composite score at least {threshold} out of {guides}",
            "filter_guides_by_score {threshold} on {guides}",
            "do any of the guides {guides} reach a score of {threshold}",
        ),
        says_es=each(
            " [{shots}]",
            "que guias tienen puntuacion (mayor que|de al menos|superior a) {threshold}: {guides}",
            "filtra las guias {guides} con puntuacion minima {threshold}",
            "descarta las guías con puntuación menor que {threshold}: {guides}",
            "quedate con las guias por encima de {threshold} entre {guides}",
        ),
        code="""from bioql import rank_guides_batch
from bioql.crispr_qai.guide_opt import filter_guides_by_score

guides = [<<guides>>]
ranked = rank_guides_batch(guides<<shots>>)
for row in filter_guides_by_score(ranked, min_score=<<threshold>>):
    print(row["guide_sequence"], row["composite_score"])
""",
        slots={"shots": SHOTS_ARG},
        defaults={"shots": ""},
    ),
    Recipe(
        "guide_report",
        says=each(
            " [{shots}]",
            "(report|write a report|make a report|generate a report) (on|about|for|of) [the] guides {guides}",
            "[crispr] guide report (for|on|of) {guides}",
            "rank [guides] {guides} and (print|make|show) a report",
            "(readable|text|human readable) report of the ranked guides {guides}",
            "i need a report comparing [the] guides {guides}",
            "summarize [the] guides {guides} in a report",
            "{guides}: guide report",
            "nice summary of the guide ranking for {guides}",
            "what would a report on the sgrnas {guides} say",
            "generate_guide_report for {guides}",
            "(print|show) a ranking report (for|of) [guides] {guides}",
        ),
        says_es=each(
            " [{shots}]",
            "(haz|genera|escribe|imprime) un (informe|reporte) de las guias {guides}",
            "(informe|reporte) de las guias {guides}",
            "ordena las guías {guides} y muestra un (informe|reporte)",
            "resume las guias {guides} en un informe",
        ),
        code="""from bioql import rank_guides_batch
from bioql.crispr_qai.guide_opt import generate_guide_report

guides = [<<guides>>]
print(generate_guide_report(rank_guides_batch(guides<<shots>>)))
""",
        slots={"shots": SHOTS_ARG},
        defaults={"shots": ""},
    ),
    Recipe(
        "guide_library",
        says=each(
            " [{diversity}] [{shots}]",
            "(build|make|design|pick|select) a (diverse|small) [guide] library of {n} (guides|sgrnas) from {guides}",
            "(optimize|optimise) [the|a] guide library {guides} to {n} guides",
            "[pick|choose|select] {n} diverse guides (from|out of|among) {guides}",
            "diverse subset of {n} guides from {guides}",
            "guide library of size {n} from [candidates] {guides}",
            "reduce [the] guides {guides} to {n} diverse ones",
            "i have candidates {guides} and want a library of {n} diverse guides",
            "library design: {n} guides out of {guides}",
            "optimize_guide_library with target size {n} for {guides}",
            "{guides}: choose {n} that are good and different",
            "which {n} guides make the best diverse library: {guides}",
            "sgrna library of {n}, candidates {guides}",
        ),
        says_es=each(
            " [{diversity}] [{shots}]",
            "(arma|construye|diseña) una biblioteca de {n} guias a partir de {guides}",
            "(elige|selecciona) {n} guias diversas de {guides}",
            "optimiza la biblioteca de guías {guides} a {n} guías",
            "biblioteca diversa de {n} guias entre {guides}",
        ),
        code="""from bioql.crispr_qai.guide_opt import optimize_guide_library

guides = [<<guides>>]
for row in optimize_guide_library(guides, target_size=<<n>><<diversity>><<shots>>):
    print(row["guide_sequence"], row["composite_score"])
""",
        slots={
            "shots": SHOTS_ARG,
            "n": integer(2, 5),
            "diversity": argument(
                "diversity_threshold",
                decimal(0.1, 0.9),
                "(with diversity {v}|diversity threshold {v}|at least {v} diverse)",
                "(con diversidad {v}|umbral de diversidad {v})",
            ),
        },
        defaults={"shots": "", "diversity": ""},
        weight=0.7,
    ),
)
