# ruff: noqa: E501
"""Recipes on a guide as data: rotation angles, GC content, distance to another guide."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Said
from bioql_lsp.training.corpus.recipes.crispr import any_guide, argument, each
from bioql_lsp.training.corpus.slots import decimal, integer
from bioql_lsp.training.corpus.split import Draw

_ANGLES: Final = ("0.0", "1.571", "3.142", "4.712")
_LENGTH: Final = argument(
    "target_length",
    integer(8, 40),
    "(with length {v}|to length {v}|padded to {v}|on {v} qubits|for {v} qubits|{v} angles)",
    "(con longitud {v}|para {v} qubits|en {v} qubits|{v} angulos)",
)
_PAD: Final = argument(
    "pad_value",
    decimal(0.1, 3.1),
    "(padding with {v}|with pad value {v}|filled up with {v})",
    "(rellenando con {v}|con relleno {v})",
)


def _angles(draw: Draw) -> Said:
    text = draw.make(_angle_list)
    said = text if draw.chance(0.6) else text.replace(",", "")
    return Said(draw.choose((said, f"[{text}]")), text, is_exact=True)


def _angle_list(rng: Random) -> str:
    return ", ".join(rng.choice(_ANGLES) for _ in range(rng.randint(4, 9)))


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "guide_encoding",
        says=(
            "encode [the|my] (guide|grna|sgrna|guide sequence) {guide}",
            "encode {guide} (for a quantum circuit|as a guide|for crispr)",
            "(guide|grna|sgrna) encoding of {guide}",
            "encode [guide] {guide} without padding",
            "what is the quantum encoding of [the] guide {guide}",
            "i want to encode the (guide|sgrna) {guide} (for|into) qubits",
            "nucleotide by nucleotide encoding of guide {guide}",
            "one angle per (base|nucleotide) for [the] guide {guide}",
            "encode_guide_sequence of {guide}",
            "(turn|convert|map) each (base|nucleotide) of {guide} (to|into) an angle",
            "(featurize|featurise) [the] guide {guide} as one angle per base",
            "{guide}: encode this (guide|sgrna)",
        ),
        says_es=(
            "codifica [la|mi] (guia|secuencia guia|sgRNA) {guide}",
            "codificación de la guía {guide}",
            "(quiero|necesito) codificar la guia {guide} (en qubits|para un circuito)",
            "un angulo por (base|nucleotido) de la guia {guide}",
            "como se codifica la guia {guide}",
        ),
        code="""from bioql import encode_guide_sequence

print(encode_guide_sequence("<<guide>>"))
""",
        slots={"guide": any_guide},
    ),
    Recipe(
        "guide_angles",
        says=each(
            " [{length}] [{pad}]",
            "(turn|convert|map|transform) [the|my] (guide|grna|sgrna) {guide} (into|to) [rotation] angles",
            "[rotation] angles (of|for) [the] (guide|grna|sgrna) {guide}",
            "(guide|grna|sgrna) {guide} as [rotation] angles",
            "what are the rotation angles (of|for) {guide}",
            "(get|give me|compute|show) [the] rotation angles (of|for) {guide}",
            "guide to angles {guide}",
            "guide_to_angles {guide}",
            "(fixed length|padded) angles (of|for) [guide] {guide}",
            "i have a guide {guide} and need [its] [rotation] angles",
            "which angles do the qubits get for guide {guide}",
            "angle (list|vector) (of|for) guide {guide}",
            "encode [guide] {guide} as [rotation] angles",
        ),
        says_es=each(
            " [{length}] [{pad}]",
            "(convierte|pasa|transforma) la guia {guide} (a|en) angulos [de rotacion]",
            "ángulos [de rotación] de la guía {guide}",
            "dame los angulos (de|para) {guide}",
            "que angulos corresponden a la guia {guide}",
            "codifica {guide} como angulos",
        ),
        code="""from bioql import guide_to_angles

