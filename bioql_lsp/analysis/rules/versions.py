"""BQ059: names that came later than the version in use, and versions that leak the API key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.api.load import NEWEST, release
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.module import PACKAGE, RUNNERS, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._imports import is_guarded
from bioql_lsp.text import Edit, Span

_LEAKING = frozenset({"3.1.2", "5.0.0"})
_PIN_MARK = "bioql=="
_PIN = re.compile(
    r"""(?:["']|\bpip3?[ \t]+install\b[^\n#]*[ \t])bioql(?:\[[\w, -]*\])?==(?P<version>[\d.]+\d)"""
)
_LEAK = (
    "BioQL {} sends the API key to an address at a public tunnel service, which may belong to "
    f"somebody else by now. Use {NEWEST}."
)


@rule(
    code="BQ059",
    severity=Severity.WARNING,
    title="The version of BioQL does not suit the program",
    why="A name that came with a later version raises ImportError or AttributeError, which is an "
    "error; versions 3.1.2 and 5.0.0 send the API key to a tunnel host, which is a warning.",
    fix=f"Suggests {NEWEST} where a version is pinned; upgrading an installation is up to you.",
    good=(
        f'# /// script\n# dependencies = ["bioql=={NEWEST}"]\n# ///\nfrom bioql import quantum\n',
    ),
    bad=(
        '# /// script\n# dependencies = ["bioql==3.1.2"]\n# ///\nfrom bioql import quantum\n',
        "import subprocess\nimport bioql\n"
        'subprocess.run(["pip", "install", "bioql==5.0.0"], check=True)\n',
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each later name, each pin of a leaking version, and each import of one."""
    if _PIN_MARK in module.text:
        yield from _pins(module)
    if module.version in _LEAKING:
        yield from _leaks(module)
    if module.index.is_exact and module.version != NEWEST:
        yield from _later_names(module)


def came_later(module: Module, dotted: str) -> str | None:
    """The version that a name came with, if that is later than the one in use."""
    if not module.index.is_exact:
        return None
    since = module.index.since(dotted)
    return since if since is not None and release(since) > module.release else None


def _pins(module: Module) -> Iterator[Finding]:
    for match in _PIN.finditer(module.text):
        version = match["version"]
        if version in _LEAKING:
            span = Span(match.start("version"), match.end("version"))
            title = f"Pin bioql=={NEWEST}"
            fix = Fix(title, (Edit(span, NEWEST),), is_deterministic=False)
            yield Finding("BQ059", Severity.WARNING, _LEAK.format(version), span, (fix,))


def _leaks(module: Module) -> Iterator[Finding]:
    for imported in module.imported:
        symbol = module.index.lookup(imported.target)
        is_run = symbol is not None and symbol.dotted in RUNNERS
        if imported.target == PACKAGE or is_run:
            message = _LEAK.format(module.version)
            yield Finding("BQ059", Severity.WARNING, message, imported.span)


def _later_names(module: Module) -> Iterator[Finding]:
    for dotted, span in _unknown_names(module):
        since = came_later(module, dotted)
        if since is not None:
            message = (
                f"{dotted} came with BioQL {since}; {module.version} does not have it. "
                f"Upgrade: pip install bioql=={NEWEST}."
            )
            yield Finding("BQ059", Severity.ERROR, message, span)


def _unknown_names(module: Module) -> Iterator[tuple[str, Span]]:
    """The dotted names that this version lacks, a module once for each import statement."""
    seen: set[tuple[int, str]] = set()
    for imported in module.imported:
        missing = first_missing(module, imported.target)
        if missing is None or is_guarded(imported.statement):
            continue
        if (imported.statement.id, missing) not in seen:
            seen.add((imported.statement.id, missing))
            yield missing, imported.span
    for reference in module.references:
        missing = first_missing(module, reference.dotted)
        if missing is not None:
            yield missing, reference.last_span
    for member in module.members:
        owner = member.class_dotted
        is_known = member.name in module.index.members(owner)
        if not is_known and module.index.has_all_members(owner):
            yield f"{owner}.{member.name}", member.span


def first_missing(module: Module, dotted: str) -> str | None:
    """The shortest part of a dotted name that BioQL does not have, or None."""
    if module.index.lookup(dotted) is not None:
        return None
    parts = dotted.split(".")
    for count in range(1, len(parts) + 1):
        if module.index.lookup(".".join(parts[:count])) is None:
            return ".".join(parts[:count])
    return None
