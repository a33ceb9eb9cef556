"""Does an answer use the data of its request? Nothing made up, nothing left out.

Data are what only the user can know: SMILES strings, sequences, PDB ids. An answer that holds one
which stands neither in the request, nor in the buffer, nor in the tables for what these name, has
invented it.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.chemistry import check_smiles
from bioql_lsp.analysis.knowledge.facts import facts_of
from bioql_lsp.analysis.knowledge.matching import mentions_in
from bioql_lsp.analysis.knowledge.names import usual_spelling
from bioql_lsp.analysis.knowledge.shapes import FILE_SUFFIX, SMILES
from bioql_lsp.analysis.knowledge.terms import known_stems, rows, stem
from bioql_lsp.analysis.python_tree import readable_tree
from bioql_lsp.worker.given import Given, bare
from bioql_lsp.worker.standins import names_said

# None of these looks far ahead at every letter: a text may be all of a request's 256 KiB.
_SEQUENCE = re.compile(
    r"(?<![A-Za-z0-9])(?:[ACGTUN]{8,}|[ACDEFGHIKLMNPQRSTVWY]{8,})(?![A-Za-z0-9])"
)
_PDB_ID = re.compile(r"(?<![A-Za-z0-9])(?=[1-9A-Z]{0,3}[A-Z])[1-9][A-Z0-9]{3}(?![A-Za-z0-9])")
_ATOM: Final = r"\[\d*(?:[A-Z][a-z]?|se|as|[bcnops])[@H\d+\-:]*\]|Cl|Br|[BCNOPSFIbcnops]"
# Small letters stand in rings, which numbers close; a branch begins with an atom or a bond.
_SMILES = re.compile(
    r"(?=\S*(?:[()=\[#]|c1))(?=\S*[bcnops]\]?\d|[^bcnops]*$)"
    rf"(?:{_ATOM})(?:{_ATOM}|\((?=[A-Za-z\[=#/\\-])|[)0-9=#@+\-%/\\.])*(?<![=#(.+\-/\\])"
)
_OF_SMILES = re.compile(rf"[0-9()=#@+\-%/\\.]*(?:{_ATOM})(?:{_ATOM}|[0-9()=#@+\-%/\\.])*")
"""What may stand where a SMILES must: short ones, and those with a slip."""
_MARKED = re.compile(r"\(=|[cn]\d|\[[A-Z0-9]")
"""What nothing but a SMILES has, even one with a slip."""
_AFTER_SMILES = re.compile(r"\bSMILES (\S+)")
_NO_SMILES_FIRST = re.compile(r"(?:read|load|save|write|print|show|get|find|to)_|\w*to_?smiles$")
_FILE = re.compile(rf"(?<![\w./-])[\w-]{{1,60}}{FILE_SUFFIX.pattern}")
_NUMBER = re.compile(r"(?<![\w.])\d++(?:\.\d++)?+(?![\w.]*\w)")
_NAMED_NUMBER = re.compile(r"^\s*\w+ = (\d+\.\d+)\s*$", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}+(?:,\d{3})++(?![\w,])")
NUMBER_WORDS: Final = {
    2: ("two", "dos"),
    3: ("three", "tres"),
    4: ("four", "cuatro"),
    5: ("five", "cinco"),
    6: ("six", "seis"),
    7: ("seven", "siete"),
    8: ("eight", "ocho"),
    9: ("nine", "nueve"),
    10: ("ten", "diez"),
}
"""Small numbers as they are said in English and in Spanish."""
_NUMBER_SAID: Final = {word: str(n) for n, words in NUMBER_WORDS.items() for word in words}
_SHOTS = re.compile(r"\bshots\s*=\s*(\d+)")
_SHOTS_AS_USUAL: Final = "100"
_SMILES_PARAMETER: Final = "smiles"


def invented(code: str, request: str, buffer: str, part: str | None = None) -> list[str]:
    """The data of an answer that nobody gave. Never raises.

    With ``part``, only such data count as stand in that part of the code.
    """
    tree = readable_tree(code)
    if tree is None:
        return []
    nodes = list(ast.walk(tree))
    constants = (each.value for each in nodes if isinstance(each, ast.Constant))
    texts = [value for value in constants if isinstance(value, str)]
    smiles = [*_smiles_in(nodes), *(word for text in texts for word in _smiles_words(text))]
    others = [word for text in texts for word in _words_of_data(text)]
    if part is not None:
        smiles, others = ([each for each in found if each in part] for found in (smiles, others))
    if not smiles and not others:
        return []
    named = "\n".join(mention.entity.value for mention in mentions_in(buffer))
    known = f"{request}\n{buffer}\n{facts_of(request)}\n{named}"
    given, folded = Given(known), known.casefold()
    made_up = [text for text in smiles if not given.has(text)]
    made_up += [text for text in others if text.casefold() not in folded]
    return list(dict.fromkeys(made_up))


def left_out(code: str, request: str) -> list[str]:
    """The data, files and numbers of a request that its answer does not have. Never raises.

    A molecule that a request names may be there by its name or by its SMILES.
    """
    folded = code.casefold()
    said = request.casefold().split()
    written = Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d)_(?=\d)", "", code)))
    numbers = [
        *_numbers_in(request, written),
        *(_NUMBER_SAID[w] for w in said if w in _NUMBER_SAID),
    ]
    lost = [number for number in numbers if number not in written]
    # One decimal said twice is two settings alike, unless a name stands for it.
    decimals = Counter(number for number in numbers if "." in number and number in written)
    named = set(_NAMED_NUMBER.findall(code))
    lost += [n for n, count in decimals.items() if written[n] < count and n not in named]
    data = [*_sequences_in(request), *_PDB_ID.findall(request), *_FILE.findall(request)]
    lost += [text for text in data if text.casefold() not in folded]
    names = names_said(request)
    # Of several names, some only say what for: ``guides that knock out TP53 for cancer``.
    lost += [name for name in names if len(names) == 1 and not _is_named(name, folded)]
    molecules = [each for each in mentions_in(request) if each.entity.kind == "molecule"]
    lost += [
        each.spelling
        for each in molecules
        if not _is_named(each.spelling, folded) and each.entity.value not in code
    ]
    written_words = Given(code)
    smiles = (bare(match[0]) for match in SMILES.finditer(request))
    return lost + [each for each in smiles if _is_said(each) and not written_words.has(each)]


def shots_taken_over(code: str, request: str, buffer: str) -> list[str]:
    """Numbers of shots that an answer has from the code around it, and nobody asked for.

    Shots cost money, so those of one run are not those of the next.
    """
    said = set(_NUMBER.findall(request))
    around = set(_SHOTS.findall(buffer))
    return [
        number for number in _SHOTS.findall(code) if number in around - said - {_SHOTS_AS_USUAL}
    ]


def _is_named(name: str, folded: str) -> bool:
    return name.casefold() in folded or usual_spelling(name).casefold() in folded


def _is_said(smiles: str) -> bool:
    """Whether what looks like a SMILES in a request is one, and no short word in capitals."""
    is_short_word = smiles.isalpha() and smiles.isupper() and "CC" not in smiles
    return not is_short_word and check_smiles(smiles) is None


def _numbers_in(request: str, written: Container[str]) -> list[str]:
    """The numbers of a request; ``1,000`` is one of them, unless the answer has it as two."""

    def joined(match: re.Match[str]) -> str:
        is_list = all(part in written for part in match[0].split(","))
        return match[0] if is_list else match[0].replace(",", "")

    return _NUMBER.findall(_THOUSANDS.sub(joined, request))


def _smiles_words(text: str) -> Iterator[str]:
    words = (bare(match[1]) for match in _AFTER_SMILES.finditer(text))
    yield from (word for word in words if check_smiles(word) is None or _is_marked(word))
    if _SMILES.fullmatch(text) and (check_smiles(text) is None or _is_marked(text)):
        yield text


def _is_marked(text: str) -> bool:
    return bool(_SMILES.fullmatch(text) and _MARKED.search(text))


def _words_of_data(text: str) -> Iterator[str]:
    yield from _sequences_in(text)
    yield from _PDB_ID.findall(text)


def _sequences_in(text: str) -> Iterator[str]:
    """Sequences, but not words that somebody shouts, such as ``AFFINITY``."""
    for word in _SEQUENCE.findall(text):
        if stem(word.lower()) not in known_stems():
            yield word


def _smiles_in(nodes: list[ast.AST]) -> Iterator[str]:
    """Texts given by a keyword for SMILES, or first to what takes one first."""
    for call in nodes:
        if not isinstance(call, ast.Call):
            continue
        places = [each.value for each in call.keywords if _SMILES_PARAMETER in (each.arg or "")]
        if call.args and _takes_smiles_first(call.func):
            places.append(call.args[0])
        texts = (text.strip() for place in places for text in _texts(place))
        yield from (text for text in texts if _OF_SMILES.fullmatch(text))


def _takes_smiles_first(function: ast.expr) -> bool:
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name in _known_smiles_calls():
        return True
    return _SMILES_PARAMETER in name.lower() and not _NO_SMILES_FIRST.match(name.lower())


@lru_cache(maxsize=1)
def _known_smiles_calls() -> frozenset[str]:
    """The functions, classes and methods of BioQL whose first parameter is a SMILES."""
    calls = (re.findall(r"(\w+)\(\w*smiles", line) for (line,) in rows("api.tsv"))
    return frozenset(name for each in calls for name in each)


def _texts(node: ast.expr) -> Iterator[str]:
    """The text that an expression is, or those that it lists."""
    waiting: list[ast.expr | None] = [node]
    while waiting:
        match waiting.pop():
            case ast.Constant(value=str(text)):
                yield text
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                waiting += reversed(parts)
            case ast.Dict(keys=keys, values=values):
                waiting += [*reversed(values), *reversed(keys)]
