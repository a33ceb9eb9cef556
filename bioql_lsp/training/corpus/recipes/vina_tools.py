# ruff: noqa: E501
"""Recipes on AutoDock Vina itself: prepared files, boxes, logs and the runners."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.docking_files import FILE_SLOTS
from bioql_lsp.training.corpus.runs import backend_slot, shots_slot

_PATH: Final = "from pathlib import Path\n\n"
_AT: Final = "    center=(<<center>>),\n    box_size=(<<box>>),\n"
_SMILES_CALL: Final = (
    _PATH
    + "from bioql import dock_smiles_to_receptor\n\n"
    + 'result = dock_smiles_to_receptor(\n    "<<molecule>>",\n    Path("<<pdbqt>>"),\n'
    + _AT
    + '    output_dir=Path("<<folder>>"),\n'
)
_SITE: Final = (
    _PATH
    + "from bioql import dock_smiles_to_receptor\n"
    + "from bioql.docking.real_vina import detect_binding_site, prepare_receptor_pdbqt\n\n"
    + 'prepare_receptor_pdbqt(Path("<<receptor>>"), Path("receptor.pdbqt"))\n'
    + 'center, box_size = detect_binding_site(Path("<<receptor>>"))\n'
)
_SITE_CALL: Final = (
    "result = dock_smiles_to_receptor(\n"
    '    "<<molecule>>", Path("receptor.pdbqt"), center, box_size, output_dir=Path("docking")\n)\n'
)
_POSES: Final = "for pose in result.poses:\n    print(pose.rank, pose.affinity_kcal_per_mol)\n"
_WANTED: Final = option(
    ("print(result.best_affinity)\n", "[and] (print|show|give me) the (best affinity|affinity|best score)", "[y] (muestra|dame) la (mejor afinidad|afinidad)"),
    (_POSES, "[and] (list|print|show) [all] the poses [with their affinities]", "[y] (lista|muestra) las poses"),
    ("print(result.calculate_ki())\n", "[and] (print|show|give me) the Ki", "[y] (muestra|dame) la Ki"),
    ("print(result.calculate_ic50())\n", "[and] (print|show|give me) the IC50", "[y] (muestra|dame) (la|el) IC50"),
    ("print(result.num_poses)\n", "[and] (print|tell me) (how many poses there are|the number of poses)", "[y] (dime|muestra) cuantas poses hay"),
    ("print(result.runtime_seconds)\n", "[and] (print|tell me) (how long it took|the runtime)", "[y] (dime|muestra) cuanto tardo"),
    ("print(result.to_dict())\n", "[and] (print|show) everything", "[y] muestra todo"),
)  # fmt: skip
_SLOTS: Final = {
    **FILE_SLOTS,
    "wanted": _WANTED,
    "machine": backend_slot,
    "times": shots_slot,
}
_DEFAULTS: Final = {"wanted": "print(result.best_affinity)\n", "folder": "docking"}

_WITH_VINA: Final = (
    Recipe(
        "dock_pdbqt_receptor",
        says=(
            "dock {molecule} (into|to|in) {pdbqt} (at|around|with center) {center} [with|,] box [size] {box} [{wanted}]",
            "vina docking of {molecule} (into|in) {pdbqt}, center {center}, (box|size) {box} [{wanted}]",
            "prepared receptor {pdbqt}: dock {molecule}, center {center}, box {box} [{wanted}]",
            "(real|true) vina run: {molecule} in {pdbqt}, (center|grid center) {center}, (box|grid size) {box} [{wanted}]",
            "dock the smiles of {molecule} (to|into) {pdbqt}, center=({center}), box_size=({box}) [{wanted}]",
            "{molecule} {pdbqt} center {center} box {box} [{wanted}]",
            "i have the receptor as {pdbqt}; dock {molecule} in a {box} box at {center} [{wanted}]",
            "run autodock vina on {pdbqt} with {molecule}, box {box} at {center} [{wanted}]",
            "dock {molecule} with {pdbqt}, (search space|search box) {box} (centered at|around) {center} [{wanted}]",
            "smiles to docking: {molecule}, receptor {pdbqt}, center {center}, box {box} [{wanted}]",
            "affinity of {molecule} in the site {center} of {pdbqt}, box {box} [{wanted}]",
            "dock_smiles_to_receptor for {molecule} and {pdbqt}, center {center}, box {box} [{wanted}]",
        ),
        says_es=(
            "acopla {molecule} (en|a) {pdbqt} con centro {center} y caja {box} [{wanted}]",
            "docking con vina de {molecule} en {pdbqt}, centro {center}, caja {box} [{wanted}]",
            "receptor preparado {pdbqt}, ligando {molecule}, centro {center}, caja {box} [{wanted}]",
            "tengo el receptor en {pdbqt}, acopla {molecule} en una caja de {box} en {center} [{wanted}]",
        ),
        code=_SMILES_CALL + ")\n<<wanted>>",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "dock_pdbqt_settings",
        says=(
            "dock {molecule} (into|to) {pdbqt}, center {center}, box {box}, exhaustiveness {effort} and {modes} (modes|poses) [{wanted}]",
            "vina: {molecule} in {pdbqt}, center {center}, size {box}, {modes} modes, exhaustiveness {effort} [{wanted}]",
            "{modes} poses of {molecule} in {pdbqt} (around|at) {center} (box|in a box of) {box} with exhaustiveness {effort} [{wanted}]",
            "exhaustiveness {effort}, num_modes {modes}, center {center}, box {box}: dock {molecule} (into|to) {pdbqt} [{wanted}]",
            "dock the smiles of {molecule} to {pdbqt} (exhaustiveness|effort) {effort}, {modes} poses, center {center}, box {box} [{wanted}]",
            "with exhaustiveness {effort} and {modes} binding modes dock {molecule} (into|in) {pdbqt} at {center}, box {box} [{wanted}]",
            "settings exhaustiveness={effort} num_modes={modes}; receptor {pdbqt} ligand {molecule} center {center} box {box} [{wanted}]",
            "thorough vina run, {effort} exhaustiveness, {modes} modes: {molecule} into {pdbqt}, center {center}, box {box} [{wanted}]",
            "i want {modes} poses at exhaustiveness {effort}: {molecule} docked to {pdbqt}, center {center} and box {box} [{wanted}]",
        ),
        says_es=(
            "acopla {molecule} en {pdbqt}, centro {center}, caja {box}, exhaustividad {effort} y {modes} poses [{wanted}]",
            "{modes} poses de {molecule} en {pdbqt} con exhaustividad {effort}, centro {center}, caja {box} [{wanted}]",
            "vina con exhaustividad {effort} y {modes} modos: {molecule} en {pdbqt}, centro {center}, caja {box} [{wanted}]",
        ),
        code=_SMILES_CALL + "    exhaustiveness=<<effort>>,\n    num_modes=<<modes>>,\n)\n<<wanted>>",
        slots=_SLOTS,
        defaults=_DEFAULTS,
        weight=0.5,
    ),
    Recipe(
        "dock_whole_receptor",
        says=(
            "prepare {receptor}, find the (binding site|pocket|box) and dock {molecule} [{wanted}]",
            "(blind docking of|blind dock) {molecule} (to|in|into|against) {receptor} [{wanted}]",
            "(full|complete|end to end) (docking pipeline|docking workflow): {receptor} and {molecule} [{wanted}]",
            "convert {receptor} to pdbqt, detect the (binding site|box) and dock {molecule} [{wanted}]",
            "i don't know the binding site of {receptor}, dock {molecule} anyway [{wanted}]",
            "dock {molecule} (into|to) {receptor} with (an automatic|an auto detected|a detected) (box|binding site) [{wanted}]",
            "from pdb to docking: {receptor}, ligand {molecule} [{wanted}]",
            "pipeline: prepare the receptor {receptor}, detect site, dock {molecule} [{wanted}]",
            "dock {molecule} over the whole (protein|receptor) {receptor} [{wanted}]",
            "where on {receptor} does {molecule} bind? blind docking [{wanted}]",
            "prepare {receptor} for vina and dock {molecule} (to|into) it [{wanted}]",
        ),
        says_es=(
            "prepara {receptor}, (busca|detecta) el sitio de union y acopla {molecule} [{wanted}]",
            "docking ciego de {molecule} (en|contra) {receptor} [{wanted}]",
            "no conozco el sitio de {receptor}, acopla {molecule} igualmente [{wanted}]",
            "flujo completo de docking: {receptor} y {molecule} [{wanted}]",
        ),
        code=_SITE + _SITE_CALL + "<<wanted>>",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "dock_whole_each",
        says=(
            "prepare {receptor}, find the (binding site|pocket) and dock {molecules}",
            "blind (docking of|dock) {molecules} (to|in|against) {receptor}",
            "(full|complete) docking pipeline for {receptor} with the ligands {molecules}",
            "convert {receptor} to pdbqt and dock each of {molecules} [to it]",
            "prepare {receptor} once and dock all of {molecules}",
            "automatic box on {receptor}, dock {molecules}",
            "pipeline over several ligands {molecules}: prepare {receptor}, detect site, dock each",
            "blind screening of {molecules} on {receptor}",
            "i don't know the site of {receptor}; dock {molecules} and print their affinities",
        ),
        says_es=(
            "prepara {receptor}, busca el sitio de union y acopla {molecules}",
            "docking ciego de {molecules} en {receptor}",
            "flujo completo de docking para {receptor} con {molecules}",
        ),
        code=_SITE
        + "ligands = [\n<<molecules>>]\nfor number, smiles in enumerate(ligands, 1):\n"
        + '    folder = Path(f"docking/{number}")\n'
        + '    result = dock_smiles_to_receptor(smiles, Path("receptor.pdbqt"), center, box_size, folder)\n'
        + "    print(smiles, result.best_affinity)\n",
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "vina_runner",
        says=(
            "dock {ligand_pdbqt} (into|to|in|against) {pdbqt} (at|around|with center) {center}",
            "run vina (with|on) {pdbqt} and {ligand_pdbqt}, center {center}",
            "vina runner: receptor {pdbqt}, ligand {ligand_pdbqt}, center {center}",
            "both files are prepared: dock {ligand_pdbqt} (into|to) {pdbqt} at {center}",
            "VinaRunner docking of {ligand_pdbqt} in {pdbqt} around {center}",
            "ligand {ligand_pdbqt}, receptor {pdbqt}, box center {center}, (run vina|dock)",
            "autodock vina on the pdbqt files {pdbqt} and {ligand_pdbqt}, centered at {center}",
            "score {ligand_pdbqt} in {pdbqt}, site (at|around) {center}",
            "i have {pdbqt} and {ligand_pdbqt}; run vina around {center}",
            "use {center} as center and dock {ligand_pdbqt} (to|into) {pdbqt}",
        ),
        says_es=(
            "acopla {ligand_pdbqt} (en|a) {pdbqt} con centro {center}",
            "ejecuta vina con {pdbqt} y {ligand_pdbqt}, centro {center}",
            "receptor {pdbqt}, ligando {ligand_pdbqt}, centro {center}, usa vina",
        ),
        code="from bioql.docking.vina_runner import VinaRunner\n\n"
        'result = VinaRunner().dock("<<pdbqt>>", "<<ligand_pdbqt>>", center=(<<center>>))\n'
        "print(result.score if result.success else result.error_message)\n",
        slots=_SLOTS,
        weight=0.7,
    ),
    Recipe(
        "vina_runner_box",
        says=(
            "dock {ligand_pdbqt} (into|to|in) {pdbqt} (at|around) {center} with (a box of|box size|box) {box}",
            "run vina on {pdbqt} and {ligand_pdbqt}, center {center}, (size|box) {box}",
            "vina runner: receptor {pdbqt}, ligand {ligand_pdbqt}, center {center}, box {box}",
            "{pdbqt} {ligand_pdbqt} center {center} box {box}",
            "pdbqt docking, box {box} around {center}: {ligand_pdbqt} in {pdbqt}",
            "search a {box} box at {center} of {pdbqt} with the ligand {ligand_pdbqt}",
            "autodock vina for {ligand_pdbqt} and {pdbqt}: center {center}, grid size {box}",
            "ligand {ligand_pdbqt} (into|in) receptor {pdbqt}, box center {center}, box size {box}",
            "use a box of {box} centered on {center} to dock {ligand_pdbqt} (to|into) {pdbqt}",
        ),
        says_es=(
            "acopla {ligand_pdbqt} (en|a) {pdbqt} con centro {center} y caja {box}",
            "ejecuta vina con {pdbqt} y {ligand_pdbqt}, centro {center}, caja {box}",
            "caja de {box} en {center}: acopla {ligand_pdbqt} en {pdbqt}",
        ),
        code="from bioql.docking.vina_runner import VinaRunner\n\n"
        'result = VinaRunner().dock(\n    "<<pdbqt>>", "<<ligand_pdbqt>>", center=(<<center>>), box_size=(<<box>>)\n)\n'
        "print(result.score if result.success else result.error_message)\n",
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "quantum_runner",
        says=(
            "dock {molecule} (into|to|in) {receptor} on {machine} [with {times} shots]",
            "quantum docking of {molecule} (into|to|in) {receptor} (on|with|using) {machine} [with {times} shots]",
            "run the docking of {molecule} in {receptor} on (quantum hardware|the quantum computer) {machine} [, {times} shots]",
            "(use|with) {machine} [to] dock {molecule} (into|to) [the file] {receptor} [with {times} shots]",
            "quantum runner: {receptor}, {molecule}, {machine} [, {times} shots]",
            "receptor file {receptor}, ligand {molecule}, quantum backend {machine} [, {times} shots]",
            "dock {molecule} to {receptor} by quantum computing, backend {machine} [, {times} shots]",
            "QuantumRunner docking for {molecule} and {receptor} on {machine} [with {times} shots]",
            "{machine} docking {molecule} {receptor} [{times} shots]",
            "how well does {molecule} bind {receptor} according to {machine} [with {times} shots]",
            "i have {receptor}, dock {molecule} to it on {machine} [with {times} shots]",
        ),
        says_es=(
            "acopla {molecule} (en|a) {receptor} en {machine} [con {times} shots]",
            "docking cuantico de {molecule} en {receptor} (en|con|usando) {machine} [con {times} disparos]",
            "usa {machine} para acoplar {molecule} en {receptor} [con {times} shots]",
        ),
        code="import os\n\nfrom bioql.docking.quantum_runner import QuantumRunner\n\n"
        'runner = QuantumRunner(api_key=os.environ["BIOQL_API_KEY"], backend="<<machine>>")\n'
        'result = runner.dock("<<receptor>>", "<<molecule>>", shots=<<times>>)\n'
        "print(result.score if result.success else result.error_message)\n",
        slots=_SLOTS,
        defaults={"times": "100"},
    ),
)  # fmt: skip

_TOOLS: Final = (
    Recipe(
        "detect_binding_site",
        says=(
            "(find|detect|locate|get) the binding site of {receptor}",
            "where is the (pocket|binding site|active site) (of|in) {receptor}",
            "(center|centre) and (box|box size) for docking (into|to) {receptor}",
            "(suggest|compute|calculate) a (docking box|search box|grid box) for {receptor}",
            "docking box of {receptor}",
            "which box should i use (to dock into|for docking to|for) {receptor}",
            "geometric (center|centre) of {receptor} for (vina|docking)",
            "i need center and box_size for {receptor}",
            "grid center {receptor}",
            "binding pocket detection on {receptor}",
            "what coordinates has the (site|pocket) of {receptor}",
        ),
        says_es=(
            "(busca|detecta|encuentra) el sitio de union de {receptor}",
            "centro y caja para el docking en {receptor}",
            "(donde esta|dónde está) el (bolsillo|sitio activo) de {receptor}",
            "(sugiere|calcula) una caja de docking para {receptor}",
        ),
        code=_PATH + "from bioql.docking.real_vina import detect_binding_site\n\n"
        'center, box_size = detect_binding_site(Path("<<receptor>>"))\nprint(center, box_size)\n',
        slots=_SLOTS,
    ),
    Recipe(
        "vina_log",
        says=(
            "(read|parse|open) the vina log {log}",
            "(list|print|show|get) the (poses|affinities|scores) (from|in|of) [the vina log] {log}",
            "{log} is a vina log, (print|show|list) its (poses|affinities)",
            "what (affinities|poses|scores) are in [the vina output] {log}",
            "extract the (docking scores|binding affinities|poses) from {log}",
            "parse vina output {log}",
            "ranked poses (of|from) {log}",
            "i have a vina log {log} and want the affinity of each pose",
            "docking results from log file {log}",
            "affinity table of {log}",
        ),
        says_es=(
            "(lee|analiza) el log de vina {log}",
            "(lista|muestra) las (poses|afinidades) de {log}",
            "que afinidades hay en el log de vina {log}",
            "extrae las poses de {log}",
        ),
        code=_PATH + "from bioql.docking.real_vina import parse_vina_log\n\n"
        'for pose in parse_vina_log(Path("<<log>>")):\n    print(pose.rank, pose.affinity_kcal_per_mol)\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "vina_available",
        says=(
            "is [autodock] vina (installed|available|there|working)",
            "check (whether|if|that) [autodock] vina is (installed|available|on the path|found)",
            "can i (use|run) vina (here|on this machine)",
            "do i have [autodock] vina [installed]",
            "vina (available|installed)",
            "test [the] vina (installation|executable|setup)",
            "does bioql find [my] [autodock] vina",
            "vina executable check",
            "make sure vina works [before docking]",
            "will vina docking work on this (computer|machine|server)",
            "is real docking possible here",
        ),
        says_es=(
            "(esta|está) instalado [autodock] vina",
            "comprueba si [autodock] vina esta (instalado|disponible)",
            "(puedo usar|tengo) vina (aqui|en esta maquina)",
            "funciona vina en este equipo",
        ),
        code="from bioql.docking.vina_runner import VinaRunner\n\nprint(VinaRunner().check_available())\n",
        weight=0.5,
    ),
    Recipe(
        "meeko_available",
        says=(
            "is meeko (installed|available)",
            "check (whether|if) meeko and rdkit are (installed|available|there)",
            "do i have (meeko|rdkit and meeko|the packages for pdbqt)",
            "(meeko|rdkit|meeko rdkit) available",
            "are the docking (dependencies|requirements|packages) installed",
            "can bioql write pdbqt ligands here",
            "which docking (libraries|packages) (does bioql find|are there): meeko, rdkit",
            "docking dependencies check",
            "does bioql see (rdkit and meeko|meeko)",
        ),
        says_es=(
            "(esta|está) instalado meeko",
            "comprueba si rdkit y meeko estan (instalados|disponibles)",
            "tengo las dependencias de docking [instaladas]",
            "puede bioql escribir ligandos pdbqt aqui",
        ),
        code="from bioql import HAVE_MEEKO, HAVE_RDKIT\n\nprint(HAVE_MEEKO, HAVE_RDKIT)\n",
        weight=0.3,
    ),
)  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (*_WITH_VINA, *_TOOLS)
