"""What is told about a name: our own Markdown, and below it the docstring of the user's BioQL."""

from __future__ import annotations

import asyncio
import re

from lsprotocol import types

from bioql_lsp.analysis.api.docstrings import docstring
from bioql_lsp.analysis.api.load import load
from bioql_lsp.server.session import Session

_BLOCK = re.compile(r"^`{3,}\w*\n(.*?)\n`{3,}$", re.MULTILINE | re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"(`+) ?(.+?) ?\1")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~])")
_FENCE = re.compile(r"`+")


async def docstring_of(session: Session, version: str, dotted: str | None) -> str | None:
    """The docstring of a name in the user's installation; a file may have to be read for it."""
    if dotted is None or session.installed is None:
        return None
    return await asyncio.to_thread(docstring, session.installed, dotted, load(version))


def markup(markdown: str, text: str | None, *, is_markdown: bool) -> types.MarkupContent:
    """Our Markdown and a docstring as it is written, in the format that the client shows."""
    if is_markdown:
        shown = f"{markdown}\n\n{_fenced(text)}" if text else markdown
        return types.MarkupContent(types.MarkupKind.Markdown, shown)
    plain = as_plain(markdown)
    shown = f"{plain}\n\n{text}" if text else plain
    return types.MarkupContent(types.MarkupKind.PlainText, shown)


def as_plain(markdown: str) -> str:
    """Our own Markdown without its marks."""
    pieces = _BLOCK.split(markdown)
    # Every second piece is a block's inside, which is shown as it is.
    pieces[::2] = map(_without_marks, pieces[::2])
    return "".join(pieces)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _FENCE.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _without_marks(text: str) -> str:
    pieces = _CODE.split(_BOLD.sub(r"\1", text))
    # Text, the marks around a code span, the span's inside, and so on.
    pieces[::3] = (_ESCAPED.sub(r"\1", piece) for piece in pieces[::3])
    pieces[1::3] = [""] * len(pieces[1::3])
    return "".join(pieces)
