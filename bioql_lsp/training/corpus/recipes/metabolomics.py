# ruff: noqa: E501
"""Recipes on metabolites: what they are, and how much of them there is."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.slots import decimal, file_name
from bioql_lsp.training.corpus.split import Draw

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_CALL: Final = (
    "from bioql import identify_metabolite\n\nmatch = identify_metabolite(<<mass>><<how>>)\n"
)
_TABLE: Final = "from bioql.metabolomics.metabolite_analysis import METABOLITE_DB\n\n"
_MASS: Final = decimal(45.0, 950.0, 4)
_FIELD: Final = option(
    ("hmdb_id", "(HMDB id|hmdb id|HMDB number|hmdb accession)", "(id de HMDB|hmdb id)"),
    ("kegg_id", "(KEGG id|kegg id|KEGG compound id)", "(id de KEGG|kegg id)"),
    ("formula", "([molecular|chemical] formula|sum formula)", "formula [molecular|quimica]"),
    ("smiles", "(SMILES|smiles)", "(SMILES|smiles)"),
)
_KNOWN: Final = option(
    ("Glucose", "glucose", "glucosa"),
    ("Lactate", "(lactate|lactic acid)", "lactato"),
    ("Pyruvate", "(pyruvate|pyruvic acid)", "piruvato"),
    ("ATP", "(ATP|atp)", "(ATP|atp)"),
    ("ADP", "(ADP|adp)", "(ADP|adp)"),
)
_KNOWN_FIELD: Final = option(
    ("hmdb_id", "(HMDB id|hmdb id|HMDB number|hmdb accession)", "(id de HMDB|hmdb id)"),
    ("kegg_id", "(KEGG id|kegg id|KEGG compound id)", "(id de KEGG|kegg id)"),
    ("mass", "(exact mass|molecular mass|mass in Da|mass)", "masa [molecular|exacta]"),
)
_FORMULAS: Final = (
    "C6H12O6", "C3H6O3", "C3H4O3", "C10H16N5O13P3", "C10H15N5O10P2", "C4H6O5", "C6H8O7", "C4H4O4",
    "C5H9NO4", "C5H10N2O3", "C3H7NO2", "C3H7NO3", "C2H4O2", "C4H9N3O2", "CH4N2O", "C9H11NO3",
)  # fmt: skip
_SPECTRUM: Final = file_name(
    "csv", "nmr", "spectrum", "nmr_spectrum", "serum", "urine", "plasma", "proton_nmr"
)
_NAMES: Final = {
    "glucose": ("glucose", "glucosa"),
    "lactate": ("lactate", "lactato"),
    "pyruvate": ("pyruvate", "piruvato"),
    "ATP": ("ATP", "ATP"),
    "ADP": ("ADP", "ADP"),
}


def known_names(draw: Draw) -> Said:
    """One to three metabolites that BioQL knows, as the items of a list."""
    chosen = draw.rng.sample(sorted(_NAMES), draw.choose((1, 2, 2, 3)))
    said = [draw.local(*_NAMES[name]) for name in chosen]
    if len(said) > 1 and draw.chance(0.6):
        said[-2:] = [said[-2] + draw.local(" and ", " y ") + said[-1]]
    return Said(", ".join(said), ", ".join(f'"{name}"' for name in chosen))


def how(draw: Draw) -> Said:
    """A tolerance as a further argument."""
    number = draw.make(lambda rng: str(rng.randint(1, 500) / 1000))
    lead = draw.choose(
        draw.local(
            "tolerance /with tolerance /within /with a tolerance of /+- /with a mass error of /tolerance=/plus minus ",
            "tolerancia /con tolerancia /con una tolerancia de /+- /con un error de /tolerance=",
        ).split("/")
    )
    unit = "" if "=" in lead else draw.choose(("", "", " Da", " da"))
    return Said(f"{lead}{number}{unit}", f", tolerance={number}", is_exact=True)


def masses(draw: Draw) -> Said:
    """Two to four masses, as the items of a tuple."""
    numbers = [_MASS(draw).written for _ in range(draw.choose((2, 3, 3, 4)))]
    joined = ", ".join(numbers)
    head, tail = ", ".join(numbers[:-1]), numbers[-1]
    said = draw.choose((joined, " ".join(numbers), f"{head}{draw.local(' and ', ' y ')}{tail}"))
    return Said(said, joined, is_exact=True)


def formula(draw: Draw) -> Said:
    """A molecular formula."""
    text = draw.pick(_FORMULAS)
    return Said(text, text, is_exact=True)


_SLOTS: Final = {
    "mass": _MASS,
    "how": how,
    "field": _FIELD,
    "known": _KNOWN,
    "masses": masses,
    "formula": formula,
}
_NO_HOW: Final = {"how": ""}
_DA: Final = "{mass} [Da|da|Dalton]"

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "identify_metabolite",
        says=(
            f"(identify|find|look up|search) (the|a|which) metabolite (with|of|at) [a] mass [of] {_DA} [{{how}}]",
            f"(which|what) metabolite (has|is at|weighs|fits) [a|the] [mass] {_DA} [{{how}}]",
            f"metabolite [of|with] mass {_DA} [{{how}}]",
            "identify metabolite {mass} [{how}]",
            f"i (measured|have|see|found) [a] (mass|peak) [of|at] {_DA} , (what|which) metabolite is it [{{how}}]",
            f"what (compound|metabolite|molecule) could the mass {_DA} be [{{how}}]",
            f"(metabolite identification|metabolite id|metabolite lookup) (for|of|at) {_DA} [{{how}}]",
            f"match [the] mass {_DA} to (a metabolite|known metabolites) [{{how}}]",
            f"a peak at {_DA} : (name|identify) the metabolite [{{how}}]",
            f"{_DA} metabolite [{{how}}]",
            f"(candidates|metabolite candidates|metabolite matches) for mass {_DA} [{{how}}]",
            f"by mass , {_DA} , identify the metabolite [{{how}}]",
            f"which metabolites match {_DA} [{{how}}]",
            f"name of the metabolite (with|of) mass {_DA} [{{how}}]",
        ),
        says_es=(
            f"(identifica|busca|encuentra) el metabolito (con|de) masa {_DA} [{{how}}]",
            f"que metabolito (tiene|pesa) [una masa de] {_DA} [{{how}}]",
            f"metabolito (de|con) masa {_DA} [{{how}}]",
            f"medi una masa de {_DA} , que metabolito es [{{how}}]",
            f"tengo un pico en {_DA} , identifica el metabolito [{{how}}]",
            f"¿qué metabolito tiene masa {_DA} [{{how}}]?",
            f"metabolitos que coinciden con {_DA} [{{how}}]",
        ),
        code=_CALL
        + "for metabolite in match.matches:\n    print(metabolite.name, metabolite.formula, metabolite.mass)\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
        weight=3.0,
    ),
    Recipe(
        "metabolite_field",
        says=(
            f"[the] {{field}} of the metabolite (with|of|at) mass {_DA} [{{how}}]",
            f"(identify|find) the metabolite (with|of) mass {_DA} and (print|show|give me) its {{field}} [{{how}}]",
            f"(what is|what's|get) the {{field}} (of|for) the metabolite (at|of|with mass) {_DA} [{{how}}]",
            f"{{field}} for mass {_DA} [{{how}}]",
            f"i have a mass of {_DA} and (need|want) the {{field}} [{{how}}]",
            f"mass {_DA} to {{field}} [{{how}}]",
            "{field} metabolite {mass} [{how}]",
            f"which {{field}} (has|belongs to) the metabolite weighing {_DA} [{{how}}]",
            f"look up {_DA} and return the metabolite's {{field}} [{{how}}]",
            f"{{field}} (of|for) metabolites matching {_DA} [{{how}}]",
        ),
        says_es=(
            f"{{field}} del metabolito (con|de) masa {_DA} [{{how}}]",
            f"(identifica|busca) el metabolito de masa {_DA} y (muestra|imprime|dame) su {{field}} [{{how}}]",
            f"cual es [el|la] {{field}} del metabolito de {_DA} [{{how}}]",
            f"tengo una masa de {_DA} y quiero [el|la] {{field}} [{{how}}]",
        ),
        code=_CALL
        + "for metabolite in match.matches:\n    print(metabolite.name, metabolite.<<field>>)\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
    ),
    Recipe(
        "identify_count",
        says=(
            f"how many metabolites (match|have|fit) [the] mass {_DA} [{{how}}]",
            f"(count|number of) metabolites (with|at|matching) mass {_DA} [{{how}}]",
            f"is there (a|any) metabolite (with|of|at) mass {_DA} [{{how}}]",
            f"(number of|how many) (hits|matches|candidates) for [metabolite] mass {_DA} [{{how}}]",
            f"does any [known] metabolite (weigh|have a mass of) {_DA} [{{how}}]",
            "metabolite match count {mass} [{how}]",
            f"print the number of metabolite matches (for|at) {_DA} [{{how}}]",
            f"total metabolite matches {_DA} [{{how}}]",
            f"how ambiguous is a metabolite mass of {_DA} [{{how}}]",
        ),
        says_es=(
            f"cuantos metabolitos (tienen|coinciden con) [la] masa {_DA} [{{how}}]",
            f"hay algun metabolito (con|de) masa {_DA} [{{how}}]",
            f"numero de metabolitos (con|de) masa {_DA} [{{how}}]",
        ),
        code=_CALL + "print(match.total_matches)\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
        weight=0.7,
    ),
    Recipe(
        "identify_confidence",
        says=(
            f"how (sure|confident|certain) is the metabolite (identification|match|id) (at|of|for) {_DA} [{{how}}]",
            f"confidence of the metabolite (identification|match|id) (at|of|for) {_DA} [{{how}}]",
            f"(identify|match) the metabolite (at|of) {_DA} and (print|show) the confidence [{{how}}]",
            "metabolite id confidence {mass} [{how}]",
            f"(what is|show) the confidence (for|of) mass {_DA} as a metabolite [{{how}}]",
            f"can i trust the metabolite (match|id) for {_DA} [{{how}}]",
            f"metabolite at {_DA} , only the confidence [{{how}}]",
            f"confidence score for the metabolite with mass {_DA} [{{how}}]",
            f"for mass {_DA} give the identification confidence [{{how}}]",
        ),
        says_es=(
            f"confianza de la identificacion del metabolito de {_DA} [{{how}}]",
            f"que tan (segura|fiable|confiable) es la identificacion del metabolito de masa {_DA} [{{how}}]",
            f"identifica el metabolito de {_DA} y muestra la confianza [{{how}}]",
        ),
        code=_CALL + "print(match.confidence)\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
        weight=0.4,
    ),
    Recipe(
        "identify_formula",
        says=(
            f"(identify|find) the metabolite (with|of) mass {_DA} and formula {{formula}} [{{how}}]",
            f"(which|what) metabolite has [the] formula {{formula}} and [a] mass [of] {_DA} [{{how}}]",
            "metabolite {formula} {mass} [{how}]",
            f"metabolite (with|of) formula {{formula}} and mass {_DA} [{{how}}]",
            f"mass {_DA} , formula {{formula}} : which metabolite [{{how}}]",
            f"i know the formula {{formula}} and the mass {_DA} , (name|identify) the metabolite [{{how}}]",
            f"identify {{formula}} at {_DA} [{{how}}]",
            f"what is {{formula}} with [a] mass [of] {_DA} [{{how}}]",
            f"search metabolites by mass {_DA} and formula {{formula}} [{{how}}]",
            f"metabolite matching both {_DA} and {{formula}} [{{how}}]",
        ),
        says_es=(
            f"(identifica|busca) el metabolito (con|de) masa {_DA} y formula {{formula}} [{{how}}]",
            f"que metabolito tiene formula {{formula}} y masa {_DA} [{{how}}]",
            f"metabolito {{formula}} de masa {_DA} [{{how}}]",
        ),
        code='from bioql import identify_metabolite\n\nmatch = identify_metabolite(<<mass>>, formula="<<formula>>"<<how>>)\n'
        "for metabolite in match.matches:\n    print(metabolite.name, metabolite.formula, metabolite.mass)\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
    ),
    Recipe(
        "identify_masses",
        says=(
            "(identify|find|look up) [the] metabolites (with|of|at) [the] masses {masses} [{how}]",
            "(which|what) metabolites have [the] masses {masses} [{how}]",
            "metabolites {masses} [{how}]",
            "i (measured|have) the masses {masses} , which metabolites are they [{how}]",
            "match the masses {masses} to metabolites [{how}]",
            "(peaks|masses) {masses} : (name|identify) each metabolite [{how}]",
            "identify (each|every|all) of these masses as metabolites : {masses} [{how}]",
            "batch metabolite identification {masses} [{how}]",
            "for each of {masses} (find|print) the [matching] metabolite [{how}]",
            "peak list {masses} to metabolite names [{how}]",
        ),
        says_es=(
            "(identifica|busca) los metabolitos (con|de) masas {masses} [{how}]",
            "que metabolitos tienen las masas {masses} [{how}]",
            "medi las masas {masses} , que metabolitos son [{how}]",
            "metabolitos de masas {masses} [{how}]",
        ),
        code="from bioql import identify_metabolite\n\nfor mass in (<<masses>>):\n"
        "    match = identify_metabolite(mass<<how>>)\n    print(mass, [metabolite.name for metabolite in match.matches])\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
    ),
    Recipe(
        "identify_csv",
        says=(
            "(identify|find|look up) [the] metabolites for (all|the|every) (masses|mass) in {csv} [{how}]",
            "{csv} has a mass column , (identify|find) the metabolites [{how}]",
            "(annotate|match) the [mass] peaks in {csv} (with|to) metabolites [{how}]",
            "metabolites {csv} [{how}]",
            "read {csv} and identify [a|the] metabolite (for each|by) mass [{how}]",
            "for every mass in {csv} print the metabolite [{how}]",
            "metabolite (identification|annotation) of the (peak list|mass list|peak table) {csv} [{how}]",
            "my masses are in {csv} , which metabolites are they [{how}]",
            "loop over the mass column of {csv} and identify metabolites [{how}]",
            "peak list {csv} to metabolites [{how}]",
        ),
        says_es=(
            "(identifica|busca) los metabolitos de las masas (de|en) {csv} [{how}]",
            "{csv} tiene una columna mass , identifica los metabolitos [{how}]",
            "lee {csv} e identifica un metabolito por [cada] masa [{how}]",
            "mis masas estan en {csv} , que metabolitos son [{how}]",
        ),
        code='import pandas as pd\n\nfrom bioql import identify_metabolite\n\nfor mass in pd.read_csv("<<csv>>")["mass"]:\n'
        "    match = identify_metabolite(mass<<how>>)\n    print(mass, [metabolite.name for metabolite in match.matches])\n",
        slots=_SLOTS,
        defaults=_NO_HOW,
        weight=0.8,
    ),
    Recipe(
        "known_metabolites",
        says=(
            "(which|what) metabolites (does bioql know|are built in|are in the database|are known)",
            "(list|show|print) [all] [the] (known|built-in|available) metabolites",
            "[list] bioql metabolite (table|database)",
            "what is in [the] METABOLITE_DB",
            "names of the metabolites in bioql's (database|table)",
            "metabolite database contents",
            "which metabolites can [bioql] identify_metabolite find",
            "(list|show) every metabolite bioql can (identify|recognise|recognize)",
            "how do i see the metabolites that bioql has",
            "all metabolites in the built-in (table|database)",
        ),
        says_es=(
            "que metabolitos conoce bioql",
            "(lista|muestra) los metabolitos (conocidos|disponibles|incluidos)",
            "metabolitos de la base de datos de bioql",
        ),
        code=_TABLE + "print(list(METABOLITE_DB))\n",
        weight=0.5,
    ),
    Recipe(
        "known_field",
        says=(
            "[the] {field} of {known}",
            "(what is|what's|give me|look up|print) the {field} (of|for) {known}",
            "{known} {field}",
            "{field} {known}",
            "look {known} up and (print|show) its {field}",
            "which {field} (has|does) {known} [have]",
            "i (need|want) the {field} (of|for) {known}",
            "metabolite {known} : {field}",
            "{field} of the metabolite {known} (from|in) the bioql (table|database)",
            "database entry of {known} , only the {field}",
        ),
        says_es=(
            "[el|la] {field} (de|del) {known}",
            "cual es [el|la] {field} de {known}",
            "{known} {field}",
            "dame [el|la] {field} del metabolito {known}",
        ),
        code=_TABLE + 'print(METABOLITE_DB["<<known>>"].<<field>>)\n',
        slots={"known": _KNOWN, "field": _KNOWN_FIELD},
        weight=0.6,
    ),
    Recipe(
        "quantify",
        says=(
            "(quantify|measure) [the|all] metabolites (in|from) [the nmr spectrum] {spectrum}",
            "metabolite (concentrations|levels|amounts) (from|in) [the nmr [spectrum]] {spectrum}",
            "[nmr] quantification of metabolites {spectrum}",
            "how much of each metabolite is in [the nmr spectrum] {spectrum}",
            "i have an nmr spectrum in {spectrum} and want [the] (concentrations|metabolite levels)",
            "(load|read) {spectrum} and quantify [the] metabolites",
            "quantify metabolites {spectrum}",
            "nmr {spectrum} to concentrations",
            "(get|compute|estimate) [metabolite] concentrations from the nmr data [in] {spectrum}",
            "my nmr run is {spectrum} , what are the metabolite concentrations",
            "quantitative nmr of {spectrum}",
        ),
        says_es=(
            "(cuantifica|mide) los metabolitos (de|en) [el espectro [de] [rmn|nmr]] {spectrum}",
            "concentraciones de metabolitos (de|en|a partir de) {spectrum}",
            "tengo un espectro de (rmn|nmr) en {spectrum} y quiero las concentraciones",
            "cuanto hay de cada metabolito en {spectrum}",
        ),
        code='import numpy as np\n\nfrom bioql import quantify_metabolites\n\nspectrum = np.loadtxt("<<spectrum>>", delimiter=",")\n'
        + _NOTE
        + "concentrations = quantify_metabolites(spectrum)\nprint(concentrations)\n",
        slots={"spectrum": _SPECTRUM},
    ),
    Recipe(
        "quantify_some",
        says=(
            "(quantify|measure) {names} (in|from) [the nmr spectrum] {spectrum}",
            "(concentration|level|amount) of {names} (from|in) [the nmr spectrum] {spectrum}",
            "how much {names} is in [the nmr spectrum] {spectrum}",
            "i have an nmr spectrum in {spectrum} and want [only] {names}",
            "(load|read) {spectrum} and quantify {names}",
            "quantify {names} {spectrum}",
            "nmr {spectrum} : {names} [concentration]",
            "[nmr] quantification of {names} in {spectrum}",
            "(get|compute|estimate) the {names} (concentration|level) from the nmr data [in] {spectrum}",
            "use {spectrum} to quantify {names}",
            "reference metabolites {names} , spectrum {spectrum} , quantify",
        ),
        says_es=(
            "(cuantifica|mide) {names} (de|en) [el espectro [de] [rmn|nmr]] {spectrum}",
            "concentracion de {names} (de|en) {spectrum}",
            "cuanto {names} hay en {spectrum}",
            "lee {spectrum} y cuantifica {names}",
        ),
        code='import numpy as np\n\nfrom bioql import quantify_metabolites\n\nspectrum = np.loadtxt("<<spectrum>>", delimiter=",")\n'
        + _NOTE
        + "concentrations = quantify_metabolites(spectrum, reference_metabolites=[<<names>>])\nprint(concentrations)\n",
        slots={"spectrum": _SPECTRUM, "names": known_names},
    ),
)
