"""What each run in a text costs by BioQL's price list, and how many qubits its sentence takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bioql_lsp.analysis.analysis import Part
from bioql_lsp.analysis.backends import BackendState, backend, price_of_shot
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import ENHANCED, Module
from bioql_lsp.analysis.per_part import per_part
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.model import Compiled
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.text import Span

_FIRST_WITH_THIS_COMPILER = (7,)
_FIRST_WITH_KNOWN_PRICES = (5,)
_NANO = 1_000_000_000
_SHOTS_MAX = 10**15
_DEAREST_NANO_USD = 3 * _NANO
_NAME_CHARS_MAX = 40
_CRISPR = "crispr"
_CRISPR_ELSEWHERE = ("ibm", "qiskit", "braket", "aws", "sv1", "dm1", "aspen-m-3", "harmony")


class Billing(StrEnum):
    """Whether a run is billed by the shot."""

    BY_THE_SHOT = "by the shot"
    FREE = "free"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Run:
    """One call that runs a program; spans are those of its part.

    ``backend``, ``shots`` and ``price_nano_usd`` (of a shot) are None where they are only known at
    run time; ``note`` says in words what ``billing`` follows from. ``compiled`` is None where the
    sentence is not known or is not compiled.
    """

    span: Span
    function_span: Span
    sentence: Sentence | None
    compiled: Compiled | None
    backend: str | None
    backend_span: Span | None
    shots: int | None
    shots_span: Span | None
    billing: Billing
    price_nano_usd: int | None = None
    note: str = ""

    @property
    def total_nano_usd(self) -> int | None:
        """What the run lists at, None where that is not known."""
        if self.billing is Billing.FREE:
            return 0
        if self.price_nano_usd is None or self.shots is None:
            return None
        return self.price_nano_usd * self.shots


def amount(nano_usd: int) -> str:
    """An amount for people: ``3,072``, ``0.30``, ``1.024``."""
    usd = Decimal(nano_usd) / _NANO
    if usd == usd.to_integral_value():
        return f"{usd:,.0f}"
    digits = f"{usd:,.9f}".rstrip("0")
    return digits if len(digits.partition(".")[2]) >= 2 else f"{digits}0"


def decimal_text(nano_usd: int) -> str:
    """An amount for programs: a plain decimal number with at least two decimals."""
    return amount(nano_usd).replace(",", "") + ("" if nano_usd % _NANO else ".00")


def per_shot(nano_usd: int) -> str:
    """The price of a shot in words."""
    cents = f"{Decimal(nano_usd) / _NANO:.2f}"
    return f"{cents if nano_usd % 10_000_000 == 0 else amount(nano_usd)} USD a shot"


def shown(name: str) -> str:
    """A name of the user's as it can stand in a line of ours."""
    plain = " ".join(name.replace("`", "'").split())
    return plain if len(plain) <= _NAME_CHARS_MAX else f"{plain[:_NAME_CHARS_MAX]}…"


def cost_words(run: Run) -> str:
    """What is known of a run's cost, in a line: ``3,072 USD at ibm_torino, 1024 shots``."""
    if run.billing is not Billing.BY_THE_SHOT:
        return run.note
    shots = f"{run.shots} shot" + ("" if run.shots == 1 else "s")
    if run.price_nano_usd is None:
        dearest = per_shot(_DEAREST_NANO_USD)
        known = f"{shots}, " if run.shots is not None else ""
        return f"{known}{dearest} if the backend is hardware"
    if run.total_nano_usd is None:
        return f"{per_shot(run.price_nano_usd)} at {run.backend}"
    return f"{amount(run.total_nano_usd)} USD at {run.backend}, {shots}"


@per_part
def runs_of(part: Part) -> tuple[Run, ...]:
    """The runs in a part, in order of place."""
    return runs_in(part.module)


def runs_in(module: Module) -> tuple[Run, ...]:
    """The runs in a text or part, in order of place."""
    if not module.runs:
        return ()
    by_call = {sentence.call.span: sentence for sentence in module.sentences}
    return tuple(run_of(module, call, by_call.get(call.span)) for call in module.runs)


