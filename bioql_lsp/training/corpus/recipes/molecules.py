# ruff: noqa: E501
"""Recipes on what a small molecule is like in the body: ADME and toxicity as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot
from bioql_lsp.training.corpus.split import Draw

ADME_HEAD: Final = (
    'from bioql import predict_adme_local\n\nadme = predict_adme_local("<<molecule>>")\n'
)
TOX_HEAD: Final = (
    'from bioql import predict_toxicity_local\n\ntox = predict_toxicity_local("<<molecule>>")\n'
)
_FRAMES: Final = (
    "(predict|estimate|calculate|compute) [the] <> (of|for) {molecule}",
    "(what is|what's|whats) the [predicted|expected] <> (of|for) {molecule}[?]",
    "<> (of|for) {molecule}",
    "{molecule} <>",
    "(I need|I want|I'd like|need|want) [to know] the <> of {molecule}",
    "(give|show|tell) me the <> (of|for) {molecule}",
    "for {molecule}, (predict|estimate|give me|print) [the] <>",
    "(get|print|find|return|output) [the] <> (of|for) {molecule}",
    "(can|could) you (predict|estimate|work out|tell me) the <> of {molecule}[?]",
    "my (compound|molecule|ligand|drug|hit) is {molecule}, (what is its|predict its|estimate the|get the) <>",
    "[let's] check [the] <> (for|of) {molecule}",
    "{molecule}: <>",
    "take {molecule} and (predict|print|show|report) its <>",
    "<> (prediction|estimate|value) (for|of) {molecule}",
    "I (have|am looking at|am working on) {molecule} and (want|need) [to see|to know] its <>",
    "how do I (get|compute|find) the <> of {molecule}[?]",
    "please (predict|show|print|compute) <> for [the molecule|the compound|the ligand] {molecule}",
)
_FRAMES_ES: Final = (
    "(predice|estima|calcula|obten) <el> <> (de|para) {molecule}",
    "(cual|cuál) es <el> <> de {molecule}[?]",
    "<> (de|para) {molecule}",
    "(dame|muestra|dime|muestrame) <el> <> de {molecule}",
    "(quiero|necesito) [saber|conocer] <el> <> de {molecule}",
    "para {molecule}, (calcula|imprime|predice) <el> <>",
    "tengo {molecule} y (quiero|necesito) <el> <>",
    "{molecule}: <>",
)


def about(  # noqa: PLR0917 - recipes read as rows of a table
    name: str,
    code: str,
    noun: str,
    noun_es: tuple[str, str],
    says: Sequence[str] = (),
    says_es: Sequence[str] = (),
    *,
    weight: float = 1.0,
    slots: Mapping[str, Slot] | None = None,
) -> Recipe:
    """A recipe that asks for something of a molecule.

    ``noun``: what is asked for, as a pattern; ``noun_es``: its article and itself. ``says`` and
    ``says_es``: phrasings that only this question has.
    """
    article, thing = noun_es
    plural = article in ("los", "las")
    frames = [frame.replace("<>", noun) for frame in _FRAMES]
    frames_es = [
        (frame.replace(" es <el>", " son <el>") if plural else frame)
        .replace("(cual|cuál) son", "(cuales|cuáles) son")
        .replace("<el>", article)
        .replace("<>", thing)
        for frame in _FRAMES_ES
    ]
    return Recipe(
        name, (*frames, *says), (*frames_es, *says_es), code, slots=slots or {}, weight=weight
    )


def several(owner: str, fields: Sequence[tuple[str, str, str]], count: int) -> Slot:
    """That many different fields of ``owner``, each (written, English pattern, Spanish pattern)."""

    def slot(draw: Draw) -> Said:
        drawn = draw.rng.sample(list(fields), count)
        said = [
            "".join(str(piece) for piece in expand(draw.local(english, spanish), draw.rng))
            for _, english, spanish in drawn
        ]
        last = draw.local(draw.choose((" and ", " and ", " & ", " + ")), " y ")
        last = draw.local(draw.choose((" and ", " and ", " & ", " + ")), " y ")
        text = said[0] if count == 1 else ", ".join(said[:-1]) + last + said[-1]
        return Said(text, ", ".join(owner.replace("*", field) for field, _, _ in drawn))

    return slot


ADME_FIELDS: Final = (
    ("oral_bioavailability", "oral bioavailability", "biodisponibilidad oral"),
    ("bbb_permeant", "(BBB permeability|bbb|blood brain barrier)", "barrera hematoencefalica"),
    ("half_life", "(half life|half-life|t1/2)", "vida media"),
    ("clearance", "clearance", "aclaramiento"),
    ("caco2_permeability", "(caco-2|caco2 permeability)", "permeabilidad caco-2"),
    ("human_intestinal_absorption", "(intestinal absorption|HIA)", "absorcion intestinal"),
    ("plasma_protein_binding", "(plasma protein binding|PPB)", "union a proteinas plasmaticas"),
    ("vd_human", "(volume of distribution|Vd)", "volumen de distribucion"),
    ("pgp_substrate", "(P-gp substrate|pgp substrate)", "sustrato de P-gp"),
    ("renal_clearance", "renal clearance", "aclaramiento renal"),
)
TOX_FIELDS: Final = (
    ("ames_mutagenic", "(ames|ames test|mutagenicity)", "(ames|mutagenicidad)"),
    ("herg_inhibition", "(herg|hERG inhibition)", "(herg|inhibicion de hERG)"),
    ("hepatotoxicity_risk", "(hepatotoxicity|liver tox)", "hepatotoxicidad"),
    ("ld50_oral_rat", "(LD50|oral ld50)", "(LD50|DL50)"),
    ("toxicity_class", "(toxicity class|tox class)", "clase de toxicidad"),
    ("qt_prolongation_risk", "(QT risk|QT prolongation)", "riesgo de QT"),
    ("dili_risk", "DILI [risk]", "riesgo DILI"),
)
_REPORT: Final = (
    'from bioql import predict_adme_toxicity\n\nreport = predict_adme_toxicity("<<molecule>>")\n'
)

RECIPES: Final[tuple[Recipe, ...]] = (
    about(
        "adme",
        ADME_HEAD + "print(adme.oral_bioavailability, adme.bbb_permeant, adme.half_life)\n",
        "(ADME|adme|ADME properties|adme profile|ADME profile|pharmacokinetics|PK profile|PK properties)",
        ("el", "(ADME|perfil ADME|perfil farmacocinetico)"),
        (
            "(predict|calculate|compute|get|show) [me] [the] ADME [properties|profile] (of|for) {molecule}",
            "adme {molecule}",
            "(run|do) [an] ADME [prediction|analysis|check] (on|for|of) {molecule}",
            "how does the body (handle|process|deal with) {molecule}[?]",
            "absorption, distribution, metabolism and excretion of {molecule}",
            "what happens to {molecule} in the body[?]",
            "use predict_adme_local (on|for|with) {molecule}",
            "pk of {molecule}",
        ),
        (
            "(predice|calcula|dame) [las] propiedades (ADME|farmacocineticas) (de|para) {molecule}",
            "absorcion, distribucion, metabolismo y excrecion de {molecule}",
            "farmacocinetica de {molecule}",
            "(haz|ejecuta) (un analisis|una prediccion) ADME (de|para) {molecule}",
        ),
        weight=4.0,
    ),
    about(
        "adme_all",
        ADME_HEAD + "for name, value in vars(adme).items():\n    print(name, value)\n",
        "(full|complete|whole|entire) (ADME|adme|pharmacokinetic) (profile|result|report|table)",
        ("el", "perfil (ADME|farmacocinetico) completo"),
        (
            "(print|list|show) (all|every one of) the ADME (properties|fields|values|parameters) (of|for) {molecule}",
            "(all|every) adme (properties|parameters|fields) (of|for) {molecule}",
            "{molecule}, all ADME values one per line",
            "loop over [all] the adme fields of {molecule} and print (them|name and value)",
        ),
        (
            "(muestra|imprime|lista) todas las propiedades ADME de {molecule}",
            "todos los (valores|campos|parametros) ADME de {molecule}",
        ),
    ),
    about(
        "adme_several",
        ADME_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("la", "{fields}"),
        ("I need two numbers for {molecule}: {fields}",),
        slots={"fields": several("adme.*", ADME_FIELDS, 2)},
        weight=2.0,
    ),
    about(
        "adme_three",
        ADME_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("la", "{fields}"),
        ("of the adme of {molecule} (print|show|give me) [only|just] {fields}",),
        slots={"fields": several("adme.*", ADME_FIELDS, 3)},
        weight=0.7,
    ),
    about(
        "toxicity",
        TOX_HEAD + "print(tox.toxicity_class, tox.ames_mutagenic, tox.hepatotoxicity_risk)\n",
        "(toxicity|tox|tox profile|toxicity profile|tox properties|toxicology|safety profile)",
        ("la", "(toxicidad|toxicologia)"),
        (
            "is {molecule} toxic[?]",
            "how toxic is {molecule}[?]",
            "(check|see|test|tell me) (if|whether) {molecule} is (toxic|poisonous|safe)",
            "is {molecule} (safe|dangerous|poisonous|harmful)[?]",
            "tox {molecule}",
            "could {molecule} be harmful to (people|humans|patients)[?]",
            "(run|do) a (tox|toxicity) (check|screen|assessment|prediction) (on|of|for) {molecule}",
            "use predict_toxicity_local (on|for|with) {molecule}",
            "how dangerous is {molecule}[?]",
        ),
        (
            "(es|sera) {molecule} (toxica|toxico|peligroso|peligrosa|segura|seguro)[?]",
            "(que tan|qué tan|cuan|como de) (toxica|toxico) es {molecule}[?]",
            "(comprueba|verifica|revisa|mira) si {molecule} es (toxica|toxico|peligroso|venenoso)",
            "(haz|ejecuta) una prediccion de toxicidad (de|para) {molecule}",
            "perfil (toxicologico|de toxicidad) de {molecule}",
        ),
        weight=4.0,
    ),
    about(
        "toxicity_all",
        TOX_HEAD + "for name, value in vars(tox).items():\n    print(name, value)\n",
        "(full|complete|whole|entire) (toxicity|tox) (profile|result|report|panel|table)",
        ("el", "perfil (toxicologico|de toxicidad) completo"),
        (
            "(print|list|show) (all|every one of) the (toxicity|tox) (endpoints|fields|values|predictions) (of|for) {molecule}",
            "(all|every) (toxicity|tox) (endpoints|predictions|fields) (of|for) {molecule}",
            "{molecule}, every tox endpoint one per line",
            "loop over [all] the tox fields of {molecule} and print (them|name and value)",
        ),
        (
            "(muestra|imprime|lista) (todas las toxicidades|todos los datos de toxicidad) de {molecule}",
            "todos los (valores|campos) de toxicidad de {molecule}",
        ),
    ),
    about(
        "toxicity_several",
        TOX_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("la", "{fields}"),
        ("tox of {molecule}, just {fields}",),
        slots={"fields": several("tox.*", TOX_FIELDS, 2)},
        weight=1.5,
    ),
    about(
        "toxicity_three",
        TOX_HEAD + "print(<<fields>>)\n",
        "{fields}",
        ("la", "{fields}"),
        ("of the toxicity of {molecule} (print|show|give me) [only|just] {fields}",),
        slots={"fields": several("tox.*", TOX_FIELDS, 3)},
        weight=0.6,
    ),
    about(
        "adme_toxicity",
        _REPORT + "for name, value in report.items():\n    print(name, value)\n",
        "(ADMET|admet|ADME and toxicity|ADME and tox|ADME/Tox|ADMET profile|admet properties|adme-tox|adme & tox report)",
        ("el", "(ADMET|perfil ADMET|ADME y toxicidad|informe ADMET)"),
        (
            "admet {molecule}",
            "(predict|show|get) both [the] adme and [the] (toxicity|tox) of {molecule}",
            "(run|do) [a|an] ADMET (prediction|analysis|report|check) (on|for|of) {molecule}",
            "pharmacokinetics and (toxicity|tox|safety) of {molecule}",
            "is {molecule} safe and how is it absorbed[?]",
            "use predict_adme_toxicity (on|for|with) {molecule}",
        ),
        (
            "(predice|calcula|dame) [el] ADME y [la] toxicidad de {molecule}",
            "farmacocinetica y toxicidad de {molecule}",
            "propiedades ADMET de {molecule}",
        ),
        weight=2.5,
    ),
    about(
        "adme_toxicity_json",
        'import json\n\nfrom bioql import predict_adme_toxicity\n\nreport = predict_adme_toxicity("<<molecule>>")\n'
        "print(json.dumps(report, indent=2))\n",
        "(ADMET|ADME and toxicity|admet report) as [pretty|formatted|indented] json",
        ("el", "(ADMET|informe ADMET|ADME y toxicidad) (en|como) json"),
        (
            "json of the (admet|adme and toxicity) [report|prediction] (of|for) {molecule}",
            "(print|dump) [the] (admet|adme and tox) [report] of {molecule} (as|in) json",
            "(pretty print|pretty-print) [the] (admet|adme and tox) [report] of {molecule}",
        ),
        ("json con el (ADMET|ADME y la toxicidad) de {molecule}",),
        weight=0.6,
    ),
    Recipe(
        "adme_toxicity_save",
        (
            "(save|write|store|dump) [the] (ADMET|admet report|ADME and toxicity|adme and tox) (of|for) {molecule} (to|in|into|as) {json}",
            "(predict|compute) [the] (ADMET|admet|ADME and toxicity) of {molecule} and (save|write|store|dump) (it|the report|the result) (to|in|as) {json}",
            "{json} with the (admet|adme and toxicity) [report|prediction] (of|for) {molecule}",
            "full adme/tox report (of|for) {molecule} [saved] as {json}",
            "store what you predict on adme and toxicity of {molecule} in {json}",
            "{molecule} adme and tox to {json}",
            "(make|create|produce) a json [report] {json} (with|of) the (admet|adme and tox) of {molecule}",
            "I want the ADMET [report] of {molecule} in [a file called] {json}",
            "admet {molecule} > {json}",
            "export [the] (admet|ADME/tox|adme and toxicity) [profile|prediction|report] of {molecule} to {json}",
            "put the (adme and toxicity|admet) (results|prediction|numbers) of {molecule} into {json}",
            "write {json}: (admet|adme and toxicity) of {molecule}",
            "run adme and tox on {molecule}, output (file|to) {json}",
            "can you (save|store) a full adme and toxicity report of {molecule} as {json}[?]",
        ),
        (
            "(guarda|escribe|exporta) el (ADMET|ADME y la toxicidad|informe ADMET) de {molecule} en {json}",
            "(predice|calcula) el (ADMET|ADME y la toxicidad) de {molecule} y (guardalo|guárdalo) en {json}",
            "{json} con el (ADMET|perfil ADMET) de {molecule}",
            "quiero el informe ADMET de {molecule} en [un archivo] {json}",
            "crea {json} con la farmacocinetica y toxicidad de {molecule}",
        ),
        """import json

