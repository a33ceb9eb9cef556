"""How much a request has to do with BioQL: quantum programs, chemistry, biology, its own API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.analysis.knowledge.names import has_name
from bioql_lsp.analysis.knowledge.shapes import (
    GATES,
    PDB_ID_IN_SMALL_LETTERS,
    QUBITS,
    SEQUENCES_AND_IDS,
    SMILES,
)
from bioql_lsp.analysis.knowledge.terms import (
    STOP_WORDS,
    Spelling,
    names_in,
    rows,
    stem,
    synonyms,
    word_list,
    words_of,
)

EVIDENCE_MIN: Final = 0.25
"""A request with less than this has nothing to do with BioQL, as far as its words tell."""
REQUEST_CHARS_MAX: Final = 4000
_EVIDENCE_MAX: Final = 5.0
_MENTION: Final = 1.0
_SHAPES: Final = (*SEQUENCES_AND_IDS, PDB_ID_IN_SMALL_LETTERS, QUBITS, GATES, SMILES)
_NAMED: Final = 0.5
_SHAPE: Final = 0.6
_IDENTIFIER: Final = 1.0
_OVERRIDE: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|ignora|olvida)\b.{0,40}"
    r"\b(?:instructions?|prompts?|rules|above|instrucciones|reglas|bioql)\b"
    r"|\b(?:system|your|hidden|initial|tu) (?:system )?(?:prompt|instructions|rules)\b"
    r"|\[/?INST\]|<\|?/?(?:s|im_start|im_end|system)\|?>",
    re.IGNORECASE | re.DOTALL,
)
_PRIVATE = r"(?:keys?|tokens?|auth\w*|passwords?|secrets?|credentials?|claves?|contraseñas?)"
_OTHERS = (
    r"(?:everyone|others\b|(?:other|every|another|all)(?: other)?"
    r" (?:users?|people|persons?|accounts?|customers?|teams?)\b"
    r"|otr[oa]s? (?:usuari[oa]s?|personas?|cuentas?|clientes?)\b)"
)
_THEFT: Final = re.compile(
    rf"\b(?:steal|forg(?:e|ing)|bypass|leak|exfiltrat\w+|roba)\b.{{0,60}}\b{_PRIVATE}\b"
    rf"|\bgrab\b.{{0,60}}\b{_PRIVATE}\b(?!.{{0,40}}(?:environ|entorno|getenv|\.env\b))"
    rf"|\b{_PRIVATE}\b.{{0,30}}\b(?:of|from|de) {_OTHERS}"
    r"|(?<![\w.])(?:/etc/|~/\.ssh|~/\.aws)|\bid_rsa\b"
    r"|\b(?:send|post(?!-)|upload|e?mail|envía)\b.{0,60}"
    r"(?:\bwebhook|\bdiscord|\btelegram|https?://|[\w.+-]@[\w-]{1,63}\.\w)",
    re.IGNORECASE | re.DOTALL,
)


def domain_evidence(request: str) -> float:
    """How much of a request's words belong to BioQL's domain, from 0 to 5.

    Each word of the domain adds its weight once: 1 where it is hardly said outside (``qubit``,
    ``ligand``, ``adme``), 0.5 where it often is (``circuit``, ``drug``, ``counts``), 0.25 for the
    words of programming that BioQL's users need as well (``run``, ``program``, ``backend``). The
    names of molecules, targets, proteins, diseases and genes, SMILES, sequences, PDB ids, gates and
    names of the API add too; words of other business (``website``, ``translate``, ``weather``) and
    attempts to talk the model out of its task or to get at the secrets of others take away. Below
    ``EVIDENCE_MIN`` a request is none of ours.
    """
    return min(max(_weight_of(request), 0.0), _EVIDENCE_MAX)


def is_of_other_business(request: str) -> bool:
    """Whether what speaks against a request weighs more than what speaks for it."""
    return _weight_of(request) < 0


def _weight_of(request: str) -> float:
    request = request[:REQUEST_CHARS_MAX]
    weights = _weights()
    words = words_of(request)
    stems = [_spelling().stem_of(word) for word in words]
    own = set(map(stem, words))
    # What only a slip makes a word of other business is not held against a request.
    found = sum(
        weights.get(each, 0.0)
        for each in {*stems, *synonyms().meant(stems)}
        if each in own or weights.get(each, 0.0) > 0
    )
    found += _MENTION * len({mention.entity for mention in mentions_in(request)})
    found += _NAMED * has_name(request)
    found += _SHAPE * sum(shape.search(request) is not None for shape in _SHAPES)
    found += _IDENTIFIER * len(names_in(request) & _identifiers())
    if _OVERRIDE.search(request) or _THEFT.search(request):
        found -= _EVIDENCE_MAX
    return found


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    return {stem(word): weight for word, weight in _weighed_words()}


@lru_cache(maxsize=1)
def _spelling() -> Spelling:
    ordinary = (*STOP_WORDS, *word_list("weak"))
    return Spelling([*(word for word, _ in _weighed_words()), *synonyms().words, *ordinary])


def _weighed_words() -> Iterator[tuple[str, float]]:
    for weight, words in rows("domain.tsv"):
        yield from ((word, float(weight)) for word in words.split())


@lru_cache(maxsize=1)
def _identifiers() -> frozenset[str]:
    """The names of functions, classes and methods that the API has, in small letters."""
    names = (re.findall(r"\w+(?=\()", line) for (line,) in rows("api.tsv"))
    return frozenset(name.lower() for each in names for name in each)
