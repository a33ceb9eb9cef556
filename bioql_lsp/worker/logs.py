"""Log lines: one JSON object each on stderr, with known fields only and no exception texts."""

from __future__ import annotations

import json
import logging
import sys
import time
from contextvars import ContextVar

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The request that is being served; tasks that it starts know it too."""

_FIELDS = ("request_id", "method", "path", "status", "code", "duration_ms", "error", "detail", "at")
_SPEAKS_OUR_WORDS = ("bioql", "uvicorn")


class JsonLines(logging.Formatter):
    """Only loggers whose messages cannot hold a user's words are quoted."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        is_ours = record.name.split(".", maxsplit=1)[0] in _SPEAKS_OUR_WORDS
        line: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage().strip() if is_ours else f"logged by {record.name}",
        }
        if (request_id := REQUEST_ID.get()) is not None:
            line["request_id"] = request_id
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        return json.dumps(line)


def configure() -> None:
    """Send every log line of the process to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bioql").setLevel(logging.INFO)
    # What it warns of (bytes that are no request, too many connections) we log with a request id.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
