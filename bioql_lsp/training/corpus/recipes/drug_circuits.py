# ruff: noqa: E501
"""Recipes on the circuits for drug discovery that are built for one molecule."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.slots import integer

_SIZE: Final = "print(circuit.num_qubits, circuit.depth())\n"
_ADME: Final = "from bioql.circuits.drug_discovery.adme_circuits import ADMECircuit\n\n"
_TOX: Final = (
    "from bioql.circuits.drug_discovery.toxicity_prediction import ToxicityPredictionCircuit\n\n"
)
_PHARMA: Final = "from bioql.circuits.drug_discovery.pharmacophore import PharmacophoreCircuit\n\n"
_BIND: Final = (
    "from bioql.circuits.drug_discovery.binding_affinity import BindingAffinityCircuit\n\n"
)
_PROPERTY: Final = option(
    *((name, name, spanish) for name, spanish in (
        ("absorption", "absorcion"), ("distribution", "distribucion"), ("metabolism", "metabolismo"), ("excretion", "excrecion"),
    ))
)  # fmt: skip
_ENDPOINT: Final = option(
    ("hepatotoxicity", "(hepatotoxicity|liver toxicity)", "(hepatotoxicidad|toxicidad hepatica)"),
    ("cardiotoxicity", "(cardiotoxicity|heart toxicity)", "(cardiotoxicidad|toxicidad cardiaca)"),
    ("mutagenicity", "mutagenicity", "mutagenicidad"),
    ("cytotoxicity", "cytotoxicity", "citotoxicidad"),
    ("neurotoxicity", "neurotoxicity", "neurotoxicidad"),
)
_SLOTS: Final = {
    "property": _PROPERTY,
    "endpoint": _ENDPOINT,
    "n": integer(8, 16),
    "depth": integer(1, 6),
}


def _recipe(
    name: str, code: str, says: tuple[str, ...], says_es: tuple[str, ...], weight: float = 0.5
) -> Recipe:
    return Recipe(name, says, says_es, code, _SLOTS, weight=weight)


RECIPES: Final[tuple[Recipe, ...]] = (
    _recipe(
        "circuit_adme",
        _ADME + 'circuit = ADMECircuit("<<molecule>>").build()\n' + _SIZE,
        (
            "(build|make|create) (a|the) [quantum] ADME circuit (for|of) {molecule}",
            "[quantum] adme circuit {molecule}",
            "[quantum] circuit for [the] ADME [prediction|properties] of {molecule}",
            "adme circuit of {molecule}",
            "i (need|want) a quantum circuit for the adme of {molecule}",
            "encode {molecule} in an adme circuit",
            "how (big|deep) is the adme circuit (of|for) {molecule}",
            "quantum circuit : adme of {molecule}",
            "turn {molecule} into an adme prediction circuit",
            "qubits and depth of the adme circuit for {molecule}",
        ),
        (
            "circuito [cuantico] ADME (de|para) {molecule}",
            "(crea|construye) el circuito adme de {molecule}",
            "quiero un circuito cuantico para el adme de {molecule}",
        ),
    ),
    _recipe(
        "adme_circuit_sized",
        _ADME + 'circuit = ADMECircuit("<<molecule>>", n_qubits=<<n>>).build()\n' + _SIZE,
        (
            "(build|make|create) (a|the) {n} qubit ADME circuit (for|of) {molecule}",
            "adme circuit {molecule} {n} qubits",
            "[quantum] circuit for the adme of {molecule} with {n} qubits",
            "adme circuit of {molecule} on {n} qubits",
            "i (need|want) a {n} qubit circuit for the adme of {molecule}",
            "encode {molecule} in an adme circuit with {n} qubits",
            "with {n} qubits (build|make) the adme circuit for {molecule}",
            "{n} qubits , adme circuit , {molecule}",
            "adme prediction circuit (of|for) {molecule} using {n} qubits",
        ),
        (
            "circuito adme de {molecule} con {n} qubits",
            "(crea|construye) un circuito adme de {n} qubits para {molecule}",
            "circuito adme {molecule} {n} qubits",
        ),
        0.3,
    ),
    _recipe(
        "adme_circuit_predict",
        _ADME
        + 'adme = ADMECircuit("<<molecule>>").batch_predict()\nprint(adme.absorption_score, adme.bioavailability, adme.half_life)\n',
        (
            "predict [the] adme of {molecule} with the [quantum] [adme] circuit",
            "quantum circuit adme prediction (of|for) {molecule}",
            "(run|use) the [quantum] adme circuit (on|for) {molecule} and (predict|print the scores)",
            "adme scores of {molecule} from the adme circuit",
            "ADMECircuit batch predict {molecule}",
            "use ADMECircuit to predict {molecule}",
            "what does the [quantum] adme circuit (predict|say) for {molecule}",
            "quantum adme prediction {molecule} [with a circuit]",
            "absorption, bioavailability and half life of {molecule} by the quantum circuit",
            "i want the adme of {molecule} predicted by a quantum circuit",
        ),
        (
            "predice el adme de {molecule} con el circuito [cuantico]",
            "prediccion adme cuantica de {molecule} con circuito",
            "usa ADMECircuit para predecir {molecule}",
        ),
    ),
    _recipe(
        "adme_circuit_property",
        _ADME + 'print(ADMECircuit("<<molecule>>").predict_property("<<property>>"))\n',
        (
            "{property} of {molecule} with the [quantum] [adme] circuit",
            "(predict|compute) [the] {property} [score] of {molecule} (with|by|using) the [quantum] adme circuit",
            "quantum circuit {property} {molecule}",
            "{property} score from the adme circuit for {molecule}",
            "use ADMECircuit for the {property} of {molecule}",
            "what {property} does the adme circuit give for {molecule}",
            "i want the {property} of {molecule} from a quantum circuit",
            "adme circuit , {molecule} , {property} only",
            "quantum {property} prediction for {molecule}",
        ),
        (
            "{property} de {molecule} con el circuito [cuantico|adme]",
            "(predice|calcula) la {property} de {molecule} con el circuito adme",
            "usa ADMECircuit para la {property} de {molecule}",
        ),
        0.4,
    ),
    _recipe(
        "toxicity_circuit",
        _TOX + 'circuit = ToxicityPredictionCircuit("<<molecule>>").build()\n' + _SIZE,
        (
            "(build|make|create) (a|the) [quantum] (toxicity|tox) circuit (for|of) {molecule}",
            "[quantum] (toxicity|tox) circuit {molecule}",
            "[quantum] circuit for [the] toxicity [prediction] of {molecule}",
            "quantum circuit : toxicity of {molecule}",
            "i (need|want) a quantum circuit for the toxicity of {molecule}",
            "encode {molecule} in a toxicity circuit",
            "how (big|deep) is the toxicity circuit (of|for) {molecule}",
            "turn {molecule} into a toxicity prediction circuit",
            "toxicity classifier circuit for {molecule}",
            "qubits and depth of the tox circuit for {molecule}",
        ),
        (
            "circuito [cuantico] de toxicidad (de|para) {molecule}",
            "(crea|construye) el circuito de toxicidad de {molecule}",
            "quiero un circuito cuantico para la toxicidad de {molecule}",
        ),
    ),
    _recipe(
        "tox_circuit_predict",
        _TOX
        + 'toxicity = ToxicityPredictionCircuit("<<molecule>>").predict_toxicity()\nprint(toxicity.overall_risk, toxicity.risk_category, toxicity.alerts)\n',
        (
            "predict [the] toxicity of {molecule} with the [quantum] [toxicity] circuit",
            "quantum circuit (tox|toxicity) prediction (of|for) {molecule}",
            "(run|use) the [quantum] toxicity circuit (on|for) {molecule} and predict",
            "overall toxicity risk of {molecule} from the toxicity circuit",
            "use ToxicityPredictionCircuit (on|for) {molecule}",
            "what does the [quantum] toxicity circuit (predict|say) for {molecule}",
            "quantum toxicity prediction {molecule} [with a circuit]",
            "risk category of {molecule} by the quantum circuit",
            "i want the toxicity of {molecule} predicted by a quantum circuit",
            "ToxicityPredictionCircuit predict {molecule}",
        ),
        (
            "predice la toxicidad de {molecule} con el circuito [cuantico]",
            "prediccion cuantica de toxicidad de {molecule} con circuito",
            "usa ToxicityPredictionCircuit para {molecule}",
        ),
    ),
    _recipe(
        "tox_circuit_endpoint",
        _TOX
        + 'toxicity = ToxicityPredictionCircuit("<<molecule>>").predict_toxicity("<<endpoint>>")\nprint(toxicity.<<endpoint>>_risk)\n',
        (
            "{endpoint} of {molecule} with the [quantum] [toxicity] circuit",
            "(predict|compute) [the] {endpoint} [risk] of {molecule} (with|by|using) the [quantum] toxicity circuit",
            "quantum circuit {endpoint} {molecule}",
            "{endpoint} risk from the toxicity circuit for {molecule}",
            "use ToxicityPredictionCircuit for the {endpoint} of {molecule}",
            "what {endpoint} risk does the toxicity circuit give for {molecule}",
            "i want the {endpoint} of {molecule} from a quantum circuit",
            "toxicity circuit , {molecule} , {endpoint} only",
            "quantum {endpoint} prediction for {molecule}",
        ),
        (
            "{endpoint} de {molecule} con el circuito [cuantico|de toxicidad]",
            "(predice|calcula) la {endpoint} de {molecule} con el circuito de toxicidad",
            "usa ToxicityPredictionCircuit para la {endpoint} de {molecule}",
        ),
        0.4,
    ),
    _recipe(
        "pharmacophore",
        _PHARMA
        + 'model = PharmacophoreCircuit("<<molecule>>").generate_pharmacophore()\nfor feature in model.features:\n    print(feature.feature_type, feature.position)\n',
        (
            "(generate|build|make|find|compute) (a|the) pharmacophore [model] (of|for) {molecule}",
            "pharmacophore {molecule}",
            "pharmacophore (features|model) of {molecule}",
            "which pharmacophore features does {molecule} have",
            "(list|show|print) the pharmacophore features of {molecule}",
            "i (need|want) the pharmacophore of {molecule}",
            "what is the pharmacophore of {molecule}",
            "pharmacophore modelling for {molecule}",
            "donors, acceptors and hydrophobes of {molecule} as a pharmacophore",
            "pharmacophore points (of|in) {molecule}",
            "3d pharmacophore for {molecule}",
        ),
        (
            "(genera|construye|calcula) el farmacoforo de {molecule}",
            "farmacoforo {molecule}",
            "(rasgos|caracteristicas) farmacoforicos de {molecule}",
            "cual es el farmacoforo de {molecule}",
        ),
        0.8,
    ),
    _recipe(
        "pharmacophore_circuit",
        _PHARMA + 'circuit = PharmacophoreCircuit("<<molecule>>").build()\n' + _SIZE,
        (
            "(build|make|create) (a|the) [quantum] pharmacophore circuit (for|of) {molecule}",
            "pharmacophore circuit {molecule}",
            "[quantum] circuit for the pharmacophore of {molecule}",
            "i (need|want) a quantum circuit for the pharmacophore of {molecule}",
            "how (big|deep) is the pharmacophore circuit (of|for) {molecule}",
            "encode {molecule} in a pharmacophore circuit",
            "turn {molecule} into a pharmacophore circuit",
            "quantum circuit : pharmacophore of {molecule}",
            "qubits and depth of the pharmacophore circuit for {molecule}",
        ),
        (
            "circuito [cuantico] de farmacoforo de {molecule}",
            "(crea|construye) el circuito de farmacoforo de {molecule}",
            "circuito farmacoforo {molecule}",
        ),
        0.3,
    ),
    _recipe(
        "pair_affinity_circuit",
        _BIND
        + 'circuit = BindingAffinityCircuit("<<molecule>>", "<<pdb_file>>").build()\n'
        + _SIZE,
        (
            "(build|make|create) (a|the) [quantum] (binding|affinity|binding affinity) circuit (for|of) {molecule} and {pdb_file}",
            "binding affinity circuit {molecule} {pdb_file}",
            "[quantum] circuit for the binding [affinity] of {molecule} (to|with) {pdb_file}",
            "i (need|want) a [vqe|quantum] circuit for {molecule} binding to {pdb_file}",
            "affinity circuit of {molecule} against [the receptor] {pdb_file}",
            "vqe circuit for {molecule} in {pdb_file}",
            "quantum circuit : affinity of {molecule} for {pdb_file}",
            "how (big|deep) is the affinity circuit of {molecule} and {pdb_file}",
            "ligand {molecule} , receptor {pdb_file} , build the binding affinity circuit",
        ),
        (
            "circuito [cuantico] de afinidad de {molecule} (con|y) {pdb_file}",
            "(crea|construye) el circuito de afinidad de {molecule} y {pdb_file}",
            "circuito de afinidad {molecule} {pdb_file}",
        ),
        0.4,
    ),
)