print(guide_to_angles("<<guide>>"<<length>><<pad>>))
""",
        slots={"guide": any_guide, "length": _LENGTH, "pad": _PAD},
        defaults={"length": "", "pad": ""},
    ),
    Recipe(
        "angles_to_guide",
        says=(
            "decode [the] angles {angles} [back] (to|into) (a guide|bases|nucleotides|a sequence|dna)",
            "which (guide|sequence|bases) (has|have|gives) the angles {angles}",
            "angles {angles} (to|as|back to) (bases|nucleotides|a sequence|a guide)",
            "(turn|convert|translate) rotation angles {angles} (back|back into letters|into nucleotides)",
            "what sequence do the angles {angles} (encode|stand for|mean)",
            "i have [rotation] angles {angles} and want the guide sequence",
            "decode_angles for {angles}",
            "recover the (guide|nucleotides|sequence) from [the] angles {angles}",
            "inverse of the guide encoding for {angles}",
            "{angles}: angles to nucleotides",
            "read the bases (from|off) the angles {angles}",
        ),
        says_es=(
            "decodifica los angulos {angles} (a|en) (bases|nucleotidos|una secuencia)",
            "que secuencia corresponde a los angulos {angles}",
            "(convierte|pasa) los ángulos {angles} a (nucleótidos|una guía)",
            "recupera la guia de los angulos {angles}",
        ),
        code="""from bioql.crispr_qai.featurization import decode_angles

print(decode_angles([<<angles>>]))
""",
        slots={"angles": _angles},
        weight=0.5,
    ),
    Recipe(
        "guide_gc_content",
        says=(
            "(gc content|gc|% gc|gc percentage|gc fraction|gc%) (of|in|for) [guide|grna|sgrna|the guide|sequence] {guide}",
            "(compute|calculate|get|show) [the] gc [content] (of|for) [guide|grna|sgrna|my guide] {guide}",
            "{guide} gc [content]",
            "what is the gc content of {guide}",
            "how (gc rich|gc-rich) is [the guide|guide] {guide}",
            "how much g and c is (there in|in) {guide}",
            "what fraction of {guide} is g or c",
            "i need the gc [content|fraction] of my (guide|sgrna|grna) {guide}",
            "check the gc [content] (of|for) {guide}",
            "calculate_gc_content {guide}",
            "share of g and c in [the] guide {guide}",
            "[tell me the] guanine cytosine content of {guide}",
            "is the gc content of {guide} (ok|fine|too high|too low)",
        ),
        says_es=(
            "(calcula|dame|muestra) el (contenido de GC|contenido GC|GC) de [la guia] {guide}",
            "contenido (de GC|GC) (de|en) [la guia] {guide}",
            "cual es el contenido GC de {guide}",
            "que (porcentaje|fraccion) de GC tiene {guide}",
            "cuánto GC tiene la guía {guide}",
            "fraccion de g y c en {guide}",
        ),
        code="""from bioql.crispr_qai.featurization import calculate_gc_content

print(calculate_gc_content("<<guide>>"))
""",
        slots={"guide": any_guide},
        weight=1.5,
    ),
    Recipe(
        "guides_gc",
        says=(
            "gc [content] of (each of|all of|each|all|every one of) [the guides|these guides] {guides}",
            "gc contents of [guides|sgrnas] {guides}",
            "(compute|calculate|list|print) [the] gc content for (each guide|every guide|all guides) in {guides}",
            "(compare|tabulate) [the] gc [content|contents] of {guides}",
            "for (each|every) guide in {guides} print [its] gc [content]",
            "i have guides {guides}, (show|give me|what is) the gc content of each",
            "what are the gc contents of {guides}",
            "{guides}: gc [content] of each [one]",
            "gc table for [my] guides {guides}",
            "how gc rich are [the guides|my guides] {guides}",
            "gc of several guides: {guides}",
        ),
        says_es=(
            "contenido GC de cada (guia|una): {guides}",
            "(calcula|muestra) el GC de cada una de las guias {guides}",
            "compara el contenido de GC de {guides}",
            "para cada guía de {guides} imprime su GC",
        ),
        code="""from bioql.crispr_qai.featurization import calculate_gc_content

guides = [<<guides>>]
for guide in guides:
    print(guide, calculate_gc_content(guide))
""",
        weight=0.8,
    ),
    Recipe(
        "guides_gc_filter",
        says=(
            "(keep|select|show) [only] [the] guides with gc [content] between {low} and {high}: {guides}",
            "(filter|screen) [the] guides {guides} (by|for) gc [content] between {low} and {high}",
            "which of {guides} (have|has) a gc [content] (between|from) {low} (and|to) {high}",
            "gc filter {low} to {high} (for|on) guides {guides}",
            "from [the] guides {guides} (drop|remove) those with gc outside {low} to {high}",
            "guides in {guides} whose gc (is|lies) between {low} and {high}",
            "gc content window {low}-{high}, guides {guides}",
            "i only want guides with gc from {low} to {high} out of {guides}",
            "{guides}: which have gc between {low} and {high}",
            "discard guides with gc below {low} or above {high}: {guides}",
            "guides {guides}, gc at least {low} and at most {high}",
        ),
        says_es=(
            "filtra las guias {guides} con GC entre {low} y {high}",
            "que guias de {guides} tienen GC entre {low} y {high}",
            "(quedate con|selecciona) las guías con contenido GC de {low} a {high}: {guides}",
            "descarta las guias con GC menor que {low} o mayor que {high}: {guides}",
        ),
        code="""from bioql.crispr_qai.featurization import calculate_gc_content

