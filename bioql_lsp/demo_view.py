"""How ``bioql-lsp demo`` looks on a terminal."""

from __future__ import annotations

import difflib
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from bioql_lsp.demo import DemoReport

COMPLETIONS_SHOWN_MAX = 8
_LSP_SEVERITIES = {
    1: ("error", "bold red"),
    2: ("warning", "yellow"),
    3: ("information", "cyan"),
    4: ("hint", "dim"),
}


def show(
    report: DemoReport, sample: str, instruction: str, inline_before: str, console: Console
) -> None:
    """Print a report, one panel a step."""
    console.print(Rule("[bold]BioQL LSP: the main job, end to end"))
    console.print(_code("The file you open", sample, line_numbers=True))
    console.print(_diagnostics(report))
    console.print(_completions(report))
    console.print(_fix(report, sample))
    console.print(_code(f'bioql.generate: "{instruction}"', report.generated))
    console.print(_inline(report, inline_before))
    console.print(_money(report))


def _code(title: str, code: str, line_numbers: bool = False) -> Panel:
    syntax = Syntax(
        code.rstrip("\n"),
        "python",
        line_numbers=line_numbers,
        background_color="default",
        word_wrap=True,
    )
    return Panel(syntax, title=title, title_align="left", border_style="blue")


def _diagnostics(report: DemoReport) -> Table:
    table = Table(title="What the server says about it", title_justify="left", expand=True)
    table.add_column("line", justify="right")
    table.add_column("code")
    table.add_column("severity")
    table.add_column("message", ratio=1)
    for diagnostic in report.diagnostics:
        name, style = _LSP_SEVERITIES[diagnostic.get("severity", 1)]
        line = str(diagnostic["range"]["start"]["line"] + 1)
        table.add_row(line, diagnostic["code"], Text(name, style), Text(diagnostic["message"]))
    return table


def _completions(report: DemoReport) -> Table:
    title = 'Completion inside backend="..."'
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column("backend")
    table.add_column("what it is and costs", ratio=1)
    for item in report.completion[:COMPLETIONS_SHOWN_MAX]:
        table.add_row(item["label"], Text(item["detail"] or ""))
    hidden = len(report.completion) - COMPLETIONS_SHOWN_MAX
    if hidden > 0:
        table.add_row("...", f"and {hidden} more")
    return table


def _fix(report: DemoReport, sample: str) -> Panel:
    lines = difflib.unified_diff(sample.splitlines(), report.fixed.splitlines(), lineterm="", n=9)
    body = "\n".join(list(lines)[3:])
    syntax = Syntax(body, "diff", background_color="default", word_wrap=True)
    title = f"The file after the quick fix: {report.fix_title}"
    return Panel(syntax, title=title, title_align="left", border_style="green")


def _inline(report: DemoReport, inline_before: str) -> Panel:
    before = Text(inline_before.rstrip(" "), "dim")
    indent = " " * (len(inline_before) - len(inline_before.rstrip(" ")))
    ghost = Text(indent + report.inline if report.inline else "(nothing was offered)", "green")
    title = "Inline completion (green)"
    return Panel(Group(Text.assemble(before, ghost)), title=title, title_align="left")


def _money(report: DemoReport) -> Table:
    table = Table(title="What it cost", title_justify="left")
    table.add_column("")
    table.add_column("USD", justify="right")
    table.add_row("balance before", report.balance_before_usd)
    for name, cost in zip(("generate", "inline completion"), report.costs_usd, strict=False):
        table.add_row(name, f"-{Decimal(cost):f}")
    table.add_row("[bold]balance after", f"[bold]{report.balance_after_usd}")
    return table
