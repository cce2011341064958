from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.studios import actions, queries
from services.quality.studios.rules import MACHINE, NoResultsYet, StudioTermOver
from services.quality.studios.schemas import (
    StudioMembersIn,
    StudioNew,
    StudioNote,
    StudioOut,
    StudioPage,
    StudioQuery,
    StudioRenewal,
    StudioResultIn,
    StudioReview,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/studios", tags=["talents"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRAINING])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_STUDIOS])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_STUDIOS])]


@router.get("", operation_id="list_studios", response_model=StudioPage, responses=exports.responses(StudioPage))
async def list_studios(query: Annotated[StudioQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List studios 工作室 of principals, backbone and special-grade teachers."""
    return await exports.answer(request, reader, queries.STUDIOS, query, as_of=today())


@router.get("/{id}", operation_id="get_studio", response_model=StudioOut, responses=problems(NotFound))
async def get_studio(id: UUID, caller: Reader, reader: Read) -> Response:
    """One studio with members, tasks, results and what the caller may do."""
    (body,) = await reader.one(queries.STUDIO, "studio", id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.STUDIO, id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="set_up_studio",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, constraints=("studio_name_taken",)),
)
async def set_up_studio(new: StudioNew, caller: Reviewer, session: Write) -> Response:
    """Set a studio up under its host, for a term, with tasks."""
    return await _shown(session, caller, await actions.set_up_studio(session, new))


@router.post(
    "/{id}/members",
    operation_id="set_studio_members",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, NotInThisState, StudioTermOver),
)
async def set_studio_members(id: UUID, asked: StudioMembersIn, caller: Keeper, session: Write) -> Response:
    """Set who belongs to it; who stays keeps the day of joining."""
    await actions.set_members(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/results",
    operation_id="record_studio_result",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, NotInThisState),
)
async def record_studio_result(id: UUID, asked: StudioResultIn, caller: Keeper, session: Write) -> Response:
    """Record what it achieved, for one of its tasks or besides."""
    await actions.record_result(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/reviews",
    operation_id="review_studio",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, NoResultsYet),
)
async def review_studio(id: UUID, asked: StudioReview, caller: Reviewer, session: Write) -> Response:
    """Review it 考核: by another person than its host."""
    await actions.review_studio(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/renewals",
    operation_id="renew_studio",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def renew_studio(id: UUID, asked: StudioRenewal, caller: Reviewer, session: Write) -> Response:
    """Give it another term after its review."""
    await actions.renew_studio(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/closures",
    operation_id="close_studio",
    status_code=status.HTTP_201_CREATED,
    response_model=StudioOut,
    responses=problems(NotFound, NotInThisState),
)
async def close_studio(id: UUID, asked: StudioNote, caller: Reviewer, session: Write) -> Response:
    """End it."""
    await actions.close_studio(session, caller, id, asked.note)
    return await _shown(session, caller, id)
