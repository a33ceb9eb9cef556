"""Recipes on active spaces, literature energies and the chemistry engine of fixed energies."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.chemistry import bond_length
from bioql_lsp.training.corpus.slots import decimal, open_integer

KNOWN: Final = option(
    ("H2", "(H2|h2|hydrogen)", "(H2|h2|hidrogeno)"),
    ("LiH", "(LiH|lithium hydride)", "(LiH|hidruro de litio)"),
    ("H2O", "(H2O|water)", "(H2O|agua)"),
    ("BeH2", "(BeH2|beryllium hydride)", "(BeH2|hidruro de berilio)"),
    ("N2", "(N2|nitrogen)", "(N2|nitrogeno)"),
)
SLOTS: Final[dict[str, Slot]] = {
    "known": KNOWN,
    "diatomic": option(
        ("H2", "(H2|h2|hydrogen)", "(H2|hidrogeno)"), ("LiH", "LiH", "LiH"), ("N2", "N2", "N2")
    ),
    "length": bond_length,
    "electrons": open_integer(2, 120, 2),
    "orbitals": open_integer(4, 150),
    "qubits": open_integer(4, 60, 2),
    "alpha": decimal(0.1, 1.5),
}
TOY: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "active_space",
        says=(
            "(choose|select|pick|find) an active space for {electrons} electrons [and|in] {orbitals} orbitals [with at most {qubits} qubits]",
            "active space {electrons} electrons {orbitals} orbitals [, max {qubits} qubits]",
            "which active space fits {electrons} electrons in {orbitals} orbitals [on {qubits} qubits]",
            "reduce {electrons} electrons and {orbitals} orbitals to [at most] {qubits} qubits",
            "auto select active space {electrons} electrons {orbitals} orbitals [{qubits} qubits]",
            "my molecule has {electrons} electrons and {orbitals} orbitals, what active space should i use [for {qubits} qubits]",
            "active space selection: {electrons} e, {orbitals} orbitals [, {qubits} qubits limit]",
            "how many active electrons and orbitals (for|from) {electrons} electrons, {orbitals} orbitals [and a limit of {qubits} qubits]",
            "shrink a system of {electrons} electrons in {orbitals} orbitals [so that it fits {qubits} qubits]",
            "suggest a cas for {electrons} electrons and {orbitals} orbitals [within {qubits} qubits]",
            "does {electrons} electrons in {orbitals} orbitals need an active space [on {qubits} qubits]",
        ),
        says_es=(
            "elige un espacio activo para {electrons} electrones y {orbitals} orbitales [con {qubits} qubits como maximo]",
            "espacio activo: {electrons} electrones, {orbitals} orbitales [, maximo {qubits} qubits]",
            "que espacio activo conviene para {electrons} electrones en {orbitals} orbitales",
            "reduce {electrons} electrones y {orbitals} orbitales a {qubits} qubits",
        ),
        code="""from bioql import auto_select_active_space

print(auto_select_active_space(<<electrons>>, <<orbitals>>, max_qubits=<<qubits>>))
""",
        slots=SLOTS,
        defaults={"qubits": "20"},
    ),
    Recipe(
        "literature_energy",
        says=(
            "literature [reference] (value|energy|data) (for|of) {known}",
            "(what is|what's) the literature [ground state] energy of {known}",
            "(show|print|get|look up) the (reference|published) energy (of|for) {known}",
            "reference energy {known} and its source",
            "published ground state energy of {known}",
            "where does bioql's reference value for {known} come from",
            "LITERATURE_DATA {known}",
            "known energy of {known} from the literature",
            "i need a literature value to compare {known} with",
            "textbook energy of {known} in hartree",
        ),
        says_es=(
            "energia de la literatura de {known}",
            "valor de referencia [publicado] de {known}",
            "cual es la energia publicada de {known}",
            "muestra la energía de referencia de {known}",
        ),
        code="""from bioql import LITERATURE_DATA

entry = LITERATURE_DATA["<<known>>"]
print(entry["ground_state_energy"], entry["source"])
""",
        slots=SLOTS,
    ),
    Recipe(
        "against_literature",
        says=(
            "compare the benchmark energy of {small} with the literature [value]",
            "(calculated|computed) versus literature energy of {small}",
            "how far is bioql's {small} energy from the literature",
            "deviation of the {small} ground state energy from the literature value",
            "benchmark {small} against literature",
            "does the computed energy of {small} match the published one",
            "difference between calculated and reference energy, {small}",
            "check {small} benchmark result against published data",
            "i want bioql's {small} energy next to the literature energy",
            "accuracy of the {small} benchmark relative to the literature",
        ),
        says_es=(
            "compara la energia del benchmark de {small} con la literatura",
            "energia calculada frente a la publicada de {small}",
            "que tan lejos esta la energia de {small} de la literatura",
            "diferencia con la literatura para {small}",
        ),
        code="""from bioql import LITERATURE_DATA, run_benchmark

