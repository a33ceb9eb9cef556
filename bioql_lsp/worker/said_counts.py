"""Counts as people say them, as the dictionary that BioQL takes: ``00: 52, 11: 48``."""

from __future__ import annotations

import re
from typing import Final

_PAIR: Final = r"[01]{1,8} ?[:=] ?\d{1,7}(?![\w:]|\.\d)"
_PAIRS = re.compile(rf"(?<![\w{{\"'.:])(?:{_PAIR})(?:(?:[,;] ?(?:and |y )?| and | y | ){_PAIR})+")
_OF_PAIR = re.compile(r"([01]+) ?[:=] ?(\d+)")
_ARE_COUNTS = re.compile(r"\b(?:counts?|conteos?|cuentas|histogram|histograma)\b", re.IGNORECASE)


def with_dictionary(request: str) -> str:
    """The request with its counts as a dictionary; all else, such as times of day, as it stands."""
    are_counts = _ARE_COUNTS.search(request) is not None

    def as_dictionary(match: re.Match[str]) -> str:
        pairs = _OF_PAIR.findall(match[0])
        states = [state for state, _ in pairs]
        is_one_register = len({len(state) for state in states}) == 1
        is_meant = are_counts or any(len(state) > 1 and state[0] == "0" for state in states)
        if not is_one_register or not is_meant or len(set(states)) < len(states):
            return match[0]
        return "{" + ", ".join(f'"{state}": {count}' for state, count in pairs) + "}"

    return _PAIRS.sub(as_dictionary, request)
