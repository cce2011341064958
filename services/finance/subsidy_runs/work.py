"""The job that computes a run: one transaction, so a worker that dies leaves nothing half done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.finance.subsidy_runs.actions import PREPARE, compute_lines
from shared.jobs import Work, job


@job(PREPARE)
async def prepare(work: Work) -> Mapping[str, Any] | None:
    """Compute the lines, store their explanations and end the job together."""
    async with work.step(1, 1, "测算补助明细") as session:
        await work.finish(session, await compute_lines(session, UUID(work.arguments["run"])))
    return None
