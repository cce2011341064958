from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, Text, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.permissions import May
from services.quality.research_activities.actions import LevelNamesItsPlace, in_place
from services.quality.research_activities.models import ResearchActivity
from services.quality.research_plans.models import ResearchPlan
from services.quality.research_plans.schemas import (
    ResearchPlanNew,
    ResearchPlanOut,
    ResearchPlanPage,
    ResearchPlanQuery,
    ResearchPlanRating,
)
from services.quality.research_zones.models import ResearchZone
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.ids import new_id
from shared.listing import Listing

router = APIRouter(prefix="/research-plans", tags=["teaching research"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RESEARCH])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.RECORD_RESEARCH])]
Researcher = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_TEACHERS])]
_table, _activity = ResearchPlan.__table__, ResearchActivity.__table__.c
_row = _table.c
_held = select(func.count()).where(_activity.plan == _row.id).correlate(_table).scalar_subquery()
_each = func.jsonb_array_elements(_row.planned).table_valued("value").alias("each_planned")
_due = (
    select(func.count())
    .select_from(_each)
    .where(cast(func.jsonb_extract_path_text(_each.c.value, "on"), Date) <= bindparam("as_of", type_=Date))
    .correlate(_table)
    .scalar_subquery()
)
_special: dict[str, Any] = {"held": _held, "due": _due, "behind": _held < _due}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in ResearchPlanOut.model_fields]
PLANS = Listing(
    "research-plans",
    select(*_columns),
    _row.id,
    {"since": _row.since},
    {
        "level": _row.level == bindparam("level", type_=Text),
        "zone": _row.zone == bindparam("zone"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "behind": _special["behind"] == bindparam("behind"),
    },
)
PLAN = one(select(*_columns).where(_row.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_research_plans",
    response_model=ResearchPlanPage,
    responses=exports.responses(ResearchPlanPage),
)
async def list_research_plans(
    query: Annotated[ResearchPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """教研计划 on the three levels 区、片、园 and of the alliances, with how far they are carried out."""
    return await exports.answer(request, reader, PLANS, query, as_of=today())


async def _shown(session: AsyncSession, id: UUID) -> Response:
    return Response(await written(session, PLAN, id=id, as_of=today()), 201, media_type="application/json")


@router.post(
    "",
    operation_id="file_research_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=ResearchPlanOut,
    responses=problems(NotFound, LevelNamesItsPlace),
)
async def file_research_plan(new: ResearchPlanNew, caller: Recorder, session: Write) -> Response:
    """File the plan of a term; activities recorded under it show how far it is."""
    return await _shown(session, await _file(session, caller, new))


@router.post(
    "/{id}/ratings",
    operation_id="rate_research_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=ResearchPlanOut,
    responses=problems(NotFound),
)
async def rate_research_plan(id: UUID, asked: ResearchPlanRating, caller: Researcher, session: Write) -> Response:
    """A researcher's judgement of a plan 园本教研质量, renewed when it is given again."""
    found = await session.scalar(select(ResearchPlan).where(ResearchPlan.id == id).with_for_update())
    if found is None:
        raise NotFound(what="research plan")
    found.rating, found.comment, found.rated_by = asked.rating, asked.comment, caller.id
    return await _shown(session, id)


async def _file(session: AsyncSession, actor: Actor, new: ResearchPlanNew) -> UUID:
    in_place(new.level, new.zone, new.kindergarten)
    for n, each in enumerate(new.planned):
        if not new.since <= each.on <= new.until:
            raise InvalidInput(
                reason_zh="应在计划期内。", reason_en="it lies within the plan.", pointer=f"/planned/{n}/on"
            )
    if new.until < new.since:
        raise InvalidInput(reason_zh="止期不早于起期。", reason_en="it ends after it begins.", pointer="/until")
    values = new.model_dump(mode="json", include={"planned"}) | new.model_dump(exclude={"planned"})
    division = await _division(session, actor, new)
    made = ResearchPlan(id=new_id(), division=division, filed_by=actor.id, **values)
    session.add(made)
    await session.flush()
    return made.id


async def _division(session: AsyncSession, actor: Actor, new: ResearchPlanNew) -> str:
    if new.kindergarten is not None:
        place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
        if place is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        return place.division
    if new.zone is not None and await session.get(ResearchZone, new.zone) is None:
        raise NotFound(what="research zone", pointer="/zone")
    if not actor.divisions:
        raise NotFound(what="division")
    return min(actor.divisions, key=len)
