"""What BioQL 7.0.1 makes of an English sentence, computed without BioQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from bioql_lsp.analysis.program import circuits, grammar
from bioql_lsp.analysis.program.circuits import CIRCUIT_OF_CONTEXT, Circuit
from bioql_lsp.analysis.program.grammar import Number, Statement
from bioql_lsp.analysis.program.intents import Count, Offsets, find_intent, find_word
from bioql_lsp.analysis.program.model import Compiled, GateStatement, Layer
from bioql_lsp.text import Span

_NUM_QUBITS_DEFAULT = 2
_SUBJECT_QUBITS_DEFAULT = 8
ToSpan = Callable[[Offsets], Span]


@lru_cache(maxsize=256)
def compile_sentence(text: str) -> Compiled:
    """The circuit of a sentence, or the error that BioQL raises on it."""
    try:
        return _compile(text)
    except (ValueError, OverflowError) as error:
        return Compiled(text, error=f"Failed to parse quantum circuit description: {error}")


def _compile(text: str) -> Compiled:
    lowered = text.lower()
    to_span = _spans_of(text, lowered)
    return (
        _intent(text, lowered, to_span)
        or _special(text, lowered, to_span)
        or _spelled_out(text, lowered, to_span)
    )


def _spans_of(text: str, lowered: str) -> ToSpan:
    """Offsets in the lower-cased text as spans of the original, which may be shorter."""
    if len(text) == len(lowered):
        return lambda offsets: Span(*offsets)
    ends = tuple(accumulate(len(character.lower()) for character in text))
    origin = [i for i, end in enumerate(ends) for _ in range(end - (ends[i - 1] if i else 0))]
    return lambda offsets: Span(origin[offsets[0]], origin[offsets[1] - 1] + 1)


def _intent(text: str, lowered: str, to_span: ToSpan) -> Compiled | None:
    intent = find_intent(lowered)
    if not intent:
        return None
    count = intent.count
    return Compiled(
        text,
        num_qubits=count.num_qubits,
        num_classical_bits=count.num_qubits,
        context=intent.context,
        intent=intent.name,
        stage="intent",
        layers=intent.circuit(count.num_qubits),
        count_span=to_span(count.offsets) if count.offsets else None,
        count_source=count.source,
        matched_words=tuple(map(to_span, intent.words)),
    )


def _special(text: str, lowered: str, to_span: ToSpan) -> Compiled | None:
    found = _special_circuit(lowered)
    if not found:
        return None
    circuit, default, words = found
    count = _phrase_count(grammar.qubit_count(lowered), default)
    return Compiled(
        text,
        num_qubits=count.num_qubits,
        num_classical_bits=count.num_qubits,
        stage="special",
        layers=circuit(count.num_qubits),
        count_span=to_span(count.offsets) if count.offsets else None,
        count_source=count.source,
        matched_words=(to_span(words),),
    )


def _special_circuit(lowered: str) -> tuple[Circuit, int, Offsets] | None:
    """The circuit, the number of qubits where the text names none, and the words that tell it."""
    if words := grammar.bell_phrase(lowered):
        return circuits.bell, 2, words
    if words := find_word(lowered, ("superposition",)):
        return circuits.superposition, 3, words
    if words := find_word(lowered, ("qft", "fourier")):
        return circuits.fourier, 4, words
    return None


def _phrase_count(asked: Number | None, default: int) -> Count:
    """A number of 0 is as good as none."""
    if asked and asked.value:
        return Count(asked.value, "phrase", asked.offsets)
    return Count(default, "default")


def _spelled_out(text: str, lowered: str, to_span: ToSpan) -> Compiled:
    context, words = grammar.subject(lowered)
    asked = grammar.qubit_count(lowered)
    gates = tuple(grammar.gates(lowered))
    measurements = tuple(grammar.measurements(lowered))
    layers: tuple[Layer, ...] = ()
    if circuit := CIRCUIT_OF_CONTEXT.get(context):
        layers = circuit(_phrase_count(asked, _SUBJECT_QUBITS_DEFAULT).num_qubits)
    count = _count(asked, lowered, layers, (*gates, *measurements))
    statements = (*gates, *measurements)
    return Compiled(
        text,
        num_qubits=count.num_qubits,
        num_classical_bits=max(
            (s.operation.classical_bits[0] + 1 for s in measurements), default=0
        ),
        context=context,
        stage="context" if circuit else "gates",
        layers=(*layers, *(circuits.one(statement.operation) for statement in statements)),
        statements=tuple(
            GateStatement(s.operation.gate, to_span(s.offsets), s.operation) for s in statements
        ),
        count_span=to_span(count.offsets) if count.offsets else None,
        count_source=count.source,
        matched_words=tuple(map(to_span, words)),
    )


def _count(
    asked: Number | None, lowered: str, subject: Sequence[Layer], statements: Iterable[Statement]
) -> Count:
    """The number that was asked for, raised to what the operations need."""
    count = Count(_NUM_QUBITS_DEFAULT, "default")
    if asked:
        count = Count(asked.value, "phrase", asked.offsets)
    elif highest := max(grammar.qubit_indices(lowered), default=None):
        count = Count(highest.value + 1, "index", highest.offsets)
    # A subject's circuit starts with one operation for each of its qubits.
    needed = max(subject[0].count, 1) if subject else 1
    if needed > count.num_qubits:
        count = Count(needed, "default")
    for qubit in (qubit for statement in statements for qubit in statement.qubits):
        if qubit.value >= count.num_qubits:
            count = Count(qubit.value + 1, "index", qubit.offsets)
    return count
