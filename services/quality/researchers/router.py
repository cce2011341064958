import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import Date, Integer, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.guidance_visits.models import GuidanceVisit
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import in_force, number
from services.quality.permissions import May
from services.quality.research_activities.models import TeacherQuestion
from services.quality.research_zones.models import ResearchZone, ZoneMember
from services.quality.research_zones.rules import term_of
from services.quality.researchers.models import Researcher
from services.quality.researchers.schemas import (
    ResearcherOut,
    ResearcherPage,
    ResearcherPosts,
    ResearcherPut,
    ResearcherQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.ids import new_id
from shared.listing import Listing
from shared.schemas import In

router = APIRouter(prefix="/researchers", tags=["teaching research"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RESEARCH])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_RESEARCH])]
_table = Researcher.__table__
_row, _zone, _member = _table.c, ResearchZone.__table__, ZoneMember.__table__
_visit, _asked = GuidanceVisit.__table__.c, TeacherQuestion.__table__.c
_term, _as_of = bindparam("term", type_=Date), bindparam("as_of", type_=Date)


def _alone(rows: Any) -> Any:
    return rows.correlate(_table).scalar_subquery()


_none = cast(literal_column("'{}'"), ARRAY(Text))
_load = _alone(
    select(func.count(func.distinct(_member.c.kindergarten)))
    .select_from(_member.join(_zone, _zone.c.id == _member.c.zone))
    .where(_zone.c.researcher == _row.account)
)
_answered = (_asked.answered_by == _row.account) & (_asked.answered_on >= _term) & (_asked.answered_on <= _as_of)
_visited = (_visit.researcher == _row.account) & (_visit.on_day >= _term) & (_visit.on_day <= _as_of)
_figures: dict[str, Any] = {
    "zones": func.coalesce(
        _alone(select(func.array_agg(_zone.c.name)).where(_zone.c.researcher == _row.account)), _none
    ),
    "kindergartens": _load,
    "overloaded": _load > bindparam("most", type_=Integer),
    "visits": _alone(select(func.count()).where(_visited)),
    "kindergartens_visited": _alone(select(func.count(func.distinct(_visit.kindergarten))).where(_visited)),
    "answers": _alone(select(func.count()).where(_answered)),
    "answers_late": _alone(select(func.count()).where(_answered, _asked.answered_on > _asked.due_on)),
}
_columns = [(_figures[n] if n in _figures else _row[n]).label(n) for n in ResearcherOut.model_fields]
RESEARCHERS = Listing(
    "researchers",
    select(*_columns),
    _row.id,
    {"account": _row.account},
    {
        "full_time": _row.full_time == bindparam("full_time"),
        "overloaded": _figures["overloaded"] == bindparam("overloaded"),
    },
)
RESEARCHER = one(select(*_columns).where(_row.account == bindparam("account")))
_filled = (_row.since <= _as_of) & (_row.ended_on.is_(None) | (_row.ended_on > _as_of))
_counts: tuple[Any, ...] = (
    func.count().filter(_filled).label("filled"),
    func.count().filter(_filled & _row.full_time).label("full_time"),
)
FILLED = one(select(*_counts).select_from(_table))


class NothingElse(In):
    """A query without parameters: an unknown one is refused."""


def _binds() -> dict[str, Any]:
    term, _ = term_of(today())
    return {"most": number(PARAMETERS, "researcher_load", today()), "term": term, "as_of": today()}


@router.get(
    "", operation_id="list_researchers", response_model=ResearcherPage, responses=exports.responses(ResearcherPage)
)
async def list_researchers(
    query: Annotated[ResearcherQuery, Query()], request: Request, _: Organiser, reader: Read
) -> Response:
    """教研员 with load (片区工作负责制), visits and answers of the term."""
    return await exports.answer(request, reader, RESEARCHERS, query, **_binds())


@router.get("/posts", operation_id="get_researcher_posts")
async def get_researcher_posts(_: Reader, __: Annotated[NothingElse, Query()], reader: Read) -> ResearcherPosts:
    """配齐配优教研人员: planned posts against who fills them."""
    (body,) = await reader.one(FILLED, "figure", as_of=today())
    found: dict[str, int] = json.loads(body)
    planned = in_force(PARAMETERS, "researcher_posts", today())
    vacant = max(0, int(planned.value) - found["filled"])
    return ResearcherPosts(planned=int(planned.value), vacant=vacant, tag=planned.tag, **found)


@router.put("/{account}", operation_id="put_researcher", response_model=ResearcherOut, responses=problems(NotFound))
async def put_researcher(
    account: Annotated[str, Path(max_length=100)], put: ResearcherPut, caller: Organiser, session: Write
) -> Response:
    """Enter a researcher, or change what is known of them."""
    await _enter(session, caller, account, put)
    return Response(await written(session, RESEARCHER, account=account, **_binds()), media_type="application/json")


async def _enter(session: AsyncSession, caller: Actor, account: str, put: ResearcherPut) -> None:
    if not caller.divisions:
        raise NotFound(what="division")
    if put.ended_on is not None and put.ended_on < put.since:
        raise InvalidInput(
            reason_zh="离任不早于任职。", reason_en="nobody ends before they begin.", pointer="/ended_on"
        )
    found = await session.scalar(select(Researcher).where(Researcher.account == account).with_for_update())
    if found is None:
        found = Researcher(id=new_id(), division=min(caller.divisions, key=len), account=account)
        session.add(found)
    for name, value in put.model_dump().items():
        setattr(found, name, value)
    await session.flush()
