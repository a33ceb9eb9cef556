"""The subcommands of ``bioql-lsp`` other than the server."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bioql_lsp import __version__
from bioql_lsp.analysis import reports
from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import rules as all_rules
from bioql_lsp.checking import Checker
from bioql_lsp.doctor_command import doctor
from bioql_lsp.explain_command import explain
from bioql_lsp.sources import Source, SourceError, find, read, write
from bioql_lsp.text import Document

EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNUSABLE = 0, 1, 2


class FindingsFormat(StrEnum):
    """How ``check`` prints what it finds."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class RulesFormat(StrEnum):
    """How ``rules`` prints the rules."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class DemoFormat(StrEnum):
    """How ``demo`` prints what happens."""

    TEXT = "text"
    JSON = "json"


def _usable_version(version: str | None) -> str | None:
    if version is not None and not re.fullmatch(r"\d+(\.\d+)*([a-z.+-][\w.+-]*)?", version):
        raise typer.BadParameter(f"{version!r} is no version; write it like {NEWEST}")
    return version


Paths = Annotated[list[Path], typer.Argument(metavar="PATH")]
BioqlVersion = Annotated[
    str | None,
    typer.Option(
        "--bioql-version",
        callback=_usable_version,
        help="The BioQL version to check against. Without it: what the project's pyproject.toml "
        f"says, else what is installed in its environment, else {NEWEST}.",
    ),
]
app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Check and fix BioQL programs. Editors start the server with --stdio or --tcp.",
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"bioql-lsp {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Check and fix BioQL programs. Editors start the server with --stdio or --tcp."""


@app.command()
def check(
    paths: Paths,
    output_format: Annotated[FindingsFormat, typer.Option("--format")] = FindingsFormat.TEXT,
    bioql_version: BioqlVersion = None,
) -> None:
    """List what is wrong with BioQL programs; exit status 1 where something is."""
    sources, is_unusable = _read_all(paths)
    checker = Checker(bioql_version, _say)
    checked = [(str(s.path), Document(s.text), checker.findings(s)) for s in sources]
    if output_format is FindingsFormat.JSON:
        sys.stdout.write(reports.findings_as_json(checked))
    elif output_format is FindingsFormat.SARIF:
        sys.stdout.write(reports.findings_as_sarif(checked, all_rules()))
    elif checked or not is_unusable:
        sys.stdout.write(reports.findings_as_text(checked))
    found = [finding for _, _, findings in checked for finding in findings]
    is_clean = all(finding.severity is Severity.INFORMATION for finding in found)
    raise typer.Exit(EXIT_UNUSABLE if is_unusable else EXIT_CLEAN if is_clean else EXIT_FINDINGS)


@app.command()
def fix(
    paths: Paths,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")] = False,
    bioql_version: BioqlVersion = None,
) -> None:
    """Apply every fix that needs no choice."""
    sources, is_unusable = _read_all(paths)
    checker = Checker(bioql_version, _say)
    changed = [(s, new) for s in sources if (new := checker.fixed(s)) != s.text]
    for source, fixed in changed:
        if diff:
            sys.stdout.write(_diff(source, fixed))
            continue
        try:
            write(source, fixed)
            sys.stdout.write(f"Fixed {source.path}\n")
        except SourceError as error:
            is_unusable = _tell(error)
    if not changed and not is_unusable:
        sys.stderr.write("Nothing to fix.\n")
    raise typer.Exit(EXIT_UNUSABLE if is_unusable else EXIT_CLEAN)


@app.command()
def rules(
    output_format: Annotated[RulesFormat, typer.Option("--format")] = RulesFormat.TEXT,
) -> None:
    """List the rules."""
    shown = {
        RulesFormat.TEXT: reports.rules_as_text,
        RulesFormat.JSON: reports.rules_as_json,
        RulesFormat.MARKDOWN: reports.rules_as_markdown,
    }
    sys.stdout.write(shown[output_format](all_rules()))


app.command()(explain)
app.command()(doctor)


@app.command(name="demo")
def run_demo(
    output_format: Annotated[DemoFormat, typer.Option("--format")] = DemoFormat.TEXT,
) -> None:
    """Run the main job on this machine: worker, ledger and server together."""
    from bioql_lsp import demo  # noqa: PLC0415 - check and fix work without a worker installed

    raise typer.Exit(demo.run(str(output_format)))


def _diff(source: Source, fixed: str) -> str:
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (source.text, fixed))
    path = str(source.path)
    lines = difflib.unified_diff(before, after, path, path)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _read_all(paths: Iterable[Path]) -> tuple[list[Source], bool]:
    """The readable files, and whether something was not; what was not is told on stderr."""
    sources: dict[Path, Source] = {}
    is_unusable = False
    for path in paths:
        try:
            files = list(find(path))
        except SourceError as error:
            files, is_unusable = [], _tell(error)
        for file in files:
            try:
                sources.setdefault(file.resolve(), read(file))
            except SourceError as error:
                is_unusable = _tell(error)
    return list(sources.values()), is_unusable


def _tell(error: Exception) -> bool:
    """Say on stderr what is wrong with a file."""
    _say(str(error))
    return True


def _say(message: str) -> None:
    sys.stderr.write(f"bioql-lsp: {message}\n")
