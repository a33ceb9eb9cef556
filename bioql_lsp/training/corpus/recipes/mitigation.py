"""Recipes on the mitigation of errors in counts that were measured."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.runs import backend_slot
from bioql_lsp.training.corpus.slots import counts, decimal, open_integer
from bioql_lsp.training.corpus.split import Draw


def measured(draw: Draw) -> Said:
    """Counts as the request has them; the code holds them with their number of qubits."""
    value = counts(draw)
    width = len(value.written.split('"')[1])
    return Said(value.said, f"{value.written}, num_qubits={width}", is_exact=True)


def energy(draw: Draw) -> Said:
    """An energy in Hartree."""
    text = draw.make(lambda rng: f"-{rng.uniform(0.3, 90):.3f}")
    return Said(text, text, is_exact=True)


def scale_factors(draw: Draw) -> Said:
    """Noise factors for an extrapolation: said as a list or with and."""
    texts = [
        str(number)
        for number in draw.choose(((1, 2, 3), (1, 3, 5), (1, 1.5, 2), (1, 2, 4), (1, 1.2, 1.5)))
    ]
    joined = ", ".join(texts)
    said = draw.choose(
        (joined, " ".join(texts), f"{texts[0]}, {texts[1]} {draw.local('and', 'y')} {texts[2]}")
    )
    return Said(said, joined, is_exact=True)


TECHNIQUES: Final = option(
    ('"zne"', "(zne|ZNE|zero noise extrapolation|zero-noise extrapolation)", "(zne|ZNE|extrapolacion a ruido cero)"),
    ('"pec"', "(pec|PEC|probabilistic error cancellation)", "(pec|PEC|cancelacion probabilistica de errores)"),
    ('"symmetry"', "(symmetry|symmetry verification)", "(simetria|verificacion de simetria)"),
    ('"readout", "zne"', "(readout and zne|readout + zne|readout and zero noise extrapolation)", "(readout y zne|lectura y zne)"),
    ('"zne", "readout"', "(zne and readout|zne + readout|ZNE, then readout)", "(zne y readout|zne y lectura)"),
    ('"zne", "pec"', "(zne and pec|zne + pec)", "zne y pec"),
    ('"readout", "pec"', "(readout and pec|readout + pec)", "(readout y pec|lectura y pec)"),
)  # fmt: skip
SLOTS: Final[dict[str, Slot]] = {
    "measured": measured,
    "techniques": TECHNIQUES,
    "scales": scale_factors,
    "energy": energy,
    "backend": backend_slot,
    "depth": open_integer(3, 400),
    "precision": decimal(0.5, 0.99),
    "rate": decimal(0.005, 0.09, 3),
}
UNCALIBRATED: Final = "# BioQL 7.0.1 has no calibration here: the counts come back unchanged.\n"

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "mitigate_counts",
        says=(
            "(mitigate|correct|fix|clean up) [the] readout errors in [these] counts {measured}",
            "readout error mitigation (of|for|on) {measured}",
            "(correct|mitigate|clean) these counts {measured}",
            "(apply|use|run) readout [error] mitigation (on|to) {measured}",
            "my counts are {measured}, (correct|remove|mitigate) the measurement errors",
            "i measured {measured}; (fix|correct) the readout noise",
            "measurement error mitigation {measured}",
            "mitigate {measured}",
            "can you remove readout noise from {measured}",
            "(here are|take) [my] counts {measured} and (mitigate|correct) them",
            "mitigate_counts on {measured}",
            "undo the detector errors in these results: {measured}",
            "error mitigated version of {measured}",
            "what would {measured} be without readout error",
        ),
        says_es=(
            "(corrige|mitiga|limpia) los errores de lectura en [estos conteos] {measured}",
            "mitigacion de errores de lectura (de|para) {measured}",
            "mitiga {measured}",
            "mis conteos son {measured}, corrige los errores de medida",
            "aplica mitigación de readout a {measured}",
            "medi {measured}, quita el ruido de lectura",
        ),
        code=f"""from bioql import mitigate_counts

