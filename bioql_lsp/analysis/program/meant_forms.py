"""The spellings of gates that people use, BioQL's among them, and the operations they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bioql_lsp.analysis.program.angles import ANGLE, angle_radians, writable_radians
from bioql_lsp.analysis.program.equivalence import measuring, qubits_of
from bioql_lsp.analysis.program.model import Operation

INDEX_DIGITS_MAX = 4
# The operations of a match, or None where it is not clear which; the number of qubits is given.
Build = Callable[[re.Match[str], int], tuple[Operation, ...] | None]


class Kind(StrEnum):
    """What a statement is about."""

    COUNT = "count"
    GATE = "gate"
    ROTATION = "rotation"
    MEASURE = "measure"
    MEASURE_ALL = "measure all"
    UNKNOWN_GATE = "unknown gate"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a statement."""

    kind: Kind
    pattern: re.Pattern[str]
    build: Build


_VERB = (
    r"(?:(?:apply|applying|use|using|perform|performing|execute|do|run|add|adding|place|put|insert"
    r"|implement|act\s+with)\s+)?(?:an?\s+|the\s+)?"
)
_WORD = r"(?:qu?bits?|quantum\s+bits?)"
_QUBIT = rf"(?:{_WORD}\s*\[?|q\s*\[|q)\s*\d+\]?"
_MORE = rf"(?:\s*(?:,\s*and|,|and|&)\s*(?:{_WORD}\s*|q\s*)?\[?\d+\]?(?!\w|\.\d))*"
_LIST = rf"{_QUBIT}{_MORE}"
_EVERY = (
    rf"(?:(?:all|every|each|both)(?:\s+(?:of\s+)?the)?(?:\s+(?P<number>\d{{1,4}}))?\s+{_WORD}"
    rf"|(?P<many>\d{{1,4}})\s+{_WORD}(?!\s*\d))"
)
_ONE = (
    r"(?:hadamard(?:\s+(?:gate|transform))?|pauli[-\s]?[xyz](?:[-\s]gate)?|superpose|flip|invert"
    r"|phase[-\s]flip|not(?:\s+gate)?|[hxyz](?:[-\s]gate)?)"
)
_TWO = (
    r"(?:cnot|c-not|cx|controlled[-\s](?:not|x)|cz|controlled[-\s]z|swap|exchange|switch)"
    r"(?:[-\s]gate)?"
)
_THREE = r"(?:ccx|ccnot|toffoli|controlled[-\s]controlled[-\s](?:not|x))(?:[-\s]gate)?"
_BEFORE = (
    rf"(?:\s+(?:from|on|between|with|for|of|the|controls?|controlled\s+by|{_WORD}))*"
    r"\s*(?:\bq\s*)?\[?"
)
_BETWEEN = (
    r"\]?(?:\s*(?:,|->|\u2192)\s*|\s+)"
    rf"(?:(?:and|to|onto|on|with|target|targeting|the|{_WORD})\s+)*(?:q\s*)?\[?"
)
_LAST = r"\]?(?!\w|\.\d)"
_AROUND = r"\s+(?:around|about|along)\s+(?:the\s+)?(?P<axis>[xyz])(?:[-\s]axis)?\b"
_BY = r"\s+(?:by|through|with)\s+(?:an?\s+)?(?:angle\s+)?(?:of\s+)?"
_NO_ANGLE = r"(?!(?:an?|the|to|on|in|at|of|around|by|qu?bits?|radians?|degrees?|and|then)\b)"
_ANGLE = rf"(?P<angle>{ANGLE}|{_NO_ANGLE}[^\W\d]\w*)"
_UNKNOWN = (
    r"(?P<unknown>[st]dg|sx|u[123]?|cp|c[rs][xyz]|ch|cy|cswap|fredkin|i-?swap|[st])(?:[-\s]gate)?"
)
_NAMES = {
    "hadamard": "h",
    "superpose": "h",
    "flip": "x",
    "invert": "x",
    "not": "x",
    "phase flip": "z",
    "c not": "cnot",
    "cx": "cnot",
    "controlled not": "cnot",
    "controlled x": "cnot",
    "controlled z": "cz",
    "exchange": "swap",
    "switch": "swap",
}


