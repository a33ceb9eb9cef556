# ruff: noqa: E501
"""Recipes on where else a guide may cut."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.recipes.crispr import any_guide, argument, each, quoted
from bioql_lsp.training.corpus.slots import decimal, file_name, integer
from bioql_lsp.training.corpus.split import Draw

_MISMATCHES: Final = argument(
    "max_mismatches",
    integer(1, 6),
    "(with (at most|up to|max|no more than) {v} mismatches|allowing {v} mismatches|max mismatches {v}|max_mismatches={v})",
    "(con (hasta|maximo|como mucho) {v} (mismatches|desajustes)|permitiendo {v} (desajustes|mismatches))",
)
_SIMILARITY: Final = argument(
    "similarity_threshold",
    decimal(0.5, 0.99),
    "(with similarity (threshold|cutoff|above) {v}|similarity threshold {v}|similarity >= {v})",
    "(con (umbral de similitud|similitud minima) {v}|umbral de similitud {v})",
)
_RISK: Final = 'risk["offtarget_risk"], risk["risk_score"]'
_RISK_SHOW: Final = option(
    (_RISK, "", ""),
    ('risk["risk_score"]', "(and|,) (show|print|give me) (only|just) the (score|risk score)",
     "(y|,) (muestra|imprime) solo (la puntuacion|el riesgo numerico)"),
    ('risk["recommendations"]', "(and|,) (show|print|give me) [the] (recommendations|advice|what is recommended)",
     "(y|,) (muestra|imprime) las recomendaciones"),
)  # fmt: skip
_FASTA: Final = file_name("fasta", "genome", "regions", "chr1", "exome", "reference", "hg38_part")


def _region_text(rng: Random) -> str:
    return "".join(rng.choice("ACGT") for _ in range(rng.randint(24, 34)))


def region(draw: Draw) -> Said:
    """A stretch of genome, longer than a guide."""
    text = draw.make(_region_text)
    return Said(text, text, is_exact=True)


def regions(draw: Draw) -> Said:
    """One to three stretches of genome, as the items of a list."""
    texts = [draw.make(_region_text) for _ in range(draw.choose((1, 2, 2, 3)))]
    joint = draw.choose((", ", " ", draw.local(" and ", " y ")))
    return Said(joint.join(texts), ", ".join(f'"{text}"' for text in texts), is_exact=True)


def _pam(draw: Draw) -> Said:
    text = draw.choose("ACGT") + draw.choose(("GG", "GG", "AG", "GA"))
    return Said(text, text, is_exact=True)


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "offtarget_risk",
        says=each(
            " [{show}]",
            "(off-target|off target|offtarget) risk (of|for) [guide|grna|sgrna] {guide}",
            "(infer|predict|estimate|assess) [the] (off-target|off target|offtarget) (risk|phenotype|effects) (of|for) [guide|sgrna] {guide}",
            "how risky is [the] (guide|grna|sgrna) {guide}",
            "(guide|sgrna|grna) {guide} (off-target|off target|offtarget) risk",
            "is [the] (guide|sgrna|grna) {guide} safe [to use]",
            "will [the] guide {guide} (cut elsewhere|have off targets|hit other genes)",
            "what is the (off-target|offtarget) risk of {guide}",
            "(check|screen) [the] guide {guide} for (off-targets|off targets|off-target effects)",
            "could {guide} cause (off-target|unwanted|unintended) edits",
            "i worry about off targets of [my] guide {guide}",
            "risk score (of|for) [the] (guide|sgrna|grna) {guide}",
            "infer_offtarget_phenotype (of|for) {guide}",
            "crispr off targets of {guide}",
            "{guide}: off-target risk level",
            "low, medium or high off-target risk for {guide}",
        ),
        says_es=each(
            " [{show}]",
            "riesgo (off-target|fuera de objetivo|de off targets) de [la guia] {guide}",
            "(estima|predice|evalua) el riesgo off-target de [la guia] {guide}",
            "que tan riesgosa es la guia {guide}",
            "es segura la guía {guide}",
            "puede la guia {guide} cortar en otros sitios",
            "(revisa|comprueba) los off targets de la guia {guide}",
        ),
        code="""from bioql import infer_offtarget_phenotype

