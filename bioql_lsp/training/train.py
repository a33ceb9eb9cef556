"""Train the embedded model: a small Llama, from scratch, on the generated corpus.

    python -m bioql_lsp.training.train --minutes 90 --out .cache/train/mini

The cosine schedule runs over the time given, so the run ends when it is told to on any machine; it
may be stopped at any moment and goes on with ``--resume``. Reports go to ``metrics.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from transformers import LlamaForCausalLM

from bioql_lsp.training.beginning import begin_from, copy_tokenizer
from bioql_lsp.training.corpus.examples import examples
from bioql_lsp.training.data import Batch, Rows
from bioql_lsp.training.dropout import add_dropout
from bioql_lsp.training.intents import Guesses
from bioql_lsp.training.muon import Muon
from bioql_lsp.training.plan import CONTEXT_TOKENS_MAX, Plan, make_config
from bioql_lsp.training.tokenizer import save_tokenizer, train_tokenizer
from bioql_lsp.worker.prompts import BRIEF_STYLE, PromptBuilder

CHECKPOINT_SECONDS: Final = 240.0
REPORT_STEPS: Final = 25
WARMUP_SHARE: Final = 0.02
LONG_EVERY: Final = 24
"""Each so many-th batch has long rows, so that long contexts are learnt too."""
VALIDATION_SEED: Final = 990_001
TRAINING_SEED: Final = 1
CHECKPOINT: Final = "checkpoint.pt"


class Trainer:
    """One run: model, optimizers, clock."""

    def __init__(
        self, plan: Plan, out: Path, *, resume: bool = False, begin: Path | None = None
    ) -> None:
        torch.manual_seed(TRAINING_SEED)
        torch.set_num_threads(plan.threads)
        self.plan, self.out = plan, out
        self.device = torch.device(plan.device)
        out.mkdir(parents=True, exist_ok=True)
        if begin is not None:
            copy_tokenizer(begin, out)
        elif not (out / "tokenizer.json").exists():
            save_tokenizer(train_tokenizer(), out)
        tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
        self.builder = PromptBuilder(tokenizer, CONTEXT_TOKENS_MAX, BRIEF_STYLE)
        config = make_config(plan, tokenizer.get_vocab_size(), self.builder)
        self.model = LlamaForCausalLM(config)
        if begin is not None:
            begin_from(self.model, begin)
        add_dropout(self.model, plan.dropout)
        self.model.to(self.device)
        self.optimizers = self._make_optimizers()
        self.steps, self.tokens, self.elapsed_s = 0, 0, 0.0
        if resume and (out / CHECKPOINT).exists():
            self._load()
        self.guesses = Guesses(out, plan.guessed)
        source = self.guesses.told(examples(TRAINING_SEED + self.steps))
        self.rows = Rows(self.builder, source)
        self.backbone: Any = torch.compile(self.model.model) if plan.compile else self.model.model

    def _make_optimizers(self) -> list[torch.optim.Optimizer]:
        """Muon for the matrices of the layers, AdamW for the embedding and the norms."""
        layers = [p for p in self.model.model.layers.parameters() if p.dim() == 2]
        inside = {id(p) for p in layers}
        others = [p for p in self.model.parameters() if id(p) not in inside]
        rate = self.plan.learning_rate
        adamw = torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.95), weight_decay=0, fused=True)
        dtype = torch.bfloat16 if self.plan.bf16 else torch.float32
        muon = Muon(layers, lr=rate, weight_decay=self.plan.weight_decay, dtype=dtype)
        return [muon, adamw]

    def loss(self, batch: Batch) -> torch.Tensor:
        """Cross entropy, averaged with the weights of the tokens that count."""
        tokens = torch.from_numpy(batch.tokens).to(self.device)
        weights = torch.from_numpy(batch.weights).to(self.device).flatten()
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.plan.bf16):
            hidden = self.backbone(tokens[:, :-1], use_cache=False).last_hidden_state
            counted = weights.nonzero().squeeze(1)
            logits = self.model.lm_head(hidden.flatten(0, 1)[counted])
        targets = tokens[:, 1:].flatten()[counted]
        losses = F.cross_entropy(logits.float(), targets, reduction="none")
        kept = weights[counted]
        return (losses * kept).sum() / kept.sum().clamp(min=1.0)

    def shapes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Rows and columns of the usual batch and of the long one, the same number of tokens."""
        size = self.plan.rows * self.plan.columns
        columns = min(CONTEXT_TOKENS_MAX, size)
        return (self.plan.rows, self.plan.columns), (size // columns, columns)

    def compile(self) -> None:
        """Compile for both shapes before the clock starts; nothing is learnt."""
        self.model.train()
        for rows, columns in self.shapes():
            torch.autograd.backward(self.loss(self.rows.batch(rows, columns)))
            self.model.zero_grad(set_to_none=True)

    @property
    def progress(self) -> float:
        """Share of the time that is over, 0 to 1."""
        return min(self.elapsed_s / (self.plan.minutes * 60), 1.0)

    def learning_rate(self) -> float:
        """Linear warm-up, then a cosine down to a twentieth."""
        if self.progress < WARMUP_SHARE:
            return self.plan.learning_rate * max(self.progress / WARMUP_SHARE, 0.02)
        share = (self.progress - WARMUP_SHARE) / (1 - WARMUP_SHARE)
        return self.plan.learning_rate * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * share)))

    def step(self) -> float:
        """One update; returns its loss. Raises FloatingPointError where that is no number."""
        rows, columns = self.shapes()[self.steps % LONG_EVERY == 0]
        rate = self.learning_rate()
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = rate
        loss = self.loss(self.rows.batch(rows, columns))
        if not torch.isfinite(loss):
            raise FloatingPointError(f"loss is {loss.item()} at step {self.steps}")
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.steps += 1
        self.tokens += rows * columns
        return float(loss.item())

    def validate(self, count: int = 4) -> float:
        """Loss on examples of the validation part."""
        source = self.guesses.told(examples(VALIDATION_SEED, "validation"), "validation")
        rows = Rows(self.builder, source)
        self.model.eval()
        with torch.no_grad():
            usual, _ = self.shapes()
            losses = [self.loss(rows.batch(*usual)).item() for _ in range(count)]
        self.model.train()
        return sum(losses) / count

    def run(self) -> None:
        """Train until the time is over, then save."""
        self.compile()
        last = time.monotonic()
        checkpoint_at = self.elapsed_s + CHECKPOINT_SECONDS
        window: list[float] = []
        while self.progress < 1.0:
            window.append(self.step())
            now = time.monotonic()
            self.elapsed_s += now - last
            last = now
            if self.steps % REPORT_STEPS == 0:
                self._report(loss=sum(window) / len(window))
                window.clear()
            if self.elapsed_s >= checkpoint_at:
                checkpoint_at = self.elapsed_s + CHECKPOINT_SECONDS
                self.save()
        self.save()

    def save(self) -> None:
        """Write a checkpoint and the model folder, with the validation loss of now."""
        validation_loss = self.validate()
        self._report(validation_loss=validation_loss)
        self.model.save_pretrained(self.out)
        state = {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "counters": (self.steps, self.tokens, self.elapsed_s),
        }
        temporary = self.out / "checkpoint.tmp"
        torch.save(state, temporary)
        temporary.replace(self.out / CHECKPOINT)
        summary = {
            "plan": asdict(self.plan),
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "steps": self.steps,
            "tokens": self.tokens,
            "seconds": round(self.elapsed_s),
            "validation_loss": round(validation_loss, 4),
            "torch": torch.__version__,
        }
        (self.out / "training.json").write_text(json.dumps(summary, indent=1) + "\n")

    def _load(self) -> None:
        state = torch.load(self.out / CHECKPOINT, weights_only=True, map_location=self.device)
        self.model.load_state_dict(state["model"])
        for optimizer, stored in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(stored)
        self.steps, self.tokens, self.elapsed_s = state["counters"]

    def _report(self, **values: float) -> None:
        line = {
            "step": self.steps,
            "tokens": self.tokens,
            "seconds": round(self.elapsed_s, 1),
            "tokens_per_second": round(self.tokens / max(self.elapsed_s, 1e-9)),
            **{name: round(value, 4) for name, value in values.items()},
        }
        with (self.out / "metrics.jsonl").open("a") as stream:
            stream.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(".cache/train/mini"))
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--begin", type=Path, help="folder of the weights to begin with")
    defaults = Plan(minutes=0.0)
    sizes = ("hidden", "layers", "heads", "intermediate", "rows", "columns", "threads", "guessed")
    for name in sizes:
        parser.add_argument(f"--{name}", type=int, default=getattr(defaults, name))
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--dropout", type=float, default=defaults.dropout)
    parser.add_argument("--device", default=defaults.device, help="cpu or cuda")
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--bf16", action="store_true", help="where there are bf16 instructions")
    arguments = vars(parser.parse_args())
    out, resume, begin = (arguments.pop(name) for name in ("out", "resume", "begin"))
    arguments["compile"] = not arguments.pop("no_compile")
    Trainer(Plan(**arguments), out, resume=resume, begin=begin).run()


if __name__ == "__main__":
    main()
