# ruff: noqa: E501
"""Recipes on several omics layers together."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.slots import file_name, integer

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_READ: Final = (
    'rna = pd.read_csv("<<rna>>", index_col=0)\n'
    'protein = pd.read_csv("<<proteins>>", index_col=0)\n'
    'metabolite = pd.read_csv("<<metabolites>>", index_col=0)\n'
)
_MERGE: Final = f"import pandas as pd\n\nfrom bioql import integrate_omics_layers\n\n{_READ}{_NOTE}"
_MERGED: Final = _MERGE + "merged = integrate_omics_layers(rna, protein, metabolite)\n"
_NET: Final = (
    f"import pandas as pd\n\nfrom bioql import build_regulatory_network\n\n{_READ}{_NOTE}"
    "network = build_regulatory_network(rna, protein, metabolite)\n"
)
_REGULATORS: Final = (
    "import pandas as pd\n\nfrom bioql import build_regulatory_network\n"
    f"from bioql.multiomics import identify_key_regulators\n\n{_READ}{_NOTE}"
    "network = build_regulatory_network(rna, protein, metabolite)\n"
)
_SLOTS: Final = {
    "rna": file_name(
        "csv", "rna", "transcripts", "expression", "genes", "rnaseq", "transcriptome", "mrna"
    ),
    "proteins": file_name(
        "csv", "proteins", "proteome", "abundance", "proteomics", "peptides", "lfq"
    ),
    "metabolites": file_name(
        "csv", "metabolites", "metabolome", "metabolomics", "lcms", "nmr", "concentrations"
    ),
    "out": file_name("csv", "merged", "integrated", "factors", "scores", "combined", "joint"),
    "top": integer(2, 10),
    "what": option(
        (
            "merged.explained_variance",
            "(explained variance|variance explained [by each factor])",
            "varianza explicada",
        ),
        (
            "merged.sample_scores",
            "(sample scores|scores of the samples|scores per sample)",
            "(puntuaciones|puntajes) de las muestras",
        ),
        (
            "merged.integrated_data",
            "(integrated data|integrated table|merged data)",
            "datos integrados",
        ),
        ("len(merged.factors)", "number of factors", "numero de factores"),
    ),
    "method": option(
        *((name, name, name) for name in ("quantum_fusion", "mofa", "cca", "pca", "snf"))
    ),
    "part": option(
        ("network.nodes(data=True)", "(nodes|genes and proteins)", "nodos"),
        ("network.edges(data=True)", "(edges|links|connections)", "(aristas|enlaces)"),
        ("network.number_of_nodes()", "(number of nodes|node count)", "numero de nodos"),
        (
            "network.number_of_edges()",
            "(number of edges|edge count)",
            "numero de (aristas|enlaces)",
        ),
    ),
}
_FILES: Final = (
    "(rna [in] {rna}, proteins [in] {proteins}, metabolites [in] {metabolites}"
    "|{rna} transcriptomics, {proteins} proteomics, {metabolites} metabolomics"
    "|transcriptomics {rna}, proteomics {proteins} and metabolomics {metabolites}"
    "|metabolites {metabolites}, proteins {proteins}, expression {rna}"
    "|proteomics {proteins}, metabolomics {metabolites}, transcriptomics {rna}"
    "|{rna}, {proteins} and {metabolites}|{rna} {proteins} {metabolites}"
    "|expression data {rna}, protein data {proteins} and metabolite data {metabolites})"
)
_FILES_ES: Final = (
    "(rna [en] {rna}, proteinas [en] {proteins}, metabolitos [en] {metabolites}"
    "|transcriptomica {rna}, proteomica {proteins} y metabolomica {metabolites}"
    "|metabolitos {metabolites}, proteinas {proteins}, expresion {rna}"
    "|{rna}, {proteins} y {metabolites}"
    "|los datos de expresion {rna}, de proteinas {proteins} y de metabolitos {metabolites})"
)


def _recipe(
    name: str, code: str, says: tuple[str, ...], says_es: tuple[str, ...], weight: float = 1.0
) -> Recipe:
    """A recipe whose phrasings have ``@`` for the three files."""
    english = tuple(pattern.replace("@", _FILES) for pattern in says)
    spanish = tuple(pattern.replace("@", _FILES_ES) for pattern in says_es)
    return Recipe(name, english, spanish, code, _SLOTS, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _recipe(
        "integrate_omics",
        _MERGED + "print(merged.explained_variance)\n",
        (
            "(integrate|combine|merge|fuse|join) [my|the] (omics|omics layers|multi-omics data|layers) : @",
            "(integrate|combine|merge|fuse) @",
            "multi-omics integration (of|with|for) @",
            "multiomics @",
            "i have @ , (integrate|combine|merge) them",
            "(bring|put) @ together [in one model]",
            "(joint|integrated) analysis of @",
            "omics integration : @",
            "integrate (rna, protein and metabolite|transcriptomic, proteomic and metabolomic|the three omics) tables , @",
            "(find|get) [the] (shared|joint|common) factors (of|across|in) @",
            "data fusion of @ (layers|tables|omics)",
            "my three omics layers are @ ; integrate them",
            "run integrate_omics_layers (on|with) @",
        ),
        (
            "(integra|combina|une|fusiona) @",
            "integracion (multiomica|multi-omica|de omicas) de @",
            "tengo @ , (integralos|intégralos|combinalos)",
            "(integra|combina) las capas omicas : @",
            "analisis conjunto de @",
        ),
        2.0,
    ),
    _recipe(
        "integrate_what",
        _MERGED + "print(<<what>>)\n",
        (
            "(integrate|combine|merge) @ and (print|show|give me) the {what}",
            "{what} (of|from|after) [the] (integration|multi-omics integration) of @",
            "i have @ and want the {what} [after integration]",
            "{what} : multi-omics @",
            "from @ (compute|get) the {what} (by|with) omics integration",
            "multi-omics integration of @ , only the {what}",
            "what (is|are) the {what} when [i] (integrating|integrate|combine) @",
            "(show|print) {what} for the integrated omics layers @",
            "merge omics @ then {what}",
            "{what} of the joint omics analysis , @",
            "omics integration @ {what}",
        ),
        (
            "(integra|combina) @ y (muestra|imprime) [la|los|las|el] {what}",
            "{what} de la integracion (de|multiomica de) @",
            "quiero [la|los|las|el] {what} al integrar @",
        ),
    ),
    _recipe(
        "latent_factors",
        _MERGED
        + "for factor in merged.factors:\n    print(factor.name, factor.variance_explained)\n",
        (
            "(list|show|print) [the] factors (of|from|behind) the (integration|integrated omics) of @",
            "which factors come out (of|when i integrate) @",
            "(integrate|combine|merge) @ and (list|show|print) (each|every) factor",
            "latent factors (of|across|in) @",
            "factor analysis of the omics layers @",
            "multi-omics factors @",
            "factor names and [their] variance for @",
            "i have @ and want [to see] the [latent] factors",
            "variance of each factor when (integrating|combining) @",
            "what latent factors (explain|drive) @",
        ),
        (
            "(lista|muestra) los factores de la integracion de @",
            "factores latentes de @",
            "integra @ y (lista|muestra) cada factor",
        ),
        0.8,
    ),
    _recipe(
        "integrate_method",
        _MERGE
        + 'merged = integrate_omics_layers(rna, protein, metabolite, method="<<method>>")\nprint(merged.explained_variance)\n',
        (
            "(integrate|combine|merge|fuse) @ (with|using|by) [the] [method] {method} [method]",
            "{method} integration of @",
            "(use|apply) {method} to (integrate|combine|merge) @",
            "multi-omics {method} : @",
            "integrate omics method {method} , @",
            "i have @ and want to (integrate|combine) them (with|using|by) {method}",
            "omics integration of @ , method {method}",
            "run {method} (on|over|across) the omics layers @",
            "method={method} , (integrate|merge) @",
            "with {method} (fuse|join|merge) the layers @",
        ),
        (
            "(integra|combina) @ (con|usando) [el metodo] {method}",
            "integracion {method} de @",
            "usa {method} para integrar @",
        ),
        0.8,
    ),
    _recipe(
        "omics_scores_csv",
        _MERGED + 'merged.sample_scores.to_csv("<<out>>")\n',
        (
            "(integrate|combine|merge) @ and (save|write|export) the [sample] scores (to|as|in) {out}",
            "(save|write|export) the sample scores (of|from) [the integration of] @ (to|in|as) {out}",
            "{out} with the sample scores (of|from) integrating @",
            "sample scores of @ to {out}",
            "multi-omics integration of @ , sample scores in {out}",
            "put the sample scores of the integrated @ (in|into) {out}",
            "i have @ and (need|want) the integrated sample scores in {out}",
            "integrate @ ; scores go to {out}",
            "(make|create) {out} from the omics layers @ , sample scores",
            "omics scores @ , output {out}",
        ),
        (
            "(integra|combina) @ y (guarda|exporta) las puntuaciones en {out}",
            "{out} con las puntuaciones de las muestras al integrar @",
            "guarda en {out} las puntuaciones de la integracion de @",
        ),
        0.6,
    ),
    _recipe(
        "regulatory_network",
        _NET + "print(network.nodes, network.edges)\n",
        (
            "(build|make|infer|construct) (a|the) [gene] regulatory network (from|of|with) @",
            "[gene] regulatory network (of|from|for) @",
            "network [analysis] of @ (omics|layers|data)",
            "i have @ and (want|need) a regulatory network",
            "regulatory network @",
            "(how|in what way) do genes, proteins and metabolites regulate each other in @",
            "(link|connect) genes, proteins and metabolites (from|in) @ (into|as) a [regulatory] network",
            "multi-omics [regulatory] network (from|of) @",
            "infer regulation from @",
            "grn from @",
            "who regulates whom in @",
        ),
        (
            "(construye|haz|infiere) (una|la) red (regulatoria|de regulacion) (con|a partir de|de) @",
            "red regulatoria de @",
            "tengo @ y quiero la red regulatoria",
            "red de regulacion multiomica : @",
        ),
        1.2,
    ),
    _recipe(
        "regulatory_part",
        _NET + "print(<<part>>)\n",
        (
            "(build|make|infer) (a|the) regulatory network (from|of) @ and (print|show) the {part}",
            "{part} (of|in) the regulatory network (of|from) @",
            "regulatory network of @ , only the {part}",
            "{part} regulatory network @",
            "(show|list|print) the {part} of the multi-omics network from @",
            "i have @ and want the {part} of their regulatory network",
            "(what is|what are) the {part} of the regulatory network built from @",
            "from @ infer the network , then {part}",
            "network {part} for @",
            "grn of @ : {part}",
        ),
        (
            "{part} de la red regulatoria de @",
            "(construye|infiere) la red regulatoria de @ y (muestra|imprime) [los|las|el] {part}",
            "tengo @ y quiero [los|las|el] {part} de la red regulatoria",
        ),
        0.8,
    ),
    _recipe(
        "key_regulators",
        _REGULATORS + "print(identify_key_regulators(network))\n",
        (
            "(find|identify|list|show|get) [the] (key|main|master|important|central) regulators (in|of|from) @",
            "key regulators @",
            "(which|what|who) are the (key|main|master) regulators (in|of) @",
            "i have @ and (want|need) the (key|master|main) regulators",
            "(build|make|infer) (a|the) [regulatory] network (from|of) @ and (find|identify|list) [the] [key] regulators",
            "which genes or proteins (control|drive|dominate) the network (of|from) @",
            "(hub|central) nodes of the regulatory network of @",
            "master regulator analysis (of|for|with) @",
            "rank the regulators in @ [by centrality]",
            "most influential regulators (in|of) @",
            "regulators behind @",
        ),
        (
            "(encuentra|identifica|lista) los reguladores (clave|principales|maestros) de @",
            "reguladores (clave|principales) @",
            "tengo @ y quiero los reguladores (clave|principales)",
            "cuales son los reguladores (clave|principales) en @",
        ),
        1.2,
    ),
    _recipe(
        "top_regulators",
        _REGULATORS + "print(identify_key_regulators(network)[:<<top>>])\n",
        (
            "(find|list|show|get) [the] top {top} [key] regulators (in|of|from) @",
            "top {top} regulators @",
            "(which|what) are the {top} (main|most important|strongest|key) regulators (in|of) @",
            "i have @ and want the {top} (key|main|most important) regulators",
            "(build|infer) the [regulatory] network of @ and keep the {top} best regulators",
            "{top} most (central|influential) regulators (in|of) @",
            "the {top} master regulators of @",
            "best {top} regulators from @",
            "only {top} [key] regulators for @",
            "rank regulators in @ , first {top}",
        ),
        (
            "los {top} reguladores (mas importantes|principales|clave) de @",
            "(muestra|dame) los {top} mejores reguladores de @",
            "top {top} reguladores de @",
        ),
        0.8,
    ),
    _recipe(
        "omics_circuit",
        "import pandas as pd\n\nfrom bioql.multiomics import multiomics_integration_circuit\n\n"
        + _READ
        + _NOTE
        + "circuit = multiomics_integration_circuit(rna.to_numpy(), protein.to_numpy(), metabolite.to_numpy())\n"
        + "print(circuit.num_qubits, circuit.depth())\n",
        (
            "[quantum] circuit (for|that integrates|to integrate) @",
            "(build|make|create) (a|the) [quantum] (multi-omics|omics integration) circuit (from|for|with) @",
            "multi-omics circuit @",
            "quantum neural network for @",
            "encode the omics layers @ in a quantum circuit",
            "i have @ and (want|need) the quantum [integration] circuit",
            "quantum circuit : omics integration of @",
            "multiomics_integration_circuit with @",
            "how (big|deep) is the [quantum] circuit for the omics @",
            "circuit of the omics integration , @",
        ),
        (
            "circuito [cuantico] para integrar @",
            "(crea|construye) el circuito [cuantico] multiomico de @",
            "circuito multiomico con @",
        ),
        0.6,
    ),
)
