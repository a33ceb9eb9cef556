"""Recipes on quantum error correcting codes: overhead, error rates, stabilizers."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot, option
from bioql_lsp.training.corpus.slots import integer
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.worker.grounding import NUMBER_WORDS


def error_rate(draw: Draw) -> Said:
    """A physical error rate of at most a tenth, as a number or in percent."""
    if draw.chance(0.25):
        percent = draw.make(lambda rng: f"{rng.randint(1, 99) / 10:g}")
        said = draw.choose(
            (
                f"{percent}%",
                f"{percent} %",
                draw.local(f"{percent} percent", f"{percent} por ciento"),
            )
        )
        return Said(said, f"{float(percent) / 100:g}", is_exact=True)
    text = draw.make(
        lambda rng: f"{rng.randint(1, 99) / rng.choice((1000, 1000, 10000)):.4f}".rstrip("0")
    )
    return Said(text, text, is_exact=True)


def target_rate(draw: Draw) -> Said:
    """A logical error rate to reach, mostly in scientific notation."""
    text = draw.make(lambda rng: f"{rng.randint(1, 99) / 10:g}e-{rng.randint(3, 9)}")
    return Said(text, text, is_exact=True)


def distance(draw: Draw) -> Said:
    """A code distance that the package knows."""
    number = draw.choose((3, 5, 7, 9))
    if draw.chance(0.1):
        return Said(draw.local(*NUMBER_WORDS[number]), str(number))
    return Said(str(number), str(number), is_exact=True)


SLOTS: Final[dict[str, Slot]] = {
    "distance": distance,
    "logical": integer(2, 60),
    "rate": error_rate,
    "target_rate": target_rate,
    "decoder": option(
        (
            "mwpm",
            "(mwpm|MWPM|matching|minimum weight perfect matching)",
            "(mwpm|MWPM|emparejamiento de peso minimo)",
        ),
        (
            "union_find",
            "(union find|union-find|union_find|UF)",
            "(union find|union-find|union_find)",
        ),
    ),
    "rounds": integer(2, 20),
}
RATE_DEFAULT: Final = {"rate": "0.001"}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "surface_physical_qubits",
        says=(
            "how many physical qubits (does|do) [a] distance {distance} surface code need for {logical} logical qubits",
            "(physical qubits|qubit overhead|physical qubit count) (for|of) {logical} logical qubits (in|with|using) a distance {distance} surface code",
            "(compute|calculate|work out|estimate) [the] physical qubits (needed|required) for {logical} logical qubits with [a] surface code [of] distance {distance}",
            "surface code d={distance}, {logical} logical qubits: how many physical [qubits]",
            "i (have|want|need) {logical} logical qubits on a d={distance} surface code, how many physical qubits is that",
            "{logical} logical qubits at distance {distance} with surface code, physical qubits",
            "physical qubits surface code distance {distance} logical qubits {logical}",
            "tell me the device size for a distance {distance} surface code holding {logical} logical qubits",
            "i plan {logical} logical qubits, surface code distance {distance}; physical qubit total please",
            "how big (must|should) my machine be for {logical} logical qubits at surface code distance {distance}",
            "number of physical qubits to encode {logical} logical qubits, surface code distance {distance}",
            "if i protect {logical} logical qubits with a distance-{distance} surface code, how many real qubits do i need",
            "size a distance {distance} surface code for {logical} logical qubits",
            "SurfaceCodeQEC distance {distance} get physical qubits for {logical}",
            "hardware qubits required: surface code, distance {distance}, {logical} logical",
            "(what is|what's) the qubit cost of {logical} logical qubits at distance {distance} (in|with) the surface code",
        ),
        says_es=(
            "cuantos qubits fisicos necesita un codigo de superficie de distancia {distance} para {logical} qubits logicos",
            "(calcula|estima|dame) los qubits fisicos para {logical} qubits logicos con [un] codigo de superficie [de] distancia {distance}",
            "codigo de superficie distancia {distance}, {logical} qubits logicos: qubits fisicos",
            "quiero {logical} qubits logicos con codigo de superficie d={distance}, cuantos qubits reales hacen falta",
            "qubits físicos (para|de) {logical} lógicos, surface code de distancia {distance}",
            "numero de qubits fisicos para codificar {logical} qubits logicos a distancia {distance} en el surface code",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>)
print(code.get_physical_qubits(<<logical>>))
""",
        slots=SLOTS,
        weight=2.0,
    ),
    Recipe(
        "surface_error_rate",
        says=(
            "(estimate|compute|calculate|predict) [the] logical error rate of a distance {distance} surface code [at physical error rate {rate}]",
            "logical error rate (for|of) [a] surface code [with] distance {distance} [and physical error [rate] {rate}]",
            "(what is|what's) the logical error [rate] of a d={distance} surface code [if the hardware error is {rate}]",
            "how good is a distance {distance} surface code [when gates fail with probability {rate}]",
            "surface code d={distance} [p={rate}] logical error",
            "how often does a distance {distance} surface code fail [when the physical error rate is {rate}]",
            "given physical error {rate}, what logical error does a distance {distance} surface code (reach|give)",
            "my (hardware|device) has an error rate of {rate}, what would a distance {distance} surface code bring it to",
            "(show|give|print) [me] the logical error probability of the surface code at distance {distance} [with error rate {rate}]",
            "error suppression of [a] surface code distance {distance} [physical error {rate}]",
            "SurfaceCodeQEC distance {distance} estimate logical error rate [error_rate={rate}]",
            "logical failure rate, surface code, distance {distance} [, gate error {rate}]",
        ),
        says_es=(
            "(estima|calcula|dame) la tasa de error logico de un codigo de superficie de distancia {distance} [con error fisico {rate}]",
            "(cual es|que es) el error logico del codigo de superficie d={distance} [si el error fisico es {rate}]",
            "tasa de error lógico, código de superficie, distancia {distance} [, error físico {rate}]",
            "mi hardware tiene un error de {rate}, que error logico da un codigo de superficie de distancia {distance}",
            "con que frecuencia falla un surface code de distancia {distance} [con tasa fisica {rate}]",
            "error logico surface code distancia {distance} [p={rate}]",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>, error_rate=<<rate>>)
print(code.estimate_logical_error_rate())
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=2.0,
    ),
    Recipe(
        "surface_overhead_and_error",
        says=(
            "(physical qubits|qubit overhead) and logical error [rate] (of|for) a distance {distance} surface code with {logical} logical qubits [at error rate {rate}]",
            "surface code distance {distance} overhead and error rate for {logical} logical qubits [at error rate {rate}]",
            "(estimate|compute|report) both the physical qubits and the logical error rate for {logical} logical qubits at surface code distance {distance} [and error rate {rate}]",
            "how many physical qubits and what logical error [rate] do i get with {logical} logical qubits, surface code distance {distance} [, physical error {rate}]",
            "(analyze|analyse|evaluate|assess) a distance {distance} surface code for {logical} logical qubits [with physical error rate {rate}]",
            "full estimate for a d={distance} surface code, {logical} logical qubits [, p={rate}]",
            "set up a surface code of distance {distance} [with error rate {rate}] and tell me qubits for {logical} logical and the logical error",
            "qec estimate: surface, d={distance}, {logical} logical [, error {rate}]",
            "what does a distance {distance} surface code cost for {logical} logical qubits and how well does it protect [at p={rate}]",
            "i run {logical} logical qubits [at {rate} gate error]; show overhead and logical error of a distance {distance} surface code",
            "resources and logical error for {logical} qubits protected by surface code distance {distance}",
            "compare size and quality: surface code {distance} with {logical} logical qubits [physical error {rate}]",
        ),
        says_es=(
            "qubits fisicos y error logico de un codigo de superficie de distancia {distance} con {logical} qubits logicos [y error {rate}]",
            "(analiza|evalua) un codigo de superficie de distancia {distance} para {logical} qubits logicos [con error fisico {rate}]",
            "(calcula|estima) los qubits fisicos y la tasa de error logico para {logical} qubits logicos, surface code distancia {distance}",
            "cuanto cuesta en qubits y que error logico tiene un codigo de superficie d={distance} con {logical} logicos",
            "estimacion completa: codigo de superficie, distancia {distance}, {logical} qubits lógicos [, error {rate}]",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>, error_rate=<<rate>>)
print(code.get_physical_qubits(<<logical>>), code.estimate_logical_error_rate())
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
    ),
    Recipe(
        "surface_decoder",
        says=(
            "(configure|set up|define|create) a distance {distance} surface code with [the] {decoder} decoder [at error rate {rate}]",
            "surface code distance {distance}, decoder {decoder} [, error rate {rate}]",
            "(use|take) [the] {decoder} decoder (on|for|in) a distance {distance} surface code [with physical error {rate}] and show its parameters",
            "distance {distance} surface code decoded (by|with) {decoder} [at p={rate}]",
            "(show|print) the settings of a d={distance} surface code with {decoder} decoding [and error rate {rate}]",
            "i want {decoder} decoding for my distance {distance} surface code [, hardware error {rate}]",
            "what does a surface code of distance {distance} with {decoder} look like",
            "make a surface code object: d={distance}, {decoder} [, p={rate}]",
            "describe a surface code using {decoder} [decoding], distance {distance}",
            "SurfaceCodeQEC with decoder {decoder} and distance {distance} [and error_rate {rate}]",
        ),
        says_es=(
            "(configura|crea|define) un codigo de superficie de distancia {distance} con [el] decodificador {decoder} [y error {rate}]",
            "codigo de superficie distancia {distance} con decoder {decoder}",
            "usa {decoder} para decodificar un surface code de distancia {distance} [con error fisico {rate}] y muestra sus parametros",
            "quiero un código de superficie d={distance} decodificado con {decoder}",
            "muestra los parametros del codigo de superficie de distancia {distance} y decodificador {decoder}",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>, error_rate=<<rate>>, decoder="<<decoder>>")
print(code.to_dict())
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=0.7,
    ),
    Recipe(
        "surface_correction_rounds",
        says=(
            "(configure|set up|define|create) a distance {distance} surface code with {rounds} [correction] rounds",
            "surface code distance {distance}, {rounds} rounds [of correction]",
            "{rounds} (rounds|cycles) of error correction (on|with) a d={distance} surface code, show the parameters",
            "run {rounds} correction rounds in a surface code of distance {distance} and print its settings",
            "(what are|show) the parameters of a distance {distance} surface code that corrects {rounds} times",
            "i need {rounds} correction rounds with distance {distance} in the surface code",
            "SurfaceCodeQEC code distance {distance} correction_rounds {rounds}",
            "describe a d={distance} surface code using {rounds} qec rounds",
            "surface code setup: distance {distance}, correction rounds {rounds}",
            "make a surface code with distance {distance} and {rounds} syndrome rounds",
            "give a distance {distance} surface code {rounds} rounds and list its parameters",
            "correct {rounds} times with the surface code of distance {distance}",
        ),
        says_es=(
            "(configura|crea|define) un codigo de superficie de distancia {distance} con {rounds} rondas [de correccion]",
            "codigo de superficie distancia {distance}, {rounds} rondas",
            "{rounds} rondas de correccion de errores en un surface code de distancia {distance}, muestra los parametros",
            "quiero {rounds} rondas de corrección con código de superficie d={distance}",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>, correction_rounds=<<rounds>>)
print(code.to_dict())
""",
        slots=SLOTS,
        weight=0.4,
    ),
    Recipe(
        "surface_syndrome_depth",
        says=(
            "(syndrome|syndrome circuit|syndrome extraction) depth of a distance {distance} surface code",
            "how deep is the syndrome circuit of a d={distance} surface code",
            "depth of [the] (syndrome measurement|stabilizer measurement|syndrome extraction) for surface code distance {distance}",
            "(compute|get|give me|show) the syndrome circuit depth for a surface code [of] distance {distance}",
            "surface code distance {distance} syndrome depth",
            "how many layers does syndrome extraction take in a distance {distance} surface code",
            "circuit depth per correction cycle, surface code d={distance}",
            "what depth (must|does) one round of stabilizer checks have in a distance {distance} surface code",
            "i need the depth of the error detection circuit of a distance {distance} surface code",
            "SurfaceCodeQEC {distance} syndrome circuit depth",
        ),
        says_es=(
            "profundidad del circuito de sindrome de un codigo de superficie de distancia {distance}",
            "(que tan profundo es|cuanta profundidad tiene) el circuito de sindrome del surface code d={distance}",
            "(calcula|dame|muestra) la profundidad de la extraccion del sindrome, codigo de superficie distancia {distance}",
            "profundidad del síndrome, código de superficie, distancia {distance}",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>)
print(code.get_syndrome_circuit_depth())
""",
        slots=SLOTS,
        weight=0.6,
    ),
    Recipe(
        "surface_ancillas_values",
        says=(
            "how many (ancillas|ancilla qubits|helper qubits|measure qubits) does a distance {distance} surface code (need|use|have)",
            "ancilla [qubit] count of a d={distance} surface code",
            "(number of|count the) ancilla qubits (in|for) a surface code of distance {distance}",
            "surface code distance {distance} ancillas",
            "(show|give me|print) the ancilla qubits of [a] surface code distance {distance}",
            "how many extra qubits for syndrome measurement at surface code distance {distance}",
            "i build a distance {distance} surface code, how many ancillas",
            "ancillas needed: surface code, d={distance}",
            "what is the ancilla overhead of a distance {distance} surface code patch",
            "SurfaceCodeQEC {distance} ancilla_qubits",
        ),
        says_es=(
            "cuantos (qubits ancilla|ancillas|qubits auxiliares) (usa|necesita|tiene) un codigo de superficie de distancia {distance}",
            "numero de ancillas del codigo de superficie d={distance}",
            "(dame|muestra) los qubits auxiliares del surface code de distancia {distance}",
            "ancillas código de superficie distancia {distance}",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

code = SurfaceCodeQEC(code_distance=<<distance>>)
print(code.ancilla_qubits)
""",
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "surface_distance_scan",
        says=(
            "compare surface code distances [at physical error rate {rate}]",
            "logical error rate (versus|vs|against) [code] distance (of|for) the surface code [at p={rate}]",
            "(scan|sweep|try|loop over) surface code distances 3 5 7 9 [with error rate {rate}] and (print|show) the logical error [rates]",
            "how does the logical error [rate] of a surface code change with [the] distance [at physical error {rate}]",
            "(table|list) of surface code distances with their logical error [and p={rate}]",
            "for each surface code distance (show|print|give) the logical error rate [for hardware error {rate}]",
            "does a larger surface code distance help [when the error rate is {rate}]",
            "surface code scaling with distance [at error rate {rate}]",
            "logical error for all distances of the surface code [, gate error {rate}]",
            "show me how surface code protection grows with its distance [if p is {rate}]",
            "i have a {rate} physical error rate and want to see every surface code distance side by side",
        ),
        says_es=(
            "compara las distancias del codigo de superficie [con error fisico {rate}]",
            "tasa de error logico segun la distancia del codigo de superficie [con p={rate}]",
            "(recorre|prueba) las distancias 3 5 7 9 del surface code [con error {rate}] y muestra el error logico",
            "como cambia el error logico del código de superficie con la distancia [si el error es {rate}]",
            "tabla de distancias del codigo de superficie y su error logico",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

for distance in (3, 5, 7, 9):
    code = SurfaceCodeQEC(code_distance=distance, error_rate=<<rate>>)
    print(distance, code.estimate_logical_error_rate())
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=0.8,
    ),
    Recipe(
        "surface_distance_for_target",
        says=(
            "which surface code distance (reaches|gives|gets) [a] logical error [rate] [of] {target_rate} [at physical error {rate}]",
            "(find|choose|pick) the smallest surface code distance with logical error below {target_rate} [at physical error rate {rate}]",
            "what distance do i need for a logical error of {target_rate} (in|with) the surface code [if p={rate}]",
            "minimum [surface] code distance for a target logical error [rate] of {target_rate} [with hardware error {rate}]",
            "i want a logical error under {target_rate}; how large must the surface code be [at error rate {rate}]",
            "surface code distance for {target_rate} logical error [p={rate}]",
            "target logical error {target_rate}: smallest surface code distance [for physical error {rate}]",
            "how big a surface code distance to get down to {target_rate} [from {rate}]",
            "search the distances of the surface code until the logical error is at most {target_rate} [, gate error {rate}]",
            "required code distance, surface code, goal {target_rate} [, physical {rate}]",
        ),
        says_es=(
            "que distancia del codigo de superficie da un error logico de {target_rate} [con error fisico {rate}]",
            "(busca|encuentra|elige) la menor distancia del surface code con error logico menor que {target_rate} [y p={rate}]",
            "distancia minima del codigo de superficie para un error logico de {target_rate}",
            "quiero un error lógico por debajo de {target_rate}, que distancia de código de superficie necesito [con error {rate}]",
        ),
        code="""from bioql.qec import SurfaceCodeQEC

for distance in (3, 5, 7, 9):
    code = SurfaceCodeQEC(code_distance=distance, error_rate=<<rate>>)
    if code.estimate_logical_error_rate() <= <<target_rate>>:
        print(distance)
        break
""",
        slots=SLOTS,
        defaults=RATE_DEFAULT,
        weight=0.7,
    ),
)
