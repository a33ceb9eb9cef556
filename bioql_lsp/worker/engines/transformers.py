"""The ``transformers`` engine: any Llama-architecture model on a GPU, or on a CPU in fp32.

CodeLlama (``codellama/CodeLlama-7b-Instruct-hf``) runs in bf16 where the GPU has it, else in fp16.
Weights come from safetensors alone and no code of a model is run.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bioql_lsp.worker.engines.base import ModelFormatError, ProgressReport
from bioql_lsp.worker.engines.folder import ModelFolder, embedded_folder, model_name
from bioql_lsp.worker.engines.llama import LlamaEngine

if TYPE_CHECKING:
    from bioql_lsp.worker.engines.torch_model import Compile, TorchModel

ROWS_MAX = 8
"""Until the model is loaded and says how many it has room for."""

_HUB_FILES = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "*.safetensors",
    "*.safetensors.index.json",
]
_INSTALL = (
    "The transformers engine needs torch and transformers, which are not installed: "
    'pip install "bioql-lsp[gpu]"'
)
_DOWNLOADED, _IMPORTED, _KNOWN, _LOADED = 0.3, 0.35, 0.4, 0.6
_BLOCK_BYTES = 16 << 20

_Item = TypeVar("_Item")


class TransformersEngine(LlamaEngine):
    """A Llama model in torch. One thread at a time may use it."""

    name = "transformers"

    def __init__(
        self,
        model: str | Path | None = None,
        *,
        rows_max: int | None = None,
        compile: Compile = "auto",  # noqa: A002 - what torch calls it
        adapter: Path | None = None,
        is_constrained: bool = True,
    ) -> None:
        """A folder or a name on the hub; ``rows_max`` are the most answers to write at once.

        ``adapter`` is the folder of a LoRA adapter that is added to the weights.
        """
        self._source = embedded_folder() if model is None else model
        self._rows_wanted = rows_max
        self._compile: Compile = compile
        self._adapter = adapter
        self._fingerprint = ""
        local = Path(self._source)
        name = model_name(local) if local.is_dir() else str(self._source)
        super().__init__(name, rows_max or ROWS_MAX, is_constrained=is_constrained)

    def _fetch(self, report: ProgressReport) -> Path:
        return fetch_model(self._source, report)

    def _open(self, path: Path, folder: ModelFolder, report: ProgressReport) -> TorchModel:
        check_weights(self.model, path, folder.config)
        report(_DOWNLOADED, "starting torch")
        torch, transformers = _import_torch()
        from bioql_lsp.worker.engines.torch_model import TorchModel  # noqa: PLC0415

        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._fingerprint = self._fingerprint_of(path, _part(report, _IMPORTED, _KNOWN))
        report(_KNOWN, "loading the weights")
        with _weights_reported(transformers, _part(report, _KNOWN, _LOADED)):
            model = load_weights(self.model, path, _dtype(torch, device))
        if self._adapter is not None:
            self._add_adapter(self._adapter, model, path)
        try:
            return TorchModel(
                model,
                folder.forbidden_ids,
                device=device,
                rows_max=self._rows_wanted,
                compile=self._compile,
                report=_part(report, _LOADED, 1.0),
            )
        except torch.OutOfMemoryError as error:
            raise ModelFormatError(
                f"{self.model} does not fit the card: take a smaller model or a larger card."
            ) from error

    def _add_adapter(self, folder: Path, model: Any, path: Path) -> None:
        from bioql_lsp.worker.engines.adapter import read_adapter  # noqa: PLC0415

        adapter = read_adapter(folder)
        adapter.check_base(path, self.model)
        adapter.apply(model)
        self._fingerprint += f"+{adapter.revision}"

    def _revision(self, path: Path) -> str:
        return self._fingerprint

    def _fingerprint_of(self, path: Path, report: ProgressReport) -> str:
        """The hub's commit, which is its folder's name there; of any other folder its weights'."""
        if path != Path(self._source):
            return path.name[:12]
        return weights_fingerprint(path, report)


def fetch_model(source: str | Path, report: ProgressReport, more_files: Sequence[str] = ()) -> Path:
    """The folder of a model that is given by its folder or by its name on the hub.

    ``more_files`` are patterns of files that an engine has no use for. Raises ModelFormatError.
    """
    local = Path(source)
    if local.is_dir():
        return local
    if local.is_absolute() or str(source).startswith("."):
        raise ModelFormatError(f"{source}: there is no such folder.")
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    try:
        folder = snapshot_download(
            str(source),
            allow_patterns=[*_HUB_FILES, *more_files],
            tqdm_class=_download_bar(report),
        )
    except Exception as error:  # network, hub and cache errors have no common class
        raise ModelFormatError(
            f"{source} could not be fetched from the hub: check the name and the "
            "network, or give the path of a folder."
        ) from error
    return Path(folder)


