"""Names that a program holds as they are usually written: diseases, genes, metabolites, proteins.

Rows of ``data/names.tsv``: ``word`` or ``symbol``, then the usual spelling and what else it is
called, separated by ``|``. Words match in any case and without their accents; symbols as they are,
in small letters only where nothing else is called so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeAlias

from bioql_lsp.analysis.knowledge.entities import without_accents
from bioql_lsp.analysis.knowledge.terms import rows

_LETTERS_MIN: Final = 4
"""A symbol of fewer letters and without a digit may be a word when it is in small letters.

So it counts only beside the word *gene*.
"""
_NEVER_SMALL: Final = frozenset({"was"})
_Tree: TypeAlias = "dict[str, _Tree]"
_END: Final = ""


@lru_cache(maxsize=1)
def usual_spellings() -> dict[str, str]:
    """Each name, words in small letters, with the usual spelling of what it names."""
    return {**_words(), **_symbols()}


def usual_spelling(name: str) -> str:
    """How a name that ``names_pattern`` found is usually written.

    As it stands where its letters only fold to those of a name, as ``\u0130`` folds to ``i``.
    """
    spellings = usual_spellings()
    short = _short_symbols()
    return spellings.get(name) or spellings.get(name.lower()) or short.get(name, name)


@lru_cache(maxsize=1)
def names_pattern() -> str:
    """A regular expression for all names, the longest at a place first."""
    words, symbols = _pattern_of(_words()), _pattern_of(_symbols())
    genes = _pattern_of(_short_symbols())
    of_gene = rf"(?:(?<=\bgene\ )|(?<=\bgen\ ))(?:{genes})|(?:{genes})(?=\ gene\b)"
    return rf"(?<![\w./-])(?:(?i:{words})|{symbols}|{of_gene})(?![\w/]|-\w)"


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return re.compile(names_pattern())


def has_name(text: str) -> bool:
    """Whether a text holds any of the names."""
    return _names().search(text) is not None


def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in rows("names.tsv"):
        if kind == "word":
            usual = names.split("|")[0]
            for name in names.lower().split("|"):
                found |= {name: usual, without_accents(name): usual}
    return found


def _symbols() -> dict[str, str]:
    symbols = _listed_symbols()
    small = {symbol.lower(): symbol for symbol in symbols if not _may_be_word(symbol)}
    return small | {symbol: symbol for symbol in symbols}


@lru_cache(maxsize=1)
def _short_symbols() -> dict[str, str]:
    """Symbols in small letters that may be words."""
    small = {symbol.lower(): symbol for symbol in _listed_symbols() if _may_be_word(symbol)}
    return {name: symbol for name, symbol in small.items() if name not in _NEVER_SMALL}


def _listed_symbols() -> list[str]:
    return [name for kind, name in rows("names.tsv") if kind == "symbol"]


def _may_be_word(symbol: str) -> bool:
    return len(symbol) < _LETTERS_MIN and not any(letter.isdigit() for letter in symbol[1:])


def _pattern_of(names: dict[str, str]) -> str:
    tree: _Tree = {}
    for name in names:
        node = tree
        for letter in name:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _branches(tree)


def _branches(node: _Tree) -> str:
    parts = [re.escape(letter) + _branches(rest) for letter, rest in node.items() if letter]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and _END not in node else f"(?:{'|'.join(parts)})"
    return joined + "?" * (_END in node)
