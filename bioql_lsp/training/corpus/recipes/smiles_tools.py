# ruff: noqa: E501
"""Recipes on SMILES strings themselves: validity, canonical form, formula, charges, geometry."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.molecules import about, several
from bioql_lsp.training.corpus.slots import file_name

_CHECK: Final = (
    'from bioql.molecular_utils import validate_smiles\n\ncheck = validate_smiles("<<molecule>>")\n'
)
_GEOMETRY: Final = (
    "from bioql import smiles_to_geometry\n\n"
    'geometry = smiles_to_geometry("<<molecule>>", optimize=True)\n'
)
_FIELDS: Final = (
    ("formula", "(formula|molecular formula)", "formula"),
    ("num_bonds", "(number of bonds|bond count)", "numero de enlaces"),
    ("canonical_smiles", "canonical smiles", "smiles canonico"),
    ("num_heavy_atoms", "(number of atoms|atom count)", "numero de atomos"),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "valid_smiles",
        (
            "is {smiles} [a] valid [smiles][?]",
            "(validate|check|verify|test) [the|this] (smiles|SMILES|smiles string) {smiles}",
            "(check|test|tell me|see) (if|whether) {smiles} is [a] valid [smiles|SMILES|molecule]",
            "does {smiles} parse [as a smiles|as a molecule][?]",
            "(validate|verify) {smiles}",
            "valid or not: {smiles}",
            "is this smiles (ok|correct|right|valid): {smiles}",
            "smiles check {smiles}",
            "is there (an error|a mistake|anything wrong) in {smiles}[?]",
            "what is wrong with {smiles}[?]",
            "use validate_smiles on {smiles}",
            "I typed {smiles}, is it a real molecule[?]",
            "can rdkit read {smiles}[?]",
            "sanity check the molecule {smiles}",
        ),
        (
            "(es valido|es válido|es correcto) [el smiles] {smiles}[?]",
            "(valida|verifica|comprueba) el (SMILES|smiles) {smiles}",
            "(comprueba|mira) si {smiles} es (valido|un smiles valido|correcto)",
            "hay algun error en {smiles}[?]",
            "validar {smiles}",
        ),
        """from bioql.molecular_utils import validate_smiles

check = validate_smiles("<<smiles>>")
print(check["valid"], check["error"])
""",
        weight=2.0,
    ),
    Recipe(
        "validate_and_normalize",
        (
            "(validate|check) {smiles} and (normalize|canonicalize|standardize) it",
            "check that {smiles} is valid and (print|show|give me) its canonical form",
            "(canonical form|canonical smiles) of {smiles} if it is valid, else the error",
            "validate then (normalize|canonicalize) {smiles}",
            "if {smiles} is valid print [its] canonical SMILES",
            "(normalize|canonicalize) {smiles} but check it first",
            "(validation|validity) and canonical form of {smiles}",
            "is {smiles} valid, and what is its canonical form[?]",
            "{smiles}: valid? canonical[?]",
            "check and (standardize|normalize) the smiles {smiles}",
        ),
        (
            "(valida|comprueba) {smiles} y (normalizalo|normalízalo|canonizalo)",
            "si {smiles} es valido, (muestra|imprime) su forma canonica",
            "validez y forma canonica de {smiles}",
            "(valida|comprueba) y normaliza {smiles}",
        ),
        """from bioql.molecular_utils import normalize_smiles, validate_smiles

