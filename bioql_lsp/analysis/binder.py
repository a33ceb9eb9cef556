"""Does a call fit its signature? The answer is a list of misfits, empty where it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
    if call.symbol.parameters is None or not call.is_whole:
        return ()
    found = [*_positional(call), *_keywords(call)]
    if not call.has_star:
        missing = (n for n in call.symbol.required_names if call.argument(n) is None)
        found += [Misfit(MisfitKind.MISSING, name) for name in missing]
    return tuple(found)


def _positional(call: Call) -> list[Misfit]:
    if "v" in call.symbol.kinds:
        return []
    surplus = call.positional[len(call.symbol.positional_names) :]
    return [Misfit(MisfitKind.TOO_MANY, call.symbol.name, argument) for argument in surplus]


def _keywords(call: Call) -> list[Misfit]:
    found = []
    given = set(call.by_position)
    for argument in call.arguments:
        if argument.keyword is None:
            continue
        if argument.keyword in given:
            found.append(Misfit(MisfitKind.REPEATED, argument.keyword, argument))
        elif argument.keyword not in call.symbol.keyword_names and "w" not in call.symbol.kinds:
            found.append(Misfit(MisfitKind.UNKNOWN_KEYWORD, argument.keyword, argument))
        given.add(argument.keyword)
    return found
