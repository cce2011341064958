"""Explaining a finding that is none, taking the explanation back, and asking for a new look."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.data_quality.jobs import KIND, arguments
from services.registry.data_quality.models import DataFinding
from services.registry.data_quality.rules import MACHINE
from services.registry.permissions import May
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound, NotPermitted
from shared.jobs import enqueue
from shared.machine import refusal


async def judge_finding(session: AsyncSession, actor: Actor, id: UUID, verb: str, reason: str) -> None:
    """Dismiss or reopen. Raises NotFound, NotInThisState."""
    finding = await session.scalar(select(DataFinding).where(DataFinding.id == id).with_for_update())
    if finding is None:
        raise NotFound(what="data finding")
    if refused := refusal(MACHINE, verb, finding, actor.id, today()):
        raise refused
    finding.state, finding.reason = ("dismissed", reason) if verb == "dismiss" else ("open", "")
    fact = {"code": finding.code, "subject": finding.subject, "state": finding.state}
    await record(session, actor, "data_finding", finding, MACHINE, verb, note=reason, fact=fact)


async def look_over(session: AsyncSession, actor: Actor) -> UUID:
    """Queue a look over the caller's part of the register. Raises NotPermitted to who has no division."""
    if not actor.divisions:
        raise NotPermitted(needed=May.JUDGE_DATA_QUALITY)
    division = actor.divisions[0]
    return await enqueue(session, actor, KIND, arguments(division), division=division)
