"""Does an answer to a request do what was asked? Judged by what it calls and what it reads.

Two programs do the same when they make the same calls of BioQL's (and of other packages), each with
the same arguments once names, defaults and helper functions are resolved, and when the answer reads
at least what the expected one reads of the results.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.training.evaluate.expressions import TooLongError
from bioql_lsp.training.evaluate.reading import meaning
from bioql_lsp.training.evaluate.terms import Called, Meaning, Term

_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
_SENTENCES: Final = ("circuit(", "guide ", "no guide", "error ")
_MARK: Final = re.compile(r"<[0-9a-f]{8}>")
_LITERAL_CHARS_MIN: Final = 2
_WORDS: Final = re.compile(r"[^\W_]+(?:[.:_-][^\W_]+)*|[^\s\w]", re.UNICODE)


class Fault(StrEnum):
    """What is wrong with an answer to a request."""

    NOTHING = "nothing shown"
    UNREADABLE = "no Python"
    FUNCTION = "wrong function"
    ARGUMENT = "wrong argument"
    LEFT_OUT = "literal left out"
    INVENTED = "literal invented"
    SENTENCE = "wrong sentence"
    READ = "wrong attribute"
    OTHER = "something else"


def does_what_was_asked(expected: str, answer: str, context: str = "", request: str = "") -> bool:
    """Whether an answer, put behind its context, does what the expected one does there."""
    return not faults(expected, answer, context, request)


def faults(expected: str, answer: str, context: str = "", request: str = "") -> frozenset[Fault]:
    """What is wrong with an answer, empty where it is right. Never raises.

    With the ``request``, an answer must also have those of its words and numbers that the expected
    code has as literals, wherever they stand.
    """
    if not answer.strip():
        return frozenset({Fault.NOTHING})
    before = context if not context or context.endswith("\n") else f"{context}\n"
    try:
        meant = meaning(expected, before)
    except (*_UNREADABLE, TooLongError):
        same = _same_tree(before + expected, before + answer)
        return frozenset() if same else frozenset({Fault.OTHER})
    try:
        done = meaning(answer, before)
    except _UNREADABLE:
        return frozenset({Fault.UNREADABLE})
    except TooLongError:
        return frozenset({Fault.OTHER})
    found = {*_calls(meant, done, request), *_reads(meant, done)}
    if not meant.calls and not meant.shown and not _same_tree(expected, answer):
        found.add(Fault.OTHER)
    if done.stops_on_success and not meant.stops_on_success:
        found.add(Fault.OTHER)
    if request and not _has_literals(expected, answer, request, meant):
        found.add(Fault.LEFT_OUT)
    return frozenset(found)


def is_same_program(expected: str, answer: str) -> bool:
    """Whether two files have the same tree, or do the same and guard it alike. Never raises."""
    if _same_tree(expected, answer):
        return True
    if faults(expected, answer) or faults(answer, expected):
        return False
    try:
        return meaning(expected).has_guard == meaning(answer).has_guard
    except (*_UNREADABLE, TooLongError):
        return True


def _same_tree(one: str, other: str) -> bool:
    try:
        return ast.dump(python_tree(one)) == ast.dump(python_tree(other))
    except _UNREADABLE:
        return False


def _calls(meant: Meaning, done: Meaning, request: str) -> Iterable[Fault]:
    wanted = Counter(called.key for called in meant.calls)
    made = Counter(called.key for called in done.calls)
    if wanted == made:
        return
    names = Counter(_named(called) for called in meant.calls)
    if names != Counter(_named(called) for called in done.calls):
        yield Fault.FUNCTION
        return
    missing = _left(meant.calls, made)
    surplus = _left(done.calls, wanted)
    found = set()
    for called in missing:
        partner = next((other for other in surplus if _named(other) == _named(called)), None)
        if partner is not None:
            surplus.remove(partner)
            found |= set(_arguments(called, partner, request))
    yield from found or {Fault.ARGUMENT}


def _named(called: Called) -> tuple[str, bool]:
    return called.name, called.is_later


def _left(calls: Iterable[Called], others: Counter[str]) -> list[Called]:
    """The calls that have no equal among others."""
    rest = others.copy()
    left = []
    for called in calls:
        if rest[called.key] > 0:
            rest[called.key] -= 1
        else:
            left.append(called)
    return left


def _arguments(meant: Called, done: Called, request: str) -> Iterable[Fault]:
    for name in {**meant.arguments, **done.arguments}:
        wanted, given = meant.arguments.get(name), done.arguments.get(name)
        if wanted is None or given is None:
            yield Fault.ARGUMENT
        elif wanted.key != given.key:
            yield from _difference(wanted, given, request)


def _difference(wanted: Term, given: Term, request: str) -> Iterable[Fault]:
    """How two arguments of one parameter differ."""
    if wanted.key.startswith(_SENTENCES) or given.key.startswith(_SENTENCES):
        yield Fault.SENTENCE
        return
    said = request.casefold()
    lost = {leaf for leaf in wanted.leaves - given.leaves if _is_said(leaf, said)}
    new = {leaf for leaf in given.leaves - wanted.leaves if not _is_said(leaf, said)}
    if lost:
        yield Fault.LEFT_OUT
    if new and not _is_closed(new):
        yield Fault.INVENTED
    if (not lost and not new) or (not lost and _is_closed(new)):
        yield Fault.ARGUMENT


def _is_closed(leaves: Iterable[str]) -> bool:
    """Whether the literals are such as are chosen, not made up: True, False, None."""
    return all(leaf in {"True", "False", "None"} for leaf in leaves)


def _is_said(leaf: str, said: str) -> bool:
    text = leaf[1:-1] if leaf[:1] in "'\"" else leaf
    return text.casefold() in said


def _reads(meant: Meaning, done: Meaning) -> Iterable[Fault]:
    if {called.key for called in meant.calls} != {called.key for called in done.calls}:
        meant, done = _unmarked(meant), _unmarked(done)  # which call it was is told already
    ignored = (".success", ".error_message") if meant.has_guard else ()
    for wanted, given in ((meant.shown, done.shown), (meant.used, done.used)):
        if not all(path.endswith(ignored) or _is_read(path, given) for path in wanted):
            yield Fault.READ


def _unmarked(found: Meaning) -> Meaning:
    """The same without what tells the results of different calls apart."""
    shown, used = ({_MARK.sub("", path) for path in paths} for paths in (found.shown, found.used))
    return replace(found, shown=shown, used=used)


def _is_read(path: str, shown: set[str]) -> bool:
    """Whether a value is read, or all of it one by one."""
    return path in shown or any(
        other.startswith((f"{path}[]", f"{path}.items()")) for other in shown
    )


def _has_literals(expected: str, answer: str, request: str, meant: Meaning) -> bool:
    """Whether the request's words and numbers that the expected code has are in the answer.

    What the calls receive is compared with them.
    """
    said = request.casefold()
    words = set(_WORDS.findall(said))
    have = _literals(answer)
    for literal in _literals(expected) - have - _received(meant):
        if len(literal) < _LITERAL_CHARS_MIN and not literal.isdigit():
            continue
        is_asked = literal in words or (not _is_number(literal) and literal.casefold() in said)
        if is_asked and not _is_in(literal, have):
            return False
    return True


def _is_in(literal: str, texts: Iterable[str]) -> bool:
    """Whether a literal stands in one of some texts, as a whole word."""
    whole = re.compile(rf"(?<!\w){re.escape(literal)}(?!\w)", re.IGNORECASE)
    return any(whole.search(text) for text in texts)


def _received(meant: Meaning) -> set[str]:
    """The literals that the calls receive."""
    leaves = {
        leaf for called in meant.calls for term in called.arguments.values() for leaf in term.leaves
    }
    return {leaf[1:-1] if leaf[:1] in "'\"" else leaf for leaf in leaves}


def _is_number(literal: str) -> bool:
    return literal.replace(".", "", 1).isdigit()


def _literals(code: str) -> set[str]:
    """The numbers and strings of a program."""
    try:
        tree = python_tree(code)
    except _UNREADABLE:
        return set()
    return {
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (str, int, float)
    }
