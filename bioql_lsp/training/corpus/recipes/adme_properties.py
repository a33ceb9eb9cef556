# ruff: noqa: E501
"""Recipes on single ADME properties of a molecule."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.molecules import ADME_HEAD, about


def _print(*fields: str) -> str:
    return ADME_HEAD + f"print({', '.join(f'adme.{field}' for field in fields)})\n"


_CYP_SUBSTRATE: Final = option(
    ("cyp3a4_substrate", "(CYP3A4|cyp3a4|CYP 3A4|3A4)", "(CYP3A4|cyp3a4|3A4)"),
    ("cyp2d6_substrate", "(CYP2D6|cyp2d6|CYP 2D6|2D6)", "(CYP2D6|cyp2d6|2D6)"),
    ("cyp2c9_substrate", "(CYP2C9|cyp2c9|CYP 2C9|2C9)", "(CYP2C9|cyp2c9|2C9)"),
)
_CYP_INHIBITOR: Final = option(
    ("cyp3a4_inhibitor", "(CYP3A4|cyp3a4|CYP 3A4|3A4)", "(CYP3A4|cyp3a4|3A4)"),
    ("cyp2d6_inhibitor", "(CYP2D6|cyp2d6|CYP 2D6|2D6)", "(CYP2D6|cyp2d6|2D6)"),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    about(
        "oral_bioavailability",
        _print("oral_bioavailability"),
        "(oral bioavailability|bioavailability|oral F|F%|percent oral bioavailability|oral availability)",
        ("la", "(biodisponibilidad|biodisponibilidad oral)"),
        (
            "(can|could) {molecule} be (taken|given|dosed) (orally|by mouth|as a pill)[?]",
            "how bioavailable is {molecule} [when taken orally|orally|by mouth][?]",
            "(how much|what fraction|what percentage) of an oral dose of {molecule} (reaches|gets into) the (blood|bloodstream|circulation)[?]",
            "is {molecule} orally (available|bioavailable|active)[?]",
            "will {molecule} work as a (pill|tablet|capsule)[?]",
        ),
        (
            "(se puede|puede) tomar {molecule} por via oral[?]",
            "(que|qué) tan biodisponible es {molecule}[?]",
            "(cuanto|que porcentaje) de {molecule} llega a la sangre por via oral[?]",
        ),
        weight=2.0,
    ),
    about(
        "bbb",
        _print("bbb_permeant"),
        "(BBB permeability|bbb permeability|blood brain barrier permeability|blood-brain barrier permeation|BBB penetration|BBB permeation|bbb)",
        (
            "la",
            "(permeabilidad de la barrera hematoencefalica|permeabilidad BBB|penetracion cerebral)",
        ),
        (
            "(does|can|will) {molecule} (cross|pass|get through|penetrate) the (blood brain barrier|blood-brain barrier|BBB|bbb)[?]",
            "(does|can|will) {molecule} (get into|reach|enter) the brain[?]",
            "is {molecule} (BBB permeant|brain penetrant|bbb permeable|bbb+|BBB positive)[?]",
            "(check|test|predict) (if|whether) {molecule} (crosses|passes|can cross) the (blood brain barrier|BBB)",
            "bbb check {molecule}",
            "I need a CNS drug, (does|would) {molecule} (cross|pass) the BBB[?]",
        ),
        (
            "(cruza|atraviesa|pasa) {molecule} la barrera (hematoencefalica|hematoencefálica)[?]",
            "(llega|entra) {molecule} al cerebro[?]",
            "(comprueba|predice|mira) si {molecule} (cruza|atraviesa|pasa) la (barrera hematoencefalica|BBB)",
            "puede {molecule} (entrar en|llegar a) el cerebro[?]",
        ),
        weight=2.5,
    ),
    about(
        "half_life",
        _print("half_life"),
        "(half life|half-life|halflife|t1/2|plasma half-life|elimination half life|half life in hours)",
        ("la", "(vida media|semivida|vida media plasmatica)"),
        (
            "how long does {molecule} (stay|last|remain) in the (body|blood|plasma)[?]",
            "(after how many hours|when) is half of {molecule} (gone|eliminated|cleared)[?]",
            "how (fast|quickly) (does|is) {molecule} (decay|eliminated|gone) in plasma[?]",
            "how many hours is the half life of {molecule}[?]",
        ),
        (
            "cuanto (tiempo|dura) {molecule} en (el cuerpo|la sangre|el organismo)[?]",
            "en cuantas horas se elimina la mitad de {molecule}[?]",
            "cuantas horas dura la vida media de {molecule}[?]",
        ),
        weight=2.0,
    ),
    about(
        "clearance",
        _print("clearance"),
        "(clearance|total clearance|plasma clearance|CL|systemic clearance)",
        ("el", "(aclaramiento|aclaramiento total|clearance)"),
        (
            "how (fast|quickly) is {molecule} cleared [from the body|from plasma][?]",
            "is {molecule} cleared (fast|quickly|slowly)[?]",
            "(rate of clearance|clearance rate) of {molecule}",
        ),
        (
            "(que tan rapido|con que rapidez) se (elimina|depura) {molecule}[?]",
            "depuracion de {molecule}",
        ),
        weight=1.2,
    ),
    about(
        "half_life_clearance",
        _print("half_life", "clearance"),
        "(half life and clearance|half-life and clearance|t1/2 and CL|elimination [parameters]|elimination kinetics)",
        ("la", "(vida media y aclaramiento|eliminacion)"),
        (
            "how is {molecule} eliminated[?]",
            "(half life|half-life) of {molecule}, and its clearance",
        ),
        ("vida media de {molecule} y su aclaramiento", "como se elimina {molecule}[?]"),
    ),
    about(
        "renal_clearance",
        _print("renal_clearance"),
        "(renal clearance|kidney clearance|renal CL|clearance by the kidneys|renal elimination)",
        ("el", "(aclaramiento renal|aclaramiento por el riñon)"),
        (
            "how much of {molecule} do the kidneys clear[?]",
            "(is|how is) {molecule} (cleared|excreted|eliminated) by the kidney[s][?]",
            "how (fast|well) do [the] kidneys (remove|excrete) {molecule}[?]",
        ),
        ("(eliminan|excretan) los riñones {molecule}[?]", "eliminacion renal de {molecule}"),
    ),
    about(
        "caco2",
        _print("caco2_permeability"),
        "(caco-2 permeability|caco2 permeability|Caco-2 permeability|caco2|caco-2 perm|intestinal cell permeability)",
        ("la", "(permeabilidad caco-2|permeabilidad caco2|permeabilidad en Caco-2)"),
        (
            "how (well|easily) does {molecule} (permeate|cross|get through) caco-2 [cells|monolayers][?]",
            "is {molecule} permeable in [the] caco-2 (assay|cells|model)[?]",
            "caco-2 assay (prediction|result) (of|for) {molecule}",
        ),
        ("es {molecule} permeable en (celulas|el modelo) caco-2[?]", "ensayo caco-2 de {molecule}"),
        weight=1.3,
    ),
    about(
        "intestinal_absorption",
        _print("human_intestinal_absorption"),
        "(human intestinal absorption|intestinal absorption|gut absorption|HIA|GI absorption|gastrointestinal absorption)",
        ("la", "(absorcion intestinal|absorcion intestinal humana|HIA)"),
        (
            "how (well|much) is {molecule} absorbed (in the gut|in the intestine|from the gut|by the intestine)[?]",
            "(is|will) {molecule} (absorbed|be absorbed) (in the gut|in the intestine)[?]",
            "what percentage of {molecule} does the (gut|intestine) absorb[?]",
        ),
        (
            "se absorbe {molecule} en el intestino[?]",
            "(cuanto|que porcentaje) de {molecule} se absorbe en el intestino[?]",
        ),
        weight=1.3,
    ),
    about(
        "pgp_substrate",
        _print("pgp_substrate"),
        "(P-gp substrate status|p-glycoprotein substrate prediction|pgp substrate flag|P-gp substrate|efflux liability)",
        ("la", "prediccion de sustrato de (P-gp|glicoproteina P)"),
        (
            "is {molecule} a (P-gp|pgp|p-gp|P-glycoprotein|MDR1) substrate[?]",
            "(check|tell me|predict) (if|whether) {molecule} is a (P-gp|pgp|P-glycoprotein) substrate",
            "(does|will) (P-gp|pgp|P-glycoprotein) (pump out|export|efflux) {molecule}[?]",
            "is {molecule} (pumped out|effluxed) by (P-gp|P-glycoprotein)[?]",
        ),
        (
            "es {molecule} sustrato de (P-gp|la glicoproteina P)[?]",
            "(mira|comprueba) si {molecule} es sustrato de P-gp",
        ),
    ),
    about(
        "pgp_inhibitor",
        _print("pgp_inhibitor"),
        "(P-gp inhibition|p-glycoprotein inhibition|pgp inhibitor flag|P-gp inhibitor status|pgp inhibition)",
        ("la", "inhibicion de (P-gp|la glicoproteina P)"),
        (
            "(does|will) {molecule} (inhibit|block) (P-gp|pgp|P-glycoprotein|MDR1)[?]",
            "is {molecule} a (P-gp|pgp|P-glycoprotein) inhibitor[?]",
            "(check|tell me|predict) (if|whether) {molecule} (inhibits|blocks) (P-gp|pgp|P-glycoprotein)",
        ),
        ("inhibe {molecule} la (P-gp|glicoproteina P)[?]", "es {molecule} inhibidor de P-gp[?]"),
    ),
    about(
        "cns_permeability",
        _print("cns_permeability"),
        "(CNS permeability|cns permeability|logPS|CNS logPS|central nervous system permeability)",
        ("la", "(permeabilidad del SNC|permeabilidad en el sistema nervioso central|logPS)"),
        (
            "how permeable is the (CNS|central nervous system) to {molecule}[?]",
            "logPS value (for|of) {molecule}",
        ),
        ("logPS de la molecula {molecule}",),
        weight=0.8,
    ),
    about(
        "volume_of_distribution",
        _print("vd_human"),
        "(volume of distribution|Vd|VDss|human Vd|distribution volume|vd in L/kg)",
        ("el", "(volumen de distribucion|Vd|volumen de distribución)"),
        (
            "how (widely|far) does {molecule} distribute [into tissue|in the body][?]",
            "into what volume does {molecule} (spread|distribute)[?]",
        ),
        ("como se distribuye {molecule} en (el cuerpo|los tejidos)[?]",),
    ),
    about(
        "protein_binding",
        _print("plasma_protein_binding"),
        "(plasma protein binding|PPB|ppb|fraction bound [in plasma]|serum protein binding|albumin binding)",
        ("la", "(union a proteinas plasmaticas|unión a proteínas plasmáticas|PPB)"),
        (
            "how (much|strongly) (of|does|is) {molecule} (bound|bind) (to|in) plasma [proteins][?]",
            "(what percentage|how much) of {molecule} is bound (to|by) plasma proteins[?]",
            "does {molecule} bind [to] plasma proteins[?]",
        ),
        (
            "(cuanto|que porcentaje) de {molecule} se une a proteinas [plasmaticas][?]",
            "se une {molecule} a las proteinas del plasma[?]",
        ),
    ),
    about(
        "bioavailability_score",
        _print("bioavailability_score"),
        "(bioavailability score|abbott bioavailability score|abbott score|bioavailability score between 0 and 1)",
        ("la", "(puntuacion de biodisponibilidad|nota de biodisponibilidad)"),
        (
            "score (the bioavailability of {molecule}|{molecule} for bioavailability) with the abbott rule",
        ),
        ("bioavailability score para {molecule}",),
        weight=0.7,
    ),
    about(
        "absorption",
        _print("caco2_permeability", "human_intestinal_absorption", "pgp_substrate"),
        "(absorption|absorption profile|absorption properties|absorption parameters)",
        ("la", "(absorcion|absorción)"),
        (
            "how is {molecule} absorbed[?]",
            "(only|just) the A of ADME for {molecule}",
            "how well is {molecule} absorbed[?]",
        ),
        ("como se absorbe {molecule}[?]", "datos de absorcion de {molecule}"),
    ),
    about(
        "distribution",
        _print("bbb_permeant", "vd_human", "plasma_protein_binding"),
        "(distribution|distribution profile|distribution properties|tissue distribution|distribution parameters)",
        ("la", "(distribucion|distribución)"),
        (
            "how is {molecule} distributed [in the body][?]",
            "where does {molecule} go in the body[?]",
        ),
        ("datos de distribucion de {molecule}",),
        weight=0.8,
    ),
    about(
        "metabolism",
        _print("cyp3a4_substrate", "cyp2d6_substrate", "cyp2c9_substrate"),
        "(metabolism|CYP metabolism|CYP substrate profile|CYP450 metabolism|metabolic profile|CYP substrates)",
        ("el", "(metabolismo|metabolismo por CYP|perfil de sustrato CYP)"),
        (
            "how is {molecule} (metabolized|metabolised|broken down)[?]",
            "which (CYPs|CYP enzymes|cytochromes|enzymes) (metabolize|metabolise|break down) {molecule}[?]",
            "(which|what) CYP[s] is {molecule} a substrate of[?]",
        ),
        (
            "como se metaboliza {molecule}[?]",
            "que (citocromos|CYP|enzimas) metabolizan {molecule}[?]",
        ),
    ),
    about(
        "cyp_inhibition",
        _print("cyp3a4_inhibitor", "cyp2d6_inhibitor"),
        "(CYP inhibition|CYP450 inhibition|cytochrome inhibition|drug-drug interaction risk|DDI risk|cyp inhibition profile)",
        ("la", "(inhibicion de CYP|inhibicion de citocromos)"),
        (
            "(does|will|could) {molecule} (inhibit|block) [any] (CYP enzymes|CYPs|cytochromes|cytochrome P450)[?]",
            "which CYPs does {molecule} (inhibit|block)[?]",
            "is {molecule} a CYP inhibitor[?]",
        ),
        (
            "inhibe {molecule} (los citocromos|las CYP|las enzimas CYP)[?]",
            "que CYP inhibe {molecule}[?]",
        ),
    ),
    Recipe(
        "cyp_substrate_one",
        (
            "is {molecule} a {cyp} substrate[?]",
            "(does|will) {cyp} (metabolize|metabolise|break down|oxidize) {molecule}[?]",
            "(check|predict|tell me|test) (if|whether) {molecule} is a substrate (of|for) {cyp}",
            "{cyp} substrate (prediction|check|status) (for|of) {molecule}",
            "{molecule} {cyp} substrate",
            "is {molecule} (metabolized|metabolised|broken down) by {cyp}[?]",
            "I have {molecule}, is it a substrate of {cyp}[?]",
            "{cyp} metabolism of {molecule}",
            "(predict|print|get) the {cyp} substrate flag (of|for) {molecule}",
            "for {molecule}: substrate of {cyp} or not[?]",
            "can {cyp} turn over {molecule}[?]",
            "substrate of {cyp}: {molecule}[?]",
        ),
        (
            "es {molecule} sustrato de {cyp}[?]",
            "(metaboliza|degrada) {cyp} [a] {molecule}[?]",
            "(comprueba|mira|predice) si {molecule} es sustrato de {cyp}",
            "sustrato de {cyp}: {molecule}",
            "se metaboliza {molecule} por {cyp}[?]",
        ),
        _print("<<cyp>>"),
        slots={"cyp": _CYP_SUBSTRATE},
        weight=1.3,
    ),
    Recipe(
        "cyp_inhibitor_one",
        (
            "(does|will|could) {molecule} (inhibit|block) {cyp}[?]",
            "is {molecule} a {cyp} (inhibitor|blocker)[?]",
            "(check|predict|tell me|test) (if|whether) {molecule} (inhibits|blocks) {cyp}",
            "{cyp} inhibition (by|of|for) {molecule}",
            "{molecule} {cyp} (inhibitor|inhibition)",
            "{cyp} inhibitor (prediction|check|status) (for|of) {molecule}",
            "I have {molecule}, is it an inhibitor of {cyp}[?]",
            "(predict|print|get) the {cyp} inhibitor flag (of|for) {molecule}",
            "for {molecule}: inhibitor of {cyp} or not[?]",
            "is {cyp} (inhibited|blocked) by {molecule}[?]",
            "I worry about drug interactions of {molecule} at {cyp}, does it inhibit it[?]",
            "inhibitor of {cyp}: {molecule}[?]",
        ),
        (
            "inhibe {molecule} [a|la] {cyp}[?]",
            "es {molecule} inhibidor de {cyp}[?]",
            "(comprueba|mira|predice) si {molecule} inhibe {cyp}",
            "inhibicion de {cyp} (por|con|de) {molecule}",
            "bloquea {molecule} {cyp}[?]",
        ),
        _print("<<cyp>>"),
        slots={"cyp": _CYP_INHIBITOR},
        weight=1.3,
    ),
)
