from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, Security, status

from services.registry.kindergartens.actions import LicenceActNeeded
from services.registry.kindergartens.queries import KNOWN
from services.registry.kindergartens.rules import (
    FOR_PROFIT_NOT_INCLUSIVE,
    FOUNDER_FORBIDS_TYPE,
    PUBLIC_ASSETS_FOR_PROFIT,
    PUBLIC_FOR_PROFIT,
    PUBLIC_STAYS_PUBLIC,
)
from services.registry.kindergartens.takeovers import PreviewIsStale
from services.registry.kindergartens.transitions import IS_CLOSED, TYPE_UNCHANGED
from services.registry.permissions import May
from services.registry.refusals import named
from services.registry.types import actions
from services.registry.types.queries import TYPES
from services.registry.types.schemas import (
    TypeChange,
    TypeChangeOutcome,
    TypeChangeQuery,
    TypeCorrection,
    TypeHistory,
)
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded
from shared.idempotency import Route

router = APIRouter(prefix="/kindergartens/{id}/types", tags=["kindergarten types"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]
LAW = named(
    PUBLIC_STAYS_PUBLIC,
    FOUNDER_FORBIDS_TYPE,
    FOR_PROFIT_NOT_INCLUSIVE,
    PUBLIC_FOR_PROFIT,
    PUBLIC_ASSETS_FOR_PROFIT,
)
OVERLAP = "kindergarten_has_one_type_a_day"


@router.get("", operation_id="list_kindergarten_types", response_model=TypeHistory, responses=problems(NotFound))
async def list_kindergarten_types(id: UUID, _: Reader, reader: Read) -> Response:
    """Every type 办园性质 the kindergarten has had, has and will have."""
    await reader.one(KNOWN, "kindergarten", id=id)
    found = await reader.one(TYPES, "kindergarten", id=id)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post(
    "",
    operation_id="change_kindergarten_type",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": TypeChangeOutcome, "description": "Previewed"},
        **problems(
            NotFound, PreviewIsStale, LicenceActNeeded, constraints=(*LAW, *named(TYPE_UNCHANGED, IS_CLOSED), OVERLAP)
        ),
    },
)
async def change_kindergarten_type(
    id: UUID,
    _: Registrar,
    query: Annotated[TypeChangeQuery, Query()],
    new: TypeChange,
    reader: Read,
    session: Write,
    response: Response,
) -> TypeChangeOutcome:
    """Change the type from a day on; the former type ends there. Public never becomes private (学前教育法 art. 34)."""
    outcome = await actions.change_type(session, reader, id, new, query)
    response.status_code = status.HTTP_201_CREATED if outcome.committed else status.HTTP_200_OK
    return outcome


@router.patch(
    "/{period}",
    operation_id="correct_kindergarten_type",
    response_model=TypeHistory,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=(*LAW, OVERLAP)),
)
async def correct_kindergarten_type(
    id: UUID, period: UUID, _: Registrar, version: IfMatch, change: TypeCorrection, session: Write
) -> Response:
    """Set right a period that was recorded wrongly; `If-Match` names the version of the period."""
    await actions.correct_type(session, id, period, change, version)
    found = await written_row(session, TYPES, id=id)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")
