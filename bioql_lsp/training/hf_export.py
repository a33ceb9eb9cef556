"""Write a model folder as other servers read one: ``transformers serve``, vLLM, TGI.

    python -m bioql_lsp.training.hf_export --model bioql_lsp/mini --out mini-hf

A model folder of ours leaves out what this project knows by itself: that a prompt starts with
``<s>``, which tokens end an answer and how a request is laid out.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, processors

from bioql_lsp.worker.engines.folder import STYLE_KEY, WEIGHTS_FILE, read_config, read_folder
from bioql_lsp.worker.prompts import BOS, EOS, FENCE_OPEN, UNK

CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}"
    "[INST] {{ message['content'] }} [/INST]" + FENCE_OPEN + "{% else %}"
    "{{ message['content'] }}{% endif %}{% endfor %}"
)


def export_hf(folder: Path, out: Path) -> None:
    """Write the folder anew. Raises ModelFormatError."""
    config = read_config(folder)
    prompts = read_folder(folder).prompts
    out.mkdir(parents=True, exist_ok=True)
    config.pop(STYLE_KEY, None)
    end_ids = sorted(prompts.end_ids)
    _write(out / "config.json", config | {"eos_token_id": prompts.eos_id})
    _write(
        out / "generation_config.json",
        # ``transformers serve`` heeds a request's temperature only where sampling is the default.
        {"bos_token_id": prompts.bos_id, "eos_token_id": end_ids, "do_sample": True},
    )
    _write(
        out / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": BOS,
            "eos_token": EOS,
            "unk_token": UNK,
            "clean_up_tokenization_spaces": False,
            "model_max_length": config["max_position_embeddings"],
            "chat_template": CHAT_TEMPLATE,
        },
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", pair=None, special_tokens=[(BOS, prompts.bos_id)]
    )
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    shutil.copyfile(folder / WEIGHTS_FILE, out / WEIGHTS_FILE)


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    export_hf(arguments.model, arguments.out)


if __name__ == "__main__":
    main()
