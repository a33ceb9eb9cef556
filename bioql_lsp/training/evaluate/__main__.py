"""How good a model is, measured at the service that serves it: what a user gets.

    python -m bioql_lsp.training.evaluate --count 600 --out report.json --failures 3

Without --url the worker is started for it, with a ledger of its own and the flags given here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from bioql_lsp.training.corpus.split import SPLITS
from bioql_lsp.training.evaluate.asking import AT_ONCE, Reply, ask_all, served_model
from bioql_lsp.training.evaluate.judging import judge
from bioql_lsp.training.evaluate.report import missed_bars, report, show, show_failures
from bioql_lsp.training.evaluate.service import Service, ServiceFailedError, started
from bioql_lsp.training.evaluate.tasks import Asked, TaskFileError, drawn, read

SEED: Final = 770_077
_PASSED_ON: Final = (
    *("engine", "model", "precision", "rows"),
    *("upstream_url", "upstream_model", "upstream_prompt"),
)
_WIDTH: Final = 110


def main(argv: Sequence[str] | None = None) -> int:
    """Run the evaluation; the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        tasks = read(arguments.tasks) if arguments.tasks else _drawn(arguments)
        with _service(arguments) as service:
            about = served_model(service)
            replies = ask_all(service, tasks, _progress(len(tasks)), arguments.at_once)
    except (ServiceFailedError, TaskFileError, OSError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    return _tell(arguments, replies, about)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in _PASSED_ON:
        parser.add_argument(f"--{name.replace('_', '-')}", help="as of bioql-worker serve")
    parser.add_argument("--url", help="a running service instead of one started here")
    parser.add_argument("--key-from-env", metavar="VAR", help="where the key for --url is")
    parser.add_argument("--count", type=int, default=600, help="tasks of all kinds together")
    parser.add_argument("--split", choices=SPLITS, default="test")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--tasks", type=Path, metavar="FILE", help="JSON lines: request, code")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="requests at a time")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the report as JSON")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N of each kind")
    parser.add_argument("--bars", action="store_true", help="exit 1 where a bar is missed")
    return parser


def _drawn(arguments: argparse.Namespace) -> list[Asked]:
    return drawn(arguments.seed, arguments.split, arguments.count)


@contextlib.contextmanager
def _service(arguments: argparse.Namespace) -> Iterator[Service]:
    if arguments.url is not None:
        key = os.environ.get(arguments.key_from_env or "", "")
        if not key:
            raise ServiceFailedError("--url needs --key-from-env with a variable that holds a key")
        yield Service(arguments.url.rstrip("/"), key)
        return
    flags = []
    for name in _PASSED_ON:
        if getattr(arguments, name) is not None:
            flags += [f"--{name.replace('_', '-')}", getattr(arguments, name)]
    with started(flags) as service:
        yield service


def _progress(count: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty() or done % 100 == 0:
            print(f"\r{done} of {count}", end="" if done < count else "\n", file=sys.stderr)

    return told


def _tell(arguments: argparse.Namespace, replies: Sequence[Reply], about: dict[str, str]) -> int:
    judged = [judge(reply) for reply in replies]
    source = (
        {"tasks": arguments.tasks.name}
        if arguments.tasks
        else {"split": arguments.split, "seed": arguments.seed}
    )
    found = report(judged, {**about, "precision": arguments.precision or "auto", **source})
    missed = missed_bars(found)
    found["missed_bars"] = missed
    show(found, Console(width=None if sys.stdout.isatty() else _WIDTH))
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(found, indent=1) + "\n")
    if arguments.failures:
        show_failures(judged, arguments.failures, print)
    return 1 if arguments.bars and missed else 0


if __name__ == "__main__":
    sys.exit(main())
