"""Recipes on chemistry benchmarks, molecular Hamiltonians and geometries."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.split import Draw

BENCHMARKS: Final = option(
    (
        "H2",
        "(H2|h2|H2|hydrogen|the hydrogen molecule)",
        "(H2|h2|hidrogeno|la molecula de hidrogeno)",
    ),
    ("LiH", "(LiH|lih|lithium hydride)", "(LiH|lih|hidruro de litio)"),
    ("H2O", "(H2O|h2o|water)", "(H2O|h2o|agua)"),
    ("NH3", "(NH3|nh3|ammonia)", "(NH3|nh3|amoniaco)"),
)
SMALL: Final = option(
    ("H2", "(H2|h2|hydrogen|the hydrogen molecule)", "(H2|h2|hidrogeno|la molecula de hidrogeno)"),
    ("LiH", "(LiH|lih|lithium hydride)", "(LiH|lih|hidruro de litio)"),
)


def bond_length(draw: Draw) -> Said:
    """A bond length in Angstrom."""
    text = draw.make(lambda rng: f"{rng.uniform(0.5, 2.5):.2f}")
    unit = draw.choose(("", " angstrom", " A", " Å", " angstroms"))
    return Said(text + unit, text, is_exact=True)


def bond_lengths(draw: Draw) -> Said:
    """Three to five bond lengths in rising order."""
    count = draw.choose((3, 4, 5))
    texts = sorted(
        {draw.make(lambda rng: f"{rng.uniform(0.4, 2.6):.1f}") for _ in range(count * 2)}
    )[:count]
    said = draw.choose((", ".join(texts), " ".join(texts)))
    written = ", ".join(texts) + "," * (len(texts) == 1)
    return Said(said, written, is_exact=True)


SLOTS: Final[dict[str, Slot]] = {
    "benchmark": BENCHMARKS,
    "small": SMALL,
    "length": bond_length,
    "lengths": bond_lengths,
    "basis": option(
        ("sto-3g", "(sto-3g|STO-3G|sto3g|minimal)", "(sto-3g|STO-3G|minima)"),
        ("6-31g", "(6-31g|6-31G|631g)", "(6-31g|6-31G)"),
    ),
    "mapping": option(
        ("jordan_wigner", "(jordan wigner|Jordan-Wigner|jordan_wigner|JW)", "(jordan wigner|Jordan-Wigner|JW)"),
        ("bravyi_kitaev", "(bravyi kitaev|Bravyi-Kitaev|bravyi_kitaev|BK)", "(bravyi kitaev|Bravyi-Kitaev|BK)"),
    ),
    "field": option(
        ("n_qubits", "(number of qubits|qubit count)", "([el] numero de qubits)"),
        ("hf_energy_calc", "(hartree fock energy|Hartree-Fock energy|HF energy)", "([la] energia [de] hartree fock|[la] energia HF)"),
        ("correlation_energy", "correlation energy", "[la] energia de correlacion"),
        ("error_vs_ref", "(error against the reference|error in kcal/mol|deviation from the reference)", "([el] error frente a la referencia|[el] error en kcal/mol)"),
        ("pauli_terms_count", "(number of pauli terms|pauli term count)", "[el] numero de terminos de pauli"),
        ("validated", "validation (result|status)", "[el] resultado de la validacion"),
    ),
    "part": option(
        ("ground_state_energy", "ground state energy", "[la] energia del estado base"),
        ("hf_energy", "(hartree fock energy|HF energy)", "[la] energia (de hartree fock|HF)"),
        ("nuclear_repulsion", "nuclear repulsion [energy]", "[la] repulsion nuclear"),
        ("pauli_terms", "pauli terms", "[los] terminos de pauli"),
        ("n_qubits", "(number of qubits|qubit count)", "[el] numero de qubits"),
    ),
}  # fmt: skip
DEFAULTS: Final = {"basis": "sto-3g", "mapping": "jordan_wigner"}
H2: Final = """h2 = QuantumMolecule(geometry=[("H", (0, 0, 0)), ("H", (0, 0, <<length>>))])
"""
IMPORT: Final = "from bioql import QuantumMolecule, build_molecular_hamiltonian\n\n"

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "benchmark_energy",
        says=(
            "(benchmark|run the benchmark for) {benchmark} [in the {basis} basis] [with {mapping}]",
            "[exact] ground state energy of {benchmark} [in the {basis} basis]",
            "(compute|calculate|get|find) [the] ground state [energy] of {benchmark} [with basis {basis}]",
            "(what is|what's) the ground state energy of {benchmark} [in {basis}]",
            "chemistry benchmark [for] {benchmark} [, {mapping} mapping]",
            "{benchmark} ground state [energy] [using {mapping}]",
            "run_benchmark {benchmark} [{basis}]",
            "energy of {benchmark} in hartree [, basis {basis}]",
            "test quantum chemistry on {benchmark} [with the {mapping} mapping]",
            "how low is the energy of {benchmark}",
            "i want the electronic energy of {benchmark} [, {mapping} transformation]",
            "benchmark molecule {benchmark} [basis set {basis}] [{mapping}]",
            "validate bioql's chemistry with {benchmark}",
        ),
        says_es=(
            "energia del estado (base|fundamental) de {benchmark} [en la base {basis}]",
            "(calcula|dame|obten) la energia del estado base de {benchmark} [con {mapping}]",
            "benchmark [quimico] de {benchmark} [con {mapping}]",
            "cual es la energía fundamental de {benchmark}",
            "prueba la quimica cuantica con {benchmark} [en {basis}]",
        ),
        code="""from bioql import run_benchmark

