# ruff: noqa: E501
"""Recipes on the built-in tables: the off-target panel and resistance mutations."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.medchem import PLACEHOLDER

_RISK: Final = option(
    ("cardiotoxicity", "(cardiotoxicity|cardiotoxic|cardiac toxicity)", "cardiotoxicidad"),
    ("cardiovascular", "cardiovascular", "(cardiovascular|cardiovasculares)"),
    ("neurotoxicity", "(neurotoxicity|neurotoxic)", "neurotoxicidad"),
    ("CNS", "(CNS|central nervous system)", "(SNC|sistema nervioso central)"),
    ("hormonal", "(hormonal|endocrine)", "(hormonal|hormonales)"),
    ("metabolic", "metabolic", "(metabolico|metabolicos)"),
    ("DDI", "(DDI|drug-drug interaction|drug interaction)", "(DDI|interaccion de farmacos)"),
)
_CLASS: Final = option(
    ("GPCR", "(GPCRs|GPCR|G protein coupled receptors)", "(GPCR|GPCRs)"),
    ("Kinase", "(kinases|kinase)", "(quinasas|cinasas)"),
    ("Ion channel", "(ion channels|ion channel|channels)", "(canales ionicos|canales)"),
    ("Nuclear receptor", "(nuclear receptors|nuclear receptor)", "receptores nucleares"),
    ("CYP450", "(CYP450|CYPs|cytochromes)", "(CYP450|citocromos)"),
    ("Enzyme", "(enzymes|enzyme)", "enzimas"),
)
_TARGET: Final = option(
    ("EGFR", "(EGFR|egfr|EGF receptor)", "(EGFR|egfr)"),
    ("BCR-ABL", "(BCR-ABL|bcr-abl|BCR ABL|bcr abl)", "(BCR-ABL|bcr-abl)"),
    (
        "HIV-1 Protease",
        "(HIV-1 protease|HIV protease|hiv-1 protease)",
        "(proteasa del VIH|proteasa de VIH-1|HIV-1 protease)",
    ),
    ("GLP1R", "(GLP1R|glp1r|GLP-1 receptor|GLP-1R)", "(GLP1R|glp1r|receptor de GLP-1)"),
)
_TARGET_WITH_PDB: Final = option(
    ('EGFR", "1M17', "(EGFR|egfr|EGF receptor)", "(EGFR|egfr)"),
    ('BCR-ABL", "2HYY', "(BCR-ABL|bcr-abl|BCR ABL|bcr abl)", "(BCR-ABL|bcr-abl)"),
    (
        'HIV-1 Protease", "1HXB',
        "(HIV-1 protease|HIV protease|hiv-1 protease)",
        "(proteasa del VIH|proteasa de VIH-1|HIV-1 protease)",
    ),
    ('GLP1R", "6B3J', "(GLP1R|glp1r|GLP-1 receptor|GLP-1R)", "(GLP1R|glp1r|receptor de GLP-1)"),
)
_PROFILE: Final = (
    "from bioql import analyze_resistance_profile\n\n"
    + 'smiles = "<<molecule>>"\n'
    + PLACEHOLDER
    + 'profile = analyze_resistance_profile(smiles, "<<target_name>>"<<pdb_part>>)\n'
    + 'for item in profile["mutant_affinities"]:\n'
    + '    print(item["mutation"], item["affinity_change_fold"], item["retained_activity_percent"])\n'
)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "resistance",
        (
            "(analyze|analyse|predict|get|compute) [the] (resistance|resistance profile|drug resistance) of {molecule} (against|at|to|on|with) {target_name}",
            "resistance profile (of|for) {molecule} (against|at|on) {target_name}",
            "(will|can|could|would) {target_name} (become|get|be) resistant to {molecule}[?]",
            "{molecule} {target_name} resistance",
            "(which|what) {target_name} mutations (affect|hurt|weaken|resist) {molecule}[?]",
            "how do {target_name} mutations (change|affect|hit) the binding of {molecule}[?]",
            "is {molecule} (robust|vulnerable|sensitive) to mutations in {target_name}[?]",
            "does {molecule} still work on mutant {target_name}[?]",
            "resistance mutations of {target_name} against {molecule}",
            "use analyze_resistance_profile on {molecule} (for|with target) {target_name}",
            "{target_name} escape mutants and {molecule}",
            "I have {molecule} for {target_name}, check resistance",
            "my target is {target_name}, my drug is {molecule}: what about resistance[?]",
            "mutation (sensitivity|impact) of {molecule} on {target_name}",
        ),
        (
            "(analiza|predice|calcula) la resistencia de {target_name} a {molecule}",
            "perfil de resistencia de {molecule} (frente a|contra|en) {target_name}",
            "que mutaciones de {target_name} (afectan|resisten) a {molecule}[?]",
            "resistencia a {molecule} en {target_name}",
            "funciona {molecule} en {target_name} mutado[?]",
            "tengo {molecule} para {target_name}, (analiza|mira) la resistencia",
        ),
        _PROFILE.replace("<<pdb_part>>", ""),
        slots={"target_name": _TARGET_WITH_PDB},
        weight=1.3,
    ),
    Recipe(
        "resistance_with_pdb",
        (
            "(analyze|analyse|predict|get) [the] (resistance|resistance profile) of {molecule} (against|at|on) {target_name} [with structure|with|structure|using] {pdb}",
            "resistance profile of {molecule}, target {target_name}, {pdb}",
            "which {target_name} mutations affect {molecule} (in|with structure) {pdb}[?]",
            "resistance of {target_name} [structure] {pdb} to {molecule}",
            "use analyze_resistance_profile with {molecule}, {target_name} and {pdb}",
            "{molecule} at {target_name} (in|structure|with) {pdb}: resistance",
            "check {molecule} for resistance, {target_name} in {pdb}",
            "how do mutations of {target_name} in {pdb} affect {molecule}[?]",
            "structure {pdb} of {target_name}: is {molecule} prone to resistance[?]",
            "mutant profile of {molecule} on {target_name}, {pdb}",
        ),
        (
            "(analiza|predice) la resistencia de {target_name} a {molecule} con [la estructura] {pdb}",
            "perfil de resistencia de {molecule}, {target_name}, {pdb}",
            "que mutaciones de {target_name} afectan a {molecule} en {pdb}[?]",
            "resistencia a {molecule} en {target_name} con {pdb}",
        ),
        _PROFILE.replace("<<pdb_part>>", ', "<<pdb>>"'),
        slots={"target_name": _TARGET},
        weight=0.6,
    ),
    Recipe(
        "resistance_risk",
        (
            "[overall] resistance risk (of|for) {molecule} (at|against|on|with) {target_name}",
            "how (high|big|large) is the [resistance] risk (that|of) {target_name} (resists|resisting) {molecule}[?]",
            "what is the resistance risk of {molecule} (on|at|against) {target_name}[?]",
            "(print|give me|show) (only|just) the resistance risk of {molecule} for {target_name}",
            "{target_name} resistance risk for {molecule}",
            "rate the risk of resistance of {target_name} to {molecule}",
            "(low|high) or (high|low) resistance risk for {molecule} at {target_name}[?]",
            "is the risk of resistance (high|low) for {molecule} with {target_name}[?]",
            "(estimate|predict|assess) the risk of resistance to {molecule} in {target_name}",
            "{molecule} vs {target_name}: risk of resistance",
        ),
        (
            "riesgo de resistencia de {molecule} (frente a|en|contra) {target_name}",
            "cual es el riesgo de resistencia de {target_name} a {molecule}[?]",
            "(dame|imprime) solo el riesgo de resistencia a {molecule} en {target_name}",
            "es alto el riesgo de resistencia de {target_name} a {molecule}[?]",
        ),
        "from bioql import analyze_resistance_profile\n\n"
        + 'smiles = "<<molecule>>"\n'
        + PLACEHOLDER
        + 'profile = analyze_resistance_profile(smiles, "<<target_name>>")\n'
        + 'print(profile["resistance_risk"], profile["mutations_tested"])\n',
        slots={"target_name": _TARGET_WITH_PDB},
        weight=0.8,
    ),
    Recipe(
        "resistance_mutations",
        (
            "(list|show|print) [the] [known] resistance mutations (of|for|in) {target_name}",
            "(which|what) resistance mutations (are known|are there|exist) (for|in) {target_name}[?]",
            "known (resistance|escape) mutations (of|in) {target_name}",
            "{target_name} resistance mutations",
            "(which|what) mutations make {target_name} resistant[?]",
            "look up {target_name} in RESISTANCE_MUTATIONS",
            "common {target_name} mutations and [their] clinical significance",
            "mutations of {target_name} seen in patients",
            "table of {target_name} resistance mutations",
            "for {target_name}, print each resistance mutation [with its frequency]",
            "I need the clinically known mutations of {target_name}",
        ),
        (
            "(lista|muestra|imprime) las mutaciones de resistencia de {target_name}",
            "que mutaciones de resistencia (hay|se conocen) en {target_name}[?]",
            "mutaciones conocidas de {target_name}",
            "mutaciones de resistencia: {target_name}",
        ),
        """from bioql import RESISTANCE_MUTATIONS

