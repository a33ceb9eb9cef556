"""BQ016, BQ017, BQ018: how often a program is run."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import backend_in_place_of_key, replace_literal

# A choice of how much to spend: offered, never applied unasked.
_SHOTS = 100
_COST_USD = 3 * _SHOTS
_SHOTS_MAX = 10**9
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_CALL = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots={})\n'


@rule(
    code="BQ016",
    severity=Severity.ERROR,
    title="The number of shots is not positive",
    why='BioQL answers "Shots must be a positive integer" and runs nothing.',
    fix=f"Offers {_SHOTS} shots; how much to spend is yours to decide.",
    good=(_CALL.format(100), _CALL.format("2 * 50")),
    bad=(_CALL.format(0), _CALL.format(-5), _CALL.format("10 - 10")),
)
def check_positive(module: Module) -> Iterator[Finding]:
    """A finding for each run with no shots."""
    for call in module.runs:
        argument = _shots(call)
        if argument is None or argument.literal is None:
            continue
        shots = argument.literal.value
        if not isinstance(shots, int | float) or shots > 0:
            continue
        message = f"shots must be a positive integer; with {shots} BioQL runs nothing."
        yield Finding("BQ016", Severity.ERROR, message, argument.value_span, (_offer(argument),))


@rule(
    code="BQ017",
    severity=Severity.ERROR,
    title="The number of shots is no number",
    why="BioQL compares shots with a number, which fails for a string and for None.",
    fix=f"Writes the number without quotes; where there is none, offers {_SHOTS} shots.",
    good=(_CALL.format(100),),
    bad=(_CALL.format('"100"'), _CALL.format("None")),
)
def check_number(module: Module) -> Iterator[Finding]:
    """A finding for each run whose shots are a string or None."""
    for call in module.runs:
        argument = _shots(call)
        if argument is None or argument.literal is None:
            continue
        value = argument.literal.value
        if value is not None and not isinstance(value, str):
            continue
        digits = value.strip() if value is not None else ""
        is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
        shown = "None" if value is None else "a string"
        message = f"shots is {shown}; BioQL needs an integer."
        fix = _offer(argument)
        if is_number:
            fix = replace_literal(argument, str(int(digits)), f"Write shots={int(digits)}")
        yield Finding("BQ017", Severity.ERROR, message, argument.value_span, (fix,))


@rule(
    code="BQ018",
    severity=Severity.WARNING,
    title="The number of shots is not an integer",
    why="BioQL lets a float or a bool pass and bills it; what the backend makes of it is not "
    "settled.",
    fix="Writes the integer; where the number has a fraction, suggests the one below.",
    good=(_CALL.format(100),),
    bad=(_CALL.format("100.0"), _CALL.format("1e2"), _CALL.format("True")),
)
def check_integer(module: Module) -> Iterator[Finding]:
    """A finding for each run whose shots are a positive float or True."""
    for call in module.runs:
        argument = _shots(call)
        value = argument.literal.value if argument is not None and argument.literal else None
        if argument is None or not isinstance(value, bool | float) or not 0 < value < _SHOTS_MAX:
            continue
        shown = "True, which counts as 1" if value is True else f"{value}, a float"
        whole = max(int(value), 1)
        message = f"shots is {shown}. BioQL expects an integer: write {whole}."
        title = f"Write {whole}"
        fix = replace_literal(argument, str(whole), title, is_sure=whole == value)
        yield Finding("BQ018", Severity.WARNING, message, argument.value_span, (fix,))


def _shots(call: Call) -> Argument | None:
    """The number of shots; what follows a backend in the key's place is another rule's."""
    return None if backend_in_place_of_key(call) is not None else call.argument("shots")


def _offer(argument: Argument) -> Fix:
    title = f"Set {_SHOTS} shots ({_COST_USD} USD on hardware)"
    return replace_literal(argument, str(_SHOTS), title, is_sure=False)
