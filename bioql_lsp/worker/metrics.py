"""What the worker tells Prometheus, under names like vLLM's with the prefix ``bioql_``.

Labels hold words of ours alone (kinds, codes, routes, statuses): nothing that a client sent, no
account and no key. Counters start at 0 with the process.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bioql_lsp.worker.cache import AnswerCache
from bioql_lsp.worker.dispatcher import AnyDispatcher
from bioql_lsp.worker.jobs import Outcome
from bioql_lsp.worker.render import billed_us
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.work import Kind

TOKEN_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.4, 1.0)
FIRST_TOKEN_SECONDS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24)
REQUEST_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96)
TOKENS = (1, 4, 16, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)


class Metrics:
    """All figures of one worker; its methods belong to the event loop's thread."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._answered = _counter(
            registry, "request_success", "answers by how they ended", "finished_reason", "kind"
        )
        self._refused = _counter(registry, "request_refused", "refusals and failures", "code")
        self._responses = _counter(registry, "http_requests", "HTTP answers", "path", "status")
        self._withheld = _counter(registry, "answers_withheld", "answers that did not verify")
        self._prompt_tokens = _counter(registry, "prompt_tokens", "tokens of prompts")
        self._generation_tokens = _counter(registry, "generation_tokens", "tokens of answers")
        self._billed = _counter(registry, "engine_billed_seconds", "engine time that was charged")
        self._first_token = _histogram(
            registry, "time_to_first_token_seconds", "order to first token", FIRST_TOKEN_SECONDS
        )
        self._token = _histogram(
            registry, "time_per_output_token_seconds", "mean after an answer's first", TOKEN_SECONDS
        )
        self._queue = _histogram(
            registry, "request_queue_time_seconds", "order to engine", FIRST_TOKEN_SECONDS
        )
        self._latency = _histogram(
            registry, "e2e_request_latency_seconds", "admission to booked answer", REQUEST_SECONDS
        )
        self._prompts = _histogram(registry, "request_prompt_tokens", "a prompt's tokens", TOKENS)
        self._generations = _histogram(
            registry, "request_generation_tokens", "an answer's tokens", TOKENS
        )

    def watch(self, dispatcher: AnyDispatcher, cache: AnswerCache) -> None:
        """Read what the engine is doing, and what is known already, at each scrape."""
        self._registry.register(_EngineCollector(dispatcher, cache))

    def observe_answer(self, kind: Kind, result: Result, seconds: float) -> None:
        """An answer was booked, so long after its request came."""
        self._answered.labels(result.finish, kind).inc()
        if result.finish == "withheld":
            self._withheld.inc()
        self._latency.observe(seconds)
        self._billed.inc(billed_us(result.charge) / 1_000_000)
        if not result.is_cached:
            tokens = result.charge.usage.prompt_tokens
            self._prompts.observe(tokens)
            self._prompt_tokens.inc(tokens)

    def observe_generation(self, outcome: Outcome) -> None:
        """The engine is done with a request, or with one candidate for its answer."""
        tokens, first_seconds = outcome.completion_tokens, outcome.first_token_seconds
        self._queue.observe(outcome.queue_seconds)
        if first_seconds is None:
            return
        self._generations.observe(tokens)
        self._generation_tokens.inc(tokens)
        self._first_token.observe(first_seconds)
        if tokens > 1:
            self._token.observe((outcome.seconds - first_seconds) / (tokens - 1))

    def count_refusal(self, code: str) -> None:
        """A request was answered with one of our error codes."""
        self._refused.labels(code).inc()

    def count_response(self, path: str, status: int) -> None:
        """A request was answered; ``path`` is the route's pattern, never what was asked for."""
        self._responses.labels(path, str(status)).inc()

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """All figures as text, and its media type, in the format that ``Accept`` asks for."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _EngineCollector(Collector):
    """The engine's state at the moment of a scrape."""

    def __init__(self, dispatcher: AnyDispatcher, cache: AnswerCache) -> None:
        self._dispatcher = dispatcher
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        dispatcher = self._dispatcher
        engine = dispatcher.engine
        is_ready = dispatcher.load_state.status == "ready"
        yield _gauge("engine_ready", "whether the model is loaded", is_ready)
        yield _gauge("num_requests_running", "requests on the engine", dispatcher.running)
        yield _gauge("num_requests_waiting", "requests in the queue", dispatcher.waiting)
        busy_seconds = dispatcher.meter.busy_us / 1_000_000
        yield _total("engine_busy_seconds", "engine time that was spent", busy_seconds)
        yield _total("cache_queries", "look-ups of known answers", self._cache.queries)
        yield _total("cache_hits", "answers that were known", self._cache.hits)
        if not is_ready:
            return
        yield _gauge("engine_rows_used", "answers that the engine writes", dispatcher.running)
        yield _gauge("engine_rows_max", "answers that it can write at once", dispatcher.rows_max)
        info = GaugeMetricFamily(
            "bioql_model_info", "what is served", labels=["engine", "model", "revision"]
        )
        info.add_metric([engine.name, engine.model, engine.revision], 1)
        yield info


def _counter(registry: CollectorRegistry, name: str, text: str, *labels: str) -> Counter:
    return Counter(f"bioql_{name}", text, labels, registry=registry)


def _histogram(
    registry: CollectorRegistry, name: str, text: str, buckets: tuple[float, ...]
) -> Histogram:
    return Histogram(f"bioql_{name}", text, registry=registry, buckets=buckets)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"bioql_{name}", text, value)


def _total(name: str, text: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(f"bioql_{name}", text, value)
