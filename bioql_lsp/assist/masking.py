"""Keys never leave the machine: what looks like one is replaced before a request is made.

Masked are the content of a string literal that is given to a name like ``api_key``, a literal that
has the shape of a random key, and well-known key shapes anywhere, comments included. An answer
that repeats a placeholder gets the original back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.assist.lexical import Literal, tokens
from bioql_lsp.text import Span

_SECRET_NAME = re.compile(
    r"""
    (?:api_?key|access_?key|token(?!iz)|secret|passw(?:or)?d|bearer|credential|authorization)
    \w*
    (?:
        ["']?\]?\s*                   # the name as a key of a dictionary
        (?::\s*[\w.\[\] |]+?)?\s*    # an annotation
        [:=]\s*(?:[\w.]*\(\s*)?
      | ["']\s*,\s*                  # a default after the name: getenv("API_KEY", "...")
    )
    [rRbBuUfF]{0,2}\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_KEY_SHAPE = re.compile(
    r"\b(?:bioql_[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+|bql_[A-Za-z0-9_]{8,}|sk-[A-Za-z0-9_-]{8,}"
    r"|hf_[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
    r"|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}"
    r"|AIza[0-9A-Za-z_-]{30,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)"
)
_RANDOM_SHAPE = re.compile(r"[A-Za-z0-9_+/=-]{24,}\Z")
_RANDOM_DIGITS_MIN = 4
_NAME_LOOKBACK = 100
_QUOTED_LENGTH_MIN = 6


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose keys are placeholders; ``spans`` are their places in the original."""

    text: str
    spans: tuple[Span, ...]
    placeholders: tuple[str, ...]
    originals: tuple[str, ...]
    stem: str

    def offset(self, original_offset: int) -> int:
        """Where an offset of the original lies in ``text``; inside a key is the key's start."""
        index = bisect_right(self.spans, original_offset, key=lambda span: span.start)
        shift = sum(
            len(mask) - span.length
            for mask, span in zip(self.placeholders[:index], self.spans[:index], strict=True)
        )
        if index and original_offset < self.spans[index - 1].end:
            last = self.spans[index - 1]
            before = shift - (len(self.placeholders[index - 1]) - last.length)
            return last.start + before
        return original_offset + shift

    def hide(self, other: str) -> str:
        """Another text (an instruction, a message) without the keys that it may quote."""
        for original, placeholder in zip(self.originals, self.placeholders, strict=True):
            if len(original) >= _QUOTED_LENGTH_MIN:
                other = other.replace(original, placeholder)
        return _KEY_SHAPE.sub(lambda found: _shown(found.group(), self.stem), other)

    def restore(self, code: str) -> str:
        """An answer with the original in place of every placeholder that it repeats."""
        found = dict(zip(self.placeholders, self.originals, strict=True))
        return re.sub(
            re.escape(self.stem) + r"[0-9]+_",
            lambda match: found.get(match.group(), match.group()),
            code,
        )


def mask(text: str) -> Masked:
    """The text with a placeholder in place of every key; equal keys share a placeholder."""
    stem = "masked_key_"
    while stem in text:
        stem = f"x{stem}"
    spans = tuple(_merged(sorted(_secret_spans(text))))
    originals = tuple(text[span.start : span.end] for span in spans)
    numbers = {original: number for number, original in enumerate(dict.fromkeys(originals), 1)}
    placeholders = tuple(f"{stem}{numbers[original]}_" for original in originals)
    pieces: list[str] = []
    cursor = 0
    for span, placeholder in zip(spans, placeholders, strict=True):
        pieces += [text[cursor : span.start], placeholder]
        cursor = span.end
    return Masked("".join([*pieces, text[cursor:]]), spans, placeholders, originals, stem)


def _secret_spans(text: str) -> Iterator[Span]:
    for match in _KEY_SHAPE.finditer(text):
        if _has_key_mark(match.group()):
            yield Span(match.start(), match.end())
    for token in tokens(text):
        if isinstance(token, Literal) and token.content.length and _is_secret(text, token):
            yield token.content


def _is_secret(text: str, literal: Literal) -> bool:
    before = text[max(0, literal.span.start - _NAME_LOOKBACK) : literal.span.start]
    if _SECRET_NAME.search(before):
        return True
    content = text[literal.content.start : literal.content.end]
    if not _RANDOM_SHAPE.match(content):
        return False
    digits = sum(character.isdigit() for character in content)
    return digits >= _RANDOM_DIGITS_MIN and any(character.islower() for character in content)


def _has_key_mark(found: str) -> bool:
    """A key holds a digit; ``bioql_something_else`` without one is a name in the code."""
    return any(character.isdigit() for character in found)


def _shown(found: str, stem: str) -> str:
    return f"{stem}0_" if _has_key_mark(found) else found


def _merged(spans: list[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in spans:
        if current is None or span.start >= current.end:
            if current is not None:
                yield current
            current = span
        else:
            current = Span(current.start, max(current.end, span.end))
    if current is not None:
        yield current
