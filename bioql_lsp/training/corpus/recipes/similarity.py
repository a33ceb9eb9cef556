# ruff: noqa: E501
"""Recipes on comparing molecules and on searching databases for similar ones."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.medchem import PLACEHOLDER
from bioql_lsp.training.corpus.recipes.molecules import about

_DATABASE: Final = option(
    ("chembl", "(ChEMBL|chembl|the ChEMBL database)", "(ChEMBL|chembl)"),
    ("pubchem", "(PubChem|pubchem|the PubChem database)", "(PubChem|pubchem)"),
)
_SEARCH: Final = (
    "from bioql.similarity_search import search_<<database>>\n\n"
    + 'smiles = "<<molecule>>"\n'
    + PLACEHOLDER
    + "hits = search_<<database>>(smiles<<limit>>)\nprint(len(hits), hits)\n"
)
_PIPELINE: Final = (
    "from bioql.similarity_search import similarity_search_pipeline\n\n"
    + 'smiles = "<<molecule>>"\n'
    + PLACEHOLDER
    + "hits = similarity_search_pipeline(smiles<<limit>>)\n"
    + 'print(hits["total_hits"], hits["chembl_hits"])\n'
)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "tanimoto",
        (
            "(tanimoto|Tanimoto|tanimoto similarity|similarity) (of|between) {molecule} and {molecule2}",
            "how similar (are|is) {molecule} (and|to) {molecule2}[?]",
            "(calculate|compute|get|find) [the] (tanimoto similarity|tanimoto coefficient|similarity) (of|between) {molecule} and {molecule2}",
            "(compare|match) {molecule} (with|to|and|against) {molecule2} [by tanimoto|by fingerprint|by similarity]",
            "tanimoto {molecule} {molecule2}",
            "is {molecule} (similar|chemically similar|close) to {molecule2}[?]",
            "{molecule} vs {molecule2} similarity",
            "(fingerprint|structural|chemical) similarity (of|between) {molecule} and {molecule2}",
            "how (close|alike|related) are {molecule} and {molecule2} [structurally|chemically][?]",
            "I have two molecules, {molecule} and {molecule2}, how (similar|alike) are they[?]",
            "do {molecule} and {molecule2} look alike[?]",
            "use calculate_tanimoto_similarity for {molecule} and {molecule2}",
            "structural distance between {molecule} and {molecule2}",
            "what is the (similarity|tanimoto score) of {molecule} to {molecule2}[?]",
            "score the similarity of {molecule} with {molecule2}",
            "{molecule} and {molecule2}: tanimoto",
            "measure how much {molecule} resembles {molecule2}",
            "give me the tanimoto [index|coefficient|score] for the pair {molecule}, {molecule2}",
            "what do {molecule} and {molecule2} have in common structurally, as a tanimoto[?]",
        ),
        (
            "(similitud|similitud de tanimoto|tanimoto) (de|entre) {molecule} y {molecule2}",
            "(que|qué|cuan) (tan parecidas|tan similares|parecidas|similares) son {molecule} y {molecule2}[?]",
            "(compara|calcula la similitud de) {molecule} (con|y) {molecule2}",
            "se parecen {molecule} y {molecule2}[?]",
            "(calcula|dame) el coeficiente de tanimoto (de|entre) {molecule} y {molecule2}",
            "cuanto se parece {molecule} a {molecule2}[?]",
        ),
        """from bioql.similarity_search import calculate_tanimoto_similarity

first = "<<molecule>>"
second = "<<molecule2>>"
similarity = calculate_tanimoto_similarity(first, second)
print(similarity)
""",
        weight=3.0,
    ),
    Recipe(
        "tanimoto_threshold",
        (
            "(are|is) {molecule} and {molecule2} more than {threshold} similar[?]",
            "is the (tanimoto|similarity|tanimoto similarity) of {molecule} and {molecule2} (above|over|at least|greater than) {threshold}[?]",
            "(check|test|tell me) (if|whether) {molecule} and {molecule2} are (similar|alike) (at|above|over) {threshold}",
            "{molecule} vs {molecule2}, similar at [a] threshold [of] {threshold}[?]",
            "similarity of {molecule} and {molecule2} >= {threshold}[?]",
            "with [a] cutoff [of] {threshold}, are {molecule} and {molecule2} similar[?]",
            "does the similarity of {molecule} to {molecule2} (exceed|reach|pass) {threshold}[?]",
            "tanimoto {molecule} {molecule2} over {threshold}[?]",
            "say whether {molecule} and {molecule2} pass a tanimoto cutoff of {threshold}",
            "similar enough, cutoff {threshold}: {molecule} and {molecule2}[?]",
        ),
        (
            "es la similitud de {molecule} y {molecule2} mayor que {threshold}[?]",
            "(comprueba|mira) si {molecule} y {molecule2} superan {threshold} de similitud",
            "con umbral {threshold}, son similares {molecule} y {molecule2}[?]",
            "tanimoto de {molecule} y {molecule2} por encima de {threshold}[?]",
        ),
        """from bioql.similarity_search import calculate_tanimoto_similarity

