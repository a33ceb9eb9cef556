"""The command ``bioql-lsp``: the server for editors, and its checks on the command line.

The server is dispatched before anything heavy is imported: an editor waits for its first answer.
"""

from __future__ import annotations

import sys

_SERVER_OPTIONS = frozenset({"--stdio", "--tcp", "--ws"})


def main() -> None:
    """Run the command."""
    arguments = sys.argv[1:]
    if any(argument.partition("=")[0] in _SERVER_OPTIONS for argument in arguments):
        from bioql_lsp.server.main import run

        raise SystemExit(run(arguments))
    from bioql_lsp.commands import app

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
