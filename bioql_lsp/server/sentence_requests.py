"""What the requests about one sentence share: which one is meant, and what is sent about it."""

from __future__ import annotations

import attrs
from lsprotocol import types

from bioql_lsp.analysis.costs import is_readable
from bioql_lsp.analysis.program.lints import lints
from bioql_lsp.analysis.program.lints_model import Lint
from bioql_lsp.analysis.sentence_places import sentence_near
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.session import Session

NO_SENTENCE = (
    "There is no sentence of BioQL's here. Put the cursor into the text that quantum() is given."
)
UNKNOWN_SENTENCE = "This sentence can't be read: a part of it is only known when the program runs."
OLD_VERSION = "This needs the compiler of BioQL 7; the version in force is {}."


@attrs.frozen
class Place:
    """A place in an open document."""

    uri: str
    position: types.Position


async def sentence_there(session: Session, place: Place) -> Sentence:
    """The sentence at a place, all of it known. Raises RequestError where there is none."""
    found = await find_sentence(session, place)
    if found is None:
        raise RequestError(NO_SENTENCE)
    return found


async def find_sentence(session: Session, place: Place) -> Sentence | None:
    """The sentence at a place. Raises RequestError for one that is not known."""
    snapshot = session.snapshot(place.uri)
    found = await analysis(session, snapshot)
    offset = snapshot.positions.offset(place.position)
    near = await session.analyse(sentence_near, found, offset)
    if near is None or not near.sentence.text.strip():
        return None
    if not near.sentence.is_whole:
        raise RequestError(UNKNOWN_SENTENCE)
    if not is_readable(near.module, near.sentence):
        raise RequestError(OLD_VERSION.format(near.module.version))
    return near.sentence


def lints_of(sentence: Sentence) -> tuple[Lint, ...]:
    """What is wrong with a sentence in its call."""
    return lints(
        sentence.text,
        mode=sentence.mode,
        is_mode_known=sentence.is_mode_known,
        backend=sentence.backend,
        is_local=sentence.is_local,
    )
