# ruff: noqa: E501
"""Recipes on where Cas9 can cut a gene, and the guides for it."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.crispr import SHOTS_ARG, each
from bioql_lsp.training.corpus.recipes.crispr_offtarget import region
from bioql_lsp.training.corpus.recipes.genes import gene
from bioql_lsp.training.corpus.slots import file_name

_PAM: Final = option(
    *(
        (pam, f"{pam}", f"{pam}")
        for pam in ("NGG", "NGG", "NAG", "NGA", "NGAN", "NGNG", "TTTN", "NNAGAAN", "NGCG")
    )
)
_STRAND: Final = option(
    ("+", "(plus|forward|+|sense)", "(positiva|directa|+)"),
    ("-", "(minus|reverse|-|antisense)", "(negativa|inversa|-)"),
)
_JSON: Final = file_name("json", "pam_sites", "pams", "sites", "gene")

_FETCH: Final = """fetcher = NCBIGeneFetcher()
gene = fetcher.fetch_gene("<<gene>>")
if gene is None:
    raise SystemExit("<<gene>> is not in the table")
"""
_IMPORT: Final = "from bioql.crispr_qai import NCBIGeneFetcher\n\n"
_SLOTS: Final = {"gene": gene, "pam": _PAM, "json": _JSON}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "pam_sites",
        says=(
            "(find|list|locate|show|get) [the] [{pam}] pam sites (in|of|for) [the] [gene] {gene} [gene|exons]",
            "[{pam}] pam sites (in|of|for) [the] [gene] {gene} [gene|exons]",
            "where are the [{pam}] pam sites (in|of) [the gene] {gene}",
            "{gene} [{pam}] pam sites",
            "where can cas9 cut [in] [the gene] {gene}",
            "cas9 (target|cut|cutting) sites (in|of) [the gene] {gene}",
            "(scan|search) [the exons of] {gene} for [{pam}] (pams|pam sites|pam motifs)",
            "i want to edit {gene}, (list|find|show) the [{pam}] pam sites",
            "which [{pam}] pams does [the gene] {gene} (have|contain)",
            "find_pam_sites (in|for) {gene} [with {pam}]",
            "positions of [{pam}] pams in {gene}",
            "look up {gene} and (find|list) [its] [{pam}] pam sites",
            "pam search in the gene {gene} [with pattern {pam}]",
            "fetch {gene}, then list every [{pam}] pam",
        ),
        says_es=(
            "(busca|lista|encuentra) [los] sitios pam [{pam}] (de|en) [el gen] {gene}",
            "sitios pam [{pam}] del gen {gene}",
            "donde puede cortar cas9 en [el gen] {gene}",
            "que pams [{pam}] tiene {gene}",
            "quiero editar {gene}, lista los sitios pam [{pam}]",
            "busca {gene} y sus sitios PAM [{pam}]",
        ),
        code=_IMPORT
        + _FETCH
        + """for site in fetcher.find_pam_sites(gene["exons"], pam_pattern="<<pam>>"):
    print(site["exon"], site["position"], site["strand"], site["pam"])
""",
        slots=_SLOTS,
        defaults={"pam": "NGG"},
        weight=2.0,
    ),
    Recipe(
        "pam_number",
        says=(
            "how many [{pam}] pam sites (does|has) [the gene] {gene} (have|got)",
            "how many [{pam}] (pams|pam sites) (are|are there) in [the gene] {gene}",
            "(count|number of) [the] [{pam}] pam sites (in|of) [the gene] {gene}",
            "{gene}: number of [{pam}] pam sites",
            "[{pam}] pam count (of|for|in) [the gene] {gene}",
            "count [{pam}] pams in {gene}",
            "how many places could cas9 cut in {gene}",
            "how often does the pam [{pam}] occur in {gene}",
            "tell me how many [{pam}] pams {gene} has",
            "fetch {gene} and count its [{pam}] pam sites",
        ),
        says_es=(
            "cuantos sitios pam [{pam}] tiene [el gen] {gene}",
            "numero de sitios pam [{pam}] en {gene}",
            "cuenta los PAM [{pam}] de {gene}",
            "cuántos sitios PAM [{pam}] hay en {gene}",
        ),
        code=_IMPORT
        + _FETCH
        + 'print(len(fetcher.find_pam_sites(gene["exons"], pam_pattern="<<pam>>")))\n',
        slots=_SLOTS,
        defaults={"pam": "NGG"},
    ),
    Recipe(
        "pam_strand",
        says=(
            "(find|list|show) [the] [{pam}] pam sites on the {strand} strand (of|in) {gene}",
            "{strand} strand [{pam}] pam sites (of|in) [the gene] {gene}",
            "[{pam}] pams on the {strand} strand of {gene}",
            "{gene} [{pam}] pam sites, {strand} strand only",
            "which [{pam}] pams of {gene} lie on the {strand} strand",
            "only the {strand} strand [{pam}] pam sites of the gene {gene}",
            "where are the [{pam}] pams on the {strand} strand of [the gene] {gene}",
            "i need [{pam}] pam sites of {gene} from the {strand} strand",
            "gene {gene}, strand {strand}, [{pam}] pam sites",
            "pam positions [for {pam}] on {gene}'s {strand} strand",
        ),
        says_es=(
            "sitios pam [{pam}] en la hebra {strand} de {gene}",
            "(lista|busca) los pam [{pam}] de la hebra {strand} de {gene}",
            "que PAM [{pam}] de {gene} estan en la hebra {strand}",
            "solo la hebra {strand}: sitios pam [{pam}] de {gene}",
        ),
        code=_IMPORT
        + _FETCH
        + """for site in fetcher.find_pam_sites(gene["exons"], pam_pattern="<<pam>>"):
    if site["strand"] == "<<strand>>":
        print(site["exon"], site["position"], site["pam"])
