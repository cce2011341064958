from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.actions import locked, standing_of
from services.registry.kindergartens.announcements import announce_state, announce_status, touch
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus
from services.registry.kindergartens.takeovers import correct, recorded, take_over
from services.registry.kindergartens.transitions import (
    Standing,
    corrected_statuses_refusal,
    status_takeover_refusal,
)
from services.registry.refusals import RuleRefuses
from services.registry.statuses.queries import LEAVES_LAST
from services.registry.statuses.schemas import StatusChange, StatusCorrection
from shared import etags


async def change_status(session: AsyncSession, id: UUID, new: StatusChange) -> None:
    """Let a status take over on a day."""
    entry = await locked(session, id)
    if refusal := status_takeover_refusal(await _standing(session, entry), new.status, new.since):
        raise RuleRefuses(refusal, pointer="/status")
    values = {"status": new.status.value, "reason": new.reason}
    await _told(session, entry, await take_over(session, KindergartenStatus, entry, values, new.since))


async def correct_status(session: AsyncSession, id: UUID, period: UUID, change: StatusCorrection, asked: int) -> None:
    """Set a period right, as if it had been recorded so in the first place."""
    entry = await locked(session, id)
    found = await recorded(session, KindergartenStatus, id, period)
    sent: dict[str, Any] = change.model_dump(exclude_unset=True, mode="json")
    differing = {name: str(getattr(found, name)) for name in sent if str(getattr(found, name)) != sent[name]}
    etags.check(asked, found.version, differing)
    if not differing:
        return
    values: dict[str, Any] = {name: value for name, value in sent.items() if name != "since"}
    await correct(session, KindergartenStatus, found, values, change.since or found.since)
    if refusal := corrected_statuses_refusal(await _standing(session, entry)):
        raise RuleRefuses(refusal, pointer="/status")
    await _told(session, entry, found)


async def _standing(session: AsyncSession, entry: Kindergarten) -> Standing:
    last = await session.scalar(LEAVES_LAST, {"id": entry.id})
    return replace(await standing_of(session, entry), leaves_last=last)


async def _told(session: AsyncSession, entry: Kindergarten, period: Any) -> None:
    await _dates(session, entry)
    await touch(session, entry.id, entry.version)
    await announce_status(session, entry, period)
    await announce_state(session, entry.id)


async def _dates(session: AsyncSession, entry: Kindergarten) -> None:
    """Opening and closing days follow from the statuses; an opening day that was entered stays."""
    statuses = (await standing_of(session, entry)).statuses
    entry.closed_on = next((each.since for each in statuses if each.value == Status.CLOSED), None)
    if entry.opened_on is None:
        entry.opened_on = next((each.since for each in statuses if each.value == Status.OPERATING), None)
    await session.flush()
