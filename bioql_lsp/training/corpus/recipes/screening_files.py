# ruff: noqa: E501
"""Recipes that read molecules from a file and write what is predicted to another."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.screening import molecules
from bioql_lsp.training.corpus.slots import file_name, word

_ADME: Final = "from bioql import predict_adme_local"
_TOX: Final = "from bioql import predict_toxicity_local"
_SCORES: Final = "from bioql.chem import calculate_pharmaceutical_scores"
_COLUMN: Final = word(
    "smiles", "SMILES", "Smiles", "structure", "canonical_smiles", "mol", "molecule"
)
_LISTS: Final = ("compounds", "smiles", "molecules", "hits", "library", "drugs", "ligands")
_CSV: Final = file_name("csv", *_LISTS)
_OUT: Final = file_name("csv", "predictions", "adme", "tox", "scored", "ranked", "filtered", "out")
_TEXT: Final = file_name("smi", *_LISTS)

_COLUMN_PART: Final = "[(with|in|from) [the] column {column}|, column {column}|(smiles are in|the column is) {column}]"
_COLUMN_PART_ES: Final = "[(con|en) la columna {column}|, columna {column}]"


def _csv_says(noun: str) -> tuple[str, ...]:
    frames = (
        "(predict|compute|calculate) [the] <> (of|for) (every molecule|each smiles|all compounds) in {csv} COL",
        "(read|load|open) {csv} [with pandas] and (predict|compute|print) [the] <> [of each] [molecule] COL",
        "<> (of|for) [all] [the] (molecules|smiles|compounds) in {csv} COL",
        "{csv}: <> (of|for) each row COL",
        "for (each|every) (smiles|row|molecule) (in|of) {csv} (print|predict|compute) [the] <> COL",
        "I have [a csv of] (molecules|smiles|compounds) in {csv}, (predict|compute|print) [the] <> COL",
        "(screen|go through|loop over) {csv} and (print|show) [the] <> [of each] COL",
        "(read|take) [the] (smiles|molecules) from {csv} and (print|compute) [their] <> COL",
        "batch <> (on|for|of) {csv} COL",
        "(run|do) <> on [the] csv [file] {csv} COL",
        "(print|list) [the] <> (for|of) everything in {csv} COL",
        "my compounds are in {csv}, what is their <> COL",
        "use pandas to read {csv} and print <> COL",
        "(load|import) the library {csv}, then <> for all COL",
    )
    return tuple(f.replace("<>", noun).replace("COL", _COLUMN_PART) for f in frames)


def _csv_says_es(noun: str) -> tuple[str, ...]:
    frames = (
        "(predice|calcula) <> de (cada molecula|todas las moleculas|los smiles) de {csv} COL",
        "(lee|abre|carga) {csv} y (predice|calcula|imprime) <> COL",
        "<> de las moleculas de {csv} COL",
        "para cada (smiles|fila|molecula) de {csv}, (imprime|calcula) <> COL",
        "tengo (moleculas|smiles) en {csv}, (calcula|dame) <> COL",
        "recorre {csv} e imprime <> COL",
    )
    return tuple(f.replace("<>", noun).replace("COL", _COLUMN_PART_ES) for f in frames)


_SLOTS: Final[dict[str, Slot]] = {"csv": _CSV, "column": _COLUMN, "csv2": _OUT}
_DEFAULTS: Final = {"column": "smiles"}


def _from_csv(
    name: str,
    line: str,
    body: str,
    nouns: tuple[str, str],
    *says: str,
    weight: float = 1.0,
) -> Recipe:
    """A recipe that reads SMILES of a table and prints something of each."""
    return Recipe(
        name,
        (*_csv_says(nouns[0]), *says),
        _csv_says_es(nouns[1]),
        f'import pandas as pd\n{line}\n\ntable = pd.read_csv("<<csv>>")\n'
        f'for smiles in table["<<column>>"]:\n{body}',
        slots=_SLOTS,
        defaults=_DEFAULTS,
        weight=weight,
    )


_FIELD: Final = option(
    ("oral_bioavailability", "(oral bioavailability|bioavailability)", "biodisponibilidad oral"),
    ("half_life", "(half life|half-life)", "vida media"),
    ("clearance", "clearance", "aclaramiento"),
    ("bbb_permeant", "(BBB permeability|bbb)", "permeabilidad BBB"),
    ("caco2_permeability", "(caco-2 permeability|caco2)", "permeabilidad caco-2"),
)
_SCORE: Final = option(
    ("qed_score", "(QED|qed|QED score)", "QED"),
    ("sa_score", "(SA score|synthetic accessibility)", "(SA score|accesibilidad sintetica)"),
    ("pains_alerts", "(PAINS alerts|PAINS)", "alertas PAINS"),
    ("lipinski_compliant", "(lipinski|lipinski compliance)", "lipinski"),
    ("lead_like", "(lead-likeness|lead likeness)", "lead-likeness"),
)
_TABLE_SAYS: Final = (
    "(add|append) [a|the] <> column to {csv} and (save|write) [it] (to|as) {csv2}",
    "(read|load) {csv}, (add|compute) [the] <> [of each molecule], (save|write) (to|as) {csv2}",
    "(compute|predict|calculate) [the] <> (of|for) {csv} and (save|write|store) [the results] (to|in|as) {csv2}",
    "<> of [all molecules in] {csv} to {csv2}",
    "from {csv} make {csv2} with [an extra column for] <>",
    "{csv} in, {csv2} out, [with] <> [as a new column]",
    "(annotate|extend) {csv} with <>, output {csv2}",
    "write {csv2}: {csv} plus <>",
    "I have {csv} and want {csv2} with the <> of (each|every) molecule",
    "use pandas: read {csv}, new column <>, write {csv2}",
    "batch <> on {csv}, results in {csv2}",
    "put the <> of the molecules in {csv} into {csv2}",
)
_TABLE_SAYS_ES: Final = (
    "(agrega|añade) (una columna de|la columna) <> a {csv} y (guarda|escribe) [en] {csv2}",
    "(lee|carga) {csv}, calcula <> y (guarda|escribe) en {csv2}",
    "calcula <> de {csv} y guarda [los resultados] en {csv2}",
    "de {csv} a {csv2} con <>",
    "quiero {csv2} con <> de cada molecula de {csv}",
)


def _table(name: str, line: str, column: str, call: str, slot: Slot) -> Recipe:
    """A recipe that adds a column to a table and writes it."""
    return Recipe(
        name,
        tuple(f.replace("<>", "{value}") for f in _TABLE_SAYS),
        tuple(f.replace("<>", "{value}") for f in _TABLE_SAYS_ES),
        f'import pandas as pd\n{line}\n\ntable = pd.read_csv("<<csv>>")\n'
        f'table["{column}"] = [{call} for smiles in table["smiles"]]\n'
        'table.to_csv("<<csv2>>", index=False)\n',
        slots={**_SLOTS, "value": slot},
        weight=1.3,
    )


RECIPES: Final[tuple[Recipe, ...]] = (
    _from_csv(
        "csv_adme",
        _ADME,
        "    adme = predict_adme_local(smiles)\n    print(smiles, adme.oral_bioavailability, adme.bbb_permeant, adme.half_life)\n",
        ("(ADME|adme|ADME properties|pharmacokinetics)", "(ADME|el ADME)"),
        "adme {csv}",
        weight=1.6,
    ),
    _from_csv(
        "csv_tox",
        _TOX,
        "    tox = predict_toxicity_local(smiles)\n    print(smiles, tox.toxicity_class, tox.ames_mutagenic, tox.hepatotoxicity_risk)\n",
        ("(toxicity|tox|toxicity profile)", "(toxicidad|la toxicidad)"),
        "(which|what) molecules in {csv} are toxic[?]",
        weight=1.4,
    ),
    _from_csv(
        "csv_scores",
        _SCORES,
        "    scores = calculate_pharmaceutical_scores(smiles)\n"
        '    print(smiles, scores["lipinski_compliant"], scores["qed_score"], scores["pains_alerts"])\n',
        ("(drug-likeness|drug likeness|druglikeness)", "(drug-likeness|la similitud a farmaco)"),
    ),
    _from_csv(
        "csv_valid",
        "from bioql.molecular_utils import validate_smiles",
        '    print(smiles, validate_smiles(smiles)["valid"])\n',
        ("(SMILES validity|smiles validity|validity)", "(validez|la validez)"),
        "(which|what) smiles in {csv} are valid[?]",
        "validate [all|every] smiles in {csv}",
        "do all smiles of {csv} parse[?]",
        "find broken smiles in {csv}",
    ),
    _from_csv(
        "csv_canonical",
        "from bioql.molecular_utils import normalize_smiles",
        "    print(normalize_smiles(smiles))\n",
        (
            "(canonical SMILES|canonical smiles|normalized smiles)",
            "(smiles canonicos|los smiles canonicos)",
        ),
        weight=0.7,
    ),
    _table("table_adme", _ADME, "<<value>>", "predict_adme_local(smiles).<<value>>", _FIELD),
    _table(
        "table_scores",
        _SCORES,
        "<<value>>",
        'calculate_pharmaceutical_scores(smiles)["<<value>>"]',
        _SCORE,
    ),
    Recipe(
        "table_filter_lipinski",
        (
            "(filter|reduce) {csv} by (lipinski|the rule of five) and (save|write) [it] (to|as) {csv2}",
            "(read|load) {csv}, keep [the] lipinski compliant [rows|molecules], (save|write) (to|as) {csv2}",
            "lipinski filter from {csv} to {csv2}",
            "(keep|save) only the molecules of {csv} that pass (lipinski|the rule of five), output {csv2}",
            "write the lipinski compliant (rows|molecules) of {csv} to {csv2}",
            "{csv2} with the molecules of {csv} that obey (lipinski|the rule of five)",
            "drop [the] rows of {csv} that (fail|violate) lipinski, save as {csv2}",
            "from {csv} make {csv2} with only lipinski compliant molecules",
            "I have {csv}, filter by lipinski and store in {csv2}",
            "apply the rule of five to {csv} and write {csv2}",
            "pandas filter of {csv} by lipinski into {csv2}",
            "pass {csv} through a lipinski filter, keep {csv2}",
            "reduce {csv} to lipinski compliant rows in {csv2}",
        ),
        (
            "filtra {csv} por Lipinski y (guarda|escribe) [en] {csv2}",
            "guarda en {csv2} las moleculas de {csv} que cumplen Lipinski",
            "(lee|carga) {csv}, deja las que cumplen Lipinski y escribe {csv2}",
            "de {csv} a {csv2} con filtro de Lipinski",
        ),
        f'import pandas as pd\n{_SCORES}\n\ntable = pd.read_csv("<<csv>>")\n'
        'kept = [calculate_pharmaceutical_scores(smiles)["lipinski_compliant"] for smiles in table["smiles"]]\n'
        'table[kept].to_csv("<<csv2>>", index=False)\n',
        slots=_SLOTS,
        weight=0.9,
    ),
    Recipe(
        "table_rank_qed",
        (
            "(rank|sort|order) [the molecules in] {csv} by (QED|qed|drug-likeness) and (save|write) [it] (to|as) {csv2}",
            "(read|load) {csv}, sort by QED, (save|write) (to|as) {csv2}",
            "QED ranking of {csv} to {csv2}",
            "write {csv2}: {csv} sorted by QED, best first",
            "from {csv} make {csv2} ranked by (QED|drug-likeness)",
            "{csv2} with [the molecules of] {csv} in order of QED",
            "I have {csv}, rank it by QED and store in {csv2}",
            "put the most drug-like molecules of {csv} first and write {csv2}",
            "pandas: sort {csv} by QED descending, output {csv2}",
            "best QED first: {csv} -> {csv2}",
        ),
        (
            "(ordena|clasifica) {csv} por QED y (guarda|escribe) [en] {csv2}",
            "(lee|carga) {csv}, ordena por QED y guarda en {csv2}",
            "ranking QED de {csv} en {csv2}",
            "{csv2} con {csv} ordenado por QED",
        ),
        f'import pandas as pd\n{_SCORES}\n\ntable = pd.read_csv("<<csv>>")\n'
        'table["qed_score"] = [calculate_pharmaceutical_scores(smiles)["qed_score"] for smiles in table["smiles"]]\n'
        'table.sort_values("qed_score", ascending=False).to_csv("<<csv2>>", index=False)\n',
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "list_adme_to_csv",
        (
            "(save|write|store) [the] ADME [properties] of {molecules} (to|in|as) {csv2}",
            "(predict|compute) [the] ADME of {molecules} and (save|write|store) [it] (to|in|as) {csv2}",
            "{csv2} with the ADME of {molecules}",
            "make [a csv] {csv2} with the adme of {molecules}",
            "ADME of {molecules} to {csv2}",
            "I want the adme of {molecules} in [a file] {csv2}",
            "export [the] adme of {molecules} to {csv2}",
            "for {molecules}, adme into {csv2}",
            "adme table {csv2} for {molecules}",
            "run adme on {molecules}, output {csv2}",
            "dump adme results of {molecules} into {csv2}",
        ),
        (
            "(guarda|escribe|exporta) el ADME de {molecules} en {csv2}",
            "predice el ADME de {molecules} y guardalo en {csv2}",
            "{csv2} con el ADME de {molecules}",
            "crea {csv2} con el ADME de {molecules}",
        ),
        f"import pandas as pd\n{_ADME}\n\nmolecules = [\n<<molecules>>\n]\n"
        'rows = [{"smiles": smiles, **vars(predict_adme_local(smiles))} for smiles in molecules]\n'
        'pd.DataFrame(rows).to_csv("<<csv2>>", index=False)\n',
        slots={"molecules": molecules, "csv2": _OUT},
    ),
    Recipe(
        "list_tox_to_csv",
        (
            "(save|write|store) [the] (toxicity|tox) [profile] of {molecules} (to|in|as) {csv2}",
            "(predict|compute) [the] (toxicity|tox) of {molecules} and (save|write|store) [it] (to|in|as) {csv2}",
            "{csv2} with the toxicity of {molecules}",
            "make [a csv] {csv2} with the tox of {molecules}",
            "toxicity of {molecules} to {csv2}",
            "I want the toxicity of {molecules} in [a file] {csv2}",
            "export [the] tox of {molecules} to {csv2}",
            "for {molecules}, toxicity into {csv2}",
            "tox table {csv2} for {molecules}",
            "run tox on {molecules}, output {csv2}",
            "dump toxicity results of {molecules} into {csv2}",
        ),
        (
            "(guarda|escribe|exporta) la toxicidad de {molecules} en {csv2}",
            "predice la toxicidad de {molecules} y guardala en {csv2}",
            "{csv2} con la toxicidad de {molecules}",
            "crea {csv2} con la toxicidad de {molecules}",
        ),
        f"import pandas as pd\n{_TOX}\n\nmolecules = [\n<<molecules>>\n]\n"
        'rows = [{"smiles": smiles, **vars(predict_toxicity_local(smiles))} for smiles in molecules]\n'
        'pd.DataFrame(rows).to_csv("<<csv2>>", index=False)\n',
        slots={"molecules": molecules, "csv2": _OUT},
        weight=0.8,
    ),
    Recipe(
        "text_adme",
        (
            "(predict|compute) [the] ADME (of|for) (every|each) (smiles|line|molecule) in {text}",
            "(read|load|open) {text} and (predict|print) [the] ADME [of each line]",
            "ADME (of|for) [all] [the] (molecules|smiles) in {text}",
            "{text} holds one smiles per line, (predict|print) the ADME",
            "loop over the lines of {text} and print [the] ADME",
            "one smiles per line in {text}: adme of each",
            "for every line of {text} print [the] ADME",
            "I have smiles in {text}, predict adme",
            "batch adme on {text}",
            "adme {text}",
            "go through the smiles file {text} and print adme",
        ),
        (
            "predice el ADME de cada linea de {text}",
            "(lee|abre) {text} e imprime el ADME",
            "ADME de los smiles de {text}",
            "tengo smiles en {text}, predice el ADME",
        ),
        f"from pathlib import Path\n\n{_ADME}\n\n"
        'for smiles in Path("<<text>>").read_text().split():\n'
        "    adme = predict_adme_local(smiles)\n"
        "    print(smiles, adme.oral_bioavailability, adme.bbb_permeant, adme.half_life)\n",
        slots={"text": _TEXT},
        weight=0.8,
    ),
    Recipe(
        "text_tox",
        (
            "(predict|compute) [the] (toxicity|tox) (of|for) (every|each) (smiles|line|molecule) in {text}",
            "(read|load|open) {text} and (predict|print) [the] (toxicity|tox) [of each line]",
            "toxicity (of|for) [all] [the] (molecules|smiles) in {text}",
            "{text} holds one smiles per line, (predict|print) the toxicity",
            "loop over the lines of {text} and print [the] toxicity",
            "one smiles per line in {text}: tox of each",
            "for every line of {text} print [the] toxicity",
            "I have smiles in {text}, predict tox",
            "batch tox on {text}",
            "which molecules in {text} are toxic[?]",
            "go through {text} and predict toxicity",
            "toxicity screen of {text}",
            "tox {text}",
        ),
        (
            "predice la toxicidad de cada linea de {text}",
            "(lee|abre) {text} e imprime la toxicidad",
            "toxicidad de los smiles de {text}",
            "tengo smiles en {text}, predice la toxicidad",
        ),
        f"from pathlib import Path\n\n{_TOX}\n\n"
        'for smiles in Path("<<text>>").read_text().split():\n'
        "    tox = predict_toxicity_local(smiles)\n"
        "    print(smiles, tox.toxicity_class, tox.ames_mutagenic, tox.hepatotoxicity_risk)\n",
        slots={"text": _TEXT},
        weight=0.7,
    ),
)
