"""Comparing what was seen of a class's day with what it filed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.frameworks.actions import refuse_scores
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import happened
from services.quality.timetable_observations.models import TimetableObservation
from services.quality.timetable_observations.schemas import TimetableObservationNew
from services.quality.timetables.actions import StretchesOverlap, norm_for, stretches
from services.quality.timetables.models import Timetable
from services.quality.timetables.rules import findings, minutes, overlapping
from shared.auth import Actor
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id


class NoTimetableIsFiled(DomainError):
    zh = "该班该季节尚未备案作息。"
    en = "The class has filed no timetable for that season."


async def record_observation(session: AsyncSession, actor: Actor, new: TimetableObservationNew) -> UUID:
    """Raises NotFound, NoTimetableIsFiled, StretchesOverlap, ChildrenAreNotScored."""
    happened(new.on, "/on")
    refuse_scores({"/note": new.note})
    seen = stretches(new.seen)
    if wrong := overlapping(seen):
        raise StretchesOverlap(pointer=f"/seen/{wrong[0]}")
    group = await class_of(session, new.class_id)
    query = select(Timetable).where(Timetable.class_id == group.id, Timetable.season == new.season.value)
    if (filed := await session.scalar(query)) is None:
        raise NoTimetableIsFiled
    asked, _ = await norm_for(session, group.division, new.on, boarding=filed.boarding)
    slack = number(PARAMETERS, "timetable_tolerance", new.on)
    outdoor, sport = minutes(seen, "outdoor", "sport"), minutes(seen, "sport")
    short = findings(seen, asked)
    made = TimetableObservation(
        id=new_id(),
        class_id=group.id,
        class_name=group.name,
        class_kind=group.kind,
        season=new.season.value,
        kindergarten=group.kindergarten,
        division=group.division,
        on=new.on,
        seen=[each.model_dump(mode="json") for each in new.seen],
        outdoor_filed=filed.outdoor_minutes,
        outdoor_seen=outdoor,
        sport_filed=filed.sport_minutes,
        sport_seen=sport,
        findings=short,
        kept=not short and outdoor >= filed.outdoor_minutes - slack and sport >= filed.sport_minutes - slack,
        note=new.note,
        observer=actor.id,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.timetable_observation.recorded",
        f"timetable-observations/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"on": made.on, "kept": made.kept, "findings": short},
    )
    return made.id
