# ruff: noqa: E501
"""Recipes that ask for the same of several molecules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said
from bioql_lsp.training.corpus.slots import molecule
from bioql_lsp.training.corpus.split import Draw

ADME_IMPORT: Final = "from bioql import predict_adme_local\n\n"
TOX_IMPORT: Final = "from bioql import predict_toxicity_local\n\n"
SCORES_IMPORT: Final = "from bioql.chem import calculate_pharmaceutical_scores\n\n"
LOOP: Final = "molecules = [\n<<molecules>>\n]\nfor smiles in molecules:\n"


def molecules(draw: Draw) -> Said:
    """Two to four molecules; the code holds them as the lines of a list."""
    drawn = [molecule(draw) for _ in range(draw.choose((2, 3, 3, 4)))]
    said = [one.said for one in drawn]
    last = draw.local(draw.choose((" and ", " and ", ", ")), draw.choose((" y ", ", ")))
    written = "\n".join(f'    "{one.written}",' for one in drawn)
    return Said(", ".join(said[:-1]) + last + said[-1], written, is_exact=True)


def each(  # noqa: PLR0917 - recipes read as rows of a table
    name: str,
    code: str,
    noun: str,
    noun_es: str,
    says: Sequence[str] = (),
    says_es: Sequence[str] = (),
    *,
    weight: float = 1.0,
) -> Recipe:
    """A recipe that asks for the same of several molecules; ``noun_es`` begins with its article."""
    frames = (
        "(predict|calculate|compute|estimate) [the] <> (of|for) {molecules}",
        "<> (of|for) {molecules}",
        "{molecules}: <>",
        "(loop|iterate|go) over {molecules} and (print|show|predict|compute) the <> [of each]",
        "for each of {molecules}, (print|predict|compute|show) [the] <>",
        "(I have|my molecules are|here are my compounds:) {molecules}[,] (print|predict|give me|compute) the <> of each",
        "(screen|check|compare) {molecules} (by|for) <>",
        "(give|show|tell) me the <> (of|for) [the list|the set|these molecules] {molecules}",
        "what is the <> of {molecules}[?]",
        "batch <> (for|of) {molecules}",
        "[a] table of <> for {molecules}",
        "a for loop over {molecules} that prints the <>",
        "(print|list) <> (of|for) all of {molecules}",
        "compare the <> of {molecules}",
        "<> for every one of {molecules}",
        "(take|use) the molecules {molecules} and (print|compute|report) their <>",
        "can you (predict|compute|print) the <> of {molecules}[?]",
    )
    frames_es = (
        "(predice|calcula|imprime) <> de {molecules}",
        "para cada una de {molecules}, (imprime|calcula) <>",
        "recorre {molecules} e imprime <>",
        "(tengo|mis moleculas son) {molecules}, (calcula|dame) <> de cada una",
        "(dame|muestra) <> de [la lista] {molecules}",
        "{molecules}: <>",
    )
    return Recipe(
        name,
        (*(frame.replace("<>", noun) for frame in frames), *says),
        (*(frame.replace("<>", noun_es) for frame in frames_es), *says_es),
        code,
        slots={"molecules": molecules},
        weight=weight,
    )


def _adme(*fields: str) -> str:
    shown = ", ".join(f"adme.{field}" for field in fields)
    return (
        ADME_IMPORT + LOOP + f"    adme = predict_adme_local(smiles)\n    print(smiles, {shown})\n"
    )


def _tox(*fields: str) -> str:
    shown = ", ".join(f"tox.{field}" for field in fields)
    return (
        TOX_IMPORT
        + LOOP
        + f"    tox = predict_toxicity_local(smiles)\n    print(smiles, {shown})\n"
    )


def _scores(shown: str) -> str:
    return (
        SCORES_IMPORT
        + LOOP
        + "    scores = calculate_pharmaceutical_scores(smiles)\n"
        + f"    print(smiles, {shown})\n"
    )


RECIPES: Final[tuple[Recipe, ...]] = (
    each(
        "adme_each",
        _adme("oral_bioavailability", "bbb_permeant", "half_life"),
        "(ADME|adme|ADME profile|adme properties|pharmacokinetics)",
        "(el ADME|el perfil ADME|la farmacocinetica)",
        ("adme {molecules}", "run predict_adme_local on {molecules}"),
        weight=2.0,
    ),
    each(
        "bioavailability_each",
        _adme("oral_bioavailability"),
        "(oral bioavailability|bioavailability)",
        "la (biodisponibilidad|biodisponibilidad oral)",
    ),
    each(
        "bbb_each",
        _adme("bbb_permeant"),
        "(BBB permeability|bbb|blood brain barrier permeability)",
        "la permeabilidad (BBB|de la barrera hematoencefalica)",
        (
            "(which|what) of {molecules} (cross|crosses|pass|get through) the (BBB|blood brain barrier), yes or no[?]",
            "do {molecules} cross the blood brain barrier[?]",
        ),
        ("cruzan {molecules} la barrera hematoencefalica[?]",),
    ),
    each(
        "half_life_each",
        _adme("half_life"),
        "(half life|half-life|t1/2)",
        "la (vida media|semivida)",
    ),
    each(
        "tox_each",
        _tox("toxicity_class", "ames_mutagenic", "hepatotoxicity_risk"),
        "(toxicity|tox|tox profile|toxicity profile)",
        "la toxicidad",
        (
            "are {molecules} toxic[?]",
            "(which|what) of {molecules} are toxic[?]",
            "how toxic are {molecules}[?]",
        ),
        ("son toxicas {molecules}[?]", "cuales de {molecules} son toxicas[?]"),
        weight=1.6,
    ),
    each(
        "ames_each",
        _tox("ames_mutagenic"),
        "(ames|Ames mutagenicity|ames test)",
        "la (mutagenicidad|prueba de Ames)",
        ("are {molecules} mutagenic[?]",),
    ),
    each(
        "herg_each",
        _tox("herg_inhibition"),
        "(hERG inhibition|herg|hERG risk)",
        "la inhibicion de hERG",
        ("do {molecules} block hERG[?]",),
    ),
    each(
        "ld50_each",
        _tox("ld50_oral_rat"),
        "(LD50|ld50|oral LD50|lethal dose)",
        "la (LD50|DL50|dosis letal)",
        weight=0.8,
    ),
    each(
        "scores_each",
        _scores('scores["lipinski_compliant"], scores["qed_score"], scores["pains_alerts"]'),
        "(drug-likeness|drug likeness|druglikeness|pharmaceutical scores)",
        "la (drug-likeness|similitud a farmaco)",
        ("are {molecules} drug-like[?]", "(which|what) of {molecules} would make good drugs[?]"),
        weight=1.3,
    ),
    each("qed_each", _scores('scores["qed_score"]'), "(QED|qed|QED score)", "el (QED|qed)"),
    each(
        "lipinski_each",
        _scores('scores["lipinski_compliant"]'),
        "(lipinski|lipinski compliance|rule of five)",
        "la regla de Lipinski",
        ("do {molecules} (pass|obey|satisfy) lipinski[?]",),
    ),
    each(
        "sa_each",
        _scores('scores["sa_score"]'),
        "(SA score|synthetic accessibility)",
        "la accesibilidad sintetica",
        ("how hard are {molecules} to synthesize[?]",),
        weight=0.7,
    ),
    each(
        "logp_each",
        _scores('scores["properties"]["logp"]'),
        "(logP|logp|lipophilicity)",
        "el (logP|logp)",
    ),
    each(
        "mw_each",
        _scores('scores["properties"]["molecular_weight"]'),
        "(molecular weight|MW|molecular mass)",
        "el peso molecular",
        ("how heavy are {molecules}[?]",),
    ),
    each(
        "validate_each",
        "from bioql.molecular_utils import validate_smiles\n\n"
        + LOOP
        + '    print(smiles, validate_smiles(smiles)["valid"])\n',
        "(SMILES validity|smiles validity|validity)",
        "la validez",
        (
            "are {molecules} valid [smiles][?]",
            "(validate|check) the smiles {molecules}",
            "can rdkit parse {molecules}[?]",
            "are these proper molecules: {molecules}",
            "say valid or not for {molecules}",
            "valid or invalid: {molecules}",
            "(verify|test) {molecules} one by one",
            "did I write {molecules} correctly as smiles[?]",
        ),
        ("son validas {molecules}[?]",),
    ),
    each(
        "canonical_each",
        "from bioql.molecular_utils import normalize_smiles\n\n"
        + LOOP
        + "    print(normalize_smiles(smiles))\n",
        "(canonical smiles|canonical SMILES|normalized smiles)",
        "el smiles canonico",
        ("(canonicalize|normalize|standardize) {molecules}",),
        ("(normaliza|canoniza) {molecules}",),
        weight=0.8,
    ),
)