for mutation in RESISTANCE_MUTATIONS["<<target_name>>"]:
    print(mutation, mutation.frequency, mutation.clinical_significance)
""",
        slots={"target_name": _TARGET},
        weight=1.0,
    ),
    Recipe(
        "resistance_mutations_all",
        (
            "(list|show|print) (all|every|the) [known] resistance mutations [of all targets|for every target]",
            "(which|what) targets have [known] resistance mutations[?]",
            "(print|dump) [the] RESISTANCE_MUTATIONS [table]",
            "resistance mutation (table|database|list)",
            "for (each|every) target list its resistance mutations",
            "all drug resistance mutations bioql knows",
            "for which targets does bioql know resistance mutations[?]",
            "(overview|table) of resistance mutations (per|by|for each) target",
            "resistance mutations, all targets",
            "what is in the resistance mutation table[?]",
        ),
        (
            "(lista|muestra|imprime) todas las mutaciones de resistencia",
            "tabla de mutaciones de resistencia",
            "que dianas tienen mutaciones de resistencia [conocidas][?]",
            "mutaciones de resistencia de todas las dianas",
        ),
        """from bioql import RESISTANCE_MUTATIONS

for target, mutations in RESISTANCE_MUTATIONS.items():
    print(target, [str(mutation) for mutation in mutations])
