"""The fine-tune itself: frozen weights of the base, an adapter in fp32, and a guard at every step.

What a step would break is found before it is applied (``guard``), so neither the adapter nor a
checkpoint ever holds a number that is none.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from bioql_lsp.training.data import Batch
from bioql_lsp.training.lora.base import Base
from bioql_lsp.training.lora.batches import Batches, Source
from bioql_lsp.training.lora.checkpoint import (
    checkpoints,
    load_checkpoint,
    read_state,
    save_checkpoint,
)
from bioql_lsp.training.lora.guard import (
    NonFiniteError,
    Phase,
    find_in_backward,
    find_in_forward,
    find_in_weights,
    is_finite,
)
from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.training.lora.scale import LossScale
from bioql_lsp.worker.engines.base import ModelFormatError

METRICS_FILE: Final = "metrics.jsonl"


class LoraTrainer:
    """One run: base, adapter, optimizer, counters."""

    def __init__(
        self,
        plan: LoraPlan,
        base: Base,
        out: Path,
        *,
        source: Source | None = None,
        resume: bool = False,
    ) -> None:
        """Raises ValueError for a plan that makes no run, and ModelFormatError."""
        plan.check()
        out.mkdir(parents=True, exist_ok=True)
        self.plan, self.base, self.out = plan, base, out
        self._batches = Batches(plan, base.folder.prompts, source)
        self.steps, self.tokens, self.elapsed_s = 0, 0, 0.0
        self.scale = LossScale() if base.dtype == torch.float16 else None
        torch.manual_seed(plan.seed)
        self.model = _with_adapter(base, plan)
        self._llama: Any = self.model.get_base_model()
        self._trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self._trained, lr=plan.learning_rate, betas=(0.9, 0.999), weight_decay=0.0
        )
        self._saved_at = -1
        found = checkpoints(out)
        if found and not resume:
            raise ValueError(f"{out} holds a run already: go on with --resume, or take another.")
        if found:
            self._load(found[-1])

    def step(self) -> dict[str, float]:
        """One update; returns its loss and the norm of its gradients. Raises NonFiniteError.

        In fp16 a step whose gradients overflowed is left out, unless several in a row do.
        """
        batches = self._batches.of(self.steps)
        rate = self.learning_rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self._gradients(batches)
        norm = self._clipped_norm()
        if math.isfinite(norm):
            self._apply()
            if self.scale is not None:
                self.scale.went()
        elif self.scale is None or not self.scale.skip():
            raise self._broken("backward", batches)
        self.steps += 1
        self.tokens += sum(int(batch.weights.size) for batch in batches)
        return {"loss": loss, "gradient_norm": norm, "rate": rate}

    def _loss(self, batch: Batch) -> Tensor:
        """Cross entropy, averaged with the weights of the tokens that count; NaN where a score is.

        A score of infinity can leave a finite loss, so the scores are looked at, too.
        """
        tokens = torch.from_numpy(batch.tokens).to(self.base.device)
        weights = torch.from_numpy(batch.weights).to(self.base.device).flatten()
        hidden = self._llama.model(tokens[:, :-1], use_cache=False).last_hidden_state
        counted = weights.nonzero().squeeze(1)
        logits = self._llama.lm_head(hidden.flatten(0, 1)[counted]).float()
        losses = F.cross_entropy(logits, tokens[:, 1:].flatten()[counted], reduction="none")
        kept = weights[counted]
        loss = (losses * kept).sum() / kept.sum().clamp(min=1.0)
        return loss if is_finite(logits) else loss * torch.nan

    def _to_go_back_from(self, batch: Batch) -> Tensor:
        """The loss as its gradients are taken: as a part of the step's, and scaled."""
        return self._loss(batch) * self._factor

    @property
    def _factor(self) -> float:
        return (1.0 if self.scale is None else self.scale.value) / self.plan.accumulate

    def _gradients(self, batches: list[Batch]) -> float:
        self.optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for batch in batches:
            loss = self._loss(batch)
            if not is_finite(loss):
                raise self._broken("forward", [batch])
            (loss * self._factor).backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        return total / len(batches)

    def _clipped_norm(self) -> float:
        """The norm of the gradients before they are cut to the plan's most."""
        if self.scale is not None:
            for parameter in self._trained:
                if parameter.grad is not None:
                    parameter.grad /= self.scale.value
        most = self.plan.gradient_norm_max
        return float(torch.nn.utils.clip_grad_norm_(self._trained, most))

    @torch.no_grad()
    def _apply(self) -> None:
        """Take the step, or take it back where a weight would not be finite."""
        before = [parameter.clone() for parameter in self._trained]
        self.optimizer.step()
        if all(is_finite(parameter) for parameter in self._trained):
            return
        error = self._broken("step", [])
        for parameter, kept in zip(self._trained, before, strict=True):
            parameter.copy_(kept)
        raise error

    def _broken(self, phase: Phase, batches: list[Batch]) -> NonFiniteError:
        if phase == "forward":
            finding = find_in_forward(self.model, lambda: self._loss(batches[0]))
        elif phase == "backward":
            self.optimizer.zero_grad(set_to_none=True)
            runs = [partial(self._to_go_back_from, batch) for batch in batches]
            finding = find_in_backward(self.model, runs)
        else:
            finding = find_in_weights(self.model)
        error = NonFiniteError(self.steps, phase, finding, self.base.dtype)
        self._report(stopped=str(error))
        return error

    @property
    def progress(self) -> float:
        """Share of the run that is over, 0 to 1."""
        if self.plan.steps is not None:
            return min(self.steps / self.plan.steps, 1.0)
        assert self.plan.minutes is not None
        return min(self.elapsed_s / (self.plan.minutes * 60), 1.0)

    def learning_rate(self) -> float:
        """Linear warm-up, then a cosine down to a twentieth."""
        warm, progress = self.plan.warmup_share, self.progress
        if progress < warm:
            return self.plan.learning_rate * max(progress / warm, 0.05)
        share = (progress - warm) / (1 - warm)
        return self.plan.learning_rate * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * share)))

    def run(self) -> None:
        """Train to the end, with a checkpoint before the first step and every so many steps.

        Raises NonFiniteError.
        """
        if self._saved_at != self.steps:
            self.save()
        last = time.monotonic()
        while self.progress < 1.0:
            values = self.step()
            now = time.monotonic()
            self.elapsed_s += now - last
            last = now
            self._report(**values)
            if self.steps % self.plan.save_every == 0:
                self.save()
        if self._saved_at != self.steps:
            self.save()

    @torch.no_grad()
    def validate(self) -> float:
        """Loss on the same examples of the validation part each time. May be NaN."""
        losses = [float(self._loss(batch)) for batch in self._batches.validation()]
        return sum(losses) / len(losses)

    def save(self) -> None:
        """Write a checkpoint, with the validation loss of now."""
        loss = self.validate()
        self._report(validation_loss=loss)
        state = {
            "step": self.steps,
            "tokens": self.tokens,
            "elapsed_s": self.elapsed_s,
            "validation_loss": _rounded(loss),
            "scale": None if self.scale is None else asdict(self.scale),
            "base": self.base.name,
            "base_identity": self.base.identity,
            "dtype": str(self.base.dtype),
            "plan": self.plan.as_json(),
        }
        save_checkpoint(self.out, self.model, self.optimizer, state, self.base.identity)
        self._saved_at = self.steps

    def _load(self, checkpoint: Path) -> None:
        """Go on from a checkpoint. Raises ModelFormatError where the run would not be the same."""
        state = read_state(checkpoint)
        now = {
            **self.plan.as_json(),
            "base_identity": self.base.identity,
            "dtype": str(self.base.dtype),
        }
        before = {**state["plan"], **{key: state[key] for key in ("base_identity", "dtype")}}
        changed = [key for key in now if now[key] != before.get(key)]
        if changed:
            told = ", ".join(f"{key} was {before.get(key)} and is {now[key]}" for key in changed)
            raise ModelFormatError(f"{checkpoint} is of another run: {told}.")
        load_checkpoint(checkpoint, self.model, self.optimizer)
        self.steps, self.tokens = state["step"], state["tokens"]
        self.elapsed_s = state["elapsed_s"]
        self.scale = None if state["scale"] is None else LossScale(**state["scale"])
        self._saved_at = self.steps
        self._forget_metrics()

    def _forget_metrics(self) -> None:
        """What was reported of steps behind the checkpoint will be reported again."""
        file = self.out / METRICS_FILE
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        kept = [line for line in lines if json.loads(line)["step"] <= self.steps]
        file.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def _report(self, **values: float | str) -> None:
        line: dict[str, float | str | None] = {
            "step": self.steps,
            "tokens": self.tokens,
            "seconds": round(self.elapsed_s, 1),
        }
        for name, value in values.items():
            line[name] = value if isinstance(value, str) else _rounded(value)
        if self.scale is not None:
            line |= {"loss_scale": self.scale.value, "skipped": self.scale.skipped}
        with (self.out / METRICS_FILE).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def _rounded(value: float) -> float | None:
    """Five digits; None for what JSON has no number for."""
    return float(f"{value:.5g}") if math.isfinite(value) else None


def _with_adapter(base: Base, plan: LoraPlan) -> PeftModel:
    """The base with a new adapter: its weights are fp32 whatever the base's are."""
    model = base.load()
    if plan.gradient_checkpointing:
        model.activation_checkpointing_enable({"use_reentrant": False})
    config = LoraConfig(
        r=plan.rank,
        lora_alpha=plan.alpha,
        target_modules=list(plan.targets),
        lora_dropout=0.0,
        bias="none",
        task_type=TaskType.CAUSAL_LM,
        base_model_name_or_path=base.name,
    )
    tuned = get_peft_model(model, config, autocast_adapter_dtype=True)
    assert isinstance(tuned, PeftModel)
    return tuned.train()
