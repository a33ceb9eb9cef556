"""Can a run succeed at all? Where another rule says that it cannot, its price is no news."""

from __future__ import annotations

from dataclasses import dataclass

from bioql_lsp.analysis.backends import Backend, backend
from bioql_lsp.analysis.binder import misfits
from bioql_lsp.analysis.costs import run_of
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.rules._keys import KeyKind, key_kind
from bioql_lsp.analysis.rules._program_kinds import kind_of_program
from bioql_lsp.analysis.rules._shared import is_quantum, may_be_crispr, named_backend

IONQ_DISTRIBUTION = "qiskit-ionq"
IONQ_PREFIX = "ionq_"


@dataclass(frozen=True, slots=True)
class Bill:
    """So many shots on a backend, each at a price."""

    backend: Backend
    shots: int
    price_nano_usd: int

    @property
    def total_nano_usd(self) -> int:
        """The price of all shots."""
        return self.shots * self.price_nano_usd


def lacks_ionq(module: Module) -> bool:
    """Whether the package that reaches IonQ is known to be missing."""
    distributions = module.options.distributions
    return distributions is not None and IONQ_DISTRIBUTION not in distributions


def bill_of(module: Module, call: Call) -> Bill | None:
    """What a run is billed; None where that is not known, or the run fails before it is."""
    named = named_backend(call)
    if named is None or not is_quantum(call) or may_be_crispr(call):
        return None
    run, found = run_of(module, call), backend(named[1])
    if run.shots is None or run.price_nano_usd is None or not _is_accepted(module, call):
        return None
    if found.name.startswith(IONQ_PREFIX) and lacks_ionq(module):
        return None
    return Bill(found, run.shots, run.price_nano_usd)


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
