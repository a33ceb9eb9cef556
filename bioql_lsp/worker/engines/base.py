"""What an engine is: something that turns tasks into pieces of text, one token at a time.

A local engine writes several answers at once: the scheduler's one thread adds them, lets the engine
take a step for all of them, and removes those that are not wanted any more between any two steps.
An upstream engine asks another server and lives on the event loop. Errors:

    EngineError
    ├── EngineNotReadyError     used before ``load`` ended
    ├── PromptTooLongError      the task does not fit the context, even cut at line borders
    ├── NonFiniteLogitsError    the model produced NaN or infinity (a fault of ours: free)
    ├── ModelFormatError        the folder or id is not a model that this engine can load safely
    └── UpstreamError           the other server failed, stalled or talked nonsense (free)
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable


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


class UpstreamError(EngineError):
    """Another server failed, stalled or answered what cannot be read; the text says which."""


@dataclass(frozen=True, slots=True)
class Infill:
    """Fill the hole between two texts. ``facts`` are API lines that matter here, as comments."""

    prefix: str
    suffix: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Instruct:
    """Follow an instruction; ``context`` is code that stands around the answer.

    ``insert_at`` is where in it the answer goes, in code points: at its end where it is None.
    """

    instruction: str
    context: str = ""
    facts: str = ""
    insert_at: int | None = None

    @property
    def answer_at(self) -> int:
        """Where in ``context`` the answer goes."""
        return len(self.context) if self.insert_at is None else self.insert_at


@dataclass(frozen=True, slots=True)
class Repair:
    """Rewrite ``code`` so that ``problems`` (one line each) go away."""

    code: str
    problems: tuple[str, ...] = ()
    facts: str = ""


Task: TypeAlias = Infill | Instruct | Repair
FactsKind: TypeAlias = Literal["none", "brief", "full"]
"""What a prompt may hold of facts: none, what a request names, or signatures in use as well."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to choose tokens: temperature 0 is greedy; a seed makes a warmer run repeatable."""

    max_new_tokens: int
    temperature: float = 0.0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token ids of a task; ``is_cut`` when lines of the buffer, or facts, did not fit.

    ``copies``: what stand-ins in the answer's text stand for, as pairs. ``begun``: what the answer
    has to write first, and does not show.
    """

    ids: tuple[int, ...]
    is_cut: bool = False
    copies: tuple[tuple[str, str], ...] = ()
    begun: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a step added to one answer.

    ``text`` may be empty while a character is incomplete. The last piece alone has a ``finish``:
    ``stop`` (end token, or a complete answer) or ``length`` (``max_new_tokens``, or no context
    left). ``completion_tokens`` counts all tokens of the answer so far. An upstream's last piece
    may say how many tokens the prompt had there.
    """

    text: str
    completion_tokens: int
    finish: Literal["stop", "length"] | None = None
    prompt_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One answer's part in a step: a piece, an error that ends it, or neither (prompt read)."""

    ticket: int
    piece: Piece | None = None
    error: Exception | None = None


ProgressReport: TypeAlias = Callable[[float, str], None]


class Engine(Protocol):
    """What is common to every engine; each passes one contract suite."""

    name: str
    model: str
    revision: str
    context_tokens_max: int
    facts_kind: FactsKind
    """Which ``facts`` of a task get into its prompt; where none, nobody needs to find them."""

    def load(self, report: ProgressReport) -> None:
        """Load the model, reporting progress 0..1 with a word on what happens.

        Raises ModelFormatError or UpstreamError.
        """
        ...

    def prompt(self, task: Task, max_new_tokens: int) -> Prompt:
        """The task as token ids, cut at line borders to leave room for the answer.

        User text can never produce a special token. Any thread may call it. Raises
        PromptTooLongError and EngineNotReadyError.
        """
        ...


class LocalEngine(Engine, Protocol):
    """A model in this process. One thread at a time may add, step and remove."""

    rows_max: int
    """How many answers it can write at once."""

    def add(self, prompt: Prompt, task: Task, sampling: Sampling) -> int:
        """Take up an answer and return its ticket. At most ``rows_max`` at once."""
        ...

    def step(self) -> list[Progress]:
        """Do the next small piece of work; every answer that it was done for is in the list.

        An answer with a ``finish`` or an ``error`` is gone from the engine. After an exception
        every answer is lost: ``reset`` before going on.
        """
        ...

    def remove(self, ticket: int) -> None:
        """Drop an answer; a ticket that is gone already is ignored."""
        ...

    def reset(self) -> None:
        """Drop every answer and all that was read, without asking the model for anything."""
        ...


@runtime_checkable
class UpstreamEngine(Engine, Protocol):
    """Another server. Its methods belong to one event loop, but for ``load`` and ``prompt``."""

    requests_max: int
    """How many requests it is asked at once."""

    def stream(self, prompt: Prompt, task: Task, sampling: Sampling) -> AsyncGenerator[Piece, None]:
        """Pieces until one has a ``finish``; closing it closes the upstream's request.

        Raises UpstreamError, before or after pieces.
        """
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...
