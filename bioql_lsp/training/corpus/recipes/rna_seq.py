# ruff: noqa: E501
"""Recipes on gene expression from RNA-seq, a placeholder in BioQL 7.0.1, which the programs say."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.crispr import each
from bioql_lsp.training.corpus.recipes.genomics import NOTE
from bioql_lsp.training.corpus.slots import decimal, file_name, integer, word

_COUNTS: Final = file_name(
    "csv", "gene_counts", "rnaseq", "raw_counts", "expression", "featurecounts"
)
_DESIGN: Final = file_name(
    "csv", "design", "conditions", "metadata", "groups", "coldata", "samples"
)
_OUT: Final = file_name("csv", "de_genes", "diff_expr", "significant", "deg", "beta", "normalized")
_RNA_SHOW: Final = option(
    ("result.differential_genes", "(differential genes|differentially expressed genes|de genes|degs)",
     "(los genes diferenciales|los genes diferencialmente expresados)"),
    ("result.normalized_counts", "(normalized counts|normalised counts|normalized expression)",
     "(los conteos normalizados)"),
    ("result.pathway_enrichment", "(pathway enrichment|enriched pathways)",
     "(el enriquecimiento de rutas|las rutas enriquecidas)"),
)  # fmt: skip
_RNA: Final = (
    "import pandas as pd\n\nfrom bioql import analyze_rna_seq\n\n"
    'counts = pd.read_csv("<<counts>>", index_col=0)\ndesign = pd.read_csv("<<design>>", index_col=0)\n'
    + NOTE
    + "result = analyze_rna_seq(counts, design)\n"
)
_SLOTS: Final = {"counts": _COUNTS, "design": _DESIGN, "out": _OUT}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "rna_seq",
        says=(
            "(analyze|analyse|process) [the] (rna-seq|rna seq|rnaseq) [data|counts] {counts} (with|using|and) [the] design {design}",
            "(rna-seq|rna seq|rnaseq|transcriptome) analysis (of|on) {counts} with [design] {design}",
            "differential expression (of|on|for|from) {counts} (with|using) [design] {design}",
            "find differentially expressed genes in {counts} (with|using) [design] {design}",
            "(deseq|deseq2|de analysis) on {counts} [with] {design}",
            "which genes are differentially expressed in {counts}, design {design}",
            "counts in {counts}, design in {design}: (differential expression|run rna-seq analysis)",
            "i have [rna-seq] counts in {counts} and conditions in {design} and want (de genes|differential expression)",
            "compare [gene] expression between conditions, counts {counts}, design {design}",
            "up and down regulated genes from {counts} and {design}",
            "analyze_rna_seq {counts} {design}",
            "gene expression changes in {counts} given the design table {design}",
            "load counts {counts} and design {design}, then run differential expression",
        ),
        says_es=(
            "(analiza|procesa) [los datos de] rna-seq {counts} con [el] diseño {design}",
            "expresion diferencial de {counts} con {design}",
            "que genes estan diferencialmente expresados en {counts}, diseño {design}",
            "tengo conteos en {counts} y el diseño en {design}, (analizalos|haz expresion diferencial)",
            "análisis rna-seq de {counts} y {design}",
        ),
        code=_RNA + "print(result.differential_genes)\n",
        slots=_SLOTS,
        weight=1.5,
    ),
    Recipe(
        "rna_seq_field",
        says=(
            "(analyze|analyse) [the] rna[-]seq [data] {counts} with [design] {design} and (show|print|give me) the {field}",
            "{field} (of|from) [the] rna[-]seq [counts] {counts} with [design] {design}",
            "rna[-]seq {counts}, design {design}: {field}",
            "(get|compute|show) [the] {field} (from|of) {counts} with [the] design {design}",
            "what are the {field} in {counts} [with] design {design}",
            "i need the {field} of my rna[-]seq counts {counts}, design {design}",
            "counts {counts}, conditions {design}, print the {field}",
            "run the rna[-]seq analysis of {counts} and {design}, {field} only",
            "from counts {counts} and design {design} get the {field}",
            "transcriptomics {counts} {design}, {field}",
        ),
        says_es=(
            "analiza el rna-seq {counts} con el diseño {design} y (muestra|dame) {field}",
            "{field} de {counts} con diseño {design}",
            "rna-seq {counts}, diseño {design}: {field}",
            "(calcula|muestra) {field} de los conteos {counts} y el diseño {design}",
        ),
        code=_RNA + "print(<<field>>)\n",
        slots={**_SLOTS, "field": _RNA_SHOW},
    ),
    Recipe(
        "rna_seq_fdr",
        says=(
            "(significant|differentially expressed) genes (in|of|from) {counts} with [design] {design} (at|with) (padj|fdr|adjusted p) (below|under|<) {alpha}",
            "genes with (padj|fdr|adjusted p) (below|under|<) {alpha} in {counts}, design {design}",
            "differential expression of {counts} with {design}, keep [genes with] (padj|fdr) (below|under|<) {alpha}",
            "rna[-]seq {counts} design {design}, (padj|fdr) cutoff {alpha}",
            "which genes in {counts} (pass|are significant at) (an fdr of|fdr) {alpha}, design {design}",
            "filter the de genes of {counts} and {design} (by|at) (fdr|padj) {alpha}",
            "i want de genes at fdr {alpha} from counts {counts} and design {design}",
            "(list|show) [the] significant genes, fdr {alpha}, counts {counts}, design {design}",
            "deseq on {counts} with {design}, significance level {alpha}",
            "counts {counts}, design {design}: genes under a padj of {alpha}",
        ),
        says_es=(
            "genes con padj menor que {alpha} en {counts}, diseño {design}",
            "genes significativos (fdr|padj) {alpha} de {counts} con {design}",
            "expresion diferencial de {counts} y {design} con fdr {alpha}",
            "filtra los genes de {counts} con diseño {design} por padj {alpha}",
        ),
        code=_RNA
        + """genes = result.differential_genes
