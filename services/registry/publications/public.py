"""What anybody may read without an account: what was published of kindergartens, now and before."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from services.registry.publications import queries
from services.registry.publications.schemas import (
    PublicKindergarten,
    PublicKindergartenPage,
    PublicKindergartenQuery,
    PublishedVersions,
)
from shared import exports
from shared.auth import Actor
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/public/kindergartens", tags=["public"], route_class=Route)


async def stranger(request: Request) -> Actor:
    """Anybody: reads what these routes let through, in the district this installation serves."""
    actor = Actor("public", "", (), float("inf"), (request.app.state.settings.district,))
    request.state.actor = actor
    return actor


Stranger = Annotated[Actor, Depends(stranger)]


@router.get(
    "",
    operation_id="list_public_kindergartens",
    response_model=PublicKindergartenPage,
    responses=exports.responses(PublicKindergartenPage),
)
async def list_public_kindergartens(
    query: Annotated[PublicKindergartenQuery, Query()], request: Request, _: Stranger, reader: Read
) -> Response:
    """The kindergartens of the district as they were last published 信息公示."""
    return await exports.answer(request, reader, queries.PUBLIC, query)


@router.get(
    "/{id}", operation_id="get_public_kindergarten", response_model=PublicKindergarten, responses=problems(NotFound)
)
async def get_public_kindergarten(id: UUID, _: Stranger, reader: Read) -> Response:
    """The public page of a kindergarten: type, licence, place, founder, principal, classes, fees, and its day."""
    body, *_rest = await reader.one(queries.PAGE, "kindergarten", id=id, number=None)
    return Response(body, media_type="application/json")


@router.get(
    "/{id}/versions",
    operation_id="list_public_kindergarten_versions",
    response_model=PublishedVersions,
    responses=problems(NotFound),
)
async def list_public_kindergarten_versions(id: UUID, _: Stranger, reader: Read) -> Response:
    """Every version of the page that was published, each with its day and hash."""
    await reader.one(queries.PAGE, "kindergarten", id=id, number=None)
    found = await reader.one(queries.VERSIONS, "kindergarten", id=id)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get(
    "/{id}/versions/{number}",
    operation_id="get_public_kindergarten_version",
    response_model=PublicKindergarten,
    responses=problems(NotFound),
)
async def get_public_kindergarten_version(
    id: UUID, number: Annotated[int, Path(ge=1, le=1_000_000)], _: Stranger, reader: Read
) -> Response:
    """One version of the page."""
    body, *_rest = await reader.one(queries.PAGE, "version", id=id, number=number)
    return Response(body, media_type="application/json")
