from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.partnerships import actions, queries
from services.quality.partnerships.actions import PartnerIsMissing
from services.quality.partnerships.rules import MACHINE, PartnershipHasNotBegun
from services.quality.partnerships.schemas import (
    EffectQuery,
    PartnershipEffect,
    PartnershipNew,
    PartnershipNote,
    PartnershipOut,
    PartnershipPage,
    PartnershipQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/partnerships", tags=["support"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUPPORT])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_SUPPORT])]
CONSTRAINTS = ("partner_is_another", "partnership_ends_after_it_begins", "partnership_stands_already")


@router.get(
    "", operation_id="list_partnerships", response_model=PartnershipPage, responses=exports.responses(PartnershipPage)
)
async def list_partnerships(
    query: Annotated[PartnershipQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List partnerships 一体化、拉手、结对; the helper sees its own too. `overdue=true` leaves late reviews."""
    return await exports.answer(request, reader, queries.PARTNERSHIPS, query, today=today())


@router.get("/{id}", operation_id="get_partnership", response_model=PartnershipOut, responses=problems(NotFound))
async def get_partnership(id: UUID, caller: Reader, reader: Read) -> Response:
    """One partnership, its reviews, and what the caller may do."""
    (body,) = await reader.one(queries.PARTNERSHIP, "partnership", id=id, today=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


@router.get(
    "/{id}/effect",
    operation_id="get_partnership_effect",
    response_model=PartnershipEffect,
    responses=problems(NotFound),
)
async def get_partnership_effect(id: UUID, query: Annotated[EffectQuery, Query()], _: Reader, reader: Read) -> Response:
    """The evaluation published last before it began beside the last one since: a comparison, no cause is claimed."""
    (body,) = await reader.one(queries.EFFECT, "partnership", id=id, as_of=query.as_of or today())
    return Response(body, media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.PARTNERSHIP, id=id, today=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="agree_on_partnership",
    status_code=status.HTTP_201_CREATED,
    response_model=PartnershipOut,
    responses=problems(NotFound, PartnerIsMissing, ChildrenAreNotScored, constraints=CONSTRAINTS),
)
async def agree_on_partnership(new: PartnershipNew, caller: Organiser, session: Write) -> Response:
    """Enter a partnership with a kindergarten inside or outside the district, a university or an institute."""
    return await _shown(session, caller, await actions.agree(session, new))


@router.post(
    "/{id}/reviews",
    operation_id="review_partnership",
    status_code=status.HTTP_201_CREATED,
    response_model=PartnershipOut,
    responses=problems(NotFound, NotInThisState, PartnershipHasNotBegun),
)
async def review_partnership(id: UUID, asked: PartnershipNote, caller: Organiser, session: Write) -> Response:
    """Review how it goes."""
    await actions.review(session, caller, id, asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/ends",
    operation_id="end_partnership",
    status_code=status.HTTP_201_CREATED,
    response_model=PartnershipOut,
    responses=problems(NotFound, NotInThisState),
)
async def end_partnership(id: UUID, asked: PartnershipNote, caller: Organiser, session: Write) -> Response:
    """End it before its time, with the reason."""
    await actions.end(session, caller, id, asked.note)
    return await _shown(session, caller, id)
