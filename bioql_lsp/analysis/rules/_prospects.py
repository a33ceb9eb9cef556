"""Can a run succeed at all? Where another rule says that it cannot, its price is no news."""

from __future__ import annotations

from bioql_lsp.analysis.backends import Backend, backend
from bioql_lsp.analysis.binder import misfits
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.rules._keys import KeyKind, key_kind
from bioql_lsp.analysis.rules._program_kinds import kind_of_program
from bioql_lsp.analysis.rules._shared import is_quantum, may_be_crispr

SHOTS_DEFAULT = 1024
IONQ_DISTRIBUTION = "qiskit-ionq"
_FIRST_WITH_THESE_PRICES = (5,)


def named_backend(call: Call) -> tuple[Argument, str] | None:
    """The backend argument and the name it holds, where both are known."""
    argument = call.argument("backend")
    if argument is None or argument.literal is None:
        return None
    value = argument.literal.value
    return (argument, value) if isinstance(value, str) else None


def lacks_ionq(module: Module) -> bool:
    """Whether the package that reaches IonQ is known to be missing."""
    distributions = module.options.distributions
    return distributions is not None and IONQ_DISTRIBUTION not in distributions


def priced_backend(module: Module, call: Call) -> Backend | None:
    """The backend that a run is billed for; None where it is not known, or fails before that."""
    named = named_backend(call)
    if module.release < _FIRST_WITH_THESE_PRICES or named is None or not is_quantum(call):
        return None
    found = backend(named[1])
    if found.price_nano_usd is None or may_be_crispr(call) or not _is_accepted(module, call):
        return None
    return None if found.name.startswith("ionq_") and lacks_ionq(module) else found


def shots_of(call: Call) -> int | float | None:
    """How many shots a run is billed for; None where that is not known or not accepted."""
    argument = call.argument("shots")
    if argument is None:
        return SHOTS_DEFAULT
    value = argument.literal.value if argument.literal is not None else None
    is_number = isinstance(value, int | float) and value > 0
    return value if is_number and isinstance(value, int | float) else None


def price_nano_usd(module: Module, call: Call) -> int | None:
    """What a run is listed at, in billionths of a USD, where that is known."""
    found, shots = priced_backend(module, call), shots_of(call)
    if found is None or found.price_nano_usd is None or shots is None:
        return None
    return round(found.price_nano_usd * shots)


def in_usd(nano_usd: int) -> str:
    """An amount as text: whole above a thousandth of a USD where it is whole, else rounded."""
    if nano_usd % 1_000_000_000 == 0:
        return str(nano_usd // 1_000_000_000)
    places = 2 if nano_usd >= 10_000_000 else 3
    return f"{nano_usd / 1e9:.{places}f}"


def _is_accepted(module: Module, call: Call) -> bool:
    """Whether BioQL gets as far as the backend, as far as the arguments tell."""
    if not call.is_whole or call.has_star or misfits(call):
        return False
    key, program = call.argument("api_key"), call.argument("program")
    is_auto = call.argument("auto_select")
    if is_auto is not None and (is_auto.literal is None or is_auto.literal.value):
        return False
    return _may_be_key(key) and _may_be_program(program)


def _may_be_key(argument: Argument | None) -> bool:
    if argument is None or argument.literal is None:
        return argument is not None
    return key_kind(argument.literal.value) is KeyKind.REAL


def _may_be_program(argument: Argument | None) -> bool:
    if argument is None or kind_of_program(argument) is not None:
        return False
    value = argument.literal.value if argument.literal is not None else None
    if not isinstance(value, str):
        return True
    return value.strip() != "" and not compile_sentence(value).error
