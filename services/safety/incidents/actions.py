"""Recording incidents and who was told; whoever is told late becomes a finding."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.actions import raise_once
from services.safety.incidents.codes import IncidentCategory, ReportTo
from services.safety.incidents.duties import DUTIES
from services.safety.incidents.models import Incident, IncidentReport
from services.safety.incidents.rules import MACHINE, REPORT, Report, due_reports
from services.safety.incidents.schemas import IncidentFollowUp, IncidentNew, IncidentReportIn
from services.safety.kindergartens.models import Kindergarten
from services.safety.steps.actions import admit, record
from shared.auth import Actor
from shared.days import BEIJING, now
from shared.db import Database
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id

KINDS = {each.value: each for each in IncidentCategory}
LISTENERS = {each.value: each for each in ReportTo}


async def record_incident(session: AsyncSession, actor: Actor, new: IncidentNew) -> UUID:
    """Record what happened. Raises NotFound."""
    place = await session.get(Kindergarten, new.kindergarten)
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    known_at = new.known_at or new.occurred_at
    if not new.occurred_at <= known_at <= now():
        raise InvalidInput(
            reason_zh="应不早于发生时刻、不晚于现在。",
            reason_en="it must not be before it happened.",
            pointer="/known_at",
        )
    duties = due_reports(DUTIES, new.category, known_at, {})
    made = Incident(
        **new.model_dump(exclude={"known_at", "files"}),
        id=new_id(),
        division=place.division,
        known_at=known_at,
        state="open",
        untold=[each.to for each in duties],
        late=[],
        recorded_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _follow(session, actor, made, "record", files=new.files)
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Incident:
    found = await session.scalar(select(Incident).where(Incident.id == id).with_for_update())
    if found is None:
        raise NotFound(what="incident")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession, actor: Actor, found: Incident, verb: str, *, note: str = "", files: Sequence[UUID] = ()
) -> None:
    fact = {"category": found.category, "severity": found.severity, "injured": found.injured, "late": found.late}
    await record(session, actor, "incident", found, verb, REPORT, note=note, files=files, fact=fact)


async def report_incident(session: AsyncSession, actor: Actor, id: UUID, asked: IncidentReportIn) -> None:
    """Somebody was told; too late is a finding by itself."""
    found = await _held(session, actor, id, "report")
    if not found.occurred_at <= asked.told_at <= now():
        raise InvalidInput(
            reason_zh="应不早于发生时刻、不晚于现在。",
            reason_en="it must not be before it happened.",
            pointer="/told_at",
        )
    duties = {
        each.to: each for each in due_reports(DUTIES, found.category, found.known_at, {asked.told: asked.told_at})
    }
    duty = duties.get(asked.told)
    late = duty is not None and duty.is_late(now())
    session.add(
        IncidentReport(
            **asked.model_dump(),
            id=new_id(),
            incident=id,
            division=found.division,
            kindergarten=found.kindergarten,
            due_at=duty.due_at if duty else None,
            late=late,
            recorded_by=actor.id,
        )
    )
    found.untold = [each for each in found.untold if each != asked.told]
    if duty and late:
        await _late(session, actor, found, duty)
    await _follow(session, actor, found, "report", note=f"{asked.told.zh}:{asked.way}")


async def _late(session: AsyncSession, actor: Actor, found: Incident, duty: Report) -> None:
    if duty.to not in found.late:
        found.late = [*found.late, duty.to]
    due = duty.due_at.astimezone(BEIJING)
    values = {
        "kindergarten": found.kindergarten,
        "category": "duty",
        "place": found.place,
        "description": f"{KINDS[found.category].zh}迟报或未报{LISTENERS[duty.to].zh},应报时刻 {due:%Y-%m-%d %H:%M}",
        "item": None,
        "legal_basis": duty.basis,
        "immediate_measure": "",
        "photos": [],
        "found_on": now().date(),
        "synthetic": found.synthetic,
    }
    await raise_once(session, actor, "incident", f"{found.id}:{duty.to}", values)


async def follow_incident(session: AsyncSession, actor: Actor, id: UUID, asked: IncidentFollowUp) -> None:
    """What was done about it."""
    found = await _held(session, actor, id, "follow_up")
    await _follow(session, actor, found, "follow_up", note=asked.note, files=asked.files)


async def close_incident(session: AsyncSession, actor: Actor, id: UUID, asked: IncidentFollowUp) -> None:
    """It is over, says the office, once everybody was told."""
    found = await _held(session, actor, id, "close")
    found.state = "closed"
    await _follow(session, actor, found, "close", note=asked.note, files=asked.files)


async def find_late_reports(database: Database, moment: datetime) -> int:
    """Make a finding of every report whose time is over and that nobody made; return how many are new."""
    found = 0
    async with database.begin(database.system) as session:
        query = (
            select(Incident).where(Incident.state == "open", Incident.untold != []).with_for_update(skip_locked=True)
        )
        for each in await session.scalars(query):
            for duty in due_reports(DUTIES, each.category, each.known_at, {}):
                if duty.to in each.untold and duty.to not in each.late and duty.is_late(moment):
                    await _late(session, database.system, each, duty)
                    found += 1
    return found
