"""Recipes on what counts say: entropy, purity, noise, and beside a docking result."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.slots import counts, open_integer
from bioql_lsp.training.corpus.split import Draw


def expected(draw: Draw) -> Said:
    """A two-qubit state to expect."""
    text = draw.choose(("00", "01", "10", "11"))
    return Said(draw.choose((text, f'"{text}"', f"|{text}>")), text, is_exact=True)


def pair_counts(draw: Draw) -> Said:
    """Counts of two qubits."""
    while True:
        value = counts(draw)
        if len(value.written.split('"')[1]) == 2:
            return value


def affinity(draw: Draw) -> Said:
    """A docking affinity in kcal/mol."""
    text = draw.make(lambda rng: f"-{rng.randint(35, 135) / 10}")
    return Said(text, text, is_exact=True)


SLOTS: Final[dict[str, Slot]] = {
    "affinity": affinity,
    "poses": open_integer(1, 60),
    "feature": option(
        ("entropy_bits", "[shannon|Shannon] entropy", "[la] entropia [de shannon]"),
        ("purity", "purity", "[la] pureza"),
        ("participation_ratio", "(participation ratio|effective number of states)", "([el] participation ratio|[la] razon de participacion)"),
        ("most_probable_state", "(most probable|most likely|top) state", "[el] estado mas probable"),
        ("max_probability", "(maximum|highest|largest) probability", "[la] probabilidad (maxima|mas alta)"),
        ("probability_distribution", "(probability distribution|probabilities)", "([la] distribucion de probabilidad|[las] probabilidades)"),
        ("total_shots", "(total|number of) shots", "[el] (total|numero) de disparos"),
        ("num_qubits", "number of qubits", "[el] numero de qubits"),
    ),
}  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "quantum_features_values",
        says=(
            "entropy and purity of {counts}",
            "(extract|get|compute) [the] [quantum] features (of|from) [the] [counts] {counts}",
            "quantum features of {counts}",
            "(what are|show) the statistical features of [these] counts {counts}",
            "(analyze|analyse|characterize|summarize) the distribution of counts {counts}",
            "how mixed are these results {counts}",
            "features for counts {counts}",
            "i measured {counts}, give me entropy, purity and the top state",
            "{counts} -> entropy, purity, most probable state",
            "(describe|summarise) {counts} by entropy and purity",
            "quantum statistics of the outcome {counts}",
            "take {counts} and compute its entropy and purity",
            "extract_quantum_features {counts}",
        ),
        says_es=(
            "entropia y pureza de {counts}",
            "(extrae|calcula|dame) las caracteristicas [cuanticas] de [los conteos] {counts}",
            "caracteristicas cuanticas de {counts}",
            "medí {counts}, dame entropía, pureza y el estado más probable",
            "describe la distribucion de los conteos {counts}",
        ),
        code="""from bioql import extract_quantum_features

features = extract_quantum_features(<<counts>>)
print(features.entropy_bits, features.purity, features.most_probable_state)
""",
        weight=1.5,
    ),
    Recipe(
        "one_feature_count",
        says=(
            "{feature} of [the] [counts] {counts}",
            "(compute|calculate|get|find) [the] {feature} (of|for|from) {counts}",
            "(what is|what's) the {feature} of {counts}",
            "{feature} for {counts}",
            "i have counts {counts} and (want|need) the {feature}",
            "only the {feature} of these counts: {counts}",
            "(tell me|show me|give me) the {feature} in {counts}",
            "{counts}: {feature}",
            "from the counts {counts} get the {feature}",
            "measured {counts}, what {feature} does that have",
            "print the {feature} of the measured counts {counts}",
        ),
        says_es=(
            "{feature} de [los conteos] {counts}",
            "(calcula|dame|muestra|obten) {feature} de {counts}",
            "tengo los conteos {counts} y quiero {feature}",
            "cual es {feature} en {counts}",
            "conteos {counts}: {feature}",
        ),
        code="""from bioql import extract_quantum_features

features = extract_quantum_features(<<counts>>)
print(features.<<feature>>)
""",
        slots=SLOTS,
        weight=1.5,
    ),
    Recipe(
        "feature_vector",
        says=(
            "(make|build|create) [an] ml (features|feature vector) from [the] counts {counts}",
            "ml features of {counts}",
            "feature vector (for|of) {counts}",
            "turn {counts} into a (feature vector|numpy vector|vector for machine learning)",
            "machine learning features from {counts}",
            "i want to train a model on {counts}, make its features",
            "encode {counts} as numeric features",
            "vectorize the counts {counts}",
            "create_ml_features for {counts}",
            "numpy array of features for the counts {counts}",
            "prepare {counts} as input of a classifier",
        ),
        says_es=(
            "(crea|haz) un vector de caracteristicas de {counts}",
            "caracteristicas para machine learning de {counts}",
            "convierte {counts} en un vector para ml",
            "vectoriza los conteos {counts}",
        ),
        code="""from bioql import extract_quantum_features
from bioql.quantum_fusion import create_ml_features

