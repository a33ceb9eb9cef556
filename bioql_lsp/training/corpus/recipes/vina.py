# ruff: noqa: E501
"""Recipes on docking into a receptor file with ``bioql.docking.dock``."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.docking_files import FILE_SLOTS

_IMPORT: Final = "from bioql.docking import dock\n\n"
_SCORE: Final = "print(result.score if result.success else result.error_message)\n"


def _dock(*arguments: str, ligand: str = 'ligand_smiles="<<molecule>>"') -> str:
    """The call, its arguments one a line."""
    lines = ['receptor="<<receptor>>"', ligand, *arguments]
    return "result = dock(\n" + "".join(f"    {line},\n" for line in lines) + ")\n"


_ENGINE: Final = 'backend="<<engine>>"'
_AT: Final = ("center=(<<center>>)", "box_size=(<<box>>)")

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "dock_into_file",
        says=(
            "dock {molecule} (into|to|in|against|with) {receptor} [{engine}]",
            "(run|do) [a] docking of {molecule} (into|to|against|with) {receptor} [{engine}]",
            "docking {molecule} {receptor} [{engine}]",
            "dock {molecule} (into|to|against) [the] (receptor|protein) [file] {receptor} [{engine}]",
            "receptor {receptor}, ligand {molecule}, dock (them|it) [{engine}]",
            "[use] (vina to|autodock vina to) dock {molecule} (in|into|to) {receptor}",
            "vina docking of {molecule} (to|in|into|against) {receptor}",
            "i have {receptor} and want to dock {molecule} (to it|into it|in it) [{engine}]",
            "docking score of {molecule} (in|against|for) {receptor} [{engine}]",
            "how well does {molecule} (fit|bind|dock) [into|to] {receptor} [{engine}]",
            "my (receptor|protein) is {receptor}: dock {molecule} [{engine}]",
            "(place|fit) {molecule} (into|in) the [binding] pocket of {receptor} [{engine}]",
            "vina score of {molecule} (on|with|in) {receptor}",
            "autodock vina: {molecule} (in|into|vs) {receptor}",
            "score {molecule} against {receptor} (by|with) docking [{engine}]",
            "take {receptor} and dock {molecule} [{engine}]",
        ),
        says_es=(
            "acopla {molecule} (a|en|con|contra) {receptor} [{engine}]",
            "[haz|ejecuta] [un|el] docking de {molecule} (en|con|contra) {receptor} [{engine}]",
            "acopla [el ligando] {molecule} al receptor {receptor} [{engine}]",
            "tengo {receptor} y quiero acoplar {molecule} [{engine}]",
            "usa vina para acoplar {molecule} en {receptor}",
            "puntuacion de docking de {molecule} en {receptor} [{engine}]",
            "docking con vina de {molecule} y {receptor}",
        ),
        code=_IMPORT + _dock(_ENGINE) + _SCORE,
        slots=FILE_SLOTS,
        defaults={"engine": "vina"},
        weight=3.0,
    ),
    Recipe(
        "dock_box",
        says=(
            "dock {molecule} (into|to|in) {receptor} (centered at|around|at center|at) {center} [with] (box|box size) {box}",
            "dock {molecule} (into|to) {receptor} (with|using|in|by) [autodock] vina, center {center} [and|,] box {box}",
            "vina docking of {molecule} (in|into) {receptor}, (center|grid center) {center}, (box|grid size|size) {box}",
            "dock {molecule} (into|in) a box of {box} (at|around) {center} (in|of) {receptor}",
            "{receptor} {molecule} vina center {center} size {box}",
            "search box center {center} size {box}: dock {molecule} (into|in) {receptor}",
            "(the binding site|the pocket|the active site) of {receptor} is at {center}; dock {molecule} there with a box of {box}",
            "(use|with) a {box} box around {center} [to] dock {molecule} (into|to) {receptor}",
            "docking {molecule} into {receptor} with center=({center}) and box_size=({box})",
            "box {box}, center {center}, receptor {receptor}, ligand {molecule}: dock",
            "grid box {box} centred on {center}, dock {molecule} (to|into) {receptor}",
            "dock {molecule} to {receptor} near {center}, box [size] {box}",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} (con centro en|alrededor de|centrado en) {center} (y|con) (caja|una caja) [de] {box}",
            "docking de {molecule} en {receptor}, centro {center}, (caja|tamano) {box}",
            "usa vina con centro {center} y caja {box} para acoplar {molecule} en {receptor}",
            "el sitio activo de {receptor} esta en {center}, acopla {molecule} con una caja de {box}",
        ),
        code=_IMPORT + _dock('backend="vina"', *_AT) + _SCORE,
        slots=FILE_SLOTS,
    ),
    Recipe(
        "dock_file_center",
        says=(
            "dock {molecule} (into|to|in) {receptor} (centered at|with center|with the box at|around) {center}",
            "dock {molecule} into {receptor} (with|using|in|by) [autodock] vina (around|at) {center}",
            "vina docking {molecule} {receptor} center {center}",
            "(the pocket|the binding site) is at {center} in {receptor}: dock {molecule} there",
            "dock {molecule} at (position|the point|coordinates) {center} of {receptor}",
            "center the (search|docking) box on {center} and dock {molecule} (into|to) {receptor}",
            "docking with center={center}, receptor {receptor}, ligand {molecule}",
            "use {center} as [the] [box] center when docking {molecule} (into|to) {receptor}",
            "dock {molecule} in the site of {receptor} (around|near) {center}",
            "{receptor}: binding site {center}, ligand {molecule}, dock",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} (con centro en|centrado en|alrededor de) {center}",
            "docking de {molecule} en {receptor} con centro {center}",
            "el sitio de union de {receptor} esta en {center}, acopla ahi {molecule}",
        ),
        code=_IMPORT + _dock('backend="vina"', "center=(<<center>>)") + _SCORE,
        slots=FILE_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "dock_file_effort",
        says=(
            "dock {molecule} (into|to|in) {receptor} with exhaustiveness {effort}",
            "vina docking of {molecule} (into|in) {receptor}, exhaustiveness {effort}",
            "dock {molecule} (into|to) {receptor} (with|using|in|by) [autodock] vina, exhaustiveness={effort}",
            "exhaustiveness {effort}: dock {molecule} (into|to|in) {receptor}",
            "set [the] exhaustiveness to {effort} and dock {molecule} (into|to) {receptor}",
            "(thorough|careful) docking of {molecule} (to|in) {receptor} at exhaustiveness {effort}",
            "search {receptor} with exhaustiveness {effort} for (poses of|where) {molecule} [binds]",
            "{molecule} {receptor} vina exhaustiveness {effort}",
            "docking with an exhaustiveness of {effort}, ligand {molecule}, receptor {receptor}",
            "use exhaustiveness {effort} when (you dock|docking) {molecule} (into|to) {receptor}",
            "dock {molecule} (into|in) {receptor}, i want exhaustiveness {effort}",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} con exhaustividad {effort}",
            "docking de {molecule} en {receptor}, exhaustiveness {effort}",
            "usa exhaustividad {effort} para acoplar {molecule} en {receptor}",
        ),
        code=_IMPORT + _dock('backend="vina"', "exhaustiveness=<<effort>>") + _SCORE,
        slots=FILE_SLOTS,
    ),
    Recipe(
        "dock_file_modes",
        says=(
            "dock {molecule} (into|to|in) {receptor} and (keep|give me|show|return) {modes} (poses|binding modes|modes)",
            "(generate|get|find) {modes} (poses|docking poses|binding modes) of {molecule} in {receptor}",
            "vina docking {molecule} {receptor} num_modes {modes}",
            "{modes} [docking|binding] poses of {molecule} (in|for|with) {receptor}",
            "dock {molecule} (into|to) {receptor} with {modes} (modes|poses)",
            "i need {modes} poses from docking {molecule} (into|to) {receptor}",
            "top {modes} poses (of|for) {molecule} (in|docked to) {receptor}",
            "at most {modes} (poses|modes) when docking {molecule} (into|to) {receptor}",
            "how does {molecule} sit in {receptor}? show {modes} (poses|ways)",
            "docking poses: {molecule} in {receptor}, {modes} of them",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} y (dame|muestra) {modes} poses",
            "{modes} poses de {molecule} en {receptor}",
            "(genera|busca|quiero) {modes} poses de docking de {molecule} en {receptor}",
        ),
        code=_IMPORT + _dock('backend="vina"', "num_modes=<<modes>>")
        + "print(result.poses if result.success else result.error_message)\n",
        slots=FILE_SLOTS,
    ),
    Recipe(
        "dock_file_poses",
        says=(
            "dock {molecule} (into|to|in) {receptor} [{engine}] and (show|print|list|give me) the poses",
            "(show|list|print) [all] [the] docking poses of {molecule} in {receptor} [{engine}]",
            "poses of {molecule} (docked into|in) {receptor} [{engine}]",
            "what poses does {molecule} (take|have) in {receptor} [{engine}]",
            "dock {molecule} to {receptor} [{engine}], i want (the poses|to see the poses)",
            "(which|what) orientations does {molecule} (take|prefer) in {receptor} [{engine}]",
            "binding modes of {molecule} in {receptor} [{engine}]",
            "(all|every) (pose|binding mode) of {molecule} with {receptor} [{engine}]",
            "docking poses {molecule} {receptor} [{engine}]",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} [{engine}] y (muestra|lista) las poses",
            "(muestra|dame) las poses de {molecule} en {receptor} [{engine}]",
            "modos de union de {molecule} en {receptor} [{engine}]",
        ),
        code=_IMPORT + _dock(_ENGINE) + "print(result.poses if result.success else result.error_message)\n",
        slots=FILE_SLOTS,
        defaults={"engine": "vina"},
        weight=0.6,
    ),
    Recipe(
        "dock_file_folder",
        says=(
            "dock {molecule} (into|to|in) {receptor} and (save|write|put) (everything|the results|the files|the output) (to|in|into) [the] [folder|directory] {folder}",
            "dock {molecule} (into|to) {receptor}, output (folder|directory|dir) {folder}",
            "docking of {molecule} (in|to) {receptor} with output_dir {folder}",
            "(write|store|keep) the docking files of {molecule} (and|in) {receptor} in [the] (folder|directory) {folder}",
            "{molecule} {receptor} vina, results in [folder] {folder}",
            "vina docking {molecule} into {receptor}, save to (folder|directory) {folder}",
            "use {folder} as [the] output (folder|directory) and dock {molecule} (into|to) {receptor}",
            "put the docked {molecule} from {receptor} in folder {folder}",
            "results (folder|directory) {folder}: dock {molecule} into {receptor}",
            "where do the docking files go? dock {molecule} into {receptor} and use folder {folder}",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} y guarda (todo|los resultados|los archivos) en [la carpeta] {folder}",
            "docking de {molecule} en {receptor}, carpeta [de salida] {folder}",
            "guarda en la carpeta {folder} el docking de {molecule} en {receptor}",
        ),
        code=_IMPORT + _dock('backend="vina"', 'output_dir="<<folder>>"')
        + "print(result.output_complex if result.success else result.error_message)\n",
        slots=FILE_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "dock_ligand_file",
        says=(
            "dock {sdf} (into|to|in|against) {receptor}",
            "(run|do) [a] docking of the ligand (in|from) {sdf} (into|to|against) {receptor}",
            "my ligand is (in|the file) {sdf}, dock it (into|to) {receptor}",
            "vina docking {sdf} {receptor}",
            "ligand file {sdf}, receptor [file] {receptor}, dock (them|it) [with vina]",
            "dock the (molecule|compound|ligand) (from|of|in) {sdf} (into|to|in) {receptor} [with vina]",
            "docking score of {sdf} (in|with|against) {receptor}",
            "use {sdf} as [the] ligand and {receptor} as [the] receptor (for|in) docking",
            "i have {sdf} and {receptor}, (run the docking|dock them|dock one into the other)",
            "how well does the ligand (in|of) {sdf} fit {receptor}",
        ),
        says_es=(
            "acopla {sdf} (en|a|con) {receptor}",
            "docking del ligando [del archivo|de] {sdf} (en|con) {receptor}",
            "mi ligando esta en {sdf}, acoplalo a {receptor}",
            "usa {sdf} como ligando y {receptor} como receptor",
        ),
        code=_IMPORT + _dock('backend="vina"', ligand='ligand_file="<<sdf>>"') + _SCORE,
        slots=FILE_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "dock_file_each",
        says=(
            "dock {molecules} (into|to|against) {receptor} [{engine}]",
            "(screen|test|try) {molecules} (against|on|in) {receptor} [{engine}]",
            "which of {molecules} (binds|fits|docks to) {receptor} best [{engine}]",
            "(compare|rank) the docking scores of {molecules} (in|on|for) {receptor} [{engine}]",
            "loop over {molecules} and dock each into {receptor} [{engine}]",
            "docking scores (for|of) {molecules} with {receptor} [{engine}]",
            "ligands {molecules}, receptor {receptor}, dock (all|all of them|each) [{engine}]",
            "virtual screen of {molecules} on {receptor} [{engine}]",
            "i have {receptor} and (the|several) ligands {molecules}, dock them [{engine}]",
            "(score|dock) each of {molecules} against {receptor} [{engine}]",
            "vina screening {receptor}: {molecules}",
        ),
        says_es=(
            "acopla {molecules} (en|a|con) {receptor} [{engine}]",
            "cual de {molecules} se une mejor a {receptor} [{engine}]",
            "compara el docking de {molecules} en {receptor} [{engine}]",
            "cribado de {molecules} contra {receptor} [{engine}]",
        ),
        code=_IMPORT
        + "ligands = [\n<<molecules>>]\nfor smiles in ligands:\n"
        + f'    result = dock(receptor="<<receptor>>", ligand_smiles=smiles, {_ENGINE})\n'
        + "    print(smiles, result.score if result.success else result.error_message)\n",
        slots=FILE_SLOTS,
        defaults={"engine": "vina"},
    ),
    Recipe(
        "dock_file_library",
        says=(
            "dock (all|every|each of the) (smiles|ligands|molecules|compounds) (in|from|of) {smi} (into|to|against) {receptor} [{engine}]",
            "(screen|virtual screening of) {smi} (against|in|on) {receptor} [{engine}]",
            "read [the] smiles from {smi} and dock (each|them|each one) (into|to) {receptor} [{engine}]",
            "{smi} holds my ligands, dock them (into|to) {receptor} [{engine}]",
            "for each (line|molecule|smiles) of {smi} dock (into|to) {receptor} [{engine}]",
            "library {smi}, receptor {receptor}, dock everything [{engine}]",
            "docking scores of (all of|everything in) {smi} with {receptor} [{engine}]",
            "batch docking [of] {smi} (into|in) {receptor} [{engine}]",
            "which (compound|molecule|ligand) of {smi} fits {receptor} [best] [{engine}]",
            "high throughput docking: {smi} into {receptor} [{engine}]",
        ),
        says_es=(
            "acopla (todos los ligandos|todas las moleculas|todos los smiles) de {smi} (en|a|con) {receptor} [{engine}]",
            "cribado virtual de {smi} (en|contra) {receptor} [{engine}]",
            "lee los smiles de {smi} y acopla cada uno a {receptor} [{engine}]",
        ),
        code="from pathlib import Path\n\n"
        + _IMPORT
        + 'for smiles in Path("<<smi>>").read_text().split():\n'
        + f'    result = dock(receptor="<<receptor>>", ligand_smiles=smiles, {_ENGINE})\n'
        + "    print(smiles, result.score if result.success else result.error_message)\n",
        slots=FILE_SLOTS,
        defaults={"engine": "vina"},
        weight=0.7,
    ),
)  # fmt: skip
