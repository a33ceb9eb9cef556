"""Data as one token each: a small model copies ``⟦M1⟧`` where it would get letters wrong.

SMILES, sequences, PDB ids, files, counts, long numbers and well-known names of a task are replaced
by stand-ins before the model reads it, the same text by the same one; what it writes is turned
back. So data in an answer are the user's own, letter by letter, or those of the facts. Only a name
that a request says comes back as it is usually written (``malaria`` for ``Malaria``); names in
code, in quotes, or of the code around a request stay as they are.

    M molecule  P protein  G DNA or guide  T structure in the PDB  N number
    D counts, or a place or a size of three numbers
    F name of a file, its suffix stays: ``⟦F1⟧.csv`` is read otherwise than ``⟦F1⟧.fasta``
    W name of a disease, a gene, a metabolite, a protein
    I name that somebody gave (``lab-7``, ``my_model``), UniProt id, formula or PAM, in a request
"""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from bioql_lsp.analysis.knowledge.names import names_pattern, usual_spelling
from bioql_lsp.analysis.knowledge.shapes import FILE_SUFFIX
from bioql_lsp.analysis.knowledge.terms import rows
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair, Task

Copies: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of a stand-in and the text that it stands for."""

COUNTS_MAX: Final = {"M": 8, "P": 6, "G": 8, "T": 6, "F": 4, "D": 4, "N": 8, "W": 8, "I": 4}
STANDINS: Final = tuple(
    f"⟦{kind}{number}⟧" for kind, most in COUNTS_MAX.items() for number in range(1, most + 1)
)
_OWN_WORDS: Final = (
    "lab|study|project|batch|trial|phase|week|session|chain|release|audit|review|notebook|campaign"
    "|core|model|my|qa"
)
"""What is often a part of a name that somebody gave; with a hyphen it has a number, too."""
_STANDIN = re.compile(r"⟦[A-Z]\d⟧")
_QUOTED = re.compile(r"(?<!\w)([\"'`])(?:(?!\1).){1,200}\1(?!\w)")
_BEGUN = re.compile(r"⟦(?:[A-Z]\d?)?\Z")
_DATA = re.compile(
    r"""
    (?P<D>\{\s*+(?:["'][01]++["']\s*+:\s*+\d++\s*+,?+\s*+)++\}
        |(?<=[=\s:(\[])\((?:-?\d{1,3}(?:\.\d{1,3})?,\ ){2}-?\d{1,3}(?:\.\d{1,3})?\))
    |(?<![\w./-])(?P<F>[\w-]++)(?=SUFFIX)
    |(?P<W>NAMES)
    |(?<![\w./])(?P<N>\d++(?:\.\d++)?+[eE]-?\d++|\d++\.\d++|\d{3,}+)(?![\w.]*\w)
    |(?<![\w./-])(?P<I>
        (?:OWN)\d*+_\w[\w-]*+|(?!noise|ising)[A-Za-z]\w*?_(?:OWN)\d*+
        |[A-Za-z]\w*?_(?:seq|smiles|sequence|smi|col)
        |(?:OWN)-\d++|(?=[A-Za-z-]*+\d)[A-Za-z]\w*-(?:OWN)\d*+
        |(?:week|phase|trial|batch|study|lab)\d++
        |(?:N(?!ADH?\b)(?=C*N?[AGTRYV])|TT)[ACGTNRYVW]{2,7}(?![(=#\[@])
        |[OPQ]\d[A-Z0-9]{3}\d|(?=\w*\d)(?:C\d*+H\d++|CH)(?:Br?|Cl?|[NOPSFI])[\dA-Zlr]*+
    )(?![\w/-]|\.\w)
    |(?:(?<=[a-z][a-z]=)|(?<![\w@\[\]()=#+\-/\\.%*]))(?:
        (?P<G>[ACGTU]{8,})(?![\w@\[(=#])
        |(?P<P>[ACDEFGHIKLMNPQRSTVWY]{8,})(?![\w@\[(=#])
        |(?P<T>[1-9][A-Z][A-Z0-9]{2}|[1-9]\d[A-Z][A-Z0-9]|[1-9]\d\d[A-Z])(?![\w@\[(=#])
        |(?P<M>(?:Cl|Br|[BCNOPSFI\[]|[cnos]\d)(?:Cl|Br|[BCNOPSFIHbcnops\[\]()=#@+\-\\/%\d]){2,}
            |[CNOSF]{3,})(?![\w@\[(=#])
    )
    """.replace("SUFFIX", FILE_SUFFIX.pattern)
    .replace("OWN", _OWN_WORDS)
    .replace("NAMES", names_pattern()),
    re.VERBOSE,
)
_CARBONS: Final = 2
_IS_SMILES = re.compile(r"[\d()=#\[]|^(?:Cl|Br|[CNOSF])+$")


class StandIns:
    """The stand-ins of one task."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    @property
    def copies(self) -> Copies:
        """Each stand-in with its text, in the order in which they were given."""
        return tuple((name, text) for (_, text), name in self._given.items())

    def put(
        self,
        text: str,
        *,
        hole_at: Literal["start", "end"] | None = None,
        respelt_beside: str | None = None,
        is_said: bool = True,
    ) -> str:
        """A text with stand-ins for its data; data that touch a hole are left to be completed.

        With ``respelt_beside``, the code around a request, names come back as they are usually
        written, but for those in quotes or in that code. Of what is not code, only what somebody
        said (``is_said``) may hold names of one's own.
        """
        text = _apart(text)
        quoted = [] if respelt_beside is None else [m.span() for m in _QUOTED.finditer(text)]
        edge = {"start": 0, "end": len(text)}.get(hole_at or "")
        is_shouted = " " in text and text.isupper()

        def named(match: re.Match[str]) -> str:
            touches_hole = edge in (match.start(), _end(match))
            is_word = is_shouted and match.lastgroup in ("P", "W")
            is_own = is_said and respelt_beside is not None
            if touches_hole or is_word or not (is_own or self._may_be_code(match)):
                return match.group()
            is_kept = (
                respelt_beside is None
                or match.group() in respelt_beside
                or any(start < match.start() < end for start, end in quoted)
            )
            return self._name(match, is_respelt=not is_kept)

        return _DATA.sub(named, text)

    def _may_be_code(self, match: re.Match[str]) -> bool:
        """Whether a stand-in may be given where nothing is said.

        Not to a new name of one's own, and to three numbers only where they are an argument.
        """
        if match.lastgroup == "D" and match.group().startswith("("):
            return match.string.startswith("=", match.start() - 1)
        return match.lastgroup != "I" or ("I", match.group()) in self._given

    def _name(self, match: re.Match[str], *, is_respelt: bool) -> str:
        kind, text = str(match.lastgroup), match.group()
        if (kind == "M" and not _is_molecule(text)) or (kind == "I" and text in _words_of_api()):
            return text
        meant = usual_spelling(text) if kind == "W" and is_respelt else text
        known = self._given.get((kind, meant))
        if known is not None:
            return known
        count = self._counts.get(kind, 0) + 1
        if count > COUNTS_MAX[kind]:
            return text
        self._counts[kind] = count
        name = self._given[kind, meant] = f"⟦{kind}{count}⟧"
        return name


def with_standins(task: Task) -> tuple[Task, Copies]:
    """The task as the model reads it, and what its stand-ins stand for."""
    names = StandIns()
    around = task.context if isinstance(task, Instruct) else None
    facts = names.put(task.facts, respelt_beside=around, is_said=False)
    if isinstance(task, Infill):
        prefix = names.put(task.prefix, hole_at="end")
        suffix = names.put(task.suffix, hole_at="start")
        return Infill(prefix, suffix, facts), names.copies
    if isinstance(task, Instruct):
        request, at = names.put(task.instruction, respelt_beside=around), task.answer_at
        before, after = names.put(task.context[:at]), names.put(task.context[at:])
        replaced = dataclasses.replace(
            task, instruction=request, context=before + after, facts=facts, insert_at=len(before)
        )
        return replaced, names.copies
    problems = tuple(names.put(problem) for problem in task.problems)
    return Repair(names.put(task.code), problems, facts), names.copies


def answer_with_standins(answer: str, copies: Copies) -> str:
    """An answer as the model should write it: stand-ins for the data that its task holds."""
    names = {(name[1], text): name for name, text in copies}

    def named(match: re.Match[str]) -> str:
        return names.get((str(match.lastgroup), match.group()), match.group())

    return _DATA.sub(named, answer)


def turned_back(text: str, copies: Copies) -> str:
    """What the model wrote, its stand-ins turned back; one that stands for nothing stays."""
    if "⟦" not in text:
        return text
    known = dict(copies)
    return _STANDIN.sub(lambda match: known.get(match.group(), match.group()), text)


def names_said(request: str) -> list[str]:
    """The well-known names and the names of a user's own that a request says, as it says them."""
    found = (match for match in _DATA.finditer(request) if match.lastgroup in ("W", "I"))
    names = ((match.lastgroup, match.group()) for match in found)
    return [name for kind, name in names if kind == "W" or name not in _words_of_api()]


def has_standin(text: str) -> bool:
    """Whether a text still holds a stand-in: one that stands for nothing in its task."""
    return _STANDIN.search(text) is not None


class BackTurner:
    """``turned_back`` for a text that comes in pieces."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._held = ""

    def push(self, text: str) -> str:
        """What is sure to follow, without the beginning of a stand-in."""
        text = self._held + text
        begun = _BEGUN.search(text)
        end = begun.start() if begun else len(text)
        self._held = text[end:]
        return turned_back(text[:end], self._copies)

    def end(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return held


def data_start(text: str, offset: int) -> int:
    """Where the data begin that an offset lies in; the offset itself where it lies in none."""
    for match in _DATA.finditer(text):
        if match.start() < offset < match.end():
            return match.start()
    return offset


def _end(match: re.Match[str]) -> int:
    """Where data end: a file's behind its suffix, which stays."""
    suffix = FILE_SUFFIX.match(match.string, match.end()) if match.lastgroup == "F" else None
    return suffix.end() if suffix else match.end()


def _is_molecule(text: str) -> bool:
    carbons = sum(letter in "Cc" for letter in text)
    is_marked = any(mark in text for mark in "()=#[") and any(c in "CcNnOoSsP" for c in text)
    return _IS_SMILES.search(text) is not None and (carbons >= _CARBONS or is_marked)


@lru_cache(maxsize=1)
def _words_of_api() -> frozenset[str]:
    return frozenset(word for (line,) in rows("api.tsv") for word in re.findall(r"\w+", line))


def _apart(text: str) -> str:
    """Stand-ins that somebody spelt out mean nothing."""
    return text.replace("⟦", "⟦ ") if "⟦" in text else text
