"""Recipes on the Steane and Shor codes, and on comparing codes."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.error_correction import RATE_DEFAULT, error_rate, target_rate
from bioql_lsp.training.corpus.slots import integer, open_integer

SMALL_CODE: Final = option(
    (
        "SteaneCodeQEC",
        "[the] (steane code|Steane code|7 qubit steane code|steane code|seven-qubit steane code)",
        "[el] (codigo [de] steane|codigo Steane|código de Steane)",
    ),
    (
        "ShorCodeQEC",
        "[the] (shor code|Shor code|shor's code|9 qubit shor code|shor qec code)",
        "[el] (codigo [de] shor|codigo Shor)",
    ),
)
SLOTS: Final[dict[str, Slot]] = {
    "logical": integer(2, 60),
    "rate": error_rate,
    "code": SMALL_CODE,
    "rate2": target_rate,
    "physical": open_integer(64, 900),
}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "small_code_physical_qubits",
        says=(
            "how many physical qubits does {code} need for {logical} logical qubits",
            "physical qubits (for|of) {logical} logical qubits (with|in|using) {code}",
            "(compute|calculate|work out) [the] physical qubits to encode {logical} logical qubits in {code}",
            "{code}, {logical} logical qubits: physical qubit count",
            "{code} overhead for {logical} logical qubits",
            "i want {logical} logical qubits protected by {code}, how many real qubits",
            "qubit cost of {code} with {logical} logical qubits",
            "encode {logical} logical qubits with {code} and (print|show|tell me) how many qubits that takes",
            "number of hardware qubits, {code}, {logical} logical",
            "if i use {code} on {logical} logical qubits how large does the device have to be",
            "(give|get) [me] the physical qubits required by {code} for {logical} logical ones",
            "size {code} for {logical} logical qubits",
            "how many qubits in total for {logical} logical qubits under {code}",
            "physical qubits {code} {logical} logical",
        ),
        says_es=(
            "cuantos qubits fisicos necesita {code} para {logical} qubits logicos",
            "qubits fisicos para {logical} qubits logicos con {code}",
            "(calcula|dame) los qubits fisicos de {code} con {logical} qubits logicos",
            "quiero {logical} qubits lógicos protegidos por {code}, cuantos qubits reales son",
            "{code}: qubits fisicos para {logical} logicos",
        ),
        code="""from bioql.qec import <<code>>

code = <<code>>()
print(code.get_physical_qubits(<<logical>>))
""",
        slots=SLOTS,
        weight=1.2,
    ),
    Recipe(
        "small_code_error",
        says=(
            "(estimate|compute|calculate|predict) [the] logical error rate of {code} [at physical error rate {rate}]",
            "logical error [rate] (of|for|with) {code} [and physical error {rate}]",
            "(what is|what's) the logical error of {code} [if gates fail at {rate}]",
            "how good is {code} [at error rate {rate}]",
            "{code} logical error [p={rate}]",
            "how much does {code} suppress errors [when the hardware error is {rate}]",
            "given a physical error of {rate}, what logical error (remains|is left) with {code}",
            "my device has an error rate of {rate}, would {code} help",
            "(show|give|print) [me] the logical error probability under {code} [for p={rate}]",
            "failure rate of a qubit protected by {code} [, gate error {rate}]",
            "remaining error with {code} at a hardware error of {rate}",
        ),
        says_es=(
            "(estima|calcula|dame) la tasa de error logico de {code} [con error fisico {rate}]",
            "(cual es|que es) el error logico con {code} [si el error fisico es {rate}]",
            "error lógico de {code} [p={rate}]",
            "mi hardware tiene un error de {rate}, que error logico queda con {code}",
            "cuanto reduce el error {code} [con tasa {rate}]",
        ),
        code="""from bioql.qec import <<code>>

