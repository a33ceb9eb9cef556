"""Completion in a sentence: phrases that BioQL understands, also while the string is open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.per_part import placed
from bioql_lsp.analysis.program.phrases import Phrase, complete
from bioql_lsp.analysis.proposals import Proposal
from bioql_lsp.analysis.sentence_places import sentence_at
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.text import Edit, Span

_CRISPR = "crispr"
_BLANK = " \t"
phrases = lru_cache(maxsize=256)(complete)


def sentence_proposals(place: Place) -> tuple[Proposal, ...]:
    """The phrases for the sentence that the place lies in; empty where it lies in none."""
    for sentence in place.readable.sentences:
        offset = sentence.offset_of(place.offset)
        if offset is not None:
            return _proposals(place, sentence, offset)
    return ()


def line_proposals(place: Place) -> tuple[Proposal, ...]:
    """The phrases for a line that is a sentence, as in ``.bql`` files."""
    start = place.text.rfind("\n", 0, place.offset) + 1
    start = max(start, place.text.rfind("\r", 0, place.offset) + 1)
    line = place.text[start : place.offset]
    text = line.lstrip(_BLANK)
    if text.startswith("#"):
        return ()
    begin = place.offset - len(text)
    return tuple(
        _proposal(phrase, text, Span(begin + phrase.replace_from, place.offset), phrase.new_text)
        for phrase in phrases(text)
    )


def distant_sentence_proposals(analysis: Analysis, offset: int) -> tuple[Proposal, ...]:
    """The phrases for a text that is kept under a name and handed over somewhere else."""
    found = sentence_at(analysis, offset)
    if found is None:
        return ()
    proposals = []
    for phrase, typed, edit in _edits(found.sentence, found.offset):
        span = placed(analysis, found.part_index, edit.span)
        if span is not None and span.start <= offset:
            proposals.append(_proposal(phrase, typed, Span(span.start, offset), edit.new_text))
    return tuple(proposals)


def _proposals(place: Place, sentence: Sentence, offset: int) -> tuple[Proposal, ...]:
    return tuple(
        _proposal(phrase, typed, Span(edit.span.start, place.offset), edit.new_text)
        for phrase, typed, edit in _edits(sentence, offset)
        if edit.span.start <= place.offset
    )


def _edits(sentence: Sentence, offset: int) -> Iterator[tuple[Phrase, str, Edit]]:
    """The phrases that can be written where the sentence is, with what is typed before them."""
    typed = sentence.text[:offset]
    for phrase in phrases(typed):
        if sentence.mode == _CRISPR and _CRISPR not in phrase.new_text.lower():
            continue
        edit = Edit(Span(phrase.replace_from, offset), phrase.new_text)
        written = sentence.fix(Fix(phrase.label, (edit,)))
        if written is not None:
            yield phrase, typed, written.edits[0]


def _proposal(phrase: Phrase, typed: str, span: Span, new_text: str) -> Proposal:
    begun = typed[phrase.replace_from :].lower()
    is_begun = phrase.new_text.lower().startswith(begun)
    filter_text = phrase.new_text if is_begun else f"{typed[phrase.replace_from :]} {phrase.label}"
    return Proposal(
        phrase.label, "phrase", new_text, phrase.detail, filter_text=filter_text, span=span
    )
