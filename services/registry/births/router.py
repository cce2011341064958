from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.registry.births import actions, queries
from services.registry.births.rules import FigureDiffers
from services.registry.births.schemas import (
    TOWN,
    BirthConfirmation,
    BirthOut,
    BirthPage,
    BirthQuery,
    BirthsPut,
    PopulationPage,
    PopulationQuery,
    PopulationsPut,
    Stored,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/births", tags=["population"], route_class=Route)
populations = APIRouter(prefix="/populations", tags=["population"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_NETWORK])]
Town = Annotated[Actor, Security(authorize, scopes=[May.CONFIRM_BIRTHS])]


@router.get("", operation_id="list_births", response_model=BirthPage, responses=exports.responses(BirthPage))
async def list_births(query: Annotated[BirthQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List births by town and calendar year, with their source and whether the town confirmed them."""
    return await exports.answer(request, reader, queries.BIRTHS, query)


@router.put("", operation_id="put_births")
async def put_births(caller: Planner, put: BirthsPut, session: Write) -> Stored:
    """Enter or correct births by town and year, many at once; a figure that changes is to be confirmed anew."""
    return await actions.put_births(session, caller, put.items)


@router.post(
    "/{division}/{year}/confirmations",
    operation_id="confirm_births",
    status_code=status.HTTP_201_CREATED,
    response_model=BirthOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, FigureDiffers),
)
async def confirm_births(
    division: Annotated[str, Path(pattern=TOWN)],
    year: Annotated[int, Path(ge=1949, le=2100)],
    caller: Town,
    new: BirthConfirmation,
    session: Write,
) -> Response:
    """The town confirms the figure 镇乡街道确认: another person than who entered it."""
    await actions.confirm_births(session, caller, division, year, new.births)
    found = await written(session, queries.BIRTH, division=division, year=year)
    return Response(found, status.HTTP_201_CREATED, media_type="application/json")


@populations.get(
    "", operation_id="list_populations", response_model=PopulationPage, responses=exports.responses(PopulationPage)
)
async def list_populations(
    query: Annotated[PopulationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List people by town, day, age and basis: the denominator of the enrolment rate."""
    return await exports.answer(request, reader, queries.POPULATIONS, query)


@populations.put("", operation_id="put_populations")
async def put_populations(caller: Planner, put: PopulationsPut, session: Write) -> Stored:
    """Enter or correct people by town, day, age and basis, many at once."""
    return await actions.put_populations(session, caller, put.items)
