from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.parameters.published import number_on
from services.registry.permissions import May
from services.registry.qualifications import actions, queries
from services.registry.qualifications.schemas import (
    BackgroundCheckNew,
    BackgroundCheckOut,
    BackgroundChecks,
    QualificationChange,
    QualificationNew,
    QualificationOut,
    QualificationPage,
    QualificationQuery,
    StaffExpiryPage,
    StaffExpiryQuery,
)
from services.registry.staff.queries import MEMBER
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(tags=["qualifications"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFF])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_STAFF])]
CheckReader = Annotated[Actor, Security(authorize, scopes=[May.READ_BACKGROUND_CHECKS])]


@router.get(
    "/qualifications",
    operation_id="list_qualifications",
    response_model=QualificationPage,
    responses=exports.responses(QualificationPage),
)
async def list_qualifications(
    query: Annotated[QualificationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List certificates and licences of staff in the caller's scope."""
    return await exports.answer(request, reader, queries.QUALIFICATIONS, query)


@router.get(
    "/staff-expiries",
    operation_id="list_staff_expiries",
    response_model=StaffExpiryPage,
    responses=exports.responses(StaffExpiryPage),
)
async def list_staff_expiries(
    query: Annotated[StaffExpiryQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """What runs out, or has run out, of people at work: 60, 30 and 7 days ahead. Of each kind the latest counts."""
    on = query.as_of or today()
    warned = {name: number_on("expiry_warning_days", on, key) for name, key in queries.WARNINGS.items()}
    months = number_on("background_check_months", on)
    return await exports.answer(request, reader, queries.EXPIRIES, query, as_of=on, check_months=months, **warned)


@router.post(
    "/staff/{id}/qualifications",
    operation_id="record_qualification",
    status_code=status.HTTP_201_CREATED,
    response_model=QualificationOut,
    responses=problems(NotFound, constraints=("qualification_already_recorded",)),
)
async def record_qualification(id: UUID, new: QualificationNew, _: Registrar, session: Write) -> Response:
    """Record a certificate or licence with its evidence."""
    made = await actions.record_qualification(session, id, new)
    body, version = await written_row(session, queries.QUALIFICATION, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/qualifications/{id}",
    operation_id="change_qualification",
    response_model=QualificationOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=("qualification_already_recorded",)),
)
async def change_qualification(
    id: UUID, change: QualificationChange, version: IfMatch, _: Registrar, session: Write
) -> Response:
    """Correct a qualification, or record that it was revoked."""
    await actions.change_qualification(session, id, version, change)
    return tagged(*await written_row(session, queries.QUALIFICATION, id=id))


@router.get(
    "/staff/{id}/background-checks",
    operation_id="list_background_checks",
    response_model=BackgroundChecks,
    responses=problems(NotFound),
)
async def list_background_checks(id: UUID, _: CheckReader, reader: Read) -> Response:
    """Every answer about a person 从业禁止查询, the latest first."""
    await reader.one(MEMBER, "person", id=id, as_of=today())
    found = await reader.one(queries.CHECKS, "person", person=id)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post(
    "/staff/{id}/background-checks",
    operation_id="record_background_check",
    status_code=status.HTTP_201_CREATED,
    response_model=BackgroundCheckOut,
    responses=problems(NotFound),
)
async def record_background_check(id: UUID, new: BackgroundCheckNew, _: Registrar, session: Write) -> Response:
    """Record the answer to a query whether a person may work with children; answers are never edited."""
    made = await actions.record_check(session, id, new)
    found = await written_row(session, queries.CHECK, id=made)
    return Response(found[0], status.HTTP_201_CREATED, media_type="application/json")
