# ruff: noqa: E501
"""Recipes on the safety layer of the CRISPR module and the limits of its predictions."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.slots import open_word

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "offtarget_precision",
        says=(
            "(limits|limitations|precision limits) of [the] off[-| ]target (prediction|predictions|predictor)",
            "how (accurate|precise|reliable) is [the] off[-| ]target (prediction|predictor)",
            "what are the limitations of bioql[s] off[-| ]target (prediction|predictions)",
            "(show|print) [the] known limitations of [the] off[-| ]target (prediction|predictor|predictions)",
            "can i trust the off[-| ]target (prediction|predictions|scores)",
            "get_precision_limits",
            "which limits do off[-| ]target predictions have",
            "caveats of the crispr off[-| ]target (predictor|module)",
            "known (weaknesses|shortcomings) of crispr off[-| ]target prediction",
            "off[-| ]target predictor limitations",
        ),
        says_es=(
            "limitaciones (de la prediccion|del predictor) off-target",
            "que tan (precisa|fiable) es la prediccion off-target",
            "muestra los límites de la predicción off-target",
            "puedo confiar en la prediccion off-target",
        ),
        code="""from bioql.crispr_qai import get_precision_limits

for limitation in get_precision_limits()["known_limitations"]:
    print(limitation)
""",
        weight=0.4,
    ),
    Recipe(
        "crispr_safety_check",
        says=(
            "check that [the] crispr [module] (is|runs in|is in) simulation only [mode]",
            "is [the] crispr module simulation only",
            "crispr safety check",
            "(run|do|perform) the crispr safety check",
            "(verify|confirm) simulation only mode (for|of) crispr",
            "make sure crispr (runs|is) simulation only",
            "check_simulation_only",
            "does bioql crispr only simulate",
            "safety check before [my] crispr (runs|work|analysis)",
            "(ensure|assert) that no wet lab steps are run by the crispr module",
        ),
        says_es=(
            "comprueba que crispr (es|este en modo) solo simulacion",
            "verifica el modo solo simulacion de crispr",
            "chequeo de seguridad de crispr",
            "¿el módulo crispr solo simula",
        ),
        code="""from bioql import check_simulation_only

print(check_simulation_only())
""",
        weight=0.7,
    ),
    Recipe(
        "crispr_disclaimer",
        says=(
            "(show|print|display) [me] the crispr [safety] disclaimer",
            "crispr (disclaimer|safety notice|terms of use)",
            "what does the crispr safety disclaimer say",
            "safety disclaimer of the crispr module",
            "(get|read) the [crispr] safety disclaimer",
            "print_safety_disclaimer",
            "disclaimer for crispr simulations",
            "legal and safety text of crispr qai",
            "i need the crispr disclaimer text",
            "which safety notices come with the crispr module",
        ),
        says_es=(
            "(muestra|imprime) el aviso de seguridad de crispr",
            "descargo de responsabilidad de crispr",
            "aviso de seguridad crispr",
            "que dice el aviso de seguridad del módulo crispr",
        ),
        code="""from bioql.crispr_qai.safety import print_safety_disclaimer

print_safety_disclaimer()
""",
        weight=0.3,
    ),
    Recipe(
        "crispr_research_use",
        says=(
            'validate [my] crispr research [use|purpose] "{purpose}"',
            'check [the] research purpose "{purpose}" for crispr',
            'is "{purpose}" an allowed [crispr] research use',
            'crispr research use: "{purpose}"',
            'validate_research_use with purpose "{purpose}"',
            'does "{purpose}" raise [crispr] safety warnings',
            'my crispr project is "{purpose}", validate (it|the use|its purpose)',
            'register the [crispr] research purpose "{purpose}"',
            'what warnings come up for the crispr purpose "{purpose}"',
            'i plan "{purpose}" with crispr, is that ok',
            'purpose check for crispr work "{purpose}"',
        ),
        says_es=(
            'valida el uso de crispr para "{purpose}"',
            'comprueba el proposito de investigacion "{purpose}" (de|en|para) crispr',
            'uso de investigación crispr: "{purpose}"',
            'mi proyecto crispr es "{purpose}", validalo',
        ),
        code="""from bioql.crispr_qai.safety import validate_research_use

use = validate_research_use("<<purpose>>")
print(use["validated"], use["warnings"])
""",
        slots={
            "purpose": open_word(
                "in silico guide design", "cancer research", "teaching", "gene therapy screening",
                "guide design for PCSK9", "plant breeding", "off-target benchmarking", "drug discovery",
                "knockout screen design", "patient cell models", "zebrafish knockouts", "student course",
                "yeast strain design", "rare disease research", "T cell therapy study", "method development",
            )
        },
        weight=0.3,
    ),
)  # fmt: skip
