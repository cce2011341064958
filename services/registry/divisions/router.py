from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.registry.divisions import queries
from services.registry.divisions.schemas import (
    DIVISION,
    Division,
    DivisionDayQuery,
    DivisionPage,
    DivisionQuery,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/divisions", tags=["divisions"], route_class=Route)

Anyone = Annotated[Actor, Security(authorize, scopes=[May.READ_DIVISIONS])]


@router.get("", operation_id="list_divisions", response_model=DivisionPage, responses=exports.responses(DivisionPage))
async def list_divisions(
    query: Annotated[DivisionQuery, Query()], request: Request, _: Anyone, reader: Read
) -> Response:
    """List the administrative units of the district; they are public, so every caller sees all of them."""
    return await exports.answer(request, reader, queries.DIVISIONS, query, as_of=query.as_of or today())


@router.get("/{code}", operation_id="get_division", response_model=Division, responses=problems(NotFound))
async def get_division(
    code: Annotated[str, Path(pattern=DIVISION)], query: Annotated[DivisionDayQuery, Query()], _: Anyone, reader: Read
) -> Response:
    """One unit, with the units below it and the kindergartens that operate there."""
    found = await reader.one(queries.DIVISION, "division", code=code, as_of=query.as_of or today())
    return Response(found[0], media_type="application/json")
