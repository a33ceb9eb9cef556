"""Where a reader and BioQL differ about gates, and the spelling that both read the same."""

from __future__ import annotations

from collections.abc import Sequence

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.equivalence import (
    is_same,
    is_same_circuit,
    measuring,
    qubits_of,
    sentence,
    statement,
)
from bioql_lsp.analysis.program.lints_model import Sentence, replacing
from bioql_lsp.analysis.program.meant import Meant, MeantStatement
from bioql_lsp.analysis.program.model import Operation
from bioql_lsp.analysis.program.vocabulary import GROUPS

OPERATIONS_MAX = 400
_TITLE_CHARS_MAX = 60
_TITLE = "Write the gates as BioQL reads them"


def is_bell(text: str) -> bool:
    """Whether a text names a Bell state."""
    lowered = text.lower()
    return any(word in lowered for word in (*GROUPS["bell"], "bell"))


def is_spelled_out(read: Sentence) -> bool:
    """Whether BioQL reads the sentence gate by gate."""
    return read.compiled.stage in {"gates", "context"} and read.compiled.error is None


def difference(
    meant: Sequence[Operation], made: Sequence[Operation]
) -> tuple[list[Operation], list[Operation]]:
    """What is missing of the operations meant, and what was made beyond them."""
    extra = list(made)
    missing = []
    for operation in meant:
        same = next((each for each in extra if is_same(operation, each)), None)
        if same is None:
            missing.append(operation)
        else:
            extra.remove(same)
    return missing, extra


def statement_fix(read: Sentence, meant: MeantStatement) -> tuple[Fix, ...]:
    """Write one statement as BioQL reads it."""
    if not meant.operations or len(meant.operations) > OPERATIONS_MAX:
        return ()
    new_text = ". ".join(map(statement, meant.operations))
    if read.slice(meant.span) == new_text:
        return ()
    title = f"Write '{new_text}'" if len(new_text) <= _TITLE_CHARS_MAX else _TITLE
    is_sure = not meant.is_entangling or read.meant.is_certain
    return (replacing(meant.span, new_text, title, is_sure=is_sure),)


def whole_sentence_fix(read: Sentence) -> tuple[Fix, ...]:
    """Write the whole sentence as BioQL reads it, where it is about gates alone."""
    text = rewritten(read.meant)
    if text is None or text == read.slice(read.whole):
        return ()
    return (replacing(read.whole, text, _TITLE, is_sure=read.meant.is_certain),)


def rewritten(meant: Meant) -> str | None:
    """The sentence that makes what is meant, with measurements; None where there is none."""
    operations = meant.operations
    if not meant.is_whole or not operations or len(operations) > OPERATIONS_MAX:
        return None
    listed = _with_measures(operations)
    text = sentence(listed, meant.num_qubits)
    made = compile_sentence(text)
    if made.stage != "gates" or made.error or not is_same_circuit(listed, made.operations):
        return None
    return text


def _with_measures(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    if any(operation.gate == "measure" for operation in operations):
        return operations
    qubits = sorted({qubit for operation in operations for qubit in qubits_of(operation)})
    return (*operations, *measuring(qubits))