{UNCALIBRATED}print(mitigate_counts(<<measured>>))
""",
        slots=SLOTS,
        weight=1.5,
    ),
    Recipe(
        "calibrated_readout",
        says=(
            "mitigate readout errors in {measured} with [a] (readout error|flip rate|readout error rate) [of] {rate}",
            "(correct|fix|mitigate) {measured} (given|knowing|assuming) a readout error [rate] of {rate}",
            "calibrated readout (mitigation|correction) of {measured}, error rate {rate}",
            "my readout error is {rate}; correct the counts {measured}",
            "calibrate readout mitigation with error {rate} and apply it to {measured}",
            "use a calibration matrix with error rate {rate} on {measured}",
            "undo a {rate} readout error in these counts: {measured}",
            "counts {measured}, detector error {rate}, give me the corrected counts",
            "invert the readout noise of {measured} at error rate {rate}",
            "every state is misread with probability {rate}, what are the true counts behind {measured}",
        ),
        says_es=(
            "corrige los conteos {measured} con un error de lectura de {rate}",
            "mitigacion calibrada de {measured} con tasa de error {rate}",
            "mi error de lectura es {rate}, corrige {measured}",
            "calibra la mitigación de readout con error {rate} y aplícala a {measured}",
        ),
        code="""from bioql import ReadoutErrorMitigation

counts = <<counts>>
width = len(next(iter(counts)))
readout = ReadoutErrorMitigation()
rates = {str(state): <<rate>> for state in range(2**width)}
readout.calibrate(width, {"readout_error_rates": rates})
print(readout.mitigate(counts, num_qubits=width).mitigated_counts)
""".replace("<<counts>>", "<<measured>>"),
        slots={**SLOTS, "measured": counts},
        weight=0.6,
    ),
    Recipe(
        "mitigation_strategy",
        says=(
            "(mitigate|correct) {measured} (with|using|by) {strategy}",
            "(apply|run|use) {strategy} (on|to) [the] counts {measured}",
            "{strategy} (of|for|on) {measured}",
            "mitigate_counts {measured} with strategy {strategy}",
            "my counts {measured} need {strategy}",
            "take {measured} and do {strategy}",
            "i have {measured}, (apply|try) {strategy}",
            "single strategy mitigation: {strategy} for counts {measured}",
            "get the counts {measured} mitigated by {strategy}",
            "what does {strategy} make of {measured}",
        ),
        says_es=(
            "(mitiga|corrige) {measured} con {strategy}",
            "aplica {strategy} a los conteos {measured}",
            "tengo {measured}, usa {strategy}",
            "{strategy} para {measured}",
        ),
        code=f"""from bioql import mitigate_counts

{UNCALIBRATED}print(mitigate_counts(<<measured>>, strategy="<<strategy>>"))
""",
        slots={
            **SLOTS,
            "strategy": option(
                (
                    "ZeroNoiseExtrapolation",
                    "[the] (ZeroNoiseExtrapolation|zero noise extrapolation|zne) strategy",
                    "[la] estrategia (ZeroNoiseExtrapolation|zne|extrapolacion a ruido cero)",
                ),
                (
                    "ProbabilisticErrorCancellation",
                    "[the] (ProbabilisticErrorCancellation|probabilistic error cancellation|pec) strategy",
                    "[la] estrategia (ProbabilisticErrorCancellation|pec)",
                ),
                (
                    "ReadoutErrorMitigation",
                    "[the] (ReadoutErrorMitigation|readout error) strategy",
                    "[la] estrategia (ReadoutErrorMitigation|de lectura)",
                ),
            ),
        },
        weight=0.4,
    ),
    Recipe(
        "mitigation_pipeline",
        says=(
            "(run|build|set up) a mitigation pipeline with {techniques} (on|for) {measured}",
            "mitigation pipeline {techniques} for [the] counts {measured}",
            "pipeline of {techniques} on {measured} and (show|print|tell me) the improvement",
            "(apply|use) {techniques} to {measured} and (score|show|report) the improvement",
            "how much (better|improvement) do i get from {techniques} on {measured}",
            "improvement score of {techniques} (for|on) {measured}",
            "(correct|mitigate) {measured} (with|using) {techniques} and give the improvement score",
            "ErrorMitigation with {techniques} on counts {measured}",
            "i have counts {measured}; (run|chain) {techniques} and print mitigated counts and improvement",
            "combine {techniques} in an error mitigation pipeline and feed it {measured}",
            "qec error mitigation object, techniques {techniques}, counts {measured}",
            "(mitigate|correct|clean up) {measured} (with|using|by) {techniques}",
            "(apply|run|use) {techniques} (on|to) {measured}",
            "{techniques} (mitigation|) (of|for|on) {measured}",
            "my counts are {measured}, do {techniques}",
            "does {techniques} help with {measured}? (give|print) counts and score",
        ),
        says_es=(
            "(ejecuta|arma|crea) un pipeline de mitigacion con {techniques} para {measured}",
            "aplica {techniques} a {measured} y muestra la mejora",
            "cuanto mejora {measured} con {techniques}",
            "(aplica|usa) {techniques} (a|en|sobre) {measured}",
            "corrige {measured} con {techniques}",
            "pipeline de mitigación: {techniques}, conteos {measured}",
            "mitiga {measured} con {techniques} y dame la puntuacion de mejora",
        ),
        code="""from bioql.qec import ErrorMitigation

