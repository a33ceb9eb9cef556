# ruff: noqa: E501
"""Recipes on modification sites of proteins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.slots import decimal, open_integer
from bioql_lsp.training.corpus.split import Draw

_THRESHOLD: Final = decimal(0.3, 0.95)
_CUT: Final = (
    "(with|using|at|, ) [a] [confidence] (threshold|cutoff) [of] #|, threshold #"
    "|(with|and) [a] (confidence|score) (above|over|of at least) #|, min confidence #"
    "|threshold=#|(above|over) # [confidence]|, cutoff #"
)
_CUT_ES: Final = (
    "con [un] umbral [de] #|, umbral #|con (confianza|puntuacion) (mayor que|de al menos|minima de) #"
    "|umbral=#|usando # como umbral|por encima de #|, threshold #"
)


def cut(draw: Draw) -> Said:
    """A threshold as a further argument."""
    number = _THRESHOLD(draw).written
    nodes = expand(f"({draw.local(_CUT, _CUT_ES)})", draw.rng)
    words = " ".join("".join(str(node) for node in nodes).split())
    return Said(words.replace("#", number), f", threshold={number}", is_exact=True)


_OWN: Final = option(
    (
        "predict_phosphorylation",
        "(phosphorylation|phosphorylation|phospho)",
        "(fosforilacion|fosforilación)",
    ),
    (
        "predict_acetylation",
        "(acetylation|acetylation|lysine acetylation)",
        "(acetilacion|acetilación)",
    ),
)
_TYPED: Final = option(
    ("methylation", "methylation", "(metilacion|metilación)"),
    (
        "ubiquitination",
        "(ubiquitination|ubiquitination|ubiquitylation|ubiquitin)",
        "(ubiquitinacion|ubiquitinación)",
    ),
    ("sumoylation", "(sumoylation|SUMOylation|sumo)", "(sumoilacion|sumoilación)"),
)
_SLOTS: Final[Mapping[str, Slot]] = {
    "cut": cut,
    "place": open_integer(2, 400),
}


def _filled(patterns: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The patterns with ``@`` spelt out: a protein, sometimes introduced."""
    lead = (
        "[la secuencia|el peptido|la proteina]"
        if language == "es"
        else "[[the] sequence|the peptide|the protein]"
    )
    return tuple(pattern.replace("@", f"{lead} {{protein}}") for pattern in patterns)


def _both(
    name: str,
    tail: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    *,
    weight: float = 1.0,
    head: str = "",
) -> tuple[Recipe, Recipe]:
    """Recipes for the types that have a function of their own, and for those that have not."""
    own = 'sequence = "<<protein>>"\nptm = <<ptm>>(sequence<<cut>>)\n'
    typed = (
        'sequence = "<<protein>>"\nptm = predict_ptm_sites(sequence, ptm_type="<<ptm>>"<<cut>>)\n'
    )
    return (
        _recipe(
            name,
            f"{head}from bioql import <<ptm>>\n\n{own}{tail}",
            says,
            says_es,
            kind=_OWN,
            weight=weight,
        ),
        _recipe(
            f"{name}_typed",
            f"{head}from bioql import predict_ptm_sites\n\n{typed}{tail}",
            says,
            says_es,
            kind=_TYPED,
            weight=weight,
        ),
    )


def _recipe(
    name: str,
    code: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    *,
    kind: Slot,
    weight: float,
) -> Recipe:
    slots = {**_SLOTS, "ptm": kind}
    return Recipe(
        name, _filled(says, "en"), _filled(says_es, "es"), code, slots, {"cut": ""}, weight
    )


_LOOP: Final = "for site in ptm.sites:\n    print("

