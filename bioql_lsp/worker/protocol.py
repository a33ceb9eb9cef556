"""HTTP/1.1 as uvicorn speaks it, but what it refuses by itself is answered in our shape too."""

from __future__ import annotations

import uuid

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bioql_lsp.worker.connection import error_body
from bioql_lsp.worker.errors import ServiceError


class WorkerProtocol(H11Protocol):
    """A connection."""

    def send_400_response(self, msg: str) -> None:
        """Answer bytes that are no HTTP request, and hang up."""
        request_id = uuid.uuid4().hex
        refusal = ServiceError(400, "not_http", "this is not a valid HTTP request")
        body = error_body(refusal, request_id).model_dump_json().encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", request_id.encode()),
            (b"connection", b"close"),
        ]
        head = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
