# ruff: noqa: E501
"""Slots of the recipes that dock into a receptor file, and recipes on what to keep in one."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.recipes.docking import SMILES_CHARS_MAX, listed
from bioql_lsp.training.corpus.slots import file_name, molecule, open_integer, open_word
from bioql_lsp.training.corpus.split import Draw

_PROTEINS: Final = (
    "cox2", "egfr", "ace2", "thrombin", "spike", "mpro", "hsp90", "cdk2", "hivpr", "glp1r", "trypsin",
    "bace1", "jak2", "abl1", "estrogen", "p53", "mtor", "dpp4", "structure", "prot", "apo", "model",
)  # fmt: skip
_LIGANDS: Final = ("aspirin", "drug", "compound", "hit", "lead", "mol", "inhibitor", "fragment")
_FOLDERS: Final = (
    "docking", "results", "out", "poses", "vina_out", "output", "runs", "dock1", "screen", "scratch",
    "job1", "egfr_run", "today", "docked", "dock_results", "work", "try2", "final_poses",
)  # fmt: skip


def center(draw: Draw) -> Said:
    """Where the search box is: three coordinates, as a request writes them."""
    xyz = draw.make(lambda rng: ", ".join(_coordinate(draw) for _ in range(3)))
    x, y, z = xyz.split(", ")
    said = draw.choose((xyz, f"{x} {y} {z}", f"({xyz})", f"x={x} y={y} z={z}", f"{x},{y},{z}"))
    return Said(said, xyz, is_exact=True)


def _coordinate(draw: Draw) -> str:
    if draw.chance(0.4):
        return str(draw.rng.randint(-60, 60))
    return str(round(draw.rng.uniform(-60, 60), draw.rng.randint(1, 2)))


def box(draw: Draw) -> Said:
    """The size of the search box: one edge for all, or three."""
    if draw.chance(0.6):
        edge = str(draw.rng.randint(12, 40))
        said = draw.choose((edge, f"{edge} A", f"{edge} angstrom", f"{edge}x{edge}x{edge}"))
        return Said(said, ", ".join([edge] * 3), is_exact=True)
    edges = [str(draw.rng.randint(12, 40)) for _ in range(3)]
    said = draw.choose((", ".join(edges), "x".join(edges), " x ".join(edges), " ".join(edges)))
    return Said(said, ", ".join(edges), is_exact=True)


def short_molecule(draw: Draw) -> Said:
    """A molecule that fits on a line of code."""
    while True:
        said = molecule(draw)
        if len(said.written) <= SMILES_CHARS_MAX:
            return said


def molecules(draw: Draw) -> Said:
    """Two to four molecules; the code holds them as the lines of a list."""
    return listed(draw, [short_molecule(draw) for _ in range(draw.choose((2, 2, 3, 4)))])


ENGINE: Final = option(
    ("vina", "(with|using|by|via) [autodock] vina", "(con|usando) [autodock] vina"),
    ("vina", "vina backend", "backend vina"),
    ("auto", "(with|using) the auto backend", "con el backend auto"),
    ("auto", "(with whatever engine is there|choosing the engine by itself)", "con el motor que haya"),
)  # fmt: skip
FILE_SLOTS: Final[dict[str, Slot]] = {
    "receptor": file_name("pdb", *_PROTEINS),
    "pdbqt": file_name("pdbqt", *_PROTEINS),
    "ligand_pdbqt": file_name("pdbqt", *_LIGANDS),
    "ligand_pdb": file_name("pdb", *_LIGANDS),
    "sdf": file_name("sdf", *_LIGANDS),
    "mol2": file_name("mol2", *_LIGANDS),
    "smi": file_name("smi", "ligands", "compounds", "molecules", "drugs"),
    "log": file_name("txt", "vina_log", "vina", "log", "docking_log", "vina_run"),
    "molecule": short_molecule,
    "molecules": molecules,
    "center": center,
    "box": box,
    "engine": ENGINE,
    "effort": open_integer(1, 128),
    "modes": open_integer(1, 50),
    "folder": open_word(*_FOLDERS),
}
_SLOTS: Final = {
    **FILE_SLOTS,
    "clean": file_name(
        "pdb", "receptor_clean", "prepared", "cleaned", "ready", "rec", "for_docking"
    ),
    "chains": option(
        ('"A", "B"', "(A and B|A, B)", "(A y B|A, B)"),
        ('"A", "C"', "(A and C|A, C)", "(A y C|A, C)"),
        ('"B", "C"', "(B and C|B, C)", "(B y C|B, C)"),
        ('"H", "L"', "(H and L|H, L)", "(H y L|H, L)"),
    ),
}


def _prepare(more: str) -> str:
    """The program that prepares a receptor with a further argument."""
    return (
        "from bioql.chem import prepare_receptor\n\n"
        'receptor = prepare_receptor("<<receptor>>", output_path="<<clean>>", '
        f'output_format="pdb", {more})\n'
        "print(receptor.output_path if receptor.success else receptor.error_message)\n"
    )


_UNNAMED: Final = {"clean": "receptor_clean.pdb"}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "prepare_receptor_chains",
        says=(
            "prepare {receptor} for docking with chains {chains} [, save as {clean}]",
            "keep chains {chains} of {receptor} [for docking] [and save it as {clean}]",
            "prepare the receptor {receptor} (keeping|with) [the] chains {chains} [to {clean}]",
            "clean {receptor}, chains {chains} [, output {clean}]",
            "(extract|take) chains {chains} from {receptor} as receptor [into {clean}]",
            "receptor {receptor} chains {chains} prepare [as {clean}]",
            "the receptor is chains {chains} of {receptor}, prepare it [as {clean}]",
            "only chains {chains} of {receptor} should be (kept|prepared) [, file {clean}]",
            "get the chains {chains} of {receptor} ready for docking [in {clean}]",
        ),
        says_es=(
            "prepara {receptor} con las cadenas {chains} [como {clean}]",
            "(quedate con|conserva) las cadenas {chains} de {receptor} para el docking [en {clean}]",
            "limpia {receptor}, cadenas {chains} [, salida {clean}]",
        ),
        code=_prepare("chains=[<<chains>>]"),
        slots=_SLOTS,
        defaults=_UNNAMED,
        weight=0.5,
    ),
    Recipe(
        "prepare_receptor_waters",
        says=(
            "prepare {receptor} (but keep|keeping|and keep) the (waters|water|crystal waters) [, save as {clean}]",
            "do not remove the water (from|of) {receptor} (when preparing|while preparing) it [as {clean}]",
            "clean {receptor} and leave the (waters|water molecules) in [, output {clean}]",
            "prepare the receptor {receptor} with its (waters|crystal waters|water molecules) [to {clean}]",
            "keep waters in {receptor}, prepare for docking [into {clean}]",
            "receptor {receptor} with water, prepare [as {clean}]",
            "the waters of {receptor} matter, (keep|leave) them when you prepare it [, write {clean}]",
            "hydrated receptor from {receptor} [called {clean}]",
            "prepare {receptor} without stripping (water|the waters) [, file {clean}]",
        ),
        says_es=(
            "prepara {receptor} (conservando|sin quitar|y deja) las aguas [como {clean}]",
            "no quites el agua de {receptor} al prepararlo [, guarda {clean}]",
            "prepara el receptor {receptor} con sus aguas [en {clean}]",
        ),
        code=_prepare("remove_waters=False"),
        slots=_SLOTS,
        defaults=_UNNAMED,
        weight=0.5,
    ),
)  # fmt: skip
