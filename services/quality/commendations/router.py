from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.commendations import actions, queries
from services.quality.commendations.rules import MACHINE, CommendationBarred, PublicityRuns
from services.quality.commendations.schemas import (
    CommendationNew,
    CommendationNote,
    CommendationOut,
    CommendationPage,
    CommendationQuery,
)
from services.quality.offers import with_actions
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/commendations", tags=["commendations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_COMMENDATIONS])]
Nominator = Annotated[Actor, Security(authorize, scopes=[May.NOMINATE])]
Publicist = Annotated[Actor, Security(authorize, scopes=[May.PUBLICISE_COMMENDATIONS])]
Leader = Annotated[Actor, Security(authorize, scopes=[May.AWARD_COMMENDATIONS])]


@router.get(
    "",
    operation_id="list_commendations",
    response_model=CommendationPage,
    responses=exports.responses(CommendationPage),
)
async def list_commendations(
    query: Annotated[CommendationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List commendations; `barred=true` leaves those the record of the year bars."""
    return await exports.answer(request, reader, queries.COMMENDATIONS, query)


@router.get("/{id}", operation_id="get_commendation", response_model=CommendationOut, responses=problems(NotFound))
async def get_commendation(id: UUID, caller: Reader, reader: Read) -> Response:
    """One commendation with the facts of that year as they stand now."""
    (body,) = await reader.one(queries.COMMENDATION, "commendation", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.COMMENDATION, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="nominate_kindergarten",
    status_code=status.HTTP_201_CREATED,
    response_model=CommendationOut,
    responses=problems(NotFound, constraints=("nominated_once_a_year",)),
)
async def nominate_kindergarten(new: CommendationNew, caller: Nominator, session: Write) -> Response:
    """Nominate a kindergarten 推荐; the facts are drawn from the system."""
    return await _shown(session, caller, await actions.nominate(session, caller, new))


@router.post(
    "/{id}/publicities",
    operation_id="publicise_commendation",
    status_code=status.HTTP_201_CREATED,
    response_model=CommendationOut,
    responses=problems(NotFound, NotInThisState, CommendationBarred),
)
async def publicise_commendation(id: UUID, asked: CommendationNote, caller: Publicist, session: Write) -> Response:
    """Publish the nomination 公示 for the district's working days."""
    await actions.move(session, caller, id, "publicise", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/awards",
    operation_id="award_commendation",
    status_code=status.HTTP_201_CREATED,
    response_model=CommendationOut,
    responses=problems(NotFound, NotInThisState, CommendationBarred, PublicityRuns, AnotherPersonNeeded),
)
async def award_commendation(id: UUID, asked: CommendationNote, caller: Leader, session: Write) -> Response:
    """Award it, after the publicity, by another person."""
    await actions.move(session, caller, id, "award", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/refusals",
    operation_id="refuse_commendation",
    status_code=status.HTTP_201_CREATED,
    response_model=CommendationOut,
    responses=problems(NotFound, NotInThisState),
)
async def refuse_commendation(id: UUID, asked: CommendationNote, caller: Publicist, session: Write) -> Response:
    """Do not award it, with the reason."""
    await actions.move(session, caller, id, "refuse", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/revocations",
    operation_id="revoke_commendation",
    status_code=status.HTTP_201_CREATED,
    response_model=CommendationOut,
    responses=problems(NotFound, NotInThisState),
)
async def revoke_commendation(id: UUID, asked: CommendationNote, caller: Leader, session: Write) -> Response:
    """Take it back, with the reason."""
    await actions.move(session, caller, id, "revoke", asked.note)
    return await _shown(session, caller, id)
