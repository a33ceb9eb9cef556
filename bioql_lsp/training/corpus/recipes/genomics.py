# ruff: noqa: E501
"""Recipes on DNA reads: variants, methylation, histone marks.

The functions are placeholders in BioQL 7.0.1, which the programs say.
"""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import file_name, integer, word
from bioql_lsp.training.corpus.split import Draw

NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"


def _reference_text(rng: Random) -> str:
    return "".join(rng.choice("ACGT") for _ in range(rng.randint(12, 30)))


def reference(draw: Draw) -> Said:
    """A stretch of the reference genome."""
    text = draw.make(_reference_text)
    return Said(text, text, is_exact=True)


_READS_FILE: Final = file_name("fasta", "reads", "tumor_reads", "patient", "sequencing", "wgs")
_REF_FILE: Final = file_name("fa", "reference", "hg38", "genome", "chr7", "ref", "grch38")
_METHYL: Final = file_name("csv", "methylation", "bisulfite", "cpg", "wgbs", "rrbs", "meth_counts")
_PEAKS: Final = file_name("csv", "peaks", "chip_peaks", "chipseq", "macs2_peaks", "h3k27ac_peaks")
_MARK: Final = word(
    "H3K4me3", "H3K27ac", "H3K27me3", "H3K9me3", "H3K4me1", "H3K36me3", "H3K9ac", "H3K79me2"
)
_VARIANT_SHOW: Final = option(
    ("result.total_variants", "(number of variants|variant count|total number of variants)",
     "(el numero de variantes|el total de variantes)"),
    ("result.quality_threshold", "(quality threshold|quality cutoff)", "(el umbral de calidad)"),
    ("[variant.genotype for variant in result.variants]", "(genotypes|genotype of each variant)",
     "(los genotipos|el genotipo de cada variante)"),
    ("[variant.position for variant in result.variants]", "(positions|variant positions)",
     "(las posiciones|las posiciones de las variantes)"),
    ("[variant.variant_type for variant in result.variants]", "(variant types|types of the variants)",
     "(los tipos de variante)"),
    ("[variant.quality for variant in result.variants]", "(qualities|variant qualities)",
     "(las calidades)"),
)  # fmt: skip
_METHYL_SHOW: Final = option(
    ("result.beta_values", "(beta values|betas|methylation levels|methylation values)",
     "(los valores beta|los niveles de metilacion)"),
    ("result.differentially_methylated",
     "(differentially methylated sites|dmrs|differentially methylated cpgs|dm sites)",
     "(los sitios diferencialmente metilados|los cpg diferenciales)"),
    ("result.pathway_enrichment", "(pathway enrichment|enriched pathways)",
     "(el enriquecimiento de rutas|las rutas enriquecidas)"),
)  # fmt: skip
_HISTONE_SHOW: Final = option(
    ("result.enriched_regions", "(enriched regions|regions)", "(las regiones enriquecidas)"),
    ("result.target_genes", "(target genes|genes)", "(los genes diana|los genes)"),
    ("result.peaks", "(peaks|peak table)", "(los picos)"),
)  # fmt: skip
_VARIANTS: Final = (
    "from bioql import call_variants\n\nreads = [<<reads>>]\n"
    + NOTE
    + 'result = call_variants(reads, "<<reference>>")\n'
)
_BETAS: Final = (
    'import pandas as pd\n\nfrom bioql import analyze_methylation\n\ndata = pd.read_csv("<<methyl>>", index_col=0)\n'
    + NOTE
    + "result = analyze_methylation(data)\n"
)
_SLOTS: Final = {
    "reference": reference,
    "reads_file": _READS_FILE,
    "ref_file": _REF_FILE,
    "methyl": _METHYL,
    "peaks": _PEAKS,
    "mark": _MARK,
}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "variant_calling",
        says=(
            "call variants (in|from|of) [the] reads {reads} (against|with|using|on) [the] reference {reference}",
            "variant calling (on|for|of) {reads} (against|with) [reference] {reference}",
            "find [the] (snps|mutations|variants) in [the] reads {reads} (against|relative to) [the reference] {reference}",
            "reads {reads}, reference {reference}: call [the] variants",
            "reference {reference}, reads {reads}, (variants|call variants|find snps)",
            "which (variants|snps|mutations) do [the] reads {reads} have (relative to|against|compared to) {reference}",
            "i have reads {reads} and [a|the] reference {reference} and want [the] variants",
            "compare [the] reads {reads} (to|with) [the] reference {reference} and (list|call|report) [the] variants",
            "detect (snps|mutations|variants) in {reads}, reference [sequence] {reference}",
            "call_variants reads {reads} reference {reference}",
            "snp calling for the reads {reads} on {reference}",
            "how do the reads {reads} differ from the reference {reference}",
        ),
        says_es=(
            "(llama|detecta|busca) variantes en las lecturas {reads} (con|contra) [la] referencia {reference}",
            "llamado de variantes de {reads} contra {reference}",
            "que (variantes|mutaciones|snps) tienen las lecturas {reads} respecto a {reference}",
            "tengo lecturas {reads} y la referencia {reference}, (llama|busca) variantes",
            "lecturas {reads}, referencia {reference}: variantes",
        ),
        code=_VARIANTS
        + """for variant in result.variants:
    print(variant.chromosome, variant.position, variant.ref, variant.alt)
""",
        slots=_SLOTS,
        weight=1.5,
    ),
    Recipe(
        "variants_field",
        says=(
            "call variants in [the] reads {reads} against {reference} and (show|print|give me) the {field}",
            "{field} when calling [the] reads {reads} against [reference] {reference}",
            "variant calling of {reads} on {reference}, (print|show) [only] the {field}",
            "reads {reads}, reference {reference}: {field}",
            "(show|print|get) the {field} from variant calling of {reads} against {reference}",
            "what are the {field} for [the] reads {reads} on {reference}",
            "i need the {field} of the variants in {reads} relative to {reference}",
            "find snps in {reads} against {reference}, then print the {field}",
            "compare reads {reads} to reference {reference}, {field} only",
            "variants of {reads} vs {reference}, just {field}",
        ),
        says_es=(
            "llama variantes en {reads} contra {reference} y (muestra|dame) {field}",
            "lecturas {reads}, referencia {reference}: {field}",
            "(muestra|dime) {field} de las lecturas {reads} contra {reference}",
            "variantes de {reads} respecto a {reference}, solo {field}",
        ),
        code=_VARIANTS + "print(<<field>>)\n",
        slots={**_SLOTS, "field": _VARIANT_SHOW},
    ),
    Recipe(
        "variants_files",
        says=(
            "call variants (in|from) {reads_file} (against|with|using) [the] [reference] {ref_file}",
            "variant calling (on|for|of) {reads_file} (against|with reference) {ref_file}",
            "find [the] (snps|mutations|variants) in {reads_file} (against|relative to) {ref_file}",
            "my reads are in {reads_file} and the reference in {ref_file}, call [the] variants",
            "reads {reads_file}, reference {ref_file}: variants",
            "which (variants|snps|mutations) are in {reads_file} (relative to|compared to) {ref_file}",
            "i have reads in {reads_file} and want [the] variants against {ref_file}",
            "compare {reads_file} with {ref_file} and list the variants",
            "detect snps, reads {reads_file}, genome {ref_file}",
            "read {reads_file} and {ref_file} and (call|report) variants",
            "list mutations of {reads_file} using reference genome {ref_file}",
        ),
        says_es=(
            "(llama|busca|detecta) variantes de {reads_file} contra {ref_file}",
            "mis lecturas estan en {reads_file} y la referencia en {ref_file}, llama las variantes",
            "llamado de variantes: lecturas {reads_file}, referencia {ref_file}",
            "que mutaciones hay en {reads_file} respecto a {ref_file}",
        ),
        code="""from bioql import call_variants
from bioql.crispr_qai.io import load_fasta

reads = [record["sequence"] for record in load_fasta("<<reads_file>>")]
reference = load_fasta("<<ref_file>>")[0]["sequence"]
"""
        + NOTE
        + """result = call_variants(reads, reference)
for variant in result.variants:
    print(variant.chromosome, variant.position, variant.ref, variant.alt)
""",
        slots=_SLOTS,
    ),
    Recipe(
        "methylation_csv",
        says=(
            "(analyze|analyse|process) [the] (methylation|bisulfite|bisulfite sequencing|dna methylation) [data] (in|from|of) {methyl}",
            "(methylation|dna methylation|bisulfite) analysis (of|for|on) {methyl}",
            "{methyl} (methylation|bisulfite) analysis",
            "[which|what] sites are differentially methylated in {methyl}",
            "differentially methylated (sites|cpgs|regions) (in|from) {methyl}",
            "(load|read) {methyl} and (analyze|analyse) [the] methylation",
            "i have bisulfite [sequencing] data in {methyl} and want (the methylation|differential methylation)",
            "my bisulfite counts are in {methyl}, (analyze|analyse) them",
            "run [the] methylation (pipeline|analysis) on {methyl}",
            "analyze_methylation {methyl}",
            "how is the dna methylated in {methyl}",
            "epigenetic analysis of the bisulfite table {methyl}",
        ),
        says_es=(
            "(analiza|procesa) la metilacion de {methyl}",
            "analisis de metilacion de {methyl}",
            "que sitios estan diferencialmente metilados en {methyl}",
            "tengo datos de bisulfito en {methyl} y quiero la metilacion",
            "análisis de metilación del archivo {methyl}",
        ),
        code=_BETAS + "print(result.differentially_methylated)\n",
        slots=_SLOTS,
    ),
    Recipe(
        "methylation_field",
        says=(
            "(analyze|analyse) [the] methylation in {methyl} and (show|print|give me) the {field}",
            "{field} (of|from|for) [the] (methylation|bisulfite) (data|table) {methyl}",
            "{field} from {methyl}",
            "(compute|get|show) [the] methylation {field} (of|from|for) {methyl}",
            "what are the {field} in [the methylation file] {methyl}",
            "methylation analysis of {methyl}, (print|show) the {field}",
            "{methyl} methylation: {field}",
            "i need the {field} from my bisulfite data {methyl}",
            "read {methyl}, analyze methylation, print {field}",
            "bisulfite file {methyl}, {field} please",
        ),
        says_es=(
            "analiza la metilacion de {methyl} y (muestra|dame) {field}",
            "{field} de la metilacion en {methyl}",
            "archivo de bisulfito {methyl}: {field}",
            "(calcula|muestra) {field} de {methyl}",
        ),
        code=_BETAS + "print(<<field>>)\n",
        slots={**_SLOTS, "field": _METHYL_SHOW},
    ),
    Recipe(
        "inline_methylation",
        says=(
            "(analyze|analyse) methylation of {methylated} methylated (out of|of) {total} reads [at a cpg]",
            "methylation analysis, {methylated} of {total} reads methylated",
            "a cpg has {methylated} methylated reads (out of|of) {total}, (analyze|analyse) (it|the methylation)",
            "cpg with {methylated} methylated and {total} total reads, methylation analysis",
            "i count {methylated} methylated reads among {total}, what is the methylation",
            "bisulfite counts {methylated} methylated, {total} total: analyze the methylation",
            "beta values for {methylated} methylated reads of {total}",
            "methylation of one site from {methylated}/{total} reads",
            "{methylated}/{total} methylated reads, run analyze_methylation",
            "how methylated is a cpg with {methylated} of {total} reads",
        ),
        says_es=(
            "analiza la metilacion de {methylated} lecturas metiladas de {total}",
            "un cpg tiene {methylated} lecturas metiladas de {total}, analizalo",
            "metilación con {methylated} de {total} lecturas",
            "valores beta de {methylated} lecturas metiladas sobre {total}",
        ),
        code="""import pandas as pd

from bioql import analyze_methylation

data = pd.DataFrame({"methylated": [<<methylated>>], "total": [<<total>>]})
"""
        + NOTE
        + "result = analyze_methylation(data)\nprint(result.beta_values)\n",
        slots={**_SLOTS, "methylated": integer(1, 40), "total": integer(41, 200)},
        weight=0.5,
    ),
    Recipe(
        "histone_marks",
        says=(
            "(analyze|analyse) [the] {mark} [chip-seq] (peaks|marks|data) (in|from|of) {peaks}",
            "{mark} analysis (of|on|for) [the] [chip-seq] [peaks] {peaks}",
            "histone mark {mark} (in|from|for) [the] [chip-seq] [peaks] {peaks}",
            "(which|what) regions are enriched (for|in) {mark} in {peaks}",
            "{mark} enriched regions (of|in|from) {peaks}",
            "[chip-seq] peaks {peaks}, mark {mark}: enriched regions",
            "i have {mark} [chip-seq] peaks in {peaks} and want (them analyzed|the enriched regions)",
            "my {mark} peaks are in {peaks}, (analyze|analyse) them",
            "(load|read) {peaks} and analyze the histone mark {mark}",
            "analyze_histone_marks {peaks} {mark}",
            "histone modification {mark}, file {peaks}",
            "where is {mark} deposited according to {peaks}",
        ),
        says_es=(
            "(analiza|procesa) la marca {mark} de [los picos] {peaks}",
            "regiones enriquecidas en {mark} de {peaks}",
            "tengo picos {mark} en {peaks} y quiero analizarlos",
            "marca de histona {mark} en {peaks}",
            "análisis de {mark} con los picos {peaks}",
        ),
        code="""import pandas as pd

from bioql.genomics import analyze_histone_marks

peaks = pd.read_csv("<<peaks>>")
"""
        + NOTE
        + 'result = analyze_histone_marks(peaks, mark="<<mark>>")\nprint(result.enriched_regions)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "histone_result",
        says=(
            "(analyze|analyse) [the] [{mark}] [chip-seq|chip] peaks (in|from) {peaks} and (show|print|give me) the {field}",
            "{field} (of|from) [the] [{mark}] chip[-]seq (data|peaks) {peaks}",
            "{field} for [the] [{mark}] histone marks in {peaks}",
            "chip[-]seq peaks {peaks} [mark {mark}], (print|show) the {field}",
            "what are the {field} of the histone peaks [{mark}] in {peaks}",
            "histone analysis of {peaks} [for {mark}]: {field}",
            "i need the {field} from [my] chip[-]seq file {peaks} [mark {mark}]",
            "read chip[-]seq {peaks}, analyze [{mark}] histone marks, print the {field}",
            "(find|get) the {field} of [{mark}] chip[-]seq peaks {peaks}",
            "histone mark [{mark}] {field} out of {peaks}",
        ),
        says_es=(
            "analiza los picos [{mark}] de {peaks} y (muestra|dame) {field}",
            "{field} de los picos chip-seq [{mark}] {peaks}",
            "marcas de histona [{mark}] en {peaks}: {field}",
            "(muestra|dime) {field} del análisis de histonas [{mark}] de {peaks}",
        ),
        code="""import pandas as pd

from bioql.genomics import analyze_histone_marks

peaks = pd.read_csv("<<peaks>>")
"""
        + NOTE
        + 'result = analyze_histone_marks(peaks, mark="<<mark>>")\nprint(<<field>>)\n',
        slots={**_SLOTS, "field": _HISTONE_SHOW},
        defaults={"mark": "H3K4me3"},
    ),
    run(
        "dna_run",
        "Analyze DNA sequence with <<n>> qubits",
        says=(
            "(analyze|analyse) [a] dna [sequence] (on|with|using) {n} qubits",
            "(run|do) [a] [quantum] dna [sequence] analysis (on|with|using) {n} qubits",
            "quantum dna [sequence] analysis, {n} qubits",
            "{n} qubit dna [sequence] analysis",
            "dna sequence analysis circuit with {n} qubits",
            "use {n} qubits to (analyze|study) dna",
            "i want a [quantum] dna analysis on {n} qubits",
            "quantum search [over|in] dna on {n} qubits",
            "with {n} qubits, (analyze|analyse) a dna sequence",
            "dna pattern search on a quantum computer with {n} qubits",
            "how do i analyze dna with {n} qubits",
            "genome sequence analysis on {n} qubits",
        ),
        says_es=(
            "analiza [una secuencia de] adn con {n} qubits",
            "analisis [cuantico] de adn con {n} qubits",
            "usa {n} qubits para analizar adn",
            "análisis cuántico de una secuencia de ADN, {n} qubits",
            "busqueda de patrones de adn con {n} qubits",
        ),
        slots={"n": integer(4, 12)},
    ),
)
