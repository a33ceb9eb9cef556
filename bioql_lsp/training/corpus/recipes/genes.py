# ruff: noqa: E501
"""Recipes on genes: what the built-in table says of them."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw

BUILT_IN: Final = (
    "PCSK9", "APOE", "LDLR", "TP53", "BRCA1", "BRCA2", "KRAS", "EGFR", "BRAF", "PIK3CA", "LEP",
    "INS", "GCK", "APP", "PSEN1", "SNCA", "IL6", "TNF",
)  # fmt: skip
_OTHER: Final = (
    "HBB", "CFTR", "DMD", "SMN1", "VEGFA", "MYC", "PTEN", "CCR5", "HTT", "RPE65", "TTR", "F8", "F9",
    "NRAS", "RB1", "MLH1", "ALK", "JAK2", "FLT3", "IDH1", "BCL11A", "HFE", "MECP2", "SOD1", "ATM",
    "KIT", "MET", "ERBB2", "CDKN2A", "NF1", "PAH", "GBA1", "LRRK2", "CD19", "PDCD1", "B2M", "TRAC",
)  # fmt: skip
_ALIASES: Final = {
    "TP53": ("p53", "P53"), "INS": ("insulin",), "LEP": ("leptin",), "SNCA": ("alpha-synuclein",),
    "TNF": ("TNF alpha", "TNF-alpha"), "IL6": ("IL-6", "interleukin 6"), "GCK": ("glucokinase",),
    "PSEN1": ("presenilin 1",), "LDLR": ("LDL receptor",), "BRCA1": ("BRCA-1",), "BRCA2": ("BRCA-2",),
}  # fmt: skip


def gene(draw: Draw) -> Said:
    """A gene by its symbol or a usual name; one of the built-in table as a rule."""
    symbol = draw.choose(BUILT_IN) if draw.chance(0.8) else draw.pick(_OTHER)
    if symbol in _ALIASES and draw.chance(0.25):
        return Said(draw.choose(_ALIASES[symbol]), symbol)
    said = symbol.lower() if draw.chance(0.25) else symbol
    return Said(said, symbol, is_exact=True)


_FIELD: Final = option(
    ("description", "(description|full name|long name)", "(la descripcion|el nombre completo)"),
    ("chromosome", "(chromosome|chromosomal location)", "(el cromosoma|la ubicacion cromosomica)"),
    ("disease", "(diseases|disease|disease associations|associated diseases)", "(las enfermedades|las enfermedades asociadas)"),
    ("clinical_trials", "(clinical trials|trials|drugs in trials)", "(los ensayos clinicos|los ensayos)"),
    ("druggability", "(druggability|druggability rating)", "(la druggability|la druggabilidad)"),
    ("exons", "(exons|exon sequences)", "(los exones|las secuencias de los exones)"),
)  # fmt: skip
_FETCH: Final = """gene = NCBIGeneFetcher().fetch_gene("<<gene>>")
if gene is None:
    raise SystemExit("<<gene>> is not in the table")
