# ruff: noqa: E501
"""Recipes on circuit templates with further options, and on two templates side by side."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.slots import integer

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_RESOURCES: Final = "print(estimate.gate_count, estimate.two_qubit_gates, estimate.circuit_depth)\n"
_SIZE: Final = "print(estimate.num_qubits, estimate.circuit_depth)\n"
_HEAD: Final = "from bioql.circuits import {}\n\n"
_ENTANGLEMENT: Final = option(
    ("linear", "linear", "lineal"),
    ("full", "(full|all-to-all)", "(completo|total)"),
    ("circular", "circular", "circular"),
)
_SLOTS: Final = {
    "n": integer(2, 20),
    "layers": integer(1, 8),
    "bonds": integer(1, 20),
    "levels": option(*((str(k), str(k), str(k)) for k in (4, 8, 16, 32))),
    "depth": integer(1, 10),
    "length": integer(3, 50),
    "dimensions": option(
        ("2", "(2d|two dimensional|2-D)", "2d"), ("3", "(3d|three dimensional|3-D)", "3d")
    ),
    "atoms": integer(2, 100),
    "basis": integer(2, 8),
    "entanglement": _ENTANGLEMENT,
    "problem": option(
        ("max_cut", "(max cut|maxcut|MaxCut)", "(max cut|maxcut|corte maximo)"),
        ("tsp", "(tsp|TSP|traveling salesman)", "(tsp|viajante)"),
        ("portfolio", "portfolio", "(portfolio|cartera)"),
    ),
    "vqe_ansatz": option(
        (
            "hardware_efficient",
            "(hardware efficient|hardware_efficient)",
            "(hardware efficient|eficiente en hardware)",
        ),
        ("uccsd", "(uccsd|UCCSD)", "(uccsd|UCCSD)"),
    ),
    "gates": option(
        ('"RX", "RZ"', "RX and RZ", "RX y RZ"),
        ('"RY"', "[only] RY", "[solo] RY"),
        ('"RX", "RY", "RZ"', "RX, RY and RZ", "RX, RY y RZ"),
        ('"RY", "RZ"', "RY and RZ", "RY y RZ"),
    ),
    "model": option(
        ("hp", "(hp|HP)", "(hp|HP)"),
        ("miyazawa_jernigan", "(Miyazawa-Jernigan|miyazawa jernigan|MJ)", "(Miyazawa-Jernigan|MJ)"),
        ("full", "full", "completo"),
    ),
    "excitation": option(
        (
            "include_doubles=False",
            "(without doubles|singles only|no double excitations)",
            "(sin dobles|solo simples)",
        ),
        (
            "include_singles=False",
            "(without singles|doubles only|no single excitations)",
            "(sin simples|solo dobles)",
        ),
    ),
    "electrons": integer(1, 4),
    "first": option(
        ("VQECircuit", "(vqe|VQE)", "(vqe|VQE)"),
        ("HardwareEfficientAnsatz", "hardware efficient ansatz", "ansatz eficiente en hardware"),
    ),
}


def _recipe(
    name: str, code: str, says: tuple[str, ...], says_es: tuple[str, ...], weight: float = 0.6
) -> Recipe:
    return Recipe(name, says, says_es, code, _SLOTS, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _recipe(
        "hea_entanglement",
        _HEAD.format("HardwareEfficientAnsatz")
        + 'estimate = HardwareEfficientAnsatz().estimate_resources(num_qubits=<<n>>, num_layers=<<layers>>, entanglement="<<entanglement>>")\n'
        + _RESOURCES,
        (
            "resources of a hardware efficient ansatz with {n} qubits , {layers} layers and {entanglement} entanglement",
            "(estimate|compute) [the] resources of a {entanglement} [entanglement] hardware efficient ansatz , {n} qubits , {layers} layers",
            "how big is a hardware efficient ansatz on {n} qubits , {layers} layers , {entanglement} entanglement",
            "{entanglement} entanglement : gates and depth of a hardware efficient ansatz with {n} qubits and {layers} layers",
            "hardware efficient ansatz {n} qubits {layers} layers {entanglement} entanglement resources",
            "cost of a {n} qubit {layers} layer hardware efficient ansatz with {entanglement} entanglement",
            "what does {entanglement} entanglement cost in a {n} qubit , {layers} layer hardware efficient ansatz",
            "gate count of a hardware-efficient ansatz , {n} qubits, {layers} layers, {entanglement} entanglement",
            "resource estimate , hardware efficient ansatz , {entanglement} entanglement , {n} qubits and {layers} layers",
            "i want {entanglement} entanglement in a hardware efficient ansatz with {n} qubits and {layers} layers , how many gates and what depth",
        ),
        (
            "recursos de un ansatz eficiente en hardware de {n} qubits , {layers} capas y entrelazamiento {entanglement}",
            "(estima|calcula) los recursos de un ansatz hardware efficient con {n} qubits , {layers} capas , entrelazamiento {entanglement}",
            "cuanto cuesta un ansatz eficiente en hardware de {n} qubits y {layers} capas con entrelazamiento {entanglement}",
        ),
    ),
    _recipe(
        "hea_gates",
        _HEAD.format("HardwareEfficientAnsatz")
        + "estimate = HardwareEfficientAnsatz().estimate_resources(num_qubits=<<n>>, num_layers=<<layers>>, rotation_gates=[<<gates>>])\n"
        + _RESOURCES,
        (
            "resources of a hardware efficient ansatz with {n} qubits , {layers} layers and {gates} rotations",
            "(estimate|compute) resources : hardware efficient ansatz , {n} qubits , {layers} layers , rotations {gates}",
            "hardware efficient ansatz using {gates} on {n} qubits with {layers} layers , how big is it",
            "{gates} rotation gates in a hardware efficient ansatz of {n} qubits and {layers} layers , resources",
            "cost of a {n} qubit {layers} layer hardware efficient ansatz with {gates} rotations",
            "how many gates has a hardware efficient ansatz with {gates} , {n} qubits and {layers} layers",
            "hardware efficient ansatz {n} qubits {layers} layers rotation gates {gates} resources",
            "i use {gates} in my hardware efficient ansatz with {n} qubits and {layers} layers ; estimate it",
            "gates and depth of a hardware-efficient ansatz built from {gates} , {n} qubits , {layers} layers",
        ),
        (
            "recursos de un ansatz eficiente en hardware de {n} qubits , {layers} capas y rotaciones {gates}",
            "(estima|calcula) un ansatz hardware efficient con {gates} , {n} qubits y {layers} capas",
            "cuanto cuesta un ansatz eficiente en hardware con {gates} de {n} qubits y {layers} capas",
        ),
    ),
    _recipe(
        "uccsd_excitations",
        _HEAD.format("UCCSDAnsatz")
        + "estimate = UCCSDAnsatz().estimate_resources(num_qubits=<<n>>, num_electrons=<<electrons>>, <<excitation>>)\n"
        + _RESOURCES,
        (
            "resources of a uccsd ansatz with {n} qubits and {electrons} electrons {excitation}",
            "uccsd {excitation} , {n} qubits , {electrons} electrons , resources",
            "(estimate|compute) [the] resources of uccsd with {n} qubits , {electrons} electrons , {excitation}",
            "how big is a coupled cluster ansatz {excitation} for {electrons} electrons in {n} qubits",
            "gates and depth of a {n} qubit uccsd ansatz with {electrons} electrons , {excitation}",
            "cost of uccsd {excitation} for {n} qubits and {electrons} electrons",
            "{excitation} uccsd ansatz {n} qubits {electrons} electrons gate count",
            "i want uccsd {excitation} on {n} qubits with {electrons} electrons , what are its resources",
            "uccsd ansatz , {electrons} electrons , {n} spin orbitals , {excitation} : estimate resources",
        ),
        (
            "recursos de un ansatz uccsd de {n} qubits y {electrons} electrones {excitation}",
            "uccsd {excitation} , {n} qubits , {electrons} electrones , recursos",
            "(estima|calcula) los recursos de uccsd {excitation} con {n} qubits y {electrons} electrones",
        ),
        0.4,
    ),
    _recipe(
        "docking_template_options",
        _HEAD.format("MolecularDockingCircuit")
        + "estimate = MolecularDockingCircuit().estimate_resources(num_rotatable_bonds=<<bonds>>, energy_levels=<<levels>>, optimization_depth=<<depth>>)\n"
        + _SIZE,
        (
            "size of a docking circuit with {bonds} rotatable bonds , {levels} energy levels and optimization depth {depth}",
            "(estimate|compute) qubits and depth of a docking circuit , {bonds} rotatable bonds , {levels} energy levels , depth {depth}",
            "docking circuit : {bonds} bonds , {levels} energy levels , optimization depth {depth} , how many qubits",
            "how big is a docking circuit for {bonds} rotatable bonds with {levels} energy levels and depth {depth}",
            "molecular docking circuit {bonds} rotatable bonds {levels} levels depth {depth}",
            "with {levels} energy levels and optimization depth {depth} , qubits of a docking circuit with {bonds} rotatable bonds",
            "resources of a molecular docking circuit , {bonds} rotatable bonds , {levels} energy levels , optimization_depth {depth}",
            "my ligand has {bonds} rotatable bonds , estimate a docking circuit with {levels} energy levels and depth {depth}",
            "qubits for docking {bonds} rotatable bonds at {levels} energy levels and depth {depth}",
            "docking template estimate with {bonds} bonds , {levels} levels , {depth} optimization layers",
        ),
        (
            "tamano de un circuito de docking con {bonds} enlaces rotables , {levels} niveles de energia y profundidad {depth}",
            "(estima|calcula) un circuito de docking de {bonds} enlaces rotables , {levels} niveles y profundidad {depth}",
            "cuantos qubits necesita un circuito de docking con {bonds} enlaces , {levels} niveles de energia y profundidad {depth}",
        ),
    ),
    _recipe(
        "folding_template_options",
        _HEAD.format("ProteinFoldingCircuit")
        + "estimate = ProteinFoldingCircuit().estimate_resources(sequence_length=<<length>>, lattice_dimensions=<<dimensions>>, qaoa_layers=<<layers>>)\n"
        + _SIZE,
        (
            "size of a folding circuit for {length} residues on a {dimensions} lattice with {layers} qaoa layers",
            "(estimate|compute) qubits and depth of a protein folding circuit , {length} amino acids , {dimensions} lattice , {layers} qaoa layers",
            "folding circuit : {length} residues , {dimensions} lattice , {layers} layers , how many qubits",
            "how big is a {dimensions} lattice folding circuit of {length} residues and {layers} qaoa layers",
            "protein folding circuit {length} residues {dimensions} lattice {layers} qaoa layers",
            "with a {dimensions} lattice and {layers} qaoa layers , qubits to fold {length} amino acids",
            "resources of folding {length} residues on a {dimensions} lattice , {layers} qaoa layers",
            "my peptide has {length} residues , estimate a folding circuit on a {dimensions} lattice with {layers} layers",
            "lattice folding template , length {length} , {dimensions} , {layers} qaoa layers , size",
            "qubits for a {dimensions} folding model of {length} residues , {layers} qaoa layers",
        ),
        (
            "tamano de un circuito de plegamiento de {length} residuos en red {dimensions} con {layers} capas qaoa",
            "(estima|calcula) un circuito de plegamiento de {length} residuos , red {dimensions} , {layers} capas qaoa",
            "cuantos qubits necesita plegar {length} residuos en una red {dimensions} con {layers} capas qaoa",
        ),
    ),
    _recipe(
        "affinity_options",
        _HEAD.format("BindingAffinityCircuit")
        + "estimate = BindingAffinityCircuit().estimate_resources(num_atoms=<<atoms>>, basis_size=<<basis>>, vqe_layers=<<layers>>)\n"
        + _SIZE,
        (
            "size of a binding affinity circuit for {atoms} atoms , basis size {basis} and {layers} vqe layers",
            "(estimate|compute) qubits and depth of an affinity circuit , {atoms} atoms , basis {basis} , {layers} vqe layers",
            "affinity circuit : {atoms} atoms , basis size {basis} , {layers} layers , how many qubits",
            "how big is a binding affinity circuit with {atoms} atoms , {basis} basis functions per atom and {layers} vqe layers",
            "binding affinity circuit {atoms} atoms basis {basis} {layers} vqe layers",
            "with basis size {basis} and {layers} vqe layers , qubits of a binding affinity circuit for {atoms} atoms",
            "resources of a binding affinity circuit : {atoms} atoms , basis_size {basis} , vqe_layers {layers}",
            "my complex has {atoms} atoms , estimate an affinity circuit with basis size {basis} and {layers} vqe layers",
            "qubits for the affinity of {atoms} atoms at basis size {basis} and {layers} vqe layers",
        ),
        (
            "tamano de un circuito de afinidad de {atoms} atomos , base {basis} y {layers} capas vqe",
            "(estima|calcula) un circuito de afinidad con {atoms} atomos , tamano de base {basis} y {layers} capas vqe",
            "cuantos qubits necesita un circuito de afinidad de {atoms} atomos con base {basis} y {layers} capas vqe",
        ),
    ),
    _recipe(
        "qaoa_type",
        _HEAD.format("QAOACircuit")
        + _NOTE
        + 'circuit = QAOACircuit().build(num_qubits=<<n>>, num_layers=<<layers>>, problem_type="<<problem>>")\nprint(circuit)\n',
        (
            "(build|create|make) a qaoa circuit for {problem} with {n} qubits and {layers} layers",
            "qaoa {problem} {n} qubits {layers} layers",
            "{problem} [problem] with qaoa , {n} qubits , {layers} layers",
            "{n} qubit {layers} layer qaoa for {problem}",
            "i want to solve {problem} with qaoa on {n} qubits and {layers} layers",
            "set up qaoa for a {problem} problem , {n} qubits , p={layers}",
            "qaoa template : {problem} , {n} qubits , {layers} layers",
            "(build|make) the {problem} qaoa on {n} qubits with {layers} layers",
            "use qaoa with {layers} layers on {n} qubits for {problem}",
            "qaoa circuit , problem type {problem} , with {n} qubits and {layers} layers",
            "new {problem} qaoa circuit with {n} qubits and {layers} layers",
        ),
        (
            "(construye|crea|haz) un circuito qaoa para {problem} con {n} qubits y {layers} capas",
            "qaoa {problem} de {n} qubits y {layers} capas",
            "quiero resolver {problem} con qaoa , {n} qubits , {layers} capas",
        ),
        0.8,
    ),
    _recipe(
        "vqe_ansatz",
        _HEAD.format("VQECircuit")
        + _NOTE
        + 'circuit = VQECircuit().build(num_qubits=<<n>>, num_layers=<<layers>>, ansatz="<<vqe_ansatz>>")\nprint(circuit)\n',
        (
            "(build|create|make) a vqe circuit with {n} qubits , {layers} layers and [a|the] {vqe_ansatz} ansatz",
            "vqe {n} qubits {layers} layers {vqe_ansatz} ansatz",
            "{n} qubit {layers} layer vqe with [a] {vqe_ansatz} ansatz",
            "i (want|need) a vqe [circuit] with [a] {vqe_ansatz} ansatz on {n} qubits and {layers} layers",
            "set up vqe : {vqe_ansatz} ansatz , {n} qubits , {layers} layers",
            "vqe template , ansatz {vqe_ansatz} , {n} qubits , {layers} layers",
            "{vqe_ansatz} ansatz in a vqe circuit of {n} qubits and {layers} layers , build it",
            "(build|make) the {vqe_ansatz} vqe on {n} qubits with {layers} layers",
            "use the {vqe_ansatz} ansatz for a vqe with {n} qubits and {layers} layers",
            "new vqe circuit , {n} qubits , {layers} layers , {vqe_ansatz} ansatz",
        ),
        (
            "(construye|crea|haz) un circuito vqe de {n} qubits y {layers} capas con ansatz {vqe_ansatz}",
            "vqe de {n} qubits , {layers} capas , ansatz {vqe_ansatz}",
            "quiero un vqe con ansatz {vqe_ansatz} , {n} qubits y {layers} capas",
        ),
        0.8,
    ),
    _recipe(
        "vqe_entanglement",
        _HEAD.format("VQECircuit")
        + _NOTE
        + 'circuit = VQECircuit().build(num_qubits=<<n>>, num_layers=<<layers>>, entanglement="<<entanglement>>")\nprint(circuit)\n',
        (
            "(build|create|make) a vqe circuit with {n} qubits , {layers} layers and {entanglement} entanglement",
            "vqe {n} qubits {layers} layers {entanglement} entanglement",
            "{n} qubit {layers} layer vqe with {entanglement} entanglement",
            "i (want|need) a vqe [circuit] with {entanglement} entanglement on {n} qubits and {layers} layers",
            "set up vqe : {entanglement} entanglement , {n} qubits , {layers} layers",
            "vqe template , entanglement {entanglement} , {n} qubits , {layers} layers",
            "{entanglement} entanglement in a vqe circuit of {n} qubits and {layers} layers , build it",
            "(build|make) the vqe on {n} qubits with {layers} layers and {entanglement} entanglement",
            "use {entanglement} entanglement for a vqe with {n} qubits and {layers} layers",
            "new vqe circuit , {n} qubits , {layers} layers , {entanglement} entanglement",
        ),
        (
            "(construye|crea|haz) un circuito vqe de {n} qubits y {layers} capas con entrelazamiento {entanglement}",
            "vqe de {n} qubits , {layers} capas , entrelazamiento {entanglement}",
            "quiero un vqe con entrelazamiento {entanglement} , {n} qubits y {layers} capas",
        ),
    ),
    _recipe(
        "folding_model",
        _HEAD.format("ProteinFoldingCircuit")
        + _NOTE
        + 'circuit = ProteinFoldingCircuit().build(sequence_length=<<length>>, interaction_model="<<model>>")\nprint(circuit)\n',
        (
            "(build|create|make) a folding circuit for {length} residues with the {model} [interaction] model",
            "protein folding circuit {length} residues {model} model",
            "{model} model folding circuit of {length} (residues|amino acids)",
            "i (want|need) a folding circuit with [the] {model} interactions for {length} amino acids",
            "folding template , length {length} , interaction model {model}",
            "set up protein folding of {length} residues using the {model} model",
            "(build|make) the {model} folding template for a {length} residue peptide",
            "use the {model} interaction model to fold {length} residues , build the circuit",
            "new protein folding circuit : {length} residues , {model} interactions",
        ),
        (
            "(construye|crea|haz) un circuito de plegamiento de {length} residuos con el modelo {model}",
            "circuito de plegamiento de {length} aminoacidos , modelo {model}",
            "quiero un circuito de plegamiento con interacciones {model} para {length} residuos",
        ),
        0.4,
    ),
    _recipe(
        "templates_compare",
        "from bioql.circuits import QAOACircuit, VQECircuit\n\n"
        "for template in (VQECircuit(), QAOACircuit()):\n"
        "    estimate = template.estimate_resources(num_qubits=<<n>>, num_layers=<<layers>>)\n"
        "    print(template.name, estimate.gate_count, estimate.circuit_depth)\n",
        (
            "compare (vqe and qaoa|qaoa and vqe) (with|on|for) {n} qubits and {layers} layers",
            "vqe (vs|versus|or) qaoa , {n} qubits , {layers} layers",
            "which is (smaller|cheaper|deeper) , vqe or qaoa , with {n} qubits and {layers} layers",
            "resources of vqe and [of] qaoa at {n} qubits and {layers} layers",
            "vqe against qaoa {n} qubits {layers} layers",
            "gates and depth of both vqe and qaoa on {n} qubits with {layers} layers",
            "i have {n} qubits and {layers} layers , compare vqe and qaoa",
            "(estimate|compute) vqe and qaoa side by side , {n} qubits , {layers} layers",
            "difference in size between vqe and qaoa for {n} qubits , {layers} layers",
            "does qaoa need more gates than vqe with {n} qubits and {layers} layers",
        ),
        (
            "compara vqe y qaoa con {n} qubits y {layers} capas",
            "vqe (contra|vs|o) qaoa , {n} qubits , {layers} capas",
            "recursos de vqe y qaoa para {n} qubits y {layers} capas",
        ),
        0.7,
    ),
    _recipe(
        "depth_by_layers",
        "from bioql.circuits import <<first>>\n\n"
        "for layers in range(1, <<layers>> + 1):\n"
        "    estimate = <<first>>().estimate_resources(num_qubits=<<n>>, num_layers=layers)\n"
        "    print(layers, estimate.gate_count, estimate.circuit_depth)\n",
        (
            "how do gates and depth of a {n} qubit {first} grow from 1 to {layers} layers",
            "{first} on {n} qubits : gates and depth for 1 to {layers} layers",
            "(scan|sweep) the (layers|number of layers) of a {n} qubit {first} up to {layers}",
            "layer sweep {first} {n} qubits up to {layers}",
            "(table|list) of gates and depth per layer count , {first} , {n} qubits , 1 to {layers} layers",
            "for every layer count up to {layers} estimate a {n} qubit {first}",
            "resources of a {n} qubit {first} with 1 up to {layers} layers",
            "print size of a {first} with {n} qubits as layers go from 1 to {layers}",
            "scaling of a {n} qubit {first} with layers , max {layers}",
        ),
        (
            "puertas y profundidad de un {first} de {n} qubits para 1 a {layers} capas",
            "como crece un {first} de {n} qubits de 1 a {layers} capas",
            "barrido de capas de un {first} de {n} qubits hasta {layers}",
        ),
        0.4,
    ),
)
