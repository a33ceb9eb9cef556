"""What is handed over as a program where it is certainly no text."""

from __future__ import annotations

from bioql_lsp.analysis.evaluation import CIRCUIT
from bioql_lsp.analysis.model import Argument

_WORDS = {
    "list": "a list",
    "tuple": "a tuple",
    "set": "a set",
    "dict": "a dictionary",
    "generator": "a generator",
    "function": "a function",
    CIRCUIT: "a circuit",
}


def kind_of_program(argument: Argument) -> str | None:
    """What an argument is that is certainly no string."""
    if argument.literal is not None:
        value = argument.literal.value
        if isinstance(value, str):
            return None
        return "None" if value is None else f"the number {value}"
    if argument.value.instance_of is not None:
        return f"a {argument.value.instance_of.rpartition('.')[2]}"
    return _WORDS.get(argument.value.kind)
