# ruff: noqa: E501
"""Recipes that filter, rank and pick among several molecules."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.screening import (
    ADME_IMPORT,
    LOOP,
    SCORES_IMPORT,
    TOX_IMPORT,
    molecules,
)
from bioql_lsp.training.corpus.slots import decimal, open_integer


def _filter(head: str, condition: str) -> str:
    return head + LOOP + f"    if {condition}:\n        print(smiles)\n"


def _rank(head: str, value: str, *, is_descending: bool = True) -> str:
    reverse = ", reverse=True" if is_descending else ""
    return (
        head
        + "molecules = [\n<<molecules>>\n]\n"
        + f"molecules.sort(key=lambda smiles: {value}{reverse})\n"
        + "print(molecules)\n"
    )


_SLOTS: Final[dict[str, Slot]] = {"molecules": molecules}
_SCORE: Final = "calculate_pharmaceutical_scores(smiles)"
_RANK_BY: Final = option(
    ("qed_score", "(QED|qed|drug-likeness|drug likeness)", "(QED|drug-likeness)"),
    ("pains_alerts", "(PAINS alerts|number of PAINS alerts|PAINS)", "alertas PAINS"),
    (
        "lipinski_violations",
        "(lipinski violations|number of lipinski violations)",
        "violaciones de lipinski",
    ),
    (
        "sa_score",
        "(SA score|synthetic accessibility|sa score)",
        "(SA score|accesibilidad sintetica)",
    ),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "filter_lipinski",
        (
            "(filter|reduce) {molecules} (by|with|using) (lipinski|the rule of five|Ro5)",
            "(which|what) of {molecules} (pass|passes|obey|satisfy|meet) (lipinski|the rule of five|Ro5)[?]",
            "(keep|print|show) only (those of|the lipinski compliant ones of) {molecules} that (pass|satisfy) (lipinski|the rule of five)",
            "lipinski filter (on|over|for) {molecules}",
            "from {molecules} (keep|select|pick) the ones that (pass|obey) (lipinski|the rule of five)",
            "(drop|remove|throw out) the ones of {molecules} that (fail|violate|break) lipinski",
            "apply [the] (lipinski|rule of five) filter to {molecules}",
            "I have {molecules}, filter by lipinski",
            "the lipinski compliant ones among {molecules}",
            "{molecules}: only those that pass the rule of five",
            "select lipinski compliant molecules (from|in|of) {molecules}",
            "lipinski survivors of {molecules}",
            "which molecules survive lipinski: {molecules}[?]",
            "oral drug filter (rule of five|lipinski) on {molecules}",
            "who passes lipinski: {molecules}[?]",
            "(run|do) a lipinski filter on {molecules}",
            "print those of {molecules} that obey the rule of five",
            "throw out of {molecules} what breaks the rule of five",
        ),
        (
            "filtra {molecules} (por|con) (Lipinski|la regla de cinco)",
            "cuales de {molecules} cumplen Lipinski[?]",
            "(deja|muestra|conserva) solo las de {molecules} que cumplen Lipinski",
            "filtro de Lipinski (para|sobre) {molecules}",
            "descarta de {molecules} las que no cumplen Lipinski",
        ),
        _filter(SCORES_IMPORT, f'{_SCORE}["lipinski_compliant"]'),
        slots=_SLOTS,
        weight=1.3,
    ),
    Recipe(
        "filter_qed",
        (
            "(filter|reduce) {molecules} (by|to) QED (above|over|greater than|>=) {threshold}",
            "(which|what) of {molecules} have [a] QED (above|over|of at least|greater than) {threshold}[?]",
            "(keep|print|show) those of {molecules} with QED (over|above|at least) {threshold}",
            "QED (cutoff|threshold) {threshold} (on|for) {molecules}",
            "from {molecules} select the ones whose QED (exceeds|is above|is at least) {threshold}",
            "{molecules}, qed at least {threshold} only",
            "drop everything of {molecules} with QED below {threshold}",
            "I have {molecules}, keep QED >= {threshold}",
            "apply a QED filter of {threshold} to {molecules}",
            "which ones are drug-like (QED over|with QED above|at QED) {threshold}: {molecules}",
        ),
        (
            "filtra {molecules} (por|con) QED mayor que {threshold}",
            "cuales de {molecules} tienen QED (mayor que|de al menos|sobre) {threshold}[?]",
            "deja solo las de {molecules} con QED sobre {threshold}",
            "umbral QED {threshold} para {molecules}",
        ),
        _filter(SCORES_IMPORT, f'{_SCORE}["qed_score"] >= <<threshold>>'),
        slots=_SLOTS,
        weight=0.9,
    ),
    Recipe(
        "filter_mw",
        (
            "(filter|reduce) {molecules} (by|to) (molecular weight|MW) (below|under|less than) {mass}",
            "(which|what) of {molecules} (weigh less than|are lighter than|have MW below) {mass}[?]",
            "(keep|print|show) those of {molecules} with (MW|molecular weight) (under|below|up to) {mass}",
            "MW (cutoff|limit) {mass} (on|for) {molecules}",
            "{molecules}, only those below {mass} Da",
            "drop everything heavier than {mass} from {molecules}",
            "from {molecules} select the ones lighter than {mass} daltons",
            "I have {molecules}, keep MW <= {mass}",
            "molecules under {mass} g/mol among {molecules}",
            "apply a weight filter of {mass} Da to {molecules}",
        ),
        (
            "filtra {molecules} por peso molecular menor que {mass}",
            "cuales de {molecules} pesan menos de {mass}[?]",
            "deja solo las de {molecules} con peso (menor que|hasta) {mass}",
            "limite de peso {mass} para {molecules}",
        ),
        _filter(SCORES_IMPORT, f'{_SCORE}["properties"]["molecular_weight"] <= <<mass>>'),
        slots={**_SLOTS, "mass": open_integer(100, 900, 10)},
        weight=0.7,
    ),
    Recipe(
        "filter_logp",
        (
            "(filter|reduce) {molecules} (by|to) logP (below|under|less than) {limit}",
            "(which|what) of {molecules} have [a] logP (below|under|of at most) {limit}[?]",
            "(keep|print|show) those of {molecules} with logP (under|below|up to) {limit}",
            "logP (cutoff|limit) {limit} (on|for) {molecules}",
            "{molecules}, only those with logP below {limit}",
            "drop everything with logP over {limit} from {molecules}",
            "from {molecules} select the ones with logP <= {limit}",
            "I have {molecules}, keep logP up to {limit}",
            "(remove|discard) the ones of {molecules} more lipophilic than logP {limit}",
            "apply a logP filter of {limit} to {molecules}",
        ),
        (
            "filtra {molecules} por logP menor que {limit}",
            "cuales de {molecules} tienen logP (menor que|bajo) {limit}[?]",
            "deja solo las de {molecules} con logP hasta {limit}",
            "limite de logP {limit} para {molecules}",
        ),
        _filter(SCORES_IMPORT, f'{_SCORE}["properties"]["logp"] <= <<limit>>'),
        slots={**_SLOTS, "limit": decimal(0, 7, 1)},
        weight=0.7,
    ),
    Recipe(
        "filter_pains",
        (
            "(filter|remove|drop|throw out) [the] PAINS (from|in|of|out of) {molecules}",
            "(which|what) of {molecules} (are free of|have no|contain no) PAINS [alerts][?]",
            "(keep|print|show) those of {molecules} without PAINS [alerts]",
            "PAINS filter (on|over|for) {molecules}",
            "from {molecules} (keep|select) the PAINS free ones",
            "{molecules}: only those without PAINS",
            "apply a PAINS filter to {molecules}",
            "I have {molecules}, which are clean of PAINS[?]",
            "clean {molecules} of PAINS",
            "PAINS-free molecules among {molecules}",
        ),
        (
            "(filtra|elimina|quita) los PAINS de {molecules}",
            "cuales de {molecules} no tienen PAINS[?]",
            "deja solo las de {molecules} sin [alertas] PAINS",
            "filtro PAINS para {molecules}",
        ),
        _filter(SCORES_IMPORT, f'{_SCORE}["pains_alerts"] == 0'),
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "filter_bbb",
        (
            "(filter|reduce) {molecules} (by|to) (BBB permeability|those that cross the BBB|brain penetration)",
            "(keep|print|show) (only those|the ones) of {molecules} that (cross|pass) the (BBB|blood brain barrier)",
            "from {molecules} (keep|select|pick) the (brain penetrant|BBB permeant) ones",
            "BBB filter (on|over|for) {molecules}",
            "{molecules}: only those that reach the brain",
            "drop the ones of {molecules} that do not cross the BBB",
            "CNS candidates among {molecules}",
            "select BBB permeant molecules (from|of) {molecules}",
            "apply a blood brain barrier filter to {molecules}",
            "I have {molecules}, keep the ones that get into the brain",
        ),
        (
            "filtra {molecules} por permeabilidad BBB",
            "deja solo las de {molecules} que cruzan la barrera hematoencefalica",
            "de {molecules}, conserva las que llegan al cerebro",
            "filtro BBB para {molecules}",
        ),
        _filter(ADME_IMPORT, "predict_adme_local(smiles).bbb_permeant"),
        slots=_SLOTS,
        weight=0.9,
    ),
    Recipe(
        "filter_ames",
        (
            "(remove|drop|throw out|filter out) [the] (mutagenic|ames positive) (ones|molecules|compounds) (from|of|in) {molecules}",
            "(keep|print|show) (only those|the ones) of {molecules} that are (not mutagenic|ames negative)",
            "from {molecules} (keep|select) the ames negative ones",
            "ames filter (on|over|for) {molecules}",
            "{molecules}: only the non-mutagenic ones",
            "(which|what) of {molecules} are not mutagenic[?]",
            "filter {molecules} by ames [test]",
            "ames negative molecules among {molecules}",
            "apply a mutagenicity filter to {molecules}",
            "I have {molecules}, get rid of mutagens",
        ),
        (
            "(elimina|quita|descarta) las mutagenicas de {molecules}",
            "deja solo las de {molecules} que no son mutagenicas",
            "filtra {molecules} por Ames",
            "cuales de {molecules} no son mutagenicas[?]",
        ),
        _filter(TOX_IMPORT, "not predict_toxicity_local(smiles).ames_mutagenic"),
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "rank_qed",
        (
            "(rank|sort|order) {molecules} by (QED|qed|drug-likeness|drug likeness) [from best to worst|descending]",
            "(QED|drug-likeness) ranking of {molecules}",
            "(which|what) order do {molecules} have by QED, best first[?]",
            "sort {molecules}, highest QED first",
            "{molecules} ranked by QED",
            "I have {molecules}, (rank|sort) them by (QED|drug-likeness)",
            "put {molecules} in order of drug-likeness",
            "best to worst by qed: {molecules}",
            "order my compounds {molecules} from most to least drug-like",
            "list {molecules} by decreasing QED",
        ),
        (
            "(ordena|clasifica) {molecules} por (QED|drug-likeness) [de mayor a menor]",
            "ranking de QED de {molecules}",
            "{molecules} ordenadas por QED",
            "de mejor a peor por QED: {molecules}",
        ),
        _rank(SCORES_IMPORT, f'{_SCORE}["qed_score"]'),
        slots=_SLOTS,
        weight=1.2,
    ),
    Recipe(
        "best_qed",
        (
            "(which|what) of {molecules} (is the most drug-like|has the highest QED|has the best QED)[?]",
            "(find|pick|choose|select) the most drug-like of {molecules}",
            "best QED among {molecules}",
            "the molecule with the highest QED in {molecules}",
            "most drug-like: {molecules}[?]",
            "highest QED of {molecules}",
            "I have {molecules}, which is the best drug candidate by QED[?]",
            "from {molecules} (take|print) the one with the top QED",
            "who wins on QED: {molecules}[?]",
            "argmax of QED over {molecules}",
        ),
        (
            "cual de {molecules} tiene el (mayor|mejor) QED[?]",
            "(elige|encuentra) la mas drug-like de {molecules}",
            "mejor QED entre {molecules}",
            "cual de {molecules} es el mejor candidato por QED[?]",
        ),
        SCORES_IMPORT
        + "molecules = [\n<<molecules>>\n]\n"
        + f'best = max(molecules, key=lambda smiles: {_SCORE}["qed_score"])\nprint(best)\n',
        slots=_SLOTS,
        weight=0.9,
    ),
    Recipe(
        "rank_ascending",
        (
            "(rank|sort|order) {molecules} by {measure}, (lowest|smallest) first",
            "(sort|order) {molecules} by increasing {measure}",
            "{molecules} sorted by {measure} from low to high",
            "ranking of {molecules} by {measure}, ascending",
            "ascending {measure}: {molecules}",
            "(which|what) order do {molecules} have by {measure}, lowest first[?]",
            "list {molecules} from low to high {measure}",
            "I have {molecules}, sort them by {measure} ascending",
            "put the lowest {measure} first: {molecules}",
            "order my compounds {molecules} by {measure} (upwards|ascending)",
        ),
        (
            "(ordena|clasifica) {molecules} por {measure} de menor a mayor",
            "{molecules} ordenadas por {measure}, ascendente",
            "de menor a mayor {measure}: {molecules}",
            "ordena por {measure} creciente {molecules}",
        ),
        _rank(SCORES_IMPORT, f'{_SCORE}["<<measure>>"]', is_descending=False),
        slots={**_SLOTS, "measure": _RANK_BY},
        weight=0.7,
    ),
    Recipe(
        "similarity_each",
        (
            "similarity of {molecule} to each of {molecules}",
            "tanimoto of {molecule} (against|with|to) each of {molecules}",
            "compare {molecule} (with|to|against) each of {molecules}",
            "how similar is {molecule} to each of {molecules}[?]",
            "for each of {molecules}, print the (tanimoto|similarity) to {molecule}",
            "query {molecule}, library {molecules}: tanimoto",
            "similarity screen of {molecules} with [the] query {molecule}",
            "loop over {molecules} and compute the similarity to {molecule}",
            "reference {molecule}: similarity of {molecules}",
            "tanimoto table of {molecules} against {molecule}",
        ),
        (
            "similitud de {molecule} con cada una de {molecules}",
            "compara {molecule} con cada una de {molecules}",
            "para cada una de {molecules}, imprime la similitud con {molecule}",
            "tanimoto de {molecules} frente a {molecule}",
        ),
        "from bioql.similarity_search import calculate_tanimoto_similarity\n\n"
        + 'query = "<<molecule>>"\n'
        + LOOP
        + "    print(smiles, calculate_tanimoto_similarity(query, smiles))\n",
        slots=_SLOTS,
        weight=1.0,
    ),
)