def is_readable(module: Module, sentence: Sentence) -> bool:
    """Whether all of a sentence is known, and what this version makes of it."""
    is_told = sentence.is_whole and bool(sentence.text.strip())
    return is_told and module.release >= _FIRST_WITH_THIS_COMPILER


def compiled_of(module: Module, sentence: Sentence) -> Compiled | None:
    """The circuit of a sentence; None where it is not known, not compiled, or refused."""
    is_compiled = sentence.is_local or (sentence.is_mode_known and sentence.mode != _CRISPR)
    if not is_compiled or not is_readable(module, sentence):
        return None
    compiled = compile_sentence(sentence.text)
    return compiled if compiled.error is None else None


def run_of(module: Module, call: Call, sentence: Sentence | None = None) -> Run:
    """What a call that runs a program lists at; its circuit only where the sentence is given."""
    backend_name, shots = _backend(call), _shots(call)
    billing, price, note = _billing(module, call, backend_name)
    given_backend, given_shots = call.argument("backend"), call.argument("shots")
    return Run(
        call.span,
        call.function_span,
        sentence,
        compiled_of(module, sentence) if sentence is not None else None,
        backend_name,
        given_backend.value_span if given_backend else None,
        shots,
        given_shots.value_span if given_shots else None,
        billing,
        price,
        note,
    )


def _billing(module: Module, call: Call, name: str | None) -> tuple[Billing, int | None, str]:
    mode = call.argument("mode")
    if mode is not None and (mode.literal is None or mode.literal.value == _CRISPR):
        return _mode_billing(mode, name)
    if module.release >= _FIRST_WITH_THIS_COMPILER and call.symbol.dotted == ENHANCED:
        return Billing.FREE, None, "not billed: enhanced_quantum never reaches the backend"
    return _listed(module, name)


def _listed(module: Module, name: str | None) -> tuple[Billing, int | None, str]:
    """What ``quantum()`` lists at on a backend."""
    found = backend(name) if name is not None else None
    if found is not None and found.state is BackendState.REFUSED:
        is_refused = module.release >= _FIRST_WITH_THIS_COMPILER
        refused = "not billed: BioQL 7 refuses the local simulator"
        return Billing.FREE, None, refused if is_refused else "free, on the local simulator"
    if module.release < _FIRST_WITH_KNOWN_PRICES:
        return Billing.UNKNOWN, None, f"no price known for BioQL {module.version}"
    if found is None:
        return Billing.BY_THE_SHOT, None, ""
    price = price_of_shot(found, module.release)
    if price is None:
        return Billing.UNKNOWN, None, f"no price known for the backend {shown(found.name)}"
    return Billing.BY_THE_SHOT, price, ""


def _mode_billing(mode: Argument, name: str | None) -> tuple[Billing, int | None, str]:
    if mode.literal is None:
        return Billing.UNKNOWN, None, "cost depends on mode, which is only known at run time"
    if name is None or any(mark in name.lower() for mark in _CRISPR_ELSEWHERE):
        return Billing.UNKNOWN, None, "CRISPR mode, billed by the backend's own owner"
    return Billing.FREE, None, "free, CRISPR mode on the built-in sampler"


def _backend(call: Call) -> str | None:
    argument = call.argument("backend")
    if argument is None:
        default = _default(call, "backend")
        return default.strip("'\"") if default else None
    return argument.text


def _shots(call: Call) -> int | None:
    argument = call.argument("shots")
    if argument is None:
        default = _default(call, "shots") or ""
        return int(default) if default.isdecimal() else None
    return _whole(argument)


def _whole(argument: Argument) -> int | None:
    value = argument.literal.value if argument.literal is not None else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 < value <= _SHOTS_MAX else None


def _default(call: Call, name: str) -> str | None:
    """The source of a parameter's default, where the call surely leaves the parameter out."""
    if call.has_star:
        return None
    parameters = call.symbol.parameters or ()
    return next((p.default for p in parameters if p.name == name), None)
