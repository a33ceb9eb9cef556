"""``bioql-lsp --stdio`` and ``--tcp``: read the command line, connect, serve, exit."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence

from bioql_lsp.settings_values import is_loopback

_LEVELS = ("debug", "info", "warning", "error")


def run(argv: Sequence[str]) -> int:
    """Serve one client and return the exit code: 0 after a shutdown, else 1; 2 for bad usage."""
    options = _parser().parse_args(argv)
    if options.tcp and options.insecure_no_token and not is_loopback(options.host):
        _parser().error("--insecure-no-token is only for addresses of this machine")
    _configure_logging(options.log_level)
    from bioql_lsp.server import transport  # noqa: PLC0415  bad usage must not wait for pygls

    try:
        if options.tcp:
            needs_token = not options.insecure_no_token
            return asyncio.run(transport.serve_tcp(options.host, options.port, needs_token))
        return asyncio.run(transport.serve_stdio())
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"bioql-lsp: can't listen on {options.host}:{options.port}: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bioql-lsp", description="The BioQL language server.")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--stdio", action="store_true", help="speak on standard input and output")
    way.add_argument("--tcp", action="store_true", help="listen on a TCP port for one client")
    parser.add_argument("--host", default="127.0.0.1", help="address for --tcp (%(default)s)")
    parser.add_argument(
        "--port", type=int, default=0, help="port for --tcp (0, the default, picks a free one)"
    )
    parser.add_argument(
        "--insecure-no-token",
        action="store_true",
        help="with --tcp: let any program of this machine connect",
    )
    parser.add_argument("--log-level", choices=_LEVELS, default="warning", help="(%(default)s)")
    return parser


def _configure_logging(level: str) -> None:
    """Log to standard error; pygls' own log lines hold code and keys and stay silent."""
    logging.basicConfig(
        stream=sys.stderr,
        level=getattr(logging, level.upper()),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for name in ("pygls", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
