"""Places and sizes of a docking box as BioQL has them: ``centre 10 -4 22`` is ``(10, -4, 22)``."""

from __future__ import annotations

import re
from typing import Final

_OF_DOCKING = re.compile(
    r"\b(?:dock(?!er|et)|acopl|vina|pose|box(?! ?plot)|caja|pocket|bolsillo|cent(?:er|re|ro)\b"
    r"|bind|affin|afinid|ligand|receptor|cavi[td]|grid\b|active site|sitio activo)|\.pdb(?:qt)?\b",
    re.IGNORECASE,
)
_NUMBER: Final = r"(-?\d{1,3}(?:\.\d{1,3})?)"
_UNIT: Final = r"(?: ?(?:A|Å|[aá]ngstr[oö]ms?)\b)"
_IS: Final = " ?[=:]? ?"
_START: Final = r"(?<![\w.,)/-])(?<!\d )(?<!\d, )"
_END: Final = (
    r"(?![\w.]*\w|-)(?!,? ?-?\d| (?:and|y|or|o) \d"
    r"| ?(?:x |qubit|shot|pose|mode|guide|run|c[uú]bit|disparo|[nuµm]M\b))"
)
_PLACE: Final = (
    r"((?:\b(?:cent(?:er|re|ro|ered|red|rad[oa])|box|caja|size|tama[nñ]o|coord\w*|at|en|origin|around"
    r"|alrededor|location|located|site|xyz|point|midpoint|middle|near|about|dimension\w*|punto"
    r"|posici[oó]n|position)\b|_size)"
    r"(?:\W{1,3}(?:is|are|of|on|at|in|the|size|box|point|set to|de|es|con|coord\w*|x,? y,? z))?"
    r"\W{1,3}?)"
)
_TRIPLES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(){_START}\(? ?x{_IS}{_NUMBER},? ?y{_IS}{_NUMBER},? ?z{_IS}{_NUMBER} ?\)?{_END}",
        rf"(){_START}[(\[] ?{_NUMBER} ?(?:, ?| ){_NUMBER} ?(?:, ?| ){_NUMBER} ?[)\]]{_END}",
        rf"(){_START}{_NUMBER}{_UNIT}? ?x ?{_NUMBER}{_UNIT}? ?x ?{_NUMBER}{_UNIT}?{_END}",
        rf"{_PLACE}{_START}(?<![(\[]){_NUMBER}, ?{_NUMBER}, ?{_NUMBER}{_END}",
        rf"{_PLACE}{_START}(?<![(\[]){_NUMBER} {_NUMBER} {_NUMBER}{_END}",
    )
)
_EDGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(\b(?:box|caja)(?: size)?(?: of| de|:|=)? ?)(\d{{1,2}}){_UNIT}(?! ?x)",
        rf"()(?<![\w.,/-])(\d{{1,2}}){_UNIT}(?=[ -](?:box|sides?|edges?|cube|de lado))",
    )
)


def with_places(request: str) -> str:
    """A request about docking with its coordinates and box sizes as tuples of three numbers."""
    if not _OF_DOCKING.search(request):
        return request
    text = request
    for triple in _TRIPLES:
        text = triple.sub(r"\1(\2, \3, \4)", text)
    for edge in _EDGES:
        text = edge.sub(r"\1(\2, \2, \2)", text)
    return text
