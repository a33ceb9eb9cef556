# ruff: noqa: E501
"""Recipes on circuits for proteins, and on runs of protein folding."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import integer

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_MAP: Final = "from bioql.proteomics import protein_feature_map\n\n" + _NOTE
_MAP_DEFAULT: Final = _MAP + 'circuit = protein_feature_map("<<protein>>")\n'
_MAP_SIZED: Final = _MAP + 'circuit = protein_feature_map("<<protein>>", num_qubits=<<n>>)\n'
_DRAW: Final = 'print(circuit.draw(output="text"))\n'
_SIZE: Final = "print(circuit.num_qubits, circuit.depth())\n"
_FOLDED: Final = option(
    *(
        (name, name, spanish)
        for name, spanish in (
            ("insulin", "insulina"),
            ("hemoglobin", "hemoglobina"),
            ("collagen", "colageno"),
            ("keratin", "queratina"),
        )
    )
)
_QUBITS: Final = integer(2, 24)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "protein_feature_map",
        says=(
            "[quantum] feature map (of|for) [the (peptide|protein|sequence)] {protein}",
            "(build|make|create) (a|the) [quantum] feature map (of|for|from) {protein}",
            "(encode|embed) [the (peptide|protein|sequence)] {protein} (as|in|into) a [quantum] circuit",
            "quantum (encoding|embedding) of [the (peptide|protein)] {protein}",
            "protein feature map {protein}",
            "feature map {protein}",
            "turn [the (peptide|protein)] {protein} into a quantum circuit",
            "i have [the peptide] {protein} and (want|need) a quantum feature map",
            "map the amino acids of {protein} to qubits",
            "quantum features of [the (peptide|protein)] {protein}",
            "get {protein} into a ZZ feature map",
            "how big is the [quantum] feature map of {protein}",
        ),
        says_es=(
            "mapa de caracteristicas [cuantico] de {protein}",
            "(crea|construye|haz) un mapa de caracteristicas [cuantico] (de|para) {protein}",
            "codifica [la proteina|el peptido] {protein} en un circuito [cuantico]",
            "feature map [cuantico] de {protein}",
            "convierte {protein} en un circuito cuantico",
        ),
        code=_MAP_DEFAULT + _SIZE,
        weight=0.8,
    ),
    Recipe(
        "feature_map_sized",
        says=(
            "{n} qubit [quantum] feature map (of|for) [the (peptide|protein|sequence)] {protein}",
            "(build|make|create) (a|the) [quantum] feature map (of|for|from) {protein} (with|on|using) {n} qubits",
            "(encode|embed) [the (peptide|protein|sequence)] {protein} (on|in|into|with) {n} qubits",
            "quantum (encoding|embedding) of {protein} (with|on|in) {n} qubits",
            "feature map {protein} {n} qubits",
            "protein feature map of {protein} , {n} qubits",
            "turn [the (peptide|protein)] {protein} into a {n} qubit circuit",
            "i have [the peptide] {protein} and {n} qubits , build a feature map",
            "map [the amino acids of] {protein} to {n} qubits",
            "on {n} qubits , the [quantum] feature map of {protein}",
            "feature map with num_qubits {n} for {protein}",
            "ZZ feature map of {protein} with {n} qubits",
        ),
        says_es=(
            "mapa de caracteristicas [cuantico] de {protein} con {n} qubits",
            "(crea|construye|haz) un mapa de caracteristicas de {n} qubits (de|para) {protein}",
            "codifica {protein} en {n} qubits",
            "feature map de {protein} (con|de|en) {n} qubits",
        ),
        code=_MAP_SIZED + _SIZE,
    ),
    Recipe(
        "feature_map_draw",
        says=(
            "draw (a|the) {n} qubit [quantum] feature map (of|for) {protein}",
            "(draw|show|plot|print) the [quantum] feature map [circuit] of {protein} (with|on) {n} qubits",
            "(show|display) how {protein} is encoded (on|in) {n} qubits",
            "diagram of the {n} qubit feature map of {protein}",
            "feature map circuit diagram {protein} {n} qubits",
            "encode {protein} in {n} qubits and (draw|show) (it|the circuit)",
            "(build|make) the feature map of {protein} on {n} qubits and draw it",
            "i want to see the {n} qubit feature map circuit of {protein}",
            "picture of {protein} encoded in {n} qubits",
            "text drawing of the {n} qubit feature map for {protein}",
        ),
        says_es=(
            "dibuja el mapa de caracteristicas de {protein} con {n} qubits",
            "(muestra|dibuja) el circuito de {n} qubits que codifica {protein}",
            "codifica {protein} en {n} qubits y dibuja el circuito",
        ),
        code=_MAP_SIZED + _DRAW,
        weight=0.6,
    ),
    Recipe(
        "feature_map_parameters",
        says=(
            "how many parameters (has|does) the {n} qubit feature map of {protein} [have]",
            "(number|count) of parameters (in|of) the feature map of {protein} (with|on) {n} qubits",
            "(count|print|list) the [free] parameters of the {n} qubit feature map (of|for) {protein}",
            "free parameters , {n} qubit feature map , {protein}",
            "parameters of the {n} qubit encoding of {protein}",
            "feature map of {protein} on {n} qubits : number of parameters",
            "{protein} feature map {n} qubits parameter count",
            "which parameters are open in the {n} qubit feature map of {protein}",
            "num_parameters of protein_feature_map for {protein} with {n} qubits",
        ),
        says_es=(
            "cuantos parametros tiene el mapa de caracteristicas de {n} qubits de {protein}",
            "numero de parametros del mapa de caracteristicas de {protein} con {n} qubits",
            "parametros libres del mapa de {n} qubits de {protein}",
        ),
        code=_MAP_SIZED + "print(circuit.num_parameters)\n",
        weight=0.3,
    ),
    Recipe(
        "secondary_circuit",
        says=(
            "[quantum] circuit for [the] secondary structure (of|prediction of) {protein}",
            "(build|make|create|draw) (a|the) [quantum] circuit (for|that predicts) the secondary structure of {protein}",
            "secondary structure circuit {protein}",
            "quantum circuit : secondary structure of [the peptide] {protein}",
            "secondary structure of {protein} as a [quantum] circuit",
            "i (need|want) a [quantum] circuit to predict helices and sheets of {protein}",
            "circuit for helix / sheet prediction of {protein}",
            "which circuit (is used for|predicts) the secondary structure of {protein}",
            "secondary_structure_circuit for {protein}",
            "quantum version of the secondary structure prediction for {protein} , (show|print) the circuit size",
        ),
        says_es=(
            "circuito [cuantico] (de|para) la estructura secundaria de {protein}",
            "(crea|construye|haz) un circuito cuantico para la estructura secundaria de {protein}",
            "circuito de estructura secundaria {protein}",
        ),
        code="from bioql.proteomics import secondary_structure_circuit\n\n"
        + _NOTE
        + 'circuit = secondary_structure_circuit("<<protein>>")\n'
        + _SIZE,
        weight=0.5,
    ),
    Recipe(
        "ppi_circuit",
        says=(
            "[quantum] circuit for the (interaction|affinity|binding) (of|between) [the proteins] {protein} and {protein2}",
            "(build|make|create) (a|the) [quantum] circuit for [the] (ppi|protein-protein) (affinity|interaction) (of|between) {protein} and {protein2}",
            "ppi [affinity] circuit {protein} {protein2}",
            "quantum circuit : how strongly {protein} binds {protein2}",
            "circuit of the protein interaction {protein} {protein2}",
            "i (need|want) a quantum circuit for {protein} binding (to|with) {protein2}",
            "(vqe|variational) circuit for the protein pair {protein} and {protein2}",
            "ppi_affinity_circuit for {protein} and {protein2}",
            "which circuit computes the affinity of {protein} for {protein2}",
            "protein-protein affinity of {protein} and {protein2} as a quantum circuit",
        ),
        says_es=(
            "circuito [cuantico] para la (interaccion|afinidad) entre {protein} y {protein2}",
            "(crea|construye) el circuito de afinidad de {protein} y {protein2}",
            "circuito ppi {protein} {protein2}",
        ),
        code="from bioql.proteomics import ppi_affinity_circuit\n\n"
        + 'first = "<<protein>>"\nsecond = "<<protein2>>"\n'
        + _NOTE
        + "circuit = ppi_affinity_circuit(first, second)\n"
        + _SIZE,
        weight=0.4,
    ),
    run(
        "folding_run",
        "Simulate protein folding with <<n>> qubits",
        says=(
            "(simulate|model|run) protein folding (with|on|using) {n} qubits",
            "protein folding (with|on|using) {n} qubits",
            "{n} qubit protein folding [simulation|run]",
            "fold a protein (with|on|using) {n} qubits",
            "(a|the) protein folding simulation (with|of|on) {n} qubits",
            "quantum protein folding , {n} qubits",
            "use {n} qubits to (fold a protein|simulate protein folding|model folding)",
            "i want to (simulate|run|try) protein folding (with|on) {n} qubits",
            "(simulate|model) (how a protein folds|the folding of a protein) (with|on|using) {n} qubits",
            "folding simulation {n} qubits",
            "can you run a protein folding experiment with {n} qubits",
            "quantum simulation of protein folding (with|using) {n} qubits",
            "protein fold {n}q",
        ),
        says_es=(
            "(simula|modela|ejecuta) el plegamiento de (proteinas|una proteina) (con|en|usando) {n} qubits",
            "plegamiento de (proteinas|proteínas) con {n} qubits",
            "simulacion de plegamiento de proteinas (con|de) {n} qubits",
            "pliega una proteina (con|usando) {n} qubits",
            "quiero simular el plegamiento de una proteina con {n} qubits",
            "usa {n} qubits para simular el plegamiento de (proteinas|una proteina)",
        ),
        slots={"n": _QUBITS},
        weight=2.0,
    ),
    run(
        "folding_run_named",
        "Simulate <<folded>> folding with <<n>> qubits",
        says=(
            "(simulate|model|run) {folded} folding (with|on|using) {n} qubits",
            "{folded} folding (with|on|using) {n} qubits",
            "{n} qubit {folded} folding [simulation|run]",
            "fold {folded} (with|on|using) {n} qubits",
            "(simulate|model) the folding of {folded} (with|on|using) {n} qubits",
            "(simulate|model) how {folded} folds (with|on|using) {n} qubits",
            "use {n} qubits to (fold|simulate the folding of) {folded}",
            "folding of {folded} , {n} qubits",
            "i want to (simulate|run) the folding of {folded} with {n} qubits",
            "{folded} folding simulation {n} qubits",
            "quantum folding of {folded} with {n} qubits",
        ),
        says_es=(
            "(simula|modela) el plegamiento de [la] {folded} (con|usando) {n} qubits",
            "plegamiento de {folded} con {n} qubits",
            "pliega [la] {folded} con {n} qubits",
            "simulacion del plegamiento de {folded} , {n} qubits",
        ),
        slots={"n": _QUBITS, "folded": _FOLDED},
        weight=0.7,
    ),
    run(
        "structure_run",
        "Simulate protein structure with <<n>> qubits",
        says=(
            "(simulate|model|run) [a] protein structure (with|on|using) {n} qubits",
            "protein structure (simulation|run) (with|on|using) {n} qubits",
            "{n} qubit protein structure simulation",
            "simulate the structure of a protein (with|on|using) {n} qubits",
            "quantum protein structure simulation , {n} qubits",
            "use {n} qubits to (simulate|model) protein structure",
            "i want to (simulate|run) protein structure on {n} qubits",
            "run a protein structure simulation with {n} qubits",
            "protein structure {n} qubits",
            "a quantum run of protein structure with {n} qubits",
        ),
        says_es=(
            "(simula|modela) la estructura de [una] proteina con {n} qubits",
            "simulacion de estructura de proteinas con {n} qubits",
            "usa {n} qubits para simular la estructura de una proteina",
        ),
        slots={"n": _QUBITS},
        weight=0.6,
    ),
    run(
        "conformation_run",
        "Simulate protein conformation with <<n>> qubits",
        says=(
            "(simulate|explore|model|sample) protein (conformation|conformations) (with|on|using) {n} qubits",
            "protein conformation (simulation|run|search) (with|on|using) {n} qubits",
            "{n} qubit protein conformation simulation",
            "(simulate|sample) the conformations of a protein (with|on|using) {n} qubits",
            "conformational (search|sampling) of a protein (with|on) {n} qubits",
            "use {n} qubits to (simulate|explore) protein conformations",
            "i want to explore protein conformations on {n} qubits",
            "protein conformations {n} qubits",
            "quantum sampling of protein conformations , {n} qubits",
            "run a protein conformation simulation with {n} qubits",
        ),
        says_es=(
            "(simula|explora) la conformacion de [una] proteina con {n} qubits",
            "simulacion de conformaciones de proteinas con {n} qubits",
            "usa {n} qubits para explorar conformaciones de una proteina",
        ),
        slots={"n": _QUBITS},
        weight=0.5,
    ),
)
