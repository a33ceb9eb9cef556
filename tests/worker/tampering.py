"""A hand between a worker and its upstream, which passes on what is said, or spoils answers."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import httpx

EVENTS_PASSED = 3


class Tampering:
    """A proxy for plain HTTP; ``how`` it treats answers to POST is up to the test.

    ``pass`` passes them on, ``refuse`` answers 500 instead, ``cut`` ends them after some events,
    ``garbage`` goes on with what is no event.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.how = "pass"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Tampering:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_for(tampering: Tampering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on("GET", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if tampering.how == "refuse":
                self.send_response(500)
                self.end_headers()
                self.wfile.write(b"out of memory")
            else:
                self._pass_on("POST", body)

        def _pass_on(self, method: str, body: bytes) -> None:
            is_spoilt = method == "POST" and tampering.how in ("cut", "garbage")
            url = tampering.upstream + self.path
            kind = {"Content-Type": self.headers.get("Content-Type", "text/plain")}
            with httpx.stream(method, url, content=body, headers=kind, trust_env=False) as answer:
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
                self.end_headers()
                blocks = answer.iter_raw()
                for _, block in zip(range(EVENTS_PASSED), blocks, strict=False):
                    self.wfile.write(block)
                if not is_spoilt:
                    for block in blocks:
                        self.wfile.write(block)
            if is_spoilt and tampering.how == "garbage":
                self.wfile.write(b'data: {"choices": [\n\n\x00\xff\n\n')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing."""

    return Handler
