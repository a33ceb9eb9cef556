# ruff: noqa: E501
"""Recipes on looking at structures, and on poses as PDB text."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.docking_files import FILE_SLOTS
from bioql_lsp.training.corpus.slots import file_name, integer, open_integer, word

_SLOTS: Final = {
    **FILE_SLOTS,
    "style": option(
        ("cartoon", "(cartoon|cartoons|a cartoon|ribbons)", "(cartoon|caricatura|cintas)"),
        ("sticks", "(sticks|stick|a stick model)", "(sticks|palos|barras)"),
        ("spheres", "(spheres|sphere|space filling|balls)", "(spheres|esferas)"),
        ("surface", "(surface|a surface|its surface)", "(surface|superficie)"),
    ),
    "color": word("red", "blue", "green", "white", "orange", "cyan", "magenta", "yellow", "grey"),
    "image": file_name("png", "complex", "pose", "view", "figure", "picture", "fig1", "render"),
    "session": file_name("pse", "complex", "pose", "session", "view", "figure"),
    "width": open_integer(400, 4000, 50),
    "height": open_integer(300, 3000, 50),
    "dpi": open_integer(72, 1200, 6),
    "n": integer(2, 12),
    "out": file_name("pdb", "poses", "ligand3d", "conformers", "lig", "docked"),
}  # fmt: skip
_VIEW: Final = "print(view.output_path if view.success else view.error_message)\n"

_VIEWS: Final = (
    Recipe(
        "show_structure",
        says=(
            "(show|display|view|open|visualize|visualise) {receptor} [in 3d]",
            "(show|visualize|display) the (structure|protein|molecule|file) {receptor} [in 3d]",
            "(open|look at|let me see) {receptor} in (the viewer|a 3d viewer|pymol)",
            "3d view of {receptor}",
            "i want to (see|look at) {receptor} [in 3d]",
            "render {receptor} on screen",
            "what does {receptor} look like [in 3d]",
            "structure viewer for {receptor}",
            "view my protein {receptor}",
            "molecular graphics of {receptor}",
        ),
        says_es=(
            "(muestra|visualiza|abre|ensename) {receptor} [en 3d]",
            "(muestra|visualiza) la (estructura|proteina) {receptor}",
            "quiero ver {receptor} [en 3d]",
            "vista 3d de {receptor}",
        ),
        code='from bioql.visualize import show\n\nshow("<<receptor>>")\n',
        slots=_SLOTS,
    ),
    Recipe(
        "show_structure_style",
        says=(
            "(show|display|view|visualize) {receptor} (as|in|with) {style}",
            "(draw|render) {receptor} (as|with) {style}",
            "{style} (view|representation) of {receptor}",
            "(open|look at) {receptor} (as|in) {style} style",
            "visualize the protein {receptor}, style {style}",
            "i want {receptor} (shown|drawn) as {style}",
            "display style {style} for {receptor}",
            "{receptor} {style}",
            "can i see {receptor} as {style}",
            "3d view of {receptor} with {style}",
        ),
        says_es=(
            "(muestra|visualiza|dibuja) {receptor} (como|con|en) {style}",
            "vista de {receptor} en estilo {style}",
            "quiero ver {receptor} como {style}",
            "representa {receptor} con {style}",
        ),
        code='from bioql.visualize import show\n\nshow("<<receptor>>", style="<<style>>")\n',
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "show_structure_color",
        says=(
            "(show|display|view) {receptor} (in|coloured|colored) {color}",
            "(color|colour|paint) {receptor} {color} (and show it|in the viewer)",
            "visualize {receptor} with color {color}",
            "{color} view of {receptor}",
            "draw {receptor} in {color}",
            "i want to see {receptor} in {color}",
            "open {receptor} in the viewer, color {color}",
            "make {receptor} {color} on screen",
            "show the protein {receptor} all {color}",
        ),
        says_es=(
            "muestra {receptor} (en|de) color {color}",
            "visualiza {receptor} con el color {color}",
            "pinta {receptor} de {color} y muestralo",
        ),
        code='from bioql.visualize import show\n\nshow("<<receptor>>", color="<<color>>")\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "show_structure_bare",
        says=(
            "(show|display|view) {receptor} without (the ligand|highlighting the ligand|ligands)",
            "visualize {receptor} but (hide|do not show|don't highlight) the ligand",
            "view only the protein of {receptor}, no ligand",
            "{receptor} without its ligand, show [it]",
            "open {receptor} in the viewer with the ligand hidden",
            "3d view of {receptor} with no ligand highlighted",
            "show the protein {receptor} and leave the ligand out",
            "i want to see {receptor} without ligands",
            "display {receptor}, ligand off",
        ),
        says_es=(
            "muestra {receptor} sin (el ligando|ligandos)",
            "visualiza {receptor} sin resaltar el ligando",
            "quiero ver {receptor} sin el ligando",
        ),
        code='from bioql.visualize import show\n\nshow("<<receptor>>", show_ligand=False)\n',
        slots=_SLOTS,
        weight=0.3,
    ),
    Recipe(
        "structure_picture",
        says=(
            "(save|write|export) (an image|a picture|a png) of {receptor} (to|as) {image}",
            "render {receptor} to {image}",
            "(make|create) {image} (from|of) [the structure] {receptor}",
            "picture of {receptor}, save (as|to) {image}",
            "{receptor} to {image}",
            "i need {image} (showing|with) the (protein|structure) {receptor}",
            "take a (snapshot|screenshot) of {receptor} (into|as) {image}",
            "figure {image} of the structure {receptor}",
            "export {receptor} as [the] image {image}",
            "draw the structure {receptor} into the file {image}",
        ),
        says_es=(
            "guarda (una imagen|un png|una foto) de {receptor} (en|como) {image}",
            "(exporta|renderiza) {receptor} (a|como) {image}",
            "crea {image} con la estructura {receptor}",
            "imagen de {receptor} en {image}",
        ),
        code='from bioql.visualize import save_image\n\nview = save_image("<<receptor>>", "<<image>>")\n'
        + _VIEW,
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "structure_picture_size",
        says=(
            "(save|write|export) (an image|a picture) of {receptor} (to|as) {image}, {width} by {height} [pixels]",
            "render {receptor} to {image} at {width}x{height}",
            "{width}x{height} (picture|image|png) of {receptor} (as|in) {image}",
            "picture of {receptor}, save as {image}, size {width} x {height}",
            "{receptor} to {image}, width {width}, height {height}",
            "make {image} from {receptor} with width {width} and height {height}",
            "a {width} by {height} figure {image} of {receptor}",
            "i need {image} with {receptor} in {width}x{height} pixels",
            "export the structure {receptor} to {image} (resolution|in size) {width}x{height}",
        ),
        says_es=(
            "guarda una imagen de {receptor} en {image} de {width}x{height}",
            "renderiza {receptor} a {image}, ancho {width}, alto {height}",
            "imagen {image} de {receptor} con {width} por {height} pixeles",
        ),
        code="from bioql.visualize import save_image\n\n"
        'view = save_image("<<receptor>>", "<<image>>", width=<<width>>, height=<<height>>)\n'
        + _VIEW,
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "structure_session",
        says=(
            "save (a|the) pymol session of {receptor} (to|as) {session}",
            "(make|create|write) [the pymol session] {session} (from|with|of) {receptor}",
            "pymol session {session} for {receptor}",
            "{receptor} to {session}",
            "export {receptor} as a pymol (session|file) {session}",
            "i want to open {receptor} in pymol later, save {session}",
            "store {receptor} as session {session}",
            "open {receptor} in pymol and save the session (as|to) {session}",
            "{session} should hold {receptor} for pymol",
        ),
        says_es=(
            "guarda la sesion de pymol de {receptor} (en|como) {session}",
            "crea la sesion {session} con {receptor}",
            "sesion de pymol {session} para {receptor}",
        ),
        code='from bioql.visualize import save_session\n\nview = save_session("<<receptor>>", "<<session>>")\n'
        + _VIEW,
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "use_show_complex",
        says=(
            "(show|display|view|visualize|visualise) (the complex of|together) {receptor} and {ligand_pdb}",
            "(show|visualize) {ligand_pdb} (in|inside|bound to) {receptor}",
            "view the (complex|protein ligand complex): receptor {receptor}, ligand {ligand_pdb}",
            "3d view of {receptor} with the ligand {ligand_pdb}",
            "i want to see how {ligand_pdb} sits in {receptor}",
            "display the docked ligand {ligand_pdb} in {receptor}",
            "complex viewer {receptor} {ligand_pdb}",
            "open {receptor} and {ligand_pdb} together [in a viewer]",
            "look at the pose {ligand_pdb} in the receptor {receptor}",
            "protein {receptor} plus ligand {ligand_pdb}, show [them]",
        ),
        says_es=(
            "(muestra|visualiza) el complejo de {receptor} y {ligand_pdb}",
            "(muestra|visualiza) {ligand_pdb} (en|dentro de) {receptor}",
            "quiero ver {receptor} con el ligando {ligand_pdb}",
            "vista 3d de {receptor} con {ligand_pdb}",
        ),
        code='from bioql.visualize import visualize_complex\n\nvisualize_complex("<<receptor>>", "<<ligand_pdb>>")\n',
        slots=_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "picture_complex",
        says=(
            "(save|write|export) (an image|a picture) of {ligand_pdb} in {receptor} (to|as) {image}",
            "render the complex of {receptor} and {ligand_pdb} to {image}",
            "make {image} of the complex {receptor} with {ligand_pdb}",
            "picture of {receptor} and {ligand_pdb} together, save (as|to) {image}",
            "{receptor} plus {ligand_pdb} to {image}",
            "figure {image}: ligand {ligand_pdb} in receptor {receptor}",
            "visualize {ligand_pdb} in {receptor} and save {image}",
            "i need {image} showing {ligand_pdb} bound to {receptor}",
            "snapshot of the docked complex {receptor}, {ligand_pdb} as {image}",
        ),
        says_es=(
            "guarda una imagen de {ligand_pdb} en {receptor} como {image}",
            "renderiza el complejo de {receptor} y {ligand_pdb} a {image}",
            "imagen {image} del complejo {receptor} con {ligand_pdb}",
        ),
        code="from bioql.visualize import visualize_complex\n\n"
        'visualize_complex("<<receptor>>", "<<ligand_pdb>>", output_image="<<image>>")\n',
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "pymol_available",
        says=(
            "is pymol (installed|available|there)",
            "check (whether|if) pymol is (installed|available)",
            "do i have pymol [installed]",
            "can i (use pymol|draw structures with pymol) here",
            "pymol (available|installed)",
            "test the pymol installation",
            "does bioql find pymol",
            "will the structure viewer use pymol",
            "make sure that pymol works",
        ),
        says_es=(
            "(esta|está) instalado pymol",
            "comprueba si pymol esta (instalado|disponible)",
            "tengo pymol [instalado]",
            "puedo usar pymol aqui",
        ),
        code="from bioql.visualize.pymol_viz import check_pymol_available\n\nprint(check_pymol_available())\n",
        weight=0.3,
    ),
)  # fmt: skip

_GENERATOR: Final = "from bioql import PDBDockingGenerator\n\ngenerator = PDBDockingGenerator()\n"
_POSES: Final = (
    Recipe(
        "get_ligand_pdb_text",
        says=(
            "(print|show|get) {molecule} as pdb text",
            "(3d coordinates|3d structure|conformer) of {molecule} (as|in) [a] pdb (block|text|records)",
            "pdb block of {molecule}",
            "convert {molecule} to [a] pdb (block|string|text)",
            "HETATM (lines|records) (for|of) {molecule}",
            "what would {molecule} look like in a pdb file [, print it]",
            "write {molecule} as pdb text to the screen",
            "ligand block in pdb format for {molecule}",
            "generate a 3d conformer of {molecule} and print it (in|as) pdb",
            "{molecule} pdb block",
        ),
        says_es=(
            "(imprime|muestra) {molecule} (como|en) texto pdb",
            "bloque pdb de {molecule}",
            "convierte {molecule} a un bloque pdb",
            "coordenadas 3d de {molecule} en formato pdb por pantalla",
        ),
        code=_GENERATOR
        + 'molecule = generator.smiles_to_3d("<<molecule>>")\nprint(generator.mol_to_pdb_block(molecule))\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "at_poses_ligand",
        says=(
            "(generate|make|create) {n} (poses|conformations|starting poses) of {molecule} (at|around) {center}",
            "{n} poses of {molecule} (at|around) [the point|the center] {center}",
            "place {molecule} at {center} in {n} poses",
            "pose generator: {molecule}, center {center}, {n} poses",
            "put {n} conformers of {molecule} (at|around) {center}",
            "i need {n} starting poses of {molecule} around {center} (as|in) pdb",
            "starting poses for {molecule}: {n} of them, centered on {center}",
            "without docking, generate {n} poses of {molecule} centered at {center}",
            "PDB blocks of {n} poses of {molecule} (at|near) {center}",
        ),
        says_es=(
            "genera {n} poses de {molecule} (en|alrededor de) {center}",
            "coloca {molecule} en {center} en {n} poses",
            "{n} poses iniciales de {molecule} con centro {center}",
        ),
        code=_GENERATOR
        + 'molecule = generator.smiles_to_3d("<<molecule>>")\n'
        + "poses = generator.generate_docking_poses(molecule, (<<center>>), num_poses=<<n>>)\n"
        + "for pose in poses:\n    print(pose)\n",
        slots=_SLOTS,
        weight=0.4,
    ),
)  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (*_VIEWS, *_POSES)
