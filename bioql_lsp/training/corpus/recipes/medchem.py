# ruff: noqa: E501
"""Recipes on changing a molecule: bioisosteres, off-targets, resistance mutations."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.molecules import about
from bioql_lsp.training.corpus.slots import decimal

PLACEHOLDER: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_SUGGEST: Final = (
    "from bioql import suggest_bioisosteric_replacements\n\n"
    'smiles = "<<molecule>>"\n'
    "suggestions = suggest_bioisosteric_replacements(smiles<<more>>)\n"
    "for item in suggestions:\n"
    '    print(item["original_group"], item["replacement_group"]<<key>>)\n'
)


def _suggest(key: str = "rationale", more: str = "") -> str:
    return _SUGGEST.replace("<<key>>", f', item["{key}"]').replace("<<more>>", more)


_GROUP_SMARTS: Final = option(
    (
        "C(=O)O",
        "(carboxylic acid|carboxyl group|COOH|acid group)",
        "(acido carboxilico|grupo acido)",
    ),
    ("C(=O)N", "(amide|amide group|amide bond)", "(amida|grupo amida)"),
    ("C(=O)OC", "(ester|ester group)", "(ester|grupo ester)"),
    ("c1ccccc1", "(benzene|benzene ring|phenyl ring|phenyl)", "(benceno|anillo de benceno|fenilo)"),
    ("O", "(ether oxygen|ether)", "(eter|oxigeno de eter)"),
    ("[N+](=O)[O-]", "(nitro group|nitro|NO2)", "(grupo nitro|nitro)"),
)
_GROUP_NAME: Final = option(
    (
        "Carboxylic acid",
        "(carboxylic acid|carboxylic acids|COOH)",
        "(acido carboxilico|acidos carboxilicos)",
    ),
    ("Amide", "(amide|amides|an amide)", "(amida|amidas)"),
    ("Ester", "(ester|esters|an ester)", "(ester|esteres)"),
    ("Benzene", "(benzene|benzene rings|phenyl)", "(benceno|fenilo)"),
    ("Ether oxygen", "(ether oxygen|ethers|an ether)", "(eter|eteres)"),
    ("Nitro group", "(nitro group|nitro groups|nitro)", "(grupo nitro|grupos nitro)"),
)
_GOAL: Final = option(
    (
        "reduce_toxicity",
        "(lower toxicity|reduce toxicity|less toxicity|make it less toxic|better safety)",
        "(reducir la toxicidad|menos toxicidad|que sea menos toxica)",
    ),
    (
        "improve_stability",
        "(improve stability|better stability|make it more stable|metabolic stability)",
        "(mejorar la estabilidad|mas estabilidad|que sea mas estable)",
    ),
    (
        "improve_solubility",
        "(improve solubility|better solubility|make it more soluble|solubility)",
        "(mejorar la solubilidad|mas solubilidad|que sea mas soluble)",
    ),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    about(
        "bioisosteres",
        _suggest(),
        "(bioisosteres|bioisosteric replacements|bioisostere suggestions|possible bioisosteres|bioisosteric swaps|isosteric replacements)",
        ("los", "(bioisosteros|bioisósteros|reemplazos bioisostericos)"),
        (
            "(suggest|propose|find|recommend) [some] (bioisosteres|bioisosteric replacements|replacement groups) (for|in|of) {molecule}",
            "(which|what) groups (of|in) {molecule} (can|could) (I|be) (swap|replace|replaced|exchanged)[?]",
            "how (can|could) I (modify|change|optimize) {molecule} [with bioisosteres][?]",
            "replace groups in {molecule} by bioisosteres",
            "use suggest_bioisosteric_replacements (on|for) {molecule}",
            "ideas for (modifying|optimizing|analogs of) {molecule}",
        ),
        (
            "(sugiere|propon|recomienda) (bioisosteros|reemplazos bioisostericos) (para|de) {molecule}",
            "que grupos de {molecule} puedo (reemplazar|cambiar)[?]",
        ),
        weight=2.0,
    ),
    about(
        "bioisostere_benefits",
        _suggest("expected_benefits"),
        "(bioisosteres and their benefits|bioisosteric replacements with expected benefits|benefits of bioisosteric replacements)",
        ("los", "bioisosteros y sus (beneficios|ventajas)"),
        (
            "what (would|do) I gain from bioisosteres (in|for|of) {molecule}[?]",
            "suggest bioisosteres for {molecule} and (say|print|show) the expected benefits",
        ),
        ("sugiere bioisosteros para {molecule} con sus (beneficios|ventajas)",),
        weight=0.7,
    ),
    about(
        "bioisostere_warnings",
        _suggest("warnings"),
        "(bioisosteres and their warnings|bioisosteric replacements with warnings|risks of bioisosteric replacements)",
        ("los", "bioisosteros y sus (riesgos|advertencias)"),
        (
            "what could go wrong with bioisosteres (in|for|of) {molecule}[?]",
            "suggest bioisosteres for {molecule} and (say|print|show) the warnings",
        ),
        ("sugiere bioisosteros para {molecule} con sus (riesgos|advertencias)",),
        weight=0.6,
    ),
    about(
        "bioisostere_literature",
        _suggest("literature"),
        "(bioisosteres with literature references|bioisosteric replacements and references|literature on bioisosteres)",
        ("los", "bioisosteros con referencias"),
        ("suggest bioisosteres for {molecule} and cite the (literature|papers|references)",),
        ("sugiere bioisosteros para {molecule} y cita la literatura",),
        weight=0.4,
    ),
    about(
        "bioisostere_pka",
        _suggest("pka_change"),
        "(bioisosteres with pKa change|bioisosteric replacements and pKa change|pka change of bioisosteric replacements)",
        ("los", "bioisosteros y su cambio de pKa"),
        (
            "how do bioisosteres change the pKa of {molecule}[?]",
            "suggest bioisosteres for {molecule} and print the change in pKa",
        ),
        ("como cambian los bioisosteros el pKa de {molecule}[?]",),
        weight=0.4,
    ),
    Recipe(
        "bioisosteres_of_group",
        (
            "(replace|swap|substitute|exchange) the {group} (in|of) {molecule}",
            "bioisosteres (of|for) the {group} (in|of) {molecule}",
            "(suggest|find|propose) (replacements|bioisosteres|alternatives) (for|of) the {group} (in|of) {molecule}",
            "what can (I use instead of|replace) the {group} (in|of) {molecule}[?]",
            "{molecule}: get rid of the {group}",
            "I want to (get rid of|remove|replace|swap out) the {group} (in|of|from) {molecule}",
            "in {molecule}, (what|which groups) could (replace|take the place of) the {group}[?]",
            "(isosteres|isosteric replacements) of the {group}, molecule {molecule}",
            "the {group} of {molecule} is a (liability|problem), (suggest|give me) (replacements|bioisosteres)",
            "bioisosteric replacement of {group} in {molecule}",
            "alternatives to {group} in {molecule}",
            "{molecule} has a bad {group}, how can I swap it[?]",
        ),
        (
            "(reemplaza|sustituye|cambia) el {group} (de|en) {molecule}",
            "bioisosteros del {group} de {molecule}",
            "(sugiere|propon) (reemplazos|alternativas) para el {group} de {molecule}",
            "que puedo usar en lugar del {group} en {molecule}[?]",
            "quiero (quitar|cambiar) el {group} de {molecule}",
        ),
        _suggest(more=', problematic_group_smarts="<<group>>"'),
        slots={"group": _GROUP_SMARTS},
        weight=1.3,
    ),
    Recipe(
        "bioisosteres_goal",
        (
            "(suggest|propose|find) bioisosteres (for|of) {molecule} to {goal}",
            "bioisosteric replacements (for|of|in) {molecule}, goal {goal}",
            "how (can|do) I change {molecule} to {goal}[?]",
            "{goal} of {molecule} with bioisosteres",
            "(modify|optimize|tweak) {molecule} [with bioisosteres] for {goal}",
            "I want {goal} for {molecule}, (suggest|which) bioisosteres",
            "which group swaps in {molecule} would {goal}[?]",
            "use suggest_bioisosteric_replacements on {molecule} with goal {goal}",
            "{molecule}: bioisosteres for {goal}",
            "goal: {goal}. (suggest|give me) bioisosteres of {molecule}",
            "replace groups of {molecule} for {goal}",
        ),
        (
            "(sugiere|propon|busca) bioisosteros de {molecule} para {goal}",
            "como (cambio|modifico) {molecule} para {goal}[?]",
            "bioisosteros de {molecule}, objetivo {goal}",
            "quiero {goal}: bioisosteros de {molecule}",
            "(modifica|optimiza) {molecule} para {goal}",
        ),
        _suggest(more=', goal="<<goal>>"'),
        slots={"goal": _GOAL},
        weight=1.2,
    ),
    Recipe(
        "bioisostere_database",
        (
            "(list|show|print) (the|all|every) (bioisosteres|bioisosteric replacements) [in the database|that bioql knows]",
            "(print|dump|show) the bioisostere (database|table)",
            "(which|what) bioisosteric replacements does bioql know[?]",
            "bioisostere (database|table|list)",
            "go through [the] BIOISOSTERE_DATABASE and print [every] original and replacement",
            "what is in the bioisostere database[?]",
            "table of known bioisosteres",
            "all bioisostere pairs",
            "bioisosteres known to bioql",
            "show known bioisosteric swaps",
            "I want to (see|browse) the (known|built-in) bioisosteres",
            "for every bioisostere print the old and the new group",
        ),
        (
            "(lista|muestra|imprime) (los bioisosteros|todos los bioisosteros) [de la base de datos|conocidos]",
            "base de datos de bioisosteros",
            "que (reemplazos bioisostericos|bioisosteros) conoce bioql[?]",
            "tabla de bioisosteros",
        ),
        """from bioql import BIOISOSTERE_DATABASE

