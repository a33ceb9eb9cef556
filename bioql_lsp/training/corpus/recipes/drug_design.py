# ruff: noqa: E501
"""Recipes on the design of new molecules for a disease or a target."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.recipes.docking import attribute
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.split import Draw

_DISEASES: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("obesity", ("obesity", "overweight"), ("la obesidad", "obesidad")),
    ("diabetes", ("diabetes", "type 2 diabetes", "diabetes mellitus"), ("la diabetes", "diabetes", "diabetes tipo 2")),
    ("cancer", ("cancer", "tumors", "tumours"), ("el cancer", "cancer", "cáncer")),
    ("Alzheimer", ("alzheimer", "alzheimer's", "alzheimer's disease", "Alzheimer disease"), ("alzheimer", "el alzheimer")),
    ("Parkinson", ("parkinson", "parkinson's", "parkinson's disease", "Parkinson disease"), ("parkinson", "el parkinson")),
    ("hypertension", ("hypertension", "high blood pressure"), ("la hipertension", "hipertension", "hipertensión")),
    ("depression", ("depression", "major depression"), ("la depresion", "depresion", "depresión")),
    ("pain", ("pain", "chronic pain"), ("el dolor", "dolor cronico")),
    ("asthma", ("asthma",), ("el asma", "asma")),
    ("malaria", ("malaria",), ("la malaria", "malaria")),
    ("tuberculosis", ("tuberculosis", "TB"), ("la tuberculosis", "tuberculosis")),
    ("migraine", ("migraine",), ("la migraña", "migraña")),
    ("epilepsy", ("epilepsy",), ("la epilepsia", "epilepsia")),
    ("arthritis", ("arthritis", "rheumatoid arthritis"), ("la artritis", "artritis")),
    ("psoriasis", ("psoriasis",), ("la psoriasis", "psoriasis")),
    ("leukemia", ("leukemia", "leukaemia"), ("la leucemia", "leucemia")),
    ("melanoma", ("melanoma",), ("el melanoma", "melanoma")),
    ("lupus", ("lupus",), ("el lupus", "lupus")),
    ("influenza", ("influenza", "flu", "the flu"), ("la gripe", "gripe")),
    ("schizophrenia", ("schizophrenia",), ("la esquizofrenia", "esquizofrenia")),
    ("insomnia", ("insomnia",), ("el insomnio", "insomnio")),
    ("anemia", ("anemia", "anaemia"), ("la anemia", "anemia")),
    ("cystic fibrosis", ("cystic fibrosis",), ("la fibrosis quistica", "fibrosis quistica")),
    ("lung cancer", ("lung cancer",), ("el cancer de pulmon", "cancer de pulmon")),
    ("breast cancer", ("breast cancer",), ("el cancer de mama", "cancer de mama")),
    ("osteoporosis", ("osteoporosis",), ("la osteoporosis", "osteoporosis")),
    ("multiple sclerosis", ("multiple sclerosis",), ("la esclerosis multiple", "esclerosis multiple")),
)  # fmt: skip


def disease(draw: Draw) -> Said:
    """A disease as people call it; the code holds its usual English name."""
    name, english, spanish = draw.pick(_DISEASES, key=lambda row: row[0])
    return Said(draw.choose(spanish if draw.language == "es" else english), name)


_AND: Final = "(and|then|,) (print|show|give me|tell me)"
_Y: Final = "(y|,) (muestra|imprime|dame|dime)"
_CANDIDATES: Final = (
    'for candidate in getattr(result, "all_candidates", []):\n'
    '    print(candidate["name"], candidate["smiles"], candidate["predicted_affinity"])\n'
)
_SHOW: Final = option(
    (attribute("best_molecule"), f"{_AND} the (best molecule|best one|best candidate|winner)", f"{_Y} (la mejor molecula|el mejor candidato)"),
    (attribute("designed_molecules"), f"{_AND} (all|all the|the) [designed] (molecules|structures|smiles)", f"{_Y} (todas las moleculas|los smiles)"),
    (_CANDIDATES, f"{_AND} (the candidates|all candidates|a list of candidates) [with (their|the) affinities]", f"{_Y} (los candidatos|todos los candidatos)"),
    (attribute("binding_affinity"), f"{_AND} (its|the) [binding] affinity", f"{_Y} (su|la) afinidad"),
    (attribute("best_molecule", "binding_affinity"), f"{_AND} the best molecule (and|with) its affinity", f"{_Y} la mejor molecula (y|con) su afinidad"),
    (attribute("ki", "ic50"), f"{_AND} Ki and IC50", f"{_Y} Ki e IC50"),
    ("print(result.counts)\n", f"{_AND} the [measured] counts", f"{_Y} (los conteos|las cuentas)"),
    ("print(result.bio_interpretation)\n", f"{_AND} the (full report|interpretation|whole report)", f"{_Y} (el informe completo|la interpretacion)"),
)  # fmt: skip
_SLOTS: Final = {"disease": disease, "show": _SHOW}
_DEFAULTS: Final = {"show": attribute("best_molecule", "binding_affinity")}
_DRUG: Final = (
    "(drug|molecule|compound|medicine|drug molecule|drug candidate|small molecule|therapeutic)"
)
_FARMACO: Final = "(farmaco|fármaco|medicamento|candidato a farmaco|compuesto)"

RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "design_for_disease",
        "Design a novel drug molecule for <<disease>> with 6 qubits",
        (
            f"(design|create|generate|invent|develop) a [new|novel] {_DRUG} (for|against|to treat) {{disease}} [{{show}}]",
            f"(find|propose|suggest|come up with) a (new|novel) {_DRUG} (for|against) {{disease}} [{{show}}]",
            "[quantum] drug design (for|against) {disease} [{show}]",
            "de novo [drug] design (for|against) {disease} [{show}]",
            "drug discovery (for|on|against) {disease} [{show}]",
            "design something (new|novel) (that treats|to treat|against) {disease} [{show}]",
            f"(i want|i need|i'd like|give me) a (new|novel) {_DRUG} for {{disease}} [{{show}}]",
            "new (molecules|drugs|compounds|candidates) (for|against) {disease} [{show}]",
            "(can you|could you|please) (design|create) [me] a (drug|molecule|treatment) for {disease} [{show}]",
            "{disease}: (design|generate) a (new|novel) (drug|molecule) [{show}]",
            "what (new|novel) (molecule|drug|compound) could (treat|help against|work against) {disease} [{show}]",
            "(generate|make) (drug candidates|candidate molecules|novel structures|novel molecules) for {disease} [{show}]",
            "generative chemistry for {disease} [{show}]",
            "(work on|start) a drug (design run|design project) for {disease} [{show}]",
            "which molecule would you make (for|against) {disease} [{show}]",
            "molecule design (targeting|aimed at|for patients with) {disease} [{show}]",
        ),
        (
            f"(diseña|disena|crea|genera|inventa) un [nuevo] {_FARMACO} (para|contra) {{disease}} [{{show}}]",
            "(diseña|disena|crea|genera) una [nueva] molecula (para|contra) {disease} [{show}]",
            "(diseño|diseno) de (farmacos|fármacos|medicamentos) (para|contra) {disease} [{show}]",
            "(busca|propon) un (nuevo|posible) (farmaco|medicamento) para {disease} [{show}]",
            "(quiero|necesito) un farmaco nuevo para {disease} [{show}]",
            "que molecula nueva serviria contra {disease} [{show}]",
            "(diseño|diseno) de novo (para|contra) {disease} [{show}]",
            "nuevas moleculas (para|contra) {disease} [{show}]",
        ),
        slots=_SLOTS, defaults=_DEFAULTS, tail="<<show>>", weight=3.0,
    ),
    run(
        "design_for_target",
        "Design a novel drug molecule for PDB <<target>> with 6 qubits",
        (
            f"(design|create|generate|develop) a [new|novel] {_DRUG} (for|against|that binds [to]|targeting) {{target}} [{{show}}]",
            "(design|create|generate|invent) (an inhibitor|a ligand|a binder|an agonist|an antagonist|a blocker) (of|for) {target} [{show}]",
            "(find|propose|suggest) a (new|novel) (ligand|inhibitor|binder) (for|of) {target} [{show}]",
            "de novo [drug|ligand] design (for|against|on) {target} [{show}]",
            "[structure based] drug design (for|against|on) [the] [target|protein|receptor] {target} [{show}]",
            "new (inhibitors|ligands|binders|molecules) (for|of|against) {target} [{show}]",
            "{target}: (design|generate) a (new|novel) (ligand|inhibitor|molecule|binder) [{show}]",
            "(i want|i need|give me) a (new|novel) (inhibitor|ligand|binder) (of|for) {target} [{show}]",
            "what (new|novel) molecule (would|could) (bind|block|inhibit) {target} [{show}]",
            "(generate|make) (candidate molecules|candidate ligands|new ligands|novel inhibitors) (for|of|against) {target} [{show}]",
            "invent something that (blocks|inhibits|binds) {target} [{show}]",
            "target {target}, (design|propose) [me] a (molecule|drug) [from scratch] [{show}]",
            "(can you|please) design a molecule [that fits|for the pocket of|against] {target} [{show}]",
            "ligand design {target} [{show}]",
            "design from scratch a (molecule|ligand) that (fits|binds) {target} [{show}]",
        ),
        (
            f"(diseña|disena|crea|genera) un [nuevo] {_FARMACO} (para|contra|que se una a) {{target}} [{{show}}]",
            "(diseña|disena|crea|genera) un (inhibidor|ligando) [nuevo] (de|para) {target} [{show}]",
            "(diseño|diseno) de (farmacos|ligandos|inhibidores) (para|contra|de) {target} [{show}]",
            "(diseña|disena|genera) una molecula nueva (para|contra|que se una a) {target} [{show}]",
            "(quiero|necesito) un (inhibidor|ligando) nuevo (de|para) {target} [{show}]",
            "que molecula nueva bloquearia {target} [{show}]",
            "nuevos (ligandos|inhibidores) (para|de) {target} [{show}]",
        ),
        slots=_SLOTS, defaults=_DEFAULTS, tail="<<show>>", weight=2.0,
    ),
    run(
        "design_for_both",
        "Design a novel drug molecule for <<disease>> against PDB <<target>> with 6 qubits",
        (
            f"(design|create|generate) a [new|novel] {_DRUG} for {{disease}} (that binds|targeting|against|acting on) {{target}} [{{show}}]",
            "drug design for {disease} (on|with|against) [the] target {target} [{show}]",
            "{disease} drug (against|targeting) {target}, (design one|design it|from scratch) [{show}]",
            "de novo design: disease {disease}, target {target} [{show}]",
            "(find|propose|suggest) a (new|novel) {target} (inhibitor|ligand|binder) (for|to treat|against) {disease} [{show}]",
            "treat {disease} through {target}: design a (molecule|drug) [{show}]",
            "i work on {disease} with target {target}, design a new molecule [{show}]",
            "new (molecules|compounds|drugs) against {disease} that bind {target} [{show}]",
            "(target|receptor) {target}, indication {disease}, (design|generate) a drug [{show}]",
            "(generate|make) {disease} drug candidates for {target} [{show}]",
            "which new molecule (could|would) treat {disease} by binding [to] {target} [{show}]",
        ),
        (
            f"(diseña|disena|crea|genera) un [nuevo] {_FARMACO} para {{disease}} (que se una a|contra la diana|dirigido a) {{target}} [{{show}}]",
            "(diseño|diseno) de farmacos para {disease} con la diana {target} [{show}]",
            "enfermedad {disease}, diana {target}: (diseña|disena|genera) una molecula [{show}]",
            "trabajo en {disease} con {target}, (diseña|disena) una molecula nueva [{show}]",
        ),
        slots=_SLOTS, defaults=_DEFAULTS, tail="<<show>>",
    ),
)  # fmt: skip
