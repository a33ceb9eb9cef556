"""Intents that fire only because a known word is a part of another: 'gene' in 'generate'."""

from __future__ import annotations

import re

from bioql_lsp.analysis.program.lints_model import Sentence
from bioql_lsp.analysis.program.lints_numbers import word_around
from bioql_lsp.analysis.program.vocabulary import GROUPS
from bioql_lsp.text import Span

_INFLECTED = r"(?:s|es|'s|d|ed|ing|tics?)?(?![^\W_])"
# The group that carries the meaning. Those of the other intents are no part of common words.
_GROUP_OF_INTENT = {"dna_analysis": "dna", "gate_application": "gate"}
_PATTERN_OF_GROUP = {
    group: re.compile(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, GROUPS[group]))}){_INFLECTED}", re.IGNORECASE
    )
    for group in _GROUP_OF_INTENT.values()
}


def accident(read: Sentence) -> tuple[Span, Span] | None:
    """The known word and the word around it, where the intent fires by accident alone."""
    group = _GROUP_OF_INTENT.get(read.compiled.intent or "")
    if group is None or _PATTERN_OF_GROUP[group].search(read.text):
        return None
    known = read.compiled.matched_words[-1]
    return known, word_around(read.text, known)
