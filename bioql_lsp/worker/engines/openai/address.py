"""Where an upstream is, what it is told about us, and how errors speak of it.

The key goes to the configured origin alone: redirects are refused, and neither proxies nor logins
from the environment are used. Errors name the host, but never the key, a prompt or what the
upstream said.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from bioql_lsp.worker.engines.base import UpstreamError

KEY_VARIABLE: Final = "BIOQL_UPSTREAM_API_KEY"
_KEY = re.compile(r"[\x21-\x7e]{1,4096}")


@dataclass(frozen=True, slots=True)
class Address:
    """An upstream's root, without ``/v1``, and the headers that each request carries."""

    root: str
    host: str
    headers: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, url: str, api_key: str | None) -> Address:
        """Read a URL as an operator writes it, with or without ``/v1``.

        Without a key, that of the environment is taken. Raises UpstreamError.
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urlsplit("")
        if parts.scheme not in ("http", "https") or not host:
            raise UpstreamError(
                "The upstream's URL must look like http://HOST:PORT or https://HOST/PATH."
            )
        if parts.username is not None or parts.query or parts.fragment:
            raise UpstreamError(
                f"The upstream's URL ({host}) may hold neither a login nor ? or #; a key belongs "
                f"into the environment variable {KEY_VARIABLE}."
            )
        path = parts.path.rstrip("/").removesuffix("/v1")
        shown = f"[{host}]" if ":" in host else host
        origin = shown if port is None else f"{shown}:{port}"
        key = os.environ.get(KEY_VARIABLE, "") if api_key is None else api_key
        return cls(f"{parts.scheme}://{origin}{path}", origin, _headers(key))

    def url(self, path: str) -> str:
        """The whole URL of a path that starts with a slash."""
        return self.root + path

    def error(self, what: str) -> UpstreamError:
        """An error that names the upstream."""
        return UpstreamError(f"The upstream {self.host} {what}")

    def refusal(self, status: int) -> UpstreamError:
        """What a status that is no success means, and what to do."""
        if 300 <= status < 400:
            what = "answered with a redirect, which is refused: configure its final address."
        elif status in (401, 403):
            what = f"refused the key ({status}): set {KEY_VARIABLE}."
        elif status == 404:
            what = "does not know the model or the path (404): check its URL and the model's name."
        elif status in (429, 503):
            what = f"is too busy ({status}): try again later, or ask it for less at once."
        elif 400 <= status < 500:
            what = f"refused the request ({status}): see its log."
        else:
            what = f"failed with status {status}: see its log."
        return self.error(what)


def _headers(key: str) -> dict[str, str]:
    # A compressed answer could unfold without bound.
    headers = {"Accept-Encoding": "identity", "User-Agent": "bioql-worker"}
    if key:
        if not _KEY.fullmatch(key):
            raise UpstreamError(f"{KEY_VARIABLE} is no key: it must be printable ASCII, no spaces.")
        headers["Authorization"] = f"Bearer {key}"
    return headers
