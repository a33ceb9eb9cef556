"""The backend names that BioQL 7 knows: what happens to each, its size and its price."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum


class BackendState(StrEnum):
    """What ``quantum()`` does with a backend name."""

    HARDWARE = "hardware"
    CLOUD_SIMULATOR = "cloud simulator"
    REFUSED = "refused"
    AUTO = "automatic selection"
    NO_DRIVER = "no driver"
    FOREIGN_SIMULATOR = "another package's simulator"
    BRAKET = "Amazon Braket"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend; ``price_nano_usd`` is that of one shot since BioQL 7 (see ``price_of_shot``)."""

    name: str
    state: BackendState
    qubits: int | None = None
    price_nano_usd: int | None = None
    note: str = ""


def _hardware(name: str, qubits: int, note: str = "") -> Backend:
    return Backend(name, BackendState.HARDWARE, qubits, 3_000_000_000, note)


def _cloud(name: str, qubits: int, note: str) -> Backend:
    return Backend(name, BackendState.CLOUD_SIMULATOR, qubits, 1_000_000, note)


_FIRST_WITH_ONE_PRICE = (7,)
_PRICES_BEFORE = {"ionq_qpu": 2_000_000_000, "ionq_aria": None}
_PRICES_BEFORE_BY_STATE = {
    BackendState.HARDWARE: 3_000_000_000,
    BackendState.CLOUD_SIMULATOR: 10_000_000,
}
_IONQ = "needs qiskit-ionq and an IonQ token"
USABLE = (
    _hardware("ibm_torino", 133),
    _hardware("ibm_brisbane", 127),
    _hardware("ibm_kyoto", 127),
    _hardware("ibm_osaka", 127),
    _hardware("ibm_sherbrooke", 127),
    _hardware("ibm_eagle", 127),
    _hardware("ibm_condor", 1121),
    _hardware("ionq_qpu", 36, _IONQ),
    _hardware("ionq_forte", 36, _IONQ),
    Backend("ionq_aria", BackendState.HARDWARE, 25, 10_000_000, _IONQ),
    _cloud("simulator_statevector", 32, "runs at IBM, needs IBM_QUANTUM_TOKEN"),
    _cloud("simulator_mps", 100, "runs at IBM, needs IBM_QUANTUM_TOKEN"),
    _cloud("ionq_simulator", 29, _IONQ),
    _cloud("ionq_ideal", 29, _IONQ),
    _cloud("ionq_aria_simulator", 25, _IONQ),
    _cloud("ionq_harmony_simulator", 11, _IONQ),
)
HOUSE_BACKEND = "ibm_torino"
REFUSED = frozenset({"simulator", "sim", "aer"})
_BY_NAME = {backend.name: backend for backend in USABLE}
# Names that fail for reasons of their own: an advice on spelling would mislead.
_UNUSABLE = {
    "auto": BackendState.AUTO,
    "quantinuum_h2": BackendState.NO_DRIVER,
    **dict.fromkeys(
        ("aer_simulator", "qasm_simulator", "statevector_simulator"),
        BackendState.FOREIGN_SIMULATOR,
    ),
    **dict.fromkeys(("sv1", "dm1", "harmony"), BackendState.BRAKET),
}
_UNUSABLE_STARTS = {
    "fake": BackendState.FOREIGN_SIMULATOR,
    **dict.fromkeys(("braket", "aws", "aspen"), BackendState.BRAKET),
}
_HARDWARE_STARTS = ("ibm_", "ionq_", "quantinuum_")
_SPELLINGS = {"ionq": "ionq_qpu", "ibm": HOUSE_BACKEND, "ibmq": HOUSE_BACKEND}


def backend(name: str) -> Backend:
    """What is known about a backend name, however it is spelled."""
    lowered = name.lower()
    if lowered in _BY_NAME:
        return _BY_NAME[lowered]
    if lowered in REFUSED:
        return Backend(lowered, BackendState.REFUSED)
    if lowered in _UNUSABLE:
        return Backend(lowered, _UNUSABLE[lowered])
    for start, state in _UNUSABLE_STARTS.items():
        if lowered.startswith(start):
            return Backend(lowered, state)
    if lowered.startswith("ibm_"):
        return Backend(lowered, BackendState.HARDWARE, None, None, "not a name we know")
    return Backend(lowered, BackendState.UNKNOWN)


def price_of_shot(found: Backend, release: tuple[int, ...]) -> int | None:
    """What a version lists one shot at, in billionths of a USD; None where it has no price."""
    if release >= _FIRST_WITH_ONE_PRICE or found.price_nano_usd is None:
        return found.price_nano_usd
    return _PRICES_BEFORE.get(found.name, _PRICES_BEFORE_BY_STATE.get(found.state))


def looks_like_backend(text: str) -> bool:
    """Whether a text can only be meant as the name of a backend."""
    return text.replace("-", "_").isidentifier() and (
        backend(text).state is not BackendState.UNKNOWN or text.lower().startswith(_HARDWARE_STARTS)
    )


def nearest(name: str) -> str:
    """The usable name that a misspelled one is most likely meant to be."""
    plain = "_".join(part for part in name.lower().replace("-", " ").replace("_", " ").split())
    if plain in _BY_NAME:
        return plain
    if plain in _SPELLINGS:
        return _SPELLINGS[plain]
    for candidate in USABLE:
        if plain and candidate.name.partition("_")[2] == plain:
            return candidate.name
    close = difflib.get_close_matches(plain, list(_BY_NAME), n=1, cutoff=0.6)
    return close[0] if close else HOUSE_BACKEND
