"""Upstreams: two real servers with the embedded model, and one that follows a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bioql_lsp.training.hf_export import export_hf
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.engines.openai.engine import OpenAIEngine
from tests.support.scripted_upstream import ScriptedUpstream, scripted
from tests.support.upstreams import (
    LlamaServer,
    Upstream,
    export_gguf,
    llama_server,
    running,
    transformers_server,
)
from tests.worker.engines.openai.asking import KEY, WAITS, ignore


@pytest.fixture
async def upstream() -> AsyncIterator[ScriptedUpstream]:
    async with scripted() as server:
        yield server


@pytest.fixture
async def engine(upstream: ScriptedUpstream) -> AsyncIterator[OpenAIEngine]:
    engine = OpenAIEngine(upstream.url, api_key=KEY, prompt_form="text", waits=WAITS)
    await asyncio.to_thread(engine.load, ignore)
    upstream.asked.clear()
    yield engine
    await engine.close()


@pytest.fixture(scope="package")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_gguf(tmp_path_factory.mktemp("gguf") / "bioql-mini.gguf", "f32")


@pytest.fixture(scope="package")
def llama(gguf: Path) -> Iterator[LlamaServer]:
    with running(llama_server(gguf, slots=4, threads=1)) as server:
        yield server


@pytest.fixture(scope="package")
def hf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hf") / "mini"
    export_hf(embedded_folder(), folder)
    return folder


@pytest.fixture(scope="package")
def serve(hf_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upstream]:
    with running(
        transformers_server(hf_folder, tmp_path_factory.mktemp("home"), threads=1)
    ) as server:
        yield server
