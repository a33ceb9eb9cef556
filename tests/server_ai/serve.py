"""The language server over stdio, with the scripted engine in the local worker that it starts."""

import os
import sys

from bioql_lsp.server import local_worker
from bioql_lsp.server.main import run

if __name__ == "__main__":
    local_worker.WORKER_MODULE = "tests.support.fake_worker"
    local_worker.__version__ = os.environ.get("BIOQL_TEST_VERSION", local_worker.__version__)
    sys.exit(run(["--stdio", "--log-level", "info"]))
