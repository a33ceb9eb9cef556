"""What a name of BioQL's stands for: symbols, their parameters, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class Status(StrEnum):
    """What using a name gives, as far as it has been measured."""

    REAL = "real"
    """Computes its result from its input."""
    PLACEHOLDER = "placeholder"
    """Gives a constant or random result."""
    BROKEN = "broken"
    """Fails, always or in all but the case that the note names."""
    NONE = "none"
    """Bound to None."""
    UNKNOWN = "unknown"
    """Cannot be judged: unreadable, or it depends on the environment."""
    PLAIN = "plain"
    """Nothing special is known."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; its kind is one of the letters that ``signatures`` lists."""

    name: str
    kind: str
    annotation: str | None
    default: str | None

    @property
    def is_required(self) -> bool:
        """Whether a call has to give it."""
        return self.default is None and self.kind in "pak"

    def __str__(self) -> str:
        star = {"v": "*", "w": "**"}.get(self.kind, "")
        text = f"{star}{self.name}" + (f": {self.annotation}" if self.annotation else "")
        if self.default is None:
            return text
        return f"{text} = {self.default}" if self.annotation else f"{text}={self.default}"


@dataclass(frozen=True)
class Symbol:
    """What a dotted name stands for, after re-exports.

    ``kind`` is module, function, class, constant, method, property, attribute, none (bound to
    None), external (of another package) or unknown (a module that cannot be read).
    ``parameters`` are those of a call, None where they cannot be known. ``returns`` is the
    annotation of what a call gives, or of the value of a property or attribute;
    ``returns_class`` is the class of BioQL's that it names. ``module`` holds the definition;
    ``needs`` are distributions without which the name cannot be imported, or is None. The
    parameters of a method are those of a call on an instance; ``takes_self`` says that a call
    through the class passes the instance first (see ``unbound``).
    """

    dotted: str
    kind: str
    parameters: tuple[Parameter, ...] | None = None
    returns: str | None = None
    note: str = ""
    origin: tuple[str, str] | None = None
    returns_class: str | None = None
    status: Status = Status.PLAIN
    status_note: str = ""
    module: str = ""
    class_kind: str = ""
    needs: tuple[str, ...] = ()
    forwards_to: str | None = None
    is_async: bool = False
    takes_self: bool = False

    @property
    def unbound(self) -> Symbol:
        """The symbol as it is reached through its class, where a call passes ``self`` itself."""
        if not self.takes_self or self.parameters is None:
            return self
        first = Parameter("self", "a", None, None)
        return replace(self, parameters=(first, *self.parameters), takes_self=False)

    @property
    def name(self) -> str:
        """The last part of the dotted name."""
        return self.dotted.rpartition(".")[2]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of parameters that there are."""
        return frozenset(p.kind for p in self.parameters or ())

    @cached_property
    def positional_names(self) -> tuple[str, ...]:
        """The parameters that can be given by position, in order."""
        return tuple(p.name for p in self.parameters or () if p.kind in "pa")

    @cached_property
    def keyword_names(self) -> frozenset[str]:
        """The parameters that can be given by name."""
        return frozenset(p.name for p in self.parameters or () if p.kind in "ak")

    @cached_property
    def required_names(self) -> tuple[str, ...]:
        """The parameters that have to be given."""
        return tuple(p.name for p in self.parameters or () if p.is_required)

    @property
    def signature(self) -> str:
        """The name as one line: ``name(a: int, b: str = 'x') -> float``, ``name: str``."""
        if self.parameters is None:
            is_value = self.kind in {"property", "attribute"} and self.returns
            return f"{self.name}: {self.returns}" if is_value else self.name
        parts: list[str] = []
        for parameter in self.parameters:
            if parameter.kind == "k" and not any(p[0] == "*" for p in parts):
                parts.append("*")
            parts.append(str(parameter))
        return f"{self.name}({', '.join(parts)})" + (f" -> {self.returns}" if self.returns else "")
