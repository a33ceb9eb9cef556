"""What a hover says about an argument of a call: its parameter, its backend, its cost."""

from __future__ import annotations

from bioql_lsp.analysis.api.load import Parameter
from bioql_lsp.analysis.backends import Backend, BackendState, backend, price_of_shot
from bioql_lsp.analysis.costs import amount, cost_words, per_shot, run_of
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import RUNNERS, Module
from bioql_lsp.analysis.program.markdown import code
from bioql_lsp.analysis.signature import parameter_words

_FIRST_WITHOUT_SIMULATOR = (7,)
_STATES = {
    BackendState.HARDWARE: "quantum hardware",
    BackendState.CLOUD_SIMULATOR: "a simulator in the cloud",
    BackendState.UNKNOWN: "a name that BioQL does not know",
}
_COST_PARAMETERS = frozenset({"backend", "shots"})


def parameter_of(call: Call, argument: Argument) -> Parameter | None:
    """The parameter that an argument is given to, where that is known."""
    name = argument.keyword
    if name is None:
        name = next((n for n, given in call.by_position.items() if given is argument), None)
    return next((p for p in call.symbol.parameters or () if p.name == name), None)


def argument_markdown(module: Module, call: Call, argument: Argument) -> str | None:
    """What is known of an argument; None where its parameter is not known."""
    parameter = parameter_of(call, argument)
    if parameter is None:
        return None
    blocks = [
        f"```python\n{parameter}\n```",
        f"Parameter of `{call.symbol.name}`." + _default_words(parameter),
        parameter_words(call.symbol, parameter),
    ]
    if call.symbol.dotted in RUNNERS:
        if parameter.name == "backend":
            blocks.append(_backend_words(module, argument))
        if parameter.name in _COST_PARAMETERS:
            blocks.append(_cost(module, call))
    return "\n\n".join(block for block in blocks if block)


def _default_words(parameter: Parameter) -> str:
    return " It has to be given." if parameter.is_required else ""


def _backend_words(module: Module, argument: Argument) -> str:
    if argument.text is None:
        return ""
    found = backend(argument.text)
    facts = [_state_words(module, found)]
    if found.qubits is not None:
        facts.append(f"{found.qubits} qubits")
    price = price_of_shot(found, module.release)
    if price is not None:
        facts.append(per_shot(price))
    note = f" ({found.note})" if found.note else ""
    return f"{code(argument.text)}: {', '.join(facts)}{note}."


def _state_words(module: Module, found: Backend) -> str:
    if found.state is not BackendState.REFUSED:
        return _STATES.get(found.state, found.state.value)
    is_refused = module.release >= _FIRST_WITHOUT_SIMULATOR
    return "the local simulator, which BioQL 7 refuses" if is_refused else "the local simulator"


def _cost(module: Module, call: Call) -> str:
    run = run_of(module, call)
    words = cost_words(run)
    if run.total_nano_usd:
        return f"This run lists at **{amount(run.total_nano_usd)} USD**: {words}."
    return f"This run: {words}."
