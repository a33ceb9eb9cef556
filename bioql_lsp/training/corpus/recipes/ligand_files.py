# ruff: noqa: E501
"""Recipes on structure files: ligands and receptors for docking, optimized geometries."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.molecules import about
from bioql_lsp.training.corpus.slots import decimal, file_name, open_integer

_LIGANDS: Final = ("ligand", "drug", "compound", "molecule", "mol1", "aspirin", "inhibitor", "lead")
_SAYS: Final = (
    "(prepare|make|generate|create|write) [a|an] FMT [file] [{path}] (of|for|from) {molecule}",
    "(prepare|make|build) [the ligand] {molecule} (as|in) [an|a] FMT [file|format] [called {path}]",
    "(convert|turn) {molecule} (to|into) [an|a] FMT [file|format] [{path}]",
    "(save|write|export|store) {molecule} (as|to) {path} in FMT format",
    "FMT (file|format) (of|for) {molecule}",
    "{molecule} to FMT",
    "(I need|give me|I want) [an|a] FMT [file] (of|for) {molecule} [named {path}]",
    "{molecule} as [a] FMT [file]",
    "(prepare|prep) [the ligand] {molecule} for docking[,] (as|in) FMT [format]",
    "ligand prep: {molecule}, FMT [output] [{path}]",
    "3D FMT (of|from) {molecule}",
    "(write|save) [the ligand] {molecule} (to|as|in) {path}",
    "(prepare|prep) {molecule} and (save|write|store) it (as|in|to) {path}",
    "{path} (from|of|for) {molecule}",
    "how do I (make|get) [an|a] FMT file of {molecule}[?]",
)
_SAYS_ES: Final = (
    "(prepara|crea|genera|haz) [un archivo] FMT [{path}] (de|para) {molecule}",
    "convierte {molecule} (a|en) [un archivo] FMT",
    "(guarda|escribe|exporta) {molecule} (en|como) {path}",
    "archivo FMT de {molecule}",
    "(prepara|genera) el ligando {molecule} en [formato] FMT",
    "quiero {molecule} en [formato] FMT",
    "{molecule} a FMT",
)


def _ligand(extension: str, said: str, show: str, weight: float, *says: str) -> Recipe:
    """A recipe that writes a molecule in one file format."""
    return Recipe(
        f"ligand_{extension}",
        (*(pattern.replace("FMT", said) for pattern in _SAYS), *says),
        tuple(pattern.replace("FMT", said) for pattern in _SAYS_ES),
        "from bioql.chem import prepare_ligand\n\n"
        'smiles = "<<molecule>>"\n'
        f'ligand = prepare_ligand(smiles, output_path="<<path>>", output_format="{extension}")\n'
        f"print({show})\n",
        slots={"path": file_name(extension, *_LIGANDS)},
        defaults={"path": f"ligand.{extension}"},
        weight=weight,
    )


_PREPARED: Final = "ligand.output_path if ligand.success else ligand.error_message"
_OPTIMIZE: Final = (
    "from bioql.chem import GeometryOptimizer\n\n"
    'smiles = "<<molecule>>"\n'
    'result = GeometryOptimizer().optimize(smiles=smiles, force_field="UFF"<<more>>)\n'
)
_RECEPTOR: Final = (
    "from bioql.chem import prepare_receptor\n\n"
    'receptor = prepare_receptor("<<pdb_file>>", output_path="<<path>>", output_format="pdb"<<more>>)\n'
    "print(receptor.output_path if receptor.success else receptor.error_message)\n"
)
_CLEAN: Final = file_name("pdb", "receptor_clean", "clean", "prepared", "protein_clean", "fixed")
_CHAIN: Final = option(
    *(
        (name, f"(chain {name}|chain {name} only)", f"(la cadena {name}|cadena {name})")
        for name in "ABCDEF"
    )
)

RECIPES: Final[tuple[Recipe, ...]] = (
    _ligand("sdf", "(SDF|sdf)", _PREPARED, 2.0),
    _ligand(
        "pdb",
        "(PDB|pdb)",
        _PREPARED,
        1.2,
        "pdb coordinates file (of|for) the small molecule {molecule}",
        "(write|save) a pdb (of|for) the ligand {molecule}",
        "small molecule {molecule} in pdb format",
        "turn the smiles of {molecule} into a pdb file",
        "I want to open {molecule} in a viewer, write [a] pdb",
    ),
    _ligand(
        "pdbqt",
        "(PDBQT|pdbqt)",
        _PREPARED,
        1.5,
        "vina ligand (of|from) {molecule}",
        "prepare {molecule} for (autodock|vina)",
        "(vina|autodock) input file (of|for) {molecule}",
    ),
    _ligand("mol2", "(MOL2|mol2|Mol2)", "ligand.success, ligand.format, ligand.output_path", 0.5),
    about(
        "ligand",
        "from bioql.chem import prepare_ligand\n\n"
        'smiles = "<<molecule>>"\n'
        'ligand = prepare_ligand(smiles, output_path="ligand.sdf", output_format="sdf")\n'
        f"print({_PREPARED})\n",
        "(ligand preparation|prepared ligand|ligand file|3D ligand file|structure file)",
        ("la", "preparacion del ligando"),
        (
            "(prepare|prep) [the] ligand {molecule} [for docking]",
            "(prepare|get) {molecule} ready for docking",
            "(prepare|prep) {molecule} (as a ligand|for docking)",
            "use prepare_ligand (on|for) {molecule}",
            "make a docking ready ligand (of|from) {molecule}",
        ),
        (
            "prepara [el ligando] {molecule} (para|) [acoplamiento|docking]",
            "(deja|ten) {molecule} listo para docking",
        ),
        weight=1.3,
    ),
    Recipe(
        "ligand_ph",
        (
            "(prepare|prep) [the ligand] {molecule} at (pH|ph) {ph}",
            "ligand prep of {molecule}, (pH|ph) {ph}",
            "protonate {molecule} at pH {ph} [and write a ligand file]",
            "(make|write|create) a ligand file of {molecule} (for|at) pH {ph}",
            "{molecule} as ligand, pH {ph}",
            "I want {molecule} prepared at [a] pH [of] {ph}",
            "{molecule} pH {ph} sdf",
            "at pH {ph}, prepare {molecule} for docking",
            "use prepare_ligand on {molecule} with ph={ph}",
            "docking ligand from {molecule}, protonation state at ph {ph}",
            "set pH {ph} and prepare [the ligand] {molecule}",
        ),
        (
            "prepara [el ligando] {molecule} a pH {ph}",
            "ligando {molecule} con pH {ph}",
            "(crea|genera) el archivo de ligando de {molecule} a pH {ph}",
            "a pH {ph}, prepara {molecule}",
        ),
        "from bioql.chem import prepare_ligand\n\n"
        'smiles = "<<molecule>>"\n'
        'ligand = prepare_ligand(smiles, output_path="ligand.sdf", output_format="sdf", ph=<<ph>>)\n'
        f"print({_PREPARED})\n",
        slots={"ph": decimal(1, 13, 1)},
        weight=0.6,
    ),
    Recipe(
        "ligand_flat",
        (
            "(prepare|prep) [the ligand] {molecule} without (3D|3d coordinates|a conformer)",
            "2D sdf of {molecule}",
            "(write|save) {molecule} as [a] flat (sdf|2D sdf) [file]",
            "(make|create) a 2D (ligand|sdf) file of {molecule}",
            "sdf of {molecule}, no 3D [coordinates]",
            "sdf for {molecule} but do not generate 3D",
            "{molecule} sdf flat, not 3D",
            "ligand file of {molecule} with 3D generation off",
            "skip the 3D embedding when preparing {molecule}",
            "I only need a two-dimensional sdf of {molecule}",
        ),
        (
            "sdf 2D de {molecule}",
            "(prepara|guarda) {molecule} sin [coordenadas] 3D",
            "archivo sdf plano de {molecule}",
            "ligando {molecule} sin generar 3D",
        ),
        "from bioql.chem import prepare_ligand\n\n"
        'smiles = "<<molecule>>"\n'
        'ligand = prepare_ligand(smiles, "ligand.sdf", output_format="sdf", generate_3d=False)\n'
        f"print({_PREPARED})\n",
        weight=0.4,
    ),
    about(
        "force_field_energy",
        _OPTIMIZE.replace("<<more>>", "") + "print(result.initial_energy, result.final_energy)\n",
        "(force field energy|UFF energy|energy before and after minimization|minimized energy|strain energy)",
        ("la", "energia (de campo de fuerza|UFF|minimizada)"),
        (
            "(minimize|relax) {molecule} [with a force field|with UFF]",
            "(minimize|relax) {molecule} and (print|show) the energy",
            "use GeometryOptimizer on {molecule}",
            "energy minimization of {molecule}",
        ),
        ("(minimiza|relaja) {molecule} [con UFF]", "minimizacion de energia de {molecule}"),
        weight=0.9,
    ),
    Recipe(
        "optimize_to_file",
        (
            "(minimize|relax|optimize) {molecule} and (save|write) [it|the structure] (to|as|in) {pdb_file}",
            "(save|write|store) the (minimized|relaxed|optimized) structure of {molecule} (to|as|in) {pdb_file}",
            "{pdb_file} with the (relaxed|minimized) {molecule}",
            "energy minimize {molecule}, output {pdb_file}",
            "UFF optimization of {molecule} to {pdb_file}",
            "I want {molecule} minimized and stored as {pdb_file}",
            "force field optimization of {molecule}, write {pdb_file}",
            "use GeometryOptimizer on {molecule} with output {pdb_file}",
            "relaxed {molecule} structure -> {pdb_file}",
            "put the minimized geometry of {molecule} in {pdb_file}",
        ),
        (
            "(minimiza|optimiza|relaja) {molecule} y (guardala|guarda|guárdalo) en {pdb_file}",
            "guarda la estructura (optimizada|minimizada) de {molecule} en {pdb_file}",
            "{pdb_file} con {molecule} minimizada",
            "optimizacion UFF de {molecule} en {pdb_file}",
        ),
        _OPTIMIZE.replace("<<more>>", ', output_path="<<pdb_file>>"')
        + "print(result.output_path if result.success else result.error_message)\n",
        weight=0.8,
    ),
    Recipe(
        "optimize_iterations",
        (
            "(minimize|relax|optimize) {molecule} (with|for|in) [at most|up to] {steps} (steps|iterations)",
            "{steps} (steps|iterations) of [energy] minimization (of|on|for) {molecule}",
            "force field minimization of {molecule}, max {steps} iterations",
            "energy minimization: {molecule}, {steps} iterations",
            "run {steps} UFF iterations on {molecule}",
            "minimize {molecule}, max_iterations {steps}",
            "use GeometryOptimizer on {molecule} with {steps} iterations",
            "limit the minimization of {molecule} to {steps} steps",
            "relax {molecule} but stop after {steps} iterations",
            "how low does the energy of {molecule} get in {steps} steps[?]",
        ),
        (
            "(minimiza|relaja|optimiza) {molecule} con [hasta] {steps} (pasos|iteraciones)",
            "{steps} iteraciones de minimizacion de {molecule}",
            "minimizacion UFF de {molecule}, maximo {steps} pasos",
            "optimiza {molecule}, {steps} iteraciones",
        ),
        _OPTIMIZE.replace("<<more>>", ", max_iterations=<<steps>>")
        + "print(result.initial_energy, result.final_energy)\n",
        slots={"steps": open_integer(50, 5000, 50)},
        weight=0.5,
    ),
    Recipe(
        "optimize_file",
        (
            "(minimize|relax|optimize) the (molecule|structure|ligand|geometry) in {sdf} [with a force field]",
            "(minimize|relax) {sdf}",
            "energy minimization of [the file] {sdf}",
            "(take|read|load) {sdf} and (minimize|relax|optimize) it",
            "optimize [the] geometry of {sdf}",
            "UFF minimization of {sdf}",
            "I have a ligand in {sdf}, (minimize|relax) it",
            "use GeometryOptimizer on the file {sdf}",
            "{sdf}: minimize and print the energies",
            "energy of {sdf} before and after relaxation",
        ),
        (
            "(minimiza|optimiza|relaja) [la molecula de] {sdf}",
            "minimizacion de energia de {sdf}",
            "optimiza la geometria [del archivo] {sdf}",
            "lee {sdf} y (minimizalo|optimizalo)",
        ),
        "from bioql.chem import GeometryOptimizer\n\n"
        'result = GeometryOptimizer().optimize("<<sdf>>", force_field="UFF")\n'
        "print(result.initial_energy, result.final_energy)\n",
        slots={"sdf": file_name("sdf", *_LIGANDS)},
        weight=0.6,
    ),
    Recipe(
        "receptor",
        (
            "(prepare|prep|clean|clean up) [the] (receptor|protein) {pdb_file} [for docking] [as {path}]",
            "(prepare|prep|clean|clean up) {pdb_file} [for docking]",
            "(remove|strip|delete) [the] waters (from|of|in) {pdb_file}",
            "(get|make) {pdb_file} ready for docking",
            "receptor (preparation|prep) of {pdb_file}",
            "add hydrogens to {pdb_file} and remove waters",
            "(clean|prepare) {pdb_file} and (save|write) [it] (to|as) {path}",
            "use prepare_receptor on {pdb_file}",
            "I have a receptor in {pdb_file}, (clean it|prepare it|get it ready)",
            "(write|save) a (clean|prepared) [version|copy] of {pdb_file} (to|as) {path}",
            "{pdb_file} receptor prep",
            "docking ready receptor from {pdb_file}",
            "dehydrate the protein in {pdb_file}",
        ),
        (
            "(prepara|limpia) [el receptor|la proteina] {pdb_file} [para docking]",
            "(quita|elimina) las aguas de {pdb_file}",
            "(prepara|limpia) {pdb_file} y (guardalo|guarda) en {path}",
            "preparacion del receptor {pdb_file}",
            "tengo {pdb_file}, (limpialo|preparalo) para docking",
        ),
        _RECEPTOR.replace("<<more>>", ""),
        slots={"path": _CLEAN},
        defaults={"path": "receptor_clean.pdb"},
        weight=1.5,
    ),
    Recipe(
        "receptor_chain",
        (
            "(prepare|prep|clean) {chain} of [the] [receptor|protein] {pdb_file}",
            "(keep|take|extract) {chain} (of|from) {pdb_file}",
            "(prepare|clean) [the receptor] {pdb_file}, {chain}",
            "receptor prep of {pdb_file} with {chain}",
            "{pdb_file} {chain} for docking",
            "from {pdb_file} I want {chain} [as a receptor]",
            "write {chain} of {pdb_file} (to|as) {path}",
            "prepare {pdb_file} but keep {chain}",
            "use prepare_receptor on {pdb_file} with {chain}",
            "isolate {chain} in {pdb_file}",
        ),
        (
            "(prepara|limpia) {chain} de {pdb_file}",
            "(extrae|conserva|toma) {chain} de {pdb_file}",
            "prepara [el receptor] {pdb_file} con {chain}",
            "quiero {chain} de {pdb_file}",
        ),
        _RECEPTOR.replace("<<more>>", ', chains=["<<chain>>"]'),
        slots={"path": _CLEAN, "chain": _CHAIN},
        defaults={"path": "receptor_clean.pdb"},
        weight=0.9,
    ),
    Recipe(
        "receptor_no_hetero",
        (
            "(remove|strip|delete) [the] (heteroatoms|hetatms|ligands|ligands and waters|cofactors) (from|of|in) {pdb_file}",
            "(prepare|clean) {pdb_file} without (heteroatoms|ligands|hetatm records)",
            "receptor prep of {pdb_file}, (no heteroatoms|protein only)",
            "keep only the protein (of|in|from) {pdb_file}",
            "clean {pdb_file} of (ligands|heteroatoms|everything but protein)",
            "{pdb_file} protein only, no hetatm",
            "take out the bound ligand from {pdb_file}",
            "make an apo receptor (from|of) {pdb_file}",
            "prepare {pdb_file} and drop all heteroatoms [too]",
            "use prepare_receptor on {pdb_file} with remove_heteroatoms",
            "no ligands in {pdb_file}",
            "bare protein from {pdb_file}",
        ),
        (
            "(quita|elimina) los (heteroatomos|ligandos) de {pdb_file}",
            "prepara {pdb_file} sin (heteroatomos|ligandos)",
            "deja solo la proteina de {pdb_file}",
            "limpia {pdb_file} de heteroatomos",
        ),
        _RECEPTOR.replace("<<more>>", ", remove_heteroatoms=True"),
        defaults={"path": "receptor_clean.pdb"},
        weight=0.7,
    ),
    Recipe(
        "receptor_pdbqt",
        (
            "(convert|turn) [the receptor|the protein] {pdb_file} (to|into) (pdbqt|PDBQT)",
            "(prepare|prep) [the] (receptor|protein) {pdb_file} as (pdbqt|PDBQT)",
            "(pdbqt|PDBQT) of [the receptor] {pdb_file}",
            "(make|write|create) [a|the] (pdbqt|PDBQT) [file] (from|of) {pdb_file}",
            "receptor pdbqt from {pdb_file}",
            "{pdb_file} to pdbqt",
            "I need a pdbqt of {pdb_file} for vina",
            "prepare {pdb_file} for (autodock|vina) [as pdbqt]",
            "vina receptor from {pdb_file}",
            "receptor prep {pdb_file}, pdbqt output",
        ),
        (
            "convierte [el receptor] {pdb_file} a (pdbqt|PDBQT)",
            "pdbqt de {pdb_file}",
            "(prepara|crea) el (pdbqt|PDBQT) de {pdb_file}",
            "prepara {pdb_file} para vina",
        ),
        "from bioql.chem import prepare_receptor\n\n"
        'receptor = prepare_receptor("<<pdb_file>>", output_path="receptor.pdbqt")\n'
        "print(receptor.format, receptor.output_path)\n",
        weight=0.9,
    ),
    Recipe(
        "binding_site",
        (
            "(find|list|show|get) [the] binding site residues (of|in) {pdb_file} (around|near|for) [the ligand] {pdb_file2}",
            "(which|what) residues of {pdb_file} are (near|close to|around|in contact with) [the ligand] {pdb_file2}[?]",
            "binding site (of|in) {pdb_file} with ligand {pdb_file2}",
            "residues (around|near|lining) [the ligand] {pdb_file2} in {pdb_file}",
            "pocket residues of {pdb_file}, ligand {pdb_file2}",
            "(which|what) amino acids in {pdb_file} touch {pdb_file2}[?]",
            "where does {pdb_file2} sit in {pdb_file}, list the residues",
            "use get_binding_site_residues with {pdb_file} and {pdb_file2}",
            "protein {pdb_file}, ligand {pdb_file2}: binding pocket",
            "contacts between protein {pdb_file} and ligand {pdb_file2}",
        ),
        (
            "(lista|muestra|encuentra) los residuos del sitio de union de {pdb_file} (con|cerca de) {pdb_file2}",
            "que residuos de {pdb_file} estan cerca de {pdb_file2}[?]",
            "sitio de union de {pdb_file} con el ligando {pdb_file2}",
            "bolsillo de {pdb_file} alrededor de {pdb_file2}",
        ),
        "from bioql.chem.receptor_prep import get_binding_site_residues\n\n"
        'for residue in get_binding_site_residues("<<pdb_file>>", "<<pdb_file2>>"):\n'
        "    print(*residue)\n",
        weight=0.8,
    ),
    Recipe(
        "binding_site_distance",
        (
            "(find|list|show|get) [the] residues of {pdb_file} within {distance} (angstrom|A|angstroms) of [the ligand] {pdb_file2}",
            "(which|what) residues of {pdb_file} are within {distance} (A|angstrom) of {pdb_file2}[?]",
            "binding site of {pdb_file} around {pdb_file2}, cutoff {distance}",
            "residues (closer|nearer) than {distance} A to {pdb_file2} in {pdb_file}",
            "pocket of {pdb_file}, ligand {pdb_file2}, distance {distance}",
            "within {distance} angstrom of [the ligand] {pdb_file2}: residues of {pdb_file}",
            "use get_binding_site_residues with {pdb_file}, {pdb_file2} and distance {distance}",
            "protein {pdb_file}, ligand {pdb_file2}: contacts under {distance} A",
            "with a cutoff of {distance} A, which residues of {pdb_file} touch {pdb_file2}[?]",
            "{distance} angstrom shell of {pdb_file2} in {pdb_file}",
        ),
        (
            "residuos de {pdb_file} a menos de {distance} (angstrom|A) de {pdb_file2}",
            "que residuos de {pdb_file} estan a {distance} (angstrom|A) de {pdb_file2}[?]",
            "sitio de union de {pdb_file} con {pdb_file2}, distancia {distance}",
            "bolsillo de {pdb_file} alrededor de {pdb_file2}, corte {distance}",
        ),
        "from bioql.chem.receptor_prep import get_binding_site_residues\n\n"
        'for residue in get_binding_site_residues("<<pdb_file>>", "<<pdb_file2>>", distance=<<distance>>):\n'
        "    print(*residue)\n",
        slots={"distance": decimal(2, 12, 1)},
        weight=0.5,
    ),
)
