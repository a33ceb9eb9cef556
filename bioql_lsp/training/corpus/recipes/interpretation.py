# ruff: noqa: E501
"""Recipes on reading counts as biology, and on affinities in other units."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.recipes.docking import PLACEHOLDER
from bioql_lsp.training.corpus.recipes.docking_files import short_molecule
from bioql_lsp.training.corpus.split import Draw


def negative(low: float, high: float, digits: int) -> Slot:
    """A negative number, those of training never those of the test."""

    def slot(draw: Draw) -> Said:
        text = draw.make(
            lambda rng: "-" + str(round(rng.uniform(low, high), rng.randint(1, digits)))
        )
        return Said(text, text, is_exact=True)

    return slot


_SLOTS: Final[dict[str, Slot]] = {
    "molecule": short_molecule,
    "affinity": negative(3.0, 14.0, 2),
    "hartree": negative(0.01, 0.06, 4),
    "disease": option(
        ("obesity", "obesity", "(la obesidad|obesidad)"), ("diabetes", "diabetes", "(la diabetes|diabetes)"), ("cancer", "cancer", "(el cancer|cancer)"),
        ("alzheimers", "(alzheimer|alzheimer's)", "alzheimer"), ("parkinsons", "(parkinson|parkinson's)", "parkinson"),
        ("hypertension", "hypertension", "(la hipertension|hipertension)"), ("depression", "depression", "(la depresion|depresion)"), ("pain", "pain", "(el dolor|dolor)"),
    ),
}  # fmt: skip
_READ: Final = (
    "from bioql import interpret_bio_results\n\nreport = interpret_bio_results(\n    <<counts>>,\n"
)
_NOTE: Final = f"{PLACEHOLDER}\n"

_COUNTS: Final = (
    Recipe(
        "counts_as_docking",
        says=(
            "interpret [the] counts {counts} as [a] docking",
            "(binding affinity|affinity) from [the] [docking] counts {counts}",
            "what (affinity|binding affinity) do the counts {counts} (mean|stand for|give)",
            "(read|interpret|understand) {counts} as molecular docking [results]",
            "docking interpretation of {counts}",
            "i measured {counts} in a docking run, what is the affinity",
            "turn counts {counts} into a binding affinity [and ki]",
            "docking counts {counts}: affinity and Ki",
            "affinity and ki out of {counts}",
            "my docking gave {counts}, interpret (it|them)",
            "bio interpretation of docking counts {counts}",
        ),
        says_es=(
            "interpreta [los conteos] {counts} como docking",
            "que afinidad (dan|significan) los conteos {counts}",
            "afinidad a partir de los conteos de docking {counts}",
            "mi docking dio {counts}, interpretalo",
        ),
        code=_READ.replace("report =", _NOTE + "report =")
        + '    {"application": "molecular_docking"},\n)\n'
        + 'print(report["binding_affinity_kcal_mol"], report["ki_nanomolar"])\n',
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "counts_as_folding",
        says=(
            "interpret [the] counts {counts} as (protein folding|a folding run|folding)",
            "folding energy from [the] counts {counts}",
            "(read|understand) {counts} as protein folding [results]",
            "what (fold|native state|folding energy) do the counts {counts} (mean|give)",
            "folding interpretation of {counts}",
            "i measured {counts} in a folding run, what is the energy",
            "protein folding counts {counts}: native state and energy",
            "stability of the fold measured as {counts}",
            "my folding simulation gave {counts}, what does it mean",
            "native state out of the folding counts {counts}",
        ),
        says_es=(
            "interpreta [los conteos] {counts} como plegamiento [de proteinas]",
            "energia de plegamiento a partir de {counts}",
            "mi simulacion de plegamiento dio {counts}, que significa",
        ),
        code=_READ
        + '    {"application": "protein_folding"},\n)\n'
        + 'print(report["native_state"], report["folding_energy_kcal_mol"], report["stability"])\n',
        slots=_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "counts_as_design_text",
        says=(
            "interpret [the] counts {counts} as drug design for {disease}",
            "which molecules do the counts {counts} suggest for {disease}",
            "drug candidates for {disease} from [the] counts {counts}",
            "(read|understand) {counts} as a drug design run for {disease}",
            "design interpretation of {counts}, disease {disease}",
            "my drug design run for {disease} gave {counts}, interpret it",
            "designed molecules for {disease} out of counts {counts}",
            "best molecule against {disease} from {counts}",
            "counts {counts}, disease {disease}: which drug",
        ),
        says_es=(
            "interpreta los conteos {counts} como diseño de farmacos para {disease}",
            "que moleculas sugieren los conteos {counts} para {disease}",
            "candidatos para {disease} a partir de {counts}",
        ),
        code=_READ.replace("report =", _NOTE + "report =")
        + '    {"application": "drug_design", "disease": "<<disease>>"},\n)\n'
        + 'print(report["best_molecule"], report["binding_affinity"])\n',
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "summary_docking",
        says=(
            "(write|print|make) a [readable] summary of the docking counts {counts} (of|for) {molecule}",
            "docking report for {molecule} from [the] counts {counts}",
            "summarize [the] docking of {molecule} (with counts|from) {counts}",
            "{molecule} was docked with counts {counts}, summarize [it]",
            "text report: docking {molecule}, counts {counts}",
            "formatted docking results of {molecule}, {counts}",
            "explain the docking counts {counts} of {molecule} (in words|as text)",
            "human readable docking results for {molecule} and counts {counts}",
            "format the docking result {counts} for {molecule}",
        ),
        says_es=(
            "resume los conteos de docking {counts} de {molecule}",
            "informe [de docking] de {molecule} con los conteos {counts}",
            "escribe un resumen del docking de {molecule}: {counts}",
        ),
        code="from bioql.bio_interpreter import format_results_summary, interpret_drug_docking\n\n"
        + _NOTE
        + 'results = interpret_drug_docking(<<counts>>, smiles="<<molecule>>")\n'
        + "print(format_results_summary(results))\n",
        slots=_SLOTS,
        weight=0.5,
    ),
)  # fmt: skip

_AFFINITIES: Final = (
    Recipe(
        "ki_of_affinity",
        says=(
            "(what|which) Ki (corresponds to|belongs to|goes with|follows from) [an affinity of] {affinity} kcal/mol",
            "convert {affinity} kcal/mol to [a] Ki",
            "Ki (for|of|from) [a] (binding affinity|docking score|binding energy|delta G) [of] {affinity}",
            "(calculate|compute) [the] Ki from [an affinity of] {affinity} [kcal/mol]",
            "{affinity} kcal/mol in nM",
            "inhibition constant of a ligand with {affinity} kcal/mol",
            "my docking score is {affinity}, what is the Ki",
            "how many nanomolar is {affinity} kcal/mol",
            "affinity {affinity} as [an] inhibition constant",
            "dG {affinity} to ki",
            "translate a binding energy of {affinity} kcal/mol into Ki",
        ),
        says_es=(
            "que Ki corresponde a {affinity} kcal/mol",
            "(convierte|pasa) {affinity} kcal/mol a Ki",
            "Ki de una (afinidad|energia de union) de {affinity} [kcal/mol]",
            "mi puntuacion de docking es {affinity}, cual es la Ki",
        ),
        code="from bioql.bio_interpreter import calculate_ki\n\nprint(calculate_ki(<<affinity>>) * 1e9)\n",
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "ic50_of_affinity",
        says=(
            "(what|which) IC50 (corresponds to|belongs to|goes with|follows from) [an affinity of] {affinity} kcal/mol",
            "convert {affinity} kcal/mol to [an] IC50",
            "IC50 (for|of|from) [a] (binding affinity|docking score|binding energy|delta G) [of] {affinity}",
            "(calculate|compute) [the] IC50 from [an affinity of] {affinity} [kcal/mol]",
            "half maximal inhibition for {affinity} kcal/mol",
            "ic50 of a ligand with {affinity} kcal/mol",
            "my docking score is {affinity}, what is the IC50",
            "affinity {affinity} as IC50",
            "dG {affinity} to ic50",
            "translate a binding energy of {affinity} kcal/mol into an IC50",
        ),
        says_es=(
            "que IC50 corresponde a {affinity} kcal/mol",
            "(convierte|pasa) {affinity} kcal/mol a IC50",
            "IC50 de una (afinidad|energia de union) de {affinity} [kcal/mol]",
        ),
        code="from bioql.bio_interpreter import calculate_ic50, calculate_ki\n\nprint(calculate_ic50(calculate_ki(<<affinity>>)))\n",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "my_affinity_of_energy",
        says=(
            "(what|which) binding affinity (corresponds to|follows from) [an energy of] {hartree} hartree",
            "convert {hartree} hartree to a binding affinity",
            "binding (affinity|free energy) (for|of|from) a VQE energy of {hartree} [hartree]",
            "(calculate|compute) [the] affinity from [the] [vqe] energy {hartree}",
            "{hartree} hartree as binding affinity in kcal/mol",
            "my vqe energy is {hartree} hartree, what is the binding affinity",
            "affinity of a complex with energy {hartree} hartree",
            "VQE energy {hartree} to affinity",
            "how strong is the binding for an energy of {hartree} hartree",
        ),
        says_es=(
            "que afinidad corresponde a {hartree} hartree",
            "(convierte|pasa) {hartree} hartree a afinidad de union",
            "afinidad de union a partir de la energia {hartree} [hartree]",
        ),
        code="from bioql.bio_interpreter import calculate_binding_affinity\n\nprint(calculate_binding_affinity(<<hartree>>))\n",
        slots=_SLOTS,
        weight=0.5,
    ),
)  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (*_COUNTS, *_AFFINITIES)
