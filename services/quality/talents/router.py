from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, any_, bindparam, case, func, literal_column, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.permissions import May
from services.quality.studios.models import StudioMember
from services.quality.talents import actions
from services.quality.talents.actions import LaterStepIsRecorded, TalentEnded
from services.quality.talents.codes import LadderStage
from services.quality.talents.models import LadderStep, Talent
from services.quality.talents.schemas import (
    LadderFigure,
    LadderQuery,
    LadderStepOut,
    LadderStepPage,
    LadderStepPut,
    TalentEnding,
    TalentNew,
    TalentOut,
    TalentPage,
    TalentQuery,
)
from services.quality.training.models import TrainingSession
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import many, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.schemas import Day, In
from shared.tables import FOREVER

router = APIRouter(tags=["talents"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRAINING])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_TALENTS])]
_table, _ladder, _place = Talent.__table__, LadderStep.__table__, Kindergarten.__table__
_row, _step, _member = _table.c, _ladder.c, StudioMember.__table__.c
_today = bindparam("today", type_=Date)
_forever: Any = literal_column(f"date '{FOREVER}'")


def _open(column: Any) -> Any:
    return case((column == _forever, null()), else_=column)


_stage = (
    select(_step.stage)
    .where(_step.staff == _row.staff, _step.since <= _today, _step.until > _today)
    .correlate(_table)
    .scalar_subquery()
)
_studios = select(func.count()).where(_member.staff == _row.staff).correlate(_table).scalar_subquery()
_special: dict[str, Any] = {
    "kindergarten_name": _place.c.name,
    "until": _open(_row.until),
    "stage": _stage,
    "studios": _studios,
}
_talents = select(*((_special[n] if n in _special else _row[n]).label(n) for n in TalentOut.model_fields)).select_from(
    _table.join(_place, _place.c.id == _row.kindergarten)
)
_day = bindparam("as_of", type_=Date)
TALENTS = Listing(
    "talents",
    _talents,
    _row.id,
    {"since": _row.since},
    {
        "staff": _row.staff == bindparam("staff"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "title": _row.title == bindparam("title"),
        "level": _row.level == bindparam("level"),
        "as_of": (_row.since <= _day) & (_row.until > _day),
    },
)
TALENT = one(_talents.where(_row.id == bindparam("id")))
_steps = select(*((_open(_step.until) if n == "until" else _step[n]).label(n) for n in LadderStepOut.model_fields))
LADDER = Listing(
    "ladder-steps",
    _steps,
    _step.staff,
    {"since": _step.since},
    {
        "staff": _step.staff == bindparam("staff"),
        "kindergarten": _step.kindergarten == bindparam("kindergarten"),
        "stage": _step.stage == bindparam("stage"),
        "as_of": (_step.since <= _day) & (_step.until > _day),
    },
)
STEP = one(_steps.where(_step.staff == bindparam("staff"), _step.since == bindparam("since")))
_stages = select(
    func.unnest(literal_column("ARRAY[" + ", ".join(f"'{each.value}'" for each in LadderStage) + "]")).label("stage")
).subquery("stages")
_offered = TrainingSession.__table__.c
FIGURES = many(
    select(
        _stages.c.stage,
        select(func.count())
        .where(_step.stage == _stages.c.stage, _step.since <= _today, _step.until > _today)
        .correlate(_stages)
        .scalar_subquery()
        .label("staff"),
        select(func.count())
        .where(_stages.c.stage == any_(_offered.stages))
        .correlate(_stages)
        .scalar_subquery()
        .label("trainings"),
    )
)


class NoFilter(In):
    """A query without parameters: an unknown one is refused."""


@router.get("/talents", operation_id="list_talents", response_model=TalentPage, responses=exports.responses(TalentPage))
async def list_talents(query: Annotated[TalentQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """人才: who holds which title, from when, by which document, and how they grew."""
    return await exports.answer(request, reader, TALENTS, query, today=today())


async def _shown(session: AsyncSession, id: UUID) -> Response:
    return Response(await written(session, TALENT, id=id, today=today()), 201, media_type="application/json")


@router.post(
    "/talents",
    operation_id="record_talent",
    status_code=status.HTTP_201_CREATED,
    response_model=TalentOut,
    responses=problems(NotFound, constraints=("title_is_held",)),
)
async def record_talent(new: TalentNew, caller: Keeper, session: Write) -> Response:
    """Enter a title by its document."""
    return await _shown(session, await actions.record_talent(session, caller, new))


@router.post(
    "/talents/{id}/endings",
    operation_id="end_talent",
    status_code=status.HTTP_201_CREATED,
    response_model=TalentOut,
    responses=problems(NotFound, TalentEnded),
)
async def end_talent(id: UUID, asked: TalentEnding, _: Keeper, session: Write) -> Response:
    """It ended or was withdrawn, with the reason."""
    await actions.end_talent(session, id, asked)
    return await _shown(session, id)


@router.get(
    "/ladder-steps",
    operation_id="list_ladder_steps",
    response_model=LadderStepPage,
    responses=exports.responses(LadderStepPage),
)
async def list_ladder_steps(
    query: Annotated[LadderQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """阶梯培养: the steps 新任、胜任、骨干、带头人、特级 of the staff, now and before."""
    return await exports.answer(request, reader, LADDER, query)


@router.get("/ladder-steps/figures", operation_id="list_ladder_figures", response_model=list[LadderFigure])
async def list_ladder_figures(_: Reader, __: Annotated[NoFilter, Query()], reader: Read) -> Response:
    """How many stand on each step today, and how many trainings address it."""
    found = await reader.row(FIGURES, today=today())
    return Response(found[0] if found else "[]", media_type="application/json")


@router.put(
    "/ladder-steps/{staff}/{since}",
    operation_id="put_ladder_step",
    response_model=LadderStepOut,
    responses=problems(NotFound, LaterStepIsRecorded),
)
async def put_ladder_step(staff: UUID, since: Day, put: LadderStepPut, caller: Keeper, session: Write) -> Response:
    """From that day on somebody stands on this step; the one before ends."""
    await actions.set_step(session, caller, staff, since, put)
    return Response(await written(session, STEP, staff=staff, since=since), media_type="application/json")
