from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.guidance_visits.models import GuidanceVisit
from services.quality.guidance_visits.schemas import (
    GuidanceFollowUp,
    GuidanceVisitNew,
    GuidanceVisitOut,
    GuidanceVisitPage,
    GuidanceVisitQuery,
)
from services.quality.kindergartens.models import Kindergarten
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import DomainError, InvalidInput, NotFound, problems
from shared.events import announce
from shared.idempotency import Route
from shared.ids import new_id
from shared.listing import Listing

router = APIRouter(prefix="/guidance-visits", tags=["teaching research"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RESEARCH])]
Researcher = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_TEACHERS])]
_table, _place = GuidanceVisit.__table__, Kindergarten.__table__
_row = _table.c
_overdue = _row.followed_up_on.is_(None) & (_row.follow_up_due < bindparam("as_of", type_=Date))
_special: dict[str, Any] = {"on": _row.on_day, "kindergarten_name": _place.c.name, "overdue": _overdue.is_(True)}
_from = _table.join(_place, _place.c.id == _row.kindergarten)
_rows = select(
    *((_special[n] if n in _special else _row[n]).label(n) for n in GuidanceVisitOut.model_fields)
).select_from(_from)
VISITS = Listing(
    "guidance-visits",
    _rows,
    _row.id,
    {"on": _row.on_day},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "researcher": _row.researcher == bindparam("researcher"),
        "overdue": _overdue.is_(True) == bindparam("overdue"),
    },
)
VISIT = one(_rows.where(_row.id == bindparam("id")))


class FollowedUp(DomainError):
    zh = "该次指导已跟进。"
    en = "The visit was followed up already."


@router.get(
    "",
    operation_id="list_guidance_visits",
    response_model=GuidanceVisitPage,
    responses=exports.responses(GuidanceVisitPage),
)
async def list_guidance_visits(
    query: Annotated[GuidanceVisitQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Researchers' visits 下园指导, with teachers' needs and what came of the advice."""
    return await exports.answer(request, reader, VISITS, query, as_of=today())


async def _shown(session: AsyncSession, id: UUID) -> Response:
    return Response(await written(session, VISIT, id=id, as_of=today()), 201, media_type="application/json")


@router.post(
    "",
    operation_id="record_guidance_visit",
    status_code=status.HTTP_201_CREATED,
    response_model=GuidanceVisitOut,
    responses=problems(NotFound),
)
async def record_guidance_visit(new: GuidanceVisitNew, caller: Researcher, session: Write) -> Response:
    """Record a visit: days, classes seen, needs collected, advice."""
    return await _shown(session, await _record(session, caller, new))


@router.post(
    "/{id}/follow-ups",
    operation_id="follow_up_guidance_visit",
    status_code=status.HTTP_201_CREATED,
    response_model=GuidanceVisitOut,
    responses=problems(NotFound, FollowedUp),
)
async def follow_up_guidance_visit(id: UUID, asked: GuidanceFollowUp, caller: Researcher, session: Write) -> Response:
    """Say what came of the advice 教研实效."""
    found = await session.scalar(select(GuidanceVisit).where(GuidanceVisit.id == id).with_for_update())
    if found is None:
        raise NotFound(what="guidance visit")
    if found.followed_up_on is not None:
        raise FollowedUp
    found.effect, found.followed_up_on, found.followed_up_by = asked.effect, today(), caller.id
    return await _shown(session, id)


async def _record(session: AsyncSession, actor: Actor, new: GuidanceVisitNew) -> UUID:
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if new.on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/on")
    if new.follow_up_due is not None and new.follow_up_due < new.on:
        raise InvalidInput(
            reason_zh="不早于指导日期。", reason_en="it is not before the visit.", pointer="/follow_up_due"
        )
    made = GuidanceVisit(id=new_id(), division=place.division, researcher=actor.id, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.guidance_visit.recorded",
        f"guidance-visits/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"on": new.on, "days": new.days, "teachers": new.teachers},
    )
    return made.id
