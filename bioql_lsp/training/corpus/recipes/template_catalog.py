# ruff: noqa: E501
"""Recipes on the catalogue of circuit templates."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.slots import integer, open_integer, open_word

_CATALOG: Final = "from bioql.circuits import get_catalog\n\n"
_NAMES: Final = "    print(template.name)\n"
_TEMPLATE: Final = option(
    ("vqe", "(vqe|VQE)", "(vqe|VQE)"),
    ("qaoa", "(qaoa|QAOA)", "(qaoa|QAOA)"),
    ("grover", "(grover|Grover)", "grover"),
    ("molecular_docking", "(molecular docking|docking|molecular_docking)", "docking molecular"),
    ("protein_folding", "(protein folding|protein_folding)", "plegamiento de proteinas"),
    ("binding_affinity", "(binding affinity|binding_affinity)", "afinidad de union"),
    (
        "hardware_efficient_ansatz",
        "(hardware efficient ansatz|hardware_efficient_ansatz)",
        "ansatz eficiente en hardware",
    ),
    ("uccsd_ansatz", "(uccsd ansatz|uccsd|uccsd_ansatz)", "(uccsd|ansatz uccsd)"),
)
_WORD: Final = open_word(
    "docking", "vqe", "folding", "binding", "qaoa", "ansatz", "chemistry", "optimization", "drug", "search",
    "affinity", "ground state", "variational", "max_cut", "uccsd", "molecular", "protein", "energy", "hardware",
    "grover", "structure", "biology", "combinatorial", "quantum chemistry", "drug discovery", "NISQ", "portfolio",
)  # fmt: skip
_USE: Final = open_word(
    "virtual screening", "enzyme design", "antibody engineering", "lead optimization", "database search",
    "SAT solving", "portfolio optimization", "binding pose prediction", "protein structure prediction",
    "quantum chemistry simulations", "pattern matching", "electronic structure", "drug combination",
    "material property prediction", "ground state", "lead compound ranking",
)  # fmt: skip
_FACT: Final = option(
    ("template.description", "description", "descripcion"),
    ("template.use_cases", "(use cases|uses|applications)", "casos de uso"),
    ("template.tags", "tags", "etiquetas"),
    ("template.references", "(references|literature|papers)", "referencias"),
    ("template.complexity", "(complexity|complexity rating)", "complejidad"),
    ("template.category", "category", "categoria"),
    (
        "template.get_default_parameters()",
        "(default parameters|defaults|default values)",
        "(parametros por defecto|valores por defecto)",
    ),
)
_CATEGORY: Final = option(
    ("ALGORITHM", "(algorithm|general algorithm)", "(algoritmos|algoritmo)"),
    ("DRUG_DISCOVERY", "drug discovery", "descubrimiento de farmacos"),
    ("CHEMISTRY", "(chemistry|quantum chemistry)", "quimica"),
    ("UTILITY", "utility", "utilidades"),
)
_COMPLEXITY: Final = option(
    ("LOW", "low", "baja"), ("MEDIUM", "medium", "media"), ("HIGH", "high", "alta"),
)  # fmt: skip
_TAG: Final = open_word(
    "chemistry", "vqe", "variational", "optimization", "docking", "binding", "folding", "search", "ansatz",
    "ground_state", "combinatorial", "max_cut", "drug_discovery", "molecular", "protein", "structure", "affinity",
    "energy", "uccsd", "grover", "biology", "hardware_efficient",
)  # fmt: skip
_SLOTS: Final = {
    "template": _TEMPLATE,
    "word": _WORD,
    "use": _USE,
    "fact": _FACT,
    "category": _CATEGORY,
    "complexity": _COMPLEXITY,
    "tag": _TAG,
    "n": integer(2, 20),
    "limit": open_integer(4, 200),
    "depth": open_integer(10, 1000),
}


def _recipe(
    name: str, code: str, says: tuple[str, ...], says_es: tuple[str, ...], weight: float = 1.0
) -> Recipe:
    return Recipe(name, says, says_es, code, _SLOTS, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _recipe(
        "search_catalog",
        _CATALOG + 'for template in get_catalog().search("<<word>>"):\n' + _NAMES,
        (
            "(find|search|list|show) [all] circuit templates (for|about|on|with|related to) {word}",
            "search the [circuit] (catalog|catalogue|library) for {word}",
            "which [circuit] templates (exist|are there) for {word}",
            "circuit templates {word}",
            "is there a circuit template for {word}",
            "(look up|look for) {word} in the [circuit] (catalog|library)",
            "catalog search {word}",
            "i (need|want) a ready made circuit for {word} , what (is there|do you have)",
            "(what|which) circuits does bioql (have|offer) for {word}",
            "templates matching {word}",
            "circuit library : {word}",
            "do you have any templates on {word}",
        ),
        (
            "(busca|encuentra|lista) plantillas de circuitos (de|para|sobre) {word}",
            "que plantillas [de circuitos] hay para {word}",
            "busca {word} en el catalogo [de circuitos]",
            "hay alguna plantilla de circuito para {word}",
        ),
        1.5,
    ),
    _recipe(
        "catalog_all",
        _CATALOG + "for template in get_catalog().search():\n" + _NAMES,
        (
            "(list|show|print) all [the] circuit templates",
            "(which|what) circuit templates (are there|exist|does bioql have|are available)",
            "everything in the circuit (catalog|library)",
            "circuit catalog",
            "names of [all] the circuit templates",
            "what is in the circuit (catalog|library)",
            "all available circuit templates",
            "show me the [whole] circuit (catalog|library)",
            "what templates can i use for circuits",
            "print the name of every circuit template",
            "available templates [of bioql.circuits]",
        ),
        (
            "(lista|muestra) todas las plantillas de circuitos",
            "que plantillas de circuitos hay",
            "catalogo de circuitos",
            "nombres de todas las plantillas de circuitos",
        ),
    ),
    _recipe(
        "catalog_fact",
        _CATALOG + 'template = get_catalog().get("<<template>>")\nprint(<<fact>>)\n',
        (
            "[the] {fact} of the {template} [circuit] template",
            "(show|print|get) [me] the {fact} of the {template} template",
            "(what is|what are) the {fact} of the {template} [circuit] template",
            "{template} template {fact}",
            "get the {template} template from the catalog and (print|show) its {fact}",
            "{fact} of {template} in the circuit catalog",
            "look up {template} in the [circuit] catalog , {fact}",
            "catalog entry {template} : {fact}",
            "i (need|want) the {fact} of the {template} circuit template",
            "which {fact} does the {template} template have",
            "{template} circuit template , only the {fact}",
        ),
        (
            "{fact} de la plantilla [de] {template}",
            "(muestra|dame|imprime) [la|los|las] {fact} de la plantilla {template}",
            "busca {template} en el catalogo y muestra [la|los|las] {fact}",
        ),
    ),
    _recipe(
        "catalog_parameters",
        _CATALOG
        + 'template = get_catalog().get("<<template>>")\nfor spec in template.parameters:\n    print(spec.name, spec.type, spec.default)\n',
        (
            "(which|what) parameters does the {template} [circuit] template (take|have|need|accept)",
            "[the] parameters of the {template} [circuit] template",
            "(list|show|print) [all] [the] (parameters|arguments) of the {template} template",
            "{template} template parameters",
            "how (do i|can i) configure the {template} template",
            "what can i set in the {template} [circuit] template",
            "(arguments|options|settings) of the {template} template",
            "parameter names and types of the {template} circuit template",
            "which (arguments|options) has the {template} template",
            "what do i have to pass to the {template} template",
        ),
        (
            "que parametros (tiene|acepta|necesita) la plantilla {template}",
            "parametros de la plantilla {template}",
            "(lista|muestra) los (parametros|argumentos) de la plantilla {template}",
        ),
    ),
    _recipe(
        "catalog_template",
        _CATALOG + 'template = get_catalog().get("<<template>>")\nprint(template)\n',
        (
            "(get|fetch|load|give me) the {template} template (from|out of) the catalog",
            "(get|fetch|open) the {template} [circuit] template",
            "show [me] the {template} [circuit] template",
            "catalog template {template}",
            "what is the {template} template",
            "print the {template} template",
            "pull {template} from the circuit (catalog|library)",
            "i want the {template} template from the catalog",
            "catalog get {template}",
            "take {template} out of the circuit catalog",
        ),
        (
            "(dame|carga|toma) la plantilla {template} del catalogo",
            "muestra la plantilla {template}",
            "que es la plantilla {template}",
        ),
        0.6,
    ),
    _recipe(
        "catalog_category",
        "from bioql.circuits import CircuitCategory, get_catalog\n\n"
        "for template in get_catalog().get_by_category(CircuitCategory.<<category>>):\n" + _NAMES,
        (
            "(list|show|find) [all] [the] templates (in|of) the {category} category",
            "(which|what) templates are in the category {category}",
            "circuit templates (in|of|from) category {category}",
            "{category} category templates",
            "templates by category : {category}",
            "all circuits of the {category} category",
            "category {category} in the circuit catalog",
            "what does the catalog have under {category} category",
            "get_by_category {category}",
            "(list|print) the names in category {category}",
        ),
        (
            "(lista|muestra) las plantillas de la categoria {category}",
            "que plantillas hay en la categoria {category}",
            "plantillas de circuitos de categoria {category}",
        ),
        0.7,
    ),
    _recipe(
        "use_case",
        _CATALOG + 'for template in get_catalog().get_by_use_case("<<use>>"):\n' + _NAMES,
        (
            "(which|what) templates have the use case {use}",
            "circuit templates with use case {use}",
            "templates by use case : {use}",
            "(find|list|show) [circuit] templates whose use case is {use}",
            "use case {use} , which templates [fit]",
            "circuits (made|meant) for the use case {use}",
            "my use case is {use} , which circuit templates are there",
            "get_by_use_case {use}",
            "(list|print) templates for use case {use}",
            "templates usable for the case {use}",
        ),
        (
            "plantillas con [el] caso de uso {use}",
            "que plantillas tienen el caso de uso {use}",
            "mi caso de uso es {use} , que plantillas hay",
        ),
        0.7,
    ),
    _recipe(
        "catalog_recommend",
        _CATALOG
        + 'for template, score in get_catalog().recommend(use_case="<<use>>"):\n    print(template.name, score)\n',
        (
            "recommend [me] a [circuit] template for {use}",
            "which [circuit] template do you recommend for {use}",
            "(best|recommended) [circuit] templates for {use}",
            "recommend circuits for {use}",
            "suggest a circuit [template] for {use}",
            "template recommendation : {use}",
            "what is the best [circuit] template for {use}",
            "i want to do {use} , recommend a template",
            "rank [the] templates for {use}",
            "circuit recommendations for {use} with [their] scores",
        ),
        (
            "recomienda una plantilla [de circuito] para {use}",
            "que plantilla recomiendas para {use}",
            "mejores plantillas para {use}",
        ),
        0.8,
    ),
    _recipe(
        "catalog_constraints",
        "from bioql.circuits import ResourceConstraints, get_catalog\n\n"
        "constraints = ResourceConstraints(max_qubits=<<limit>>, max_depth=<<depth>>)\n"
        "for template, score in get_catalog().recommend(constraints=constraints, num_qubits=<<n>>):\n    print(template.name, score)\n",
        (
            "recommend [circuit] templates for {n} qubits with at most {limit} qubits and depth {depth}",
            "which templates fit {limit} qubits and depth {depth} for a {n} qubit problem",
            "templates for {n} qubits , max qubits {limit} , max depth {depth}",
            "recommend circuits : num_qubits {n} , max_qubits {limit} , max_depth {depth}",
            "i have {limit} qubits and a depth limit of {depth} , recommend {n} qubit templates",
            "{n} qubit templates within {limit} qubits and depth {depth}",
            "constrained recommendation for {n} qubits , no more than {limit} qubits , depth {depth}",
            "find [circuit] templates of {n} qubits that stay below {limit} qubits and depth {depth}",
            "under the limits of {limit} qubits and depth {depth} , which {n} qubit templates are best",
            "suggest {n} qubit circuits for a machine with {limit} qubits and maximum depth {depth}",
        ),
        (
            "recomienda plantillas de {n} qubits con maximo {limit} qubits y profundidad {depth}",
            "plantillas de {n} qubits , maximo {limit} qubits , profundidad maxima {depth}",
            "que plantillas de {n} qubits caben en {limit} qubits y profundidad {depth}",
        ),
        0.6,
    ),
    _recipe(
        "catalog_tags",
        "from bioql.circuits import SearchFilters, get_catalog\n\n"
        'filters = SearchFilters(tags=["<<tag>>"])\n'
        "for template in get_catalog().search(filters=filters):\n" + _NAMES,
        (
            "(find|list|show) [circuit] templates (tagged|with the tag) {tag}",
            "(which|what) templates (have|carry) the tag {tag}",
            "templates by tag {tag}",
            "filter the [circuit] catalog by [the] tag {tag}",
            "tag {tag} in the circuit catalog",
            "catalog tag filter {tag}",
            "circuits tagged {tag}",
            "search templates with tag {tag}",
            "i want all templates tagged {tag}",
            "only templates with tag {tag}",
        ),
        (
            "plantillas con la etiqueta {tag}",
            "(filtra|busca) el catalogo por la etiqueta {tag}",
            "que plantillas tienen la etiqueta {tag}",
        ),
        0.6,
    ),
    _recipe(
        "catalog_simple",
        "from bioql.circuits import ComplexityRating, SearchFilters, get_catalog\n\n"
        "filters = SearchFilters(complexity_max=ComplexityRating.<<complexity>>)\n"
        "for template in get_catalog().search(filters=filters):\n" + _NAMES,
        (
            "(find|list|show) [circuit] templates of (at most|maximum|max) {complexity} complexity",
            "templates (up to|not above|no more than) {complexity} complexity",
            "(which|what) [circuit] templates have at most {complexity} complexity",
            "filter the catalog by complexity , max {complexity}",
            "max complexity {complexity} templates",
            "circuits no more complex than {complexity}",
            "circuit catalog , complexity_max {complexity}",
            "only templates with complexity {complexity} or (lower|less|below)",
            "complexity {complexity} or lower : which templates",
            "i want templates with {complexity} complexity at most",
        ),
        (
            "plantillas de complejidad {complexity} como maximo",
            "(filtra|busca) el catalogo por complejidad maxima {complexity}",
            "que plantillas tienen complejidad {complexity} o menor",
        ),
        0.5,
    ),
    _recipe(
        "catalog_list_tags",
        _CATALOG + "print(get_catalog().list_tags())\n",
        (
            "(list|show|print) [all] [the] tags (in|of) the [circuit] (catalog|library|templates)",
            "(which|what) tags (exist|are there) in the circuit catalog",
            "circuit catalog tags",
            "all tags of the circuit templates",
            "tags used by the circuit templates",
            "by which tags can i search the circuit catalog",
            "list template tags",
            "show me every tag of the catalog",
            "what tags do the templates have overall",
        ),
        (
            "(lista|muestra) las etiquetas del catalogo [de circuitos]",
            "que etiquetas hay en el catalogo",
            "todas las etiquetas de las plantillas",
        ),
        0.4,
    ),
    _recipe(
        "catalog_list_categories",
        _CATALOG + "print(get_catalog().list_categories())\n",
        (
            "(list|show|print) [all] [the] categories (in|of) the [circuit] (catalog|library|templates)",
            "(which|what) categories (exist|are there) in the circuit catalog",
            "circuit catalog categories",
            "all categories of the circuit templates",
            "categories used by the circuit templates",
            "how is the circuit catalog divided [into categories]",
            "list template categories",
            "show me every category of the catalog",
            "what kinds of circuit templates are there , by category",
        ),
        (
            "(lista|muestra) las categorias del catalogo [de circuitos]",
            "que categorias hay en el catalogo",
            "todas las categorias de las plantillas",
        ),
        0.4,
    ),
    _recipe(
        "catalog_count",
        _CATALOG + "print(get_catalog().count())\n",
        (
            "how many circuit templates (are there|exist|does bioql have)",
            "(count|number of) [the] circuit templates",
            "size of the circuit (catalog|library)",
            "how many templates are in the [circuit] (catalog|library)",
            "circuit template count",
            "how big is the circuit (catalog|library)",
            "(print|tell me) the number of templates",
            "total number of circuit templates",
            "count everything in the circuit catalog",
        ),
        (
            "cuantas plantillas de circuitos hay",
            "numero de plantillas [de circuitos]",
            "tamano del catalogo de circuitos",
        ),
        0.4,
    ),
    _recipe(
        "template_validate",
        _CATALOG
        + 'template = get_catalog().get("<<template>>")\nprint(template.validate_parameters(num_qubits=<<n>>))\n',
        (
            "(is|are) {n} qubits (valid|allowed|ok) for the {template} template",
            "(validate|check) num_qubits {n} for the {template} template",
            "does the {template} template accept {n} qubits",
            "can the {template} template take {n} qubits",
            "{template} template with {n} qubits , valid ?",
            "check whether {n} qubits is a valid value for the {template} template",
            "validate the parameters of the {template} template , {n} qubits",
            "parameter check : {template} template , num_qubits {n}",
            "would {n} qubits be accepted by the {template} template",
            "validate {template} template num_qubits={n}",
        ),
        (
            "(son|es) {n} qubits validos para la plantilla {template}",
            "valida {n} qubits para la plantilla {template}",
            "acepta la plantilla {template} {n} qubits",
        ),
        0.4,
    ),
)