print(genes[genes["padj"] < <<alpha>>])
""",
        slots={**_SLOTS, "alpha": word("0.05", "0.01", "0.1", "0.001", "0.05", "0.2")},
    ),
    Recipe(
        "top_genes",
        says=(
            "[the] top {n} (differentially expressed|de|differential) genes (of|in|from) {counts} with [design] {design}",
            "{n} most significant genes in {counts}, design {design}",
            "(show|print|list) the {n} genes with the (lowest|smallest) (padj|p value|fdr) in {counts} with {design}",
            "rna[-]seq {counts} design {design}, top {n} genes",
            "differential expression of {counts} with {design}, (first|best|top) {n} genes",
            "which {n} genes change most significantly in {counts}, design {design}",
            "i want the top {n} de genes from counts {counts} and design {design}",
            "counts {counts}, design {design}: {n} best genes by padj",
            "sort the genes of {counts} and {design} by padj and show {n}",
            "give me {n} top hits of the differential expression, {counts} and {design}",
        ),
        says_es=(
            "los {n} genes mas significativos de {counts} con diseño {design}",
            "top {n} genes diferenciales de {counts} y {design}",
            "(muestra|dame) los {n} genes con menor padj de {counts}, diseño {design}",
            "rna-seq {counts}, diseño {design}, los {n} mejores genes",
        ),
        code=_RNA + 'print(result.differential_genes.sort_values("padj").head(<<n>>))\n',
        slots={**_SLOTS, "n": integer(3, 100)},
    ),
    Recipe(
        "rna_seq_fold_change",
        says=(
            "genes with [absolute] (log2 fold change|log2fc|lfc) (above|over|greater than) {fold} in {counts}, design {design}",
            "(log2fc|lfc) cutoff {fold} for {counts} with [design] {design}",
            "differential expression of {counts} with {design}, keep (log2fc|lfc|fold changes) (above|over) {fold}",
            "rna[-]seq {counts} design {design}, log2 fold change (over|above) {fold}",
            "strongly changed genes (log2fc|lfc) > {fold} in {counts} and {design}",
            "which genes in {counts} change by (more than|over) {fold} log2 units, design {design}",
            "counts {counts}, design {design}: genes above a fold change of {fold}",
            "i want genes with lfc {fold} or more from {counts}, design {design}",
            "filter {counts} with {design} by log2 fold change {fold}",
            "large effect genes, log2fc at least {fold}, counts {counts}, design {design}",
        ),
        says_es=(
            "genes con log2fc mayor que {fold} en {counts}, diseño {design}",
            "filtra los genes de {counts} y {design} por log2fc {fold}",
            "expresion diferencial de {counts} con {design}, log2fc mayor que {fold}",
            "que genes cambian mas de {fold} en log2 en {counts}, diseño {design}",
        ),
        code=_RNA
        + """genes = result.differential_genes
print(genes[genes["log2FC"].abs() > <<fold>>])
""",
        slots={**_SLOTS, "fold": decimal(0.5, 4.0, 1)},
        weight=0.7,
    ),
    Recipe(
        "rna_seq_save",
        says=each(
            " (and|,) (save|write|export|store) (the genes|the de genes|the table|the result|them) (to|in|as|into) {out}",
            "(analyze|analyse) [the] rna[-]seq [data] {counts} with [design] {design}",
            "differential expression of {counts} with [design] {design}",
            "find differentially expressed genes in {counts} with {design}",
            "run deseq on {counts} and {design}",
            "compare expression, counts {counts}, design {design}",
            "rna[-]seq analysis of {counts} using {design}",
            "take counts {counts} and design {design}, compute de genes",
            "get the de genes of {counts} (design {design}|with design {design})",
            "(load|read) {counts} and {design}, find the de genes",
            "process my transcriptome counts {counts} with conditions {design}",
        ),
        says_es=each(
            " y (guarda|exporta) los genes en {out}",
            "analiza el rna-seq {counts} con diseño {design}",
            "expresion diferencial de {counts} con {design}",
            "busca los genes diferenciales de {counts} con {design}",
            "procesa los conteos {counts} y el diseño {design}",
        ),
        code=_RNA + 'result.differential_genes.to_csv("<<out>>", index=False)\n',
        slots=_SLOTS,
        weight=0.7,
    ),
)
