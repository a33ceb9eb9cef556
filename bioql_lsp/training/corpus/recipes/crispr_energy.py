# ruff: noqa: E501
"""Recipes on the energy model of a guide: where it runs, its baseline, decoys and spread."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.crispr import (
    COUPLING_ARG,
    COUPLING_LINE,
    SEED_ARG,
    SHOTS_ARG,
    SHOTS_LINE,
    any_guide,
    argument,
    each,
    ibm_backend,
    quoted,
)
from bioql_lsp.training.corpus.slots import decimal, integer, open_word, word

_FIELDS: Final = option(
    ('estimate["energy_estimate"]', "(and|,) (show|print|give me) (only|just) the energy",
     "(y|,) (muestra|imprime) solo la energia"),
    ('estimate["confidence"]', "(and|,) (show|print|give me) (only|just) the confidence",
     "(y|,) (muestra|imprime) solo la confianza"),
    ('estimate["runtime_seconds"]', "(and|,) (show|print|tell me) (how long it took|the runtime)",
     "(y|,) (muestra|dime) (cuanto tardo|el tiempo)"),
    ('estimate["num_qubits"]', "(and|,) (show|print|tell me) (the number of qubits|how many qubits it needs)",
     "(y|,) (muestra|dime) (el numero de qubits|cuantos qubits usa)"),
    ("estimate", "(and|,) (show|print) (everything|all fields|the whole result)",
     "(y|,) (muestra|imprime) (todo|el resultado completo)"),
)  # fmt: skip
_ENERGY: Final = 'estimate["energy_estimate"], estimate["confidence"]'
_DEFAULTS: Final = {"coupling": "", "shots": "", "seed": "", "show": _ENERGY}
_SLOTS: Final = {
    "guide": any_guide,
    "coupling": COUPLING_ARG,
    "shots": SHOTS_ARG,
    "seed": SEED_ARG,
    "show": _FIELDS,
}
_LINES: Final = {"coupling": COUPLING_LINE, "shots": SHOTS_LINE}


_DEVICE: Final = word("SV1", "DM1", "Harmony", "Aspen-M")
_BUCKET: Final = argument(
    "s3_bucket",
    quoted(open_word("amazon-braket-results", "my-bucket", "crispr-runs", "lab-braket",
        "braket-output", "guides-bucket", "quantum-results", "amazon-braket-lab")),
    "(with|and|using) (s3 bucket|bucket|the bucket) {v}",
    "(con|y|usando) (el bucket|bucket s3|bucket) {v}",
    is_line=True,
)  # fmt: skip
_REGION: Final = argument(
    "aws_region",
    quoted(word("us-east-1", "us-west-1", "us-west-2", "eu-west-2", "eu-north-1")),
    "(in|in region|in aws region) {v}",
    "(en|en la region) {v}",
    is_line=True,
)  # fmt: skip
_NUM_DECOYS: Final = argument(
    "num_decoys", integer(3, 50), "(with|using|and) {v} decoys", "con {v} (decoys|señuelos)"
)
_NUM_REPEATS: Final = argument(
    "num_repeats",
    integer(2, 30),
    "(with {v} repeats|over {v} runs|repeated {v} times|from {v} repetitions|{v} repeats)",
    "(con {v} repeticiones|repitiendo {v} veces|en {v} corridas)",
)
_MUTATION_RATE: Final = argument(
    "mutation_rate",
    decimal(0.05, 0.9),
    "(with|at a|and a) mutation rate [of] {v}",
    "(con|y) [una] tasa de mutacion [de] {v}",
)


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "crispr_energy",
        says=each(
            " [{coupling}] [{shots}] [{seed}] [{show}]",
            "(estimate|compute|calculate|get) [the] energy [collapse] of [guide|grna|sgrna|guide rna] {guide}",
            "(estimate|predict|work out) [the] binding energy of (guide|grna|sgrna|the guide) {guide} [locally]",
            "energy [collapse] (of|for) (guide|grna|sgrna|the guide) {guide}",
            "(guide|grna|sgrna) {guide} energy",
            "what is the [binding|collapse] energy of [the] (guide|grna|sgrna) {guide}",
            "how strongly does [the] (guide|grna|sgrna) {guide} bind [its target|the dna]",
            "i need the binding energy of the (guide|grna|sgrna) {guide}",
            "local simulation of the [binding] energy of [guide] {guide}",
            "(simulate|model) [the] [binding] energy of [guide|sgrna] {guide} (offline|locally|on my machine|on the local simulator)",
            "{guide}: (guide|grna) binding energy",
            "(run|do) an energy collapse estimate (for|on|of) [guide] {guide}",
            "estimate_energy_collapse_simulator for {guide}",
            "energy of the (grna-dna|guide-dna|guide dna) (interaction|binding|duplex) for {guide}",
            "take [the] (guide|sgrna) {guide} and (estimate|compute) its [binding] energy",
            "ising energy (of|for) guide {guide}",
            "affinity of [the] guide [rna] {guide} (to|for) its dna target",
        ),
        says_es=each(
            " [{coupling}] [{shots}] [{seed}] [{show}]",
            "(estima|calcula|dame) la energia [de union|de colapso] de la guia {guide}",
            "energia [de union] (de|para) [la] (guia|sgRNA) {guide}",
            "cual es la energía (de unión|de colapso) de la guía {guide}",
            "(simula|estima) localmente la energia de [la guia] {guide}",
            "con que fuerza se une la guia {guide}",
            "necesito la energia de union de la guia {guide}",
            "tengo la guia {guide}, (calcula|estima) su energia",
        ),
        code="""from bioql import estimate_energy_collapse_simulator

