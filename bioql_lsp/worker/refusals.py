"""Requests that BioQL has nothing to do with, and answers that must not be shown for what they do.

Both are known without a model: no engine is asked for the first, and nothing is charged for either.
"""

from __future__ import annotations

import re
from typing import Final

from bioql_lsp.analysis.knowledge.evidence import (
    EVIDENCE_MIN,
    domain_evidence,
    is_of_other_business,
)
from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.analysis.knowledge.shapes import SMILES
from bioql_lsp.analysis.knowledge.terms import STOP_WORDS
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.python_tree import readable_tree
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.worker.harm import harm_in, names_of
from bioql_lsp.worker.intents import shipped_intents

_WORD = re.compile(r"[A-Za-z_]\w*")
_SHORT_WORD = re.compile(r"(?<![\w'\u2019.\-])[A-Za-z_]\w?(?![\w'\u2019\-]|\.\w)")
_CHANGE = (
    r"(?:wrap|put|move|turn|convert|make|refactor|rename|split|extract|change|add|handle|catch"
    r"|guard|repeat|retry|rewrite|envuelve|añade|mete|mueve|pon|convierte|haz|cambia|divide)"
)
_IT = (
    r"(?:this|it|that|them|these|the (?:code|script|program|snippet)"
    r"|esto|eso|el (?:código|programa))"
)
_PART_OF_CODE = (
    r"(?:functions?|methods?|class|loops?|try|except(?:ions?)?|errors?|docstrings?|comments?"
    r"|type hints?|variables?|parameters?|arguments?|constants?|async|main"
    r"|funci(?:ón|ones)|método|clase|bucle|errores|comentarios?|parámetros?|argumentos?)"
)
_CHANGES_THE_CODE: Final = re.compile(
    rf"\W*(?:please |can you |could you |por favor |puedes )?(?:{_CHANGE}\b(?=.*\b{_IT}\b)"
    rf"(?=.*\b{_PART_OF_CODE}\b).{{1,100}}"
    rf"|(?:refactor|simplify|document|annotate|debug|fix|shorten|simplifica|documenta|arregla)"
    rf" {_IT}(?: please| por favor)?\W*)",
    re.IGNORECASE,
)
_OF_A_PATIENT = re.compile(
    r"\b(?:my|mi) (?:kid|child(?:ren)?|baby|toddler|son|daughter|wife|husband|mother|father|mom|dad"
    r"|dog|cat|hij[oa]|beb[eé]|niñ[oa]|mujer|marido|madre|padre|perr[oa]|gat[oa])s?\b",
    re.IGNORECASE,
)
_OF_TREATMENT = re.compile(
    r"\b(?:dos(?:e|es|age|is)|give (?:it |them )?to|takes?|swallow(?:s|ed)?|safe for"
    r"|darle|tomar|toma)\b",
    re.IGNORECASE,
)
_OF_BQL = re.compile(r"\bbql\b", re.IGNORECASE)
_EVIDENCE_CLEAR: Final = 2.0
_EVIDENCE_SOME: Final = 1.6
_LIKE_MIN: Final = 0.08
"""Of our requests with little evidence, hardly any is less like its likeliest recipe."""
_LIKE_SURE: Final = 0.95
_NONE_SURE: Final = 0.9
_NONE_MIN: Final = 0.5
"""Of 3,000 requests of the validation and test parts, three are so much like none."""
_LONG_NAME: Final = 3
"""Shorter ones are names only to somebody who writes a program with BioQL."""
_SAID_OF_ANYTHING: Final = frozenset({"self", "cls"})


def is_foreign(request: str, buffer: str, *, knows_recipes_alone: bool = False) -> bool:
    """Whether a request has nothing to do with BioQL, nor with a name of the buffer.

    Nobody is advised on a patient's treatment: a rat's dose is none for a child.
    ``knows_recipes_alone``: the model can do nothing that is like none of its recipes.
    """
    if _OF_A_PATIENT.search(request) and _OF_TREATMENT.search(request):
        return True
    is_ours = _is_like_a_recipe if knows_recipes_alone else _has_evidence
    if is_ours(request):
        return False
    said = set(_WORD.findall(request))
    names = _names_in(buffer)
    if any(len(name) >= _LONG_NAME and name in said for name in names):
        return False
    other_words = re.sub(rf"(?i)\b{_PART_OF_CODE}\b", " ", request)
    if not load_module(buffer).uses_bioql or is_of_other_business(other_words):
        return True
    short = set(_SHORT_WORD.findall(request)) - STOP_WORDS
    return not short & names and _CHANGES_THE_CODE.fullmatch(request) is None


def _has_evidence(request: str) -> bool:
    return domain_evidence(request) >= EVIDENCE_MIN


def _is_like_a_recipe(request: str) -> bool:
    """Whether a request is like any recipe, and where that is open, its words are BioQL's.

    What names a molecule, a target or a ``.bql`` file, or holds a SMILES, is asked for its words
    alone.
    """
    evidence = domain_evidence(request)
    intents = shipped_intents()
    names_something = mentions_in(request) or SMILES.search(request) or _OF_BQL.search(request)
    if intents is None or names_something:
        return evidence >= EVIDENCE_MIN
    like, like_none = intents.likeness(request)
    if like_none >= (_NONE_MIN if evidence < _EVIDENCE_SOME else _NONE_SURE):
        return False
    if evidence < EVIDENCE_MIN:
        return like >= _LIKE_SURE
    return evidence >= _EVIDENCE_SOME or like >= _LIKE_MIN


def is_doubtful_refusal(request: str) -> bool:
    """Whether a request is so clearly one of BioQL's that a model which refuses it is wrong."""
    return domain_evidence(request) >= _EVIDENCE_CLEAR


def says_nothing(code: str) -> bool:
    """Whether an answer to a request has no statement in it: a refusal, or comments alone."""
    tree = readable_tree(code)
    return tree is not None and not tree.body


def is_unsafe(code: str, buffer: str) -> bool:
    """Whether an answer runs commands, deletes, or talks to the network on its own.

    What the buffer does already is its author's business.
    """
    tree = readable_tree(code)
    if tree is None:
        return False
    theirs = readable_tree(buffer)
    if theirs is not None:
        names = names_of(theirs)
        return not harm_in(tree, names | names_of(tree)) <= harm_in(theirs, names)
    bindings = load_module(buffer).collected.bindings
    imported = {each.name: each.target for each in bindings if each.kind is BindingKind.IMPORT}
    found = harm_in(tree, imported | names_of(tree))
    return bool(found) and not _words_of_code(buffer).issuperset(".".join(found).split("."))


def _words_of_code(buffer: str) -> set[str]:
    """The names in a buffer that need not parse, its comments and strings aside."""
    syntax = load_module(buffer).syntax
    words = set()
    cursor = syntax.tree.walk()
    while True:
        node = cursor.node
        if node is not None and node.type == "identifier":
            words.add(syntax.node_text(node))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return words


def _names_in(buffer: str) -> set[str]:
    """Names that the buffer gives to something, its imports aside; it need not parse."""
    bindings = load_module(buffer).collected.bindings
    found = {each.name for each in bindings if each.kind is not BindingKind.IMPORT}
    return found - _SAID_OF_ANYTHING