smiles = "<<smiles>>"
check = validate_smiles(smiles)
print(normalize_smiles(smiles) if check["valid"] else check["error"])
""",
        weight=0.9,
    ),
    about(
        "canonical_smiles",
        'from bioql.molecular_utils import normalize_smiles\n\nprint(normalize_smiles("<<molecule>>"))\n',
        "(canonical SMILES|canonical smiles|canonical form|normalized smiles|standard smiles)",
        ("el", "(SMILES canonico|smiles canónico|smiles normalizado)"),
        (
            "(canonicalize|normalize|standardize|canonicalise) [the smiles of|the smiles|SMILES] {molecule}",
            "(convert|turn|bring) {molecule} (to|into) [its] canonical (SMILES|smiles|form)",
            "write {molecule} as [a] canonical smiles",
            "use normalize_smiles on {molecule}",
            "what does {molecule} look like as canonical smiles[?]",
        ),
        (
            "(normaliza|canoniza|estandariza) [el smiles de] {molecule}",
            "convierte {molecule} a smiles canonico",
            "forma canonica de {molecule}",
        ),
        weight=1.6,
    ),
    Recipe(
        "same_molecule",
        (
            "(are|is) {smiles} and {smiles2} the same (molecule|compound|structure)[?]",
            "(check|test|tell me) (if|whether) {smiles} and {smiles2} are (the same|identical|equal)",
            "is {smiles} the same (as|molecule as|compound as) {smiles2}[?]",
            "do {smiles} and {smiles2} (describe|encode|mean) the same molecule[?]",
            "compare [the] canonical SMILES of {smiles} and {smiles2}",
            "{smiles} == {smiles2}[?]",
            "same molecule or not: {smiles}, {smiles2}",
            "are these duplicates: {smiles} and {smiles2}",
            "identity check of {smiles} (and|vs|against) {smiles2}",
            "I have two smiles, {smiles} and {smiles2}, same structure[?]",
            "is {smiles2} just another way to write {smiles}[?]",
        ),
        (
            "son {smiles} y {smiles2} la misma molecula[?]",
            "(comprueba|mira) si {smiles} y {smiles2} son (iguales|la misma molecula)",
            "es {smiles} lo mismo que {smiles2}[?]",
            "representan {smiles} y {smiles2} el mismo compuesto[?]",
        ),
        """from bioql.molecular_utils import normalize_smiles

