"""The verbs of an inspection."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.checklists.actions import hazard_of, scored
from services.safety.checklists.queries import in_force, items_of
from services.safety.hazards.actions import raise_once
from services.safety.inspections.models import Inspection
from services.safety.inspections.queries import history
from services.safety.inspections.rules import MACHINE, depth
from services.safety.inspections.schemas import (
    InspectionCancelling,
    InspectionNew,
    InspectionRecord,
    InspectionSharing,
    InspectionSignature,
    InspectionStart,
)
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.steps.actions import admit, known_files, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.ids import new_id


class NoInspectionChecklist(DomainError):
    zh = "没有生效的检查表“{code}”。"
    en = "No checklist {code} for inspections is in force."


async def plan_inspection(session: AsyncSession, actor: Actor, new: InspectionNew) -> UUID:
    """Put an inspection on the plan."""
    return await open_inspection(
        session,
        actor,
        new.kindergarten,
        new.checklist,
        new.kind,
        new.inspectors,
        plan=new.plan,
        announced=new.announced,
        departments=new.departments,
        planned_on=new.planned_on,
    )


async def open_inspection(
    session: AsyncSession,
    actor: Actor,
    kindergarten: UUID,
    checklist: str,
    kind: str,
    inspectors: Sequence[str],
    *,
    draw: UUID | None = None,
    plan: str = "",
    announced: bool = False,
    departments: Sequence[str] = (),
    planned_on: date | None = None,
) -> UUID:
    """An inspection, its depth decided by the kindergarten's history. Raises NotFound, NoInspectionChecklist."""
    place = await session.get(Kindergarten, kindergarten)
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    found = await in_force(session, checklist, today())
    if found is None or found.use != "inspection":
        raise NoInspectionChecklist(code=checklist, pointer="/checklist")
    decided = depth(PARAMETERS, await history(session, kindergarten, today()), today())
    made = Inspection(
        id=new_id(),
        kindergarten=kindergarten,
        division=place.division,
        state="planned",
        kind=kind,
        announced=announced,
        depth=decided.depth.value,
        reasons=list(decided.reasons),
        checklist=found.id,
        draw=draw,
        plan=plan,
        departments=list(departments),
        inspectors=list(inspectors),
        planned_on=planned_on or today(),
        made_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await record(session, actor, "inspection", made, "plan", MACHINE["start"].basis, data={"depth": made.depth})
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Inspection:
    found = await session.scalar(select(Inspection).where(Inspection.id == id).with_for_update())
    if found is None:
        raise NotFound(what="inspection")
    admit(MACHINE, verb, found, actor)
    return found


async def _done(session: AsyncSession, actor: Actor, found: Inspection, verb: str, **more: Any) -> None:
    await record(session, actor, "inspection", found, verb, MACHINE[verb].basis, **more)


async def start_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: InspectionStart) -> None:
    """The inspectors are there."""
    found = await _held(session, actor, id, "start")
    found.state, found.visited_on = "visiting", today()
    await _done(session, actor, found, "start", note=asked.note)


async def record_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: InspectionRecord) -> None:
    """Record the answers; each point not in order becomes a hazard, once. Raises NoSuchItem, AnswersIncomplete."""
    found = await _held(session, actor, id, "record")
    items = {each.code: each for each in await items_of(session, found.checklist)}
    score = scored(list(items.values()), asked.answers, only_keys=found.depth == "short")
    for each in asked.answers:
        await known_files(session, found, each.files, "/answers")
    found.answers = to_jsonable_python(asked.answers)
    found.score, found.failed, found.failed_keys = score.points, list(score.failed), list(score.failed_keys)
    found.state, found.hazards = "recorded", 0
    for each in asked.answers:
        if each.result == "bad":
            values = hazard_of(items[each.item], each) | {"kindergarten": found.kindergarten, "found_on": today()}
            await raise_once(session, actor, "inspection", f"{found.id}:{each.item}", values)
            found.hazards += 1
    data = {"score": score.points, "failed": score.failed, "failed_keys": score.failed_keys}
    await _done(session, actor, found, "record", note=asked.note, files=asked.files, data=data)


async def sign_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: InspectionSignature) -> None:
    """The kindergarten signs, with its objection where it has one."""
    found = await _held(session, actor, id, "sign")
    found.state, found.signature, found.objection = "signed", asked.signature, asked.objection
    await _done(session, actor, found, "sign", note=asked.objection or "", data={"signature": asked.signature})


async def share_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: InspectionSharing) -> None:
    """Share the result with departments, through the change feed."""
    found = await _held(session, actor, id, "share")
    found.state, found.shared_with = "shared", list(asked.departments)
    fact = {"departments": asked.departments, "score": found.score, "failed_keys": found.failed_keys}
    await _done(session, actor, found, "share", data={"departments": asked.departments}, fact=fact)


async def cancel_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: InspectionCancelling) -> None:
    """Take a planned inspection off, with the reason."""
    found = await _held(session, actor, id, "cancel")
    found.state = "cancelled"
    await _done(session, actor, found, "cancel", note=asked.note)