outcome = run_benchmark("<<small>>", verbose=False)
print(outcome.ground_energy_calc, LITERATURE_DATA["<<small>>"]["ground_state_energy"])
""",
        slots={
            "small": option(
                ("H2", "(H2|h2|hydrogen)", "(H2|hidrogeno)"),
                ("LiH", "(LiH|lithium hydride)", "(LiH|hidruro de litio)"),
            )
        },
        weight=0.7,
    ),
    Recipe(
        "quick_chemistry",
        says=(
            "quick chemistry test (for|of|on|with) {known}",
            "[run|do] [a] quick [quantum] chemistry (check|test) {known}",
            "quick_chemistry_test {known}",
            "fast test of the chemistry module with {known}",
            "chemistry smoke test using {known}",
            "try bioql's quick chemistry on {known}",
            "short quantum chemistry test: {known}",
            "i just want a quick chemistry run for {known}",
            "sanity test of chemistry on {known}",
            "{known}: quick chemistry test, energy and accuracy",
        ),
        says_es=(
            "prueba rapida de quimica con {known}",
            "test rapido de quimica cuantica de {known}",
            "haz una prueba rapida de quimica para {known}",
            "prueba rápida del módulo de química: {known}",
        ),
        code=f"""from bioql import quick_chemistry_test

{TOY}outcome = quick_chemistry_test("<<known>>")
print(outcome.energy_ground_state, outcome.accuracy_percent)
""",
        slots=SLOTS,
        weight=0.7,
    ),
    Recipe(
        "chemistry_engine",
        says=(
            "calculate {diatomic} with [the] QuantumChemistry [engine|class] at [distance] {length}",
            "quantum chemistry engine: {diatomic}, bond distance {length}",
            "(use|run) the quantum chemistry engine (on|for) {diatomic} with the atoms {length} apart",
            "calculate_molecule {diatomic} distance {length}",
            "chemistry_qec calculation of {diatomic} at {length}",
            "error corrected chemistry of {diatomic} at {length}",
            "QuantumChemistry {diatomic} {length}",
            "molecule calculation with error correction, {diatomic}, {length}",
            "what does the quantum chemistry engine give for {diatomic} at {length}",
            "mitigated chemistry calculation for {diatomic} at distance {length}",
        ),
        says_es=(
            "calcula {diatomic} con el motor QuantumChemistry a {length}",
            "motor de quimica cuantica: {diatomic} a distancia {length}",
            "quimica con correccion de errores de {diatomic} a {length}",
            "usa QuantumChemistry para {diatomic} a {length}",
        ),
        code=f"""from bioql import QuantumChemistry

{TOY}outcome = QuantumChemistry().calculate_molecule("<<diatomic>>", distance=<<length>>)
print(outcome.energy_ground_state, outcome.num_qubits)
""",
        slots=SLOTS,
        weight=0.6,
    ),
    Recipe(
        "jastrow_gain",
        says=(
            "(estimate|predict) the transcorrelated (gain|improvement) for {electrons} electrons [and|in] {orbitals} basis functions with [jastrow] alpha {alpha}",
            "transcorrelation gain: {electrons} electrons, basis size {orbitals}, alpha {alpha}",
            "what does transcorrelation bring for {electrons} electrons in {orbitals} basis functions at alpha {alpha}",
            "tc improvement {electrons} electrons {orbitals} basis alpha {alpha}",
            "circuit depth reduction by transcorrelation with {electrons} electrons, {orbitals} functions, alpha {alpha}",
            "energy lowering from a jastrow factor {alpha}, {electrons} electrons, {orbitals} basis functions",
            "estimate_tc_improvement {electrons} {orbitals} {alpha}",
            "jastrow alpha {alpha}: benefit for {electrons} electrons and basis size {orbitals}",
            "how much does a transcorrelated hamiltonian help with {electrons} electrons, {orbitals} basis functions and alpha {alpha}",
            "benefit of tc-vqe for {electrons} electrons in a basis of {orbitals}, alpha {alpha}",
        ),
        says_es=(
            "estima la mejora transcorrelacionada para {electrons} electrones, {orbitals} funciones base y alfa {alpha}",
            "ganancia de transcorrelacion: {electrons} electrones, base {orbitals}, alfa {alpha}",
            "que aporta un factor de jastrow {alpha} con {electrons} electrones y {orbitals} funciones",
            "mejora tc con {electrons} electrones, {orbitals} funciones base, alpha {alpha}",
        ),
        code="""from bioql.transcorrelated_vqe.transcorrelation import estimate_tc_improvement

print(estimate_tc_improvement(<<electrons>>, <<orbitals>>, <<alpha>>))
""",
        slots=SLOTS,
        weight=0.3,
    ),
)
