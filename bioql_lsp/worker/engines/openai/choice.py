"""Which form of prompt an upstream takes: tried with one token each, the most exact first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, get_args

from bioql_lsp.worker.engines.base import ProgressReport, Prompt, Sampling, UpstreamError
from bioql_lsp.worker.engines.openai.address import Address
from bioql_lsp.worker.engines.openai.forms import (
    Form,
    TextPrompt,
    UnknownLayout,
    Writer,
)
from bioql_lsp.worker.engines.openai.probe import Facts, Probe, Trial
from bioql_lsp.worker.engines.openai.text import SpecialTexts
from bioql_lsp.worker.engines.openai.way import ForeignTokenizer, Way
from bioql_lsp.worker.prompts import BOS

FORMS: Final[tuple[Form, ...]] = get_args(Form)
AUTO: Final = "auto"
_SAMPLE: Final = "one two three four five six seven"
_TRIAL_SHARE: Final = 0.5


class Choice:
    """Chooses the way for one upstream, whose tokenizer may be known."""

    def __init__(
        self,
        address: Address,
        probe: Probe,
        facts: Facts,
        known: ForeignTokenizer | None,
        context_tokens_max: int,
    ) -> None:
        self._address = address
        self._probe = probe
        self._facts = facts
        self._known = known
        self._context_tokens_max = context_tokens_max
        self._special = SpecialTexts(None if known is None else known.tokenizer)
        self._layout = None if known is None else known.layout(context_tokens_max)

    async def choose(self, form: str, report: ProgressReport) -> Way:
        """The first way that works. Raises UpstreamError."""
        self._check_tokenizer()
        tried = self._candidates(form)
        for candidate in tried:
            report(_TRIAL_SHARE, f"trying prompts as {candidate}")
            for extras in self._extras(candidate):
                way = self._way(candidate, extras)
                trial = await self._try(way)
                if trial is not None:
                    return self._adapted(way, trial)
        raise self._address.error(
            f"took none of the prompt forms tried ({', '.join(tried)}): check its URL, the model's "
            f"name ({self._facts.model}) and its log."
        )

    def _check_tokenizer(self) -> None:
        size = self._facts.vocabulary_size
        if self._known is None or size is None:
            return
        if (own := self._known.tokenizer.get_vocab_size()) > size:
            raise self._address.error(
                f"has a model of {size} tokens, but the tokenizer named for it has {own}: name the "
                "tokenizer of that very model."
            )

    def _candidates(self, form: str) -> tuple[Form, ...]:
        if form == AUTO:
            # Only the upstream knows the layout of a model whose tokenizer we do not have.
            return FORMS if self._layout is not None else ("chat", "text")
        chosen = next((known for known in FORMS if known == form), None)
        if chosen is None:
            raise UpstreamError(f"There is no prompt form {form}: {AUTO}, {', '.join(FORMS)}.")
        if chosen == "tokens" and self._layout is None:
            raise UpstreamError(
                "Prompts of token ids need the tokenizer of the upstream's model, of Llama kind: "
                "name its tokenizer.json or its folder, or use text or chat."
            )
        return (chosen,)

    def _extras(self, form: Form) -> list[dict[str, Any]]:
        """Fields to try with a form: vLLM does not stop at the infill's end token by itself."""
        if self._layout is None or form == "chat":
            return [{}]
        return [{"stop_token_ids": sorted(self._layout.builder.end_ids)}, {}]

    def _way(self, form: Form, extras: dict[str, Any]) -> Way:
        count = None if self._known is None else self._known.count
        return Way(self._writer(form), extras, count=count)

    def _writer(self, form: Form, lead: str = "") -> Writer:
        layout = self._layout or UnknownLayout(self._context_tokens_max)
        return Writer(form, layout, self._special, self._context_tokens_max, lead)

    async def _try(self, way: Way) -> Trial | None:
        prompt: Prompt = TextPrompt((), text=_SAMPLE)
        if way.writer.form == "tokens" and self._layout is not None:
            prompt = Prompt((self._layout.builder.bos_id, *self._layout.builder.encode(_SAMPLE)))
        body = way.body(self._facts.model, prompt, Sampling(1))
        trial = await self._probe.trial(way.path, body)
        if trial is None or not prompt.ids or trial.prompt_tokens in (None, len(prompt.ids)):
            return trial
        return None  # it read the ids as something else

    def _adapted(self, way: Way, trial: Trial) -> Way:
        """The way with what its trial told: how its text begins, and whether it adds ``<s>``."""
        if self._layout is None or way.writer.form == "chat":
            return way
        # The sample goes on with a word, so a space belongs before it.
        loses_space = self._layout.drops_first_space and trial.text[:1].isalpha()
        lead = ""
        if way.writer.form == "text":
            bare = len(self._layout.builder.encode(_SAMPLE))
            lead = BOS if trial.prompt_tokens == bare else ""
        return replace(way, writer=self._writer(way.writer.form, lead), loses_space=loses_space)