first = "<<molecule>>"
second = "<<molecule2>>"
similarity = calculate_tanimoto_similarity(first, second)
print(similarity, similarity >= <<threshold>>)
""",
        weight=0.8,
    ),
    Recipe(
        "closest_of_two",
        (
            "(which|what) is (closer|more similar) to {molecule}: {molecule2} or {molecule3}[?]",
            "is {molecule2} or {molecule3} (closer|more similar) to {molecule}[?]",
            "(rank|order|sort) {molecule2} and {molecule3} by similarity to {molecule}",
            "which of {molecule2} and {molecule3} (resembles|looks like|is more like) {molecule} [more|most][?]",
            "of {molecule2} and {molecule3}, find the one most similar to {molecule}",
            "nearest neighbour of {molecule} among {molecule2} and {molecule3}",
            "compare {molecule2} and {molecule3} to [the query|the reference] {molecule}",
            "reference {molecule}, candidates {molecule2} and {molecule3}: rank by tanimoto",
            "I have {molecule2} and {molecule3}, which one is more like {molecule}[?]",
            "tanimoto ranking of {molecule2} and {molecule3} against {molecule}",
        ),
        (
            "cual se parece mas a {molecule}: {molecule2} o {molecule3}[?]",
            "(ordena|clasifica) {molecule2} y {molecule3} por similitud a {molecule}",
            "entre {molecule2} y {molecule3}, cual es mas similar a {molecule}[?]",
            "es {molecule2} o {molecule3} mas parecida a {molecule}[?]",
        ),
        """from bioql.similarity_search import calculate_tanimoto_similarity

