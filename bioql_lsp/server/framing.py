"""The base protocol's framing without I/O: bytes in, message bodies out.

Garbage costs one error and never the connection: after a header that makes no sense, or one that
announces more than `BODY_BYTES_MAX`, everything up to the next ``Content-Length:`` is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY_BYTES_MAX = 64 * 1024 * 1024
HEADER_BYTES_MAX = 4096
_NAME = b"content-length:"
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_OTHER_LINE = re.compile(rb"(?im)^(?!content-(?:length|type):)[^\r\n]")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class BadFrame:
    """What could not be read as a message, in words for the client."""

    reason: str


class Framer:
    """Cuts a stream of bytes into bodies; one instance per connection."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._body_length: int | None = None
        self._is_skipping = False

    def feed(self, chunk: bytes) -> Iterator[bytes | BadFrame]:
        """Take bytes as they arrive; yields every body that is complete with them."""
        self._buffer += chunk
        while True:
            if self._body_length is None:
                frame = self._read_header()
                if frame is not None:
                    yield frame
                if self._body_length is None:
                    return
            if len(self._buffer) < self._body_length:
                return
            body = bytes(self._buffer[: self._body_length])
            del self._buffer[: self._body_length]
            self._body_length = None
            yield body

    def _read_header(self) -> BadFrame | None:
        """Read a header if a whole one is there; the error for what had to be skipped, once."""
        problem: BadFrame | None = None
        while self._body_length is None:
            if self._is_skipping and not self._skip():
                break
            end = _HEADER_END.search(self._buffer, 0, HEADER_BYTES_MAX)
            if end is None and len(self._buffer) < HEADER_BYTES_MAX:
                break
            header = bytes(self._buffer[: end.start()]) if end else b""
            length = None if _OTHER_LINE.search(header) else _LENGTH.search(header)
            if end and length and int(length[1]) <= BODY_BYTES_MAX:
                self._body_length = int(length[1])
                self._is_skipping = False
                del self._buffer[: end.end()]
                break
            if not self._is_skipping:
                problem = BadFrame(_complaint(length))
            self._is_skipping = True
            del self._buffer[: end.end() if end else len(_NAME)]
        return problem

    def _skip(self) -> bool:
        """Drop what stands before the next header; False until there is one."""
        found = bytes(self._buffer).lower().find(_NAME)
        kept = len(_NAME) - 1
        del self._buffer[: found if found >= 0 else max(0, len(self._buffer) - kept)]
        return found >= 0


def _complaint(length: re.Match[bytes] | None) -> str:
    if length is None:
        return "A message starts with Content-Length and has no header but that and Content-Type."
    return f"A message may have at most {BODY_BYTES_MAX} bytes."
