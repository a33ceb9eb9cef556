# ruff: noqa: E501
"""Recipes that run a state, an algorithm or a biological sentence by its name."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.recipes.programs import BELL, ghz_sentence, head
from bioql_lsp.training.corpus.runs import GUARD, quantum_call, run
from bioql_lsp.training.corpus.slots import integer, open_word
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.worker.grounding import NUMBER_WORDS

QFT_REMARK: Final = "# bioql: ignore[NL015] the circuit lacks the controlled phases of a QFT"


def ghz(draw: Draw) -> Said:
    """How many qubits a GHZ state has; the code holds its gate statements."""
    number = draw.rng.randint(3, 6)
    text = ghz_sentence(number)
    written = text.replace(" measure", ' "\n    "measure', 1) if number == 6 else text
    if draw.chance(0.25):
        return Said(draw.local(*NUMBER_WORDS[number]), written)
    return Said(str(number), written, is_exact=True)


def register(draw: Draw) -> Said:
    """How many qubits are put into superposition: mostly few, at most what any backend has."""
    return (integer(2, 10) if draw.chance(0.7) else integer(11, 29))(draw)


PROTEIN_NAMES: Final = (
    "insulin", "p53", "lysozyme", "hemoglobin", "ubiquitin", "myoglobin", "collagen", "keratin",
    "alpha synuclein", "amyloid beta", "BRCA1", "albumin", "villin", "crambin", "glucagon",
    "actin", "trypsin", "calmodulin", "huntingtin", "interferon", "thrombin", "pepsin", "tau",
    "titin", "rhodopsin", "GFP", "leptin", "ferritin", "elastin", "tubulin",
)  # fmt: skip

DISEASE: Final = option(
    ("diabetes", "(diabetes|type 2 diabetes|diabetic patients)", "(diabetes|la diabetes)"),
    ("obesity", "(obesity|weight loss)", "(obesidad|la obesidad)"),
    ("cancer", "(cancer|tumors|cancer therapy)", "(cancer|el cáncer)"),
    ("Alzheimer", "(alzheimer|alzheimer's|Alzheimer disease)", "(alzheimer|el alzheimer)"),
    ("Parkinson", "(parkinson|parkinson's|Parkinson disease)", "(parkinson|el parkinson)"),
    ("hypertension", "(hypertension|high blood pressure)", "(hipertension|la hipertensión)"),
    ("depression", "(depression|major depression)", "(depresion|la depresión)"),
    ("pain", "(pain|chronic pain|pain relief)", "(el dolor|dolor cronico)"),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "bell_run",
        BELL,
        says=(
            "(make|create|prepare|build|generate|give me) a (bell|Bell|BELL) (state|pair)",
            "(a |)(bell|Bell) (state|pair)",
            "bell_run",
            "(make|create|prepare|produce) an (epr|EPR) (pair|state)",
            "epr pair",
            "entangle (two|2) qubits",
            "(run|execute|do) [a|the] bell state [circuit|program|experiment]",
            "(two|2) (maximally |)entangled qubits",
            "(make|create|i want|i need) [an|one] entangled pair [of qubits]",
            "(create|show|demonstrate|generate) entanglement between (two|2) qubits",
            "(prepare|create) (the|a) (maximally entangled|phi plus|phi+) (state|two qubit state)",
            "(hello world|simplest example|first example) (of|in|with|for) bioql",
            "(i have two qubits and want them entangled|get two qubits entangled)",
            "(how do i|how to|can you) (make|create|run|entangle) a bell (state|pair)",
            "(00 and 11|00 + 11|00 plus 11) (state|entangled state|superposition)",
            "(2|two)[-| ]qubit (entangled state|entanglement|bell state)",
            "(spooky action at a distance|test entanglement|try entanglement)",
            "quantum (bell state|entanglement of two qubits)",
        ),
        says_es=(
            "(crea|haz|prepara|genera|dame) un (estado|par) de (bell|Bell)",
            "estado [de] (bell|Bell)",
            "(entrelaza|entrelazar) (dos|2) qubits",
            "(crea|haz|prepara) un par (entrelazado|epr|EPR)",
            "(como|cómo) (creo|hago|preparo) un estado de bell",
            "(quiero|necesito) dos qubits entrelazados",
            "par de bell",
            "(ejecuta|corre) [el|un] (estado|circuito) de bell",
        ),
        weight=3.0,
    ),
    run(
        "superposition_run",
        "Prepare a superposition of <<n>> qubits",
        says=(
            "(make|create|prepare|build|generate|give me) a superposition (of|on|with) {n} qubits",
            "(put|place|bring) {n} qubits (in|into) [a|an] [equal|uniform] superposition",
            "superposition (of|on|over|with) {n} qubits",
            "{n}[-| ]qubit [equal|uniform] superposition",
            "(make|prepare|create) {n} qubits in [equal|uniform] superposition",
            "(equal|uniform) superposition [state] (of|on|with|using) {n} qubits",
            "(i have|take|start with) {n} qubits and (want|put) them (all|) in superposition",
            "all (states|basis states|bitstrings) of {n} qubits (equally likely|with equal probability)",
            "(superpose|superposing) {n} qubits",
            "{n} qubits in superposition",
            "(can you|please|how do i) (create|prepare|get) a superposition (with|of) {n} qubits",
            "(run|execute|do) a {n} qubit superposition",
            "uniform distribution over {n} qubits",
            "n = {n}, (superposition|equal superposition of all states)",
        ),
        says_es=(
            "(crea|haz|prepara|genera) una superposicion (de|con) {n} qubits",
            "(pon|coloca) {n} qubits en superposicion",
            "superposicion [uniforme] de {n} qubits",
            "{n} qubits en superposición",
            "(quiero|necesito) {n} qubits en superposicion",
            "(como|cómo) (preparo|creo) una superposicion con {n} qubits",
            "(ejecuta|corre) una superposicion [uniforme] de {n} qubits",
        ),
        slots={"n": register},
        weight=2.5,
    ),
    run(
        "hadamard_run",
        "Prepare a superposition of <<n>> qubits",
        says=(
            "(apply|put|use) [a] (hadamard|H|h gate|hadamard gate) (on|to) [all|each of] {n} qubits",
            "hadamard (on|over|for) {n} qubits",
            "{n} qubit hadamard [transform]",
            "(hadamards|H gates|h) on {n} qubits [and measure]",
            "(walsh|walsh-hadamard|hadamard) transform (of|on|over) {n} qubits",
            "h (on|to) every qubit of (a|an) {n} qubit (register|circuit)",
            "{n} qubits, (one hadamard each|a hadamard on each|h on all)",
            "(circuit|program) with {n} qubits and (hadamards|a hadamard on every one)",
            "(i want|need) (a|the) hadamard gate on (all|each) of my {n} qubits",
            "(how do i|how to) (apply|put) hadamard (gates|) on {n} qubits",
            "(apply|run) the hadamard transform (to|on) {n} qubits",
            "hadamard {n} qubits",
        ),
        says_es=(
            "(aplica|pon|usa) [la puerta] hadamard (a|en|sobre) {n} qubits",
            "hadamard en {n} qubits",
            "transformada de hadamard (de|en|sobre) {n} qubits",
            "{n} qubits con [una] puerta (hadamard|h) [cada uno]",
            "(aplica|pon) (H|h) (a|en) (los|todos los) {n} qubits",
        ),
        slots={"n": integer(2, 16)},
        weight=1.5,
    ),
    run(
        "coin",
        "Prepare a superposition of 1 qubit",
        says=(
            "(flip|toss) a quantum coin",
            "quantum coin (flip|toss)",
            "(make|create|prepare) a superposition of (one|1) qubit",
            "(put|place) (one|1|a single) qubit (in|into) superposition",
            "(one|1|single)[-| ]qubit superposition",
            "hadamard on (one|a single|1) qubit",
            "(fair|perfect) coin (flip|toss) with a qubit",
            "(random|a random) bit from a (quantum computer|qubit)",
            "(generate|draw|get) (a random bit|random bits) [with one qubit]",
            "single qubit in an equal superposition of 0 and 1",
            "heads or tails (with|on) a (qubit|quantum computer)",
            "(one|a) qubit that is 0 or 1 with (50%|equal probability)",
            "i want a 50/50 qubit",
        ),
        says_es=(
            "(lanza|tira) una moneda cuantica",
            "(pon|coloca) (un|1) qubit en superposicion",
            "superposicion de (un|1) [solo] qubit",
            "(bit|un bit) aleatorio con un qubit",
            "hadamard en un qubit",
        ),
        weight=0.7,
    ),
    run(
        "random_number",
        "Prepare a superposition of <<n>> qubits",
        says=(
            "(generate|make|draw) a random number (with|from|using) {n} qubits",
            "quantum random number (generator|) with {n} qubits",
            "{n}[-| ]bit [quantum|true] random number",
            "qrng (with|using|on|of) {n} (qubits|bits)",
            "(roll|throw) a quantum (dice|die) (with|of) {n} qubits",
            "(i need|give me|get) a (truly|real) random (integer|number) of {n} bits",
            "random (integer|number) from {n} measured qubits",
            "(true|quantum) randomness from {n} qubits as (a|an) (number|integer)",
            "one random {n} bit (integer|number) from (hardware|a quantum computer)",
            "(use|take) {n} qubits as a random number generator",
            "(how do i|how to) get a random number out of {n} qubits",
            "random number, {n} (bits|qubits)",
        ),
        says_es=(
            "(genera|dame|saca) un numero aleatorio (con|de) {n} (qubits|bits)",
            "generador cuantico de numeros aleatorios con {n} qubits",
            "numero aleatorio (cuantico|) de {n} bits",
            "(necesito|quiero) un numero (entero|) aleatorio con {n} qubits",
        ),
        slots={"n": integer(2, 16)},
        defaults={"shots": "1"},
        tail="print(int(result.most_likely_outcome, 2))\n",
        weight=0.6,
    ),
    run(
        "ghz",
        "<<ghz>>",
        says=(
            "(make|create|prepare|build|generate|run) a {ghz}[-| ]qubit (GHZ|ghz) [state]",
            "(make|create|prepare|build|give me) a (ghz|GHZ) [state] (with|of|on|over) {ghz} qubits",
            "(ghz|GHZ) [state] (on|with|of|for) {ghz} qubits",
            "{ghz}[-| ]qubit (ghz|GHZ) [state]",
            "ghz {ghz} [qubits]",
            "entangle {ghz} qubits [in a ghz state|together|all together]",
            "{ghz} (maximally |)entangled qubits",
            "(cat state|schrodinger cat state|Greenberger-Horne-Zeilinger state) (of|with|on) {ghz} qubits",
            "(i have|take) {ghz} qubits and (want|make) a ghz state",
            "(how do i|how to|can you) (make|prepare|create) a ghz state (of|with) {ghz} qubits",
            "(all zeros plus all ones|000 and 111 style entanglement) on {ghz} qubits",
            "hadamard (then|and) [a] (cnot|cx) (chain|ladder) (on|over|for) {ghz} qubits",
            "multi[-| ](qubit|partite) entanglement (of|with|on) {ghz} qubits",
            "(bell state|bell pair) but (with|on) {ghz} qubits",
        ),
        says_es=(
            "(crea|haz|prepara|genera) un [estado] (ghz|GHZ) (de|con) {ghz} qubits",
            "estado (ghz|GHZ) (de|con) {ghz} qubits",
            "ghz de {ghz} qubits",
            "(entrelaza|entrelazar) {ghz} qubits",
            "(quiero|necesito) {ghz} qubits entrelazados",
            "(como|cómo) (preparo|hago) un estado GHZ con {ghz} qubits",
        ),
        slots={"ghz": ghz},
        weight=2.0,
    ),
    run(
        "grover",
        "use <<n>> qubits for grover search",
        says=(
            "grover search (with|on|using|over) {n} qubits",
            "(run|do|execute|make) [a] grover [search] (on|with|using) {n} qubits",
            "(run|do|execute|use) grover's (algorithm|search) (with|on) {n} qubits",
            "{n}[-| ]qubit grover [search|algorithm]",
            "(search|look for an item|find an item) with grover using {n} qubits",
            "grover {n} [qubits]",
            "(amplitude amplification|quantum search) (with|on) {n} qubits",
            "(unstructured|database|unsorted) search (with|on) {n} qubits [using grover]",
            "(i want|i need) [a] grover (search|run) (with|of|on) {n} qubits",
            "(how do i|how to|can you) run grover (with|on) {n} qubits",
            "(find|search for) the marked (state|item) among {n} qubits",
            "grover's algorithm, {n} qubits",
            "use {n} qubits for [a] grover [search]",
        ),
        says_es=(
            "(busqueda|algoritmo) de grover (con|de|en) {n} qubits",
            "(ejecuta|corre|haz) grover (con|en|sobre) {n} qubits",
            "grover (con|de) {n} qubits",
            "(ejecuta|corre) el algoritmo de grover con {n} qubits",
            "busqueda (cuantica|en base de datos) con {n} qubits",
            "(quiero|necesito) una búsqueda de grover de {n} qubits",
        ),
        slots={"n": integer(2, 10)},
        weight=1.8,
    ),
    Recipe(
        "qft",
        says=(
            "(make|create|run|do|build) a {n}[-| ]qubit (QFT|qft)",
            "(quantum fourier transform|Quantum Fourier Transform) (on|of|with|over|for) {n} qubits",
            "(make|create|run|apply|do) (a|the) (qft|QFT) (on|with|to|of) {n} qubits",
            "{n}[-| ]qubit (qft|QFT)",
            "(qft|QFT) (on|with|of) {n} qubits",
            "{n}[-| ]qubit quantum fourier transform",
            "(fourier transform|fourier) (of|on) {n} qubits",
            "(apply|compute|execute) (a|the) quantum fourier transform (to|on|with) {n} qubits",
            "qft {n}",
            "(i want|i need|give me) (a|the) qft (of|with|on) {n} qubits",
            "(how do i|how to|can you) run (a|the) (qft|quantum fourier transform) (on|with) {n} qubits",
            "(circuit|program) for (a|the) qft (on|of) {n} qubits",
        ),
        says_es=(
            "transformada [cuantica] de fourier (de|en|con|sobre) {n} qubits",
            "(haz|crea|ejecuta) (una|la) (qft|QFT) (de|con|en) {n} qubits",
            "(qft|QFT) (de|con|en) {n} qubits",
            "(aplica|ejecuta) la transformada cuantica de fourier (a|en|con) {n} qubits",
        ),
        code=head()
        + quantum_call().replace(
            '    "<<sentence>>"', f'    {QFT_REMARK}\n    "Create a <<n>>-qubit qft"'
        )
        + GUARD
        + "<<tail>>",
        slots={"n": integer(2, 10)},
        is_run=True,
    ),
    run(
        "folding",
        "Simulate protein folding with <<n>> qubits",
        says=(
            "(simulate|run|model) protein folding [with {n} qubits|on {n} qubits|using {n} qubits]",
            "protein folding [(on|with|using) {n} qubits]",
            "(fold|folding) a protein [(with|on|using) {n} qubits]",
            "{n}[-| ]qubit protein folding [simulation|run]",
            "(model|simulate) (the|a) (folding|fold|conformation) of a protein (using|on|with) {n} qubits",
            "(how does a protein fold|how do proteins fold), {n} qubits",
            "(i want|i need) to (fold|simulate the folding of) a protein [with {n} qubits]",
            "(quantum|) simulation of protein folding [with {n} qubits]",
            "(use|take) {n} qubits (to|and) (fold a protein|simulate protein folding)",
            "(conformation|folding) (search|sampling) of a protein on {n} qubits",
            "(run|start|launch) [a|the] folding simulation [with {n} qubits]",
            "(can you|please) simulate (how a protein folds|protein folding) [on {n} qubits]",
            "folding {n} qubits",
        ),
        says_es=(
            "(simula|modela|ejecuta) el plegamiento de [una] (proteina|proteinas) [con {n} qubits]",
            "plegamiento de proteinas [(con|en) {n} qubits]",
            "(pliega|plegar) una proteina [(con|en|usando) {n} qubits]",
            "simulacion de plegamiento [de proteinas] (con|en) {n} qubits",
            "(quiero|necesito) simular el plegamiento de una proteína [con {n} qubits]",
        ),
        slots={"n": integer(2, 14)},
        defaults={"n": "6"},
        weight=1.8,
    ),
    run(
        "folding_named_run",
        "Simulate protein folding of <<name>> with <<n>> qubits",
        says=(
            "(simulate|model|run) [the] folding of {name} [(with|on|using) {n} qubits]",
            "fold {name} [(with|on|using) {n} qubits]",
            "{name} [protein] folding [(with|on) {n} qubits]",
            "(protein folding|folding simulation) (of|for) {name} [with {n} qubits]",
            "how does {name} fold [on {n} qubits]",
            "(i want|i need) to (fold|simulate the folding of) {name} [with {n} qubits]",
            "(can you|please) fold (the protein|) {name} [(with|on) {n} qubits]",
            "(use|take) {n} qubits (to|and) fold {name}",
            "(quantum|) folding of (the protein|) {name} [on {n} qubits]",
            "simulate how {name} folds [with {n} qubits]",
            "(conformation|fold) of {name} [(on|with) {n} qubits]",
            "(my protein is|i study) {name}, (fold it|simulate its folding) [with {n} qubits]",
        ),
        says_es=(
            "(simula|modela) el plegamiento de (la proteina|) {name} [con {n} qubits]",
            "(pliega|plegar) {name} [(con|en) {n} qubits]",
            "plegamiento de {name} [(con|en) {n} qubits]",
            "(como|cómo) se pliega {name} [con {n} qubits]",
        ),
        slots={"n": integer(2, 14), "name": open_word(*PROTEIN_NAMES)},
        defaults={"n": "6"},
    ),
    run(
        "dna_analysis",
        "Analyze the DNA sequence <<dna>> with <<n>> qubits",
        says=(
            "(analyze|analyse|study|examine) [the] (dna|DNA) [sequence] {dna} [(with|on|using) {n} qubits]",
            "(dna|DNA) (analysis|sequence analysis) (of|for) {dna} [(with|on) {n} qubits]",
            "{dna} (dna|DNA) analysis [(with|on) {n} qubits]",
            "quantum (dna|sequence) analysis (of|for) {dna} [(with|on) {n} qubits]",
            "(i have|here is) (the|a) (dna|DNA) [sequence] {dna}, (analyze|analyse|study) it [with {n} qubits]",
            "(analyze|analyse) (the|this) sequence {dna} [(with|on) {n} qubits]",
            "(run|do) [a] (dna|sequence) analysis (of|on) {dna} [with {n} qubits]",
            "(investigate|inspect|look at) the dna {dna} [(with|on|using) {n} qubits]",
            "(can you|please) (analyze|analyse) the dna sequence {dna} [(with|on) {n} qubits]",
            "dna {dna} [, {n} qubits]",
            "(use|take) {n} qubits to (analyze|analyse|study) the dna {dna}",
            "(what is in|what about) the dna sequence {dna} [, {n} qubits]",
        ),
        says_es=(
            "(analiza|estudia|examina) (el adn|la secuencia [de adn]|el ADN) {dna} [(con|en) {n} qubits]",
            "analisis (de adn|del adn|de la secuencia) {dna} [(con|en) {n} qubits]",
            "(tengo|aqui esta) el adn {dna}, (analizalo|analízalo) [con {n} qubits]",
            "(ejecuta|haz) un analisis de {dna} (en|con) {n} qubits",
        ),
        slots={"n": integer(3, 6)},
        defaults={"n": "4"},
    ),
    run(
        "drug_design_best_run",
        "Design a novel drug molecule for <<disease>> with 6 qubits",
        says=(
            "(design|create) a [new|novel] (drug|molecule) (for|against) {disease} and (show|print) the best (molecule|candidate|one)",
            "best designed (molecule|drug) (for|against) {disease}",
            "(show|print|give me) the best (molecule|candidate) of a drug design run (for|against) {disease}",
            "drug design (for|against) {disease}, (best|top) (molecule|candidate)",
            "(which|what) is the best (molecule|candidate) designed (for|against) {disease}",
            "(best|top) (new|novel) (drug|molecule) (candidate|) (for|against) {disease}",
            "run de novo design (for|against) {disease} and print the (winner|best molecule)",
            "(design|generate) (drugs|molecules|candidates) (for|against) {disease} and (keep|return) the best [one]",
            "i want the (best|top) candidate (molecule|drug) (for|against) {disease}",
            "(find|get) the best (new|designed) molecule (for|against) {disease}",
        ),
        says_es=(
            "(disena|diseña) un farmaco (para|contra) {disease} y (muestra|imprime) la mejor molecula",
            "mejor (molecula|candidato) (disenado|nuevo) (para|contra) {disease}",
            "(muestra|dame) el mejor candidato (para|contra) {disease}",
            "(cual|cuál) es la mejor molecula (para|contra) {disease}",
        ),
        slots={"disease": DISEASE},
        tail='print(getattr(result, "best_molecule", None))\n',
        weight=0.7,
    ),
)
