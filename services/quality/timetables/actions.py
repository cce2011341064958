"""Filing the day of a class and checking it by rule."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.models import ClassCopy
from services.quality.daily_norms.actions import norm_in_force
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.timetables.codes import Season
from services.quality.timetables.models import Timetable
from services.quality.timetables.rules import Norm, Stretch, findings, minutes, overlapping
from services.quality.timetables.schemas import StretchIn, TimetablePut
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce


class StretchesOverlap(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "时段须按先后排列且不重叠。"
    en = "Stretches follow one another and do not overlap."


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def stretches(asked: Sequence[StretchIn]) -> list[Stretch]:
    """The day in minutes since midnight."""
    return [Stretch(each.kind, _minute(each.begin), _minute(each.end)) for each in asked]


async def norm_for(session: AsyncSession, division: str, on: date, *, boarding: bool) -> tuple[Norm, str | None]:
    """What is asked of a day there then: the district's norm with its edition, or the national rules."""
    outdoor = "outdoor_minutes_boarding" if boarding else "outdoor_minutes"
    names = (outdoor, "sport_minutes", "meal_interval_least", "meal_interval_most")
    if found := await norm_in_force(session, division, on):
        return Norm(*(getattr(found, name) for name in (*names, "play_minutes"))), found.edition
    return Norm(*(number(PARAMETERS, name, on) for name in names)), None


async def file_timetable(
    session: AsyncSession, actor: Actor, class_id: UUID, season: Season, put: TimetablePut
) -> None:
    """Raises NotFound, StretchesOverlap."""
    group = await session.scalar(select(ClassCopy).where(ClassCopy.id == class_id))
    if group is None:
        raise NotFound(what="class")
    day = stretches(put.day)
    if wrong := overlapping(day):
        raise StretchesOverlap(pointer=f"/day/{wrong[0]}")
    asked, edition = await norm_for(session, group.division, today(), boarding=put.boarding)
    key = {"class_id": class_id, "season": season.value}
    found = await session.get(Timetable, key, with_for_update=True)
    if found is None:
        found = Timetable(**key, kindergarten=group.kindergarten, division=group.division)
        session.add(found)
    found.class_name, found.boarding = group.name, put.boarding
    found.day = [each.model_dump(mode="json") for each in put.day]
    found.outdoor_minutes, found.sport_minutes = minutes(day, "outdoor", "sport"), minutes(day, "sport")
    found.play_minutes, found.findings, found.norm_edition = minutes(day, "play"), findings(day, asked), edition
    found.filed_on, found.filed_by = today(), actor.id
    await session.flush()
    await announce(
        session,
        "quality.timetable.filed",
        f"timetables/{class_id}/{season.value}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"season": season, "findings": found.findings},
    )
