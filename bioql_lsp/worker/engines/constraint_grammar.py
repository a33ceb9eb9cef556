"""The grammar of an answer: the part of Python that programs for BioQL are written in.

It is written in the Lark dialect of llguidance. A whole import is one lexeme, and so is a line end
with the indentation that follows it: blocks are unrolled to a fixed depth. A lexeme is found by the
longest match, which is never taken back: none may go on where another one ends, unless it can be
completed. Spaces belong to the operators.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from typing import Final

from bioql_lsp.worker.engines.constraint_names import (
    FREE,
    HARMFUL_ATTRIBUTES,
    Scope,
    Signature,
    callable_builtins,
)

DEPTH_MAX: Final = 4
_WORD: Final = "[A-Za-z_][A-Za-z0-9_]*"
_EMPTY: Final = Signature(frozenset(), 0)
_VALUES: Final = frozenset({"None", "True", "False"})
_FREE_PACKAGES: Final = (
    "json", "csv", "time", "math", "statistics", "collections", "pathlib", "itertools",
    "functools", "dataclasses", "datetime", "typing", "re", "random", "getpass", "textwrap",
    "numpy", "pandas", "qiskit", "qiskit_aer", "rdkit", "Bio",
)  # fmt: skip
"""Packages that an answer may import anything of."""
_OTHER_IMPORTS: Final = (
    "import (os|sys|json|csv|time|math|statistics|re|random|itertools)",
    "import numpy( as np)?", "import pandas( as pd)?", r"import matplotlib\.pyplot as plt",
    r"from importlib\.metadata import version", r"from importlib\.util import find_spec",
    "from os import (environ|getenv|path)", r"from matplotlib import pyplot as plt",
    rf"from ({'|'.join(_FREE_PACKAGES)})(\.[a-z_A-Z]+)* import {_WORD}( as {_WORD})?"
    rf"(, {_WORD}( as {_WORD})?)*",
)  # fmt: skip
_OWN_IMPORT: Final = (
    rf"from bioql(\.[a-z0-9_]+)* import (\(\n +)?({_WORD}( as {_WORD})?,( |\n +))*"
    rf"{_WORD}( as {_WORD})?(,?\n\))?"
)
_BRACKETED: Final = r"/[^()\n]*|[^()]*\([^()]*\)/"
"""An import goes over several lines in brackets alone."""
_MODULE_PARTS: Final = (
    r"os\.(environ|getenv|path|cpu_count|makedirs|sep|linesep|getcwd|listdir)"
    r"|sys\.(argv|exit|stdin|stdout|stderr|version|version_info|executable|platform|modules)"
)
_FIXED: Final = r"""
start: LEAD? top FENCE | LEAD FENCE
top: stmt_0 NL_0 | stmt_0 NL_0 top
FENCE: /```\n?/
LEAD: /( *(#[^\n]*)?\n)+/

simple: targets | targets ANNOTATION (ASSIGN targets)? | targets (ASSIGN targets)+
      | targets AUGMENTED targets | IMPORT | "pass" | "break" | "continue"
      | "return" | "return " targets | "raise" | "raise " expr (" from " expr)? | "del " targets
      | "assert " targets
targets: item (COMMA item)* TRAILING?
item: expr | "*" unary
names: name (COMMA name)*
name: IDENT | "(" name (COMMA name)* ")"

expr: chain | chain " if " chain " else " expr | LAMBDA expr
chain: unary (OP unary)*
unary: SIGN* atom trailer*
atom: IDENT | NUMBER | STANDIN | STRING NEXT_STRING* | OPEN inside? CLOSE | LIST inside? LIST_END
    | DICT inside_braces? DICT_END | MODULE_PART (OPEN args CLOSE)?
    | FREE_CALLABLE (OPEN args CLOSE)? | called
trailer: ATTRIBUTE | ATTRIBUTE OPEN args CLOSE | LIST slices LIST_END | method
inside: bitem (BCOMMA bitem)* BCOMMA? | expr comps
bitem: expr | "*" unary
inside_braces: pair (BCOMMA pair)* BCOMMA? | pair comps | inside
pair: expr COLON expr | "**" unary
comps: (COMP_FOR names " in " chain (COMP_IF chain)*)+
slices: slice (BCOMMA slice)* BCOMMA?
slice: expr | expr? COLON expr? (COLON expr?)?
args: args_rest? | positionals BCOMMA? | positionals BCOMMA args_rest | expr comps
args_rest: keyword (BCOMMA keyword)* BCOMMA?
keyword: KEYWORD expr | "**" unary
positionals: bitem (BCOMMA bitem)*

ASSIGN: / ?= ?/
ANNOTATION: /: [A-Za-z_][A-Za-z0-9_.\[\], |]*/
AUGMENTED: / ?(\+|-|\*|\/|\/\/|\*\*|\||&|%)= ?/
COMMA: /, ?/
TRAILING: ","
BCOMMA: /,([ \n]|#[^\n]*\n)*/
COLON: / ?: ?/
OP: / ?(\+|-|\*|\/|\/\/|%|\*\*|@|&|\||\^|<<|>>|<|>|<=|>=|==|!=) ?| (and|or|in|not in|is|is not) /
SIGN: /-|\+|~|not |await /
LAMBDA: /lambda( [a-z_][a-z0-9_, =*]*)?: ?/
OPEN: /\(([ \n]|#[^\n]*\n)*/
CLOSE: /[ \n]*\)/
LIST: /\[([ \n]|#[^\n]*\n)*/
LIST_END: /[ \n]*\]/
DICT: /\{([ \n]|#[^\n]*\n)*/
DICT_END: /[ \n]*\}/
COMP_FOR: /[ \n]+for /
COMP_IF: /[ \n]+if /
KEYWORD: /[A-Za-z_][A-Za-z0-9_]*=/
STANDIN: /⟦[DN][0-9]⟧/
NUMBER: /[0-9][0-9_]*(\.[0-9]*)?([eE][+\-]?[0-9]+)?j?|\.[0-9]+/
"""
_DEFINE: Final = r"""
DEF: /def WORD\([^()]*\)( -> [A-Za-z_][A-Za-z0-9_.\[\], |]*)?:/
CLASS: /class WORD(\([A-Za-z0-9_., ]*\))?:/
DECORATOR: /@[a-z_.]+(\([A-Za-z0-9_=, ]*\))?/
EXCEPT: /except( WORD(\.WORD)*| \([A-Za-z0-9_., ]*\))?( as WORD)?:/
""".replace("WORD", _WORD)
_ANY_STRING: Final = (
    r"""("([^"\\\n]|\\[^\n])*"|'([^'\\\n]|\\[^\n])*'"""
    r"""|"{3}([^"\\]|\\(.|\n)|"{1,2}[^"\\])*"{3})"""
)


def grammar_for(scope: Scope) -> str:
    """The grammar of an answer that goes on in a scope."""
    return "\n".join(
        [
            _FIXED,
            _DEFINE,
            *_blocks(),
            f"IMPORT: /{_OWN_IMPORT}|{'|'.join(_OTHER_IMPORTS)}/ & {_BRACKETED}",
            f"MODULE_PART: /{_MODULE_PARTS}/",
            *_strings(_ANY_STRING),
            *_words(scope),
            *_calls(scope),
        ]
    )


def _strings(pattern: str) -> list[str]:
    return [f"STRING: /[rRbBfFuU]{{0,2}}{pattern}/", rf"NEXT_STRING: /[ \n]+({pattern})/"]


def _words(scope: Scope) -> list[str]:
    """Identifiers, attributes and the names that may be called with whatever one likes."""
    reserved = {*keyword.kwlist} - _VALUES
    free = {name for name, signature in scope.callables if signature == FREE}
    known = {name for name, signature in scope.callables if signature != FREE}
    barred = sorted(reserved | free | known | {*callable_builtins(), "os", "sys"})
    if scope.attributes is None:
        barred_too = "|".join((*HARMFUL_ATTRIBUTES, *(name for name, _ in scope.methods)))
        attribute = rf"/\.{_WORD}/ & ~/\.({barred_too})/"
    else:
        attribute = rf"/\.({_any(scope.attributes - {name for name, _ in scope.methods})})/"
    return [
        f"IDENT: /{_WORD}/ & ~/{'|'.join(barred)}/",
        f"ATTRIBUTE: {attribute}",
        f"FREE_CALLABLE: /{_any({*callable_builtins(), *free} - known)}/",
    ]


def _calls(scope: Scope) -> list[str]:
    """Rules for what is called with known keywords; those that are called alike share one."""
    lines: list[str] = []
    kinds: dict[Signature, int] = {}
    for rule, pairs, lead in (("called", scope.callables, ""), ("method", scope.methods, r"\.")):
        groups: dict[Signature, list[str]] = {}
        for name, signature in pairs:
            if signature != FREE or lead:
                groups.setdefault(signature, []).append(name)
        choices = []
        for signature, names in groups.items():
            number = kinds.setdefault(signature, len(kinds))
            lines.append(f"{rule.upper()}_{number}: /{lead}({_any(names)})/")
            inside = "CLOSE" if signature == _EMPTY else f"args_{number} CLOSE"
            choices.append(f"{rule.upper()}_{number} (OPEN {inside})?")
        lines.append(f"{rule}: {' | '.join(choices) or 'NEVER'}")
    lines.append("NEVER: /[^\\n]/ & ~/[^\\n]/" if any("NEVER" in line for line in lines) else "")
    for signature, number in kinds.items():
        lines += _arguments(signature, number)
    return lines


def _arguments(signature: Signature, number: int) -> list[str]:
    most = signature.positional_max
    more = "*" if most is None else f"{{0,{most - 1}}}"
    by_place = "bitem" if most in (0, 1) else f"bitem (BCOMMA bitem){more}"
    places = "" if most == 0 else f" | {by_place} BCOMMA? | expr comps"
    if signature == _EMPTY:
        return []
    if signature.keywords is not None and not signature.keywords:
        return [f"args_{number}: ({places.removeprefix(' | ')})?"]
    by_name = "KEYWORD" if signature.keywords is None else f"KEYWORD_{number}"
    behind = "" if most == 0 else f" | {by_place} BCOMMA rest_{number}"
    lines = [
        f"args_{number}: rest_{number}?{places}{behind}",
        f"rest_{number}: keyword_{number} (BCOMMA keyword_{number})* BCOMMA?",
        f'keyword_{number}: {by_name} expr | "**" unary',
    ]
    if signature.keywords is not None:
        lines.append(f"{by_name}: /({_any(signature.keywords)})=/")
    return lines


def _blocks() -> list[str]:
    """Statements by depth, with the line ends that lead to them."""
    lines = []
    for depth in range(DEPTH_MAX + 1):
        lines.append(f"NL_{depth}: /( *(#[^\\n]*)?\\n)+ {{{4 * depth}}}/")
        if depth == DEPTH_MAX:
            lines.append(f"stmt_{depth}: simple")
            continue
        block, end = f"block_{depth + 1}", f"NL_{depth}"
        lines += [
            f"{block}: (NL_{depth + 1} stmt_{depth + 1})+",
            f'stmt_{depth}: simple | "for " names " in " targets ":" {block}'
            f' | "if " expr ":" {block} ({end} "elif " expr ":" {block})* ({end} "else:" {block})?'
            f' | "while " expr ":" {block} | "with " withs ":" {block}'
            f' | "try:" {block} ({end} EXCEPT {block})+ ({end} "else:" {block})?'
            f' ({end} "finally:" {block})? | "try:" {block} {end} "finally:" {block}'
            f" | (DECORATOR {end})* DEF {block} | (DECORATOR {end})* CLASS {block}",
        ]
    return [*lines, "withs: with (COMMA with)*", 'with: expr (" as " name)?']


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names))
