"""Which engines there are, and how one is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bioql_lsp.worker.engines.base import LocalEngine, ModelFormatError, UpstreamEngine
from bioql_lsp.worker.engines.folder import GRAPH_FILE

ENGINE_NAMES = ("onnx", "transformers", "openai")
LOCAL_ENGINE_NAMES = ("onnx", "transformers")
_NO_ADAPTER = {
    "onnx": "The engine onnx loads no adapter: merge it into its base with "
    "`python -m bioql_lsp.training.lora merge` and give the merged folder as --model, or use "
    "--engine transformers.",
    "openai": "The engine openai loads nothing itself: give the adapter to the upstream's own "
    "server, and leave out --adapter.",
}


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What else may be said of an engine; what is None is up to the engine.

    ``rows_max`` answers are written at once; ``adapter`` is the folder of a LoRA adapter, for
    ``transformers`` alone; the ``upstream`` fields are for ``openai`` alone. Where
    ``is_constrained``, an embedded model answers requests under a grammar.
    """

    rows_max: int | None = None
    precision: str = "auto"
    adapter: str | None = None
    is_constrained: bool = True
    upstream_url: str | None = None
    upstream_model: str | None = None
    upstream_prompt: str = "auto"


def create(
    name: str | None, model: str | None, options: EngineOptions | None = None
) -> LocalEngine | UpstreamEngine:
    """An engine that is not loaded yet; without a name and a model, the embedded one.

    Without a name, an upstream's URL means ``openai``, an adapter ``transformers``, a folder with a
    graph ``onnx``, and every other model ``transformers``. Raises ModelFormatError for what does
    not go together.
    """
    options = options or EngineOptions()
    chosen = name or _engine_for(model, options)
    if chosen not in ENGINE_NAMES:
        raise ModelFormatError(f"There is no engine {chosen}; there are {', '.join(ENGINE_NAMES)}.")
    if options.adapter is not None and chosen != "transformers":
        raise ModelFormatError(_NO_ADAPTER[chosen])
    if chosen == "openai":
        return _upstream(model, options)
    if options.upstream_url or options.upstream_model:
        raise ModelFormatError(f"The engine {chosen} has no upstream: leave out --upstream-...")
    return _local(chosen, model, options)


def create_local(
    name: str | None, model: str | None, options: EngineOptions | None = None
) -> LocalEngine:
    """The same for who needs an engine in this process. Raises ModelFormatError."""
    engine = create(name, model, options)
    if isinstance(engine, UpstreamEngine):
        raise ModelFormatError(f"{engine.name} does not run here: use one of {LOCAL_ENGINE_NAMES}.")
    return engine


def _local(name: str, model: str | None, options: EngineOptions) -> LocalEngine:
    if name == "onnx":
        from bioql_lsp.worker.engines.onnx import OnnxEngine  # noqa: PLC0415

        folder = None if model is None else Path(model)
        return OnnxEngine(
            folder,
            rows_max=options.rows_max,
            precision=options.precision,
            is_constrained=options.is_constrained,
        )
    if options.precision not in ("auto", "fp32"):
        raise ModelFormatError("Only the engine onnx has --precision int8.")
    from bioql_lsp.worker.engines.transformers import TransformersEngine  # noqa: PLC0415

    adapter = None if options.adapter is None else Path(options.adapter)
    return TransformersEngine(
        model,
        rows_max=options.rows_max,
        adapter=adapter,
        is_constrained=options.is_constrained,
    )


def _upstream(model: str | None, options: EngineOptions) -> UpstreamEngine:
    if options.upstream_url is None:
        raise ModelFormatError("The engine openai needs --upstream-url, where the model is served.")
    from bioql_lsp.worker.engines.openai.engine import OpenAIEngine  # noqa: PLC0415

    return OpenAIEngine(
        options.upstream_url,
        model=options.upstream_model,
        tokenizer=model,
        prompt_form=options.upstream_prompt,
        requests_max=options.rows_max,
    )


def _engine_for(model: str | None, options: EngineOptions) -> str:
    if options.upstream_url:
        return "openai"
    if options.adapter is not None:
        return "transformers"
    return "onnx" if model is None or (Path(model) / GRAPH_FILE).exists() else "transformers"
