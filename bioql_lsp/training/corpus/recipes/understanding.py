# ruff: noqa: E501
"""Recipes that ask what the package knows: of a sentence, of backends, of itself."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said
from bioql_lsp.training.corpus.recipes.local import local
from bioql_lsp.training.corpus.runs import backend_slot
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw

_MATCH: Final = (
    "from bioql.parser.mega_patterns import match_natural_language\n\n"
    'match = match_natural_language("<<text>>")\n'
)
_COMPILER: Final = "from bioql.compiler import BioQLCompiler\n\n"

_ACTIONS: Final = (
    "Create", "Make", "Prepare", "Simulate", "Run", "Entangle", "Measure", "Teleport", "Apply",
    "Optimize", "Factor", "Compute", "Estimate", "Solve", "Analyze", "Rotate", "Find", "Encode",
)  # fmt: skip
_THINGS: Final = (
    "an entangled pair", "a W state on # qubits", "a Bell state", "# qubits in superposition",
    "the energy of H2", "qubit 0", "a Shor circuit", "the number 15", "max cut on # nodes",
    "a hadamard on qubit #", "protein folding with # qubits", "the DNA sequence ATCG",
    "a VQE with # layers", "a random circuit", "phase estimation on # qubits", "grover search",
    "a ghz state of # qubits", "the quantum fourier transform on # qubits", "all qubits",
    "a new drug for cancer", "the binding affinity of aspirin", "an oracle for 101",
)  # fmt: skip


def _free_text(rng: Random) -> str:
    return f"{rng.choice(_ACTIONS)} {rng.choice(_THINGS)}".replace("#", str(rng.randint(2, 9)))


def free_text(draw: Draw) -> Said:
    """A quoted sentence that the compiler may or may not know."""
    text = draw.make(_free_text)
    quote = draw.choose(('"', '"', "'"))
    return Said(f"{quote}{text}{quote}", text, is_exact=True)


_BACKENDS: Final = (
    "from bioql import list_available_backends\n\nbackends = list_available_backends()\n"
)


def _ask(
    name: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    code: str,
    weight: float = 0.8,
) -> Recipe:
    """A recipe that may have a quoted text, a backend or a number of qubits."""
    slots = {"text": free_text, "backend": backend_slot, "n": integer(2, 36)}
    return local(name, says, says_es, code, slots=slots, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _ask(
        "understands_run",
        says=(
            "does bioql understand {text}",
            "(is|would) {text} (understood|be understood) [by bioql]",
            "(check|test) (whether|if) bioql (understands|knows) {text}",
            "can bioql (read|parse|understand) {text}",
            "(is|would) {text} (a valid|a known) (program|sentence)",
            "will {text} work",
            "(do|would) i get (a real circuit|something) for {text}",
            "(validate|verify) the (sentence|program) {text}",
            "{text}, (understood or not|does it understand this|valid)",
            "(try|check) {text} against the (patterns|matcher)",
            "(how do i|how to) (check|know) that {text} is understood",
            "match_natural_language {text}",
        ),
        says_es=(
            "(entiende|entenderia) bioql {text}",
            "(comprueba|mira) si bioql entiende {text}",
            "(es valida|sirve) la frase {text}",
            "(valida|verifica) la frase {text}",
        ),
        code=_MATCH + 'print("not understood" if match is None else match.intent.value)\n',
        weight=1.5,
    ),
    _ask(
        "match_details_run",
        says=(
            "(what|which) parameters does bioql (read|extract|get) from {text}",
            "(print|show) intent, confidence and parameters (of|for) {text}",
            "(intent|match) details (of|for) {text}",
            "how (sure|confident) is bioql about {text}",
            "(extracted|recognized) parameters (of|in) {text}",
            "(confidence|confidence and parameters) of the match for {text}",
            "{text}: (intent and parameters|confidence|extracted parameters)",
            "(what|which) number of qubits does bioql read (from|in) {text}",
            "(full|complete) match [result] (of|for) {text}",
            "(show|print) everything the matcher finds in {text}",
        ),
        says_es=(
            "(que|cuales) parametros (lee|extrae) bioql de {text}",
            "(muestra|dame) intencion, confianza y parametros de {text}",
            "detalles de la coincidencia de {text}",
        ),
        code=_MATCH
        + 'if match is None:\n    raise SystemExit("not understood")\nprint(match.intent.value, match.confidence, match.extracted_params)\n',
        weight=0.7,
    ),
    _ask(
        "suggestions_run",
        says=(
            "(biotech|biotechnology|bio) suggestions for {text}",
            "(get|show|print) [biotech] suggestions (for|on) {text}",
            "(what does bioql suggest|any suggestions|suggestions) for {text}",
            "(suggested|recommended) (gates|gates and qubits) for {text}",
            "(advice|hints|tips) (for|on) the (sentence|program) {text}",
            "(how many qubits|which gates) are typical for {text}",
            "(improve|optimize) {text}, (suggestions|what to change)",
            "(compiler|BioQLCompiler) suggestions for {text}",
            "(i want|give me) (hints|suggestions) for {text}",
            "get_biotech_suggestions {text}",
        ),
        says_es=(
            "sugerencias [biotecnologicas] para {text}",
            "(muestra|dame) sugerencias para {text}",
            "(que|qué) sugiere bioql para {text}",
        ),
        code=_COMPILER
        + 'suggestions = BioQLCompiler().get_biotech_suggestions("<<text>>")\nprint(suggestions["context"], suggestions["suggestions"])\n',
    ),
    _ask(
        "context",
        says=(
            "(which|what) (biotech|biological|bio) context (does|has|is) {text}",
            "(detect|show|print) the (biotech|biological) context of {text}",
            "(biotech|biological) (context|domain|field) of {text}",
            "is {text} (about|read as) (folding, drugs or dna|biology)",
            "(what|which) (domain|field|topic) does bioql see in {text}",
            "{text}: (biotech context|domain)",
            "(classify|categorize) the (sentence|program) {text} (by|into its) biotech context",
            "how does bioql classify {text}",
            "(topic|category) of {text} according to the compiler",
            "(find|get) the context that the compiler (detects|sees) in {text}",
        ),
        says_es=(
            "contexto (biologico|biotecnologico) de {text}",
            "(que|cual) contexto detecta bioql en {text}",
            "(clasifica|detecta) el contexto de {text}",
        ),
        code=_COMPILER + 'print(BioQLCompiler().parser.detect_biotech_context("<<text>>").value)\n',
        weight=0.5,
    ),
    _ask(
        "operations",
        says=(
            "(list|print|show) the (operations|gates) (of|in|for) {sentence} (one by one|with their qubits|line by line)",
            "(parsed|compiled) (operations|gate list) of {sentence}",
            "(which|what) (operations|gates on which qubits) does {sentence} (parse|compile) to",
            "(operation|gate) list (of|for) {sentence}",
            "(every|each) gate of {sentence} with its (target|target qubits)",
            "{sentence}, (list|print) (each operation|every gate|all operations)",
            "(walk|loop|iterate) (through|over) the (operations|gates) of {sentence}",
            "(parse|read) {sentence} and list its operations",
            "gate by gate list of {sentence}",
            "(step by step|all) operations in {sentence}",
        ),
        says_es=(
            "(lista|muestra) las (operaciones|puertas) de {sentence} una a una",
            "lista de (operaciones|puertas) de {sentence}",
            "(que|qué) operaciones salen de {sentence}",
        ),
        code=_COMPILER
        + 'parsed = BioQLCompiler().parser.parse("<<sentence>>")\nfor operation in parsed.operations:\n    print(operation.gate_type.value, operation.control_qubits, operation.target_qubits)\n',
        weight=0.7,
    ),
    _ask(
        "compiler_qasm_run",
        says=(
            "(use|with) BioQLCompiler (to|and) compile {sentence} to qasm",
            "BioQLCompiler (qasm|to qasm) (for|of) {sentence}",
            "compile {sentence} (with|using) BioQLCompiler",
            "(compiler object|compiler class|a compiler instance) (for|that compiles) {sentence} to qasm",
            "(create|make|instantiate) a BioQLCompiler and compile {sentence}",
            "compile_to_qasm (for|on|with) {sentence}",
            "BioQLCompiler().compile_to_qasm {sentence}",
            "(the|a) BioQLCompiler for {sentence}, print the qasm",
            "qasm of {sentence} (through|via|from) the compiler class",
            "(how do i|how to) use BioQLCompiler (for|on) {sentence}",
        ),
        says_es=(
            "(compila|usa BioQLCompiler para compilar) {sentence} con la clase BioQLCompiler",
            "BioQLCompiler para {sentence}",
            "(usa|crea) BioQLCompiler y compila {sentence} a qasm",
        ),
        code=_COMPILER
        + 'compiler = BioQLCompiler()\nprint(compiler.compile_to_qasm("<<sentence>>"))\n',
        weight=0.6,
    ),
    _ask(
        "list_backends",
        says=(
            "(list|show|print) [all] [available] (backends|devices|machines|quantum computers)",
            "(which|what) (backends|devices|quantum computers) (are there|are available|can i use|does bioql have)",
            "available (backends|devices)",
            "(backends|devices) list",
            "(where|on what) can i run [my programs]",
            "names of (all|the) backends",
            "(show|give) me (every|all|each) (backend|device)",
            "(what hardware|which hardware) is there",
            "overview of [quantum] (backends|hardware)",
            "list_available_backends",
            "(get|fetch) the list of (backends|devices)",
        ),
        says_es=(
            "(lista|muestra) [todos] los (backends|dispositivos) [disponibles]",
            "(que|qué|cuales) (backends|dispositivos) hay",
            "backends disponibles",
            "(donde|dónde) puedo ejecutar [mis programas]",
        ),
        code=_BACKENDS
        + 'for group in ("ibm_hardware", "ionq_hardware", "simulators"):\n    print(group, list(backends[group]))\n',
        weight=1.2,
    ),
    _ask(
        "ibm_backends",
        says=(
            "(list|show|print) [all|the] (ibm|IBM) (backends|machines|devices|hardware)",
            "(which|what) (ibm|IBM) (backends|machines|quantum computers) (are there|are available|can i use)",
            "(ibm|IBM) (backends|devices) (list|available|with qubits and price)",
            "(qubits and price|size and cost) of (every|each|all) (ibm|IBM) (backend|backends|machine)",
            "(table|overview) of (ibm|IBM) (machines|backends)",
            "how big and expensive are the (ibm|IBM) machines",
            "available (ibm|IBM) (hardware|backends)",
            "(names|list) of (ibm|IBM) quantum computers",
            "(give|tell) me the (ibm|IBM) (backends|devices)",
            "which IBM machine has how many qubits",
        ),
        says_es=(
            "(lista|muestra) los backends de (ibm|IBM)",
            "(que|cuales) maquinas de (ibm|IBM) hay",
            "backends de (ibm|IBM) con qubits y precio",
        ),
        code=_BACKENDS
        + 'for name, info in backends["ibm_hardware"].items():\n    print(name, info["qubits"], info["cost_per_shot"])\n',
    ),
    _ask(
        "ionq_backends",
        says=(
            "(list|show|print) [all|the] (ionq|IonQ) (backends|machines|devices|hardware)",
            "(which|what) (ionq|IonQ) (backends|machines|devices) (are there|are available|can i use)",
            "(ionq|IonQ) (backends|devices) (list|available|with qubits and price)",
            "(qubits and price|size and cost) of (every|each|all) (ionq|IonQ) (backend|backends|machine)",
            "(table|overview) of (ionq|IonQ) (machines|backends)",
            "how big and expensive are the (ionq|IonQ) machines",
            "available (ionq|IonQ) (hardware|backends)",
            "(names|list) of (ionq|IonQ) quantum computers",
            "(give|tell) me the (ionq|IonQ) (backends|devices)",
            "trapped ion (backends|hardware|machines)",
        ),
        says_es=(
            "(lista|muestra) los backends de (ionq|IonQ)",
            "(que|cuales) maquinas de (ionq|IonQ) hay",
            "backends de (ionq|IonQ) con qubits y precio",
        ),
        code=_BACKENDS
        + 'for name, info in backends["ionq_hardware"].items():\n    print(name, info["qubits"], info["cost_per_shot"])\n',
        weight=0.6,
    ),
    _ask(
        "choose_backend",
        says=(
            "(which|what) (backend|machine|device) (should i use|is best|fits) for {n} qubits",
            "(choose|pick|select|recommend|suggest) a (backend|device|machine) for {n} qubits",
            "best (backend|hardware|machine) for {n} qubits",
            "i need {n} qubits, (which|what) (backend|machine)",
            "(optimal|suitable) (backend|hardware) (for|with) [at least] {n} qubits",
            "{n} qubits: (which backend|best backend|what hardware)",
            "(where|on what) should i run {n} qubits",
            "find (hardware|a backend) (with|for|that has) {n} qubits",
            "select_optimal_backend {n}",
            "(backend|hardware) (recommendation|choice) for a {n} qubit circuit",
        ),
        says_es=(
            "(que|cual|qué) backend (uso|conviene|es mejor) para {n} qubits",
            "(elige|recomienda|selecciona) un backend para {n} qubits",
            "mejor backend para {n} qubits",
        ),
        code="from bioql.quantum_connector import select_optimal_backend\n\n"
        'backends = ["ibm_torino", "ibm_brisbane", "ionq_forte"]\n'
        "print(select_optimal_backend(<<n>>, available_backends=backends))\n",
    ),
    _ask(
        "version",
        says=(
            "(which|what) (version of bioql|bioql version) (is installed|do i have|am i using|is this)",
            "bioql version",
            "(print|show|get|tell me) the [installed] (version of bioql|bioql version)",
            "version [of] bioql",
            "(check|find out) (the|my) bioql version",
            "(installed|current) bioql version",
            "(how do i|how to) (see|check|print) (the|my) bioql version",
            "am i on bioql 7",
            "is bioql up to date, (print|show) the version",
            "(version number|release) of the bioql package",
        ),
        says_es=(
            "(que|qué) version de bioql (tengo|esta instalada)",
            "version de bioql",
            "(muestra|imprime|dime) la version de bioql",
        ),
        code='from importlib.metadata import version\n\nprint(version("bioql"))\n',
    ),
    _ask(
        "installation_info",
        says=(
            "(print|show|get) [the] (information|info|details) (about|on|of) (my|the) bioql (installation|install|setup)",
            "bioql (installation|install|setup|system) (info|information|details)",
            "(which|what) optional modules does (my|the) bioql (have|installation have)",
            "(is qiskit available|which modules are available) (in|to|for) bioql",
            "(check|inspect) (my|the) bioql (installation|setup|environment)",
            "(python and qiskit version|environment) bioql (uses|sees)",
            "get_info [of] bioql",
            "(diagnose|debug) (my|the) bioql installation",
            "what is (installed|available) in bioql",
            "(report|overview) (of|on) the bioql (installation|environment)",
        ),
        says_es=(
            "(informacion|datos) de la instalacion de bioql",
            "(muestra|dame) informacion sobre mi bioql",
            "(que|qué) modulos opcionales tiene bioql",
        ),
        code="from bioql import get_info\n\nfor key, value in get_info().items():\n    print(key, value)\n",
        weight=0.6,
    ),
    _ask(
        "is_installed_run",
        says=(
            "is bioql installed",
            "(check|test) (whether|if|that) bioql is installed",
            "(do i have|have i got) bioql [installed]",
            "(verify|confirm) that bioql (is installed|can be found)",
            "can python find bioql",
            "bioql installed (or not|yes or no)",
            "(print|show) (whether|if) the bioql package is (there|present|installed)",
            "(how do i|how to) (check|see) (if|that) bioql is installed",
            "(missing|present) bioql package check",
            "(see|find out) if bioql is (available|importable) without importing it",
        ),
        says_es=(
            "(esta|está) instalado bioql",
            "(comprueba|mira) si bioql esta instalado",
            "(tengo|hay) bioql instalado",
        ),
        code='from importlib.util import find_spec\n\nprint(find_spec("bioql") is not None)\n',
        weight=0.4,
    ),
    _ask(
        "key_set_job",
        says=(
            "(check|test|verify) (that|whether|if) (my|the) [bioql] api key is set",
            "is (my|the) [bioql] (api key|key) set",
            "is BIOQL_API_KEY (set|defined|there)",
            "stop (if|when) the [bioql] api key is (missing|not set)",
            "(exit|fail) with a message (if|when) BIOQL_API_KEY is (missing|not set|unset)",
            "(check|validate) the BIOQL_API_KEY environment variable",
            "(do i have|have i set) an api key [in the environment]",
            "(missing|unset) (api key|BIOQL_API_KEY) (check|message)",
            "(make sure|ensure) the [bioql] (api key|key) (is set|exists)",
            "(clear|friendly) error (if|when) there is no api key",
        ),
        says_es=(
            "(comprueba|mira) si (mi|la) clave [de bioql] (esta puesta|existe)",
            "(esta|está) definida BIOQL_API_KEY",
            "(para|sal) si falta la clave [de bioql]",
        ),
        code='import os\n\nif not os.environ.get("BIOQL_API_KEY"):\n    raise SystemExit("BIOQL_API_KEY is not set")\nprint("key is set")\n',
        weight=0.6,
    ),
)