"""
_IMPORT: Final = "from bioql.crispr_qai import NCBIGeneFetcher\n\n"
_SLOTS: Final = {"gene": gene}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "gene_fetch",
        says=(
            "(fetch|get|look up|find) [the] gene {gene}",
            "(fetch|get|load|look up) [the] {gene} gene",
            "(show|print|give me|tell me) [all] [the] (data|information|info|details) (on|about|for|of) [the] gene {gene}",
            "gene (info|data|record|information) (for|of|on) {gene}",
            "what (is known|do you know|does bioql know) about [the] gene {gene}",
            "{gene} gene (info|data|information|record)",
            "tell me about the gene {gene}",
            "i need (information|data|everything) on the {gene} gene",
            "use the gene fetcher for {gene}",
            "look {gene} up in the gene table",
            "NCBIGeneFetcher fetch_gene {gene}",
            "what does the gene table say about {gene}",
            "describe the {gene} gene",
        ),
        says_es=(
            "(busca|obten|carga) el gen {gene}",
            "(informacion|datos) (del|sobre el) gen {gene}",
            "que se sabe del gen {gene}",
            "(muestra|dame) los datos del gen {gene}",
            "háblame del gen {gene}",
        ),
        code=_IMPORT + 'print(NCBIGeneFetcher().fetch_gene("<<gene>>"))\n',
        slots=_SLOTS,
        weight=1.5,
    ),
    Recipe(
        "gene_field",
        says=(
            "(show|print|get|give me|look up) [the] {field} of [the] [gene] {gene} [gene]",
            "{field} (of|for) [the] [gene] {gene} [gene]",
            "what is the {field} of [the] [gene] {gene} [gene]",
            "{gene} {field}",
            "{gene} gene: {field}",
            "fetch [gene] {gene} and (show|print) [its|the] {field}",
            "i need the {field} of the gene {gene}",
            "look up {gene} and tell me the {field}",
            "what (does|would) the gene table list as {field} of {gene}",
            "which {field} does the gene {gene} have",
            "(tell|give) me {gene}'s {field}",
            "for the gene {gene}, print the {field}",
            "gene {gene}, {field} please",
        ),
        says_es=(
            "(muestra|dame|imprime) {field} del gen {gene}",
            "{field} (del gen|de) {gene}",
            "busca el gen {gene} y (muestra|dime) {field}",
            "cual es {field} del gen {gene}",
            "necesito {field} del gen {gene}",
            "gen {gene}: {field}",
        ),
        code=_IMPORT + _FETCH + 'print(gene["<<field>>"])\n',
        slots={**_SLOTS, "field": _FIELD},
        weight=2.0,
    ),
    Recipe(
        "gene_chromosome",
        says=(
            "(which|what) chromosome is [the] [gene] {gene} [gene] on",
            "on (which|what) chromosome (is|lies|sits) [the] [gene] {gene} [gene]",
            "where (in|on) the genome is [the] [gene] {gene} [gene]",
            "where is the [gene] {gene} [gene] located",
            "chromosome with the gene {gene}",
            "locate [the] gene {gene}",
            "find the chromosome that carries {gene}",
            "{gene} is on which chromosome",
            "genomic location of {gene}",
            "chromosomal position of the {gene} gene",
        ),
        says_es=(
            "en que cromosoma esta [el gen] {gene}",
            "donde (esta|se encuentra) el gen {gene}",
            "¿en qué cromosoma se encuentra {gene}",
            "localiza el gen {gene}",
        ),
        code=_IMPORT + _FETCH + 'print(gene["chromosome"])\n',
        slots=_SLOTS,
    ),
    Recipe(
        "gene_disease",
        says=(
            "(which|what) (diseases|diseases are|illnesses are|disorders are) (linked to|associated with|caused by|related to) [the gene] {gene}",
            "what does [the gene] {gene} cause",
            "(which|what) disease does [the gene] {gene} play a role in",
            "is [the gene] {gene} linked to (a disease|any disease|diseases)",
            "why is [the gene] {gene} (medically|clinically) relevant",
            "(list|show) the (diseases|disorders) linked to [the gene] {gene}",
            "{gene} mutations cause (what|which disease)",
            "clinical relevance of [the gene] {gene}",
            "disease indications for the gene {gene}",
            "conditions connected with the {gene} gene",
        ),
        says_es=(
            "que enfermedades (se asocian con|causa) el gen {gene}",
            "enfermedades (relacionadas con|ligadas a) {gene}",
            "por que es relevante clinicamente el gen {gene}",
            "lista las enfermedades del gen {gene}",
        ),
        code=_IMPORT + _FETCH + 'print(gene["disease"])\n',
        slots=_SLOTS,
    ),
    Recipe(
        "gene_druggable",
        says=(
            "(is|how druggable is) [the gene] {gene} (druggable|as a target)",
            "how druggable is [the gene] {gene}",
            "can [the gene] {gene} be (drugged|targeted with drugs)",
            "is the gene {gene} a good drug target",
            "druggability of {gene} and its clinical trials",
            "which drugs target [the gene] {gene} in (clinical trials|trials|the clinic)",
            "therapies (against|for) [the gene] {gene} (in trials|being tested)",
            "are there clinical trials for [the gene] {gene}",
            "drug target check for the gene {gene}",
            "how good a drug target is {gene}",
            "therapeutic tractability of {gene}",
        ),
        says_es=(
            "es [el gen] {gene} (druggable|una buena diana)",
            "hay ensayos clinicos para el gen {gene}",
            "que farmacos atacan el gen {gene} en ensayos",
            "qué tan buena diana es {gene}",
        ),
        code=_IMPORT + _FETCH + 'print(gene["druggability"], gene["clinical_trials"])\n',
        slots=_SLOTS,
    ),
    Recipe(
        "gene_exons",
        says=(
            "(list|print|show) each exon of [the gene] {gene} [with its sequence]",
            "(list|print|show) [the] exon names and sequences of {gene}",
            "exon by exon sequences of [the gene] {gene}",
            "what are the exons of the {gene} gene and their sequences",
            "loop over the exons of [the gene] {gene}",
            "for each exon of {gene} print its sequence",
            "dna sequence of every exon of {gene}",
            "{gene} exon by exon",
            "i want all exon sequences of {gene} (one a line|line by line)",
            "go through the exons of {gene} one by one",
            "(get|print) the coding sequences of {gene} by exon",
        ),
        says_es=(
            "(lista|muestra) cada exon de [el gen] {gene} con su secuencia",
            "para cada exon de {gene} imprime su secuencia",
            "secuencia de cada exón de {gene}",
            "recorre los exones de {gene}",
        ),
        code=_IMPORT
        + _FETCH
        + 'for name, sequence in gene["exons"].items():\n    print(name, sequence)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "gene_one_exon",
        says=(
            "(show|print|get|give me) [the] [sequence of] exon {k} (of|in) {gene}",
            "exon {k} [sequence] (of|in) {gene}",
            "{gene} exon {k} [sequence]",
            "what is the sequence of exon {k} of [the gene] {gene}",
            "sequence of the exon number {k} of {gene}",
            "fetch {gene} and print exon {k}",
            "dna of exon {k} of the {gene} gene",
            "i need exon {k} of {gene}",
            "get {gene} exon{k}",
            "look up exon {k} in the gene {gene}",
            "gene {gene}, only exon {k}",
        ),
        says_es=(
            "(muestra|dame) el exon {k} de {gene}",
            "secuencia del exón {k} de {gene}",
            "exon {k} del gen {gene}",
            "necesito el exon {k} de {gene}",
        ),
        code=_IMPORT + _FETCH + 'print(gene["exons"].get("exon<<k>>"))\n',
        slots={**_SLOTS, "k": integer(1, 25)},
    ),
    Recipe(
        "gene_exon_count",
        says=(
            "how many exons does [the gene] {gene} have [in the table]",
            "(count|number of) [the] exons (of|in) [the gene] {gene}",
            "exon count (of|for) {gene}",
            "{gene} number of exons",
            "{gene}: how many exons",
            "how many exons of {gene} are in the (built-in table|gene table|table)",
            "fetch {gene} and count [its] exons",
            "tell me how many exons {gene} has",
            "count exons in gene {gene}",
        ),
        says_es=(
            "cuantos exones tiene [el gen] {gene}",
            "numero de exones de {gene}",
            "cuenta los exones del gen {gene}",
            "dime cuántos exones tiene {gene}",
        ),
        code=_IMPORT + _FETCH + 'print(len(gene["exons"]))\n',
        slots=_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "gene_table",
        says=(
            "(list|show|print) [all] [the] genes in the [built-in] [gene] (table|database)",
            "(which|what) genes (are in|does bioql have in) the [built-in] gene (table|database)",
            "(which|what) genes does bioql know",
            "(which|what) genes can i (fetch|look up|use) [offline]",
            "available genes [in bioql]",
            "names of all built-in genes",
            "built in gene list",
            "all gene symbols of the fetcher",
            "gene symbols that the crispr module knows",
            "show the gene database keys",
        ),
        says_es=(
            "(lista|muestra) los genes de la (tabla|base de datos) [incluida]",
            "que genes conoce bioql",
            "genes disponibles [en bioql]",
            "qué genes puedo buscar sin conexión",
        ),
        code=_IMPORT + "print(list(NCBIGeneFetcher().gene_database))\n",
        weight=0.7,
    ),
    Recipe(
        "gene_statistics",
        says=(
            "(statistics|stats|summary) of the [built-in] gene (table|database)",
            "(gene database|gene table) (stats|statistics|summary)",
            "how many genes are in the [built-in] gene (table|database)",
            "how many genes does bioql know",
            "how many [built-in] genes have clinical trials",
            "how many of the built-in genes are (highly druggable|of high druggability)",
            "get_gene_stats",
            "count the genes in the gene (table|database)",
            "size of the built-in gene (table|database)",
            "(show|print) gene stats",
        ),
        says_es=(
            "estadisticas de la (tabla|base de datos) de genes",
            "cuantos genes conoce bioql",
            "cuántos genes hay en la tabla",
            "cuantos genes tienen ensayos clinicos",
        ),
        code=_IMPORT + "print(NCBIGeneFetcher().get_gene_stats())\n",
        weight=0.5,
    ),
)
