from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.daily_norms import actions
from services.quality.daily_norms.actions import NormAlreadyFollowed, NormIsLooserThanTheRules
from services.quality.daily_norms.models import DailyNorm
from services.quality.daily_norms.rules import MACHINE
from services.quality.daily_norms.schemas import (
    DailyNormContent,
    DailyNormNew,
    DailyNormNote,
    DailyNormOut,
    DailyNormPage,
    DailyNormPublication,
    DailyNormQuery,
    DailyNormRow,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.steps.queries import steps_of
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/daily-norms", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DAILY_LIFE])]
Drafter = Annotated[Actor, Security(authorize, scopes=[May.DRAFT_NORMS])]
Publisher = Annotated[Actor, Security(authorize, scopes=[May.PUBLISH_NORMS])]
_row, _on = DailyNorm.__table__, bindparam("as_of", type_=Date)
NORMS = Listing(
    "daily-norms",
    select(*columns(_row, DailyNormRow)),
    _row.c.id,
    {"edition": _row.c.edition},
    {
        "state": _row.c.state == bindparam("state"),
        "as_of": (_row.c.state == "published")
        & (_row.c.since <= _on)
        & or_(_row.c.until.is_(None), _row.c.until > _on),
    },
)
NORM = one(select(*columns(_row, DailyNormOut, steps=steps_of(_row))).where(_row.c.id == bindparam("id")))


@router.get(
    "", operation_id="list_daily_norms", response_model=DailyNormPage, responses=exports.responses(DailyNormPage)
)
async def list_daily_norms(
    query: Annotated[DailyNormQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List editions of the district's norm of daily life 一日生活规范; `as_of` leaves the one in force."""
    return await exports.answer(request, reader, NORMS, query)


@router.get("/{id}", operation_id="get_daily_norm", response_model=DailyNormOut, responses=problems(NotFound))
async def get_daily_norm(id: UUID, caller: Reader, reader: Read) -> Response:
    """One edition, its way, and what the caller may do."""
    (body,) = await reader.one(NORM, "norm", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, NORM, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="draft_daily_norm",
    status_code=status.HTTP_201_CREATED,
    response_model=DailyNormOut,
    responses=problems(NormIsLooserThanTheRules, ChildrenAreNotScored, constraints=("norm_edition_exists",)),
)
async def draft_daily_norm(new: DailyNormNew, caller: Drafter, session: Write) -> Response:
    """Draft an edition: it may ask more than the national rules, never less."""
    return await _shown(session, caller, await actions.draft_norm(session, caller, new))


@router.post(
    "/{id}/revisions",
    operation_id="revise_daily_norm",
    status_code=status.HTTP_201_CREATED,
    response_model=DailyNormOut,
    responses=problems(NotFound, NotInThisState, NormIsLooserThanTheRules, ChildrenAreNotScored),
)
async def revise_daily_norm(id: UUID, asked: DailyNormContent, caller: Drafter, session: Write) -> Response:
    """Bring a draft to this state."""
    await actions.revise_norm(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/publications",
    operation_id="publish_daily_norm",
    status_code=status.HTTP_201_CREATED,
    response_model=DailyNormOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, NormAlreadyFollowed),
)
async def publish_daily_norm(id: UUID, asked: DailyNormPublication, caller: Publisher, session: Write) -> Response:
    """Put a draft in force from a day, by another person; timetables filed from now on are checked by it."""
    await actions.publish_norm(session, caller, id, asked.since)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/drops",
    operation_id="drop_daily_norm",
    status_code=status.HTTP_201_CREATED,
    response_model=DailyNormOut,
    responses=problems(NotFound, NotInThisState),
)
async def drop_daily_norm(id: UUID, asked: DailyNormNote, caller: Drafter, session: Write) -> Response:
    """Drop a draft, with the reason."""
    await actions.drop_norm(session, caller, id, asked.note)
    return await _shown(session, caller, id)
