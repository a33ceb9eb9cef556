"""A stand-in for the hub of models: a repository of any name has the files of a local folder."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
UNWANTED = {"pytorch_model.bin": b"a pickle", "modeling.py": b"raise SystemExit"}


class ModelHub(ThreadingHTTPServer):
    """Answers what the hub's client asks for a download."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        names = ("config.json", "tokenizer.json", "model.safetensors")
        self.files = UNWANTED | {name: (folder / name).read_bytes() for name in names}
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.environment = {"HF_ENDPOINT": self.url, "HF_HUB_DISABLE_XET": "1"}


class _Handler(BaseHTTPRequestHandler):
    server: ModelHub

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/api/models/"):
            body = json.dumps(self._description(path)).encode()
            kind = "application/json"
        else:
            body, kind = self.server.files[path.rpartition("/")[2]], "application/octet-stream"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _description(self, path: str) -> Any:
        if "/tree/" in path:
            return [
                {"type": "file", "path": name, "size": len(body), "oid": "0" * 40}
                for name, body in self.server.files.items()
            ]
        siblings = [{"rfilename": name} for name in self.server.files]
        return {"id": path.removeprefix("/api/models/"), "sha": COMMIT, "siblings": siblings}

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@contextmanager
def running_model_hub(folder: Path) -> Iterator[ModelHub]:
    """The hub on a loopback port; its ``environment`` leads the client there."""
    with ModelHub(folder) as hub:
        thread = threading.Thread(target=hub.serve_forever, daemon=True)
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join(10)
