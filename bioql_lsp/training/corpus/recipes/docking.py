# ruff: noqa: E501
"""Recipes on docking a molecule to a protein with a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import integer, molecule
from bioql_lsp.training.corpus.split import Draw

SENTENCE: Final = "Docking of SMILES <<ligand>> to PDB <<target>> on <<n>> qubits"
PLACEHOLDER: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input."
_QUBITS: Final = {"n": "6"}
_UNREADABLE = re.compile(r"[/\\.%]|\b\d+\b")
_TRIES_MAX: Final = 1000
SMILES_CHARS_MAX: Final = 100
"""A longer one would make a line that nobody reads."""


def ligand(draw: Draw) -> Said:
    """A molecule whose SMILES BioQL reads whole, and takes no qubit count from."""
    for _ in range(_TRIES_MAX):
        said = molecule(draw)
        if len(said.written) <= SMILES_CHARS_MAX and not _UNREADABLE.search(said.written):
            return said
    raise ValueError(f"no ligand for {draw.split}")


def listed(draw: Draw, items: list[Said]) -> Said:
    """Several values: in a row as the request says them, one a line as the code holds them."""
    texts = [one.said for one in items]
    last = draw.local(" and ", " y ")
    said = draw.choose((", ".join(texts), ", ".join(texts[:-1]) + last + texts[-1]))
    return Said(said, "".join(f'    "{one.written}",\n' for one in items), is_exact=True)


def ligands(draw: Draw) -> Said:
    """Two or three ligands; the code holds them as the lines of a list."""
    return listed(draw, [ligand(draw) for _ in range(draw.choose((2, 2, 3)))])


def attribute(*names: str) -> str:
    """The code that prints what a docking adds to its result."""
    return "print(" + ", ".join(f'getattr(result, "{name}", None)' for name in names) + ")\n"


REPORT: Final = 'print(getattr(result, "binding_affinity", None), result.bio_interpretation)\n'
_AND: Final = "(and|then|and then|,) (print|show|show me|give me|tell me|report|return|output)"
_Y: Final = "(y|,|y luego) (muestra|imprime|dame|dime|muestrame|ensename|saca)"
show = option(
    (attribute("binding_affinity"), f"{_AND} the [binding] affinity", f"{_Y} la afinidad [de union]"),
    (attribute("binding_affinity"), f"{_AND} the (binding energy|score|docking score)", f"{_Y} (la energia de union|la puntuacion)"),
    ("print(result.counts)\n", f"{_AND} [the] [raw|measured|measurement] counts", f"{_Y} (los conteos|las cuentas)"),
    ("print(result.counts)\n", f"{_AND} the (histogram|bitstrings|measurements)", f"{_Y} (el histograma|las mediciones)"),
    (attribute("ki"), f"{_AND} [the] Ki", f"{_Y} [la] Ki"),
    (attribute("ic50"), f"{_AND} [the] IC50", f"{_Y} (la|el) IC50"),
    (attribute("num_poses"), f"{_AND} (the number of poses|how many poses it found)", f"{_Y} (el numero de poses|cuantas poses hay)"),
    (attribute("interactions"), f"{_AND} the [predicted] interactions", f"{_Y} las interacciones"),
    ("print(result.bio_interpretation)\n", f"{_AND} the [biological|bio] interpretation", f"{_Y} la interpretacion [biologica]"),
    ("print(result.job_id)\n", f"{_AND} the job id", f"{_Y} el (id del trabajo|job id)"),
    ("print(result.cost_estimate)\n", f"{_AND} (the cost|what it costs|the price)", f"{_Y} (el costo|el precio|lo que cuesta)"),
)  # fmt: skip
_SLOTS: Final = {"ligand": ligand, "ligands": ligands, "n": integer(2, 12), "show": show}
_Q: Final = "[(on|with|using|over) {n} qubits]"
_Q_ES: Final = "[(en|con|usando) {n} qubits]"


def _dock(
    name: str,
    tail: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    *,
    sentence: str = SENTENCE,
    defaults: dict[str, str] | None = None,
    extra: tuple[str, ...] = (),
    weight: float = 1.0,
) -> Recipe:
    return run(
        name, sentence, says, says_es, slots=_SLOTS, defaults={**_QUBITS, **(defaults or {})},
        extra=extra, tail=tail, weight=weight,
    )  # fmt: skip


_DOCKINGS: Final = (
    _dock(
        "dock",
        "<<show>>",
        (
            f"dock {{ligand}} to {{target}} {_Q} [{{show}}]",
            f"dock {{ligand}} (into|against|with|on|in) {{target}} {_Q} [{{show}}]",
            f"(run|do|perform|start|submit) [a|the] [quantum|molecular] docking of {{ligand}} (to|with|against|into) {{target}} {_Q} [{{show}}]",
            f"docking {{ligand}} {{target}} {_Q} [{{show}}]",
            f"[quantum] docking of {{ligand}} (and|to|against|with) {{target}} {_Q} [{{show}}]",
            f"simulate [the] docking [of] {{ligand}} (to|into|with) {{target}} {_Q} [{{show}}]",
            f"(i want|i need|i would like|i'd like) to dock {{ligand}} (to|into|against) {{target}} {_Q} [{{show}}]",
            f"(can you|could you|please) dock {{ligand}} (to|into|against) {{target}} {_Q} [{{show}}]",
            f"ligand {{ligand}}, (receptor|target|protein) {{target}}, (dock them|run the docking|docking please|dock it) {_Q} [{{show}}]",
            f"{{target}} docking with {{ligand}} [as ligand|as the ligand] {_Q} [{{show}}]",
            f"use {{target}} as [the] (receptor|target) and dock {{ligand}} [to it|into it] {_Q} [{{show}}]",
            f"dock (the drug|the ligand|the molecule|the compound|compound|small molecule) {{ligand}} (to|into|against|with) [the] (protein|receptor|target|structure) {{target}} {_Q} [{{show}}]",
            f"(try|test|check) {{ligand}} (on|against) {{target}} (by|with) [quantum] docking {_Q} [{{show}}]",
            f"[quantum] dock {{ligand}} in the (binding pocket|binding site|active site|pocket) of {{target}} {_Q} [{{show}}]",
            f"molecular docking (simulation|run|calculation|job|experiment) (for|of|with) {{ligand}} (and|against|to|versus) {{target}} {_Q} [{{show}}]",
            "given {target}, dock {ligand} [{show}]",
            f"put {{ligand}} (into|in) {{target}} (by|with|using) docking {_Q} [{{show}}]",
            f"(how|where) does {{ligand}} (fit into|fit in|dock to|sit in|dock into) {{target}} {_Q} [{{show}}]",
            f"(a|one) (docking|docking run) (between|of) {{ligand}} and {{target}} {_Q} [{{show}}]",
            "with {n} qubits dock {ligand} (to|into|against) {target} [{show}]",
        ),
        (
            f"(acopla|haz docking de|dockea|acoplar) {{ligand}} (a|con|en|contra) {{target}} {_Q_ES} [{{show}}]",
            f"[haz un|ejecuta el|corre el|quiero un] (docking|acoplamiento) [molecular|cuantico] de {{ligand}} (con|a|en|contra) {{target}} {_Q_ES} [{{show}}]",
            f"(quiero|necesito) (acoplar|hacer docking de) {{ligand}} (a|con|en) {{target}} {_Q_ES} [{{show}}]",
            f"(simula|simular) el (acoplamiento|docking) de {{ligand}} (con|a|en) {{target}} {_Q_ES} [{{show}}]",
            f"ligando {{ligand}}, (receptor|diana|proteina) {{target}}, (docking|acoplalos) {_Q_ES} [{{show}}]",
            f"acopla [el ligando|el farmaco|la molecula|el compuesto] {{ligand}} [a|en] la (proteina|diana) {{target}} {_Q_ES} [{{show}}]",
            f"usa {{target}} como (receptor|diana) y acopla {{ligand}} {_Q_ES} [{{show}}]",
            f"(como|cómo) (encaja|se acopla) {{ligand}} (en|a) {{target}} {_Q_ES} [{{show}}]",
        ),
        defaults={"show": REPORT},
        weight=4.0,
    ),
    _dock(
        "binding_strength",
        attribute("binding_affinity"),
        (
            f"binding affinity of {{ligand}} (to|for|with|and|against) {{target}} {_Q}",
            f"(compute|calculate|estimate|predict|get|find|determine) the (binding affinity|affinity|binding energy|binding strength) of {{ligand}} (to|for|with|at) {{target}} {_Q}",
            f"how (strongly|tightly|well) does {{ligand}} bind [to] {{target}} {_Q}",
            f"does {{ligand}} bind [to] {{target}} {_Q}",
            f"(what is|what's) the (binding affinity|affinity|binding energy|binding free energy) (of {{ligand}} (to|for|with)|between {{ligand}} and) {{target}} {_Q}",
            f"affinity {{ligand}} {{target}} {_Q}",
            f"(will|would|can) {{ligand}} (bind|stick|attach) to {{target}} {_Q}",
            f"is {{ligand}} a (good|strong|tight) binder of {{target}} {_Q}",
            f"(delta g|free energy|dG) of binding of {{ligand}} to {{target}} {_Q}",
            f"binding (energy|strength) between {{target}} and {{ligand}} {_Q}",
            f"(i want to know|tell me) how (strong|good|tight) the binding of {{ligand}} to {{target}} is {_Q}",
            f"(evaluate|measure|score|assess) [the] binding of {{ligand}} (to|with) {{target}} {_Q}",
            f"{{target}} affinity for {{ligand}} {_Q}",
            f"for {{target}}, how good a ligand is {{ligand}} {_Q}",
            f"docking score of {{ligand}} (to|in|on|against) {{target}} {_Q}",
            f"(what|which) affinity has {{ligand}} (for|to|at) {{target}} {_Q}",
            f"how high is the affinity of {{target}} for {{ligand}} {_Q}",
            f"kcal/mol of {{ligand}} (binding|bound|docked) to {{target}} {_Q}",
        ),
        (
            f"afinidad [de union] de {{ligand}} (por|con|a|hacia) {{target}} {_Q_ES}",
            f"(calcula|estima|predice|dame) la (afinidad|afinidad de union|energia de union) (de {{ligand}} (a|con|por)|entre {{ligand}} y) {{target}} {_Q_ES}",
            f"(se une {{ligand}} a|que tan bien se une {{ligand}} a|con que fuerza se une {{ligand}} a) {{target}} {_Q_ES}",
            f"(cual es|cuál es) la (afinidad|energia de union) (entre {{ligand}} y|de {{ligand}} por) {{target}} {_Q_ES}",
            f"es {{ligand}} un buen ligando (de|para) {{target}} {_Q_ES}",
            f"quiero saber si {{ligand}} se une [bien] a {{target}} {_Q_ES}",
        ),
        weight=3.0,
    ),
    _dock(
        "inhibition_constant",
        attribute("ki"),
        (
            f"Ki of {{ligand}} (for|against|on|at) {{target}} {_Q}",
            f"(calculate|compute|estimate|predict|get) the (Ki|inhibition constant|ki value) of {{ligand}} (for|against|on) {{target}} {_Q}",
            f"(what is|what's) the (Ki|inhibition constant) (of|for) {{ligand}} (on|against|and) {{target}} {_Q}",
            f"ki {{ligand}} {{target}} {_Q}",
            f"inhibition constant {{ligand}} (vs|versus|against) {{target}} {_Q}",
            f"{{target}} ki for {{ligand}} {_Q}",
            f"(i need|give me) the ki (of|for) {{ligand}} (with|against|on) {{target}} {_Q}",
            f"dock {{ligand}} (to|into) {{target}} {_Q} (for|to get|to estimate) the (Ki|inhibition constant)",
            f"at what Ki does {{ligand}} (inhibit|block) {{target}} {_Q}",
            f"which ki has {{ligand}} as (an inhibitor|a blocker) of {{target}} {_Q}",
            f"predicted ki: {{ligand}} (on|and|in) {{target}} {_Q}",
            f"{{ligand}} inhibits {{target}} with (which|what) ki {_Q}",
        ),
        (
            f"Ki de {{ligand}} (para|contra|con|frente a) {{target}} {_Q_ES}",
            f"(calcula|estima|dame) la (Ki|constante de inhibicion) de {{ligand}} (contra|para|frente a) {{target}} {_Q_ES}",
            f"(cual es|cuanto vale) la (Ki|constante de inhibicion) de {{ligand}} (en|sobre) {{target}} {_Q_ES}",
            f"constante de inhibicion de {{ligand}} y {{target}} {_Q_ES}",
        ),
    ),
    _dock(
        "ic50_value",
        attribute("ic50"),
        (
            f"IC50 of {{ligand}} (for|against|on|at) {{target}} {_Q}",
            f"(calculate|compute|estimate|predict|get) [the|an] (IC50|ic50 value|half maximal inhibitory concentration) (of|for) {{ligand}} (for|against|on) {{target}} {_Q}",
            f"(what is|what's) the (IC50|half-maximal inhibition) of {{ligand}} (on|against) {{target}} {_Q}",
            f"ic50 {{ligand}} {{target}} {_Q}",
            f"how (potent|strong an inhibitor) is {{ligand}} (against|on|for) {{target}} {_Q}",
            f"potency of {{ligand}} (on|against|at) {{target}} {_Q}",
            f"how much {{ligand}} (is needed|do i need|does it take) to (inhibit|block) {{target}} {_Q}",
            f"dock {{ligand}} (to|into) {{target}} {_Q} (for|to get|to estimate) the IC50",
            f"{{target}} ic50 for {{ligand}} {_Q}",
            f"inhibitory concentration of {{ligand}} (for|against) {{target}} {_Q}",
            f"ic50 prediction: {{ligand}} (on|and|vs) {{target}} {_Q}",
            f"which dose of {{ligand}} halves the activity of {{target}} {_Q}",
            f"how well does {{ligand}} inhibit {{target}} {_Q}, ic50",
        ),
        (
            f"IC50 de {{ligand}} (para|contra|frente a|en) {{target}} {_Q_ES}",
            f"(calcula|estima|predice|dame) (la|el) (IC50|concentracion inhibitoria) de {{ligand}} (contra|para|frente a) {{target}} {_Q_ES}",
            f"(cual es|cuál es) (la|el) IC50 de {{ligand}} (en|sobre|contra) {{target}} {_Q_ES}",
            f"que tan potente es {{ligand}} (contra|frente a) {{target}} {_Q_ES}",
        ),
    ),
    _dock(
        "docking_ki_ic50",
        attribute("ki", "ic50"),
        (
            f"Ki and IC50 of {{ligand}} (for|against|on) {{target}} {_Q}",
            f"(calculate|estimate|predict|get) [both] ki and ic50 (of|for) {{ligand}} (with|against|on) {{target}} {_Q}",
            f"dock {{ligand}} (to|into|against) {{target}} {_Q} and (print|show|report|give me) [the] (Ki and IC50|IC50 and Ki|ki, ic50)",
            f"ki/ic50 {{ligand}} {{target}} {_Q}",
            f"(what are|tell me) the ki and [the] ic50 of {{ligand}} (on|against) {{target}} {_Q}",
            f"inhibition (values|constants|data) (of|for) {{ligand}} (on|against) {{target}}: (Ki and IC50|IC50 and Ki) {_Q}",
            f"IC50 and Ki for {{ligand}} (binding to|in|at) {{target}} {_Q}",
            f"i need (IC50 plus Ki|Ki plus IC50|both the Ki and the IC50) of {{ligand}} (for|against) {{target}} {_Q}",
            f"inhibition of {{target}} by {{ligand}} {_Q}, ki and ic50",
        ),
        (
            f"Ki e IC50 de {{ligand}} (para|contra|frente a) {{target}} {_Q_ES}",
            f"(calcula|estima|dame) (la Ki y la IC50|el IC50 y la Ki) de {{ligand}} (contra|para|en) {{target}} {_Q_ES}",
            f"acopla {{ligand}} (a|con) {{target}} {_Q_ES} y (muestra|imprime|dame) Ki e IC50",
            f"constante de inhibicion e IC50 de {{ligand}} (en|sobre) {{target}} {_Q_ES}",
        ),
        weight=0.7,
    ),
    _dock(
        "docking_interactions",
        attribute("interactions"),
        (
            f"(which|what) interactions does {{ligand}} (make|form|have) with {{target}} {_Q}",
            f"(predict|show|list|find|get) [the] [molecular] interactions (between {{ligand}} and|of {{ligand}} with) {{target}} {_Q}",
            f"how does {{ligand}} interact with {{target}} {_Q}",
            f"interactions {{ligand}} {{target}} {_Q}",
            f"hydrogen bonds and (hydrophobic|other) contacts (between|of) {{ligand}} and {{target}} {_Q}",
            f"dock {{ligand}} (to|into) {{target}} {_Q} and (tell me|show|list) (which|what) (contacts|interactions) it makes",
            f"(contacts|binding interactions|interaction profile) of {{ligand}} (in|with|and) {{target}} {_Q}",
            f"what holds {{ligand}} in {{target}}: h-bonds, hydrophobic, stacking {_Q}",
            f"protein-ligand interactions (of|for) {{ligand}} (in|and) {{target}} {_Q}",
        ),
        (
            f"(que|qué) interacciones (tiene|forma|hace) {{ligand}} con {{target}} {_Q_ES}",
            f"(predice|muestra|lista|dame) las interacciones (entre {{ligand}} y|de {{ligand}} con) {{target}} {_Q_ES}",
            f"como interactua {{ligand}} con {{target}} {_Q_ES}",
            f"interacciones proteina-ligando de {{ligand}} y {{target}} {_Q_ES}",
        ),
        weight=0.7,
    ),
    _dock(
        "docking_poses",
        attribute("num_poses"),
        (
            f"how many (poses|binding poses|binding modes) (of {{ligand}} in|does {{ligand}} have in) {{target}} {_Q}",
            f"number of [binding] poses of {{ligand}} (in|on|for) {{target}} {_Q}",
            f"count the [docking] poses of {{ligand}} (in|on|with) {{target}} {_Q}",
            f"in how many ways (can|does) {{ligand}} (bind|sit in|dock to) {{target}} {_Q}",
            f"(how many|number of) docked conformations of {{ligand}} (in|with) {{target}} {_Q}",
            f"pose count {{ligand}} {{target}} {_Q}",
            f"dock {{ligand}} (to|into) {{target}} {_Q} and count the (poses|binding modes)",
            f"tell me how many binding modes docking finds for {{ligand}} (in|at) {{target}} {_Q}",
        ),
        (
            f"cuantas poses (tiene|hay de) {{ligand}} en {{target}} {_Q_ES}",
            f"numero de poses de {{ligand}} (en|con) {{target}} {_Q_ES}",
            f"cuenta las poses (del acoplamiento|del docking) de {{ligand}} (a|con|en) {{target}} {_Q_ES}",
        ),
        weight=0.4,
    ),
    _dock(
        "docking_drug_likeness",
        attribute("binding_affinity", "lipinski_compliant", "qed_score"),
        (
            f"dock {{ligand}} (to|into|against) {{target}} {_Q} and (check|show|print|report) [the] (affinity, lipinski and QED|affinity and drug-likeness|affinity plus drug likeness)",
            f"affinity and drug-likeness of {{ligand}} (for|on|with) {{target}} {_Q}",
            f"binding affinity, lipinski and qed of {{ligand}} (on|for|against) {{target}} {_Q}",
            f"does {{ligand}} bind {{target}} and is it drug-like {_Q}",
            f"is {{ligand}} a drug-like (binder|ligand) (of|for) {{target}} {_Q}",
            f"docking of {{ligand}} (to|with) {{target}} with (lipinski and QED|drug-likeness scores|pharmaceutical scores) {_Q}",
            f"(evaluate|judge|assess) {{ligand}} as a drug (for|against) {{target}}: affinity, lipinski, qed {_Q}",
            f"how well does {{ligand}} bind {{target}} and does it (pass|obey|follow) lipinski {_Q}",
            f"druglikeness and docking (score|affinity) for {{ligand}} (on|vs) {{target}} {_Q}",
        ),
        (
            f"afinidad y (drug-likeness|lipinski|QED) de {{ligand}} (con|para|por) {{target}} {_Q_ES}",
            f"acopla {{ligand}} (a|con) {{target}} {_Q_ES} y (dime si cumple lipinski|muestra lipinski y QED)",
            f"se une {{ligand}} a {{target}} y cumple lipinski {_Q_ES}",
        ),
        weight=0.5,
    ),
    _dock(
        "docking_mitigated",
        attribute("binding_affinity"),
        (
            f"dock {{ligand}} (to|into|against) {{target}} {_Q} with (error mitigation|readout mitigation|readout error mitigation|readout correction)",
            f"error mitigated docking of {{ligand}} (to|with|and) {{target}} {_Q}",
            f"docking {{ligand}} {{target}} {_Q} readout mitigation",
            f"(correct|mitigate) [the] readout errors (when|while) docking {{ligand}} (to|into) {{target}} {_Q}",
            f"binding affinity of {{ligand}} (to|for) {{target}} with (readout|error) mitigation {_Q}",
            f"noise corrected docking of {{ligand}} (to|against) {{target}} {_Q}",
            f"use readout error mitigation and dock {{ligand}} (to|into) {{target}} {_Q}",
            f"run {{ligand}} docking on {{target}} {_Q}, mitigation readout",
            f"dock {{ligand}} (to|with) {{target}} {_Q} and (fix|clean up|reduce) the measurement errors",
        ),
        (
            f"acopla {{ligand}} (a|con) {{target}} {_Q_ES} con mitigacion de errores [de lectura]",
            f"docking de {{ligand}} (con|a) {{target}} {_Q_ES} corrigiendo los errores de lectura",
            f"afinidad de {{ligand}} (por|con) {{target}} con mitigacion de lectura {_Q_ES}",
        ),
        extra=('mitigation=["readout"]',),
        weight=0.7,
    ),
    _dock(
        "docking_ligand_only",
        REPORT,
        (
            f"dock {{ligand}} {_Q} without a (target|receptor|protein)",
            f"docking of {{ligand}} {_Q}, no (receptor|target|protein) [given|yet]",
            f"docking run (with|for) (just|only) the ligand {{ligand}} {_Q}",
            f"i have no (receptor|target) (yet|for it), [just] dock {{ligand}} {_Q}",
            f"(only the ligand|ligand only) docking: {{ligand}} {_Q}",
            f"(simulate|run) [a] (docking|docking circuit) for {{ligand}} alone {_Q}",
            f"receptor-free docking of {{ligand}} {_Q}",
            f"dock (the molecule|the ligand) {{ligand}} (alone|by itself|on its own) {_Q}",
        ),
        (
            f"docking de {{ligand}} sin (receptor|diana|proteina) {_Q_ES}",
            f"acopla (solo|solamente) [el ligando] {{ligand}} {_Q_ES}",
            f"no tengo receptor, haz el docking de {{ligand}} {_Q_ES}",
        ),
        sentence="Docking of SMILES <<ligand>> on <<n>> qubits",
        weight=0.3,
    ),
)  # fmt: skip


def _with_note(recipe: Recipe) -> Recipe:
    """Without a receptor BioQL makes the affinity up from the counts: the program says so."""
    call = "result = quantum("
    return replace(recipe, code=recipe.code.replace(call, f"{PLACEHOLDER}\n{call}"))


RECIPES: Final[tuple[Recipe, ...]] = (*_DOCKINGS[:-1], _with_note(_DOCKINGS[-1]))