risk = infer_offtarget_phenotype("<<guide>>")
print(<<show>>)
""",
        slots={"guide": any_guide, "show": _RISK_SHOW},
        defaults={"show": _RISK},
        weight=2.0,
    ),
    Recipe(
        "offtarget_risk_regions",
        says=each(
            " [{mismatches}] [{similarity}]",
            "(off-target|off target|offtarget) risk of [guide|sgrna] {guide} (in|against|within) [the] [genome] (region|regions|sequence|sequences) {regions}",
            "(infer|predict|estimate) [the] off-target (risk|phenotype) of [guide] {guide} in {regions}",
            "does [the] guide {guide} have off[-| ]targets in {regions}",
            "check [guide|sgrna] {guide} against [the] [genome] (region|regions) {regions}",
            "how risky is [guide] {guide} given the (region|regions|genome sequences) {regions}",
            "[genome] (region|regions) {regions}, (off-target|offtarget) risk of guide {guide}",
            "guide {guide}, regions {regions}: off-target risk",
            "i have [genome] regions {regions} and want the off-target risk of {guide}",
            "screen {guide} for off targets in {regions}",
            "risk that [the] sgrna {guide} also cuts {regions}",
            "infer_offtarget_phenotype of {guide} with genome regions {regions}",
            "could {guide} also bind {regions}",
        ),
        says_es=each(
            " [{mismatches}] [{similarity}]",
            "riesgo off-target de [la guia] {guide} en (la region|las regiones) {regions}",
            "(comprueba|revisa) la guia {guide} contra {regions}",
            "tiene la guía {guide} off targets en {regions}",
            "regiones {regions}, riesgo de la guia {guide}",
        ),
        code="""from bioql import infer_offtarget_phenotype

regions = [<<regions>>]
risk = infer_offtarget_phenotype("<<guide>>", genome_regions=regions<<similarity>><<mismatches>>)
print(risk["offtarget_risk"], risk["num_potential_offtargets"])
""",
        slots={"regions": regions, "mismatches": _MISMATCHES, "similarity": _SIMILARITY},
        defaults={"mismatches": "", "similarity": ""},
    ),
    Recipe(
        "offtarget_risk_each",
        says=(
            "off[-| ]target risk (of|for) (each of|each guide in|all of|every guide in) {guides}",
            "off[-| ]target risks (of|for) [guides|sgrnas] {guides}",
            "(compare|list) [the] off[-| ]target (risk|risks) of [guides] {guides}",
            "how risky are [the guides|guides] {guides}",
            "which of [the] guides {guides} (is|are) risky",
            "for each guide in {guides} (print|show) [its] off[-| ]target risk",
            "i have guides {guides}, what is the off[-| ]target risk of each",
            "{guides}: off[-| ]target risk of each [one]",
            "check all guides for off[-| ]targets: {guides}",
            "risk table for sgrnas {guides}",
            "are the guides {guides} safe",
            "off target levels for several guides {guides}",
        ),
        says_es=(
            "riesgo off-target de cada guia: {guides}",
            "compara el riesgo off-target de {guides}",
            "que guias de {guides} son riesgosas",
            "para cada guía de {guides} muestra el riesgo off-target",
        ),
        code="""from bioql import infer_offtarget_phenotype

guides = [<<guides>>]
for guide in guides:
    risk = infer_offtarget_phenotype(guide)
    print(guide, risk["offtarget_risk"], risk["risk_score"])
""",
        weight=0.9,
    ),
    Recipe(
        "offtarget_safest",
        says=(
            "which (guide|sgrna|grna) (is the safest|has the lowest off[-| ]target risk|has the fewest off[-| ]targets): {guides}",
            "safest (guide|sgrna|grna) (of|among|in) {guides}",
            "(pick|choose|find) the guide with the (lowest|least|smallest) off[-| ]target risk (from|in|among) {guides}",
            "lowest off[-| ]target risk among {guides}",
            "of [the guides] {guides}, which is safest",
            "least risky guide (in|from|of) {guides}",
            "{guides}: (safest one|which is safest)",
            "i want the guide with the least off[-| ]targets out of {guides}",
            "minimise off[-| ]target risk over the guides {guides}",
            "select the sgrna with minimal risk from {guides}",
        ),
        says_es=(
            "que guia es la mas segura: {guides}",
            "guia con menor riesgo off-target entre {guides}",
            "(elige|dime) la guía más segura de {guides}",
            "cual de {guides} tiene menos riesgo off-target",
        ),
        code="""from bioql import infer_offtarget_phenotype

