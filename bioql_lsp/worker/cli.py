"""The command ``bioql-worker``. Heavy imports wait until the arguments are known to be good."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from billing.ledger import Ledger
    from bioql_lsp.worker.engines.base import LocalEngine, UpstreamEngine
    from bioql_lsp.worker.metering import ClockNs
    from bioql_lsp.worker.place import LocalPlace

AnyEngine: TypeAlias = "LocalEngine | UpstreamEngine"
MakeEngine: TypeAlias = "Callable[[str | None, str | None], AnyEngine]"

EXIT_USAGE = 2
EXIT_ANOTHER_WORKER = 3
LOCAL_IDLE_SECONDS = 300.0
MEMORY_LIMITS = "memory://"


def main(
    argv: Sequence[str] | None = None,
    make_engine: MakeEngine | None = None,
    clock_ns: ClockNs = time.monotonic_ns,
) -> None:
    """Run the command and exit."""
    arguments = _parser().parse_args(argv)
    if arguments.command == "engines":
        sys.exit(_list_engines())
    sys.exit(_serve(arguments, make_engine, clock_ns))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bioql-worker", description="Serve checked, billed BioQL code")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("engines", help="list the engines")
    serve = commands.add_parser("serve", help="serve the HTTP API")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=8475, help="0 picks a free one")
    serve.add_argument("--engine", metavar="NAME", help="default: the one for the model")
    serve.add_argument(
        "--model", metavar="PATH_OR_ID", help="default: the embedded one; openai: its tokenizer"
    )
    serve.add_argument(
        "--ledger",
        metavar="URL",
        help="sqlite:///path or postgresql://...; default: your own, free",
    )
    serve.add_argument(
        "--limits",
        metavar="URI",
        default=MEMORY_LIMITS,
        help="where requests a minute are counted: memory:// (default) or redis://HOST:PORT/0",
    )
    serve.add_argument("--local", action="store_true", help="serve this user on a Unix socket")
    serve.add_argument("--idle-seconds", type=float, help="exit after that long without a request")
    serve.add_argument("--grace-seconds", type=float, default=20.0, help="for answers at the end")
    serve.add_argument("--queue", type=int, default=64, help="requests that may wait")
    serve.add_argument(
        "--cache", type=int, default=2048, metavar="N", help="answers kept for whoever asks again"
    )
    serve.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="another Host to accept"
    )
    serve.add_argument(
        "--metrics-token-file",
        metavar="FILE",
        help="holds the token that /metrics asks for; beyond loopback it is closed without one",
    )
    _add_engine_options(serve)
    return parser


def _add_engine_options(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--rows", type=int, metavar="N", help="answers written at once")
    serve.add_argument(
        "--precision", choices=("auto", "fp32", "int8"), default="auto", help="of the onnx engine"
    )
    serve.add_argument(
        "--adapter",
        metavar="DIR",
        help="transformers: a LoRA adapter, in peft's format",
    )
    serve.add_argument(
        "--no-constraint",
        action="store_true",
        help="let an embedded model write whatever it likes, to measure what its grammar changes",
    )
    serve.add_argument("--upstream-url", metavar="URL", help="openai: where the model is served")
    serve.add_argument("--upstream-model", metavar="NAME", help="openai: its name there")
    serve.add_argument(
        "--upstream-prompt",
        choices=("auto", "tokens", "text", "chat"),
        default="auto",
        help="openai: how prompts are sent; default: what the upstream takes",
    )


def _list_engines() -> int:
    from bioql_lsp.worker.engines.registry import ENGINE_NAMES  # noqa: PLC0415

    print("\n".join(ENGINE_NAMES))
    return 0


def _serve(arguments: argparse.Namespace, make_engine: MakeEngine | None, clock_ns: ClockNs) -> int:
    from billing.model import LedgerError  # noqa: PLC0415
    from bioql_lsp.worker.engines.base import EngineError  # noqa: PLC0415
    from bioql_lsp.worker.place import AnotherWorkerError, PlaceError  # noqa: PLC0415

    try:
        return _run(arguments, make_engine, clock_ns)
    except AnotherWorkerError as error:
        print(f"bioql-worker: {error}", file=sys.stderr)
        return EXIT_ANOTHER_WORKER
    except (PlaceError, LedgerError, EngineError, ValueError) as error:
        print(f"bioql-worker: {error}", file=sys.stderr)
        return EXIT_USAGE


def _run(arguments: argparse.Namespace, make_engine: MakeEngine | None, clock_ns: ClockNs) -> int:
    from bioql_lsp.worker import place  # noqa: PLC0415

    _check(arguments, is_public=_is_public(arguments))
    if not arguments.local:
        return _listen(arguments, make_engine, clock_ns, None)
    local = place.LocalPlace(_folder("BIOQL_RUNTIME_DIR", "user_runtime_path"))
    try:
        return _listen(arguments, make_engine, clock_ns, local)
    finally:
        local.leave()


def _is_public(arguments: argparse.Namespace) -> bool:
    from bioql_lsp.worker import place  # noqa: PLC0415

    return not arguments.local and not place.is_loopback(arguments.host)


def _check(arguments: argparse.Namespace, *, is_public: bool) -> None:
    """Raises ValueError for arguments that don't go together."""
    if arguments.local and arguments.ledger is not None:
        raise ValueError("--local has a ledger of its own: leave out --local or --ledger")
    if arguments.local and arguments.limits != MEMORY_LIMITS:
        raise ValueError("--local serves one user without limits: leave out --local or --limits")
    if is_public and arguments.ledger is None:
        raise ValueError(
            f"{arguments.host} is reachable from other machines and needs a real ledger:"
            " give --ledger, or listen on 127.0.0.1"
        )
    _check_numbers(arguments)


