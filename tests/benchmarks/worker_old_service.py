"""The way of the service that this one replaces: FastAPI and ``model.generate``, one at a time.

    python -m tests.benchmarks.worker_old_service FOLDER PORT

It answered in one piece. ``stream`` is here to see how soon its first token could have come.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import torch
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel
from transformers import AutoTokenizer, LlamaForCausalLM, TextIteratorStreamer

STREAM_SECONDS_MAX = 60.0


class Request(BaseModel):
    """A text to continue by exactly ``max_tokens``."""

    prompt: str
    max_tokens: int
    stream: bool = False


class Model:
    """fp32 on all cores; whoever comes second waits."""

    def __init__(self, folder: str) -> None:
        torch.set_num_threads(os.cpu_count() or 1)
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
        self._one_at_a_time = threading.Lock()

    def answer(self, request: Request) -> dict[str, Any]:
        """The answer in one piece."""
        with self._one_at_a_time:
            ids = self._generate(request)
            return _completion(self._tokenizer.decode(ids, skip_special_tokens=True), len(ids))

    def stream(self, request: Request) -> Iterator[str]:
        """Events with pieces, the last one with the usage."""
        with self._one_at_a_time:
            streamer = TextIteratorStreamer(
                self._tokenizer, skip_prompt=True, timeout=STREAM_SECONDS_MAX
            )
            ids: list[Any] = []
            work = threading.Thread(
                target=lambda: ids.extend(self._generate(request, streamer=streamer))
            )
            work.start()
            for text in streamer:
                yield _event({"choices": [{"text": text}]})
            work.join()
            yield _event(_completion("", len(ids)))

    def _generate(self, request: Request, **options: Any) -> Any:
        inputs = self._tokenizer(request.prompt, return_tensors="pt")
        inputs.pop("token_type_ids", None)
        with torch.no_grad():
            output = self._model.generate(
                **inputs,
                max_new_tokens=request.max_tokens,
                min_new_tokens=request.max_tokens,
                do_sample=False,
                **options,
            )
        return output[0, inputs["input_ids"].shape[1] :]


def _completion(text: str, tokens: int) -> dict[str, Any]:
    return {"choices": [{"text": text}], "usage": {"completion_tokens": tokens}}


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value)}\n\n"


def create_app(model: Model) -> FastAPI:
    """The service."""
    app = FastAPI()

    def complete(request: Request) -> Response:
        if request.stream:
            return StreamingResponse(model.stream(request), media_type="text/event-stream")
        return JSONResponse(model.answer(request))

    app.post("/v1/completions", response_model=None)(complete)
    app.get("/health")(lambda: {"status": "ok"})
    return app


if __name__ == "__main__":
    uvicorn.run(create_app(Model(sys.argv[1])), port=int(sys.argv[2]), log_level="warning")