pipeline = ErrorMitigation(techniques=[<<techniques>>])
outcome = pipeline.apply_mitigation(<<measured>>)
print(outcome.mitigated_counts, outcome.improvement_score)
""",
        slots=SLOTS,
        weight=1.5,
    ),
    Recipe(
        "zne_scale_factors",
        says=(
            "(zne|zero noise extrapolation) with [scale|noise] factors {scales} on [the] counts {measured}",
            "(apply|run|use) zne to {measured} with [scale|noise] factors {scales}",
            "extrapolate {measured} to zero noise (using|with) scale factors {scales}",
            "counts {measured}, zne factors {scales}",
            "zero-noise extrapolation of {measured}, noise scaled by {scales}",
            "i want zne at noise levels {scales} for my counts {measured}",
            "mitigate {measured} by zne, scaling the noise by {scales}",
            "ErrorMitigation zne_scale_factors {scales} for {measured}",
            "use noise amplification {scales} and extrapolate {measured}",
            "zne: factors {scales}; counts: {measured}",
        ),
        says_es=(
            "zne con factores {scales} para los conteos {measured}",
            "aplica extrapolacion a ruido cero a {measured} con factores {scales}",
            "extrapola {measured} a ruido cero usando los factores {scales}",
            "conteos {measured}, factores de ruido {scales} para zne",
        ),
        code="""from bioql.qec import ErrorMitigation

pipeline = ErrorMitigation(techniques=["zne"], zne_scale_factors=[<<scales>>])
outcome = pipeline.apply_mitigation(<<measured>>)
print(outcome.mitigated_counts, outcome.improvement_score)
""",
        slots=SLOTS,
        weight=0.7,
    ),
    Recipe(
        "pec_precision",
        says=(
            "pec with precision {precision} on [the] counts {measured}",
            "(apply|run|use) probabilistic error cancellation to {measured} (at|with) precision {precision}",
            "counts {measured}, pec precision {precision}",
            "cancel errors in {measured} probabilistically, target precision {precision}",
            "probabilistic error cancellation, precision {precision}: {measured}",
            "ErrorMitigation pec_precision {precision} for {measured}",
            "i need pec of precision {precision} for {measured}",
            "mitigate {measured} by pec to a precision of {precision}",
            "set the pec precision to {precision} and correct {measured}",
            "precision {precision} pec mitigation of my counts {measured}",
        ),
        says_es=(
            "pec con precision {precision} para los conteos {measured}",
            "aplica cancelacion probabilistica de errores a {measured} con precision {precision}",
            "mitiga {measured} con pec, precisión {precision}",
            "conteos {measured}, precision pec {precision}",
        ),
        code="""from bioql.qec import ErrorMitigation

pipeline = ErrorMitigation(techniques=["pec"], pec_precision=<<precision>>)
outcome = pipeline.apply_mitigation(<<measured>>)
print(outcome.mitigated_counts, outcome.improvement_score)
""",
        slots=SLOTS,
        weight=0.4,
    ),
    Recipe(
        "choose_strategy",
        says=(
            "(which|what) [error] mitigation [strategy] (fits|suits|is best for) {backend} at [circuit] depth {depth}",
            "(choose|pick|select|suggest|recommend) an error mitigation strategy for {backend} (with|at) [circuit] depth {depth}",
            "best mitigation for a circuit of depth {depth} on {backend}",
            "how should i mitigate errors of a depth {depth} circuit on {backend}",
            "{backend} depth {depth} mitigation strategy",
            "my circuit has depth {depth} and runs on {backend}, which mitigation should i use",
            "auto select [the] mitigation [strategy] for {backend}, depth {depth}",
            "recommended error mitigation: {backend}, {depth} layers",
            "what do you advise against noise on {backend} when the circuit is {depth} deep",
            "let bioql choose the mitigation for depth {depth} on {backend}",
            "auto_select_strategy {backend} {depth}",
            "zne, pec or readout for a circuit {depth} deep on {backend}",
        ),
        says_es=(
            "que [estrategia de] mitigacion conviene para {backend} con profundidad {depth}",
            "(elige|recomienda|sugiere) una estrategia de mitigacion para {backend} y profundidad {depth}",
            "mi circuito tiene profundidad {depth} en {backend}, que mitigacion uso",
            "mejor mitigación para un circuito de profundidad {depth} en {backend}",
            "estrategia de mitigacion automatica {backend} profundidad {depth}",
        ),
        code="""from bioql import ErrorMitigator

