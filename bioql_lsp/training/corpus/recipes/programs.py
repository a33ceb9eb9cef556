# ruff: noqa: E501
"""The sentences that requests name, as slots, and recipes that run a sentence word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bioql_lsp.training.corpus.patterns import expand
from bioql_lsp.training.corpus.recipe import Recipe, Said, Slot
from bioql_lsp.training.corpus.runs import GUARD, quantum_call, run
from bioql_lsp.training.corpus.slots import dna_read, molecule, target
from bioql_lsp.training.corpus.split import Draw
from bioql_lsp.worker.grounding import NUMBER_WORDS

BELL: Final = "Create a Bell state"
SUPERPOSITION: Final = "Prepare a superposition of # qubits"
GROVER: Final = "use # qubits for grover search"
FOLDING: Final = "Simulate protein folding with # qubits"
_UNREADABLE: Final = re.compile(r"[/\\.%]|\b\d+\b")
_SMILES_CHARS_MAX: Final = 60

_KINDS: Final[tuple[tuple[str, str, str, float], ...]] = (
    (BELL, "[a|the] (bell state|Bell state|bell pair|epr pair|entangled pair)",
     "(un|el) (estado de bell|estado Bell|par de bell|par epr|par entrelazado)", 4.0),
    (SUPERPOSITION,
     "(a superposition of # qubits|a # qubit superposition|# qubits in superposition|an equal superposition on # qubits)",
     "(una superposicion de # qubits|# qubits en superposicion|la superposición de # qubits)", 3.0),
    ("GHZ", "(a # qubit ghz state|a ghz state on # qubits|a GHZ state of # qubits|# qubit ghz)",
     "(un estado ghz de # qubits|un GHZ con # qubits|el estado GHZ de # qubits)", 1.5),
    (GROVER, "(grover search with # qubits|a # qubit grover search|grover on # qubits|grover search on # qubits)",
     "(grover con # qubits|la busqueda de grover con # qubits|una búsqueda de grover de # qubits)", 1.5),
    (FOLDING, "(protein folding with # qubits|protein folding on # qubits|a # qubit protein folding simulation)",
     "(plegamiento de proteinas con # qubits|el plegamiento de una proteina con # qubits)", 1.0),
    ("DNA", "(dna analysis of &|the dna sequence & analysis|an analysis of the DNA &)",
     "(el analisis del adn &|un analisis de la secuencia &)", 0.5),
    ("DOCKING", "([the] docking of @ (to|with|against) ~|docking @ to ~)",
     "(el docking de @ con ~|el acoplamiento de @ a ~)", 0.9),
)  # fmt: skip


def ghz_sentence(count: int) -> str:
    """GHZ as gate statements, since the compiler does not know the word."""
    gates = ["h qubit 0", *(f"cnot {i} {i + 1}" for i in range(count - 1))]
    return ". ".join([*gates, measures(*range(count))])


def measures(*qubits: int) -> str:
    """The measurements of these qubits, each once."""
    return ". ".join(f"measure qubit {i}" for i in sorted(set(qubits)))


def readable_molecule(draw: Draw) -> Said:
    """A molecule whose SMILES a sentence can hold: read in full, and no number of qubits in it."""
    while True:
        value = molecule(draw)
        text = value.written
        if len(text) <= _SMILES_CHARS_MAX and not _UNREADABLE.search(text):
            return value


def sentence(draw: Draw) -> Said:
    """A program as a noun phrase, sometimes quoted word for word."""
    kind, english, spanish, _ = draw.rng.choices(_KINDS, [kind[3] for kind in _KINDS])[0]
    said = "".join(str(node) for node in expand(draw.local(english, spanish), draw.rng))
    if kind == "DOCKING":
        ligand, protein = readable_molecule(draw), target(draw)
        said = said.replace("@", ligand.said).replace("~", protein.said).strip()
        written = f"Docking of SMILES {ligand.written} to PDB {protein.written} on 6 qubits"
        return Said(said, written, is_exact=True)
    if kind == "DNA":
        read = dna_read(draw)
        written = f"Analyze the DNA sequence {read.written} with 4 qubits"
        return Said(said.replace("&", read.said), written, is_exact=True)
    number = draw.rng.randint(3, 4) if kind == "GHZ" else draw.rng.randint(2, 10)
    written = ghz_sentence(number) if kind == "GHZ" else kind.replace("#", str(number))
    if draw.chance(0.1):
        return Said(f'"{written}"', written, is_exact=True)
    spoken = draw.local(*NUMBER_WORDS[number]) if draw.chance(0.2) else str(number)
    return Said(said.replace("#", spoken).strip(), written, is_exact=spoken.isdigit())


def quoted(draw: Draw) -> Said:
    """A program's own words in quotes."""
    written = sentence(draw).written
    quote = draw.choose(('"', '"', '"', "'"))
    return Said(f"{quote}{written}{quote}", written, is_exact=True)


