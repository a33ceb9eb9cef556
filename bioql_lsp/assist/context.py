"""What a request may send of a document, and whether it should be made at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bioql_lsp.assist.lexical import Comment, Literal, token_at
from bioql_lsp.assist.masking import Masked, mask
from bioql_lsp.text import Document, Span

PREFIX_CHARACTERS_MAX = 8_000
SUFFIX_CHARACTERS_MAX = 2_000
WINDOW_CHARACTERS_MAX = 24_000
_IMPORTS_CHARACTERS_MAX = 2_000

_BIOQL_IMPORT = re.compile(
    r"^(?:from\s+bioql\b[\w.]*\s+import\s+(?:\([^)]*\)|[^\r\n]*)|import\s+bioql\b[^\r\n]*)",
    re.MULTILINE,
)
_PROGRAM_BEFORE = re.compile(
    r"\b\w*(?:quantum|compile_english_to_qasm|parse_english_to_circuit|parse_to_circuit)"
    r"\s*\(\s*(?:(?:program|description)\s*=\s*)?[rRbBuUfF]{0,2}\Z"
)
_SUBJECT = re.compile(r"bioql|\bquantum\b", re.IGNORECASE)
_REST_OF_LINE = re.compile(r"""[\s\])}'",:;]*(?:\#.*)?\Z""")
_AMONG_ARGUMENTS = ("(", "[", "{", ",")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Place(StrEnum):
    """What an answer at a place may be."""

    NOTHING = "nothing"
    LINE = "line"
    BLOCK = "block"
    SENTENCE = "sentence"

    @property
    def is_one_line(self) -> bool:
        """Whether an answer must end with the line it begins on."""
        return self in (Place.LINE, Place.SENTENCE)


@dataclass(frozen=True, slots=True)
class Hole:
    """A place to fill: masked and cut text around it, and what gives an answer its keys back."""

    prefix: str
    suffix: str
    place: Place
    masked: Masked


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a document that can be sent, masked, with a span of it in both countings."""

    text: str
    target: Span
    masked: Masked
    shift: int = 0

    def offset(self, original_offset: int) -> int:
        """Where an offset of the document lies in ``text``, or the end of it that is nearer."""
        return min(max(self.masked.offset(original_offset) + self.shift, 0), len(self.text))

    def restore(self, code: str) -> str:
        """An answer with its keys back."""
        return self.masked.restore(code)


def hole_at(document: Document, offset: int, is_explicit: bool = False) -> Hole:
    """What to send for an inline completion at ``offset``."""
    masked = mask(document.text)
    place = place_at(document, offset, is_explicit)
    if any(span.start <= offset <= span.end for span in masked.spans):
        place = Place.NOTHING
    at = masked.offset(offset)
    return Hole(_prefix(masked.text[:at]), _suffix(masked.text[at:]), place, masked)


def place_at(document: Document, offset: int, is_explicit: bool = False) -> Place:
    """Whether and how much to suggest at ``offset``; an explicit request asks in more places."""
    line = document.line_span(document.position(offset).line)
    before = document.text[line.start : offset]
    after = document.text[offset : line.end]
    token = token_at(document.text, offset)
    if isinstance(token, Literal):
        return _place_in_literal(document.text, token)
    if isinstance(token, Comment):
        return Place.BLOCK if is_explicit and not after.strip() else Place.NOTHING
    if not is_explicit and not _SUBJECT.search(document.text):
        return Place.NOTHING
    if after.strip() and not _REST_OF_LINE.match(after):
        is_in_word = after[0].isalnum() or after[0] == "_"
        return Place.LINE if is_explicit and not is_in_word else Place.NOTHING
    if before.strip() or after.strip():
        # A call is often written over several lines.
        return Place.BLOCK if before.rstrip().endswith(_AMONG_ARGUMENTS) else Place.LINE
    return Place.BLOCK if is_explicit or document.text[:offset].strip() else Place.NOTHING


def _place_in_literal(text: str, literal: Literal) -> Place:
    before = text[max(0, literal.span.start - 120) : literal.span.start]
    return Place.SENTENCE if _PROGRAM_BEFORE.search(before) else Place.NOTHING


def window_around(document: Document, span: Span) -> Window:
    """The document, or the lines around ``span`` that fit a request, with its keys masked."""
    masked = mask(document.text)
    target = Span(masked.offset(span.start), masked.offset(span.end))
    text = masked.text
    if len(text) <= WINDOW_CHARACTERS_MAX:
        return Window(text, target, masked)
    room = max(WINDOW_CHARACTERS_MAX - target.length, 0)
    start = _line_border_after(text, max(0, target.start - room * 2 // 3), target.start)
    end = _line_border_before(text, min(len(text), start + WINDOW_CHARACTERS_MAX), target.end)
    imports = _imports(text[:start])
    shift = len(imports) - start
    moved = Span(target.start + shift, target.end + shift)
    return Window(imports + text[start:end], moved, masked, shift)


def _prefix(text: str) -> str:
    if len(text) <= PREFIX_CHARACTERS_MAX:
        return text
    cut = _line_border_after(text, len(text) - PREFIX_CHARACTERS_MAX, len(text))
    return _imports(text[:cut]) + text[cut:]


def _suffix(text: str) -> str:
    if len(text) <= SUFFIX_CHARACTERS_MAX:
        return text
    return text[: _line_border_before(text, SUFFIX_CHARACTERS_MAX, 0)]


def _imports(text: str) -> str:
    """The BioQL imports of a part that is cut away: without them no name in the rest binds."""
    found = "".join(f"{match.group()}\n" for match in _BIOQL_IMPORT.finditer(text))
    return found if len(found) <= _IMPORTS_CHARACTERS_MAX else ""


def _line_border_after(text: str, wanted: int, last: int) -> int:
    """The first line start at or after ``wanted``, ``wanted`` itself if none is before ``last``."""
    if wanted == 0:
        return 0
    match = _LINE_BREAK.search(text, wanted - 1, last)
    return match.end() if match else wanted


def _line_border_before(text: str, wanted: int, first: int) -> int:
    """The last line start at or before ``wanted``, ``wanted`` itself if none is after ``first``."""
    if wanted >= len(text):
        return len(text)
    cut = max(text.rfind("\n", first, wanted), text.rfind("\r", first, wanted))
    return cut + 1 if cut >= 0 else wanted