code = <<code>>(error_rate=<<rate>>)
print(code.estimate_logical_error_rate())
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=1.2,
    ),
    Recipe(
        "small_code_stabilizers",
        says=(
            "(show|list|print|give me|get) the stabilizers of {code}",
            "stabilizers (of|for) {code}",
            "(what are|which are) the (stabilizers|stabilizer generators|parity checks) of {code}",
            "{code} stabilizers",
            "which stabilizers does {code} measure",
            "stabilizer generators {code}",
            "i want to see the check operators of {code}",
            "(list|show) the syndromes that {code} measures",
            "parity checks in {code}",
            "what does {code} check to detect errors",
            "error syndromes of {code}",
            "print every stabilizer operator of {code}",
        ),
        says_es=(
            "(muestra|lista|dame|imprime) los estabilizadores de {code}",
            "estabilizadores de {code}",
            "cuales son los estabilizadores de {code}",
            "que estabilizadores mide {code}",
            "sindromes que mide {code}",
        ),
        code="""from bioql.qec import <<code>>

code = <<code>>()
print(code.get_stabilizers())
""",
        slots=SLOTS,
        weight=0.9,
    ),
    Recipe(
        "small_code_operators",
        says=(
            "(show|list|print|give me|get) the logical operators of {code}",
            "logical operators (of|for|in) {code}",
            "(what are|which are) the logical (operators|X and Z) of {code}",
            "{code} logical X and Z",
            "how are logical X and Z defined in {code}",
            "which operators act on the logical qubit of {code}",
            "logical paulis of {code}",
            "i need the logical operators of {code}",
            "how do i flip the encoded qubit in {code}, show its logical operators",
            "encoded X and Z operators, {code}",
        ),
        says_es=(
            "(muestra|lista|dame|imprime) los operadores logicos de {code}",
            "operadores logicos de {code}",
            "cuales son los operadores lógicos X y Z de {code}",
            "como se definen X y Z logicos en {code}",
        ),
        code="""from bioql.qec import <<code>>

code = <<code>>()
print(code.get_logical_operators())
""",
        slots=SLOTS,
        weight=0.6,
    ),
    Recipe(
        "small_code_depths",
        says=(
            "encoding and syndrome [circuit] depth of {code}",
            "how deep are the encoding and syndrome circuits of {code}",
            "(show|print|give me|get) the circuit depths of {code}",
            "depth of {code} (circuits|encoder and syndrome)",
            "{code} encoding depth and syndrome depth",
            "how many layers do encoding and syndrome measurement take in {code}",
            "(what is|what's) the encoding depth of {code}, and the syndrome depth",
            "circuit depth overhead of {code}",
            "i want the depth of the encoder and of the syndrome circuit of {code}",
            "how long are the circuits that {code} needs",
        ),
        says_es=(
            "profundidad de codificacion y de sindrome de {code}",
            "(muestra|dame|imprime) las profundidades de circuito de {code}",
            "que tan profundos son los circuitos de codificacion y sindrome de {code}",
            "profundidad del circuito de {code}",
        ),
        code="""from bioql.qec import <<code>>

code = <<code>>()
print(code.get_encoding_circuit_depth(), code.get_syndrome_circuit_depth())
""",
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "shor_structure",
        says=(
            "(show|print|explain|describe) the structure of [the] shor code",
            "shor code structure",
            "how is the (shor|Shor) code built",
            "how does the 9 qubit shor code arrange its qubits",
            "layout of the [nine qubit] shor code",
            "what blocks is the shor code made of",
            "(give|get) [me] the code structure of shor's code",
            "how are the qubits of shor's code organised",
            "inner and outer code of the shor code",
            "ShorCodeQEC get code structure",
        ),
        says_es=(
            "(muestra|explica|describe) la estructura del codigo de shor",
            "estructura del codigo de shor",
            "como esta construido el codigo de shor",
            "cómo se organizan los 9 qubits del código de shor",
        ),
        code="""from bioql.qec import ShorCodeQEC

code = ShorCodeQEC()
print(code.get_code_structure())
""",
        weight=0.4,
    ),
    Recipe(
        "compare_codes",
        says=(
            "compare [the] surface, steane and shor codes for {logical} logical qubits",
            "which (qec|error correction|error correcting) code is (best|cheapest) for {logical} logical qubits",
            "surface vs steane vs shor [code] (for|with) {logical} logical qubits",
            "(compare|contrast) error correcting codes [for {logical} logical qubits]: qubits and logical error",
            "(list|show|table) physical qubits and logical error of every [qec] code for {logical} logical qubits",
            "should i use the surface code, steane or shor for {logical} logical qubits",
            "comparison of quantum error correction codes with {logical} logical qubits",
            "i have {logical} logical qubits; put surface, steane and shor side by side",
            "which code needs the fewest physical qubits for {logical} logical qubits: surface, shor or steane",
            "overhead of all error correction codes, {logical} logical qubits",
            "try each qec code on {logical} logical qubits and print overhead and error",
            "benchmark the qec codes against each other for {logical} logical qubits",
        ),
        says_es=(
            "compara los codigos de superficie, steane y shor para {logical} qubits logicos",
            "que codigo de correccion [de errores] conviene para {logical} qubits logicos",
            "superficie vs steane vs shor con {logical} qubits logicos",
            "comparación de códigos de corrección de errores para {logical} qubits lógicos",
            "muestra qubits fisicos y error logico de cada codigo para {logical} qubits logicos",
        ),
        code="""from bioql.qec import ShorCodeQEC, SteaneCodeQEC, SurfaceCodeQEC

for code in (SurfaceCodeQEC(), SteaneCodeQEC(), ShorCodeQEC()):
    print(code, code.get_physical_qubits(<<logical>>), code.estimate_logical_error_rate())
""",
        slots=SLOTS,
        defaults={"logical": "1"},
    ),
    Recipe(
        "qec_metrics",
        says=(
            "qec metrics for {physical} physical and {logical} logical qubits [with raw error {rate}] and corrected error {rate2}",
            "(compute|calculate|evaluate) [the] qec metrics: {physical} physical qubits, {logical} logical qubits, raw error {rate}, corrected error {rate2}",
            "error suppression factor (going|when the error goes) from {rate} to {rate2} with {physical} physical and {logical} logical qubits",
            "i encode {logical} logical qubits in {physical} physical ones and the error drops from {rate} to {rate2}, how good is that",
            "how efficient is an encoding of {logical} logical in {physical} physical qubits, raw error {rate}, logical error {rate2}",
            "{physical} physical, {logical} logical, error {rate} before and {rate2} after correction: suppression and efficiency",
            "(rate|score|judge) my error correction: {physical} physical qubits for {logical} logical, error {rate} down to {rate2}",
            "suppression factor and qubit efficiency, {logical} logical on {physical} physical qubits, error {rate} corrected to {rate2}",
            "QECMetrics with {physical} physical qubits, {logical} logical, raw {rate}, corrected {rate2}",
            "my code uses {physical} physical qubits for {logical} logical qubits; errors went from {rate} to {rate2}. show the metrics",
        ),
        says_es=(
            "metricas de correccion: {physical} qubits fisicos, {logical} logicos, error {rate} y corregido {rate2}",
            "(calcula|muestra) el factor de supresion de {rate} a {rate2} con {physical} qubits fisicos y {logical} logicos",
            "uso {physical} qubits fisicos para {logical} logicos y el error baja de {rate} a {rate2}, que tan bueno es",
            "eficiencia de codificar {logical} qubits lógicos en {physical} físicos, error {rate} corregido a {rate2}",
        ),
        code="""from bioql.qec import QECMetrics

metrics = QECMetrics(<<physical>>, <<logical>>, raw_error_rate=<<rate>>, corrected_error_rate=<<rate2>>)
print(metrics.error_suppression_factor, metrics.qubit_efficiency)
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=0.5,
    ),
)
