"""What a request or a piece of code names, as comment lines that a model can copy from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bioql_lsp.analysis.knowledge.bits import bit_lines
from bioql_lsp.analysis.knowledge.entities import Entity
from bioql_lsp.analysis.knowledge.matching import Mention, mentions_in
from bioql_lsp.analysis.knowledge.retrieval import REQUEST_CHARS_MAX, api_lines

ENTITIES_MAX: Final = 6
"""So many names of one request are told; more of them are data rather than a question."""
AROUND_MAX: Final = 3
_BEFORE: Final = 400
_AFTER: Final = 120
_SCANNED_BEFORE: Final = 32_768
_COMMENT_OR_STRING: Final = re.compile(
    r"#[^\n]*"
    r"|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\")?"
    r"|'''(?:[^'\\]|\\.|'(?!''))*(?:''')?"
    r"|\"(?:[^\"\\\n]|\\.)*\"?"
    r"|'(?:[^'\\\n]|\\.)*'?",
    re.DOTALL,
)
_BLANK: Final = "\0"


def facts_of(request: str) -> str:
    """What is known of a request's molecules, targets and proteins, and the calls it is about.

    Comment lines (``# aspirin: CC(=O)Oc1ccccc1C(=O)O``, ``# COX-2: PDB 5IKT``, what bits mean, then
    ``# bioql.predict_adme_local(smiles)``) in the request's order and spelling, without a line end
    after the last; empty where nothing is known.
    """
    named = _first_of_each(mentions_in(request[:REQUEST_CHARS_MAX]))[:ENTITIES_MAX]
    calls = (f"# {line}" for line in api_lines(request))
    return "\n".join([*map(_told, named), *bit_lines(request[:REQUEST_CHARS_MAX]), *calls])


def entity_facts(text: str, offset: int) -> str:
    """What is known of the things that comments and strings around a place in code name.

    At most three lines as those of ``facts_of``, what is named nearest to the place first; empty
    where nothing is known.
    """
    offset = min(max(offset, 0), len(text))
    start, end = max(0, offset - _BEFORE), min(len(text), offset + _AFTER)
    found = mentions_in(_words_only(text, start, end))
    near = sorted(found, key=lambda mention: _distance(mention, offset - start))
    return "\n".join(map(_told, _first_of_each(near)[:AROUND_MAX]))


def _first_of_each(mentions: Iterable[Mention]) -> list[Mention]:
    first: dict[Entity, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.entity, mention)
    return list(first.values())


def _told(mention: Mention) -> str:
    spelling = " ".join(mention.spelling.split())
    is_id = mention.entity.kind == "target"
    return f"# {spelling}: {'PDB ' if is_id else ''}{mention.entity.value}"


def _distance(mention: Mention, place: int) -> int:
    return max(place - mention.end, mention.start - place, 0)


def _words_only(text: str, start: int, end: int) -> str:
    """A stretch of code with all but its comments and strings blanked, and cut words too."""
    from_ = max(0, start - _SCANNED_BEFORE)
    from_ = text.rfind("\n", 0, from_) + 1
    pieces: list[str] = []
    place = start
    for match in _COMMENT_OR_STRING.finditer(text, from_, end):
        first, last = max(match.start(), start), min(match.end(), end)
        if first < last:
            pieces += [_BLANK * (first - place), text[first:last]]
            place = last
    pieces.append(_BLANK * (end - place))
    return _without_cut_words("".join(pieces), text, start, end)


def _without_cut_words(stretch: str, text: str, start: int, end: int) -> str:
    """The stretch without half words at its ends."""
    if start and text[start - 1].isalnum():
        head = re.match(r"[^\W_]*", stretch)
        size = len(head[0]) if head else 0
        stretch = _BLANK * size + stretch[size:]
    if end < len(text) and text[end].isalnum():
        kept = len(re.sub(r"[^\W_]+$", "", stretch))
        stretch = stretch[:kept] + _BLANK * (len(stretch) - kept)
    return stretch
