"""Several answers to one request: which of them is shown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from bioql_lsp.worker.checking import Checked
from bioql_lsp.worker.jobs import Job, Outcome
from bioql_lsp.worker.running import Running
from bioql_lsp.worker.stops import StopTexts
from bioql_lsp.worker.work import Work


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the engine wrote, what it took, and what is wrong with it.

    ``checked`` is None where there is no buffer to check it in.
    """

    text: str
    outcome: Outcome
    checked: Checked | None

    @property
    def is_good(self) -> bool:
        """Whether it may be shown."""
        return self.checked is None or self.checked.is_accepted

    @property
    def rank(self) -> tuple[int, int]:
        """Lower is better: what may be shown, by what it leaves undone of the request; the rest.

        What was cancelled before it could be checked is no better than what may be shown already.
        """
        if self.checked is None:
            return (1, 0)
        return (0 if self.checked.is_accepted else 2, self.checked.left_out_count)

    @property
    def is_final(self) -> bool:
        """Whether no other candidate can be better: nothing is amiss, or it is a refusal."""
        if self.checked is None:
            return True
        return self.checked.reason == "not_bioql" or self.rank == (0, 0)


async def written(running: Running, work: Work, job: Job, attempt: int) -> tuple[str, Outcome]:
    """All of a candidate's text, told as it comes. Raises JobFailedError and QueueWaitError."""
    parts: list[str] = []
    stops = StopTexts(work.stops)
    async for piece in job.pieces():
        if told := stops.passed(piece):
            parts.append(told)
            running.tell(told, attempt)
        if stops.is_reached:
            job.cancel()
    assert job.outcome is not None
    if stops.is_reached:
        return "".join(parts), dataclasses.replace(job.outcome, finish="stop")
    return "".join(parts) + stops.rest(), job.outcome
