"""Is an answer to a hole what was there, or as good?"""

from __future__ import annotations

from bioql_lsp.training.evaluate.measures import is_same_program
from bioql_lsp.worker.engines.base import Infill


def is_single_line(expected: str) -> bool:
    """Whether a hole ends on the line that it begins on."""
    return "\n" not in expected.rstrip()


def is_exact_fill(expected: str, answer: str) -> bool:
    """Whether the answer is the text that was there, blanks at the end aside."""
    return answer.rstrip() == expected.rstrip()


def is_equivalent_fill(task: Infill, expected: str, answer: str) -> bool:
    """Whether the file with the answer is as good as the one with what was there."""
    if is_exact_fill(expected, answer):
        return True
    if not answer.strip():
        return False
    wanted, given = (f"{task.prefix}{text}{task.suffix}" for text in (expected, answer))
    return is_same_program(wanted, given)
