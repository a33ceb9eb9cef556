# ruff: noqa: E501
"""Recipes that compile or simulate a program on the own machine: no key, no cost."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot
from bioql_lsp.training.corpus.recipes.programs import BELL, SENTENCES
from bioql_lsp.training.corpus.recipes.states import QFT_REMARK
from bioql_lsp.training.corpus.runs import shots_slot
from bioql_lsp.training.corpus.slots import file_name, integer, open_integer

_CIRCUIT: Final = 'circuit = parse_english_to_circuit("<<sentence>>")\n'
_PARSE: Final = "from bioql.compiler import parse_english_to_circuit\n\n" + _CIRCUIT
_AER: Final = (
    "from bioql.compiler import parse_english_to_circuit\n"
    "from qiskit_aer import AerSimulator\n\n" + _CIRCUIT
)
_RUN: Final = "counts = AerSimulator().run(circuit, shots=<<shots>>).result().get_counts()\n"
_LOCALLY: Final = "(locally|offline|on my (laptop|machine|computer)|without [an|a] [api] key|on a local simulator|with aer|for free|without paying)"
_LOCALLY_ES: Final = (
    "(localmente|en local|sin clave|sin conexion|en mi (portatil|ordenador|maquina)|con aer|gratis)"
)
_SHOTS: Final = "[[, ](with |){shots} shots]"
_SHOTS_ES: Final = "[(con |){shots} (disparos|shots)]"


def local(
    name: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    code: str,
    *,
    slots: dict[str, Slot] | None = None,
    defaults: dict[str, str] | None = None,
    weight: float = 1.0,
) -> Recipe:
    """A recipe that runs nothing on a backend; ``{sentence}`` and ``{shots}`` are slots of all."""
    own: dict[str, Slot] = {**SENTENCES, "shots": shots_slot, **(slots or {})}
    known = {"sentence": BELL, "shots": "1000", **(defaults or {})}
    return Recipe(name, says, says_es, code, own, known, weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    local(
        "simulate",
        says=(
            f"simulate {{sentence}} {_LOCALLY} {_SHOTS}",
            f"(run|execute|try|test) {{sentence}} {_LOCALLY} {_SHOTS}",
            f"{{sentence}} {_LOCALLY} {_SHOTS}",
            f"local (simulation|run|test) of {{sentence}} {_SHOTS}",
            f"{{sentence}} (on|with|using) (the|a|aer|the local|the aer) simulator {_SHOTS}",
            f"(simulate|emulate) {{sentence}} {_SHOTS}",
            f"{{sentence}}, (no key|offline|local only|local simulation) {_SHOTS}",
            f"i have no (api key|key|account), (simulate|run) {{sentence}} {_SHOTS}",
            f"(try|test|dry run) {{sentence}} before (paying|using hardware) {_SHOTS}",
            f"(free|local|offline) counts (of|for) {{sentence}} {_SHOTS}",
            f"(how do i|how can i|can i) (simulate|run) {{sentence}} (without hardware|without a key|on my own machine) {_SHOTS}",
            f"(aer|AerSimulator|qiskit aer) (simulation|counts|run) of {{sentence}} {_SHOTS}",
            f"(no cost|zero cost|free) (run|simulation) of {{sentence}} {_SHOTS}",
            f"what would {{sentence}} (give|return) (without noise|in theory|on an ideal machine), simulate it {_SHOTS}",
        ),
        says_es=(
            f"simula {{sentence}} {_LOCALLY_ES} {_SHOTS_ES}",
            f"(ejecuta|corre|prueba) {{sentence}} {_LOCALLY_ES} {_SHOTS_ES}",
            f"simulacion local de {{sentence}} {_SHOTS_ES}",
            f"{{sentence}} en (el|un) simulador [local] {_SHOTS_ES}",
            f"(simula|simular) {{sentence}} {_SHOTS_ES}",
            f"no tengo clave, (simula|ejecuta) {{sentence}} {_SHOTS_ES}",
            f"{{sentence}} {_LOCALLY_ES} {_SHOTS_ES}",
        ),
        code=_AER + _RUN + "print(counts)\n",
        weight=3.0,
    ),
    local(
        "simulate_likely",
        says=(
            f"simulate {{sentence}} {_LOCALLY} and (print|show) the most (likely|probable|frequent) (outcome|state)",
            f"most (likely|probable|frequent) (outcome|state|bitstring) of {{sentence}} {_LOCALLY}",
            "simulate {sentence} and (print|show|give me) the most (likely|frequent) (outcome|state|result)",
            f"(find|get) the top outcome of {{sentence}} {_LOCALLY}",
            f"(which|what) (outcome|state) is most likely (for|in) {{sentence}}, {_LOCALLY}",
            "local simulation of {sentence}, (only|just) the most (likely|probable) state",
            "{sentence} with aer, (top|most frequent|best) (state|outcome)",
            f"(run|try) {{sentence}} {_LOCALLY} and tell me the (winning|top|most likely) state",
            "most likely (outcome|state) of {sentence} on the (local|aer) simulator",
            "(simulated|offline) most probable state of {sentence}",
        ),
        says_es=(
            f"simula {{sentence}} {_LOCALLY_ES} y (muestra|dime) el (resultado|estado) mas probable",
            f"resultado mas (probable|frecuente) de {{sentence}} {_LOCALLY_ES}",
            "simula {sentence} y (dame|muestra) el estado mas (frecuente|probable)",
        ),
        code=_AER + _RUN + "print(max(counts, key=counts.get))\n",
        weight=0.8,
    ),
    local(
        "simulate_seed_run",
        says=(
            "simulate {sentence} [locally] with seed {seed}",
            "(reproducible|repeatable|deterministic) [local] simulation of {sentence}, seed {seed}",
            "{sentence} on the (aer|local) simulator with [a] [fixed|random] seed [of] {seed}",
            f"(run|simulate) {{sentence}} {_LOCALLY} with seed={{seed}}",
            "simulate {sentence}, seed {seed}",
            "(fix|set) the seed to {seed} and simulate {sentence}",
            "same counts every time: simulate {sentence} with seed {seed}",
            "(seeded|repeatable) simulation of {sentence} (seed|with) {seed}",
            "local {sentence} (seed|random seed) {seed}",
            "aer with seed {seed} (for|and) {sentence}",
        ),
        says_es=(
            "simula {sentence} con (semilla|seed) {seed}",
            "simulacion reproducible de {sentence} con semilla {seed}",
            "{sentence} en el simulador [local] con semilla {seed}",
        ),
        code=_AER
        + _RUN.replace("AerSimulator()", "AerSimulator(seed_simulator=<<seed>>)")
        + "print(counts)\n",
        slots={"seed": open_integer(1, 9999)},
        weight=0.5,
    ),
    local(
        "simulate_plot",
        says=(
            f"simulate {{sentence}} {_LOCALLY} and plot the (counts|results)",
            "(plot|chart|histogram) [of] the (simulated|local) counts of {sentence}",
            "simulate {sentence} and (plot|show) a (histogram|bar chart)",
            "local simulation of {sentence} with a (plot|bar chart|histogram)",
            f"(bar chart|histogram|plot) of {{sentence}} {_LOCALLY}",
            "{sentence} with aer, plot the counts",
            f"(run|try) {{sentence}} {_LOCALLY} and (draw|plot) the (counts|histogram)",
            "(graph|visualize) the simulated (counts|outcomes) of {sentence}",
            "(simulated|offline) histogram of {sentence}",
            "simulate then plot {sentence}",
        ),
        says_es=(
            f"simula {{sentence}} {_LOCALLY_ES} y (grafica|dibuja) los conteos",
            "simula {sentence} y haz un (histograma|grafico de barras)",
            "histograma de {sentence} simulado [en local]",
        ),
        code="import matplotlib.pyplot as plt\n"
        + _AER
        + _RUN
        + 'plt.bar(list(counts), list(counts.values()))\nplt.xlabel("state")\nplt.ylabel("count")\nplt.show()\n',
        weight=0.8,
    ),
    local(
        "simulate_json_run",
        says=(
            f"simulate {{sentence}} {_LOCALLY} and (save|write) the counts (to|in) {{json}}",
            "simulate {sentence} and (save|store|write) the (counts|results) (to|in|as) {json}",
            "(save|store|write) the (simulated|local) counts of {sentence} (to|in) {json}",
            "local simulation of {sentence} (saved|written) to {json}",
            "{json} with the simulated counts of {sentence}",
            f"(run|try) {{sentence}} {_LOCALLY} and (dump|put) the counts (to|in|into) {{json}}",
            "{sentence} with aer, counts to {json}",
            "(offline|local) counts of {sentence} in {json}",
            "simulation results of {sentence} as json {json}",
            "simulate {sentence} > {json}",
        ),
        says_es=(
            f"simula {{sentence}} {_LOCALLY_ES} y guarda los conteos en {{json}}",
            "simula {sentence} y (guarda|escribe) los conteos en {json}",
            "guarda la simulacion [local] de {sentence} en {json}",
        ),
        code="import json\nfrom pathlib import Path\n\n"
        + _AER
        + _RUN
        + 'Path("<<json>>").write_text(json.dumps(counts, indent=2))\n',
        weight=0.7,
    ),
    local(
        "statevector",
        says=(
            "(statevector|state vector|wave function|wavefunction) of {sentence}",
            "(print|show|get|compute) the (statevector|state vector|amplitudes) of {sentence}",
            "(amplitudes|complex amplitudes) of {sentence}",
            "{sentence} as a (statevector|state vector)",
            "(exact|ideal) (state|quantum state) of {sentence} (before measuring|before measurement)",
            "{sentence}, amplitudes (instead of counts|please|not counts)",
            "(i want|i need) the (state vector|amplitudes) of {sentence}",
            "(what is|what's) the (quantum state|state vector|wavefunction) of {sentence}",
            "(how do i|how to) get the statevector of {sentence}",
            "(local|offline) statevector (simulation|calculation) of {sentence}",
            "statevector {sentence}",
            "without measurement: the state of {sentence}",
        ),
        says_es=(
            "(vector de estado|statevector) de {sentence}",
            "(muestra|calcula) (el vector de estado|las amplitudes) de {sentence}",
            "amplitudes de {sentence}",
            "(quiero|necesito) el vector de estado de {sentence}",
        ),
        code="from bioql.compiler import parse_english_to_circuit\nfrom qiskit.quantum_info import Statevector\n\n"
        + _CIRCUIT
        + "state = Statevector(circuit.remove_final_measurements(inplace=False))\nprint(state)\n",
        weight=1.2,
    ),
    local(
        "exact_probabilities_job",
        says=(
            "(exact|ideal|theoretical) probabilities of {sentence}",
            "(compute|calculate|print) the (exact|ideal|theoretical) probabilities of {sentence}",
            "probabilities of {sentence} without (shots|sampling|noise)",
            "(what are|show) the theoretical (outcome |)probabilities (for|of) {sentence}",
            "{sentence}: (exact|noise free|ideal) probabilities",
            "(expected|ideal) distribution of {sentence}",
            "(i want|i need) the exact (distribution|probabilities) of {sentence}",
            "probabilities from the statevector of {sentence}",
            "(noise free|noiseless) probabilities of {sentence}",
            "(how do i|how to) get the ideal probabilities of {sentence}",
            f"(exact|theoretical) outcome probabilities of {{sentence}} {_LOCALLY}",
        ),
        says_es=(
            "probabilidades (exactas|ideales|teoricas) de {sentence}",
            "(calcula|muestra) las probabilidades exactas de {sentence}",
            "distribucion (ideal|teorica) de {sentence}",
        ),
        code="from bioql.compiler import parse_english_to_circuit\nfrom qiskit.quantum_info import Statevector\n\n"
        + _CIRCUIT
        + "state = Statevector(circuit.remove_final_measurements(inplace=False))\nprint(state.probabilities_dict())\n",
        weight=0.8,
    ),
    local(
        "draw",
        says=(
            "draw [the circuit of|the circuit for|] {sentence}",
            "(show|print|display|see) [me] the circuit (of|for) {sentence}",
            "circuit [diagram] (of|for) {sentence}",
            "(what|which) circuit does {sentence} (compile|translate) to",
            "preview [the circuit of] {sentence} [before (paying|running)]",
            "(what does|how does) the circuit of {sentence} look [like]",
            "{sentence}, (draw it|show the circuit|only the circuit|circuit diagram)",
            "(ascii|text) (diagram|drawing|circuit) of {sentence}",
            "(visualize|sketch|picture) the circuit (of|for) {sentence}",
            "(i want|let me) see the (gates|circuit) of {sentence}",
            "(how do i|how to|can i) (see|draw) the circuit (of|for) {sentence}",
            "diagram for {sentence}",
            "(compile|translate) {sentence} (to|into) a circuit and draw it",
        ),
        says_es=(
            "dibuja [el circuito de] {sentence}",
            "(muestra|ensena|enseña) el circuito de {sentence}",
            "(circuito|diagrama) de {sentence}",
            "(que|qué) circuito sale de {sentence}",
            "{sentence}, (dibujalo|muestra el circuito)",
            "vista previa del circuito de {sentence}",
        ),
        code=_PARSE + 'print(circuit.draw(output="text"))\n',
        weight=2.0,
    ),
    local(
        "draw_file",
        says=(
            "(draw|save|export) the circuit of {sentence} (to|as|in) {png}",
            "{png} with the circuit of {sentence}",
            "circuit (diagram|image|picture) of {sentence} (as|in|to) {png}",
            "(image|picture|figure) {png} of the {sentence} circuit",
            "{sentence}, circuit (drawing|diagram) to {png}",
            "(write|store) a (drawing|diagram) of the circuit for {sentence} to {png}",
            "draw {sentence} (and save it as|into|to) {png}",
            "(i want|make|create) {png} showing the circuit of {sentence}",
            "(save|export) [a] circuit (picture|image) of {sentence} (as|to) {png}",
            "matplotlib drawing of the circuit of {sentence} in {png}",
        ),
        says_es=(
            "(dibuja|guarda) el circuito de {sentence} en {png}",
            "imagen {png} (con|del) circuito de {sentence}",
            "{png} con el diagrama de {sentence}",
        ),
        code=_PARSE + 'circuit.draw(output="mpl", filename="<<png>>")\n',
        weight=0.8,
    ),
    local(
        "qasm",
        says=(
            "(show|print|give me|get) [me] the (qasm|QASM|openqasm) (of|for|code of|code for) {sentence}",
            "(compile|translate|convert) {sentence} (to|into) (qasm|QASM|OpenQASM)",
            "(qasm|QASM|OpenQASM) (for|of) {sentence}",
            "{sentence} (as|in|to) (qasm|openqasm|QASM)",
            "(print|show) the (openqasm 3|openqasm|qasm) (text|source|program) of {sentence}",
            "(what|which) qasm does {sentence} (give|compile to|produce)",
            "(assembly|quantum assembly) (code|text) (of|for) {sentence}",
            "(i want|i need) the qasm (of|for) {sentence}",
            "(how do i|how to|can i) (see|get) the qasm (of|for) {sentence}",
            "qasm {sentence}",
            "compile_english_to_qasm {sentence}",
            "(generate|export) (qasm|openqasm) (from|for) {sentence}",
        ),
        says_es=(
            "(muestra|imprime|dame) el (qasm|codigo qasm) de {sentence}",
            "(compila|traduce|convierte) {sentence} a (qasm|OpenQASM)",
            "qasm de {sentence}",
            "{sentence} en (qasm|openqasm)",
        ),
        code='from bioql.compiler import compile_english_to_qasm\n\nqasm = compile_english_to_qasm("<<sentence>>")\nprint(qasm)\n',
        weight=1.8,
    ),
    local(
        "qasm_file",
        says=(
            "(save|write|export|store) the (qasm|QASM|openqasm) of {sentence} (to|in|as) {qasm_file}",
            "(compile|translate|convert) {sentence} (to|into) {qasm_file}",
            "{qasm_file} (from|with|for) {sentence}",
            "{sentence} (as|to|in) [the] [qasm] file {qasm_file}",
            "(qasm|QASM) file {qasm_file} (for|of) {sentence}",
            "(dump|put) the qasm of {sentence} (into|in) {qasm_file}",
            "(i want|i need|create|make) {qasm_file} (with|from) {sentence}",
            "compile {sentence} and (save|write) (it|the qasm) to {qasm_file}",
            "(how do i|how to) save the qasm of {sentence} to {qasm_file}",
            "export {sentence} as {qasm_file}",
        ),
        says_es=(
            "(guarda|exporta|escribe) el qasm de {sentence} en {qasm_file}",
            "(compila|convierte) {sentence} a {qasm_file}",
            "fichero {qasm_file} con el qasm de {sentence}",
        ),
        code='from pathlib import Path\n\nfrom bioql.compiler import compile_english_to_qasm\n\nqasm = compile_english_to_qasm("<<sentence>>")\nPath("<<qasm_file>>").write_text(qasm)\n',
        slots={"qasm_file": file_name("qasm", "circuit", "bell", "ghz", "grover", "program")},
        weight=1.0,
    ),
    local(
        "qasm_valid",
        says=(
            "(valid|standard|strict) (openqasm 3|qasm 3|qasm3) (of|for) {sentence} (that qiskit can load|with qiskit)",
            "(qiskit|qiskit's) (qasm3|openqasm 3) (export|dump|text) of {sentence}",
            "(export|dump) {sentence} with qiskit (qasm3|openqasm 3)",
            "qasm3.dumps (of|for) {sentence}",
            "openqasm 3 of {sentence} (readable by|importable in|for) (qiskit|other tools)",
            "{sentence} as (qiskit|portable|loadable) (qasm 3|openqasm 3)",
            "use qiskit to write {sentence} (in|as) openqasm 3",
            "(qasm that other tools can read|portable qasm|interoperable qasm) (of|for) {sentence}",
            "(standard|portable) qasm for {sentence}",
            "qiskit qasm of {sentence}",
        ),
        says_es=(
            "(qasm valido|openqasm 3 valido) de {sentence} (con|para) qiskit",
            "(exporta|escribe) {sentence} con qasm3 de qiskit",
            "qasm portable de {sentence}",
        ),
        code="from bioql.compiler import parse_english_to_circuit\nfrom qiskit import qasm3\n\n"
        + _CIRCUIT
        + "print(qasm3.dumps(circuit))\n",
        weight=0.5,
    ),
    Recipe(
        "qft_draw_do",
        says=(
            "draw [the circuit of] a {n}[-| ]qubit (qft|QFT)",
            "(show|print) the circuit (of|for) a (qft|quantum fourier transform) (on|with) {n} qubits",
            "circuit [diagram] of (a|the) {n}[-| ]qubit (qft|quantum fourier transform)",
            "preview a (qft|QFT) (on|with|of) {n} qubits",
            "{n}[-| ]qubit qft, (draw it|show the circuit|circuit diagram)",
            "(what|which) circuit does a {n} qubit qft compile to",
            "(how does|see) the circuit of a qft on {n} qubits [look]",
            "(ascii|text) diagram of the qft on {n} qubits",
            "(visualize|sketch) a {n} qubit quantum fourier transform",
            "diagram for a qft with {n} qubits",
        ),
        says_es=(
            "dibuja [el circuito de] una (qft|QFT) de {n} qubits",
            "(muestra|ensena) el circuito de la transformada de fourier con {n} qubits",
            "(circuito|diagrama) de una qft de {n} qubits",
        ),
        code="from bioql.compiler import parse_english_to_circuit\n\n"
        f'circuit = parse_english_to_circuit(\n    {QFT_REMARK}\n    "Create a <<n>>-qubit qft"\n)\nprint(circuit.draw(output="text"))\n',
        slots={"n": integer(2, 10)},
        weight=0.6,
    ),
)
