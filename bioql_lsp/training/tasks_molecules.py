"""Tasks on what a small molecule is like: these need no key."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import molecule

_TELL = (
    "predict {p} of {m}",
    "predict {p} for {m}",
    "{p} of {m}",
    "what is the {p} of {m}",
    "calculate {p} of {m}",
    "compute {p} for {m}",
    "get the {p} of {m}",
    "show {p} for {m}",
)


def _about(rng: Random, name: str, *properties: str) -> str:
    return fill(rng, *_TELL, p=rng.choice(properties), m=name)


def adme(rng: Random) -> Pair:
    """ADME prediction."""
    name, smiles, is_exact = molecule(rng)
    fields, words = rng.choice(
        (
            (
                "adme.oral_bioavailability, adme.bbb_permeant, adme.half_life",
                ("ADME", "adme properties", "ADME properties", "adme profile", "pharmacokinetics"),
            ),
            ("adme.oral_bioavailability, adme.bbb_permeant, adme.half_life", ("ADME", "ADME")),
            ("adme.oral_bioavailability", ("oral bioavailability",)),
            ("adme.bbb_permeant", ("blood brain barrier permeability", "BBB permeability")),
            ("adme.half_life, adme.clearance", ("half life and clearance",)),
            ("adme.caco2_permeability", ("caco-2 permeability",)),
        )
    )
    code = (
        f'from bioql import predict_adme_local\n\nadme = predict_adme_local("{smiles}")\n'
        f"print({fields})\n"
    )
    return Pair(_about(rng, name, *words), code, is_exact)


def toxicity(rng: Random) -> Pair:
    """Toxicity prediction."""
    name, smiles, is_exact = molecule(rng)
    fields, words = rng.choice(
        (
            (
                "tox.toxicity_class, tox.ames_mutagenic, tox.hepatotoxicity_risk",
                ("toxicity", "tox profile", "toxicity profile"),
            ),
            ("tox.herg_inhibition", ("hERG inhibition", "herg risk")),
            ("tox.ames_mutagenic", ("ames mutagenicity", "mutagenicity")),
            ("tox.hepatotoxicity_risk", ("liver toxicity", "hepatotoxicity")),
        )
    )
    request = _about(rng, name, *words)
    if fields.startswith("tox.toxicity_class") and rng.random() < 0.5:
        request = fill(rng, "is {m} toxic", "how toxic is {m}", "check if {m} is toxic", m=name)
    code = (
        f'from bioql import predict_toxicity_local\n\ntox = predict_toxicity_local("{smiles}")\n'
        f"print({fields})\n"
    )
    return Pair(request, code, is_exact)


def adme_toxicity(rng: Random) -> Pair:
    """Both in one report."""
    name, smiles, is_exact = molecule(rng)
    request = _about(
        rng, name, "ADME and toxicity", "adme and toxicity", "ADMET", "admet properties"
    )
    code = (
        f'from bioql import predict_adme_toxicity\n\nreport = predict_adme_toxicity("{smiles}")\n'
        "for name, value in report.items():\n    print(name, value)\n"
    )
    return Pair(request, code, is_exact)


def drug_likeness(rng: Random) -> Pair:
    """Pharmaceutical scores."""
    name, smiles, is_exact = molecule(rng)
    request = _about(
        rng,
        name,
        "drug likeness",
        "lipinski and QED",
        "drug-likeness scores",
        "lipinski rule of five",
        "QED score",
        "pharmaceutical scores",
    )
    code = (
        "from bioql.chem import calculate_pharmaceutical_scores\n\n"
        f'scores = calculate_pharmaceutical_scores("{smiles}")\n'
        'print(scores["lipinski_compliant"], scores["qed_score"], scores["pains_alerts"])\n'
    )
    return Pair(request, code, is_exact)


def tanimoto(rng: Random) -> Pair:
    """Similarity of two molecules."""
    one, smiles_one, exact_one = molecule(rng)
    two, smiles_two, exact_two = molecule(rng)
    request = fill(
        rng,
        "tanimoto similarity of {a} and {b}",
        "how similar are {a} and {b}",
        "compare {a} with {b}",
        "similarity between {a} and {b}",
        a=one,
        b=two,
    )
    code = (
        "from bioql.similarity_search import calculate_tanimoto_similarity\n\n"
        f'similarity = calculate_tanimoto_similarity("{smiles_one}", "{smiles_two}")\nprint('
        "similarity)\n"
    )
    return Pair(request, code, exact_one or exact_two)


def validate(rng: Random) -> Pair:
    """Check a SMILES string."""
    name, smiles, is_exact = molecule(rng)
    request = fill(
        rng,
        "is {m} a valid smiles",
        "validate the smiles of {m}",
        "check the SMILES of {m}",
        "validate smiles {m}",
        "normalize the smiles of {m}",
        m=name,
    )
    code = (
        "from bioql.molecular_utils import normalize_smiles, validate_smiles\n\n"
        f'smiles = "{smiles}"\ncheck = validate_smiles(smiles)\n'
        'print(normalize_smiles(smiles) if check["valid"] else check["error"])\n'
    )
    return Pair(request, code, is_exact)


def geometry(rng: Random) -> Pair:
    """Coordinates of a molecule."""
    name, smiles, is_exact = molecule(rng)
    request = fill(
        rng,
        "3d geometry of {m}",
        "3d structure of {m}",
        "get coordinates of {m}",
        "atom positions of {m}",
        "optimize the geometry of {m}",
        m=name,
    )
    code = (
        "from bioql import smiles_to_geometry\n\nfor symbol, xyz in smiles_to_geometry("
        f'"{smiles}", optimize=True):\n'
        "    print(symbol, xyz)\n"
    )
    return Pair(request, code, is_exact)


def ligand(rng: Random) -> Pair:
    """Prepare a ligand file."""
    name, smiles, is_exact = molecule(rng)
    extension = rng.choice(("sdf", "sdf", "pdb", "mol2", "pdbqt"))
    request = fill(
        rng,
        "prepare {m} as {e} file",
        "make a {e} file of {m}",
        "write {m} to ligand.{e}",
        "prepare the ligand {m} in {e} format",
        "convert {m} to {e}",
        m=name,
        e=extension,
    )
    code = (
        "from bioql.chem import prepare_ligand\n\n"
        f'ligand = prepare_ligand("{smiles}", output_path="ligand.{extension}", '
        f'output_format="{extension}")\n'
        "print(ligand.success, ligand.num_atoms, ligand.output_path)\n"
    )
    return Pair(request, code, is_exact)


MOLECULE_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (adme, 6),
    (toxicity, 3),
    (adme_toxicity, 1.2),
    (drug_likeness, 1.5),
    (tanimoto, 1.2),
    (validate, 1),
    (geometry, 1),
    (ligand, 1),
)
