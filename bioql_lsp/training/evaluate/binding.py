"""A call's arguments by the parameters that receive them, defaults filled in."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.training.evaluate.sentences import sentence_key
from bioql_lsp.training.evaluate.terms import Term, constant

_KEYS: Final = frozenset({"api_key", "token", "api_token"})
_ENVIRONMENT: Final = "environment("
_SENTENCES: Final = frozenset(
    {
        "bioql.quantum_connector.quantum",
        "bioql.enhanced_quantum.enhanced_quantum",
        "bioql.quantum_connector.parse_bioql_program",
        "bioql.compiler.parse_english_to_circuit",
        "bioql.compiler.compile_english_to_qasm",
        "bioql.compiler.BioQLCompiler.parse_to_circuit",
        "bioql.compiler.BioQLCompiler.compile_to_qasm",
    }
)


def sentence_parameter(symbol: Symbol) -> str | None:
    """The parameter that takes an English sentence which is compiled."""
    if symbol.dotted not in _SENTENCES:
        return None
    return next((n for n in symbol.positional_names if n != "self"), None)


def bound(
    symbol: Symbol | None, positional: Sequence[Term], keywords: Mapping[str, Term]
) -> dict[str, Term]:
    """The arguments by parameter, in a form in which equal ones are equal."""
    names = _names(symbol)
    given = {_name_at(names, at): term for at, term in enumerate(positional)}
    given |= keywords
    for parameter in (symbol.parameters or ()) if symbol is not None else ():
        if parameter.name not in given and parameter.default is not None:
            given[parameter.name] = _default(parameter.default)
    sentence = sentence_parameter(symbol) if symbol is not None else None
    return {
        name: _comparable(name, term, given, is_sentence=name == sentence)
        for name, term in given.items()
    }


def _names(symbol: Symbol | None) -> tuple[str, ...]:
    return symbol.positional_names if symbol is not None else ()


def _name_at(names: tuple[str, ...], at: int) -> str:
    return names[at] if at < len(names) else f"#{at}"


def _default(source: str) -> Term:
    try:
        value = ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return Term(f"default {source}")
    if isinstance(value, list | tuple | dict | set):
        return Term(f"default {source}")
    return replace(constant(value), leaves=frozenset())


def _comparable(name: str, term: Term, given: Mapping[str, Term], *, is_sentence: bool) -> Term:
    if name in _KEYS:
        return replace(term, key=_kind_of_key(term), leaves=frozenset())
    if is_sentence and term.text is not None:
        mode = given["mode"].constant if "mode" in given else None
        return replace(term, key=sentence_key(term.text, mode))
    return term


def _kind_of_key(term: Term) -> str:
    if term.constant is None:
        return "no key"
    if term.is_constant:
        return "a key in the text"
    return "a key of the environment" if term.key.startswith(_ENVIRONMENT) else "a key"
