"""Which sentence is meant by a place in a text: the one written there, or handed over there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.names import located
from bioql_lsp.analysis.per_part import per_part, relevant_parts
from bioql_lsp.analysis.sentences import Sentence


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """A sentence with the part whose spans it has; ``offset`` is a place in the sentence."""

    sentence: Sentence
    part_index: int
    module: Module
    offset: int


def sentence_at(analysis: Analysis, offset: int) -> SentencePlace | None:
    """The sentence that is written at an offset, and which of its characters."""
    cell = analysis.cells[0]
    if not cell.parts:
        return None
    here = cell.index_at(offset)
    own, relative = cell.parts[here], offset - cell.starts[here]
    for sentence in own.module.sentences:
        at = sentence.offset_of(relative)
        if at is not None:
            return SentencePlace(sentence, here, own.module, at)
    return _from_elsewhere(analysis, own, relative)


def _from_elsewhere(analysis: Analysis, own: Part, relative: int) -> SentencePlace | None:
    """The sentence written in one part that a call in another part hands over under a name."""
    byte = own.module.byte_at(relative)
    node = own.module.syntax.tree.root_node.descendant_for_byte_range(byte, byte)
    if node is None or not node.type.startswith("string"):
        return None
    for index, part in relevant_parts(analysis):
        for sentence in _written_elsewhere(part):
            number, span = located(sentence.span)
            if number == own.number:
                at = sentence.offset_of(relative + sentence.span.start - span.start)
                if at is not None:
                    return SentencePlace(sentence, index, part.module, at)
    return None


def sentence_near(analysis: Analysis, offset: int) -> SentencePlace | None:
    """The sentence that is written at an offset, else that of the innermost call around it."""
    found = sentence_at(analysis, offset)
    if found is not None or not analysis.cells[0].parts:
        return found
    cell = analysis.cells[0]
    here = cell.index_at(offset)
    module, relative = cell.parts[here].module, offset - cell.starts[here]
    around = [s for s in module.sentences if s.call.span.start <= relative <= s.call.span.end]
    if not around:
        return None
    innermost = min(around, key=lambda sentence: sentence.call.span.length)
    return SentencePlace(innermost, here, module, 0)


@per_part
def _written_elsewhere(part: Part) -> tuple[Sentence, ...]:
    return tuple(_foreign(part.module.sentences))


def _foreign(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    for sentence in sentences:
        if located(sentence.span)[0] is not None:
            yield sentence