def several(count: int) -> Slot:
    """That many different programs; the code holds them as the lines of a list."""

    def slot(draw: Draw) -> Said:
        drawn: dict[str, str] = {}
        while len(drawn) < count:
            value = sentence(draw)
            drawn.setdefault(value.written, value.said)
        texts = list(drawn.values())
        last = draw.local(" and ", " y ")
        written = "\n".join(f'    "{text}",' for text in drawn)
        return Said(", ".join(texts[:-1]) + last + texts[-1], written, is_exact=True)

    return slot


SENTENCES: Final[Mapping[str, Slot]] = {
    "sentence": sentence,
    "quoted": quoted,
    "pair": several(2),
    "trio": several(3),
}


def head(
    std: tuple[str, ...] = (), third: tuple[str, ...] = (), bioql: str = "from bioql import quantum"
) -> str:
    """Imports in their order: the standard library, then what is installed."""
    rank: Callable[[str], tuple[bool, str]] = lambda line: (line.startswith("from"), line)  # noqa: E731
    first = "\n".join(sorted({"import os", *std}, key=rank))
    second = "\n".join(sorted({bioql, *third}, key=rank))
    return f"{first}\n\n{second}\n\n"


def result_run(
    name: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    tail: str,
    *,
    std: tuple[str, ...] = (),
    third: tuple[str, ...] = (),
    bioql: str = "from bioql import quantum",
    slots: Mapping[str, Slot] | None = None,
    defaults: Mapping[str, str] | None = None,
    extra: tuple[str, ...] = (),
    guard: str = GUARD,
    weight: float = 1.0,
) -> Recipe:
    """A recipe that runs ``{sentence}`` and does something of its own with the result."""
    return Recipe(
        name,
        says,
        says_es,
        head(std, third, bioql) + quantum_call(extra) + guard + tail,
        {**SENTENCES, **(slots or {})},
        {"sentence": BELL, **(defaults or {})},
        weight,
        is_run=True,
    )


RECIPES: Final[tuple[Recipe, ...]] = (
    run(
        "run_quoted",
        "<<quoted>>",
        says=(
            "(run|execute|send|submit) {quoted}",
            "(run|execute) the (sentence|program|text) {quoted}",
            "{quoted}",
            "quantum {quoted}",
            "i want to (run|execute) {quoted}",
            "(can you|please) (run|execute|submit) [the program] {quoted}",
            "call quantum(|()) with {quoted}",
            "use bioql to run {quoted}",
            "bioql program {quoted}",
            "(submit|send) [the] (job|program) {quoted}",
            "the program is {quoted}, (run|execute) it",
            "english program {quoted}: (run|execute) [it]",
            "execute this natural language program: {quoted}",
            "take the sentence {quoted} and (run|execute) it",
        ),
        says_es=(
            "(ejecuta|corre|lanza) {quoted}",
            "(ejecuta|corre) (la frase|el programa|el texto) {quoted}",
            "programa bioql {quoted}",
            "quiero (ejecutar|correr) {quoted}",
            "(envia|manda) el trabajo {quoted}",
            "el programa es {quoted}, (ejecutalo|córrelo)",
        ),
        slots=SENTENCES,
        weight=1.5,
    ),
    run(
        "run_sentence",
        "<<sentence>>",
        says=(
            "(run|execute|do|launch|start) {sentence}",
            "(run|execute|submit) a job (for|with) {sentence}",
            "(i want|i need|give me) a run of {sentence}",
            "(run|try) {sentence} on (a quantum computer|quantum hardware|real hardware)",
            "{sentence} on (real hardware|a real quantum computer|a qpu)",
            "(bioql|quantum) (run|job|call) (for|with) {sentence}",
            "(how do i|how can i|how to) run {sentence}",
            "program (that runs|for|to run) {sentence}",
            "(submit|send) {sentence}",
            "script (for|running) {sentence}",
            "(use|call) quantum() (for|to run) {sentence}",
            "hardware (run|job) of {sentence}",
            "measure {sentence}",
            "(what do i get|what comes out) (for|from) {sentence}",
        ),
        says_es=(
            "(ejecuta|corre|lanza|haz) {sentence}",
            "(envia|manda) un trabajo con {sentence}",
            "{sentence} en (hardware real|un ordenador cuantico|una computadora cuántica)",
            "(como|cómo) (ejecuto|corro|puedo ejecutar) {sentence}",
            "(programa|script) (para|que ejecuta) {sentence}",
            "(usa|llama a) quantum() para {sentence}",
            "quiero (ejecutar|correr) {sentence}",
        ),
        slots=SENTENCES,
        weight=2.0,
    ),
)
