# ruff: noqa: E501
"""Recipes on single toxicity endpoints of a molecule."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.molecules import TOX_HEAD, about


def _print(*fields: str) -> str:
    return TOX_HEAD + f"print({', '.join(f'tox.{field}' for field in fields)})\n"


RECIPES: Final[tuple[Recipe, ...]] = (
    about(
        "ames",
        _print("ames_mutagenic"),
        "(Ames mutagenicity|ames|Ames test|ames test result|mutagenicity|mutagenic potential|ames result)",
        ("la", "(mutagenicidad|mutagenicidad de Ames|prueba de Ames)"),
        (
            "is {molecule} (mutagenic|a mutagen|ames positive|Ames positive|ames negative)[?]",
            "(does|will|would) {molecule} (pass|fail) the ames test[?]",
            "(does|can|could) {molecule} cause mutations[?]",
            "(check|test|predict) (if|whether) {molecule} is (mutagenic|a mutagen|ames positive)",
            "(run|do) an ames [test] (prediction|check) (on|for) {molecule}",
        ),
        (
            "es {molecule} (mutagenico|mutagenica|mutagénico)[?]",
            "(causa|produce) {molecule} mutaciones[?]",
            "(comprueba|mira|predice) si {molecule} es (mutagenico|mutagenica)",
            "test de Ames (de|para) {molecule}",
        ),
        weight=1.8,
    ),
    about(
        "herg",
        _print("herg_inhibition"),
        "(hERG inhibition|herg inhibition|hERG risk|herg risk|hERG liability|herg blockade|hERG)",
        ("la", "(inhibicion de hERG|inhibición de hERG|inhibicion del canal hERG)"),
        (
            "(does|will|could) {molecule} (block|inhibit|hit) [the] (hERG|herg) [channel|potassium channel][?]",
            "is {molecule} a (hERG|herg) (blocker|inhibitor)[?]",
            "(check|test|predict) (if|whether) {molecule} (blocks|inhibits) (hERG|herg)",
            "herg flag for {molecule}",
        ),
        (
            "(bloquea|inhibe) {molecule} [el canal] hERG[?]",
            "es {molecule} (inhibidor|bloqueador) de hERG[?]",
            "(comprueba|mira|predice) si {molecule} (bloquea|inhibe) hERG",
        ),
        weight=1.8,
    ),
    about(
        "herg_ic50",
        _print("herg_ic50"),
        "(hERG IC50|herg ic50|IC50 on hERG|hERG IC50 in micromolar|ic50 against hERG)",
        ("la", "(IC50 de hERG|IC50 frente a hERG)"),
        (
            "at (what|which) concentration does {molecule} (block|inhibit) (hERG|half of hERG)[?]",
            "how potent is {molecule} (on|against) hERG[?]",
        ),
        ("a que concentracion inhibe {molecule} hERG[?]", "IC50 hERG: {molecule}"),
    ),
    about(
        "qt",
        _print("qt_prolongation_risk"),
        "(QT prolongation risk|QT risk|qt prolongation|long QT risk|risk of QT prolongation|arrhythmia risk)",
        ("el", "(riesgo de prolongacion QT|riesgo QT|riesgo de arritmia)"),
        (
            "(does|will|could|can) {molecule} (prolong|lengthen) [the] QT [interval][?]",
            "(does|could|can) {molecule} cause (arrhythmia|arrhythmias|long QT)[?]",
        ),
        (
            "(prolonga|alarga) {molecule} el [intervalo] QT[?]",
            "puede {molecule} causar arritmias[?]",
        ),
    ),
    about(
        "cardiotoxicity",
        _print("herg_inhibition", "herg_ic50", "qt_prolongation_risk"),
        "(cardiotoxicity|cardiac toxicity|heart toxicity|cardiac safety|cardiac risk|cardiac liability)",
        ("la", "(cardiotoxicidad|toxicidad cardiaca)"),
        (
            "is {molecule} (cardiotoxic|bad for the heart|dangerous for the heart|toxic to the heart)[?]",
            "(does|can|could) {molecule} (harm|hurt|damage) the heart[?]",
            "(check|assess|evaluate) the heart safety of {molecule}",
        ),
        (
            "es {molecule} (cardiotoxico|cardiotoxica|malo para el corazon)[?]",
            "(daña|afecta) {molecule} [a]l corazon[?]",
        ),
        weight=1.2,
    ),
    about(
        "hepatotoxicity",
        _print("hepatotoxicity_risk"),
        "(hepatotoxicity|liver toxicity|hepatotoxicity risk|liver tox|hepatotox|risk for the liver)",
        ("la", "(hepatotoxicidad|toxicidad hepatica|toxicidad hepática)"),
        (
            "is {molecule} (hepatotoxic|toxic to the liver|bad for the liver|liver toxic)[?]",
            "(does|can|could|will) {molecule} (harm|damage|hurt|injure) the liver[?]",
            "(check|test|predict) (if|whether) {molecule} is (hepatotoxic|toxic for the liver)",
        ),
        (
            "es {molecule} (hepatotoxico|hepatotoxica|toxico para el higado|malo para el higado)[?]",
            "(daña|afecta) {molecule} el (higado|hígado)[?]",
            "(comprueba|mira|predice) si {molecule} es hepatotoxico",
        ),
        weight=1.8,
    ),
    about(
        "dili",
        _print("dili_risk"),
        "(DILI risk|dili risk|DILI|drug induced liver injury risk|drug-induced liver injury|DILI probability)",
        ("el", "(riesgo DILI|riesgo de DILI|riesgo de daño hepatico inducido por farmacos)"),
        (
            "(can|could|does) {molecule} cause (DILI|drug induced liver injury)[?]",
            "how likely is drug-induced liver injury with {molecule}[?]",
        ),
        ("causa {molecule} DILI[?]", "probabilidad de DILI con {molecule}"),
    ),
    about(
        "ld50",
        _print("ld50_oral_rat"),
        "(LD50|ld50|oral LD50|rat oral LD50|oral rat ld50|lethal dose|lethal dose 50|median lethal dose|acute oral toxicity)",
        ("la", "(LD50|DL50|dosis letal|dosis letal 50|DL50 oral)"),
        (
            "(which|what) dose of {molecule} (is lethal|kills) [for half of|half of] [the] rats[?]",
            "how much {molecule} is lethal[?]",
            "ld50 {molecule} (rat|rats|oral|mg/kg)",
        ),
        ("que dosis de {molecule} es letal [en ratas][?]", "dosis letal media de {molecule}"),
        weight=1.6,
    ),
    about(
        "ld50_dermal",
        _print("ld50_dermal_rabbit"),
        "(dermal LD50|rabbit dermal LD50|skin LD50|ld50 dermal rabbit|lethal dose on skin|dermal lethal dose)",
        ("la", "(LD50|DL50) dermica"),
        ("(which|what) dose of {molecule} is lethal through the skin[?]",),
        ("DL50 de {molecule} por (la piel|via dermica)", "LD50 dermica en conejo: {molecule}"),
        weight=0.5,
    ),
    about(
        "ld50_intravenous",
        _print("ld50_intravenous_mouse"),
        "(intravenous LD50|IV LD50|mouse iv ld50|ld50 iv mouse|intravenous lethal dose|i.v. LD50)",
        ("la", "(LD50|DL50) intravenosa"),
        ("(which|what) dose of {molecule} is lethal when injected (into a vein|intravenously)[?]",),
        ("DL50 de {molecule} por via intravenosa", "LD50 intravenosa en raton: {molecule}"),
        weight=0.5,
    ),
    about(
        "ld50_all",
        _print("ld50_oral_rat", "ld50_dermal_rabbit", "ld50_intravenous_mouse"),
        "(all LD50 values|oral, dermal and iv LD50|LD50 by all routes|every LD50|LD50s)",
        ("las", "(LD50|DL50) por todas las vias"),
        (
            "(list|print|show) the three LD50 values of {molecule}",
            "acute toxicity of {molecule} by every route",
        ),
        ("todas las (LD50|DL50) de {molecule}",),
        weight=0.6,
    ),
    about(
        "toxicity_class",
        _print("toxicity_class"),
        "(toxicity class|GHS class|GHS toxicity class|tox class|hazard class|GHS category|toxicity category)",
        ("la", "(clase de toxicidad|categoria GHS|clase GHS|clase toxicologica)"),
        (
            "(which|what) (toxicity|GHS|tox|hazard) (class|category) is {molecule} [in][?]",
            "(classify|rank) {molecule} (by GHS|by toxicity class|from 1 to 6 by toxicity)",
        ),
        (
            "(en|a) que (clase|categoria) (GHS|de toxicidad) (esta|pertenece) {molecule}[?]",
            "clasifica {molecule} segun GHS",
        ),
        weight=1.4,
    ),
    about(
        "carcinogenicity",
        _print("carcinogenicity_mouse", "carcinogenicity_rat"),
        "(carcinogenicity|cancer risk|carcinogenic potential|rodent carcinogenicity|carcinogenicity in mouse and rat)",
        ("la", "(carcinogenicidad|potencial cancerigeno)"),
        (
            "is {molecule} (carcinogenic|a carcinogen|cancerogenic)[?]",
            "(does|can|could) {molecule} cause cancer[?]",
            "(check|test|predict) (if|whether) {molecule} is (carcinogenic|a carcinogen)",
        ),
        (
            "es {molecule} (cancerigeno|carcinogeno|cancerígeno)[?]",
            "(causa|produce|puede causar) {molecule} cancer[?]",
        ),
        weight=1.2,
    ),
    about(
        "micronucleus",
        _print("micronucleus_positive"),
        "(micronucleus test|micronucleus assay|micronucleus result|micronucleus assay result|micronucleus)",
        ("la", "prueba (de|del) micronucleo"),
        (
            "is {molecule} positive in the micronucleus (test|assay)[?]",
            "does {molecule} (form|induce) micronuclei[?]",
        ),
        (
            "es {molecule} positiva en micronucleos[?]",
            "ensayo de micronucleos (de|para) {molecule}",
        ),
        weight=0.5,
    ),
    about(
        "chromosome_aberration",
        _print("chromosome_aberration"),
        "(chromosome aberration|chromosomal aberrations|chromosome damage|clastogenicity|chromosome aberration test)",
        ("la", "(aberracion cromosomica|clastogenicidad)"),
        (
            "(does|can|could) {molecule} (cause|induce) (chromosome|chromosomal) (aberrations|damage)[?]",
            "is {molecule} clastogenic[?]",
        ),
        (
            "(causa|produce) {molecule} aberraciones cromosomicas[?]",
            "daño cromosomico de {molecule}",
        ),
        weight=0.5,
    ),
    about(
        "genotoxicity",
        _print("ames_mutagenic", "micronucleus_positive", "chromosome_aberration"),
        "(genotoxicity|genotox|genotoxicity profile|DNA damage potential|genotoxicity panel|genetic toxicity)",
        ("la", "(genotoxicidad|toxicidad genetica)"),
        (
            "is {molecule} (genotoxic|genotoxicant)[?]",
            "(does|can|could) {molecule} damage DNA[?]",
            "(check|test|predict) (if|whether) {molecule} is genotoxic",
        ),
        ("es {molecule} (genotoxico|genotoxica)[?]", "daña {molecule} el ADN[?]"),
    ),
    about(
        "skin_sensitization",
        TOX_HEAD
        + "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
        + "print(tox.skin_sensitization)\n",
        "(skin sensitization|skin sensitisation|skin irritation|skin allergy risk|skin sensitizer status)",
        ("la", "(sensibilizacion cutanea|irritacion de la piel)"),
        (
            "(does|can|could) {molecule} (irritate|sensitize) the skin[?]",
            "is {molecule} a skin (sensitizer|sensitiser|allergen)[?]",
        ),
        ("(irrita|sensibiliza) {molecule} la piel[?]",),
        weight=0.4,
    ),
)
