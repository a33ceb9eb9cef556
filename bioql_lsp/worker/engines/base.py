"""What an engine is: something that turns a task into pieces of text, one token at a time.

A local engine is synchronous and runs on the scheduler's one thread; it asks ``is_cancelled``
between any two tokens. Errors:

    EngineError
    ├── EngineNotReadyError     used before ``load`` ended
    ├── PromptTooLongError      the task does not fit the context, even cut at line borders
    ├── NonFiniteLogitsError    the model produced NaN or infinity (a fault of ours: free)
    └── ModelFormatError        the folder or id is not a model that this engine can load safely
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias


class EngineError(Exception):
    """Root of every error that an engine raises on purpose."""


class EngineNotReadyError(EngineError):
    """The engine was used before ``load`` ended."""


class PromptTooLongError(EngineError):
    """The task does not fit the model's context."""


class NonFiniteLogitsError(EngineError):
    """The model produced NaN or infinite logits."""


class ModelFormatError(EngineError):
    """The model's files cannot be loaded, or only by executing code of theirs."""


@dataclass(frozen=True, slots=True)
class Infill:
    """Fill the hole between two texts. ``facts`` are API lines that matter here, as comments."""

    prefix: str
    suffix: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Instruct:
    """Follow an instruction; ``context`` is code that stands around the answer."""

    instruction: str
    context: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """Rewrite ``code`` so that ``problems`` (one line each) go away."""

    code: str
    problems: tuple[str, ...] = ()
    facts: str = ""


Task: TypeAlias = Infill | Instruct | Repair


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to choose tokens: temperature 0 is greedy; a seed makes a warmer run repeatable."""

    max_new_tokens: int
    temperature: float = 0.0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of a generation.

    ``text`` may be empty while a character is incomplete. The last piece alone has a ``finish``:
    ``stop`` (end token, or a complete answer), ``length`` (``max_new_tokens``), ``cancelled``.
    """

    text: str
    completion_tokens: int
    finish: Literal["stop", "length", "cancelled"] | None = None


ProgressReport: TypeAlias = Callable[[float, str], None]


class Engine(Protocol):
    """A loaded model behind one interface; every implementation passes one contract suite."""

    name: str
    model: str
    revision: str
    context_tokens_max: int

    def load(self, report: ProgressReport) -> None:
        """Load the model, reporting progress 0..1 with a word on what happens.

        Raises ModelFormatError.
        """
        ...

    def prompt_tokens(self, task: Task, max_new_tokens: int) -> list[int]:
        """The token ids of the task, cut at line borders to leave room for the answer.

        User text can never produce a special token. Raises PromptTooLongError.
        """
        ...

    def generate(
        self, prompt: list[int], task: Task, sampling: Sampling, is_cancelled: Callable[[], bool]
    ) -> Iterator[Piece]:
        """Yield pieces until one has a ``finish``; closing the iterator stops the work.

        Raises NonFiniteLogitsError.
        """
        ...
