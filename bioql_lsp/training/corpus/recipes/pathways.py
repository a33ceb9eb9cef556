# ruff: noqa: E501
"""Recipes on metabolic pathways and fluxes."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.slots import decimal, file_name
from bioql_lsp.training.corpus.split import Draw

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_METABOLITES: Final = (
    ("glucose", "glucosa"), ("pyruvate", "piruvato"), ("lactate", "lactato"), ("citrate", "citrato"),
    ("succinate", "succinato"), ("fumarate", "fumarato"), ("malate", "malato"), ("acetate", "acetato"),
    ("glutamate", "glutamato"), ("glutamine", "glutamina"), ("alanine", "alanina"), ("serine", "serina"),
    ("glycine", "glicina"), ("aspartate", "aspartato"), ("oxaloacetate", "oxalacetato"), ("urea", "urea"),
    ("creatine", "creatina"), ("choline", "colina"), ("betaine", "betaina"), ("taurine", "taurina"),
    ("ATP", "ATP"), ("ADP", "ADP"), ("NADH", "NADH"), ("acetyl-CoA", "acetil-CoA"), ("fructose", "fructosa"),
    ("ribose", "ribosa"), ("leucine", "leucina"), ("valine", "valina"), ("tyrosine", "tirosina"),
    ("tryptophan", "triptofano"), ("phenylalanine", "fenilalanina"), ("ornithine", "ornitina"),
    ("citrulline", "citrulina"), ("arginine", "arginina"), ("cholesterol", "colesterol"), ("uridine", "uridina"),
    ("carnitine", "carnitina"), ("histidine", "histidina"), ("methionine", "metionina"), ("xanthine", "xantina"),
)  # fmt: skip
_PATHWAYS: Final = option(
    ("Glycolysis", "glycolysis", "glucolisis"),
    ("TCA cycle", "(TCA cycle|the tca cycle)", "ciclo TCA"),
    ("Urea cycle", "[the] urea cycle", "ciclo de la urea"),
    ("Pentose phosphate pathway", "[the] pentose phosphate pathway", "via de las pentosas fosfato"),
    ("Fatty acid oxidation", "fatty acid oxidation", "oxidacion de acidos grasos"),
    ("Gluconeogenesis", "gluconeogenesis", "gluconeogenesis"),
    ("Purine metabolism", "purine metabolism", "metabolismo de purinas"),
    ("Amino acid metabolism", "amino acid metabolism", "metabolismo de aminoacidos"),
)
_MODELS: Final = (
    "e_coli_core", "iJO1366", "iML1515", "iAF1260", "Recon3D", "Recon2", "Human1", "yeast8", "iMM904",
    "iND750", "iJR904", "textbook", "salmonella", "iYO844", "iNJ661", "mini", "iLJ478", "iCHO2291", "iRC1080",
    "yeast_core", "liver_model", "my_model", "tumor_model", "hepatocyte", "iMAC868", "iPC815",
)  # fmt: skip
_REACTIONS: Final = (
    "EX_glc", "EX_o2", "EX_ac", "EX_lac", "EX_nh4", "EX_co2", "PFK", "PGI", "PYK", "CS", "ATPM", "LDH",
    "BIOMASS", "EX_glc__D_e", "EX_o2_e", "EX_gln", "MDH", "GAPD", "ENO", "TPI", "EX_etoh", "AKGDH",
)  # fmt: skip
_BOUND: Final = decimal(0.5, 30.0, 1)
_RATE: Final = decimal(0.1, 20.0, 2)


def metabolites(draw: Draw) -> Said:
    """Two to five metabolites, as the items of a list."""
    own = list(
        {
            draw.pick(_METABOLITES, key=lambda pair: pair[0])
            for _ in range(draw.choose((3, 4, 5, 6)))
        }
    )
    own.sort()
    draw.rng.shuffle(own)
    while len(own) < 2:
        own.append(draw.choose(_METABOLITES))
    said = [draw.local(*pair) for pair in own]
    last = draw.local(" and ", " y ")
    text = draw.choose((", ".join(said), ", ".join(said[:-1]) + last + said[-1], ", ".join(said)))
    return Said(text, ", ".join(f'"{english}"' for english, _ in own))


def model(draw: Draw) -> Said:
    """A metabolic model by its name."""
    name = draw.pick(_MODELS)
    return Said(name, name, is_exact=True)


def reaction(draw: Draw) -> Said:
    """A reaction by its id."""
    name = draw.pick(_REACTIONS)
    return Said(name, name, is_exact=True)


def rates(draw: Draw) -> Said:
    """One to three measured rates: ``<<rates>>`` is the whole dictionary."""
    names = list(dict.fromkeys(draw.pick(_REACTIONS) for _ in range(draw.choose((1, 2, 3)))))
    pairs = [(name, _RATE(draw).written) for name in names]
    sign = draw.choose((" ", " ", "=", ": "))
    written = "{" + ", ".join(f'"{name}": {rate}' for name, rate in pairs) + "}"
    return Said(", ".join(f"{name}{sign}{rate}" for name, rate in pairs), written, is_exact=True)


_SLOTS: Final = {
    "metabolites": metabolites,
    "pathway": _PATHWAYS,
    "model": model,
    "reaction": reaction,
    "rates": rates,
    "low": _BOUND,
    "high": decimal(31.0, 1000.0, 1),
    "svg": file_name("svg", "pathway", "kegg", "map", "glycolysis", "metabolism"),
    "flux": option(
        ("fba.objective_value", "(objective value|objective|optimal objective)", "valor objetivo"),
        (
            "fba.fluxes",
            "(fluxes|flux distribution|reaction fluxes)",
            "(flujos|distribucion de flujos)",
        ),
        ("fba.shadow_prices", "(shadow prices|shadow price)", "precios sombra"),
    ),
}
_PATHWAY: Final = f"from bioql import analyze_metabolic_pathway\n\n{_NOTE}"
_KEGG: Final = f"from bioql.metabolomics import map_to_kegg_pathway\n\n{_NOTE}kegg = map_to_kegg_pathway([<<metabolites>>])\n"
_FBA: Final = f"from bioql import perform_flux_balance_analysis\n\n{_NOTE}"
_FBA_WORDS: Final = "(flux balance analysis|fba|FBA)"
_FBA_ES: Final = "(analisis de balance de flujos|fba|FBA)"

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "pathway",
        says=(
            "pathway (enrichment|analysis) (of|for|with) {metabolites}",
            "which [metabolic] pathway (contains|involves|has|uses|fits) {metabolites}",
            "(analyze|find|run) [the] [metabolic] pathway [enrichment] (of|for) {metabolites}",
            "(to which pathway do {metabolites} belong|in which pathway are {metabolites})",
            "metabolic pathway {metabolites}",
            "my (hits|changed metabolites|significant metabolites) are {metabolites} , which pathway is (enriched|affected)",
            "i have {metabolites} and (want|need) [the] pathway [enrichment]",
            "(what|which) pathway do {metabolites} point to",
            "{metabolites} pathway [analysis]",
            "pathway p-value for {metabolites}",
            "enrichment [test] of {metabolites}",
            "are {metabolites} enriched in a pathway",
            "metabolic pathway analysis : {metabolites}",
        ),
        says_es=(
            "(analisis|análisis|enriquecimiento) de (rutas|la ruta|vias) (de|para|con) {metabolites}",
            "(que|en que) ruta metabolica (contiene|aparecen|esta enriquecida con) {metabolites}",
            "ruta metabolica de {metabolites}",
            "(analiza|busca) la (ruta|via) metabolica de {metabolites}",
            "tengo {metabolites} y quiero la ruta [metabolica]",
        ),
        code=_PATHWAY
        + "pathway = analyze_metabolic_pathway([<<metabolites>>])\nprint(pathway.pathway_name, pathway.enrichment_pvalue)\n",
        slots=_SLOTS,
        weight=2.0,
    ),
    Recipe(
        "pathway_genes",
        says=(
            "[which] genes (belong to|are involved in|act in) the pathway of {metabolites}",
            "genes (for|behind|linked to) {metabolites}",
            "(find|list|show) [the] [pathway] genes (for|of|involved with) {metabolites}",
            "pathway genes {metabolites}",
            "which (genes|enzymes) (handle|process|act on|metabolize) {metabolites}",
            "i have {metabolites} and (want|need) the genes involved",
            "(analyze|run) the pathway of {metabolites} and (print|show|list) the genes",
            "genes in the [metabolic] pathway of {metabolites}",
            "from metabolites to genes : {metabolites}",
            "gene list for the pathway with {metabolites}",
        ),
        says_es=(
            "(que|cuales) genes participan en la ruta de {metabolites}",
            "genes de la ruta [metabolica] de {metabolites}",
            "(muestra|lista) los genes implicados con {metabolites}",
            "tengo {metabolites} y quiero los genes de la ruta",
        ),
        code=_PATHWAY
        + "pathway = analyze_metabolic_pathway([<<metabolites>>])\nprint(pathway.genes_involved)\n",
        slots=_SLOTS,
    ),
    Recipe(
        "pathway_named",
        says=(
            "are {metabolites} (enriched in|part of) {pathway}",
            "(test|check|analyze) {metabolites} (for|against) {pathway}",
            "enrichment of {metabolites} in {pathway}",
            "{pathway} enrichment p-value (for|of) {metabolites}",
            "how (significant|strong) is {pathway} for {metabolites}",
            "(do|does) {metabolites} (belong to|fit|point to) {pathway}",
            "{metabolites} in {pathway}",
            "is {pathway} enriched given {metabolites}",
            "pathway {pathway} , metabolites {metabolites} , p-value",
            "i think {metabolites} are from {pathway} , test it",
            "run the pathway analysis on {metabolites} with {pathway} as the pathway",
        ),
        says_es=(
            "(estan|están) {metabolites} enriquecidos en {pathway}",
            "enriquecimiento de {metabolites} en {pathway}",
            "(comprueba|prueba) {metabolites} contra {pathway}",
            "valor p de {pathway} para {metabolites}",
        ),
        code=_PATHWAY
        + 'pathway = analyze_metabolic_pathway([<<metabolites>>], pathway="<<pathway>>")\nprint(pathway.pathway_name, pathway.enrichment_pvalue)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "kegg_map",
        says=(
            "(map|match|assign) {metabolites} (to|onto|on) [a] (kegg|KEGG) [pathway|map]",
            "(kegg|KEGG) (pathway|map|pathway id) (of|for|with) {metabolites}",
            "which (kegg|KEGG) pathway (has|contains|includes) {metabolites}",
            "kegg {metabolites}",
            "(find|look up|get) [the] (kegg|KEGG) pathway (for|of|with) {metabolites}",
            "i have {metabolites} and want the (kegg|KEGG) (pathway|id|map)",
            "(kegg|KEGG) mapping (of|for) {metabolites}",
            "where are {metabolites} in (kegg|KEGG)",
            "put {metabolites} on a (kegg|KEGG) (map|pathway)",
            "what is the (kegg|KEGG) pathway id for {metabolites}",
        ),
        says_es=(
            "(mapea|asigna) {metabolites} a [una ruta] (kegg|KEGG)",
            "ruta (kegg|KEGG) de {metabolites}",
            "que ruta (kegg|KEGG) contiene {metabolites}",
            "(busca|dame) el id (kegg|KEGG) de la ruta de {metabolites}",
        ),
        code=_KEGG + "print(kegg.pathway_id, kegg.pathway_name)\n",
        slots=_SLOTS,
    ),
    Recipe(
        "kegg_svg",
        says=(
            "(save|write|export|draw) the (kegg|KEGG) [pathway] map of {metabolites} (to|as|in) {svg}",
            "{svg} with the (kegg|KEGG) (map|pathway) of {metabolites}",
            "(map|draw) {metabolites} (to|on) (kegg|KEGG) and (save|write) (it|the map|the svg) (to|as|in) {svg}",
            "(kegg|KEGG) map {metabolites} {svg}",
            "(make|create|generate) {svg} from the (kegg|KEGG) pathway of {metabolites}",
            "i (need|want) an svg {svg} of the (kegg|KEGG) pathway with {metabolites}",
            "(kegg|KEGG) pathway picture of {metabolites} in {svg}",
            "draw the (kegg|KEGG) pathway for {metabolites} , file {svg}",
            "svg of the kegg map for {metabolites} to {svg}",
        ),
        says_es=(
            "(guarda|dibuja|exporta) el mapa (kegg|KEGG) de {metabolites} en {svg}",
            "{svg} con el mapa (kegg|KEGG) de {metabolites}",
            "(crea|genera) {svg} con la ruta (kegg|KEGG) de {metabolites}",
        ),
        code="from pathlib import Path\n\n" + _KEGG + 'Path("<<svg>>").write_text(kegg.svg_map)\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "fba",
        says=(
            f"(run|perform|do) [a] {_FBA_WORDS} (on|of|for|with) [the] {{model}}",
            f"{_FBA_WORDS} [of|on] {{model}}",
            "(optimize|compute|predict) [the] fluxes (of|in|for) [the metabolic model] {model}",
            "{model} fba",
            f"{_FBA_WORDS} for [the [metabolic|genome-scale] [model]] {{model}}",
            "i have the [metabolic] model {model} and (want|need) [an] (fba|flux balance analysis)",
            "(what is|find) the optimal flux (distribution|state) of {model}",
            "maximize growth in {model} [with fba]",
            "flux balance {model}",
            "(solve|simulate) {model} with flux balance analysis",
            f"do the {_FBA_WORDS} with {{model}} and show [the] objective and [the] fluxes",
            "objective value and fluxes of {model}",
        ),
        says_es=(
            f"(haz|ejecuta|realiza) [un] {_FBA_ES} (de|con|sobre) {{model}}",
            f"{_FBA_ES} (de|para) {{model}}",
            "(calcula|optimiza) los flujos de {model}",
            "fba {model}",
            "balance de flujos de {model}",
        ),
        code=_FBA
        + 'fba = perform_flux_balance_analysis("<<model>>")\nprint(fba.objective_value, fba.fluxes)\n',
        slots=_SLOTS,
        weight=1.5,
    ),
    Recipe(
        "fba_value",
        says=(
            f"(only|just) the {{flux}} (of|from) [a] {_FBA_WORDS} (of|on) {{model}}",
            f"[the] {{flux}} (of|for|from) {{model}} (with|by|from) {_FBA_WORDS}",
            f"(run|do) {_FBA_WORDS} on {{model}} and (print|show|give me) [only] the {{flux}}",
            "fba {flux} {model}",
            f"(what is|what are|show) the {{flux}} (of|in) {{model}} (according to|by|from) {_FBA_WORDS}",
            f"{_FBA_WORDS} {{model}} , (print|show) {{flux}}",
            f"i want the {{flux}} from [the] {_FBA_WORDS} of {{model}}",
            f"{{model}} : {_FBA_WORDS} , {{flux}} only",
            f"get {{flux}} by running {_FBA_WORDS} with {{model}}",
            f"perform {_FBA_WORDS} for {{model}} ; output the {{flux}}",
        ),
        says_es=(
            f"{{flux}} del {_FBA_ES} de {{model}}",
            f"(haz|ejecuta) [un] {_FBA_ES} de {{model}} y (muestra|imprime) [solo] {{flux}}",
            "fba {model} , {flux}",
        ),
        code=_FBA + 'fba = perform_flux_balance_analysis("<<model>>")\nprint(<<flux>>)\n',
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "fba_constraint",
        says=(
            f"{_FBA_WORDS} (of|on|for|with) {{model}} with {{reaction}} (between|from) -{{low}} (and|to) {{high}}",
            f"(run|perform|do) {_FBA_WORDS} on {{model}} (constraining|limiting|bounding) {{reaction}} (to|between) -{{low}} (and|to) {{high}}",
            f"{_FBA_WORDS} {{model}} {{reaction}} -{{low}} {{high}}",
            "(optimize|compute) fluxes of {model} with bounds -{low} to {high} on {reaction}",
            f"(limit|constrain|bound) {{reaction}} (to|between) -{{low}} (and|,|to) {{high}} in {{model}} and run {_FBA_WORDS}",
            f"{_FBA_WORDS} of {{model}} , {{reaction}} in -{{low}} .. {{high}}",
            f"{_FBA_WORDS} with constraint {{reaction}} -{{low}} to {{high}} , {{model}}",
            f"in {{model}} the flux through {{reaction}} must be between -{{low}} and {{high}} , (do|run) {_FBA_WORDS}",
            f"constrained {_FBA_WORDS} {{model}} : {{reaction}} from -{{low}} to {{high}}",
            f"i (need|want) [a] {_FBA_WORDS} of {{model}} where {{reaction}} has bounds -{{low}} and {{high}}",
        ),
        says_es=(
            f"{_FBA_ES} de {{model}} con {{reaction}} entre -{{low}} y {{high}}",
            f"(limita|restringe) {{reaction}} entre -{{low}} y {{high}} en {{model}} y (haz|ejecuta) [un] {_FBA_ES}",
            f"{_FBA_ES} {{model}} con limites -{{low}} y {{high}} para {{reaction}}",
        ),
        code=_FBA
        + 'fba = perform_flux_balance_analysis("<<model>>", constraints={"<<reaction>>": (-<<low>>, <<high>>)})\nprint(fba.objective_value, fba.fluxes)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "fba_uptake",
        says=(
            f"{_FBA_WORDS} (of|on|for|with) {{model}} with {{reaction}} uptake [limited to|of] {{low}}",
            f"(run|perform|do) {_FBA_WORDS} on {{model}} with [a] maximum uptake [of] {{low}} (through|by|on) {{reaction}}",
            "(limit|restrict|set) [the] {reaction} uptake to {low} in {model} and (optimize|compute) the fluxes",
            f"{_FBA_WORDS} {{model}} uptake {{reaction}} {{low}}",
            f"at most {{low}} uptake (through|by) {{reaction}} in {{model}} , run {_FBA_WORDS}",
            "fluxes of {model} at {reaction} uptake {low}",
            f"{_FBA_WORDS} of {{model}} , uptake of {{reaction}} capped at {{low}}",
            "how do the fluxes in {model} look when {reaction} takes up at most {low}",
            f"{{model}} with uptake limit {{low}} on {{reaction}} , {_FBA_WORDS}",
        ),
        says_es=(
            f"{_FBA_ES} de {{model}} con captacion maxima de {{low}} por {{reaction}}",
            f"limita la captacion de {{reaction}} a {{low}} en {{model}} y haz [un] {_FBA_ES}",
            "flujos de {model} con captacion {low} en {reaction}",
        ),
        code=_FBA
        + 'fba = perform_flux_balance_analysis("<<model>>", constraints={"<<reaction>>": (-<<low>>, 0.0)})\nprint(fba.objective_value, fba.fluxes)\n',
        slots=_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "mfa",
        says=(
            "(run|perform|do) [a] (metabolic flux analysis|mfa|MFA) (on|of|with) {model} (with|given|from|using) [the] [measured] [rates|measurements] {rates}",
            "(metabolic flux analysis|mfa|MFA) {model} {rates}",
            "(estimate|infer|compute) [the] [metabolic] fluxes (of|in) {model} from [the] (measurements|measured rates|rates) {rates}",
            "mfa for {model} , (measurements|rates|data) {rates}",
            "i measured {rates} , (estimate|get) the fluxes (of|in) {model}",
            "measured rates {rates} , {model} : metabolic flux analysis",
            "(metabolic flux analysis|MFA) with {rates} (on|in) {model}",
            "given [the rates] {rates} what are the fluxes in {model}",
            "fit {model} to the measured fluxes {rates}",
            "use {rates} as measurements for (mfa|metabolic flux analysis) with {model}",
        ),
        says_es=(
            "(haz|ejecuta|realiza) [un] (analisis de flujo metabolico|mfa) de {model} con [las medidas] {rates}",
            "(mfa|analisis de flujos metabolicos) {model} {rates}",
            "medi {rates} , estima los flujos de {model}",
            "(estima|calcula) los flujos de {model} a partir de [las medidas] {rates}",
        ),
        code="from bioql.metabolomics import perform_mfa\n\n"
        + _NOTE
        + 'mfa = perform_mfa(<<rates>>, model="<<model>>")\nprint(mfa.fluxes, mfa.flux_confidence)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "flux_circuit",
        says=(
            "[quantum|qaoa] circuit (for|to optimize) the fluxes (of|in) {model}",
            "(build|make|create) (a|the) [quantum|qaoa] circuit for [the] flux optimization (of|in|for) {model}",
            "flux optimization circuit {model}",
            "quantum circuit : metabolic fluxes of {model}",
            "flux optimization of {model} as a [quantum] circuit",
            "i (need|want) a [qaoa|quantum] circuit that optimizes the fluxes of {model}",
            "qaoa circuit for {model}",
            "flux_optimization_circuit for {model}",
            "how (big|deep) is the flux [optimization] circuit (of|for) {model}",
        ),
        says_es=(
            "circuito [cuantico] para optimizar los flujos de {model}",
            "(crea|construye) el circuito de optimizacion de flujos de {model}",
            "circuito qaoa para los flujos de {model}",
        ),
        code="from bioql.metabolomics import flux_optimization_circuit\n\n"
        + _NOTE
        + 'circuit = flux_optimization_circuit("<<model>>")\nprint(circuit.num_qubits, circuit.depth())\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "correlation_circuit",
        says=(
            "[quantum] circuit for [the] (correlation|correlations) (of|between|among) {metabolites}",
            "(build|make|create) (a|the) [quantum] pathway correlation circuit (of|for|with) {metabolites}",
            "pathway correlation circuit {metabolites}",
            "quantum circuit : pathway correlations of {metabolites}",
            "how {metabolites} correlate , as a quantum circuit",
            "i (need|want) a quantum circuit of the [pathway] correlations between {metabolites}",
            "encode {metabolites} in a quantum circuit",
            "pathway_correlation_circuit for {metabolites}",
            "[quantum] feature map of the metabolites {metabolites}",
        ),
        says_es=(
            "circuito [cuantico] de correlacion (de|entre) {metabolites}",
            "(crea|construye) el circuito de correlacion de ruta de {metabolites}",
            "mapa cuantico de los metabolitos {metabolites}",
        ),
        code="from bioql.metabolomics import pathway_correlation_circuit\n\n"
        + _NOTE
        + "circuit = pathway_correlation_circuit([<<metabolites>>])\nprint(circuit.num_qubits, circuit.depth())\n",
        slots=_SLOTS,
        weight=0.5,
    ),
)
