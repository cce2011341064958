from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.practice_cases import actions
from services.quality.practice_cases.models import Seminar
from services.quality.practice_cases.rules import SEMINARS, SeminarIsYetToCome
from services.quality.practice_cases.schemas import (
    PracticeNote,
    SeminarAttendance,
    SeminarDetail,
    SeminarNew,
    SeminarOut,
    SeminarPage,
    SeminarQuery,
)
from services.quality.steps.queries import steps_of
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import NotInThisState

router = APIRouter(prefix="/seminars", tags=["experience"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PRACTICE])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PRACTICE])]
_row = Seminar.__table__
CALENDAR = Listing(
    "seminars",
    select(*columns(_row, SeminarOut, on=_row.c.on_day)),
    _row.c.id,
    {"on": _row.c.on_day},
    {
        "topic": _row.c.topic == bindparam("topic"),
        "state": _row.c.state == bindparam("state"),
        "since": _row.c.on_day >= bindparam("since", type_=Date),
        "until": _row.c.on_day < bindparam("until", type_=Date),
    },
)
SEMINAR = one(
    select(*columns(_row, SeminarDetail, on=_row.c.on_day, steps=steps_of(_row))).where(_row.c.id == bindparam("id"))
)
CREATED: dict[str, Any] = {"status_code": status.HTTP_201_CREATED, "response_model": SeminarDetail}


@router.get("", operation_id="list_seminars", response_model=SeminarPage, responses=exports.responses(SeminarPage))
async def list_seminars(query: Annotated[SeminarQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """The calendar of seminars 交流研讨, for every kindergarten."""
    return await exports.answer(request, reader, CALENDAR, query)


@router.get("/{id}", operation_id="get_seminar", response_model=SeminarDetail, responses=problems(NotFound))
async def get_seminar(id: UUID, caller: Reader, reader: Read) -> Response:
    """One seminar with the cases it is about, and what the caller may do."""
    (body,) = await reader.one(SEMINAR, "seminar", id=id)
    return Response(with_actions(body, SEMINARS, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, SEMINAR, id=id)
    return Response(with_actions(body, SEMINARS, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post("", operation_id="plan_seminar", **CREATED, responses=problems(NotFound))
async def plan_seminar(new: SeminarNew, caller: Organiser, session: Write) -> Response:
    """Put a seminar on the calendar, with cases of the library."""
    return await _shown(session, caller, await actions.plan_seminar(session, caller, new))


@router.post(
    "/{id}/attendances",
    operation_id="hold_seminar",
    **CREATED,
    responses=problems(NotFound, NotInThisState, SeminarIsYetToCome, ChildrenAreNotScored),
)
async def hold_seminar(id: UUID, asked: SeminarAttendance, caller: Organiser, session: Write) -> Response:
    """Say that it was held, who came and what was said."""
    await actions.hold_seminar(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/cancellations", operation_id="cancel_seminar", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def cancel_seminar(id: UUID, asked: PracticeNote, caller: Organiser, session: Write) -> Response:
    """Cancel it, with the reason."""
    await actions.cancel_seminar(session, caller, id, asked.note)
    return await _shown(session, caller, id)
