"""The compiled circuit as a standalone SVG picture, for light and dark screens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from bioql_lsp.analysis.program.layout import CONTROL, NEGATED, SWAPPED, Layout, Placed, arranged
from bioql_lsp.analysis.program.model import Compiled, readable

WIRES_MAX = 64
COLUMNS_MAX = 200
_TITLE_CHARACTERS_MAX = 300
_LINE_CHARACTERS_MIN = 60
_ROW_PX, _MARGIN_PX, _GAP_PX, _BOX_PX, _CHARACTER_PX = 44, 16, 12, 30, 8
_LINE_PX, _TEXT_CHARACTER_PX = 20, 9
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = """
svg { color: #1f2328; --paper: #ffffff; --box: #ddf4ff; background: var(--paper); }
@media (prefers-color-scheme: dark) {
  svg { color: #e6edf3; --paper: #0d1117; --box: #1f3a5f; }
}
text { fill: currentColor; font: 14px ui-monospace, monospace; }
.mid { text-anchor: middle; dominant-baseline: central; }
.wire, .link, .ring { stroke: currentColor; fill: none; }
.wire { opacity: 0.5; }
.box { fill: var(--box); stroke: currentColor; }
.ring { fill: var(--paper); }
.dot { fill: currentColor; }
"""


def to_svg(compiled: Compiled) -> str:
    """A picture of at most 64 wires and 200 columns; it says what is left out."""
    title = _shortened(compiled.text)
    if compiled.error is not None:
        return _page(title, [compiled.error])
    if compiled.is_truncated:
        count = readable(compiled.operation_count)
        return _page(title, [f"{count} operations are too many to draw."])
    layout = arranged(compiled, WIRES_MAX, COLUMNS_MAX)
    heads = [f"q{readable(qubit)}" for qubit in layout.qubits]
    left = _MARGIN_PX + _CHARACTER_PX * max(map(len, heads), default=0) + _GAP_PX
    centres, right = _columns(layout, left)
    body = [
        line for wire, head in enumerate(heads) for line in _wire(head, _height(wire), left, right)
    ]
    for one in layout.placed:
        body += _gate(one, centres[one.column])
    notes = [layout.left_out] if layout.left_out else []
    return _page(title, notes, body, right, len(heads))


def _columns(layout: Layout, left: int) -> tuple[list[int], int]:
    """The middle of each column and the right end, in pixels."""
    widths = [_BOX_PX] * layout.num_columns
    for one in layout.placed:
        longest = max(len(label) for _, label in one.labels)
        widths[one.column] = max(widths[one.column], longest * _CHARACTER_PX + _GAP_PX)
    centres, at = [], left
    for width in widths:
        centres.append(at + _GAP_PX // 2 + width // 2)
        at += width + _GAP_PX
    return centres, at


def _height(wire: int) -> int:
    return _MARGIN_PX + 3 * _GAP_PX + wire * _ROW_PX + _ROW_PX // 2


def _wire(head: str, y: int, left: int, right: int) -> Iterator[str]:
    yield f'<text x="{_MARGIN_PX}" y="{y}" dominant-baseline="central">{head}</text>'
    yield f'<line class="wire" x1="{left}" y1="{y}" x2="{right}" y2="{y}"/>'


def _gate(one: Placed, x: int) -> Iterator[str]:
    if one.top < one.bottom:
        top, bottom = _height(one.top), _height(one.bottom)
        yield f'<line class="link" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>'
    for wire, label in one.labels:
        yield _symbol(label, x, _height(wire))


def _symbol(label: str, x: int, y: int) -> str:
    if label == CONTROL:
        return f'<circle class="dot" cx="{x}" cy="{y}" r="5"/>'
    if label == NEGATED:
        cross = f"M{x - 11} {y}H{x + 11}M{x} {y - 11}V{y + 11}"
        return f'<circle class="ring" cx="{x}" cy="{y}" r="11"/><path class="link" d="{cross}"/>'
    if label == SWAPPED:
        cross = f"M{x - 6} {y - 6}L{x + 6} {y + 6}M{x - 6} {y + 6}L{x + 6} {y - 6}"
        return f'<path class="link" d="{cross}"/>'
    width = max(_BOX_PX, len(label) * _CHARACTER_PX + _GAP_PX)
    corner = f'x="{x - width // 2}" y="{y - _BOX_PX // 2}"'
    box = f'<rect class="box" {corner} width="{width}" height="{_BOX_PX}" rx="4"/>'
    return f'{box}<text class="mid" x="{x}" y="{y}">{label}</text>'


def _page(
    title: str, notes: list[str], body: Sequence[str] = (), right: int = 0, wires: int = 0
) -> str:
    columns = max(_LINE_CHARACTERS_MIN, right // _TEXT_CHARACTER_PX)
    above = wrap(title, columns)
    below = [line for note in notes for line in wrap(note, columns)]
    # The last line of the title stands where that of a short one does, the others above it.
    top = -_LINE_PX * max(0, len(above) - 1)
    bottom = _height(wires)
    longest = max(map(len, (*above, *below)), default=0)
    width = max(right + _MARGIN_PX, 2 * _MARGIN_PX + _TEXT_CHARACTER_PX * longest)
    height = bottom - top + len(below) * _LINE_PX
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{_escaped(title)}</title>",
        f"<style>{_STYLE}</style>",
        *_text(above, top + _MARGIN_PX + _GAP_PX),
        *body,
        *_text(below, bottom),
    ]
    return "\n".join([*lines, "</svg>", ""])


def _text(lines: list[str], y: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f'<text x="{_MARGIN_PX}" y="{y + number * _LINE_PX}">{_escaped(line)}</text>'


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _TITLE_CHARACTERS_MAX:
        return words
    return words[: _TITLE_CHARACTERS_MAX - 1] + "…"


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