def _check_numbers(arguments: argparse.Namespace) -> None:
    """Raises ValueError for one that is out of its range."""
    ranges: dict[str, tuple[float, float]] = {
        "rows": (1, 4096),
        "queue": (0, 1_000_000),
        "cache": (0, 1_000_000),
        "port": (0, 65535),
        "grace_seconds": (0, 86_400),
        "idle_seconds": (0, 86_400 * 365),
    }
    for name, (least, most) in ranges.items():
        value = getattr(arguments, name)
        if value is not None and not least <= value <= most:
            raise ValueError(f"--{name.replace('_', '-')} is {least:g} to {most:g}, not {value}")


def _listen(
    arguments: argparse.Namespace,
    make_engine: MakeEngine | None,
    clock_ns: ClockNs,
    local: LocalPlace | None,
) -> int:
    import asyncio  # noqa: PLC0415

    from billing.limits import RateLimits  # noqa: PLC0415
    from bioql_lsp.worker import logs, place, serve  # noqa: PLC0415

    is_public = _is_public(arguments)
    limits = RateLimits(arguments.limits, is_unlimited=arguments.local)
    ledger, key_file = _open_ledger(arguments.ledger, is_public=is_public)
    engine = _engine(arguments, make_engine)
    if local is not None and key_file is not None:
        bound = local.bind(key_file)
    else:
        bound = place.bind_tcp(arguments.host, arguments.port)
    options = serve.ServeOptions(
        hosts=None if is_public else serve.hosts_for(arguments.allow_host),
        is_local=arguments.local,
        idle_seconds=_idle_seconds(arguments),
        grace_seconds=arguments.grace_seconds,
        queue_length_max=arguments.queue,
        cache_entries_max=arguments.cache,
        metrics_token=place.read_token(arguments.metrics_token_file),
        announcement={} if key_file is None else {"key_file": str(key_file)},
    )
    logs.configure()
    worker = serve.Worker(bound, ledger, limits, engine, clock_ns, options=options)
    return asyncio.run(worker.run())


def _open_ledger(url: str | None, *, is_public: bool) -> tuple[Ledger, Path | None]:
    """The ledger, and the file that holds the key of the user's own one."""
    from billing import local  # noqa: PLC0415
    from billing.ledger import Ledger  # noqa: PLC0415

    if url is None:
        folder = _folder("BIOQL_DATA_DIR", "user_data_path")
        ledger, _ = local.open_local(folder)
        return ledger, folder / local.KEY_FILE_NAME
    ledger = Ledger.open(url)
    if is_public and ledger.kind != "standard":
        kind = ledger.kind
        ledger.close()
        raise ValueError(
            f"this is a {kind} ledger, whose keys are no secret, or whose prices are none:"
            " listen on 127.0.0.1, or make a real one with 'bioql-billing init'"
        )
    return ledger, None


def _engine(arguments: argparse.Namespace, make_engine: MakeEngine | None) -> AnyEngine:
    if make_engine is not None:
        return make_engine(arguments.engine, arguments.model)
    from bioql_lsp.worker.engines import registry  # noqa: PLC0415

    options = registry.EngineOptions(
        rows_max=arguments.rows,
        precision=arguments.precision,
        adapter=arguments.adapter,
        is_constrained=not arguments.no_constraint,
        upstream_url=arguments.upstream_url,
        upstream_model=arguments.upstream_model,
        upstream_prompt=arguments.upstream_prompt,
    )
    return registry.create(arguments.engine, arguments.model, options)


def _folder(variable: str, of_platform: str) -> Path:
    import platformdirs  # noqa: PLC0415

    given = os.environ.get(variable)
    return Path(given) if given else Path(getattr(platformdirs, of_platform)("bioql-lsp"))


def _idle_seconds(arguments: argparse.Namespace) -> float | None:
    if arguments.idle_seconds is None:
        return LOCAL_IDLE_SECONDS if arguments.local else None
    return float(arguments.idle_seconds)


if __name__ == "__main__":
    main()
