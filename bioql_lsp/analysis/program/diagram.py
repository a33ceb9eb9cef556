"""The compiled circuit as text, for hovers and terminals."""

from __future__ import annotations

from bioql_lsp.analysis.program.layout import Layout, arranged
from bioql_lsp.analysis.program.model import Compiled, readable

WIRES_MAX = 12
COLUMNS_MAX = 20


def to_text(compiled: Compiled, columns_max: int = COLUMNS_MAX) -> str:
    """A drawing of at most 12 wires; it says what is left out. Empty where there is no circuit."""
    if compiled.error is not None:
        return ""
    if compiled.is_truncated:
        return f"{readable(compiled.operation_count)} operations are too many to draw."
    layout = arranged(compiled, WIRES_MAX, columns_max)
    lines = _drawn(layout)
    return "\n".join([*lines, layout.left_out] if layout.left_out else lines)


def _drawn(layout: Layout) -> list[str]:
    labels = {(one.column, wire): label for one in layout.placed for wire, label in one.labels}
    crossed = {(one.column, wire) for one in layout.placed for wire in range(one.top, one.bottom)}
    widths = [1] * layout.num_columns
    for (column, _), label in labels.items():
        widths[column] = max(widths[column], len(label))
    heads = [f"q{readable(qubit)}" for qubit in layout.qubits]
    head_width = max(map(len, heads), default=0)
    lines = []
    for wire, head in enumerate(heads):
        cells = (
            labels.get((column, wire), _passing(column, wire, crossed)).center(width, "─")
            for column, width in enumerate(widths)
        )
        lines.append(f"{head.ljust(head_width)} ─{'─'.join(cells)}─")
        below = ("│" if (column, wire) in crossed else " " for column in range(len(widths)))
        links = " ".join(cell.center(width) for cell, width in zip(below, widths, strict=True))
        if links.strip():
            lines.append(f"{' ' * head_width}  {links}".rstrip())
    return lines


def _passing(column: int, wire: int, crossed: set[tuple[int, int]]) -> str:
    return "┼" if (column, wire) in crossed else "─"
