"""Counts as people say them, as the dictionary that BioQL takes: ``00: 52, 11: 48``."""

from __future__ import annotations

import re
from typing import Final

_PAIR: Final = r"[01]{1,8} ?[:=] ?\d{1,7}(?![\w:]|\.\d)"
_PAIRS = re.compile(rf"(?<![\w{{\"'.:])(?:{_PAIR})(?:(?:[,;] ?(?:and |y )?| and | y | ){_PAIR})+")
_OF_PAIR = re.compile(r"([01]+) ?[:=] ?(\d+)")
_ARE_COUNTS = re.compile(r"\b(?:counts?|conteos?|cuentas)\b[\w ]{0,12}[:=]? ?\Z", re.IGNORECASE)
_ARE_COUNTS_CHARS: Final = 24
_TIMES = re.compile(r"(?:[01]\d:[0-5]\d(?:[,;]? ?(?:and |y )?|\Z))+")


def with_dictionary(request: str) -> str:
    """The request with its counts as a dictionary; all else, such as times of day, as it stands."""

    def as_dictionary(match: re.Match[str]) -> str:
        before = request[max(0, match.start() - _ARE_COUNTS_CHARS) : match.start()]
        are_counts = _ARE_COUNTS.search(before) is not None
        pairs = _OF_PAIR.findall(match[0])
        states = [state for state, _ in pairs]
        is_one_register = len({len(state) for state in states}) == 1
        is_meant = len(states[0]) > 1 and any(state[0] == "0" for state in states)
        is_meant = are_counts or (is_meant and _TIMES.fullmatch(match[0]) is None)
        if not is_one_register or not is_meant or len(set(states)) < len(states):
            return match[0]
        return "{" + ", ".join(f'"{state}": {int(count)}' for state, count in pairs) + "}"

    return _PAIRS.sub(as_dictionary, request)
