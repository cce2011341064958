"""The job that simulates a scenario: one transaction, so a worker that dies leaves nothing half done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.finance.scenarios.actions import SIMULATE, compute_scenario
from shared.jobs import Work, job


@job(SIMULATE)
async def simulate(work: Work) -> Mapping[str, Any] | None:
    """Compute both sets of rules and end the job together."""
    async with work.step(1, 1, "测算方案") as session:
        await work.finish(session, await compute_scenario(session, UUID(work.arguments["scenario"])))
    return None
