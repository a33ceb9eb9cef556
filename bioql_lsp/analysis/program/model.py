"""What a sentence compiles to: operations, where they come from, how many there are."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from random import Random
from types import MappingProxyType
from typing import Literal, NamedTuple, overload

from bioql_lsp.text import Span

OPERATIONS_MAX = 2**20
_READABLE_MAX = 10**15
RANDOM: Literal["random"] = "random"

Stage = Literal["intent", "special", "gates", "context"]
CountSource = Literal["digits", "word", "phrase", "index", "default", "fixed"]
Parameters = tuple[float, ...] | Literal["random"]


def readable(number: int) -> str:
    """A count for people; Python itself refuses to write numbers of thousands of digits."""
    if number < _READABLE_MAX:
        return f"{number:,}"
    return f"about 10^{round(math.log10(number))}"


class Operation(NamedTuple):
    """One operation; ``parameters`` are radians, or ``RANDOM`` where BioQL draws them anew."""

    gate: str
    targets: tuple[int, ...]
    controls: tuple[int, ...] = ()
    parameters: Parameters = ()
    classical_bits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """``count`` operations of one gate, made on demand; ``operation(i)`` is the i-th.

    With an ``angle_max`` BioQL draws each angle evenly from 0 to there (radians).
    """

    gate: str
    count: int
    operation: Callable[[int], Operation]
    angle_max: float | None = None


class Operations(Sequence[Operation]):
    """The operations of some layers in order, each made when it is asked for."""

    def __init__(self, layers: Sequence[Layer] = ()) -> None:
        self._layers = layers
        self._ends = tuple(accumulate(layer.count for layer in layers))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Operation]:
        for layer in self._layers:
            yield from map(layer.operation, range(layer.count))

    @overload
    def __getitem__(self, index: int) -> Operation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Operation, ...]: ...
    def __getitem__(self, index: int | slice) -> Operation | tuple[Operation, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"no operation {index} among {len(self)}")
        number = bisect_right(self._ends, at)
        layer = self._layers[number]
        return layer.operation(at - (self._ends[number] - layer.count))


@dataclass(frozen=True, slots=True)
class GateStatement:
    """A gate or measurement that the sentence spells out; ``span`` is in the original text."""

    gate: str
    span: Span
    operation: Operation


@dataclass(frozen=True, eq=False)
class Compiled:
    """What BioQL makes of ``text``; after an ``error`` everything else is empty.

    ``stage`` tells which part of BioQL answered: a word pair that decides alone (``intent``), a
    phrase that decides alone (``special``), spelled-out gates (``gates``), or a subject whose
    fixed circuit stands before them (``context``). Beyond ``OPERATIONS_MAX`` operations only the
    counts are there.
    """

    text: str
    num_qubits: int = 0
    num_classical_bits: int = 0
    context: str = "general"
    intent: str | None = None
    stage: Stage = "gates"
    layers: tuple[Layer, ...] = field(default=(), repr=False)
    statements: tuple[GateStatement, ...] = ()
    count_span: Span | None = None
    count_source: CountSource = "default"
    matched_words: tuple[Span, ...] = ()
    error: str | None = None

    @cached_property
    def operation_count(self) -> int:
        """How many operations there are, whether or not they can be listed."""
        return sum(layer.count for layer in self.layers)

    @property
    def is_truncated(self) -> bool:
        """Whether there are too many operations to list."""
        return self.operation_count > OPERATIONS_MAX

    @cached_property
    def operations(self) -> Operations:
        """The operations in BioQL's order; empty where there are too many."""
        return Operations(() if self.is_truncated else self.layers)

    @cached_property
    def gate_counts(self) -> Mapping[str, int]:
        """How many operations of each gate there are, in order of first appearance."""
        counts: Counter[str] = Counter()
        for layer in self.layers:
            if layer.count:
                counts[layer.gate] += layer.count
        return MappingProxyType(dict(counts))

    @property
    def has_random(self) -> bool:
        """Whether some angles differ each time that BioQL compiles the sentence."""
        return any(layer.angle_max is not None and layer.count for layer in self.layers)

    def drawn(self, random: Random) -> Iterator[Operation]:
        """The operations with every random angle drawn; BioQL draws in the same order."""
        for layer in () if self.is_truncated else self.layers:
            for operation in map(layer.operation, range(layer.count)):
                if layer.angle_max is None:
                    yield operation
                else:
                    yield operation._replace(parameters=(random.uniform(0, layer.angle_max),))

    @property
    def num_bits(self) -> int:
        """The size of the classical register when BioQL runs the circuit: no less than qubits."""
        return max(self.num_classical_bits, self.num_qubits)
