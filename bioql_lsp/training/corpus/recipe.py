"""A recipe: how people ask for one thing, and the program that does it.

    Recipe(
        "adme",
        says=("(predict|compute) [the] ADME [profile] of {molecule}", ...),
        says_es=("(predice|calcula) el ADME de {molecule}", ...),
        code='''from bioql import predict_adme_local

    adme = predict_adme_local("<<molecule>>")
    print(adme.oral_bioavailability, adme.bbb_permeant)
    ''',
    )

``{name}`` in a phrasing and ``<<name>>`` in the code are the same slot: what the request says and
what the code holds. A slot is looked up in the recipe's own ``slots``, then in ``slots.SLOTS`` by
its name without digits at its end, so ``{molecule2}`` is another molecule. Where a drawn phrasing
lacks a slot, the code gets ``defaults[name]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bioql_lsp.training.corpus.patterns import SlotName, expand
from bioql_lsp.training.corpus.split import Draw, Language, Split, split_of

_MARK = re.compile(r"<<(\w+)>>")


@dataclass(frozen=True, slots=True)
class Said:
    """A slot's value: as the request says it, and as the code holds it.

    ``is_exact``: its letters count, so no typing slip may touch them.
    """

    said: str
    written: str
    is_exact: bool = False


Slot: TypeAlias = Callable[[Draw], Said]
Segment: TypeAlias = tuple[str, bool]
"""A piece of a request, and whether its letters count."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One thing to ask for. ``weight``: how often, beside the others."""

    name: str
    says: tuple[str, ...]
    says_es: tuple[str, ...]
    code: str
    slots: Mapping[str, Slot] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0
    is_run: bool = False
    """Whether backend, shots and handling of the result are drawn and said as well."""

    def phrasings(self, language: Language, split: Split) -> list[str]:
        """The patterns of a language that belong to a part of the corpus."""
        patterns = self.says_es if language == "es" else self.says
        return [pattern for pattern in patterns if split_of(f"{self.name}: {pattern}") == split]

    @property
    def slot_names(self) -> list[str]:
        """The slots of the code, in their order."""
        return list(dict.fromkeys(_MARK.findall(self.code)))


@dataclass(frozen=True, slots=True)
class Sample:
    """A request in pieces, with its program."""

    recipe: str
    request: tuple[Segment, ...]
    code: str
    language: Language
    phrasing: str = ""

    @property
    def text(self) -> str:
        """The request as one line."""
        return "".join(piece for piece, _ in self.request)


def option(*choices: tuple[str, str, str]) -> Slot:
    """A closed set of (written, English pattern, Spanish pattern)."""

    def slot(draw: Draw) -> Said:
        written, english, spanish = draw.choose(choices)
        pattern = draw.local(english, spanish)
        said = "".join(str(piece) for piece in expand(pattern, draw.rng))
        return Said(" ".join(said.split()), written)

    return slot


def fill_request(
    pattern: str, draw: Draw, find: Callable[[str], Slot]
) -> tuple[list[Segment], dict[str, str]]:
    """A phrasing with its slots filled: its pieces, and what the code holds for each slot."""
    pieces: list[Segment] = []
    written: dict[str, str] = {}
    for node in expand(pattern, draw.rng):
        if isinstance(node, SlotName):
            value = find(node.name)(draw)
            written[node.name] = value.written
            pieces.append((value.said, value.is_exact))
        else:
            pieces.append((node, False))
    return tidy(pieces), written


def tidy(pieces: Sequence[Segment]) -> list[Segment]:
    """The pieces without doubled spaces, and without any at either end."""
    out: list[Segment] = []
    ends_in_space = True
    for text, is_exact in pieces:
        kept = text if is_exact else re.sub(r" +", " ", text)
        if ends_in_space and not is_exact:
            kept = kept.lstrip(" ")
        if kept:
            out.append((kept, is_exact))
            ends_in_space = kept.endswith(" ")
    if out and not out[-1][1]:
        out[-1] = (out[-1][0].rstrip(" "), False)
    return out


def fill_code(code: str, written: Mapping[str, str]) -> str:
    """The code with its marks replaced. Raises KeyError for a slot without a value."""
    return _MARK.sub(lambda mark: written[mark[1]], code)
