"""Fine-tune a model of Llama architecture by LoRA.

    python -m bioql_lsp.training.lora train --base PATH_OR_ID --out RUN --steps 1000
    python -m bioql_lsp.training.lora export --run RUN --out ADAPTER
    python -m bioql_lsp.training.lora merge --base PATH_OR_ID --adapter ADAPTER --out MODEL

Without ``--base`` the base is the embedded model.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from bioql_lsp.training.lora.base import DTYPES, estimate, fetch_base, open_base, room_bytes
from bioql_lsp.training.lora.guard import NonFiniteError
from bioql_lsp.training.lora.merge import export_adapter, gguf, merge
from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.training.lora.trainer import LoraTrainer
from bioql_lsp.worker.engines.base import EngineError
from bioql_lsp.worker.engines.folder import embedded_folder

EXIT_REFUSED: Final = 2
EXIT_STOPPED: Final = 3
"""The guard stopped the run; the last checkpoint is sound."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        if arguments.command == "train":
            _train(arguments)
        elif arguments.command == "merge":
            _merge(arguments)
        else:
            checkpoint = export_adapter(arguments.run, arguments.out)
            print(f"{arguments.out}: the adapter of {checkpoint.name}")
    except NonFiniteError as error:
        print(error, file=sys.stderr)
        return EXIT_STOPPED
    except (EngineError, ValueError) as error:
        print(error, file=sys.stderr)
        return EXIT_REFUSED
    return 0


def _train(arguments: argparse.Namespace) -> None:
    base = open_base(arguments.base, arguments.dtype, arguments.device)
    values = {field.name: getattr(arguments, field.name, None) for field in fields(LoraPlan)}
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("gradient_checkpointing", base.device.type == "cuda")
    plan = LoraPlan(**given)
    plan.check()
    if base.note:
        print(base.note)
    memory, room = estimate(base, plan), room_bytes(base.device)
    numbers = str(base.dtype).removeprefix("torch.")
    print(f"{base.name} in {numbers} on {base.device}: {memory}", flush=True)
    if room is not None and memory.total > room:
        print(
            f"The device has {room / 1e9:.1f} GB: take fewer --rows or --columns, or "
            "--gradient-checkpointing.",
            flush=True,
        )
    LoraTrainer(plan, base, arguments.out, resume=arguments.resume).run()


def _merge(arguments: argparse.Namespace) -> None:
    name = str(embedded_folder()) if arguments.base is None else arguments.base
    dtype = None if arguments.dtype is None else DTYPES[arguments.dtype]
    merge(fetch_base(name), name, arguments.adapter, arguments.out, dtype)
    print(f"{arguments.out}: merged")
    if arguments.gguf is not None:
        gguf(arguments.out, arguments.gguf, arguments.gguf_precision)
        print(f"{arguments.gguf}: written")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m bioql_lsp.training.lora",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _add_train(commands.add_parser("train", help="train an adapter"))
    join = commands.add_parser("merge", help="add an adapter to its base for good")
    join.add_argument("--base", metavar="PATH_OR_ID")
    join.add_argument("--adapter", type=Path, required=True, help="a checkpoint, or an export")
    join.add_argument("--out", type=Path, required=True, help="a new folder")
    join.add_argument("--dtype", choices=list(DTYPES), help="default: what each tensor has")
    join.add_argument("--gguf", type=Path, metavar="FILE", help="write this file as well")
    join.add_argument("--gguf-precision", choices=("f32", "q8_0"), default="q8_0")
    copy = commands.add_parser("export", help="copy the adapter of a run's newest checkpoint")
    copy.add_argument("--run", type=Path, required=True)
    copy.add_argument("--out", type=Path, required=True)
    return parser


def _add_train(train: argparse.ArgumentParser) -> None:
    plan = LoraPlan()
    train.add_argument("--base", metavar="PATH_OR_ID", help="default: the embedded model")
    train.add_argument("--out", type=Path, required=True, help="the run's folder")
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    length = train.add_mutually_exclusive_group(required=True)
    length.add_argument("--steps", type=int)
    length.add_argument("--minutes", type=float)
    for name in ("rank", "alpha", "rows", "columns", "accumulate", "save_every", "seed"):
        flag = f"--{name.replace('_', '-')}"
        train.add_argument(flag, type=int, default=getattr(plan, name))
    train.add_argument("--learning-rate", type=float, default=plan.learning_rate)
    train.add_argument(
        "--targets", type=_names, default=plan.targets, help=f"default: {','.join(plan.targets)}"
    )
    train.add_argument(
        "--recipes", type=_names, default=(), help="learn instructions of these recipes alone"
    )
    train.add_argument("--dtype", choices=("auto", *DTYPES), default="auto")
    train.add_argument("--device", default="auto", help="auto, cpu or cuda")
    train.add_argument(
        "--gradient-checkpointing",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="less memory, a third more time; default: on a GPU",
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


if __name__ == "__main__":
    sys.exit(main())