estimate = estimate_energy_collapse_simulator("<<guide>>"<<coupling>><<shots>><<seed>>)
print(<<show>>)
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
        weight=2.0,
    ),
    Recipe(
        "crispr_energy_qiskit",
        says=each(
            " [{coupling}] [{shots}] [{show}]",
            "(estimate|compute|get) [the] [binding] energy [collapse] of [guide|grna|sgrna] {guide} (with|using|in|via) (qiskit|aer|qiskit aer)",
            "(use|take) (qiskit|aer|the aer simulator) (to estimate|for) the [binding] energy of [guide] {guide}",
            "(qiskit|aer) energy (of|for) [guide|sgrna] {guide}",
            "energy of [guide] {guide} on [the] (aer|aer simulator|qiskit aer|aer_simulator)",
            "what [binding] energy does (qiskit|aer) give for [the] guide {guide}",
            "run the guide energy [estimation] on (qiskit|aer) for {guide}",
            "estimate_energy_collapse_qiskit for {guide}",
            "{guide}: guide energy (with|on) (qiskit|aer)",
            "i want the energy of my guide {guide} from a qiskit circuit",
            "simulate [the] guide {guide} (in|with) (qiskit|aer) and (get|estimate) its energy",
            "guide energy through (qiskit|aer), sequence {guide}",
        ),
        says_es=each(
            " [{coupling}] [{shots}] [{show}]",
            "(estima|calcula) la energia de [la guia] {guide} (con|usando|en) (qiskit|aer)",
            "(usa|utiliza) (qiskit|aer) para la energia de la guia {guide}",
            "energía de la guía {guide} (con|en) (qiskit|aer)",
            "que energia da (qiskit|aer) para la guia {guide}",
            "(corre|ejecuta) la energia de la guia {guide} en (qiskit|aer)",
        ),
        code="""from bioql import estimate_energy_collapse_qiskit

estimate = estimate_energy_collapse_qiskit("<<guide>>"<<coupling>><<shots>>)
print(<<show>>)
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "crispr_energy_ibm",
        says=each(
            " [{coupling}] [{shots}] [{show}]",
            "(estimate|compute|get) [the] [binding] energy [collapse] of [guide|grna|sgrna] {guide} on {ibm}",
            "energy of [guide|sgrna] {guide} on {ibm} [hardware]",
            "on {ibm} (estimate|compute) the [binding] energy of [guide] {guide}",
            "(use|take) {ibm} (to estimate|for) the [binding] energy of [guide] {guide}",
            "what is the [binding] energy of guide {guide} (on|according to) {ibm}",
            "run the energy estimate of [guide] {guide} on {ibm}",
            "{ibm} guide energy (of|for) {guide}",
            "i want the energy of guide {guide} measured on {ibm}",
            "(send|submit) guide {guide} to {ibm} and (estimate|get) its energy",
            "estimate_energy_collapse_qiskit of {guide} (with backend|on) {ibm}",
            "guide {guide}, [binding] energy, backend {ibm}",
            "binding energy of my sgrna {guide} from real ibm hardware, {ibm}",
        ),
        says_es=each(
            " [{coupling}] [{shots}] [{show}]",
            "(estima|calcula) la energia de [la guia] {guide} en {ibm}",
            "energía [de unión] de la guía {guide} (en|con) {ibm}",
            "en {ibm} (estima|calcula) la energia de la guia {guide}",
            "(usa|utiliza) {ibm} para la energia de la guia {guide}",
            "(manda|envia) la guia {guide} a {ibm} y (estima|dame) su energia",
        ),
        code="""import os

from bioql import estimate_energy_collapse_qiskit

estimate = estimate_energy_collapse_qiskit(
    "<<guide>>",
    backend_name="<<ibm>>",
    ibm_token=os.environ["IBM_QUANTUM_TOKEN"],<<coupling>><<shots>>
)
print(<<show>>)
""",
        slots={**_SLOTS, **_LINES, "ibm": ibm_backend},
        defaults=_DEFAULTS,
    ),
    Recipe(
        "crispr_energy_braket",
        says=each(
            " [{coupling}] [{shots}] [{region}] [{bucket}] [{show}]",
            "(estimate|compute|get) [the] [binding] energy of [guide|grna|sgrna] {guide} on (braket|aws braket|amazon braket) [{device}]",
            "(braket|aws braket) energy (of|for) [guide|sgrna] {guide} [on {device}]",
            "(use|take) (braket|aws|amazon braket) [{device}] (to estimate|for) the [binding] energy of [guide] {guide}",
            "energy of guide {guide} (with|using|via) (aws braket|braket) [device {device}]",
            "run the energy estimate of [guide] {guide} on [the] braket {device} [device]",
            "what is the energy of guide {guide} on [the] braket [device] {device}",
            "estimate_energy_collapse_braket for {guide} [on {device}]",
            "guide energy on aws for {guide}",
            "(send|submit) guide {guide} to (aws braket|braket) and (estimate|get) its energy",
            "{guide}: guide energy (on|from) (aws|braket|amazon braket) [{device}]",
            "i have an aws account and want the energy of guide {guide} on braket [{device}]",
            "binding energy of sgrna {guide} from the {device} device of amazon braket",
        ),
        says_es=each(
            " [{coupling}] [{shots}] [{region}] [{bucket}] [{show}]",
            "(estima|calcula) la energia de [la guia] {guide} en (braket|aws braket|aws) [{device}]",
            "(usa|utiliza) (braket|aws) [{device}] para la energia de la guia {guide}",
            "energía de la guía {guide} (con|en) (braket|amazon braket) [{device}]",
            "(manda|envia) la guia {guide} a braket y (estima|dame) su energia",
            "energia de union de {guide} en el dispositivo {device} de braket",
        ),
        code="""from bioql import estimate_energy_collapse_braket

estimate = estimate_energy_collapse_braket(
    "<<guide>>",
    backend_name="<<device>>",<<coupling>><<shots>><<region>><<bucket>>
)
print(<<show>>)
""",
        slots={**_SLOTS, **_LINES, "device": _DEVICE, "region": _REGION, "bucket": _BUCKET},
        defaults={**_DEFAULTS, "device": "SV1", "region": "", "bucket": ""},
    ),
    Recipe(
        "crispr_energy_batch",
        says=each(
            " [{coupling}] [{shots}]",
            "(estimate|compute|get) [the] [binding] (energies|energy) of (these|the|my) (guides|grnas|sgrnas): {guides}",
            "(energies|binding energies) of [the|these] (guides|sgrnas|grnas) {guides}",
            "[binding] energy of each of the guides {guides}",
            "batch energy (estimate|estimation|run) (for|of) [guides] {guides}",
            "what are the [binding] energies of [guides] {guides}",
            "for each guide in {guides} (compute|estimate|print) the [binding] energy",
            "i have guides {guides} and (want|need) their [binding] energies",
            "{guides}: guide energies",
            "energy collapse of several guides: {guides}",
            "batch_energy_estimation (for|of|on) {guides}",
            "(list|table of) [the] [binding] energies for my (guides|grnas) {guides}",
            "guide binding energies in one go: {guides}",
            "local energies of many sgrnas {guides}",
        ),
        says_es=each(
            " [{coupling}] [{shots}]",
            "(calcula|estima|dame) las energias de (estas|las|mis) guias: {guides}",
            "energías [de unión] de las guías {guides}",
            "energia de cada una de las guias {guides}",
            "para cada guia de {guides} (calcula|estima) la energia",
            "tengo las guias {guides} y (quiero|necesito) sus energias",
        ),
        code="""from bioql.crispr_qai.energies import batch_energy_estimation

guides = [<<guides>>]
for estimate in batch_energy_estimation(guides<<coupling>><<shots>>):
    print(estimate["guide_sequence"], estimate["energy_estimate"])
""",
        slots={"coupling": COUPLING_ARG, "shots": SHOTS_ARG},
        defaults={"coupling": "", "shots": ""},
    ),
    Recipe(
        "crispr_lowest_energy",
        says=each(
            " [{shots}]",
            "which (guide|grna|sgrna) has the lowest [binding] energy: {guides}",
            "which (guide|grna|sgrna) binds (strongest|most strongly|tightest): {guides}",
            "lowest energy guide (of|among|in) {guides}",
            "find the guide with the (lowest|smallest|most negative) [binding] energy in {guides}",
            "(guide|sgrna) with (minimum|minimal|lowest) energy among {guides}",
            "of [the] guides {guides}, which (one binds strongest|has least energy|is lowest in energy)",
            "compare [the] [binding] energies of [guides] {guides} and (pick|show|print) the lowest",
            "i have [guides] {guides}, which one binds [the] strongest",
            "tightest binding (guide|sgrna) out of {guides}",
            "pick the strongest binding guide from {guides}",
            "minimum energy guide: {guides}",
        ),
        says_es=each(
            " [{shots}]",
            "que guia tiene la menor energia: {guides}",
            "cual guía se une con más fuerza: {guides}",
            "guia de (menor|minima) energia entre {guides}",
            "(encuentra|busca|dime) la guia con la energia mas baja de {guides}",
            "compara las energias de {guides} y muestra la menor",
        ),
        code="""from bioql.crispr_qai.energies import batch_energy_estimation

guides = [<<guides>>]
estimates = batch_energy_estimation(guides<<shots>>)
best = min(estimates, key=lambda estimate: estimate["energy_estimate"])
print(best["guide_sequence"], best["energy_estimate"])
""",
        slots={"shots": SHOTS_ARG},
        defaults={"shots": ""},
    ),
    Recipe(
        "crispr_classical_baseline",
        says=each(
            " [{coupling}]",
            "(compute|calculate|get) [the] classical (baseline|energy|baseline energy) of [guide|grna|sgrna] {guide}",
            "classical [ising] baseline (of|for) [guide|sgrna] {guide}",
            "what is the classical (energy|baseline|ising energy) of [the] guide {guide}",
            "mean field energy (of|for) guide {guide}",
            "(guide|sgrna) {guide} classical [energy] baseline",
            "classical reference energy for [my] guide {guide}",
            "energy of guide {guide} without [any] quantum effects",
            "i need the classical [ising] baseline for {guide}",
            "non quantum energy baseline for the sgrna {guide}",
            "baseline energy for calibrating guide {guide}",
            "compute_classical_baseline of {guide}",
        ),
        says_es=each(
            " [{coupling}]",
            "(calcula|dame) la (linea base|energia|referencia) clasica de [la guia] {guide}",
            "energía clásica de la guía {guide}",
            "cual es la linea base clasica de {guide}",
            "energia sin efectos cuanticos de la guia {guide}",
        ),
        code="""from bioql.crispr_qai import compute_classical_baseline

print(compute_classical_baseline("<<guide>>"<<coupling>>))
""",
        slots={"guide": any_guide, "coupling": COUPLING_ARG},
        defaults={"coupling": ""},
        weight=0.6,
    ),
    Recipe(
        "crispr_decoys",
        says=each(
            " [{rate}] [{seed}]",
            "(generate|make|create|give me) {n} decoys (of|for|from) [guide|grna|sgrna] {guide}",
            "(generate|make|create) {n} decoy (sequences|guides) (of|for|from) {guide}",
            "{n} (decoys|negative controls|decoy guides) for [guide] {guide}",
            "(mutate|scramble) guide {guide} into {n} decoys",
            "i need {n} (negative control|decoy|control) guides (based on|for|derived from) {guide}",
            "{guide}: {n} decoy sequences",
            "random[ly] mutated (versions|variants|copies) of guide {guide}, {n} of them",
            "{n} random mutants of (the guide|sgrna) {guide} as [negative] controls",
            "(build|produce) a set of {n} decoys from [the] guide {guide}",
            "generate_decoy_sequences for {guide}, {n} decoys",
            "control sequences for guide {guide}, {n} please",
        ),
        says_es=each(
            " [{rate}] [{seed}]",
            "(genera|crea|dame) {n} (señuelos|decoys) (de|para) [la guia] {guide}",
            "{n} controles negativos para la guia {guide}",
            "necesito {n} guias (señuelo|de control) a partir de {guide}",
            "muta la guía {guide} en {n} (señuelos|decoys)",
        ),
        code="""from bioql.crispr_qai import generate_decoy_sequences

for decoy in generate_decoy_sequences("<<guide>>", num_decoys=<<n>><<rate>><<seed>>):
    print(decoy)
""",
        slots={"guide": any_guide, "n": integer(2, 50), "rate": _MUTATION_RATE, "seed": SEED_ARG},
        defaults={"rate": "", "seed": ""},
        weight=0.7,
    ),
    Recipe(
        "crispr_z_score",
        says=each(
            " [{decoys}]",
            "z score of [guide|grna|sgrna] {guide} (against|versus|vs|relative to) decoys",
            "(compare|calibrate) [the] energy of [guide] {guide} (against|with|to) (decoys|random decoys|decoy guides)",
            "(normalize|normalise) [the] energy of [guide] {guide}",
            "normalized energy (of|for) [guide|sgrna] {guide}",
            "is the energy of guide {guide} better than (random|decoys|chance)",
            "how does [guide] {guide} (rank|compare|do) against decoy (guides|sequences)",
            "energy z-score (for|of) [my] guide {guide}",
            "how (significant|special) is the [binding] energy of guide {guide} (against|vs) decoys",
            "{guide}: [guide] energy normalized by (decoys|decoys and the classical baseline)",
            "percentile of guide {guide} (among|against) (its decoys|decoys)",
            "i want the energy of sgrna {guide} normalised against decoy sequences",
            "compute_normalized_energy for [guide] {guide}",
        ),
        says_es=each(
            " [{decoys}]",
            "z score de la guia {guide} (contra|frente a) (decoys|señuelos)",
            "(normaliza|calibra) la energia de [la guia] {guide}",
            "energía normalizada de la guía {guide}",
            "compara la energia de {guide} con (decoys|señuelos)",
            "es mejor que el azar la energia de la guia {guide}",
        ),
        code="""from bioql.crispr_qai import (
    compute_classical_baseline,
    compute_normalized_energy,
    generate_decoy_sequences,
)
from bioql.crispr_qai.energies import batch_energy_estimation

guide = "<<guide>>"
decoys = generate_decoy_sequences(guide<<decoys>>)
energy, *others = [row["energy_estimate"] for row in batch_energy_estimation([guide, *decoys])]
print(compute_normalized_energy(energy, compute_classical_baseline(guide), others))
""",
        slots={"guide": any_guide, "decoys": _NUM_DECOYS},
        defaults={"decoys": ""},
        weight=0.7,
    ),
    Recipe(
        "crispr_energy_uncertainty",
        says=each(
            " [{repeats}] [{coupling}]",
            "[binding] energy of [guide|grna|sgrna] {guide} with (error bars|uncertainty|an error estimate|its standard deviation)",
            "(estimate|compute) the uncertainty (of|on|in) the [binding] energy of [guide] {guide}",
            "(mean and standard deviation|mean and std|mean and spread) of the energy of guide {guide}",
            "how (uncertain|noisy|reproducible) is the energy of guide {guide}",
            "repeat the energy estimate of guide {guide} (and average|and give the mean and std|to get error bars)",
            "error bars (for|on) the energy of [sgrna|guide] {guide}",
            "guide {guide}, average energy plus minus error",
            "standard error of the [binding] energy of guide {guide}",
            "(average|mean) [binding] energy of guide {guide} over repeated runs",
            "i want a confidence interval style energy for guide {guide}",
            "estimate_with_uncertainty for [guide] {guide}",
            "statistics of repeated energy runs for {guide}",
        ),
        says_es=each(
            " [{repeats}] [{coupling}]",
            "energia de la guia {guide} con (incertidumbre|barras de error|desviacion)",
            "(estima|calcula) la incertidumbre de la energia de [la guia] {guide}",
            "media y desviación [estándar] de la energía de la guía {guide}",
            "repite la estimacion de energia de {guide} y promedia",
            "que tan reproducible es la energia de la guia {guide}",
        ),
        code="""from bioql import LocalSimulatorEngine
from bioql.crispr_qai import estimate_with_uncertainty

engine = LocalSimulatorEngine()
estimate = estimate_with_uncertainty("<<guide>>", engine<<coupling>><<repeats>>)
print(estimate["energy_mean"], estimate["energy_std"])
""",
        slots={"guide": any_guide, "repeats": _NUM_REPEATS, "coupling": COUPLING_ARG},
        defaults={"repeats": "", "coupling": ""},
        weight=0.7,
    ),
)
