"""What the head of a request may be: its size, and one meaning only.

What could be read in two ways (two lengths, or a host in the target beside another one) is how
requests are smuggled past a proxy: it is refused, or given the meaning that RFC 9112 says.
"""

from __future__ import annotations

import re

import h11

from bioql_lsp.worker.errors import ServiceError, unavailable

REQUEST_LINE_BYTES_MAX = 8 * 1024
HEAD_BYTES_MAX = 32 * 1024
HEADERS_MAX = 100
_ABSOLUTE = re.compile(rb"https?://([^/?#@]+)([/?][^#]*)?", re.IGNORECASE)


def checked(request: h11.Request) -> h11.Request:
    """The request with its target in origin form.

    Raises RemoteProtocolError; its ``error_status_hint`` is the status to answer.
    """
    line_bytes = len(request.method) + len(request.target) + len(b"  HTTP/1.1\r\n")
    if line_bytes > REQUEST_LINE_BYTES_MAX:
        raise h11.RemoteProtocolError("request line too long", 414)
    header_bytes = sum(len(name) + len(value) + len(b": \r\n") for name, value in request.headers)
    if line_bytes + header_bytes > HEAD_BYTES_MAX or len(request.headers) > HEADERS_MAX:
        raise h11.RemoteProtocolError("headers too large", 431)
    if request.http_version not in (b"1.0", b"1.1"):
        raise h11.RemoteProtocolError("another version", 505)
    names = {name for name, _ in request.headers}
    if b"transfer-encoding" in names and (
        b"content-length" in names or request.http_version == b"1.0"
    ):
        raise h11.RemoteProtocolError("ambiguous length", 400)
    return _in_origin_form(request)


def _in_origin_form(request: h11.Request) -> h11.Request:
    """A whole URL may stand in the request line; then its host counts, not the header's."""
    if request.target.startswith(b"/") or request.method in (b"CONNECT", b"OPTIONS"):
        return request
    absolute = _ABSOLUTE.fullmatch(request.target)
    if absolute is None:
        raise h11.RemoteProtocolError("no target", 400)
    host, path = absolute.group(1), absolute.group(2) or b"/"
    headers = [(name, value) for name, value in request.headers if name != b"host"]
    return h11.Request(
        method=request.method,
        target=path if path.startswith(b"/") else b"/" + path,
        headers=[(b"host", host), *headers],
        http_version=request.http_version,
    )


def refusal(status: int) -> ServiceError:
    """What is answered to bytes that cannot be served as a request."""
    if status == 503:
        return unavailable("too_many_connections", "too many connections: retry in a moment")
    code, message = _REFUSALS[status]
    return ServiceError(status, code, message)


_REFUSALS = {
    400: ("not_http", "this is not a valid HTTP request"),
    408: ("request_timeout", "the request did not arrive in time"),
    414: ("url_too_long", f"the first line is longer than {REQUEST_LINE_BYTES_MAX // 1024} KiB"),
    431: (
        "headers_too_large",
        f"more than {HEADERS_MAX} headers, or {HEAD_BYTES_MAX // 1024} KiB of them",
    ),
    501: ("not_http", "no other Transfer-Encoding than chunked is understood"),
    505: ("not_http", "HTTP/1.1 and HTTP/1.0 are spoken here"),
}