outcome = run_benchmark("<<benchmark>>", basis="<<basis>>", transformation="<<mapping>>", verbose=False)
print(outcome.ground_energy_calc, outcome.validated)
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=2.5,
    ),
    Recipe(
        "benchmark_field",
        says=(
            "[the] {field} of [the] {benchmark} [benchmark]",
            "benchmark {benchmark} and (print|show|tell me) the {field}",
            "(compute|calculate|get|show) [the] {field} (of|for) {benchmark}",
            "(what is|what's) the {field} of {benchmark}",
            "{benchmark} benchmark {field}",
            "{field} for {benchmark} in sto-3g",
            "run the {benchmark} benchmark, i only need the {field}",
            "chemistry benchmark {benchmark}: {field}",
            "give me the {field} from benchmarking {benchmark}",
            "i want the {field} for the molecule {benchmark}",
        ),
        says_es=(
            "{field} de {benchmark}",
            "(calcula|dame|muestra) {field} de {benchmark}",
            "benchmark de {benchmark}, muestra {field}",
            "cual es {field} de {benchmark}",
        ),
        code="""from bioql import run_benchmark

outcome = run_benchmark("<<benchmark>>", verbose=False)
print(outcome.<<field>>)
""",
        slots=SLOTS,
        weight=1.5,
    ),
    Recipe(
        "all_benchmarks",
        says=(
            "(run|do) all [the] [chemistry|molecular] benchmarks [with {mapping}] [in {basis}]",
            "benchmark (all|every) [benchmark] molecules",
            "full [quantum] chemistry benchmark suite [in the {basis} basis]",
            "run the whole benchmark suite [with the {mapping} mapping]",
            "(complete|entire) molecular benchmark",
            "run_all_benchmarks [{mapping}]",
            "benchmark H2, LiH, H2O and NH3 together",
            "compare the benchmark energies of all molecules",
            "which benchmark molecules validate? run them all",
            "check every chemistry benchmark",
            "all benchmark results in one go [, {mapping}]",
        ),
        says_es=(
            "(ejecuta|corre) todos los benchmarks [de quimica] [con {mapping}]",
            "benchmark de todas las moleculas",
            "suite completa de benchmarks de quimica [en {basis}]",
            "corre la batería completa de benchmarks moleculares",
        ),
        code="""from bioql import run_all_benchmarks

outcomes = run_all_benchmarks(basis="<<basis>>", transformation="<<mapping>>")
for name, outcome in outcomes.items():
    print(name, outcome.ground_energy_calc, outcome.validated)
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.8,
    ),
    Recipe(
        "list_benchmarks_count",
        says=(
            "(list|show|print) [the] [available] benchmark molecules",
            "which molecules can i benchmark",
            "what benchmark molecules (are there|exist|does bioql have)",
            "available [chemistry] benchmarks",
            "names of the benchmark molecules with their descriptions",
            "BENCHMARK_MOLECULES",
            "is there a list of molecules for the chemistry benchmark",
            "molecules in the benchmark set",
            "show me everything i can run a chemistry benchmark on",
            "benchmark molecules and descriptions",
        ),
        says_es=(
            "(lista|muestra) las moleculas de benchmark",
            "que moleculas puedo usar en el benchmark",
            "moleculas disponibles para benchmarks",
            "qué benchmarks de química hay",
        ),
        code="""from bioql import BENCHMARK_MOLECULES

for name, entry in BENCHMARK_MOLECULES.items():
    print(name, entry["description"])
""",
        weight=0.7,
    ),
    Recipe(
        "h2_hamiltonian",
        says=(
            "(build|make|construct|create) the [qubit] hamiltonian of h2 at [bond length] {length}",
            "[qubit|molecular] hamiltonian of H2 [with] bond length {length}",
            "h2 hamiltonian, distance {length}",
            "H2 at {length}: qubit hamiltonian and energy",
            "build_molecular_hamiltonian for H2 at {length}",
            "i need the hamiltonian for hydrogen with the atoms {length} apart",
            "molecular hamiltonian for two hydrogen atoms {length} apart",
            "energy of h2 when stretched to {length}",
            "ground state energy of hydrogen at a bond length of {length}",
            "two H atoms at distance {length}, build their hamiltonian",
            "set up the quantum hamiltonian of hydrogen, bond {length}",
            "what energy has H2 with a bond of {length}",
        ),
        says_es=(
            "(construye|crea|arma) el hamiltoniano de H2 con distancia {length}",
            "hamiltoniano [molecular] de H2 a {length}",
            "energia de H2 con longitud de enlace {length}",
            "hamiltoniano del hidrógeno con los átomos a {length}",
            "dos atomos de hidrogeno a {length}, construye el hamiltoniano",
        ),
        code=IMPORT
        + H2
        + """data = build_molecular_hamiltonian(h2)
print(data["n_qubits"], data["ground_state_energy"])
""",
        slots=SLOTS,
        weight=1.5,
    ),
    Recipe(
        "h2_mapping",
        says=(
            "[qubit] hamiltonian of h2 at {length} with [the] {mapping} [mapping|transformation]",
            "(build|make) the {mapping} hamiltonian of h2 [with] bond length {length}",
            "{mapping} mapped hamiltonian of H2, bond {length}",
            "map h2 at {length} to qubits (by|with|using) {mapping}",
            "use {mapping} for the hamiltonian of hydrogen at {length}",
            "pauli terms of h2 at {length} under {mapping}",
            "{mapping} transformation of the hydrogen molecule, distance {length}",
            "h2 {length} {mapping}",
            "i want h2 at {length} mapped with {mapping}, show the pauli terms",
            "hydrogen, {length} apart, to pauli strings via {mapping}",
        ),
        says_es=(
            "hamiltoniano de H2 a {length} con {mapping}",
            "transforma H2 a {length} a qubits con {mapping}",
            "terminos de pauli de H2 a {length} con {mapping}",
            "usa {mapping} para el hamiltoniano del hidrógeno a {length}",
        ),
        code=IMPORT
        + H2
        + """data = build_molecular_hamiltonian(h2, transformation="<<mapping>>")
print(data["pauli_terms"])
""",
        slots=SLOTS,
    ),
    Recipe(
        "bond_scan_count",
        says=(
            "(scan|vary|sweep) the h2 bond length over {lengths}",
            "potential energy (curve|surface) of h2 at {lengths}",
            "h2 dissociation curve for {lengths} [angstrom]",
            "ground state energy of hydrogen at the distances {lengths}",
            "energies of H2 for bond lengths {lengths}",
            "how does the h2 energy change over {lengths} angstrom",
            "bond stretch of h2: {lengths}",
            "(compute|calculate) the h2 energy at each of {lengths}",
            "PES scan H2 {lengths}",
            "i want an energy curve of hydrogen with points {lengths}",
            "loop over h2 distances {lengths} and print energies",
        ),
        says_es=(
            "curva de energia potencial de H2 en {lengths}",
            "(barre|varia|escanea) la distancia de H2 en {lengths}",
            "energias de H2 para las distancias {lengths}",
            "curva de disociación de H2 con {lengths}",
        ),
        code=IMPORT
        + """for length in (<<lengths>>):
    h2 = QuantumMolecule(geometry=[("H", (0, 0, 0)), ("H", (0, 0, length))])
    print(length, build_molecular_hamiltonian(h2)["ground_state_energy"])
""",
        slots=SLOTS,
    ),
    Recipe(
        "hamiltonian_part",
        says=(
            "[the] {part} (of|from|in) the hamiltonian of {small}",
            "build the hamiltonian of {small} and (print|show) the {part}",
            "(get|show|print) the {part} of {small}'s hamiltonian",
            "molecular hamiltonian of {small}: {part}",
            "hamiltonian {small} {part}",
            "{small} hamiltonian, {part} please",
            "what {part} does the hamiltonian of {small} have",
            "from the molecular hamiltonian of {small} i need the {part}",
            "qubit hamiltonian for {small}, only its {part}",
            "extract the {part} after building the {small} hamiltonian",
        ),
        says_es=(
            "{part} del hamiltoniano de {small}",
            "construye el hamiltoniano de {small} y muestra {part}",
            "hamiltoniano molecular de {small}: {part}",
            "del hamiltoniano de {small} quiero {part}",
        ),
        code="""from bioql import BENCHMARK_MOLECULES, QuantumMolecule, build_molecular_hamiltonian

entry = BENCHMARK_MOLECULES["<<small>>"]
molecule = QuantumMolecule(geometry=entry["geometry"], name="<<small>>")
data = build_molecular_hamiltonian(molecule)
print(data["<<part>>"])
""",
        slots=SLOTS,
    ),
    Recipe(
        "check_hamiltonian_values",
        says=(
            "(validate|check|verify) the hamiltonian of h2 at {length}",
            "is the h2 hamiltonian at {length} (hermitian|physically valid|correct)",
            "hamiltonian validation for h2, bond length {length}",
            "build H2 at {length} and validate its hamiltonian",
            "validate_hamiltonian h2 {length}",
            "sanity check of hydrogen's hamiltonian at {length}",
            "does the hamiltonian of hydrogen at {length} pass validation",
            "is the energy of h2 at {length} below hartree fock, validate",
            "test that the h2 hamiltonian at distance {length} is physical",
            "hermitian check, H2, {length}",
        ),
        says_es=(
            "(valida|comprueba|verifica) el hamiltoniano de H2 a {length}",
            "es hermitico el hamiltoniano de H2 a {length}",
            "validación del hamiltoniano de H2 con distancia {length}",
            "construye H2 a {length} y valida su hamiltoniano",
        ),
        code="from bioql import QuantumMolecule, build_molecular_hamiltonian, validate_hamiltonian\n\n"
        + H2
        + """data = build_molecular_hamiltonian(h2)
print(validate_hamiltonian(data))
""",
        slots=SLOTS,
        weight=0.8,
    ),
    Recipe(
        "hamiltonian_for_qiskit",
        says=(
            "(convert|turn) the h2 hamiltonian at {length} (to|into) qiskit",
            "qiskit [operator|SparsePauliOp] of h2 at {length}",
            "SparsePauliOp for hydrogen with bond length {length}",
            "hamiltonian of h2 at {length} as a qiskit operator",
            "h2 {length} hamiltonian to qiskit",
            "i need the hydrogen hamiltonian at {length} in qiskit",
            "export h2 at {length} to a qiskit sparse pauli operator",
            "hamiltonian_to_qiskit for H2, distance {length}",
            "get a qiskit observable for h2 with the atoms {length} apart",
            "use h2 at {length} in qiskit: give me its operator",
        ),
        says_es=(
            "(convierte|pasa) el hamiltoniano de H2 a {length} a qiskit",
            "operador de qiskit para H2 a {length}",
            "SparsePauliOp del hidrogeno con distancia {length}",
            "hamiltoniano de H2 a {length} como operador qiskit",
        ),
        code="from bioql import QuantumMolecule, build_molecular_hamiltonian, hamiltonian_to_qiskit\n\n"
        + H2
        + """data = build_molecular_hamiltonian(h2)
print(hamiltonian_to_qiskit(data["pauli_terms"]))
""",
        slots=SLOTS,
        weight=0.8,
    ),
)
