"""Tasks on receptors, docking files, screening and quantum chemistry: no key."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import molecule, target


def receptor(rng: Random) -> Pair:
    """Prepare a receptor file."""
    stem = rng.choice(("receptor", "protein", "target", "cox2", "egfr", "structure"))
    chain = rng.choice("AAAB")
    request = fill(
        rng,
        "prepare {f}.pdb for docking with chain {c}",
        "clean up {f}.pdb chain {c} for docking",
        "prepare the receptor {f}.pdb keeping chain {c}",
        f=stem,
        c=chain,
    )
    code = (
        "from bioql.chem import prepare_receptor\n\n"
        f'receptor = prepare_receptor("{stem}.pdb", output_path="{stem}_clean.pdb", '
        f'output_format="pdb", chains=["{chain}"])\n'
        "print(receptor.success, receptor.error_message)\n"
    )
    return Pair(request, code)


def vina(rng: Random) -> Pair:
    """Dock into a file with Vina."""
    name, smiles, is_exact = molecule(rng)
    stem = rng.choice(("receptor", "protein", "target", "cox2", "egfr"))
    effort = rng.choice((8, 8, 16, 32))
    words = "" if effort == 8 else f"with exhaustiveness {effort}"
    request = fill(
        rng,
        "dock {m} into {f}.pdb {x}",
        "dock {m} into {f}.pdb with vina {x}",
        "vina docking of {m} to {f}.pdb {x}",
        "use vina to dock {m} in {f}.pdb {x}",
        m=name,
        f=stem,
        x=words,
    )
    code = (
        "from bioql.docking import dock\n\n"
        f'result = dock(\n    receptor="{stem}.pdb",\n    ligand_smiles="{smiles}",\n    '
        'backend="vina",\n'
        f"    center=(0.0, 0.0, 0.0),\n    box_size=(20, 20, 20),\n    exhaustiveness={effort},"
        "\n)\n"
        "print(result.score if result.success else result.error_message)\n"
    )
    return Pair(request, code, is_exact)


def bioisosteres(rng: Random) -> Pair:
    """Suggest replacements."""
    name, smiles, is_exact = molecule(rng)
    request = fill(
        rng,
        "suggest bioisosteres for {m}",
        "bioisosteric replacements for {m}",
        "improve the stability of {m} with bioisosteres",
        m=name,
    )
    code = (
        "from bioql import suggest_bioisosteric_replacements\n\n"
        f'suggestions = suggest_bioisosteric_replacements("{smiles}", goal="improve_stability")\n'
        "for suggestion in suggestions:\n    print(suggestion)\n"
    )
    return Pair(request, code, is_exact)


def offtargets(rng: Random) -> Pair:
    """Screen off-targets (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    request = fill(
        rng,
        "screen {m} for off-targets",
        "off target screening of {m}",
        "check {m} against the off-target panel",
        m=name,
    )
    code = (
        "from bioql import screen_offtargets\n\n"
        "# BioQL 7.0.1 returns placeholder data here.\n"
        f'report = screen_offtargets("{smiles}")\nprint(report)\n'
    )
    return Pair(request, code, is_exact)


def resistance(rng: Random) -> Pair:
    """Resistance profile (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    protein, pdb = rng.choice((("EGFR", "1M17"), ("HIV-1 Protease", "1HXB"), ("GLP1R", "6B3J")))
    request = fill(
        rng,
        "resistance profile of {m} against {t}",
        "analyze resistance of {t} to {m}",
        "which mutations of {t} resist {m}",
        m=name,
        t=protein,
    )
    code = (
        "from bioql import analyze_resistance_profile\n\n"
        "# BioQL 7.0.1 returns placeholder data here.\n"
        f'profile = analyze_resistance_profile("{smiles}", target="{protein}", pdb_id="{pdb}")\n'
        "print(profile)\n"
    )
    return Pair(request, code, is_exact)


def similar_compounds(rng: Random) -> Pair:
    """Search databases (a placeholder in 7.0.1, which the code says)."""
    name, smiles, is_exact = molecule(rng)
    threshold = rng.choice((0.7, 0.75, 0.8, 0.85, 0.9))
    request = fill(
        rng,
        "find compounds similar to {m} above {t}",
        "similarity search for {m} with threshold {t}",
        "search chembl and pubchem for molecules like {m}, similarity {t}",
        m=name,
        t=threshold,
    )
    code = (
        "from bioql.similarity_search import similarity_search_pipeline\n\n"
        "# BioQL 7.0.1 returns placeholder data here.\n"
        f'hits = similarity_search_pipeline("{smiles}", min_similarity={threshold})\nprint('
        'hits["total_hits"])\n'
    )
    return Pair(request, code, is_exact)


def benchmark(rng: Random) -> Pair:
    """A molecular benchmark."""
    name = rng.choice(("H2", "H2", "LiH", "H2O", "NH3"))
    transformation = rng.choice(("jordan_wigner", "jordan_wigner", "bravyi_kitaev"))
    words = "" if transformation == "jordan_wigner" else "with bravyi kitaev"
    request = fill(
        rng,
        "benchmark {m} {t}",
        "benchmark the ground state energy of {m} {t}",
        "run the {m} benchmark {t}",
        "ground state energy of {m} {t}",
        "energy of {m} {t}",
        "calculate the ground state of {m} {t}",
        m=name,
        t=words,
    )
    code = (
        "from bioql import run_benchmark\n\n"
        f'outcome = run_benchmark("{name}", basis="sto-3g", transformation="{transformation}", '
        "verbose=False)\n"
        "print(outcome.n_qubits, outcome.ground_energy_calc, outcome.validated)\n"
    )
    return Pair(request, code)


def all_benchmarks(rng: Random) -> Pair:
    """Every molecular benchmark."""
    request = fill(
        rng, "run all benchmarks", "benchmark all molecules", "run every molecular benchmark"
    )
    code = (
        "from bioql import run_all_benchmarks\n\n"
        "for name, outcome in run_all_benchmarks().items():\n"
        "    print(name, outcome.ground_energy_calc, outcome.validated)\n"
    )
    return Pair(request, code)


def hamiltonian(rng: Random) -> Pair:
    """The qubit Hamiltonian of a diatomic molecule."""
    one, two, distance = rng.choice(
        (("H", "H", 0.74), ("Li", "H", 1.6), ("H", "F", 0.92), ("H", "H", 0.8))
    )
    name = "H2" if one == two else (f"{one}{two}")
    transformation = rng.choice(("jordan_wigner", "bravyi_kitaev"))
    words = rng.choice((transformation, transformation.replace("_", " ").title()))
    request = fill(
        rng,
        "build the hamiltonian of {m} with {t}",
        "qubit hamiltonian of {m} using {t}",
        "molecular hamiltonian for {m}, {t}, distance {d}",
        m=name,
        t=words,
        d=distance,
    )
    code = (
        "from bioql import QuantumMolecule, build_molecular_hamiltonian\n\n"
        f'molecule = QuantumMolecule(\n    geometry=[("{one}", (0.0, 0.0, 0.0)), ("{two}", (0.0,'
        f" 0.0, {distance}))],\n"
        '    basis="sto-3g",\n)\n'
        f'hamiltonian = build_molecular_hamiltonian(molecule, transformation="{transformation}")\n'
        "print(sorted(hamiltonian))\n"
    )
    return Pair(request, code)


def download_target(rng: Random) -> Pair:
    """The sentence of a docking, drawn as a circuit before it is paid for."""
    name, smiles, is_exact = molecule(rng)
    protein, pdb = target(rng)
    request = fill(
        rng,
        "preview the docking of {m} to {t} without running it",
        "draw the docking circuit of {m} and {t}",
        "show the circuit for docking {m} to {t}",
        m=name,
        t=protein,
    )
    code = (
        "from bioql.compiler import parse_english_to_circuit\n\n"
        f'circuit = parse_english_to_circuit("Docking of SMILES {smiles} to PDB {pdb} on 6 '
        'qubits")\n'
        'print(circuit.draw(output="text"))\n'
    )
    return Pair(request, code, is_exact)


TARGET_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (receptor, 0.6),
    (vina, 1.5),
    (bioisosteres, 0.6),
    (offtargets, 0.6),
    (resistance, 0.6),
    (similar_compounds, 0.7),
    (benchmark, 1.2),
    (all_benchmarks, 0.3),
    (hamiltonian, 0.8),
    (download_target, 0.6),
)
