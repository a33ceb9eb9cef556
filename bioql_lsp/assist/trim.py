"""Cuts from an answer what stands around the cursor already, and what goes beyond its place."""

from __future__ import annotations

import re

from bioql_lsp.assist.context import Place
from bioql_lsp.assist.lexical import Literal, token_at
from bioql_lsp.text import Document

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_OPENERS = {"(": ")", "[": "]", "{": "}"}
_WORD = re.compile(r"\w")
_REPEATED_BEFORE_MIN = 4
_WORD_CHARACTERS_MIN = 3


def trim(answer: str, document: Document, offset: int, place: Place) -> str:
    """The part of an answer worth showing at ``offset``; empty when there is none.

    The result is a piece of the answer, with the document's line ends.
    """
    line = document.line_span(document.position(offset).line)
    before = document.text[line.start : offset]
    rest = document.text[offset : line.end].rstrip()
    lines = _LINE_BREAK.split(answer)
    if place.is_one_line:
        lines = lines[:1]
    lines[0] = _without_repeated_start(lines[0], before)
    if place is Place.SENTENCE:
        lines[0] = _up_to_quote(lines[0], document, offset)
    else:
        lines = without_repeated_end("\n".join(lines), rest).split("\n")
    lines = _without_lines_below(lines, before, _lines_below(document, line.end))
    text = document.newline.join(lines)
    if not text.strip():
        return ""
    return text if rest else text.rstrip()


def without_repeated_end(answer: str, rest: str) -> str:
    """The answer without an end that repeats the beginning of the rest of the line.

    Brackets and quotes alone are cut only where the answer closes more than it opened.
    """
    for count in range(min(len(answer), len(rest)), 0, -1):
        overlap = rest[:count]
        if not answer.endswith(overlap):
            continue
        kept = answer[:-count]
        if _is_wordy(overlap) or _closes_too_much(answer, kept):
            return kept
    return answer


def _is_wordy(text: str) -> bool:
    return len(_WORD.findall(text)) >= _WORD_CHARACTERS_MIN


def _closes_too_much(answer: str, kept: str) -> bool:
    """Whether what ``kept`` leaves out closes only what the answer had not opened."""
    excess, opened = _balance(answer)
    kept_excess, kept_opened = _balance(kept)
    return kept_excess < excess and kept_opened == opened


def _balance(text: str) -> tuple[int, int]:
    """Brackets closed but not opened (and a quote left open), and brackets opened only."""
    stack: list[str] = []
    excess = 0
    quote = ""
    is_escaped = False
    for character in text:
        if quote:
            is_end = character == quote and not is_escaped
            is_escaped = character == "\\" and not is_escaped
            quote = "" if is_end else quote
        elif character in "\"'":
            quote = character
        elif character in _OPENERS:
            stack.append(_OPENERS[character])
        elif character in ")]}":
            if stack and stack[-1] == character:
                stack.pop()
            else:
                excess += 1
    return excess + bool(quote), len(stack)


def _without_repeated_start(first_line: str, before: str) -> str:
    typed = before.strip()
    if len(typed) >= _REPEATED_BEFORE_MIN and first_line.strip().startswith(typed):
        return first_line[first_line.index(typed) + len(typed) :]
    return first_line


def _up_to_quote(line: str, document: Document, offset: int) -> str:
    """A sentence ends at its closing quote when that stands behind the cursor already."""
    literal = token_at(document.text, offset)
    if not isinstance(literal, Literal) or not literal.is_closed:
        return line
    end = re.search(rf"(?<!\\){literal.quote}", line)
    line = line[: end.start()] if end else line
    return without_repeated_end(line, document.text[offset : literal.content.end])


def _lines_below(document: Document, line_end: int) -> list[str]:
    return [line.rstrip() for line in _LINE_BREAK.split(document.text[line_end:])[1:]]


def _without_lines_below(lines: list[str], before: str, below: list[str]) -> list[str]:
    """The lines without a tail that repeats the next lines of the document, blank ones aside."""
    expected = [line for line in below if line.strip()]
    whole = [before + lines[0], *lines[1:]]
    for start in range(len(lines)):
        tail = [line.rstrip() for line in whole[start:] if line.strip()]
        if not tail or not lines[start].strip() or tail != expected[: len(tail)]:
            continue
        answer, kept = "\n".join(lines), "\n".join(lines[:start])
        if _is_wordy("".join(tail)) or _closes_too_much(answer, kept):
            return lines[:start] or [""]
    return lines
