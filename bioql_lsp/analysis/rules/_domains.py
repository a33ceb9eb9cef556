"""Literals held against the values that a parameter takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.literal_domains import Domain, Word
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit, Span

_LISTS = frozenset({"list", "tuple", "set"})
_CUTOFF = 0.5


def foreign_literals(
    module: Module, argument: Argument, domain: Domain
) -> Iterator[tuple[Literal, Span]]:
    """The literals given that are not among the values, each with the place to report."""
    for literal, span in _literals(module, argument, domain):
        if literal.value is not None and not domain.allows(literal.value):
            yield literal, span


def _literals(module: Module, argument: Argument, domain: Domain) -> Iterator[tuple[Literal, Span]]:
    if not domain.is_list:
        if argument.literal is not None:
            yield argument.literal, argument.value_span
    elif argument.node is not None and argument.node.type in _LISTS:
        for child in argument.node.named_children:
            literal = module.literal(child) if child.type != "comment" else None
            if literal is not None:
                yield literal, module.syntax.span(child)


def shown(value: object) -> str:
    """A literal as a message shows it."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def nearest_fixes(literal: Literal, domain: Domain) -> tuple[Fix, ...]:
    """The suggestion to take the value that a wrong one is most likely meant to be."""
    near = _nearest(domain, literal.value)
    if near is None:
        return ()
    return (Fix(f"Use {near}", (Edit(literal.span, shown(near)),), is_deterministic=False),)


def _nearest(domain: Domain, value: object) -> Word | None:
    numbers = [known for known in domain.values if isinstance(known, int)]
    if numbers:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return min(numbers, key=lambda known: abs(known - value))
    words = {_plain(str(known)): known for known in reversed(domain.values)}
    text = _plain(str(value))
    beginning = [word for word in words if text and word.startswith(text)]
    close = difflib.get_close_matches(text, words, n=1, cutoff=_CUTOFF)
    return next((words[word] for word in (*reversed(beginning), *close)), None)


def _plain(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalnum())
