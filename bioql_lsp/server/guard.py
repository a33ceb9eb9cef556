"""What a client is told when something goes wrong, and what the log is told.

    RequestError                 safe to show: says what, where and what to do
     +- InvalidParamsError       the client sent something that cannot be meant
     +- ContentModifiedError     the document is no longer the one that was asked about

Any other exception is our fault: the client gets a generic message with the request's id, the log
gets the kind of exception and where it was raised. Neither gets its message, which may hold code
of the user or a key.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import Path

import cattrs
from lsprotocol import types

logger = logging.getLogger(__name__)


class RequestError(Exception):
    """A failure whose message is written for the person at the editor."""

    code: int = types.LSPErrorCodes.RequestFailed


class InvalidParamsError(RequestError):
    """The parameters of a request or the arguments of a command are wrong."""

    code = types.ErrorCodes.InvalidParams


class ContentModifiedError(RequestError):
    """The document changed while the answer was being made."""

    code = types.LSPErrorCodes.ContentModified


def response_error(error: BaseException, method: str, request_id: object) -> types.ResponseError:
    """The error to answer a request with; an unexpected one is logged."""
    if isinstance(error, asyncio.CancelledError):
        return types.ResponseError(
            code=types.LSPErrorCodes.RequestCancelled, message="The request was cancelled."
        )
    if isinstance(error, RequestError):
        return types.ResponseError(code=error.code, message=str(error))
    log_failure(error, f"{method}, request {request_id}")
    message = (
        f"BioQL LSP failed in {method} (request {request_id}). This is a fault of the server; "
        "its log (standard error) says where."
    )
    return types.ResponseError(code=types.ErrorCodes.InternalError, message=message)


def log_failure(error: BaseException, where: str) -> None:
    """Log an unexpected exception by its kind and place, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    kind = type(error).__name__
    if isinstance(error, ImportError):
        kind += f" ({error.name})"
    logger.error("%s in %s at %s", kind, where, places or "an unknown place")


def describe_invalid(error: Exception) -> str:
    """Which fields of a message are wrong, by path, without their values."""
    return "; ".join(cattrs.transform_error(error, format_exception=_describe_field))


def _describe_field(error: BaseException, _kind: object) -> str:
    if isinstance(error, KeyError):
        return f"required field {error.args[0]!r} is missing"
    return "invalid value"
