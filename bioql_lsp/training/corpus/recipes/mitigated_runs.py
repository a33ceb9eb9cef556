"""Recipes that run a circuit with error mitigation or with an error correction estimate."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.worker.grounding import NUMBER_WORDS

_BELL: Final = option(
    (
        "Create a Bell state",
        "(a bell state|a bell pair|bell state|an epr pair|an entangled pair)",
        "(un estado de bell|un par de bell|estado bell|un par entrelazado)",
    ),
)
_COUNTED: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    (
        "Prepare a superposition of {n} qubits",
        ("a superposition of {n} qubits", "{n} qubits in superposition", "a {n} qubit superposition", "an equal superposition of {n} qubits"),
        ("una superposicion de {n} qubits", "{n} qubits en superposicion"),
    ),
    (
        "Simulate protein folding with {n} qubits",
        ("protein folding with {n} qubits", "a {n} qubit protein folding simulation", "protein folding on {n} qubits"),
        ("plegamiento de proteinas con {n} qubits", "una simulacion de plegamiento con {n} qubits"),
    ),
    (
        "",
        ("a {n} qubit ghz state", "ghz on {n} qubits", "a ghz state of {n} qubits"),
        ("un estado ghz de {n} qubits", "ghz de {n} qubits"),
    ),
)  # fmt: skip


def circuit(draw: Draw) -> Said:
    """A small circuit; the code holds its sentence."""
    if draw.chance(0.4):
        return _BELL(draw)
    sentence, english, spanish = draw.rng.choices(_COUNTED, (4, 2, 2))[0]
    number = draw.rng.randint(2, 12) if sentence else draw.rng.randint(3, 5)
    word = number in NUMBER_WORDS and draw.chance(0.2)
    count = draw.local(*NUMBER_WORDS[number]) if word else str(number)
    said = draw.choose(spanish if draw.language == "es" else english).format(n=count)
    return Said(said, sentence.format(n=number) if sentence else ghz_sentence(number))


def plain_circuit(draw: Draw) -> Said:
    """A small circuit with a short sentence, for programs that hold it twice or in a long line."""
    while True:
        said = circuit(draw)
        if "cnot" not in said.written:
            return said


def ghz_sentence(number: int) -> str:
    """The gate statements of a GHZ state."""
    links = [f"cnot {qubit} {qubit + 1}" for qubit in range(number - 1)]
    measures = [f"measure qubit {qubit}" for qubit in range(number)]
    return ". ".join(["h qubit 0", *links, *measures])


SLOTS: Final[dict[str, Slot]] = {
    "circuit": circuit,
    "techniques": option(
        ('"readout"', "(readout error mitigation|readout mitigation|readout correction|measurement error mitigation|error mitigation)", "(mitigacion de lectura|mitigacion de readout|mitigacion de errores de lectura|mitigacion de errores)"),
        ('"zne"', "(zne|ZNE|zero noise extrapolation|zero-noise extrapolation|zne mitigation)", "(zne|extrapolacion a ruido cero|mitigacion zne)"),
        ('"pec"', "(pec|PEC|probabilistic error cancellation|pec mitigation)", "(pec|cancelacion probabilistica de errores|mitigacion pec)"),
        ('"readout", "zne"', "(readout and zne [mitigation]|readout + zne|readout mitigation and zne)", "(readout y zne|lectura y zne|mitigacion readout y zne)"),
        ('"zne", "pec"', "(zne and pec [mitigation]|zne + pec)", "(zne y pec|mitigacion zne y pec)"),
        ('"readout", "pec"', "(readout and pec [mitigation]|readout + pec)", "(readout y pec|lectura y pec)"),
        ('"readout", "zne", "pec"', "(readout, zne and pec|readout + zne + pec)", "(readout, zne y pec|lectura, zne y pec)"),
    ),
    "qec": option(
        ("surface_code", "(surface code|surface-code|surface code error correction)", "(codigo de superficie|surface code)"),
        ("steane", "(steane code|steane|steane error correction)", "(codigo [de] steane|steane)"),
        ("shor", "(shor code|shor's code|shor error correction)", "(codigo [de] shor)"),
    ),
    "level": option(
        ("low", "low", "(bajo|baja)"),
        ("medium", "medium", "(medio|media)"),
        ("high", "high", "(alto|alta)"),
    ),
    "logical": integer(2, 20),
}  # fmt: skip
QEC_TAIL: Final = "print(result.counts)\nprint(result.qec_metrics)\n"

RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "mitigated_run",
        "<<circuit>>",
        (
            "[run|make|create|prepare] {circuit} with {techniques}",
            "{circuit} with {techniques}",
            "(run|execute) {circuit} and (use|apply) {techniques}",
            "{circuit}, {techniques}",
            "(use|apply|turn on|enable) {techniques} (while running|when running|for) {circuit}",
            "{techniques} (for|on) {circuit}",
            "i want {circuit} with {techniques} (switched on|enabled|applied)",
            "noise matters: run {circuit} with {techniques}",
            "(prepare|make) {circuit} but (mitigate|correct) the noise (with|by) {techniques}",
            "error mitigated {circuit} using {techniques}",
            "how do i run {circuit} with {techniques}",
            "get cleaner counts for {circuit} through {techniques}",
            "submit {circuit} including {techniques}",
            "quantum program {circuit}, mitigation: {techniques}",
        ),
        (
            "(ejecuta|corre|crea|prepara) {circuit} con {techniques}",
            "{circuit} con {techniques}",
            "usa {techniques} al ejecutar {circuit}",
            "quiero {circuit} con {techniques} activada",
            "{circuit}, mitigación: {techniques}",
            "como ejecuto {circuit} con {techniques}",
        ),
        slots=SLOTS,
        extra=("mitigation=[<<techniques>>]",),
        weight=3.0,
    ),
    run(
        "mitigated_run_report",
        "<<circuit>>",
        (
            "run {circuit} with {techniques} and (show|print) the mitigation (report|details|metadata)",
            "{circuit} with {techniques}, (show|print) what the mitigation did",
            "(show|print) counts and [the] mitigation (details|info|metadata) of {circuit} with {techniques}",
            "what does {techniques} change for {circuit}, print the mitigation details",
            "mitigation report for {circuit} using {techniques}",
            "run {circuit}, apply {techniques} and report the mitigation",
            "i need the error mitigation metadata of {circuit} with {techniques}",
            "mitigation metadata: {circuit}, {techniques}",
            "execute {circuit} with {techniques} then tell me what mitigation was applied",
            "apply {techniques} to {circuit} and list the mitigation results",
        ),
        (
            "ejecuta {circuit} con {techniques} y muestra el informe de mitigacion",
            "muestra los conteos y los detalles de mitigacion de {circuit} con {techniques}",
            "informe de mitigación de {circuit} usando {techniques}",
            "corre {circuit} con {techniques} y dime que mitigacion se aplico",
        ),
        slots=SLOTS,
        extra=("mitigation=[<<techniques>>]",),
        tail='print(result.counts)\nprint(result.metadata.get("error_mitigation"))\n',
        weight=0.7,
    ),
    run(
        "corrected_run",
        "<<circuit>>",
        (
            "[run|make|create|prepare] {circuit} with {qec}",
            "(run|execute) {circuit} (protected|error corrected) (by|with) [the] {qec}",
            "{circuit} with [a] {qec}",
            "(use|apply) [the] {qec} (for|on|when running) {circuit}",
            "{circuit}, error correction: {qec}",
            "error correction (for|of) {circuit} using [the] {qec}",
            "quantum error correction with {qec} on {circuit}",
            "i want {circuit} with {qec} and its qec metrics",
            "(protect|guard) {circuit} with [the] {qec}",
            "qec run: {circuit}, {qec}",
            "how do i run {circuit} with the {qec}",
            "run {circuit} fault tolerant with {qec}",
            "show qec metrics of {circuit} under {qec}",
        ),
        (
            "(ejecuta|corre|crea|prepara) {circuit} con {qec}",
            "{circuit} con correccion de errores {qec}",
            "usa {qec} para {circuit}",
            "protege {circuit} con {qec}",
            "quiero {circuit} con {qec} y sus métricas qec",
        ),
        slots=SLOTS,
        extra=('error_correction="<<qec>>"',),
        tail=QEC_TAIL,
        weight=2.0,
    ),
    run(
        "corrected_run_level",
        "<<circuit>>",
        (
            "run {circuit} with [the] surface code at {level} (correction level|level)",
            "{circuit} with {level} [level] surface code [correction]",
            "{level} level surface code (for|on) {circuit}",
            "(use|apply) surface code correction level {level} (for|to|on) {circuit}",
            "surface code, correction level {level}, {circuit}",
            "protect {circuit} by a surface code with {level} correction",
            "i want {level} surface code correction on {circuit}",
            "{circuit}: surface code, {level} protection",
            "set the correction level to {level} and run {circuit} with the surface code",
            "error corrected {circuit}, surface code, level {level}",
        ),
        (
            "ejecuta {circuit} con codigo de superficie y nivel {level}",
            "{circuit} con surface code de nivel {level}",
            "protege {circuit} con codigo de superficie, correccion {level}",
            "código de superficie nivel {level} para {circuit}",
        ),
        slots=SLOTS,
        extra=('error_correction="surface_code"', 'correction_level="<<level>>"'),
        tail=QEC_TAIL,
    ),
    run(
        "corrected_run_logical",
        "<<circuit>>",
        (
            "run {circuit} with {qec} and {logical} logical qubits",
            "{circuit}, {qec}, {logical} logical qubits",
            "(use|encode) {logical} logical qubits with [the] {qec} (for|when running) {circuit}",
            "{qec} with {logical} logical qubits on {circuit}",
            "i want {circuit} on {logical} logical qubits (protected by|with) [the] {qec}",
            "error corrected {circuit}: {qec}, {logical} logical qubits",
            "execute {circuit} with {logical} logical qubits under [the] {qec}",
            "estimate qec for {logical} logical qubits in a {qec} while running {circuit}",
            "set {logical} logical qubits and {qec} for {circuit}",
            "protect {circuit} with {qec}, {logical} logical qubits, show qec metrics",
        ),
        (
            "ejecuta {circuit} con {qec} y {logical} qubits logicos",
            "{circuit}, {qec}, {logical} qubits logicos",
            "usa {logical} qubits lógicos con {qec} para {circuit}",
            "protege {circuit} con {qec} y {logical} qubits logicos",
        ),
        slots=SLOTS,
        extra=('error_correction="<<qec>>"', "num_logical_qubits=<<logical>>"),
        tail=QEC_TAIL,
    ),
    run(
        "corrected_and_mitigated_run",
        "<<circuit>>",
        (
            "run {circuit} with {qec} and {techniques}",
            "{circuit} with {qec} plus {techniques}",
            "(combine|use both) {qec} and {techniques} (for|on) {circuit}",
            "error correction by {qec} and mitigation by {techniques} for {circuit}",
            "{circuit}: {qec}, then {techniques}",
            "i want both {qec} and {techniques} when running {circuit}",
            "protect {circuit} with [the] {qec} and apply {techniques}",
            "execute {circuit}, correct errors by {qec}, mitigate by {techniques}",
            "{qec} together with {techniques} on {circuit}",
            "run {circuit} with everything against noise: {qec} and {techniques}",
        ),
        (
            "ejecuta {circuit} con {qec} y {techniques}",
            "combina {qec} y {techniques} para {circuit}",
            "{circuit} con {qec} mas {techniques}",
            "corrección con {qec} y mitigación {techniques} en {circuit}",
        ),
        slots=SLOTS,
        extra=('error_correction="<<qec>>"', "mitigation=[<<techniques>>]"),
        tail=QEC_TAIL,
        weight=0.7,
    ),
    run(
        "corrected_run_overhead",
        "<<circuit>>",
        (
            "run {circuit} with {qec} and show the [qec] resource estimate",
            "resource estimation of {circuit} with [the] {qec}",
            "{circuit} with {qec}, print the resource estimation",
            "what resources would {circuit} need with [the] {qec}, run it and show",
            "qec resources of {circuit} under {qec}",
            "estimate [qec] resources while running {circuit} with {qec}",
            "i need the resource estimate for {circuit} protected by {qec}",
            "show how many resources {qec} takes for {circuit}",
            "execute {circuit} with {qec} and give the resource_estimation",
            "{qec} resource needs for {circuit}",
        ),
        (
            "ejecuta {circuit} con {qec} y muestra la estimacion de recursos",
            "estimacion de recursos de {circuit} con {qec}",
            "que recursos necesita {circuit} con {qec}",
            "recursos qec de {circuit} usando {qec}",
        ),
        slots=SLOTS,
        extra=('error_correction="<<qec>>"',),
        tail="print(result.resource_estimation)\n",
        weight=0.6,
    ),
)
