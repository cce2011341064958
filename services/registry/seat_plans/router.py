from typing import Annotated

from fastapi import APIRouter, Path, Query, Response, Security, status

from services.registry.births.schemas import TOWN
from services.registry.permissions import May
from services.registry.seat_plans import actions
from services.registry.seat_plans.answers import answer, shown
from services.registry.seat_plans.models import WITHIN_SEATS
from services.registry.seat_plans.schemas import (
    SeatPlanApproval,
    SeatPlanOut,
    SeatPlanPut,
    SeatPlanQuery,
    SeatPlanReport,
)
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/seat-plans", tags=["seat plans"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_NETWORK])]
Approver = Annotated[Actor, Security(authorize, scopes=[May.ADOPT_PLAN])]
Year = Annotated[int, Path(ge=2000, le=2100, description="The school year, by the calendar year it starts in.")]
Town = Annotated[str, Path(pattern=TOWN, description="Code of the town.")]


@router.get("", operation_id="get_seat_plan_report")
async def get_seat_plan_report(query: Annotated[SeatPlanQuery, Query()], _: Reader, reader: Read) -> SeatPlanReport:
    """The seats planned for a school year 学位计划 beside seats, use and people, town by town."""
    return await actions.report(reader, query.school_year, query.as_of or today())


@router.get(
    "/{school_year}/{division}", operation_id="get_seat_plan", response_model=SeatPlanOut, responses=problems(NotFound)
)
async def get_seat_plan(school_year: Year, division: Town, _: Reader, reader: Read) -> Response:
    """The plan of one town and school year."""
    body, *_rest = await reader.one(actions.PLAN, "seat plan", school_year=school_year, division=division)
    return shown(body, reader.actor, status.HTTP_200_OK)


@router.put(
    "/{school_year}/{division}",
    operation_id="put_seat_plan",
    response_model=SeatPlanOut,
    responses=problems(NotFound, constraints=(WITHIN_SEATS,)),
)
async def put_seat_plan(
    school_year: Year, division: Town, caller: Planner, put: SeatPlanPut, session: Write
) -> Response:
    """Plan the seats of a town for a school year; changed, it is to be approved anew."""
    new = await actions.enter(session, caller, school_year, division, put)
    code = status.HTTP_201_CREATED if new else status.HTTP_200_OK
    return await answer(session, caller, school_year, division, code)


@router.post(
    "/{school_year}/{division}/approvals",
    operation_id="approve_seat_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=SeatPlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def approve_seat_plan(
    school_year: Year, division: Town, caller: Approver, new: SeatPlanApproval, session: Write
) -> Response:
    """Approve it: another person than who planned."""
    await actions.approve(session, caller, school_year, division, new.document)
    return await answer(session, caller, school_year, division, status.HTTP_201_CREATED)