query = "<<molecule>>"
candidates = [
    "<<molecule2>>",
    "<<molecule3>>",
]
candidates.sort(key=lambda smiles: -calculate_tanimoto_similarity(query, smiles))
print(candidates)
""",
        weight=0.7,
    ),
    Recipe(
        "search_database",
        (
            "(search|query) {database} for (molecules|compounds|analogs|structures) (similar to|like) {molecule}",
            "(find|get|list|show) [me] (similar molecules|similar compounds|analogs|analogues) (of|to) {molecule} in {database}",
            "{database} (similarity search|search) (for|with|of) {molecule}",
            "(what|which) (compounds|molecules) in {database} (are similar to|resemble|look like) {molecule}[?]",
            "is there anything like {molecule} in {database}[?]",
            "look {molecule} up in {database}",
            "look for {molecule} (analogs|analogues|neighbours) in {database}",
            "{database} hits (for|of) {molecule}",
            "{database} {molecule}",
            "does {database} (have|know|contain) [compounds like|analogs of] {molecule}[?]",
            "I have {molecule}, search {database}",
            "neighbours of {molecule} in {database}",
        ),
        (
            "(busca|encuentra) moleculas (similares|parecidas) a {molecule} en {database}",
            "busca {molecule} en {database}",
            "que compuestos de {database} se parecen a {molecule}[?]",
            "analogos de {molecule} en {database}",
            "busqueda por similitud de {molecule} en {database}",
        ),
        _SEARCH.replace("<<limit>>", ""),
        slots={"database": _DATABASE},
        weight=1.5,
    ),
    Recipe(
        "search_database_threshold",
        (
            "(search|query) {database} for (molecules|compounds|analogs) like {molecule} (with|at) [a] (similarity|threshold|tanimoto) [of|above|over|at least] {threshold}",
            "(find|get|list) (similar compounds|similar molecules|analogs) of {molecule} in {database} [with] (similarity above|tanimoto over|similarity at least|cutoff) {threshold}",
            "{database} similarity search for {molecule}, (threshold|cutoff|similarity) {threshold}",
            "{database} hits for {molecule} (above|over|from) {threshold} [similarity]",
            "{database} search of {molecule} (at|with similarity) {threshold}",
            "compounds in {database} more than {threshold} similar to {molecule}",
            "with [a] cutoff [of] {threshold}, search {database} for {molecule}",
            "which {database} entries are at least {threshold} similar to {molecule}[?]",
            "min similarity {threshold}: look for {molecule} in {database}",
            "search {database}, molecule {molecule}, similarity {threshold}",
        ),
        (
            "busca en {database} moleculas parecidas a {molecule} con similitud [de|mayor que] {threshold}",
            "analogos de {molecule} en {database} con (umbral|similitud) {threshold}",
            "que compuestos de {database} superan {threshold} de similitud con {molecule}[?]",
            "busqueda en {database} de {molecule}, umbral {threshold}",
        ),
        _SEARCH.replace("<<limit>>", ", similarity=<<threshold>>"),
        slots={"database": _DATABASE},
        weight=0.8,
    ),
    about(
        "search_drugbank",
        "from bioql.similarity_search import search_drugbank\n\n"
        + 'smiles = "<<molecule>>"\n'
        + PLACEHOLDER
        + "hits = search_drugbank(smiles)\nprint(len(hits), hits)\n",
        "(DrugBank hits|drugbank hits|similar drugs in DrugBank|drugbank search|DrugBank neighbours|approved drugs similar to it in drugbank)",
        ("los", "farmacos similares en DrugBank"),
        (
            "(search|query|check) (drugbank|DrugBank) for {molecule}",
            "(find|list) (approved|marketed|known) drugs (similar to|like) {molecule}",
            "is there (an approved|a marketed|a known) drug (like|similar to) {molecule}[?]",
            "which drugs (resemble|look like) {molecule}[?]",
            "look {molecule} up in DrugBank",
        ),
        (
            "busca {molecule} en (DrugBank|drugbank)",
            "que (farmacos|medicamentos) [aprobados] se parecen a {molecule}[?]",
        ),
        weight=0.9,
    ),
    about(
        "search_all",
        _PIPELINE.replace("<<limit>>", ""),
        "(similar compounds in all databases|similarity search|similar compounds|similar molecules|analogs in chembl and pubchem|analogues)",
        ("los", "(compuestos similares|analogos)"),
        (
            "(find|search for|look for) (similar compounds|similar molecules|analogs|analogues) (of|to) {molecule} [in chembl and pubchem|in all databases|in the databases]",
            "(search|query) [all|the] databases for (molecules|compounds) like {molecule}",
            "(run|do) a [full] similarity search (for|on|with) {molecule}",
            "(which|what) (known|other) (molecules|compounds) (are similar to|resemble) {molecule}[?]",
            "use similarity_search_pipeline (for|on) {molecule}",
            "chembl, pubchem and drugbank hits for {molecule}",
        ),
        (
            "busca (moleculas|compuestos) (similares|parecidos) a {molecule} [en chembl y pubchem|en las bases de datos]",
            "busqueda por similitud de {molecule} en todas las bases",
        ),
        weight=1.4,
    ),
    Recipe(
        "search_all_threshold",
        (
            "(find|search for|list) (similar compounds|similar molecules|analogs) (of|to) {molecule} with [min] similarity [above|over|of|at least] {threshold}",
            "similarity search for {molecule}, (threshold|cutoff|min similarity) {threshold}",
            "(run|do) a similarity search (on|for) {molecule} (at|with cutoff|with threshold) {threshold}",
            "compounds (more than|at least) {threshold} similar to {molecule} [in all databases|in chembl and pubchem]",
            "search chembl and pubchem for {molecule} (at|with|above) [similarity|tanimoto] {threshold}",
            "use similarity_search_pipeline on {molecule} with min_similarity {threshold}",
            "analogs of {molecule}, tanimoto >= {threshold}",
            "with [a] similarity cutoff [of] {threshold}, what is like {molecule}[?]",
            "(search|query) all databases for {molecule}, similarity {threshold}",
            "similar molecules {molecule} {threshold}",
            "list everything at least {threshold} similar to {molecule}",
            "cutoff {threshold}, similar compounds to {molecule}",
            "{molecule} neighbours, min similarity {threshold}",
            "look for compounds resembling {molecule}, cutoff {threshold}",
            "similarity pipeline for {molecule} at {threshold}",
        ),
        (
            "busca compuestos similares a {molecule} con similitud [minima|mayor que|de] {threshold}",
            "busqueda por similitud de {molecule} con umbral {threshold}",
            "analogos de {molecule}, similitud minima {threshold}",
            "que moleculas superan {threshold} de similitud con {molecule}[?]",
        ),
        _PIPELINE.replace("<<limit>>", ", min_similarity=<<threshold>>"),
        weight=0.8,
    ),
)