""",
        weight=0.6,
    ),
    Recipe(
        "resistance_optimizations",
        (
            "how (can|do) I (avoid|overcome|reduce|beat) resistance of {target_name} to {molecule}[?]",
            "(suggest|propose) (optimizations|changes|modifications) (against|to avoid|to reduce) resistance (for|of) {molecule} at {target_name}",
            "make {molecule} less prone to resistance at {target_name}",
            "resistance optimization of {molecule} for {target_name}",
            "ideas to (overcome|avoid) {target_name} resistance to {molecule}",
            "use suggest_resistance_optimizations for {molecule} and {target_name}",
            "what should I change in {molecule} so that {target_name} does not become resistant[?]",
            "(analyze|predict) resistance of {molecule} at {target_name} and suggest (optimizations|improvements)",
            "tips against {target_name} resistance for {molecule}",
            "improve {molecule} against {target_name} escape mutations",
        ),
        (
            "como (evito|reduzco|supero) la resistencia de {target_name} a {molecule}[?]",
            "sugiere (cambios|optimizaciones) contra la resistencia de {target_name} a {molecule}",
            "ideas para evitar la resistencia de {target_name} a {molecule}",
            "optimiza {molecule} frente a resistencia de {target_name}",
        ),
        "from bioql import analyze_resistance_profile\n"
        "from bioql.resistance_profiler import suggest_resistance_optimizations\n\n"
        + 'smiles = "<<molecule>>"\n'
        + PLACEHOLDER
        + 'profile = analyze_resistance_profile(smiles, "<<target_name>>")\n'
        + 'print(*suggest_resistance_optimizations(profile), sep="\\n")\n',
        slots={"target_name": _TARGET_WITH_PDB},
        weight=0.5,
    ),
    Recipe(
        "offtarget_panel",
        (
            "(list|show|print) [all] [the] off-targets (in|of) the panel",
            "(which|what) off-targets are in the [safety] panel[?]",
            "(print|dump|show) the off-target panel",
            "off-target panel (list|table|members)",
            "go through OFFTARGET_PANEL and print [the] names and PDB ids",
            "(which|what) proteins does the off-target (panel|screen) (contain|cover)[?]",
            "names and pdb ids of the off-target panel",
            "safety panel proteins with [their] pdb [ids]",
            "what does bioql screen for off-target effects[?]",
            "table of antitargets",
        ),
        (
            "(lista|muestra|imprime) el panel de off-targets",
            "que proteinas (hay en|contiene) el panel de off-targets[?]",
            "panel de (off-targets|dianas no deseadas) [con sus PDB]",
            "nombres y PDB del panel de off-targets",
        ),
        """from bioql import OFFTARGET_PANEL

