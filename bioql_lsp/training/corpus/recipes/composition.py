# ruff: noqa: E501
"""Recipes on circuits that are put together from others."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.slots import integer, word
from bioql_lsp.training.corpus.split import Draw

_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_RESOURCES: Final = "print(estimate.num_qubits, estimate.gate_count, estimate.circuit_depth)\n"
_SIZE: Final = "print(circuit.num_qubits, circuit.depth())\n"
_KINDS: Final = (
    ("VQECircuit", "vqe"),
    ("QAOACircuit", "qaoa"),
    ("HardwareEfficientAnsatz", "hardware efficient ansatz"),
)


def _pair(draw: Draw) -> tuple[tuple[str, str], tuple[str, str]]:
    first, second = draw.rng.sample(_KINDS, 2)
    return first, second


def pair_import(draw: Draw) -> Said:
    """Two kinds of templates: the code holds the two steps of a composer, the import is in front."""
    first, second = _pair(draw)
    n, one, two = (draw.rng.randint(low, high) for low, high in ((2, 16), (1, 8), (1, 8)))
    names = sorted((first[0], second[0], "CircuitComposer"))
    said = draw.choose(
        draw.local(
            f"{first[1]} ({one} layers) and then {second[1]} ({two} layers) on {n} qubits"
            f"/a {n} qubit {first[1]} with {one} layers followed by a {second[1]} with {two} layers"
            f"/{first[1]} with {one} layers then {second[1]} with {two} layers , {n} qubits"
            f"/{n} qubits , {first[1]} {one} layers , after it {second[1]} {two} layers",
            f"{first[1]} de {one} capas y luego {second[1]} de {two} capas en {n} qubits"
            f"/un {first[1]} de {n} qubits y {one} capas seguido de un {second[1]} de {two} capas",
        ).split("/")
    )
    written = (
        f"from bioql.circuits import {', '.join(names)}\n\ncomposer = CircuitComposer()\n"
        f"composer.add_sequential({first[0]}(), num_qubits={n}, num_layers={one})\n"
        f"composer.add_sequential({second[0]}(), num_qubits={n}, num_layers={two})\n"
    )
    return Said(said, written, is_exact=True)


def pair_parallel(draw: Draw) -> Said:
    """Two kinds of templates beside each other."""
    first, second = _pair(draw)
    one, two = draw.rng.randint(2, 16), draw.rng.randint(2, 16)
    names = sorted((first[0], second[0], "CircuitComposer"))
    said = draw.choose(
        draw.local(
            f"a {one} qubit {first[1]} and a {two} qubit {second[1]}"
            f"/{first[1]} on {one} qubits and {second[1]} on {two} qubits"
            f"/{first[1]} ({one} qubits) , {second[1]} ({two} qubits)",
            f"un {first[1]} de {one} qubits y un {second[1]} de {two} qubits"
            f"/{first[1]} en {one} qubits y {second[1]} en {two} qubits",
        ).split("/")
    )
    written = (
        f"from bioql.circuits import {', '.join(names)}\n\ncomposer = CircuitComposer()\n"
        "composer.add_parallel(\n"
        f'    [({first[0]}(), {{"num_qubits": {one}}}), ({second[0]}(), {{"num_qubits": {two}}})]\n)\n'
    )
    return Said(said, written, is_exact=True)


_BELL_STATE: Final = "Create a Bell state"
_SENTENCE: Final = option(
    (_BELL_STATE, "(bell state|bell pair|Bell state)", "(estado de bell|par de bell)"),
    (
        "Prepare a superposition of 3 qubits",
        "(3 qubit superposition|superposition of 3 qubits)",
        "superposicion de 3 qubits",
    ),
    (
        "Prepare a superposition of 4 qubits",
        "(4 qubit superposition|superposition of 4 qubits)",
        "superposicion de 4 qubits",
    ),
    (
        "Prepare a superposition of 5 qubits",
        "(5 qubit superposition|superposition of 5 qubits)",
        "superposicion de 5 qubits",
    ),
    (
        "Simulate protein folding with 4 qubits",
        "(4 qubit protein folding circuit|protein folding circuit on 4 qubits)",
        "circuito de plegamiento de 4 qubits",
    ),
    (
        "Simulate protein folding with 6 qubits",
        "(6 qubit protein folding circuit|protein folding circuit on 6 qubits)",
        "circuito de plegamiento de 6 qubits",
    ),
)
_TWO: Final = (
    "from bioql.circuits import {}\nfrom bioql.compiler import parse_english_to_circuit\n\n"
    'first = parse_english_to_circuit("<<sentence>>")\n'
    'second = parse_english_to_circuit("<<sentence2>>")\n'
)
_STRATEGY: Final = option(
    (
        "MINIMAL_QUBITS",
        "(fewest qubits|minimal qubits|as few qubits as possible)",
        "(minimo de qubits|menos qubits)",
    ),
    (
        "MINIMAL_DEPTH",
        "(least depth|minimal depth|as little depth as possible)",
        "(minima profundidad|menos profundidad)",
    ),
    ("BALANCED", "(a balanced strategy|balance|balanced)", "(equilibrio|estrategia equilibrada)"),
)
_PLACE: Final = word("0", "1")
_SLOTS: Final = {
    "steps": pair_import,
    "beside": pair_parallel,
    "sentence": _SENTENCE,
    "strategy": _STRATEGY,
    "times": integer(2, 10),
    "n": integer(2, 16),
    "layers": integer(1, 8),
    "one": _PLACE,
    "other": _PLACE,
}


def _recipe(
    name: str, code: str, says: tuple[str, ...], says_es: tuple[str, ...], weight: float = 0.6
) -> Recipe:
    return Recipe(name, says, says_es, code, _SLOTS, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _recipe(
        "steps_estimate",
        "<<steps>>estimate = composer.estimate_resources()\n" + _RESOURCES,
        (
            "resources of {steps}",
            "(estimate|compute) [the] [total] resources of {steps}",
            "how big is {steps} [in total]",
            "compose {steps} and estimate the resources",
            "total (gates|size|cost) of {steps}",
            "what does it cost to run {steps}",
            "i plan {steps} , what are the total resources",
            "{steps} : resources",
            "sequence of templates , {steps} , resource estimate",
            "put {steps} in sequence and (show|print) qubits, gates and depth",
        ),
        (
            "recursos de {steps}",
            "(estima|calcula) los recursos de {steps}",
            "compon {steps} y estima los recursos",
        ),
    ),
    _recipe(
        "compose_build",
        "<<steps>>" + _NOTE + "circuit = composer.build()\nprint(circuit)\n",
        (
            "build {steps}",
            "(compose|build|create) a circuit from {steps}",
            "compose {steps}",
            "i (need|want) a circuit made of {steps}",
            "(combine|chain) templates : {steps}",
            "composed circuit : {steps}",
            "(put|chain) {steps} together in one circuit",
            "make {steps} one circuit",
            "circuit composer with {steps} , build it",
            "chain {steps}",
        ),
        (
            "(construye|compon) {steps}",
            "un circuito compuesto de {steps}",
            "encadena {steps}",
        ),
        0.5,
    ),
    _recipe(
        "parallel_estimate",
        "<<beside>>estimate = composer.estimate_resources()\n" + _RESOURCES,
        (
            "resources of {beside} (in parallel|side by side)",
            "(estimate|compute) the resources of {beside} run in parallel",
            "parallel {beside} , resources",
            "run {beside} (in parallel|side by side) , (how big is it|what are the resources)",
            "in parallel , {beside} : total resources",
            "total size of {beside} next to each other",
            "how many qubits and gates for {beside} in parallel",
            "i want {beside} side by side , estimate the total",
            "put {beside} in parallel and (show|print) qubits, gates and depth",
            "parallel templates : {beside} , resource estimate",
        ),
        (
            "recursos de {beside} en paralelo",
            "(estima|calcula) los recursos de {beside} en paralelo",
            "en paralelo , {beside} , cuantos recursos",
        ),
    ),
    _recipe(
        "pipeline",
        "from bioql.circuits import CircuitPipeline, HardwareEfficientAnsatz, VQECircuit\n\n"
        "pipeline = CircuitPipeline()\n"
        'pipeline.add_stage("prepare", HardwareEfficientAnsatz(), {"num_qubits": <<n>>})\n'
        'pipeline.add_stage("optimize", VQECircuit(), {"num_qubits": <<n>>, "num_layers": <<layers>>}, depends_on=["prepare"])\n'
        "print(pipeline.get_execution_order())\n",
        (
            "pipeline [of circuits] : hardware efficient ansatz , then vqe with {layers} layers , {n} qubits , show the order",
            "(build|make|create) a circuit pipeline with an ansatz stage and a {layers} layer vqe stage on {n} qubits and print the execution order",
            "circuit pipeline , prepare with a hardware efficient ansatz and optimize with vqe , {layers} layers , {n} qubits",
            "stages prepare with an ansatz and optimize with a {layers} layer vqe on {n} qubits , execution order",
            "execution order of a pipeline with an ansatz and a {layers} layer vqe , {n} qubits",
            "pipeline of two stages on {n} qubits : ansatz then {layers} layer vqe",
            "two stage circuit pipeline {n} qubits {layers} vqe layers",
            "i want a pipeline where a {layers} layer vqe depends on a hardware efficient ansatz , {n} qubits",
            "make vqe with {layers} layers wait for the ansatz stage in a {n} qubit pipeline",
            "in which order does a pipeline of ansatz and vqe run , {n} qubits and {layers} layers",
        ),
        (
            "pipeline de circuitos : ansatz y luego vqe de {layers} capas , {n} qubits",
            "(crea|construye) un pipeline con ansatz y vqe de {layers} capas en {n} qubits y muestra el orden",
            "orden de ejecucion de un pipeline con ansatz y vqe de {layers} capas , {n} qubits",
        ),
        0.5,
    ),
    _recipe(
        "parallel_circuits",
        _TWO.format("QiskitCircuitComposer")
        + "circuit = QiskitCircuitComposer().parallel(first, second).circuit\n"
        + _SIZE,
        (
            "(put|place|run) a {sentence} and a {sentence2} (in parallel|side by side) [in one circuit]",
            "parallel circuit of a {sentence} and a {sentence2}",
            "(combine|join) a {sentence} and a {sentence2} in parallel",
            "{sentence} next to {sentence2} in one circuit",
            "{sentence} and {sentence2} in parallel , size of the circuit",
            "i want a {sentence} beside a {sentence2} in the same circuit",
            "one circuit that holds a {sentence} and , on other qubits , a {sentence2}",
            "parallel composition : {sentence} , {sentence2}",
            "make one wide circuit from a {sentence} and a {sentence2}",
            "compose {sentence} with {sentence2} on separate qubits",
        ),
        (
            "(pon|combina) un {sentence} y un {sentence2} en paralelo",
            "{sentence} y {sentence2} en paralelo en un circuito",
            "composicion paralela de {sentence} y {sentence2}",
        ),
    ),
    _recipe(
        "join_strategy",
        "from bioql.circuits import CompositionStrategy, QiskitCircuitComposer\n"
        "from bioql.compiler import parse_english_to_circuit\n\n"
        'first = parse_english_to_circuit("<<sentence>>")\n'
        'second = parse_english_to_circuit("<<sentence2>>")\n'
        "composer = QiskitCircuitComposer(strategy=CompositionStrategy.<<strategy>>)\n"
        "circuit = composer.compose(first, second).circuit\n" + _SIZE,
        (
            "(compose|combine|join) a {sentence} and a {sentence2} with {strategy}",
            "{sentence} + {sentence2} , {strategy}",
            "compose circuits {sentence} and {sentence2} [aiming] for {strategy}",
            "(merge|combine) {sentence} and {sentence2} into one circuit with {strategy}",
            "one circuit from a {sentence} and a {sentence2} , strategy : {strategy}",
            "composition strategy {strategy} for a {sentence} and a {sentence2}",
            "i want a {sentence} and a {sentence2} in one circuit with {strategy}",
            "join the circuits of a {sentence} and a {sentence2} ; {strategy}",
            "{strategy} composition of {sentence} and {sentence2}",
        ),
        (
            "(compon|combina) un {sentence} y un {sentence2} con {strategy}",
            "{sentence} y {sentence2} en un circuito con {strategy}",
            "composicion de {sentence} y {sentence2} , {strategy}",
        ),
        0.4,
    ),
    _recipe(
        "repeat_circuit",
        "from bioql.circuits import QiskitCircuitComposer\nfrom bioql.compiler import parse_english_to_circuit\n\n"
        'circuit = parse_english_to_circuit("<<sentence>>")\n'
        "circuit = QiskitCircuitComposer().repeat(circuit, times=<<times>>).circuit\n" + _SIZE,
        (
            "repeat a {sentence} {times} times [in one circuit]",
            "{times} repetitions of a {sentence} in one circuit",
            "(a|one) circuit with a {sentence} {times} times in a row",
            "{sentence} repeated {times} times",
            "(stack|loop) a {sentence} {times} times",
            "repeat circuit : {sentence} , {times} times",
            "how deep is a {sentence} repeated {times} times",
            "i want the {sentence} circuit repeated {times} times",
            "copy the {sentence} circuit {times} times one after the other",
        ),
        (
            "repite un {sentence} {times} veces en un circuito",
            "{sentence} repetido {times} veces",
            "{times} repeticiones de un {sentence} en un circuito",
        ),
        0.5,
    ),
    _recipe(
        "stitch_circuits",
        _TWO.format("CircuitStitcher") + "stitched = CircuitStitcher().auto_stitch(first, second)\n"
        "print(stitched.circuit.num_qubits, stitched.validation.valid)\n",
        (
            "stitch a {sentence} and a {sentence2} [together]",
            "(auto stitch|automatically stitch) {sentence} and {sentence2}",
            "stitch the circuits of a {sentence} and a {sentence2} and check the result",
            "{sentence} stitched to {sentence2}",
            "circuit stitching : {sentence} , {sentence2}",
            "i want to stitch a {sentence} to a {sentence2}",
            "glue a {sentence} onto a {sentence2} with the stitcher",
            "is the stitched circuit of {sentence} and {sentence2} valid",
            "use the circuit stitcher on a {sentence} and a {sentence2}",
        ),
        (
            "(cose|une) un {sentence} y un {sentence2} con el stitcher",
            "stitching de circuitos : {sentence} y {sentence2}",
            "usa CircuitStitcher con un {sentence} y un {sentence2}",
        ),
        0.5,
    ),
    _recipe(
        "mapped_stitch",
        _TWO.format("CircuitStitcher")
        + "stitched = CircuitStitcher().stitch(first, second, mapping={<<one>>: <<other>>})\n"
        + "print(stitched.circuit.num_qubits, stitched.validation.valid)\n",
        (
            "stitch a {sentence} to a {sentence2} , qubit {one} onto qubit {other}",
            "stitch {sentence} and {sentence2} with qubit {one} mapped to qubit {other}",
            "connect qubit {one} of a {sentence} to qubit {other} of a {sentence2}",
            "{sentence} and {sentence2} , stitch at qubits {one} and {other}",
            "(glue|join) qubit {one} of the {sentence} with qubit {other} of the {sentence2}",
            "stitch mapping {one} to {other} , circuits {sentence} and {sentence2}",
            "circuit stitching with mapping {one} -> {other} : {sentence} , {sentence2}",
            "use the stitcher to put qubit {one} of a {sentence} on qubit {other} of a {sentence2}",
            "i want a {sentence} and a {sentence2} sharing a qubit : {one} of the first , {other} of the second",
        ),
        (
            "une el qubit {one} de un {sentence} con el qubit {other} de un {sentence2}",
            "cose {sentence} y {sentence2} con el qubit {one} sobre el {other}",
            "stitching de {sentence} y {sentence2} , mapa {one} a {other}",
        ),
        0.4,
    ),
    _recipe(
        "modular_circuit",
        _TWO.format("ModularCircuitBuilder")
        + 'builder = ModularCircuitBuilder()\nbuilder.add_module("first", first).add_module("second", second)\n'
        + 'circuit = builder.connect("first", "second").build()\n'
        + _SIZE,
        (
            "(build|make|create) a modular circuit from a {sentence} and a {sentence2}",
            "modular circuit : {sentence} connected to {sentence2}",
            "modules {sentence} and {sentence2} , connect [them] and build",
            "connect the modules {sentence} and {sentence2} into a circuit",
            "use the modular builder with a {sentence} and a {sentence2}",
            "{sentence} and {sentence2} as modules of one circuit",
            "i want a circuit of two modules , a {sentence} and a {sentence2}",
            "modular builder {sentence} {sentence2}",
            "wire a {sentence} module to a {sentence2} module",
            "circuit out of modules : first a {sentence} , then a {sentence2}",
        ),
        (
            "(construye|crea) un circuito modular con un {sentence} y un {sentence2}",
            "conecta los modulos {sentence} y {sentence2}",
            "circuito modular : {sentence} y {sentence2}",
        ),
        0.5,
    ),
    _recipe(
        "modular_architecture",
        _TWO.format("ModularCircuitBuilder")
        + 'builder = ModularCircuitBuilder()\nbuilder.add_module("first", first).add_module("second", second)\n'
        + 'diagram = builder.connect("first", "second").visualize_architecture()\n'
        + "print(diagram.ascii_diagram)\n",
        (
            "(show|draw|print) the architecture of a modular circuit from a {sentence} and a {sentence2}",
            "architecture diagram of the modules {sentence} and {sentence2}",
            "diagram of a modular circuit : {sentence} connected to {sentence2}",
            "how do the modules {sentence} and {sentence2} connect , draw it",
            "ascii diagram of {sentence} and {sentence2} as modules",
            "module diagram {sentence} {sentence2}",
            "visualize the modular architecture of a {sentence} with a {sentence2}",
            "i want to see the architecture of a circuit with modules {sentence} and {sentence2}",
            "draw the wiring of a {sentence} module and a {sentence2} module",
        ),
        (
            "(muestra|dibuja) la arquitectura de un circuito modular con un {sentence} y un {sentence2}",
            "diagrama de los modulos {sentence} y {sentence2}",
            "visualiza la arquitectura de los modulos {sentence} y {sentence2}",
        ),
        0.4,
    ),
)
