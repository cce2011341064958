from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.attendance.rules import DAY, month_of
from services.registry.headcounts import actions, queries
from services.registry.headcounts.counting import parameter_of
from services.registry.headcounts.refusals import (
    ANOTHER_PERSON,
    ONE_AT_A_TIME,
    REVISION_ONCE,
    AttendanceIncomplete,
    HeadcountHasChanged,
    HeadcountNotInThatState,
    LaterRevisionCounts,
    MonthNotOver,
)
from services.registry.headcounts.rules import deadline
from services.registry.headcounts.schemas import (
    HeadcountCorrection,
    HeadcountDetail,
    HeadcountNew,
    HeadcountOptions,
    HeadcountPage,
    HeadcountPreview,
    HeadcountQuery,
    UncertifiedMonthPage,
    UncertifiedMonthQuery,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(tags=["headcounts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_HEADCOUNTS])]
Clerk = Annotated[Actor, Security(authorize, scopes=[May.PREPARE_HEADCOUNT])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.CERTIFY_HEADCOUNT])]
MONTHS_BACK = 12


@router.get(
    "/headcounts",
    operation_id="list_headcounts",
    response_model=HeadcountPage,
    responses=exports.responses(HeadcountPage),
)
async def list_headcounts(
    query: Annotated[HeadcountQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List months prepared or certified, every revision; with `known_at`, only what counted at that moment."""
    return await exports.answer(request, reader, queries.HEADCOUNTS, queries.narrowed(query, caller))


@router.get(
    "/uncertified-months",
    operation_id="list_uncertified_months",
    response_model=UncertifiedMonthPage,
    responses=exports.responses(UncertifiedMonthPage),
)
async def list_uncertified_months(
    query: Annotated[UncertifiedMonthQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List the months kindergartens have not certified yet, with the day by which they are to."""
    day = query.as_of or today()
    months = _months(query.month, day)
    asked = queries.narrowed_months(query, caller)
    allowed = [int(parameter_of(each, "headcount_deadline_working_days").number) for each in months]
    binds = {"months": months, "deadlines": list(map(deadline, months, allowed)), "as_of": day}
    return await exports.answer(request, reader, queries.UNCERTIFIED, asked, **binds)


@router.get(
    "/headcounts/{id}", operation_id="get_headcount", response_model=HeadcountDetail, responses=problems(NotFound)
)
async def get_headcount(id: UUID, _: Reader, reader: Read) -> Response:
    """One month with its classes."""
    return tagged(*await reader.one(queries.HEADCOUNT, "headcount", id=id))


@router.post(
    "/headcounts",
    operation_id="prepare_headcount",
    status_code=status.HTTP_201_CREATED,
    response_model=HeadcountDetail,
    responses=problems(NotFound, MonthNotOver, AttendanceIncomplete, constraints=(ONE_AT_A_TIME, REVISION_ONCE))
    | {200: {"model": HeadcountPreview, "description": "With `preview=true`: what would be certified."}},
)
async def prepare_headcount(
    new: HeadcountNew, options: Annotated[HeadcountOptions, Query()], caller: Clerk, session: Write
) -> Response:
    """Prepare a month 填报 for certification: children on the count day, those in their last year, child-days.

    Once a correction of a certified month was opened, this prepares its next revision.
    """
    if options.preview:
        found = await actions.preview_headcount(session, new)
        return Response(found.model_dump_json(), media_type="application/json")
    made = await actions.prepare_headcount(session, caller, new)
    body, version = await written_row(session, queries.HEADCOUNT, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/headcounts/{id}/certifications",
    operation_id="certify_headcount",
    response_model=HeadcountDetail,
    responses=problems(NotFound, HeadcountNotInThatState, HeadcountHasChanged, constraints=(ANOTHER_PERSON,)),
)
async def certify_headcount(id: UUID, caller: Principal, session: Write) -> Response:
    """Certify a month 核定: another person, and exactly what was prepared. From then on it never changes."""
    await actions.certify_headcount(session, caller, id)
    return tagged(*await written_row(session, queries.HEADCOUNT, id=id))


@router.post(
    "/headcounts/{id}/withdrawals",
    operation_id="withdraw_headcount",
    response_model=HeadcountDetail,
    responses=problems(NotFound, HeadcountNotInThatState),
)
async def withdraw_headcount(id: UUID, _: Clerk, session: Write) -> Response:
    """Withdraw what was prepared 撤回, or a correction that turns out not to be needed."""
    await actions.withdraw_headcount(session, id)
    return tagged(*await written_row(session, queries.HEADCOUNT, id=id))


@router.post(
    "/headcounts/{id}/corrections",
    operation_id="correct_headcount",
    status_code=status.HTTP_201_CREATED,
    response_model=HeadcountDetail,
    responses=problems(NotFound, HeadcountNotInThatState, LaterRevisionCounts, constraints=(ONE_AT_A_TIME,)),
)
async def correct_headcount(id: UUID, why: HeadcountCorrection, _: Clerk, session: Write) -> Response:
    """Open a correction 更正 of a certified month. What was certified counts until the next revision is certified."""
    made = await actions.correct_headcount(session, id, why)
    body, version = await written_row(session, queries.HEADCOUNT, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


def _months(asked: date | None, day: date) -> list[date]:
    """The month asked for, or the twelve before the day's own."""
    if asked:
        return [month_of(asked)]
    found = [month_of(month_of(day) - DAY)]
    while len(found) < MONTHS_BACK:
        found.append(month_of(found[-1] - DAY))
    return found
