from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.permissions import May
from services.registry.premises import actions, queries, reports
from services.registry.premises.schemas import (
    ClassToiletsPage,
    ClassToiletsPut,
    ClassToiletsQuery,
    ClassToiletsRow,
    PremisesConditionPage,
    PremisesConditionQuery,
    PremisesDay,
    PremisesGrounds,
    PremisesOut,
    PremisesPut,
    PremisesReport,
    PremisesReportQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["premises"], route_class=Route)

Viewer = Annotated[Actor, Security(authorize, scopes=[May.READ_PREMISES])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PREMISES])]


@router.get("/kindergartens/{id}/premises", operation_id="get_premises", responses=problems(NotFound))
async def get_premises(id: UUID, query: Annotated[PremisesDay, Query()], _: Viewer, reader: Read) -> PremisesOut:
    """Grounds, buildings, rooms and toilets 园舍 of a kindergarten on a day, measured against C1 and C2."""
    return await reports.premises(reader, id, query.as_of or today())


@router.put(
    "/kindergartens/{id}/premises",
    operation_id="set_premises",
    response_model=PremisesGrounds,
    responses=problems(NotFound),
)
async def set_premises(id: UUID, put: PremisesPut, _: Keeper, session: Write) -> Response:
    """Say what the grounds are from a day on: year planned, site, outdoor play area 户外活动场地."""
    await actions.set_premises(session, id, put)
    return Response(await written(session, queries.GROUNDS, id=id, since=put.since), media_type="application/json")


@router.get(
    "/class-toilets",
    operation_id="list_class_toilets",
    response_model=ClassToiletsPage,
    responses=exports.responses(ClassToiletsPage),
)
async def list_class_toilets(
    query: Annotated[ClassToiletsQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List classes by how they go to the toilet 男女分厕或分时如厕."""
    return await exports.answer(request, reader, queries.TOILETS, query, as_of=query.as_of or today())


@router.put(
    "/classes/{id}/toilets",
    operation_id="set_class_toilets",
    response_model=ClassToiletsRow,
    responses=problems(NotFound),
)
async def set_class_toilets(id: UUID, put: ClassToiletsPut, _: Keeper, session: Write) -> Response:
    """Say how a class goes to the toilet, as somebody saw it."""
    await actions.set_class_toilets(session, id, put)
    return Response(await written(session, queries.CLASS_TOILETS, id=id), media_type="application/json")


@router.get(
    "/premises-conditions",
    operation_id="list_premises_conditions",
    response_model=PremisesConditionPage,
    responses=exports.responses(PremisesConditionPage),
)
async def list_premises_conditions(
    query: Annotated[PremisesConditionQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List the kindergartens that operate on a day by their premises 办园条件, area for each child and class sizes."""
    on = query.as_of or today()
    return await exports.answer(request, reader, queries.CONDITIONS, query, **reports.measured(on))


@router.get("/premises-report", operation_id="report_premises")
async def report_premises(query: Annotated[PremisesReportQuery, Query()], _: Viewer, reader: Read) -> PremisesReport:
    """达标率 of a division on a day: C1 by group and measure, C2, toilets, and buildings that lack an appraisal."""
    return await reports.report(reader, query.division or "", query.as_of or today())
