from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.parent_courses import actions, queries
from services.quality.parent_courses.rules import MACHINE, SessionIsYetToCome
from services.quality.parent_courses.schemas import (
    ParentSessionAttendance,
    ParentSessionEnrolment,
    ParentSessionFeedback,
    ParentSessionNew,
    ParentSessionNote,
    ParentSessionOut,
    ParentSessionPage,
    ParentSessionQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/parent-sessions", tags=["families"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FAMILIES])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_FAMILIES])]


@router.get(
    "",
    operation_id="list_parent_sessions",
    response_model=ParentSessionPage,
    responses=exports.responses(ParentSessionPage),
)
async def list_parent_sessions(
    query: Annotated[ParentSessionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List sessions for parents; `ahead=false` leaves those that come after the need began."""
    return await exports.answer(request, reader, queries.SESSIONS, query)


@router.get("/{id}", operation_id="get_parent_session", response_model=ParentSessionOut, responses=problems(NotFound))
async def get_parent_session(id: UUID, caller: Reader, reader: Read) -> Response:
    """One session with its attendance and feedback, and what the caller may do."""
    (body,) = await reader.one(queries.SESSION, "session", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.SESSION, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="schedule_parent_session",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentSessionOut,
    responses=problems(NotFound),
)
async def schedule_parent_session(new: ParentSessionNew, caller: Keeper, session: Write) -> Response:
    """Schedule a session for the families of a kindergarten or of one class; whether it is ahead of need is shown."""
    return await _shown(session, caller, await actions.schedule(session, new))


@router.post(
    "/{id}/enrolments",
    operation_id="count_parent_enrolments",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentSessionOut,
    responses=problems(NotFound, NotInThisState, constraints=("attended_were_invited",)),
)
async def count_parent_enrolments(id: UUID, asked: ParentSessionEnrolment, caller: Keeper, session: Write) -> Response:
    """Say how many families enrolled."""
    await actions.move(session, caller, id, "enrol", enrolled=asked.enrolled)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/attendances",
    operation_id="hold_parent_session",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentSessionOut,
    responses=problems(NotFound, NotInThisState, SessionIsYetToCome, constraints=("attended_were_invited",)),
)
async def hold_parent_session(id: UUID, asked: ParentSessionAttendance, caller: Keeper, session: Write) -> Response:
    """Say that it was held and how many families came."""
    await actions.move(session, caller, id, "hold", attended=asked.attended)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/cancellations",
    operation_id="cancel_parent_session",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentSessionOut,
    responses=problems(NotFound, NotInThisState),
)
async def cancel_parent_session(id: UUID, asked: ParentSessionNote, caller: Keeper, session: Write) -> Response:
    """Cancel it, with the reason."""
    await actions.move(session, caller, id, "cancel", note=asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/feedbacks",
    operation_id="hear_parents",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentSessionOut,
    responses=problems(NotFound, NotInThisState, ChildrenAreNotScored, constraints=("answers_come_from_who_attended",)),
)
async def hear_parents(id: UUID, asked: ParentSessionFeedback, caller: Keeper, session: Write) -> Response:
    """Record what the families said of the course, together; recorded again it replaces the former."""
    await actions.move(session, caller, id, "hear", **asked.model_dump())
    return await _shown(session, caller, id)
