"""What can be typed at a place: BioQL's names, arguments, values and phrases, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.bql import BqlModule
from bioql_lsp.analysis.completion_arguments import argument_proposals
from bioql_lsp.analysis.completion_imports import import_proposals
from bioql_lsp.analysis.completion_members import member_proposals
from bioql_lsp.analysis.completion_names import (
    AUTO_IMPORT_LETTERS_MIN,
    is_name_place,
    name_proposals,
)
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.completion_sentences import (
    distant_sentence_proposals,
    line_proposals,
    sentence_proposals,
)
from bioql_lsp.analysis.interest import words_of
from bioql_lsp.analysis.module import Module, load_module
from bioql_lsp.analysis.names import imported_from_bioql
from bioql_lsp.analysis.per_part import per_part
from bioql_lsp.analysis.proposals import Around, Offer, Proposal
from bioql_lsp.analysis.snippets import snippet_proposals
from bioql_lsp.analysis.spelling import modules_with

__all__ = ["Offer", "Proposal", "complete", "complete_text", "offer_at"]
NOTHING = Offer()


def offer_at(analysis: Analysis, offset: int) -> Offer:
    """What to offer at an offset of a file or cell. Never raises."""
    if not analysis.cells or not analysis.cells[0].parts:
        return NOTHING
    module, start = analysis.module_at(offset, is_typing=True)
    around = _around(analysis)
    place = Place(module, offset - start)
    found = _offer(place, around)
    is_lone_text = place.open.string_start is not None and not place.open.brackets
    if around.uses_bioql and is_lone_text and not found.proposals:
        phrases = distant_sentence_proposals(analysis, offset)
        return Offer(phrases, is_incomplete=bool(phrases))
    return replace(found, word=place.word, start=start)


def complete(module: Module, offset: int, around: Around | None = None) -> tuple[Proposal, ...]:
    """What to offer at an offset of a module, best first; empty where BioQL isn't involved."""
    place = Place(module, offset)
    found = replace(_offer(place, around or _around_module(module)), word=place.word)
    return tuple(replace(each, span=found.span_of(each)) for each in found.proposals)


def complete_text(text: str, offset: int, version: str = NEWEST) -> tuple[Proposal, ...]:
    """What to offer at an offset of a whole text, best first."""
    return complete(load_module(text, version), offset)


def _offer(place: Place, around: Around) -> Offer:
    if isinstance(place.module, BqlModule):
        return Offer(line_proposals(place), is_incomplete=True)
    imports = import_proposals(place)
    if imports is not None:
        is_plain = place.open.string_start is None and not place.open.in_comment
        return Offer(imports if is_plain else ())
    if not around.uses_bioql or place.open.in_comment:
        return NOTHING
    if place.open.string_start is not None:
        return _in_string(place, around)
    if place.text[place.word.start - 1 : place.word.start] == ".":
        return Offer(member_proposals(place))
    return _in_code(place, around)


def _in_string(place: Place, around: Around) -> Offer:
    phrases = sentence_proposals(place)
    if phrases:
        return Offer(phrases, is_incomplete=True)
    site = place.call()
    return Offer(tuple(argument_proposals(place, site, around)) if site is not None else ())


def _in_code(place: Place, around: Around) -> Offer:
    site = place.call()
    found = list(argument_proposals(place, site, around)) if site is not None else []
    if not is_name_place(place):
        return Offer(tuple(found))
    found += name_proposals(place, around)
    found += snippet_proposals(place, around)
    return Offer(tuple(found), len(place.typed) < AUTO_IMPORT_LETTERS_MIN)


def _around(analysis: Analysis) -> Around:
    imported = analysis.names.of_bioql
    return Around(analysis.uses_bioql, imported, lambda: _bound_asleep(analysis))


def _bound_asleep(analysis: Analysis) -> frozenset[str]:
    """The names of BioQL's that parts bind which hold nothing of BioQL's."""
    parts = (part for cell in analysis.cells for part in cell.parts if part.is_asleep)
    return frozenset(name for part in parts for name in _namesakes(part))


@per_part
def _namesakes(part: Part) -> frozenset[str]:
    names = words_of(part.piece.text) & modules_with(part.module.index).keys()
    return names & part.module.collected.scopes[0].bindings.keys() if names else names


def _around_module(module: Module) -> Around:
    return Around(module.uses_bioql, imported_from_bioql(module.exports.items()))