for item in BIOISOSTERE_DATABASE:
    print(item.original_name, item.replacement_name, item.rationale)
""",
        weight=0.8,
    ),
    Recipe(
        "bioisosteres_of_group_name",
        (
            "(list|show|print) [the] [known] (bioisosteres|isosteres) (of|for) {group}",
            "(which|what) bioisosteres are there for {group}[?]",
            "known bioisosteres of {group}",
            "(look up|find) {group} in the bioisostere database",
            "what (replaces|can replace|do chemists use instead of) {group} [in general][?]",
            "BIOISOSTERE_DATABASE entries for {group}",
            "{group} bioisosteres",
            "bioisosteres for {group}, from the database",
            "(how|with what) do I replace {group} in (drug design|medicinal chemistry)[?]",
            "replacements of {group} in the bioisostere (table|database)",
            "alternatives to {group} in medicinal chemistry",
        ),
        (
            "(lista|muestra|imprime) los bioisosteros (conocidos|) de {group}",
            "que bioisosteros hay para {group}[?]",
            "busca {group} en la base de bioisosteros",
            "bioisosteros de {group} [en la base de datos]",
        ),
        """from bioql import BIOISOSTERE_DATABASE

for item in BIOISOSTERE_DATABASE:
    if item.original_name == "<<group>>":
        print(item.replacement_name, item.rationale, item.warnings)
