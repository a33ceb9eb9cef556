"""``textDocument/hover``: what a name, an argument or a sentence of BioQL's really is."""

from __future__ import annotations

import asyncio
import re

from lsprotocol import types

from bioql_lsp.analysis.api.docstrings import docstring
from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.hover import Hover
from bioql_lsp.analysis.hover import hover as hover_at
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.session import Session, Snapshot

_BLOCK = re.compile(r"^`{3,}\w*\n(.*?)\n`{3,}$", re.MULTILINE | re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"(`+) ?(.+?) ?\1")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~])")


async def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What is known about a place; None where BioQL is not involved."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return None
    offset = snapshot.positions.offset(params.position)
    about = await session.analyse(hover_at, await analysis(session, snapshot), offset)
    if about is None:
        return None
    text = await _documentation(session, snapshot, about)
    return types.Hover(
        contents=_content(session, about.markdown, text),
        range=snapshot.positions.range(about.span),
    )


async def _documentation(session: Session, snapshot: Snapshot, about: Hover) -> str | None:
    """The docstring in the user's installation; a file may have to be read for it."""
    installed = session.installed
    if about.documented is None or installed is None:
        return None
    index = load(snapshot.options.version)
    return await asyncio.to_thread(docstring, installed, about.documented, index)


def _content(session: Session, markdown: str, documentation: str | None) -> types.MarkupContent:
    if session.client.has_markdown_hover:
        shown = f"{markdown}\n\n{_fenced(documentation)}" if documentation else markdown
        return types.MarkupContent(types.MarkupKind.Markdown, shown)
    plain = as_plain(markdown)
    shown = f"{plain}\n\n{documentation}" if documentation else plain
    return types.MarkupContent(types.MarkupKind.PlainText, shown)


def _fenced(text: str) -> str:
    """A text that is shown as it is written, whatever is in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def as_plain(markdown: str) -> str:
    """Our own Markdown without its marks."""
    pieces = _BLOCK.split(markdown)
    # Every second piece is a block's inside, which is shown as it is.
    pieces[::2] = map(_without_marks, pieces[::2])
    return "".join(pieces)


def _without_marks(text: str) -> str:
    pieces = _CODE.split(_BOLD.sub(r"\1", text))
    # Text, the marks around a code span, the span's inside, and so on.
    pieces[::3] = (_ESCAPED.sub(r"\1", piece) for piece in pieces[::3])
    pieces[1::3] = [""] * len(pieces[1::3])
    return "".join(pieces)