features = extract_quantum_features(<<counts>>)
print(create_ml_features(features))
""",
        weight=0.6,
    ),
    Recipe(
        "noise_analysis",
        says=(
            "(analyze|analyse|check|inspect|assess) [the] noise (in|of) [the] [counts] {counts}",
            "noise analysis (of|for) {counts}",
            "how noisy (is|are) {counts}",
            "noise metrics for [the] counts {counts}",
            "i got {counts}, how noisy is my result",
            "quality check of the measurement {counts}",
            "probability spread and unique states of {counts}",
            "(look at|study) the noise of these results: {counts}",
            "is there much noise in {counts}",
            "analyze_quantum_noise {counts}",
            "noise report: {counts}",
        ),
        says_es=(
            "(analiza|revisa|estudia) el ruido (de|en) {counts}",
            "analisis de ruido de [los conteos] {counts}",
            "cuanto ruido hay en {counts}",
            "obtuve {counts}, qué tan ruidoso es",
            "metricas de ruido para {counts}",
        ),
        code="""from bioql import analyze_quantum_noise

print(analyze_quantum_noise(<<counts>>))
""",
    ),
    Recipe(
        "noise_against_state",
        says=(
            "(analyze|analyse|check|estimate) the noise (in|of) {counts} (against|for|with) [the] expected state {expected}",
            "noise of {counts}, expected state {expected}",
            "i expected {expected} but got {counts}, how noisy is that",
            "how noisy are the counts {counts} if the right answer is {expected}",
            "noise estimate (of|for) {counts} when {expected} is (correct|expected|ideal)",
            "compare {counts} with the ideal outcome {expected}",
            "{counts} should be all {expected}, estimate the noise",
            "ideal state {expected}, measured {counts}: noise",
            "what share of {counts} is not {expected}, noise analysis",
            "error of the measurement {counts} relative to state {expected}",
            "analyze_quantum_noise {counts} expected_state {expected}",
        ),
        says_es=(
            "analiza el ruido de {counts} con estado esperado {expected}",
            "esperaba {expected} y obtuve {counts}, cuanto ruido hay",
            "ruido de {counts} si lo correcto es {expected}",
            "compara {counts} con el estado ideal {expected}",
            "estima el ruido: estado esperado {expected}, conteos {counts}",
        ),
        code="""from bioql import analyze_quantum_noise

print(analyze_quantum_noise(<<counts>>, expected_state="<<expected>>"))
""",
        slots={"expected": expected, "counts": pair_counts},
    ),
    Recipe(
        "correlate_docking",
        says=(
            "(correlate|combine|relate) [the] [quantum] counts {counts} with a docking affinity of {affinity} [kcal/mol]",
            "put the counts {counts} (beside|next to) [the] docking affinity {affinity} [kcal/mol]",
            "quantum features of {counts} together with [the] vina affinity {affinity}",
            "compare {counts} with a docking score of {affinity} [kcal/mol]",
            "how do the counts {counts} relate to the classical docking energy {affinity}",
            "report counts {counts} and docking affinity {affinity} together",
            "i docked and got {affinity} kcal/mol, my quantum counts are {counts}; correlate them",
            "quantum classical correlation: counts {counts}, affinity {affinity}",
            "correlate_quantum_classical for {counts} and affinity {affinity}",
            "relation between the entropy of {counts} and the binding affinity {affinity}",
        ),
        says_es=(
            "(correlaciona|combina|relaciona) los conteos {counts} con una afinidad de docking de {affinity} [kcal/mol]",
            "compara {counts} con la afinidad de docking {affinity}",
            "hice docking y obtuve {affinity} kcal/mol, los conteos son {counts}; correlaciona",
            "correlación cuántica clásica: conteos {counts}, afinidad {affinity}",
        ),
        code="""from bioql import correlate_quantum_classical, extract_quantum_features

features = extract_quantum_features(<<counts>>)
report = correlate_quantum_classical(features, docking_affinity=<<affinity>>)
print(report["CORRELATION_ANALYSIS"])
""",
        slots=SLOTS,
        weight=0.7,
    ),
    Recipe(
        "correlate_docking_poses_count",
        says=(
            "(correlate|combine|relate) [the] counts {counts} with a docking of {poses} poses and [an] affinity [of] {affinity}",
            "counts {counts}, docking affinity {affinity} [kcal/mol], {poses} poses: correlate",
            "report quantum counts {counts} with docking result {affinity} kcal/mol from {poses} poses",
            "docking gave {poses} poses with best affinity {affinity}; relate it to the counts {counts}",
            "put {counts} beside a docking run with {poses} poses, best score {affinity}",
            "quantum and docking results together: {counts}, {affinity} kcal/mol, {poses} poses",
            "compare {counts} to vina's {affinity} over {poses} poses",
            "i have {poses} poses, affinity {affinity} and counts {counts}, make the correlation report",
            "correlation of counts {counts} to docking, {poses} poses, {affinity} kcal/mol",
            "fuse {counts} with the docking output: affinity {affinity}, poses {poses}",
        ),
        says_es=(
            "correlaciona {counts} con un docking de {poses} poses y afinidad {affinity}",
            "conteos {counts}, afinidad {affinity}, {poses} poses: correlacion",
            "el docking dio {poses} poses con afinidad {affinity}, relacionalo con {counts}",
            "informe de {counts} junto al docking con {affinity} kcal/mol y {poses} poses",
        ),
        code="""from bioql import correlate_quantum_classical, extract_quantum_features

features = extract_quantum_features(<<counts>>)
report = correlate_quantum_classical(features, docking_affinity=<<affinity>>, docking_poses=<<poses>>)
print(report["CORRELATION_ANALYSIS"])
""",
        slots=SLOTS,
        weight=0.3,
    ),
)