first = "<<smiles>>"
second = "<<smiles2>>"
print(normalize_smiles(first) == normalize_smiles(second))
""",
        weight=0.8,
    ),
    about(
        "formula",
        _CHECK + 'print(check["formula"])\n',
        "(molecular formula|formula|chemical formula|sum formula|empirical formula|elemental composition)",
        ("la", "(formula molecular|formula quimica|fórmula)"),
        (
            "(which|what) atoms is {molecule} made of[?]",
            "(which|what) elements are in {molecule}, as a formula[?]",
            "write {molecule} as a (molecular|chemical) formula",
        ),
        ("de que atomos esta hecha {molecule}[?]",),
        weight=1.4,
    ),
    about(
        "num_bonds",
        _CHECK + 'print(check["num_bonds"])\n',
        "(number of bonds|bond count|total bonds)",
        ("el", "numero de enlaces"),
        (
            "how many bonds (does {molecule} have|has {molecule}|are in {molecule})[?]",
            "count [the] bonds (in|of) {molecule}",
        ),
        ("cuantos enlaces tiene {molecule}[?]",),
        weight=0.6,
    ),
    about(
        "smiles_info",
        _CHECK + "for name, value in check.items():\n    print(name, value)\n",
        "(basic info|general information|everything validate_smiles tells|molecule info|summary|basic facts)",
        ("la", "(informacion basica|informacion general|ficha)"),
        (
            "(what do you know|tell me) about {molecule}[?]",
            "describe [the molecule] {molecule}",
            "(use|run) validate_smiles (on|for) {molecule} and print everything",
            "info on {molecule}",
        ),
        ("describe [la molecula] {molecule}", "que sabes de {molecule}[?]"),
    ),
    about(
        "smiles_fields",
        _CHECK + "print(<<fields>>)\n",
        "{fields}",
        ("los", "datos {fields}"),
        ("of {molecule} I need [only] {fields}",),
        ("{fields} de {molecule}",),
        slots={"fields": several('check["*"]', _FIELDS, 2)},
        weight=0.7,
    ),
    about(
        "neutral_smiles",
        'from bioql.chem import neutralize_smiles\n\nprint(neutralize_smiles("<<molecule>>"))\n',
        "(neutral form|neutral SMILES|neutralized smiles|uncharged form|neutralised form)",
        ("la", "(forma neutra|forma sin carga)"),
        (
            "(neutralize|neutralise) [the charges of|the smiles of|the molecule] {molecule}",
            "(remove|take away|strip) the charge[s] (of|from) {molecule}",
            "make {molecule} (neutral|uncharged)",
            "use neutralize_smiles on {molecule}",
            "write {molecule} without [formal] charges",
        ),
        (
            "(neutraliza|descarga) [las cargas de] {molecule}",
            "quita la[s] carga[s] (de|a) {molecule}",
        ),
        weight=0.8,
    ),
    about(
        "neutral_check",
        "from bioql.chem.neutralize import validate_neutral_smiles\n\n"
        'is_neutral, message = validate_neutral_smiles("<<molecule>>")\nprint(is_neutral, message)\n',
        "(neutrality check|charge check|neutrality)",
        ("la", "comprobacion de neutralidad"),
        (
            "is {molecule} (neutral|uncharged|charged)[?]",
            "(check|tell me|test) (if|whether) {molecule} is (neutral|uncharged|charged)",
            "does {molecule} (have|carry) a [net] charge[?]",
            "is {molecule} neutral enough for docking[?]",
        ),
        (
            "es {molecule} neutra[?]",
            "tiene carga {molecule}[?]",
            "(comprueba|mira) si {molecule} es (neutra|neutro)",
        ),
        weight=0.7,
    ),
    about(
        "geometry",
        _GEOMETRY + "for symbol, xyz in geometry:\n    print(symbol, xyz)\n",
        "(3d geometry|3D structure|3D coordinates|coordinates|atom coordinates|atom positions|xyz coordinates|optimized geometry|3d conformer)",
        ("la", "(geometria 3D|geometria|estructura 3D)"),
        (
            "(generate|build|make|embed) [a|the] 3D (structure|conformer|geometry|model) (of|for|from) {molecule}",
            "(turn|convert) {molecule} (to|into) 3D [coordinates]",
            "optimize the geometry of {molecule}",
            "where are the atoms (of|in) {molecule} [in space][?]",
            "xyz of {molecule}",
            "use smiles_to_geometry (on|for) {molecule}",
        ),
        (
            "(genera|construye|crea) la estructura 3D de {molecule}",
            "coordenadas [3D|atomicas] de {molecule}",
            "optimiza la geometria de {molecule}",
            "convierte {molecule} (a|en) 3D",
        ),
        weight=1.6,
    ),
    about(
        "geometry_raw",
        "from bioql import smiles_to_geometry\n\n"
        'geometry = smiles_to_geometry("<<molecule>>", optimize=False)\n'
        "for symbol, xyz in geometry:\n    print(symbol, xyz)\n",
        "(unoptimized geometry|3d geometry without optimization|raw 3D coordinates|non-optimized coordinates|coordinates without force field)",
        ("la", "geometria (sin optimizar|sin optimizacion)"),
        (
            "3D structure of {molecule} (without optimization|but do not optimize|no optimization|unrelaxed)",
            "embed {molecule} in 3D but (skip|do not run) the (force field|optimization)",
        ),
        ("coordenadas de {molecule} sin optimizar",),
        weight=0.5,
    ),
    about(
        "atom_count",
        _GEOMETRY + "print(len(geometry))\n",
        "(number of atoms with hydrogens|total atom count including hydrogens|atom count with hydrogens|number of all atoms)",
        ("el", "numero de atomos con hidrogenos"),
        (
            "how many atoms (does {molecule} have|has {molecule}|are in {molecule}), (hydrogens included|with hydrogens|including H)[?]",
            "count (all|the) atoms of {molecule} including hydrogens",
        ),
        ("cuantos atomos tiene {molecule} contando hidrogenos[?]",),
        weight=0.5,
    ),
    Recipe(
        "geometry_xyz_file",
        (
            "(save|write|export|store) [the] (3D geometry|geometry|coordinates|3d structure) of {molecule} (to|as|in) {xyz}",
            "(write|make|create) [an] xyz file {xyz} (of|for|from) {molecule}",
            "{molecule} to {xyz}",
            "{xyz} with the (coordinates|geometry) of {molecule}",
            "(convert|turn) {molecule} (to|into) [an xyz file] {xyz}",
            "I need {xyz} (for|of|from) {molecule}",
            "optimize {molecule} and (save|write) the (coordinates|geometry) (to|in) {xyz}",
            "generate 3D coordinates of {molecule} and (write|save) {xyz}",
            "xyz file of {molecule}, name {xyz}",
            "put the atom positions of {molecule} into {xyz}",
        ),
        (
            "(guarda|escribe|exporta) la geometria de {molecule} en {xyz}",
            "(crea|genera) {xyz} (con las coordenadas|con la geometria|) de {molecule}",
            "convierte {molecule} a {xyz}",
            "quiero {xyz} de {molecule}",
        ),
        """from bioql import smiles_to_geometry

geometry = smiles_to_geometry("<<molecule>>", optimize=True)
with open("<<xyz>>", "w") as file:
    file.write(f"{len(geometry)}\\n\\n")
    for symbol, (x, y, z) in geometry:
        file.write(f"{symbol} {x:.4f} {y:.4f} {z:.4f}\\n")
""",
        slots={"xyz": file_name("xyz", "geometry", "structure", "molecule", "conformer", "coords")},
        weight=0.8,
    ),
)
