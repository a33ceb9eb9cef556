"""Where a worker is: its address, its key, and the origin that the key is bound to."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from bioql_lsp.server import problems
from bioql_lsp.settings_values import is_loopback

UNIX_SCHEME = "http+unix:"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a worker is and the key that opens it."""

    url: str
    api_key: str = field(repr=False)
    display_name: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port alone: what may be shown and what a key is bound to."""
        return origin_of(self.url)

    @property
    def name(self) -> str:
        """What a person calls this worker."""
        return self.display_name or self.origin


def origin_of(url: str) -> str:
    """The origin of a worker's URL. Raises WorkerError for one that must not be used."""
    if url.startswith(UNIX_SCHEME):
        return url
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise problems.setup("bioql.workerUrl is not a URL: set https://HOST.") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise problems.setup("bioql.workerUrl must be an https:// address.")
    if parsed.scheme == "http" and not is_loopback(parsed.host):
        raise problems.setup(
            f"bioql.workerUrl must use https: a key is not sent to {parsed.host} unencrypted."
        )
    port = f":{parsed.port}" if parsed.port else ""
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    return f"{parsed.scheme}://{host}{port}"
