"""The command ``bioql-lsp``: the server for editors, and its checks on the command line.

The server is dispatched before anything heavy is imported: an editor waits for its first answer.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import typer

    from bioql_lsp.sources import Source

_SERVER_OPTIONS = frozenset({"--stdio", "--tcp", "--ws"})
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


def main() -> None:
    """Run the command."""
    arguments = sys.argv[1:]
    if any(argument.partition("=")[0] in _SERVER_OPTIONS for argument in arguments[:1]):
        from bioql_lsp.server.main import run

        raise SystemExit(run(arguments))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    build_app()()


def build_app() -> typer.Typer:
    """The commands other than the server."""
    from pathlib import Path
    from typing import Annotated

    import typer

    from bioql_lsp.analysis.api.load import NEWEST

    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Check, fix and explain BioQL programs. Editors start it with --stdio or --tcp.",
    )
    paths_type = Annotated[list[Path], typer.Argument(metavar="PATH...")]
    version_type = Annotated[
        str, typer.Option("--bioql-version", help="The BioQL version to check against.")
    ]

    @app.callback(invoke_without_command=True)
    def common(
        version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ) -> None:
        if version:
            from bioql_lsp import __version__

            typer.echo(f"bioql-lsp {__version__}")
            raise typer.Exit

    @app.command(help="List what is wrong with BioQL programs. Exit status 1 where something is.")
    def check(
        paths: paths_type,
        output_format: Annotated[FindingsFormat, typer.Option("--format")] = FindingsFormat.TEXT,
        bioql_version: version_type = NEWEST,
    ) -> None:
        raise typer.Exit(run_check(paths, output_format, _usable_version(bioql_version)))

    @app.command(help="Apply every fix that needs no choice.")
    def fix(
        paths: paths_type,
        diff: Annotated[
            bool, typer.Option("--diff", help="Show the changes, write nothing.")
        ] = False,
        bioql_version: version_type = NEWEST,
    ) -> None:
        raise typer.Exit(run_fix(paths, _usable_version(bioql_version), is_diff=diff))

    @app.command(help="List the rules.")
    def rules(
        output_format: Annotated[RulesFormat, typer.Option("--format")] = RulesFormat.TEXT,
    ) -> None:
        raise typer.Exit(run_rules(output_format))

    @app.command(help="Run the main job on this machine: worker, ledger and server together.")
    def demo(
        output_format: Annotated[DemoFormat, typer.Option("--format")] = DemoFormat.TEXT,
    ) -> None:
        from bioql_lsp.demo import run

        raise typer.Exit(run(str(output_format)))

    return app


def _usable_version(version: str) -> str:
    import re

    import typer

    if not re.fullmatch(r"\d+(\.\d+)*([a-z.+-][\w.+-]*)?", version):
        raise typer.BadParameter(
            f"{version!r} is no version; write it like 7.0.1", param_hint="--bioql-version"
        )
    return version


def run_check(paths: list[Path], output_format: FindingsFormat, version: str) -> int:
    """Check files and print the findings; returns the exit status."""
    from bioql_lsp.analysis import reports
    from bioql_lsp.analysis.findings import Severity
    from bioql_lsp.analysis.registry import check, rules
    from bioql_lsp.text import Document

    checked = []
    sources, is_unusable = _read_all(paths)
    for source in sources:
        document = Document(source.text, path=str(source.path))
        checked.append((str(source.path), document, check(source.text, version)))
    if output_format is FindingsFormat.JSON:
        text = reports.findings_as_json(checked)
    elif output_format is FindingsFormat.SARIF:
        text = reports.findings_as_sarif(checked, rules())
    else:
        text = reports.findings_as_text(checked) if checked or not is_unusable else ""
    sys.stdout.write(text)
    if is_unusable:
        return EXIT_UNUSABLE
    found = [finding for _, _, findings in checked for finding in findings]
    is_clean = all(finding.severity is Severity.INFORMATION for finding in found)
    return EXIT_CLEAN if is_clean else EXIT_FINDINGS


def run_fix(paths: list[Path], version: str, *, is_diff: bool) -> int:
    """Fix files, or show what would be fixed; returns the exit status."""
    from bioql_lsp.analysis.fixall import fix_all
    from bioql_lsp.sources import SourceError, write

    sources, is_unusable = _read_all(paths)
    changed = 0
    for source in sources:
        fixed = fix_all(source.text, version)
        if fixed == source.text:
            continue
        changed += 1
        if is_diff:
            sys.stdout.write(_diff(source, fixed))
            continue
        try:
            write(source, fixed)
            sys.stdout.write(f"Fixed {source.path}\n")
        except SourceError as error:
            is_unusable = _tell(error)
    if not changed and not is_unusable:
        sys.stderr.write("Nothing to fix.\n")
    return EXIT_UNUSABLE if is_unusable else EXIT_CLEAN


def _diff(source: Source, fixed: str) -> str:
    import difflib
    import re

    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (source.text, fixed))
    path = str(source.path)
    lines = difflib.unified_diff(before, after, path, path)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def run_rules(output_format: RulesFormat) -> int:
    """Print the rules; returns the exit status."""
    from bioql_lsp.analysis import reports
    from bioql_lsp.analysis.registry import rules

    shown = {
        RulesFormat.TEXT: reports.rules_as_text,
        RulesFormat.JSON: reports.rules_as_json,
        RulesFormat.MARKDOWN: reports.rules_as_markdown,
    }
    sys.stdout.write(shown[output_format](rules()))
    return EXIT_CLEAN


def _read_all(paths: Iterable[Path]) -> tuple[list[Source], bool]:
    """The readable files, and whether something was not; what was not is told on stderr."""
    from bioql_lsp.sources import SourceError, find, read

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
    sys.stderr.write(f"bioql-lsp: {error}\n")
    return True


if __name__ == "__main__":
    main()