guides = [<<guides>>]
print(min(guides, key=lambda guide: infer_offtarget_phenotype(guide)["risk_score"]))
""",
        weight=0.7,
    ),
    Recipe(
        "offtarget_pair",
        says=each(
            " [{pam}]",
            "(off-target|offtarget|cfd) score of guide {guide} (at|for|on|against) [the] (site|target|sequence|off-target site) {guide2}",
            "(compute|calculate) [the] (off-target|cfd) score (for|of) guide {guide} and (target|site) {guide2}",
            "cfd [score] {guide} {guide2}",
            "how likely does guide {guide} (cut|cleave) [the] (site|target|off-target) {guide2}",
            "would guide {guide} (cut|cleave) [the] [off-target] (site|sequence) {guide2}",
            "guide {guide} vs (site|target|off-target) {guide2}, (cfd|off-target) score",
            "i have a guide {guide} and an off-target (site|candidate) {guide2} and want the cfd score",
            "cutting frequency determination (for|of) {guide} on {guide2}",
            "calculate_offtarget_score guide {guide} target {guide2}",
            "score how well guide {guide} fits the off-target site {guide2}",
            "off-target prediction of guide {guide} at {guide2}",
            "risk that {guide} edits the site {guide2}",
        ),
        says_es=each(
            " [{pam}]",
            "puntuacion (off-target|cfd) de la guia {guide} en el sitio {guide2}",
            "(calcula|dame) el cfd de {guide} y {guide2}",
            "cortaría la guía {guide} el sitio {guide2}",
            "tengo la guia {guide} y el sitio {guide2}, calcula el score off-target",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor

score = OffTargetPredictor().calculate_offtarget_score("<<guide>>", "<<guide2>>"<<pam>>)
print(score["cfd_score"], score["num_mismatches"], score["risk_level"])
""",
        slots={
            "pam": argument(
                "pam_seq",
                quoted(_pam),
                "(with pam {v}|pam {v}|next to the pam {v})",
                "(con pam {v}|pam {v})",
            )
        },
        defaults={"pam": ""},
    ),
    Recipe(
        "offtarget_sites",
        says=each(
            " [{mismatches}]",
            "scan [the] [genome] (region|regions|sequence|sequences) {regions} for off[-| ]targets of [guide|sgrna] {guide}",
            "scan for off[-| ]targets of [guide] {guide} in {regions}",
            "(find|list|locate) [the] off[-| ]target sites of [guide|sgrna] {guide} in {regions}",
            "where (in|within) {regions} (does|could) [guide] {guide} (cut|bind)",
            "genome scan of guide {guide} over {regions}",
            "off[-| ]target sites for guide {guide} in [genome] (regions|region) {regions}",
            "search {regions} for sites that [guide] {guide} could cut",
            "which sites of {regions} match [guide] {guide} (with|next to) a pam",
            "{guide} off[-| ]target scan, regions {regions}",
            "i want all off[-| ]target sites of {guide} in {regions}",
            "scan_genome_for_offtargets guide {guide} regions {regions}",
            "positions of off[-| ]targets of sgrna {guide} within {regions}",
        ),
        says_es=each(
            " [{mismatches}]",
            "(busca|escanea) off targets de [la guia] {guide} en {regions}",
            "sitios off-target de la guía {guide} en {regions}",
            "donde corta la guia {guide} en {regions}",
            "escanea las regiones {regions} con la guia {guide}",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor

regions = [<<regions>>]
predictor = OffTargetPredictor()
for site in predictor.scan_genome_for_offtargets("<<guide>>", regions<<mismatches>>):
    print(site["position"], site["target_sequence"], site["cfd_score"])
""",
        slots={"regions": regions, "mismatches": _MISMATCHES},
        defaults={"mismatches": ""},
    ),
    Recipe(
        "offtarget_fasta",
        says=each(
            " [{mismatches}]",
            "scan {fasta} for off[-| ]targets of [guide|sgrna] {guide}",
            "(find|list|locate) [the] off[-| ]target sites of [guide|sgrna] {guide} in {fasta}",
            "(search|look through) {fasta} for sites that [guide] {guide} could cut",
            "where in {fasta} (does|could) [guide] {guide} (cut|bind)",
            "off[-| ]targets of guide {guide} in [the] [genome|fasta] [file] {fasta}",
            "genome scan of guide {guide} over {fasta}",
            "{guide} off[-| ]target scan of {fasta}",
            "my genome is in {fasta}, find off[-| ]targets of guide {guide}",
            "i have a fasta {fasta} and a guide {guide}, list the off[-| ]target sites",
            "guide {guide}, genome {fasta}: off[-| ]target sites",
            "which places in {fasta} match the sgrna {guide}",
        ),
        says_es=each(
            " [{mismatches}]",
            "(busca|escanea) off targets de [la guia] {guide} en {fasta}",
            "sitios off-target de la guía {guide} en {fasta}",
            "mi genoma esta en {fasta}, busca los off targets de {guide}",
            "donde corta la guia {guide} en {fasta}",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor
from bioql.crispr_qai.io import load_fasta

regions = [record["sequence"] for record in load_fasta("<<fasta>>")]
predictor = OffTargetPredictor()
for site in predictor.scan_genome_for_offtargets("<<guide>>", regions<<mismatches>>):
    print(site["position"], site["target_sequence"], site["cfd_score"])
""",
        slots={"fasta": _FASTA, "mismatches": _MISMATCHES},
        defaults={"mismatches": ""},
    ),
    Recipe(
        "guide_specificity_score",
        says=(
            "specificity [score] (of|for) [guide|grna|sgrna] {guide}",
            "how specific is [the] (guide|grna|sgrna) {guide}",
            "(compute|calculate|get) [the] specificity [score] of [guide|sgrna] {guide}",
            "(guide|sgrna|grna) {guide} specificity",
            "{guide} specificity [score]",
            "is [the] guide {guide} specific [enough]",
            "what is the specificity of guide {guide}",
            "i need the specificity score of (my|the) (guide|sgrna) {guide}",
            "rate the specificity of [guide] {guide}",
            "calculate_specificity_score for {guide}",
            "how selective is the sgrna {guide}",
            "specificity and recommendations for [guide] {guide}",
        ),
        says_es=(
            "especificidad de [la guia] {guide}",
            "que tan especifica es la guia {guide}",
            "(calcula|dame) la especificidad de {guide}",
            "puntuación de especificidad de la guía {guide}",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor

specificity = OffTargetPredictor().calculate_specificity_score("<<guide>>")
print(specificity["specificity_score"], specificity["recommendations"])
""",
    ),
    Recipe(
        "guide_homopolymers",
        says=(
            "(longest|max|maximum) homopolymer (in|of) [guide|sgrna] {guide}",
            "(longest run of one base|longest run of the same base) in [guide] {guide}",
            "(check|look for) (homopolymers|repeats|homopolymer runs) in [guide|sgrna] {guide}",
            "does [guide|sgrna] {guide} (have|contain) (homopolymers|repeats|base runs)",
            "homopolymers and dinucleotide repeats (of|in) {guide}",
            "repeats in [the] guide {guide}",
            "how repetitive is guide {guide}",
            "{guide}: homopolymer (run|length)",
            "i want to know if guide {guide} has long runs of a base",
            "repeat check for sgrna {guide}",
        ),
        says_es=(
            "homopolimero mas largo de la guia {guide}",
            "(revisa|busca) repeticiones en la guia {guide}",
            "tiene repeticiones la guía {guide}",
            "que tan repetitiva es {guide}",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor

specificity = OffTargetPredictor().calculate_specificity_score("<<guide>>")
print(specificity["max_homopolymer"], specificity["max_dinuc_repeat"])
""",
        weight=0.5,
    ),
    Recipe(
        "similar_sites",
        says=each(
            " [{mismatches}]",
            "find [sequences|sites] similar [to] {guide} in {region}",
            "where does {guide} (occur|appear|match) in {region}",
            "(find|locate|search) {guide} (in|within) {region}",
            "approximate matches of {guide} in {region}",
            "(fuzzy|inexact) search of {guide} in {region}",
            "similar sequences to {guide} in [the sequence] {region}",
            "positions in {region} that look like {guide}",
            "match [the] query {guide} against [the] (target|sequence) {region}",
            "find_similar_sequences {guide} {region}",
            "does {region} contain something like {guide}",
            "in the dna {region} find sites close to {guide}",
        ),
        says_es=each(
            " [{mismatches}]",
            "busca secuencias parecidas a {guide} en {region}",
            "donde aparece {guide} en {region}",
            "(encuentra|localiza) {guide} en la secuencia {region}",
            "coincidencias aproximadas de {guide} en {region}",
        ),
        code="""from bioql.crispr_qai.phenotype import find_similar_sequences

for match in find_similar_sequences("<<guide>>", "<<region>>"<<mismatches>>):
    print(match["position"], match["sequence"], match["mismatches"])
""",
        slots={"region": region, "mismatches": _MISMATCHES},
        defaults={"mismatches": ""},
        weight=0.7,
    ),
)