def _gate_name(written: str) -> str:
    plain = " ".join(re.split(r"[\s-]+", written.lower()))
    plain = plain.removesuffix(" gate").removesuffix(" transform")
    return plain[-1] if plain.startswith("pauli") else _NAMES.get(plain, plain)


def indices(text: str) -> tuple[int, ...] | None:
    """The numbers in a text, or None where there is none or one that is no index."""
    digits = re.findall(r"\d+", text)
    if not digits or any(len(each) > INDEX_DIGITS_MAX for each in digits):
        return None
    return tuple(map(int, digits))


def _one(match: re.Match[str], num_qubits: int) -> tuple[Operation, ...] | None:
    listed, number = match["qubits"], match["number"] or match["many"]
    qubits = indices(listed) if listed else range(int(number) if number else num_qubits)
    name = _gate_name(match["name"])
    return tuple(Operation(name, (qubit,)) for qubit in qubits or ()) or None


def _superposed(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    return tuple(Operation("h", (qubit,)) for qubit in indices(match["qubits"]) or ()) or None


def _controlled(gate: str, match: re.Match[str], *groups: str) -> tuple[Operation, ...] | None:
    numbers = indices(" ".join(match[group] for group in groups))
    if numbers is None:
        return None
    operation = Operation(gate, numbers[-1:], numbers[:-1])
    return (operation,) if len(set(qubits_of(operation))) == len(groups) else None


def _two(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    return _controlled(_gate_name(match["name"]), match, "first", "second")


def _entangled(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    return _controlled("cnot", match, "first", "second")


def _three(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    return _controlled("ccx", match, "first", "second", "third")


def _turned(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    radians, qubits = angle_radians(match["angle"]), indices(match["qubits"])
    if radians is None or qubits is None:
        return None
    angle = (writable_radians(radians),)
    axis = match.groupdict().get("axis") or "z"
    return tuple(Operation(f"r{axis.lower()}", (qubit,), (), angle) for qubit in qubits)


def _measured(match: re.Match[str], _: int) -> tuple[Operation, ...] | None:
    qubits = indices(match["qubits"])
    if qubits and match["bit"]:
        bits = indices(match["bit"])
        return (Operation("measure", qubits, (), (), bits),) if bits and len(qubits) == 1 else None
    return measuring(qubits or ()) or None


def _all_measured(match: re.Match[str], num_qubits: int) -> tuple[Operation, ...] | None:
    named = indices(match["number"] or "")
    return measuring(range(named[0] if named else num_qubits)) or None


def _form(kind: Kind, pattern: str, build: Build) -> Form:
    return Form(kind, re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE), build)


_READ = r"(?:measure|measuring|read|read\s+out|observe)\s+(?:the\s+)?"
_INTO = r"(?:\s+(?:into|to)\s+(?:the\s+)?(?:classical\s+)?bit\s+(?P<bit>\d+))?"
FORMS = (
    _form(
        Kind.COUNT,
        r"(?:create|make|initialize|allocate|prepare|use|need|require|set\s+up|setup|take"
        rf"|start\s+with|with|on)\s+(?:an?\s+)?(?P<count>\d{{1,4}})[-\s]+{_WORD}"
        r"(?:\s+(?:circuit|system|register))?(?!\s*\d)\b",
        lambda _match, _count: (),
    ),
    _form(
        Kind.GATE,
        rf"{_VERB}(?P<name>{_THREE}){_BEFORE}(?P<first>\d+){_BETWEEN}"
        rf"(?P<second>\d+){_BETWEEN}(?P<third>\d+){_LAST}",
        _three,
    ),
    _form(
        Kind.GATE,
        rf"{_VERB}(?P<name>{_TWO}){_BEFORE}(?P<first>\d+){_BETWEEN}"
        rf"(?P<second>\d+){_LAST}",
        _two,
    ),
    _form(
        Kind.GATE,
        r"entangl(?:e|ing)\s+(?:the\s+)?qubits?\s+(?P<first>\d+)\s+(?:and|with|to)\s+"
        rf"(?:qubit\s+)?(?P<second>\d+){_LAST}",
        _entangled,
    ),
    _form(
        Kind.GATE,
        r"create\s+(?:an?\s+)?entanglement\s+between\s+qubits?\s+(?P<first>\d+)\s+and"
        rf"\s+(?:qubit\s+)?(?P<second>\d+){_LAST}",
        _entangled,
    ),
    _form(
        Kind.GATE,
        rf"(?:put|place|bring|set)\s+(?P<qubits>{_LIST})\s+in(?:to)?\s+(?:an?\s+)?"
        r"(?:equal\s+)?superposition",
        _superposed,
    ),
    _form(
        Kind.GATE,
        r"create\s+(?:an?\s+)?superposition\s+(?:on|in)\s+"
        rf"(?P<qubits>{_LIST})",
        _superposed,
    ),
    _form(
        Kind.GATE,
        rf"{_VERB}(?P<name>{_ONE})(?:\s+(?:to|on|at))?\s+(?:the\s+)?"
        rf"(?:(?P<qubits>{_LIST}|\d+{_LAST}(?!\s*(?:of\s+)?{_WORD}))|{_EVERY})",
        _one,
    ),
    _form(
        Kind.ROTATION, rf"rotate\s+(?:the\s+)?(?P<qubits>{_LIST}){_AROUND}{_BY}{_ANGLE}", _turned
    ),
    _form(
        Kind.ROTATION, rf"rotate\s+(?:the\s+)?(?P<qubits>{_LIST}){_BY}{_ANGLE}{_AROUND}", _turned
    ),
    _form(
        Kind.ROTATION,
        rf"{_VERB}(?P<axis>[xyz])[-\s]rotation\s+(?:of\s+|on\s+|to\s+)?"
        rf"(?P<qubits>{_LIST})(?:{_BY}|\s+){_ANGLE}",
        _turned,
    ),
    _form(
        Kind.ROTATION,
        rf"{_VERB}r(?P<axis>[xyz])(?:[-\s]gate|\s+rotation)?\s+(?:(?:to|on)\s+)?"
        rf"(?P<qubits>{_LIST})(?:{_BY}|\s+){_ANGLE}",
        _turned,
    ),
    _form(
        Kind.ROTATION,
        rf"{_VERB}r(?P<axis>[xyz])\s*\(\s*{_ANGLE}\s*\)\s+(?:(?:to|on)\s+)?"
        rf"(?P<qubits>{_LIST})",
        _turned,
    ),
    _form(Kind.ROTATION, rf"(?<!phase\s)phase\s+(?P<qubits>{_LIST})\s+by\s+{_ANGLE}", _turned),
    _form(Kind.MEASURE, rf"{_READ}(?P<qubits>{_LIST}){_INTO}", _measured),
    _form(
        Kind.MEASURE_ALL,
        rf"{_READ}(?:everything|them(?:\s+all)?|(?:all|both)(?:\s+(?:of\s+)?the)?"
        rf"(?:\s+(?P<number>\d{{1,4}}))?(?:\s+{_WORD})?|(?:every|each)\s+qubit)\b",
        _all_measured,
    ),
    _form(
        Kind.UNKNOWN_GATE,
        rf"{_VERB}{_UNKNOWN}(?:\s*\([^()]*\))?(?:\s+(?:to|on))?\s+"
        rf"{_LIST}",
        lambda _match, _count: None,
    ),
    _form(Kind.UNKNOWN_GATE, rf"(?P<unknown>reset|barrier)\s+{_LIST}", lambda _match, _count: None),
)
