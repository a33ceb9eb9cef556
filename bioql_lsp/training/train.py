"""Train the embedded model: a small Llama, from scratch, on the generated corpus.

    python -m bioql_lsp.training.train --minutes 65 --out .cache/train/mini

The cosine schedule runs over the time given, so the run ends when it is told to on any machine; it
may be stopped at any moment and goes on with ``--resume``. Reports go to ``metrics.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from transformers import LlamaConfig, LlamaForCausalLM

from bioql_lsp.training.data import batches
from bioql_lsp.training.tokenizer import save_tokenizer, train_tokenizer
from bioql_lsp.worker.prompts import BARE_STYLE, PromptBuilder

CONTEXT_TOKENS_MAX = 1024
CHECKPOINT_SECONDS = 240.0
REPORT_STEPS = 25
WARMUP_SHARE = 0.02
LONG_SHARE = 0.12
VALIDATION_SEED = 990_001
TRAINING_SEED = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides how a run goes."""

    minutes: float
    hidden: int = 256
    layers: int = 6
    heads: int = 4
    intermediate: int = 704
    rows: int = 4
    columns: int = 512
    learning_rate: float = 1.5e-3
    weight_decay: float = 0.1
    threads: int = 2
    compile: bool = True
    bf16: bool = False


def make_config(plan: Plan, vocabulary: int, builder: PromptBuilder) -> LlamaConfig:
    """The model's shape as a Llama configuration."""
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=plan.hidden,
        intermediate_size=plan.intermediate,
        num_hidden_layers=plan.layers,
        num_attention_heads=plan.heads,
        num_key_value_heads=plan.heads,
        max_position_embeddings=CONTEXT_TOKENS_MAX,
        rms_norm_eps=1e-5,
        tie_word_embeddings=True,
        bos_token_id=builder.bos_id,
        eos_token_id=builder.eos_id,
        pad_token_id=None,
        attention_bias=False,
        mlp_bias=False,
    )


def weighted_loss(
    logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor
) -> torch.Tensor:
    """Cross entropy, averaged with the weights of the tokens."""
    losses = F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), reduction="none")
    flat = weights.flatten()
    return (losses * flat).sum() / flat.sum().clamp(min=1.0)


class Trainer:
    """One run: model, optimizer, clock."""

    def __init__(self, plan: Plan, out: Path, *, resume: bool) -> None:
        torch.manual_seed(TRAINING_SEED)
        torch.set_num_threads(plan.threads)
        self.plan, self.out = plan, out
        out.mkdir(parents=True, exist_ok=True)
        if not (out / "tokenizer.json").exists():
            save_tokenizer(train_tokenizer(), out)
        tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
        self.builder = PromptBuilder(tokenizer, CONTEXT_TOKENS_MAX, BARE_STYLE)
        config = make_config(plan, tokenizer.get_vocab_size(), self.builder)
        self.model = LlamaForCausalLM(config)
        self.optimizer = self._make_optimizer()
        self.steps, self.tokens, self.elapsed_s = 0, 0, 0.0
        if resume and (out / "checkpoint.pt").exists():
            self._load()
        stream_seed = TRAINING_SEED + self.steps
        self.stream = batches(self.builder, stream_seed)
        self.forward: Any = torch.compile(self._loss) if plan.compile else self._loss

    def _make_optimizer(self) -> torch.optim.AdamW:
        matrices = [p for p in self.model.parameters() if p.dim() > 1]
        vectors = [p for p in self.model.parameters() if p.dim() <= 1]
        groups = [
            {"params": matrices, "weight_decay": self.plan.weight_decay},
            {"params": vectors, "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self.plan.learning_rate, betas=(0.9, 0.95), fused=True)

    def _loss(self, tokens: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.plan.bf16):
            logits = self.model(tokens[:, :-1], use_cache=False).logits
        return weighted_loss(logits, tokens[:, 1:], weights)

    def shape(self) -> tuple[int, int]:
        """Rows and columns of the next batch: long sequences near the end of the run."""
        if self.progress < 1 - LONG_SHARE:
            return self.plan.rows, self.plan.columns
        return max(self.plan.rows * self.plan.columns // CONTEXT_TOKENS_MAX, 1), CONTEXT_TOKENS_MAX

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
        """One update; returns its loss."""
        rows, columns = self.shape()
        batch = self.stream.next(rows, columns)
        rate = self.learning_rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self.forward(torch.from_numpy(batch.tokens), torch.from_numpy(batch.weights))
        if not torch.isfinite(loss):
            raise FloatingPointError(f"loss is {loss.item()} at step {self.steps}")
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.steps += 1
        self.tokens += rows * columns
        return float(loss.item())

    def validate(self, count: int = 4) -> float:
        """Loss on examples of another seed."""
        stream = batches(self.builder, VALIDATION_SEED)
        losses = []
        with torch.no_grad():
            for _ in range(count):
                batch = stream.next(4, 512)
                losses.append(
                    self._loss(
                        torch.from_numpy(batch.tokens), torch.from_numpy(batch.weights)
                    ).item()
                )
        return sum(losses) / count

    def run(self) -> None:
        """Train until the time is over, then save."""
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
            "optimizer": self.optimizer.state_dict(),
            "counters": (self.steps, self.tokens, self.elapsed_s),
        }
        temporary = self.out / "checkpoint.tmp"
        torch.save(state, temporary)
        temporary.replace(self.out / "checkpoint.pt")
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
        state = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
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
    parser.add_argument("--minutes", type=float, default=65.0)
    parser.add_argument("--resume", action="store_true")
    defaults = Plan(minutes=0.0)
    for name in ("hidden", "layers", "heads", "intermediate", "rows", "columns", "threads"):
        parser.add_argument(f"--{name}", type=int, default=getattr(defaults, name))
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--bf16", action="store_true", help="where the CPU has bf16 instructions")
    arguments = vars(parser.parse_args())
    out, resume = arguments.pop("out"), arguments.pop("resume")
    arguments["compile"] = not arguments.pop("no_compile")
    Trainer(Plan(**arguments), out, resume=resume).run()


if __name__ == "__main__":
    main()