RECIPES: Final[tuple[Recipe, ...]] = (
    *_both(
        "ptm_sites",
        f"{_LOOP}site.position, site.amino_acid, site.confidence)\n",
        (
            "(predict|find|show|list|get|identify|locate) [me] [all] [the] {ptm} sites (in|of|for) @ [{cut}]",
            "{ptm} sites {protein} [{cut}]",
            "{ptm} (prediction|site prediction|analysis) (for|of) @ [{cut}]",
            "where (is|could) @ [be] (modified|hit) by {ptm} [{cut}]",
            "which residues of @ (are|could be|may be) {ptm} (sites|targets) [{cut}]",
            "i (have|got) @ (and want|and need|, give me) [its|the] {ptm} sites [{cut}]",
            "(scan|screen|search|check|analyze) @ for {ptm} [sites] [{cut}]",
            "what are the [likely|predicted|probable] {ptm} sites (in|of) @ [{cut}]",
            "{protein} : {ptm} sites [{cut}]",
            "(need|want) [a list of] {ptm} sites [in|for] {protein} [{cut}]",
            "for @ (predict|find|list) [the] {ptm} sites [{cut}]",
            "predict {ptm} [of|in|on] @ [{cut}]",
            "can you (find|tell me|predict) the {ptm} sites in @ [{cut}] [please]",
            "sites of {ptm} in @ [{cut}]",
            "{ptm} residues with (confidence|scores) in @ [{cut}]",
        ),
        (
            "(predice|busca|encuentra|muestra|lista) [los] sitios de {ptm} (en|de) @ [{cut}]",
            "sitios de {ptm} {protein} [{cut}]",
            "(que|cuales) residuos de @ son sitios de {ptm} [{cut}]",
            "tengo @ y quiero [sus|los] sitios de {ptm} [{cut}]",
            "(donde|en que posiciones) ocurre la {ptm} en @ [{cut}]",
            "(prediccion|predicción|analisis) de {ptm} (de|para|en) @ [{cut}]",
            "(analiza|revisa|explora) @ en busca de {ptm} [{cut}]",
        ),
        weight=3.0,
    ),
    *_both(
        "ptm_count",
        "print(ptm.total_sites)\n",
        (
            "how many {ptm} sites (does|do) @ have [{cut}]",
            "(count|number) [of] [the] {ptm} sites (in|of) @ [{cut}]",
            "(what is|what's|give me|tell me) the (number|count|total) of {ptm} sites (in|of) @ [{cut}]",
            "total {ptm} sites {protein} [{cut}]",
            "how many {ptm} sites are there in @ [{cut}]",
            "{protein} {ptm} site count [{cut}]",
            "how many residues of @ (are|get) {ptm} sites [{cut}]",
            "(only|just) the number of predicted {ptm} sites for @ [{cut}]",
            "i have @ , how many {ptm} sites [are in it] [{cut}]",
            "count {ptm} events on @ [{cut}]",
            "(predict|find) {ptm} sites in @ and (count them|tell me how many|print how many) [{cut}]",
        ),
        (
            "cuantos sitios de {ptm} (tiene|hay en) @ [{cut}]",
            "(cuenta|numero de|total de) [los] sitios de {ptm} (en|de) @ [{cut}]",
            "dime (cuantos|el numero de) sitios de {ptm} hay en @ [{cut}]",
            "tengo @ , cuantos sitios de {ptm} tiene [{cut}]",
            "¿cuántos sitios de {ptm} tiene @ [{cut}]?",
        ),
        weight=1.5,
    ),
    *_both(
        "ptm_where",
        "print([site.position for site in ptm.sites])\n",
        (
            "[the] positions of [the] {ptm} sites (in|of) @ [{cut}]",
            "at (which|what) positions (is|does) {ptm} (happen|occur|expected) in @ [{cut}]",
            "(list|print|give me|show) (only|just) [the] {ptm} positions (in|of|for) @ [{cut}]",
            "{ptm} site positions {protein} [{cut}]",
            "positions where @ (undergoes|gets) {ptm} [{cut}]",
            "(at which|which) residue numbers [of] @ (show|carry|have) {ptm} [{cut}]",
            "a list of [the] residue (numbers|indices|positions) for {ptm} in @ [{cut}]",
            "residue numbers of {ptm} sites for @ [{cut}]",
            "i (need|want) the {ptm} positions in @ [as a list] [{cut}]",
            "for @ print the positions of {ptm} [{cut}]",
            "{protein} {ptm} positions [{cut}]",
        ),
        (
            "[las] posiciones de [los sitios de] {ptm} (en|de) @ [{cut}]",
            "(en que|que) posiciones (hay|tienen) {ptm} en @ [{cut}]",
            "(lista|imprime|dame) [solo] las posiciones de {ptm} (en|de) @ [{cut}]",
            "posiciones {ptm} {protein} [{cut}]",
            "numeros de residuo con {ptm} en @ [{cut}]",
        ),
    ),
    *_both(
        "ptm_best",
        "print(max(ptm.sites, key=lambda site: site.confidence, default=None))\n",
        (
            "[the] (best|most likely|most confident|top|strongest) {ptm} site (in|of) @",
            "(which|what) is the (most likely|most probable|best|top scoring) {ptm} site (in|of) @",
            "(find|show|give me|print) the {ptm} site with the highest (confidence|score) in @",
            "highest (confidence|scoring) {ptm} site {protein}",
            "where is {ptm} of @ most (likely|probable|certain)",
            "top {ptm} site {protein}",
            "for @ , which {ptm} site (has the best score|is the surest|is the most confident)",
            "(predict|scan) {ptm} in @ and keep (only the best|just the top) site",
            "{protein} : most (probable|likely) {ptm} site",
            "which residue of @ has the highest {ptm} (score|confidence)",
        ),
        (
            "[el] (mejor|principal) sitio de {ptm} (de|en) @",
            "(cual es el|el) sitio de {ptm} mas (probable|confiable|seguro) (de|en) @",
            "sitio de {ptm} con (mayor|mas|la mayor) (confianza|puntuacion) en @",
            "donde es mas probable la {ptm} en @",
        ),
        weight=0.7,
    ),
    *_both(
        "ptm_sorted",
        "for site in sorted(ptm.sites, key=lambda site: -site.confidence):\n    print(site.position, site.amino_acid, site.confidence)\n",
        (
            "(rank|sort|order) [the] {ptm} sites (of|in) @ by (confidence|score) [{cut}]",
            "{ptm} sites (of|in) @ (ranked|sorted|ordered) by (confidence|score|probability) [{cut}]",
            "(list|show|print) [the] {ptm} sites (of|in) @ (from best to worst|best first|most confident first|in descending confidence) [{cut}]",
            "ranked {ptm} sites {protein} [{cut}]",
            "ranking of {ptm} sites (in|for) @ [{cut}]",
            "i want the {ptm} sites in @ , (highest|best) (confidence|score) first [{cut}]",
            "(predict|find) {ptm} sites in @ and (sort|rank) them [by (confidence|score)] [{cut}]",
            "which {ptm} sites of @ are (surest|strongest|most likely) , in order [{cut}]",
            "@ : sort {ptm} sites by confidence [{cut}]",
            "order {protein} {ptm} sites by how (sure|confident|likely) they are [{cut}]",
        ),
        (
            "(ordena|clasifica) los sitios de {ptm} (de|en) @ por (confianza|puntuacion) [{cut}]",
            "sitios de {ptm} (de|en) @ ordenados por (confianza|puntuacion) [{cut}]",
            "(ranking|lista ordenada) de sitios de {ptm} (de|en) @ [{cut}]",
            "sitios de {ptm} en @ de mayor a menor confianza [{cut}]",
        ),
        weight=0.7,
    ),
    *_both(
        "ptm_motifs",
        f"{_LOOP}site.position, site.motif)\n",
        (
            "[sequence] motifs around [the] {ptm} sites (in|of) @ [{cut}]",
            "(show|print|list|give me) the [sequence] (motif|context) of (each|every) {ptm} site in @ [{cut}]",
            "{ptm} motifs {protein} [{cut}]",
            "what [sequence] (surrounds|flanks|is around) the {ptm} sites of @ [{cut}]",
            "(flanking|neighbouring|surrounding) (sequences|residues) of {ptm} sites in @ [{cut}]",
            "(find|predict) {ptm} sites in @ (and|then) (print|show) their (motifs|sequence context) [{cut}]",
            "which motifs (carry|hold|have) the {ptm} sites of @ [{cut}]",
            "{ptm} site motif for @ [{cut}]",
            "for each {ptm} site of @ the position and [the] motif [{cut}]",
            "sequence context of {ptm} in @ [{cut}]",
        ),
        (
            "motivos [de secuencia] (de|alrededor de) los sitios de {ptm} (en|de) @ [{cut}]",
            "(muestra|imprime|dame) el motivo de cada sitio de {ptm} (en|de) @ [{cut}]",
            "que secuencia rodea los sitios de {ptm} de @ [{cut}]",
            "contexto de secuencia de la {ptm} en @ [{cut}]",
        ),
        weight=0.6,
    ),
    *_both(
        "ptm_exposure",
        f"{_LOOP}site.position, site.surface_accessibility)\n",
        (
            "[surface] accessibility of [the] {ptm} sites (in|of) @ [{cut}]",
            "how (exposed|accessible) are the {ptm} sites (in|of) @ [{cut}]",
            "are the {ptm} sites of @ (on the surface|exposed|buried) [{cut}]",
            "(show|print|list) [the] {ptm} sites of @ with [their] surface (accessibility|exposure) [{cut}]",
            "solvent (exposure|accessibility) of {ptm} sites {protein} [{cut}]",
            "surface accessibility {ptm} sites {protein} [{cut}]",
            "which {ptm} sites of @ are accessible [{cut}]",
            "(predict|find) {ptm} sites in @ and (print|show) how accessible they are [{cut}]",
            "{protein} {ptm} surface exposure [{cut}]",
            "for (each|every) {ptm} site in @ (give|print) the accessibility [{cut}]",
        ),
        (
            "accesibilidad [superficial] de los sitios de {ptm} (en|de) @ [{cut}]",
            "que tan (expuestos|accesibles) estan los sitios de {ptm} de @ [{cut}]",
            "sitios de {ptm} de @ con su accesibilidad [superficial] [{cut}]",
            "exposicion al solvente de los sitios de {ptm} de @ [{cut}]",
        ),
        weight=0.5,
    ),
    *_both(
        "ptm_at",
        "print(any(site.position == <<place>> for site in ptm.sites))\n",
        (
            "is (position|residue) {place} of @ a {ptm} site [{cut}]",
            "does {ptm} (happen|occur) at (position|residue) {place} (in|of) @ [{cut}]",
            "(check|test|tell me) (whether|if) residue {place} of @ is a {ptm} site [{cut}]",
            "{ptm} at (position|residue) {place} in @ ?",
            "is there [a] {ptm} [site] at {place} in @ [{cut}]",
            "(can|could) residue {place} (of|in) @ be a {ptm} site [{cut}]",
            "{protein} residue {place} {ptm} yes or no",
            "in @ , is residue {place} (predicted|expected) for {ptm} [{cut}]",
            "i want to know if position {place} of @ has {ptm} [{cut}]",
        ),
        (
            "(es|esta) [la posicion|el residuo] {place} de @ (un sitio de|sitio de) {ptm} [{cut}]",
            "hay {ptm} en la posicion {place} de @ [{cut}]",
            "(comprueba|dime|revisa) si el residuo {place} de @ es sitio de {ptm} [{cut}]",
            "¿hay {ptm} en el residuo {place} de @?",
        ),
        weight=0.6,
    ),
    *_both(
        "ptm_csv_file",
        'pd.DataFrame(ptm.sites).to_csv("<<csv>>", index=False)\n',
        (
            "(save|write|export|store) [the] {ptm} sites of @ (to|in|as) {csv} [{cut}]",
            "(predict|find) [the] {ptm} sites in @ and (save|write|export) them (to|as|in) {csv} [{cut}]",
            "{csv} with [all] the {ptm} sites (of|in) @ [{cut}]",
            "put the {ptm} sites of @ into {csv} [{cut}]",
            "{ptm} sites {protein} to {csv} [{cut}]",
            "(make|create|generate) {csv} (from|with|of) the {ptm} sites of @ [{cut}]",
            "i (need|want) {csv} listing the {ptm} sites of @ [{cut}]",
            "dump {ptm} predictions for @ (in|into|to) {csv} [{cut}]",
            "{ptm} site table of @ (saved as|in) {csv} [{cut}]",
        ),
        (
            "(guarda|exporta|escribe) los sitios de {ptm} de @ en {csv} [{cut}]",
            "(predice|busca) los sitios de {ptm} en @ y (guardalos|guárdalos|exportalos) en {csv} [{cut}]",
            "{csv} con los sitios de {ptm} de @ [{cut}]",
            "quiero {csv} con la {ptm} de @ [{cut}]",
        ),
        weight=0.6,
        head="import pandas as pd\n\n",
    ),
)
