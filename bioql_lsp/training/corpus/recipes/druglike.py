# ruff: noqa: E501
"""Recipes on drug-likeness: Lipinski, QED, synthetic accessibility, PAINS, descriptors."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.molecules import about, several

SCORES_HEAD: Final = (
    "from bioql.chem import calculate_pharmaceutical_scores\n\n"
    'scores = calculate_pharmaceutical_scores("<<molecule>>")\n'
)


def _print(*keys: str) -> str:
    return SCORES_HEAD + f"print({', '.join(f'scores[{chr(34)}{key}{chr(34)}]' for key in keys)})\n"


def _property(key: str) -> str:
    return SCORES_HEAD + f'print(scores["properties"]["{key}"])\n'


SCORE_FIELDS: Final = (
    ("lipinski_compliant", "(lipinski|lipinski compliance|Lipinski)", "lipinski"),
    ("qed_score", "(QED|qed)", "QED"),
    (
        "sa_score",
        "(SA score|synthetic accessibility|sa score)",
        "(SA score|accesibilidad sintetica)",
    ),
    ("pains_alerts", "(PAINS|pains alerts|pains)", "PAINS"),
    ("lead_like", "(lead-likeness|lead likeness)", "lead-likeness"),
)
PROPERTY_FIELDS: Final = (
    ("molecular_weight", "(MW|molecular weight|mol weight)", "(peso molecular|MW)"),
    ("logp", "(logP|logp|LogP)", "logP"),
    ("tpsa", "(TPSA|tpsa|polar surface area)", "(TPSA|area polar)"),
    ("hbd", "(HBD|h-bond donors|hydrogen bond donors)", "donores de hidrogeno"),
    ("hba", "(HBA|h-bond acceptors|hydrogen bond acceptors)", "aceptores de hidrogeno"),
    ("rotatable_bonds", "(rotatable bonds|rotors)", "enlaces rotables"),
    ("aromatic_rings", "aromatic rings", "anillos aromaticos"),
    ("heavy_atoms", "heavy atoms", "atomos pesados"),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    about(
        "druglikeness",
        _print("lipinski_compliant", "qed_score", "pains_alerts"),
        "(drug likeness|drug-likeness|druglikeness|pharmaceutical scores|lipinski, QED and PAINS|drug-like properties|drug-likeness scores)",
        ("la", "(similitud a farmaco|druglikeness|puntuacion farmaceutica)"),
        (
            "is {molecule} (drug-like|drug like|druglike|a drug-like molecule)[?]",
            "(does|would|could) {molecule} (make|be) a good (drug|drug candidate|oral drug)[?]",
            "(check|assess|evaluate|score) {molecule} as a drug [candidate]",
            "how (drug-like|druglike|drug like) is {molecule}[?]",
            "use calculate_pharmaceutical_scores (on|for) {molecule}",
            "lipinski qed pains {molecule}",
            "could {molecule} become a (medicine|drug)[?]",
            "medchem (scores|profile|check) (of|for) {molecule}",
        ),
        (
            "(es|seria) {molecule} un buen (farmaco|candidato a farmaco|medicamento)[?]",
            "(evalua|puntua|analiza) {molecule} como farmaco",
            "lipinski, QED y PAINS de {molecule}",
            "es {molecule} (drug-like|druglike)[?]",
        ),
        weight=3.0,
    ),
    about(
        "scores_all",
        SCORES_HEAD + "for name, value in scores.items():\n    print(name, value)\n",
        "(full|complete|whole|entire) (drug-likeness report|pharmaceutical profile|drug likeness profile|medchem report|set of pharmaceutical scores)",
        ("el", "perfil (farmaceutico|de drug-likeness) completo"),
        (
            "(all|every) (drug-likeness|pharmaceutical|medchem) (scores|metrics|values) (of|for) {molecule}",
            "(print|list|show) (all|every one of) the (pharmaceutical|drug-likeness) scores (of|for) {molecule}",
        ),
        ("todas las puntuaciones (farmaceuticas|de drug-likeness) de {molecule}",),
    ),
    about(
        "scores_several",
        SCORES_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("los", "valores de {fields}"),
        ("score {molecule}: {fields}", "{fields}, molecule {molecule}"),
        ("{fields} de {molecule}",),
        slots={"fields": several('scores["*"]', SCORE_FIELDS, 2)},
        weight=1.6,
    ),
    about(
        "scores_three",
        SCORES_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("los", "valores de {fields}"),
        ("score {molecule}: {fields}",),
        ("{fields} de {molecule}",),
        slots={"fields": several('scores["*"]', SCORE_FIELDS, 3)},
        weight=0.8,
    ),
    about(
        "lipinski",
        _print("lipinski_compliant", "lipinski_violations"),
        "(Lipinski rule of five|lipinski rule of 5|Lipinski|rule of five|lipinski compliance|Ro5|rule of 5 check)",
        ("la", "(regla de Lipinski|regla de cinco de Lipinski|regla de los cinco)"),
        (
            "(does|will|would) {molecule} (obey|satisfy|pass|follow|meet|fulfil) (lipinski|lipinski's rule [of five]|the rule of five|Ro5)[?]",
            "(check|test|tell me|see) (if|whether) {molecule} (passes|obeys|satisfies|follows) (lipinski|the rule of five|Ro5)",
            "is {molecule} lipinski compliant[?]",
            "(does|would) {molecule} (break|violate|fail) (lipinski|the rule of five)[?]",
            "lipinski {molecule}",
        ),
        (
            "(cumple|pasa|respeta) {molecule} (Lipinski|la regla de Lipinski|la regla de los cinco)[?]",
            "(comprueba|verifica|mira) si {molecule} cumple [la regla de] Lipinski",
        ),
        weight=2.5,
    ),
    about(
        "lipinski_violations",
        SCORES_HEAD + 'print(scores["lipinski_details"]["violation_list"])\n',
        "(list of lipinski violations|lipinski violations|rule of five violations|Ro5 violations)",
        ("las", "violaciones de Lipinski"),
        (
            "which (lipinski|rule of five|Ro5) (rules|criteria|limits) does {molecule} (break|violate|fail)[?]",
            "why does {molecule} fail (lipinski|the rule of five)[?]",
            "(list|show|print) what {molecule} violates of (lipinski|the rule of five)",
        ),
        (
            "que reglas de Lipinski (viola|incumple) {molecule}[?]",
            "por que falla {molecule} Lipinski[?]",
        ),
    ),
    about(
        "qed",
        _print("qed_score"),
        "(QED|qed|QED score|qed value|quantitative estimate of drug-likeness|quantitative drug-likeness)",
        ("el", "(QED|qed|valor QED|QED score)"),
        (
            "how high is the QED of {molecule}[?]",
            "(score|rate) {molecule} (by|with|using) QED",
            "drug-likeness of {molecule} as [a] QED [score]",
        ),
        ("que QED tiene {molecule}[?]", "estimacion cuantitativa de drug-likeness de {molecule}"),
        weight=2.0,
    ),
    about(
        "qed_rating",
        _print("qed_score", "qed_rating"),
        "(QED and its rating|QED with rating|qed score and rating|QED rating)",
        ("el", "QED y su (valoracion|calificacion)"),
        ("is the QED of {molecule} (good|any good|good or poor)[?]",),
        ("es bueno el QED de {molecule}[?]",),
        weight=0.6,
    ),
    about(
        "sa_score",
        _print("sa_score", "sa_rating"),
        "(SA score|synthetic accessibility|sa score|synthetic accessibility score|synthesizability|ease of synthesis|synthetic difficulty)",
        ("la", "(accesibilidad sintetica|facilidad de sintesis|dificultad de sintesis)"),
        (
            "how (hard|easy|difficult) is {molecule} to (synthesize|make|synthesise|prepare in the lab)[?]",
            "is {molecule} (easy|hard|difficult) to (synthesize|make|synthesise)[?]",
            "(can|could) {molecule} be (made|synthesized) easily [in the lab][?]",
            "(chemist|synthesis) view: how accessible is {molecule}[?]",
            "effort to (make|synthesize) {molecule}",
            "is it (easy|hard|difficult) to (make|synthesize) {molecule}[?]",
        ),
        (
            "(es|sera) {molecule} (facil|dificil) de sintetizar[?]",
            "(que|qué) tan (facil|dificil) es sintetizar {molecule}[?]",
            "SA score de {molecule}",
        ),
        weight=1.8,
    ),
    about(
        "pains",
        _print("pains_alerts", "pains_fragments"),
        "(PAINS alerts|PAINS|pains|pan-assay interference|PAINS fragments|assay interference alerts)",
        ("las", "(alertas PAINS|PAINS|interferencias PAINS)"),
        (
            "(does|has) {molecule} (have|contain|any) [any] PAINS [alerts|fragments|motifs][?]",
            "is {molecule} a (PAINS|pains|pan-assay interference compound|frequent hitter)[?]",
            "(check|screen|filter|test) {molecule} for (PAINS|pains|assay interference)",
            "(run|apply) [a|the] PAINS filter (on|to) {molecule}",
            "could {molecule} give false positives in assays[?]",
        ),
        (
            "tiene {molecule} [alertas|fragmentos] PAINS[?]",
            "es {molecule} [un compuesto] PAINS[?]",
            "(filtra|revisa|busca) PAINS en {molecule}",
        ),
        weight=1.8,
    ),
    about(
        "lead_like",
        _print("lead_like", "lead_like_violations"),
        "(lead-likeness|lead likeness|leadlikeness|lead-like check|lead-like criteria)",
        ("la", "(similitud a lider|lead-likeness)"),
        (
            "is {molecule} (lead-like|lead like|leadlike|a good lead)[?]",
            "(check|tell me) (if|whether) {molecule} is (lead-like|lead like)",
            "(would|could) {molecule} be a (good|suitable) lead [compound][?]",
        ),
        ("es {molecule} (lead-like|un buen lider|un buen compuesto lider)[?]",),
    ),
    about(
        "viability",
        _print("pharmaceutical_viability"),
        "(pharmaceutical viability|overall drug viability|overall viability rating|viability as a drug|overall rating as a drug)",
        ("la", "(viabilidad farmaceutica|viabilidad como farmaco|valoracion global como farmaco)"),
        (
            "is {molecule} [pharmaceutically] viable as a drug[?]",
            "give {molecule} one overall rating as a drug candidate",
            "overall, is {molecule} a (strong|promising|poor) drug candidate[?]",
            "judge {molecule} overall as a drug candidate",
            "would you develop {molecule} as a drug, in one verdict[?]",
            "{molecule}: excellent, good, fair or poor drug candidate[?]",
            "drug candidate quality of {molecule}, overall",
            "bottom line on {molecule} as a drug",
            "final verdict: could {molecule} be a drug[?]",
            "rate {molecule} overall as a drug",
            "how viable is {molecule} [as a drug][?]",
            "how good a drug candidate is {molecule} overall[?]",
        ),
        ("es viable {molecule} como farmaco[?]",),
    ),
    about(
        "descriptors",
        _print("properties"),
        "(molecular descriptors|descriptors|physicochemical properties|physchem properties|molecular properties|physical properties|basic properties)",
        ("los", "(descriptores moleculares|descriptores)"),
        (
            "(what are|list|print) the (properties|descriptors) of {molecule}[?]",
            "MW, logP, TPSA and so on (of|for) {molecule}",
            "physchem {molecule}",
        ),
        (
            "propiedades (fisicoquimicas|moleculares) de {molecule}",
            "descriptores fisicoquimicos (de|para) {molecule}",
        ),
        weight=1.5,
    ),
    about(
        "descriptors_several",
        SCORES_HEAD + 'properties = scores["properties"]\n' + "print(<<fields>>)\n",
        "{fields}",
        ("los", "valores de {fields}"),
        ("I want {fields} of the compound {molecule}", "descriptors {fields} of {molecule}"),
        ("{fields} de {molecule}",),
        slots={"fields": several('properties["*"]', PROPERTY_FIELDS, 2)},
        weight=1.4,
    ),
    about(
        "descriptors_three",
        SCORES_HEAD + 'properties = scores["properties"]\n' + "print(<<fields>>)\n",
        "{fields}",
        ("los", "valores de {fields}"),
        ("descriptors {fields} of {molecule}",),
        ("{fields} de {molecule}",),
        slots={"fields": several('properties["*"]', PROPERTY_FIELDS, 3)},
        weight=0.8,
    ),
    about(
        "molecular_weight",
        _property("molecular_weight"),
        "(molecular weight|MW|mol weight|molecular mass|molar mass|molweight|weight in daltons)",
        ("el", "(peso molecular|peso|MW)"),
        (
            "(how heavy is {molecule}|how much does {molecule} weigh)[?]",
            "how many daltons is {molecule}[?]",
            "mw {molecule}",
        ),
        ("cuanto pesa {molecule}[?]", "masa molecular de {molecule}"),
        weight=2.0,
    ),
    about(
        "logp",
        _property("logp"),
        "(logP|logp|LogP|lipophilicity|partition coefficient|octanol water partition coefficient|clogP|hydrophobicity)",
        ("el", "(logP|coeficiente de particion)"),
        (
            "how (lipophilic|hydrophobic|greasy|fat soluble) is {molecule}[?]",
            "is {molecule} (lipophilic|hydrophobic|too greasy)[?]",
            "logp {molecule}",
        ),
        (
            "lipofilia de {molecule}",
            "(que|qué) tan lipofilica es {molecule}[?]",
            "es {molecule} (lipofilico|hidrofobico)[?]",
        ),
        weight=2.0,
    ),
    about(
        "tpsa",
        _property("tpsa"),
        "(TPSA|tpsa|polar surface area|topological polar surface area|PSA)",
        ("el", "(TPSA|area superficial polar|area polar)"),
        ("how large is the polar surface of {molecule}[?]",),
        ("superficie polar de {molecule}",),
        weight=1.4,
    ),
    about(
        "hbd",
        _property("hbd"),
        "(number of hydrogen bond donors|HBD|h-bond donors|hydrogen bond donors|H bond donor count|hbd count)",
        ("los", "(donores de hidrogeno|donores de puentes de hidrogeno)"),
        (
            "how many (hydrogen bond|h-bond|H bond) donors (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "count [the] (hydrogen bond|h-bond) donors (in|of) {molecule}",
        ),
        ("cuantos donores de hidrogeno tiene {molecule}[?]",),
    ),
    about(
        "hba",
        _property("hba"),
        "(number of hydrogen bond acceptors|HBA|h-bond acceptors|hydrogen bond acceptors|H bond acceptor count|hba count)",
        ("los", "(aceptores de hidrogeno|aceptores de puentes de hidrogeno)"),
        (
            "how many (hydrogen bond|h-bond|H bond) acceptors (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "count [the] (hydrogen bond|h-bond) acceptors (in|of) {molecule}",
        ),
        ("cuantos aceptores de hidrogeno tiene {molecule}[?]",),
    ),
    about(
        "rotatable_bonds",
        _property("rotatable_bonds"),
        "(number of rotatable bonds|rotatable bonds|rotor count|rotatable bond count|flexibility)",
        ("los", "enlaces (rotables|rotatorios)"),
        (
            "how many rotatable bonds (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "how flexible is {molecule}[?]",
            "count [the] rotatable bonds (in|of) {molecule}",
        ),
        ("cuantos enlaces rotables tiene {molecule}[?]",),
    ),
    about(
        "aromatic_rings",
        _property("aromatic_rings"),
        "(number of aromatic rings|aromatic rings|aromatic ring count)",
        ("los", "anillos aromaticos"),
        (
            "how many aromatic rings (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "count [the] aromatic rings (in|of) {molecule}",
            "is {molecule} aromatic[?]",
        ),
        ("cuantos anillos aromaticos tiene {molecule}[?]",),
        weight=0.8,
    ),
    about(
        "heavy_atoms",
        _property("heavy_atoms"),
        "(number of heavy atoms|heavy atom count|heavy atoms|non-hydrogen atoms)",
        ("los", "atomos pesados"),
        (
            "how many (heavy|non-hydrogen) atoms (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "count [the] heavy atoms (in|of) {molecule}",
        ),
        ("cuantos atomos pesados tiene {molecule}[?]",),
        weight=0.8,
    ),
    about(
        "sp3_fraction",
        _property("sp3_fraction"),
        "(fraction of sp3 carbons|Fsp3|sp3 fraction|fraction sp3|fsp3)",
        ("la", "fraccion (sp3|de carbonos sp3)"),
        (
            "how (flat|three-dimensional) is {molecule}, by its sp3 fraction[?]",
            "how much of {molecule} is sp3 [carbon][?]",
        ),
        ("cuanto carbono sp3 tiene {molecule}[?]",),
        weight=0.6,
    ),
)
