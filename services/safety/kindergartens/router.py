from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import bindparam, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.kindergartens.schemas import SafetyKindergarten, SafetyKindergartenPage, SafetyKindergartenQuery
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/kindergartens", tags=["kindergartens"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
_row = Kindergarten.__table__.c
KINDERGARTENS = Listing(
    "kindergartens",
    select(*(_row[name] for name in SafetyKindergarten.model_fields)),
    _row.id,
    {"name": _row.pinyin},
    {"division": _row.division.op("^@")(bindparam("division")), "type": _row.type == bindparam("type")},
)


@router.get(
    "",
    operation_id="list_safety_kindergartens",
    response_model=SafetyKindergartenPage,
    responses=exports.responses(SafetyKindergartenPage),
)
async def list_kindergartens(
    query: Annotated[SafetyKindergartenQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the kindergartens this service knows, in the caller's scope."""
    return await exports.answer(request, reader, KINDERGARTENS, query)
