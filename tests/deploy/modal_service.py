"""A stand-in for Modal's service, which takes what the real client sends and keeps it.

It answers as the service does to a deployment: every object gets an id, every image is built
already. So the client's own code builds the whole deployment, up to its publication.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import grpclib.const
import grpclib.server
from modal_proto import api_grpc, api_pb2

_FOREVER_TOKEN = "e30.eyJleHAiOjk5OTk5OTk5OTl9.e30"  # {} . {"exp": 9999999999} . {}


class ModalService:
    """What was sent: ``requests`` by the name of the call, ``files`` by SHA-256 (hex)."""

    def __init__(self) -> None:
        self.requests: dict[str, list[Any]] = {}
        self.environment: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def of(self, name: str) -> list[Any]:
        """The requests of one call, in order."""
        return self.requests.get(name, [])

    def one(self, name: str) -> Any:
        """The only request of a call."""
        (request,) = self.of(name)
        return request

    def __mapping__(self) -> Mapping[str, grpclib.const.Handler]:
        """Every call of Modal's API, for grpclib."""
        calls = api_grpc.ModalClientBase.__mapping__(_Names())  # type: ignore[arg-type]
        return {
            path: handler._replace(func=self._handler(path.rpartition("/")[2], handler.reply_type))
            for path, handler in calls.items()
        }

    def _handler(self, name: str, reply_type: type[Any]) -> Callable[[Any], Any]:
        async def handle(stream: Any) -> None:
            request = await stream.recv_message()
            self.requests.setdefault(name, []).append(request)
            answer = getattr(self, f"_{name}", None)
            await stream.send_message(reply_type() if answer is None else answer(request))

        return handle

    def _id(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers):022d}"

    def _AuthTokenGet(self, _: Any) -> Any:  # noqa: N802 - named as the call
        return api_pb2.AuthTokenGetResponse(token=_FOREVER_TOKEN)

    def _EnvironmentGetOrCreate(self, _: Any) -> Any:  # noqa: N802
        metadata = api_pb2.EnvironmentMetadata(
            name="main", settings=api_pb2.EnvironmentSettings(image_builder_version="2025.06")
        )
        return api_pb2.EnvironmentGetOrCreateResponse(
            environment_id=self._id("en"), metadata=metadata
        )

    def _AppCreate(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.AppCreateResponse(app_id=self._id("ap"))

    def _ImageGetOrCreate(self, _: Any) -> Any:  # noqa: N802
        result = api_pb2.GenericResult(status=api_pb2.GenericResult.GENERIC_STATUS_SUCCESS)
        return api_pb2.ImageGetOrCreateResponse(image_id=self._id("im"), result=result)

    def _MountPutFile(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.MountPutFileResponse(exists=True)

    def _MountGetOrCreate(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.MountGetOrCreateResponse(mount_id=self._id("mo"))

    def _SecretGetOrCreate(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.SecretGetOrCreateResponse(secret_id=self._id("st"))

    def _VolumeGetOrCreate(self, request: Any) -> Any:  # noqa: N802
        return api_pb2.VolumeGetOrCreateResponse(
            volume_id=self._id("vo"), version=request.version or api_pb2.VOLUME_FS_VERSION_V2
        )

    def _FunctionPrecreate(self, request: Any) -> Any:  # noqa: N802
        return api_pb2.FunctionPrecreateResponse(
            function_id=self._id("fu"), handle_metadata=_known(request.function_name)
        )

    def _FunctionCreate(self, request: Any) -> Any:  # noqa: N802
        ranked = api_pb2.FunctionData.RankedFunction(function=request.function)
        return api_pb2.FunctionCreateResponse(
            function_id=request.existing_function_id or self._id("fu"),
            function_data=api_pb2.FunctionData(ranked_functions=[ranked]),
            handle_metadata=_known(request.function.function_name),
        )

    def _ClassCreate(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.ClassCreateResponse(class_id=self._id("cs"))

    def _AppPublish(self, _: Any) -> Any:  # noqa: N802
        return api_pb2.AppPublishResponse(url="https://modal.example.org")


def _known(function_name: str) -> Any:
    return api_pb2.FunctionHandleMetadata(function_name=function_name)


class _Names:
    """Has a method of every name: the mapping is wanted for its types alone."""

    def __getattr__(self, name: str) -> str:
        return name


@contextmanager
def running_modal_service() -> Iterator[ModalService]:
    """The stand-in on a loopback port; its ``environment`` leads Modal's client there."""
    service = ModalService()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait_for(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)

    try:
        server, port = wait_for(_listening(service))
        service.environment = {
            "MODAL_SERVER_URL": f"http://127.0.0.1:{port}",
            "MODAL_TOKEN_ID": "ak-test",
            "MODAL_TOKEN_SECRET": "as-test",
        }
        yield service
        wait_for(_closed(server))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listening(service: ModalService) -> tuple[grpclib.server.Server, int]:
    server = grpclib.server.Server([service])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        await server.start(sock=listener.dup())
        return server, listener.getsockname()[1]


async def _closed(server: grpclib.server.Server) -> None:
    server.close()
    await server.wait_closed()
