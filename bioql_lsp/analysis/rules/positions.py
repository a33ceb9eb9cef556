"""BQ022, BQ023: arguments by position that stand in another parameter's place."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import add_argument, environment_key
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._naming import at_start
from bioql_lsp.analysis.rules._shared import backend_in_place_of_key, is_quantum
from bioql_lsp.text import Edit, Span

_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_GOOD = _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", 100)\n'
_OLD_CALL = 'quantum("Create a Bell state", KEY, "ibm_torino", 100, False, {})\n'
_FIRST_WITHOUT_TOKEN = (5,)
_TOKEN_POSITION = 5
_FOLLOWING = ("shots", "debug")
_OLD_NAMES = ("token", "instance", "timeout", "auto_select")


@rule(
    code="BQ022",
    severity=Severity.ERROR,
    title="A backend stands in the place of the API key",
    why="The second parameter is api_key: BioQL takes the name of the backend for a key, and the "
    "run fails.",
    fix="Names the backend and the shots behind it, and takes the key from the environment.",
    good=(_GOOD,),
    bad=(
        _HEAD + 'quantum("Create a Bell state", "ibm_torino", 100)\n',
        _HEAD + 'quantum("Create a Bell state", "ibm_torino", api_key=KEY, shots=100)\n',
    ),
)
def check_backend(module: Module) -> Iterator[Finding]:
    """A finding for each run whose second argument is a backend's name."""
    for call in module.runs:
        argument = backend_in_place_of_key(call)
        if argument is None or argument.literal is None:
            continue
        message = (
            f'The second argument is api_key, and "{argument.literal.value}" is a backend: write '
            "backend= before it, and give the key."
        )
        fixes = tuple(_named_backend(module, call, argument))
        yield Finding("BQ022", Severity.ERROR, message, argument.value_span, fixes)


def _named_backend(module: Module, call: Call, argument: Argument) -> Iterator[Fix]:
    following = call.positional[argument.position + 1 :]
    names = _FOLLOWING[: len(following)]
    is_taken = any(call.keyword(name) for name in ("backend", *names))
    key = environment_key(module, call.span.start)
    if len(following) > len(names) or is_taken or not call.is_whole or key is None:
        return
    edits = [at_start(argument.span, "backend=")]
    edits += _named(following, names)
    title = "Name the backend"
    if call.keyword("api_key") is None:
        expression, imports = key
        edits = [*imports, *edits, add_argument(module, call, f"api_key={expression}")]
        title += " and take the key from the environment"
    is_sure = not following or _is_number(following[0])
    yield Fix(title, tuple(edits), is_sure)


def _is_number(argument: Argument) -> bool:
    value = argument.literal.value if argument.literal is not None else None
    return isinstance(value, int | float) and not isinstance(value, bool)


@rule(
    code="BQ023",
    severity=Severity.WARNING,
    title="Arguments in the order of BioQL 3",
    why="Up to 3.1.2 the sixth parameter was token and the seventh instance. Since BioQL 5 there "
    "is no token and instance is the sixth, so that a call by position hands each value to the "
    "wrong parameter without a word.",
    fix="Leaves the token out and names the arguments behind it where they show that the old order "
    "is meant; suggests the present names otherwise.",
    good=(
        _GOOD,
        _HEAD + _OLD_CALL.format('"hub/group/project", 3600'),
        _HEAD + _OLD_CALL.format('instance="hub/group/project"'),
    ),
    bad=(
        _HEAD + _OLD_CALL.format('None, "hub/group/project"'),
        _HEAD + 'IBM_TOKEN = os.environ["IBM_QUANTUM_TOKEN"]\n' + _OLD_CALL.format("IBM_TOKEN"),
        _HEAD + 'IBM = os.environ["IBM"]\n' + _OLD_CALL.format("IBM"),
    ),
)
def check_order(module: Module) -> Iterator[Finding]:
    """A finding for each call that may follow the old order."""
    if module.release < _FIRST_WITHOUT_TOKEN:
        return
    for call in module.runs:
        given = call.positional[_TOKEN_POSITION:]
        if not is_quantum(call) or call.has_star or not given or _is_new_order(given):
            continue
        if len(given) > len(_OLD_NAMES):
            continue
        message = (
            "Since BioQL 5 the sixth argument is instance, then timeout; there is no token. Name "
            "the arguments from here on."
        )
        fixes = tuple(_named_fixes(module, call, given))
        yield Finding("BQ023", Severity.WARNING, message, given[0].span, fixes)


def _is_new_order(given: tuple[Argument, ...]) -> bool:
    """Whether the values fit the present order, and only that."""
    literal = given[0].literal
    if len(given) > 1:
        return _is_number(given[1])
    return literal is not None and (literal.value is None or _is_instance(literal.value))


def _is_instance(value: object) -> bool:
    return isinstance(value, str) and ("/" in value or value.startswith("crn:"))


def _is_old_order(module: Module, given: tuple[Argument, ...]) -> bool:
    """Whether the values show that the old order is meant."""
    first = given[0]
    source = module.text[first.value_span.start : first.value_span.end]
    if "token" in source.lower() or (len(given) > 2 and _is_number(given[2])):
        return True
    second = given[1].literal if len(given) > 1 else None
    if second is not None:
        return second.value is None or isinstance(second.value, str)
    value = first.literal.value if first.literal is not None else None
    return isinstance(value, str) and not _is_instance(value)


def _named_fixes(module: Module, call: Call, given: tuple[Argument, ...]) -> Iterator[Fix]:
    if not call.is_whole:
        return
    is_old = _is_old_order(module, given)
    old, rest = _OLD_NAMES[1:], given[1:]
    if not any(call.keyword(name) for name in old[: len(rest)]):
        edits = [_token_edit(call, given), *_named(rest, old)]
        yield Fix("Leave the token out and name the others", tuple(edits), is_old)
    if not is_old and not any(call.keyword(name) for name in old[: len(given)]):
        yield Fix("Name them as BioQL takes them now", tuple(_named(given, old)), False)


def _named(given: tuple[Argument, ...], names: tuple[str, ...]) -> list[Edit]:
    return [at_start(a.span, f"{name}=") for a, name in zip(given, names, strict=False)]


def _token_edit(call: Call, given: tuple[Argument, ...]) -> Edit:
    """Delete the token with the comma before it, or up to the next argument."""
    position = given[0].position
    if len(given) > 1:
        return Edit(Span(given[0].span.start, given[1].span.start), "")
    return Edit(Span(call.arguments[position - 1].span.end, given[0].span.end), "")
