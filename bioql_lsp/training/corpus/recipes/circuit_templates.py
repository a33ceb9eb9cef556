# ruff: noqa: E501
"""Recipes on circuit templates: what they cost, and what they build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.slots import integer

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_RESOURCES: Final = "print(estimate.gate_count, estimate.two_qubit_gates, estimate.circuit_depth)\n"
_METRIC: Final = option(
    (
        "gate_count",
        "([total] gate count|[total] number of gates)",
        "(numero [total] de puertas|conteo de puertas)",
    ),
    (
        "two_qubit_gates",
        "(number of two-qubit gates|two qubit gate count|2-qubit gate count|entangling gate count)",
        "numero de puertas de dos qubits",
    ),
    ("circuit_depth", "([circuit] depth)", "profundidad [del circuito]"),
    (
        "execution_time_estimate",
        "([estimated] (run time|runtime|execution time))",
        "tiempo de ejecucion [estimado]",
    ),
    ("error_budget", "(error budget|expected error)", "(presupuesto de error|error esperado)"),
    (
        "measurement_count",
        "(number of measurements|measurement count)",
        "numero de (medidas|mediciones)",
    ),
    ("quality_score()", "(quality score|efficiency score)", "(puntuacion de calidad|calidad)"),
)
_MANY: Final = option(
    ("gate_count", "gates", "puertas"),
    ("two_qubit_gates", "(two-qubit|2 qubit|two qubit|entangling) gates", "puertas de dos qubits"),
    ("measurement_count", "measurements", "(medidas|mediciones)"),
)


@dataclass(frozen=True, slots=True)
class Template:
    """A circuit template: its slots, the arguments, and how people say it (``@`` of a phrasing)."""

    name: str
    head: str
    arguments: str
    slots: dict[str, Slot]
    said: str
    said_es: str
    weight: float = 1.0


_TEMPLATES: Final[tuple[Template, ...]] = (
    Template(
        "layered",
        "<<template>>",
        "num_qubits=<<n>>, num_layers=<<layers>>",
        {
            "template": option(
                ("VQECircuit", "(vqe|VQE|variational eigensolver)", "(vqe|VQE)"),
                ("QAOACircuit", "(qaoa|QAOA)", "(qaoa|QAOA)"),
                (
                    "HardwareEfficientAnsatz",
                    "(hardware efficient ansatz|hardware-efficient ansatz|HEA)",
                    "(ansatz hardware efficient|ansatz eficiente en hardware)",
                ),
            ),
            "n": integer(2, 20),
            "layers": integer(1, 10),
        },
        "({n} qubit, {layers} layer {template}|{template} [circuit] (with|of) {n} qubits and {layers} layers|{template} [circuit] on {n} qubits with {layers} layers|{template} with {layers} layers on {n} qubits|{layers} layer {template} on {n} qubits|{template} , {n} qubits , {layers} layers)",
        "({template} (de|con) {n} qubits y {layers} capas|[circuito] {template} de {layers} capas en {n} qubits|{template} , {n} qubits , {layers} capas)",
        2.0,
    ),
    Template(
        "bare",
        "<<template>>",
        "num_qubits=<<n>>",
        {
            "template": option(
                ("VQECircuit", "(vqe|VQE|variational eigensolver)", "(vqe|VQE)"),
                ("QAOACircuit", "(qaoa|QAOA)", "(qaoa|QAOA)"),
                (
                    "HardwareEfficientAnsatz",
                    "(hardware efficient ansatz|hardware-efficient ansatz)",
                    "ansatz eficiente en hardware",
                ),
            ),
            "n": integer(2, 20),
        },
        "({n} qubit {template} [circuit]|{template} [circuit] (with|of|on) {n} qubits|{template} [circuit] , {n} qubits)",
        "([circuito] {template} (de|con) {n} qubits|{template} , {n} qubits)",
        1.5,
    ),
    Template(
        "grover",
        "GroverCircuit",
        "num_qubits=<<n>>, num_iterations=<<rounds>>",
        {"n": integer(2, 20), "rounds": integer(1, 12)},
        "({n} qubit grover [search|circuit] with {rounds} iterations|(grover|Grover) [search] (with|of|on) {n} qubits and {rounds} iterations|grover circuit , {n} qubits , {rounds} iterations|{rounds} iterations of grover on {n} qubits)",
        "((busqueda de grover|grover) (de|con) {n} qubits y {rounds} iteraciones|grover , {n} qubits , {rounds} iteraciones)",
    ),
    Template(
        "uccsd",
        "UCCSDAnsatz",
        "num_qubits=<<n>>, num_electrons=<<electrons>>",
        {"n": integer(4, 20, 2), "electrons": integer(1, 4)},
        "((uccsd|UCCSD) [ansatz] (with|of|on) {n} qubits and {electrons} electrons|{n} qubit (uccsd|UCCSD) [ansatz] with {electrons} electrons|(uccsd|UCCSD) ansatz for {electrons} electrons in {n} (spin orbitals|qubits)|(uccsd|coupled cluster ansatz) , {n} qubits , {electrons} electrons)",
        "([ansatz] (uccsd|UCCSD) (de|con) {n} qubits y {electrons} electrones|(uccsd|UCCSD) , {n} qubits , {electrons} electrones)",
    ),
    Template(
        "docking",
        "MolecularDockingCircuit",
        "num_rotatable_bonds=<<bonds>>",
        {"bonds": integer(1, 20)},
        "([molecular|quantum] docking circuit (with|for|of) {bonds} rotatable bonds|docking circuit for a ligand with {bonds} rotatable bonds|{bonds} rotatable bond docking circuit|docking template , {bonds} rotatable bonds)",
        "(circuito de docking [molecular] (con|de|para) {bonds} enlaces rotables|circuito de docking para un ligando con {bonds} enlaces rotables)",
    ),
    Template(
        "folding",
        "ProteinFoldingCircuit",
        "sequence_length=<<length>>",
        {"length": integer(3, 50)},
        "([protein] folding circuit (for|of) {length} (residues|amino acids)|folding circuit for a (sequence|protein|peptide) of {length} (residues|amino acids)|{length} residue [protein] folding circuit|protein folding template , length {length})",
        "(circuito de plegamiento [de proteinas] (de|para) {length} (residuos|aminoacidos)|circuito de plegamiento para una proteina de {length} (residuos|aminoacidos))",
    ),
    Template(
        "affinity",
        "BindingAffinityCircuit",
        "num_atoms=<<atoms>>",
        {"atoms": integer(2, 100)},
        "([binding] affinity circuit (for|with|of) {atoms} atoms|binding affinity circuit for a system of {atoms} atoms|{atoms} atom binding [affinity] circuit|binding affinity template , {atoms} atoms)",
        "(circuito de afinidad [de union] (de|para|con) {atoms} atomos|circuito de afinidad para un sistema de {atoms} atomos)",
    ),
)

_ESTIMATE_SAYS: Final = (
    "resources (for|of) (a|the) @",
    "(estimate|compute|show) [the] resources (of|for|needed by) (a|the) @",
    "what (resources|hardware resources) does (a|the) @ (need|take|require)",
    "(cost|size|resource cost) of (a|the) @",
    "how (big|large|expensive) is (a|the) @",
    "resource estimate : @",
    "@ resources",
    "i (plan|want|have) (a|the) @ , (estimate|what are) [its|the] resources",
    "gates and depth (of|for) (a|the) @",
    "gate count, two-qubit gates and depth of (a|the) @",
    "what would (a|the) @ cost in gates and depth",
    "resource estimation for @",
    "(give|tell|show) me the resource estimate (of|for) (a|the) @",
)
_ESTIMATE_ES: Final = (
    "recursos (de|para) (un|una|el) @",
    "(estima|calcula) los recursos (de|para) (un|una|el) @",
    "que recursos necesita (un|una|el) @",
    "que tan grande es (un|una|el) @",
    "puertas y profundidad de (un|una|el) @",
)
_METRIC_SAYS: Final = (
    "[the] {metric} (of|for) (a|the) @",
    "(what is|what's|give me|tell me|estimate|compute) the {metric} (of|for) (a|the) @",
    "{metric} : @",
    "@ {metric}",
    "i (need|want) the {metric} (of|for) (a|the) @",
    "(estimate|show|print) only the {metric} (of|for) (a|the) @",
    "for (a|the) @ , (print|show|what is) the {metric}",
    "{metric} estimate for @",
    "{metric} needed (by|for) (a|the) @",
    "which {metric} does (a|the) @ have",
    "(know|check|find out) the {metric} of (a|the) @",
)
_METRIC_ES: Final = (
    "[la|el] {metric} de (un|una|el) @",
    "(cual es|dime|calcula|estima) [la|el] {metric} de (un|una|el) @",
    "{metric} : @",
    "quiero [la|el] {metric} de (un|una|el) @",
)
_MANY_SAYS: Final = (
    "how many {many} (does|would) (a|the) @ (need|have|use|take)",
    "how many {many} are (there|needed) (in|for) (a|the) @",
    "count [the] {many} (of|in|for) (a|the) @",
    "@ : how many {many}",
    "(number|count) of {many} (in|of|for) (a|the) @",
    "tell me how many {many} (a|the) @ (needs|has|uses)",
    "{many} needed (for|by) (a|the) @",
    "how many {many} for @",
    "i want to know how many {many} (a|the) @ (needs|has|uses)",
    "(estimate|compute) the {many} (in|of) (a|the) @",
)
_MANY_ES: Final = (
    "cuantas {many} (tiene|necesita|usa) (un|una|el) @",
    "(cuenta|numero de) {many} (de|en) (un|una|el) @",
    "dime cuantas {many} tiene (un|una|el) @",
)
_QUBITS_SAYS: Final = (
    "how many qubits does (a|the) @ (need|take|use|require)",
    "(number of|how many) qubits (for|of) (a|the) @",
    "qubits needed (for|by) (a|the) @",
    "@ : how many qubits",
    "qubit (count|requirement|requirements) (of|for) (a|the) @",
    "how many qubits do i need for (a|the) @",
    "(estimate|compute|tell me) the [number of] qubits (of|for) (a|the) @",
    "width [in qubits] of (a|the) @",
    "is (a|the) @ small ? print its qubits",
    "@ qubits",
)
_QUBITS_ES: Final = (
    "cuantos qubits necesita (un|una|el) @",
    "numero de qubits (de|para) (un|una|el) @",
    "qubits necesarios para (un|una|el) @",
)
_FITS_SAYS: Final = (
    "does (a|the) @ fit (on|in|into) {limit} qubits",
    "is (a|the) @ feasible (with|on) {limit} qubits",
    "(can|could) i run (a|the) @ on a {limit} qubit (machine|device|computer|backend)",
    "check (if|whether) (a|the) @ fits (on|in) {limit} qubits",
    "@ feasible on a {limit} qubit (machine|device)",
    "feasibility of (a|the) @ , max {limit} qubits",
    "are {limit} qubits enough for (a|the) @",
    "my (machine|device|computer) has {limit} qubits , can it run (a|the) @",
    "will (a|the) @ run with at most {limit} qubits",
    "max_qubits {limit} : is (a|the) @ feasible",
)
_FITS_ES: Final = (
    "cabe (un|una|el) @ en [una maquina de] {limit} qubits",
    "es viable (un|una|el) @ (con|en) {limit} qubits",
    "puedo ejecutar (un|una|el) @ en una maquina de {limit} qubits",
)
_BUILD_SAYS: Final = (
    "(build|create|make|construct) (a|the) @",
    "(build|create) (a|the) @ (template|object)",
    "(give|get) me (a|the) @",
    "i (need|want) (a|the) @",
    "set up (a|the) @",
    "@ , build it",
    "build @",
    "(new|fresh) @",
    "instantiate (a|the) @",
    "(build|generate) (a|the) @ from the template",
    "use the template to (make|build) (a|the) @",
    "template build : @",
)
_BUILD_ES: Final = (
    "(construye|crea|haz) (un|una|el) @",
    "(necesito|quiero) (un|una|el) @",
    "genera (un|una|el) @ a partir de la plantilla",
)
_LIMIT: Final = integer(5, 156)
_Kind = tuple[str, str, tuple[str, ...], tuple[str, ...], dict[str, Slot], float]
_KINDS: Final[tuple[_Kind, ...]] = (
    ("resources", _RESOURCES, _ESTIMATE_SAYS, _ESTIMATE_ES, {}, 1.0),
    ("figure", "print(estimate.<<metric>>)\n", _METRIC_SAYS, _METRIC_ES, {"metric": _METRIC}, 0.8),
    ("gate_count", "print(estimate.<<many>>)\n", _MANY_SAYS, _MANY_ES, {"many": _MANY}, 0.6),
    (
        "feasibility",
        "print(estimate.is_feasible(max_qubits=<<limit>>))\n",
        _FITS_SAYS,
        _FITS_ES,
        {"limit": _LIMIT},
        0.4,
    ),
)
_SIZED: Final = frozenset({"docking", "folding", "affinity"})


def _spelt(
    patterns: tuple[str, ...], template: Template, said: Callable[[Template], str]
) -> tuple[str, ...]:
    return tuple(pattern.replace("@", said(template)) for pattern in patterns)


def _recipe(template: Template, name: str, code: str, kind: _Kind) -> Recipe:
    _, _, says, says_es, slots, weight = kind
    english = _spelt(says, template, lambda one: one.said)
    spanish = _spelt(says_es, template, lambda one: one.said_es)
    slots = {**template.slots, **slots}
    return Recipe(name, english, spanish, code, slots, weight=weight * template.weight)


def _recipes(template: Template) -> list[Recipe]:
    """What is asked of one template."""
    head = f"from bioql.circuits import {template.head}\n\n"
    call = f"{template.head}().estimate_resources({template.arguments})\n"
    kinds = list(_KINDS)
    if template.name in _SIZED:
        kinds.append(("qubits", "print(estimate.num_qubits)\n", _QUBITS_SAYS, _QUBITS_ES, {}, 0.6))
    found = [
        _recipe(template, f"{template.name}_{kind[0]}", f"{head}estimate = {call}{kind[1]}", kind)
        for kind in kinds
    ]
    build = (
        f"{head}{_NOTE}circuit = {template.head}().build({template.arguments})\nprint(circuit)\n"
    )
    kind: _Kind = ("build", build, _BUILD_SAYS, _BUILD_ES, {}, 0.5)
    return [*found, _recipe(template, f"{template.name}_build", build, kind)]


RECIPES: Final[tuple[Recipe, ...]] = tuple(
    recipe for template in _TEMPLATES for recipe in _recipes(template)
)
