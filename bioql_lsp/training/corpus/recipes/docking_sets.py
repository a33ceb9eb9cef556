# ruff: noqa: E501
"""Recipes on several dockings, and on looking at one before it is paid for."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot
from bioql_lsp.training.corpus.recipes.docking import SENTENCE, ligand, ligands, listed
from bioql_lsp.training.corpus.runs import BACKENDS, GUARD, RUN_HEAD, quantum_call
from bioql_lsp.training.corpus.slots import file_name, integer, open_integer, target
from bioql_lsp.training.corpus.split import Draw


def targets(draw: Draw) -> Said:
    """Two or three targets; the code holds their PDB ids as the lines of a list."""
    return listed(draw, [target(draw) for _ in range(draw.choose((2, 2, 3)))])


def priced_backend(draw: Draw) -> Said:
    """A backend whose price the package's estimate knows: IonQ's would be free by it."""
    name = draw.choose(tuple(name for name in BACKENDS if name.startswith("ibm")))
    return Said(draw.choose(BACKENDS[name]), name, is_exact=True)


_SLOTS: Final[dict[str, Slot]] = {
    "ligand": ligand,
    "ligands": ligands,
    "targets": targets,
    "n": integer(2, 12),
    "smi": file_name("smi", "ligands", "compounds", "drugs"),
    "times": open_integer(100, 5000, 50),
    "machine": priced_backend,
}
_ONE: Final = {"n": "6"}
_Q: Final = "[(on|with|using) {n} qubits]"
_Q_ES: Final = "[(en|con) {n} qubits]"
_INDENTED_GUARD: Final = "".join(f"    {line}\n" for line in GUARD.splitlines())
_AFFINITY: Final = 'getattr(result, "binding_affinity", None)'


def _loop(variable: str, values: str, sentence: str, before: str = "", modules: str = "") -> str:
    """A program that runs a sentence for each value, a second after the one before."""
    call = quantum_call().replace('"<<sentence>>"', f'f"{sentence}"')
    body = "".join(f"    {line}\n" for line in call.splitlines())
    head = RUN_HEAD.replace("import os\n", f"import os\nimport time\n{modules}")
    return (
        f"{head}{before}for {variable} in {values}:\n{body}{_INDENTED_GUARD}"
        f"    print({variable}, {_AFFINITY})\n    time.sleep(1)\n"
    )


_OF_EACH_LIGAND: Final = SENTENCE.replace("<<ligand>>", "{smiles}")
_OF_EACH_TARGET: Final = SENTENCE.replace("<<target>>", "{pdb_id}")
_READ: Final = 'Path("<<smi>>").read_text().split()'
_PATHS: Final = "from pathlib import Path\n"
_PREVIEW: Final = "from bioql.compiler import parse_english_to_circuit\n"
_CIRCUIT: Final = f'circuit = parse_english_to_circuit("{SENTENCE}")\n'

_RUNS: Final = (
    Recipe(
        "dock_each_ligand",
        says=(
            f"dock {{ligands}} (to|into|against) {{target}} {_Q}",
            f"(screen|test) {{ligands}} (against|on|for) {{target}} {_Q}",
            f"(compare|rank) the [binding] (affinity|affinities) of {{ligands}} (to|for|on) {{target}} {_Q}",
            f"which (binds|docks) {{target}} (better|best): {{ligands}} {_Q}",
            f"which of {{ligands}} (binds|fits) {{target}} best {_Q}",
            f"docking (of|for) several ligands {{ligands}} to {{target}} {_Q}",
            f"virtual screening of {{ligands}} (against|on) {{target}} {_Q}",
            f"ligands {{ligands}}; (receptor|target) {{target}}; dock (them all|each|all of them) {_Q}",
            f"(run|do) [a] docking for each of {{ligands}} (with|against) {{target}} {_Q}",
            f"loop over {{ligands}} and dock each (to|into) {{target}} {_Q}",
            f"i have {{ligands}} and want to know (which binds {{target}}|their affinity for {{target}}) {_Q}",
            f"binding affinities of {{ligands}} (to|with|for) {{target}} {_Q}",
            f"batch docking: {{ligands}} vs {{target}} {_Q}",
        ),
        says_es=(
            f"acopla {{ligands}} (a|con|en|contra) {{target}} {_Q_ES}",
            f"(compara|compara la afinidad de) {{ligands}} (con|por|frente a) {{target}} {_Q_ES}",
            f"cual (se une|se acopla) mejor a {{target}}: {{ligands}} {_Q_ES}",
            f"docking de varios ligandos {{ligands}} (con|a) {{target}} {_Q_ES}",
            f"cribado virtual de {{ligands}} (contra|en) {{target}} {_Q_ES}",
            f"haz un docking de cada uno de {{ligands}} con {{target}} {_Q_ES}",
        ),
        code=_loop("smiles", "ligands", _OF_EACH_LIGAND, "ligands = [\n<<ligands>>]\n"),
        slots=_SLOTS,
        defaults=_ONE,
        weight=1.5,
        is_run=True,
    ),
    Recipe(
        "dock_each_target",
        says=(
            f"dock {{ligand}} (to|into|against) {{targets}} {_Q}",
            f"(screen|test) {{ligand}} against (several targets|the targets|these proteins) {{targets}} {_Q}",
            f"(selectivity|specificity) of {{ligand}} (for|between|among|over) {{targets}} {_Q}",
            f"(compare|check) the [binding] affinity of {{ligand}} (to|for|across) {{targets}} {_Q}",
            f"which target does {{ligand}} bind best: {{targets}} {_Q}",
            f"does {{ligand}} prefer {{targets}} {_Q}",
            f"inverse docking of {{ligand}} (on|over|against) {{targets}} {_Q}",
            f"(run|do) [a] docking of {{ligand}} with each of {{targets}} {_Q}",
            f"loop over [the] (targets|receptors|proteins) {{targets}} and dock {{ligand}} [to each] {_Q}",
            f"cross docking {{ligand}} / {{targets}} {_Q}",
            f"receptors {{targets}}, ligand {{ligand}}, dock (it to all|to each) {_Q}",
            f"is {{ligand}} selective: dock it to {{targets}} {_Q}",
        ),
        says_es=(
            f"acopla {{ligand}} (a|con|en|contra) {{targets}} {_Q_ES}",
            f"selectividad de {{ligand}} (por|entre) {{targets}} {_Q_ES}",
            f"(compara|mira) la afinidad de {{ligand}} (por|con|frente a) {{targets}} {_Q_ES}",
            f"a cual de {{targets}} se une mejor {{ligand}} {_Q_ES}",
            f"haz un docking de {{ligand}} con cada uno de {{targets}} {_Q_ES}",
        ),
        code=_loop("pdb_id", "targets", _OF_EACH_TARGET, "targets = [\n<<targets>>]\n"),
        slots=_SLOTS,
        defaults=_ONE,
        is_run=True,
    ),
    Recipe(
        "dock_file_of_ligands",
        says=(
            f"dock (all|every) [the] (smiles|ligands|molecules|compounds) (in|from|of) {{smi}} (to|into|against) {{target}} {_Q}",
            f"(screen|virtual screening of) [the file] {{smi}} (against|on) {{target}} {_Q}",
            f"read [the] (smiles|ligands) from {{smi}} and dock (each|each one|them) (to|into|against) {{target}} {_Q}",
            f"{{smi}} has one smiles per line, dock (them|each) (to|against) {{target}} {_Q}",
            f"(run|do) docking for (every|each) (line|molecule|ligand) of {{smi}} with {{target}} {_Q}",
            f"for each (smiles|compound) in {{smi}}: dock to {{target}} {_Q}",
            f"i have my (ligands|compounds) in {{smi}} and want (their affinity for|them docked to) {{target}} {_Q}",
            f"which (molecule|compound|ligand) (in|of) {{smi}} binds {{target}} best {_Q}",
            f"quantum screening: library {{smi}}, target {{target}} {_Q}",
            f"loop over {{smi}} docking (each entry|every entry) (to|into) {{target}} {_Q}",
            f"(batch|mass) dock {{smi}} (to|into|on) {{target}} {_Q}",
        ),
        says_es=(
            f"acopla (todos los ligandos|todas las moleculas|los smiles) de {{smi}} (a|con|contra) {{target}} {_Q_ES}",
            f"lee los (smiles|ligandos) de {{smi}} y haz docking (con|a) {{target}} {_Q_ES}",
            f"cribado [virtual] de {{smi}} (contra|frente a) {{target}} {_Q_ES}",
            f"docking de cada linea de {{smi}} con {{target}} {_Q_ES}",
        ),
        code=_loop("smiles", _READ, _OF_EACH_LIGAND, modules=_PATHS),
        slots={**_SLOTS, "smi": file_name("smi", "ligands", "compounds", "drugs", "molecules", "screening")},
        defaults=_ONE,
        weight=0.7,
        is_run=True,
    ),
    Recipe(
        "dock_save_json",
        says=(
            f"dock {{ligand}} (to|into|against) {{target}} {_Q} and (save|write|store) the (result|results|report|interpretation) (to|as|in) {{json}}",
            f"(save|write) the docking of {{ligand}} (to|with) {{target}} (to|in|as) {{json}} {_Q}",
            f"docking {{ligand}} {{target}} {_Q}, output {{json}}",
            f"(export|store) the (docking result|docking report|affinity report) of {{ligand}} and {{target}} (to|as) {{json}} {_Q}",
            f"{{json}} should (hold|contain) the docking (of {{ligand}} to|result of {{ligand}} with) {{target}} {_Q}",
            f"write {{json}} with the binding (report|data|results) of {{ligand}} (in|to|on) {{target}} {_Q}",
            f"run the docking of {{ligand}} (to|against) {{target}} {_Q} and dump (it|the result) to {{json}}",
            f"i want the docking of {{ligand}} (to|on) {{target}} as a json file {{json}} {_Q}",
            f"into {{json}} please: docking results for {{ligand}} (with|vs) {{target}} {_Q}",
            f"dock {{ligand}} (to|with) {{target}} {_Q}, keep the report in {{json}}",
        ),
        says_es=(
            f"acopla {{ligand}} (a|con) {{target}} {_Q_ES} y (guarda|escribe) (el resultado|los resultados) en {{json}}",
            f"guarda el docking de {{ligand}} con {{target}} en {{json}} {_Q_ES}",
            f"docking de {{ligand}} (a|con) {{target}} {_Q_ES}, salida {{json}}",
            f"exporta a {{json}} el acoplamiento de {{ligand}} y {{target}} {_Q_ES}",
        ),
        code=RUN_HEAD.replace("import os\n", "import json\nimport os\nfrom pathlib import Path\n")
        + quantum_call().replace("<<sentence>>", SENTENCE)
        + GUARD
        + 'Path("<<json>>").write_text(json.dumps(result.bio_interpretation, indent=2))\n',
        slots=_SLOTS,
        defaults=_ONE,
        weight=0.7,
        is_run=True,
    ),
)  # fmt: skip

_PREVIEWS: Final = (
    Recipe(
        "docking_circuit",
        says=(
            f"(draw|show|preview|plot|display) the [docking] circuit (for docking|of docking) {{ligand}} (to|into) {{target}} {_Q}",
            f"preview the docking of {{ligand}} (to|with) {{target}} {_Q} [without running it|before i pay]",
            f"draw the docking circuit of {{ligand}} and {{target}} {_Q}",
            f"what (circuit|gates) does docking {{ligand}} (to|into) {{target}} (use|need|compile to) {_Q}",
            f"(docking circuit|circuit of the docking) {{ligand}} {{target}} {_Q}",
            f"(see|look at) the quantum circuit for (the docking of|docking) {{ligand}} (to|in) {{target}} {_Q}",
            f"i want to see the circuit before docking {{ligand}} (to|into) {{target}} {_Q}",
            f"don't run it, just draw {{ligand}} docked (to|into) {{target}} as a circuit {_Q}",
            f"dry run: docking {{ligand}} (to|on) {{target}} {_Q}, [only] the circuit",
            f"how does the docking of {{ligand}} (to|with) {{target}} look as a [quantum] circuit {_Q}",
        ),
        says_es=(
            f"(dibuja|muestra|ensename) el circuito (del docking|del acoplamiento) de {{ligand}} (con|a) {{target}} {_Q_ES}",
            f"vista previa del docking de {{ligand}} (con|a) {{target}} {_Q_ES} [sin ejecutarlo]",
            f"que circuito usa el docking de {{ligand}} a {{target}} {_Q_ES}",
            f"quiero ver el circuito antes de acoplar {{ligand}} a {{target}} {_Q_ES}",
        ),
        code=f'{_PREVIEW}\n{_CIRCUIT}print(circuit.draw(output="text"))\n',
        slots=_SLOTS,
        defaults=_ONE,
        weight=0.7,
    ),
    Recipe(
        "docking_circuit_size",
        says=(
            f"(how deep is|depth of|what is the depth of) the docking circuit (of|for) {{ligand}} (and|to|in) {{target}} {_Q}",
            f"how many gates does [the] docking [of] {{ligand}} (to|into) {{target}} (need|take|have) {_Q}",
            f"(gate count|gate counts|number of gates) (of|for) docking {{ligand}} (to|into) {{target}} {_Q}",
            f"circuit (size|depth) for docking {{ligand}} (to|into|against) {{target}} {_Q}",
            f"docking {{ligand}} {{target}} {_Q}: (depth and gates|depth and ops|circuit statistics)",
            f"count the operations of the {{ligand}} (to|in) {{target}} docking circuit {_Q}",
            f"(resources|circuit resources) (of|for) docking {{ligand}} (to|with) {{target}} {_Q}",
            f"how (big|large) is the circuit that docks {{ligand}} (to|into) {{target}} {_Q}",
            f"tell me depth and gate counts of docking {{ligand}} (to|into) {{target}} {_Q}",
        ),
        says_es=(
            f"(profundidad|tamano) del circuito de docking de {{ligand}} (con|a) {{target}} {_Q_ES}",
            f"cuantas puertas (necesita|usa) el docking de {{ligand}} (a|con) {{target}} {_Q_ES}",
            f"que profundidad tiene el circuito que acopla {{ligand}} a {{target}} {_Q_ES}",
        ),
        code=f"{_PREVIEW}\n{_CIRCUIT}print(circuit.depth(), circuit.count_ops())\n",
        slots=_SLOTS,
        defaults=_ONE,
        weight=0.4,
    ),
    Recipe(
        "docking_aer",
        says=(
            f"(simulate|run) [the] docking [of] {{ligand}} (to|into|with) {{target}} {_Q} (locally|offline|without a key|on my machine|on my laptop) [with {{times}} shots]",
            f"local (simulation|docking simulation) of {{ligand}} (and|to|with) {{target}} {_Q} [, {{times}} shots]",
            f"dock {{ligand}} (to|into|against) {{target}} {_Q} (with aer|on the aer simulator|on the local simulator|on a simulator|on aer) [{{times}} shots]",
            f"(free|no cost) docking of {{ligand}} (to|into) {{target}} on (my computer|the local simulator) {_Q} [with {{times}} shots]",
            f"dock {{ligand}} (to|in) {{target}} {_Q} (without an api key|without paying|for free) [, {{times}} shots]",
            f"offline docking {{ligand}} {{target}} {_Q} [{{times}} shots]",
            f"aer simulation of docking {{ligand}} (to|into) {{target}} {_Q} [with {{times}} shots]",
            f"[i] (have no key|have no api key), simulate the docking of {{ligand}} (to|with) {{target}} {_Q} [with {{times}} shots]",
            f"test the docking of {{ligand}} (to|into) {{target}} locally first {_Q} [with {{times}} shots]",
            f"counts of a locally simulated docking of {{ligand}} (to|with) {{target}} {_Q} [, {{times}} shots]",
        ),
        says_es=(
            f"simula (localmente|en mi maquina|en local|sin clave) el docking de {{ligand}} (con|a) {{target}} {_Q_ES} [con {{times}} shots]",
            f"acopla {{ligand}} (a|con) {{target}} {_Q_ES} (en el simulador local|con aer|sin api key) [con {{times}} disparos]",
            f"docking local de {{ligand}} (con|y) {{target}} {_Q_ES} [, {{times}} shots]",
            f"prueba gratis el docking de {{ligand}} con {{target}} en mi ordenador {_Q_ES} [con {{times}} shots]",
        ),
        code="from bioql.compiler import parse_english_to_circuit\nfrom qiskit_aer import AerSimulator\n\n"
        f"{_CIRCUIT}counts = AerSimulator().run(circuit, shots=<<times>>).result().get_counts()\nprint(counts)\n",
        slots=_SLOTS,
        defaults={**_ONE, "times": "1000"},
        weight=0.8,
    ),
    Recipe(
        "docking_cost",
        says=(
            f"(what does|how much does) [the] docking [of] {{ligand}} (to|into) {{target}} cost (on|with) {{machine}} (with|for) {{times}} shots {_Q}",
            f"(estimate|calculate) the (cost|price) of docking {{ligand}} (to|into|against) {{target}} on {{machine}} [,|with|for] {{times}} shots {_Q}",
            f"(price|cost) of docking {{ligand}} (to|into|with) {{target}}, {{machine}}, {{times}} shots {_Q}",
            f"before i dock {{ligand}} (to|into) {{target}}: what will {{times}} shots on {{machine}} cost {_Q}",
            f"how expensive is [a] docking [of] {{ligand}} (to|into) {{target}} (on|with) {{machine}} at {{times}} shots {_Q}",
            f"cost estimate docking {{ligand}} {{target}} {{machine}} {{times}} shots {_Q}",
            f"what would {{times}} shots of docking {{ligand}} (to|into) {{target}} on {{machine}} cost [me] {_Q}",
            f"(give me|i need) a (quote|cost estimate) for docking {{ligand}} (to|into) {{target}} with {{times}} shots on {{machine}} {_Q}",
            f"budget for {{times}} shots on {{machine}}, docking {{ligand}} (to|with) {{target}} {_Q}",
        ),
        says_es=(
            f"cuanto cuesta (el docking de|acoplar) {{ligand}} (a|con) {{target}} en {{machine}} con {{times}} shots {_Q_ES}",
            f"estima el (costo|coste|precio) del docking de {{ligand}} (a|con) {{target}} en {{machine}} con {{times}} disparos {_Q_ES}",
            f"precio de acoplar {{ligand}} a {{target}}, {{machine}}, {{times}} shots {_Q_ES}",
        ),
        code=f"{_PREVIEW}from bioql.quantum_connector import estimate_job_cost\n\n{_CIRCUIT}"
        'estimate = estimate_job_cost(circuit, "<<machine>>", shots=<<times>>)\nprint(estimate["cost_usd"])\n',
        slots=_SLOTS,
        defaults=_ONE,
        weight=0.5,
    ),
)  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (*_RUNS, *_PREVIEWS)