""",
        slots={**_SLOTS, "strand": _STRAND},
        defaults={"pam": "NGG"},
        weight=0.6,
    ),
    Recipe(
        "pam_in_sequence",
        says=(
            "(find|list|locate|show) [the] [{pam}] pam sites in [the|this] [dna|sequence|dna sequence] {region}",
            "[{pam}] pam sites (in|of) [the] (sequence|dna|dna sequence) {region}",
            "where are the [{pam}] pams in {region}",
            "scan {region} for [{pam}] (pams|pam sites)",
            "{region}: [{pam}] pam sites",
            "does [the sequence] {region} (have|contain) [a|any] [{pam}] pam",
            "where could cas9 cut [the sequence] {region}",
            "i have [a|the] sequence {region} and want its [{pam}] pam sites",
            "search [the] dna {region} for [{pam}] pam motifs",
            "pam positions [{pam}] within {region}",
            "find pams [with pattern {pam}] in my dna {region}",
        ),
        says_es=(
            "(busca|encuentra) sitios pam [{pam}] en [la secuencia] {region}",
            "sitios PAM [{pam}] de la secuencia {region}",
            "donde puede cortar cas9 la secuencia {region}",
            "tiene {region} algun pam [{pam}]",
        ),
        code="""from bioql.crispr_qai import NCBIGeneFetcher

sequences = {"sequence": "<<region>>"}
for site in NCBIGeneFetcher().find_pam_sites(sequences, pam_pattern="<<pam>>"):
    print(site["position"], site["strand"], site["pam"])
""",
        slots={**_SLOTS, "region": region},
        defaults={"pam": "NGG"},
    ),
    Recipe(
        "export_pam",
        says=(
            "(save|write|export|store) the [{pam}] pam sites of [the gene] {gene} (to|in|as|into) {json}",
            "(find|get) [the] [{pam}] pam sites (of|in) {gene} and (save|write) [them] (to|in|as) {json}",
            "[{pam}] pam sites of {gene} (into|to) {json}",
            "{gene} [{pam}] pam sites -> {json}",
            "{json} with the [{pam}] pam sites of {gene}",
            "i want the [{pam}] pams of {gene} in a file {json}",
            "dump [{pam}] pam sites of {gene} as {json}",
            "put the [{pam}] cas9 sites of {gene} into {json}",
            "make {json} with every [{pam}] pam of the gene {gene}",
        ),
        says_es=(
            "(guarda|exporta) los sitios pam [{pam}] de {gene} en {json}",
            "sitios PAM [{pam}] de {gene} al archivo {json}",
            "busca los pam [{pam}] de {gene} y guardalos en {json}",
            "quiero los pam [{pam}] de {gene} en {json}",
        ),
        code="""from bioql.crispr_qai import NCBIGeneFetcher
from bioql.crispr_qai.io import save_results_json

"""
        + _FETCH
        + """sites = fetcher.find_pam_sites(gene["exons"], pam_pattern="<<pam>>")
save_results_json(sites, "<<json>>")
""",
        slots=_SLOTS,
        defaults={"pam": "NGG"},
        weight=0.6,
    ),
    Recipe(
        "gene_guides",
        says=each(
            " [{shots}]",
            "(design|find|propose|suggest) [crispr] (guides|guide rnas|sgrnas|grnas) (for|against|targeting) [the gene] {gene}",
            "[crispr] (guides|guide rnas|sgrnas|grnas) (for|against|targeting) [the gene] {gene}",
            "i want to (knock out|edit|target|disrupt) {gene}, (design|suggest|find) [the] (guides|sgrnas)",
            "(which|what) (guides|sgrnas) can i use (for|against|to cut) {gene}",
            "(design and rank|rank candidate) (guides|sgrnas) for [the gene] {gene}",
            "{gene} knockout guides",
            "{gene} guide design",
            "guide design for the {gene} gene",
            "crispr design for {gene}",
            "get 20 nt guides next to ngg in {gene} and rank them",
            "candidate spacers for {gene}, ranked",
            "how do i target {gene} with cas9",
            "sgrna design, gene {gene}",
        ),
        says_es=each(
            " [{shots}]",
            "(diseña|propon|busca) guias [crispr] (para|contra) [el gen] {gene}",
            "guias [crispr] para [el gen] {gene}",
            "quiero (editar|silenciar|cortar) {gene}, diseña las guias",
            "diseño de guías para {gene}",
            "que guias puedo usar contra {gene}",
        ),
        code="""from bioql import rank_guides_batch
from bioql.crispr_qai import NCBIGeneFetcher

"""
        + _FETCH
        + """guides = [
    gene["exons"][site["exon"]][site["position"] - 20 : site["position"]]
    for site in fetcher.find_pam_sites(gene["exons"])
    if site["strand"] == "+" and site["position"] >= 20
]
for row in rank_guides_batch(guides<<shots>>):
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={**_SLOTS, "shots": SHOTS_ARG},
        defaults={"shots": ""},
        weight=1.5,
    ),
)