from bioql import predict_adme_toxicity

report = predict_adme_toxicity("<<molecule>>")
with open("<<json>>", "w") as file:
    json.dump(report, file, indent=2)
""",
    ),
    Recipe(
        "adme_and_toxicity_fields",
        (
            "(predict|get|print|show) [the] {adme_field} and [the] {tox_field} of {molecule}",
            "{adme_field} and {tox_field} (of|for) {molecule}",
            "for {molecule}: {adme_field} plus {tox_field}",
            "(what are|what is|whats) the {adme_field} and {tox_field} of {molecule}[?]",
            "I (need|want) {adme_field} [and] also {tox_field} for {molecule}",
            "{molecule}, {adme_field} and {tox_field}",
            "(compute|estimate) {tox_field} together with {adme_field} for {molecule}",
            "show me both {adme_field} and {tox_field} (for|of) {molecule}",
            "{molecule}: {tox_field} plus {adme_field}",
            "check {molecule} for {adme_field} and for {tox_field}",
        ),
        (
            "{adme_field} y {tox_field} de {molecule}",
            "(calcula|predice|dame) la {adme_field} y la {tox_field} de {molecule}",
            "para {molecule}: {adme_field} y {tox_field}",
            "(quiero|necesito) {adme_field} y {tox_field} de {molecule}",
            "de {molecule} (imprime|muestra) {adme_field} y tambien {tox_field}",
        ),
        """from bioql import predict_adme_local, predict_toxicity_local

smiles = "<<molecule>>"
adme = predict_adme_local(smiles)
tox = predict_toxicity_local(smiles)
print(<<adme_field>>, <<tox_field>>)
""",
        slots={
            "adme_field": several("adme.*", ADME_FIELDS, 1),
            "tox_field": several("tox.*", TOX_FIELDS, 1),
        },
    ),
)
