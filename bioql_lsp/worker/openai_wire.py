"""The bodies of the OpenAI-compatible endpoints, as far as they mean something here.

Unknown fields of requests are ignored, as other servers of this API do. ``cost``, ``account``,
``verified`` and ``replayed`` are ours: clients of the API pass over them.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from bioql_lsp.wire import Account, Cost
from bioql_lsp.worker.engines.base import Infill, Instruct, Sampling
from bioql_lsp.worker.errors import invalid
from bioql_lsp.worker.said_numbers import with_digits

MAX_TOKENS_DEFAULT = 256
STOPS_MAX = 4

FinishReason: TypeAlias = Literal["stop", "length"]
StopText: TypeAlias = Annotated[str, Field(min_length=1, max_length=64)]


class StreamOptions(BaseModel):
    """``include_usage``: a last chunk of its own with the usage, and no choices."""

    include_usage: bool | None = False


class _Request(BaseModel):
    """What both endpoints know."""

    model_config = ConfigDict(extra="ignore")

    model: str = ""
    max_tokens: int | None = Field(None, ge=1, le=2048)
    max_completion_tokens: int | None = Field(None, ge=1, le=2048)
    temperature: float | None = Field(0.0, ge=0.0, le=2.0)
    seed: int | None = Field(None, ge=0, lt=2**63)
    n: int | None = Field(1, ge=1, le=1)
    stop: StopText | Annotated[list[StopText], Field(max_length=STOPS_MAX)] | None = None
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    def sampling(self) -> Sampling:
        """How to choose tokens."""
        max_tokens = self.max_completion_tokens or self.max_tokens or MAX_TOKENS_DEFAULT
        return Sampling(max_tokens, self.temperature or 0.0, self.seed)

    def stops(self) -> tuple[str, ...]:
        """Where the answer shall end."""
        return (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())

    @property
    def has_usage_chunk(self) -> bool:
        """Whether the usage comes in a chunk of its own."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)


class CompletionRequest(_Request):
    """``POST /v1/completions``; with a ``suffix`` the hole before it is filled."""

    prompt: str | Annotated[list[str], Field(min_length=1, max_length=1)]
    suffix: str | None = None

    def task(self) -> Infill:
        """What the engine shall do."""
        prompt = self.prompt if isinstance(self.prompt, str) else self.prompt[0]
        return Infill(prompt, self.suffix or "")


class TextPart(BaseModel):
    """A part of a message: text alone is understood."""

    type: Literal["text"]
    text: str


class ChatMessage(BaseModel):
    """What somebody said."""

    role: str
    content: str | list[TextPart] | None = None

    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, str):
            return self.content
        return "".join(part.text for part in self.content or ())


class ChatRequest(_Request):
    """``POST /v1/chat/completions``."""

    messages: list[ChatMessage] = Field(min_length=1)

    def task(self) -> Instruct:
        """What the engine shall do: one instruction of all that was said. Raises ServiceError."""
        instruction = "\n\n".join(text for message in self.messages if (text := message.text()))
        if not instruction.strip():
            raise invalid("messages: there is no text in them")
        return Instruct(with_digits(instruction))


class TokenUsage(BaseModel):
    """The tokens of a request."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Figures(BaseModel):
    """What a request used and cost; the text was not checked: ``verified`` is null."""

    usage: TokenUsage
    verified: None = None
    replayed: bool = Field(default=False, exclude_if=lambda is_replayed: not is_replayed)
    cost: Cost
    account: Account


class Chunk(BaseModel):
    """What begins every answer, whole or in pieces."""

    id: str
    created: int
    model: str


class TextChoice(BaseModel):
    """The answer to a completion."""

    index: Literal[0] = 0
    finish_reason: FinishReason | None
    text: str


class TextChunk(Chunk):
    """A piece of a completion; the last one has the figures, too."""

    object: Literal["text_completion"] = "text_completion"
    choices: list[TextChoice]


class Completion(Chunk, Figures):
    """A completion in one piece."""

    object: Literal["text_completion"] = "text_completion"
    choices: list[TextChoice]


class ChatAnswer(BaseModel):
    """What the model said."""

    role: Literal["assistant"] = "assistant"
    content: str


class ChatChoice(BaseModel):
    """The answer in a conversation."""

    index: Literal[0] = 0
    finish_reason: FinishReason
    message: ChatAnswer


class ChatCompletion(Chunk, Figures):
    """An answer in a conversation, in one piece."""

    object: Literal["chat.completion"] = "chat.completion"
    choices: list[ChatChoice]


class Said(BaseModel):
    """What the model goes on to say; the first piece tells its role."""

    role: Literal["assistant"] | None = Field(default=None, exclude_if=lambda role: role is None)
    content: str


class ChatDelta(BaseModel):
    """A piece of the answer in a conversation."""

    index: Literal[0] = 0
    finish_reason: FinishReason | None
    delta: Said


class ChatChunk(Chunk):
    """A piece of an answer in a conversation; the last one has the figures, too."""

    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    choices: list[ChatDelta]


class ServedModel(BaseModel):
    """A model."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["bioql"] = "bioql"


class ModelList(BaseModel):
    """``GET /v1/models``."""

    object: Literal["list"] = "list"
    data: list[ServedModel]
