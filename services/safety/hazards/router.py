from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.hazards import actions, queries
from services.safety.hazards.actions import DirectItemIsMajor, ItemNotInForce, ReasonNeeded
from services.safety.hazards.answers import CREATED, answer
from services.safety.hazards.catalogue import ITEMS
from services.safety.hazards.rules import MACHINE
from services.safety.hazards.schemas import (
    AssignmentIn,
    DismissalIn,
    GradingIn,
    HazardCount,
    HazardCountQuery,
    HazardItemOut,
    HazardNew,
    HazardOut,
    HazardPage,
    HazardQuery,
)
from services.safety.offers import with_actions
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState
from shared.schemas import In

router = APIRouter(prefix="/hazards", tags=["hazards"], route_class=Route)
counts = APIRouter(prefix="/hazard-counts", tags=["hazards"], route_class=Route)
items = APIRouter(prefix="/hazard-items", tags=["hazards"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_HAZARDS])]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_HAZARDS])]
Grader = Annotated[Actor, Security(authorize, scopes=[May.GRADE_HAZARDS])]
Judge = Annotated[Actor, Security(authorize, scopes=[May.DISMISS_HAZARDS])]
Assigner = Annotated[Actor, Security(authorize, scopes=[May.ASSIGN_HAZARDS])]


class NoQuery(In):
    """A query without parameters: an unknown one is refused."""


@router.get("", operation_id="list_hazards", response_model=HazardPage, responses=exports.responses(HazardPage))
async def list_hazards(query: Annotated[HazardQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List hazards in the caller's scope."""
    return await exports.answer(request, reader, queries.HAZARDS, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_hazard", response_model=HazardOut, responses=problems(NotFound))
async def get_hazard(id: UUID, caller: Reader, reader: Read) -> Response:
    """One hazard, what was done about it, and what the caller may do now."""
    (body,) = await reader.one(queries.HAZARD, "hazard", id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


@router.post(
    "",
    operation_id="report_hazard",
    status_code=status.HTTP_201_CREATED,
    response_model=HazardOut,
    responses=problems(NotFound, ItemNotInForce, FileUnknown),
)
async def report_hazard(new: HazardNew, caller: Reporter, session: Write) -> Response:
    """Report a hazard 上报隐患 with its place and photos."""
    return await answer(session, caller, await actions.report_hazard(session, caller, new))


@router.post(
    "/{id}/gradings",
    operation_id="grade_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ItemNotInForce, DirectItemIsMajor, ReasonNeeded),
)
async def grade_hazard(id: UUID, asked: GradingIn, caller: Grader, session: Write) -> Response:
    """Grade it 定级: level by the catalogue, deadline by rule in working days."""
    await actions.grade_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/dismissals",
    operation_id="dismiss_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def dismiss_hazard(id: UUID, asked: DismissalIn, caller: Judge, session: Write) -> Response:
    """Say that it is no hazard 不予认定, with the reason."""
    await actions.dismiss_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post("/{id}/assignments", operation_id="assign_hazard", **CREATED, responses=problems(NotFound, NotInThisState))
async def assign_hazard(id: UUID, asked: AssignmentIn, caller: Assigner, session: Write) -> Response:
    """Name who rectifies it 分派."""
    await actions.assign_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@items.get("", operation_id="list_hazard_items")
async def list_hazard_items(_: Annotated[NoQuery, Query()], _caller: Reader) -> list[HazardItemOut]:
    """The catalogue a hazard is graded by, each entry with its authority and the days it holds."""
    return [HazardItemOut.model_validate(each) for each in ITEMS]


@counts.get("", operation_id="count_hazards", response_model=list[HazardCount])
async def count_hazards(query: Annotated[HazardCountQuery, Query()], _: Reader, reader: Read) -> Response:
    """Hazards by category and level 隐患统计: found, open, overdue, closed and closed in time."""
    first, last = query.since or date.min, query.until or today()
    asked = {"since": first, "until": last, "division": query.division}
    (body,) = await reader.one(queries.COUNTS, "counts", as_of=today(), **asked)
    return Response(body, media_type="application/json")