print(ErrorMitigator().auto_select_strategy("<<backend>>", <<depth>>))
""",
        slots=SLOTS,
    ),
    Recipe(
        "mitigator_apply",
        says=(
            "(use|apply) an error mitigator (to|on) {measured} and (show|print) [the] strategy and improvement",
            "default error mitigator on {measured}",
            "which strategy does the error mitigator use on {measured} and how much does it improve",
            "ErrorMitigator apply {measured}",
            "run the error mitigator with its default strategy on {measured}",
            "(show|give me|print) strategy, counts and improvement of the error mitigator for {measured}",
            "let the mitigator handle {measured}",
            "pass {measured} through an error mitigator, details please",
            "error mitigator result for the counts {measured}",
            "i want to see what the error mitigator does with {measured}",
        ),
        says_es=(
            "usa el mitigador de errores con {measured} y muestra la estrategia y la mejora",
            "mitigador de errores por defecto para {measured}",
            "que estrategia usa el mitigador con {measured}",
            "pasa {measured} por el mitigador de errores",
        ),
        code=f"""from bioql import ErrorMitigator

{UNCALIBRATED}outcome = ErrorMitigator().apply(<<measured2>>)
print(outcome.strategy, outcome.mitigated_counts, outcome.improvement_score)
""".replace("<<measured2>>", "<<measured>>"),
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "full_error_mitigation",
        says=(
            "(apply|run|use|do) full [error] mitigation (to|on) [the] counts {measured}",
            "full [error] mitigation of {measured}",
            "all mitigation methods on {measured}",
            "(mitigate|correct) {measured} with everything (you have|available)",
            "advanced error mitigation (for|of|on) {measured}",
            "readout, zne, symmetry and pec together on {measured}",
            "AdvancedErrorMitigation on {measured}",
            "i want every mitigation technique applied to {measured}",
            "complete mitigation of these counts: {measured}",
            "take counts {measured} through the full mitigation chain",
            "maximum error mitigation for {measured}",
        ),
        says_es=(
            "aplica toda la mitigacion [de errores] a {measured}",
            "mitigacion completa de {measured}",
            "todos los metodos de mitigacion sobre {measured}",
            "mitigación avanzada de errores para {measured}",
            "corrige {measured} con todas las tecnicas",
        ),
        code="""from bioql import AdvancedErrorMitigation

outcome = AdvancedErrorMitigation().apply_full_mitigation(<<measured>>)
print(outcome.mitigated_counts)
""",
        slots=SLOTS,
    ),
    Recipe(
        "mitigation_accuracy",
        says=(
            "full mitigation of {measured} (against|with) [an] expected energy [of] {energy}",
            "(mitigate|correct) {measured} and (show|give) the accuracy for the reference energy {energy}",
            "accuracy before and after mitigation of {measured}, expected energy {energy}",
            "how accurate are {measured} after mitigation if the true energy is {energy}",
            "the expected energy is {energy}; mitigate {measured} and (show|tell me) the accuracy gain",
            "accuracy improvement of {measured} towards energy {energy}",
            "apply_full_mitigation {measured} expected_energy {energy}",
            "counts {measured}, reference {energy} hartree: mitigated accuracy",
            "compare raw and mitigated accuracy of {measured} for a reference energy of {energy}",
            "does mitigation bring {measured} closer to {energy} hartree",
        ),
        says_es=(
            "mitigacion completa de {measured} con energia esperada {energy}",
            "precision antes y despues de mitigar {measured}, energia de referencia {energy}",
            "la energia esperada es {energy}, mitiga {measured} y muestra la mejora",
            "qué tan exactos son {measured} tras mitigar si la energía es {energy}",
        ),
        code="""from bioql import AdvancedErrorMitigation

outcome = AdvancedErrorMitigation().apply_full_mitigation(<<measured>>, expected_energy=<<energy>>)
print(outcome.accuracy_original, outcome.accuracy_mitigated)
""",
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "mitigation_demo",
        says=(
            "[show|run|give me] [a|the] [bioql] error mitigation demo",
            "demo of error mitigation",
            "(show|demonstrate) what error mitigation does",
            "example of error mitigation (in|with) bioql",
            "demo_error_mitigation",
            "i want to see error mitigation in action",
            "run the built-in mitigation example",
            "quick demonstration of noise mitigation",
            "how does error mitigation look like in bioql, show a demo",
            "try out error mitigation without my own counts",
        ),
        says_es=(
            "(muestra|ejecuta) la demo de mitigacion de errores",
            "demo de mitigacion de errores",
            "ejemplo de mitigacion de errores en bioql",
            "demostración de la mitigación de ruido",
        ),
        code="""from bioql import demo_error_mitigation

outcome = demo_error_mitigation()
print(outcome.original_counts, outcome.mitigated_counts)
""",
        weight=0.4,
    ),
)
