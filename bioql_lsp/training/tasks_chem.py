"""Tasks on small molecules and quantum chemistry: these need no key."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import molecule, target

_TELL = ("predict {p} of {m}", "predict {p} for {m}", "{p} of {m}", "what is the {p} of {m}",
         "calculate {p} of {m}", "compute {p} for {m}", "get the {p} of {m}", "show {p} for {m}")  # fmt: skip


def _about(rng: Random, name: str, *properties: str) -> str:
    return fill(rng, *_TELL, p=rng.choice(properties), m=name)


def adme(rng: Random) -> Pair:
    """ADME prediction."""
    name, smiles, is_exact = molecule(rng)
    fields, words = rng.choice((
        ("adme.oral_bioavailability, adme.bbb_permeant, adme.half_life",
         ("ADME", "adme properties", "ADME properties", "adme profile", "pharmacokinetics")),
        ("adme.oral_bioavailability, adme.bbb_permeant, adme.half_life", ("ADME", "ADME")),
        ("adme.oral_bioavailability", ("oral bioavailability",)),
        ("adme.bbb_permeant", ("blood brain barrier permeability", "BBB permeability")),
        ("adme.half_life, adme.clearance", ("half life and clearance",)),
        ("adme.caco2_permeability", ("caco-2 permeability",)),
    ))  # fmt: skip
    code = (f'from bioql import predict_adme_local\n\nadme = predict_adme_local("{smiles}")\n'
            f"print({fields})\n")  # fmt: skip
    return Pair(_about(rng, name, *words), code, is_exact)


def toxicity(rng: Random) -> Pair:
    """Toxicity prediction."""
    name, smiles, is_exact = molecule(rng)
    fields, words = rng.choice((
        ("tox.toxicity_class, tox.ames_mutagenic, tox.hepatotoxicity_risk",
         ("toxicity", "tox profile", "toxicity profile")),
        ("tox.herg_inhibition", ("hERG inhibition", "herg risk")),
        ("tox.ames_mutagenic", ("ames mutagenicity", "mutagenicity")),
        ("tox.hepatotoxicity_risk", ("liver toxicity", "hepatotoxicity")),
    ))  # fmt: skip
    request = _about(rng, name, *words)
    if fields.startswith("tox.toxicity_class") and rng.random() < 0.5:
        request = fill(rng, "is {m} toxic", "how toxic is {m}", "check if {m} is toxic", m=name)
    code = (f'from bioql import predict_toxicity_local\n\ntox = predict_toxicity_local("{smiles}")\n'
            f"print({fields})\n")  # fmt: skip
    return Pair(request, code, is_exact)


def adme_toxicity(rng: Random) -> Pair:
    """Both in one report."""
    name, smiles, is_exact = molecule(rng)
    request = _about(
        rng, name, "ADME and toxicity", "adme and toxicity", "ADMET", "admet properties"
    )
    code = (f'from bioql import predict_adme_toxicity\n\nreport = predict_adme_toxicity("{smiles}")\n'
            "for name, value in report.items():\n    print(name, value)\n")  # fmt: skip
    return Pair(request, code, is_exact)


def drug_likeness(rng: Random) -> Pair:
    """Pharmaceutical scores."""
    name, smiles, is_exact = molecule(rng)
    request = _about(rng, name, "drug likeness", "lipinski and QED", "drug-likeness scores",
                     "lipinski rule of five", "QED score", "pharmaceutical scores")  # fmt: skip
    code = ("from bioql.chem import calculate_pharmaceutical_scores\n\n"
            f'scores = calculate_pharmaceutical_scores("{smiles}")\n'
            'print(scores["lipinski_compliant"], scores["qed_score"], scores["pains_alerts"])\n')  # fmt: skip
    return Pair(request, code, is_exact)


def tanimoto(rng: Random) -> Pair:
    """Similarity of two molecules."""
    one, smiles_one, exact_one = molecule(rng)
    two, smiles_two, exact_two = molecule(rng)
    request = fill(rng, "tanimoto similarity of {a} and {b}", "how similar are {a} and {b}",
                   "compare {a} with {b}", "similarity between {a} and {b}", a=one, b=two)  # fmt: skip
    code = (
        "from bioql.similarity_search import calculate_tanimoto_similarity\n\n"
        f'similarity = calculate_tanimoto_similarity("{smiles_one}", "{smiles_two}")\nprint(similarity)\n'
    )
    return Pair(request, code, exact_one or exact_two)


def validate(rng: Random) -> Pair:
    """Check a SMILES string."""
    name, smiles, is_exact = molecule(rng)
    request = fill(rng, "is {m} a valid smiles", "validate the smiles of {m}", "check the SMILES of {m}",
                   "validate smiles {m}", "normalize the smiles of {m}", m=name)  # fmt: skip
    code = ("from bioql.molecular_utils import normalize_smiles, validate_smiles\n\n"
            f'smiles = "{smiles}"\ncheck = validate_smiles(smiles)\n'
            'print(normalize_smiles(smiles) if check["valid"] else check["error"])\n')  # fmt: skip
    return Pair(request, code, is_exact)


def geometry(rng: Random) -> Pair:
    """Coordinates of a molecule."""
    name, smiles, is_exact = molecule(rng)
    request = fill(rng, "3d geometry of {m}", "3d structure of {m}", "get coordinates of {m}",
                   "atom positions of {m}", "optimize the geometry of {m}", m=name)  # fmt: skip
    code = (f'from bioql import smiles_to_geometry\n\nfor symbol, xyz in smiles_to_geometry("{smiles}", optimize=True):\n'
            "    print(symbol, xyz)\n")  # fmt: skip
    return Pair(request, code, is_exact)


def ligand(rng: Random) -> Pair:
    """Prepare a ligand file."""
    name, smiles, is_exact = molecule(rng)
    extension = rng.choice(("sdf", "sdf", "pdb", "mol2", "pdbqt"))
    request = fill(rng, "prepare {m} as {e} file", "make a {e} file of {m}", "write {m} to ligand.{e}",
                   "prepare the ligand {m} in {e} format", "convert {m} to {e}", m=name, e=extension)  # fmt: skip
    code = ("from bioql.chem import prepare_ligand\n\n"
            f'ligand = prepare_ligand("{smiles}", output_path="ligand.{extension}", output_format="{extension}")\n'
            "print(ligand.success, ligand.num_atoms, ligand.output_path)\n")  # fmt: skip
    return Pair(request, code, is_exact)


def receptor(rng: Random) -> Pair:
    """Prepare a receptor file."""
    stem = rng.choice(("receptor", "protein", "target", "cox2", "egfr", "structure"))
    chain = rng.choice("AAAB")
    request = fill(rng, "prepare {f}.pdb for docking with chain {c}", "clean up {f}.pdb chain {c} for docking",
                   "prepare the receptor {f}.pdb keeping chain {c}", f=stem, c=chain)  # fmt: skip
    code = ("from bioql.chem import prepare_receptor\n\n"
            f'receptor = prepare_receptor("{stem}.pdb", output_path="{stem}_clean.pdb", output_format="pdb", chains=["{chain}"])\n'
            "print(receptor.success, receptor.error_message)\n")  # fmt: skip
    return Pair(request, code)


def vina(rng: Random) -> Pair:
    """Dock into a file with Vina."""
    name, smiles, is_exact = molecule(rng)
    stem = rng.choice(("receptor", "protein", "target", "cox2", "egfr"))
    effort = rng.choice((8, 8, 16, 32))
    words = "" if effort == 8 else f"with exhaustiveness {effort}"
    request = fill(rng, "dock {m} into {f}.pdb {x}", "dock {m} into {f}.pdb with vina {x}",
                   "vina docking of {m} to {f}.pdb {x}", "use vina to dock {m} in {f}.pdb {x}",
                   m=name, f=stem, x=words)  # fmt: skip
    code = ("from bioql.docking import dock\n\n"
            f'result = dock(\n    receptor="{stem}.pdb",\n    ligand_smiles="{smiles}",\n    backend="vina",\n'
            f"    center=(0.0, 0.0, 0.0),\n    box_size=(20, 20, 20),\n    exhaustiveness={effort},\n)\n"
            "print(result.score if result.success else result.error_message)\n")  # fmt: skip
    return Pair(request, code, is_exact)


def bioisosteres(rng: Random) -> Pair:
    """Suggest replacements."""
    name, smiles, is_exact = molecule(rng)
    request = fill(rng, "suggest bioisosteres for {m}", "bioisosteric replacements for {m}",
                   "improve the stability of {m} with bioisosteres", m=name)  # fmt: skip
    code = ("from bioql import suggest_bioisosteric_replacements\n\n"
            f'suggestions = suggest_bioisosteric_replacements("{smiles}", goal="improve_stability")\n'
            "for suggestion in suggestions:\n    print(suggestion)\n")  # fmt: skip
    return Pair(request, code, is_exact)


def offtargets(rng: Random) -> Pair:
    """Screen off-targets (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    request = fill(rng, "screen {m} for off-targets", "off target screening of {m}",
                   "check {m} against the off-target panel", m=name)  # fmt: skip
    code = ("from bioql import screen_offtargets\n\n"
            "# BioQL 7.0.1 returns placeholder data here.\n"
            f'report = screen_offtargets("{smiles}")\nprint(report)\n')  # fmt: skip
    return Pair(request, code, is_exact)


def resistance(rng: Random) -> Pair:
    """Resistance profile (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    protein, pdb = rng.choice((("EGFR", "1M17"), ("HIV-1 Protease", "1HXB"), ("GLP1R", "6B3J")))
    request = fill(rng, "resistance profile of {m} against {t}", "analyze resistance of {t} to {m}",
                   "which mutations of {t} resist {m}", m=name, t=protein)  # fmt: skip
    code = (
        "from bioql import analyze_resistance_profile\n\n"
        "# BioQL 7.0.1 returns placeholder data here.\n"
        f'profile = analyze_resistance_profile("{smiles}", target="{protein}", pdb_id="{pdb}")\nprint(profile)\n'
    )
    return Pair(request, code, is_exact)


def similar_compounds(rng: Random) -> Pair:
    """Search databases (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    threshold = rng.choice((0.7, 0.75, 0.8, 0.85, 0.9))
    request = fill(rng, "find compounds similar to {m} above {t}", "similarity search for {m} with threshold {t}",
                   "search chembl and pubchem for molecules like {m}, similarity {t}", m=name, t=threshold)  # fmt: skip
    code = (
        "from bioql.similarity_search import similarity_search_pipeline\n\n"
        "# BioQL 7.0.1 returns placeholder data here.\n"
        f'hits = similarity_search_pipeline("{smiles}", min_similarity={threshold})\nprint(hits["total_hits"])\n'
    )
    return Pair(request, code, is_exact)


def benchmark(rng: Random) -> Pair:
    """A molecular benchmark."""
    name = rng.choice(("H2", "H2", "LiH", "H2O", "NH3"))
    transformation = rng.choice(("jordan_wigner", "jordan_wigner", "bravyi_kitaev"))
    words = "" if transformation == "jordan_wigner" else "with bravyi kitaev"
    request = fill(rng, "benchmark {m} {t}", "benchmark the ground state energy of {m} {t}",
                   "run the {m} benchmark {t}", "ground state energy of {m} {t}", "energy of {m} {t}",
                   "calculate the ground state of {m} {t}", m=name, t=words)  # fmt: skip
    code = ("from bioql import run_benchmark\n\n"
            f'outcome = run_benchmark("{name}", basis="sto-3g", transformation="{transformation}", verbose=False)\n'
            "print(outcome.n_qubits, outcome.ground_energy_calc, outcome.validated)\n")  # fmt: skip
    return Pair(request, code)


def all_benchmarks(rng: Random) -> Pair:
    """Every molecular benchmark."""
    request = fill(
        rng, "run all benchmarks", "benchmark all molecules", "run every molecular benchmark"
    )
    code = ("from bioql import run_all_benchmarks\n\n"
            "for name, outcome in run_all_benchmarks().items():\n"
            "    print(name, outcome.ground_energy_calc, outcome.validated)\n")  # fmt: skip
    return Pair(request, code)


def hamiltonian(rng: Random) -> Pair:
    """The qubit Hamiltonian of a diatomic molecule."""
    one, two, distance = rng.choice(
        (("H", "H", 0.74), ("Li", "H", 1.6), ("H", "F", 0.92), ("H", "H", 0.8))
    )
    name = "H2" if one == two else (f"{one}{two}")
    transformation = rng.choice(("jordan_wigner", "bravyi_kitaev"))
    words = rng.choice((transformation, transformation.replace("_", " ").title()))
    request = fill(rng, "build the hamiltonian of {m} with {t}", "qubit hamiltonian of {m} using {t}",
                   "molecular hamiltonian for {m}, {t}, distance {d}", m=name, t=words, d=distance)  # fmt: skip
    code = ("from bioql import QuantumMolecule, build_molecular_hamiltonian\n\n"
            f'molecule = QuantumMolecule(\n    geometry=[("{one}", (0.0, 0.0, 0.0)), ("{two}", (0.0, 0.0, {distance}))],\n'
            '    basis="sto-3g",\n)\n'
            f'hamiltonian = build_molecular_hamiltonian(molecule, transformation="{transformation}")\n'
            "print(sorted(hamiltonian))\n")  # fmt: skip
    return Pair(request, code)


def download_target(rng: Random) -> Pair:
    """The sentence of a docking, drawn as a circuit before it is paid for."""
    name, smiles, is_exact = molecule(rng)
    protein, pdb = target(rng)
    request = fill(rng, "preview the docking of {m} to {t} without running it", "draw the docking circuit of {m} and {t}",
                   "show the circuit for docking {m} to {t}", m=name, t=protein)  # fmt: skip
    code = ("from bioql.compiler import parse_english_to_circuit\n\n"
            f'circuit = parse_english_to_circuit("Docking of SMILES {smiles} to PDB {pdb} on 6 qubits")\n'
            'print(circuit.draw(output="text"))\n')  # fmt: skip
    return Pair(request, code, is_exact)


CHEM_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (adme, 4), (toxicity, 3), (adme_toxicity, 1.2), (drug_likeness, 1.5), (tanimoto, 1.2), (validate, 1),
    (geometry, 1), (ligand, 1), (receptor, 0.6), (vina, 1.5), (bioisosteres, 0.6), (offtargets, 0.6),
    (resistance, 0.6), (similar_compounds, 0.7), (benchmark, 1.2), (all_benchmarks, 0.3),
    (hamiltonian, 0.8), (download_target, 0.6),
)  # fmt: skip
