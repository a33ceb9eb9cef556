# ruff: noqa: E501
"""Recipes on what a request means to BioQL's other parsers, and on dynamic calls."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.made_up import pdb_id
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.slots import file_name, integer
from bioql_lsp.training.corpus.split import Draw

_REQUESTS: Final = (
    "Dock {a} and then calculate affinity for the top {n}",
    "Dock {a} then predict toxicity of the best {n}",
    "Predict toxicity of all ligands not in {a}",
    "Align {a} with {b} and calculate energy",
    "Calculate solubility of every ligand and filter the top {n}",
    "Optimize energy of {a} and then dock it",
    "Dock all ligands to {a} with {n} poses",
    "If affinity of {a} is less than {n} then predict solubility",
    "Filter the best {n} and predict toxicity",
    "Dock {a}, calculate binding affinity and filter the lowest {n}",
    "Determine energy of {a} without {b}",
)


def request(draw: Draw) -> Said:
    """A request of several steps, as somebody would hand it to the semantic parser."""
    text = draw.make(
        lambda rng: rng.choice(_REQUESTS).format(a=pdb_id(rng), b=pdb_id(rng), n=rng.randint(2, 40))
    )
    quote = draw.choose(("'", "'", '"', ""))
    return Said(f"{quote}{text}{quote}", text, is_exact=True)


def numbers(draw: Draw) -> Said:
    """Some numbers in square brackets."""
    text = draw.make(
        lambda rng: ", ".join(str(rng.randint(0, 100)) for _ in range(rng.randint(3, 6)))
    )
    return Said(draw.choose((text, f"[{text}]")), text, is_exact=True)


_KINDS: Final = (
    ("PROTEIN", "(proteins|proteins and pdb ids|protein names)", "proteinas"),
    ("OPERATION", "(operations|steps|actions)", "(operaciones|pasos|acciones)"),
    ("PROPERTY", "properties", "propiedades"),
    ("PARAMETER", "parameters", "parametros"),
    ("QUANTIFIER", "quantifiers", "cuantificadores"),
    ("REFERENCE", "references", "referencias"),
    ("CONDITION", "(conditions|negations and conditions)", "condiciones"),
)
_SLOTS: Final[dict[str, Slot]] = {
    "request": request,
    "kind": option(*_KINDS),
    "numbers": numbers,
    "csv": file_name("csv", "activity", "assay"),
    "n": integer(2, 8),
    "statistic": option(("mean", "(mean|average)", "(media|promedio)"), ("std", "(standard deviation|std)", "desviacion estandar"), ("sum", "(sum|total)", "suma")),
    "intent": option(("Create superposition", "(a superposition|an equal superposition)", "una superposicion"), ("Create entanglement", "(an entangled state|entanglement)", "un estado entrelazado")),
}  # fmt: skip
_GRAPH: Final = 'graph = parse_semantic("<<request>>", use_spacy=False)\n'
_SEMANTIC: Final = "from bioql.parser import parse_semantic\n\n"


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "my_request_entities",
        says=(
            "(list|show|extract|find) the {kind} (in|of|from) {request}",
            "(which|what) {kind} (are in|does bioql see in|has) {request}",
            "{kind} (of|in) the request {request}",
            "parse {request} and print the {kind}",
            "semantic parser: {kind} of {request}",
            "get [all] {kind} from the text {request}",
            "extract {kind}: {request}",
            "i want the {kind} mentioned in {request}",
            "entity extraction of {kind}, sentence {request}",
            "does {request} mention any {kind}",
        ),
        says_es=(
            "(lista|extrae|muestra) las entidades de tipo {kind} de {request}",
            "que {kind} hay en {request}",
            "analiza {request} y muestra {kind}",
        ),
        code="from bioql.parser import EntityType, parse_semantic\n\n"
        + _GRAPH
        + "for entity in graph.get_entities_by_type(EntityType.<<kind>>):\n    print(entity.text)\n",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "request_steps",
        says=(
            "in (what|which) order (are the steps of {request} run|should the steps of {request} run)",
            "(list|show) the steps (of|in) {request} in order",
            "execution order of {request}",
            "(break down|split) {request} (into|in) [ordered] steps",
            "what is the plan for {request}",
            "what does {request} do first and what next",
            "workflow steps: {request}",
            "order the operations of {request}",
            "turn {request} into an ordered list of operations",
            "traverse the semantic graph of {request}",
        ),
        says_es=(
            "en que orden se hacen los pasos de {request}",
            "(lista|muestra) los pasos de {request} en orden",
            "orden de ejecucion de {request}",
            "divide {request} en pasos",
        ),
        code=_SEMANTIC + _GRAPH + "for step in graph.traverse():\n    print(step.text)\n",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "request_graph",
        says=(
            "(show|print|draw|visualize) the semantic graph (of|for) {request}",
            "semantic graph: {request}",
            "(parse|analyze) {request} semantically [and show the graph]",
            "what does the semantic parser make of {request}",
            "entities and relations (of|in) {request}",
            "semantic (analysis|structure) of {request}",
            "how does bioql understand the request {request}",
            "graph of entities for {request}",
            "run the semantic parser on {request}",
            "show me the meaning of {request} as a graph",
        ),
        says_es=(
            "(muestra|dibuja) el grafo semantico de {request}",
            "analisis semantico de {request}",
            "entidades y relaciones de {request}",
            "que entiende el parser semantico de {request}",
        ),
        code=_SEMANTIC + _GRAPH + "print(graph.visualize())\n",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "request_relations",
        says=(
            "(list|show|print) the relations (in|of) {request}",
            "which (entities|words) belong together in {request}",
            "how are the (parts|entities) of {request} (related|connected)",
            "edges of the semantic graph of {request}",
            "relations between entities: {request}",
            "what depends on what in {request}",
            "extract the relations from {request}",
            "links between the entities of the request {request}",
            "dependency relations of {request}",
        ),
        says_es=(
            "(lista|muestra) las relaciones de {request}",
            "como se relacionan las entidades de {request}",
            "relaciones entre las partes de {request}",
        ),
        code=_SEMANTIC
        + _GRAPH
        + "for edge in graph.edges:\n    print(edge.type.value, edge.source.text, edge.target.text)\n",
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "mapper_circuit",
        says=(
            "(use|with) the [nl] mapper (to make|make|build) {intent} on {n} qubits",
            "EnhancedNLMapper: {intent}, {n} qubits",
            "IR circuit (of|for) {intent} with {n} qubits",
            "map {intent} of {n} qubits to [ir] gates",
            "let the enhanced mapper generate {intent} with {n} qubits",
            "{intent} of {n} qubits as (an IR circuit|ir gates)",
            "natural language mapper, {n} qubits, {intent}",
            "gate list from the mapper for {intent} over {n} qubits",
            "generate_circuit for {intent} on {n} qubits",
        ),
        says_es=(
            "usa el mapper para (hacer|crear) {intent} de {n} qubits",
            "circuito IR de {intent} con {n} qubits",
            "EnhancedNLMapper: {intent}, {n} qubits",
        ),
        code="from bioql.mapper import EnhancedNLMapper\n\n"
        'circuit = EnhancedNLMapper().generate_circuit("<<intent>>", {"num_qubits": <<n>>})\n'
        "print(circuit.gates)\n",
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "mapper_intent",
        says=(
            "what intent does the mapper see in {request}",
            "mapper intent of {request}",
            "(classify|detect) the intent of {request} with the [enhanced] mapper",
            "EnhancedNLMapper analyze_intent {request}",
            "which intent has {request} for the nl mapper",
            "ask the mapper what {request} wants",
            "use the enhanced mapper to tell the intent of {request}",
            "intent analysis by the mapper: {request}",
            "how does EnhancedNLMapper classify {request}",
        ),
        says_es=(
            "que intencion ve el mapper en {request}",
            "intencion de {request} segun el mapper",
            "clasifica {request} con el mapper",
        ),
        code="from bioql.mapper import EnhancedNLMapper\n\n"
        'print(EnhancedNLMapper().analyze_intent("<<request>>").value)\n',
        slots=_SLOTS,
        weight=0.3,
    ),
    Recipe(
        "dynamic_statistic",
        says=(
            "(use|call) numpy through bioql to (calculate|get) the {statistic} of {numbers}",
            "dynamic call: {statistic} of {numbers} with numpy",
            "{statistic} of {numbers} by dynamic_call",
            "let bioql call numpy for the {statistic} of {numbers}",
            "with dynamic_call compute the {statistic} of the array {numbers}",
            "dynamic bridge numpy {statistic} {numbers}",
            "ask the dynamic bridge for the {statistic} of {numbers}",
            "bioql, use numpy: {statistic} of {numbers}",
            "natural language numpy call, {statistic} of {numbers}",
        ),
        says_es=(
            "usa numpy desde bioql para calcular la {statistic} de {numbers}",
            "dynamic_call: {statistic} de {numbers}",
            "calcula la {statistic} de {numbers} con el puente dinamico",
        ),
        code="from bioql import dynamic_call\n\n"
        'answer = dynamic_call("Use numpy to calculate <<statistic>> of array [<<numbers>>]")\n'
        "print(answer.result if answer.success else answer.error_message)\n",
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "dynamic_table",
        says=(
            "(use|call) pandas through bioql to read {csv}",
            "dynamic call: read {csv} with pandas",
            "read the csv {csv} by dynamic_call",
            "let bioql load {csv} with pandas",
            "dynamic bridge pandas {csv}",
            "with dynamic_call open the table {csv}",
            "bioql, use pandas: read {csv}",
            "natural language pandas call, load {csv}",
            "ask the dynamic bridge to read {csv}",
        ),
        says_es=(
            "usa pandas desde bioql para leer {csv}",
            "dynamic_call: lee {csv} con pandas",
            "lee la tabla {csv} con el puente dinamico",
        ),
        code="from bioql import dynamic_call\n\n"
        'answer = dynamic_call("Use pandas to read csv file <<csv>>")\n'
        "print(answer.result if answer.success else answer.error_message)\n",
        slots=_SLOTS,
        weight=0.3,
    ),
    Recipe(
        "dynamic_library",
        says=(
            "register the {library} (for|with) (dynamic calls|dynamic_call|the dynamic bridge)",
            "(teach|let) dynamic_call [to] use the {library}",
            "add the {library} to the dynamic bridge",
            "make the {library} callable (in plain english|through dynamic_call)",
            "register_library for the {library}",
            "dynamic bridge: register [the] {library} and call it",
            "i want to call the {library} with dynamic_call",
            "how do i add the {library} to dynamic_call",
            "extend dynamic_call by the {library}",
        ),
        says_es=(
            "registra {library} para dynamic_call",
            "(añade|agrega) {library} al puente dinamico",
            "como registro {library} en dynamic_call",
        ),
        code="from bioql import dynamic_call, register_library\n\n<<library>>",
        slots={
            "library": option(
                *(
                    (
                        f'register_library("{name}", "{name}", ["{name}"], {{"{words}": "{function}"}})\n'
                        f'print(dynamic_call("Use {name} to get {words}").result)\n',
                        f"{name} (library|module) and its {words}",
                        f"(la biblioteca|el modulo) {name} y su {spanish}",
                    )
                    for name, words, function, spanish in (
                        ("os", "working directory", "getcwd", "directorio de trabajo"),
                        ("platform", "python version", "python_version", "version de python"),
                        ("getpass", "user name", "getuser", "nombre de usuario"),
                        ("socket", "host name", "gethostname", "nombre de la maquina"),
                        ("tempfile", "temporary folder", "gettempdir", "carpeta temporal"),
                        ("time", "unix time", "time", "hora unix"),
                    )
                )
            )
        },
        weight=0.3,
    ),
)  # fmt: skip