def check_weights(name: str, path: Path, config: dict[str, Any]) -> None:
    """Raises ModelFormatError for a folder whose weights are not of a kind that is loaded."""
    if not any(path.glob("*.safetensors")):
        raise ModelFormatError(f"{path} has no *.safetensors; other weights are not loaded.")
    if "quantization_config" in config:
        raise ModelFormatError(
            f"{name}: quantised weights are not loaded; take the model in bf16, fp16 or "
            "fp32, or serve it with another program and use --engine openai."
        )


def load_weights(name: str, path: Path, dtype: Any) -> Any:
    """The model in the CPU's memory, from where an engine takes it to the device layer by layer.

    ``name`` is what errors call it. Raises ModelFormatError.
    """
    import transformers  # noqa: PLC0415

    try:
        model, found = transformers.LlamaForCausalLM.from_pretrained(
            path,
            dtype=dtype,
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelFormatError(f"{name}: the weights could not be loaded.") from error
    if found["missing_keys"]:
        raise ModelFormatError(
            f"{name}: {min(found['missing_keys'])} is missing, perhaps with others: the "
            "download is incomplete, or the weights are in a format of another program."
        )
    return model.eval()


def weights_fingerprint(folder: Path, report: ProgressReport) -> str:
    """Twelve hex digits that tell a folder's weights from all others.

    Every byte of every ``*.safetensors`` counts: weights that were tuned a little differ anywhere.
    Of a single file they start its SHA-256, of several the SHA-256 of their names and hashes.
    Reading 13 GB takes some ten seconds, and leaves them in memory for what loads them next.
    """
    files = sorted(folder.glob("*.safetensors"))
    sizes = [file.stat().st_size for file in files]
    done, total, digests = 0, max(sum(sizes), 1), []
    for file in files:
        digest = hashlib.sha256()
        with file.open("rb", buffering=0) as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
                done += len(block)
                word = f"looking at the weights, {done >> 20:,} of {total >> 20:,} MiB"
                report(min(done / total, 1.0), word)
        digests.append(digest)
    if len(files) == 1:
        return digests[0].hexdigest()[:12]
    lines = [f"{file.name} {d.hexdigest()}\n" for file, d in zip(files, digests, strict=True)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]


def _import_torch() -> tuple[Any, Any]:
    # Threads that spin while they wait starve each other on shared cores; read when torch starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    try:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415
    except ImportError as error:
        raise ModelFormatError(_INSTALL) from error
    return torch, transformers


def _dtype(torch: Any, device: str) -> Any:
    if device == "cpu":
        return torch.float32
    # Without emulation: a card that only imitates bf16 is faster in fp16.
    return torch.bfloat16 if torch.cuda.is_bf16_supported(False) else torch.float16


def _part(report: ProgressReport, start: float, end: float) -> ProgressReport:
    """Progress 0..1 of one part, as a part of the whole."""
    return lambda share, word: report(start + share * (end - start), word)


@contextmanager
def _weights_reported(transformers: Any, report: ProgressReport) -> Iterator[None]:
    """Report each tensor that transformers loads, where it would draw a bar."""
    logging = transformers.utils.logging

    def reported(_bar: Callable[..., Any], arguments: tuple[Any, ...], _: Any) -> Iterable[Any]:
        return _counted(list(arguments[0]) if arguments else [], report)

    former = logging.set_tqdm_hook(reported)
    try:
        yield
    finally:
        logging.set_tqdm_hook(former)


def _counted(items: list[_Item], report: ProgressReport) -> Iterator[_Item]:
    for index, item in enumerate(items):
        report(index / len(items), "loading the weights")
        yield item


def _download_bar(report: ProgressReport) -> type[Any]:
    """A bar for the hub that reports the bytes it has where others draw."""
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415 - with the hub's client

    furthest = 0.0

    class Bar(tqdm):  # type: ignore[misc]
        """The hub counts files and bytes with it, from several threads."""

        monitor_interval = 0

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options | {"file": StringIO()})

        def display(self, *_arguments: Any, **_options: Any) -> None:
            """Report instead of drawing."""
            nonlocal furthest
            if self.unit == "B" and self.total:
                # The total grows while files are found, so the share may fall back.
                furthest = max(furthest, min(self.n / self.total, 1.0) * _DOWNLOADED)
                done, total = int(self.n) >> 20, int(self.total) >> 20
                report(furthest, f"downloading the model, {done:,} of {total:,} MiB")

    return Bar
