"""挂牌督办 and verification: who watches over the removal of a hazard and says that it is gone."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.actions import follow, held, move
from services.safety.hazards.codes import HazardLevel
from services.safety.hazards.models import Hazard, Supervision
from services.safety.hazards.schemas import HazardListingIn, PlanIn, ProgressIn, RemovalIn, VerificationIn
from shared.auth import Actor
from shared.contracts.safety import MAJOR_HAZARD_CLOSED, MAJOR_HAZARD_RAISED, MajorHazardFact
from shared.days import today
from shared.errors import InvalidInput
from shared.events import announce


async def list_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: HazardListingIn) -> None:
    """挂牌: put a major hazard under the supervision of a leader."""
    hazard = await held(session, actor, id, "list")
    # A reopened hazard is listed anew; what was before stays in the row history and in the steps.
    await session.execute(delete(Supervision).where(Supervision.hazard == id))
    session.add(
        Supervision(
            **asked.model_dump(exclude={"note"}),
            hazard=id,
            division=hazard.division,
            kindergarten=hazard.kindergarten,
            listed_on=today(),
        )
    )
    hazard.listed = True
    await follow(session, actor, hazard, "list", note=asked.note, document=asked.document, leader=asked.leader)
    await _tell(session, MAJOR_HAZARD_RAISED, hazard, "listed")


async def plan_rectification(session: AsyncSession, actor: Actor, id: UUID, asked: PlanIn) -> None:
    """File the plan with its five commitments; it ends within the deadline."""
    hazard = await held(session, actor, id, "plan")
    if hazard.due_on and asked.finish_by > hazard.due_on:
        raise InvalidInput(
            reason_zh=f"不应晚于整改期限 {hazard.due_on}。",
            reason_en=f"it must not be after the deadline {hazard.due_on}.",
            pointer="/finish_by",
        )
    supervision = await session.get_one(Supervision, id)
    for name, value in asked.model_dump(exclude={"files"}).items():
        setattr(supervision, name, value)
    supervision.planned_on, hazard.planned = today(), True
    await follow(session, actor, hazard, "plan", files=asked.files, **asked.model_dump(exclude={"files"}))


async def report_progress(session: AsyncSession, actor: Actor, id: UUID, asked: ProgressIn) -> None:
    """Report a month's progress; the reminder for that month goes."""
    hazard = await held(session, actor, id, "report_progress")
    if asked.month > f"{today():%Y-%m}":
        raise InvalidInput(reason_zh="不能晚于本月。", reason_en="it cannot be a later month.", pointer="/month")
    hazard.reported_months = sorted({*hazard.reported_months, asked.month})
    data: dict[str, Any] = {"month": asked.month, "percent": asked.percent}
    await follow(session, actor, hazard, "report_progress", note=asked.note, files=asked.files, **data)


async def verify_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: VerificationIn) -> None:
    """Look at the proof or the place: passed, a general hazard is closed and a major one waits for its removal."""
    hazard = await held(session, actor, id, "verify")
    if not asked.passed:
        hazard.failed_verifications += 1
        move(hazard, "assigned")
    elif hazard.level == HazardLevel.MAJOR:
        hazard.accepted_by = actor.id
        move(hazard, "accepted")
    else:
        move(hazard, "closed")
    await follow(session, actor, hazard, "verify", note=asked.note, files=asked.files, passed=asked.passed)


async def remove_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: RemovalIn) -> None:
    """销号: take an accepted major hazard off the list."""
    hazard = await held(session, actor, id, "remove")
    supervision = await session.get_one(Supervision, id)
    supervision.removed_on, supervision.removal_document = today(), asked.document
    move(hazard, "closed")
    await follow(session, actor, hazard, "remove", note=asked.note, document=asked.document)
    await _tell(session, MAJOR_HAZARD_CLOSED, hazard, "removed")


async def _tell(session: AsyncSession, kind: str, hazard: Hazard, state: str) -> None:
    fact = MajorHazardFact(
        hazard=hazard.id,
        kindergarten=hazard.kindergarten,
        division=hazard.division,
        state=state,
        on=today(),
        due=hazard.due_on,
    )
    await announce(
        session,
        kind,
        f"hazards/{hazard.id}",
        division=hazard.division,
        kindergarten=hazard.kindergarten,
        data=fact.model_dump(mode="json"),
    )
