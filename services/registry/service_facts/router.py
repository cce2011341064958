from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from pydantic import TypeAdapter

from services.registry.permissions import May
from services.registry.service_facts import queries
from services.registry.service_facts.schemas import (
    KindergartenStanding,
    PublicStanding,
    StandingPage,
    StandingQuery,
    UnlicensedCount,
    UnlicensedQuery,
    UnlicensedTown,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Database, Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["standing"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STANDING])]
BASIS = "学前教育法 art. 78"
_towns = TypeAdapter(list[UnlicensedTown])


@router.get(
    "/kindergarten-standings",
    operation_id="list_kindergarten_standings",
    response_model=StandingPage,
    responses=exports.responses(StandingPage),
)
async def list_kindergarten_standings(
    query: Annotated[StandingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List kindergartens by what quality, safety and finance say of them: whom to look at first."""
    return await exports.answer(request, reader, queries.STANDINGS, query)


@router.get(
    "/kindergartens/{id}/standing",
    operation_id="get_kindergarten_standing",
    response_model=KindergartenStanding,
    responses=problems(NotFound),
)
async def get_kindergarten_standing(id: UUID, _: Reader, reader: Read) -> Response:
    """Annual inspections, evaluations, major hazards, account alerts and penalties of a kindergarten as last told."""
    found = await reader.one(queries.STANDING, "kindergarten", id=id)
    return Response(found[0], media_type="application/json")


@router.get(
    "/public/kindergartens/{id}/standing",
    operation_id="get_public_standing",
    response_model=PublicStanding,
    responses=problems(NotFound),
)
async def get_public_standing(id: UUID, request: Request) -> Response:
    """Published results of annual inspections and evaluations 公示; no token is needed."""
    database: Database = request.app.state.database
    if (found := await database.row(database.system, queries.PUBLIC, {"id": id})) is None:
        raise NotFound(what="kindergarten")
    return Response(found[0], media_type="application/json")


@router.get("/unlicensed-sites", operation_id="count_unlicensed_sites")
async def count_unlicensed_sites(
    query: Annotated[UnlicensedQuery, Query()], _: Reader, reader: Read
) -> UnlicensedCount:
    """Cases of unlicensed kindergartens 无证园 that are not closed, town by town (REG-19); the cases are safety's."""
    body, *_rest = await reader.one(queries.UNLICENSED, "division", division=query.division or "")
    towns = _towns.validate_json(body)
    return UnlicensedCount(
        rule="REG-19",
        severity="red",
        basis=BASIS,
        met=not towns,
        open=sum(each.open for each in towns),
        children=sum(each.children for each in towns),
        towns=towns,
    )
