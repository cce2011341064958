from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.oversize_plans import actions, queries
from services.registry.oversize_plans.answers import answer, read
from services.registry.oversize_plans.models import ONE_OPEN
from services.registry.oversize_plans.rules import ClassNotOversize, ClassStillOversize
from services.registry.oversize_plans.schemas import (
    OversizeClassPage,
    OversizeClassQuery,
    OversizePlanAmendment,
    OversizePlanExtension,
    OversizePlanNew,
    OversizePlanNote,
    OversizePlanOut,
    OversizePlanPage,
    OversizePlanQuery,
)
from services.registry.parameters.published import PARAMETERS, number_on
from services.registry.parameters.rules import in_force
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/oversize-plans", tags=["oversize"], route_class=Route)
classes = APIRouter(prefix="/oversize-classes", tags=["oversize"], route_class=Route)

Viewer = Annotated[Actor, Security(authorize, scopes=[May.READ_CLASSES])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_OVERSIZE_PLANS])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_OVERSIZE_PLANS])]
MADE = status.HTTP_201_CREATED


@classes.get(
    "",
    operation_id="list_oversize_classes",
    response_model=OversizeClassPage,
    responses=exports.responses(OversizeClassPage),
)
async def list_oversize_classes(
    query: Annotated[OversizeClassQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List the oversize classes 大班额 of a day, with plan and deadline, and whether that has passed."""
    on = query.as_of or today()
    tolerance = number_on("oversize_tolerance", on)
    serious = in_force(PARAMETERS, "oversize_serious_share", on).number
    return await exports.answer(
        request, reader, queries.OVERSIZE, query, as_of=on, tolerance=tolerance, serious=serious
    )


@router.get(
    "",
    operation_id="list_oversize_plans",
    response_model=OversizePlanPage,
    responses=exports.responses(OversizePlanPage),
)
async def list_oversize_plans(
    query: Annotated[OversizePlanQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List plans for oversize classes, the first due first."""
    return await exports.answer(request, reader, queries.PLANS, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_oversize_plan", response_model=OversizePlanOut, responses=problems(NotFound))
async def get_oversize_plan(id: UUID, _: Viewer, reader: Read) -> Response:
    """One plan with every step, and what the caller may do now."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="make_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, ClassNotOversize, constraints=(ONE_OPEN,)),
)
async def make_oversize_plan(new: OversizePlanNew, caller: Planner, session: Write) -> Response:
    """Plan how an oversize class comes back to its standard, by whom and by when."""
    return await answer(session, caller, await actions.make_plan(session, caller, new))


@router.post(
    "/{id}/amendments",
    operation_id="amend_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState),
)
async def amend_oversize_plan(id: UUID, new: OversizePlanAmendment, caller: Planner, session: Write) -> Response:
    """Change the plan, or hand it in again."""
    await actions.amend_plan(session, caller, id, new)
    return await answer(session, caller, id)


async def _moved(session: Write, caller: Actor, id: UUID, verb: str, new: OversizePlanNote) -> Response:
    await actions.move_plan(session, caller, id, verb, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState),
)
async def withdraw_oversize_plan(id: UUID, new: OversizePlanNote, caller: Planner, session: Write) -> Response:
    """Take it back 撤回."""
    return await _moved(session, caller, id, "withdraw", new)


@router.post(
    "/{id}/returns",
    operation_id="send_back_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def send_back_oversize_plan(id: UUID, new: OversizePlanNote, caller: Reviewer, session: Write) -> Response:
    """Ask for a better one 退回."""
    return await _moved(session, caller, id, "send_back", new)


@router.post(
    "/{id}/approvals",
    operation_id="approve_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def approve_oversize_plan(id: UUID, new: OversizePlanNote, caller: Reviewer, session: Write) -> Response:
    """Agree to measures and deadline; not by who made it."""
    return await _moved(session, caller, id, "approve", new)


@router.post(
    "/{id}/reports",
    operation_id="report_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState),
)
async def report_oversize_plan(id: UUID, new: OversizePlanNote, caller: Planner, session: Write) -> Response:
    """Report how far it has come."""
    return await _moved(session, caller, id, "report", new)


@router.post(
    "/{id}/extensions",
    operation_id="extend_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def extend_oversize_plan(id: UUID, new: OversizePlanExtension, caller: Reviewer, session: Write) -> Response:
    """Give it more time 延期, with the reason."""
    await actions.extend_plan(session, caller, id, new.due_on, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/closings",
    operation_id="close_oversize_plan",
    status_code=MADE,
    response_model=OversizePlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, ClassStillOversize),
)
async def close_oversize_plan(id: UUID, new: OversizePlanNote, caller: Reviewer, session: Write) -> Response:
    """Close it 销号, once the class keeps to its standard."""
    return await _moved(session, caller, id, "close", new)