guides = [<<guides>>]
kept = [guide for guide in guides if <<low>> <= calculate_gc_content(guide) <= <<high>>]
print(kept)
""",
        slots={"low": decimal(0.2, 0.45), "high": decimal(0.55, 0.8)},
        weight=0.6,
    ),
    Recipe(
        "guide_features",
        says=(
            "(all|the) features of [the] guide {guide}",
            "(encode|featurize|featurise) [guide|grna|sgrna] {guide} with [its] features",
            "guide features (of|for) {guide}",
            "angles, gc [content] and length of [guide|sgrna] {guide}",
            "[rotation] angles and gc content (of|for) [guide|sgrna] {guide}",
            "i want features (of|for) my (guide|sgrna) {guide}: angles, gc, length",
            "feature (vector|dictionary|dict) (of|for) [guide] {guide}",
            "what are the sequence features of [guide] {guide}",
            "(compute|get|extract) [all] [the] features (of|from) [guide|sgrna] {guide}",
            "encode_with_features {guide}",
            "ml features for the sgrna {guide}",
            "(length|qubits), gc and encoding of guide {guide}",
        ),
        says_es=(
            "(extrae|calcula|dame) las caracteristicas de [la guia] {guide}",
            "angulos y contenido GC de la guia {guide}",
            "características de la guía {guide}",
            "codifica {guide} con sus caracteristicas",
        ),
        code="""from bioql.crispr_qai.featurization import encode_with_features

print(encode_with_features("<<guide>>"))
""",
        slots={"guide": any_guide},
        weight=0.7,
    ),
    Recipe(
        "guide_hamming",
        says=(
            "hamming distance (between|of) [guides|guide] {guide} and {guide2}",
            "how many (positions|bases|letters|nucleotides) differ between {guide} and {guide2}",
            "(count|number of) (differences|mismatches|differing bases) between {guide} and {guide2}",
            "(compute|calculate) the hamming distance {guide} {guide2}",
            "how different are [the guides|guides] {guide} and {guide2}",
            "hamming {guide} {guide2}",
            "{guide} vs {guide2} hamming distance",
            "in how many places do {guide} and {guide2} (differ|disagree)",
            "i have two guides, {guide} and {guide2}, and want their hamming distance",
            "distance between the (guides|sgrnas|sequences) {guide} and {guide2}",
            "calculate_hamming_distance of {guide} and {guide2}",
        ),
        says_es=(
            "distancia de hamming entre {guide} y {guide2}",
            "en cuantas posiciones difieren {guide} y {guide2}",
            "cuantas (bases|letras) distintas tienen {guide} y {guide2}",
            "(calcula|dime) la distancia entre las guías {guide} y {guide2}",
        ),
        code="""from bioql.crispr_qai.guide_opt import calculate_hamming_distance

print(calculate_hamming_distance("<<guide>>", "<<guide2>>"))
""",
        weight=0.7,
    ),
    Recipe(
        "guide_similarity",
        says=(
            "similarity (of|between) [guides|sequences] {guide} and {guide2}",
            "sequence (similarity|identity) (of|between) {guide} and {guide2}",
            "how similar are [the guides|guides|the sequences] {guide} and {guide2}",
            "(compute|calculate|get) the [sequence] (similarity|identity) of {guide} and {guide2}",
            "{guide} vs {guide2} (similarity|identity)",
            "what fraction of bases (match|matches|agree) between {guide} and {guide2}",
            "(compare|match) the guide {guide} with [the site|the sequence] {guide2}",
            "percent identity {guide} {guide2}",
            "are {guide} and {guide2} similar",
            "i want to know how alike {guide} and {guide2} are",
            "calculate_sequence_similarity of {guide} and {guide2}",
            "dna similarity score for {guide} and {guide2}",
        ),
        says_es=(
            "(similitud|identidad) entre {guide} y {guide2}",
            "que tan parecidas son {guide} y {guide2}",
            "(calcula|dame) la similitud de las secuencias {guide} y {guide2}",
            "compara la guía {guide} con {guide2}",
        ),
        code="""from bioql.crispr_qai.phenotype import calculate_sequence_similarity

print(calculate_sequence_similarity("<<guide>>", "<<guide2>>"))
""",
        weight=0.7,
    ),
)
