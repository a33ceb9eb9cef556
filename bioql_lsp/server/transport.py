"""Bytes between a client and a server: standard input and output, or one TCP connection."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import sys
import threading
from collections.abc import AsyncIterator
from typing import BinaryIO

from bioql_lsp.server.app import BioqlServer
from bioql_lsp.server.framing import BadFrame, Framer
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.protocol import Phase

logger = logging.getLogger(__name__)

_CHUNK_BYTES = 64 * 1024
_TOKEN_BYTES = 24


async def serve(server: BioqlServer, chunks: AsyncIterator[bytes], may_resync: bool = True) -> int:
    """Handle what arrives until the client exits or is gone; returns the exit code.

    On a socket nothing is read after a bad frame: a browser that is made to send an HTTP request
    here must not get a message through in its body.
    """
    framer, protocol = Framer(), server.protocol
    try:
        async for chunk in chunks:
            for frame in framer.feed(chunk):
                if isinstance(frame, BadFrame):
                    protocol.refuse(frame.reason)
                    if not may_resync:
                        return 1
                else:
                    protocol.receive(frame)
                # A request takes its snapshot before the next message can change the document.
                await asyncio.sleep(0)
                if protocol.exit_code is not None:
                    return protocol.exit_code
        return 0 if protocol.phase is Phase.SHUT_DOWN else 1
    finally:
        await server.aclose()


class _FileWriter:
    """Writes whole messages to a file, as pygls expects of a writer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        """Write and flush."""
        self._file.write(data)
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


async def serve_stdio() -> int:
    """Serve the client at standard input and output."""
    # Anything else that writes to standard output would corrupt the stream.
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server = BioqlServer()
    server.protocol.set_writer(_FileWriter(channel))
    return await serve(server, _stdin_chunks())


async def _stdin_chunks() -> AsyncIterator[bytes]:
    """What arrives on standard input; a thread reads, so that the client never blocks on us."""
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        chunk = b"-"
        while chunk:
            try:
                chunk = os.read(sys.stdin.fileno(), _CHUNK_BYTES)
            except OSError:
                chunk = b""
            try:
                loop.call_soon_threadsafe(chunks.put_nowait, chunk)
            except RuntimeError:
                return  # the loop has ended, and the process with it

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while chunk := await chunks.get():
        yield chunk


async def serve_tcp(host: str, port: int, needs_token: bool) -> int:
    """Listen, print address and token as a line of JSON, and serve until the last client goes."""
    token = secrets.token_urlsafe(_TOKEN_BYTES) if needs_token else None
    connections = _Connections(token)
    listener = await asyncio.start_server(connections.accept, host, port)
    bound_host, bound_port = listener.sockets[0].getsockname()[:2]
    print(json.dumps({"host": bound_host, "port": bound_port, "token": token}), flush=True)
    try:
        return await connections.exit_code
    finally:
        listener.close()


class _Connections:
    """Every client has a server of its own; one that was refused does not end the process."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._servers: set[BioqlServer] = set()
        self.exit_code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection."""
        server = BioqlServer(self._token)
        self._servers.add(server)
        server.protocol.set_writer(writer)
        code = 1
        try:
            code = await serve(server, _stream_chunks(reader), may_resync=False)
            await writer.drain()
        except OSError:
            logger.info("a connection was lost")
        except Exception as error:
            log_failure(error, "a connection")
        finally:
            self._servers.discard(server)
            writer.close()
            self._end(server, code)

    def _end(self, server: BioqlServer, code: int) -> None:
        was_accepted = server.protocol.phase is not Phase.NEW
        others = any(other.protocol.phase is not Phase.NEW for other in self._servers)
        if was_accepted and not others and not self.exit_code.done():
            self.exit_code.set_result(code)


async def _stream_chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        try:
            chunk = await reader.read(_CHUNK_BYTES)
        except ConnectionError:
            return
        if not chunk:
            return
        yield chunk
