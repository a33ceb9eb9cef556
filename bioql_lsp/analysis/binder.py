"""Does a call fit its signature? The answer is a list of misfits, empty where it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bioql_lsp.analysis.api.load import Parameter
from bioql_lsp.analysis.model import Argument, Call


class MisfitKind(StrEnum):
    """What is wrong with a call."""

    UNKNOWN_KEYWORD = "unknown keyword"
    MISSING = "missing argument"
    TOO_MANY = "too many arguments"
    REPEATED = "repeated argument"


@dataclass(frozen=True, slots=True)
class Misfit:
    """One reason why a call raises TypeError; ``name`` is the parameter or keyword."""

    kind: MisfitKind
    name: str
    argument: Argument | None = None


def misfits(call: Call) -> tuple[Misfit, ...]:
    """Why a call does not bind. What cannot be known (``*``, ``**``, broken code) is let pass."""
    parameters = call.symbol.parameters
    if parameters is None or not call.is_whole:
        return ()
    found = [*_positional(call, parameters), *_keywords(call, parameters)]
    if not call.has_star:
        given = _given(call, parameters)
        missing = [p for p in parameters if p.is_required and p.name not in given]
        found += [Misfit(MisfitKind.MISSING, parameter.name) for parameter in missing]
    return tuple(found)


def _positional(call: Call, parameters: tuple[Parameter, ...]) -> list[Misfit]:
    room = sum(p.kind in "pa" for p in parameters)
    if any(p.kind == "v" for p in parameters):
        return []
    return [Misfit(MisfitKind.TOO_MANY, call.symbol.name, a) for a in call.positional[room:]]


def _keywords(call: Call, parameters: tuple[Parameter, ...]) -> list[Misfit]:
    takes_any = any(p.kind == "w" for p in parameters)
    names = {p.name for p in parameters if p.kind in "ak"}
    taken = set(_by_position(call, parameters))
    found = []
    for argument in call.arguments:
        if argument.keyword is None:
            continue
        if argument.keyword in taken:
            found.append(Misfit(MisfitKind.REPEATED, argument.keyword, argument))
        elif argument.keyword not in names and not takes_any:
            found.append(Misfit(MisfitKind.UNKNOWN_KEYWORD, argument.keyword, argument))
    return found


def _by_position(call: Call, parameters: tuple[Parameter, ...]) -> list[str]:
    order = [p.name for p in parameters if p.kind in "pa"]
    return [] if call.has_star else order[: len(call.positional)]


def _given(call: Call, parameters: tuple[Parameter, ...]) -> set[str]:
    return {a.keyword for a in call.arguments if a.keyword} | set(_by_position(call, parameters))
