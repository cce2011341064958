from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.permissions import May
from services.quality.responsible_inspectors import actions, queries
from services.quality.responsible_inspectors.actions import AlreadyResponsible
from services.quality.responsible_inspectors.schemas import (
    InspectorAssignmentNew,
    InspectorAssignmentOut,
    InspectorAssignmentPage,
    InspectorAssignmentQuery,
    InspectorPlate,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/inspector-assignments", tags=["inspectors"], route_class=Route)
plates = APIRouter(prefix="/inspector-plates", tags=["inspectors"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_VISITS])]
Anyone = Annotated[Actor, Security(authorize, scopes=[May.READ_PLATES])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ASSIGN_INSPECTORS])]


@router.get(
    "",
    operation_id="list_inspector_assignments",
    response_model=InspectorAssignmentPage,
    responses=exports.responses(InspectorAssignmentPage),
)
async def list_inspector_assignments(
    query: Annotated[InspectorAssignmentQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List responsible inspectors 责任督学 with their load, and who is due for rotation."""
    return await exports.answer(request, reader, queries.ASSIGNMENTS, query, **actions.limits(today()))


@router.post(
    "",
    operation_id="assign_inspector",
    status_code=status.HTTP_201_CREATED,
    response_model=InspectorAssignmentOut,
    responses=problems(NotFound, AlreadyResponsible, constraints=("one_responsible_inspector",)),
)
async def assign_inspector(new: InspectorAssignmentNew, _: Organiser, session: Write) -> Response:
    """Assign the responsible inspector of a kindergarten, or rotate 轮换."""
    made = await actions.assign_inspector(session, new)
    body = await written(session, queries.ASSIGNMENT, id=made, **actions.limits(today()))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/endings",
    operation_id="end_inspector_assignment",
    status_code=status.HTTP_201_CREATED,
    response_model=InspectorAssignmentOut,
    responses=problems(NotFound),
)
async def end_inspector_assignment(id: UUID, _: Organiser, session: Write) -> Response:
    """End an assignment today."""
    await actions.end_assignment(session, id)
    body = await written(session, queries.ASSIGNMENT, id=id, **actions.limits(today()))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@plates.get(
    "/{kindergarten}", operation_id="get_inspector_plate", response_model=InspectorPlate, responses=problems(NotFound)
)
async def get_inspector_plate(kindergarten: UUID, _: Anyone, reader: Read) -> Response:
    """What the plate at the gate says 督导公示牌: name, telephone, duties."""
    (body,) = await reader.one(queries.PLATE, "plate", id=kindergarten)
    return Response(body, media_type="application/json")