for target in OFFTARGET_PANEL:
    print(target.name, target.pdb_id, target.clinical_concern)
""",
        weight=0.7,
    ),
    Recipe(
        "offtarget_panel_risk",
        (
            "(list|show|print) [the] {risk} off-targets",
            "(which|what) off-targets (carry|have|cause) [a] {risk} risk[?]",
            "off-targets (with|of) [the] risk category {risk}",
            "{risk} off-targets of the panel",
            "(filter|search) the off-target panel (by|for) {risk} [risk]",
            "panel proteins linked to {risk} risk",
            "off-target panel, only {risk}",
            "(which|what) panel members are {risk} risks[?]",
            "OFFTARGET_PANEL entries with risk_category {risk}",
            "I worry about {risk} effects, which off-targets matter[?]",
        ),
        (
            "(lista|muestra|imprime) los off-targets de {risk}",
            "que off-targets tienen riesgo {risk}[?]",
            "off-targets con riesgo (de|) {risk}",
            "filtra el panel de off-targets por {risk}",
        ),
        """from bioql import OFFTARGET_PANEL

for target in OFFTARGET_PANEL:
    if target.risk_category == "<<risk>>":
        print(target.name, target.pdb_id, target.clinical_concern)
""",
        slots={"risk": _RISK},
        weight=0.5,
    ),
    Recipe(
        "offtarget_panel_class",
        (
            "(list|show|print) the {family} (in|of) the off-target panel",
            "(which|what) {family} are in the off-target panel[?]",
            "off-target {family}",
            "{family} of the off-target panel",
            "(filter|search) the off-target panel (by|for) {family}",
            "off-target panel, {family} only",
            "off-targets that are {family}",
            "how many {family} are among the off-targets, list them",
            "OFFTARGET_PANEL entries of the protein class {family}",
            "panel members of class {family}",
        ),
        (
            "(lista|muestra|imprime) (los|las) {family} del panel de off-targets",
            "que {family} hay en el panel de off-targets[?]",
            "off-targets que son {family}",
            "{family} del panel de off-targets",
        ),
        """from bioql import OFFTARGET_PANEL

for target in OFFTARGET_PANEL:
    if target.protein_class == "<<family>>":
        print(target.name, target.pdb_id, target.clinical_concern)
""",
        slots={"family": _CLASS},
        weight=0.5,
    ),
)