""",
        slots={"group": _GROUP_NAME},
        weight=0.9,
    ),
    about(
        "offtargets",
        "from bioql import screen_offtargets\n\n"
        + PLACEHOLDER
        + 'screen = screen_offtargets("<<molecule>>")\n'
        + 'print(screen["targets_screened"], screen["hits"], screen["high_risk"])\n',
        "(off-target screen|off-target profile|off-targets|offtargets|selectivity screen|off-target hits|off-target liabilities|safety panel)",
        ("los", "(off-targets|blancos no deseados|hits fuera de diana)"),
        (
            "(screen|test|run) {molecule} against [the|a] (off-targets|off-target panel|safety panel|antitargets)",
            "(which|what) off-targets does {molecule} hit[?]",
            "is {molecule} selective[?]",
            "(what|which) other proteins (does|could|might) {molecule} (bind|hit)[?]",
            "(run|do) an off-target (screen|panel|check) (on|for|of) {molecule}",
            "use screen_offtargets (on|for) {molecule}",
            "secondary pharmacology of {molecule}",
        ),
        (
            "(prueba|analiza) {molecule} contra (el panel de off-targets|dianas no deseadas)",
            "que otras (proteinas|dianas) toca {molecule}[?]",
            "es {molecule} selectivo[?]",
        ),
        weight=1.5,
    ),
    Recipe(
        "offtargets_of_pdbs",
        (
            "screen {molecule} against [the off-targets] {pdb} and {pdb2}",
            "off-target screen of {molecule}, only {pdb} and {pdb2}",
            "(check|test) {molecule} for off-target binding to {pdb} and {pdb2}",
            "does {molecule} hit [the off-targets] {pdb} or {pdb2}[?]",
            "use screen_offtargets on {molecule} with {pdb} and {pdb2}",
            "off-targets {pdb} and {pdb2}: screen {molecule}",
            "selectivity of {molecule} against {pdb} and {pdb2}",
            "I only care about the off-targets {pdb} and {pdb2}, screen {molecule}",
            "run the off-target panel on {molecule} but only [with] {pdb} and {pdb2}",
            "is {molecule} selective over {pdb} and {pdb2}[?]",
            "restrict the off-target screen of {molecule} to {pdb} and {pdb2}",
        ),
        (
            "prueba {molecule} contra [los off-targets] {pdb} y {pdb2}",
            "panel de off-targets de {molecule}, solo {pdb} y {pdb2}",
            "es {molecule} selectivo frente a {pdb} y {pdb2}[?]",
            "analiza off-targets {pdb} y {pdb2} para {molecule}",
        ),
        "from bioql import screen_offtargets\n\n"
        + 'smiles = "<<molecule>>"\n'
        + PLACEHOLDER
        + 'screen = screen_offtargets(smiles, pdb_list=["<<pdb>>", "<<pdb2>>"])\n'
        + 'print(screen["targets_screened"], screen["hits"], screen["high_risk"])\n',
        weight=0.6,
    ),
    Recipe(
        "selectivity_report",
        (
            "selectivity report (for|of) {molecule} with [a] [primary] Ki [of] {ki} [nM]",
            "(make|write|generate|give me) a selectivity report for {molecule}, Ki {ki} [nM]",
            "{molecule} has a Ki of {ki} nM, (how selective is it|report its selectivity)[?]",
            "off-target screen of {molecule} and selectivity report at Ki {ki}",
            "how selective is {molecule} if its Ki is {ki} nM[?]",
            "use generate_selectivity_report for {molecule} with primary_ki {ki}",
            "report selectivity: molecule {molecule}, primary ki {ki}",
            "Ki {ki} nM on target, {molecule}: selectivity report",
            "screen off-targets of {molecule} then build the selectivity report (with|for|at) Ki {ki}",
            "selectivity of {molecule}, Ki = {ki} nM",
            "given Ki {ki} nM, report the selectivity of {molecule}",
            "risk from off-targets for {molecule} with Ki {ki} nM",
            "my {molecule} binds with Ki {ki} nM, selectivity report please",
            "{molecule}, ki {ki}: off-target selectivity report",
            "Ki is {ki} nM. how selective is {molecule}[?]",
        ),
        (
            "informe de selectividad de {molecule} con Ki [de] {ki} [nM]",
            "(genera|crea|haz) un informe de selectividad para {molecule}, Ki {ki}",
            "que tan selectivo es {molecule} con Ki {ki} nM[?]",
            "selectividad de {molecule}, Ki {ki}",
        ),
        "from bioql import screen_offtargets\n"
        "from bioql.offtarget_panel import generate_selectivity_report\n\n"
        + PLACEHOLDER
        + 'screen = screen_offtargets("<<molecule>>")\n'
        + 'report = generate_selectivity_report(<<ki>>, screen)\nprint(report["risk_assessment"])\n',
        slots={"ki": decimal(0.1, 200, 1)},
        weight=0.5,
    ),
)
